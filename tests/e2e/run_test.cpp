// `plumbline run` as a user types it: what it prints, what it writes, and that the same input gives the same bytes.
#include <future>
#include <set>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

#include "sim/base/text.h"
#include "tests/catch.h"
#include "tests/e2e/folder.h"
#include "tests/e2e/program.h"
#include "tests/e2e/refusal.h"

using namespace plumb;
using namespace plumb::test;
using Catch::Matchers::ContainsSubstring;
using OrderedJson = nlohmann::ordered_json;
namespace fs = std::filesystem;

namespace {

const std::vector<std::string> k_files = {"depth_curve.csv", "scenario.toml", "series.csv", "summary.json",
                                          "support_region.csv"};

/// A scenario away from all defaults, with a question, an expectation and a wall.
const std::string k_scenario =
    "asks = \"Does the wall \\\"catch\\\" me?\"  # hard\n"
    "expect = \"completed\"\n\n[person]\nankle_dorsiflexion_deg = 21.7\nsex = \"female\"\n"
    "mass_kg = 61.3\n\n[wall]\ndistance_m = 0.33\n\n"
    "[movement]\ndescend_s = 1.5\nhold_s = 0.5\nascend_s = 1.5\n";

/// The same, not so deep: it completes. Without a fall nothing is searched that would be enough.
const std::string k_shallow = k_scenario + "depth = 0.3\n";

/// Runs what must succeed: exit code 0, nothing on standard error.
Result run_well(Command command) {
    const Result result = run_program(command);
    INFO(result.err);
    CHECK(result.exit_code == 0);
    CHECK(result.err.empty());
    CHECK_FALSE(result.too_late);
    return result;
}

/// The one JSON document that standard output is.
OrderedJson run_json(Command command) {
    command.words.push_back("--json");
    const Result result = run_well(command);
    CHECK_THAT(result.out, Catch::Matchers::EndsWith("}\n"));
    return OrderedJson::parse(result.out);  // throws when anything stands before or after the document
}

std::vector<std::string> names_in(const fs::path& folder) {
    std::set<std::string> names;
    for (const auto& [name, what] : tree_of(folder)) names.insert(name);
    return {names.begin(), names.end()};
}

bool is_hash(const OrderedJson& text) {
    return text.is_string() && text.get<std::string>().size() == 64
           && text.get<std::string>().find_first_not_of("0123456789abcdef") == std::string::npos;
}

}  // namespace

TEST_CASE("A scenario runs by bare name and by path alike, and writes nothing unasked", "[e2e]") {
    const Folder folder;
    const Result by_name = run_well({.words = {"run", "able", "--no-interval"}, .folder = folder.path()});
    CHECK_THAT(by_name.out, Catch::Matchers::StartsWith("able\n") && ContainsSubstring("static limit")
                                && ContainsSubstring("not medical advice"));
    for (const char c : by_name.out) CHECK((c == '\n' || (c >= ' ' && c != '\x7f')));
    const fs::path file = fs::path(PLUMBLINE_SOURCE_DIR) / "scenarios/able.toml";
    // By path no folder of scenarios is needed; none can be found from an empty folder with a wrong one set.
    const Result by_path = run_well(
        {.words = {"run", file.string(), "--no-interval"}, .folder = folder.path(), .home = "/nowhere"});
    CHECK(by_path.out == by_name.out);
    CHECK(tree_of(folder.path()).empty());
}

TEST_CASE("With --json standard output is exactly one document", "[e2e]") {
    const Folder folder;
    write_file(folder / "w.toml", k_shallow);
    const auto before = tree_of(folder.path());
    const OrderedJson summary = run_json({.words = {"run", "w.toml"}, .folder = folder.path()});
    CHECK(tree_of(folder.path()) == before);
    for (const char* const key :
         {"schema",          "program",     "input_hash", "scenario",     "inputs",   "outcome",
          "limiting_factor", "explanation", "depth",      "static_limit", "com_exit", "wall_com_exit",
          "margin",          "ground",      "wall",       "joints",       "dt_s",     "dt_fine_s",
          "steps",           "state_hash"}) {
        INFO(key);
        CHECK(summary.contains(key));
    }
    CHECK(summary["program"] == "plumbline " PLUMBLINE_VERSION);
    CHECK(summary["scenario"] == "w");
    CHECK(summary["inputs"]["person.mass_kg"] == 61.3);
    CHECK(summary["inputs"]["person.sex"] == "female");
    CHECK(is_hash(summary["input_hash"]));
    CHECK(is_hash(summary["state_hash"]));
}

TEST_CASE(
    "A fall is told with its diagnosis and how sure the limit is; --no-interval leaves the intervals out",
    "[e2e]") {
    const Folder folder;
    const std::vector<std::string> words = {"run",   "stiff_ankles",        "--set", "movement.descend_s=2",
                                            "--set", "movement.hold_s=0.3", "--set", "movement.ascend_s=1.5"};
    const OrderedJson sure = run_json({.words = words, .folder = folder.path()});
    CHECK(sure["diagnosis"]["kind"] == "tightness");
    CHECK(sure["diagnosis"]["tissue"] == "calves");
    CHECK(sure["diagnosis"]["have"] == 18.0);
    CHECK(sure["diagnosis"]["need"] > 18.0);
    CHECK(sure["diagnosis"]["need_interval"]["high"] > sure["diagnosis"]["need_interval"]["low"]);
    CHECK(sure["diagnosis"]["fixes"][0]["field"] == "person.ankle_dorsiflexion_deg");
    CHECK(sure["static_limit"]["sole"]["interval"]["low"]
          < sure["static_limit"]["sole"]["hip_drop_fraction"]);
    CHECK(sure["static_limit"]["cannot_tell"].is_boolean());
    std::vector<std::string> words_without = words;
    words_without.emplace_back("--no-interval");
    const OrderedJson quick = run_json({.words = words_without, .folder = folder.path()});
    CHECK(quick["diagnosis"]["need"] == sure["diagnosis"]["need"]);
    CHECK(quick["diagnosis"]["need_interval"].is_null());
    CHECK(quick["static_limit"]["sole"]["interval"].is_null());
    CHECK(quick["static_limit"]["cannot_tell"].is_null());
    CHECK(quick["state_hash"] == sure["state_hash"]);
}

TEST_CASE("With --out exactly five files appear, and others in the folder stay", "[e2e]") {
    const Folder folder;
    write_file(folder / "w.toml", k_shallow);
    const auto run_to = [&](const std::string& out) {
        return run_json({.words = {"run", "w.toml", "--no-interval", "--out", out}, .folder = folder.path()});
    };
    const OrderedJson summary = run_to("new/and deep/\u00e4/");
    const fs::path fresh = folder / "new/and deep/\u00e4";
    CHECK(names_in(fresh) == k_files);
    CHECK(names_in(folder / "new/and deep")
          == std::vector<std::string>{"\u00e4", "\u00e4/depth_curve.csv", "\u00e4/scenario.toml",
                                      "\u00e4/series.csv", "\u00e4/summary.json",
                                      "\u00e4/support_region.csv"});
    CHECK(OrderedJson::parse(read_file(fresh / "summary.json")) == summary);

    // An existing folder: old results go, all else stays as it is, a link to a file is replaced and not followed.
    write_file(folder / "old/notes.txt", "mine");
    write_file(folder / "old/summary.json", "old");
    write_file(folder / "old/deeper/series.csv", "mine");
    write_file(folder / "elsewhere.csv", "mine");
    fs::create_symlink("../elsewhere.csv", folder / "old/series.csv");
    run_to("old");
    CHECK(read_file(folder / "old/notes.txt") == "mine");
    CHECK(read_file(folder / "old/deeper/series.csv") == "mine");
    CHECK(read_file(folder / "elsewhere.csv") == "mine");
    for (const std::string& name : k_files)
        CHECK(read_file(folder / "old" / name) == read_file(fresh / name));
    CHECK(names_in(folder / "old").size() == k_files.size() + 3);
    CHECK(names_in(folder.path()).size() == 9 + 9 + 1);  // nothing but new, old and the linked file
}

TEST_CASE("An output folder is found as the system finds it", "[e2e]") {
    // Through a link and up again: that is the folder above the link's end.
    const Folder folder;
    fs::create_directories(folder / "here");
    fs::create_directories(folder / "there/inner");
    fs::create_directory_symlink("../there/inner", folder / "here/link");
    run_well(
        {.words = {"run", "able", "--no-interval", "--out", "link/../found"}, .folder = folder / "here"});
    CHECK(names_in(folder / "there/found") == k_files);
    CHECK_FALSE(fs::exists(folder / "here/found"));
}

TEST_CASE("The written scenario runs again to the same bytes", "[e2e]") {
    const Folder folder;
    write_file(folder / "w.toml", k_shallow);
    const auto run_to = [&](const std::string& file, const std::string& out) {
        return run_json({.words = {"run", file, "--out", out}, .folder = folder.path()});
    };
    const OrderedJson first = run_to("w.toml", "1"), again = run_to("1/scenario.toml", "2");
    CHECK(again["input_hash"] == first["input_hash"]);
    CHECK(again["state_hash"] == first["state_hash"]);
    for (const std::string& name : k_files)
        CHECK(read_file(folder / "1" / name) == read_file(folder / "2" / name));
    CHECK_THAT(read_file(folder / "1/scenario.toml"), ContainsSubstring("Does the wall \\\"catch\\\" me?")
                                                          && ContainsSubstring("expect = \"completed\"")
                                                          && ContainsSubstring("name = \"w\""));
}

TEST_CASE("Settings change the input, and the last of several wins", "[e2e]") {
    const Folder folder;
    const auto run_with = [&](const std::vector<std::string>& words) {
        Command command{.words = {"run", "able", "--no-interval", "--set", "movement.hold_s=0.5"},
                        .folder = folder.path()};
        command.words.insert(command.words.end(), words.begin(), words.end());
        return run_json(command);
    };
    const OrderedJson plain = run_with({});
    const OrderedJson last =
        run_with({"--set", "person.mass_kg=120", "--set=person.mass_kg=6.2e1", "--out", "a"});
    const OrderedJson once = run_with({"--set", "person.mass_kg=62", "--set", "wall.distance_m=none"});
    CHECK(last["inputs"]["person.mass_kg"] == 62.0);
    CHECK(last["inputs"]["movement.hold_s"] == 0.5);
    CHECK(last.dump() == once.dump());
    CHECK(plain["input_hash"] != once["input_hash"]);
    CHECK(plain["state_hash"] != once["state_hash"]);
    CHECK_THAT(read_file(folder / "a/scenario.toml"), ContainsSubstring("\nmass_kg = 62  #"));
}

TEST_CASE("Same input, same bytes: in two processes, side by side, in any folder and locale", "[e2e]") {
    const Folder folder;
    write_file(folder / "w.toml", k_scenario);
    fs::create_directories(folder / "a folder/with blanks");
    // A locale with decimal commas, made here where the system has its sources.
    const bool german =
        run_program({.words = {"-i", "de_DE", "-f", "UTF-8", (folder / "de_DE.UTF-8").string()},
                     .program = "/usr/bin/localedef"})
            .exit_code
        == 0;
    if (!german) WARN("no localedef or no sources of de_DE: only as far as the system has that locale");
    const Command one{.words = {"run", (folder / "w.toml").string(), "--out", (folder / "1").string()},
                      .folder = "/"};
    Command two{.words = {"run", "../../w.toml", "--out", "../../2"},
                .folder = folder / "a folder/with blanks"};
    two.environment = {{"LC_ALL", "de_DE.UTF-8"}, {"LANG", "de_DE.UTF-8"}, {"TZ", "Pacific/Chatham"}};
    if (german) two.environment["LOCPATH"] = folder.path().string();
    Result second;
    {
        auto beside = std::async(std::launch::async, [&] { return run_program(two); });
        run_well(one);
        second = beside.get();
    }
    INFO(second.err);
    CHECK(second.exit_code == 0);
    CHECK(second.err.empty());
    for (const std::string& name : k_files) {
        INFO(name);
        CHECK(read_file(folder / "1" / name) == read_file(folder / "2" / name));
    }
    CHECK(tree_of(folder / "a folder").size() == 1);
}

TEST_CASE("Files with a mark, foreign line ends or nothing in them run", "[e2e]") {
    const Folder folder;
    write_file(folder / "plain.toml", "asks = \"x\"\n[movement]\nhold_s = 0.1\n");
    write_file(folder / "foreign/plain.toml", "\xef\xbb\xbf"
                                              "asks = \"x\"\r\n[movement]\r\nhold_s = 0.1\r\n");
    write_file(folder / "empty", "");
    fs::permissions(folder / "plain.toml", fs::perms(0444));
    const OrderedJson plain =
        run_json({.words = {"run", "plain.toml", "--no-interval"}, .folder = folder.path()});
    const OrderedJson foreign =
        run_json({.words = {"run", "foreign/plain.toml", "--no-interval"}, .folder = folder.path()});
    CHECK(plain.dump() == foreign.dump());
    const OrderedJson empty =
        run_json({.words = {"run", "./empty", "--no-interval", "--set", "movement.hold_s=0.1"},
                  .folder = folder.path()});
    CHECK(empty["state_hash"] == plain["state_hash"]);
}

TEST_CASE("A full disk is the program's failure: exit code 1, one line, nothing left behind", "[e2e]") {
    const Folder folder;
    write_file(folder / "old/summary.json", "old");
    const auto before = tree_of(folder.path());
    for (const std::string out : {"new/deep", "old"}) {
        const Result result = run_program({.words = {"run", "able", "--no-interval", "--json", "--out", out},
                                           .folder = folder.path(),
                                           .largest_file_bytes = 10000});
        CHECK(result.exit_code == 1);
        CHECK(result.out.empty());
        check_one_line(result.err);
        CHECK_THAT(result.err, ContainsSubstring(out));
        CHECK(tree_of(folder.path()) == before);
    }
    if (!fs::exists("/dev/full")) return;
    for (const std::vector<std::string>& words :
         {std::vector<std::string>{"run", "able", "--no-interval", "--json"}, {"list"}, {"--help"}}) {
        const Result result = run_program({.words = words, .out_to = "/dev/full"});
        CHECK(result.exit_code == 1);
        check_one_line(result.err);
        CHECK_THAT(result.err, ContainsSubstring("standard output"));
    }
}
