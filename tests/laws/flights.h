// Bodies in the air, from a seed: every joint well inside its range, so that nothing but gravity and moments acts.
#pragma once

#include "sim/engine/bullet_world.h"
#include "tests/body/random_body.h"
#include "tests/plan/random_person.h"

namespace plumb::test {

/// Anywhere in a range but near its ends: no stop acts.
inline DofVector draw_joints(std::mt19937_64& random, const BodyModel& body) {
    DofVector joints = DofVector::Zero();
    for (int dof = 0; dof < body.dof_count; ++dof) {
        const JointRange& range = body.person.ranges[static_cast<size_t>(dof)];
        joints[dof] = range.min_rad + draw(random, 0.2, 0.8) * (range.max_rad - range.min_rad);
    }
    return joints;
}

/// 20 m up, every coordinate moving at up to `rate` [rad/s, m/s].
inline BodyState draw_flight(std::mt19937_64& random, const BodyModel& body, double rate) {
    BodyState state;
    state.pose.pelvis_m = {draw(random, -0.5, 0.5), draw(random, -0.5, 0.5), 20.0};
    state.pose.pelvis_rotation = random_rotation(random, 1.0);
    state.pose.joints = draw_joints(random, body);
    for (int i = 0; i < 6 + body.dof_count; ++i) state.velocity[i] = draw(random, -rate, rate);
    return state;
}

/// Joints without ends: no stop acts whatever the posture.
inline BodyModel without_ends(BodyModel body) {
    for (JointRange& range : body.person.ranges) range = {-10.0, 10.0};
    return body;
}

/// A person with or without weight, wedge and toes.
inline BodyModel draw_body(std::mt19937_64& random, bool may_have_toes = true) {
    ScenarioDef def = draw_person(random);
    def.heel_wedge.height_m = random() % 2 == 0 ? 0.0 : 0.04;
    def.counterweight.mass_kg = random() % 3 == 0 ? 6.0 : 0.0;
    if (may_have_toes && random() % 2 == 0) def.movement.heels = Heels::may_lift;
    return model_of(def);
}

}  // namespace plumb::test
