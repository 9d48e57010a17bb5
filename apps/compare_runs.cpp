// Reads both before the first run: a wrong word is bad input, not half a comparison.
#include "apps/compare_runs.h"

#include <filesystem>
#include <fstream>
#include <memory>

#include <nlohmann/json.hpp>

#include "apps/commands.h"
#include "apps/field_json.h"
#include "apps/run_text.h"
#include "sim/base/text.h"
#include "sim/engine/simulate.h"
#include "sim/recording/recording_file.h"
#include "sim/study/compare.h"

namespace plumb {
namespace {

using Json = nlohmann::ordered_json;

/// One of the two: a recording as it was saved, or a scenario that is still to be run.
struct Compared {
    std::string word;
    ScenarioDef scenario{};
    std::shared_ptr<const Recording> recording{};
    bool saved = false;
};

/// ".cbor" always means a recording, ".toml" never; anything else is one if the file begins like one.
bool is_recording(const std::string& word) {
    if (word.ends_with(".toml")) return false;
    if (word.ends_with(".cbor")) return true;
    std::error_code error;
    if (!std::filesystem::is_regular_file(word, error)) return false;
    std::string head(256, '\0');
    std::ifstream file(word, std::ios::binary);
    file.read(head.data(), static_cast<std::streamsize>(head.size()));
    head.resize(static_cast<std::size_t>(file.gcount()));
    return looks_like_recording(head);
}

Compared read_side(const std::string& word) {
    Compared given{.word = word};
    given.saved = is_recording(word);
    if (given.saved) {
        given.recording = load_recording(word);
        given.scenario = given.recording->scenario;
    } else {
        given.scenario = read_scenario(word, {});
    }
    return given;
}

Json fields_json(const std::vector<FieldDifference>& differences) {
    Json all = Json::array();
    for (const FieldDifference& d : differences)
        all.push_back({{"field", d.field},
                       {"unit", d.unit},
                       {"first", value_json(d.first)},
                       {"second", value_json(d.second)},
                       {"sentence", difference_sentence(d)}});
    return all;
}

Json side_json(const Compared& given, Outcome outcome) {
    return {{"given", printable(given.word)},
            {"name", given.scenario.name},
            {"kind", given.saved ? "recording" : "scenario"},
            {"input_hash", given.recording->input_hash},
            {"outcome", outcome_name(outcome)}};
}

std::string comparison_json(const Compared& first, const Compared& second, const ScenarioDifferences& inputs,
                            const RunDifferences& runs) {
    Json j = {{"first", side_json(first, runs.first_outcome)},
              {"second", side_json(second, runs.second_outcome)},
              {"same_inputs", inputs.is_same()},
              {"changed", fields_json(inputs.changed)},
              {"followed", fields_json(inputs.followed)}};
    Json quantities = Json::array();
    for (const RunQuantity& q : runs.quantities)
        quantities.push_back({{"name", q.name},
                              {"unit", q.unit},
                              {"first", q.first ? Json(*q.first) : Json(nullptr)},
                              {"second", q.second ? Json(*q.second) : Json(nullptr)}});
    j["quantities"] = quantities;
    j["sentences"] = runs.sentences;
    return j.dump(2) + "\n";
}

/// Sentences go on in a second line further in.
std::string line(const std::string& sentence) { return wrapped(sentence, 2); }

std::string side_line(const char* which, const Compared& given) {
    return std::string(which) + ": " + printable(given.word, 200) + (given.saved ? " (saved recording)" : "")
           + "\n";
}

std::string comparison_text(const Compared& first, const Compared& second, const ScenarioDifferences& inputs,
                            const RunDifferences& runs) {
    std::string text = side_line("first", first) + side_line("second", second) + "\n";
    text += inputs.is_same() ? "The inputs are the same.\n" : "What differs\n";
    for (const FieldDifference& d : inputs.changed) text += line(difference_sentence(d));
    if (!inputs.followed.empty()) text += "What follows from that\n";
    for (const FieldDifference& d : inputs.followed) text += line(difference_sentence(d));
    text += "\nWhat happened\n";
    for (const std::string& sentence : runs.sentences) text += line(sentence);
    return text + "\n" + wrapped(k_safety_note, 0);
}

}  // namespace

void compare_scenarios_or_recordings(const CompareRequest& request) {
    Compared first = read_side(request.first), second = read_side(request.second);
    for (Compared* const given : {&first, &second})
        if (!given->recording) given->recording = simulate(given->scenario);
    const Assessment first_seen = assess_balance(*first.recording),
                     second_seen = assess_balance(*second.recording);
    const ScenarioDifferences inputs = compare_scenarios(first.scenario, second.scenario);
    const RunDifferences runs =
        compare_runs({*first.recording, first_seen}, {*second.recording, second_seen});
    put((request.json ? comparison_json : comparison_text)(first, second, inputs, runs));
}

}  // namespace plumb
