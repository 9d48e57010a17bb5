// One cell of a study: its scenario planned and run, and the one list of columns that database, table and pictures read.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "sim/base/fields.h"
#include "sim/scenario/study_toml.h"

namespace plumb {

/// Numbers, words and nothing, one for each of cell_columns(), in their order.
using CellRow = std::vector<FieldValue>;

struct CellColumn {
    std::string_view name;
    std::string_view unit;  ///< "" for words and shares
    bool is_number = true;
    std::string_view meaning;
};
/// What is known of a cell beside its axes. Columns that were not evaluated, and those that mean nothing for a cell, hold nothing.
[[nodiscard]] const std::vector<CellColumn>& cell_columns();
/// Index of a column. The name is one of the list's.
[[nodiscard]] std::size_t column_index(std::string_view name);

/// Plans and runs a cell for its own body. A combination that the door refuses is no error: its row says so. Deterministic.
[[nodiscard]] CellRow evaluate_cell(const LoadedStudy& study, std::size_t cell);

}  // namespace plumb
