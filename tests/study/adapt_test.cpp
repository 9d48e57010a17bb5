// What adapt answers holds in runs of its own, and less does not.
#include <atomic>
#include <cmath>

#include "sim/engine/simulate.h"
#include "sim/scenario/scenario_fields.h"
#include "sim/study/adapt.h"
#include "sim/study/help_search.h"
#include "tests/catch.h"
#include "tests/plan/random_person.h"
#include "tests/study/is_enough.h"

using namespace plumb;
using namespace plumb::test;

namespace {

ScenarioDef stiff(double dorsiflexion_deg) {
    ScenarioDef def = short_squat({});
    def.person.ankle_dorsiflexion_deg = dorsiflexion_deg;
    return def;
}

/// One step less of the help's field, on the grid of the search: at the edge the last digit decides.
ScenarioDef one_step_less(const ScenarioDef& def, const AdaptAnswer& answer) {
    const HelpRange range = help_range(answer.helps.front());
    const int steps = range.nearest(*help_value(answer.scenario, answer.helps.front()));
    return with_help(def, answer.helps.front(),
                     std::max(*help_value(def, answer.helps.front()), range.value(steps - 1)));
}

void check_adaptations(const ScenarioDef& def, const Adaptations& found) {
    CHECK(found.complete);
    for (const std::vector<AdaptAnswer>* answers : {&found.singles, &found.pairs}) {
        CHECK(std::ranges::is_sorted(*answers, {}, &AdaptAnswer::effort));
        for (const AdaptAnswer& answer : *answers) {
            INFO(answer.sentence << ", effort " << answer.effort);
            CHECK_FALSE(answer.changes.empty());
            CHECK(answer.effort > 0.0);
            CHECK(is_enough(answer.scenario, found.margin_m));
            CHECK(answer.planned_min_margin_m >= found.margin_m);
            if (answer.helps.size() == 1) CHECK_FALSE(is_enough(one_step_less(def, answer), found.margin_m));
            if (answers != &found.pairs) continue;
            REQUIRE(answer.less);
            CHECK_FALSE(is_enough(*answer.less, found.margin_m));
            for (const HelpEffort& effort : help_efforts()) {
                const double from = *help_value(def, effort.help),
                             to = *help_value(answer.scenario, effort.help),
                             less = *help_value(*answer.less, effort.help);
                CHECK(less <= to);
                if (effort.help != Help::toes_out)
                    CHECK(less >= from + 0.95 * (to - from) - help_range(effort.help).step - 1e-9);
            }
        }
    }
}

}  // namespace

TEST_CASE("Every single change of adapt keeps its margin in a run, and one step less does not",
          "[long][study]") {
    const ScenarioDef def = stiff(20.0);
    const Adaptations found = find_adaptations(def, {.margin_m = {}, .pairs = false, .intervals = false});
    CHECK(found.needed);
    CHECK(found.outcome == Outcome::fell_backward);
    CHECK(found.singles.size() >= 3);
    CHECK(found.pairs.empty());
    REQUIRE(found.wall);
    CHECK(found.singles.size() + found.without.size() == help_efforts().size());
    check_adaptations(def, found);
}

TEST_CASE("Every change and pair for seeded people", "[long][study]") {
    std::mt19937_64 random(631);
    int people = 0;
    while (people < 6) {
        const ScenarioDef def = short_squat(draw_person(random));
        const Adaptations found = find_adaptations(def, {.margin_m = {}, .pairs = true, .intervals = false});
        if (!found.needed) continue;
        ++people;
        INFO("person " << people);
        std::printf("%d: %zu singles, %zu pairs, %d runs; %s\n", people, found.singles.size(),
                    found.pairs.size(), found.forward_runs,
                    found.singles.empty() ? "none" : found.singles.front().sentence.c_str());
        check_adaptations(def, found);
    }
}

TEST_CASE("Who keeps the margin needs no change; more margin asks for more", "[study]") {
    ScenarioDef able = short_squat({});
    able.movement.depth = 0.3;
    const Adaptations none = find_adaptations(able, {});
    CHECK_FALSE(none.needed);
    CHECK(none.singles.empty());
    CHECK(none.forward_runs == 1);
    const ScenarioDef def = stiff(22.0);
    const auto ankle = [&](double margin_m) {
        const LeastChange change = find_least_change(def, Help::more_ankle, nullptr, margin_m);
        REQUIRE(change.finding == Finding::found);
        CHECK(change.planned_min_margin_m >= margin_m);
        return *change.to;
    };
    CHECK(ankle(0.06) > ankle(0.02) + 0.5);
}

TEST_CASE("A search for adaptations that is stopped says that it is not complete", "[study]") {
    const std::atomic<bool> cancel = true;
    const Adaptations found = find_adaptations(stiff(18.0), {}, {}, &cancel);
    CHECK(found.needed);
    CHECK_FALSE(found.complete);
    CHECK(found.singles.empty());
}

TEST_CASE("What is measured narrows an answer's interval; the answer lies in it", "[study]") {
    ScenarioDef def = stiff(18.0);
    const double margin_m = 0.02;
    const LeastChange change = find_least_change(def, Help::more_ankle, nullptr, margin_m);
    REQUIRE(change.finding == Finding::found);
    const auto width = [&] {
        const auto interval = help_interval(def, change, margin_m);
        REQUIRE(interval);
        CHECK(interval->value.low <= *change.to);
        CHECK(interval->value.high >= *change.to);
        CHECK(interval->static_solves >= 150);
        return interval->value.high - interval->value.low;
    };
    const double usual = width();
    def.person.trunk_thigh_closure_deg = 129.0;  // not the usual value: somebody measured it
    CHECK(width() < 0.8 * usual);
}
