// The three posture problems over NLopt SLSQP with forward differences.
#include "sim/plan/solver.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <vector>

#include <nlopt.hpp>

#include "sim/base/check.h"
#include "sim/base/units.h"

namespace plumb {
namespace {

enum class Goal { max_slack, max_margin, least_effort };
constexpr unsigned k_posture_variables = 4;
constexpr double k_hip_scale_m = 0.1;  ///< brings the hip's place to the size of the angles
constexpr double k_step = 1e-6;
/// Where many postures are equally good the one nearest to the start is taken, so that a way down has no jumps [SD]. At
/// the limit of what is feasible it costs less than 1e-4 SD.
constexpr double k_stray_cost = 0.05;
constexpr double k_most_knee_out_rad = 1.5;

/// One problem for NLopt; the last variable `t` is the worst slack or the margin to raise.
struct Problem {
    const PlanModel& model;
    double drop;
    PostureDemand demand;
    Goal goal;
    Relaxation relax;
    std::array<double, k_posture_variables> start{};  ///< where the search begins

    struct Values {
        double effort = 0.0;
        double margin_m = 0.0;
        Slacks slacks{};
    };
    struct Cache {
        std::array<double, k_posture_variables> x{};
        bool valid = false;
        Values at;
        std::array<Values, k_posture_variables> stepped;
    } cache;

    [[nodiscard]] bool has_t() const { return goal != Goal::least_effort; }

    [[nodiscard]] Posture posture(const double* x) const {
        return {x[0] * k_hip_scale_m, model.hip_height_m(drop), x[1], x[2], x[3]};
    }
    [[nodiscard]] Values values(const double* x) const {
        const Posture p = posture(x);
        const PostureView view = view_posture(model, p);
        Values v;
        v.slacks = posture_slacks(model, view, demand);
        if (relax.constraint >= 0) v.slacks[static_cast<size_t>(relax.constraint)] += relax.sd;
        v.margin_m = balance_margin_m(model, view, demand.base);
        if (goal == Goal::least_effort) v.effort = posture_effort(model, p, view, v.slacks);
        return v;
    }
    void update(const double* x) {
        if (cache.valid && std::equal(cache.x.begin(), cache.x.end(), x)) return;
        std::copy_n(x, k_posture_variables, cache.x.begin());
        cache.at = values(x);
        for (unsigned i = 0; i < k_posture_variables; ++i) {
            std::array<double, k_posture_variables> moved = cache.x;
            moved[i] += k_step;
            cache.stepped[i] = values(moved.data());
        }
        cache.valid = true;
    }
};

double objective(unsigned n, const double* x, double* gradient, void* data) {
    auto& problem = *static_cast<Problem*>(data);
    if (problem.has_t()) {
        double stray = 0.0;
        if (gradient) std::fill_n(gradient, n, 0.0);
        for (unsigned i = 0; i < k_posture_variables; ++i) {
            const double off = x[i] - problem.start[i];
            stray += 0.5 * k_stray_cost * off * off;
            if (gradient) gradient[i] = k_stray_cost * off;
        }
        if (gradient) gradient[n - 1] = -1.0;
        return stray - x[n - 1];
    }
    problem.update(x);
    if (gradient)
        for (unsigned i = 0; i < n; ++i)
            gradient[i] = (problem.cache.stepped[i].effort - problem.cache.at.effort) / k_step;
    return problem.cache.at.effort;
}

/// result[j] = (t or 0) - slack[j] <= 0. For max_margin only the balance rows carry t (in SD of balance).
void constraints(unsigned m, double* result, unsigned n, const double* x, double* gradient, void* data) {
    auto& problem = *static_cast<Problem*>(data);
    problem.update(x);
    for (unsigned j = 0; j < m; ++j) {
        const bool balance = j == bind_balance_heel || j == bind_balance_toe;
        const bool with_t = problem.goal == Goal::max_slack || (problem.goal == Goal::max_margin && balance);
        result[j] = (with_t ? x[n - 1] : 0.0) - problem.cache.at.slacks[j];
        if (!gradient) continue;
        for (unsigned i = 0; i < k_posture_variables; ++i)
            gradient[j * n + i] = -(problem.cache.stepped[i].slacks[j] - problem.cache.at.slacks[j]) / k_step;
        if (problem.has_t()) gradient[j * n + n - 1] = with_t ? 1.0 : 0.0;
    }
}

double worst(const Slacks& slacks, bool with_balance) {
    const auto end = with_balance ? slacks.end() : slacks.begin() + bind_balance_heel;
    return *std::min_element(slacks.begin(), end);
}

PostureSolution solve(Problem problem, const Posture& start) {
    const Person& person = problem.model.body.person;
    const unsigned n = k_posture_variables + (problem.has_t() ? 1 : 0);
    std::vector<double> lower = {-10.0, -0.8, person.ranges[dof_lumbar_flexion].min_rad,
                                 -k_most_knee_out_rad};
    std::vector<double> upper = {10.0, 1.9, person.ranges[dof_lumbar_flexion].max_rad + 0.2,
                                 k_most_knee_out_rad};
    std::vector<double> x = {start.hip_x_m / k_hip_scale_m, start.pelvis_pitch_rad, start.lumbar_flexion_rad,
                             start.knee_out_rad};
    if (problem.has_t()) {
        lower.push_back(-1e4);
        upper.push_back(1e4);
        x.push_back(0.0);
    }
    for (size_t i = 0; i < x.size(); ++i) x[i] = std::clamp(x[i], lower[i], upper[i]);
    if (problem.has_t()) {
        const Slacks at_start = problem.values(x.data()).slacks;
        x.back() = problem.goal == Goal::max_slack
                       ? worst(at_start, true)
                       : std::min(at_start[bind_balance_heel], at_start[bind_balance_toe]);
    }
    std::copy_n(x.begin(), k_posture_variables, problem.start.begin());
    nlopt::opt optimiser(nlopt::LD_SLSQP, n);
    optimiser.set_lower_bounds(lower);
    optimiser.set_upper_bounds(upper);
    optimiser.set_min_objective(objective, &problem);
    optimiser.add_inequality_mconstraint(constraints, &problem,
                                         std::vector<double>(k_constraint_count, 1e-7));
    optimiser.set_xtol_rel(1e-8);
    optimiser.set_ftol_abs(1e-9);
    optimiser.set_maxeval(120);
    double value = 0.0;
    try {
        optimiser.optimize(x, value);
    } catch (const nlopt::roundoff_limited&) {
        // x holds the best point found so far; its slacks below tell whether it is good enough.
    } catch (const std::runtime_error&) {
    }
    PostureSolution solution;
    solution.posture = problem.posture(x.data());
    const Problem::Values at = problem.values(x.data());
    solution.worst_slack = worst(at.slacks, problem.goal != Goal::max_margin);
    solution.value = problem.goal == Goal::max_slack    ? worst(at.slacks, true)
                     : problem.goal == Goal::max_margin ? at.margin_m
                                                        : at.effort;
    return solution;
}

}  // namespace

PostureSolution max_slack_posture(const PlanModel& model, double drop, const PostureDemand& demand,
                                  const Posture& start, const Relaxation& relax) {
    return solve({model, drop, demand, Goal::max_slack, relax, {}, {}}, start);
}

PostureSolution max_margin_posture(const PlanModel& model, double drop, const PostureDemand& demand,
                                   const Posture& start) {
    return solve({model, drop, demand, Goal::max_margin, {}, {}, {}}, start);
}

PostureSolution least_effort_posture(const PlanModel& model, double drop, const PostureDemand& demand,
                                     const Posture& start) {
    return solve({model, drop, demand, Goal::least_effort, {}, {}, {}}, start);
}

std::vector<Posture> nearby_starts(const Posture& posture) {
    struct Shift {
        double knee_out_rad, pitch_rad, hip_m;
    };
    constexpr std::array<Shift, 6> k_shifts = {{{0.2, 0.0, 0.0},
                                                {-0.2, 0.0, 0.0},
                                                {0.0, 0.2, -0.03},
                                                {0.0, -0.2, 0.03},
                                                {0.2, 0.2, -0.03},
                                                {0.2, -0.2, 0.03}}};
    std::vector<Posture> starts;
    for (const Shift& shift : k_shifts) {
        Posture start = posture;
        start.knee_out_rad += shift.knee_out_rad;
        start.pelvis_pitch_rad += shift.pitch_rad;
        start.hip_x_m += shift.hip_m;
        starts.push_back(start);
    }
    return starts;
}

Posture standing_guess(const PlanModel& model) {
    const double ankle_x = model.body.feet[side_left].standing_ankle_m.x();
    return {ankle_x + 0.02, model.standing_height_m, 0.05, 0.0};
}

}  // namespace plumb
