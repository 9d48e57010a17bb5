// The maps of a study: its rows over each pair of its axes.
#pragma once

#include <string>
#include <vector>

#include "render/report/map_chart.h"
#include "sim/study/cell.h"

namespace plumb {

/// The pairs of a study's axes as maps; of a third axis one map for each of its values. A study of one axis gives one map of one
/// row. `name` is fit for a file: "stance.width_m_x_counterweight.mass_kg".
struct NamedMap {
    std::string name;
    MapChart chart;
};
[[nodiscard]] std::vector<NamedMap> study_maps(const LoadedStudy& study, const std::vector<CellRow>& rows);

/// The map of a study of two axes of which some cells are not there yet.
[[nodiscard]] MapChart growing_map(const LoadedStudy& study, const std::vector<std::optional<CellRow>>& rows);

}  // namespace plumb
