// Horizontal bars: how much of what there is was used. Joint angles of their ranges, moments of strength, load of left and right.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "render/scene/painter.h"
#include "render/scene/theme.h"

namespace plumb {

struct BarRow {
    std::string label;
    double value = 0.0;             ///< 1: all of it; NaN: not known
    std::optional<double> other{};  ///< a second side: a thinner bar below
    std::string note{};             ///< at the right: "128 of 150 deg"
};

struct BarChart {
    std::string title, axis;        ///< `axis` under the scale: "of the range"
    double most = 1.0;              ///< the scale's end; what lies beyond, or below zero, goes on as an arrow
    std::optional<double> limit{};  ///< a line across all bars; beyond it (unset: beyond 1) they are hatched
    std::string limit_text{};       ///< above that line
    std::vector<std::string> kinds;  ///< names of value and other, where there are both
    std::vector<BarRow> rows;
    std::string unknown = "not known";  ///< instead of a bar where the value is NaN
};

/// As high as all rows need with ordinary text of this height [px]. In a lower box rows are dropped, and counted.
[[nodiscard]] double bar_chart_height(const BarChart& chart, double text_px);
void draw_bar_chart(Painter& painter, const BarChart& chart, const Box& box, const Theme& theme,
                    double text_px);

/// One line a row: label, value, other (where a row has one), note (where a row has one); empty for NaN.
[[nodiscard]] std::string bar_chart_csv(const BarChart& chart);

}  // namespace plumb
