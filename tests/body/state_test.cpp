// Kinematics of the body: signs of every joint, centre of mass, velocities against finite differences, mirror images.
#include <cmath>

#include "sim/base/units.h"
#include "tests/body/random_body.h"
#include "tests/catch.h"

using namespace plumb;
using namespace plumb::test;
using Catch::Approx;

namespace {

/// Anatomical standing: arms hanging, legs straight, the hips at leg's length above the floor.
Pose upright(const BodyModel& body) {
    Pose pose;
    pose.pelvis_m.z() = body.person.lengths.ankle_height_m + body.leg_length_m;
    return pose;
}

/// Where a point of a link goes when one joint turns, all else straight.
Vector3 shift_of(const BodyModel& body, Dof dof, int link, const Vector3& local_m) {
    Pose pose = upright(body);
    const Vector3 before = forward_kinematics(body, pose).point(link, local_m);
    pose.joints[dof] = 0.4;
    return forward_kinematics(body, pose).point(link, local_m) - before;
}

}  // namespace

TEST_CASE("a positive angle of the trunk bends and turns it as joints.h says", "[body]") {
    const BodyModel body = model_of(PersonDef{});
    const Vector3 head(0.0, 0.0, 0.6), breastbone(0.15, 0.0, 0.3);
    CHECK(shift_of(body, dof_lumbar_flexion, k_thorax_link, head).x() > 0.1);
    CHECK(shift_of(body, dof_lumbar_bend, k_thorax_link, head).y() > 0.1);
    CHECK(shift_of(body, dof_lumbar_rotation, k_thorax_link, breastbone).y() > 0.05);
}

TEST_CASE("a positive angle of a limb flexes, abducts, turns outward, lifts the inner edge", "[body]") {
    const BodyModel body = model_of(PersonDef{});
    for (int side = 0; side < k_side_count; ++side) {
        INFO((side == side_left ? "left" : "right"));
        const double out = side == side_left ? 1.0 : -1.0;
        const auto shift = [&](Dof left_dof, int link, const Vector3& local_m) {
            return shift_of(body, on_side(left_dof, side), link, local_m);
        };
        const Vector3 below(0.0, 0.0, -0.25), ahead(0.2, 0.0, 0.0), inner(0.0, -0.05 * out, 0.0);
        const int upper_arm = link_of(on_side(dof_left_shoulder_rotation, side));
        CHECK(shift(dof_left_shoulder_flexion, upper_arm, below).x() > 0.05);
        CHECK(shift(dof_left_shoulder_abduction, upper_arm, below).y() * out > 0.05);
        CHECK(shift(dof_left_shoulder_rotation, upper_arm, ahead).y() * out > 0.05);
        CHECK(shift(dof_left_elbow_flexion, forearm_link(side), below).x() > 0.05);
        CHECK(shift(dof_left_hip_flexion, thigh_link(side), below).x() > 0.05);
        CHECK(shift(dof_left_hip_abduction, thigh_link(side), below).y() * out > 0.05);
        CHECK(shift(dof_left_hip_rotation, thigh_link(side), ahead).y() * out > 0.05);
        CHECK(shift(dof_left_knee_flexion, shank_link(side), below).x() < -0.05);
        CHECK(shift(dof_left_tibial_rotation, shank_link(side), ahead).y() * out > 0.05);
        CHECK(shift(dof_left_ankle_dorsiflexion, foot_link(side), ahead).z() > 0.05);
        CHECK(shift(dof_left_ankle_inversion, foot_link(side), inner).z() > 0.01);
    }
}

TEST_CASE("joints turn in the order flexion, abduction, rotation; knee, shank, ankle", "[body]") {
    const BodyModel body = model_of(PersonDef{});
    std::mt19937_64 generator(11);
    const Pose pose = random_pose(generator);
    const Kinematics k = forward_kinematics(body, pose);
    const auto turn = [&](Dof dof, const Vector3& axis) -> Matrix3 {
        return Eigen::AngleAxisd(pose.joints[dof], axis).toRotationMatrix();
    };
    const Vector3 x = Vector3::UnitX(), y = Vector3::UnitY(), z = Vector3::UnitZ();
    const Matrix3 thigh = pose.pelvis_rotation * turn(dof_left_hip_flexion, -y)
                          * turn(dof_left_hip_abduction, x) * turn(dof_left_hip_rotation, z);
    const Matrix3 shank = thigh * turn(dof_left_knee_flexion, y) * turn(dof_left_tibial_rotation, z);
    const Matrix3 foot = shank * turn(dof_left_ankle_dorsiflexion, -y) * turn(dof_left_ankle_inversion, -x);
    const Matrix3 thorax = pose.pelvis_rotation * turn(dof_lumbar_flexion, y) * turn(dof_lumbar_bend, -x)
                           * turn(dof_lumbar_rotation, z);
    // Products of a dozen rotations: rounding of 1e-15.
    CHECK((k.rotation[thigh_link(side_left)] - thigh).norm() < 1e-13);
    CHECK((k.rotation[shank_link(side_left)] - shank).norm() < 1e-13);
    CHECK((k.rotation[foot_link(side_left)] - foot).norm() < 1e-13);
    CHECK((k.rotation[k_thorax_link] - thorax).norm() < 1e-13);
    const Vector3 knee = k.position[thigh_link(side_left)] - thigh.col(2) * body.person.lengths.thigh_m;
    const Vector3 ankle = knee - shank.col(2) * body.person.lengths.shank_m;
    CHECK((k.position[shank_link(side_left)] - knee).norm() < 1e-13);
    CHECK((k.position[foot_link(side_left)] - ankle).norm() < 1e-13);
}

TEST_CASE("rotations about the axes are right-handed", "[body]") {
    for (const double angle_rad : {-2.0, 0.3, 1.4})
        for (int axis = 0; axis < 3; ++axis) {
            const Matrix3 expected = Eigen::AngleAxisd(angle_rad, Vector3::Unit(axis)).toRotationMatrix();
            CHECK((axis_rotation(axis, angle_rad) - expected).norm() < 1e-15);
        }
}

TEST_CASE("the standing body's centre of mass is at 0.55 to 0.58 of stature", "[body]") {
    for (const PersonDef& def : usual_bodies()) {
        INFO(name_of(def));
        const BodyModel body = model_of(def);
        const Kinematics k = forward_kinematics(body, upright(body));
        CHECK(k.com_m.z() > 0.55 * def.stature_m);
        CHECK(k.com_m.z() < 0.58 * def.stature_m);
        CHECK(std::abs(k.com_m.y()) < 1e-12);
        // Only the feet lie ahead of the axis through hips and ankles, at 3 % of the mass.
        CHECK(k.com_m.x() > 0.0);
        CHECK(k.com_m.x() < 0.005);
    }
}

TEST_CASE("the centre of mass is the segments' mean, weighted by mass", "[body]") {
    std::mt19937_64 generator(12);
    for (const ScenarioDef& scenario : random_scenarios(120, 20)) {
        const BodyModel body = model_of(scenario);
        const Kinematics k = forward_kinematics(body, random_pose(generator));
        Vector3 moment = Vector3::Zero();
        double mass_kg = 0.0;
        for (int link = 0; link < k_link_count; ++link) {
            const Segment& segment = body.links[link].segment;
            moment += segment.mass_kg * k.point(link, segment.com_m);
            mass_kg += segment.mass_kg;
        }
        CHECK((k.com_m - moment / mass_kg).norm() < 1e-13);
    }
}

TEST_CASE("the mirrored pose has the mirrored kinematics", "[body]") {
    std::mt19937_64 generator(13);
    for (const ScenarioDef& scenario : random_scenarios(130, 30)) {
        const BodyModel body = model_of(scenario);
        const Pose pose = random_pose(generator);
        const Kinematics k = forward_kinematics(body, pose), image = forward_kinematics(body, mirrored(pose));
        for (int link = 0; link < k_link_count; ++link) {
            INFO("link " << link);
            const auto twin = static_cast<std::size_t>(mirrored_link(link));
            CHECK((image.position[twin] - mirrored(k.position[link])).norm() < 1e-13);
            // Rotations about Y agree, those about X and Z run the other way: the frames are mirror images.
            CHECK((image.rotation[twin] - mirrored(k.rotation[link])).norm() < 1e-13);
        }
        CHECK((image.com_m - mirrored(k.com_m)).norm() < 1e-13);
    }
}

TEST_CASE("velocities of points and of the centre of mass are rates of change", "[body]") {
    std::mt19937_64 generator(14);
    constexpr double k_step_s = 1e-5;
    for (const ScenarioDef& scenario : random_scenarios(140, 20)) {
        const BodyModel body = model_of(scenario);
        const Pose pose = random_pose(generator);
        const VelocityVector velocity = random_velocity(generator);
        const Kinematics k = forward_kinematics(body, pose);
        const Kinematics before = forward_kinematics(body, moved(pose, velocity, -k_step_s));
        const Kinematics after = forward_kinematics(body, moved(pose, velocity, k_step_s));
        const SpatialVectors links = link_velocities(body, k, velocity);
        // Central differences: k^2 times the third derivative (under 1e4 here) and 1e-16 / k of rounding.
        constexpr double k_tolerance_mps = 1e-6;
        for (int link = 0; link < k_link_count; ++link) {
            INFO("link " << link);
            const Vector3 local = random_vector(generator, 0.4);
            const Vector3 rate = (after.point(link, local) - before.point(link, local)) / (2.0 * k_step_s);
            CHECK((point_velocity(links[link], k.point(link, local)) - rate).norm() < k_tolerance_mps);
        }
        const Vector3 com_rate = (after.com_m - before.com_m) / (2.0 * k_step_s);
        CHECK((com_velocity(body, k, links) - com_rate).norm() < k_tolerance_mps);
    }
}

TEST_CASE("the trunk leans as pelvis and lumbar joint bend it, wherever the body faces", "[body]") {
    const BodyModel body = model_of(PersonDef{});
    for (const double lean_rad : {-0.5, 0.0, 0.7, 1.4})
        for (const double heading_rad : {0.0, 1.1, 3.0}) {
            Pose pose = upright(body);
            pose.pelvis_rotation = axis_rotation(2, heading_rad) * axis_rotation(1, lean_rad);
            CHECK(trunk_lean_rad(body, forward_kinematics(body, pose)) == Approx(lean_rad).margin(1e-12));
        }
    // A trunk bent at the lumbar joint: the line from hips to shoulders.
    Pose pose = upright(body);
    pose.joints[dof_lumbar_flexion] = 0.5;
    const double low = body.person.lengths.hip_to_lumbar_m, high = body.person.lengths.lumbar_to_shoulder_m;
    CHECK(trunk_lean_rad(body, forward_kinematics(body, pose))
          == Approx(std::atan2(high * std::sin(0.5), low + high * std::cos(0.5))));
}

TEST_CASE("the thigh angle is zero level and positive with the hip above the knee", "[body]") {
    const BodyModel body = model_of(PersonDef{});
    for (const double flexion_deg : {20.0, 90.0, 110.0}) {
        Pose pose = upright(body);
        pose.joints[dof_left_hip_flexion] = pose.joints[dof_right_hip_flexion] = flexion_deg * k_deg_to_rad;
        CHECK(thigh_angle_rad(forward_kinematics(body, pose)) * k_rad_to_deg
              == Approx(90.0 - flexion_deg).margin(1e-9));
        // Where the body faces changes no height.
        pose.pelvis_rotation = axis_rotation(2, 0.8);
        CHECK(thigh_angle_rad(forward_kinematics(body, pose)) * k_rad_to_deg
              == Approx(90.0 - flexion_deg).margin(1e-9));
    }
}

// Past 82 deg too, where the pelvis' own forward axis is nearly vertical.
TEST_CASE("a trunk lying level leans forward wherever the body faces", "[body]") {
    const BodyModel body = model_of(PersonDef{});
    Pose pose = upright(body);
    pose.pelvis_rotation = axis_rotation(2, 3.0) * axis_rotation(1, 1.5);
    CHECK(trunk_lean_rad(body, forward_kinematics(body, pose)) == Approx(1.5));
}
