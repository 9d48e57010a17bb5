// Some cells at a time, so that the map is seen to fill and another map begins at once.
#include "render/lab/map_desk.h"

#include <algorithm>
#include <cmath>
#include <exception>

#include "sim/base/threads.h"
#include "sim/scenario/scenario_fields.h"
#include "sim/study/least_change.h"
#include "sim/study/sweep.h"

namespace plumb {
namespace {

constexpr std::size_t k_stride = 4;
constexpr std::size_t k_cells_at_once = 6;  ///< some seconds
constexpr std::size_t k_weights_at_once = 20;
constexpr int k_threads = 2;

StudyAxis axis_of(const MapField& of, std::size_t steps) {
    StudyAxis axis{std::string(of.field), {}};
    for (std::size_t i = 0; i < steps; ++i) {
        const double value =
            std::lerp(of.from, of.to, static_cast<double>(i) / static_cast<double>(steps - 1));
        axis.values.emplace_back(std::round(value * 1e4) / 1e4);
    }
    return axis;
}

/// A cell that cannot be worked out is no scenario either: the window goes on.
CellRow row_of(const ScenarioDef& def, Evaluate evaluate) {
    try {
        return evaluate_scenario(def, evaluate);
    } catch (const std::exception& error) {
        CellRow row(cell_columns().size());
        row[column_index("refused")] = std::string(error.what());
        return row;
    }
}

/// The least whole kilograms at arm's length with which the static plan is enough; infinite: the most is not enough.
double least_weight_kg(const ScenarioDef& def) {
    const auto able = [&](int kg) {
        const ScenarioDef with = with_help(def, Help::counterweight, kg);
        return !find_scenario_problem(with) && looks_able(with);
    };
    int no = -1, yes = static_cast<int>(MapDesk::k_most_weight_kg);
    if (!able(yes)) return INFINITY;
    while (yes - no > 1) {
        const int middle = (no + yes) / 2;
        (able(middle) ? yes : no) = middle;
    }
    return yes;
}

}  // namespace

void MapDesk::look_at(const ScenarioDef* scenario, std::size_t x, std::size_t y) {
    if (scenario == nullptr || x == y) {
        book_.open("");
        wanted_ = false;
        return;
    }
    // Called every frame: what did not change is not worked out again.
    const std::array<std::size_t, 2> axes = {x, y};
    if (book_.is_open() && axes == axes_ && *scenario == scenario_) return;
    axes_ = axes;
    scenario_ = *scenario;
    LoadedStudy study;
    study.def.evaluate = Evaluate::dynamics;
    study.def.axes = {axis_of(k_map_fields.at(x), k_columns), axis_of(k_map_fields.at(y), k_rows)};
    study.def.scenario = scenario->name;
    study.base = *scenario;
    study.base.expect.clear();
    for (const StudyAxis& axis : study.def.axes) {
        // What else would set the field is taken out; where the scenario lies on the map is not the map's.
        if (axis.field == "person.ankle_dorsiflexion_deg") {
            study.base.person.ankle_dorsiflexion_nwb_deg.reset();
            study.base.person.knee_to_wall_cm.reset();
        }
        if (axis.field == "person.trunk_thigh_closure_deg")
            study.base.person.hip_flexion_clinical_deg.reset();
        find_field(axis.field)->set(study.base, axis.values[axis.values.size() / 2]);
    }
    if (find_scenario_problem(study.base)) {
        book_.open("");
        wanted_ = false;
        return;
    }
    const std::string hash = study_hash(study);
    study_ = std::move(study);
    if (book_.open(hash)) wanted_ = false;
}

void MapDesk::stop() {
    book_.cancel();
    wanted_ = false;
}

bool MapDesk::maps_weight() const {
    return !study_.def.axes.empty() && std::ranges::none_of(study_.def.axes, [](const StudyAxis& a) {
        return a.field == "counterweight.mass_kg";
    });
}

bool MapDesk::complete() const {
    const MapPage* const known = page();
    return known != nullptr && known->filled
           && (!maps_weight()
               || std::ranges::all_of(known->least_weight_kg, [](const auto& kg) { return kg.has_value(); }));
}

double MapDesk::progress() const {
    const MapPage* const known = page();
    if (known == nullptr) return 0.0;
    const auto share = [](const auto& values) {
        return static_cast<double>(std::ranges::count_if(values, [](const auto& v) { return v.has_value(); }))
               / static_cast<double>(std::max<std::size_t>(1, values.size()));
    };
    // Some two fifths of the cells are run.
    const double rows = known->filled ? 1.0 : std::min(0.95, share(known->rows) / 0.4);
    return maps_weight() ? 0.6 * rows + 0.4 * share(known->least_weight_kg) : rows;
}

ScenarioDef MapDesk::scenario_of(std::size_t cell) const {
    ScenarioDef def = cell_scenario(study_, cell);
    def.name = scenario_.name;
    def.asks = scenario_.asks;
    return def;
}

std::optional<std::array<double, 2>> MapDesk::here() const {
    std::array<double, 2> place{};
    const ScenarioDef resolved = resolve_scenario(scenario_);
    for (std::size_t i = 0; i < 2; ++i) {
        const StudyAxis& axis = study_.def.axes.at(i);
        const FieldValue now = find_field(axis.field)->get(resolved);
        const double* const value = std::get_if<double>(&now);
        const double first = std::get<double>(axis.values.front()),
                     last = std::get<double>(axis.values.back());
        if (value == nullptr || *value < first || *value > last) return std::nullopt;
        place.at(i) = (*value - first) / (last - first) * static_cast<double>(axis.values.size() - 1);
    }
    return place;
}

bool MapDesk::poll() {
    const bool rests = !book_.busy();
    const bool news = book_.poll();
    if (!rests || !wanted_ || !book_.is_open() || complete()) return news;
    const std::size_t count = study_.def.cell_count();
    const MapPage* const known = page();
    const auto grid = refine_grid(study_.def);
    KnownCells regions(count);
    if (known != nullptr && !known->filled)
        for (std::size_t cell = 0; cell < count; ++cell)
            if (known->rows[cell]) regions[cell] = region_of(*known->rows[cell], study_.def.evaluate);
    if (known == nullptr || !known->filled) {
        std::vector<std::size_t> cells = cells_to_look_at(grid, regions, k_stride);
        KnownCells words;
        if (cells.empty()) {
            words = filled_in(grid, regions, k_refused_region);
            // Refused ones cost nothing; where only they lie around nothing can be inferred.
            for (std::size_t cell = 0; cell < count; ++cell)
                if (!words[cell]) cells.push_back(cell);
        }
        if (!cells.empty()) {
            cells.resize(std::min(cells.size(), k_cells_at_once));
            book_.ask([cells, study = study_](const std::atomic<bool>& stale) -> AnswerBook<MapPage>::Entry {
                std::vector<std::optional<CellRow>> rows(cells.size());
                on_threads(k_threads, static_cast<int>(cells.size()), &stale, [&](int i) {
                    const auto at = static_cast<std::size_t>(i);
                    rows[at] = row_of(cell_scenario(study, cells[at]), study.def.evaluate);
                });
                return [cells, rows = std::move(rows), all = study.def.cell_count()](MapPage& on) {
                    on.rows.resize(all);
                    on.least_weight_kg.resize(all);
                    for (std::size_t i = 0; i < cells.size(); ++i)
                        if (rows[i]) on.rows[cells[i]] = rows[i];
                };
            });
            return news;
        }
        book_.ask([words, study = study_](const std::atomic<bool>&) -> AnswerBook<MapPage>::Entry {
            return [words, study](MapPage& on) {
                for (std::size_t cell = 0; cell < on.rows.size(); ++cell)
                    if (!on.rows[cell])
                        on.rows[cell] =
                            inferred_row(cell_scenario(study, cell), study.def.evaluate, *words[cell]);
                on.filled = true;
            };
        });
        return news;
    }
    std::vector<std::size_t> cells;
    for (std::size_t cell = 0; cell < count && cells.size() < k_weights_at_once; ++cell)
        if (!known->least_weight_kg[cell]) cells.push_back(cell);
    book_.ask([cells, study = study_](const std::atomic<bool>& stale) -> AnswerBook<MapPage>::Entry {
        std::vector<std::optional<double>> weights(cells.size());
        on_threads(k_threads, static_cast<int>(cells.size()), &stale, [&](int i) {
            const auto at = static_cast<std::size_t>(i);
            try {
                weights[at] = least_weight_kg(cell_scenario(study, cells[at]));
            } catch (const std::exception&) {
                weights[at] = INFINITY;  // no line goes through it
            }
        });
        return [cells, weights](MapPage& on) {
            for (std::size_t i = 0; i < cells.size(); ++i)
                if (weights[i]) on.least_weight_kg[cells[i]] = weights[i];
        };
    });
    return news;
}

}  // namespace plumb
