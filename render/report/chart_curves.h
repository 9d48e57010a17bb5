// Curves as pieces of line inside a box: cut at its sides, broken at NaN, dashed by our own hand so that every painter
// shows the same dashes.
#pragma once

#include <vector>

#include "render/report/chart.h"

namespace plumb {

/// One stroke of at least two points, or a dot that stands alone.
using Stroke = std::vector<Point>;

/// The series inside `place`, in pixels: strokes of two or more points, single points as strokes of one.
[[nodiscard]] std::vector<Stroke> strokes_of(const ChartSeries& series, const ChartPlace& place);

/// The series' unbroken stretches of points in pixels, not cut.
[[nodiscard]] std::vector<Stroke> runs_of(const ChartSeries& series, const ChartPlace& place);

/// Cuts a stroke into the dashes of a look (0-5, each its own pattern); look 0 is solid.
[[nodiscard]] std::vector<Stroke> dashed(const Stroke& stroke, int look, double width_px);

/// Where the series crosses this x, no two nearer than `apart` in y; at most four.
[[nodiscard]] std::vector<double> crossings(const ChartSeries& series, double x, double apart);

}  // namespace plumb
