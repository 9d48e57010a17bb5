// Frame bookkeeping.
#include "sim/engine/recorder.h"

#include <algorithm>
#include <cmath>

#include "sim/body/support_region.h"
#include "sim/recording/derived.h"

namespace plumb {
namespace {

/// Heel points of the outline: back edge and its two neighbours.
constexpr std::array<int, 3> k_heel_points = {0, 1, 6};
constexpr double k_no_load_N = 1.0;
/// A posture this near has the region of the last one: of its 1.5 mm of error a hundredth.
constexpr double k_same_pose = 1e-5;  ///< rad and m

bool nearly_equal(const Pose& a, const Pose& b) {
    return (a.joints - b.joints).cwiseAbs().maxCoeff() < k_same_pose
           && (a.pelvis_m - b.pelvis_m).cwiseAbs().maxCoeff() < k_same_pose
           && (a.pelvis_rotation - b.pelvis_rotation).cwiseAbs().maxCoeff() < k_same_pose;
}

}  // namespace

Recorder::Recorder(const SquatPlan& plan, const BodyState& start)
    : plan_(plan),
      start_soles_(sole_points(plan.model.body, forward_kinematics(plan.model.body, start.pose))),
      last_com_velocity_(Vector3::Zero()) {
    const Kinematics k = forward_kinematics(plan.model.body, start.pose);
    last_com_velocity_ =
        com_velocity(plan.model.body, k, link_velocities(plan.model.body, k, start.velocity));
}

void Recorder::add_step(const ContactForces& contacts, double dt_s) {
    gathered_s_ += dt_s;
    for (size_t side = 0; side < k_side_count; ++side) {
        sums_.foot_force_N[side] += dt_s * contacts.foot_N[side];
        moment_impulse_[side] += dt_s * contacts.foot_moment_Nm[side];
    }
    const Vector3 wall = contacts.wall_sum_N();
    sums_.wall_force_N += dt_s * wall;
    sums_.wall_peak_N = std::max(sums_.wall_peak_N, wall.x());
    sums_.floor_other_N += dt_s * contacts.floor_other_sum_N();
}

void Recorder::add_push(const PointForce& push, double dt_s) {
    sums_.push_N += dt_s * push.force_N;
    sums_.push_place_m = push.point_m;
}

Frame Recorder::close(double time_s, Phase phase, const BodyState& state, const DofVector& active_Nm) {
    const BodyModel& body = plan_.model.body;
    const Kinematics k = forward_kinematics(body, state.pose);
    Frame frame = sums_;
    frame.time_s = time_s;
    frame.phase = phase;
    frame.pose = state.pose;
    frame.velocity = state.velocity;
    frame.moment_Nm = active_Nm;
    frame.com_m = k.com_m;
    frame.com_velocity_mps = com_velocity(body, k, link_velocities(body, k, state.velocity));

    const double per_s = gathered_s_ > 0.0 ? 1.0 / gathered_s_ : 0.0;
    frame.com_acceleration_z_mps2 = (frame.com_velocity_mps.z() - last_com_velocity_.z()) * per_s;
    last_com_velocity_ = frame.com_velocity_mps;
    frame.wall_force_N *= per_s;
    frame.floor_other_N *= per_s;
    frame.push_N *= per_s;
    // CoP on the floor from force and moment about the world origin (z0 = 0).
    Vector3 force = Vector3::Zero(), moment = Vector3::Zero();
    for (size_t side = 0; side < k_side_count; ++side) {
        frame.foot_force_N[side] *= per_s;
        const Vector3 m = moment_impulse_[side] * per_s;
        force += frame.foot_force_N[side];
        moment += m;
    }
    if (force.z() > k_no_load_N)
        frame.cop_m = Eigen::Vector2d(-moment.y() / force.z(), moment.x() / force.z());

    fill_derived(body, k, frame);
    const double tilt_rad = std::atan2(state.pose.pelvis_rotation(0, 2), state.pose.pelvis_rotation(2, 2));
    most_forward_tilt_rad_ = std::max(most_forward_tilt_rad_, tilt_rad);
    frame.pelvic_retroversion_rad = most_forward_tilt_rad_ - tilt_rad;
    if (on_wall(frame)) {
        if (region_pose_ && !nearly_equal(*region_pose_, state.pose)) region_pose_.reset();
        if (!region_pose_) {
            region_pose_ = state.pose;
            region_ =
                support_region(body, state.pose, touching_contacts(body, k, plan_.model.wall_distance_m),
                               frame.com_m.head<2>());
        }
        frame.support_region = region_;
        frame.support_margin = signed_margin(frame.support_region, frame.com_m.head<2>());
    }

    const SolePoints soles = sole_points(body, k);
    for (size_t side = 0; side < k_side_count; ++side) {
        double heel = 1e9, slip = 1e9;
        for (const int i : k_heel_points)
            heel = std::min(heel, soles[side * k_sole_point_count + static_cast<size_t>(i)].z());
        // A tilting foot turns about a point that stays; the least travel of any point is the slip.
        for (size_t i = side * k_sole_point_count; i < (side + 1) * k_sole_point_count; ++i)
            slip = std::min(slip, (soles[i] - start_soles_[i]).head<2>().norm());
        frame.heel_height_m[side] = heel;
        frame.foot_slip_m[side] = slip;
    }
    frame.hip_drop = (plan_.model.standing_height_m - frame.hip_height_m) / body.leg_length_m;

    sums_ = Frame{};
    moment_impulse_.fill(Vector3::Zero());
    gathered_s_ = 0.0;
    return frame;
}

}  // namespace plumb
