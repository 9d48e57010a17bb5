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

/// Who lets the heels rise stands with the weight over the forefeet and lifts the heels from the first steps down on; the later, the
/// farther the trunk has to lean for it, and the more the pressure under the toes moves (docs/model.md, 6). They rise by at most
/// this much for each radian of leg fold past the place where they leave the floor: gently.
constexpr double k_rise_from_rad = k_fold_start_rad + 0.02, k_rise_rate = 1.2;
/// Their way has its corners in the first steps: it is walked finer and rounded over nearly three times the length.
constexpr double k_fine_step_rad = 0.5 * k_fold_step_rad;
constexpr int k_rising_passes = 8 * k_smoothing_passes;
/// Over the forefeet a straight leg leaning forward is low enough for the first steps, and a dead end: knees are bent by at
/// least this share of what an upright leg of two equal halves would be at the same depth.
constexpr double k_bent_share = 0.8;

double drop_of_fold(double fold) { return std::cos(k_fold_start_rad) - std::cos(fold); }

bool is_allowed(const PostureSolution& solution) { return solution.worst_slack > k_slack_miss_sd; }

/// Do the heels stay down?
enum class Way { flat, rising };

/// What postures of a way at this depth have to meet.
PostureDemand way_demand(const PlanModel& model, Way way, double drop, bool strength) {
    PostureDemand demand{BaseKind::sole, 0.0, true, strength, model.strength_reserve};
    if (way == Way::flat) return demand;
    const double fold_rad = leg_fold_rad(drop);
    demand.forefoot_share = 1.0;
    demand.knee_least_rad = k_bent_share * 2.0 * fold_rad;
    demand.heel_lift_most_rad = std::max(0.0, k_rise_rate * (fold_rad - k_rise_from_rad));
    return demand;
}

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
Demanded choose_demand(const PlanModel& model, double drop, const Posture& start, Way way,
                       const Guide& guide = {}, bool keep_strength = true) {
    Demanded chosen;
    for (const bool strength : {true, false}) {
        if (strength && !keep_strength) continue;
        // The cautious keep their reserve on raised heels, where no static limit holds them to it.
        if (!strength && way == Way::rising && model.strength_reserve > 0.0) break;
        chosen.demand = way_demand(model, way, drop, strength);
        chosen.best = best_balanced(model, drop, chosen.demand, start, guide);
        chosen.found = is_allowed(chosen.best);
        if (chosen.found) break;
    }
    if (model.wall_distance_m > 0.0 && (!chosen.found || chosen.best.value < model.dynamic_allowance_m)) {
        PostureDemand no_wall = chosen.demand;
        no_wall.with_wall = false;
        no_wall.strength_reserve = 0.0;
        const PostureSolution free = best_balanced(model, drop, no_wall, start);
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
    // Behind raised heels there is still the floor to come down to, ahead of the toes nothing: no more than the allowance.
    const double comfort_m = (1.0 - demand.forefoot_share) * k_comfort_m;
    demand.required_margin_m = std::min(model.dynamic_allowance_m + comfort_m, chosen.best.value - 0.001);
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
Step try_step(const PlanModel& model, double drop, const PlanKnot* last, Way way, bool keep_strength) {
    const Posture start = last != nullptr ? last->posture : standing_guess(model);
    const Demanded chosen = choose_demand(model, drop, start, way, {}, keep_strength);
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
    const bool same_base = knot.heels_up() == last->heels_up();
    const bool sits_back = same_base && knot.sole_margin_m < model.dynamic_allowance_m
                           && last->sole_margin_m - knot.sole_margin_m > k_leave_m + k_leave_mprad * fold_rad;
    return {is_same_path(start, knot.posture) && !sits_back ? std::optional(knot) : std::nullopt, false};
}

Step step_down(const PlanModel& model, double drop, const PlanKnot* last, Way way) {
    const Step step = try_step(model, drop, last, way, true);
    // Between unequal legs what strength still allows can lead off the feet, while without it the way goes on.
    if (step.knot || step.at_wall || last == nullptr || model.body.mirrored) return step;
    return try_step(model, drop, last, way, false);
}

struct Walk {
    ChosenPath path;
    double last_fold = k_fold_start_rad;
    double failed_fold = 0.0;  ///< 0: it went to the end

    [[nodiscard]] const PlanKnot* last() const { return path.knots.empty() ? nullptr : &path.knots.back(); }
};
Walk walk_down(const PlanModel& model, Way way, double fold_step_rad, double end_fold) {
    Walk walk;
    for (int i = 0; k_fold_start_rad + i * fold_step_rad <= end_fold; ++i) {
        const double fold = k_fold_start_rad + i * fold_step_rad;
        const Step step = step_down(model, drop_of_fold(fold), walk.last(), way);
        if (!step.knot) {
            walk.path.ends_at_wall = step.at_wall;
            walk.failed_fold = fold;
            break;
        }
        walk.path.knots.push_back(*step.knot);
        walk.last_fold = fold;
    }
    return walk;
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
void smooth(const PlanModel& model, std::vector<PlanKnot>& knots, int passes) {
    const std::vector<PlanKnot> chosen = knots;
    for (int pass = 0; pass < passes; ++pass) {
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

ChosenPath walk_to_end(const PlanModel& model, Way way, double fold_step_rad) {
    Walk walk = walk_down(model, way, fold_step_rad, deepest_fold(model));
    if (walk.failed_fold > 0.0) {
        // Close in on the end, then walk again in even steps that arrive there.
        double end = walk.last_fold;
        for (double over = walk.failed_fold; over - end > k_end_tolerance_rad;) {
            const double middle = 0.5 * (end + over);
            const Step step = step_down(model, drop_of_fold(middle), walk.last(), way);
            (step.knot ? end : over) = middle;
            if (!step.knot) walk.path.ends_at_wall = step.at_wall;
        }
        const double length = end - k_fold_start_rad;
        if (length > fold_step_rad) {
            const bool at_wall = walk.path.ends_at_wall;
            walk = walk_down(model, way, length / std::ceil(length / fold_step_rad), end + 1e-9);
            walk.path.ends_at_wall = walk.path.ends_at_wall || at_wall;
        }
    }
    std::vector<PlanKnot>& knots = walk.path.knots;
    if (knots.empty()) knots.push_back(make_knot(model, 0.0, standing_guess(model)));
    if (knots.size() < 2) knots.push_back(knots.front());
    smooth(model, knots, way == Way::rising ? k_rising_passes : k_smoothing_passes);
    return walk.path;
}

}  // namespace

double leg_fold_rad(double drop) { return std::acos(std::cos(k_fold_start_rad) - drop); }

ChosenPath choose_path(const PlanModel& model) { return walk_to_end(model, Way::flat, k_fold_step_rad); }

std::optional<ChosenPath> choose_rising_path(const PlanModel& model) {
    if (!model.body.has_toes()) return std::nullopt;
    return walk_to_end(model, Way::rising, k_fine_step_rad);
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
        const Demanded chosen = choose_demand(model, drop, last, Way::flat, guide);
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
