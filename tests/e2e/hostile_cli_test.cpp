// Hostile command lines, given to the real program: each is refused with one line that names the culprit.
// The words after --set have a file of their own.
#include <string>
#include <vector>

#include "tests/catch.h"
#include "tests/e2e/refusal.h"

using namespace plumb;
using namespace plumb::test;

namespace {

using Words = std::vector<std::string>;

/// What is typed, and a part of the answer.
struct BadWords {
    Words words;
    std::string culprit;
};

}  // namespace

TEST_CASE("The program refuses words it does not know and words that are missing", "[e2e]") {
    const std::vector<BadWords> rows = {
        {{}, "missing"},
        {{""}, "\"\""},
        {{" "}, "\" \""},
        {{"rum"}, "did you mean run?"},
        {{"Run", "able"}, "did you mean run?"},
        {{"run able"}, "\"run able\""},
        {{"lst"}, "did you mean list?"},
        {{"field"}, "did you mean fields?"},
        {{"test"}, "\"test\""},
        {{"help"}, "\"help\""},
        {{"able"}, "\"able\""},
        {{"scenarios/able.toml"}, "scenarios/able.toml"},
        {{"run\n"}, "\\x0a"},
        {{"\x1b[2J"}, "\\x1b"},
        {{"\xff\xfe"}, "\\xff"},
        {{std::string(100000, 'x')}, "xxx"},
        {{"\u202erun"}, "\\u202e"},
        {{"-"}, "\"-\""},
        {{"--"}, "\"--\""},
        {{"-x"}, "\"-x\""},
        {{"--bogus"}, "--bogus"},
        {{"--verbose", "run", "able"}, "--verbose"},
        {{"--json"}, "--json"},
        {{"--json", "run", "able"}, "--json"},
        {{"--out", "out", "run", "able"}, "--out"},
        {{"--set", "person.mass_kg=80", "run", "able"}, "--set"},
        {{"--", "run", "able"}, "\"--\""},
        {{"/help"}, "/help"},
        {{"run"}, "SCENARIO"},
        {{"run", "--json"}, "SCENARIO"},
        {{"run", "--out", "out"}, "SCENARIO"},
        {{"run", "--set", "person.mass_kg=80"}, "SCENARIO"},
        {{"run", ""}, "empty"},
        {{"run", "able", "stiff_ankles"}, "stiff_ankles"},
        {{"run", "able", "able"}, "able"},
        {{"run", "able", "run"}, "not expected: run"},
        {{"run", "able", "list"}, "list"},
        {{"run", "able", "fields"}, "fields"},
        {{"list", "run", "able"}, "able"},
        {{"run", "able", "-j"}, "-j"},
        {{"run", "able", "-"}, "-"},
        {{"run", "able", "--jsn"}, "--jsn"},
        {{"run", "able", "--JSON"}, "--JSON"},
        {{"run", "able", "--json=maybe"}, "--json takes no value"},
        {{"run", "able", "--json=3"}, "--json takes no value"},
        {{"run", "able", "--json", "true"}, "true"},
        {{"run", "able", "--outt", "out"}, "--outt"},
        {{"run", "able", "-o", "out"}, "-o"},
        {{"run", "able", "--seed", "1"}, "--seed"},
        {{"run", "able", "--person.mass_kg=80"}, "--person.mass_kg"},
        {{"run", "able", "person.mass_kg=80"}, "person.mass_kg=80"},
        {{"run", "able", "@file"}, "@file"},
        {{"run", "able", "--out"}, "--out"},
        {{"run", "able", "--out="}, "--out"},
        {{"run", "able", "--out", ""}, "--out"},
        {{"run", "able", "--out", "--json"}, "--json"},
        {{"run", "able", "--out", "-"}, "--out"},
        {{"run", "able", "--out", "a", "--out", "b"}, "--out"},
        {{"run", "able", "--out", "a", "b"}, "b"},
        {{"run", "able", "--set"}, "--set"},
        {{"run", "able", "--set="}, "--set"},
        {{"run", "able", "--set", "--json"}, "--json"},
        {{"run", "able", "--set", "--set", "person.mass_kg=80"}, "person.mass_kg=80"},
        {{"run", "able", "--set", "person.mass_kg", "80"}, "80"},
        {{"run", "able", "--set", "person.mass_kg=80", "person.age_years=30"}, "person.age_years=30"},
        {{"list", "able"}, "able"},
        {{"list", "--json"}, "--json"},
        {{"list", "--out", "out"}, "--out"},
        {{"list", "list"}, "list"},
        {{"fields", "person"}, "person"},
        {{"fields", "--jsn"}, "--jsn"},
        {{"fields", "--json=maybe"}, "--json takes no value"},
        {{"fields", "--json", "x"}, "x"},
        {{"demo", "able"}, "able"},
        {{"demo", "--json"}, "--json"},
        {{"demo", "--out", "out"}, "--out"},
    };
    const Folder folder;
    for (const BadWords& row : rows) check_refused(folder, {.words = row.words}, {row.culprit});
    CHECK(rows.size() > 70);
}

TEST_CASE("The program refuses scenarios that do not exist", "[e2e]") {
    const std::vector<BadWords> rows = {
        {{"abel"}, "did you mean able?"},
        {{"stiff_ankle"}, "did you mean stiff_ankles?"},
        {{"nowhere"}, "\"nowhere\""},
        {{"ABLE"}, "\"ABLE\""},
        {{"able "}, "\"able \""},
        {{"able\n"}, "able\\x0a"},
        {{"able.TOML"}, "\"able.TOML\""},
        {{"*"}, "\"*\""},
        {{"."}, "\".\""},
        {{".."}, "\"..\""},
        {{"@able"}, "\"@able\""},
        {{"able,stiff_ankles"}, "able,stiff_ankles"},
        {{"$(able)"}, "$(able)"},
        {{"\x1b[31mable"}, "\\x1b[31mable"},
        {{"\xff"}, "\\xff"},
        {{std::string(100000, 'x')}, "xxx"},
        {{"--", "--json"}, "--json"},
        {{"able.toml"}, "able.toml: no such file"},
        {{"./able"}, "./able: no such file"},
        {{"scenarios/able"}, "scenarios/able: no such file"},
        {{"a\nb.toml"}, "a\\x0ab.toml: no such file"},
        {{"https://example.org/able.toml"}, "https://example.org/able.toml: no such file"},
        {{std::string(5000, 'x') + ".toml"}, "too long"},
        {{repeated("x/", 3000) + "x.toml"}, "too long"},
    };
    const Folder folder;
    for (const BadWords& row : rows) {
        Command command{.words = {"run", "--json", "--out", "out"}};
        command.words.insert(command.words.end(), row.words.begin(), row.words.end());
        check_refused(folder, command, {row.culprit});
    }
    // The folder of all scenarios.
    write_file(folder / "file", "");
    for (const std::string home : {"/nowhere", "file", "/dev/null", "relative", "/\x1b[31m\n"})
        for (const Words& words : {Words{"run", "able"}, Words{"list"}, Words{"demo"}})
            check_refused(folder, {.words = words, .home = home}, {"PLUMBLINE_HOME = \"" + printable(home)});
}
