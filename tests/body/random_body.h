// Bodies, poses and motions to test the body station over: all from a seed, and their mirror images.
#pragma once

#include <cmath>
#include <random>

#include <Eigen/Geometry>

#include "sim/body/state.h"
#include "sim/scenario/scenario_fields.h"
#include "tests/person/bodies.h"

namespace plumb::test {

/// The body of a scenario as a file would give it.
inline BodyModel model_of(const ScenarioDef& scenario) {
    const ScenarioDef resolved = resolve_scenario(scenario);
    return build_body(build_person(resolved.person), resolved);
}

inline BodyModel model_of(const PersonDef& person) { return model_of(ScenarioDef{.person = person}); }

/// 1.45-2.05 m, 40-160 kg; with a weight in the hands, a heel wedge and toe-out; half with toes.
inline ScenarioDef random_scenario(std::mt19937_64& generator) {
    ScenarioDef scenario;
    scenario.person = {.sex = uniform(generator, 0.0, 1.0) < 0.5 ? Sex::male : Sex::female,
                       .age_years = uniform(generator, 18.0, 80.0),
                       .stature_m = uniform(generator, 1.45, 2.05),
                       .mass_kg = uniform(generator, 40.0, 160.0)};
    scenario.stance = {.width_m = uniform(generator, 0.15, 0.6),
                       .toe_out_deg = uniform(generator, 0.0, 45.0)};
    scenario.counterweight.mass_kg = uniform(generator, 0.0, 20.0);
    scenario.heel_wedge.height_m = uniform(generator, 0.0, 0.06);
    // No draw of its own: the other numbers stay what they were.
    if (std::fmod(1e4 * scenario.person.mass_kg, 2.0) < 1.0) scenario.movement.heels = Heels::may_lift;
    return scenario;
}

/// Scenarios enough to meet every mixture of body, wedge and weight, few enough to run in a blink.
inline std::vector<ScenarioDef> random_scenarios(std::uint64_t seed, int count) {
    std::mt19937_64 generator(seed);
    std::vector<ScenarioDef> scenarios;
    scenarios.reserve(count);
    for (int i = 0; i < count; ++i) scenarios.push_back(random_scenario(generator));
    return scenarios;
}

inline std::string name_of(const ScenarioDef& scenario) {
    return name_of(scenario.person) + ", width " + std::to_string(scenario.stance.width_m.value_or(0.0))
           + " m, toe-out " + std::to_string(scenario.stance.toe_out_deg) + " deg, weight "
           + std::to_string(scenario.counterweight.mass_kg) + " kg, wedge "
           + std::to_string(scenario.heel_wedge.height_m) + " m";
}

inline Vector3 random_vector(std::mt19937_64& generator, double size) {
    const double x = uniform(generator, -size, size), y = uniform(generator, -size, size);
    return {x, y, uniform(generator, -size, size)};
}

inline Matrix3 random_rotation(std::mt19937_64& generator, double size_rad) {
    const Vector3 angles = random_vector(generator, size_rad);
    return axis_rotation(2, angles.z()) * axis_rotation(1, angles.y()) * axis_rotation(0, angles.x());
}

/// Any pose at all: the equations hold beyond the joints' ranges.
inline Pose random_pose(std::mt19937_64& generator) {
    Pose pose;
    pose.pelvis_m = random_vector(generator, 0.5) + Vector3(0.0, 0.0, 1.0);
    pose.pelvis_rotation = random_rotation(generator, 2.0);
    for (double& angle : pose.joints) angle = uniform(generator, -1.5, 1.5);
    return pose;
}

inline VelocityVector random_velocity(std::mt19937_64& generator) {
    VelocityVector velocity;
    for (double& rate : velocity) rate = uniform(generator, -2.0, 2.0);
    return velocity;
}

/// What the body has no joints for stays zero.
inline void leave_out_missing(const BodyModel& body, DofVector& joints) {
    joints.tail(k_dof_count - body.dof_count).setZero();
}
inline void leave_out_missing(const BodyModel& body, VelocityVector& velocity) {
    velocity.tail(k_dof_count - body.dof_count).setZero();
}

/// Where a pose is after a short time, right to the second order (exact without acceleration).
inline Pose moved(const Pose& pose, const VelocityVector& velocity, const VelocityVector& acceleration,
                  double time_s) {
    const VelocityVector step = time_s * velocity + 0.5 * time_s * time_s * acceleration;
    const Vector3 turn = step.head<3>();
    Pose next = pose;
    if (turn.norm() > 0.0)
        next.pelvis_rotation = Eigen::AngleAxisd(turn.norm(), turn.normalized()) * pose.pelvis_rotation;
    next.pelvis_m += step.segment<3>(3);
    next.joints += step.tail<k_dof_count>();
    return next;
}

inline Pose moved(const Pose& pose, const VelocityVector& velocity, double time_s) {
    return moved(pose, velocity, VelocityVector::Zero(), time_s);
}

/// The mirror is the plane Y = 0.
inline Vector3 mirrored(const Vector3& v) { return {v.x(), -v.y(), v.z()}; }
inline Matrix3 mirrored(const Matrix3& r) {
    const Vector3 flip(1.0, -1.0, 1.0);
    return flip.asDiagonal() * r * flip.asDiagonal();
}
constexpr int mirrored_link(int link) {
    if (link < link_of(dof_left_shoulder_flexion)) return link;
    const Dof dof = static_cast<Dof>(link - 1), left = left_twin(dof);
    return link_of(on_side(left, dof == left ? side_right : side_left));
}

inline DofVector mirrored(const DofVector& joints) {
    DofVector image;
    for (int dof = 0; dof < k_dof_count; ++dof) image[mirrored_link(dof + 1) - 1] = joints[dof];
    image[dof_lumbar_bend] *= -1.0;
    image[dof_lumbar_rotation] *= -1.0;
    return image;
}

inline Pose mirrored(const Pose& pose) {
    return {mirrored(pose.pelvis_m), mirrored(pose.pelvis_rotation), mirrored(pose.joints)};
}

/// Turning is an axial vector: its image turns the other way about the image of the axis. So are moments.
inline VelocityVector mirrored(const VelocityVector& velocity) {
    VelocityVector image;
    image.head<3>() = -mirrored(Vector3(velocity.head<3>()));
    image.segment<3>(3) = mirrored(Vector3(velocity.segment<3>(3)));
    image.tail<k_dof_count>() = mirrored(DofVector(velocity.tail<k_dof_count>()));
    return image;
}

}  // namespace plumb::test
