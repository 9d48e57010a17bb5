// One cell of a study, or one person of a population: a scenario planned and run, and the one list of columns that database, table
// and pictures read.
#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "sim/base/fields.h"
#include "sim/scenario/study_toml.h"

namespace plumb {

/// Numbers, words and nothing, one for each column of a list, in their order.
using CellRow = std::vector<FieldValue>;

struct CellColumn {
    std::string name;
    std::string unit{};  ///< "" for words and shares
    bool is_number = true;
    std::string meaning{};
};

/// Something to be worked out row by row, numbered from 0, and what a database says of all of it.
struct CellList {
    std::string format;  ///< "plumbline-sweep-2": which kind of database holds it
    std::string name;
    std::string hash;                                       ///< what makes two lists the same
    std::vector<std::pair<std::string, std::string>> meta;  ///< further keys of the database's `study` table
    std::vector<CellColumn>
        inputs;  ///< every row begins with them: a study's axes, what was drawn of a person
    std::vector<CellColumn> columns;  ///< what is worked out
    std::size_t count = 0;
    std::function<std::vector<FieldValue>(std::size_t)> values;  ///< of the inputs
    std::function<CellRow(std::size_t)> row;  ///< of the columns; deterministic, from any thread
};

/// A study's cells, each evaluated for its own body, with cell_columns().
[[nodiscard]] CellList cells_of(const LoadedStudy& study);

/// What is known of a scenario that was evaluated. Columns that were not evaluated, and those that mean nothing for it, hold nothing.
[[nodiscard]] const std::vector<CellColumn>& cell_columns();
/// Index of a column. The name is one of the list's.
[[nodiscard]] std::size_t column_index(std::string_view name);

inline constexpr std::string_view k_inferred_basis = "inferred", k_refused_region = "refused";
/// Whether a cell's word was taken from its neighbours (refine.h) and not evaluated.
[[nodiscard]] bool is_inferred(const CellRow& row);
/// The word that says which region of a map a row belongs to: how the run ended, or the static verdict; refused.
[[nodiscard]] std::string region_of(const CellRow& row, Evaluate evaluate);
/// The row of a scenario that was not evaluated: its region's word, its hash and nothing else. One that the door refuses gets its own row.
[[nodiscard]] CellRow inferred_row(const ScenarioDef& def, Evaluate evaluate, const std::string& region);
/// Whether the static plan gets to the asked depth, balanced over the usable part of the feet, with what the motion takes: where this changes, a run's outcome is likely to.
[[nodiscard]] bool looks_able(const ScenarioDef& def);

/// Plans and runs a scenario. One that the door refuses is no error: its row says so. Deterministic.
[[nodiscard]] CellRow evaluate_scenario(const ScenarioDef& def, Evaluate evaluate);

/// A table: number, inputs, columns, a row a cell in order; equal lists give equal bytes.
[[nodiscard]] std::string cells_csv(const CellList& list, const std::vector<CellRow>& rows);

}  // namespace plumb
