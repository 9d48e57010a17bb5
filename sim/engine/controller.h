// Turns the plan into joint moments: a whole-body controller while the feet can carry, stiff joints once they cannot.
#pragma once

#include "sim/engine/box_qp.h"
#include "sim/engine/world.h"
#include "sim/plan/squat_plan.h"

namespace plumb {

/// Joint moments that are right now asked of the muscles, inside their strength.
struct MuscleMoments {
    DofVector active_Nm = DofVector::Zero();
    DofVector passive_Nm = DofVector::Zero();
    [[nodiscard]] DofVector total_Nm() const { return active_Nm + passive_Nm; }
};

/// Passive moments of all joints, belly-thigh contact and damping included, where the joints will be one step ahead, and
/// what their stiffness and damping add to the inertia within the step (implicit Euler).
struct PassiveTissue {
    DofVector moment_Nm = DofVector::Zero();
    DofVector inertia_kgm2 = DofVector::Zero();

    /// The moment to apply over a step in which the joints accelerate like this.
    [[nodiscard]] DofVector moment_over_step_Nm(const DofVector& acceleration_radps2) const;
};
[[nodiscard]] PassiveTissue passive_tissue(const Person& person, const BodyState& state, double dt_s);

inline constexpr int k_ray_points_per_foot = 5;  ///< heel, both balls, both toe corners
inline constexpr int k_rays_per_point = 4;
inline constexpr int k_ray_count = k_side_count * k_ray_points_per_foot * k_rays_per_point;
inline constexpr int k_unknown_count = k_dof_count + k_ray_count;  ///< joint moments, then ray forces
inline constexpr int k_task_rows = 3 + 3 + k_dof_count;

/// Whole-body control (model.md, 8): joint moments and sole forces that best give the planned accelerations, with
/// friction pyramids, unilateral soles and moment limits as bounds of one quadratic problem.
class BalanceController {
  public:
    explicit BalanceController(const BodyModel& body);
    /// `reference` in the world; `wall` are the forces measured at the wall in the last step.
    [[nodiscard]] MuscleMoments moments(const BodyState& state, const PlannedState& reference,
                                        const std::vector<PointForce>& wall, double dt_s);

  private:
    /// The carrying feet: their Jacobian, the accelerations that keep them in place, what their contact rays can give.
    struct Soles {
        Eigen::MatrixXd jacobian;  ///< 6 rows a foot: angular, then linear at the ankle
        Eigen::VectorXd wanted;    ///< accelerations less their bias [rad/s^2, m/s^2]
        Eigen::MatrixXd rays;      ///< wrench at the ankle per unit of each ray
        Eigen::VectorXd weight;    ///< square root of the mismatch weight of each row
        Eigen::Matrix<double, k_ray_count, 1> most = Eigen::Matrix<double, k_ray_count, 1>::Zero();
    };
    /// Wanted accelerations of COM, pelvis and joints, less their bias.
    struct Tasks {
        Eigen::Matrix<double, k_task_rows, k_velocity_count> jacobian =
            Eigen::Matrix<double, k_task_rows, k_velocity_count>::Zero();
        Eigen::Matrix<double, k_task_rows, 1> wanted, weight;
    };
    using Effect = Eigen::Matrix<double, k_velocity_count, k_dof_count>;

    [[nodiscard]] Soles take_soles(const Kinematics& kinematics, const BiasAccelerations& bias) const;
    [[nodiscard]] Tasks take_tasks(const Kinematics& kinematics, const BiasAccelerations& bias,
                                   const MassMatrix& mass, const BodyState& state,
                                   const PlannedState& reference) const;

    const BodyModel& body_;
    BoxQp problem_;
    Eigen::VectorXd solution_;  ///< kept as the next start
};

/// Holds a posture with stiff, damped joints (stable PD: Tan, Liu & Turk 2011, IEEE CG&A 31(4):34-44), strength-limited.
[[nodiscard]] MuscleMoments stiff_moments(const BodyModel& body, const BodyState& state,
                                          const PlannedState& reference, const ContactForces& contacts,
                                          double dt_s);

}  // namespace plumb
