// Seeded stiff people, strong enough, who let their heels rise.
#pragma once

#include "tests/plan/random_person.h"

namespace plumb::test {

inline ScenarioDef draw_riser(std::mt19937_64& random) {
    ScenarioDef def = draw_person(random);
    def.person.ankle_dorsiflexion_deg = draw(random, 8.0, 20.0);
    def.person.strength_ratio = draw(random, 0.9, 1.3);
    def.movement.heels = Heels::may_lift;
    def.movement.hold_s = 1.0;
    return def;
}

inline SquatPlan motion_plan(const ScenarioDef& resolved) {
    return plan_squat(build_person(resolved.person), resolved, PlanDetail::motion);
}

}  // namespace plumb::test
