// How deep a person can hold still, with its interval, beside the depths people ask for.
#pragma once

#include <atomic>
#include <optional>
#include <string>

#include "sim/study/limit_intervals.h"

namespace plumb {

/// Everything as hip drop fraction.
struct LimitScale {
    double sole = 0.0, functional = 0.0;  ///< static limits
    LimitIntervals intervals;
    double half = 0.0, parallel = 0.0;
    std::optional<double> full;  ///< none where the ranges never get there
    double leg_length_m = 1.0;   ///< of a drop of 1
};

/// Of a scenario as somebody wrote it: what is given in it was measured. Cancelled: nothing. Throws what the planner throws.
[[nodiscard]] std::optional<LimitScale> limit_scale(const ScenarioDef& def,
                                                    const std::atomic<bool>* cancel = nullptr);

/// "Balanced down to 50 cm below standing, 43 to 61 cm by what measuring misses. It hangs most on ..., which nobody measured."
[[nodiscard]] std::string limit_scale_sentence(const LimitScale& scale);

}  // namespace plumb
