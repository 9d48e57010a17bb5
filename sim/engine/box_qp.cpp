// Primal active-set method: exact after finitely many steps (a few in practice); the held variables of the last solution are the warm start.
#include "sim/engine/box_qp.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <vector>

#include <Eigen/Cholesky>

namespace plumb {
namespace {

constexpr int k_max_iterations = 400;
constexpr double k_slope_tolerance = 1e-12;  ///< of the largest term a slope is summed from

enum class Held : signed char { no, lower, upper };

/// Minimiser over the free variables with the held ones where they are.
Eigen::VectorXd free_minimum(const BoxQp& p, const Eigen::VectorXd& x, const std::vector<Held>& held) {
    std::vector<Eigen::Index> free;
    for (Eigen::Index i = 0; i < x.size(); ++i)
        if (held[static_cast<size_t>(i)] == Held::no) free.push_back(i);
    Eigen::VectorXd best = x;
    if (free.empty()) return best;
    const auto count = static_cast<Eigen::Index>(free.size());
    const Eigen::VectorXd slope = p.hessian * x + p.gradient;
    Eigen::MatrixXd h(count, count);
    Eigen::VectorXd s(count);
    for (Eigen::Index a = 0; a < count; ++a) {
        const Eigen::Index row = free[static_cast<size_t>(a)];
        s[a] = slope[row];
        for (Eigen::Index b = 0; b <= a; ++b) h(a, b) = p.hessian(row, free[static_cast<size_t>(b)]);
    }
    const Eigen::VectorXd step = h.llt().solve(s);  // reads the lower triangle only
    for (Eigen::Index a = 0; a < count; ++a) best[free[static_cast<size_t>(a)]] -= step[a];
    return best;
}

/// Goes from x towards `target` up to the first bound in the way; true when nothing was in the way.
bool walk(const BoxQp& p, const Eigen::VectorXd& target, Eigen::VectorXd& x, std::vector<Held>& held) {
    double share = 1.0;
    Eigen::Index blocking = -1;
    Held at = Held::no;
    for (Eigen::Index i = 0; i < x.size(); ++i) {
        const double step = target[i] - x[i];
        const bool under = target[i]<p.lower[i], over = target[i]> p.upper[i];
        if (!under && !over) continue;
        const double room = ((under ? p.lower : p.upper)[i] - x[i]) / step;
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
    x += share * (target - x);
    x = x.cwiseMax(p.lower).cwiseMin(p.upper);
    x[blocking] = (at == Held::lower ? p.lower : p.upper)[blocking];
    held[static_cast<size_t>(blocking)] = at;
    return false;
}

}  // namespace

double solve_box_qp(const BoxQp& p, Eigen::VectorXd& x) {
    const Eigen::Index n = p.gradient.size();
    x = x.cwiseMax(p.lower).cwiseMin(p.upper);
    std::vector<Held> held(static_cast<size_t>(n), Held::no);
    for (Eigen::Index i = 0; i < n; ++i) {
        if (x[i] <= p.lower[i])
            held[static_cast<size_t>(i)] = Held::lower;
        else if (x[i] >= p.upper[i])
            held[static_cast<size_t>(i)] = Held::upper;
    }
    const double tolerance = k_slope_tolerance * p.hessian.diagonal().maxCoeff();
    double worst = std::numeric_limits<double>::infinity();
    for (int iteration = 0; iteration < k_max_iterations; ++iteration) {
        if (!walk(p, free_minimum(p, x, held), x, held)) continue;
        // At the minimum over the free ones: let go of the held variable that pulls inward most.
        const Eigen::VectorXd slope = p.hessian * x + p.gradient;
        Eigen::Index release = -1;
        worst = 0.0;
        for (Eigen::Index i = 0; i < n; ++i) {
            const Held h = held[static_cast<size_t>(i)];
            if (h == Held::no || p.lower[i] >= p.upper[i]) continue;
            const double pull = h == Held::lower ? -slope[i] : slope[i];
            if (pull > worst) {
                worst = pull;
                release = i;
            }
        }
        if (worst <= tolerance) return worst;
        held[static_cast<size_t>(release)] = Held::no;
    }
    return worst;
}

}  // namespace plumb
