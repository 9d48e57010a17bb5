// What a weight in the hands does to the centre of mass of body and weight, against the lever rule, and what bare arms do.
#include <array>

#include "sim/base/units.h"
#include "sim/plan/squat_plan.h"
#include "tests/catch.h"
#include "tests/plan/random_person.h"

using namespace plumb;
using namespace plumb::test;
using Catch::Approx;

namespace {

/// Where the weight is: on the back, or midway between the hands' grips.
Vector3 weight_m(const BodyModel& body, const Kinematics& k) {
    if (body.bar_m) return k.point(k_thorax_link, *body.bar_m);
    const Vector3 grip(0.0, 0.0, -body.person.lengths.forearm_m);
    return 0.5 * (k.point(forearm_link(side_left), grip) + k.point(forearm_link(side_right), grip));
}

/// Standing straight, the arms straight out at this angle from hanging.
Pose standing_with_arms(const BodyModel& body, double shoulder_flexion_rad) {
    const BodyLengths& size = body.person.lengths;
    Pose pose;
    pose.pelvis_m.z() = size.ankle_height_m + size.shank_m + size.thigh_m;
    for (int side = 0; side < k_side_count; ++side)
        pose.joints[on_side(dof_left_shoulder_flexion, side)] = shoulder_flexion_rad;
    return pose;
}

BodyModel body_with(ScenarioDef def, double counterweight_kg) {
    def.counterweight.mass_kg = counterweight_kg;
    const ScenarioDef resolved = resolve_scenario(def);
    return build_body(build_person(resolved.person), resolved);
}

}  // namespace

TEST_CASE("A weight moves the centre of mass by m (x_w - x_c) / (M + m), whoever holds it how",
          "[validation]") {
    std::mt19937_64 random(21);
    for (int person = 0; person < 12; ++person) {
        ScenarioDef def = draw_person(random);
        constexpr std::array<Hold, 4> k_holds = {Hold::arms_forward, Hold::chest, Hold::back_high,
                                                 Hold::back_low};
        def.counterweight.hold = k_holds[static_cast<std::size_t>(person % 4)];
        const BodyModel bare = body_with(def, 0.0);
        for (const double weight_kg : {0.5, 1.0, 2.5, 5.0, 10.0, 20.0, 40.0}) {
            def.counterweight.mass_kg = weight_kg;
            const PlanModel model = plan_model(def);
            Posture posture;
            posture.hip_x_m = draw(random, -0.25, 0.10);
            posture.hip_height_m = model.hip_height_m(draw(random, 0.0, 0.7));
            posture.pelvis_pitch_rad = draw(random, 0.0, 0.6);
            posture.lumbar_flexion_rad = draw(random, 0.0, 0.4);
            const Pose pose = pose_of(model.body, model.arms, posture).pose;
            const Vector3 without_m = forward_kinematics(bare, pose).com_m;
            const Kinematics with = forward_kinematics(model.body, pose);
            const double body_kg = def.person.mass_kg;
            INFO("person " << person << ", " << weight_kg << " kg");
            const Vector3 expected_m =
                weight_kg / (body_kg + weight_kg) * (weight_m(model.body, with) - without_m);
            CHECK((with.com_m - without_m - expected_m).norm() < 1e-9);
        }
    }
}

TEST_CASE("A weight at level arms brings the centre of mass forward as derived for 75 kg, 1.75 m",
          "[validation]") {
    // 8.7, 21, 41, 78, 140 mm for 1, 2.5, 5, 10, 20 kg (derivation from de Leva 1996 and ANSUR II).
    const std::array<std::pair<double, double>, 5> derived = {
        {{1.0, 8.7}, {2.5, 21.0}, {5.0, 41.0}, {10.0, 78.0}, {20.0, 140.0}}};
    const BodyModel bare = body_with({}, 0.0);
    const Pose level = standing_with_arms(bare, 0.5 * k_pi);
    const double before_m = forward_kinematics(bare, level).com_m.x();
    for (const auto& [weight_kg, shift_mm] : derived) {
        const double after_m = forward_kinematics(body_with({}, weight_kg), level).com_m.x();
        CAPTURE(weight_kg, shift_mm);
        CHECK(1000.0 * (after_m - before_m) == Approx(shift_mm).epsilon(0.06));
    }
}

TEST_CASE("Raising the bare arms level brings the centre of mass forward by some 30 mm", "[validation]") {
    const auto shift_mm = [](const ScenarioDef& def) {
        const BodyModel body = body_with(def, 0.0);
        const double hanging_m = forward_kinematics(body, standing_with_arms(body, 0.0)).com_m.x();
        return 1000.0
               * (forward_kinematics(body, standing_with_arms(body, 0.5 * k_pi)).com_m.x() - hanging_m);
    };
    const double usual_mm = shift_mm({});
    INFO("default person " << usual_mm << " mm");
    CHECK(usual_mm == Approx(30.0).margin(5.0));
    std::mt19937_64 random(22);
    for (int person = 0; person < 20; ++person) {
        const double mm = shift_mm(draw_person(random));
        CAPTURE(person, mm);
        CHECK(mm > 20.0);
        CHECK(mm < 40.0);
    }
}
