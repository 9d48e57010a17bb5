// plumbline: the command line. Parses words, calls what they mean, turns errors into one line and an exit code.
#include <csignal>
#include <cstdio>
#include <string>
#include <vector>

#include <CLI/CLI.hpp>

#include "apps/commands.h"
#include "apps/run_text.h"
#include "sim/base/input_error.h"
#include "sim/base/text.h"

namespace {

constexpr int k_own_failure = 1, k_bad_input = 2;

int complain(const std::string& text, int exit_code) {
    std::fprintf(stderr, "plumbline: %s\n", plumb::printable(text, 1000).c_str());
    return exit_code;
}

/// The first word decides; a wrong one deserves better than CLI11's answer.
void check_first_word(int argc, char** argv, const std::vector<std::string>& words) {
    if (argc < 2) throw plumb::InputError("a word is missing: run, list, fields or demo (plumbline --help)");
    const std::string first = argv[1];
    const std::vector<std::string> lone = {"-h", "--help", "--version"};
    for (const auto& known : {words, lone})
        if (std::find(known.begin(), known.end(), first) != known.end()) return;
    if (first.starts_with("-"))
        throw plumb::InputError("a word must come before " + plumb::in_quotes(first)
                                + ": run, list, fields or demo (plumbline --help)");
    const std::string near = plumb::nearest_name(first, words);
    throw plumb::InputError("unknown word " + plumb::in_quotes(first)
                            + (near.empty() ? ": run SCENARIO, list, fields or demo (plumbline --help)"
                                            : " (did you mean " + near + "?)"));
}

void parse_and_run(int argc, char** argv) {
    check_first_word(argc, argv, {"run", "list", "fields", "demo"});
    CLI::App app("Plumbline: can this body squat this deep without falling, and what stands in its way?",
                 "plumbline");
    app.set_version_flag("--version", "plumbline " PLUMBLINE_VERSION);
    app.require_subcommand(1);
    app.footer(plumb::k_safety_note);

    plumb::RunRequest request;
    CLI::App* const run = app.add_subcommand("run", "Run one scenario and say what happened");
    run->add_option("SCENARIO", request.scenario, "A name from 'plumbline list', or a path to a .toml file")
        ->required();
    // Raw texts: CLI11 must not read brackets or braces in a value.
    CLI::Option* const set = run->add_option(
        "--set", [](const CLI::results_t&) { return true; },
        "Change one field (see 'plumbline fields'); may be given several times");
    set->type_name("FIELD=VALUE")
        ->type_size(1)
        ->expected(1)
        ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);
    set->allow_extra_args(false);
    CLI::Option* const out = run->add_option(
        "--out", request.out,
        "Write summary.json, series.csv, depth_curve.csv, support_region.csv and scenario.toml into "
        "this folder");
    run->add_flag("--json", request.json, "Print summary.json instead of text")->disable_flag_override();

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
        if (text.find("flag override") != std::string::npos) text = "--json takes no value";
        throw plumb::InputError(text + " (plumbline --help)");
    }
    request.settings = set->results();
    request.has_out = out->count() > 0;
    if (request.out.starts_with("-"))
        throw plumb::InputError("--out " + plumb::in_quotes(request.out)
                                + ": a folder's name is missing (one that starts with a dash: ./"
                                + plumb::printable(request.out, 60) + ")");
    if (run->parsed())
        plumb::run_scenario(request);
    else if (list->parsed())
        plumb::list_scenarios();
    else if (fields->parsed())
        plumb::list_fields(fields_json);
    else if (demo->parsed())
        plumb::run_demo();
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
        return complain(error.what(), k_bad_input);
    } catch (const std::exception& error) {
        return complain(error.what(), k_own_failure);
    }
}
