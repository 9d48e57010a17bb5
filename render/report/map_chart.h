// A study's cells over two of its axes: colour for the margin, a word or letter for what fails first, hatching for falls, and the
// line on which the margin is zero. Lightness alone tells the margin's order, so it reads in grey.
#pragma once

#include <functional>
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
    bool pending = false;         ///< not evaluated yet: left blank
    bool inferred = false;  ///< not evaluated: the margin is the nearest evaluated cell's that ends alike
};

/// In units of cells: (0, 0) is the middle of the first cell.
struct LinePiece {
    Point from, to;
};

/// One axis of a map as it is drawn.
struct MapAxis {
    std::string title;               ///< "Stance width (cm)"
    std::vector<std::string> ticks;  ///< a word for every value, in order
};

struct MapChart {
    std::string title, subtitle;
    MapAxis x, y;
    std::vector<MapCell> cells;   ///< row after row: y's values, x's within
    std::string margin_name;      ///< "least margin of the run"
    std::optional<Point> here{};  ///< a scenario's own place, in cells: (0, 0) is the middle of the first
    /// Lines of equal value of something else, in cells, each with its words: "4 kg".
    struct Level {
        std::string words;
        std::vector<LinePiece> pieces;
    };
    std::vector<Level> levels{};
};

/// Where the cells lie: for hovering.
struct MapPlace {
    double left = 0.0, bottom = 0.0, cell_x = 0.0, cell_y = 0.0;  ///< [px]; no width where there was no room
    std::size_t columns = 0, rows = 0;
    /// The cell at a place on the page, its index in the chart; nothing beside the cells.
    [[nodiscard]] std::optional<std::size_t> cell_at(Point place) const;
};

MapPlace draw_map(Painter& painter, const MapChart& chart, const Box& box, const Theme& theme,
                  double text_px);

/// A row a cell: both ticks, margin [m], what fails, falls, short, wall, inferred; cells not yet evaluated are left out.
[[nodiscard]] std::string map_csv(const MapChart& chart);

/// The margin's colour; lightness grows with it from -150 to 100 mm, with a step at 0.
[[nodiscard]] Rgba margin_colour(double margin_m);

/// Where values over a grid of cells pass a level, linear between the cells' middles; around cells without a value there is none.
using CellValue = std::function<std::optional<double>(std::size_t column, std::size_t row)>;
[[nodiscard]] std::vector<LinePiece> level_line(std::size_t columns, std::size_t rows, const CellValue& value,
                                                double level);
/// Where the margin is zero; on a map of one row a bar where its sign changes.
[[nodiscard]] std::vector<LinePiece> zero_line(const MapChart& chart);

}  // namespace plumb
