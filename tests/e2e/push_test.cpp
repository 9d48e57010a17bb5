// `plumbline push` as a user types it.
#include <nlohmann/json.hpp>

#include "tests/catch.h"
#include "tests/e2e/refusal.h"

using namespace plumb;
using namespace plumb::test;
using Catch::Matchers::ContainsSubstring;

TEST_CASE("push prints a table, writes a CSV, and says what it rests on", "[e2e]") {
    const Folder folder;
    write_file(folder / "able.toml", k_short_squat);
    const std::vector<std::string> words = {"push",     "./able.toml",  "--moment",
                                            "standing", "--directions", "2"};
    std::vector<std::string> with_file = words;
    with_file.insert(with_file.end(), {"--out", "rose.csv"});
    const Result text = run_program({.words = with_file, .folder = folder.path()});
    INFO(text.err);
    CHECK(text.exit_code == 0);
    CHECK(text.err.empty());
    CHECK_THAT(text.out, ContainsSubstring("standing, pushed at 0.5 s")
                             && ContainsSubstring("0.0 deg forward")
                             && ContainsSubstring("180.0 deg backward")
                             && ContainsSubstring("answered 120 ms after the centre of mass slips")
                             && ContainsSubstring("not medical advice") && !ContainsSubstring("bottom,"));
    const std::string csv = read_file(folder / "rose.csv");
    CHECK(std::ranges::count(csv, '\n') == 3);
    const Result json =
        run_program({.words = {"push", "./able.toml", "--moment", "standing", "--directions", "1", "--json"},
                     .folder = folder.path()});
    const auto j = nlohmann::json::parse(json.out);
    REQUIRE(j["roses"].size() == 1);
    REQUIRE(j["roses"][0]["petals"].size() == 1);
    CHECK(j["roses"][0]["petals"][0]["topples_Ns"].get<double>() > 5.0);
}

TEST_CASE("push refuses in one line and leaves nothing", "[e2e]") {
    const Folder folder;
    const auto refused = [&](const std::vector<std::string>& words,
                             const std::vector<std::string>& culprits) {
        check_refused(folder, {.words = words}, culprits);
    };
    refused({"push"}, {"SCENARIO"});
    refused({"push", "nobody"}, {"nobody"});
    refused({"push", "able", "--moment", "noon"}, {"--moment", "noon", "standing, bottom, both"});
    refused({"push", "able", "--directions", "0"}, {"--directions", "1 to 72"});
    refused({"push", "able", "--directions", "many"}, {"many"});
    refused({"push", "able", "--set", "push.height_ratio=2"}, {"push.height_ratio", "0.5 to 0.85"});
    refused({"push", "able", "--out", "no/such/rose.csv"}, {"no/such/rose.csv"});
    refused({"push", "able", "--out", "--json"}, {"--out"});
}
