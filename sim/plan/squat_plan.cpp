// Puts limit, depth curve, path and turning point together.
#include "sim/plan/squat_plan.h"

#include <algorithm>
#include <cmath>

#include "sim/plan/depth_drop.h"

namespace plumb {
namespace {

/// Where the path first keeps less than the allowance; the person turns round there.
double cautious_drop(const std::vector<PlanKnot>& knots, double allowance_m) {
    if (knots.front().sole_margin_m < allowance_m) return 0.0;
    return crossing_drop(knots, [&](const PlanKnot& k) { return allowance_m - k.sole_margin_m; });
}

}  // namespace

double path_position(const SquatPlan& plan, double drop) {
    const double end = leg_fold_rad(plan.deepest_drop) - leg_fold_rad(0.0);
    return end > 0.0 ? std::clamp((leg_fold_rad(drop) - leg_fold_rad(0.0)) / end, 0.0, 1.0) : 0.0;
}

SquatPlan plan_squat(const Person& person, const ScenarioDef& scenario, PlanDetail detail) {
    SquatPlan plan;
    plan.model = make_plan_model(person, scenario);
    plan.movement = scenario.movement;
    const ChosenPath way = choose_path(plan.model);
    Guide guide;
    for (const PlanKnot& knot : way.knots) guide.push_back(knot.posture);
    plan.limit_sole = find_static_limit(plan.model, {BaseKind::sole}, guide);
    plan.limit_functional = find_static_limit(plan.model, {BaseKind::functional}, guide);
    if (scenario.movement.neutral_spine_deg) {
        PlanModel free = plan.model;
        free.lumbar_most_rad = PlanModel{}.lumbar_most_rad;
        Guide rounding;
        for (const PlanKnot& knot : choose_path(free).knots) rounding.push_back(knot.posture);
        plan.neutral_spine_cost =
            std::max(0.0, find_static_limit(free, {BaseKind::sole}, rounding).hip_drop_fraction
                              - plan.limit_sole.hip_drop_fraction);
    }
    if (detail == PlanDetail::whole) plan.depth_curve = best_margins(plan.model, guide);
    for (size_t i = 1; i < plan.depth_curve.size(); ++i) {
        const DepthCurveRow &a = plan.depth_curve[i - 1], &b = plan.depth_curve[i];
        if (a.best_sole_margin_m >= 0.0 && b.best_sole_margin_m < 0.0) {
            plan.zero_margin_drop =
                a.drop
                + a.best_sole_margin_m / (a.best_sole_margin_m - b.best_sole_margin_m) * (b.drop - a.drop);
            break;
        }
    }

    const double deepest = way.knots.back().drop;
    plan.asked_drop = asked_drop(plan.model, scenario.movement.depth, way.knots);
    plan.asked_reachable = plan.asked_drop <= deepest;
    plan.stopped_by_wall = !plan.asked_reachable && way.ends_at_wall;
    plan.target_drop = std::min(plan.asked_drop, deepest);
    if (scenario.movement.intent == Intent::cautious) {
        const PostureDemand safe{BaseKind::sole, plan.model.dynamic_allowance_m, true, true,
                                 plan.model.strength_reserve};
        plan.target_drop =
            std::min({plan.target_drop, cautious_drop(way.knots, plan.model.dynamic_allowance_m),
                      find_static_limit(plan.model, safe, guide).hip_drop_fraction});
    }
    plan.knots = cut_path(plan.model, way.knots, plan.target_drop);
    plan.target_drop = plan.knots.back().drop;
    plan.planned_min_margin_m =
        std::min_element(plan.knots.begin(), plan.knots.end(), [](const PlanKnot& a, const PlanKnot& b) {
            return a.sole_margin_m < b.sole_margin_m;
        })->sole_margin_m;
    plan.path = PosturePath(way.knots);
    plan.deepest_drop = deepest;
    plan.target_position = path_position(plan, plan.target_drop);
    return plan;
}

}  // namespace plumb
