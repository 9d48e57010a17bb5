// The plan in time: minimum jerk along the path, with velocities and accelerations.
#include <algorithm>

#include <Eigen/Geometry>

#include "sim/plan/squat_plan.h"

namespace plumb {

PathMotion minimum_jerk(double elapsed_s, double duration_s) {
    const double u = elapsed_s / duration_s;
    if (!(u > 0.0)) return {0.0, 0.0, 0.0};
    if (u >= 1.0) return {1.0, 0.0, 0.0};
    return {u * u * u * (10.0 + u * (-15.0 + 6.0 * u)), 30.0 * u * u * (1.0 + u * (-2.0 + u)) / duration_s,
            60.0 * u * (1.0 + u * (-3.0 + 2.0 * u)) / (duration_s * duration_s)};
}

PlannedState planned_state(const SquatPlan& plan, const PathMotion& motion) {
    // Derivatives along the path by central differences; one-sided shifts keep the stencil inside [0, 1].
    constexpr double h = 1e-3;
    const double centre = std::clamp(motion.position, h, 1.0 - h);
    const BodyModel& body = plan.model.body;
    const Posture before = plan.path.at(centre - h), here = plan.path.at(centre),
                  after = plan.path.at(centre + h);
    const Pose pose_before = pose_of(body, plan.model.arms, before).pose;
    const Pose pose_here = pose_of(body, plan.model.arms, here).pose;
    const Pose pose_after = pose_of(body, plan.model.arms, after).pose;
    // The pelvis's turn from where it is now: small, so that it adds up like a vector.
    const auto coordinates = [&](const Pose& pose) {
        VelocityVector v = VelocityVector::Zero();
        const Eigen::AngleAxisd turn(Matrix3(pose.pelvis_rotation * pose_here.pelvis_rotation.transpose()));
        v.head<3>() = turn.angle() * turn.axis();
        v.segment<3>(3) = pose.pelvis_m;
        v.tail<k_dof_count>() = pose.joints;
        return v;
    };
    const VelocityVector c_before = coordinates(pose_before), c_here = coordinates(pose_here),
                         c_after = coordinates(pose_after);
    const VelocityVector slope = (c_after - c_before) / (2.0 * h);
    const VelocityVector bend = (c_after - 2.0 * c_here + c_before) / (h * h);
    PlannedState state;
    const Posture exact = plan.path.at(motion.position);
    state.pose = pose_of(body, plan.model.arms, exact).pose;
    state.velocity = slope * motion.rate;
    state.acceleration = slope * motion.acceleration + bend * motion.rate * motion.rate;
    return state;
}

}  // namespace plumb
