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
constexpr BalanceGains k_com_gains;
/// Balance first: who is too weak for both sinks before toppling.
constexpr double k_com_level_weight = 300.0, k_com_height_weight = 30.0;
/// A person's gentle pull on the centre of mass goes before the posture as a machine's strong one does.
constexpr double k_human_level_weight = 1200.0;
constexpr double k_pelvis_stiffness = 100.0, k_pelvis_damping = 20.0, k_pelvis_weight = 5.0;
constexpr double k_joint_stiffness = 100.0, k_joint_damping = 20.0, k_joint_weight = 1.0;
/// The Achilles tendon gives: the calf's fibres follow the ankle's speed late (choice). On raised heels the foot between calf and
/// toes is so light (0.01 kg m^2) that a strength which follows its speed at once shakes it (measured: 30 rad/s either way).
constexpr double k_tendon_s = 0.1;
constexpr double k_foot_damping = 30.0, k_toe_stiffness = 225.0;
/// Square roots of the weights on a foot wrench that the rays cannot give: one newton costs as much as 0.2 m/s^2 of the COM's level acceleration.
constexpr double k_mismatch_per_N = 3.0, k_mismatch_per_Nm = 30.0;
double mismatch_weight(int row) {
    const int of_foot = row % k_rows_per_foot;
    return of_foot < 3 || of_foot == 6 ? k_mismatch_per_Nm : k_mismatch_per_N;
}
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

}  // namespace

PassiveTissue passive_tissue(const Person& person, const BodyState& state, double dt_s) {
    const DofVector rates = state.velocity.tail<k_dof_count>();
    // Where the joints will be after the step if they coast.
    const PassiveMoments passive = passive_moments(person, state.pose.joints + dt_s * rates);
    PassiveTissue tissue{passive.moment_Nm, dt_s * dt_s * passive.stiffness_Nmprad};
    for (int dof = 0; dof < k_dof_count; ++dof) {
        const double fast = rates[dof] / k_fast_radps,
                     damping_Nmsprad = k_tissue_damping_Nmsprad * (1.0 + fast * fast);
        tissue.moment_Nm[dof] -= damping_Nmsprad * rates[dof];
        tissue.inertia_kgm2[dof] += dt_s * damping_Nmsprad;
    }
    return tissue;
}

DofVector PassiveTissue::moment_over_step_Nm(const DofVector& acceleration_radps2) const {
    // A foretold acceleration is wrong where a contact comes or goes; it may relax the tissue, not drive it.
    const DofVector most = moment_Nm.cwiseAbs().array() + 1.0;
    return moment_Nm - inertia_kgm2.cwiseProduct(acceleration_radps2).cwiseMax(-most).cwiseMin(most);
}

BalanceController::BalanceController(const BodyModel& body) : body_(body) {
    problem_.ray_cost = k_regularisation;
    solution_.rays.setConstant(body.weight_N() / k_force_scale_N / k_ray_count);
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

    const Soles soles = take_soles(k, bias, reference);
    VelocityVector free_force = -drift;
    free_force.tail<k_dof_count>() += tissue.moment_Nm;
    // Accelerations as the moments make them while the carrying feet stay: q'' = free + effect * moments / scale.
    VelocityVector free = factor.solve(free_force);
    Eigen::Matrix<double, k_velocity_count, k_dof_count> effect;
    effect.setZero();
    effect.bottomRows<k_dof_count>().diagonal().setConstant(k_moment_scale_Nm);
    factor.solveInPlace(effect);
    // The feet's wrench follows: wrench = held - reaction * moments; it has to come out of the rays (model.md, 8).
    const Eigen::Matrix<double, k_velocity_count, k_wrench_rows> by_wrench =
        factor.solve(soles.jacobian.transpose());
    Eigen::Matrix<double, k_wrench_rows, k_wrench_rows> at_feet = soles.jacobian * by_wrench;
    for (int row = 0; row < k_wrench_rows; ++row)
        if (!soles.holds[static_cast<size_t>(row)]) at_feet(row, row) = 1.0;
    const Eigen::LLT<Eigen::Matrix<double, k_wrench_rows, k_wrench_rows>> at_feet_factor(at_feet);
    const BalanceQp::Wrench held = at_feet_factor.solve(soles.wanted - soles.jacobian * free);
    Eigen::Matrix<double, k_wrench_rows, k_dof_count> reaction = soles.jacobian * effect;
    at_feet_factor.solveInPlace(reaction);
    free += by_wrench * held;
    effect.noalias() -= by_wrench * reaction;

    problem_.offset = held;
    problem_.wrench_by_moments = -reaction;
    for (int row = 0; row < k_wrench_rows; ++row) {
        problem_.offset[row] *= mismatch_weight(row);
        problem_.wrench_by_moments.row(row) *= mismatch_weight(row);
    }
    problem_.hessian = k_regularisation * problem_.hessian.Identity();
    problem_.gradient.setZero();
    Vector3 base_N = drift.segment<3>(3);  // that of inertia and gravity alone
    for (const PointForce& f : wall) base_N += f.force_N;
    const Vector3 gravity(0.0, 0.0, -k_gravity_mps2);
    const Wanted wanted =
        take_wanted(k, bias, base_N / body_.total_mass_kg + gravity, state, reference, dt_s);
    const Eigen::Matrix<double, 3, k_velocity_count> com_jacobian =
        mass.middleRows<3>(3) / body_.total_mass_kg;
    const double level_weight = human_ ? k_human_level_weight : k_com_level_weight;
    add_task(com_jacobian * effect, (wanted.com - com_jacobian * free).eval(),
             Vector3(level_weight, level_weight, k_com_height_weight));
    add_task(effect.topRows<3>(), (wanted.pelvis - free.head<3>()).eval(),
             Vector3::Constant(k_pelvis_weight).eval());
    add_task(effect.bottomRows<k_dof_count>(), (wanted.joints - free.tail<k_dof_count>()).eval(),
             DofVector::Constant(k_joint_weight).eval());
    std::array<JointStrength, k_dof_count> strengths;
    for (int dof = 0; dof < k_dof_count; ++dof) {
        const JointStrength s = strength_moving(body_.person, dof, state.pose.joints[dof],
                                                muscle_speed_radps(dof, state.velocity[6 + dof], dt_s));
        const HumanBalance::Bounds bounds =
            human_ ? human_->reachable(dof, s, dt_s) : HumanBalance::Bounds{-s.negative_Nm, s.positive_Nm};
        problem_.lower[dof] = bounds.lower_Nm / k_moment_scale_Nm;
        problem_.upper[dof] = bounds.upper_Nm / k_moment_scale_Nm;
        strengths[static_cast<size_t>(dof)] = s;
    }
    solve_balance_qp(problem_, solution_);
    if (human_)
        for (int dof = 0; dof < k_dof_count; ++dof)
            human_->activate(dof, strengths[static_cast<size_t>(dof)],
                             solution_.moments[dof] * k_moment_scale_Nm);
    const DofVector acceleration =
        free.tail<k_dof_count>() + effect.bottomRows<k_dof_count>() * solution_.moments;
    return {solution_.moments * k_moment_scale_Nm, tissue.moment_over_step_Nm(acceleration)};
}

template <class Effect, class Missing>
void BalanceController::add_task(const Effect& effect, const Missing& missing, const Missing& weight) {
    const Eigen::Matrix<double, Missing::RowsAtCompileTime, k_dof_count> e = effect;
    problem_.hessian.noalias() += e.transpose() * (weight.asDiagonal() * e);
    problem_.gradient.noalias() -= e.transpose() * weight.cwiseProduct(missing);
}

BalanceController::Soles BalanceController::take_soles(const Kinematics& k, const BiasAccelerations& bias,
                                                       const PlannedState& reference) {
    constexpr int k_heel = 0, k_toe_row = 6;
    Soles soles;
    // With the centre of mass behind the forefeet heels that touch the floor stay on it, whatever was planned.
    const bool may_lift =
        body_.has_toes() && signed_margin(forefoot_hull(body_, k), k.com_m.head<2>()).margin_m > 0.0;
    for (int side = 0; side < k_side_count; ++side) {
        const auto s = static_cast<size_t>(side);
        const int link = body_.has_toes() ? toe_link(side) : foot_link(side), row = k_rows_per_foot * side;
        const Dof toe = on_side(dof_left_toe_extension, side);
        const Vector3 origin = k.position[static_cast<size_t>(link)];
        const bool lifts = may_lift && reference.pose.joints[toe] > k_lifted_rad;
        bool carries = false, heel_down = false;
        int ray = 0;
        for (const int i : k_ray_points) {
            const Vector3 p = sole_point(body_, k, side, i);
            const bool usable = p.z() < k_ray_gap_m && !(lifts && i == k_heel);
            carries = carries || usable;
            heel_down = heel_down || (usable && i == k_heel);
            // A force on the heel does to the toe joint what it would not do on the toes.
            const Vector3 toe_axis =
                body_.has_toes() && i == k_heel ? k.axis(body_, link) : Vector3(Vector3::Zero());
            for (int r = 0; r < k_rays_per_point; ++r, ++ray) {
                const double angle = (r + 0.5) * 0.5 * k_pi;
                const Vector3 direction(k_planned_friction * std::cos(angle),
                                        k_planned_friction * std::sin(angle), 1.0);
                const Vector3 moment = (p - origin).cross(direction);
                auto column = problem_.foot_rays[s].col(ray);
                column << moment, direction, -toe_axis.dot(moment);
                column *= k_force_scale_N;
                for (int j = 0; j < k_rows_per_foot; ++j) column[j] *= mismatch_weight(j);
                problem_.most[side * k_rays_per_foot + ray] = usable ? 1e3 : 0.0;
            }
        }
        if (!carries) {  // a foot in the air: no wrench, no promise to stay
            problem_.foot_rays[s].setZero();
            continue;
        }
        const auto& velocity = bias.velocity[static_cast<size_t>(link)];
        soles.jacobian.middleRows<3>(row) = angular_jacobian(body_, k, link);
        soles.jacobian.middleRows<3>(row + 3) = point_jacobian(body_, k, link, origin);
        soles.wanted.segment<3>(row) = -k_foot_damping * velocity.head<3>() - bias.angular(link);
        soles.wanted.segment<3>(row + 3) =
            -k_foot_damping * point_velocity(velocity, origin) - bias.point(link, origin);
        std::fill_n(soles.holds.begin() + row, k_toe_row, true);
        if (!body_.has_toes()) continue;
        // Toes are pressed flat: so light a link is soon tilted by what moments miss.
        soles.wanted.segment<3>(row) +=
            k_toe_stiffness * k.rotation[static_cast<size_t>(link)].col(2).cross(Vector3::UnitZ());
        if (!heel_down) continue;
        soles.jacobian(row + k_toe_row, 6 + toe) = 1.0;
        soles.wanted[row + k_toe_row] =
            -k_foot_damping
            * (velocity.head<3>() - bias.velocity[static_cast<size_t>(foot_link(side))].head<3>())
                  .dot(k.axis(body_, link));
        soles.holds[static_cast<size_t>(row + k_toe_row)] = true;
    }
    return soles;
}

BalanceController::Wanted BalanceController::take_wanted(const Kinematics& k, const BiasAccelerations& bias,
                                                         const Vector3& com_bias_mps2, const BodyState& state,
                                                         const PlannedState& reference, double dt_s) {
    const Kinematics planned = forward_kinematics(body_, reference.pose);
    const Vector3 planned_velocity =
        com_velocity(body_, planned, link_velocities(body_, planned, reference.velocity));
    const VelocityVector planned_force =
        inverse_dynamics(body_, planned, reference.velocity, reference.acceleration, {});
    const Vector3 planned_acceleration =
        planned_force.segment<3>(3) / body_.total_mass_kg - k_gravity_mps2 * Vector3::UnitZ();
    Wanted wanted;
    wanted.com =
        planned_acceleration
        + balance_pull_mps2(
            {planned.com_m - k.com_m, planned_velocity - com_velocity(body_, k, bias.velocity)}, dt_s)
        - com_bias_mps2;
    wanted.pelvis =
        reference.acceleration.head<3>()
        + k_pelvis_stiffness
              * rotation_vector(reference.pose.pelvis_rotation * state.pose.pelvis_rotation.transpose())
        + k_pelvis_damping * (reference.velocity.head<3>() - state.velocity.head<3>());
    wanted.joints =
        reference.acceleration.tail<k_dof_count>()
        + k_joint_stiffness * (reference.pose.joints - state.pose.joints)
        + k_joint_damping * (reference.velocity.tail<k_dof_count>() - state.velocity.tail<k_dof_count>());
    return wanted;
}

Vector3 BalanceController::balance_pull_mps2(ComError error, double dt_s) {
    Vector3 pull =
        k_com_gains.stiffness_per_s2 * error.offset_m + k_com_gains.damping_per_s * error.velocity_mps;
    if (!human_) return pull;
    // Height is the legs' own business: stretch and load are felt in the muscle, without the long way round.
    const Sway::Motion sway = human_->sway();
    error.offset_m += sway.offset_m;
    error.velocity_mps += sway.velocity_mps;
    const ComError felt = human_->react(error, dt_s);
    const BalanceGains& gains = human_->gains();
    pull.head<2>() = (sway.acceleration_mps2 + gains.stiffness_per_s2 * felt.offset_m
                      + gains.damping_per_s * felt.velocity_mps)
                         .head<2>();
    return pull;
}

double BalanceController::muscle_speed_radps(int dof, double joint_radps, double dt_s) {
    const Dof left = left_twin(static_cast<Dof>(dof));
    if (!body_.has_toes() || (left != dof_left_ankle_dorsiflexion && left != dof_left_ankle_inversion))
        return joint_radps;
    double& speed_radps = tendon_radps_[dof];
    speed_radps += std::min(1.0, dt_s / k_tendon_s) * (joint_radps - speed_radps);
    return speed_radps;
}

void BalanceController::resume(double away_s) {
    tendon_radps_.setZero();
    if (human_) human_->forget(away_s);
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
        const JointStrength s = strength_moving(body.person, dof, state.pose.joints[dof], rates[dof]);
        muscles.active_Nm[dof] =
            std::clamp(pull[dof] - by_muscles[dof] * acceleration[dof], -s.negative_Nm, s.positive_Nm);
    }
    return muscles;
}

}  // namespace plumb
