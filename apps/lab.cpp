// plumbline_lab: the window, and the same lab without a display for scripts and screenshots.
#include <cstdio>
#include <string>

#include <CLI/CLI.hpp>

#include "apps/complaint.h"
#include "apps/home.h"
#include "apps/picture_size.h"
#include "render/lab/settings.h"
#include "render/lab/window.h"
#include "sim/balance/assessment.h"
#include "sim/base/input_error.h"

namespace {

int parse_and_run(int argc, char** argv) {
    CLI::App app("Plumbline's lab: explore what makes a deep squat fall, and what would help",
                 "plumbline lab");
    app.footer(plumb::k_safety_note);
    plumb::LabDef def;
    plumb::HeadlessDef headless;
    std::string script, screenshot, size, kept_in;
    bool forget = false;
    app.add_option("SCENARIO", def.scenario, "A name from 'plumbline list', or a path to a .toml file");
    app.add_option("--lesson", def.lesson,
                   "Begin with this lesson: a name from 'plumbline lessons', or a path");
    app.add_option("--script", script,
                   "Play an interface script without a display; says how many checks passed");
    app.add_option("--screenshot", screenshot, "Write a picture of the window without a display, and end");
    app.add_option("--size", size, "Of that window: WxH (1280x800)");
    app.add_option("--text", headless.scale, "Of that window: text size, 1 is usual")
        ->check(CLI::Range(0.75, 4.0));
    app.add_flag("--dark", headless.dark, "Of that window: the dark theme");
    CLI::Option* const keep = app.add_option(
        "--keep", kept_in, "Keep settings and open work in this folder, as for every workshop one");
    app.add_flag("--forget", forget, "Neither read nor keep settings and open work")->excludes(keep);
    try {
        app.parse(argc, argv);
    } catch (const CLI::CallForHelp&) {
        std::fputs(app.help().c_str(), stdout);
        return 0;
    } catch (const CLI::ParseError& error) {
        throw plumb::InputError(std::string(error.what()) + " (plumbline lab --help)");
    }
    if (!size.empty()) {
        const plumb::PictureSize window = plumb::parse_picture_size(size, {320, 240});
        headless.width = window.width;
        headless.height = window.height;
    }
    headless.script = script;
    headless.screenshot = screenshot;
    def.scenarios = plumb::scenarios_folder();
    def.texts = plumb::texts_folder();
    def.journal = plumb::usual_journal_file();
    const bool without_display = !script.empty() || !screenshot.empty();
    // A picture or a script touches nobody's work unless it is told where to.
    if (!kept_in.empty())
        def.config = kept_in;
    else if (!forget && !without_display)
        def.config = plumb::config_folder();
    if (!without_display) {
        plumb::run_window(std::move(def));
        return 0;
    }
    const plumb::ScriptResult result = plumb::run_headless(std::move(def), headless);
    if (!script.empty()) {
        std::fputs(result.report.c_str(), stderr);
        std::printf("%d passed, %d failed\n", result.passed, result.failed);
    }
    return result.failed > 0 ? plumb::k_own_failure : 0;
}

}  // namespace

int main(int argc, char** argv) {
    try {
        return parse_and_run(argc, argv);
    } catch (const plumb::InputError& error) {
        return plumb::complain("plumbline lab", error.what(), plumb::k_bad_input);
    } catch (const std::exception& error) {
        return plumb::complain("plumbline lab", error.what(), plumb::k_own_failure);
    }
}
