// Where the asked depths lie along a way down, as drops.
#pragma once

#include <vector>

#include "sim/plan/choose_path.h"
#include "sim/scenario/scenario_def.h"

namespace plumb {

/// Drop where `measure(knot)` first reaches zero from below, by interpolation; a number past the last knot's drop when it never
/// does.
template <class Measure>
double crossing_drop(const std::vector<PlanKnot>& knots, Measure measure) {
    for (std::size_t i = 1; i < knots.size(); ++i) {
        const double a = measure(knots[i - 1]), b = measure(knots[i]);
        if (b >= 0.0)
            return a >= 0.0 ? knots[i - 1].drop
                            : knots[i - 1].drop + a / (a - b) * (knots[i].drop - knots[i - 1].drop);
    }
    return knots.back().drop + 1.0;
}

/// The asked depth as a drop along a way down; past the last knot's drop where the way does not get there.
[[nodiscard]] double asked_drop(const PlanModel& model, const Depth& depth,
                                const std::vector<PlanKnot>& knots);

}  // namespace plumb
