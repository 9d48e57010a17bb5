// A body that keeps its posture: locked by the world's joint locks, or frozen into one rigid piece; its COM wherever wanted.
#pragma once

#include "sim/body/posture.h"
#include "tests/laws/flights.h"
#include "tests/laws/mechanics.h"

namespace plumb::test {

/// Legs that keep both soles in the starting stance under this pelvis; trunk and arms as given.
inline Pose planted(const BodyModel& body, Pose pose) {
    for (int side = 0; side < k_side_count; ++side) {
        const double lateral = side == side_left ? 1.0 : -1.0;
        const Vector3 hip =
            pose.pelvis_m
            + pose.pelvis_rotation * Vector3(0.0, lateral * body.person.lengths.hip_half_width_m, 0.0);
        const LegSolution leg = solve_leg(body, side, hip, pose.pelvis_rotation, 0.0);
        const LegAngles& a = leg.angles;
        const std::array<double, 7> angles = {a.hip_flexion,    a.hip_abduction,   a.hip_rotation,
                                              a.knee_flexion,   a.tibial_rotation, a.ankle_dorsiflexion,
                                              a.ankle_inversion};
        for (int i = 0; i < 7; ++i)
            pose.joints[on_side(static_cast<Dof>(dof_left_hip_flexion + i), side)] =
                angles[static_cast<size_t>(i)];
    }
    return pose;
}

/// Both soles on the floor, hips above the ankles by this share of the leg, hanging arms a little bent.
inline Pose planted(const BodyModel& body, double leg_share) {
    Pose pose;
    const Vector3& ankle = body.feet[side_left].standing_ankle_m;
    pose.pelvis_m = {ankle.x(), 0.0, ankle.z() + leg_share * body.leg_length_m};
    pose.joints[dof_left_elbow_flexion] = pose.joints[dof_right_elbow_flexion] = 0.3;
    return planted(body, pose);
}

/// The planted pose whose COM projects to `target`: the pelvis moves there.
inline Pose with_com_over(const BodyModel& body, Pose pose, const Eigen::Vector2d& target) {
    for (int i = 0; i < 60; ++i) {
        pose = planted(body, pose);
        pose.pelvis_m.head<2>() += target - forward_kinematics(body, pose).com_m.head<2>();
    }
    return planted(body, pose);
}

/// The largest height of a sole point: 0 when the legs reach.
inline double sole_lift_m(const BodyModel& body, const Pose& pose) {
    double lift_m = 0.0;
    for (const Vector3& p : sole_points(body, forward_kinematics(body, pose)))
        lift_m = std::max(lift_m, std::abs(p.z()));
    return lift_m;
}

/// The same moment both ways at every joint.
inline std::array<JointStrength, k_dof_count> locks_of(double most_Nm) {
    std::array<JointStrength, k_dof_count> most;
    most.fill({most_Nm, most_Nm});
    return most;
}

/// The body in this pose as one rigid piece: the pelvis link gets all mass and all sole spheres, whatever hangs on it weighs
/// nothing. Its contacts are told as `floor_other`, for the pelvis is no foot.
inline BodyModel frozen(const BodyModel& body, const Pose& pose) {
    constexpr double k_nothing = 1e-9;  // kg, kg m^2; not zero, or the joints' equations have no solution
    const Kinematics k = forward_kinematics(body, pose);
    const Matrix3 to_pelvis = pose.pelvis_rotation.transpose();
    BodyModel rigid = without_ends(body);
    Segment whole;
    whole.com_m = to_pelvis * (k.com_m - pose.pelvis_m);
    for (size_t i = 0; i < k_link_count; ++i) {
        const Segment& segment = body.links[i].segment;
        rigid.links[i].segment = {k_nothing, Vector3::Zero(), k_nothing * Matrix3::Identity()};
        if (segment.mass_kg <= 0.0) continue;
        const Matrix3 turn = to_pelvis * k.rotation[i];
        const Vector3 arm =
            to_pelvis * (k.point(static_cast<int>(i), segment.com_m) - pose.pelvis_m) - whole.com_m;
        whole.mass_kg += segment.mass_kg;
        whole.inertia_kgm2 +=
            turn * segment.inertia_kgm2 * turn.transpose()
            + segment.mass_kg * (arm.squaredNorm() * Matrix3::Identity() - arm * arm.transpose());
    }
    rigid.links[0].segment = whole;
    rigid.colliders.clear();
    for (Collider c : body.colliders) {
        if (c.kind != ColliderKind::sole) continue;
        c.centre_m = to_pelvis * (k.point(c.link, c.centre_m) - pose.pelvis_m);
        c.link = k_pelvis_link;
        rigid.colliders.push_back(c);
    }
    return rigid;
}

/// More iterations of the contact solver, and nothing locked.
inline void set_iterations(BulletWorld& world, int iterations) {
    world.lock_joints(locks_of(0.0), iterations);
}

/// An edge of the base of support.
struct BaseEdge {
    Eigen::Vector2d from, to, outward;
    [[nodiscard]] Eigen::Vector2d middle() const { return 0.5 * (from + to); }
    /// How far a point lies outside the edge's line.
    [[nodiscard]] double beyond_m(const Eigen::Vector2d& point) const { return outward.dot(point - from); }
};

/// Edges long enough to have a direction that matters.
inline std::vector<BaseEdge> edges_of(const Polygon& base) {
    constexpr double k_shortest_m = 0.03;
    std::vector<BaseEdge> edges;
    for (size_t i = 0; i < base.size(); ++i) {
        const Eigen::Vector2d &a = base[i], &b = base[(i + 1) % base.size()];
        if ((b - a).norm() < k_shortest_m) continue;
        edges.push_back({a, b, Eigen::Vector2d(b.y() - a.y(), a.x() - b.x()).normalized()});
    }
    return edges;
}

}  // namespace plumb::test
