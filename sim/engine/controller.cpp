// The whole-body quadratic problem and the stiff fallback.
#include "sim/engine/controller.h"

#include <algorithm>
#include <cmath>

#include <Eigen/Cholesky>
#include <Eigen/Geometry>

#include "sim/base/units.h"

namespace plumb {
namespace {

// Points of the outline that carry rays: heel, both balls, both toe corners.
constexpr std::array<int, k_ray_points_per_foot> k_ray_points = {0, 2, 3, 4, 5};
/// The controller plans with less friction than there is (Bullet 0.9).
constexpr double k_planned_friction = 0.6;
/// Brings moments and forces to order one.
constexpr double k_moment_scale_Nm = 100.0, k_force_scale_N = 100.0;

// Task gains [1/s^2, 1/s] and weights.
constexpr double k_com_stiffness = 60.0, k_com_damping = 15.0;
/// Balance first: who is too weak for both sinks before toppling.
constexpr double k_com_level_weight = 300.0, k_com_height_weight = 30.0;
constexpr double k_pelvis_stiffness = 100.0, k_pelvis_damping = 20.0, k_pelvis_weight = 5.0;
constexpr double k_joint_stiffness = 100.0, k_joint_damping = 20.0, k_joint_weight = 1.0;
constexpr double k_foot_damping = 30.0;
/// Square roots of the weights on a foot wrench that the rays cannot give: one newton costs as much as 0.2 m/s^2 of the COM's level acceleration.
constexpr double k_mismatch_per_N = 3.0, k_mismatch_per_Nm = 30.0;
/// Keeps the problem strictly convex: the rays of a sole are more than its wrench needs.
constexpr double k_regularisation = 0.01;
/// A sole point this far off the floor carries no planned force.
constexpr double k_ray_gap_m = 0.004;
/// Every joint resists turning a little; elbows measure 0.2-0.5 N m s/rad, and it grows with the square of the speed: a
/// limb thrown about in a fall stays within what limbs do. M: from memory.
constexpr double k_tissue_damping_Nmsprad = 0.3, k_fast_radps = 8.0;

Vector3 rotation_vector(const Matrix3& rotation) {
    const Eigen::AngleAxisd turn(rotation);
    return turn.angle() * turn.axis();
}

/// Gain of a stiff joint [N m/rad]: the whole strength at about 0.2 rad of error.
double stiff_joint_gain(const JointStrength& strength) {
    return 5.0 * std::max({strength.positive_Nm, strength.negative_Nm, 10.0});
}
constexpr double k_stiff_damping_s = 0.12;

/// What each joint can do right now: a muscle that is being stretched holds more, a fast one less.
JointStrength strength_now(const Person& person, int dof, double rate_radps) {
    const JointStrength& s = person.strengths[static_cast<size_t>(dof)];
    return {s.positive_Nm * speed_gain(-rate_radps), s.negative_Nm * speed_gain(rate_radps)};
}

}  // namespace

PassiveTissue passive_tissue(const Person& person, const BodyState& state, double dt_s) {
    constexpr double k_step_rad = 1e-4;
    PassiveTissue tissue;
    const DofVector rates = state.velocity.tail<k_dof_count>();
    // Where the joints will be after the step if they coast.
    const DofVector ahead = state.pose.joints + dt_s * rates;
    tissue.moment_Nm = passive_moments_Nm(person, ahead);
    DofVector stiffness_Nmprad = DofVector::Zero();
    for (int dof = 0; dof < k_dof_count; ++dof) {
        const auto at = [&](double angle) { return passive_moment_Nm(person, static_cast<Dof>(dof), angle); };
        stiffness_Nmprad[dof] =
            std::max(0.0, (at(ahead[dof] - k_step_rad) - at(ahead[dof] + k_step_rad)) / (2.0 * k_step_rad));
    }
    // Belly on thigh is stiff past the closure.
    for (int side = 0; side < k_side_count; ++side) {
        const Dof hip = on_side(dof_left_hip_flexion, side);
        const double excess = ahead[hip] + ahead[dof_lumbar_flexion] - person.closure_rad;
        if (excess <= 0.0) continue;
        for (const Dof dof : {hip, dof_lumbar_flexion}) stiffness_Nmprad[dof] += k_belly_stiffness_Nmprad;
    }
    for (int dof = 0; dof < k_dof_count; ++dof) {
        const double fast = rates[dof] / k_fast_radps,
                     damping_Nmsprad = k_tissue_damping_Nmsprad * (1.0 + fast * fast);
        tissue.moment_Nm[dof] -= damping_Nmsprad * rates[dof];
        tissue.inertia_kgm2[dof] = dt_s * dt_s * stiffness_Nmprad[dof] + dt_s * damping_Nmsprad;
    }
    return tissue;
}

DofVector PassiveTissue::moment_over_step_Nm(const DofVector& acceleration_radps2) const {
    // A foretold acceleration is wrong where a contact comes or goes; it may relax the tissue, not drive it.
    const DofVector most = moment_Nm.cwiseAbs().array() + 1.0;
    return moment_Nm - inertia_kgm2.cwiseProduct(acceleration_radps2).cwiseMax(-most).cwiseMin(most);
}

BalanceController::BalanceController(const BodyModel& body)
    : body_(body), solution_(Eigen::VectorXd::Zero(k_unknown_count)) {
    problem_.lower = Eigen::VectorXd::Zero(k_unknown_count);
    problem_.upper = Eigen::VectorXd::Zero(k_unknown_count);
    solution_.tail(k_ray_count).setConstant(body.weight_N() / k_force_scale_N / k_ray_count);
}

MuscleMoments BalanceController::moments(const BodyState& state, const PlannedState& reference,
                                         const std::vector<PointForce>& wall, double dt_s) {
    const Kinematics k = forward_kinematics(body_, state.pose);
    const BiasAccelerations bias = bias_accelerations(body_, k, state.velocity);
    const VelocityVector drift = inverse_dynamics(body_, k, state.velocity, VelocityVector::Zero(), wall);
    const MassMatrix mass = mass_matrix(body_, k);
    // The tissue's stiffness acts like inertia within a step: stiff stops on light segments stay stable.
    const PassiveTissue tissue = passive_tissue(body_.person, state, dt_s);
    MassMatrix implicit = mass;
    implicit.diagonal().tail<k_dof_count>() += tissue.inertia_kgm2;
    const Eigen::LLT<MassMatrix> factor(implicit);

    const Soles soles = take_soles(k, bias);
    const Tasks tasks = take_tasks(k, bias, mass, state, reference);

    // Accelerations as the moments make them while the carrying feet stay: q'' = free + effect * moments (model.md, 8).
    VelocityVector free_force = -drift;
    free_force.tail<k_dof_count>() += tissue.moment_Nm;
    VelocityVector free = factor.solve(free_force);
    Effect effect = factor.solve(Effect(k_moment_scale_Nm * MassMatrix::Identity().rightCols<k_dof_count>()));
    // The feet's wrench follows: wrench = held - reaction * moments; it has to come out of the rays.
    const Eigen::MatrixXd by_wrench = factor.solve(soles.jacobian.transpose());
    const Eigen::LLT<Eigen::MatrixXd> at_feet(soles.jacobian * by_wrench);
    const Eigen::VectorXd held = at_feet.solve(soles.wanted - soles.jacobian * free);
    const Eigen::MatrixXd reaction = at_feet.solve(soles.jacobian * effect);
    free += by_wrench * held;
    effect -= by_wrench * reaction;

    const Eigen::Index rows = held.size();
    const Eigen::Matrix<double, k_task_rows, k_dof_count> response = tasks.jacobian * effect;
    const Eigen::Matrix<double, k_task_rows, 1> missing = tasks.wanted - tasks.jacobian * free;
    Eigen::MatrixXd mismatch(rows, k_unknown_count);
    mismatch.leftCols<k_dof_count>() = -reaction;
    mismatch.rightCols<k_ray_count>() = -soles.rays;
    for (Eigen::Index row = 0; row < rows; ++row) mismatch.row(row) *= soles.weight[row];
    const Eigen::VectorXd held_weighted = held.cwiseProduct(soles.weight);

    problem_.hessian.noalias() = mismatch.transpose() * mismatch;
    problem_.gradient.noalias() = mismatch.transpose() * held_weighted;
    problem_.hessian.topLeftCorner<k_dof_count, k_dof_count>().noalias() +=
        response.transpose() * (tasks.weight.asDiagonal() * response);
    problem_.gradient.head<k_dof_count>().noalias() -=
        response.transpose() * (tasks.weight.asDiagonal() * missing);
    problem_.hessian.diagonal().array() += k_regularisation;
    for (int dof = 0; dof < k_dof_count; ++dof) {
        const JointStrength s = strength_now(body_.person, dof, state.velocity[6 + dof]);
        problem_.lower[dof] = -s.negative_Nm / k_moment_scale_Nm;
        problem_.upper[dof] = s.positive_Nm / k_moment_scale_Nm;
    }
    problem_.upper.tail<k_ray_count>() = soles.most;
    solve_box_qp(problem_, solution_);
    const VelocityVector acceleration = free + effect * solution_.head<k_dof_count>();
    return {solution_.head<k_dof_count>() * k_moment_scale_Nm,
            tissue.moment_over_step_Nm(acceleration.tail<k_dof_count>())};
}

BalanceController::Soles BalanceController::take_soles(const Kinematics& k,
                                                       const BiasAccelerations& bias) const {
    Soles soles;
    Eigen::Matrix<double, 12, k_velocity_count> jacobian;
    Eigen::Matrix<double, 12, 1> wanted;
    Eigen::Matrix<double, 12, k_ray_count> rays = Eigen::Matrix<double, 12, k_ray_count>::Zero();
    Eigen::Index rows = 0;
    int ray = 0;
    for (int side = 0; side < k_side_count; ++side) {
        const int link = foot_link(side);
        const Vector3 ankle = k.position[static_cast<size_t>(link)];
        bool carries = false;
        const int first_ray = ray;
        for (const int i : k_ray_points) {
            const Vector3 p =
                k.point(link, body_.feet[static_cast<size_t>(side)].outline_m[static_cast<size_t>(i)]);
            const bool near_floor = p.z() < k_ray_gap_m;
            carries = carries || near_floor;
            for (int r = 0; r < k_rays_per_point; ++r, ++ray) {
                const double angle = (r + 0.5) * 0.5 * k_pi;
                const Vector3 direction(k_planned_friction * std::cos(angle),
                                        k_planned_friction * std::sin(angle), 1.0);
                rays.block<3, 1>(rows, ray) = k_force_scale_N * (p - ankle).cross(direction);
                rays.block<3, 1>(rows + 3, ray) = k_force_scale_N * direction;
                soles.most[ray] = near_floor ? 1e3 : 0.0;
            }
        }
        if (!carries) {  // a foot in the air: no wrench, no promise to stay
            rays.middleCols(first_ray, ray - first_ray).setZero();
            continue;
        }
        const auto& velocity = bias.velocity[static_cast<size_t>(link)];
        jacobian.middleRows<3>(rows) = angular_jacobian(body_, k, link);
        jacobian.middleRows<3>(rows + 3) = point_jacobian(body_, k, link, ankle);
        wanted.segment<3>(rows) = -k_foot_damping * velocity.head<3>() - bias.angular(link);
        wanted.segment<3>(rows + 3) =
            -k_foot_damping * point_velocity(velocity, ankle) - bias.point(link, ankle);
        rows += 6;
    }
    soles.jacobian = jacobian.topRows(rows);
    soles.wanted = wanted.head(rows);
    soles.rays = rays.topRows(rows);
    soles.weight.resize(rows);
    for (Eigen::Index row = 0; row < rows; ++row)
        soles.weight[row] = row % 6 < 3 ? k_mismatch_per_Nm : k_mismatch_per_N;
    return soles;
}

BalanceController::Tasks BalanceController::take_tasks(const Kinematics& k, const BiasAccelerations& bias,
                                                       const MassMatrix& mass, const BodyState& state,
                                                       const PlannedState& reference) const {
    Tasks tasks;
    const Kinematics planned = forward_kinematics(body_, reference.pose);
    const Vector3 planned_velocity =
        com_velocity(body_, planned, link_velocities(body_, planned, reference.velocity));
    const Vector3 gravity(0.0, 0.0, -k_gravity_mps2);
    const VelocityVector planned_force =
        inverse_dynamics(body_, planned, reference.velocity, reference.acceleration, {});
    const Vector3 planned_acceleration = planned_force.segment<3>(3) / body_.total_mass_kg + gravity;

    tasks.jacobian.middleRows<3>(0) = mass.middleRows<3>(3) / body_.total_mass_kg;
    const VelocityVector coasting = inverse_dynamics(body_, k, state.velocity, VelocityVector::Zero(), {});
    const Vector3 com_bias = coasting.segment<3>(3) / body_.total_mass_kg + gravity;
    tasks.wanted.segment<3>(0) = planned_acceleration + k_com_stiffness * (planned.com_m - k.com_m)
                                 + k_com_damping * (planned_velocity - com_velocity(body_, k, bias.velocity))
                                 - com_bias;
    tasks.weight.segment<3>(0) << k_com_level_weight, k_com_level_weight, k_com_height_weight;

    tasks.jacobian.block<3, 3>(3, 0).setIdentity();
    tasks.wanted.segment<3>(3) =
        reference.acceleration.head<3>()
        + k_pelvis_stiffness
              * rotation_vector(reference.pose.pelvis_rotation * state.pose.pelvis_rotation.transpose())
        + k_pelvis_damping * (reference.velocity.head<3>() - state.velocity.head<3>());
    tasks.weight.segment<3>(3).setConstant(k_pelvis_weight);

    tasks.jacobian.block<k_dof_count, k_dof_count>(6, 6).setIdentity();
    tasks.wanted.segment<k_dof_count>(6) =
        reference.acceleration.tail<k_dof_count>()
        + k_joint_stiffness * (reference.pose.joints - state.pose.joints)
        + k_joint_damping * (reference.velocity.tail<k_dof_count>() - state.velocity.tail<k_dof_count>());
    tasks.weight.segment<k_dof_count>(6).setConstant(k_joint_weight);
    return tasks;
}

MuscleMoments stiff_moments(const BodyModel& body, const BodyState& state, const PlannedState& reference,
                            const ContactForces& contacts, double dt_s) {
    const Kinematics k = forward_kinematics(body, state.pose);
    std::vector<PointForce> known = contacts.feet;
    known.insert(known.end(), contacts.wall.begin(), contacts.wall.end());
    known.insert(known.end(), contacts.floor_other.begin(), contacts.floor_other.end());
    // Moments for the next step's error, damping and tissue taken implicitly through the mass matrix.
    const PassiveTissue tissue = passive_tissue(body.person, state, dt_s);
    const DofVector rates = state.velocity.tail<k_dof_count>();
    DofVector stiffness, damping;
    for (int dof = 0; dof < k_dof_count; ++dof) {
        stiffness[dof] = stiff_joint_gain(body.person.strengths[static_cast<size_t>(dof)]);
        damping[dof] = k_stiff_damping_s * stiffness[dof];
    }
    const DofVector by_muscles = dt_s * damping + dt_s * dt_s * stiffness;
    MassMatrix implicit = mass_matrix(body, k);
    implicit.diagonal().tail<k_dof_count>() += by_muscles + tissue.inertia_kgm2;
    const DofVector pull = stiffness.cwiseProduct(reference.pose.joints - state.pose.joints - dt_s * rates)
                           + damping.cwiseProduct(reference.velocity.tail<k_dof_count>() - rates);
    VelocityVector force = -inverse_dynamics(body, k, state.velocity, VelocityVector::Zero(), known);
    force.tail<k_dof_count>() += pull + tissue.moment_Nm;
    const DofVector acceleration = implicit.llt().solve(force).tail<k_dof_count>();
    MuscleMoments muscles;
    muscles.passive_Nm = tissue.moment_over_step_Nm(acceleration);
    for (int dof = 0; dof < k_dof_count; ++dof) {
        const JointStrength s = strength_now(body.person, dof, rates[dof]);
        muscles.active_Nm[dof] =
            std::clamp(pull[dof] - by_muscles[dof] * acceleration[dof], -s.negative_Nm, s.positive_Nm);
    }
    return muscles;
}

}  // namespace plumb
