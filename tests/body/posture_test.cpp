// Poses of a squat from its few free variables: legs onto the planted feet, arms their strength can hold, ground forces.
#include <algorithm>
#include <cmath>

#include "sim/base/units.h"
#include "sim/body/posture.h"
#include "tests/body/random_body.h"
#include "tests/catch.h"

using namespace plumb;
using namespace plumb::test;
using Catch::Approx;

namespace {

void set_leg(Pose& pose, int side, const LegAngles& leg) {
    pose.joints[on_side(dof_left_hip_flexion, side)] = leg.hip_flexion;
    pose.joints[on_side(dof_left_hip_abduction, side)] = leg.hip_abduction;
    pose.joints[on_side(dof_left_hip_rotation, side)] = leg.hip_rotation;
    pose.joints[on_side(dof_left_knee_flexion, side)] = leg.knee_flexion;
    pose.joints[on_side(dof_left_tibial_rotation, side)] = leg.tibial_rotation;
    pose.joints[on_side(dof_left_ankle_dorsiflexion, side)] = leg.ankle_dorsiflexion;
    pose.joints[on_side(dof_left_ankle_inversion, side)] = leg.ankle_inversion;
}

/// Pelvis anywhere above the feet within the legs' reach, turned any way.
Pose random_pelvis(std::mt19937_64& generator, const BodyModel& body) {
    Pose pose;
    pose.pelvis_m = {uniform(generator, -0.25, 0.25), uniform(generator, -0.1, 0.1),
                     body.feet[0].standing_ankle_m.z() + uniform(generator, 0.25, 0.8) * body.leg_length_m};
    pose.pelvis_rotation = random_rotation(generator, 0.6);
    return pose;
}

Vector3 hip_of(const BodyModel& body, const Pose& pose, int side) {
    return forward_kinematics(body, pose).position[link_of(on_side(dof_left_hip_flexion, side))];
}

/// A squat posture: hips between standing and low, a little behind the ankles, trunk leaning.
Posture random_posture(std::mt19937_64& generator, const BodyModel& body) {
    const Vector3& ankle = body.feet[0].standing_ankle_m;
    return {.hip_x_m = ankle.x() + uniform(generator, -0.25, 0.05),
            .hip_height_m = ankle.z() + uniform(generator, 0.3, 0.85) * body.leg_length_m,
            .pelvis_pitch_rad = uniform(generator, -0.3, 0.9),
            .lumbar_flexion_rad = uniform(generator, 0.0, 0.5),
            .knee_out_rad = uniform(generator, 0.0, 0.6)};
}

/// Bodies that reach forward with loads from nothing to more than they can hold level.
std::vector<ScenarioDef> loaded_scenarios(std::uint64_t seed) {
    std::vector<ScenarioDef> scenarios = random_scenarios(seed, 40);
    for (std::size_t i = 0; i < scenarios.size(); ++i) {
        scenarios[i].counterweight.mass_kg = static_cast<double>(i);
        scenarios[i].person.strength_ratio = i % 3 == 0 ? 0.4 : 1.0;
    }
    return scenarios;
}

Vector3 hand_from_shoulder(const BodyModel& body, const Kinematics& k, int side) {
    return k.point(forearm_link(side), {0.0, 0.0, -body.person.lengths.forearm_m})
           - k.position[link_of(on_side(dof_left_shoulder_flexion, side))];
}

}  // namespace

TEST_CASE("the leg's angles put the foot exactly on its place", "[body]") {
    std::mt19937_64 generator(61);
    int within_reach = 0;
    for (const ScenarioDef& scenario : random_scenarios(61, 100)) {
        INFO(name_of(scenario));
        const BodyModel body = model_of(scenario);
        for (int round = 0; round < 5; ++round) {
            Pose pose = random_pelvis(generator, body);
            const double knee_out_rad = uniform(generator, -0.5, 1.2);
            for (int side = 0; side < k_side_count; ++side) {
                const LegSolution leg =
                    solve_leg(body, side, hip_of(body, pose, side), pose.pelvis_rotation, knee_out_rad);
                set_leg(pose, side, leg.angles);
                const Kinematics k = forward_kinematics(body, pose);
                const FootShape& foot = body.feet[side];
                // acos near the straight leg loses half the digits of a double: never nearer than 1e-3 rad, so 1e-12.
                if (leg.reach_excess_m <= 0.0) {
                    ++within_reach;
                    CHECK((k.position[foot_link(side)] - foot.standing_ankle_m).norm() < 1e-11);
                    CHECK((k.rotation[foot_link(side)] - foot.standing_rotation).norm() < 1e-11);
                } else {
                    CHECK((k.position[foot_link(side)] - foot.standing_ankle_m).norm()
                          == Approx(leg.reach_excess_m).margin(1e-11));
                }
            }
        }
    }
    CHECK(within_reach > 800);
}

TEST_CASE("the knee lies outward by knee_out, turned about the line from ankle to hip", "[body]") {
    std::mt19937_64 generator(62);
    for (const ScenarioDef& scenario : random_scenarios(62, 40)) {
        const BodyModel body = model_of(scenario);
        Pose pose = random_pelvis(generator, body);
        for (int side = 0; side < k_side_count; ++side) {
            const double out = side == side_left ? 1.0 : -1.0;
            const Vector3 hip = hip_of(body, pose, side);
            const auto knee_at = [&](double knee_out_rad) -> Vector3 {
                set_leg(pose, side, solve_leg(body, side, hip, pose.pelvis_rotation, knee_out_rad).angles);
                return forward_kinematics(body, pose).position[shank_link(side)];
            };
            const FootShape& foot = body.feet[side];
            const Vector3 along = (hip - foot.standing_ankle_m).normalized();
            const Vector3 straight = knee_at(0.0) - foot.standing_ankle_m,
                          turned = knee_at(0.4) - foot.standing_ankle_m;
            // Outward is to the left on the left: a positive turn about the line up to the hip.
            const Vector3 expected = Eigen::AngleAxisd(0.4 * out, along) * straight;
            CHECK((turned - expected).norm() < 1e-11);
            // At 0 the knee lies in the plane of the line and the foot's direction, ahead of the line.
            const Vector3 ahead = foot.standing_rotation.col(0);
            CHECK(straight.dot(along.cross(ahead)) == Approx(0.0).margin(1e-12));
            CHECK(straight.cross(along).dot(ahead.cross(along)) > 0.0);
        }
    }
}

TEST_CASE("with knee_out 0 the shank is not turned against the thigh", "[body]") {
    std::mt19937_64 generator(63);
    int tried = 0;
    for (const ScenarioDef& scenario : random_scenarios(63, 40)) {
        const BodyModel body = model_of(scenario);
        Pose pose = random_pelvis(generator, body);
        for (int side = 0; side < k_side_count; ++side) {
            const Vector3 hip = hip_of(body, pose, side);
            const LegSolution straight = solve_leg(body, side, hip, pose.pelvis_rotation, 0.0);
            set_leg(pose, side, straight.angles);
            const Kinematics k = forward_kinematics(body, pose);
            // With the knee below the ankle, where no ankle bends, the angles are those of the other branch.
            if (k.position[shank_link(side)].z() < k.position[foot_link(side)].z()) continue;
            ++tried;
            CHECK(straight.angles.tibial_rotation == Approx(0.0).margin(1e-12));
            CHECK(std::abs(solve_leg(body, side, hip, pose.pelvis_rotation, 0.4).angles.tibial_rotation)
                  > 0.01);
        }
    }
    CHECK(tried > 60);
}

TEST_CASE("reach_excess is what the hip lies beyond the straight or inside the folded leg", "[body]") {
    const BodyModel body = model_of(PersonDef{});
    const double thigh_m = body.person.lengths.thigh_m, shank_m = body.person.lengths.shank_m;
    const Vector3 up = Vector3(0.1, 0.2, 0.9).normalized();
    const auto excess_at = [&](double reach_m) {
        return solve_leg(body, side_left, body.feet[0].standing_ankle_m + reach_m * up, Matrix3::Identity(),
                         0.0)
            .reach_excess_m;
    };
    // The leg is never quite straight (1e-3 rad, 1e-7 m) nor quite folded (20 mm): the knee would be singular.
    CHECK(excess_at(thigh_m + shank_m + 0.05) == Approx(0.05).margin(1e-6));
    CHECK(excess_at(thigh_m + shank_m - 0.05) == Approx(-0.05).margin(1e-6));
    CHECK(excess_at(std::abs(thigh_m - shank_m) + 0.005) == Approx(0.015).margin(1e-12));
    CHECK(excess_at(0.5) < 0.0);
    const LegSolution stretched = solve_leg(
        body, side_left, body.feet[0].standing_ankle_m + 2.0 * Vector3::UnitZ(), Matrix3::Identity(), 0.0);
    CHECK(stretched.angles.knee_flexion == Approx(1e-3).epsilon(1e-3));
}

TEST_CASE("a posture keeps both soles on the floor and puts hips and trunk where it says", "[body]") {
    std::mt19937_64 generator(64);
    for (const ScenarioDef& scenario : random_scenarios(64, 60)) {
        INFO(name_of(scenario));
        const BodyModel body = model_of(scenario);
        const Posture posture = random_posture(generator, body);
        const PosedBody posed = pose_of(body, make_arm_rules(body, scenario), posture);
        const Kinematics k = forward_kinematics(body, posed.pose);
        CHECK((k.hip_midpoint() - Vector3(posture.hip_x_m, 0.0, posture.hip_height_m)).norm() < 1e-15);
        const Vector3 thorax_up = k.rotation[k_thorax_link].col(2);
        CHECK(std::atan2(thorax_up.x(), thorax_up.z())
              == Approx(posture.pelvis_pitch_rad + posture.lumbar_flexion_rad));
        double worst_m = -1e9;
        for (int side = 0; side < k_side_count; ++side)
            worst_m = std::max(worst_m, solve_leg(body, side, hip_of(body, posed.pose, side),
                                                  posed.pose.pelvis_rotation, posture.knee_out_rad)
                                            .reach_excess_m);
        CHECK(posed.reach_excess_m == Approx(worst_m).margin(1e-12));
        if (posed.reach_excess_m > 0.0) continue;
        for (const Vector3& p : sole_points(body, k)) CHECK(std::abs(p.z()) < 1e-11);
        CHECK((mirrored(posed.pose).joints - posed.pose.joints).norm() < 1e-12);
        CHECK(k.com_m.y() == Approx(0.0).margin(1e-12));
    }
}

TEST_CASE("arms held forward never ask more than shoulders and elbows can", "[body]") {
    std::mt19937_64 generator(65);
    int at_the_limit = 0;
    for (const ScenarioDef& scenario : loaded_scenarios(65)) {
        INFO(name_of(scenario));
        const BodyModel body = model_of(scenario);
        const ArmRules rules = make_arm_rules(body, scenario);
        const ArmRule& rule = rules[0];
        REQUIRE(rule.kind == ArmRule::Kind::forward);
        const PosedBody posed = pose_of(body, rules, random_posture(generator, body));
        const Kinematics k = forward_kinematics(body, posed.pose);
        const VelocityVector moments = static_forces(body, k, {});
        const double shoulder_ratio =
            moments[6 + dof_left_shoulder_flexion]
            / strength_at(body.person, dof_left_shoulder_flexion, 0.5 * k_pi).positive_Nm;
        const double elbow_ratio =
            moments[6 + dof_left_elbow_flexion] / body.person.strengths[dof_left_elbow_flexion].positive_Nm;
        // A tenth of the strength is kept back for the motion.
        CHECK(shoulder_ratio < 0.9 + 1e-9);
        CHECK(elbow_ratio < 0.9 + 1e-9);
        // The farthest reach: the arm is level, or a joint gives all it may.
        const bool limited = std::max(shoulder_ratio, elbow_ratio) > 0.9 - 1e-9;
        CHECK((limited || rule.reach_share > 1.0 - 1e-12));
        at_the_limit += limited ? 1 : 0;
        for (int side = 0; side < k_side_count; ++side) {
            const double arm_m = body.person.lengths.upper_arm_m + body.person.lengths.forearm_m;
            CHECK(hand_from_shoulder(body, k, side).x() == Approx(rule.reach_share * arm_m).margin(1e-12));
        }
    }
    CHECK(at_the_limit > 5);
    CHECK(at_the_limit < 40);
}

TEST_CASE("no other pair of arm angles within strength reaches farther", "[body]") {
    for (const ScenarioDef& scenario : loaded_scenarios(66)) {
        const BodyModel body = model_of(scenario);
        const BodyLengths& size = body.person.lengths;
        const double ball_N = 0.5 * scenario.counterweight.mass_kg * k_gravity_mps2;
        const double fore_N = body.person.forearm.mass_kg * k_gravity_mps2;
        const double upper_N = body.person.upper_arm.mass_kg * k_gravity_mps2;
        double farthest_m = 0.0;
        // Cosines of the angles below level, upper arm and forearm, in steps of 1 %.
        for (int upper_percent = 0; upper_percent <= 100; ++upper_percent)
            for (int fore_percent = 0; fore_percent <= 100; ++fore_percent) {
                const double upper = 0.01 * upper_percent, fore = 0.01 * fore_percent;
                const double elbow_Nm =
                    fore * (fore_N * -body.person.forearm.com_m.z() + ball_N * size.forearm_m);
                const double shoulder_Nm = elbow_Nm
                                           + upper
                                                 * (upper_N * -body.person.upper_arm.com_m.z()
                                                    + (fore_N + ball_N) * size.upper_arm_m);
                if (elbow_Nm > 0.9 * body.person.strengths[dof_left_elbow_flexion].positive_Nm) continue;
                if (shoulder_Nm
                    > 0.9 * strength_at(body.person, dof_left_shoulder_flexion, 0.5 * k_pi).positive_Nm)
                    continue;
                farthest_m = std::max(farthest_m, upper * size.upper_arm_m + fore * size.forearm_m);
            }
        const double reach_m =
            forward_arm_rule(body, side_left).reach_share * (size.upper_arm_m + size.forearm_m);
        CHECK(reach_m > farthest_m - 1e-9);
        CHECK(reach_m < farthest_m + 0.01 * (size.upper_arm_m + size.forearm_m));
    }
}

TEST_CASE("a heavier counterweight never reaches farther", "[body]") {
    for (ScenarioDef scenario : random_scenarios(67, 20)) {
        INFO(name_of(scenario));
        double last = 1.0, first = 0.0;
        for (int weight_kg = 0; weight_kg <= 40; weight_kg += 2) {
            scenario.counterweight.mass_kg = weight_kg;
            const double share = forward_arm_rule(model_of(scenario), side_left).reach_share;
            if (weight_kg == 0) first = share;
            CHECK(share <= last + 1e-12);
            CHECK(share > 0.0);
            last = share;
        }
        CHECK(last < first);
    }
}
