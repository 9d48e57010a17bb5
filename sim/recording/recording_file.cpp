// Writing a recording, and making a decoded one complete.
#include "sim/recording/recording_file.h"

#include <cmath>
#include <stdexcept>

#include <nlohmann/json.hpp>

#include "sim/base/fields.h"
#include "sim/base/hash.h"
#include "sim/base/input_error.h"
#include "sim/base/input_file.h"
#include "sim/base/text.h"
#include "sim/recording/frame_columns.h"
#include "sim/recording/frames_hash.h"
#include "sim/scenario/scenario_toml.h"

namespace plumb {
namespace {

using Json = nlohmann::ordered_json;

/// Another machine rounds otherwise, and solvers stop elsewhere; a change of the planner shows in more than this.
constexpr double k_plan_tolerance = 1e-3;

Json column_json(const FrameColumn& column, const std::vector<Frame>& frames, FramesHash& hash) {
    ColumnWriter out;
    for (const Frame& frame : frames) column.write(frame, out);
    hash.add(column.name, out.bytes());
    return Json::binary({out.bytes().begin(), out.bytes().end()});
}

}  // namespace

const std::array<PlanFact, k_plan_fact_count>& plan_facts() {
    static constexpr std::array<PlanFact, k_plan_fact_count> k_facts = {
        {{"target_drop", [](const SquatPlan& plan) { return plan.target_drop; }},
         {"deepest_drop", [](const SquatPlan& plan) { return plan.deepest_drop; }},
         {"static_limit_sole", [](const SquatPlan& plan) { return plan.limit_sole.hip_drop_fraction; }},
         {"static_limit_functional",
          [](const SquatPlan& plan) { return plan.limit_functional.hip_drop_fraction; }}}};
    return k_facts;
}

std::string recording_to_bytes(const Recording& recording) {
    if (recording.frames.size() > k_most_frames)
        throw std::runtime_error("the run is too long to be saved: " + std::to_string(recording.frames.size())
                                 + " frames, at most " + std::to_string(k_most_frames));
    Json file;
    file["format"] = k_recording_format;  // first: looks_like_recording
    file["version"] = k_recording_version;
    file["program"] = recording.program;
    file["input_hash"] = recording.input_hash;
    file["scenario"] = scenario_to_toml(recording.scenario);
    file["engine"] = {{"dt_s", recording.engine.dt_s},
                      {"dt_fine_s", recording.engine.dt_fine_s},
                      {"steps", recording.engine.steps},
                      {"state_hash", recording.engine.state_hash}};
    for (const PlanFact& fact : plan_facts()) file["plan"][std::string(fact.name)] = fact.of(recording.plan);
    file["phase_words"] = phase_words();
    file["edge_words"] = edge_words();
    file["frame_count"] = recording.frames.size();
    FramesHash hash;
    Json columns;
    for (const FrameColumn& column : frame_columns())
        columns[column.name] = column_json(column, recording.frames, hash);
    file["frames_hash"] = hash.hex();
    file["frames"] = std::move(columns);
    const std::vector<std::uint8_t> bytes = Json::to_cbor(file);
    if (bytes.size() > k_largest_recording_bytes)
        throw std::runtime_error("the run is too long to be saved: more than 64 MiB");
    return {bytes.begin(), bytes.end()};
}

bool looks_like_recording(std::string_view bytes) {
    const std::string start = "\x66"
                              "format"
                              "\x73"
                              + std::string(k_recording_format);
    return bytes.size() > 1 && bytes.substr(1, start.size()) == start;
}

std::shared_ptr<const Recording> parse_recording(std::string_view bytes, const std::string& source) {
    SavedRecording saved = decode_recording(bytes, source);
    Recording& recording = saved.recording;
    recording.plan = plan_squat(build_person(recording.scenario.person), recording.scenario);

    const auto compare = [&](const std::string& place, double stored, double planned) {
        if (std::abs(stored - planned) <= k_plan_tolerance) return;
        throw InputError(printable(source, 300) + ": " + place + " = " + value_text(stored)
                         + ": this program plans " + value_text(planned) + " (the file is by "
                         + printable(recording.program, 60) + "; run the scenario again)");
    };
    for (std::size_t i = 0; i < k_plan_fact_count; ++i)
        compare("plan." + std::string(plan_facts()[i].name), saved.plan_facts[i],
                plan_facts()[i].of(recording.plan));
    const PlanModel& model = recording.plan.model;
    for (std::size_t i = 0; i < recording.frames.size(); ++i)
        compare("frame " + std::to_string(i) + ", hip_drop", recording.frames[i].hip_drop,
                (model.standing_height_m - recording.frames[i].hip_height_m) / model.body.leg_length_m);
    return std::make_shared<const Recording>(std::move(recording));
}

std::shared_ptr<const Recording> load_recording(const std::filesystem::path& path) {
    return parse_recording(read_input_file(path, {"recording", k_largest_recording_bytes}), path.string());
}

}  // namespace plumb
