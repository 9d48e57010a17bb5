// The campaign behind the dynamic allowance: how much planned margin the motion takes, by tempo. Run by hand.
#include <algorithm>
#include <cstdio>

#include "sim/balance/assessment.h"
#include "sim/engine/simulate.h"
#include "tests/catch.h"
#include "tests/plan/random_person.h"

using namespace plumb;
using namespace plumb::test;

TEST_CASE("The dynamic allowance is more than any fall needed, at every tempo but one", "[long][engine]") {
    std::printf(
        "tempo [s], people, highest margin that fell [mm], lowest that completed [mm], allowance [mm]\n");
    for (const double tempo_s : {1.0, 1.5, 2.0, 3.0, 6.0}) {
        std::mt19937_64 random(77);
        double highest_fall_m = -1.0, lowest_completed_m = 1.0;
        int people = 0;
        const double allowance_m = dynamic_allowance_m({.descend_s = tempo_s, .ascend_s = tempo_s});
        for (int person = 0; person < 150; ++person) {
            ScenarioDef def = draw_person(random);
            def.person.ankle_dorsiflexion_deg = draw(random, 16.0, 34.0);
            def.person.strength_ratio = draw(random, 0.9, 1.3);
            def.movement.descend_s = def.movement.ascend_s = tempo_s;
            const auto run = simulate(def);
            // Whose posture leaves no strength for the motion falls by that, whatever the margin; a fast one asks more.
            const double spare = 0.1 + 0.15 / (tempo_s * tempo_s);
            if (!run->plan.asked_reachable || most_strength_share(run->plan) > 1.0 - spare) continue;
            const double margin_m = run->plan.planned_min_margin_m;
            const Outcome outcome = assess_balance(*run).outcome;
            ++people;
            if (outcome <= Outcome::fell_right) highest_fall_m = std::max(highest_fall_m, margin_m);
            if (outcome >= Outcome::completed_marginal)
                lowest_completed_m = std::min(lowest_completed_m, margin_m);
        }
        std::printf("%4.1f, %d, %.1f, %.1f, %.1f\n", tempo_s, people, 1e3 * highest_fall_m,
                    1e3 * lowest_completed_m, 1e3 * allowance_m);
        // At 1.5 s one person fell with 69 mm under human control: the allowance does not cover what is that fast
        // (docs/validation.md).
        if (tempo_s != 1.5) CHECK(highest_fall_m < allowance_m);
        CHECK(lowest_completed_m < allowance_m);
    }
}
