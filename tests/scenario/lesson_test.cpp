// Lesson files: what they mean, and one clear line for everything they must not hold.
#include <algorithm>
#include <random>

#include "sim/scenario/lesson_toml.h"
#include "tests/base/comma_locale.h"
#include "tests/catch.h"
#include "tests/e2e/folder.h"
#include "tests/scenario/complaints.h"

using namespace plumb;
using namespace plumb::test;
using Catch::Matchers::ContainsSubstring;

namespace {

const std::filesystem::path k_scenarios = PLUMBLINE_SOURCE_DIR "/scenarios";
const std::string k_head = "title = \"T\"\n";
const std::string k_step =
    "[[step]]\nmark = \"a\"\nheadline = \"H\"\ntext = \"One. Two.\"\nscenario = \"able\"\n";

std::string lesson_complaint(const std::string& text) {
    return complaint_of([&] { (void)parse_lesson(text, "l.toml"); });
}
std::string of_step(const std::string& more) { return lesson_complaint(k_head + k_step + more); }

/// The complaint about a lesson's file with such a step, of scenarios beside it.
std::string loading(const std::string& more, const std::string& step = k_step) {
    const Folder folder;
    write_file(folder / "mine.toml", k_head + step + more);
    write_file(folder / "own.toml", "[person]\nmass_kg = 90\n");
    write_file(folder / "broken.toml", "[person]\nmass_kg = 900\n");
    return complaint_of([&] { (void)load_lesson(folder / "mine.toml", k_scenarios); });
}

std::string of_letters(std::size_t count, const char* letter) {
    std::string text;
    for (std::size_t i = 0; i < count; ++i) text += letter;
    return text;
}

}  // namespace

TEST_CASE("A lesson's steps say what is shown, touched and asked", "[scenario][parse]") {
    const CommaLocale locale;
    const LessonDef def = parse_lesson(
        "title = \"T\"\nabout = \"A\"\n" + k_step
            + "look_at = \"L\"\nmodel = \"M\"\nnotes = \"N\"\nsettings = [\"wall.distance_m=0.5\"]\n"
              "compare = \"./own.toml\"\ncompare_settings = [\"counterweight.mass_kg=2.5\"]\nview = "
              "\"front\"\n"
              "at = \"exit\"\noverlays = [\"margin\", \"com\"]\nmuscles = true\nsequence = \"side_exit\"\n"
              "journal = true\nhandout = true\n"
              "[[step.slider]]\nfield = \"movement.depth\"\nfrom = 0.25\nto = 1\n"
              "[[step.slider]]\nfield = \"wall.distance_m\"\nfrom = 0.1\nto = 0.5\n"
              "[step.question]\nask = \"Q?\"\nkind = \"number\"\nhelp = \"wall\"\nunit = \"cm\"\nfrom = "
              "0\nto = 99.5\n"
            + k_step + "[step.question]\nask = \"How?\"\nkind = \"outcome\"\n",
        "folder/three.toml");
    CHECK(def.name == "three");
    CHECK(def.title == "T");
    CHECK(def.about == "A");
    REQUIRE(def.steps.size() == 2);
    const LessonStep& step = def.steps[0];
    CHECK(step.mark == "a");
    CHECK(step.text == "One. Two.");
    CHECK(step.notes == "N");
    CHECK(step.settings == std::vector<std::string>{"wall.distance_m=0.5"});
    CHECK(step.compare == "./own.toml");
    CHECK(step.compare_settings == std::vector<std::string>{"counterweight.mass_kg=2.5"});
    CHECK(step.view == LessonView::front);
    CHECK(step.at == LessonMoment::exit);
    CHECK(step.overlays == LessonOverlays{true, false, false, true});
    CHECK((step.muscles && step.journal && step.handout));
    CHECK(step.sequence == "side_exit");
    CHECK(step.sliders
          == std::vector<LessonSlider>{{"movement.depth", 0.25, 1.0}, {"wall.distance_m", 0.1, 0.5}});
    CHECK(step.question == LessonQuestion{"Q?", QuestionKind::number, "wall", "cm", 0.0, 99.5});
    // What is left out.
    const LessonStep& plain = def.steps[1];
    CHECK(plain.question == LessonQuestion{"How?"});
    CHECK(plain.view == LessonView::side);
    CHECK(plain.at == LessonMoment::play);
    CHECK(plain.overlays == LessonOverlays{true, true, true, true});
    CHECK_FALSE((plain.muscles || plain.journal || plain.handout));
    CHECK(plain != step);
}

TEST_CASE("Wrong lessons are refused with file, line and what is allowed", "[scenario][parse]") {
    struct Row {
        std::string text, culprit;
    };
    for (const Row& row : {
             Row{"", "l.toml: lacks title"},
             {k_head, "l.toml: lacks a [[step]]"},
             {k_step, "l.toml: lacks title"},
             {"title = 3\n" + k_step, "l.toml:1: title is a number"},
             {"title = \"\"\n" + k_step, "title has 0 characters: allowed 1 to 80"},
             {"title = \"a\\nb\"\n" + k_step, "allowed one line of plain text"},
             {"title = \"\\u202e\"\n" + k_step, "allowed one line of plain text"},
             {k_head + "step = 3\n", "step is a number: allowed tables, [[step]]"},
             {k_head + "step = [1]\n", "allowed tables, [[step]]"},
             {k_head + "steps = 3\n" + k_step, "l.toml:2: unknown key \"steps\""},
             {k_head + "[[step]]\nmark = \"a\"\n", "l.toml:2: step 1 lacks headline"},
             {k_head + k_step + "[[step]]\nmark = \"b\"\nheadline = \"x\"\ntext = \"y\"\n",
              "l.toml:7: step 2 lacks scenario"},
             {k_head + k_step + "[[step]\n", "not TOML"},
             {k_head + k_step + "text = \"again\"\n", "l.toml:7: not TOML"},
             {k_head + k_step + "model = \"" + std::string(4, '\xff') + "\"\n", "not UTF-8"},
         }) {
        INFO(row.text);
        CHECK_THAT(lesson_complaint(row.text), ContainsSubstring(row.culprit));
    }
    for (const Row& row : {
             Row{"colour = 3\n", "l.toml:7: unknown key \"step.colour\": allowed mark,"},
             {"look_at = true\n", "l.toml:7: step.look_at is true or false: allowed text"},
             {"view = \"below\"\n", "l.toml:7: step.view = \"below\": allowed side|front|top|orbit"},
             {"at = 3\n", "step.at is a number"},
             {"at = \"dawn\"\n", "allowed stand|bottom|exit|end|play"},
             {"muscles = \"true\"\n", "step.muscles is text: allowed true or false without quotes"},
             {"journal = 1\n", "step.journal is a number"},
             {"overlays = \"com\"\n", "step.overlays is text: allowed a list"},
             {"overlays = [\"com\", \"sun\"]\n", "allowed com|base|plumb|margin"},
             {"overlays = [\"com\", \"com\"]\n", "holds \"com\" twice"},
             {"overlays = [1]\n", "step.overlays is a number"},
             {"sequence = \"fall\"\n", "allowed side_exit"},
             {"settings = \"person.mass_kg=80\"\n", "step.settings is text: allowed a list"},
             {"settings = [80]\n", "step.settings is a number"},
             {"settings = [\"person.mass_kg\"]\n", "step.settings: \"person.mass_kg\": allowed field=value"},
             {"settings = [\"person.mas_kg=80\"]\n", "did you mean person.mass_kg"},
             {"settings = [\"person.mass_kg=900\"]\n",
              "l.toml:7: step.settings: person.mass_kg=900: allowed 30 to 250 kg"},
             {"settings = [\"person.mass_kg=nan\"]\n", "person.mass_kg=nan"},
             {"settings = [\"person.mass_kg=80,5\"]\n", "person.mass_kg=80,5"},
             {"compare_settings = []\n", "l.toml:7: step.compare_settings goes with compare"},
             {"slider = 3\n", "allowed tables, [[step.slider]]"},
             {"[[step.slider]]\nfield = \"person.mass_kg\"\nfrom = 60\n", "step.slider lacks to"},
             {"[[step.slider]]\nfrom = 60\nto = 90\n", "step.slider lacks its field"},
             {"[[step.slider]]\nfield = \"person.sex\"\nfrom = 0\nto = 1\n", "allowed a field of numbers"},
             {"[[step.slider]]\nfield = \"person.mas_kg\"\nfrom = 0\nto = 1\n",
              "did you mean person.mass_kg"},
             {"[[step.slider]]\nfield = \"person.mass_kg\"\nfrom = 90\nto = 60\n",
              "step.slider.to = 60: allowed more than from = 90"},
             {"[[step.slider]]\nfield = \"person.mass_kg\"\nfrom = 1\nto = 60\n",
              "l.toml:9: step.slider.from = 1: allowed 30 to 250 kg"},
             {"[[step.slider]]\nfield = \"person.mass_kg\"\nfrom = nan\nto = 60\n",
              "allowed a finite number"},
             {"[[step.slider]]\nfield = \"person.mass_kg\"\nfrom = 40\nto = 1e400\n", "l.toml:"},
             {"[[step.slider]]\nfield = \"movement.rotation_cycles\"\nfrom = 0.5\nto = 2\n",
              "step.slider.from = 0.5"},
             {"[[step.slider]]\nfield = \"person.mass_kg\"\nfrom = 40\nto = 60\nstep = 1\n",
              "unknown key \"step.slider.step\""},
             {"question = \"How?\"\n", "step.question is text: allowed a table"},
             {"[step.question]\nkind = \"outcome\"\n", "step.question lacks ask"},
             {"[step.question]\nask = \"Q?\"\n", "step.question lacks kind"},
             {"[step.question]\nask = \"Q?\"\nkind = \"guess\"\n", "allowed outcome|number"},
             {"[step.question]\nask = \"Q?\"\nkind = \"outcome\"\nanswer = \"holds\"\n",
              "unknown key \"step.question.answer\""},
             {"[step.question]\nask = \"Q?\"\nkind = \"outcome\"\nfrom = 3\n",
              "step.question.from goes with kind"},
             {"[step.question]\nask = \"Q?\"\nkind = \"number\"\n", "step.question lacks help"},
         }) {
        INFO(row.text);
        CHECK_THAT(of_step(row.text), ContainsSubstring(row.culprit));
    }
    const auto number = [](const std::string& rest) {
        return of_step("[step.question]\nask = \"Q?\"\nkind = \"number\"\n" + rest);
    };
    CHECK_THAT(number("help = \"luck\"\n"),
               ContainsSubstring("allowed counterweight|wider_stance|heel_wedge|wall|more_ankle"));
    CHECK_THAT(number("help = \"wall\"\nunit = \"kg\"\n"),
               ContainsSubstring("l.toml:11") && ContainsSubstring("allowed m|cm|mm"));
    CHECK_THAT(number("help = \"wall\"\nunit = \"cm\"\nfrom = 0\n"), ContainsSubstring("lacks to"));
    CHECK_THAT(number("help = \"wall\"\nunit = \"cm\"\nfrom = -1\nto = 3\n"),
               ContainsSubstring("allowed 0 to 150 cm"));
    CHECK_THAT(number("help = \"wall\"\nunit = \"m\"\nfrom = 0\nto = 3\n"),
               ContainsSubstring("allowed 0 to 1.5 m"));
    CHECK_THAT(number("help = \"counterweight\"\nunit = \"kg\"\nfrom = 3\nto = 3\n"),
               ContainsSubstring("allowed more than from = 3"));
    CHECK_THAT(number("help = \"counterweight\"\nunit = \"kg\"\nfrom = nan\nto = 3\n"),
               ContainsSubstring("finite"));
    CHECK(number("help = \"counterweight\"\nunit = \"kg\"\nfrom = 0\nto = 20\n").empty());
}

TEST_CASE("A lesson's texts and lists have limits, counted in characters", "[scenario][parse]") {
    for (const auto& [key, most] :
         {std::pair{"look_at", k_longest_lesson_look_at}, std::pair{"model", k_longest_lesson_model},
          std::pair{"notes", k_longest_lesson_notes}}) {
        for (const char* const letter : {"x", "\u00fc", "\u6c34"}) {
            const std::string lead = std::string(key) + " = \"";
            CHECK(of_step(lead + of_letters(most, letter) + "\"\n").empty());
            CHECK_THAT(of_step(lead + of_letters(most + 1, letter) + "\"\n"),
                       ContainsSubstring("step." + std::string(key) + " has " + std::to_string(most + 1)
                                         + " characters: allowed 1 to " + std::to_string(most)));
        }
    }
    std::string steps = k_head;
    for (std::size_t i = 0; i < k_most_lesson_steps; ++i) steps += k_step;
    CHECK(lesson_complaint(steps).empty());
    CHECK_THAT(lesson_complaint(steps + k_step), ContainsSubstring("step holds 41: allowed up to 40"));
    std::string settings = "settings = [";
    for (std::size_t i = 0; i <= k_most_lesson_settings; ++i) settings += "\"person.mass_kg=80\", ";
    CHECK_THAT(of_step(settings + "]\n"), ContainsSubstring("step.settings holds 21: allowed up to 20"));
    std::string sliders;
    for (const char* const field :
         {"person.mass_kg", "person.stature_m", "wall.distance_m", "counterweight.mass_kg"})
        sliders += std::string("[[step.slider]]\nfield = \"") + field + "\"\nfrom = 1.3\nto = 1.4\n";
    CHECK_THAT(of_step(sliders), ContainsSubstring("step.slider holds 4: allowed up to 3"));
    const std::string same = "[[step.slider]]\nfield = \"counterweight.mass_kg\"\nfrom = 1\nto = 2\n";
    CHECK_THAT(of_step(same + same), ContainsSubstring("stands there twice"));
    CHECK_THAT(lesson_complaint(std::string(std::size_t{2} << 20, '#')),
               ContainsSubstring("1 MiB allowed for a lesson"));
}

TEST_CASE("A lesson cut off or changed anywhere is refused or whole", "[scenario][parse]") {
    const std::string whole = read_file(k_scenarios / "lessons/wall.toml");
    REQUIRE(lesson_complaint(whole).empty());
    for (std::size_t i = 0; i < whole.size(); i += 3) CHECK_NOTHROW(lesson_complaint(whole.substr(0, i)));
    // Comments off: changes should hit what is read.
    std::string bare;
    for (std::size_t at = 0; at < whole.size();) {
        const std::size_t end = std::min(whole.find('\n', at), whole.size() - 1);
        if (whole[at] != '#') bare += whole.substr(at, end + 1 - at);
        at = end + 1;
    }
    REQUIRE(lesson_complaint(bare).empty());
    std::mt19937_64 random(8);
    const std::vector<std::string> pieces = {"nan",
                                             "\"",
                                             "[",
                                             "]",
                                             "{",
                                             "=",
                                             "\n",
                                             "#",
                                             "\\",
                                             "\x1b[2J",
                                             "\xff",
                                             std::string(1, '\0'),
                                             "1e999",
                                             "-",
                                             "[[step]]\n",
                                             "[step.question]\n",
                                             "\"\"\"",
                                             "\u202e",
                                             "999999999999999999999"};
    int refused = 0;
    for (int i = 0; i < 600; ++i) {
        std::string text = bare;
        for (std::uint64_t change = 0, count = 1 + random() % 3; change < count; ++change) {
            const std::size_t at = random() % text.size();
            switch (random() % 4) {
            case 0: text[at] = static_cast<char>(random() % 256); break;
            case 1: text.erase(at, 1 + random() % 30); break;
            case 2: text.insert(at, pieces[random() % pieces.size()]); break;
            default: text.insert(at, text.substr(random() % text.size(), random() % 80)); break;
            }
        }
        refused += lesson_complaint(text).empty() ? 0 : 1;
    }
    CHECK(refused > 200);
}

TEST_CASE("What a lesson's steps run is found, changed and checked", "[scenario]") {
    const Folder folder;
    write_file(folder / "mine.toml",
               k_head + k_step
                   + "settings = [\"person.mass_kg=80\", \"person.mass_kg=81\"]\ncompare = \"./own.toml\"\n"
                   + k_step);
    write_file(folder / "own.toml", "[person]\nmass_kg = 90\n");
    const LoadedLesson lesson = load_lesson(folder / "mine.toml", k_scenarios);
    REQUIRE(lesson.steps.size() == 2);
    CHECK(lesson.steps[0].scenario.person.mass_kg == 81.0);
    CHECK(lesson.steps[0].scenario.name == "able");
    CHECK(lesson.steps[0].scenario.expect.empty());
    REQUIRE(lesson.steps[0].compare);
    CHECK(lesson.steps[0].compare->person.mass_kg == 90.0);
    CHECK(lesson.steps[1].scenario.expect == "completed");
    CHECK_FALSE(lesson.steps[1].compare);

    const auto other = [](const std::string& scenario) {
        std::string step = k_step;
        return step.replace(step.find("\"able\""), 6, "\"" + scenario + "\"");
    };
    CHECK(loading("", other("./own.toml")).empty());
    CHECK_THAT(loading("", other("albe")), ContainsSubstring("mine.toml:6: step.scenario = \"albe\"")
                                               && ContainsSubstring("did you mean able"));
    CHECK_THAT(loading("", other("./none.toml")), ContainsSubstring("none.toml"));
    CHECK_THAT(loading("", other("./broken.toml")),
               ContainsSubstring("mine.toml:6") && ContainsSubstring("broken.toml:2"));
    CHECK_THAT(loading("compare = \"albe\"\n"), ContainsSubstring("mine.toml:7: step.compare = \"albe\""));
    // Each is allowed, both together are not.
    CHECK_THAT(loading("settings = [\"counterweight.hold=back_low\", \"counterweight.hand=left\"]\n"),
               ContainsSubstring("mine.toml:7: step.scenario with its settings: counterweight.hand"));
    // A wedge that is too steep for such feet.
    CHECK_THAT(loading("settings = [\"person.foot_length_m=0.12\"]\n"
                       "[[step.slider]]\nfield = \"heel_wedge.height_m\"\nfrom = 0\nto = 0.1\n"),
               ContainsSubstring("mine.toml:8: step.slider heel_wedge.height_m at 0.1: heel_wedge.height_m"));
    CHECK_THAT(complaint_of([] { (void)load_lesson("/nowhere/l.toml", k_scenarios); }),
               ContainsSubstring("l.toml"));
    CHECK_THAT(complaint_of([] { (void)find_lesson("deep_sqat", k_scenarios); }),
               ContainsSubstring("unknown lesson") && ContainsSubstring("did you mean deep_squat"));
}

TEST_CASE("Questions: the three choices and the units of numbers", "[scenario]") {
    for (const std::string_view outcome : k_outcome_words) {
        const auto choice = choice_of(outcome);
        if (outcome == "fell_left" || outcome == "fell_right" || outcome == "slipped")
            CHECK_FALSE(choice);
        else
            CHECK(choice
                  == (outcome == "fell_backward" || outcome == "caught_by_wall"
                          ? OutcomeChoice::falls_backward
                      : outcome == "fell_forward" ? OutcomeChoice::falls_forward
                                                  : OutcomeChoice::holds));
    }
    CHECK(units_per("wall", "cm") == 100.0);
    CHECK(units_per("heel_wedge", "mm") == 1000.0);
    CHECK(units_per("counterweight", "cm") == 0.0);
    CHECK(units_per("luck", "m") == 0.0);
}

TEST_CASE("A handout shows what it is told, else the first step of each mark", "[scenario]") {
    LessonDef lesson;
    for (const char* const mark : {"a", "a", "b", "a", "c"}) lesson.steps.push_back({.mark = mark});
    CHECK(handout_steps(lesson) == std::vector<std::size_t>{0, 2, 4});
    lesson.steps[3].handout = true;
    CHECK(handout_steps(lesson) == std::vector<std::size_t>{3});
}

TEST_CASE("The lessons that come along can be read and say all they should", "[scenario]") {
    int count = 0;
    for (const auto& entry : std::filesystem::directory_iterator(k_scenarios / "lessons")) {
        INFO(entry.path());
        const LoadedLesson lesson = load_lesson(entry.path(), k_scenarios);
        CHECK(find_lesson(lesson.def.name, k_scenarios) == entry.path());
        CHECK(lesson.steps.size() == lesson.def.steps.size());
        ++count;
    }
    CHECK(count >= 2);
    const LessonDef course = load_lesson(find_lesson("deep_squat", k_scenarios), k_scenarios).def;
    CHECK(course.steps.size() >= 14);
    CHECK(course.steps.size() <= 18);
    std::string marks;
    bool exit = false, journal = false, muscles = false, outcome = false, number = false;
    for (const LessonStep& step : course.steps) {
        INFO(step.headline);
        CHECK_FALSE(step.look_at.empty());
        CHECK_FALSE(step.model.empty());
        CHECK_FALSE(step.notes.empty());
        if (!marks.ends_with(step.mark)) marks += step.mark;
        exit = exit || step.sequence == "side_exit";
        journal = journal || step.journal;
        muscles = muscles || step.muscles;
        if (step.question) (step.question->kind == QuestionKind::outcome ? outcome : number) = true;
    }
    // Every statement of the article, in its order.
    CHECK(marks == "abcdefghij");
    CHECK((exit && journal && muscles && outcome && number));
}
