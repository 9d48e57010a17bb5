// Where everything of a chart goes before anything is drawn: words are measured, and dropped where the box is small.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "render/report/chart.h"
#include "render/report/chart_axis.h"

namespace plumb {

/// Sizes that follow the height of ordinary text.
struct ChartSizes {
    explicit ChartSizes(double text_px);
    double text_px, tick_px, pad_px, gap_px, row_px, swatch_px, line_px, hair_px;
    TextStyle title, label, tick;
};

/// A word with its left end and the middle of its height.
struct PlacedWord {
    std::string text;
    Point at;
};
struct LegendEntry {
    PlacedWord word;
    int series = -1;  ///< -1: "+3 more", without a swatch
};
struct EventMark {
    double x_px = 0.0, top_px = 0.0;
    PlacedWord word;  ///< empty where there is no room
};

struct ChartLayout {
    ChartPlace place;
    std::vector<double> x_ticks, y_ticks;
    double x_step = 0.0, y_step = 0.0;
    PlacedWord title;
    std::vector<LegendEntry> legend;
    std::vector<EventMark> events;
    bool tick_words = true, axis_words = true;
    bool empty = false;     ///< no point with numbers
    bool drawable = false;  ///< there is room for curves
};

[[nodiscard]] ChartLayout lay_out_chart(const Painter& painter, const Chart& chart, const Box& box,
                                        const ChartSizes& sizes);

/// The text, or its beginning and "..." where it is wider than the room; empty where not even that fits.
[[nodiscard]] std::string text_in(const Painter& painter, std::string_view text, const TextStyle& style,
                                  double room_px);

}  // namespace plumb
