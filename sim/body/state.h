// Where the body is: a value, and the kinematics that follow from it (model.md, 2).
#pragma once

#include <array>

#include "sim/body/model.h"
#include "sim/body/support.h"

namespace plumb {

/// Pose: hip-centre midpoint, pelvis rotation (pelvis frame to world), joint angles [rad].
struct Pose {
    Vector3 pelvis_m = Vector3::Zero();
    Matrix3 pelvis_rotation = Matrix3::Identity();
    DofVector joints = DofVector::Zero();
};

/// Pose and velocity.
struct BodyState {
    Pose pose;
    VelocityVector velocity = VelocityVector::Zero();
};

/// Link frames in the world and the whole system's COM.
struct Kinematics {
    std::array<Matrix3, k_link_count> rotation;
    std::array<Vector3, k_link_count> position;  ///< joint origins
    Vector3 com_m;

    [[nodiscard]] Vector3 axis(const BodyModel& body, int link) const {
        const Link& l = body.links[static_cast<size_t>(link)];
        return l.axis_sign * rotation[static_cast<size_t>(link)].col(l.axis);
    }
    [[nodiscard]] Vector3 point(int link, const Vector3& local_m) const {
        return position[static_cast<size_t>(link)] + rotation[static_cast<size_t>(link)] * local_m;
    }
    [[nodiscard]] Vector3 hip_midpoint() const { return position[k_pelvis_link]; }
};

[[nodiscard]] Kinematics forward_kinematics(const BodyModel& body, const Pose& pose);

/// Spatial velocities of every link about the world origin: rows 0-2 angular, 3-5 linear at the origin.
using SpatialVectors = std::array<Eigen::Matrix<double, 6, 1>, k_link_count>;
[[nodiscard]] SpatialVectors link_velocities(const BodyModel& body, const Kinematics& kinematics,
                                             const VelocityVector& velocity);
[[nodiscard]] Vector3 com_velocity(const BodyModel& body, const Kinematics& kinematics,
                                   const SpatialVectors& velocities);
[[nodiscard]] Vector3 point_velocity(const Eigen::Matrix<double, 6, 1>& spatial, const Vector3& world_point);

/// World position of one sole point, 0 to k_sole_point_count - 1.
[[nodiscard]] Vector3 sole_point(const BodyModel& body, const Kinematics& kinematics, int side, int i);

/// World positions of the sole points, left foot then right.
using SolePoints = std::array<Vector3, std::size_t{k_side_count} * k_sole_point_count>;
[[nodiscard]] SolePoints sole_points(const BodyModel& body, const Kinematics& kinematics);

/// A sole point touches below this height (definitions: gap < 2 mm).
inline constexpr double k_touch_gap_m = 0.002;

/// Hull of all sole points' floor projections, touching or not: where the feet could carry.
[[nodiscard]] Polygon foot_hull(const BodyModel& body, const Kinematics& kinematics);

/// Hull of the balls' and toes' floor projections of both feet.
[[nodiscard]] Polygon forefoot_hull(const BodyModel& body, const Kinematics& kinematics);

/// COM against the base of support. When only the heels or only the forefeet touch and the COM is out, the body tips
/// backward or forward about them: the edge is then heel or toe by the side the COM is on, whatever line is nearest.
[[nodiscard]] Margin tipping_margin(const BodyModel& body, const Kinematics& kinematics, const Polygon& base,
                                    const Eigen::Vector2d& point);

/// Base of support (hull of touching sole points) and its functional part.
struct SupportBase {
    Polygon sole;
    Polygon functional;
};
[[nodiscard]] SupportBase support_base(const BodyModel& body, const Kinematics& kinematics);

/// Angle of the line from the hip midpoint to the shoulder midpoint against the vertical [rad], + forward.
[[nodiscard]] double trunk_lean_rad(const BodyModel& body, const Kinematics& kinematics);

/// Angle of the thigh axis against level [rad], mean of both, + hip above knee.
[[nodiscard]] double thigh_angle_rad(const Kinematics& kinematics);

/// Rotation about `axis` (0, 1, 2).
[[nodiscard]] Matrix3 axis_rotation(int axis, double angle_rad);

}  // namespace plumb
