// Published directions of what stance, thighs and ankles do to a squat (the planner's postures).
#include "sim/base/units.h"
#include "sim/plan/squat_plan.h"
#include "tests/catch.h"
#include "tests/plan/random_person.h"

using namespace plumb;
using namespace plumb::test;

namespace {

/// At the bottom of a squat to level thighs [deg].
struct Bottom {
    double dorsiflexion, knee, hip, lean;
};
Bottom bottom_of(const ScenarioDef& def) {
    const ScenarioDef resolved = resolve_scenario(def);
    const SquatPlan plan = plan_squat(build_person(resolved.person), resolved, PlanDetail::motion);
    const PostureView view = view_posture(plan.model, plan.knots.back().posture);
    const DofVector& q = view.posed.pose.joints;
    return {q[dof_left_ankle_dorsiflexion] * k_rad_to_deg, q[dof_left_knee_flexion] * k_rad_to_deg,
            q[dof_left_hip_flexion] * k_rad_to_deg,
            trunk_lean_rad(plan.model.body, view.kinematics) * k_rad_to_deg};
}

ScenarioDef draw_lifter(std::mt19937_64& random) {
    ScenarioDef def = draw_person(random);
    def.person.ankle_dorsiflexion_deg = 36.0;
    def.movement.depth = DepthWord::parallel;
    return def;
}

constexpr int k_people = 16;

}  // namespace

TEST_CASE("A wide stance makes the shanks more vertical (Escamilla 2001, Demers 2018)", "[validation]") {
    std::mt19937_64 random(9);
    double shank = 0.0, hip = 0.0, lean = 0.0;
    for (int i = 0; i < k_people; ++i) {
        ScenarioDef def = draw_lifter(random);
        const double shoulders_m = 2.0 * build_person(def.person).lengths.shoulder_half_width_m;
        def.stance = {.width_m = 0.9 * shoulders_m, .toe_out_deg = 15.0};
        const Bottom narrow = bottom_of(def);
        def.stance = {.width_m = 1.6 * shoulders_m, .toe_out_deg = 35.0};
        const Bottom wide = bottom_of(def);
        INFO("person " << i);
        CHECK(wide.dorsiflexion < narrow.dorsiflexion - 1.0);
        shank += (narrow.dorsiflexion - wide.dorsiflexion) / k_people;
        hip += (wide.hip - narrow.hip) / k_people;
        lean += (wide.lean - narrow.lean) / k_people;
    }
    // Escamilla: shanks 5-9 deg more vertical; hips flex 6-11 deg more, lean unchanged: a miss, see docs/validation.md.
    INFO("shank " << shank << ", hip " << hip << ", lean " << lean);
    CHECK(shank > 4.0);
    CHECK(shank < 10.0);
}

TEST_CASE("Longer thighs ask for more dorsiflexion and knee flexion (Demers 2018)", "[validation]") {
    std::mt19937_64 random(9);
    double dorsiflexion = 0.0, knee = 0.0;
    for (int i = 0; i < k_people; ++i) {
        ScenarioDef def = draw_lifter(random);
        const Bottom usual = bottom_of(def);
        def.person.thigh_length_m = 1.06 * *def.person.thigh_length_m;
        def.person.trunk_length_m.reset();
        const Bottom longer = bottom_of(def);
        dorsiflexion += (longer.dorsiflexion - usual.dorsiflexion) / k_people;
        knee += (longer.knee - usual.knee) / k_people;
    }
    INFO("dorsiflexion " << dorsiflexion << ", knee " << knee);
    CHECK(dorsiflexion > 0.2);
    CHECK(knee > 0.3);
}

TEST_CASE("Stiff ankles lean the trunk (Fuglsang 2017)", "[validation]") {
    std::mt19937_64 random(9);
    double more = 0.0;
    int leaned = 0;
    for (int i = 0; i < k_people; ++i) {
        ScenarioDef def = draw_lifter(random);
        def.movement.depth = 0.4;
        def.person.ankle_dorsiflexion_deg = 22.0;
        const Bottom stiff = bottom_of(def);
        def.person.ankle_dorsiflexion_deg = 40.0;
        const Bottom supple = bottom_of(def);
        more += (stiff.lean - supple.lean) / k_people;
        leaned += stiff.lean > supple.lean;
    }
    INFO("lean " << more);
    CHECK(more > 2.0);
    CHECK(leaned >= k_people - 2);
}
