// The three posture problems over NLopt SLSQP: slopes in closed form for symmetric bodies, by differences for others.
#include "sim/plan/solver.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <vector>

#include <nlopt.hpp>

#include "sim/base/check.h"
#include "sim/base/units.h"
#include "sim/plan/solver_variables.h"

namespace plumb {
namespace {

enum class Goal { max_slack, max_margin, least_effort };
/// Where many postures are equally good the one nearest to the start is taken, so that a way down has no jumps [SD]. At
/// the limit of what is feasible it costs less than 1e-4 SD.
constexpr double k_stray_cost = 0.05;

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

/// One problem for NLopt; the last variable `t` is the worst slack or the margin to raise.
template <class Body>
struct Problem {
    using Values = Look<typename Body::Number, Body::k_sides>;
    using SlackArray = std::array<std::array<typename Body::Number, k_constraint_count>, Body::k_sides>;
    /// A constraint of one side.
    struct Row {
        size_t side;
        Constraint constraint;
        bool operator==(const Row&) const = default;
    };

    const PlanModel& model;
    double drop;
    PostureDemand demand;
    Goal goal;
    Relaxation relax;
    std::array<double, Body::k_variables> start{};  ///< where the search begins
    std::vector<Row> rows;                          ///< what the search looks at

    struct Cache {
        std::array<double, Body::k_variables> x{};
        bool valid = false;
        Values at;
    } cache;

    [[nodiscard]] bool has_t() const { return goal != Goal::least_effort; }

    /// The rows whose least value is raised.
    [[nodiscard]] bool carries_t(Constraint row) const {
        return goal == Goal::max_slack || (goal == Goal::max_margin && row >= bind_balance_heel);
    }
    [[nodiscard]] bool is_demanded(const Row& row) const {
        // Reach is the farther leg's, bent knees are each leg's own.
        const bool own = row.constraint == bind_reach && demand.knee_least_rad > 0.0;
        if (row.side > 0 && is_shared(row.constraint) && !own) return false;
        if (is_lopsided(row.constraint) && Body::k_sides == 1) return false;
        if (row.constraint == bind_wall) return demand.with_wall && model.wall_distance_m > 0.0;
        return demand.with_strength || row.constraint < bind_strength_plantarflexion
               || row.constraint > bind_strength_bend_right;
    }
    template <class Visit>
    void each_demanded(Visit visit) const {
        for (size_t side = 0; side < Body::k_sides; ++side)
            for (int i = 0; i < k_constraint_count; ++i)
                if (const Row row{side, static_cast<Constraint>(i)}; is_demanded(row)) visit(row);
    }
    /// The demanded rows with a slack under `enough_sd`, and all that carry t.
    void choose_rows(const SlackArray& slacks, double enough_sd) {
        rows.clear();
        each_demanded([&](const Row& row) {
            const bool raised = goal == Goal::max_margin && carries_t(row.constraint);
            if (raised || slacks[row.side][row.constraint].value < enough_sd) rows.push_back(row);
        });
    }

    [[nodiscard]] Posture posture(const double* x) const {
        return Body::posture(x, model.hip_height_m(drop));
    }
    /// NLopt asks for the objective and the constraints of one point in turn: they share one look at it.
    const Values& at(const double* x) {
        if (cache.valid && std::equal(cache.x.begin(), cache.x.end(), x)) return cache.at;
        std::copy_n(x, Body::k_variables, cache.x.begin());
        cache.at = Body::look(model, demand, goal == Goal::least_effort, relax, x, model.hip_height_m(drop));
        cache.valid = true;
        return cache.at;
    }
};

template <class Body>
double objective(unsigned n, const double* x, double* gradient, void* data) {
    auto& problem = *static_cast<Problem<Body>*>(data);
    const double scale = tuning(problem.goal).scale;
    if (problem.has_t()) {
        double stray = 0.0;
        for (unsigned i = 0; i < Body::k_variables; ++i) {
            const double off = x[i] - problem.start[i];
            stray += 0.5 * k_stray_cost * off * off;
            if (gradient) gradient[i] = scale * k_stray_cost * off;
        }
        if (gradient) gradient[n - 1] = -scale;
        return scale * (stray - x[n - 1]);
    }
    const auto& at = problem.at(x);
    if (gradient) Body::copy_slopes(at.effort, scale, gradient);
    return scale * at.effort.value;
}

/// result[j] = (t or 0) - slack[j] <= 0. For max_margin only the balance rows carry t (in SD of balance).
template <class Body>
void constraints(unsigned m, double* result, unsigned n, const double* x, double* gradient, void* data) {
    auto& problem = *static_cast<Problem<Body>*>(data);
    const auto& at = problem.at(x);
    for (unsigned j = 0; j < m; ++j) {
        const auto& [side, row] = problem.rows[j];
        const bool with_t = problem.carries_t(row);
        result[j] = (with_t ? x[n - 1] : 0.0) - at.slacks[side][row].value;
        if (!gradient) continue;
        Body::copy_slopes(at.slacks[side][row], -1.0, gradient + static_cast<size_t>(j) * n);
        if (problem.has_t()) gradient[j * n + n - 1] = with_t ? 1.0 : 0.0;
    }
}

template <class Sides>
double worst(const Sides& sides, bool with_balance) {
    double least = HUGE_VAL;
    for (const auto& slacks : sides) {
        const auto end = with_balance ? slacks.end() : slacks.begin() + bind_balance_heel;
        least = std::min(least, std::min_element(slacks.begin(), end)->value);
    }
    return least;
}
template <class Sides>
double balance_slack(const Sides& sides) {
    return std::min(sides[0][bind_balance_heel].value, sides[0][bind_balance_toe].value);
}

using Variables = std::vector<double>;

/// Runs the optimiser from x over problem.rows; x becomes the best point it finds.
template <class Body>
void optimise(Problem<Body>& problem, const Variables& lower, const Variables& upper, Variables& x) {
    nlopt::opt optimiser(nlopt::LD_SLSQP, static_cast<unsigned>(x.size()));
    optimiser.set_lower_bounds(lower);
    optimiser.set_upper_bounds(upper);
    optimiser.set_min_objective(objective<Body>, &problem);
    optimiser.add_inequality_mconstraint(constraints<Body>, &problem,
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

template <class Body>
PostureSolution solve(Problem<Body> problem, const Posture& start) {
    const JointRange& lumbar = problem.model.body.person.ranges[dof_lumbar_flexion];
    Variables lower = Body::least(), upper = Body::most();
    lower[2] = lumbar.min_rad;
    upper[2] = lumbar.max_rad + 0.2;
    if constexpr (Body::k_rises) {
        const JointRange& toes = problem.model.body.person.ranges[dof_left_toe_extension];
        upper.back() = std::min({upper.back(), toes.max_rad, problem.demand.heel_lift_most_rad});
    }
    Variables x(Body::k_variables);
    Body::put(start, x.data());
    for (size_t i = 0; i < x.size(); ++i) x[i] = std::clamp(x[i], lower[i], upper[i]);
    std::copy_n(x.begin(), Body::k_variables, problem.start.begin());
    const auto at_start = problem.at(x.data()).slacks;
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
    const auto& at_found = problem.at(found.data()).slacks;
    bool missed = false;
    problem.each_demanded([&](const auto& row) {
        missed = missed
                 || (at_found[row.side][row.constraint].value < needed
                     && std::ranges::find(problem.rows, row) == problem.rows.end());
    });
    if (missed) {
        problem.choose_rows(at_found, HUGE_VAL);
        found = x;
        optimise(problem, lower, upper, found);
    }
    PostureSolution solution;
    solution.posture = problem.posture(found.data());
    const auto& at = problem.at(found.data());
    solution.worst_slack = worst(at.slacks, problem.goal != Goal::max_margin);
    solution.value = problem.goal == Goal::max_slack ? worst(at.slacks, true)
                     : problem.goal == Goal::max_margin
                         ? balance_slack(at.slacks) * constraint_spread(bind_balance_heel)
                               + problem.demand.required_margin_m
                         : at.effort.value;
    return solution;
}

PostureSolution solve_goal(const PlanModel& model, double drop, const PostureDemand& demand, Goal goal,
                           const Relaxation& relax, const Posture& start) {
    const auto solved_as = [&]<class Body>(Body) {
        return solve(Problem<Body>{model, drop, demand, goal, relax, {}, {}, {}}, start);
    };
    const bool rises = demand.heel_lift_most_rad > 0.0;
    if (model.body.mirrored) return rises ? solved_as(Rising{}) : solved_as(Symmetric{});
    return rises ? solved_as(Lopsided<true>{}) : solved_as(Lopsided<false>{});
}

}  // namespace

PostureSolution max_slack_posture(const PlanModel& model, double drop, const PostureDemand& demand,
                                  const Posture& start, const Relaxation& relax) {
    return solve_goal(model, drop, demand, Goal::max_slack, relax, start);
}

PostureSolution max_margin_posture(const PlanModel& model, double drop, const PostureDemand& demand,
                                   const Posture& start) {
    return solve_goal(model, drop, demand, Goal::max_margin, {}, start);
}

PostureSolution least_effort_posture(const PlanModel& model, double drop, const PostureDemand& demand,
                                     const Posture& start) {
    return solve_goal(model, drop, demand, Goal::least_effort, {}, start);
}

std::vector<Posture> nearby_starts(const PlanModel& model, const Posture& posture) {
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
    if (model.body.mirrored) return starts;
    // The pelvis turned, listed and shifted, and one knee farther out, either way; first on with what there is, so that a mirrored
    // body's starts are mirrored.
    const double first = posture.pelvis_turn_rad >= 0.0 ? 1.0 : -1.0;
    for (const double way : {first, -first}) {
        Posture turned = posture, listed = posture, spread = posture;
        turned.pelvis_turn_rad += 0.15 * way;
        listed.pelvis_list_rad += 0.1 * way;
        listed.hip_y_m += 0.02 * way;
        spread.knee_out_more_rad += 0.2 * way;
        starts.insert(starts.end(), {turned, listed, spread});
    }
    return starts;
}

Posture standing_guess(const PlanModel& model) {
    const double ankle_x = model.body.feet[side_left].standing_ankle_m.x();
    return {ankle_x + 0.02, model.standing_height_m, 0.05, 0.0};
}

}  // namespace plumb
