// Maps of studies: which cell stands where, the zero line, colours that read in grey.
#include <algorithm>
#include <cmath>

#include "render/report/cairo_painter.h"
#include "render/report/study_maps.h"
#include "tests/catch.h"
#include "tests/render/noting_painter.h"

using namespace plumb;
using namespace plumb::test;

namespace {

double luminance(Rgba c) {
    const auto linear = [](float v) {
        return v <= 0.04045f ? v / 12.92 : std::pow((v + 0.055) / 1.055, 2.4);
    };
    return 0.2126 * linear(c.r) + 0.7152 * linear(c.g) + 0.0722 * linear(c.b);
}

/// Cells of a margin that falls by 10 mm a column and rises by 20 mm a row: zero where y = x / 2 - 1.
MapChart plane(std::size_t columns, std::size_t rows) {
    MapChart chart;
    for (std::size_t c = 0; c < columns; ++c) chart.x.ticks.push_back(std::to_string(c));
    for (std::size_t r = 0; r < rows; ++r) chart.y.ticks.push_back(std::to_string(r));
    for (std::size_t r = 0; r < rows; ++r)
        for (std::size_t c = 0; c < columns; ++c)
            chart.cells.push_back(
                {.margin_m = 0.02 + 0.02 * static_cast<double>(r) - 0.01 * static_cast<double>(c),
                 .factor = "",
                 .falls = false,
                 .short_of_depth = false,
                 .on_wall = false,
                 .pending = false,
                 .inferred = false});
    return chart;
}

}  // namespace

TEST_CASE("Lightness alone tells a margin from a lesser one", "[render]") {
    double last = -1.0;
    for (double margin_m = -0.150; margin_m <= 0.100; margin_m += 0.005) {
        const double now = luminance(margin_colour(margin_m));
        INFO(margin_m);
        CHECK(now > last);
        last = now;
    }
    // In or out is a step.
    CHECK(luminance(margin_colour(0.0)) > 1.5 * luminance(margin_colour(-1e-9)));
    CHECK(luminance(margin_colour(-9.0)) == luminance(margin_colour(-0.150)));
}

TEST_CASE("The zero line lies where the margin between cells is zero", "[render]") {
    const auto pieces = zero_line(plane(6, 4));
    REQUIRE_FALSE(pieces.empty());
    for (const LinePiece& piece : pieces)
        for (const Point& p : {piece.from, piece.to})
            CHECK(p.y == Catch::Approx(0.5 * p.x - 1.0).margin(1e-9));
    // From the bottom edge of the cells' middles to the right one.
    double low = 9.0, high = -9.0;
    for (const LinePiece& piece : pieces)
        for (const Point& p : {piece.from, piece.to}) low = std::min(low, p.x), high = std::max(high, p.x);
    CHECK(low == Catch::Approx(2.0));
    CHECK(high == Catch::Approx(5.0));
    // Nothing is known around a cell without a margin; none where there is no change.
    MapChart holes = plane(6, 4);
    for (MapCell& cell : holes.cells) cell.margin_m.reset();
    CHECK(zero_line(holes).empty());
    MapChart above = plane(3, 4);
    for (MapCell& cell : above.cells) cell.margin_m = 0.01;
    CHECK(zero_line(above).empty());
    MapChart row = plane(6, 1);
    const auto bar = zero_line(row);
    REQUIRE(bar.size() == 1);
    CHECK(bar[0].from.x == Catch::Approx(2.0));
}

TEST_CASE("Each pair of axes is a map, with every cell in its place", "[render]") {
    LoadedStudy study;
    study.def.asks = "Why?";
    study.def.scenario = "able";
    study.def.axes = {{"stance.width_m", {0.3, 0.4}}, {"counterweight.mass_kg", {0.0, 1.0, 2.0}}};
    std::vector<CellRow> rows;
    for (std::size_t cell = 0; cell < study.def.cell_count(); ++cell) {
        CellRow row(cell_columns().size());
        row[column_index("com_min_margin_m")] = 0.001 * static_cast<double>(cell);
        row[column_index("outcome")] = std::string(cell == 5 ? "fell_backward" : "completed");
        row[column_index("planned_min_margin_m")] = -0.02;
        row[column_index("limiting_factor")] = std::string(cell == 5 ? "ankle" : "");
        rows.push_back(row);
    }
    auto maps = study_maps(study, rows);
    REQUIRE(maps.size() == 1);
    CHECK(maps[0].name == "stance.width_m_x_counterweight.mass_kg");
    const MapChart& chart = maps[0].chart;
    CHECK(chart.x.ticks == std::vector<std::string>{"0.3", "0.4"});
    REQUIRE(chart.cells.size() == 6);
    // Cell 3 = width 0.4, weight 0: the first row's second column.
    CHECK(chart.cells[1].margin_m == 0.003);
    CHECK(chart.cells[2].margin_m == 0.001);
    CHECK(chart.cells[5].falls);
    CHECK(chart.cells[5].margin_m == -0.02);  // a fall shows what was planned
    // What was inferred takes the margin of the nearest cell that ends alike.
    auto refined = rows;
    refined[1] = CellRow(cell_columns().size());
    refined[1][column_index("basis")] = std::string("inferred");
    refined[1][column_index("outcome")] = std::string("completed");
    refined[0][column_index("outcome")] = std::string("stopped_short");
    const MapChart with_inferred = study_maps(study, refined)[0].chart;
    CHECK(with_inferred.cells[2].inferred);
    CHECK(with_inferred.cells[2].margin_m == 0.002);
    CHECK_FALSE(with_inferred.cells[0].inferred);
    // Cells that are not there yet are blank.
    std::vector<std::optional<CellRow>> growing(rows.begin(), rows.end());
    growing[3].reset();
    const MapChart part = growing_map(study, growing);
    CHECK(part.cells[1].pending);
    CHECK_FALSE(part.cells[0].pending);
    CHECK(std::ranges::count(map_csv(part), '\n') == 6);
    // A third axis: its values one after the other.
    study.def.axes.push_back({"wall.distance_m", {std::monostate{}, 0.3}});
    rows.assign(12, rows.front());
    // Of the first of them everything is inferred: it takes its colours from the other.
    for (std::size_t cell = 0; cell < 12; cell += 2) {
        rows[cell].assign(cell_columns().size(), std::monostate{});
        rows[cell][column_index("basis")] = std::string("inferred");
        rows[cell][column_index("outcome")] = std::string("completed");
    }
    maps = study_maps(study, rows);
    for (const MapCell& cell : maps[0].chart.cells) CHECK(cell.margin_m == 0.0);
    REQUIRE(maps.size() == 2 + 3 + 2);
    CHECK(maps[0].name == "stance.width_m_x_counterweight.mass_kg_wall.distance_m=none");
}

TEST_CASE("A map says what fails first, hatches falls and stays inside its box at any size", "[render]") {
    MapChart chart = plane(6, 4);
    chart.title = "A question that is far longer than the room that there is for it in a small window?";
    chart.x.title = "width";
    chart.y.title = "weight";
    chart.cells[0].factor = "trunk_thigh";
    chart.cells[5].falls = true;
    chart.cells[5].factor = "ankle";
    chart.cells[7].margin_m.reset();
    chart.cells[9].short_of_depth = true;
    chart.cells[11].on_wall = true;
    chart.cells[14].inferred = true;
    chart.here = Point{2.5, 1.5};
    chart.levels = {{"4 kg", {{{0.0, 1.0}, {3.0, 2.0}}}}};
    for (const auto& [width, height] : {std::pair{1200, 800}, std::pair{500, 300}, std::pair{60, 40}}) {
        const auto paint = [&](Painter& painter) {
            draw_map(painter, chart, {0.0, 0.0, double(width), double(height)}, light_theme(), 16.0);
        };
        NotingPainter noted;
        paint(noted);
        for (const NotingPainter::Text& text : noted.texts) {
            INFO(width << " px: " << text.text);
            CHECK(text.box.left > -1.0);
            CHECK(text.box.left + text.box.width < width + 1.0);
            CHECK(text.box.top > -1.0);
            CHECK(text.box.top + text.box.height < height + 1.0);
        }
        const auto says = [&](std::string_view words) {
            return std::ranges::any_of(noted.texts,
                                       [&](const auto& t) { return t.text.starts_with(words.substr(0, 8)); });
        };
        if (width == 1200)
            for (const char* words :
                 {"trunk_thigh", "ankle", "falls (planned margin)", "no such scenario",
                  "short of the asked depth", "carried by the wall", "evaluated; others inferred",
                  "this scenario", "least weight, static plan", "4 kg", "First to fail", "x"}) {
                INFO(words);
                CHECK(says(words));
            }
        if (width == 1200) {
            // The cell under a place on the page, and none beside them.
            NotingPainter again;
            const MapPlace place = draw_map(again, chart, {0.0, 0.0, 1200.0, 800.0}, light_theme(), 16.0);
            CHECK(place.cell_at({place.left + 0.5 * place.cell_x, place.bottom - 0.5 * place.cell_y}) == 0u);
            CHECK(place.cell_at({place.left + 5.5 * place.cell_x, place.bottom - 3.5 * place.cell_y}) == 23u);
            CHECK_FALSE(place.cell_at({place.left - 1.0, place.bottom - 1.0}));
            CHECK_FALSE(place.cell_at({place.left + 6.1 * place.cell_x, place.bottom - 1.0}));
        }
        const std::string svg = svg_of(width, height, light_theme().page, paint);
        CHECK(svg == svg_of(width, height, light_theme().page, paint));
        CHECK(svg.size() > 200);
        CHECK(png_of(width, height, light_theme().page, paint).size() > 100);
    }
}
