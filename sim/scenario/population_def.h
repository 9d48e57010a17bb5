// A population: people drawn at random, each put into one setting.
#pragma once

#include <array>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "sim/scenario/study_def.h"

namespace plumb {

/// One number that is drawn for everybody by itself.
struct DrawnField {
    enum class Shape { normal, even };
    std::string field;
    Shape shape = Shape::normal;
    double a = 0.0, b = 0.0;  ///< mean and standard deviation, or both ends, in the field's unit
    bool operator==(const DrawnField&) const = default;
};

enum class SexShare { both, male, female };
inline constexpr std::array<std::string_view, 3> k_sex_share_words = {"both", "male", "female"};

inline constexpr std::size_t k_least_people = 20, k_most_people = 100'000, k_most_sensitivity = 10'000,
                             k_most_drawn = 10;

struct PopulationDef {
    std::string name;      ///< the file's
    std::string asks;      ///< the question it answers
    std::string scenario;  ///< the setting; a scenario's name, or a path relative to the file
    Evaluate evaluate = Evaluate::statics;
    std::size_t people = 1000;
    std::size_t sensitivity = 256;  ///< samples the Sobol indices are estimated from; 0: no indices
    double seed = 1.0;
    SexShare sex = SexShare::both;
    std::vector<DrawnField>
        drawn{};  ///< age, dorsiflexion, closure and strength unless the file says otherwise, then what it adds
    bool operator==(const PopulationDef&) const = default;
};

}  // namespace plumb
