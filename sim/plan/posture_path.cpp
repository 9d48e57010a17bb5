// Natural cubic splines through the planned postures.
#include "sim/plan/posture_path.h"

#include <algorithm>
#include <cmath>

#include "sim/base/check.h"

namespace plumb {

PosturePath::PosturePath(const std::vector<PlanKnot>& knots) {
    PLUMB_CHECK(knots.size() >= 2, "a path needs two postures");
    for (const PlanKnot& knot : knots) values_.push_back(knot.posture.members());
    // Natural cubic spline on unit spacing: tridiagonal system for the second derivatives.
    const size_t n = values_.size();
    curvatures_.assign(n, Values::Zero());
    std::vector<double> diagonal(n, 4.0);
    std::vector<Values> right(n, Values::Zero());
    for (size_t i = 1; i + 1 < n; ++i) right[i] = 6.0 * (values_[i + 1] - 2.0 * values_[i] + values_[i - 1]);
    for (size_t i = 2; i + 1 < n; ++i) {
        const double factor = 1.0 / diagonal[i - 1];
        diagonal[i] -= factor;
        right[i] -= factor * right[i - 1];
    }
    for (size_t i = n - 2; i >= 1; --i) curvatures_[i] = (right[i] - curvatures_[i + 1]) / diagonal[i];
}

Posture PosturePath::at(double position) const {
    const double scaled = std::clamp(position, 0.0, 1.0) * static_cast<double>(values_.size() - 1);
    const size_t i = std::min(static_cast<size_t>(scaled), values_.size() - 2);
    const double b = scaled - static_cast<double>(i), a = 1.0 - b;
    const Values p = a * values_[i] + b * values_[i + 1]
                     + ((a * a * a - a) * curvatures_[i] + (b * b * b - b) * curvatures_[i + 1]) / 6.0;
    Posture posture = Posture::from_members(p);
    // The curve swings a little below the floor before the heels leave it.
    posture.heel_lift_rad = std::max(0.0, posture.heel_lift_rad);
    return posture;
}

}  // namespace plumb
