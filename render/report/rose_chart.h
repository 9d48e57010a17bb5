// The push rose as a polar chart: how hard a push topples, all around, as seen from above with forward up.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "render/scene/painter.h"
#include "render/scene/theme.h"
#include "sim/study/push_rose.h"

namespace plumb {

struct RoseChart {
    std::string title{};
    std::vector<PushRose> roses{};  ///< each its own colour and dash
    double height_ratio = 0.72;     ///< of the pushed point, in statures
    double most_Ns = 150.0;         ///< greatest impulse tried
};

/// Where the circle lies: for hovering.
struct RosePlace {
    Point centre;
    double radius_px = 0.0;
    double rim_Ns = 0.0;  ///< at the radius
    /// A push this way and this hard.
    [[nodiscard]] Point at(double direction_deg, double impulse_Ns) const;
    /// The direction of a place on the page [deg]; nothing outside of the circle.
    [[nodiscard]] std::optional<double> direction_at(Point place) const;
};

/// Draws it and says where: the circle on the left, the words beside it as far as there is room.
RosePlace draw_rose(Painter& painter, const RoseChart& chart, const Box& box, const Theme& theme,
                    double text_px);

/// "At the bottom: least 19 N s, backward", or why there is no rose.
[[nodiscard]] std::string rose_sentence(const PushRose& rose, double most_Ns);
/// "67.5°, forward and to the left. Standing: 50 N s, falls backward. ..." of the directions nearest to this one.
[[nodiscard]] std::string rose_reading(const RoseChart& chart, double direction_deg);

}  // namespace plumb
