// The three posture problems over NLopt SLSQP with analytic gradients.
#include "sim/plan/solver.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <vector>

#include <nlopt.hpp>

#include "sim/base/check.h"
#include "sim/base/units.h"
#include "sim/plan/posture_measures.h"

namespace plumb {
namespace {

enum class Goal { max_slack, max_margin, least_effort };
constexpr unsigned k_posture_variables = 4;
constexpr double k_hip_scale_m = 0.1;  ///< brings the hip's place to the size of the angles
/// Where many postures are equally good the one nearest to the start is taken, so that a way down has no jumps [SD]. At
/// the limit of what is feasible it costs less than 1e-4 SD.
constexpr double k_stray_cost = 0.05;
constexpr double k_most_knee_out_rad = 1.5;

/// A condition met by this much at the start is left out of the search and looked at again in the end [SD].
constexpr double k_enough_sd = 4.0;

/// How a goal is put to SLSQP.
struct Tuning {
    double scale;  ///< of the objective
    double objective_tolerance, relative_x_tolerance;
};
/// SLSQP takes curvature 1 for a start. Where the margin is at its best many postures are equally good and the stray cost is
/// all the curvature there is: times ten it is near 1, and the search ends after 7 instead of 20 looks. A worst slack is read
/// to 1e-3 SD.
constexpr Tuning tuning(Goal goal) {
    switch (goal) {
    case Goal::max_slack: return {1.0, 1e-7, 1e-6};
    case Goal::max_margin: return {10.0, 1e-8, 1e-8};
    case Goal::least_effort: break;
    }
    return {1.0, 1e-9, 1e-8};
}

using DualSlacks = std::array<Dual, k_constraint_count>;

/// One problem for NLopt; the last variable `t` is the worst slack or the margin to raise.
struct Problem {
    const PlanModel& model;
    double drop;
    PostureDemand demand;
    Goal goal;
    Relaxation relax;
    std::array<double, k_posture_variables> start{};  ///< where the search begins
    std::vector<Constraint> rows;                     ///< the constraints that the search looks at

    struct Values {
        Dual effort;
        DualSlacks slacks;
    };
    struct Cache {
        std::array<double, k_posture_variables> x{};
        bool valid = false;
        Values at;
    } cache;

    [[nodiscard]] bool has_t() const { return goal != Goal::least_effort; }

    /// The rows whose least value is raised.
    [[nodiscard]] bool carries_t(Constraint row) const {
        return goal == Goal::max_slack || (goal == Goal::max_margin && row >= bind_balance_heel);
    }
    [[nodiscard]] bool is_demanded(Constraint row) const {
        if (row == bind_wall) return demand.with_wall && model.wall_distance_m > 0.0;
        return demand.with_strength || row < bind_strength_plantarflexion || row > bind_strength_elbow;
    }
    /// The demanded rows with a slack under `enough_sd`, and all that carry t.
    void choose_rows(const DualSlacks& slacks, double enough_sd) {
        rows.clear();
        for (int i = 0; i < k_constraint_count; ++i) {
            const auto row = static_cast<Constraint>(i);
            const bool raised = goal == Goal::max_margin && carries_t(row);
            if (is_demanded(row) && (raised || slacks[row].value < enough_sd)) rows.push_back(row);
        }
    }

    [[nodiscard]] Posture posture(const double* x) const {
        return {x[0] * k_hip_scale_m, model.hip_height_m(drop), x[1], x[2], x[3]};
    }
    /// NLopt asks for the objective and the constraints of one point in turn: they share one look at it.
    const Values& at(const double* x) {
        if (cache.valid && std::equal(cache.x.begin(), cache.x.end(), x)) return cache.at;
        std::copy_n(x, k_posture_variables, cache.x.begin());
        const PostureMeasures<Dual> measures = measure_with_slopes(model, posture(x));
        cache.at.slacks = slacks_of(model, measures, demand);
        if (relax.constraint >= 0) cache.at.slacks[static_cast<size_t>(relax.constraint)] += relax.sd;
        if (goal == Goal::least_effort) cache.at.effort = effort_of(model, measures, cache.at.slacks);
        cache.valid = true;
        return cache.at;
    }
};

/// Derivatives by the solver's variables: its first one is hip X in other units.
void copy_slopes(const Dual& value, double factor, double* gradient) {
    gradient[0] = factor * k_hip_scale_m * value.by[0];
    for (unsigned i = 1; i < k_posture_variables; ++i) gradient[i] = factor * value.by[i];
}

double objective(unsigned n, const double* x, double* gradient, void* data) {
    auto& problem = *static_cast<Problem*>(data);
    const double scale = tuning(problem.goal).scale;
    if (problem.has_t()) {
        double stray = 0.0;
        for (unsigned i = 0; i < k_posture_variables; ++i) {
            const double off = x[i] - problem.start[i];
            stray += 0.5 * k_stray_cost * off * off;
            if (gradient) gradient[i] = scale * k_stray_cost * off;
        }
        if (gradient) gradient[n - 1] = -scale;
        return scale * (stray - x[n - 1]);
    }
    const Problem::Values& at = problem.at(x);
    if (gradient) copy_slopes(at.effort, scale, gradient);
    return scale * at.effort.value;
}

/// result[j] = (t or 0) - slack[j] <= 0. For max_margin only the balance rows carry t (in SD of balance).
void constraints(unsigned m, double* result, unsigned n, const double* x, double* gradient, void* data) {
    auto& problem = *static_cast<Problem*>(data);
    const Problem::Values& at = problem.at(x);
    for (unsigned j = 0; j < m; ++j) {
        const Constraint row = problem.rows[j];
        const bool with_t = problem.carries_t(row);
        result[j] = (with_t ? x[n - 1] : 0.0) - at.slacks[row].value;
        if (!gradient) continue;
        copy_slopes(at.slacks[row], -1.0, gradient + static_cast<size_t>(j) * n);
        if (problem.has_t()) gradient[j * n + n - 1] = with_t ? 1.0 : 0.0;
    }
}

double worst(const DualSlacks& slacks, bool with_balance) {
    const auto end = with_balance ? slacks.end() : slacks.begin() + bind_balance_heel;
    return std::min_element(slacks.begin(), end)->value;
}
double balance_slack(const DualSlacks& slacks) {
    return std::min(slacks[bind_balance_heel].value, slacks[bind_balance_toe].value);
}

using Variables = std::vector<double>;

/// Runs the optimiser from x over problem.rows; x becomes the best point it finds.
void optimise(Problem& problem, const Variables& lower, const Variables& upper, Variables& x) {
    nlopt::opt optimiser(nlopt::LD_SLSQP, static_cast<unsigned>(x.size()));
    optimiser.set_lower_bounds(lower);
    optimiser.set_upper_bounds(upper);
    optimiser.set_min_objective(objective, &problem);
    optimiser.add_inequality_mconstraint(constraints, &problem,
                                         std::vector<double>(problem.rows.size(), 1e-7));
    optimiser.set_xtol_rel(tuning(problem.goal).relative_x_tolerance);
    optimiser.set_ftol_abs(tuning(problem.goal).objective_tolerance);
    optimiser.set_maxeval(120);
    double value = 0.0;
    try {
        optimiser.optimize(x, value);
    } catch (const nlopt::roundoff_limited&) {
        // x holds the best point found so far; its slacks below tell whether it is good enough.
    } catch (const std::runtime_error&) {
    }
}

PostureSolution solve(Problem problem, const Posture& start) {
    const JointRange& lumbar = problem.model.body.person.ranges[dof_lumbar_flexion];
    Variables lower = {-10.0, -0.8, lumbar.min_rad, -k_most_knee_out_rad};
    Variables upper = {10.0, 1.9, lumbar.max_rad + 0.2, k_most_knee_out_rad};
    Variables x = {start.hip_x_m / k_hip_scale_m, start.pelvis_pitch_rad, start.lumbar_flexion_rad,
                   start.knee_out_rad};
    for (size_t i = 0; i < x.size(); ++i) x[i] = std::clamp(x[i], lower[i], upper[i]);
    std::copy_n(x.begin(), k_posture_variables, problem.start.begin());
    const DualSlacks at_start = problem.at(x.data()).slacks;
    if (problem.has_t()) {
        lower.push_back(-HUGE_VAL);
        upper.push_back(HUGE_VAL);
        x.push_back(problem.goal == Goal::max_slack ? worst(at_start, true) : balance_slack(at_start));
    }
    // Without t the search starts far from its end, and every row may matter on the way.
    const double enough_sd =
        problem.goal == Goal::max_slack ? k_enough_sd + std::max(0.0, x.back()) : HUGE_VAL;
    problem.choose_rows(at_start, enough_sd);
    Variables found = x;
    optimise(problem, lower, upper, found);
    // Met without being looked at? Else all rows count.
    const double needed = problem.goal == Goal::max_slack ? found.back() : 0.0;
    const DualSlacks& at_found = problem.at(found.data()).slacks;
    for (int i = 0; i < k_constraint_count; ++i) {
        const auto row = static_cast<Constraint>(i);
        if (at_found[row].value >= needed || !problem.is_demanded(row)
            || std::ranges::find(problem.rows, row) != problem.rows.end())
            continue;
        problem.choose_rows(at_found, HUGE_VAL);
        found = x;
        optimise(problem, lower, upper, found);
        break;
    }
    PostureSolution solution;
    solution.posture = problem.posture(found.data());
    const Problem::Values& at = problem.at(found.data());
    solution.worst_slack = worst(at.slacks, problem.goal != Goal::max_margin);
    solution.value = problem.goal == Goal::max_slack ? worst(at.slacks, true)
                     : problem.goal == Goal::max_margin
                         ? balance_slack(at.slacks) * constraint_spread(bind_balance_heel)
                               + problem.demand.required_margin_m
                         : at.effort.value;
    return solution;
}

}  // namespace

PostureSolution max_slack_posture(const PlanModel& model, double drop, const PostureDemand& demand,
                                  const Posture& start, const Relaxation& relax) {
    return solve({model, drop, demand, Goal::max_slack, relax, {}, {}, {}}, start);
}

PostureSolution max_margin_posture(const PlanModel& model, double drop, const PostureDemand& demand,
                                   const Posture& start) {
    return solve({model, drop, demand, Goal::max_margin, {}, {}, {}, {}}, start);
}

PostureSolution least_effort_posture(const PlanModel& model, double drop, const PostureDemand& demand,
                                     const Posture& start) {
    return solve({model, drop, demand, Goal::least_effort, {}, {}, {}, {}}, start);
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
