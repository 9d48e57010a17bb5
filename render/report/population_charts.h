// The figures of a population: who is able, and what decides it.
#pragma once

#include "render/report/dot_chart.h"
#include "sim/study/population.h"

namespace plumb {

/// "Thigh, of stature"
[[nodiscard]] std::string factor_words(const PopulationFactor& factor);

/// A panel for each factor: the share able in each fifth of the people.
[[nodiscard]] DotChart shares_chart(const LoadedPopulation& population, const PopulationAnswer& answer);

/// First-order and total indices of each factor, and the largest pairs. The answer has indices.
[[nodiscard]] DotChart sobol_chart(const LoadedPopulation& population, const PopulationAnswer& answer);

/// "20.1 to 33 deg", "male"
[[nodiscard]] std::string range_words(const ValueRange& range, const PopulationFactor& factor);

/// The pairs, the largest first.
[[nodiscard]] std::vector<SobolIndices::Pair> pairs_by_size(const SobolIndices& sobol);

}  // namespace plumb
