// How far the static limit may be off because of what was not measured exactly.
#pragma once

#include <atomic>
#include <optional>
#include <vector>

#include "sim/balance/diagnosis.h"
#include "sim/person/person.h"
#include "sim/plan/static_limit.h"
#include "sim/recording/recording.h"

namespace plumb {

/// Which of the inputs that decide somebody measured.
struct Measured {
    bool dorsiflexion = false, closure = false;
};
/// As far as a resolved scenario shows it: a value that is exactly the usual one counts as not measured.
[[nodiscard]] Measured measured_in(const ScenarioDef& resolved);

/// One person as they may be too: dorsiflexion off by its error of measuring (dorsiflexion.h), closure by 8 deg (where it is not a
/// measured one: 3), the usable heel by up to 5 % of the foot, thighs heavier or lighter by 5 % of their mass and the upper body's
/// COM higher or lower by 2 % of its length (one SD each; de Leva 1996 gives no spread: M).
struct OtherPerson {
    Person person;
    double dorsiflexion_sd = 0.0, closure_sd = 0.0, heel = 0.0,
           mass_sd = 0.0;  ///< what was drawn, standardised
};
/// `index` seeds it: the same whatever else is drawn. Nothing when what is drawn makes no person.
[[nodiscard]] std::optional<OtherPerson> other_person(const ScenarioDef& resolved, int index,
                                                      const Measured& measured);

/// That person's masses and base with another description's ranges and strengths (resolved, of a buildable person).
[[nodiscard]] Person with_description(const Person& drawn, const PersonDef& def);

/// 120 persons, two static solves each, on two threads. Cancelled: what is missing is left out.
[[nodiscard]] LimitIntervals limit_intervals(const ScenarioDef& resolved, const SquatPlan& plan,
                                             const std::atomic<bool>* cancel = nullptr);
/// The same for who knows better what was measured.
[[nodiscard]] LimitIntervals limit_intervals(const ScenarioDef& resolved, const SquatPlan& plan,
                                             const Measured& measured, const std::atomic<bool>* cancel);

/// 5 and 95 percent of a non-empty list, by rank.
[[nodiscard]] Interval middle_nine_tenths(const std::vector<double>& values);

}  // namespace plumb
