// Turns the plan into joint moments: a whole-body controller while the feet can carry, stiff joints once they cannot.
#pragma once

#include "sim/engine/balance_qp.h"
#include "sim/engine/human_balance.h"
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

/// Whole-body control (model.md, 8): joint moments and sole forces that best give the planned accelerations, with
/// friction pyramids, unilateral soles and moment limits as bounds of one quadratic problem.
class BalanceController {
  public:
    explicit BalanceController(const BodyModel& body);
    /// From now on with a person's limits; without this it is ideal.
    void become_human(const HumanBalance& human) { human_ = human; }
    /// `away_s` went by without this controller.
    void resume(double away_s);
    /// `reference` in the world; `wall` are the forces measured at the wall in the last step.
    [[nodiscard]] MuscleMoments moments(const BodyState& state, const PlannedState& reference,
                                        const std::vector<PointForce>& wall, double dt_s);

  private:
    /// The carrying feet: their Jacobian, the accelerations that keep them in place, what their contact rays can give. Rows
    /// 7 s to 7 s + 5 are foot s, or its toes: angular, then linear at the link's origin; the last one is the toe joint, which stays
    /// where it is as long as the heel is down. Zero for a foot in the air, and for what is free.
    struct Soles {
        Eigen::Matrix<double, k_wrench_rows, k_velocity_count> jacobian =
            Eigen::Matrix<double, k_wrench_rows, k_velocity_count>::Zero();
        BalanceQp::Wrench wanted =
            BalanceQp::Wrench::Zero();            ///< accelerations less their bias [rad/s^2, m/s^2]
        std::array<bool, k_wrench_rows> holds{};  ///< rows that stay
    };
    /// Wanted accelerations of COM, pelvis and joints, less their bias.
    struct Wanted {
        Vector3 com, pelvis;
        DofVector joints;
    };

    /// Fills in the rays of the problem too.
    [[nodiscard]] Soles take_soles(const Kinematics& kinematics, const BiasAccelerations& bias,
                                   const PlannedState& reference);
    [[nodiscard]] Wanted take_wanted(const Kinematics& kinematics, const BiasAccelerations& bias,
                                     const Vector3& com_bias_mps2, const BodyState& state,
                                     const PlannedState& reference, double dt_s);
    /// What the level error of the centre of mass asks for.
    [[nodiscard]] Vector3 balance_pull_mps2(ComError error, double dt_s);
    /// Adds weight * |jacobian effect moments - missing|^2 / 2 to the problem.
    template <class Effect, class Missing>
    void add_task(const Effect& effect, const Missing& missing, const Missing& weight);

    /// How fast a joint's muscles shorten: as fast as the joint turns, but for the ankles of a body that may stand on its toes.
    [[nodiscard]] double muscle_speed_radps(int dof, double joint_radps, double dt_s);

    const BodyModel& body_;
    DofVector tendon_radps_ = DofVector::Zero();  ///< speeds of those ankles' muscles
    BalanceQp problem_;
    BalanceQpSolution solution_;  ///< kept as the next start
    std::optional<HumanBalance> human_;
};

/// Holds a posture with stiff, damped joints (stable PD: Tan, Liu & Turk 2011, IEEE CG&A 31(4):34-44), strength-limited.
[[nodiscard]] MuscleMoments stiff_moments(const BodyModel& body, const BodyState& state,
                                          const PlannedState& reference, const ContactForces& contacts,
                                          double dt_s);

}  // namespace plumb
