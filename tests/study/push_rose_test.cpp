// The least push that topples: each answer is checked by runs that the search did not make.
#include "sim/study/push_rose.h"

#include <algorithm>
#include <atomic>
#include <random>

#include "sim/engine/simulate.h"
#include "tests/catch.h"
#include "tests/plan/random_person.h"

using namespace plumb;
using namespace plumb::test;

namespace {

bool topples(ScenarioDef def, const PushRose& rose, double direction_deg, double impulse_Ns) {
    def.push.time_s = rose.time_s;
    def.push.direction_deg = direction_deg;
    def.push.impulse_Ns = impulse_Ns;
    return assess_balance(*simulate(def)).outcome <= Outcome::fell_right;
}

}  // namespace

TEST_CASE("A push that topples does so in the whole run, and the one below it does not", "[study][long]") {
    std::mt19937_64 random(91);
    for (int i = 0; i < 1; ++i) {
        ScenarioDef def = draw_person(random);
        def.person.ankle_dorsiflexion_deg = 40.0;
        def.movement.depth = 0.3;
        def.movement.descend_s = def.movement.ascend_s = 1.0;
        def.movement.hold_s = 1.5;
        RoseOptions options;
        options.directions = 4;
        options.most_Ns = 100.0;
        options.tolerance_Ns = 3.0;
        double share = 0.0;
        const PushRose rose = find_push_rose(def, RoseMoment::bottom, options, [&](double done) {
            CHECK(done > share);
            share = done;
        });
        INFO("person " << i << ": " << rose.problem);
        REQUIRE(rose.problem.empty());
        REQUIRE(rose.petals.size() == 4);
        CHECK(share == 1.0);
        for (const RosePetal& petal : rose.petals) {
            INFO("direction " << petal.direction_deg);
            REQUIRE(petal.topples_Ns);
            CHECK(*petal.topples_Ns - petal.stands_Ns <= options.tolerance_Ns);
            CHECK(petal.outcome <= Outcome::fell_right);
            CHECK(topples(def, rose, petal.direction_deg, *petal.topples_Ns));
            CHECK_FALSE(topples(def, rose, petal.direction_deg, petal.stands_Ns));
        }
        // A symmetric person stands as much to the left as to the right (a fall's last steps are chaotic: not to the bit).
        CHECK(*rose.petals[1].topples_Ns == Catch::Approx(*rose.petals[3].topples_Ns).margin(4.0));
        const std::string csv = push_rose_csv({rose});
        CHECK(
            csv.starts_with("moment,direction [deg],topples [N s],stands [N s],outcome,runs [1]\nbottom,0,"));
        CHECK(std::ranges::count(csv, '\n') == 5);
    }
}

TEST_CASE("Who falls without a push has no rose; a cancelled search has fewer petals", "[study]") {
    ScenarioDef stiff;
    stiff.person.ankle_dorsiflexion_deg = 12.0;
    stiff.movement.descend_s = 1.5;
    const PushRose none = find_push_rose(stiff, RoseMoment::bottom);
    CHECK(none.petals.empty());
    CHECK_THAT(none.problem, Catch::Matchers::ContainsSubstring("falls backward"));
    std::atomic<bool> cancel = false;
    RoseOptions few;
    few.most_Ns = 3.0;  // topples nobody: one run a petal
    const PushRose some = find_push_rose(
        ScenarioDef{}, RoseMoment::standing, few, [&](double) { cancel = true; }, &cancel);
    REQUIRE(some.petals.size() == 1);
    CHECK_FALSE(some.petals.front().topples_Ns);
    CHECK(some.petals.front().stands_Ns == 3.0);
}
