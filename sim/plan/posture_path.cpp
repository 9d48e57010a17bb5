// Splines through the planned postures and the movement in time.
#include "sim/plan/squat_plan.h"

#include <algorithm>
#include <cmath>

#include "sim/base/check.h"

namespace plumb {

PosturePath::PosturePath(const std::vector<PlanKnot>& knots) {
    PLUMB_CHECK(knots.size() >= 2, "a path needs two postures");
    for (const PlanKnot& knot : knots)
        values_.push_back(Values{knot.posture.hip_x_m, knot.posture.hip_height_m,
                                 knot.posture.pelvis_pitch_rad, knot.posture.lumbar_flexion_rad,
                                 knot.posture.knee_out_rad});
    // Natural cubic spline on unit spacing: tridiagonal system for the second derivatives.
    const size_t n = values_.size();
    curvatures_.assign(n, Values::Zero());
    std::vector<double> diagonal(n, 4.0);
    std::vector<Values> right(n, Values::Zero());
    for (size_t i = 1; i + 1 < n; ++i) right[i] = 6.0 * (values_[i + 1] - 2.0 * values_[i] + values_[i - 1]);
    for (size_t i = 2; i + 1 < n; ++i) {
        const double factor = 1.0 / diagonal[i - 1];
        diagonal[i] -= factor;
        right[i] -= factor * right[i - 1];
    }
    for (size_t i = n - 2; i >= 1; --i) curvatures_[i] = (right[i] - curvatures_[i + 1]) / diagonal[i];
}

Posture PosturePath::at(double position) const {
    const double scaled = std::clamp(position, 0.0, 1.0) * static_cast<double>(values_.size() - 1);
    const size_t i = std::min(static_cast<size_t>(scaled), values_.size() - 2);
    const double b = scaled - static_cast<double>(i), a = 1.0 - b;
    const Values p = a * values_[i] + b * values_[i + 1]
                     + ((a * a * a - a) * curvatures_[i] + (b * b * b - b) * curvatures_[i + 1]) / 6.0;
    return {p[0], p[1], p[2], p[3], p[4]};
}

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
    const auto coordinates = [](const Posture& p, const Pose& pose) {
        VelocityVector v = VelocityVector::Zero();
        v[1] = p.pelvis_pitch_rad;
        v.segment<3>(3) = pose.pelvis_m;
        v.tail<k_dof_count>() = pose.joints;
        return v;
    };
    const VelocityVector c_before = coordinates(before, pose_before), c_here = coordinates(here, pose_here),
                         c_after = coordinates(after, pose_after);
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
