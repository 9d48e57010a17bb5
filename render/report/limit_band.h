// How deep a person can hold still, as a band on a scale of depth with half, parallel and full.
#pragma once

#include "render/scene/painter.h"
#include "render/scene/theme.h"
#include "sim/study/limit_scale.h"

namespace plumb {

/// Whether lengths are written in inches.
struct BandUnits {
    double per_m = 100.0;
    const char* name = "cm";
};

/// From standing on the left to the deepest on the right, in hip drop; words are dropped where there is no room.
void draw_limit_band(Painter& painter, const LimitScale& scale, const Box& box, const Theme& theme,
                     double text_px, const BandUnits& units = {});

}  // namespace plumb
