// plumbline: the command line. Parses words, calls what they mean, turns errors into one line and an exit code.
#include <csignal>
#include <functional>
#include <string>
#include <utility>
#include <vector>

#include <CLI/CLI.hpp>

#include "apps/adapt_scenario.h"
#include "apps/command_words.h"
#include "apps/commands.h"
#include "apps/compare_runs.h"
#include "apps/complaint.h"
#include "apps/export_models.h"
#include "apps/journal_words.h"
#include "apps/ladder_scenario.h"
#include "apps/lesson_words.h"
#include "apps/population_study.h"
#include "apps/push_rose.h"
#include "apps/render_stills.h"
#include "apps/report_words.h"
#include "apps/run_text.h"
#include "apps/sweep_study.h"
#include "sim/base/input_error.h"

namespace {

void parse_and_run(int argc, char** argv) {
    plumb::check_first_word(argc, argv,
                            {"run", "show", "compare", "export", "render", "push", "adapt", "ladder", "sweep",
                             "population", "report", "journal", "lessons", "handout", "list", "fields",
                             "demo"});
    CLI::App app("Plumbline: can this body squat this deep without falling, and what stands in its way?",
                 "plumbline");
    app.set_version_flag("--version", "plumbline " PLUMBLINE_VERSION);
    app.require_subcommand(1);
    app.footer(plumb::k_safety_note);

    plumb::RunRequest request;
    CLI::App* const run = app.add_subcommand("run", "Run one scenario and say what happened");
    run->add_option("SCENARIO", request.scenario, "A name from 'plumbline list', or a path to a .toml file")
        ->required();
    CLI::Option* const set = plumb::add_settings(*run);
    CLI::Option* const save =
        run->add_option("--save", request.save, "Save the whole recording to this file");
    plumb::add_output_options(*run, request.output);

    plumb::ShowRequest show_request;
    CLI::App* const show = app.add_subcommand("show", "Say again what happened in a saved recording");
    show->add_option("FILE", show_request.file, "A file made by 'plumbline run --save'")->required();
    plumb::add_output_options(*show, show_request.output);

    plumb::CompareRequest comparison;
    CLI::App* const compare =
        app.add_subcommand("compare", "Say what differs between two scenarios and what that changed");
    compare->add_option("FIRST", comparison.first, "A scenario as for run, or a saved recording")->required();
    compare->add_option("SECOND", comparison.second, "The same")->required();
    compare->add_flag("--json", comparison.json, "Print one JSON document instead")->disable_flag_override();

    plumb::ExportRequest models;
    CLI::App* const export_word = plumb::add_export_word(app, models);

    plumb::RenderRequest stills;
    CLI::App* const render = plumb::add_render_word(app, stills);

    plumb::PushRequest pushes;
    CLI::App* const push = plumb::add_push_word(app, pushes);

    plumb::AdaptRequest adaptation;
    CLI::App* const adapt = plumb::add_adapt_word(app, adaptation);

    plumb::LadderRequest climb;
    CLI::App* const ladder = plumb::add_ladder_word(app, climb);

    plumb::SweepRequest study;
    CLI::App* const sweep = plumb::add_sweep_word(app, study);
    plumb::PopulationRequest crowd;
    CLI::App* const population = plumb::add_population_word(app, crowd);
    plumb::ReportRequest page;
    CLI::App* const report = plumb::add_report_word(app, page, {argv + 1, argv + argc});
    plumb::JournalRequest diary;
    CLI::App* const journal = plumb::add_journal_word(app, diary);
    plumb::LessonsRequest lesson_list;
    CLI::App* const lessons = plumb::add_lessons_word(app, lesson_list);
    plumb::HandoutRequest sheet;
    CLI::App* const handout = plumb::add_handout_word(app, sheet);
    CLI::App* const list = app.add_subcommand("list", "Name every scenario and the question it asks");
    bool fields_json = false;
    CLI::App* const fields = app.add_subcommand("fields", "List every field with default, meaning and range");
    fields->add_flag("--json", fields_json, "Print the list as JSON")->disable_flag_override();
    CLI::App* const demo = app.add_subcommand("demo", "Run every scenario and compare with what it expects");

    try {
        app.parse(argc, argv);
    } catch (const CLI::CallForHelp&) {
        return plumb::put(app.help());
    } catch (const CLI::CallForVersion& version) {
        return plumb::put(std::string(version.what()) + "\n");
    } catch (const CLI::ParseError& error) {
        std::string text = error.what();
        if (text.find("flag override") != std::string::npos)
            text =
                "--" + text.substr(0, text.find(' ')) + " takes no value";  // it begins with the flag's name
        throw plumb::InputError(text + " (plumbline --help)");
    }
    request.settings = set->results();
    request.has_save = save->count() > 0;
    plumb::refuse_dash("--save", request.save);
    plumb::refuse_dash("--out", request.output.out);
    plumb::refuse_dash("--out", show_request.output.out);
    const std::vector<std::pair<CLI::App*, std::function<void()>>> words = {
        {run, [&] { plumb::run_scenario(request); }},
        {show, [&] { plumb::show_recording(show_request); }},
        {compare, [&] { plumb::compare_scenarios_or_recordings(comparison); }},
        {export_word, [&] { plumb::export_models(models); }},
        {render, [&] { plumb::render_stills(stills); }},
        {push, [&] { plumb::push_in_all_directions(pushes); }},
        {adapt, [&] { plumb::adapt_scenario(adaptation); }},
        {ladder, [&] { plumb::climb_ladder(climb); }},
        {sweep, [&] { plumb::sweep_study(study); }},
        {population, [&] { plumb::study_population(crowd); }},
        {report, [&] { plumb::write_reports(page); }},
        {journal, [&] { plumb::keep_journal(diary); }},
        {lessons, [&] { plumb::list_or_check_lessons(lesson_list); }},
        {handout, [&] { plumb::write_handout(sheet); }},
        {list, [] { plumb::list_scenarios(); }},
        {fields, [&] { plumb::list_fields(fields_json); }},
        {demo, [] { plumb::run_demo(); }},
    };
    for (const auto& [word, act] : words)
        if (word->parsed()) act();
}

}  // namespace

int main(int argc, char** argv) {
    // `plumbline list | head -1` ends quietly; a file size limit is an error of write, not the end.
    std::signal(SIGPIPE, SIG_DFL);
    std::signal(SIGXFSZ, SIG_IGN);
    try {
        parse_and_run(argc, argv);
        return 0;
    } catch (const plumb::InputError& error) {
        return plumb::complain("plumbline", error.what(), plumb::k_bad_input);
    } catch (const std::exception& error) {
        return plumb::complain("plumbline", error.what(), plumb::k_own_failure);
    }
}
