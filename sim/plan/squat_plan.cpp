// Puts limit, depth curve, path and turning point together.
#include "sim/plan/squat_plan.h"

#include <algorithm>
#include <cmath>

#include "sim/plan/depth_drop.h"

namespace plumb {
namespace {

/// Postures on raised heels keep the allowance and no more; less by this is rounding.
constexpr double k_rounding_m = 0.002;

/// What of a margin the plan has to keep.
double kept_margin_m(double margin_m, bool heels_rise) {
    return margin_m - (heels_rise ? k_rounding_m : 0.0);
}

/// Where the way first keeps less than this margin; its end where it never does. Between a foot on the floor and one on its toes
/// lies no in-between: the base changes at once.
double kept_drop(const std::vector<PlanKnot>& knots, double margin_m) {
    const auto less =
        std::ranges::find_if(knots, [&](const PlanKnot& k) { return k.sole_margin_m < margin_m; });
    if (less == knots.begin()) return 0.0;
    if (less == knots.end()) return knots.back().drop;
    const PlanKnot &a = *(less - 1), &b = *less;
    if (a.heels_up() != b.heels_up()) return a.drop;
    return a.drop + (a.sole_margin_m - margin_m) / (a.sole_margin_m - b.sole_margin_m) * (b.drop - a.drop);
}

/// A way and its own asked depth: a word's depth is another drop on each way, and none on a way that does not get there.
struct WayToDepth {
    const std::vector<PlanKnot>& knots;
    double asked_drop;
    [[nodiscard]] bool arrives() const { return asked_drop <= knots.back().drop; }
};

/// The way on raised heels, for whoever stays over the feet farther down on it, or else keeps the allowance farther. Cautious people
/// ask for the allowance alone.
std::optional<ChosenPath> better_rising_path(const PlanModel& model, const MovementDef& movement,
                                             const WayToDepth& flat) {
    constexpr double k_worth = 0.01;
    const double allowance_m = kept_margin_m(model.dynamic_allowance_m, true);
    if (flat.arrives() && kept_drop(flat.knots, allowance_m) >= flat.asked_drop) return std::nullopt;
    auto path = choose_rising_path(model);
    if (!path) return std::nullopt;
    const WayToDepth rising{path->knots, asked_drop(model, movement.depth, path->knots)};
    const double deepest = std::max(flat.knots.back().drop, rising.knots.back().drop);
    const double common =
        std::min(flat.arrives() ? flat.asked_drop : deepest, rising.arrives() ? rising.asked_drop : deepest);
    const auto share = [&](const WayToDepth& way, double margin_m) {
        const double kept = kept_drop(way.knots, margin_m);
        return std::min(1.0, kept / (way.arrives() ? way.asked_drop : std::max(common, kept)));
    };
    for (const double margin_m : {0.0, allowance_m}) {
        if (margin_m == 0.0 && movement.intent == Intent::cautious) continue;
        const double gain = share(rising, margin_m) - share(flat, margin_m);
        if (std::abs(gain) > k_worth) return gain > 0.0 ? std::move(path) : std::nullopt;
    }
    return std::nullopt;
}

}  // namespace

bool SquatPlan::keeps_margin(double margin_m) const {
    return planned_min_margin_m >= kept_margin_m(margin_m, heels_rise);
}

double path_position(const SquatPlan& plan, double drop) {
    const double end = leg_fold_rad(plan.deepest_drop) - leg_fold_rad(0.0);
    return end > 0.0 ? std::clamp((leg_fold_rad(drop) - leg_fold_rad(0.0)) / end, 0.0, 1.0) : 0.0;
}

SquatPlan plan_squat(const Person& person, const ScenarioDef& scenario, PlanDetail detail) {
    SquatPlan plan;
    plan.model = make_plan_model(person, scenario);
    plan.movement = scenario.movement;
    ChosenPath way = choose_path(plan.model);
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

    plan.heels_down_asked_drop = asked_drop(plan.model, scenario.movement.depth, way.knots);
    if (scenario.movement.heels == Heels::may_lift) {
        auto rising =
            better_rising_path(plan.model, scenario.movement, {way.knots, plan.heels_down_asked_drop});
        plan.heels_rise = rising.has_value();
        if (rising) way = std::move(*rising);
    }
    const double deepest = way.knots.back().drop;
    plan.asked_drop = asked_drop(plan.model, scenario.movement.depth, way.knots);
    plan.asked_reachable = plan.asked_drop <= deepest;
    plan.stopped_by_wall = !plan.asked_reachable && way.ends_at_wall;
    plan.target_drop = std::min(plan.asked_drop, deepest);
    if (scenario.movement.intent == Intent::cautious) {
        const PostureDemand safe{BaseKind::sole, plan.model.dynamic_allowance_m, true, true,
                                 plan.model.strength_reserve};
        const double kept_m = kept_margin_m(plan.model.dynamic_allowance_m, plan.heels_rise);
        plan.target_drop = std::min(plan.target_drop, kept_drop(way.knots, kept_m));
        // The limit is one of heels that stay down.
        if (!plan.heels_rise)
            plan.target_drop =
                std::min(plan.target_drop, find_static_limit(plan.model, safe, guide).hip_drop_fraction);
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
