// Lessons as a teacher runs them: by keys alone, from the first step to the last, guesses counted, words that fit.
#include <fstream>

#include "render/lab/lesson_desk.h"
#include "sim/base/text.h"
#include "sim/scenario/scenario_fields.h"
#include "tests/lab/lab_program.h"

using namespace plumb;
using namespace plumb::test;
using Catch::Matchers::ContainsSubstring;
namespace fs = std::filesystem;

namespace {

const fs::path k_scenarios = fs::path(PLUMBLINE_SOURCE_DIR) / "scenarios";

LoadedLesson lesson_named(const std::string& name) {
    return load_lesson(find_lesson(name, k_scenarios), k_scenarios);
}

std::string quoted(const std::string& text) { return "\"" + text + "\""; }

/// A script that goes through the whole lesson by keys, guesses at every question and pictures every phase.
std::string whole_lesson(const LoadedLesson& lesson) {
    std::string text;
    int picture = 0;
    const auto look = [&](const std::string& phase) {
        text += "expect Lesson/Phase " + phase + "\nexpect Lesson/Overflow no\n";
        ++picture;
        text += "screenshot " + std::string(picture < 10 ? "0" : "") + std::to_string(picture) + "_" + phase
                + ".png\n";
    };
    for (std::size_t i = 0; i < lesson.def.steps.size(); ++i) {
        const LessonStep& step = lesson.def.steps[i];
        text += "until \"Lesson bar/Where\" \"(" + step.mark + ")  " + std::to_string(i + 1) + " of "
                + std::to_string(lesson.def.steps.size()) + "\"\n";
        text += "until Stage/Ready yes\n";
        const auto read = [&] {
            // Quotes in a text would end a script's word.
            if (step.headline.find('"') == std::string::npos)
                text += "expect Lesson/Headline " + quoted(step.headline) + "\n";
            look("read");
            text += "key pagedown\n";
        };
        if (step.question) {
            // Nothing is given away before the guess.
            text += "expect playing no\nexpect time 0\nexpect Lesson/Headline \"First a guess\"\n";
            if (step.question->kind == QuestionKind::outcome)
                text += "char 1\nchar 1\nchar 2\nchar 3\nchar #\nexpect \"Lesson/Votes falls backward\" 2\n"
                        "expect \"Lesson/Votes falls forward\" 0\n";
            else
                text +=
                    "key end\nkey end\nkey enter\nkey home\nkey enter\nexpect Lesson/Guesses \"2 guesses\"\n";
            look("ask");
            text += "key pagedown\n";
        } else {
            read();
        }
        text += "wait 20\n";
        look("watch");
        const bool last = i + 1 == lesson.def.steps.size() && step.sequence.empty();
        const bool told = step.question || !step.model.empty();
        if (told) text += "key pagedown\n";
        if (told && step.question) text += "until Lesson/Answer ~.\n";
        if (told) look("told");
        if (step.question) {
            text += "key pagedown\n";
            if (last) {
                look("read");
                continue;
            }
            read();
        } else if (!last) {
            text += "key pagedown\n";
        }
        if (step.sequence.empty()) continue;
        const SideExit exit = plan_side_exit(make_run(resolve_scenario(lesson.steps[i].scenario),
                                                      *std::make_unique<std::atomic<bool>>(false),
                                                      *std::make_unique<std::atomic<double>>(0.0))
                                                 ->recording->plan,
                                             resolve_scenario(lesson.steps[i].scenario), side_right);
        for (std::size_t posture = 0; posture < exit.steps.size(); ++posture) {
            text += "until Lesson/Posture \"~" + std::to_string(posture + 1) + " of\"\n";
            look("sequence");
            text += "key pagedown\n";
        }
    }
    return text;
}

/// Plays a lesson at the size and text size of a projector; what it wrote stays in the folder.
void play_lesson(const Folder& folder, const std::string& name, const std::string& script) {
    write_file(folder / "lesson.lab", script);
    Command command = lab_command(folder, {"--lesson", name, "--size", "1280x720", "--script", "lesson.lab"});
    command.limit = std::chrono::seconds(900);
    const Result result = run_program(command);
    skip_without_gl(result);
    INFO(name << ": " << result.out << result.err);
    CHECK(result.exit_code == 0);
    CHECK_THAT(result.out, ContainsSubstring(" passed, 0 failed"));
}

}  // namespace

TEST_CASE("A short lesson is taught by keys alone, and the guesses are kept", "[lab][lesson][e2e]") {
    const Folder folder;
    write_file(folder / "short.toml", k_short_squat);
    write_file(
        folder / "own.toml",
        "title = \"Own\"\n[[step]]\nmark = \"a\"\nheadline = \"Down and up\"\ntext = \"Not deep. Quick.\"\n"
        "scenario = \"./short.toml\"\n[step.question]\nask = \"How does it end?\"\nkind = \"outcome\"\n"
        "[[step]]\nmark = \"b\"\nheadline = \"With a weight\"\ntext = \"The same. With 2 kg.\"\n"
        "scenario = \"./short.toml\"\nsettings = [\"counterweight.mass_kg=2\"]\n");
    const LoadedLesson lesson = load_lesson(folder / "own.toml", k_scenarios);
    play_lesson(folder, "./own.toml",
                whole_lesson(lesson)
                    + "click \"Lesson/Keep as table\"\nexpect Message/Text \"Written: own_guesses.csv\"\n"
                      "char .\nexpect Dark/Screen dark\nchar b\nexpect Lesson/Phase\n"
                      "click \"Lesson bar/End\"\nexpect Leave/Stay\nclick Leave/Stay\nclick \"Lesson "
                      "bar/End\"\nclick \"Leave/Discard and end\"\nwait 5\nexpect Controls/Lessons...\n");
    const std::string csv = read_file(folder / "own_guesses.csv");
    CHECK_THAT(csv, Catch::Matchers::StartsWith("step,headline,question,answer,guess,count\n"));
    int asked = 0;
    for (const LessonStep& step : lesson.def.steps)
        if (step.question) ++asked;
    CHECK(std::ranges::count(csv, '\n') == 1 + 2 * asked);
}

TEST_CASE("The courses run from start to end, and every text fits a projector", "[lab][lesson][long]") {
    const Folder folder;
    play_lesson(folder, "wall", whole_lesson(lesson_named("wall")));
    play_lesson(folder, "deep_squat", whole_lesson(lesson_named("deep_squat")));
    if (const char* const kept = std::getenv("PLUMB_PICTURES"))
        for (const auto& entry : fs::directory_iterator(folder.path()))
            if (entry.path().extension() == ".png")
                fs::copy_file(entry.path(), fs::path(kept) / entry.path().filename(),
                              fs::copy_options::overwrite_existing);
}

TEST_CASE("A lesson that does not exist or is wrong is no lab", "[lab][lesson]") {
    const Folder folder;
    write_file(folder / "bad.toml", "title = \"x\"\n[[step]]\nmark = \"a\"\n");
    for (const std::string name : {"no_such", "./bad.toml"}) {
        const Result result = run_program(lab_command(folder, {"--lesson", name, "--screenshot", "a.png"}));
        skip_without_gl(result);
        INFO(result.err);
        CHECK(result.exit_code == 2);
        CHECK(std::ranges::count(result.err, '\n') == 1);
        CHECK_FALSE(fs::exists(folder / "a.png"));
    }
}

TEST_CASE("A lesson's desk counts guesses and goes through the phases", "[lab][lesson]") {
    LessonDesk desk({});
    LoadedLesson lesson = lesson_named("wall");
    lesson.def.steps.resize(2);
    lesson.steps.resize(2);
    lesson.def.steps[0].question =
        LessonQuestion{"How, \"exactly\"?", QuestionKind::outcome, "", "", 0.0, 0.0};
    lesson.def.steps[0].model = "m";
    lesson.def.steps[0].sequence.clear();
    lesson.def.steps[1].question =
        LessonQuestion{"How many?", QuestionKind::number, "counterweight", "kg", 0.0, 20.0};
    lesson.def.steps[1].sequence.clear();
    desk.begin(lesson);
    CHECK(desk.at_start());
    CHECK(desk.phase() == LessonPhase::ask);  // first of all
    desk.vote(OutcomeChoice::holds, 1);
    desk.vote(OutcomeChoice::holds, 1);
    desk.vote(OutcomeChoice::falls_forward, -1);
    desk.vote(OutcomeChoice::falls_backward, 1);
    desk.guess(3.0);  // no number is asked for
    CHECK(desk.votes().choices == std::array<int, 3>{1, 2, 0});
    CHECK(desk.votes().numbers.empty());
    desk.next();
    CHECK(desk.phase() == LessonPhase::watch);
    desk.vote(OutcomeChoice::holds, 1);  // too late
    desk.next();
    CHECK(desk.phase() == LessonPhase::told);
    desk.next();
    CHECK(desk.phase() == LessonPhase::read);
    desk.next();
    CHECK(desk.index() == 1);
    CHECK(desk.phase() == LessonPhase::ask);
    desk.back();
    CHECK(desk.phase() == LessonPhase::read);
    CHECK(desk.votes().choices == std::array<int, 3>{1, 2, 0});
    desk.go(1);
    for (const double value : {7.0, 7.0, 20.0, 20.5, -1.0, std::nan("")}) desk.guess(value);
    CHECK(desk.votes().numbers == std::vector<double>{7.0, 7.0, 20.0});
    desk.take_back_guess();
    const std::string h0 = csv_word(lesson.def.steps[0].headline),
                      h1 = csv_word(lesson.def.steps[1].headline);
    CHECK(desk.votes_csv()
          == "step,headline,question,answer,guess,count\n1," + h0
                 + ",\"How, \"\"exactly\"\"?\",,falls backward,1\n1," + h0
                 + ",\"How, \"\"exactly\"\"?\",,holds,2\n2," + h1 + ",How many?,,7 kg,2\n");
    CHECK_FALSE(desk.at_end());
    for (int i = 0; i < 10; ++i) desk.next();
    CHECK(desk.at_end());
    desk.discard_votes();
    CHECK_FALSE(desk.has_votes());
    desk.go(99);
    CHECK(desk.index() == 1);
}
