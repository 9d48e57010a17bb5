// Bodies with everything a scenario can give them, in any posture and motion, for comparing engines.
#pragma once

#include <Eigen/Geometry>

#include "sim/body/export_def.h"
#include "tests/body/random_body.h"
#include "tests/plan/random_person.h"

namespace plumb::test {

/// A person as in draw_person, half of them on a wedge, half with toes, half with a weight in the hands or on the back, a third with a wall behind.
inline ScenarioDef draw_equipped_person(std::mt19937_64& random) {
    for (;;) {
        ScenarioDef def = draw_person(random);
        if (random() % 2 == 0) def.heel_wedge.height_m = draw(random, 0.0, 0.08);
        if (random() % 2 == 0) def.movement.heels = Heels::may_lift;
        if (random() % 2 == 0) def.counterweight.mass_kg = draw(random, 0.0, 20.0);
        if (const auto hold = random() % 4; hold % 2 == 0)
            def.counterweight.hold = hold == 0 ? Hold::chest : Hold::back_high;
        if (random() % 3 == 0) def.wall.distance_m = draw(random, 0.1, 1.0);
        if (!find_scenario_problem(def)) return def;
    }
}

/// Joints anywhere in their ranges, the pelvis turned any way, all moving.
inline BodyState draw_motion(std::mt19937_64& random, const BodyModel& body) {
    BodyState state;
    state.pose.pelvis_m = {draw(random, -1.0, 1.0), draw(random, -1.0, 1.0), draw(random, 0.5, 2.0)};
    const Vector3 axis(draw(random, -1.0, 1.0), draw(random, -1.0, 1.0), draw(random, -1.0, 1.0));
    state.pose.pelvis_rotation =
        Eigen::AngleAxisd(draw(random, -3.1, 3.1), axis.normalized()).toRotationMatrix();
    for (int dof = 0; dof < body.dof_count; ++dof) {
        const JointRange& range = body.person.ranges[static_cast<size_t>(dof)];
        state.pose.joints[dof] = draw(random, range.min_rad, range.max_rad);
    }
    for (double& rate : state.velocity.head(6 + body.dof_count)) rate = draw(random, -3.0, 3.0);
    return state;
}

}  // namespace plumb::test
