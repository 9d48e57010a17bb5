// The ground's forces under a symmetric posture, and arms by rule: hanging off the floor, at the chest, fixed.
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

/// Hips low and a little back, trunk leaning; `depth` 0 is nearly standing, 1 a deep squat.
Posture squat(const BodyModel& body, double depth) {
    const Vector3& ankle = body.feet[0].standing_ankle_m;
    return {.hip_x_m = ankle.x() - 0.15 * depth,
            .hip_height_m = ankle.z() + (0.9 - 0.55 * depth) * body.leg_length_m,
            .pelvis_pitch_rad = 0.5 * depth,
            .lumbar_flexion_rad = 0.3 * depth,
            .knee_out_rad = 0.3 * depth};
}

std::vector<PointForce> ground_of(const BodyModel& body, const Kinematics& k) {
    const auto ground = standing_statics(body, k).ground;
    return {ground.begin(), ground.end()};
}

struct Stand {
    BodyModel body;
    Kinematics kinematics;
    std::vector<PointForce> forces;
};

std::vector<Stand> stands(std::uint64_t seed) {
    std::mt19937_64 generator(seed);
    std::vector<Stand> all;
    for (const ScenarioDef& scenario : random_scenarios(seed, 40)) {
        Stand stand{model_of(scenario), {}, {}};
        const Posture posture = squat(stand.body, uniform(generator, 0.0, 1.0));
        const PosedBody posed = pose_of(stand.body, make_arm_rules(stand.body, scenario), posture);
        if (posed.reach_excess_m > 0.0) continue;
        stand.kinematics = forward_kinematics(stand.body, posed.pose);
        stand.forces = ground_of(stand.body, stand.kinematics);
        all.push_back(std::move(stand));
    }
    return all;
}

/// What the sideways pair is chosen by: squares of the left leg's moments against its strengths.
double leg_load(const Stand& stand, double more_push_N) {
    std::vector<PointForce> forces = stand.forces;
    forces[side_left].force_N.y() -= more_push_N;
    forces[side_right].force_N.y() += more_push_N;
    const VelocityVector moments = static_forces(stand.body, stand.kinematics, forces);
    double sum = 0.0;
    for (int dof = dof_left_hip_flexion; dof <= dof_left_ankle_inversion; ++dof) {
        const JointStrength& strength = stand.body.person.strengths[dof];
        sum += std::pow(moments[6 + dof] / std::max({1.0, strength.positive_Nm, strength.negative_Nm}), 2);
    }
    return sum;
}

double hand_height_m(const BodyModel& body, const Kinematics& k) {
    return k.point(forearm_link(side_left), {0.0, 0.0, -body.person.lengths.forearm_m}).z();
}

}  // namespace

TEST_CASE("the ground forces leave the base nothing to carry", "[body]") {
    const std::vector<Stand> all = stands(71);
    REQUIRE(all.size() > 25);
    for (const Stand& s : all) {
        REQUIRE(s.forces.size() == 2);
        // Forces of 1000 N at 1 m, rounding of the solved leg 1e-11 m: 1e-8 N m.
        const VelocityVector rest = static_forces(s.body, s.kinematics, s.forces);
        CHECK(rest.head<6>().norm() < 1e-7);
        CHECK((standing_statics(s.body, s.kinematics).moments - rest).norm() < 1e-9);
        CHECK(s.forces[0].force_N.z() == Approx(0.5 * s.body.weight_N()));
        CHECK(s.forces[1].force_N.z() == Approx(0.5 * s.body.weight_N()));
    }
}

TEST_CASE("the ground forces are mirror images and load both legs alike", "[body]") {
    for (const Stand& s : stands(72)) {
        const PointForce &left = s.forces[side_left], &right = s.forces[side_right];
        CHECK(left.link == (s.body.has_toes() ? toe_link : foot_link)(side_left));
        CHECK(right.link == (s.body.has_toes() ? toe_link : foot_link)(side_right));
        CHECK((mirrored(left.point_m) - right.point_m).norm() < 1e-10);
        CHECK((mirrored(left.force_N) - right.force_N).norm() < 1e-10);
        const VelocityVector moments = static_forces(s.body, s.kinematics, s.forces);
        CHECK((mirrored(moments) - moments).norm() < 1e-7);
    }
}

TEST_CASE("the ground forces act on the feet's mid-lines where the centre of mass projects", "[body]") {
    for (const Stand& s : stands(73))
        for (int side = 0; side < k_side_count; ++side) {
            const Vector3& point = s.forces[side].point_m;
            CHECK(point.x() == Approx(s.kinematics.com_m.x()));
            CHECK(point.z() == Approx(0.0).margin(1e-11));
            const Vector3 on_foot = s.kinematics.rotation[foot_link(side)].transpose()
                                    * (point - s.kinematics.position[foot_link(side)]);
            CHECK(on_foot.y() == Approx(0.0).margin(1e-10));
        }
}

TEST_CASE("another sideways pair loads the leg more, within friction", "[body]") {
    int free = 0;
    for (const Stand& s : stands(74)) {
        const double push_N = -s.forces[side_left].force_N.y();
        const double most_N = 0.3 * s.forces[side_left].force_N.z();
        CHECK(std::abs(push_N) <= most_N * (1.0 + 1e-12));
        const double least = leg_load(s, 0.0);
        if (push_N < most_N * (1.0 - 1e-12)) CHECK(leg_load(s, 1.0) > least);
        if (push_N > -most_N * (1.0 - 1e-12)) CHECK(leg_load(s, -1.0) > least);
        free += std::abs(push_N) < 0.999 * most_N ? 1 : 0;
    }
    CHECK(free > 10);
}

TEST_CASE("feet far apart are pushed inward as far as friction lets them, no farther", "[body]") {
    const BodyModel body = model_of(ScenarioDef{.stance = {.width_m = 1.0, .toe_out_deg = 30.0}});
    const PosedBody posed = pose_of(body, {}, squat(body, 1.0));
    REQUIRE(posed.reach_excess_m < 0.0);
    const std::vector<PointForce> forces = ground_of(body, forward_kinematics(body, posed.pose));
    CHECK(forces[side_left].force_N.y() == Approx(-0.3 * 0.5 * body.weight_N()));
    CHECK(forces[side_right].force_N.y() == Approx(0.3 * 0.5 * body.weight_N()));
}

TEST_CASE("hanging arms hang straight down and stay off the floor in a squat", "[body]") {
    for (ScenarioDef scenario : random_scenarios(75, 40)) {
        INFO(name_of(scenario));
        scenario.counterweight.mass_kg = 0.0;
        scenario.arms.pose = ArmsPose::hanging;
        const BodyModel body = model_of(scenario);
        const ArmRules rules = make_arm_rules(body, scenario);
        CHECK(rules[0].kind == ArmRule::Kind::hanging);
        for (const double depth : {0.0, 0.5, 1.0, 1.3}) {
            const Kinematics k = forward_kinematics(body, pose_of(body, rules, squat(body, depth)).pose);
            CHECK(k.rotation[link_of(dof_left_shoulder_rotation)].col(2).z() == Approx(1.0));
            CHECK(hand_height_m(body, k) > 0.12 - 1e-12);
        }
        // Standing, the forearm is almost straight as well: the elbow folds smoothly from the start.
        CHECK(pose_of(body, rules, squat(body, 0.0)).pose.joints[dof_left_elbow_flexion]
              < 6.0 * k_deg_to_rad);
    }
}

TEST_CASE("a weight at the chest lies before the breastbone, nearer than at arm's length", "[body]") {
    for (ScenarioDef scenario : random_scenarios(76, 6)) {
        INFO(name_of(scenario));
        scenario.counterweight = {.mass_kg = 10.0, .hold = Hold::chest};
        const BodyModel body = model_of(scenario);
        const ArmRules rules = make_arm_rules(body, scenario);
        CHECK(rules[0].kind == ArmRule::Kind::fixed);
        const Kinematics k = forward_kinematics(body, pose_of(body, rules, squat(body, 0.6)).pose);
        const Vector3 in_hand(0.0, 0.0, -body.person.lengths.forearm_m);
        const Vector3 hand = k.rotation[k_thorax_link].transpose()
                             * (k.point(forearm_link(side_left), in_hand) - k.position[k_thorax_link]);
        // The search stops at steps of 2 to 4 degrees: 3 cm at the end of the arm.
        CHECK(hand.x() == Approx(body.person.lengths.chest_front_m + 0.08).margin(0.03));
        CHECK(std::abs(hand.y()) < 0.07);
        CHECK(hand.z() > 0.5 * body.person.lengths.lumbar_to_shoulder_m);
        CHECK(hand.z() < body.person.lengths.lumbar_to_shoulder_m);
    }
}

TEST_CASE("a barbell lies behind the thorax, low or high, the hands on it and empty", "[body]") {
    for (ScenarioDef scenario : random_scenarios(77, 12)) {
        INFO(name_of(scenario));
        scenario.counterweight = {.mass_kg = 0.0};
        const BodyModel bare = model_of(scenario);
        double high_m = 0.0;
        for (const Hold hold : {Hold::back_high, Hold::back_low}) {
            scenario.counterweight = {.mass_kg = 20.0, .hold = hold};
            const BodyModel body = model_of(scenario);
            REQUIRE(body.bar_m);
            CHECK(body.links[forearm_link(side_left)].segment.mass_kg
                  == bare.links[forearm_link(side_left)].segment.mass_kg);
            const Segment &loaded = body.links[k_thorax_link].segment,
                          &own = bare.links[k_thorax_link].segment;
            CHECK(loaded.mass_kg == Approx(own.mass_kg + 20.0));
            CHECK((loaded.mass_kg * loaded.com_m - own.mass_kg * own.com_m - 20.0 * *body.bar_m).norm()
                  < 1e-12);
            CHECK(body.bar_m->x() < 0.0);
            if (hold == Hold::back_high)
                high_m = body.bar_m->z();
            else
                CHECK(body.bar_m->z() < high_m - 0.05);

            const ArmRules rules = make_arm_rules(body, scenario);
            CHECK(rules[0].kind == ArmRule::Kind::fixed);
            const PosedBody posed = pose_of(body, rules, squat(body, 0.6));
            for (const Dof dof : {dof_left_shoulder_flexion, dof_left_shoulder_abduction,
                                  dof_left_shoulder_rotation, dof_left_elbow_flexion}) {
                const JointRange& range = body.person.ranges[dof];
                CHECK(posed.pose.joints[dof] >= range.min_rad);
                CHECK(posed.pose.joints[dof] <= range.max_rad);
            }
            const Kinematics k = forward_kinematics(body, posed.pose);
            for (int side = 0; side < k_side_count; ++side) {
                const Vector3 hand =
                    k.rotation[k_thorax_link].transpose()
                    * (k.point(forearm_link(side), {0.0, 0.0, -body.person.lengths.forearm_m})
                       - k.position[k_thorax_link]);
                CHECK(hand.x() == Approx(body.bar_m->x()).margin(0.04));
                CHECK(hand.z() == Approx(body.bar_m->z()).margin(0.04));
                const double out_m = side == side_left ? hand.y() : -hand.y();
                CHECK(out_m > body.person.lengths.shoulder_half_width_m);
                CHECK(out_m < 0.65);  // inside the plates
            }
        }
    }
}

TEST_CASE("crossed and overhead arms keep their angles whatever the posture", "[body]") {
    for (const ArmsPose pose : {ArmsPose::crossed, ArmsPose::overhead}) {
        const ScenarioDef scenario{.arms = {pose}};
        const BodyModel body = model_of(scenario);
        const ArmRules rules = make_arm_rules(body, scenario);
        CHECK(rules[0].kind == ArmRule::Kind::fixed);
        const DofVector high = pose_of(body, rules, squat(body, 0.1)).pose.joints;
        const DofVector low = pose_of(body, rules, squat(body, 0.9)).pose.joints;
        CHECK(high.segment<4>(dof_left_shoulder_flexion) == low.segment<4>(dof_left_shoulder_flexion));
        CHECK(high.segment<4>(dof_right_shoulder_flexion) == low.segment<4>(dof_left_shoulder_flexion));
        for (int dof = dof_left_shoulder_flexion; dof <= dof_left_elbow_flexion; ++dof) {
            CHECK(high[dof] >= body.person.ranges[dof].min_rad);
            CHECK(high[dof] <= body.person.ranges[dof].max_rad);
        }
        const Kinematics k = forward_kinematics(body, pose_of(body, rules, squat(body, 0.0)).pose);
        const double shoulder_m = k.position[link_of(dof_left_shoulder_flexion)].z();
        CHECK((hand_height_m(body, k) > shoulder_m) == (pose == ArmsPose::overhead));
    }
}
