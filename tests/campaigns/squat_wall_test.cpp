// Where a wall blocks, catches or comes too late, by distance, for the stiff person of the scenarios. Run by hand.
#include <cstdio>

#include "sim/balance/assessment.h"
#include "sim/engine/simulate.h"
#include "tests/catch.h"

using namespace plumb;

TEST_CASE("From near to far a wall blocks, then catches, then comes too late", "[long][engine]") {
    std::printf("distance [m], outcome, hip drop, hold force [N], peak force [N]\n");
    int stage = 0;  // 0 blocked, 1 caught, 2 fallen: never back
    for (int cm = 10; cm <= 120; cm += 2) {
        ScenarioDef def;
        def.person.ankle_dorsiflexion_deg = 18.0;
        def.wall.distance_m = 0.01 * cm;
        const auto run = simulate(def);
        const Assessment a = assess_balance(*run);
        std::printf("%.2f, %s, %.3f, %.0f, %.0f\n", 0.01 * cm, std::string(outcome_name(a.outcome)).c_str(),
                    a.depth.hip_drop_fraction, a.wall ? a.wall->hold_force_N : 0.0,
                    a.wall ? a.wall->peak_force_N : 0.0);
        const int now = a.outcome == Outcome::blocked_by_wall || a.outcome == Outcome::leaning_on_wall ? 0
                        : a.outcome == Outcome::caught_by_wall                                         ? 1
                                                                                                       : 2;
        INFO(0.01 * cm << " m: " << outcome_name(a.outcome));
        CHECK(now >= stage);
        CHECK((now < 2 || a.outcome == Outcome::fell_backward));
        stage = std::max(stage, now);
    }
    CHECK(stage == 2);
}
