// Step halving over whole runs: the same plan at three step sizes, and with its margin shifted.
#pragma once

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <random>

#include "sim/balance/assessment.h"
#include "sim/engine/simulate.h"
#include "tests/engine/finer_steps.h"
#include "tests/plan/random_person.h"

namespace plumb::test {

/// Tight to supple people with weights, wedges and walls, in no hurry.
inline ScenarioDef draw_convergence_scenario(std::mt19937_64& random, int number) {
    for (;;) {
        ScenarioDef def = draw_person(random);
        def.engine.control = Control::ideal;
        def.person.ankle_dorsiflexion_deg = draw(random, 14.0, 42.0);
        if (number % 3 == 0) def.wall.distance_m = draw(random, 0.2, 0.7);
        if (number % 4 == 1) def.counterweight.mass_kg = draw(random, 1.0, 8.0);
        if (number % 5 == 2) def.heel_wedge.height_m = draw(random, 0.005, 0.03);
        if (number % 6 == 4) def.movement.intent = Intent::cautious;
        def.movement.descend_s = draw(random, 1.5, 4.0);
        def.movement.ascend_s = draw(random, 1.5, 4.0);
        if (!find_scenario_problem(def)) return resolve_scenario(def);
    }
}

/// The plan with the hips moved by `shift_m` along X from the first part of the way on, and with them the margin.
inline SquatPlan shifted(const SquatPlan& plan, double shift_m) {
    constexpr int k_count = 80;
    constexpr double k_blend = 0.2;  ///< share of the way over which the shift grows
    std::vector<PlanKnot> knots(k_count + 1);
    for (int i = 0; i <= k_count; ++i) {
        const double position = static_cast<double>(i) / k_count, u = std::min(1.0, position / k_blend);
        Posture& posture = knots[static_cast<size_t>(i)].posture;
        posture = plan.path.at(position);
        posture.hip_x_m += shift_m * u * u * (3.0 - 2.0 * u);
    }
    SquatPlan other = plan;
    other.path = PosturePath(knots);
    return other;
}

struct ConvergenceRun {
    std::array<Assessment, 3> by_step;  ///< at the product's steps, half, quarter
    bool robust = false;                ///< the outcome stays when the margin is shifted by 10 mm either way

    [[nodiscard]] bool same_outcome() const {
        return by_step[0].outcome == by_step[1].outcome && by_step[0].outcome == by_step[2].outcome;
    }
    [[nodiscard]] double exit_depth_change() const {
        double most = 0.0;
        for (const Assessment& a : by_step)
            if (a.com_exit && by_step[2].com_exit)
                most = std::max(
                    most, std::abs(a.com_exit->hip_drop_fraction - by_step[2].com_exit->hip_drop_fraction));
        return most;
    }
    /// Relative to the quarter step; 0 without a wall.
    [[nodiscard]] double peak_change() const {
        double most = 0.0;
        for (const Assessment& a : by_step)
            if (a.wall && by_step[2].wall && by_step[2].wall->peak_force_N > 0.0)
                most = std::max(most, std::abs(a.wall->peak_force_N / by_step[2].wall->peak_force_N - 1.0));
        return most;
    }
};

inline ConvergenceRun run_convergence(const ScenarioDef& scenario) {
    const SquatPlan plan = plan_squat(build_person(scenario.person), scenario);
    ConvergenceRun run;
    for (size_t i = 0; i < 3; ++i)
        run.by_step[i] = assess_balance(*simulate_plan(scenario, plan, finer_steps(1 << i)));
    run.robust = true;
    for (const double shift_m : {-0.010, 0.010})
        run.robust = run.robust
                     && assess_balance(*simulate_plan(scenario, shifted(plan, shift_m))).outcome
                            == run.by_step[0].outcome;
    return run;
}

}  // namespace plumb::test
