// One still posture on the way out to the side: what it is judged by, and the search that finds it (model.md, 15).
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "sim/body/support_region.h"
#include "sim/plan/side_exit_stance.h"

namespace plumb {

/// Shares of what is not exact: an angle past its range, flesh into flesh.
inline constexpr double k_side_exit_angle_tolerance_rad = 0.0035;  // 0.2 deg
inline constexpr double k_side_exit_flesh_m = 0.02;

/// What carries in a stance.
struct StanceDemand {
    StanceKind kind;
    bool near_foot_carries = true;
    bool near_foot_turns =
        false;                  ///< about its heel: the rest of the sole slides and holds nothing by friction
    bool far_sole_flat = true;  ///< else on its toe edge
    double flesh_m = k_side_exit_flesh_m;     ///< limbs may be so far inside one another
    std::optional<double> wall_distance_m{};  ///< no part of the body goes behind it; it carries nothing
};

/// What a still posture was found to be.
struct StanceReport {
    std::vector<RegionContact> contacts;  ///< touching, those that carry
    Polygon support;                      ///< convex hull of the contacts' places on the floor
    Vector3 com_m = Vector3::Zero();
    double margin_m = 0.0;      ///< COM to `support`, + inside
    double strength_use = 0.0;  ///< as in RestEffort; NaN where nothing balances or it was not asked for
    bool feasible = false;
    std::string why_not;  ///< the first thing that fails, in words; empty if feasible
};

/// Judges a pose: reach, every joint's range (hip flexion by its cap, hip and lumbar flexion by the closure), nothing below the
/// floor or behind the wall, no limb more than k_side_exit_flesh_m inside another or the trunk, COM inside the support, and
/// contact forces within friction and strength.
[[nodiscard]] StanceReport judge_stance(const BodyModel& body, const StancePose& posed, int near_side,
                                        const StanceDemand& demand);
/// The same with the strength left out (NaN) and one part of the judgement alone: for in-between places, quickly.
[[nodiscard]] StanceReport judge_balance(const BodyModel& body, const StancePose& posed, int near_side,
                                         const StanceDemand& demand);

/// A number of the stance that is wanted at a value; weight 1: a radian or a metre counts 1.
struct StanceGoal {
    int number = 0;
    double value = 0.0, weight = 1.0;
};

/// What is searched: the free numbers move from where they start, towards the goals, until the demand is met.
struct StanceSearch {
    StanceDemand demand;
    std::vector<int> free;
    std::vector<StanceGoal> goals{};
    /// Other sets of what carries over which the COM has to be as well: those of the ways to and from here.
    std::vector<StanceDemand> also{};
    double margin_m = 0.02;                       ///< COM this far inside the support, if it can be
    std::optional<Eigen::Vector2d> com_goal_m{};  ///< Y to the exit's side
    double com_weight = 4.0;
    double near_ankle_weight = 0.0;  ///< on the near foot's dorsiflexion past 15 deg
    double stay_weight = 0.15;       ///< on every free number
};
/// Least squares (Levenberg-Marquardt) from `start`; a local search: what it returns may miss the demand.
[[nodiscard]] Stance settle(StancePoser& poser, const StanceSearch& search, const Stance& start);

}  // namespace plumb
