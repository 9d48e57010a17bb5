// Finds the rungs, then says them in sentences or in one JSON document.
#include "apps/ladder_scenario.h"

#include <algorithm>
#include <csignal>

#include <nlohmann/json.hpp>

#include "apps/command_words.h"
#include "apps/commands.h"
#include "apps/interruption.h"
#include "apps/run_text.h"
#include "apps/search_words.h"
#include "sim/balance/explain.h"
#include "sim/base/input_error.h"
#include "sim/base/text.h"

namespace plumb {
namespace {

using Json = nlohmann::ordered_json;

std::string rung_text(const LadderRung& rung, std::size_t number) {
    std::string text = std::to_string(number) + ". " + rung.help;
    if (!rung.holds)
        return text
               + ": neither the ability of the rung before nor all of it does with this help; pass it over";
    text += rung.ability.empty() ? ", with today's body" : ", once there is " + rung.ability;
    text += " (" + planned_words(rung.planned_min_margin_m);
    if (rung.wall_may_stay) text += *rung.wall_may_stay ? "; the wall may stay" : "; leave the wall";
    return text + ")";
}

std::string plain_text(const ScenarioDef& scenario, const Ladder& ladder) {
    std::string text = scenario.name + "\n\n";
    if (!ladder.laid_aside.empty()) {
        std::string aside;
        for (const FieldDifference& change : ladder.laid_aside)
            aside += (aside.empty() ? "" : ", ") + field_words(change);
        text += wrapped("Laid aside first: " + aside + ".", 0);
    }
    text += wrapped("Without any help the person " + outcome_in_words(ladder.outcome) + ", "
                        + planned_words(ladder.planned_min_margin_m) + "; asked for are "
                        + mm(ladder.margin_m) + " and a completed squat.",
                    0)
            + "\n";
    if (!ladder.needed) return text + "No ladder is needed.\n\n" + wrapped(k_safety_note, 0);
    if (ladder.wall)
        text += wrapped("Before the first rung: " + ladder.wall->sentence
                            + ". Who falls back there falls on the wall.",
                        0)
                + "\n";
    for (std::size_t i = 0; i < ladder.rungs.size(); ++i)
        text += wrapped(rung_text(ladder.rungs[i], i + 1), 2);
    if (!ladder.rungs.empty())
        text += "\n"
                + wrapped(
                    "Every rung was run and completes with the margin asked for; where it takes more ability "
                    "than the "
                    "rung before, a run with one step less of it was not enough. Go on when the ability is "
                    "there, not after a number of days; how "
                    "it feels that night and next morning decides whether you do more, or rest a day and do "
                    "less.",
                    0);
    if (!ladder.missing.empty())
        text +=
            "\n"
            + wrapped(
                (ladder.rungs.empty() ? "No ladder: " : "The ladder ends here: ") + ladder.missing + ".", 0);
    if (!ladder.complete) text += "\nStopped before the last rung.\n";
    return text + "\n" + wrapped(k_safety_note, 0);
}

std::string json_text(const ScenarioDef& scenario, const Ladder& ladder) {
    Json rungs = Json::array();
    for (const LadderRung& rung : ladder.rungs)
        rungs.push_back(
            {{"help", rung.help},
             {"ability", rung.ability},
             {"ability_share", rung.ability_share},
             {"holds", rung.holds},
             {"changes", changes_json(rung.changes)},
             {"outcome", rung.holds ? Json(outcome_name(rung.outcome)) : Json(nullptr)},
             {"planned_min_margin_m", rung.holds ? Json(rung.planned_min_margin_m) : Json(nullptr)},
             {"functional_min_m", rung.holds ? Json(rung.functional_min_m) : Json(nullptr)},
             {"wall_may_stay", rung.wall_may_stay ? Json(*rung.wall_may_stay) : Json(nullptr)}});
    const Json wall = ladder.wall ? Json{{"field", ladder.wall->field},
                                         {"value", *ladder.wall->to},
                                         {"unit", ladder.wall->unit},
                                         {"outcome", outcome_name(ladder.wall->outcome)},
                                         {"sentence", ladder.wall->sentence}}
                                  : Json(nullptr);
    const Json j = {{"scenario", scenario.name},
                    {"margin_m", ladder.margin_m},
                    {"laid_aside", changes_json(ladder.laid_aside)},
                    {"outcome", outcome_name(ladder.outcome)},
                    {"planned_min_margin_m", ladder.planned_min_margin_m},
                    {"needed", ladder.needed},
                    {"complete", ladder.complete},
                    {"missing", ladder.missing},
                    {"wall", wall},
                    {"rungs", rungs},
                    {"forward_runs", ladder.forward_runs},
                    {"note", k_safety_note}};
    return j.dump(2) + "\n";
}

Help read_help(const std::string& word) {
    std::string known;
    for (const Help help : k_ladder_helps) {
        if (help_name(help) == word) return help;
        known += (known.empty() ? "" : ", ") + std::string(help_name(help));
    }
    throw InputError("--with " + in_quotes(word) + ": allowed " + known);
}

}  // namespace

CLI::App* add_ladder_word(CLI::App& app, LadderRequest& request) {
    CLI::App* const ladder =
        app.add_subcommand("ladder", "Go from today's least help to the squat without any, in steps");
    ladder->add_option("SCENARIO", request.scenario, "As for run")->required();
    CLI::Option* const set = add_settings(*ladder);
    CLI::Option* const margin = ladder->add_option("--margin", request.margin_m, k_margin_help);
    CLI::Option* const with = ladder->add_option(
        "--with", request.with,
        "Begin with this help: counterweight, wider_stance or heel_wedge (weight or stance, "
        "whichever is less effort)");
    ladder->add_option("--steps", request.steps, "By which the help falls to nothing, 1 to 12")
        ->capture_default_str();
    ladder->add_flag("--json", request.json, "Print one JSON document instead")->disable_flag_override();
    ladder->callback([=, &request] {
        request.settings = set->results();
        request.has_margin = margin->count() > 0;
        request.has_with = with->count() > 0;
        if (request.steps < 1 || request.steps > k_most_ladder_steps)
            throw InputError("--steps " + std::to_string(request.steps) + ": allowed 1 to "
                             + std::to_string(k_most_ladder_steps));
    });
    return ladder;
}

void climb_ladder(const LadderRequest& request) {
    LadderOptions options;
    options.steps = request.steps;
    if (request.has_margin) options.margin_m = read_margin(request.margin_m);
    if (request.has_with) options.with = read_help(request.with);
    const ScenarioDef scenario = read_scenario(request.scenario, request.settings);

    const std::atomic<bool>* const stopped = stop_on({SIGINT});
    SearchProgress progress;
    const Ladder ladder = find_ladder(
        scenario, options, [&](double share) { progress.tell(share); }, stopped);
    progress.end();
    put(request.json ? json_text(scenario, ladder) : plain_text(scenario, ladder));
    end_if_stopped();
}

}  // namespace plumb
