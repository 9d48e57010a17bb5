// The lab as a person uses it: each tests/lab/*.lab is played by the real program without a display.
#include <algorithm>
#include <set>
#include <string>
#include <vector>

#include "sim/recording/recording_file.h"
#include "sim/scenario/scenario_toml.h"
#include "tests/lab/lab_program.h"

using namespace plumb;
using namespace plumb::test;
using Catch::Matchers::ContainsSubstring;
namespace fs = std::filesystem;

namespace {

fs::path script_file(const std::string& name) {
    return fs::path(PLUMBLINE_SOURCE_DIR) / "tests/lab" / (name + ".lab");
}

/// Plays the script, by a quick fall where nothing else is asked for; every check of it must hold.
void play(const Folder& folder, const std::string& name, const std::vector<std::string>& more = {},
          const std::string& scenario = "./stiff_ankles.toml") {
    write_file(folder / "stiff_ankles.toml", k_quick_fall);
    std::vector<std::string> words = {scenario, "--size", "1280x720", "--script", script_file(name).string()};
    words.insert(words.end(), more.begin(), more.end());
    const Result result = run_program(lab_command(folder, words));
    skip_without_gl(result);
    INFO(name << ".lab: " << result.out << result.err);
    CHECK(result.exit_code == 0);
    CHECK_THAT(result.out, ContainsSubstring(" passed, 0 failed"));
    CHECK(result.err.empty());
}

/// Plays these lines, whatever comes of it.
Result play_lines(const Folder& folder, const std::string& lines) {
    write_file(folder / "lines.lab", lines);
    Result result = run_program(lab_command(folder, {"able", "--script", "lines.lab"}));
    skip_without_gl(result);
    return result;
}

bool is_png(const fs::path& file) { return read_file(file).starts_with("\x89PNG\r\n\x1a\n"); }

}  // namespace

// One case each, so that they run side by side and one that hangs is stopped alone.
#define LAB_SCRIPT(name)                            \
    TEST_CASE("lab script: " #name, "[lab][e2e]") { \
        const Folder folder;                        \
        play(folder, #name);                        \
    }
LAB_SCRIPT(first_look)
LAB_SCRIPT(time)
LAB_SCRIPT(undo)
LAB_SCRIPT(compare)
LAB_SCRIPT(heels_up)
LAB_SCRIPT(push)
LAB_SCRIPT(help_wall)

TEST_CASE("lab script: look, and its pictures", "[lab][e2e]") {
    const Folder folder;
    play(folder, "look");
    CHECK(is_png(folder / "dark.png"));
    CHECK(is_png(folder / "shapes.png"));
    CHECK(is_png(folder / "muscles.png"));
    CHECK(read_file(folder / "dark.png") != read_file(folder / "shapes.png"));
}

TEST_CASE("lab script: a pushed run that is kept is there the next day, deleted it is gone",
          "[lab][e2e][long]") {
    const Folder folder;
    const fs::path file = folder / "kept/pushed-01.cbor";
    play(folder, "push_keep", {"--keep", "kept"});
    REQUIRE(fs::exists(file));
    const auto kept = load_recording(file);
    CHECK(kept->scenario.name == "shoved hard");
    CHECK(std::ranges::any_of(kept->frames, [](const Frame& f) { return f.push_N.norm() > 10.0; }));
    CHECK_FALSE(fs::exists(folder / "kept/pushed-02.cbor"));  // renamed, not twice
    play(folder, "push_again", {"--keep", "kept"});
    CHECK_FALSE(fs::exists(file));
}

TEST_CASE("lab script: files, and what they hold", "[lab][e2e]") {
    const Folder folder;
    write_file(folder / "bad.toml", "[person]\nmass_kg = 900\n");
    write_file(folder / "text.cbor", "not a recording\n");
    play(folder, "files");
    const ScenarioDef saved = load_scenario(folder / "mine.toml");
    CHECK(saved.counterweight.mass_kg == 6.5);
    CHECK(saved.person.ankle_dorsiflexion_deg == 18.0);
    // No half-written file is left.
    std::set<std::string> names;
    for (const auto& [name, what] : tree_of(folder.path())) names.insert(name);
    CHECK(names == std::set<std::string>{"bad.toml", "mine.toml", "stiff_ankles.toml", "text.cbor"});
}

TEST_CASE("lab script: export, and what the files hold", "[lab][e2e]") {
    const Folder folder;
    play(folder, "export");
    CHECK(is_png(folder / "chart.png"));
    CHECK(is_png(folder / "still.png"));
    for (const char* const name : {"stiff_ankles_chart.svg", "feet.svg"}) {
        CHECK_THAT(read_file(folder / name), ContainsSubstring("<svg"));
        CHECK_THAT(read_file(folder / name), ContainsSubstring("</svg>"));
    }
    for (const char* const name : {"stiff_ankles_chart.csv", "against.csv"}) {
        const std::string csv = read_file(folder / name);
        CHECK(std::ranges::count(csv, '\n') > 100);
        CHECK(csv.find(',') < csv.find('\n'));
    }
    const auto recording = load_recording(folder / "stiff_ankles.cbor");
    CHECK(recording->scenario.person.ankle_dorsiflexion_deg == 18.0);
    CHECK(recording->frames.size() > 100);
    CHECK_FALSE(fs::exists(folder / "feet.txt"));
}

TEST_CASE("lab script: rose, and its files", "[lab][e2e]") {
    const Folder folder;
    play(folder, "rose");
    CHECK_THAT(read_file(folder / "rose.csv"), ContainsSubstring("direction [deg],topples [N s]"));
    CHECK_THAT(read_file(folder / "rose.svg"), ContainsSubstring("</svg>"));
}

TEST_CASE("lab script: a report of the run on screen", "[lab][e2e][report]") {
    const Folder folder;
    play(folder, "report");
    CHECK(is_png(folder / "popup.png"));
    const std::string html = read_file(folder / "fall.html");
    CHECK_THAT(html, ContainsSubstring("falls backward") && ContainsSubstring("Client A")
                         && ContainsSubstring("./plumb report ./stiff_ankles.toml -o fall.html"));
    CHECK_FALSE(fs::exists(folder / "report.doc"));
}

TEST_CASE("lab script: a journal, off until it is begun, gone when deleted", "[lab][e2e][journal]") {
    const Folder folder;
    const fs::path kept = folder / "data/plumbline/journal.sqlite";
    write_file(folder / "lines.lab", "until ran\nwait 10\n");
    Command without = lab_command(folder, {"able", "--script", "lines.lab"});
    without.environment["XDG_DATA_HOME"] = (folder / "data").string();
    skip_without_gl(run_program(without));
    CHECK_FALSE(fs::exists(folder / "data"));
    Command command = lab_command(
        folder, {"stiff_ankles", "--size", "1280x720", "--script", script_file("journal").string()});
    command.environment["XDG_DATA_HOME"] = (folder / "data").string();
    const Result result = run_program(command);
    INFO(result.out << result.err);
    CHECK(result.exit_code == 0);
    CHECK_FALSE(fs::exists(kept));
    CHECK_THAT(read_file(folder / "journal.csv"), ContainsSubstring("2026-11-02"));
}

// Long for the searches behind the answer.
TEST_CASE("lab script: a participant's turn", "[lab][e2e][long][turn]") {
    const Folder folder;
    play(folder, "turn");
    CHECK(read_file(folder / "your_squat.pdf").starts_with("%PDF-"));
    if (const char* const kept = std::getenv("PLUMB_PICTURES"))
        for (const char* const name : {"form.png", "answer.png", "your_squat.pdf"})
            fs::copy_file(folder / name, fs::path(kept) / name, fs::copy_options::overwrite_existing);
}

TEST_CASE("lab script: one_side", "[lab][e2e][long]") {
    const Folder folder;
    play(folder, "one_side");
}
TEST_CASE("lab script: person_card", "[lab][e2e][long]") {
    const Folder folder;
    play(folder, "person_card");
}

// Long only for their time: help_wall is clicked in the suite, every help is found in session_test.cpp. At the scenario's own pace:
// a quick squat asks for more margin than a wider stance gives.
#define LONG_LAB_SCRIPT(name)                             \
    TEST_CASE("lab script: " #name, "[long][lab][e2e]") { \
        const Folder folder;                              \
        play(folder, #name, {}, "stiff_ankles");          \
    }
LONG_LAB_SCRIPT(helps_offered)
LONG_LAB_SCRIPT(help_stop)
LONG_LAB_SCRIPT(impossible)
LONG_LAB_SCRIPT(help_counterweight)
LONG_LAB_SCRIPT(help_wider_stance)
LONG_LAB_SCRIPT(help_heel_wedge)
LONG_LAB_SCRIPT(help_more_ankle)
LONG_LAB_SCRIPT(pairs)
LONG_LAB_SCRIPT(map_click)

TEST_CASE("lab script: map, and its files", "[lab][e2e][long]") {
    const Folder folder;
    play(folder, "map");
    CHECK_THAT(read_file(folder / "map.csv"),
               ContainsSubstring("Stance width (m),Counterweight mass (kg),margin_m"));
    CHECK_THAT(read_file(folder / "map.svg"), ContainsSubstring("</svg>"));
}

TEST_CASE("lab script: every file of the folder is played", "[lab]") {
    const std::string source = read_file(fs::path(PLUMBLINE_SOURCE_DIR) / "tests/lab/scripts_test.cpp");
    for (const auto& entry : fs::directory_iterator(fs::path(PLUMBLINE_SOURCE_DIR) / "tests/lab")) {
        if (entry.path().extension() != ".lab") continue;
        const std::string name = entry.path().stem().string();
        INFO(name);
        CHECK((source.find("_SCRIPT(" + name + ")") != std::string::npos
               || source.find("play(folder, \"" + name + "\"") != std::string::npos
               || source.find("script_file(\"" + name + "\")") != std::string::npos));
    }
}

TEST_CASE("lab script: a check that does not hold is said and gives exit code 1", "[lab][e2e]") {
    const Folder folder;
    const Result result = play_lines(folder, "# what cannot be\nuntil ran\nexpect outcome fell_backward\n"
                                             "expect runs 1\nexpect Verdict/Nothing\n");
    CHECK(result.exit_code == 1);
    CHECK_THAT(result.out, ContainsSubstring("2 passed, 2 failed"));
    CHECK_THAT(result.err, ContainsSubstring("line 3: "));
    CHECK_THAT(result.err, ContainsSubstring("it is \"completed\""));
    CHECK_THAT(result.err, ContainsSubstring("line 5: "));
    CHECK_THAT(result.err, !ContainsSubstring("line 4"));
}

TEST_CASE("lab script: a control that is nowhere is a failed check", "[lab][e2e]") {
    const Folder folder;
    const Result result = play_lines(folder, "click Scene/Nowhere\n");
    CHECK(result.exit_code == 1);
    CHECK_THAT(result.err, ContainsSubstring("line 1: "));
    CHECK_THAT(result.err, ContainsSubstring("no such control"));
}

TEST_CASE("lab script: a bad script is refused with file and line before anything is played", "[lab][e2e]") {
    const Folder folder;
    for (const auto& [line, culprit] :
         std::vector<std::pair<std::string, std::string>>{{"jump Scene/Side", "jump"},
                                                          {"click", "click"},
                                                          {"click Scene/Side twice", "click"},
                                                          {"type Stance/Width", "type"},
                                                          {"wait long", "long"},
                                                          {"drag Scene/Picture 10 down", "down"},
                                                          {"slide Stance/Width half", "half"},
                                                          {"scroll Plots/Chart nan", "nan"},
                                                          {"key hyper", "hyper"},
                                                          {"key shift z", "shift"},
                                                          {"until done", "until"},
                                                          {"searches perhaps", "searches"},
                                                          {"expect outcome is completed", "expect"},
                                                          {"monkey 5", "monkey"},
                                                          {"\x1b[31m", "x1b"}}) {
        INFO(line);
        const Result result = play_lines(folder, "# first\n\n" + line + "\n");
        CHECK(result.exit_code == 2);
        CHECK(result.out.empty());
        CHECK_THAT(result.err, ContainsSubstring("lines.lab:3: "));
        CHECK_THAT(result.err, ContainsSubstring(culprit));
        CHECK(std::ranges::count(result.err, '\n') == 1);
        CHECK(result.err.find('\x1b') == std::string::npos);
    }
    const Result missing = run_program(lab_command(folder, {"able", "--script", "none.lab"}));
    CHECK(missing.exit_code == 2);
    CHECK_THAT(missing.err, ContainsSubstring("none.lab"));
    const Result scenario = play_lines(folder, "");  // an empty script does nothing
    CHECK(scenario.exit_code == 0);
    const Result unknown = run_program(lab_command(folder, {"no_such", "--script", "lines.lab"}));
    CHECK(unknown.exit_code == 2);
    CHECK_THAT(unknown.err, ContainsSubstring("no_such"));
    for (const char* const size : {"10x10", "1280", "1280x", "1280x800x2", "99999x99999", "-5x400"}) {
        INFO(size);
        const Result result =
            run_program(lab_command(folder, {"able", "--screenshot", "p.png", "--size", size}));
        CHECK(result.exit_code == 2);
        CHECK_THAT(result.err, ContainsSubstring("--size"));
    }
    CHECK_FALSE(fs::exists(folder / "p.png"));
}

TEST_CASE("lab: a picture without a display, large and dark or small", "[lab][e2e]") {
    const Folder folder;
    for (const auto& words : std::vector<std::vector<std::string>>{
             {"able", "--screenshot", "a.png", "--size", "640x420"},
             {"able", "--screenshot", "b.png", "--size", "2560x1440", "--text", "2", "--dark"}}) {
        const Result result = run_program(lab_command(folder, words));
        skip_without_gl(result);
        INFO(result.err);
        CHECK(result.exit_code == 0);
        CHECK(is_png(folder / words[2]));
    }
}

TEST_CASE("lab: minutes of random input under sanitisers", "[lab][long]") {
    // PLUMBLINE_MONKEY_S: seconds instead of five minutes; PLUMBLINE_MONKEY_LAB: another build of the lab, as that of
    // the check preset; PLUMBLINE_MONKEY_SEED.
    const auto setting = [](const char* name, const char* otherwise) {
        const char* const value = std::getenv(name);
        return std::string(value != nullptr && *value != '\0' ? value : otherwise);
    };
    const std::string seconds = setting("PLUMBLINE_MONKEY_S", "300");
    const Folder folder;
    write_file(folder / "monkey.lab",
               "until ran\nmonkey " + seconds + " " + setting("PLUMBLINE_MONKEY_SEED", "1") + "\n");
    Command command = lab_command(folder, {"stiff_ankles", "--script", "monkey.lab"});
    command.program = setting("PLUMBLINE_MONKEY_LAB", PLUMBLINE_LAB_EXE);
    command.environment["ASAN_OPTIONS"] = "detect_leaks=0";  // drivers keep theirs; growth is measured
    command.environment["UBSAN_OPTIONS"] = "print_stacktrace=1";
    command.limit = std::chrono::seconds(std::stoll(seconds) + 300);
    const Result result = run_program(command);
    skip_without_gl(result);
    INFO(result.out << result.err);
    CHECK(result.exit_code == 0);
    CHECK_FALSE(result.too_late);
    CHECK_THAT(result.out, ContainsSubstring("2 passed, 0 failed"));
    CHECK_THAT(result.err, ContainsSubstring("monkey: "));
}
