// Which cell goes where, and what of its row is drawn.
#include "render/report/study_maps.h"

#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <map>

#include "sim/base/text.h"
#include "sim/scenario/scenario_fields.h"
#include "sim/study/compare.h"

namespace plumb {
namespace {

constexpr double k_just_outside_m = -0.001;

std::string as_text(const FieldValue& value) {
    return std::holds_alternative<std::monostate>(value) ? "none" : value_text(value);
}

/// A number with as many digits as its neighbours need: 0.26, not 0.26000000000000001.
std::vector<std::string> tick_words(const StudyAxis& axis) {
    std::vector<std::string> words;
    for (const FieldValue& value : axis.values) {
        const double* const number = std::get_if<double>(&value);
        char text[32] = "";
        if (number != nullptr) std::snprintf(text, sizeof text, "%.3g", *number);
        words.push_back(number != nullptr ? number_text(parse_number(text).value_or(*number))
                                          : as_text(value));
    }
    return words;
}

/// "Stance width (m)"
std::string axis_title(const std::string& field) {
    const std::string unit = find_field(field)->unit;
    return field_words({field, unit, {}, {}}) + (unit.empty() ? "" : " (" + unit + ")");
}

const FieldValue& at(const CellRow& row, std::string_view column) { return row[column_index(column)]; }
std::optional<double> number_at(const CellRow& row, std::string_view column) {
    const double* const number = std::get_if<double>(&at(row, column));
    return number != nullptr ? std::optional(*number) : std::nullopt;
}
std::string word_at(const CellRow& row, std::string_view column) {
    const std::string* const word = std::get_if<std::string>(&at(row, column));
    return word != nullptr ? *word : "";
}

MapCell map_cell(const CellRow& row, bool dynamic) {
    MapCell cell;
    cell.inferred = is_inferred(row);
    if (dynamic) {
        const std::string outcome = word_at(row, "outcome");
        cell.margin_m = number_at(row, "com_min_margin_m");
        cell.factor = word_at(row, "limiting_factor");
        cell.falls = outcome.starts_with("fell") || outcome == "slipped";
        cell.on_wall = outcome == "caught_by_wall" || outcome == "leaning_on_wall";
        cell.short_of_depth = outcome == "stopped_short" || outcome == "blocked_by_wall";
        // How far a body gets on the floor says nothing of the squat: a fall shows the planned margin, outside in any case.
        if (cell.falls && cell.margin_m)
            cell.margin_m = std::min(number_at(row, "planned_min_margin_m").value_or(0.0), k_just_outside_m);
    } else {
        cell.margin_m = number_at(row, "planned_min_margin_m");
        cell.short_of_depth = word_at(row, "static_verdict") == "short";
        cell.factor = cell.short_of_depth ? word_at(row, "static_limiting_factor") : "";
    }
    return cell;
}

/// All cells of a study as they are drawn. Inferred ones get the margin of the nearest evaluated one that ends alike: what is near the boundary
/// was evaluated.
std::vector<MapCell> cells_of_all(const LoadedStudy& study, const std::vector<std::optional<CellRow>>& rows) {
    const bool dynamic = study.def.evaluate != Evaluate::statics;
    std::vector<MapCell> cells;
    std::map<std::string, std::vector<std::size_t>> evaluated;  // by region
    for (std::size_t cell = 0; cell < rows.size(); ++cell) {
        if (!rows[cell]) {
            cells.emplace_back().pending = true;
            continue;
        }
        cells.push_back(map_cell(*rows[cell], dynamic));
        if (!cells.back().inferred && cells.back().margin_m)
            evaluated[region_of(*rows[cell], study.def.evaluate)].push_back(cell);
    }
    for (std::size_t cell = 0; cell < cells.size(); ++cell) {
        if (!cells[cell].inferred) continue;
        const std::vector<std::size_t> here = study.def.places(cell);
        std::size_t least = SIZE_MAX;
        for (const std::size_t other : evaluated[region_of(*rows[cell], study.def.evaluate)]) {
            const std::vector<std::size_t> there = study.def.places(other);
            std::size_t far = 0;
            for (std::size_t i = 0; i < here.size(); ++i) {
                const std::size_t apart = std::max(here[i], there[i]) - std::min(here[i], there[i]);
                far += apart * apart;
            }
            if (far >= least) continue;
            least = far;
            cells[cell].margin_m = cells[other].margin_m;
        }
    }
    return cells;
}

/// One map of a study: axis x across, y up, a third axis at one of its places.
struct MapAxes {
    std::size_t x = 0;
    std::optional<std::size_t> y, third;
    std::size_t third_place = 0;
};

NamedMap map_of(const LoadedStudy& study, const std::vector<MapCell>& cells, const MapAxes& axes) {
    const StudyDef& def = study.def;
    const bool dynamic = def.evaluate != Evaluate::statics;
    const auto axis_of = [&](std::size_t i) {
        return MapAxis{axis_title(def.axes[i].field), tick_words(def.axes[i])};
    };
    NamedMap map;
    map.name = def.axes[axes.x].field + (axes.y ? "_x_" + def.axes[*axes.y].field : "");
    MapChart& chart = map.chart;
    chart.title = def.asks.empty() ? def.name : def.asks;
    chart.subtitle = def.scenario;
    if (axes.third) {
        const std::string value = tick_words(def.axes[*axes.third])[axes.third_place];
        map.name += "_" + def.axes[*axes.third].field + "=" + value;
        chart.subtitle += ", " + def.axes[*axes.third].field + " = " + value;
    }
    chart.margin_name = dynamic ? "least margin" : "least planned margin";
    chart.x = axis_of(axes.x);
    chart.y = axes.y ? axis_of(*axes.y) : MapAxis{"", {""}};
    for (std::size_t row = 0; row < chart.y.ticks.size(); ++row)
        for (std::size_t column = 0; column < chart.x.ticks.size(); ++column) {
            std::size_t cell = 0;
            for (std::size_t i = 0; i < def.axes.size(); ++i) {
                const std::size_t place = i == axes.x              ? column
                                          : axes.y && i == *axes.y ? row
                                                                   : axes.third_place;
                cell = cell * def.axes[i].values.size() + place;
            }
            chart.cells.push_back(cells[cell]);
        }
    return map;
}

}  // namespace

std::vector<NamedMap> study_maps(const LoadedStudy& study, const std::vector<CellRow>& rows) {
    const StudyDef& def = study.def;
    const std::vector<MapCell> all = cells_of_all(study, {rows.begin(), rows.end()});
    std::vector<NamedMap> maps;
    const auto add = [&](const MapAxes& axes) { maps.push_back(map_of(study, all, axes)); };
    if (def.axes.size() == 1) add({});
    for (std::size_t x = 0; x < def.axes.size(); ++x)
        for (std::size_t y = x + 1; y < def.axes.size(); ++y) {
            if (def.axes.size() == 2) {
                add({x, y, std::nullopt, 0});
                continue;
            }
            const std::size_t third = 3 - x - y;
            for (std::size_t place = 0; place < def.axes[third].values.size(); ++place)
                add({x, y, third, place});
        }
    return maps;
}

MapChart growing_map(const LoadedStudy& study, const std::vector<std::optional<CellRow>>& rows) {
    return map_of(study, cells_of_all(study, rows), {0, 1, std::nullopt, 0}).chart;
}

}  // namespace plumb
