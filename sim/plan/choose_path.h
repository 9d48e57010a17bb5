// The posture people take at each depth on the way down: easy while balance allows, forced past it (model.md, 6).
#pragma once

#include <optional>
#include <vector>

#include "sim/plan/static_limit.h"

namespace plumb {

/// One row of the depth curve: the best balance margin any allowed posture has at this drop.
struct DepthCurveRow {
    double drop = 0.0;
    double best_sole_margin_m = 0.0;
    double best_functional_margin_m = 0.0;
    bool within_strength = true;
};

/// A planned posture along the path.
struct PlanKnot {
    double drop = 0.0;
    Posture posture;
    double sole_margin_m = 0.0;     ///< to the sole, or to the forefeet where the heels are up
    double knee_flexion_rad = 0.0;  ///< of the straighter knee
    double thigh_angle_rad = 0.0;
    double wall_gap_m = 0.0;  ///< buttock to wall, - when the posture leans into it

    [[nodiscard]] bool heels_up() const { return posture.heel_lift_rad > k_lifted_rad; }
};

/// How far the leg is folded at a hip drop [rad]: the path's knots are even in it, for height changes too slowly near
/// standing.
[[nodiscard]] double leg_fold_rad(double drop);

/// The way down at even steps of leg fold, as far as postures go.
struct ChosenPath {
    std::vector<PlanKnot> knots;  ///< at least two, the first one standing
    bool ends_at_wall = false;    ///< deeper there is no room between the wall and the toes
};

/// Least-effort postures with the COM comfortably inside the sole; where that cannot be, the best balanced one, inside or
/// not. Strength is given up before depth; ranges, closure and the wall never. Smoothed, so that it can be walked.
[[nodiscard]] ChosenPath choose_path(const PlanModel& model);

/// A way down with the weight over the forefeet, on which the heels rise as far as it takes. Nothing for a body without toes.
[[nodiscard]] std::optional<ChosenPath> choose_rising_path(const PlanModel& model);

/// The part of the path down to `target_drop` at even steps again.
[[nodiscard]] std::vector<PlanKnot> cut_path(const PlanModel& model, const std::vector<PlanKnot>& knots,
                                             double target_drop);

/// The best balance margins against depth, as deep as postures go, searched also from the guide's postures.
[[nodiscard]] std::vector<DepthCurveRow> best_margins(const PlanModel& model, const Guide& guide);

}  // namespace plumb
