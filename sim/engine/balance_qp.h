// The controller's quadratic problem: joint moments u and contact rays f, both bounded, coupled only through the wrenches
// of the two feet. Solved by a primal active-set method (Nocedal & Wright 2006, Numerical Optimization, 16.5) in which the
// rays are eliminated a foot at a time: what is factored has the size of u. No allocation. Warm start from the last solution.
#pragma once

#include <Eigen/Core>

#include "sim/body/model.h"

namespace plumb {

inline constexpr int k_ray_points_per_foot = 5;  ///< heel, both balls, both toe corners
inline constexpr int k_rays_per_point = 4;
inline constexpr int k_rays_per_foot = k_ray_points_per_foot * k_rays_per_point;
inline constexpr int k_ray_count = k_side_count * k_rays_per_foot;
/// A foot's wrench and, in a body with toes, what its rays do at the toe joint.
inline constexpr int k_rows_per_foot = 7;
inline constexpr int k_wrench_rows = k_rows_per_foot * k_side_count;

/// min 1/2 u'Au + a'u + 1/2 |h + Gu - Rf|^2 + 1/2 e |f|^2 over lower <= u <= upper, 0 <= f <= most. A symmetric positive
/// definite, e > 0. Rays of foot s reach rows 7 s to 7 s + 6 only.
struct BalanceQp {
    using Wrench = Eigen::Matrix<double, k_wrench_rows, 1>;
    using RayVector = Eigen::Matrix<double, k_ray_count, 1>;

    Eigen::Matrix<double, k_dof_count, k_dof_count> hessian;              ///< A
    DofVector gradient;                                                   ///< a
    Wrench offset;                                                        ///< h
    Eigen::Matrix<double, k_wrench_rows, k_dof_count> wrench_by_moments;  ///< G
    std::array<Eigen::Matrix<double, k_rows_per_foot, k_rays_per_foot>, k_side_count>
        foot_rays;          ///< the blocks of R
    double ray_cost = 1.0;  ///< e
    DofVector lower, upper;
    RayVector most;
};

struct BalanceQpSolution {
    DofVector moments = DofVector::Zero();
    BalanceQp::RayVector rays = BalanceQp::RayVector::Zero();
};

/// Improves `x` (any start; clamped first) to the minimum. Returns the largest pull of a held variable away from its bound:
/// 0 within rounding at the minimum; infinite if 400 steps did not get there, with `x` feasible and better than at first.
double solve_balance_qp(const BalanceQp& problem, BalanceQpSolution& x);

}  // namespace plumb
