// Random draws and their ranks, the same on every standard library.
#pragma once

#include <algorithm>
#include <cmath>
#include <random>
#include <vector>

#include "sim/base/units.h"

namespace plumb {

/// Inside (0, 1).
inline double draw_uniform(std::mt19937_64& random) {
    return (static_cast<double>(random() >> 11) + 0.5) * 0x1p-53;
}

/// Standard normal, by Box and Muller.
inline double draw_normal(std::mt19937_64& random) {
    const double radius = std::sqrt(-2.0 * std::log(draw_uniform(random)));
    return radius * std::cos(2.0 * k_pi * draw_uniform(random));
}

/// By rank, between neighbours in proportion. `values` hold at least one.
inline double percentile(std::vector<double> values, double share) {
    std::ranges::sort(values);
    const double at = share * static_cast<double>(values.size() - 1);
    const auto below = static_cast<std::size_t>(at);
    const std::size_t above = std::min(below + 1, values.size() - 1);
    return std::lerp(values[below], values[above], at - std::floor(at));
}

}  // namespace plumb
