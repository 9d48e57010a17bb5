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

/// Passive moments of all joints, belly-thigh contact included.
[[nodiscard]] DofVector passive_moments_Nm(const Person& person, const Pose& pose);

/// Whole-body control (model.md, 8): joint moments and sole forces that best give the planned accelerations, with
/// friction pyramids, unilateral soles and moment limits as bounds of one quadratic problem.
class BalanceController {
  public:
    explicit BalanceController(const BodyModel& body);
    /// `reference` in the world; `wall` are the forces measured at the wall in the last step.
    [[nodiscard]] MuscleMoments moments(const BodyState& state, const PlannedState& reference,
                                        const std::vector<PointForce>& wall);

  private:
    const BodyModel& body_;
    BoxQp problem_;
    Eigen::VectorXd solution_;  ///< kept as the next start
};

/// Holds a posture with stiff, damped joints (stable PD: Tan, Liu & Turk 2011, IEEE CG&A 31(4):34-44), strength-limited.
[[nodiscard]] MuscleMoments stiff_moments(const BodyModel& body, const BodyState& state,
                                          const PlannedState& reference, const ContactForces& contacts,
                                          double dt_s);

}  // namespace plumb
