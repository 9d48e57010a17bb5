// A moment as a picture: from where, how large, what of it.
#pragma once

#include <optional>

#include "render/scene/camera.h"
#include "render/scene/scene.h"

namespace plumb {

struct StillDef {
    View view = View::side;  ///< the camera's; from above the person is half clear
    int width = 1100, height = 690;
    SceneOptions options{};
    double overlay_scale = 0.0;      ///< of widths, marks and words; 0: a picture 720 px high has 1
    std::optional<Camera> camera{};  ///< unset: the view's own for the recording's person
    bool operator==(const StillDef&) const = default;
};

}  // namespace plumb
