// What differs is named exactly: all of it, nothing else, the same both ways.
#include <algorithm>
#include <set>
#include <string>

#include "sim/engine/simulate.h"
#include "sim/recording/recording_file.h"
#include "sim/study/compare.h"
#include "tests/catch.h"
#include "tests/scenario/random_scenario.h"

using namespace plumb;
using namespace plumb::test;

namespace {

std::set<std::string> names_of(const std::vector<FieldDifference>& differences) {
    std::set<std::string> names;
    for (const FieldDifference& d : differences) names.insert(d.field);
    return names;
}

/// Another value for one field; nothing when the one drawn is no other.
bool change_field(std::mt19937_64& random, const Field<ScenarioDef>& field, ScenarioDef& def) {
    const ScenarioDef before = def;
    field.set(def, draw_value(random, field, resolve_scenario(def)));
    if (find_scenario_problem(def)) return false;
    const ScenarioDef a = without_derived(before), b = without_derived(def);
    return field.get(a) != field.get(b);
}

}  // namespace

TEST_CASE("Comparing names exactly the fields that were changed", "[study]") {
    std::mt19937_64 random(601);
    const auto& fields = scenario_fields();
    int compared = 0, followers = 0;
    while (compared < 150) {
        const ScenarioDef first = draw_scenario(random);
        ScenarioDef second = first;
        std::set<std::string> changed;
        const int count = 1 + static_cast<int>(random() % 4);
        bool differs = true;
        for (int i = 0; i < count && differs; ++i) {
            const auto& field = fields[random() % fields.size()];
            // Closure and couch value are one thing said in two ways: a case of their own below.
            const bool closure = field.name.find("clinical") != std::string::npos
                                 || field.name.find("closure") != std::string::npos;
            differs = !closure && changed.insert(field.name).second && change_field(random, field, second);
        }
        if (!differs || find_scenario_problem(second)) continue;
        ++compared;
        second.name = "other";
        second.asks = "Other?";
        const ScenarioDifferences d = compare_scenarios(first, second);
        CHECK(names_of(d.changed) == changed);
        CHECK_FALSE(d.is_same());
        for (const std::string& name : names_of(d.followed)) {
            ++followers;
            INFO(name);
            CHECK(find_field(name)->kind == FieldKind::optional_number);
            CHECK(changed.count(name) == 0);
        }

        // The same both ways, and for what a recording keeps of them.
        const ScenarioDifferences back = compare_scenarios(second, first);
        REQUIRE(back.changed.size() == d.changed.size());
        for (std::size_t i = 0; i < d.changed.size(); ++i) {
            CHECK(back.changed[i].field == d.changed[i].field);
            CHECK(back.changed[i].first == d.changed[i].second);
            CHECK(back.changed[i].second == d.changed[i].first);
        }
        const ScenarioDifferences resolved =
            compare_scenarios(resolve_scenario(first), resolve_scenario(second));
        CHECK(resolved.followed == d.followed);
        CHECK(resolved.changed == d.changed);
    }
    CHECK(followers > 20);
}

TEST_CASE("A scenario is the same as itself and as its resolved form", "[study]") {
    std::mt19937_64 random(602);
    for (int i = 0; i < 60; ++i) {
        const ScenarioDef def = draw_scenario(random);
        const ScenarioDef resolved = resolve_scenario(def);
        CHECK(compare_scenarios(def, def).is_same());
        CHECK(compare_scenarios(def, resolved).is_same());
        CHECK(compare_scenarios(resolved, def).is_same());
        CHECK(input_hash(without_derived(resolved)) == input_hash(def));
    }
}

TEST_CASE("What follows is told apart from what was changed", "[study]") {
    ScenarioDef small, tall;
    tall.person.stature_m = 1.85;
    const ScenarioDifferences d = compare_scenarios(small, tall);
    CHECK(names_of(d.changed) == std::set<std::string>{"person.stature_m"});
    CHECK(names_of(d.followed)
          == std::set<std::string>{"person.thigh_length_m", "person.shank_length_m", "person.trunk_length_m",
                                   "person.arm_length_m", "person.foot_length_m",
                                   "person.trunk_thigh_closure_deg", "stance.width_m"});
    // A thigh that is given is changed; the trunk closes the chain.
    ScenarioDef long_thighs = small;
    long_thighs.person.thigh_length_m = 0.46;
    const ScenarioDifferences thighs = compare_scenarios(small, long_thighs);
    CHECK(names_of(thighs.changed) == std::set<std::string>{"person.thigh_length_m"});
    CHECK(names_of(thighs.followed) == std::set<std::string>{"person.trunk_length_m"});
    // The couch value is named where nobody gave the closure; resolved, only the closure is left to be named.
    ScenarioDef couch = small;
    couch.person.hip_flexion_clinical_deg = 140.0;
    const ScenarioDifferences closure = compare_scenarios(small, couch);
    CHECK(names_of(closure.changed) == std::set<std::string>{"person.hip_flexion_clinical_deg"});
    CHECK(names_of(closure.followed) == std::set<std::string>{"person.trunk_thigh_closure_deg"});
    CHECK(compare_scenarios(couch, resolve_scenario(couch)).is_same());
    CHECK(names_of(compare_scenarios(small, resolve_scenario(couch)).changed)
          == std::set<std::string>{"person.trunk_thigh_closure_deg"});
    CHECK(compare_scenarios(couch, small).changed.front().second == FieldValue{});
}

TEST_CASE("Differences are sentences with numbers and units", "[study]") {
    CHECK(difference_sentence({"counterweight.mass_kg", "kg", 0.0, 6.0})
          == "Counterweight mass: 0 kg in the first, 6 kg in the second (6 kg more).");
    CHECK(difference_sentence({"stance.width_m", "m", 0.4144, 0.35})
          == "Stance width: 0.414 m in the first, 0.35 m in the second (0.064 m less).");
    CHECK(difference_sentence({"wall.distance_m", "m", FieldValue{}, 0.3})
          == "Wall distance: none in the first, 0.3 m in the second.");
    CHECK(difference_sentence({"arms.pose", "", std::string("forward"), std::string("crossed")})
          == "Arms pose: forward in the first, crossed in the second.");
    // A difference is never rounded away.
    CHECK(difference_sentence({"person.mass_kg", "kg", 75.0, 75.0001}).find("75.0001 kg")
          != std::string::npos);
}

TEST_CASE("Two runs are compared by outcome, depth, exit and margins, the same both ways", "[study]") {
    ScenarioDef stiff;
    stiff.person.ankle_dorsiflexion_deg = 18.0;
    stiff.movement.descend_s = stiff.movement.ascend_s = 1.5;
    stiff.movement.hold_s = 0.5;
    ScenarioDef shallow = stiff;
    shallow.movement.depth = 0.2;
    const auto fall = simulate(stiff), squat = simulate(shallow);
    const Assessment fell = assess_balance(*fall), done = assess_balance(*squat);
    const RunDifferences d = compare_runs({*fall, fell}, {*squat, done});
    CHECK(d.first_outcome == Outcome::fell_backward);
    CHECK(d.second_outcome == Outcome::completed);
    REQUIRE(d.sentences.size() == 7);
    CHECK(d.sentences[0]
          == "The person: falls backward in the first, goes down and up in balance in the second.");
    CHECK(d.sentences[3].find("over the heel edge") != std::string::npos);
    CHECK(d.sentences[3].find("never in the second") != std::string::npos);
    const RunDifferences back = compare_runs({*squat, done}, {*fall, fell});
    REQUIRE(back.quantities.size() == d.quantities.size());
    for (std::size_t i = 0; i < d.quantities.size(); ++i) {
        CHECK(back.quantities[i].name == d.quantities[i].name);
        CHECK(back.quantities[i].first == d.quantities[i].second);
        CHECK(back.quantities[i].second == d.quantities[i].first);
    }
    for (const std::string& sentence : compare_runs({*squat, done}, {*squat, done}).sentences)
        CHECK(sentence.ends_with(" in both."));
}
