// `plumbline adapt` as a user types it: its answers given to `run` complete.
#include <nlohmann/json.hpp>

#include "tests/catch.h"
#include "tests/e2e/refusal.h"

using namespace plumb;
using namespace plumb::test;
using Catch::Matchers::ContainsSubstring;
using Json = nlohmann::json;

TEST_CASE("Each answer of adapt, given to run, completes", "[e2e][long]") {
    const std::vector<std::string> quick = {"--set", "movement.descend_s=2", "--set", "movement.ascend_s=2",
                                            "--set", "movement.hold_s=0.7"};
    std::vector<std::string> words = {"adapt", "stiff_ankles", "--json", "--no-pairs", "--no-interval"};
    words.insert(words.end(), quick.begin(), quick.end());
    const Result result = run_program({.words = words});
    INFO(result.err);
    REQUIRE(result.exit_code == 0);
    const Json found = Json::parse(result.out);
    CHECK(found["outcome"] == "fell_backward");
    CHECK(found["complete"] == true);
    CHECK_THAT(found["note"].get<std::string>(), ContainsSubstring("not medical advice"));
    REQUIRE(found["answers"].size() >= 3);
    for (const Json& answer : found["answers"]) {
        INFO(answer.dump(1));
        CHECK(answer["outcome"] == "completed");
        CHECK(answer["planned_min_margin_m"] >= found["margin_m"]);
        std::vector<std::string> run = {"run", "stiff_ankles", "--json", "--no-interval"};
        run.insert(run.end(), quick.begin(), quick.end());
        for (const Json& change : answer["changes"]) {
            const Json& value = change["value"];
            run.emplace_back("--set");
            run.push_back(change["field"].get<std::string>() + "="
                          + (value.is_string() ? value.get<std::string>() : value.dump()));
        }
        const Result checked = run_program({.words = run});
        INFO(checked.err);
        REQUIRE(checked.exit_code == 0);
        CHECK(Json::parse(checked.out)["outcome"] == "completed");
    }
}

TEST_CASE("adapt says when nothing needs to change, and refuses in one line", "[e2e]") {
    const Result able =
        run_program({.words = {"adapt", "able", "--margin", "0", "--set", "movement.depth=half"}});
    CHECK(able.exit_code == 0);
    CHECK_THAT(able.out,
               ContainsSubstring("Nothing needs to change") && ContainsSubstring("not medical advice"));
    const Folder folder;
    for (const char* margin : {"-0.01", "0.2", "nan", "inf", "3cm", "", "1e999"})
        check_refused(folder, {.words = {"adapt", "able", "--margin", margin}}, {"--margin"});
    check_refused(folder, {.words = {"adapt", "no_such"}}, {"no_such"});
    check_refused(folder, {.words = {"adapt"}}, {"SCENARIO"});
}
