// One table of what colours mean, light and dark. Colour is never the only sign: dashes, shapes and words go with it.
#pragma once

#include <array>
#include <string_view>

#include "render/scene/mesh.h"

namespace plumb {

struct Theme {
    Rgba page, panel, control, control_hot, border;  ///< surfaces
    Rgba text, quiet_text, on_accent, accent;        ///< on page, panel and control; `on_accent` on `accent`
    Rgba good, warn, bad;                            ///< words and lines on page and panel
    Rgba com, xcom, cop;                             ///< the three points
    Rgba base, functional_base, support_region;      ///< polygons on the floor
    Rgba force;
    Rgba plot_page, grid;
    std::array<Rgba, 6> series;  ///< curves, in order; each also has its own dash
    Rgba sky_top, sky_bottom, floor, floor_line;
};

[[nodiscard]] const Theme& light_theme();
[[nodiscard]] const Theme& dark_theme();

/// Contrast of two opaque colours, 1-21 (WCAG 2.1, relative luminance).
[[nodiscard]] double contrast_ratio(Rgba a, Rgba b);

}  // namespace plumb
