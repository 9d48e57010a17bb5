// Curves over an abstract painter: one layer for the window, the report and exported pictures.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <vector>

#include "render/scene/painter.h"
#include "render/scene/theme.h"

namespace plumb {

struct ChartSeries {
    std::string name;
    std::vector<double> x, y;  ///< NaN breaks the line
    int look = 0;              ///< colour and dash: k-th of Theme::series
    bool filled = false;       ///< what each closed stretch of the curve holds is tinted
};

struct ChartBand {  ///< a shaded stretch of y, with words
    double from = 0.0, to = 0.0;
    std::string text;
    Rgba fill;
};

struct ChartEvent {  ///< a vertical mark at x, with words
    double x = 0.0;
    std::string text;
};

struct Chart {
    std::string title, x_label, y_label;
    std::vector<ChartSeries> series;
    std::vector<ChartBand> bands;
    std::vector<ChartEvent> events;
    std::optional<double> zero_line;  ///< a heavier line at this y (margin 0)
    bool equal_scale = false;         ///< a metre is as long across as up (the feet from above)
    std::optional<double> cursor_x;   ///< a vertical line with a dot on every curve there
    std::optional<std::array<double, 2>> x_range, y_range;  ///< zoom; otherwise from the data, rounded
};

/// Where a chart's inside lies and what it spans: for hovering and zooming.
struct ChartPlace {
    Box inside;
    std::array<double, 2> x_range{}, y_range{};
    [[nodiscard]] Point at(double x, double y) const;
    [[nodiscard]] double x_of(double px) const;
    [[nodiscard]] double y_of(double py) const;
};

/// Steps of 1, 2, 2.5 or 5 times a power of ten that cut [low, high] into at most `most` parts.
[[nodiscard]] std::vector<double> chart_ticks(double low, double high, int most);

/// Draws it and says where. `text_px` is the height of ordinary text.
ChartPlace draw_chart(Painter& painter, const Chart& chart, const Box& box, const Theme& theme,
                      double text_px);

/// The curves as CSV: one column of x and y a series, '.' decimals, empty for NaN.
[[nodiscard]] std::string chart_csv(const Chart& chart);

}  // namespace plumb
