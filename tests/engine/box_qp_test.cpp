// The bounded quadratic problem: optimality conditions on random problems, warm starts, degenerate bounds.
#include <random>

#include "sim/engine/box_qp.h"
#include "tests/catch.h"
#include "tests/scenario/random_scenario.h"

using namespace plumb;
using namespace plumb::test;

namespace {

BoxQp draw_problem(std::mt19937_64& random, Eigen::Index n, Eigen::Index rank) {
    Eigen::MatrixXd a(rank, n);
    for (Eigen::Index i = 0; i < a.size(); ++i) a.data()[i] = draw(random, -1.0, 1.0);
    BoxQp problem;
    // As the controller's: many unknowns do the same, a small regularisation makes the minimum single.
    problem.hessian = 100.0 * a.transpose() * a + 0.01 * Eigen::MatrixXd::Identity(n, n);
    problem.gradient.resize(n);
    problem.lower.resize(n);
    problem.upper.resize(n);
    for (Eigen::Index i = 0; i < n; ++i) {
        problem.gradient[i] = draw(random, -50.0, 50.0);
        problem.lower[i] = i % 3 == 0 ? 0.0 : draw(random, -2.0, 0.0);
        problem.upper[i] = i % 7 == 0 ? problem.lower[i] : problem.lower[i] + draw(random, 0.1, 1000.0);
    }
    return problem;
}

double objective(const BoxQp& p, const Eigen::VectorXd& x) {
    return x.dot(0.5 * (p.hessian * x) + p.gradient);
}

void check_optimal(const BoxQp& p, const Eigen::VectorXd& x) {
    const Eigen::VectorXd slope = p.hessian * x + p.gradient;
    for (Eigen::Index i = 0; i < x.size(); ++i) {
        CHECK(x[i] >= p.lower[i]);
        CHECK(x[i] <= p.upper[i]);
        // Rounding: sums of about 65 terms of order 1e4 at double precision.
        if (x[i] > p.lower[i]) CHECK(slope[i] < 1e-6);
        if (x[i] < p.upper[i]) CHECK(slope[i] > -1e-6);
    }
}

}  // namespace

TEST_CASE("The solution of a bounded quadratic problem meets its optimality conditions", "[engine]") {
    std::mt19937_64 random(1);
    for (int problem = 0; problem < 60; ++problem) {
        const BoxQp p = draw_problem(random, 65, 20);
        Eigen::VectorXd x = Eigen::VectorXd::Zero(65);
        CHECK(solve_box_qp(p, x) < 1e-6);
        check_optimal(p, x);
        // No random feasible point is better.
        for (int trial = 0; trial < 20; ++trial) {
            Eigen::VectorXd other = x;
            for (Eigen::Index i = 0; i < x.size(); ++i)
                other[i] = std::clamp(x[i] + draw(random, -0.1, 0.1), p.lower[i], p.upper[i]);
            CHECK(objective(p, other) >= objective(p, x) - 1e-6);
        }
    }
}

TEST_CASE("Every start leads to the same minimum", "[engine]") {
    std::mt19937_64 random(2);
    for (int problem = 0; problem < 20; ++problem) {
        const BoxQp p = draw_problem(random, 30, 12);
        Eigen::VectorXd first = Eigen::VectorXd::Zero(30), second = 1e4 * Eigen::VectorXd::Ones(30);
        (void)solve_box_qp(p, first);
        (void)solve_box_qp(p, second);
        CHECK((first - second).cwiseAbs().maxCoeff() < 1e-4);
    }
}
