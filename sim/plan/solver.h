// Posture problems solved with NLopt's SLSQP over hip X, pelvis pitch, lumbar flexion, knees out; and heel lift, where
// heels may rise.
#pragma once

#include <vector>

#include "sim/plan/constraints.h"

namespace plumb {

/// A solved posture and how good it is.
struct PostureSolution {
    Posture posture;
    double value = 0.0;        ///< the objective: worst slack [SD], margin [m] or effort
    double worst_slack = 0.0;  ///< over the demanded constraints (for max_margin: balance excluded) [SD]
};

/// Greatest worst slack at this drop, starting from `start`. `relax` widens one constraint by `relax_sd`.
struct Relaxation {
    int constraint = -1;
    double sd = 0.0;
};
[[nodiscard]] PostureSolution max_slack_posture(const PlanModel& model, double drop,
                                                const PostureDemand& demand, const Posture& start,
                                                const Relaxation& relax = {});

/// Greatest balance margin at this drop with every other demanded constraint met.
[[nodiscard]] PostureSolution max_margin_posture(const PlanModel& model, double drop,
                                                 const PostureDemand& demand, const Posture& start);

/// Least effort at this drop with every demanded constraint met.
[[nodiscard]] PostureSolution least_effort_posture(const PlanModel& model, double drop,
                                                   const PostureDemand& demand, const Posture& start);

/// A posture counts as feasible when no constraint misses by more than this [SD].
inline constexpr double k_slack_tolerance_sd = 1e-3;

/// Other starts around a posture, for where the optimiser (a local one) finds nothing better than what it has.
[[nodiscard]] std::vector<Posture> nearby_starts(const PlanModel& model, const Posture& posture);

/// A plausible upright start for the first solve.
[[nodiscard]] Posture standing_guess(const PlanModel& model);

}  // namespace plumb
