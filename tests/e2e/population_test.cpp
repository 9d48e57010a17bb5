// `plumbline population` and `plumbline ladder` as a user types them.
#include <nlohmann/json.hpp>

#include "tests/catch.h"
#include "tests/e2e/refusal.h"

using namespace plumb;
using namespace plumb::test;
using Catch::Matchers::ContainsSubstring;

namespace {

const std::string k_population = "asks = \"Who?\"\nscenario = \"able\"\npeople = 60\nsensitivity = 4\n"
                                 "[[draw]]\nfield = \"stance.width_m\"\nfrom = 0.25\nto = 0.6\n";

Command population(const Folder& folder, const std::string& out, const std::string& threads) {
    return {.words = {"population", "./crowd.toml", "--out", out, "--threads", threads},
            .folder = folder.path()};
}

}  // namespace

TEST_CASE("A population killed in the middle goes on to the same tables and figures", "[e2e][long]") {
    const Folder folder;
    write_file(folder / "crowd.toml", k_population);
    const Result whole = run_program(population(folder, "whole", "2"));
    INFO(whole.err);
    REQUIRE(whole.exit_code == 0);
    CHECK_THAT(whole.out, ContainsSubstring("60 people") && ContainsSubstring("Stance width")
                              && ContainsSubstring("not medical advice"));
    Command killed = population(folder, "parts", "1");
    killed.limit = std::chrono::seconds(1);
    CHECK(run_program(killed).exit_code == 128 + SIGKILL);
    CHECK_FALSE(std::filesystem::exists(folder / "parts/people.csv"));
    const Result rest = run_program(population(folder, "parts", "1"));
    INFO(rest.err);
    CHECK(rest.exit_code == 0);
    for (const char* file :
         {"people.csv", "shares.csv", "pairs.csv", "sobol.csv", "shares.svg", "shares.png", "sobol.svg"}) {
        INFO(file);
        CHECK(read_file(folder / "parts" / file) == read_file(folder / "whole" / file));
    }
    const std::string people = read_file(folder / "whole/people.csv");
    CHECK(std::ranges::count(people, '\n') == 61);
}

TEST_CASE("population refuses in one line and leaves nothing", "[e2e]") {
    const Folder folder;
    write_file(folder / "crowd.toml", k_population);
    write_file(folder / "wrong.toml", "scenario = \"able\"\npeople = 3\n");
    write_file(folder / "a_file", "");
    const auto refused = [&](const std::vector<std::string>& words,
                             const std::vector<std::string>& culprits) {
        check_refused(folder, {.words = words}, culprits);
    };
    refused({"population"}, {"STUDY"});
    refused({"population", "adults"}, {"--out"});
    refused({"population", "nobody", "--out", "x"}, {"unknown population", "adults"});
    refused({"population", "./wrong.toml", "--out", "x"}, {"wrong.toml:2", "people = 3"});
    refused({"population", "./crowd.toml", "--out", "x", "--threads", "0"}, {"--threads 0", "1 to 256"});
    refused({"population", "./crowd.toml", "--out", "a_file"}, {"a_file", "no folder"});
}

TEST_CASE("A refined sweep says how much it evaluated and goes on as a full one", "[e2e]") {
    const Folder folder;
    write_file(folder / "study.toml", "scenario = \"able\"\nevaluate = \"static\"\n[[axis]]\nfield = "
                                      "\"person.ankle_dorsiflexion_deg\"\nfrom = 10\nto = 48\nsteps = 20\n");
    Command refine{.words = {"sweep", "./study.toml", "--out", "map", "--refine"}, .folder = folder.path()};
    const Result refined = run_program(refine);
    INFO(refined.err);
    REQUIRE(refined.exit_code == 0);
    CHECK_THAT(refined.out, ContainsSubstring("inferred from them: "));
    CHECK_THAT(read_file(folder / "map/cells.csv"), ContainsSubstring(",inferred,"));
    refine.words.pop_back();
    const Result full = run_program(refine);
    CHECK(full.exit_code == 0);
    CHECK_THAT(full.out, !ContainsSubstring("inferred"));
    CHECK_THAT(read_file(folder / "map/cells.csv"), !ContainsSubstring(",inferred,"));
}

TEST_CASE("Each rung of a ladder, given to run, completes", "[e2e][long]") {
    const std::vector<std::string> setting = {"--set", "movement.descend_s=2", "--set", "movement.ascend_s=2",
                                              "--set", "movement.hold_s=0.7"};
    std::vector<std::string> words = {"ladder", "stiff_ankles", "--json",    "--steps",
                                      "1",      "--with",       "heel_wedge"};
    words.insert(words.end(), setting.begin(), setting.end());
    const Result result = run_program({.words = words});
    INFO(result.err);
    REQUIRE(result.exit_code == 0);
    const nlohmann::json ladder = nlohmann::json::parse(result.out);
    CHECK(ladder["needed"] == true);
    CHECK(ladder["complete"] == true);
    CHECK(ladder["wall"]["field"] == "wall.distance_m");
    REQUIRE(ladder["rungs"].size() == 2);
    CHECK(ladder["rungs"][0]["ability"] == "");
    CHECK(ladder["rungs"][1]["help"] == "no help");
    for (const nlohmann::json& rung : ladder["rungs"]) {
        INFO(rung.dump(1));
        std::vector<std::string> run = {"run", "stiff_ankles", "--json", "--no-interval"};
        run.insert(run.end(), setting.begin(), setting.end());
        for (const nlohmann::json& change : rung["changes"]) {
            run.emplace_back("--set");
            const nlohmann::json& value = change["value"];
            run.push_back(change["field"].get<std::string>() + "="
                          + (value.is_string() ? value.get<std::string>() : value.dump()));
        }
        const Result checked = run_program({.words = run});
        REQUIRE(checked.exit_code == 0);
        CHECK(nlohmann::json::parse(checked.out)["outcome"] == "completed");
    }
    const Folder folder;
    check_refused(folder, {.words = {"ladder", "able", "--steps", "0"}}, {"--steps 0", "1 to 12"});
    check_refused(folder, {.words = {"ladder", "able", "--with", "luck"}}, {"--with", "counterweight"});
    check_refused(folder, {.words = {"ladder", "able", "--margin", "-1"}}, {"--margin"});
    check_refused(folder, {.words = {"ladder"}}, {"SCENARIO"});
}
