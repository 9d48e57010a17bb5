// How early, and how truly, the XCoM warns of a fall: five hundred seeded people.
#include <algorithm>
#include <random>

#include "sim/balance/assessment.h"
#include "sim/base/text.h"
#include "sim/engine/simulate.h"
#include "tests/catch.h"
#include "tests/plan/random_person.h"

using namespace plumb;
using namespace plumb::test;

TEST_CASE("Warning: the XCoM leaves the functional base before every fall, and sometimes without one",
          "[long]") {
    std::mt19937_64 random(500);
    int falls = 0, missed = 0, stood = 0, false_alarms = 0;
    std::vector<double> leads_s;
    for (int i = 0; i < 500; ++i) {
        ScenarioDef def = draw_person(random);
        def.movement.descend_s = draw(random, 1.0, 4.0);
        def.movement.hold_s = 1.0;
        def.movement.ascend_s = 2.0;
        def.movement.intent = random() % 2 == 0 ? Intent::committed : Intent::cautious;
        const auto run = simulate(def);
        const Assessment a = assess_balance(*run);
        INFO("person " << i);
        if (a.outcome <= Outcome::fell_right) {
            ++falls;
            if (!a.warning) {
                ++missed;
                continue;
            }
            REQUIRE(a.warning->lead_s);
            CHECK(*a.warning->lead_s >= 0.0);
            leads_s.push_back(*a.warning->lead_s);
        } else {
            ++stood;
            false_alarms += a.warning ? 1 : 0;
        }
    }
    REQUIRE(falls > 50);
    REQUIRE(stood > 50);
    std::ranges::sort(leads_s);
    const auto quantile = [&](double q) {
        return leads_s[static_cast<std::size_t>(q * static_cast<double>(leads_s.size() - 1))];
    };
    WARN("falls " << falls << ", missed " << missed << "; lead time 5 % " << quantile(0.05) << " s, median "
                  << quantile(0.5) << " s, 95 % " << quantile(0.95) << " s; no fall " << stood
                  << ", false alarms " << false_alarms);
    // Whoever falls in this engine passes the edge of the feet with the COM, and the XCoM runs ahead of it.
    CHECK(missed == 0);
}
