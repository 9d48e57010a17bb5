// Projected Newton with an active set read off the gradient.
#include "sim/engine/box_qp.h"

#include <cmath>
#include <vector>

#include <Eigen/Cholesky>

namespace plumb {
namespace {

constexpr int k_max_iterations = 40;
constexpr double k_gradient_tolerance = 1e-9;

double objective(const BoxQp& p, const Eigen::VectorXd& x) {
    return x.dot(0.5 * (p.hessian * x) + p.gradient);
}

}  // namespace

double solve_box_qp(const BoxQp& p, Eigen::VectorXd& x) {
    const Eigen::Index n = p.gradient.size();
    x = x.cwiseMax(p.lower).cwiseMin(p.upper);
    double worst = 0.0;
    for (int iteration = 0; iteration < k_max_iterations; ++iteration) {
        const Eigen::VectorXd slope = p.hessian * x + p.gradient;
        std::vector<Eigen::Index> free;
        worst = 0.0;
        for (Eigen::Index i = 0; i < n; ++i) {
            const bool held =
                (x[i] <= p.lower[i] && slope[i] > 0.0) || (x[i] >= p.upper[i] && slope[i] < 0.0);
            if (held) continue;
            free.push_back(i);
            worst = std::max(worst, std::abs(slope[i]));
        }
        if (worst < k_gradient_tolerance * (1.0 + p.gradient.cwiseAbs().maxCoeff()) || free.empty()) break;
        const auto count = static_cast<Eigen::Index>(free.size());
        Eigen::MatrixXd h(count, count);
        Eigen::VectorXd s(count);
        for (Eigen::Index a = 0; a < count; ++a) {
            s[a] = slope[free[static_cast<size_t>(a)]];
            for (Eigen::Index b = 0; b <= a; ++b)
                h(a, b) = p.hessian(free[static_cast<size_t>(a)], free[static_cast<size_t>(b)]);
        }
        h.triangularView<Eigen::StrictlyUpper>() = h.transpose();
        const Eigen::VectorXd step = h.llt().solve(-s);
        // Projected line search: halve until the objective falls.
        const double before = objective(p, x);
        double length = 1.0;
        Eigen::VectorXd next = x;
        for (int halving = 0; halving < 12; ++halving, length *= 0.5) {
            next = x;
            for (Eigen::Index a = 0; a < count; ++a) next[free[static_cast<size_t>(a)]] += length * step[a];
            next = next.cwiseMax(p.lower).cwiseMin(p.upper);
            if (objective(p, next) <= before) break;
        }
        if ((next - x).cwiseAbs().maxCoeff() < 1e-13) break;
        x = next;
    }
    return worst;
}

}  // namespace plumb
