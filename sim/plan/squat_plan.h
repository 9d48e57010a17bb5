// The squat as planned: how deep, along which postures, in which time (model.md, 6).
#pragma once

#include <optional>
#include <vector>

#include "sim/plan/posture_path.h"

namespace plumb {

/// `full` depth: thigh on calf, the same for everybody.
inline constexpr double k_full_knee_flexion_deg = 130.0;

/// Where a coordinate path is at one moment, with velocity and acceleration.
struct PlannedState {
    Pose pose;
    VelocityVector velocity = VelocityVector::Zero();
    VelocityVector acceleration = VelocityVector::Zero();
};

/// Everything the engine needs and the report says about the plan.
struct SquatPlan {
    PlanModel model;
    MovementDef movement;
    StaticLimit limit_sole;
    StaticLimit limit_functional;
    std::vector<DepthCurveRow> depth_curve;  ///< empty in a plan of the motion alone
    /// Drop where the best sole margin reaches zero; none when it never does within the ranges, or without the curve.
    std::optional<double> zero_margin_drop;
    /// Depth that a spine kept neutral costs: the sole limit without the band, less the one with it; none without a band.
    std::optional<double> neutral_spine_cost;
    /// The heels rise on the way to the target, for the way with heels down does not get there or not with the allowance.
    bool heels_rise = false;
    double heels_down_asked_drop =
        0.0;                  ///< asked_drop along the way with the heels down; the same where they stay down
    double asked_drop = 0.0;  ///< the asked depth as a drop along this path; beyond its end when out of reach
    bool asked_reachable = true;   ///< some posture within the ranges gets there (balanced or not)
    double target_drop = 0.0;      ///< where the movement turns round
    double deepest_drop = 0.0;     ///< where the path ends; who cannot hold the target sinks along it
    double target_position = 1.0;  ///< path position of the target
    bool stopped_by_wall =
        false;  ///< the buttock meets the wall before the asked depth, the COM still inside
    double planned_min_margin_m = 0.0;  ///< smallest sole margin along the path to the target
    std::vector<PlanKnot> knots;        ///< down to the target
    PosturePath path;

    /// The planned postures leave the motion what it takes.
    [[nodiscard]] bool keeps_allowance() const { return keeps_margin(model.dynamic_allowance_m); }
    /// The same for any margin [m]; a way on the balls of the feet is planned to within 2 mm.
    [[nodiscard]] bool keeps_margin(double margin_m) const;
};

/// The depth curve costs two fifths of a plan and moves nothing: only files show it.
enum class PlanDetail { whole, motion };
[[nodiscard]] SquatPlan plan_squat(const Person& person, const ScenarioDef& scenario,
                                   PlanDetail detail = PlanDetail::whole);

/// Position along the path, 0 standing to 1 deepest, at a hip drop.
[[nodiscard]] double path_position(const SquatPlan& plan, double drop);

/// Pose, velocity and acceleration at a path position moving with the given rate [1/s] and its derivative [1/s^2].
struct PathMotion {
    double position = 0.0;
    double rate = 0.0;
    double acceleration = 0.0;
};
[[nodiscard]] PlannedState planned_state(const SquatPlan& plan, const PathMotion& motion);

/// Minimum-jerk progress (Flash & Hogan 1985, J Neurosci 5:1688-1703) from 0 to 1 at `elapsed_s` of `duration_s`.
[[nodiscard]] PathMotion minimum_jerk(double elapsed_s, double duration_s);

}  // namespace plumb
