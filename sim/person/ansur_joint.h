// Bodies as they come: stature, mass and the lengths that decide a squat, drawn jointly as ANSUR II found them.
#pragma once

#include <array>
#include <cstddef>
#include <string_view>

#include "sim/person/person_def.h"

namespace plumb {

inline constexpr std::size_t k_body_factor_count = 6;
/// In this order each takes what the ones before it leave open: a number of `thigh` is a thigh that is long for this stature and mass.
inline constexpr std::array<std::string_view, k_body_factor_count> k_body_factor_words = {
    "stature", "mass", "thigh", "shank", "foot", "arm"};
using BodyFactors = std::array<double, k_body_factor_count>;

/// Stature and mass, thigh, shank, foot and arm length of the person's sex from six independent standard normal numbers; the trunk closes
/// the stature. Normal in stature, mass and the four fractions of stature, with ANSUR II's means, standard deviations and correlations
/// (Gordon et al. 2014; 4,082 men, 1,986 women). Not checked against the fields' ranges.
void take_body(PersonDef& person, const BodyFactors& normal);

/// The correlations take_body() draws with, and the standard deviations [m, kg, 1, 1, 1, 1], for tests and tables.
struct BodySpread {
    std::array<double, k_body_factor_count> mean{}, sd{};
    std::array<std::array<double, k_body_factor_count>, k_body_factor_count> correlation{};
};
[[nodiscard]] const BodySpread& body_spread(Sex sex);

/// Length over stature, of the thigh from the trochanterion as ANSUR II measures it; in the order of the words, stature [m] and mass [kg] first.
[[nodiscard]] BodyFactors body_measures(const PersonDef& person);

}  // namespace plumb
