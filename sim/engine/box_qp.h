// Quadratic problem with bounds: min 1/2 x'Hx + g'x, lower <= x <= upper, by a primal active-set method (Nocedal & Wright
// 2006, Numerical Optimization, 16.5). Warm start from the last solution.
#pragma once

#include <Eigen/Core>

namespace plumb {

/// A box-constrained quadratic problem; `hessian` symmetric positive definite.
struct BoxQp {
    Eigen::MatrixXd hessian;
    Eigen::VectorXd gradient;  ///< g
    Eigen::VectorXd lower;
    Eigen::VectorXd upper;
};

/// Improves `x` (any start; clamped first) to the minimum. Returns the largest pull of a held variable away from its bound:
/// 0 within rounding at the minimum; infinite if 400 steps did not get there, with `x` feasible and better than at first.
double solve_box_qp(const BoxQp& problem, Eigen::VectorXd& x);

}  // namespace plumb
