// What the movement allows of a person's ranges: a spine kept neutral, a board before the knees.
#include "sim/base/units.h"
#include "sim/plan/squat_plan.h"
#include "sim/scenario/scenario_fields.h"
#include "tests/catch.h"

using namespace plumb;

TEST_CASE("A neutral spine costs depth, and no band costs none", "[plan]") {
    const auto plan_with = [](std::optional<double> band_deg) {
        ScenarioDef def{.person = {.ankle_dorsiflexion_deg = 24.0}};
        def.movement.neutral_spine_deg = band_deg;
        const ScenarioDef resolved = resolve_scenario(def);
        return plan_squat(build_person(resolved.person), resolved, PlanDetail::motion);
    };
    const SquatPlan free = plan_with({}), wide = plan_with(60.0), narrow = plan_with(5.0);
    CHECK_FALSE(free.neutral_spine_cost);
    REQUIRE(wide.neutral_spine_cost);
    CHECK(*wide.neutral_spine_cost < 0.005);
    REQUIRE(narrow.neutral_spine_cost);
    CHECK(*narrow.neutral_spine_cost > 0.02);
    CHECK(narrow.limit_sole.hip_drop_fraction + *narrow.neutral_spine_cost
          == Catch::Approx(free.limit_sole.hip_drop_fraction).margin(0.02));
    for (const PlanKnot& knot : narrow.knots) CHECK(knot.posture.lumbar_flexion_rad < 5.5 * k_deg_to_rad);
}

TEST_CASE("A board before the knees stops the shanks; hips and trunk do more, knees less", "[plan]") {
    // Fry 2003 (JSCR 17:629), directions of net joint moments: knee 150 to 117 N m, hip moment and trunk lean rise.
    for (const double drop : {0.30, 0.38, 0.45}) {
        const auto deepest = [&](double board_deg) {
            ScenarioDef def;
            def.movement.depth = drop;
            def.movement.shank_lean_max_deg = board_deg;
            const ScenarioDef resolved = resolve_scenario(def);
            const SquatPlan plan = plan_squat(build_person(resolved.person), resolved, PlanDetail::motion);
            CHECK(plan.target_drop == Catch::Approx(drop).margin(0.01));
            return std::pair(plan.model, view_posture(plan.model, plan.knots.back().posture));
        };
        double last_knee_Nm = 1e9, last_hip_Nm = 0.0, last_lean = 0.0;
        for (const double board_deg : {60.0, 24.0, 19.0, 14.0}) {
            const auto [model, view] = deepest(board_deg);
            INFO("drop " << drop << ", board " << board_deg);
            CHECK(view.posed.pose.joints[dof_left_ankle_dorsiflexion] < (board_deg + 0.6) * k_deg_to_rad);
            const double knee_Nm = -view.moments[6 + dof_left_knee_flexion],
                         hip_Nm = -view.moments[6 + dof_left_hip_flexion],
                         lean = trunk_lean_rad(model.body, view.kinematics);
            CHECK(knee_Nm < last_knee_Nm);
            CHECK(hip_Nm > last_hip_Nm);
            CHECK(lean > last_lean);
            last_knee_Nm = knee_Nm;
            last_hip_Nm = hip_Nm;
            last_lean = lean;
        }
    }
}
