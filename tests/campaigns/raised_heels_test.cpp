// How many stiff people, whatever their tempo, get down and up on raised heels.
#include "sim/balance/assessment.h"
#include "sim/engine/simulate.h"
#include "tests/catch.h"
#include "tests/engine/consistency.h"
#include "tests/engine/finer_steps.h"
#include "tests/engine/riser.h"

using namespace plumb;
using namespace plumb::test;

TEST_CASE("Raised heels: 100 stiff people at 2 to 4 s down and up", "[.long]") {
    std::mt19937_64 random(20261128);
    int rising = 0, deep = 0, well = 0, fell = 0;
    for (int i = 0; i < 100; ++i) {
        ScenarioDef def = draw_person(random);
        def.person.ankle_dorsiflexion_deg = draw(random, 0.0, 22.0);
        def.movement.heels = Heels::may_lift;
        def.movement.descend_s = draw(random, 2.0, 4.0);
        def.movement.ascend_s = draw(random, 2.0, 4.0);
        def.movement.hold_s = 1.0;
        if (i % 3 == 0) def.counterweight.mass_kg = draw(random, 0.5, 8.0);
        if (find_scenario_problem(def)) continue;
        const auto run = simulate(def);
        if (!run->plan.heels_rise) continue;
        ++rising;
        const Assessment a = assess_balance(*run);
        const auto name = outcome_name(a.outcome);
        if (run->plan.asked_reachable) ++deep;
        if (a.outcome == Outcome::heels_lifted && run->frames.back().hip_drop < 0.05) ++well;
        if (name.starts_with("fell")) {
            ++fell;
            WARN(name << " with " << 1e3 * run->plan.planned_min_margin_m
                      << " mm planned: " << canonical_text(run->scenario));
        }
    }
    WARN(rising << " of 100 rise, " << deep << " of them as deep as asked by plan; " << well
                << " down and up again, " << fell << " fall");
    CHECK(rising >= 80);
    CHECK(fell <= rising / 20);
    CHECK(well >= deep - rising / 20);
}

TEST_CASE("Raised heels: halving the steps twice changes no outcome of 40 stiff people", "[.long]") {
    std::mt19937_64 random(9000);
    for (int i = 0; i < 40; ++i) {
        ScenarioDef def = draw_riser(random);
        def.engine.control = Control::ideal;
        def.movement.descend_s = draw(random, 1.5, 4.0);
        def.movement.ascend_s = draw(random, 1.5, 4.0);
        const ScenarioDef resolved = resolve_scenario(def);
        const SquatPlan plan = plan_squat(build_person(resolved.person), resolved);
        INFO("person " << i << ", " << 1e3 * plan.planned_min_margin_m << " mm planned");
        std::vector<std::string> outcomes;
        for (const int parts : {1, 2, 4}) {
            const auto run = simulate_plan(resolved, plan, finer_steps(parts));
            outcomes.emplace_back(outcome_name(assess_balance(*run).outcome));
            CHECK(fastest_mps(*run) < 10.0);
        }
        CHECK(outcomes[0] == outcomes[1]);
        CHECK(outcomes[0] == outcomes[2]);
    }
}
