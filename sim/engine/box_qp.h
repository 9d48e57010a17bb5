// Least squares with bounds: min 1/2 x'Hx + g'x, lower <= x <= upper, by projected Newton steps (Bertsekas 1982, SIAM J
// Control Optim 20:221-246; as in Tassa, Mansard & Todorov 2014, ICRA). Warm start from the last solution.
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

/// Improves `x` (any start; clamped first) to the minimum. Returns the largest remaining projected gradient.
double solve_box_qp(const BoxQp& problem, Eigen::VectorXd& x);

}  // namespace plumb
