// The scenarios are samples, manual and acceptance tests at once: each must give what it expects.
#include <filesystem>
#include <set>

#include "sim/balance/assessment.h"
#include "sim/engine/simulate.h"
#include "sim/recording/channels.h"
#include "sim/scenario/scenario_fields.h"
#include "sim/scenario/scenario_toml.h"
#include "tests/catch.h"

using namespace plumb;

namespace {

std::vector<ScenarioDef> all_scenarios() {
    std::vector<ScenarioDef> scenarios;
    for (const auto& entry : std::filesystem::directory_iterator(PLUMBLINE_SOURCE_DIR "/scenarios"))
        if (entry.path().extension() == ".toml") scenarios.push_back(load_scenario(entry.path()));
    return scenarios;
}

}  // namespace

TEST_CASE("Every scenario asks a question and its run gives the expected outcome", "[scenarios]") {
    std::set<std::string> outcomes;
    for (const ScenarioDef& scenario : all_scenarios()) {
        INFO(scenario.name);
        CHECK(scenario.asks.size() > 20);
        CHECK(scenario.asks.ends_with("?"));
        REQUIRE_FALSE(scenario.expect.empty());
        const auto run = simulate(scenario);
        const Assessment a = assess_balance(*run);
        CHECK(std::string(outcome_name(a.outcome)) == scenario.expect);
        CHECK_FALSE(a.explanation.empty());
        CHECK(a.max_foot_force_bw < 3.0);
        outcomes.insert(scenario.expect);
    }
    // The article's whole story: down and up, back over the heels, short, blocked, caught, too weak; and what stiff people do instead.
    for (const char* outcome : {"completed", "fell_backward", "stopped_short", "blocked_by_wall",
                                "caught_by_wall", "cannot_rise", "heels_lifted"})
        CHECK(outcomes.count(outcome) == 1);
}

TEST_CASE("The helps help: every adaptation of the stiff person changes one thing and is worth it",
          "[scenarios]") {
    const auto load = [](const std::string& name) {
        return load_scenario(PLUMBLINE_SOURCE_DIR "/scenarios/" + name + ".toml");
    };
    const auto fields_that_differ = [](const ScenarioDef& a, const ScenarioDef& b) {
        std::set<std::string> tables;
        for (const Field<ScenarioDef>& field : scenario_fields())
            if (field.get(a) != field.get(b)) tables.insert(field.name.substr(0, field.name.find('.')));
        return tables;
    };
    const ScenarioDef stiff = load("stiff_ankles");
    const double alone = simulate(stiff)->plan.limit_sole.hip_drop_fraction;
    for (const auto& [name, table] :
         {std::pair{"stiff_ankles_wide", "stance"}, std::pair{"stiff_ankles_counterweight", "counterweight"},
          std::pair{"stiff_ankles_wedge", "heel_wedge"}}) {
        const ScenarioDef helped = load(name);
        INFO(name);
        CHECK(fields_that_differ(stiff, helped) == std::set<std::string>{table});
        CHECK(simulate(helped)->plan.limit_sole.hip_drop_fraction > alone + 0.05);
    }
    for (const char* name : {"stiff_ankles_wall_near", "stiff_ankles_wall_catches"})
        CHECK(fields_that_differ(stiff, load(name)) == std::set<std::string>{"wall"});
}

TEST_CASE("A short run of every scenario", "[scenarios][smoke]") {
    for (ScenarioDef scenario : all_scenarios()) {
        INFO(scenario.name);
        scenario.movement.descend_s = 0.6;
        scenario.movement.hold_s = 0.2;
        scenario.movement.ascend_s = 0.6;
        scenario.movement.rotation_cycles = 0;
        const auto run = simulate(scenario);
        const Assessment a = assess_balance(*run);
        CHECK(run->frames.size() > 100);
        CHECK_FALSE(summary_json(*run, a).empty());
        CHECK_FALSE(series_csv(*run).empty());
        CHECK_FALSE(depth_curve_csv(*run).empty());
    }
}
