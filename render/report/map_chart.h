// A study's cells over two of its axes: colour for the margin, a word or letter for what fails first, hatching for falls, and the
// line on which the margin is zero. Lightness alone tells the margin's order, so it reads in grey.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "render/scene/painter.h"
#include "render/scene/theme.h"

namespace plumb {

struct MapCell {
    std::optional<double> margin_m;  ///< nothing: refused, or not evaluated
    std::string factor;              ///< what fails or binds first; empty when nothing does
    bool falls = false;
    bool short_of_depth = false;  ///< stays up but does not get there
    bool on_wall = false;         ///< the wall carries in the end
    bool inferred = false;  ///< not evaluated: the margin is the nearest evaluated cell's that ends alike
};

/// One axis of a map as it is drawn.
struct MapAxis {
    std::string title;               ///< "Stance width (cm)"
    std::vector<std::string> ticks;  ///< a word for every value, in order
};

struct MapChart {
    std::string title, subtitle;
    MapAxis x, y;
    std::vector<MapCell> cells;  ///< row after row: y's values, x's within
    std::string margin_name;     ///< "least margin of the run"
};

void draw_map(Painter& painter, const MapChart& chart, const Box& box, const Theme& theme, double text_px);

/// The margin's colour; lightness grows with it from -150 to 100 mm, with a step at 0.
[[nodiscard]] Rgba margin_colour(double margin_m);

/// Where the margin is zero, as pieces of line in units of cells: (0, 0) is the middle of the first cell. Linear between middles;
/// cells without a margin have none around them.
struct ZeroPiece {
    Point from, to;
};
[[nodiscard]] std::vector<ZeroPiece> zero_line(const MapChart& chart);

}  // namespace plumb
