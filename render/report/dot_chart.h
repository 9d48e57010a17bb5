// Values with their intervals as dots on whiskers, row under row, in panels: shares of people, Sobol indices.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "render/scene/painter.h"
#include "render/scene/theme.h"

namespace plumb {

struct DotMark {
    double value = 0.0, low = 0.0, high = 0.0;
};
struct DotRow {
    std::string label;
    std::vector<DotMark> marks;  ///< one for each of the panel's kinds; a filled dot, then a ring
    std::string note{};          ///< after the whisker: "312 of 400"
};
struct DotPanel {
    std::string title;
    std::string axis;                ///< under the scale: "share able"
    double least = 0.0, most = 1.0;  ///< of the scale; what lies outside is drawn at its end
    std::vector<std::string> kinds;  ///< names of the marks, where there are two
    std::vector<DotRow> rows;
};
struct DotChart {
    std::string title, subtitle;
    std::vector<DotPanel> panels;  ///< left to right, then down
    int columns = 2;
};

/// As many rows as the tallest panel of a line of panels needs, in the text's own heights.
[[nodiscard]] double dot_chart_height(const DotChart& chart, double text_px);
void draw_dot_chart(Painter& painter, const DotChart& chart, const Box& box, const Theme& theme,
                    double text_px);

}  // namespace plumb
