// Sobol indices: how much of a result's variance each independent input, and each two together, account for.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace plumb {

/// Results of one model at two independent samples A and B of its inputs, and at mixtures of both.
struct SobolSample {
    double a = 0.0, b = 0.0;
    std::vector<double> ab;        ///< A with input i of B
    std::vector<double> ab_pairs;  ///< A with inputs i and j of B, i < j: (0, 1), (0, 2) ... (1, 2) ...
};

struct SobolIndex {
    double value = 0.0;
    double low = 0.0, high = 0.0;  ///< 5th and 95th percentile over 500 resamplings of the samples
};

struct SobolIndices {
    double mean = 0.0, variance = 0.0;
    std::vector<SobolIndex> first, total;  ///< one per input
    struct Pair {
        std::size_t i, j;  ///< i < j
        SobolIndex index;
    };
    /// What the two do together and neither does alone, with all that others add to it; all pairs. Never negative, 0 for a sum.
    std::vector<Pair> pairs;
};

/// Shares of the variance. First order: Saltelli et al. 2010, Comput Phys Commun 181:259-270, table 2 (b); total: Jansen 1999, (f) there; pairs:
/// total interaction index, Liu & Owen 2006, J Am Stat Assoc 101:712-721. At least two samples of equally many inputs; all indices are 0
/// where the variance is. A first-order estimate can lie somewhat outside 0 to 1.
[[nodiscard]] SobolIndices sobol_indices(const std::vector<SobolSample>& samples, std::uint64_t seed);

}  // namespace plumb
