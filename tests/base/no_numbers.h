// What is no number.
#pragma once

#include <limits>

namespace plumb::test {

constexpr double k_nan = std::numeric_limits<double>::quiet_NaN();
constexpr double k_infinity = std::numeric_limits<double>::infinity();

}  // namespace plumb::test
