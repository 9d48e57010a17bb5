// Small recordings to start fuzzing from.
#pragma once

#include <algorithm>
#include <string>

#include "sim/engine/recorder.h"
#include "sim/scenario/scenario_fields.h"
#include "tests/recording/saved_tree.h"

namespace plumb::fuzz {

inline std::string without_comments(const std::string& toml) {
    std::string text;
    for (std::size_t at = 0, end = 0; at < toml.size(); at = end + 1) {
        end = std::min(toml.find('\n', at), toml.size());
        const std::string line = toml.substr(at, std::min(toml.find("  # ", at), end) - at);
        if (!line.empty() && line[0] != '#') text += line + "\n";
    }
    return text;
}

/// Frames of made-up states, as the recorder sees them: nothing needs to be run, and rare cases are among them.
inline Recording staged(const ScenarioDef& scenario, std::size_t frames) {
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

/// The same as a file's tree, the scenario without its comments: small inputs are tried more often.
inline test::Tree staged_tree(const ScenarioDef& scenario, std::size_t frames) {
    test::Tree tree = test::tree_of(recording_to_bytes(staged(scenario, frames)));
    tree["scenario"] = without_comments(tree["scenario"]);
    (void)decode_recording(test::bytes_of(tree), "seed");  // throws if it is none
    return tree;
}

}  // namespace plumb::fuzz
