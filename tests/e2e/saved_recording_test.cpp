// `plumbline run --save` and `plumbline show` as a user types them.
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

/// A short squat with a question of its own, and that saved as `squat.cbor`.
const std::string k_squat =
    "asks = \"Does it come back?\"\nexpect = \"completed\"\n[person]\nsex = \"female\"\nmass_kg = 61.3\n"
    "[movement]\ndepth = 0.3\ndescend_s = 0.9\nhold_s = 0.2\nascend_s = 0.9\n";

Result run_well(const Folder& folder, const Words& words) {
    const Result result = run_program({.words = words, .folder = folder.path(), .home = "/nowhere"});
    INFO(result.err);
    CHECK(result.exit_code == 0);
    CHECK(result.err.empty());
    return result;
}

Result save_squat(const Folder& folder, const Words& more = {}) {
    write_file(folder / "squat.toml", k_squat);
    Words words = {"run", "squat.toml", "--no-interval", "--save", "squat.cbor"};
    words.insert(words.end(), more.begin(), more.end());
    return run_well(folder, words);
}

}  // namespace

TEST_CASE("show says, prints and writes what run did, from the saved recording alone", "[e2e]") {
    const Folder folder;
    write_file(folder / "squat.toml", k_squat);
    const Result text = run_well(folder, {"run", "squat.toml", "--save", "squat.cbor"});
    const Result json = save_squat(folder, {"--json", "--out", "run"});
    // Only the recording is left: no scenario to be run again.
    fs::remove(folder / "squat.toml");
    const auto before = tree_of(folder.path());

    const Result shown = run_well(folder, {"show", "squat.cbor"});
    CHECK(tree_of(folder.path()) == before);
    CHECK(text.out == shown.out + "Saved the recording to squat.cbor\n");
    CHECK_THAT(shown.out, Catch::Matchers::StartsWith("squat\n  Does it come back?\n"));
    CHECK(run_well(folder, {"show", "--no-interval", "--json", "squat.cbor"}).out == json.out);
    CHECK(tree_of(folder.path()) == before);

    const Result written = run_well(folder, {"show", "--no-interval", "squat.cbor", "--out", "new/shown"});
    CHECK_THAT(written.out, ContainsSubstring("Wrote summary.json") && ContainsSubstring("to new/shown\n"));
    for (const char* const name : {"summary.json", "series.csv", "depth_curve.csv", "scenario.toml"})
        CHECK(read_file(folder / "new/shown" / name) == read_file(folder / "run" / name));
    CHECK(tree_of(folder / "new/shown").size() == 5);
    CHECK(nlohmann::json::parse(json.out)
          == nlohmann::json::parse(read_file(folder / "new/shown/summary.json")));
}

TEST_CASE("A recording is saved into new folders, over an older recording, and the same every time",
          "[e2e]") {
    const Folder folder;
    save_squat(folder);
    const std::string bytes = read_file(folder / "squat.cbor");
    run_well(folder, {"run", "squat.toml", "--no-interval", "--save", "new/and deep/\u00e4.x"});
    CHECK(read_file(folder / "new/and deep/\u00e4.x") == bytes);
    CHECK(tree_of(folder / "new").size() == 2);
    struct stat status {};
    REQUIRE(::stat((folder / "new/and deep/\u00e4.x").c_str(), &status) == 0);
    const mode_t mask = ::umask(0);
    ::umask(mask);
    CHECK((status.st_mode & 0777) == (0666 & ~mask));
    // Over an older one; a link to one is replaced, not followed.
    fs::create_symlink("squat.cbor", folder / "link");
    run_well(folder, {"run", "squat.toml", "--no-interval", "--set", "person.mass_kg=70", "--save", "link"});
    CHECK_FALSE(fs::is_symlink(folder / "link"));
    CHECK(read_file(folder / "squat.cbor") == bytes);
    CHECK(read_file(folder / "link") != bytes);
    run_well(folder, {"run", "squat.toml", "--no-interval", "--save", "link", "--out", "."});
    CHECK(read_file(folder / "link") == bytes);
    CHECK(fs::exists(folder / "summary.json"));
    CHECK(run_well(folder, {"show", "--no-interval", "./link", "--json"}).out
          == read_file(folder / "summary.json"));
}

TEST_CASE("run --save refuses places it cannot or must not write to, before anything is run", "[e2e]") {
    const Folder folder;
    write_file(folder / "squat.toml", k_squat);
    write_file(folder / "notes.txt", "mine");
    write_file(folder / "empty", "");
    fs::create_directories(folder / "folder");
    REQUIRE(::mkfifo((folder / "pipe").c_str(), 0666) == 0);
    const std::vector<std::pair<std::string, std::string>> rows = {
        {"", "--save"},
        {"-", "--save \"-\""},
        {"--json", "--save"},
        {"folder", "--save folder: is a folder"},
        {"folder/", "is a folder's name"},
        {".", "is a folder's name"},
        {"new/..", "is a folder's name"},
        {"squat.toml", "--save squat.toml: is there already and is no saved recording"},
        {"notes.txt", "is no saved recording"},
        {"empty", "is no saved recording"},
        {"notes.txt/x", "a part of the path is a file"},
        {"pipe", "is not a regular file"},
        {"/dev/null", "is not a regular file"},
        {"/proc/x.cbor", "--save /proc"},
        {std::string(300, 'x'), "--save xxx"},
        {std::string(5000, 'x'), "--save xxx"},
    };
    for (const auto& [file, culprit] : rows)
        check_refused(folder, {.words = {"run", "squat.toml", "--save", file}}, {culprit});
    check_refused(folder, {.words = {"run", "squat.toml", "--save"}}, {"--save"});
    check_refused(folder, {.words = {"run", "squat.toml", "--save", "a", "--save", "b"}}, {"--save"});
    fs::permissions(folder / "folder", fs::perms(0555));
    check_refused(folder, {.words = {"run", "squat.toml", "--save", "folder/x"}, .as_nobody = true},
                  {"--save folder"});
}

TEST_CASE("show refuses what is no recording, or no longer the one that was saved", "[e2e]") {
    const Folder folder;
    save_squat(folder);
    const std::string good = read_file(folder / "squat.cbor");
    write_file(folder / "empty", "");
    write_file(folder / "cut", good.substr(0, good.size() / 2));
    write_file(folder / "more", good + "x");
    std::string changed = good;
    changed[good.find("mass_kg = 61.3") + 10] = '7';
    write_file(folder / "changed", changed);
    changed = good;
    changed[good.size() - 100] ^= 1;
    write_file(folder / "flipped", changed);
    changed = good;
    changed[good.find("version") + 7] = 1;
    write_file(folder / "version", changed);
    write_file(folder / "huge", "");
    fs::resize_file(folder / "huge", (std::uintmax_t{64} << 20) + 1);
    fs::create_directories(folder / "folder");
    REQUIRE(::mkfifo((folder / "pipe").c_str(), 0666) == 0);
    const std::vector<std::pair<std::string, std::string>> rows = {
        {"", "not a file name"},
        {"nowhere.cbor", "nowhere.cbor: no such file"},
        {"able", "able: no such file"},
        {"folder", "folder: is a directory, not a recording file"},
        {"pipe", "pipe: is not a regular file"},
        {"/dev/zero", "/dev/zero: is not a regular file"},
        {"squat.toml", "squat.toml: no recording"},
        {"empty", "empty: no recording: the file is empty"},
        {"cut", "cut: byte "},
        {"more", "something after the end"},
        {"changed", "changed: input_hash"},
        {"flipped", "flipped: "},
        {"version", "version: version: allowed 3"},
        {"huge", "huge: larger than the 64 MiB allowed for a recording"},
        {std::string(5000, 'x'), "too long"},
        {"\x1b[2J", "\\x1b[2J: no such file"},
    };
    for (const auto& [file, culprit] : rows)
        check_refused(folder, {.words = {"show", "--json", "--out", "out", file}}, {culprit});
    const std::vector<std::pair<Words, std::string>> usage = {
        {{"show"}, "FILE"},
        {{"show", "--json"}, "FILE"},
        {{"show", "squat.cbor", "squat.cbor"}, "squat.cbor"},
        {{"show", "squat.cbor", "--set", "person.mass_kg=80"}, "--set"},
        {{"show", "squat.cbor", "--save", "x"}, "--save"},
        {{"show", "squat.cbor", "--json=1"}, "--json takes no value"},
        {{"show", "squat.cbor", "--out"}, "--out"},
        {{"show", "squat.cbor", "--out", "-"}, "--out"},
        {{"show", "squat.cbor", "--out", "squat.toml"}, "is a file, not a folder"},
        {{"list", "--save", "x"}, "--save"},
        {{"shw", "squat.cbor"}, "did you mean show?"},
    };
    for (const auto& [words, culprit] : usage) check_refused(folder, {.words = words}, {culprit});
}

TEST_CASE("A disk that is full while saving: exit code 1, one line, nothing left behind", "[e2e]") {
    const Folder folder;
    save_squat(folder);
    const auto before = tree_of(folder.path());
    for (const std::string file : {"squat.cbor", "new/x.cbor"}) {
        const Result result = run_program({.words = {"run", "squat.toml", "--no-interval", "--save", file},
                                           .folder = folder.path(),
                                           .largest_file_bytes = 10000});
        CHECK(result.exit_code == 1);
        CHECK(result.out.empty());
        check_one_line(result.err);
        CHECK_THAT(result.err, ContainsSubstring("cannot write " + file));
        CHECK(tree_of(folder.path()) == before);
    }
}
