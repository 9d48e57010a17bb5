// The least change completes, one step less does not; the wall catches, one step farther does not.
#include <atomic>
#include <cmath>

#include "sim/balance/events.h"
#include "sim/engine/simulate.h"
#include "sim/study/compare.h"
#include "sim/study/help_search.h"
#include "sim/study/least_change.h"
#include "tests/catch.h"
#include "tests/plan/random_person.h"

using namespace plumb;
using namespace plumb::test;

namespace {

Outcome outcome_of(const ScenarioDef& def) { return assess_balance(*simulate(def)).outcome; }

bool is_kept_up(Outcome outcome) {
    return outcome == Outcome::caught_by_wall || outcome == Outcome::leaning_on_wall
           || outcome == Outcome::completed;
}

/// A person of whom this is asked in vain as they are.
ScenarioDef draw_unable(std::mt19937_64& random) {
    for (;;) {
        ScenarioDef def = short_squat(draw_person(random));
        def.arms.pose = ArmsPose::forward;
        if (outcome_of(def) != Outcome::completed) return def;
    }
}

/// With the field one step (of the search) nearer to what it was, and what the search turns with it.
ScenarioDef one_step_less(const ScenarioDef& def, const LeastChange& change, Help help) {
    return HelpSearch(def, help, nullptr).at(help_range(help).nearest(*change.to) - 1);
}

/// Whatever is found holds in runs of its own.
void check_answer(const ScenarioDef& def, Help help, const LeastChange& change) {
    INFO(help_name(help) << ": " << change.sentence << "; " << change.forward_runs << " runs, "
                         << change.static_solves << " solves");
    CHECK_FALSE(change.sentence.empty());
    CHECK(change.field == help_range(help).field);
    if (change.finding != Finding::found) {
        CHECK(change.finding == Finding::none);
        CHECK(change.scenario == def);
        CHECK_FALSE(change.to);
        CHECK_THAT(change.sentence, Catch::Matchers::StartsWith("none: "));
        return;
    }
    REQUIRE(change.to);
    CHECK_FALSE(find_scenario_problem(change.scenario));
    const ScenarioDifferences differences = compare_scenarios(def, change.scenario);
    // Feet set wide turn out with it.
    if (help == Help::wider_stance && differences.changed.size() == 2)
        CHECK(differences.changed.back().field == "stance.toe_out_deg");
    else
        REQUIRE(differences.changed.size() == 1);
    CHECK(differences.changed.front().field == change.field);
    CHECK(differences.changed.front().second == FieldValue{*change.to});
    const Outcome outcome = outcome_of(change.scenario);
    CHECK(outcome == change.outcome);
    if (help == Help::wall) {
        CHECK(is_kept_up(outcome));
        ScenarioDef farther = change.scenario;
        farther.wall.distance_m = help_range(help).value(help_range(help).nearest(*change.to) + 1);
        CHECK_FALSE(is_kept_up(outcome_of(farther)));
        CHECK(change.tested_from <= *change.to);
        CHECK(change.tested_to >= *change.to);
        return;
    }
    CHECK(outcome == Outcome::completed);
    CHECK(change.functional_min_m > -0.02);
    CHECK(*change.to > *change.from);
    const ScenarioDef less = one_step_less(def, change, help);
    const double value = std::get<double>(find_field(change.field)->get(less));
    if (value > *change.from + 1e-9) CHECK(outcome_of(less) != Outcome::completed);
}

}  // namespace

TEST_CASE("The least change completes the squat, and one step less does not", "[study]") {
    std::mt19937_64 random(621);
    int found = 0;
    for (const Help help : {Help::counterweight, Help::more_ankle}) {
        const ScenarioDef def = draw_unable(random);
        const LeastChange change = find_least_change(def, help);
        check_answer(def, help, change);
        found += change.finding == Finding::found ? 1 : 0;
    }
    CHECK(found >= 1);
}

TEST_CASE("The farthest wall catches, and one step farther does not", "[study]") {
    ScenarioDef def;
    def.person.ankle_dorsiflexion_deg = 18.0;
    def = short_squat(def);
    const LeastChange change = find_least_change(def, Help::wall);
    REQUIRE(change.finding == Finding::found);
    CHECK_FALSE(change.from);
    CHECK_THAT(change.sentence, Catch::Matchers::ContainsSubstring("(tested from "));
    check_answer(def, Help::wall, change);
}

TEST_CASE("Who needs no help is told so, and who does not fall needs no wall", "[study]") {
    ScenarioDef able = short_squat({});
    able.movement.depth = 0.3;
    for (const Help help : k_helps) {
        const LeastChange change = find_least_change(able, help);
        CHECK(change.finding == Finding::not_needed);
        CHECK(change.scenario == able);
        CHECK(change.outcome == Outcome::completed);
        CHECK(change.static_solves == 0);
        CHECK_THAT(change.sentence, Catch::Matchers::StartsWith("not needed"));
    }
    ScenarioDef cautious = short_squat({});
    cautious.person.ankle_dorsiflexion_deg = 15.0;
    cautious.movement.intent = Intent::cautious;
    const LeastChange wall = find_least_change(cautious, Help::wall);
    CHECK(wall.finding == Finding::none);
    CHECK_THAT(wall.sentence, Catch::Matchers::ContainsSubstring("does not fall"));
}

TEST_CASE("Where the best of a kind still falls, the answer says how that run ends", "[study]") {
    ScenarioDef stiff = short_squat({});
    stiff.person.ankle_dorsiflexion_deg = 8.0;
    const LeastChange change = find_least_change(stiff, Help::wider_stance);
    INFO(change.sentence);
    REQUIRE(change.finding == Finding::none);
    // Its runs were left when balance was lost; what is told is a whole run's.
    CHECK(change.outcome == Outcome::fell_backward);
    CHECK(change.com_min_m < -0.05);
    CHECK_THAT(change.sentence, Catch::Matchers::ContainsSubstring("(the person then falls backward"));
}

TEST_CASE("Where nothing of a kind helps, the answer says what was tried and why", "[study]") {
    // Legs too weak to rise: no weight in the hands makes them stronger.
    ScenarioDef weak = short_squat({});
    weak.person.strength_ratio = 0.28;
    const LeastChange change = find_least_change(weak, Help::counterweight);
    CHECK(change.finding == Finding::none);
    INFO(change.sentence);
    CHECK_THAT(change.sentence, Catch::Matchers::StartsWith("none: ")
                                    && Catch::Matchers::ContainsSubstring(" kg")
                                    && Catch::Matchers::ContainsSubstring("because of"));
    CHECK(change.scenario == weak);
    // At the end of the field there is nothing more to try.
    ScenarioDef widest = weak;
    widest.stance.width_m = 1.0;
    CHECK(find_least_change(widest, Help::wider_stance).finding == Finding::none);
}

TEST_CASE("A search that is cancelled stops before the next solve", "[study]") {
    const std::atomic<bool> cancel = true;
    ScenarioDef def;
    def.person.ankle_dorsiflexion_deg = 15.0;
    for (const Help help : k_helps) {
        const LeastChange change = find_least_change(def, help, &cancel);
        CHECK(change.finding == Finding::cancelled);
        CHECK(change.forward_runs == 0);
        CHECK(change.scenario == def);
    }
}

TEST_CASE("Every help for many seeded people", "[long][study]") {
    std::mt19937_64 random(622);
    std::array<int, k_helps.size()> found{};
    constexpr int k_people = 12;
    for (int person = 0; person < k_people; ++person) {
        const ScenarioDef def = draw_unable(random);
        for (const Help help : k_helps) {
            const LeastChange change = find_least_change(def, help);
            std::printf("%2d %-13s %2d runs %2d solves  %s\n", person, std::string(help_name(help)).c_str(),
                        change.forward_runs, change.static_solves, change.sentence.c_str());
            check_answer(def, help, change);
            found[static_cast<std::size_t>(help)] += change.finding == Finding::found ? 1 : 0;
        }
    }
    // More ankle always helps in the end unless strength or the hips stand in the way.
    CHECK(found[static_cast<std::size_t>(Help::more_ankle)] >= k_people / 2);
    CHECK(found[static_cast<std::size_t>(Help::counterweight)] >= 1);
}
