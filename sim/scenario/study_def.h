// A study: one scenario varied along one to three of its fields, every combination a cell.
#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "sim/base/fields.h"
#include "sim/scenario/scenario_def.h"

namespace plumb {

/// What is worked out of a cell: the static plan, the forward run along it, or both. A run has its plan, so `dynamics` leaves out
/// the static limits alone.
enum class Evaluate { statics, dynamics, both };
inline constexpr std::array<std::string_view, 3> k_evaluate_words = {"static", "dynamic", "both"};

/// One field and the values it takes, in the file's order.
struct StudyAxis {
    std::string field;
    std::vector<FieldValue> values;
    bool operator==(const StudyAxis&) const = default;
};

inline constexpr std::size_t k_most_axes = 3, k_most_axis_values = 200, k_most_cells = 100'000;

struct StudyDef {
    std::string name;      ///< the file's own unless it says another
    std::string asks;      ///< the question it answers
    std::string scenario;  ///< what is varied: a scenario's name, or a path relative to the study's file
    Evaluate evaluate = Evaluate::both;
    std::optional<double> seed{};  ///< of every cell's run; absent: the scenario's own
    std::vector<StudyAxis> axes;   ///< one to three, the first varies slowest
    bool operator==(const StudyDef&) const = default;

    [[nodiscard]] std::size_t cell_count() const;
    /// Which value each axis has in a cell, the last axis fastest.
    [[nodiscard]] std::vector<std::size_t> places(std::size_t cell) const;
};

}  // namespace plumb
