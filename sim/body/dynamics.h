// Rigid-body dynamics of the tree: mass matrix, inverse dynamics, Jacobians (Featherstone 2008, ch. 5-6), in world
// coordinates about the world origin (model.md, 3).
#pragma once

#include <vector>

#include "sim/body/state.h"

namespace plumb {

/// A force on a link from outside, at a world point [N].
struct PointForce {
    int link = 0;
    Vector3 point_m = Vector3::Zero();
    Vector3 force_N = Vector3::Zero();
};

/// Generalised mass matrix M(q) for VelocityVector's coordinates (composite rigid body algorithm).
[[nodiscard]] MassMatrix mass_matrix(const BodyModel& body, const Kinematics& kinematics);

/// Generalised forces M(q) a + h(q, v) - J^T f, gravity included (recursive Newton-Euler). Rows 0-2: moment at the hip
/// midpoint the base would need from outside [N m], 3-5: force [N]; rows 6...: joint moments [N m].
[[nodiscard]] VelocityVector inverse_dynamics(const BodyModel& body, const Kinematics& kinematics,
                                              const VelocityVector& velocity,
                                              const VelocityVector& acceleration,
                                              const std::vector<PointForce>& forces);

/// The same at rest: joint moments and the base's missing support for this posture.
[[nodiscard]] VelocityVector static_forces(const BodyModel& body, const Kinematics& kinematics,
                                           const std::vector<PointForce>& forces);

/// Adds factor * J^T f of one force: what it does to every coordinate.
void add_generalised_force(const BodyModel& body, const Kinematics& kinematics, const PointForce& force,
                           double factor, VelocityVector& sum);

using PointJacobian = Eigen::Matrix<double, 3, k_velocity_count>;
/// Velocity of a world point fixed to a link: J v.
[[nodiscard]] PointJacobian point_jacobian(const BodyModel& body, const Kinematics& kinematics, int link,
                                           const Vector3& point_m);
/// Angular velocity of a link: J v.
[[nodiscard]] PointJacobian angular_jacobian(const BodyModel& body, const Kinematics& kinematics, int link);

/// Classical acceleration of points and angular acceleration of links when all generalised accelerations are zero.
struct BiasAccelerations {
    SpatialVectors spatial;  ///< about the world origin
    SpatialVectors velocity;

    [[nodiscard]] Vector3 angular(int link) const { return spatial[static_cast<size_t>(link)].head<3>(); }
    [[nodiscard]] Vector3 point(int link, const Vector3& point_m) const;
};
[[nodiscard]] BiasAccelerations bias_accelerations(const BodyModel& body, const Kinematics& kinematics,
                                                   const VelocityVector& velocity);

}  // namespace plumb
