// How far behind the heels a wall may be and still catch who falls back. No static plan knows: forward runs alone.
#include <algorithm>
#include <cmath>

#include "sim/balance/explain.h"
#include "sim/study/help_search.h"

namespace plumb {
namespace {

/// Over seeded people the farthest wall that catches is 0.6 to 0.9 of the leg's length (thigh + shank) behind the heels.
constexpr double k_usual_of_leg = 0.75;
constexpr int k_most_wall_runs = 14;

bool is_kept_up(const HelpRun& run) {
    const Outcome outcome = run.outcome;
    if (run.left_early) return false;
    return outcome == Outcome::caught_by_wall || outcome == Outcome::leaning_on_wall
           || outcome == Outcome::heels_lifted || outcome == Outcome::completed;
}

}  // namespace

LeastChange find_farthest_wall(HelpSearch& search, const Recording& given) {
    if (search.given().outcome > Outcome::fell_right)
        return search.none(-1, "this person does not fall (but " + outcome_in_words(search.given().outcome)
                                   + "), so there is nothing for a wall to catch");
    const double step_m = help_range(Help::wall).step;
    const int last = search.last();
    const int guess =
        std::min(last, static_cast<int>(k_usual_of_leg * given.plan.model.body.leg_length_m / step_m));

    // Outward from one that catches, or inward to one, by growing strides; then halves.
    int near = 0, far = last + 1, stride = 2;
    if (search.runs_well(guess, is_kept_up)) {
        near = guess;
        for (int n = guess; n < last && search.run_count() < k_most_wall_runs; stride *= 2) {
            n = std::min(last, n + stride);
            if (!search.runs_well(n, is_kept_up)) {
                far = n;
                break;
            }
            near = n;
        }
    } else {
        far = guess;
        for (int n = guess; n > 1 && search.run_count() < k_most_wall_runs; stride *= 2) {
            n = std::max(1, n - stride);
            if (search.runs_well(n, is_kept_up)) {
                near = n;
                break;
            }
            far = n;
        }
    }
    while (far - near > 1 && near > 0 && !search.stopped()) {
        const int middle = (near + far) / 2;
        (search.runs_well(middle, is_kept_up) ? near : far) = middle;
    }
    if (search.stopped()) return search.cancelled();
    if (near == 0) return search.none(guess);
    return search.found(near);
}

}  // namespace plumb
