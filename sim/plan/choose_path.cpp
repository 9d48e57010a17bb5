// Solves depth by depth, each from the last posture, with other starts where the optimiser fails locally.
#include "sim/plan/choose_path.h"

#include <algorithm>
#include <cmath>
#include <optional>

#include "sim/base/units.h"
#include "sim/plan/posture_path.h"

namespace plumb {
namespace {

/// Where possible people keep this much more balance than the dynamic allowance, as long as it costs little.
constexpr double k_comfort_m = 0.020;
/// The buttock slides down the wall while people need to shift their hips forward no more than this for it ...
constexpr double k_wall_shift_m = 0.03;
constexpr double k_touching_m = 0.005;
/// ... and keep the dynamic allowance of balance, if postures without the wall have more by this.
constexpr double k_squeeze_cost_m = 0.002;
/// Even steps of leg fold, not of height: drop = cos(start) - cos(fold).
constexpr double k_fold_step_rad = 0.045, k_fold_start_rad = 0.07;
constexpr double k_end_tolerance_rad = 0.001;
constexpr int k_smoothing_passes = 4;
constexpr double k_corner_miss_sd = -0.25;  ///< 1.6 deg of ankle: half of what a goniometer misses
/// Nobody gets this far outside the feet: the fall has begun long before.
constexpr double k_farthest_outside_m = 0.20;
/// Stiff ankles cost up to 0.4 m of margin per rad of leg fold, a range at its end several metres.
constexpr double k_leave_m = 0.003, k_leave_mprad = 0.8;
constexpr double k_slack_miss_sd = -0.02;  ///< an optimum on the edge of what is allowed
constexpr double k_curve_step = 0.02, k_curve_end = 0.95;

double drop_of_fold(double fold) { return std::cos(k_fold_start_rad) - std::cos(fold); }

bool is_allowed(const PostureSolution& solution) { return solution.worst_slack > k_slack_miss_sd; }

/// The best balanced posture under a demand, from the last posture and, knees farther out, from a second start; from more
/// when those lead nowhere.
PostureSolution best_balanced(const PlanModel& model, double drop, const PostureDemand& demand,
                              const Posture& last, const Guide& guide = {}) {
    PostureSolution best = max_margin_posture(model, drop, demand, last);
    std::vector<Posture> starts = nearby_starts(model, last);
    size_t always = 1;
    if (const Posture* known = guide_at(guide, model, drop)) {
        starts.insert(starts.begin(), *known);
        ++always;
    }
    for (size_t i = 0; i < starts.size() && (i < always || !is_allowed(best)); ++i) {
        const Posture& start = starts[i];
        const PostureSolution tried = max_margin_posture(model, drop, demand, start);
        const bool better = is_allowed(best) ? is_allowed(tried) && tried.value > best.value
                                             : tried.worst_slack > best.worst_slack;
        if (better && is_same_path(last, tried.posture)) best = tried;
    }
    return best;
}

/// What is demanded of postures at a depth, and the best balanced one under it.
struct Demanded {
    PostureDemand demand;
    PostureSolution best;
    bool found = false;
    bool wall_in_the_way = false;
};

/// Everything if possible; people who insist give up strength, but nobody passes a range or the wall.
Demanded choose_demand(const PlanModel& model, double drop, const Posture& start, const Guide& guide = {},
                       bool keep_strength = true) {
    Demanded chosen;
    for (const bool strength : {true, false}) {
        if (strength && !keep_strength) continue;
        chosen.demand = {BaseKind::sole, 0.0, true, strength, model.strength_reserve};
        chosen.best = best_balanced(model, drop, chosen.demand, start, guide);
        chosen.found = is_allowed(chosen.best);
        if (chosen.found) break;
    }
    if (model.wall_distance_m > 0.0 && (!chosen.found || chosen.best.value < model.dynamic_allowance_m)) {
        const PostureSolution free =
            best_balanced(model, drop, {BaseKind::sole, 0.0, false, chosen.demand.with_strength}, start);
        chosen.wall_in_the_way =
            is_allowed(free) && (!chosen.found || free.value > chosen.best.value + k_squeeze_cost_m);
    }
    return chosen;
}

PlanKnot make_knot(const PlanModel& model, double drop, const Posture& posture) {
    const PostureView view = view_posture(model, posture);
    return {drop,
            posture,
            balance_margin_m(model, view, BaseKind::sole),
            std::min(view.posed.pose.joints[dof_left_knee_flexion],
                     view.posed.pose.joints[dof_right_knee_flexion]),
            thigh_angle_rad(view.kinematics),
            wall_gap_m(model, view.kinematics)};
}

/// The posture people take at this drop.
PlanKnot choose_posture(const PlanModel& model, double drop, const Demanded& chosen, const Posture& start) {
    PostureDemand demand = chosen.demand;
    demand.required_margin_m = std::min(model.dynamic_allowance_m + k_comfort_m, chosen.best.value - 0.001);
    PostureSolution easy = least_effort_posture(model, drop, demand, start);
    if (!is_allowed(easy)) easy = least_effort_posture(model, drop, demand, chosen.best.posture);
    return make_knot(model, drop, is_allowed(easy) ? easy.posture : chosen.best.posture);
}

/// One step down from the last posture; no knot where the way ends.
struct Step {
    std::optional<PlanKnot> knot;
    bool at_wall = false;
};
/// `last` is null for the first one, standing, which only has to be possible.
Step try_step(const PlanModel& model, double drop, const PlanKnot* last, bool keep_strength) {
    const Posture start = last != nullptr ? last->posture : standing_guess(model);
    const Demanded chosen = choose_demand(model, drop, start, {}, keep_strength);
    if (!chosen.found) return {std::nullopt, chosen.wall_in_the_way};
    const PlanKnot knot = choose_posture(model, drop, chosen, start);
    if (last == nullptr) return {knot, false};
    if (chosen.wall_in_the_way || chosen.best.value < -k_farthest_outside_m)
        return {std::nullopt, chosen.wall_in_the_way};
    if (std::max(knot.wall_gap_m, last->wall_gap_m) < k_touching_m) {
        Demanded without = chosen;
        without.demand.with_wall = false;
        if (choose_posture(model, drop, without, start).wall_gap_m < -k_wall_shift_m)
            return {std::nullopt, true};
    }
    // A way that leaves the feet this fast is none: a range is at its end, and deeper only means sitting back.
    const double fold_rad = leg_fold_rad(drop) - leg_fold_rad(last->drop);
    const bool sits_back = knot.sole_margin_m < model.dynamic_allowance_m
                           && last->sole_margin_m - knot.sole_margin_m > k_leave_m + k_leave_mprad * fold_rad;
    return {is_same_path(start, knot.posture) && !sits_back ? std::optional(knot) : std::nullopt, false};
}

Step step_down(const PlanModel& model, double drop, const PlanKnot* last) {
    const Step step = try_step(model, drop, last, true);
    // Between unequal legs what strength still allows can lead off the feet, while without it the way goes on.
    if (step.knot || step.at_wall || last == nullptr || model.body.mirrored) return step;
    return try_step(model, drop, last, false);
}

struct Way {
    ChosenPath path;
    double last_fold = k_fold_start_rad;
    double failed_fold = 0.0;  ///< 0: it went to the end

    [[nodiscard]] const PlanKnot* last() const { return path.knots.empty() ? nullptr : &path.knots.back(); }
};
Way walk_down(const PlanModel& model, double fold_step_rad, double end_fold) {
    Way way;
    for (int i = 0; k_fold_start_rad + i * fold_step_rad <= end_fold; ++i) {
        const double fold = k_fold_start_rad + i * fold_step_rad;
        const Step step = step_down(model, drop_of_fold(fold), way.last());
        if (!step.knot) {
            way.path.ends_at_wall = step.at_wall;
            way.failed_fold = fold;
            break;
        }
        way.path.knots.push_back(*step.knot);
        way.last_fold = fold;
    }
    return way;
}
double deepest_fold(const PlanModel& model) {
    return leg_fold_rad(std::min(1.9, (model.standing_height_m - 0.05) / model.body.leg_length_m));
}

/// Part of the way from one posture to another.
Posture between(const Posture& a, const Posture& b, double share) {
    return Posture::from_members(a.members() + share * (b.members() - a.members()));
}

/// Least slack of the joint ranges, the floor and the wall [SD].
double range_slack(const PlanModel& model, const Posture& posture) {
    const Slacks slacks = posture_slacks(model, view_posture(model, posture), {});
    return std::min(*std::min_element(slacks.begin() + bind_ankle, slacks.begin() + bind_wall + 1),
                    *std::min_element(slacks.begin() + bind_bend_left, slacks.begin() + bind_turn_right + 1));
}

/// Rounds the kinks where a range begins to bind (a body cannot change its speed at once); ends and heights stay. A corner
/// is cut only as far as the ranges allow.
void smooth(const PlanModel& model, std::vector<PlanKnot>& knots) {
    const std::vector<PlanKnot> chosen = knots;
    for (int pass = 0; pass < k_smoothing_passes; ++pass) {
        const std::vector<PlanKnot> old = knots;
        for (size_t i = 1; i + 1 < knots.size(); ++i) {
            const double height_m = knots[i].posture.hip_height_m;
            knots[i].posture =
                between(between(old[i - 1].posture, old[i + 1].posture, 0.5), old[i].posture, 0.5);
            knots[i].posture.hip_height_m = height_m;
        }
    }
    for (size_t i = 0; i < knots.size(); ++i) {
        Posture posture = knots[i].posture;
        const double least = std::min(k_corner_miss_sd, range_slack(model, chosen[i].posture));
        for (int halving = 0; halving < 5 && range_slack(model, posture) < least; ++halving)
            posture = between(chosen[i].posture, posture, 0.5);
        knots[i] = make_knot(model, knots[i].drop, posture);
    }
}

}  // namespace

double leg_fold_rad(double drop) { return std::acos(std::cos(k_fold_start_rad) - drop); }

ChosenPath choose_path(const PlanModel& model) {
    Way way = walk_down(model, k_fold_step_rad, deepest_fold(model));
    if (way.failed_fold > 0.0) {
        // Close in on the end, then walk again in even steps that arrive there.
        double end = way.last_fold;
        for (double over = way.failed_fold; over - end > k_end_tolerance_rad;) {
            const double middle = 0.5 * (end + over);
            const Step step = step_down(model, drop_of_fold(middle), way.last());
            (step.knot ? end : over) = middle;
            if (!step.knot) way.path.ends_at_wall = step.at_wall;
        }
        const double length = end - k_fold_start_rad;
        if (length > k_fold_step_rad) {
            const bool at_wall = way.path.ends_at_wall;
            way = walk_down(model, length / std::ceil(length / k_fold_step_rad), end + 1e-9);
            way.path.ends_at_wall = way.path.ends_at_wall || at_wall;
        }
    }
    std::vector<PlanKnot>& knots = way.path.knots;
    if (knots.empty()) knots.push_back(make_knot(model, 0.0, standing_guess(model)));
    if (knots.size() < 2) knots.push_back(knots.front());
    smooth(model, knots);
    return way.path;
}

std::vector<PlanKnot> cut_path(const PlanModel& model, const std::vector<PlanKnot>& knots,
                               double target_drop) {
    const PosturePath path(knots);
    const double last_fold = leg_fold_rad(knots.back().drop);
    const double end_fold = std::min(leg_fold_rad(std::max(target_drop, 0.0)), last_fold);
    const double whole = std::max(last_fold - k_fold_start_rad, 1e-9), part = end_fold - k_fold_start_rad;
    const int count = std::max(2, static_cast<int>(std::ceil(part / k_fold_step_rad)));
    std::vector<PlanKnot> cut;
    for (int i = 0; i <= count; ++i) {
        const double share = part * i / count / whole;
        Posture posture = path.at(share);
        const double drop = drop_of_fold(k_fold_start_rad + whole * share);
        posture.hip_height_m = model.hip_height_m(drop);
        cut.push_back(make_knot(model, drop, posture));
    }
    return cut;
}

std::vector<DepthCurveRow> best_margins(const PlanModel& planned, const Guide& guide) {
    PlanModel model = planned;
    model.strength_reserve = 0.0;  // the body's curve, not this intent's
    std::vector<DepthCurveRow> rows;
    Posture last = standing_guess(model);
    for (int i = 0; i * k_curve_step < k_curve_end; ++i) {
        const double drop = i * k_curve_step;
        const Demanded chosen = choose_demand(model, drop, last, guide);
        if (!chosen.found) break;
        last = chosen.best.posture;
        PostureDemand functional = chosen.demand;
        functional.base = BaseKind::functional;
        const PostureSolution inner = max_margin_posture(model, drop, functional, last);
        // The functional base lies inside the sole: a posture good for it is one for the sole too.
        const double also_m =
            is_allowed(inner) ? balance_margin_m(model, view_posture(model, inner.posture), BaseKind::sole)
                              : -1.0;
        rows.push_back({drop, std::max(chosen.best.value, also_m), inner.value, chosen.demand.with_strength});
    }
    return rows;
}

}  // namespace plumb
