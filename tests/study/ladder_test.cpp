// Ladders: every rung completes with the margin, less of the ability does not, and the last rung stands without help.
#include <atomic>

#include "sim/scenario/scenario_fields.h"
#include "sim/study/help_search.h"
#include "sim/study/ladder.h"
#include "tests/catch.h"
#include "tests/plan/random_person.h"
#include "tests/study/is_enough.h"

using namespace plumb;
using namespace plumb::test;

namespace {

/// What a rung gives up: kilograms, metres of stance and of wedge, all above the unaided.
double help_of(const Ladder& ladder, const LadderRung& rung) {
    double sum = 0.0;
    for (const Help help : k_ladder_helps)
        sum += *help_value(rung.scenario, help) - *help_value(ladder.unaided, help);
    return sum;
}

void check_ladder(const Ladder& ladder, int steps) {
    REQUIRE(ladder.rungs.size() == static_cast<std::size_t>(steps) + 1);
    CHECK(ladder.rungs.front().ability.empty());
    CHECK(ladder.rungs.front().ability_share == 0.0);
    CHECK(ladder.rungs.back().help == "no help");
    CHECK(help_of(ladder, ladder.rungs.back()) == 0.0);
    const LadderRung* last = nullptr;
    for (const LadderRung& rung : ladder.rungs) {
        INFO(rung.help << "; " << rung.ability);
        if (!rung.holds) continue;
        CHECK(rung.outcome == Outcome::completed);
        CHECK(rung.planned_min_margin_m >= ladder.margin_m);
        CHECK(is_enough(rung.scenario, ladder.margin_m));
        if (last != nullptr) {
            CHECK(help_of(ladder, rung) < help_of(ladder, *last));
            CHECK(rung.ability_share >= last->ability_share);
            // One step less of the ability is not enough where this rung asks for more than the last.
            CHECK(rung.less.has_value() == (rung.ability_share > last->ability_share));
            if (rung.less) CHECK_FALSE(is_enough(*rung.less, ladder.margin_m));
        }
        last = &rung;
    }
    CHECK(last == &ladder.rungs.back());
}

}  // namespace

// Long only for its time; one ladder is run rung by rung in e2e.
TEST_CASE("A ladder's rungs hold in runs of their own", "[long][study]") {
    ScenarioDef def = short_squat({});
    def.person.ankle_dorsiflexion_deg = 25.0;
    def.counterweight.mass_kg = 12.0;  // laid aside first
    def.heel_wedge.height_m = 0.03;
    const Ladder ladder = find_ladder(def, {.steps = 2, .margin_m = 0.01, .with = Help::counterweight});
    REQUIRE(ladder.needed);
    CHECK(ladder.complete);
    CHECK(ladder.missing.empty());
    CHECK(ladder.laid_aside.size() == 2);
    CHECK(ladder.unaided.counterweight.mass_kg == 0.0);
    check_ladder(ladder, 2);
}

TEST_CASE("Ladders of seeded people", "[long][study]") {
    std::mt19937_64 random(77);
    for (int people = 0; people < 6;) {
        const ScenarioDef def = short_squat(draw_person(random));
        const Ladder ladder = find_ladder(def, {.steps = 3, .margin_m = {}, .with = {}});
        if (!ladder.needed) continue;
        ++people;
        std::printf("%d: %zu rungs, %d runs; %s\n", people, ladder.rungs.size(), ladder.forward_runs,
                    ladder.missing.c_str());
        CHECK(ladder.complete);
        if (!ladder.missing.empty()) {
            CHECK(ladder.rungs.size() <= 1);
            continue;
        }
        check_ladder(ladder, 3);
    }
}

TEST_CASE("Who needs no help needs no ladder; a stopped search says so", "[study]") {
    ScenarioDef able = short_squat({});
    able.movement.depth = 0.3;
    const Ladder none = find_ladder(able, {});
    CHECK_FALSE(none.needed);
    CHECK(none.rungs.empty());
    const std::atomic<bool> cancel = true;
    ScenarioDef stiff = short_squat({});
    stiff.person.ankle_dorsiflexion_deg = 18.0;
    const Ladder stopped = find_ladder(stiff, {}, {}, &cancel);
    CHECK(stopped.needed);
    CHECK_FALSE(stopped.complete);
    CHECK(stopped.rungs.empty());
}
