// `plumbline export` as a user types it: the files it writes, and what it refuses without writing anything.
#include <string>
#include <vector>

#include "tests/catch.h"
#include "tests/e2e/folder.h"
#include "tests/e2e/program.h"
#include "tests/e2e/refusal.h"

using namespace plumb;
using namespace plumb::test;
using Catch::Matchers::ContainsSubstring;
namespace fs = std::filesystem;

namespace {

Command export_to(const Folder& folder, const std::vector<std::string>& words) {
    Command command{.words = {"export", "stiff_ankles_wall_near"}, .folder = folder.path()};
    command.words.insert(command.words.end(), words.begin(), words.end());
    return command;
}

/// Runs what must succeed and gives back what it says.
std::string export_well(const Command& command) {
    const Result result = run_program(command);
    INFO(result.err);
    CHECK(result.exit_code == 0);
    CHECK(result.err.empty());
    return result.out;
}

}  // namespace

TEST_CASE("export writes the files it is asked for and no others, the same bytes each time", "[e2e]") {
    const Folder folder;
    write_file(folder / "there/old.xml", "old");
    fs::create_symlink("old.xml", folder / "there/link.xml");
    const std::string said = export_well(export_to(folder, {"--mjcf", "a.xml", "--urdf", "there/a.urdf"}));
    CHECK_THAT(said, ContainsSubstring("a.xml") && ContainsSubstring("there/a.urdf"));
    CHECK(tree_of(folder.path()).size() == 5);  // two new files, the folder, the old file, the link
    const std::string mjcf = read_file(folder / "a.xml"), urdf = read_file(folder / "there/a.urdf");
    for (const std::string& text : {mjcf, urdf})
        CHECK_THAT(text, Catch::Matchers::StartsWith("<?xml version=\"1.0\"")
                             && ContainsSubstring("plumbline " PLUMBLINE_VERSION ", inputs ")
                             && ContainsSubstring("not medical advice"));
    CHECK_THAT(mjcf, ContainsSubstring("<mujoco model=\"stiff_ankles_wall_near\">")
                         && ContainsSubstring("name=\"wall\"") && ContainsSubstring("key name=\"standing\"")
                         && ContainsSubstring("key name=\"target\""));
    CHECK_THAT(mjcf, !ContainsSubstring("key name=\"drop\""));
    CHECK_THAT(urdf, ContainsSubstring("<robot name=\"stiff_ankles_wall_near\">"));

    // Over an old file, through a link, which stays one.
    export_well(export_to(folder, {"--mjcf", "there/link.xml"}));
    CHECK(fs::is_symlink(folder / "there/link.xml"));
    CHECK(read_file(folder / "there/old.xml") == mjcf);
    CHECK(tree_of(folder.path()).size() == 5);
}

TEST_CASE("export takes settings and one more posture", "[e2e]") {
    const Folder folder;
    export_well(export_to(folder, {"--mjcf", "a.xml", "--set", "wall.distance_m=none", "--drop", "0.25",
                                   "--set=counterweight.mass_kg=5"}));
    const std::string mjcf = read_file(folder / "a.xml");
    CHECK_THAT(mjcf, ContainsSubstring("key name=\"drop\"") && !ContainsSubstring("name=\"wall\"")
                         && ContainsSubstring("left_forearm_weight"));
    export_well(export_to(folder, {"--mjcf", "b.xml", "--drop", "0"}));
}

TEST_CASE("export refuses bad words, bad scenarios and places it cannot write to", "[e2e]") {
    const Folder folder;
    fs::create_directories(folder / "folder");
    write_file(folder / "file", "");
    fs::create_symlink("nowhere", folder / "astray");
    struct Row {
        std::vector<std::string> words;
        std::string culprit;
    };
    const std::vector<Row> rows = {
        {{}, "--mjcf FILE or --urdf FILE"},
        {{"--drop", "0.2"}, "--mjcf FILE or --urdf FILE"},
        {{"--mjcf"}, "--mjcf"},
        {{"--mjcf="}, "--mjcf"},
        {{"--mjcf", ""}, "--mjcf"},
        {{"--mjcf", "--urdf"}, "--urdf"},
        {{"--mjcf", "--urdf", "b"}, "b"},
        {{"--urdf", "-"}, "--urdf"},
        {{"--mjcf", "a", "--mjcf", "b"}, "--mjcf"},
        {{"--mjcf", "a", "b"}, "b"},
        {{"--mjcf", "a", "--json"}, "--json"},
        {{"--mjcf", "a", "--out", "b"}, "--out"},
        {{"--mjcf", "a", "--set", "person.mass_kg=1"}, "person.mass_kg"},
        {{"--mjcf", "a", "--drop"}, "--drop"},
        {{"--mjcf", "a", "--drop", "deep"}, "--drop \"deep\""},
        {{"--mjcf", "a", "--drop", "-0.1"}, "-0.1"},
        {{"--mjcf", "a", "--drop", "0.99"}, "0.99"},
        {{"--mjcf", "a", "--drop", "nan"}, "nan"},
        {{"--urdf", "a", "--drop", "0.2"}, "--drop goes with --mjcf"},
        {{"--mjcf", "folder"}, "folder: is a folder"},
        {{"--mjcf", "folder/"}, "folder/: a file's name is missing"},
        {{"--mjcf", "file/a"}, "file/a: a part of the path is a file"},
        {{"--urdf", "new/a"}, "new/a: its folder does not exist"},
        {{"--mjcf", "a", "--urdf", "new/a"}, "new/a: its folder does not exist"},
        {{"--mjcf", "astray"}, "astray: is a link that leads nowhere"},
        {{"--mjcf", "/dev/null"}, "/dev/null: is no regular file"},
        {{"--mjcf", std::string(300, 'x')}, "too long"},
        {{"--mjcf", "same", "--urdf", "folder/../same"}, "same file \"same\""},
        {{"--mjcf", "\x1b[2J/x"}, "\\x1b"},
    };
    for (const Row& row : rows) check_refused(folder, export_to(folder, row.words), {row.culprit});
    check_refused(folder, {.words = {"export"}}, {"SCENARIO"});
    check_refused(folder, {.words = {"export", "abel", "--mjcf", "a"}}, {"did you mean able?"});
    check_refused(folder, {.words = {"exprot", "able"}}, {"did you mean export?"});
}

TEST_CASE("export leaves nothing behind in a folder that is closed or on a disk that is full", "[e2e]") {
    const Folder folder;
    write_file(folder / "old.xml", "old");
    const auto before = tree_of(folder.path());
    Command command = export_to(folder, {"--urdf", "new.urdf", "--mjcf", "old.xml"});
    command.largest_file_bytes = 10000;
    const Result result = run_program(command);
    CHECK(result.exit_code == 1);
    CHECK(result.out.empty());
    check_one_line(result.err);
    CHECK(tree_of(folder.path()) == before);

    if (run_program({.words = {"--version"}, .as_nobody = true}).exit_code != 0) return;
    command = export_to(folder, {"--mjcf", "new.xml"});
    command.as_nobody = true;
    check_refused(folder, command, {"new.xml: cannot write there"});
}
