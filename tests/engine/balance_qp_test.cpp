// The controller's bounded quadratic problem: optimality conditions on random problems, every start to one minimum.
#include <random>

#include "sim/engine/balance_qp.h"
#include "tests/catch.h"
#include "tests/scenario/random_scenario.h"

using namespace plumb;
using namespace plumb::test;

namespace {

constexpr int k_size = k_dof_count + k_ray_count;
using Dense = Eigen::Matrix<double, k_size, k_size>;
using All = Eigen::Matrix<double, k_size, 1>;

void fill(std::mt19937_64& random, auto& matrix, double size) {
    for (Eigen::Index i = 0; i < matrix.size(); ++i) matrix.data()[i] = draw(random, -size, size);
}

BalanceQp draw_problem(std::mt19937_64& random, bool one_foot) {
    BalanceQp p;
    Eigen::Matrix<double, 20, k_dof_count> root;
    fill(random, root, 10.0);
    // As the controller's: many unknowns do the same, a small cost makes the minimum single.
    p.hessian = root.transpose() * root + 0.01 * p.hessian.Identity();
    p.ray_cost = 0.01;
    fill(random, p.gradient, 50.0);
    fill(random, p.offset, 20.0);
    fill(random, p.wrench_by_moments, 10.0);
    for (auto& rays : p.foot_rays) fill(random, rays, 10.0);
    p.most.setConstant(1e3);
    for (int i = 0; i < k_ray_count; i += 9) p.most[i] = draw(random, 0.0, 0.2);
    if (one_foot) {
        p.offset.tail<k_rows_per_foot>().setZero();
        p.wrench_by_moments.bottomRows<k_rows_per_foot>().setZero();
        p.foot_rays[1].setZero();
        p.most.tail<k_rays_per_foot>().setZero();
    }
    for (int i = 0; i < k_dof_count; ++i) {
        p.lower[i] = i % 3 == 0 ? 0.0 : draw(random, -2.0, 0.0);
        p.upper[i] = i % 7 == 0 ? p.lower[i] : p.lower[i] + draw(random, 0.1, 1000.0);
    }
    return p;
}

/// The same problem as one dense one: min 1/2 x'Hx + g'x.
struct DenseProblem {
    Dense hessian;
    All gradient, lower, upper;

    explicit DenseProblem(const BalanceQp& p) {
        Eigen::Matrix<double, k_wrench_rows, k_size> reach =
            Eigen::Matrix<double, k_wrench_rows, k_size>::Zero();
        reach.leftCols<k_dof_count>() = p.wrench_by_moments;
        for (int side = 0; side < k_side_count; ++side)
            reach.block<k_rows_per_foot, k_rays_per_foot>(k_rows_per_foot * side,
                                                          k_dof_count + side * k_rays_per_foot) =
                -p.foot_rays[static_cast<size_t>(side)];
        hessian = reach.transpose() * reach;
        hessian.topLeftCorner<k_dof_count, k_dof_count>() += p.hessian;
        hessian.diagonal().tail<k_ray_count>().array() += p.ray_cost;
        gradient = reach.transpose() * p.offset;
        gradient.head<k_dof_count>() += p.gradient;
        lower << p.lower, BalanceQp::RayVector::Zero();
        upper << p.upper, p.most;
    }
    [[nodiscard]] double objective(const All& x) const { return x.dot(0.5 * (hessian * x) + gradient); }
};

All joined(const BalanceQpSolution& x) {
    All all;
    all << x.moments, x.rays;
    return all;
}

}  // namespace

TEST_CASE("The solution of the controller's problem meets its optimality conditions", "[engine]") {
    std::mt19937_64 random(1);
    for (int problem = 0; problem < 60; ++problem) {
        const BalanceQp p = draw_problem(random, problem % 4 == 3);
        const DenseProblem dense(p);
        BalanceQpSolution solution;
        CHECK(solve_balance_qp(p, solution) < 1e-6);
        const All x = joined(solution), slope = dense.hessian * x + dense.gradient;
        for (int i = 0; i < k_size; ++i) {
            INFO("problem " << problem << " unknown " << i);
            CHECK(x[i] >= dense.lower[i]);
            CHECK(x[i] <= dense.upper[i]);
            // Rounding: sums of about 65 terms of order 1e5 at double precision.
            if (x[i] > dense.lower[i]) CHECK(slope[i] < 1e-6);
            if (x[i] < dense.upper[i]) CHECK(slope[i] > -1e-6);
        }
        // No random feasible point is better.
        for (int trial = 0; trial < 20; ++trial) {
            All other = x;
            for (int i = 0; i < k_size; ++i)
                other[i] = std::clamp(x[i] + draw(random, -0.1, 0.1), dense.lower[i], dense.upper[i]);
            CHECK(dense.objective(other) >= dense.objective(x) - 1e-6);
        }
    }
}

TEST_CASE("Every start leads to the same minimum", "[engine]") {
    std::mt19937_64 random(2);
    for (int problem = 0; problem < 20; ++problem) {
        const BalanceQp p = draw_problem(random, false);
        BalanceQpSolution first, second;
        second.moments.setConstant(1e4);
        second.rays.setConstant(1e4);
        (void)solve_balance_qp(p, first);
        (void)solve_balance_qp(p, second);
        CHECK((joined(first) - joined(second)).cwiseAbs().maxCoeff() < 1e-4);
    }
}
