// `plumbline compare` as a user types it: scenarios and saved recordings, text and JSON, and what it refuses.
#include <string>
#include <vector>

#include <nlohmann/json.hpp>
#include <sys/stat.h>

#include "tests/catch.h"
#include "tests/e2e/folder.h"
#include "tests/e2e/program.h"
#include "tests/e2e/refusal.h"

using namespace plumb;
using namespace plumb::test;
using Catch::Matchers::ContainsSubstring;
namespace fs = std::filesystem;

namespace {

using Words = std::vector<std::string>;

void write_scenarios(const Folder& folder) {
    write_file(folder / "light.toml", "[person]\nmass_kg = 61.5\n" + k_short_squat);
    write_file(folder / "tall.toml", "[person]\nmass_kg = 61.5\nstature_m = 1.85\n" + k_short_squat);
}

std::string said(const Folder& folder, const Words& words) {
    const Result result = run_program({.words = words, .folder = folder.path(), .home = "/nowhere"});
    INFO(result.err);
    CHECK(result.exit_code == 0);
    CHECK(result.err.empty());
    return result.out;
}

}  // namespace

TEST_CASE("compare says what differs and what that changed, for scenarios and recordings alike", "[e2e]") {
    const Folder folder;
    write_scenarios(folder);
    said(folder, {"run", "light.toml", "--no-interval", "--save", "light.cbor"});
    fs::copy_file(folder / "light.cbor", folder / "kept");
    const auto before = tree_of(folder.path());
    const std::string text = said(folder, {"compare", "light.toml", "tall.toml"});
    CHECK_THAT(text, Catch::Matchers::StartsWith("first: light.toml\nsecond: tall.toml\n"));
    CHECK_THAT(text, ContainsSubstring("Stature: 1.75 m in the first, 1.85 m in the second (0.1 m more).")
                         && ContainsSubstring("What follows from that")
                         && ContainsSubstring("The person: goes down and up in balance in both.")
                         && ContainsSubstring("not medical advice") && !ContainsSubstring("Mass:"));

    // A recording says the same as the scenario it was made of, whatever its file is called.
    const std::string rest = text.substr(text.find("What differs"));
    CHECK(said(folder, {"compare", "light.cbor", "tall.toml"}).ends_with(rest));
    CHECK(said(folder, {"compare", "kept", "tall.toml"}).ends_with(rest));
    CHECK_THAT(said(folder, {"compare", "./kept", "light.toml"}),
               ContainsSubstring("The inputs are the same.") && ContainsSubstring("(saved recording)"));

    const auto json = nlohmann::json::parse(said(folder, {"compare", "light.cbor", "tall.toml", "--json"}));
    CHECK(json["first"]["kind"] == "recording");
    CHECK(json["second"]["kind"] == "scenario");
    CHECK(json["first"]["input_hash"].get<std::string>().size() == 64);
    CHECK(json["first"]["input_hash"] != json["second"]["input_hash"]);
    CHECK(json["same_inputs"] == false);
    REQUIRE(json["changed"].size() == 1);
    CHECK(json["changed"][0]["field"] == "person.stature_m");
    CHECK(json["changed"][0]["first"] == 1.75);
    CHECK(json["changed"][0]["second"] == 1.85);
    CHECK(json["followed"].size() == 7);
    CHECK(json["quantities"].size() == 13);
    CHECK(json["sentences"].size() == 7);
    const auto same = nlohmann::json::parse(said(folder, {"compare", "--json", "kept", "light.toml"}));
    CHECK(same["same_inputs"] == true);
    for (const auto& q : same["quantities"]) CHECK(q["first"] == q["second"]);
    CHECK(tree_of(folder.path()) == before);
}

TEST_CASE("compare refuses bad words, scenarios and recordings with one line", "[e2e]") {
    const Folder folder;
    write_scenarios(folder);
    said(folder, {"run", "light.toml", "--no-interval", "--save", "light.cbor"});
    const std::string good = read_file(folder / "light.cbor");
    write_file(folder / "cut.cbor", good.substr(0, good.size() / 2));
    write_file(folder / "cut", good.substr(0, good.size() / 2));
    write_file(folder / "empty.cbor", "");
    write_file(folder / "bad.toml", "[person]\nmass_kg = 900\n");
    write_file(folder / "light", "no recording\n");
    REQUIRE(::mkfifo((folder / "pipe").c_str(), 0666) == 0);
    REQUIRE(::mkfifo((folder / "pipe.cbor").c_str(), 0666) == 0);
    struct Row {
        Words words;
        std::string culprit;
    };
    const std::vector<Row> rows = {
        {{}, "FIRST"},
        {{"light.toml"}, "SECOND"},
        {{"light.toml", "tall.toml", "light.toml"}, "light.toml"},
        {{"light.toml", "tall.toml", "--json=1"}, "--json takes no value"},
        {{"light.toml", "tall.toml", "--out", "x"}, "--out"},
        {{"light.toml", "tall.toml", "--set", "person.mass_kg=70"}, "--set"},
        {{"", "light.toml"}, "name is empty"},
        {{"light.toml", "abel"}, "did you mean able?"},
        {{"light.toml", "light"}, "unknown scenario \"light\""},
        {{"light.toml", "nowhere.cbor"}, "nowhere.cbor: no such file"},
        {{"light.toml", "./nowhere"}, "nowhere: no such file"},
        {{"bad.toml", "light.toml"}, "bad.toml:2: person.mass_kg = 900"},
        {{"light.toml", "cut.cbor"}, "cut.cbor: byte "},
        {{"light.toml", "cut"}, "cut: byte "},
        {{"light.toml", "empty.cbor"}, "the file is empty"},
        {{"light.toml", "./pipe"}, "pipe: is not a regular file"},
        {{"pipe.cbor", "light.toml"}, "pipe.cbor: is not a regular file"},
        {{"./", "light.toml"}, "is a directory"},
        {{std::string(5000, 'x'), "light.toml"}, "xxx"},
        {{"\x1b[2J/x", "light.toml"}, "\\x1b"},
    };
    for (const Row& row : rows) {
        Command command{.words = {"compare"}};
        command.words.insert(command.words.end(), row.words.begin(), row.words.end());
        check_refused(folder, command, {row.culprit});
    }
    check_refused(folder, {.words = {"comprae", "a", "b"}}, {"did you mean compare?"});
}
