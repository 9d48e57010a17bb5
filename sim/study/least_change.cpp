// Static plans say where the answer must lie, forward runs say where it lies. Values are whole multiples of a step.
#include "sim/study/least_change.h"

#include <algorithm>
#include <cmath>
#include <map>

#include "sim/balance/events.h"
#include "sim/balance/explain.h"
#include "sim/plan/squat_plan.h"
#include "sim/scenario/scenario_fields.h"
#include "sim/study/help_search.h"

namespace plumb {
namespace {

constexpr int k_most_change_runs = 16;

/// One static solve: how much deeper than asked balanced postures go inside the usable part of the feet [drop]; - when
/// not deep enough.
double reserve_at(HelpSearch& search, int n) {
    search.count_solve();
    const ScenarioDef def = resolve_scenario(search.at(n));
    const Person person = build_person(def.person);
    const SquatPlan plan = plan_squat(person, def, PlanDetail::motion);
    const bool cautious = def.movement.intent == Intent::cautious;
    const double enough = plan.heels_down_asked_drop - k_depth_tolerance;
    // Metres beside drops: both are some hundredths where they decide, and the sign decides.
    double margin_left = INFINITY;
    if (search.margin_m()) {
        margin_left = plan.planned_min_margin_m - *search.margin_m();
        if (plan.keeps_margin(*search.margin_m())) margin_left = std::max(0.0, margin_left);
    }
    if (plan.heels_rise) return std::min(plan.limit_functional.hip_drop_fraction - enough, margin_left);
    return std::min(
        std::min(plan.limit_functional.hip_drop_fraction, cautious ? plan.target_drop : plan.deepest_drop)
            - enough,
        margin_left);
}

/// Steps to look at first: fine near the start, where answers usually lie, never coarser than an eighth of the whole way.
std::vector<int> coarse_steps(const HelpSearch& search) {
    std::vector<int> steps;
    const int widest = std::max(1, (search.last() - search.first()) / 8);
    int width = std::max(1, (search.last() - search.first()) / 32);
    for (int n = search.first() + width; n < search.last(); n += width) {
        steps.push_back(n);
        width = std::min(widest, width * 3 / 2 + 1);
    }
    steps.push_back(search.last());
    return steps;
}

/// Where the static plans first say yes, or where they come nearest to it.
struct Bracket {
    int guess = 0;
    bool is_enough = false;
};

std::optional<Bracket> narrow(HelpSearch& search) {
    double best = -10.0;
    Bracket bracket{search.last(), false};
    int below = search.first();
    for (const int n : coarse_steps(search)) {
        if (search.stopped()) return std::nullopt;
        const double reserve = reserve_at(search, n);
        if (reserve >= 0.0) {
            // Between the last no and the first yes.
            int yes = n;
            while (yes - below > 1) {
                if (search.stopped()) return std::nullopt;
                const int middle = (below + yes) / 2;
                (reserve_at(search, middle) >= 0.0 ? yes : below) = middle;
            }
            return Bracket{yes, true};
        }
        if (reserve > best) {
            best = reserve;
            bracket.guess = n;
        }
        below = n;
    }
    return bracket;
}

/// The least step at which a run completes, near the guess; `search.first` itself is known not to.
std::optional<int> least_by_runs(HelpSearch& search, const Bracket& bracket) {
    int no = search.first(), yes = bracket.guess, stride = 1;
    if (!search.is_enough_at(bracket.guess)) {
        // Up by growing strides, as long as the static plans leave hope.
        no = bracket.guess;
        yes = 0;
        while (bracket.is_enough && no < search.last() && search.run_count() < k_most_change_runs) {
            const int next = std::min(search.last(), no + stride);
            if (search.is_enough_at(next)) {
                yes = next;
                break;
            }
            no = next;
            stride *= 2;
        }
        if (yes == 0) return std::nullopt;
    } else {
        while (yes - no > 1 && search.run_count() < k_most_change_runs) {
            const int next = std::max(no + 1, yes - stride);
            if (!search.is_enough_at(next)) {
                no = next;
                break;
            }
            yes = next;
            stride *= 2;
        }
    }
    while (yes - no > 1 && !search.stopped()) {
        const int middle = (no + yes) / 2;
        (search.is_enough_at(middle) ? yes : no) = middle;
    }
    return yes;
}

}  // namespace

LeastChange find_least_change(const ScenarioDef& def, Help help, const std::atomic<bool>* cancel,
                              std::optional<double> margin_m) {
    HelpSearch search(def, help, cancel, margin_m);
    if (search.stopped()) return search.cancelled();
    const Recording& given = search.run_given();
    if (search.given().is_enough()) return search.not_needed();
    if (help == Help::wall) return find_farthest_wall(search, given);
    // The weight put down: what the steps upward begin with is not the scenario as given.
    if (moves_weight(def, help) && search.is_enough_at(0)) return search.found(0);
    if (search.last() <= search.first()) {
        search.finish_run(search.first());
        return search.stopped() ? search.cancelled() : search.none(search.first());
    }
    const std::optional<Bracket> bracket = narrow(search);
    if (!bracket) return search.cancelled();
    const std::optional<int> least = least_by_runs(search, *bracket);
    if (!least) search.finish_run(bracket->guess);
    if (search.stopped()) return search.cancelled();
    return least ? search.found(*least) : search.none(bracket->guess);
}

}  // namespace plumb
