// The program's other words: list, fields, demo, --help, --version.
#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

#include "sim/scenario/scenario_fields.h"
#include "tests/catch.h"
#include "tests/e2e/folder.h"
#include "tests/e2e/program.h"

using namespace plumb;
using namespace plumb::test;
using Catch::Matchers::ContainsSubstring;
namespace fs = std::filesystem;

namespace {

/// Standard output of a command that must succeed without a word on standard error.
std::string said(const Command& command) {
    const Result result = run_program(command);
    INFO(result.err);
    CHECK(result.exit_code == 0);
    CHECK(result.err.empty());
    CHECK_THAT(result.out, Catch::Matchers::EndsWith("\n"));
    return result.out;
}
std::string said(const std::vector<std::string>& words) { return said(Command{.words = words}); }

std::vector<std::string> lines_of(const std::string& text) {
    std::vector<std::string> lines;
    for (std::size_t at = 0, end = 0; at < text.size(); at = end + 1) {
        end = std::min(text.find('\n', at), text.size());
        lines.push_back(text.substr(at, end - at));
    }
    return lines;
}

}  // namespace

TEST_CASE("list names every scenario file with its question, from any folder", "[e2e]") {
    std::vector<std::string> names;
    for (const auto& entry : fs::directory_iterator(fs::path(PLUMBLINE_SOURCE_DIR) / "scenarios"))
        if (entry.path().extension() == ".toml") names.push_back(entry.path().stem().string());
    std::ranges::sort(names);
    REQUIRE(names.size() >= 2);
    const Folder folder;
    const std::string text = said({.words = {"list"}, .folder = folder.path()});
    const std::vector<std::string> lines = lines_of(text);
    REQUIRE(lines.size() == names.size());
    for (std::size_t i = 0; i < names.size(); ++i) {
        CHECK_THAT(lines[i], Catch::Matchers::StartsWith(names[i] + "  "));
        CHECK(lines[i].find_first_not_of(' ', names[i].size()) != std::string::npos);
    }
    // Without PLUMBLINE_HOME the current folder's scenarios are taken.
    CHECK(said({.words = {"list"}, .folder = PLUMBLINE_SOURCE_DIR, .home = ""}) == text);
    write_file(folder / "scenarios/mine.toml", "asks = \"Mine?\"\n");
    write_file(folder / "scenarios/notes.txt", "no scenario\n");
    CHECK(said({.words = {"list"}, .folder = folder.path(), .home = ""}) == "mine  Mine?\n");
}

TEST_CASE("fields lists every field, as text and as JSON", "[e2e]") {
    const auto& fields = scenario_fields();
    const ScenarioDef standard;
    const std::string text = said({"fields"});
    const auto lines = lines_of(text);
    const auto json = nlohmann::json::parse(said({"fields", "--json"}));
    REQUIRE(lines.size() == 2 * fields.size());
    REQUIRE(json.is_array());
    REQUIRE(json.size() == fields.size());
    for (std::size_t i = 0; i < fields.size(); ++i) {
        const auto& field = fields[i];
        const FieldValue value = field.get(standard);
        INFO(field.name);
        CHECK_THAT(lines[2 * i], Catch::Matchers::StartsWith(field.name + " = " + value_text(value)));
        CHECK_THAT(lines[2 * i + 1], ContainsSubstring(field.help) && ContainsSubstring(allowed_text(field)));
        CHECK(json[i]["name"] == field.name);
        CHECK(json[i]["unit"] == field.unit);
        CHECK(json[i]["help"] == field.help);
        CHECK(json[i]["words"] == field.words);
        CHECK(json[i]["min"].is_null() == !std::isfinite(field.min));
        CHECK(json[i]["max"].is_null() == !std::isfinite(field.max));
        if (std::isfinite(field.min)) CHECK(json[i]["min"] == field.min);
        if (std::isfinite(field.max)) CHECK(json[i]["max"] == field.max);
        if (const auto* number = std::get_if<double>(&value))
            CHECK(json[i]["default"] == *number);
        else if (const auto* word = std::get_if<std::string>(&value))
            CHECK(json[i]["default"] == *word);
        else
            CHECK(json[i]["default"].is_null());
    }
}

TEST_CASE("The options --help and --version answer on standard output, wherever no scenario is", "[e2e]") {
    const Folder folder;
    const auto away = [&](const std::vector<std::string>& words) {
        return said({.words = words, .folder = folder.path(), .home = "/nowhere"});
    };
    CHECK(away({"--version"}) == "plumbline " PLUMBLINE_VERSION "\n");
    const std::string help = away({"--help"});
    for (const char* const part :
         {"run", "export", "list", "fields", "demo", "--version", "not medical advice"})
        CHECK_THAT(help, ContainsSubstring(part));
    CHECK(away({"-h"}) == help);
    const std::string run_help = away({"run", "--help"});
    for (const char* const part : {"SCENARIO", "--set", "FIELD=VALUE", "--out", "--json"})
        CHECK_THAT(run_help, ContainsSubstring(part));
    CHECK(tree_of(folder.path()).empty());
}

TEST_CASE("demo runs every scenario and says which end as they expect", "[e2e]") {
    const Folder folder;
    const std::string quick = "[movement]\nhold_s = 0.1\ndepth = 0.2\n";
    write_file(folder / "scenarios/b.toml", "asks = \"Second?\"\nexpect = \"fell_left\"\n" + quick);
    write_file(folder / "scenarios/a.toml", "asks = \"First?\"\nexpect = \"completed\"\n" + quick);
    write_file(folder / "scenarios/c.toml", "asks = \"Third?\"\n" + quick);
    const std::string text = said({.words = {"demo"}, .folder = folder.path(), .home = folder.path()});
    for (const char* const part :
         {"not medical advice", "First?\n  -> completed (as expected)\n",
          "Second?\n  -> completed (NOT as expected: fell_left)\n", "Third?\n  -> completed\n"})
        CHECK_THAT(text, ContainsSubstring(part));
    CHECK(text.find("First?") < text.find("Second?"));
    CHECK_THAT(text, Catch::Matchers::EndsWith("\n1 as expected, 1 not\n"));
    CHECK(tree_of(folder.path()).size() == 4);
}
