// Chooses postures depth by depth: least effort while balance allows, the best-balanced one people are forced into past it.
#include "sim/plan/squat_plan.h"

#include <algorithm>
#include <cmath>

#include "sim/base/units.h"

namespace plumb {
namespace {

/// COM this far inside the sole, where possible: people keep more than the bare allowance while it costs little.
constexpr double k_comfort_margin_m = 0.045;
constexpr double k_wall_comfort_m = 0.025;
constexpr double k_knot_step_rad =
    0.045;  ///< drop = cos(start) - cos(angle): even steps of leg fold, not of height
constexpr double k_fold_start_rad = 0.07;
constexpr int k_smoothing_passes = 4;
/// "The butt just touches": planned this far into the wall, so that the touch is felt (about 1 % of weight).
constexpr double k_touch_depth_m = 0.002;
constexpr double k_full_knee_rad = 130.0 * k_deg_to_rad;

double drop_of_fold(double fold) { return std::cos(k_fold_start_rad) - std::cos(fold); }

/// The demands people give up one after the other when they insist on going deeper.
struct Chosen {
    PostureSolution best_margin;
    PostureDemand demand;
    bool found = false;
};
Chosen choose_demand(const PlanModel& model, double drop, const Posture& start) {
    Chosen chosen;
    for (const auto& [wall, strength] :
         {std::pair{true, true}, std::pair{false, true}, std::pair{false, false}}) {
        const bool same_as_before = !wall && strength && model.wall_distance_m <= 0.0;
        if (same_as_before) continue;
        chosen.demand = {BaseKind::sole, 0.0, wall, strength};
        chosen.best_margin = max_margin_posture(model, drop, chosen.demand, start);
        chosen.found = chosen.best_margin.worst_slack > -0.02;
        // Squeezed between wall and toes people do not lean out over their toes: they touch the wall instead.
        const bool squeezed =
            wall && model.wall_distance_m > 0.0 && chosen.best_margin.value < k_wall_comfort_m;
        if (chosen.found && !squeezed) break;
    }
    return chosen;
}

PlanKnot make_knot(const PlanModel& model, double drop, const Posture& posture) {
    const PostureView view = view_posture(model, posture);
    return {drop,
            posture,
            balance_margin_m(model, view, BaseKind::sole),
            view.posed.pose.joints[dof_left_knee_flexion],
            thigh_angle_rad(view.kinematics),
            wall_gap_m(model, view.kinematics)};
}

/// The posture people take at this drop; empty when no posture within the ranges exists.
std::optional<PlanKnot> choose_posture(const PlanModel& model, double drop, const Posture& start) {
    const Chosen chosen = choose_demand(model, drop, start);
    if (!chosen.found) return std::nullopt;
    PostureDemand demand = chosen.demand;
    demand.required_margin_m = std::min(k_comfort_margin_m, chosen.best_margin.value - 0.001);
    const PostureSolution easy = least_effort_posture(model, drop, demand, start);
    const PostureSolution retry = easy.worst_slack > -0.02
                                      ? easy
                                      : least_effort_posture(model, drop, demand, chosen.best_margin.posture);
    return make_knot(model, drop, retry.worst_slack > -0.02 ? retry.posture : chosen.best_margin.posture);
}

/// Drop where `done(knot)` first holds, by interpolation; a number past the last knot's drop when it never does.
template <class Measure>
double crossing_drop(const std::vector<PlanKnot>& knots, Measure measure) {
    for (size_t i = 1; i < knots.size(); ++i) {
        const double a = measure(knots[i - 1]), b = measure(knots[i]);
        if (b >= 0.0)
            return a >= 0.0 ? knots[i - 1].drop
                            : knots[i - 1].drop + a / (a - b) * (knots[i].drop - knots[i - 1].drop);
    }
    return knots.back().drop + 1.0;
}

double asked_drop(const Depth& depth, const std::vector<PlanKnot>& knots) {
    if (const double* number = std::get_if<double>(&depth)) return *number;
    const double parallel = crossing_drop(knots, [](const PlanKnot& k) { return -k.thigh_angle_rad; });
    switch (std::get<DepthWord>(depth)) {
    case DepthWord::half: return 0.5 * parallel;
    case DepthWord::parallel: return parallel;
    case DepthWord::full: break;
    }
    return crossing_drop(knots, [](const PlanKnot& k) { return k.knee_flexion_rad - k_full_knee_rad; });
}

std::vector<PlanKnot> choose_path(const PlanModel& model) {
    std::vector<PlanKnot> knots;
    Posture last = standing_guess(model);
    const double deepest = (model.standing_height_m - 0.05) / model.body.leg_length_m;
    for (double fold = k_fold_start_rad; drop_of_fold(fold) < deepest; fold += k_knot_step_rad) {
        const double drop = drop_of_fold(fold);
        const std::optional<PlanKnot> knot = choose_posture(model, drop, last);
        if (!knot) break;
        last = knot->posture;
        knots.push_back(*knot);
    }
    return knots;
}

/// Where the path meets the wall with the COM still inside the feet: the person feels it and goes no farther. Empty when
/// it never does or balance is lost first.
std::optional<double> wall_contact_drop(const std::vector<PlanKnot>& knots) {
    for (size_t i = 1; i < knots.size(); ++i) {
        const double a = knots[i - 1].wall_gap_m + k_touch_depth_m, b = knots[i].wall_gap_m + k_touch_depth_m;
        if (b >= 0.0) continue;
        const double share = a > 0.0 ? a / (a - b) : 0.0;
        const double margin =
            knots[i - 1].sole_margin_m + share * (knots[i].sole_margin_m - knots[i - 1].sole_margin_m);
        if (margin < 0.0) return std::nullopt;
        return knots[i - 1].drop + share * (knots[i].drop - knots[i - 1].drop);
    }
    return std::nullopt;
}

/// Rounds the kinks where a range begins to bind (a body cannot change its speed at once); the ends and the heights stay.
void smooth(const PlanModel& model, std::vector<PlanKnot>& knots) {
    for (int pass = 0; pass < k_smoothing_passes; ++pass) {
        const std::vector<PlanKnot> old = knots;
        for (size_t i = 1; i + 1 < knots.size(); ++i) {
            const auto mean = [&](double Posture::*member) {
                return 0.25
                       * (old[i - 1].posture.*member + 2.0 * old[i].posture.*member
                          + old[i + 1].posture.*member);
            };
            knots[i].posture.hip_x_m = mean(&Posture::hip_x_m);
            knots[i].posture.pelvis_pitch_rad = mean(&Posture::pelvis_pitch_rad);
            knots[i].posture.lumbar_flexion_rad = mean(&Posture::lumbar_flexion_rad);
            knots[i].posture.knee_out_rad = mean(&Posture::knee_out_rad);
        }
    }
    for (PlanKnot& knot : knots) knot = make_knot(model, knot.drop, knot.posture);
}

/// Postures at even folds from standing to the target, for the spline.
std::vector<PlanKnot> resample(const PlanModel& model, const std::vector<PlanKnot>& all, double target_drop) {
    std::vector<PlanKnot> knots = {all.front()};
    const double end_fold = std::acos(std::cos(k_fold_start_rad) - target_drop);
    const int count =
        std::max(2, static_cast<int>(std::ceil((end_fold - k_fold_start_rad) / k_knot_step_rad)));
    for (int i = 1; i <= count; ++i) {
        const double drop = drop_of_fold(k_fold_start_rad + (end_fold - k_fold_start_rad) * i / count);
        std::optional<PlanKnot> knot = choose_posture(model, drop, knots.back().posture);
        if (!knot) break;
        knots.push_back(*knot);
    }
    if (knots.size() < 2) knots.push_back(knots.front());
    smooth(model, knots);
    return knots;
}

std::vector<DepthCurveRow> best_margins(const PlanModel& model) {
    std::vector<DepthCurveRow> rows;
    Posture last = standing_guess(model);
    for (double drop = 0.0; drop < 0.95; drop += 0.02) {
        const Chosen chosen = choose_demand(model, drop, last);
        if (!chosen.found) break;
        last = chosen.best_margin.posture;
        rows.push_back(
            {drop, chosen.best_margin.value,
             max_margin_posture(
                 model, drop,
                 {BaseKind::functional, 0.0, chosen.demand.with_wall, chosen.demand.with_strength}, last)
                 .value,
             chosen.demand.with_wall, chosen.demand.with_strength});
    }
    return rows;
}

}  // namespace

double dynamic_allowance_m(double descend_s) {
    // Measured (docs/validation.md): about 25 mm at 3 s, growing with the fall speed as the descent shortens.
    return 0.025 * std::clamp(std::sqrt(3.0 / std::max(descend_s, 0.1)), 0.8, 3.0);
}

SquatPlan plan_squat(const Person& person, const ScenarioDef& scenario) {
    SquatPlan plan;
    plan.model = make_plan_model(person, scenario);
    plan.movement = scenario.movement;
    plan.dynamic_allowance_m = dynamic_allowance_m(scenario.movement.descend_s);
    plan.limit_sole = find_static_limit(plan.model, {BaseKind::sole});
    plan.limit_functional = find_static_limit(plan.model, {BaseKind::functional});
    plan.depth_curve = best_margins(plan.model);
    plan.zero_margin_drop = plan.depth_curve.empty() ? 0.0 : plan.depth_curve.back().drop;
    for (size_t i = 1; i < plan.depth_curve.size(); ++i) {
        const DepthCurveRow &a = plan.depth_curve[i - 1], &b = plan.depth_curve[i];
        if (a.best_sole_margin_m >= 0.0 && b.best_sole_margin_m < 0.0) {
            plan.zero_margin_drop =
                a.drop
                + a.best_sole_margin_m / (a.best_sole_margin_m - b.best_sole_margin_m) * (b.drop - a.drop);
            break;
        }
    }

    std::vector<PlanKnot> all = choose_path(plan.model);
    if (all.empty()) all.push_back(make_knot(plan.model, 0.0, standing_guess(plan.model)));
    plan.asked_drop = asked_drop(scenario.movement.depth, all);
    plan.asked_reachable = plan.asked_drop <= all.back().drop;
    plan.target_drop = std::min(plan.asked_drop, all.back().drop);
    if (scenario.movement.intent == Intent::cautious)
        plan.target_drop = std::min(
            plan.target_drop,
            find_static_limit(plan.model, {BaseKind::sole, plan.dynamic_allowance_m}).hip_drop_fraction);
    if (const std::optional<double> contact = wall_contact_drop(all);
        contact && *contact < plan.target_drop) {
        plan.target_drop = *contact;
        plan.stopped_by_wall = true;
    }
    plan.knots = resample(plan.model, all, plan.target_drop);
    plan.target_drop = plan.knots.back().drop;
    plan.planned_min_margin_m =
        std::min_element(plan.knots.begin(), plan.knots.end(), [](const PlanKnot& a, const PlanKnot& b) {
            return a.sole_margin_m < b.sole_margin_m;
        })->sole_margin_m;
    plan.path = PosturePath(plan.knots);
    return plan;
}

}  // namespace plumb
