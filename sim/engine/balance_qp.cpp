// Primal active-set method: exact after finitely many steps (a few in practice); the held variables of the last solution are the warm start.
#include "sim/engine/balance_qp.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include <Eigen/Cholesky>

namespace plumb {
namespace {

constexpr int k_max_iterations = 400;
constexpr double k_slope_tolerance = 1e-12;  ///< of the largest term a slope is summed from
constexpr int k_unknown_count = k_dof_count + k_ray_count;

enum class Held : signed char { no, lower, upper };
/// Moments first, then rays.
using HeldSet = std::array<Held, k_unknown_count>;
using Unknowns = Eigen::Matrix<double, k_unknown_count, 1>;
using FootRays = Eigen::Matrix<double, k_rows_per_foot, k_rays_per_foot>;
using FootMatrix = Eigen::Matrix<double, k_rows_per_foot, k_rows_per_foot>;

bool is_free(const HeldSet& held, int i) { return held[static_cast<size_t>(i)] == Held::no; }

Unknowns joined(const DofVector& moments, const BalanceQp::RayVector& rays) {
    Unknowns x;
    x << moments, rays;
    return x;
}

/// Slopes of the objective in every unknown.
Unknowns slopes(const BalanceQp& p, const Unknowns& x) {
    const auto u = x.head<k_dof_count>();
    BalanceQp::Wrench mismatch = p.offset + p.wrench_by_moments * u;
    for (int side = 0; side < k_side_count; ++side)
        mismatch.segment<k_rows_per_foot>(k_rows_per_foot * side) -=
            p.foot_rays[static_cast<size_t>(side)]
            * x.segment<k_rays_per_foot>(k_dof_count + side * k_rays_per_foot);
    Unknowns slope;
    slope.head<k_dof_count>() = p.hessian * u + p.gradient + p.wrench_by_moments.transpose() * mismatch;
    slope.tail<k_ray_count>() = p.ray_cost * x.tail<k_ray_count>();
    for (int side = 0; side < k_side_count; ++side)
        slope.segment<k_rays_per_foot>(k_dof_count + side * k_rays_per_foot) -=
            p.foot_rays[static_cast<size_t>(side)].transpose()
            * mismatch.segment<k_rows_per_foot>(k_rows_per_foot * side);
    return slope;
}

/// Minimiser over the free variables with the held ones where they are. For given moments the free rays of a foot are
/// f = R'S^-1 (h + Gu - held rays) / e with S = 1 + RR'/e, and what they leave of the mismatch is S^-1 of it.
Unknowns free_minimum(const BalanceQp& p, const Unknowns& x, const HeldSet& held) {
    std::array<Eigen::LLT<FootMatrix>, k_side_count> soft;
    std::array<FootRays, k_side_count> free_rays;
    BalanceQp::Wrench given = p.offset;  // mismatch without the free rays and the moments
    for (int side = 0; side < k_side_count; ++side) {
        const auto s = static_cast<size_t>(side);
        free_rays[s] = p.foot_rays[s];
        for (int r = 0; r < k_rays_per_foot; ++r) {
            const int i = k_dof_count + side * k_rays_per_foot + r;
            if (is_free(held, i)) continue;
            given.segment<k_rows_per_foot>(k_rows_per_foot * side) -= x[i] * free_rays[s].col(r);
            free_rays[s].col(r).setZero();
        }
        FootMatrix stiffness = FootMatrix::Identity();
        stiffness.noalias() += (1.0 / p.ray_cost) * free_rays[s] * free_rays[s].transpose();
        soft[s].compute(stiffness);
    }
    const auto left_over = [&](auto rows) {
        for (int side = 0; side < k_side_count; ++side)
            rows.template middleRows<k_rows_per_foot>(k_rows_per_foot * side) =
                soft[static_cast<size_t>(side)].solve(
                    rows.template middleRows<k_rows_per_foot>(k_rows_per_foot * side).eval());
        return rows;
    };
    const Eigen::Matrix<double, k_wrench_rows, k_dof_count> g_left = left_over(p.wrench_by_moments);
    Eigen::Matrix<double, k_dof_count, k_dof_count> h = p.hessian;
    h.noalias() += p.wrench_by_moments.transpose() * g_left;
    DofVector rhs = -p.gradient - g_left.transpose() * given;
    // Held moments stay: their rows become identity, their columns move to the right side.
    for (int i = 0; i < k_dof_count; ++i) {
        if (is_free(held, i)) continue;
        rhs -= x[i] * h.col(i);
        h.row(i).setZero();
        h.col(i).setZero();
        h(i, i) = 1.0;
    }
    for (int i = 0; i < k_dof_count; ++i)
        if (!is_free(held, i)) rhs[i] = x[i];
    Unknowns best = x;
    const DofVector u = h.llt().solve(rhs);
    for (int i = 0; i < k_dof_count; ++i)
        if (is_free(held, i)) best[i] = u[i];
    const BalanceQp::Wrench left =
        left_over(BalanceQp::Wrench(given + p.wrench_by_moments * best.head<k_dof_count>()));
    for (int side = 0; side < k_side_count; ++side)
        for (int r = 0; r < k_rays_per_foot; ++r) {
            const int i = k_dof_count + side * k_rays_per_foot + r;
            if (is_free(held, i))
                best[i] = free_rays[static_cast<size_t>(side)].col(r).dot(
                              left.segment<k_rows_per_foot>(k_rows_per_foot * side))
                          / p.ray_cost;
        }
    return best;
}

/// Goes from x towards `target` up to the first bound in the way; true when nothing was in the way.
bool walk(const Unknowns& lower, const Unknowns& upper, const Unknowns& target, Unknowns& x, HeldSet& held) {
    double share = 1.0;
    int blocking = -1;
    Held at = Held::no;
    for (int i = 0; i < k_unknown_count; ++i) {
        const bool under = target[i]<lower[i], over = target[i]> upper[i];
        if (!under && !over) continue;
        const double room = ((under ? lower : upper)[i] - x[i]) / (target[i] - x[i]);
        if (room < share) {
            share = std::max(0.0, room);
            blocking = i;
            at = under ? Held::lower : Held::upper;
        }
    }
    if (blocking < 0) {
        x = target;
        return true;
    }
    x = (x + share * (target - x)).cwiseMax(lower).cwiseMin(upper).eval();
    x[blocking] = (at == Held::lower ? lower : upper)[blocking];
    held[static_cast<size_t>(blocking)] = at;
    return false;
}

}  // namespace

double solve_balance_qp(const BalanceQp& p, BalanceQpSolution& solution) {
    const Unknowns lower = joined(p.lower, BalanceQp::RayVector::Zero()), upper = joined(p.upper, p.most);
    Unknowns x = joined(solution.moments, solution.rays).cwiseMax(lower).cwiseMin(upper);
    HeldSet held;
    for (int i = 0; i < k_unknown_count; ++i)
        held[static_cast<size_t>(i)] = x[i] <= lower[i]   ? Held::lower
                                       : x[i] >= upper[i] ? Held::upper
                                                          : Held::no;
    double largest = p.hessian.diagonal().maxCoeff() + p.wrench_by_moments.colwise().squaredNorm().maxCoeff();
    for (const FootRays& rays : p.foot_rays)
        largest = std::max(largest, rays.colwise().squaredNorm().maxCoeff());
    double worst = std::numeric_limits<double>::infinity();
    for (int iteration = 0; iteration < k_max_iterations; ++iteration) {
        if (!walk(lower, upper, free_minimum(p, x, held), x, held)) continue;
        // At the minimum over the free ones: let go of the held variable that pulls inward most.
        const Unknowns slope = slopes(p, x);
        int release = -1;
        worst = 0.0;
        for (int i = 0; i < k_unknown_count; ++i) {
            if (is_free(held, i) || lower[i] >= upper[i]) continue;
            const double pull = held[static_cast<size_t>(i)] == Held::lower ? -slope[i] : slope[i];
            if (pull > worst) {
                worst = pull;
                release = i;
            }
        }
        if (worst <= k_slope_tolerance * largest) break;
        held[static_cast<size_t>(release)] = Held::no;
    }
    solution.moments = x.head<k_dof_count>();
    solution.rays = x.tail<k_ray_count>();
    return worst;
}

}  // namespace plumb
