// Loads, runs, judges, prints. All checks of input come before the first byte of output.
#include "apps/commands.h"

#include <algorithm>
#include <cerrno>
#include <cmath>
#include <cstdio>
#include <stdexcept>

#include <nlohmann/json.hpp>

#include "apps/field_json.h"
#include "apps/home.h"
#include "apps/run_folder.h"
#include "apps/run_text.h"
#include "sim/base/text.h"
#include "sim/engine/simulate.h"
#include "sim/recording/channels.h"
#include "sim/recording/recording_file.h"
#include "sim/scenario/scenario_fields.h"
#include "sim/scenario/scenario_toml.h"
#include "sim/study/diagnose.h"
#include "sim/study/limit_intervals.h"

namespace plumb {
namespace {

using Json = nlohmann::ordered_json;

/// In the order of k_run_file_names.
std::vector<OutputFile> run_files(const Recording& recording, const Assessment& assessment,
                                  const Findings& findings) {
    const std::array<std::string, k_run_file_names.size()> bytes = {
        summary_json(recording, assessment, findings), series_csv(recording), depth_curve_csv(recording),
        support_region_csv(recording), scenario_to_toml(recording.scenario)};
    std::vector<OutputFile> files;
    for (std::size_t i = 0; i < bytes.size(); ++i)
        files.push_back({std::string(k_run_file_names[i]), bytes[i]});
    return files;
}

void check_output(const OutputRequest& request) {
    if (request.has_out) check_run_folder(request.out, {k_run_file_names.begin(), k_run_file_names.end()});
}

/// Files and standard output; `remark` is a last line of the text.
void give(const Recording& recording, const OutputRequest& request, const std::string& remark) {
    const Assessment assessment = assess_balance(recording);
    Findings findings;
    findings.diagnosis = diagnose(recording, assessment, !request.no_interval);
    if (!request.no_interval) findings.intervals = limit_intervals(recording.scenario, recording.plan);
    if (request.has_out) write_run_folder(request.out, run_files(recording, assessment, findings));
    if (request.json) return put(summary_json(recording, assessment, findings));
    put(run_text(recording, assessment, findings)
        + (request.has_out ? "Wrote " + run_file_list() + " to " + request.out + "\n" : "") + remark);
}

std::string kind_text(FieldKind kind) {
    switch (kind) {
    case FieldKind::number: return "number";
    case FieldKind::integer: return "integer";
    case FieldKind::optional_number: return "optional_number";
    case FieldKind::word: return "word";
    case FieldKind::word_or_number: return "word_or_number";
    }
    return "";
}

Json field_json(const Field<ScenarioDef>& field, const FieldValue& standard) {
    Json j = {{"name", field.name}, {"unit", field.unit}, {"kind", kind_text(field.kind)}};
    j["min"] = std::isfinite(field.min) ? Json(field.min) : Json(nullptr);
    j["max"] = std::isfinite(field.max) ? Json(field.max) : Json(nullptr);
    j["words"] = field.words;
    j["default"] = value_json(standard);
    j["absent_means"] = field.absent_means;
    j["help"] = field.help;
    return j;
}

}  // namespace

std::string run_file_list() {
    std::string text;
    for (const std::string_view name : k_run_file_names)
        text.append(text.empty() ? "" : name == k_run_file_names.back() ? " and " : ", ").append(name);
    return text;
}

ScenarioDef read_scenario(const std::string& word, const std::vector<std::string>& settings) {
    const bool is_path = word.find('/') != std::string::npos || word.ends_with(".toml");
    const auto path = find_scenario(word, is_path ? "" : scenarios_folder());
    ScenarioDef scenario = load_scenario(path);
    for (const std::string& setting : settings) apply_setting(scenario, setting);
    if (!settings.empty()) scenario.expect.clear();  // it spoke of the file as it stands
    check_scenario(scenario, path.string() + (settings.empty() ? "" : " with --set"));
    return scenario;
}

void put(const std::string& text) {
    if (std::fwrite(text.data(), 1, text.size(), stdout) != text.size() || std::fflush(stdout) != 0)
        throw std::runtime_error("cannot write to standard output: " + error_text(errno));
}

void run_scenario(const RunRequest& request) {
    const ScenarioDef scenario = read_scenario(request.scenario, request.settings);
    check_output(request.output);
    if (request.has_save) check_save_file(request.save);
    const auto recording = simulate(scenario);
    if (request.has_save) write_save_file(request.save, recording_to_bytes(*recording));
    give(*recording, request.output, request.has_save ? "Saved the recording to " + request.save + "\n" : "");
}

void show_recording(const ShowRequest& request) {
    const auto recording = load_recording(request.file);
    check_output(request.output);
    give(*recording, request.output, "");
}

void list_scenarios() {
    std::vector<ScenarioDef> scenarios;
    std::size_t width = 0;
    for (const auto& file : scenario_files()) {
        scenarios.push_back(load_scenario(file));
        width = std::max(width, scenarios.back().name.size());
    }
    std::string text;
    for (const ScenarioDef& scenario : scenarios)
        text += scenario.name + std::string(width - scenario.name.size() + 2, ' ') + scenario.asks + "\n";
    put(text);
}

void list_fields(bool json) {
    const ScenarioDef standard;
    if (json) {
        Json all = Json::array();
        for (const auto& field : scenario_fields()) all.push_back(field_json(field, field.get(standard)));
        return put(all.dump(2) + "\n");
    }
    std::string text;
    for (const auto& field : scenario_fields()) {
        const FieldValue value = field.get(standard);
        const bool absent = std::holds_alternative<std::monostate>(value);
        text += field.name + " = " + value_text(value) + (absent ? ": " + field.absent_means : "") + "\n";
        text += "    " + field.help + "; " + allowed_text(field) + "\n";
    }
    put(text);
}

void run_demo() {
    // All files are read before the first run: a wrong one is bad input, not half a demo.
    std::vector<ScenarioDef> scenarios;
    for (const auto& file : scenario_files()) scenarios.push_back(load_scenario(file));
    put(wrapped(k_safety_note, 0) + "\n");
    int as_expected = 0, not_expected = 0;
    for (const ScenarioDef& scenario : scenarios) {
        put(scenario.name + "\n" + wrapped(scenario.asks, 2));
        const auto recording = simulate(scenario);
        const Assessment assessment = assess_balance(*recording);
        const std::string_view outcome = outcome_name(assessment.outcome);
        std::string text = "  -> " + std::string(outcome);
        if (!scenario.expect.empty()) {
            const bool same = scenario.expect == outcome;
            ++(same ? as_expected : not_expected);
            text += same ? " (as expected)" : " (NOT as expected: " + scenario.expect + ")";
        }
        put(text + "\n" + wrapped(first_sentence(assessment.explanation), 5) + "\n");
    }
    put(std::to_string(as_expected) + " as expected, " + std::to_string(not_expected) + " not\n");
}

}  // namespace plumb
