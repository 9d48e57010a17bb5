// Finds, then says it in sentences or in one JSON document.
#include "apps/adapt_scenario.h"

#include <algorithm>
#include <atomic>
#include <cmath>
#include <csignal>

#include <nlohmann/json.hpp>

#include "apps/command_words.h"
#include "apps/commands.h"
#include "apps/field_json.h"
#include "apps/interruption.h"
#include "apps/run_text.h"
#include "apps/search_words.h"
#include "sim/balance/explain.h"
#include "sim/base/input_error.h"
#include "sim/base/text.h"
#include "sim/scenario/scenario_fields.h"
#include "sim/study/adapt.h"

namespace plumb {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::size_t k_pairs_in_text = 5;

/// "; 5.9 to 8.4 kg for what is not measured exactly"
std::string interval_words(const AdaptAnswer& answer) {
    if (!answer.interval) return "";
    const Help help = answer.helps.front();
    const HelpInterval& interval = *answer.interval;
    const bool open = interval.open_above && interval.value.high >= help_range(help).cap;
    std::string text = "; " + value_words(help, interval.value.low) + " to " + (open ? "more than " : "")
                       + value_words(help, interval.value.high) + " for what is not measured exactly";
    if (interval.cannot_tell) text += ", which may be enough as it is";
    return text;
}

std::string answers_text(const std::vector<AdaptAnswer>& answers, std::size_t most) {
    std::string text;
    for (std::size_t i = 0; i < std::min(most, answers.size()); ++i)
        text += wrapped("- " + answers[i].sentence + interval_words(answers[i]) + " (effort "
                            + fixed_text(answers[i].effort, 1) + "; "
                            + planned_words(answers[i].planned_min_margin_m) + ")",
                        2);
    if (answers.size() > most) text += "  and " + std::to_string(answers.size() - most) + " more (--json)\n";
    return text;
}

std::string efforts_text() {
    std::string text = "One of effort: ";
    for (const HelpEffort& effort : help_efforts()) {
        const Field<ScenarioDef>& field = *find_field(help_range(effort.help).field);
        text += number_text(effort.one) + (field.unit.empty() ? "" : " " + field.unit) + " of "
                + spaced(help_name(effort.help)) + " (" + std::string(effort.why) + "), ";
    }
    return text + "arms in front count " + number_text(k_arms_effort) + " (a choice).";
}

std::string plain_text(const ScenarioDef& scenario, const Adaptations& found, bool pairs) {
    std::string text = scenario.name + "\n\n";
    text += wrapped("As it is the person " + outcome_in_words(found.outcome) + ", "
                        + planned_words(found.planned_min_margin_m) + "; asked for are " + mm(found.margin_m)
                        + " and a completed squat.",
                    0)
            + "\n";
    if (!found.needed) return text + "Nothing needs to change.\n\n" + wrapped(k_safety_note, 0);
    text +=
        "The least single change:\n" + (found.singles.empty() ? "  none\n" : answers_text(found.singles, 99));
    if (pairs)
        text += "\nThe least two changes together:\n"
                + (found.pairs.empty() ? "  none found along equal efforts\n"
                                       : answers_text(found.pairs, k_pairs_in_text));
    if (found.wall)
        text += "\n"
                + wrapped(std::string(found.wall->outcome == Outcome::caught_by_wall
                                          ? "Not a safe squat, but a fall that is caught: "
                                          : "Not a safe squat, but no fall to the floor: ")
                              + found.wall->sentence + ". " + found.wall->detail,
                          0);
    if (!found.without.empty()) {
        text += "\nNot enough alone:\n";
        for (const LeastChange& change : found.without)
            text += wrapped("- " + spaced(help_name(change.help)) + ": " + change.sentence.substr(6), 2);
    }
    if (!found.complete) text += "\nStopped before everything was tried.\n";
    return text + "\n" + wrapped(efforts_text(), 0) + wrapped(k_safety_note, 0);
}

Json interval_json(const AdaptAnswer& answer) {
    if (!answer.interval) return nullptr;
    return {{"low", answer.interval->value.low},
            {"high", answer.interval->value.high},
            {"open_above", answer.interval->open_above},
            {"cannot_tell", answer.interval->cannot_tell}};
}

Json answers_json(const std::vector<AdaptAnswer>& answers) {
    Json all = Json::array();
    for (const AdaptAnswer& answer : answers) {
        all.push_back({{"changes", changes_json(answer.changes)},
                       {"sentence", answer.sentence},
                       {"effort", answer.effort},
                       {"outcome", outcome_name(answer.outcome)},
                       {"planned_min_margin_m", answer.planned_min_margin_m},
                       {"functional_min_m", answer.functional_min_m},
                       {"interval", interval_json(answer)}});
    }
    return all;
}

std::string json_text(const ScenarioDef& scenario, const Adaptations& found) {
    Json without = Json::array();
    for (const LeastChange& change : found.without)
        without.push_back({{"help", help_name(change.help)}, {"sentence", change.sentence}});
    Json efforts = {{"arms_in_front", {{"effort", k_arms_effort}, {"why", "a choice"}}}};
    for (const HelpEffort& effort : help_efforts()) {
        const Field<ScenarioDef>& field = *find_field(help_range(effort.help).field);
        efforts[std::string(help_name(effort.help))] = {
            {"one", effort.one}, {"unit", field.unit}, {"field", field.name}, {"why", effort.why}};
    }
    Json answers = answers_json(found.singles);
    for (Json& pair : answers_json(found.pairs)) answers.push_back(std::move(pair));
    const Json wall = found.wall ? Json{{"field", found.wall->field},
                                        {"value", *found.wall->to},
                                        {"unit", found.wall->unit},
                                        {"tested_from", found.wall->tested_from},
                                        {"tested_to", found.wall->tested_to},
                                        {"outcome", outcome_name(found.wall->outcome)},
                                        {"functional_min_m", found.wall->functional_min_m},
                                        {"sentence", found.wall->sentence}}
                                 : Json(nullptr);
    const Json j = {{"scenario", scenario.name},
                    {"margin_m", found.margin_m},
                    {"outcome", outcome_name(found.outcome)},
                    {"planned_min_margin_m", found.planned_min_margin_m},
                    {"needed", found.needed},
                    {"complete", found.complete},
                    {"answers", answers},
                    {"wall", wall},
                    {"not_enough_alone", without},
                    {"efforts", efforts},
                    {"forward_runs", found.forward_runs},
                    {"note", k_safety_note}};
    return j.dump(2) + "\n";
}

}  // namespace

CLI::App* add_adapt_word(CLI::App& app, AdaptRequest& request) {
    CLI::App* const adapt =
        app.add_subcommand("adapt", "Find the least changes that make the asked depth safe");
    adapt->add_option("SCENARIO", request.scenario, "As for run")->required();
    CLI::Option* const set = add_settings(*adapt);
    CLI::Option* const margin = adapt->add_option("--margin", request.margin_m, k_margin_help);
    adapt->add_flag("--no-pairs", request.no_pairs, "Single changes only")->disable_flag_override();
    adapt->add_flag("--no-interval", request.no_interval, "Leave out how far single answers may be off")
        ->disable_flag_override();
    adapt->add_flag("--json", request.json, "Print one JSON document instead")->disable_flag_override();
    adapt->callback([=, &request] {
        request.settings = set->results();
        request.has_margin = margin->count() > 0;
    });
    return adapt;
}

void adapt_scenario(const AdaptRequest& request) {
    AdaptOptions options;
    if (request.has_margin) options.margin_m = read_margin(request.margin_m);
    const ScenarioDef scenario = read_scenario(request.scenario, request.settings);
    options.pairs = !request.no_pairs;
    options.intervals = !request.no_interval;

    const std::atomic<bool>* const stopped = stop_on({SIGINT});
    SearchProgress progress;
    const Adaptations found = find_adaptations(
        scenario, options, [&](double share) { progress.tell(share); }, stopped);
    progress.end();
    put(request.json ? json_text(scenario, found) : plain_text(scenario, found, options.pairs));
    end_if_stopped();
}

}  // namespace plumb
