// Out of the deep squat to the side, for who cannot come up: shift over one foot, hand to the floor, turn, one knee down, half
// kneeling, rise. Key postures of this body, each found by search and then judged (model.md, 15).
#pragma once

#include <string>
#include <vector>

#include "sim/body/support_region.h"
#include "sim/plan/squat_plan.h"

namespace plumb {

/// One key posture.
///
/// Checked: every joint within its range, limbs out of the floor, of the wall and (within k_side_exit_flesh_m, as round rods) of
/// one another, the COM over the contacts, contact forces inside their friction cones that carry the weight with every joint's
/// moment within strength at this angle. The same without strength at k_side_exit_between places on the way from the posture
/// before, on the contacts that both have: the straight way in the numbers of the stance, or beside it as near as goes. A foot that
/// turns on its heel slides: the rest of its sole carries without friction.
/// Told but not part of `feasible`: the strength that the way takes (way_strength_use); above 1 it is more than a slow way allows,
/// and only a swing, help or another way would do it.
/// NOT checked: anything of motion (all is quasi-static: no momentum, no fatigue, no speed of muscles); wrist and shoulder
/// blade, which the body does not have (the hand is a ball of 45 mm about the grip centre, its range all the arm's); pain and
/// skin of knee and hand; a hand that pushes on the thigh in rising, which would help; whether a foot or hand on its way through
/// the air meets something. An infeasible step is one this search did not find: local search, no proof.
struct SideExitStep {
    std::string
        name;  ///< deep, shifted, hand_down, turned, kneeling, foot_free, foot_ahead, half_kneeling, rising, standing
    std::string words;  ///< what one does to get here, for people
    Pose pose;
    std::vector<RegionContact> contacts;  ///< what carries: floor places, Z = 0
    Polygon support;                      ///< convex hull of the contacts
    Polygon region;                       ///< the part of it that strength can use; empty where none
    Eigen::Vector2d com_m = Eigen::Vector2d::Zero();
    double com_height_m = 0.0;
    double margin_m = 0.0;  ///< COM to `support`, + inside
    double strength_use =
        0.0;  ///< share of its strength that the most loaded joint needs; NaN where nothing balances
    /// On the way from the step before: smallest margin to the hull of what carries at both ends, and the largest share of
    /// strength; the step's own values in the first.
    double way_margin_m = 0.0;
    double way_strength_use = 0.0;
    bool feasible = false;  ///< the posture and the way to it
    std::string why_not;    ///< in words; empty if feasible
};

struct SideExit {
    int side = 0;  ///< side_left or side_right: where the hand goes
    std::vector<SideExitStep> steps;
    bool feasible = false;  ///< all steps
    double way_strength_use =
        0.0;  ///< the largest of the steps and ways; NaN where something on a way balances nowhere
    std::size_t reached = 0;  ///< so many steps from the first on are feasible
    std::string limiting;     ///< "hand_down: ...": the first step that is not, and why; empty if feasible
};

inline constexpr int k_side_exit_between = 10;

/// The scenario with its weight laid down, and its body: the exit's.
[[nodiscard]] ScenarioDef side_exit_scenario(ScenarioDef resolved);
[[nodiscard]] BodyModel side_exit_body(const ScenarioDef& resolved);

/// The exit from the plan's turning point, or from the deepest posture that can be held with both soles flat if that is less deep. A
/// weight in the hands or on the back is laid down first: the first step says whether the body stays up without it.
/// Steps after one that fails are planned all the same, from the nearest posture found.
[[nodiscard]] SideExit plan_side_exit(const SquatPlan& plan, const ScenarioDef& resolved, int side);

}  // namespace plumb
