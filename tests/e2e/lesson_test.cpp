// `plumbline lessons` and `plumbline handout` as a user types them: lists, checks, two pages, refusals.
#include <algorithm>

#include "sim/scenario/lesson_def.h"
#include "sim/scenario/scenario_fields.h"
#include "sim/study/least_change.h"
#include "tests/catch.h"
#include "tests/e2e/refusal.h"
#include "tests/e2e/tools.h"

using namespace plumb;
using namespace plumb::test;
using Catch::Matchers::ContainsSubstring;
using Catch::Matchers::EndsWith;

namespace {

using Words = std::vector<std::string>;

const std::string k_lesson =
    "title = \"Mine\"\n[[step]]\nmark = \"a\"\nheadline = \"First <b>\"\ntext = \"Key one. More.\"\n"
    "scenario = \"./short.toml\"\n[step.question]\nask = \"How does it end?\"\nkind = \"outcome\"\n"
    "[[step]]\nmark = \"b\"\nheadline = \"Second\"\ntext = \"Key two. More.\"\nnotes = \"Aloud.\"\n"
    "scenario = \"./short.toml\"\nsettings = [\"counterweight.mass_kg=2\"]\njournal = true\n";

std::string done(const Folder& folder, const Words& words) {
    const Result result = run_program({.words = words, .folder = folder.path()});
    INFO(result.err);
    CHECK(result.exit_code == 0);
    return result.out;
}

void write_mine(const Folder& folder) {
    write_file(folder / "short.toml", k_short_squat);
    write_file(folder / "mine.toml", k_lesson);
}

void check_two_pages(const Folder& folder, const std::string& paper) {
    // Its pictures have the same size whether they are rendered or drawn.
    CHECK(done(folder, {"handout", "deep_squat", "-o", "h.pdf", "--paper", paper, "--drawings"})
          == "Wrote h.pdf\n");
    const std::string info = tool("pdfinfo", {(folder / "h.pdf").string()});
    INFO(info);
    CHECK(info.find("Pages:           2\n") != std::string::npos);
    CHECK_THAT(info, ContainsSubstring(paper == "a4" ? "(A4)" : "(letter)"));
}

}  // namespace

TEST_CASE("Lessons are listed with their titles and checked with all they show", "[e2e][lessons]") {
    const Folder folder;
    write_mine(folder);
    CHECK_THAT(done(folder, {"lessons"}),
               ContainsSubstring("deep_squat  The deep squat") && ContainsSubstring("wall "));
    CHECK_THAT(done(folder, {"lessons", "check"}), EndsWith(" steps: fine\n"));
    CHECK(done(folder, {"lessons", "check", "./mine.toml", "wall"}) == "2 lessons, 5 steps: fine\n");
    CHECK(done(folder, {"lessons", "check", "./mine.toml"}) == "1 lesson, 2 steps: fine\n");
}

TEST_CASE("A lesson that is not in order is named in one line", "[e2e][lessons]") {
    const Folder folder;
    write_mine(folder);
    write_file(folder / "bad.toml", k_lesson + "view = \"below\"\n");
    write_file(folder / "lost.toml",
               "title = \"T\"\n[[step]]\nmark = \"a\"\nheadline = \"H\"\ntext = \"T.\"\n"
               "scenario = \"albe\"\n");
    write_file(folder / "empty.toml", "");
    write_file(folder / "huge.toml", std::string(std::size_t{2} << 20, '#'));
    write_file(folder / "noise.toml", "\xff\xfe\x01");
    const auto refused = [&](const Words& words, const Words& culprits) {
        check_refused(folder, {.words = words}, culprits);
    };
    refused({"lessons", "check", "./mine.toml", "./bad.toml", "./empty.toml"},
            {"bad.toml:18", "step.view", "side"});
    refused({"lessons", "check", "./lost.toml"}, {"lost.toml:6", "albe", "did you mean able"});
    refused({"lessons", "check", "./empty.toml"}, {"empty.toml", "title"});
    refused({"lessons", "check", "./huge.toml"}, {"1 MiB"});
    refused({"lessons", "check", "./noise.toml"}, {"noise.toml"});
    refused({"lessons", "check", "./nowhere.toml"}, {"nowhere.toml"});
    refused({"lessons", "check", "deep_sqat"}, {"deep_sqat", "did you mean deep_squat"});
    refused({"lessons", "chek"}, {"chek"});
    refused({"handout", "./bad.toml", "-o", "a.pdf"}, {"bad.toml:18"});
    refused({"handout", "./mine.toml", "-o", "a.doc"}, {"--out", "a.doc", ".pdf or .html"});
    refused({"handout", "./mine.toml"}, {"--out"});
    refused({"handout", "-o", "a.pdf"}, {"LESSON"});
    refused({"handout", "./mine.toml", "-o", "nowhere/a.pdf"}, {"nowhere"});
    refused({"handout", "./mine.toml", "-o", "a.pdf", "--paper", "a5"}, {"--paper", "a5", "a4, letter"});
    refused({"handout", "./mine.toml", "-o", "a.pdf", "--language", "tlh"}, {"--language", "tlh"});
    refused({"handout", "./mine.toml", "-o", "a.pdf", "--threads", "0"}, {"--threads"});
    refused({"handout", "./mine.toml", "-o", "-x.pdf"}, {"--out"});
}

TEST_CASE("The standard course's handout has two pages on letter paper too", "[e2e][lessons][long]") {
    check_two_pages(Folder(), "letter");
}
TEST_CASE("The standard course's handout has two pages and gives no answer away", "[e2e][lessons]") {
    const Folder folder;
    check_two_pages(folder, "a4");
    const std::string text = tool("pdftotext", {"-layout", (folder / "h.pdf").string(), "-"});
    CHECK_THAT(text, ContainsSubstring("total hip replacement") && ContainsSubstring("not medical advice")
                         && ContainsSubstring("(j) How it feels that night")
                         && ContainsSubstring("falls backward") && ContainsSubstring("My guess:")
                         && ContainsSubstring("Next morning") && !ContainsSubstring("Answer"));
}

TEST_CASE("Handout and notes of one's own lesson: the same words give the same bytes", "[e2e][lessons]") {
    const Folder folder;
    write_mine(folder);
    for (const Words& words : {Words{"handout", "./mine.toml", "-o", "a.pdf"},
                               Words{"handout", "./mine.toml", "-o", "a.html", "--drawings"},
                               Words{"handout", "./mine.toml", "--notes", "-o", "n.html"}}) {
        const std::string name = words[2] == "-o" ? words[3] : words[4];
        done(folder, words);
        const std::string first = read_file(folder / name);
        done(folder, words);
        CHECK(read_file(folder / name) == first);
    }
    const std::string handout = read_file(folder / "a.html"), notes = read_file(folder / "n.html");
    CHECK_THAT(handout, ContainsSubstring("Key one.") && ContainsSubstring("How does it end?"));
    CHECK_THAT(handout,
               !ContainsSubstring("Aloud") && !ContainsSubstring("Answer:") && !ContainsSubstring("<b>"));
    CHECK_THAT(notes, ContainsSubstring("Say: Aloud.")
                          && ContainsSubstring("Answer: stays on the feet: goes down and up")
                          && ContainsSubstring("counterweight.mass_kg=2")
                          && ContainsSubstring("First &lt;b&gt;"));
}

TEST_CASE("A question for a number is answered by the search, in its own unit", "[e2e][lessons]") {
    const Folder folder;
    write_file(
        folder / "mine.toml",
        "title = \"Mine\"\n[[step]]\nmark = \"a\"\nheadline = \"H\"\ntext = \"T.\"\nscenario = \"able\"\n"
        "[step.question]\nask = \"How high?\"\nkind = \"number\"\nhelp = \"heel_wedge\"\nunit = \"mm\"\n"
        "from = 0\nto = 60\n[[step]]\nmark = \"b\"\nheadline = \"H\"\ntext = \"T.\"\n"
        "scenario = \"stiff_ankles\"\n[step.question]\nask = \"How high?\"\nkind = \"number\"\n"
        "help = \"heel_wedge\"\nunit = \"mm\"\nfrom = 0\nto = 60\n");
    done(folder, {"handout", "./mine.toml", "--notes", "-o", "n.html"});
    const std::string notes = read_file(folder / "n.html");
    CHECK_THAT(notes, ContainsSubstring("Guesses from 0 to 60 mm.") && ContainsSubstring(": not needed"));
    CHECK_THAT(notes, ContainsSubstring(" mm: a heel wedge of "));
}

TEST_CASE("A lesson asks for the helps that the search knows", "[lessons]") {
    // Under the same names, each over the field that the search changes.
    for (const Help help : k_helps) {
        INFO(help_name(help));
        CHECK(std::ranges::find(k_question_helps, help_name(help)) != k_question_helps.end());
        const HelpField* const field = help_field(help_name(help));
        REQUIRE(field != nullptr);
        CHECK(field->field == help_range(help).field);
        CHECK(field->units.front() == find_field(field->field)->unit);
        CHECK(units_per(field->help, field->units.front()) == 1.0);
    }
}
