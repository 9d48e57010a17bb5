// Reads lessons, runs what a page needs, writes it.
#include "apps/lesson_words.h"

#include <algorithm>
#include <filesystem>
#include <functional>
#include <iterator>
#include <map>
#include <numeric>

#include "apps/cell_output.h"
#include "apps/command_words.h"
#include "apps/commands.h"
#include "apps/handout_pages.h"
#include "apps/home.h"
#include "apps/still_drawer.h"
#include "render/report/html_page.h"
#include "render/report/pdf_pages.h"
#include "sim/base/input_error.h"
#include "sim/base/text.h"
#include "sim/base/threads.h"
#include "sim/base/whole_file.h"
#include "sim/engine/simulate.h"
#include "sim/scenario/lesson_toml.h"
#include "sim/scenario/scenario_fields.h"
#include "sim/study/lesson_answer.h"

namespace plumb {
namespace {

namespace fs = std::filesystem;

/// All files in scenarios/lessons, by name.
std::vector<fs::path> lesson_files(const fs::path& scenarios) {
    const fs::path folder = scenarios / "lessons";
    std::vector<fs::path> files;
    std::error_code error;
    for (fs::directory_iterator entry(folder, error), end; !error && entry != end; entry.increment(error))
        if (entry->path().extension() == ".toml") files.push_back(entry->path());
    if (error) throw InputError(printable(folder.string(), 300) + ": cannot be read: " + error.message());
    std::ranges::sort(files);
    return files;
}

std::string counted(std::size_t count, const std::string& what) {
    return std::to_string(count) + " " + what + (count == 1 ? "" : "s");
}

/// Runs and searches on all threads, each scenario once. A handout shows its own steps and gives no answers.
std::vector<StepFacts> gather(const LoadedLesson& lesson, const HandoutRequest& request) {
    std::vector<StepFacts> facts(lesson.steps.size());
    std::vector<std::size_t> shown = handout_steps(lesson.def), asked;
    if (request.notes) {
        shown.resize(facts.size());
        std::iota(shown.begin(), shown.end(), std::size_t{0});
        std::ranges::copy_if(shown, std::back_inserter(asked),
                             [&](std::size_t i) { return lesson.def.steps[i].question.has_value(); });
    }
    std::map<std::string, std::vector<std::size_t>> by_input;
    for (const std::size_t i : shown) by_input[input_hash(lesson.steps[i].scenario)].push_back(i);
    std::vector<std::vector<std::size_t>> runs;
    for (auto& [hash, steps] : by_input) runs.push_back(std::move(steps));
    const auto on_all = [&](std::size_t count, const std::function<void(std::size_t)>& work) {
        const auto pieces = static_cast<int>(count);
        on_threads(std::clamp(thread_count(request.threads), 1, std::max(1, pieces)), pieces, nullptr,
                   [&](int i) { work(static_cast<std::size_t>(i)); });
    };
    on_all(runs.size(), [&](std::size_t run) {
        const auto recording = simulate(lesson.steps[runs[run].front()].scenario);
        const Assessment assessment = assess_balance(*recording);
        for (const std::size_t i : runs[run]) {
            facts[i].recording = recording;
            facts[i].assessment = assessment;
        }
    });
    on_all(asked.size(), [&](std::size_t k) {
        StepFacts& of = facts[asked[k]];
        of.answer = lesson_answer(*lesson.def.steps[asked[k]].question, *of.recording, of.assessment);
    });
    return facts;
}

}  // namespace

CLI::App* add_lessons_word(CLI::App& app, LessonsRequest& request) {
    CLI::App* const lessons = app.add_subcommand("lessons", "Name every lesson, or check lesson files");
    CLI::App* const check =
        lessons->add_subcommand("check", "Read lessons and every scenario they show: is all in order?");
    check->add_option("FILE", request.files,
                      "Names from scenarios/lessons, or paths to .toml files (all of scenarios/lessons)");
    check->callback([&request] { request.check = true; });
    return lessons;
}

void list_or_check_lessons(const LessonsRequest& request) {
    const fs::path scenarios = scenarios_folder();
    std::vector<fs::path> files;
    for (const std::string& file : request.files) files.push_back(find_lesson(file, scenarios));
    if (files.empty()) files = lesson_files(scenarios);
    std::vector<LessonDef> lessons;
    std::size_t width = 0, steps = 0;
    for (const fs::path& file : files) {
        lessons.push_back(load_lesson(file, scenarios).def);
        width = std::max(width, file.stem().string().size());
        steps += lessons.back().steps.size();
    }
    if (request.check)
        return put(counted(lessons.size(), "lesson") + ", " + counted(steps, "step") + ": fine\n");
    std::string text;
    for (std::size_t i = 0; i < lessons.size(); ++i) {
        const std::string name = printable(files[i].stem().string(), 100);
        text += name + std::string(width - std::min(width, name.size()) + 2, ' ') + lessons[i].title + " ("
                + counted(lessons[i].steps.size(), "step") + ")\n";
    }
    put(text);
}

CLI::App* add_handout_word(CLI::App& app, HandoutRequest& request) {
    CLI::App* const handout =
        app.add_subcommand("handout", "Put a lesson on paper: for who takes part, or for who speaks");
    handout
        ->add_option("LESSON", request.lesson, "A name from 'plumbline lessons', or a path to a .toml file")
        ->required();
    handout->add_option("-o,--out", request.out, "The file, .pdf or .html")->required();
    handout
        ->add_flag("--notes", request.notes,
                   "The speaker's notes instead: every step, with the answers (a minute)")
        ->disable_flag_override();
    handout->add_option("--paper", request.paper, "Of a PDF: a4 or letter")->capture_default_str();
    handout->add_option("--language", request.language, "A file of assets/texts")->capture_default_str();
    handout
        ->add_flag("--drawings", request.drawings,
                   "Plain drawings instead of rendered stills (smaller files)")
        ->disable_flag_override();
    add_threads(*handout, request.threads);
    handout->callback([&request] { refuse_dash("--out", request.out); });
    return handout;
}

void write_handout(const HandoutRequest& request) {
    const std::string end = fs::path(request.out).extension().string();
    if (end != ".pdf" && end != ".html")
        throw InputError("--out " + in_quotes(request.out) + ": a handout ends in .pdf or .html");
    if (request.paper != "a4" && request.paper != "letter")
        throw InputError("--paper " + in_quotes(request.paper) + ": allowed a4, letter");
    const Texts texts = Texts::read(texts_folder(), request.language);
    const fs::path scenarios = scenarios_folder();
    const LoadedLesson lesson = load_lesson(find_lesson(request.lesson, scenarios), scenarios);
    check_whole_file({"--out", request.out});

    const std::vector<StepFacts> facts = gather(lesson, request);
    StillDrawer stills(request.drawings);
    const Document document =
        request.notes
            ? notes_document(lesson, facts, texts)
            : handout_document(lesson, facts, texts, [&](const auto&... given) { return stills(given...); });
    const std::string bytes = end == ".html"
                                  ? html_of(document)
                                  : pdf_of(document, request.paper == "letter" ? Paper::letter : Paper::a4);
    write_whole_files({{"--out", request.out, bytes}});
    put("Wrote " + printable(request.out, 300) + "\n");
}

}  // namespace plumb
