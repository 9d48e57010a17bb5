// People drawn at random: who of them gets down and up, and what decides it (docs/model.md, 14).
#pragma once

#include <string>
#include <vector>

#include "sim/scenario/population_toml.h"
#include "sim/study/cell.h"
#include "sim/study/sobol.h"

namespace plumb {

/// What is drawn of a person: sex (where both are), the body's measures, then the population's own draws; one number each, standard
/// normal or even in 0 to 1, all independent.
struct PopulationFactor {
    std::string name;  ///< "stature", "thigh", or a field: "person.ankle_dorsiflexion_deg"
    std::string unit;
    bool is_normal = true;
};
[[nodiscard]] std::vector<PopulationFactor> population_factors(const PopulationDef& def);

/// The numbers of one person, the same whoever else is drawn, inside three standard deviations. `stream`: 0 for the people, 1 and 2 for the
/// samples A and B of the indices.
[[nodiscard]] std::vector<double> drawn_numbers(const LoadedPopulation& population, std::size_t index,
                                                std::uint32_t stream);

/// The scenario of somebody with these numbers. Values end at their fields' ranges. May be one that
/// the door refuses: lengths that add up to nobody.
[[nodiscard]] ScenarioDef person_of(const LoadedPopulation& population, const std::vector<double>& numbers);
/// What the numbers mean in words and units, one for each factor: 1.78 (stature), 0.241 (thigh, of stature), "male".
[[nodiscard]] std::vector<FieldValue> factor_values(const LoadedPopulation& population,
                                                    const ScenarioDef& person);

/// The people: inputs are the factors' values, columns cell_columns().
[[nodiscard]] CellList people_of(const LoadedPopulation& population);
/// The samples for the Sobol indices: columns are results, static limits in the usable part of the sole [drop].
[[nodiscard]] CellList sensitivity_of(const LoadedPopulation& population);
[[nodiscard]] std::vector<SobolSample> sobol_samples(const std::vector<CellRow>& rows, std::size_t factors);

/// Whether a row says that its person does the squat: a run that ended completed (or marginal), without a run a balanced plan inside the
/// usable part of the sole. Nothing for who was refused.
[[nodiscard]] std::optional<bool> is_able(const CellRow& row, Evaluate evaluate);

/// A share with its 95 % interval (Wilson 1927, J Am Stat Assoc 22:209-212).
struct Share {
    int people = 0, able = 0;
    double value = 0.0, low = 0.0, high = 1.0;  ///< value 0 of nobody
};
[[nodiscard]] Share share_of(int able, int people);

/// A fifth of the people by one factor's value (each word by itself), or a third by a third of two. Both ends belong to somebody.
struct ValueRange {
    FieldValue low, high;
};
struct ShareBin {
    ValueRange range;
    Share share;
};
struct FactorShares {
    PopulationFactor factor;
    std::vector<ShareBin> bins;
};
struct PairShares {
    std::size_t first, second;  ///< factors, first < second
    struct Cell {
        ValueRange first, second;
        Share share;
    };
    std::vector<Cell> cells;  ///< thirds by thirds, the second's fastest
};

struct PopulationAnswer {
    Share all;
    int refused = 0;
    std::vector<FactorShares> by_factor;
    std::vector<PairShares> by_pair;  ///< every two factors of numbers
    std::vector<PopulationFactor> factors;
    std::optional<SobolIndices> sobol;      ///< of the static limit; inputs are the factors
    int samples = 0, samples_left_out = 0;  ///< used for them; not used, for somebody in them is nobody
};
/// `people` and `samples` as the lists' rows; no samples: no indices.
[[nodiscard]] PopulationAnswer population_answer(const LoadedPopulation& population,
                                                 const std::vector<CellRow>& people,
                                                 const std::vector<CellRow>& samples);

}  // namespace plumb
