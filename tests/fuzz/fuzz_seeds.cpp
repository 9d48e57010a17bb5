// Writes the fuzz targets' first inputs and dictionary: fuzz_seeds SCENARIOS FOLDER.
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <map>

#include "sim/engine/recorder.h"
#include "sim/scenario/scenario_fields.h"
#include "sim/scenario/scenario_toml.h"
#include "tests/recording/saved_tree.h"

namespace plumb {
namespace {

namespace fs = std::filesystem;

void write(const fs::path& file, const std::string& bytes) {
    fs::create_directories(file.parent_path());
    std::ofstream stream(file, std::ios::binary);
    stream << bytes;
    if (!stream.flush()) throw std::runtime_error("cannot write " + file.string());
}

std::string without_comments(const std::string& toml) {
    std::string text;
    for (std::size_t at = 0, end = 0; at < toml.size(); at = end + 1) {
        end = std::min(toml.find('\n', at), toml.size());
        const std::string line = toml.substr(at, std::min(toml.find("  # ", at), end) - at);
        if (!line.empty() && line[0] != '#') text += line + "\n";
    }
    return text;
}

/// Frames of made-up states, as the recorder sees them: nothing needs to be run, and rare cases are among them.
Recording staged(const ScenarioDef& scenario, std::size_t frames) {
    Recording recording;
    recording.program = "plumbline " PLUMBLINE_VERSION;
    recording.scenario = resolve_scenario(scenario);
    recording.input_hash = input_hash(recording.scenario);
    recording.engine = {1.0 / 240.0, 1.0 / 960.0, 1234, recording.input_hash};
    SquatPlan& plan = recording.plan;
    plan.model = make_plan_model(build_person(recording.scenario.person), recording.scenario);
    const double ankle_m = plan.model.body.feet[side_left].standing_ankle_m.x();
    BodyState state;
    state.pose =
        pose_of(plan.model.body, plan.model.arms, {ankle_m, plan.model.standing_height_m, 0.0, 0.0}).pose;
    Recorder recorder(plan, state);
    for (std::size_t i = 0; i < frames; ++i) {
        const double t = static_cast<double>(i);
        if (i > 0)
            recorder.add_step({.foot_N = {Vector3(1.0, 2.0, 300.0), Vector3(0.0, 0.0, 310.0 - 100.0 * t)}},
                              0.01);
        if (i == 1) state.velocity.setLinSpaced(-0.5, 0.5);
        if (i == 2) state.pose.pelvis_m.x() -= 0.4;  // the COM outside
        if (i == 3) state.pose.pelvis_m.z() += 0.5;  // no foot on the floor
        state.pose.joints[dof_lumbar_flexion] += 0.1 * t;
        const auto phase = static_cast<Phase>(i % (static_cast<std::size_t>(Phase::fallen) + 1));
        recording.frames.push_back(recorder.close(t / 120.0, phase, state, DofVector::Constant(10.0 * t)));
    }
    return recording;
}

/// The scenario without its comments: small inputs are tried more often.
std::string small_bytes(const Recording& recording) {
    test::Tree tree = test::tree_of(recording_to_bytes(recording));
    tree["scenario"] = without_comments(tree["scenario"]);
    const std::string bytes = test::bytes_of(tree);
    (void)decode_recording(bytes, "seed");  // throws if it is none
    return bytes;
}

std::string quoted(const std::string& word) { return '"' + word + "\"\n"; }

void write_all(const fs::path& scenarios, const fs::path& folder) {
    for (const auto& entry : fs::directory_iterator(scenarios)) {
        std::ifstream stream(entry.path(), std::ios::binary);
        write(folder / "scenario_toml" / entry.path().filename(),
              {std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>()});
    }
    write(folder / "scenario_toml/every_field", scenario_to_toml(resolve_scenario({})));
    write(folder / "scenario_toml/inline",
          "person = { mass_kg = 80, sex = 'female' }\nmovement.hold_s = 1.5\n");

    const ScenarioDef standard;
    std::string dictionary;
    for (const Field<ScenarioDef>& field : scenario_fields()) {
        write(folder / "set" / field.name, field.name + "=" + value_text(field.get(standard)));
        const std::size_t dot = field.name.find('.');
        for (const std::string& word :
             {field.name + "=", field.name.substr(dot + 1) + " = ", "[" + field.name.substr(0, dot) + "]"})
            dictionary += quoted(word);
        for (const std::string& word : field.words) dictionary += quoted(word);
    }
    for (const std::string word :
         {"none", "asks = ", "name = ", "expect = ", "nan", "inf", "true", "1979-05-27", "0x10", "1e9", "-0",
          "'''", "\\\"\\\"\\\"", "[[", "]]", "{", "}", "\\x0a", "\\xef\\xbb\\xbf"})
        dictionary += quoted(word);
    write(folder / "dictionary", dictionary);

    const std::map<std::string, ScenarioDef> runs = {
        {"squat", test::k_short},
        {"wall",
         {.person = {.sex = Sex::female}, .wall = {.distance_m = 0.4}, .heel_wedge = {.height_m = 0.03}}},
        {"weight", {.arms = {ArmsPose::hanging}, .counterweight = {.mass_kg = 5.0}}},
    };
    for (const auto& [name, scenario] : runs) {
        write(folder / "recording" / name, small_bytes(staged(scenario, 6)));
        write(folder / "recording" / (name + "_start"), small_bytes(staged(scenario, 1)));
    }
}

}  // namespace
}  // namespace plumb

int main(int argc, char** argv) {
    try {
        if (argc != 3) throw std::runtime_error("fuzz_seeds SCENARIOS FOLDER");
        plumb::write_all(argv[1], argv[2]);
        return 0;
    } catch (const std::exception& error) {
        std::cerr << error.what() << "\n";
        return 1;
    }
}
