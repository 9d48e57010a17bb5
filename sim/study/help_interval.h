// How far a least change may be off because of what was not measured exactly.
#pragma once

#include "sim/balance/diagnosis.h"
#include "sim/study/least_change.h"

namespace plumb {

/// 5 to 95 % of what 30 persons need who are this one within the errors of measuring (limit_intervals.h), in the field's unit.
struct HelpInterval {
    Interval value;
    bool open_above = false;   ///< for some not even the help's cap is enough
    bool cannot_tell = false;  ///< some need nothing: the verdict turns inside the interval
    int static_solves = 0;
};

/// By static solves (some 200), shifted so that this person's own need is the one that was found by runs. What is asked about
/// is not drawn: the need replaces it. Nothing for a wall, with raised heels, for a weight that moves to arm's length, where statics alone do not see the need, or cancelled.
[[nodiscard]] std::optional<HelpInterval> help_interval(const ScenarioDef& def, const LeastChange& found,
                                                        double margin_m,
                                                        const std::atomic<bool>* cancel = nullptr);

}  // namespace plumb
