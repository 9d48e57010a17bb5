// Knees kept behind the toes against knees left free (Lorenzetti et al. 2012, J Strength Cond Res 26:2829).
#include <algorithm>
#include <cmath>

#include "sim/base/units.h"
#include "sim/plan/squat_plan.h"
#include "tests/catch.h"
#include "tests/plan/random_person.h"

using namespace plumb;
using namespace plumb::test;
using Catch::Approx;

namespace {

/// Both ways of squatting ended at the same hip flexion, 95 to 100 deg: compared here at its middle.
constexpr double k_hip_deg = 97.5;
/// The kneecap's front ahead of the knee's axis [m] (choice: half the depth of a bent knee).
constexpr double k_knee_front_m = 0.06;
constexpr int k_lifters = 10;

/// Where the thigh has flexed on the pelvis by k_hip_deg on the way down; moments of one leg [N m].
struct AtHip {
    double knee_deg, hip_deg, lean_deg, knee_Nm, hip_Nm;
};
AtHip squat_to_hip(const ScenarioDef& def) {
    const ScenarioDef resolved = resolve_scenario(def);
    const SquatPlan plan = plan_squat(build_person(resolved.person), resolved, PlanDetail::motion);
    for (double position = 0.2; position <= 1.0; position += 0.0025) {
        const PostureView view = view_posture(plan.model, plan.path.at(position));
        const DofVector& q = view.posed.pose.joints;
        const double hip_deg = q[dof_left_hip_flexion] * k_rad_to_deg;
        if (hip_deg < k_hip_deg) continue;
        return {q[dof_left_knee_flexion] * k_rad_to_deg, hip_deg,
                trunk_lean_rad(plan.model.body, view.kinematics) * k_rad_to_deg,
                -view.moments[6 + dof_left_knee_flexion], -view.moments[6 + dof_left_hip_flexion]};
    }
    return {};
}

/// The shanks stop where the knees' front stands over the toes.
double knees_over_toes_deg(const BodyLengths& size) {
    const double reach_m = size.foot_length_m - size.ankle_from_heel_m - k_knee_front_m;
    return std::asin(std::clamp(reach_m / size.shank_m, 0.0, 1.0)) * k_rad_to_deg;
}

}  // namespace

TEST_CASE("Knees kept behind the toes bend less at the same hip flexion, and load hips instead of knees "
          "(Lorenzetti 2012)",
          "[validation]") {
    std::mt19937_64 random(12);
    double free_knee = 0.0, kept_knee = 0.0, hip_Nm = 0.0, knee_Nm = 0.0;
    for (int person = 0; person < k_lifters; ++person) {
        ScenarioDef def = draw_person(random);
        def.person.ankle_dorsiflexion_deg = k_usual_dorsiflexion_deg;
        def.person.hip_flexion_deg = 100.0;
        // They carried none, a quarter and half of their weight.
        def.counterweight = {.mass_kg = 0.25 * def.person.mass_kg, .hold = Hold::back_high};
        const AtHip unrestricted = squat_to_hip(def);
        def.movement.shank_lean_max_deg = knees_over_toes_deg(build_person(def.person).lengths);
        const AtHip restricted = squat_to_hip(def);
        INFO("person " << person << ", board " << *def.movement.shank_lean_max_deg << " deg; knee "
                       << unrestricted.knee_deg << " and " << restricted.knee_deg);
        REQUIRE(unrestricted.hip_deg == Approx(k_hip_deg).margin(1.5));
        REQUIRE(restricted.hip_deg == Approx(k_hip_deg).margin(1.5));
        CHECK(restricted.knee_deg < unrestricted.knee_deg - 5.0);
        CHECK(restricted.knee_Nm < unrestricted.knee_Nm);
        CHECK(restricted.lean_deg > unrestricted.lean_deg);
        free_knee += unrestricted.knee_deg / k_lifters;
        kept_knee += restricted.knee_deg / k_lifters;
        hip_Nm += (restricted.hip_Nm - unrestricted.hip_Nm) / k_lifters;
        knee_Nm += (restricted.knee_Nm - unrestricted.knee_Nm) / k_lifters;
    }
    INFO("mean knee flexion " << free_knee << " (published 106) and " << kept_knee
                              << " (86); restricted hip moment " << hip_Nm << ", knee moment " << knee_Nm
                              << " N m more a leg");
    CHECK(free_knee == Approx(106.0).margin(8.0));
    CHECK(kept_knee == Approx(86.0).margin(8.0));
    CHECK(hip_Nm > 0.0);
}
