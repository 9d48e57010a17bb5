// Synthetic recordings: copies of one real, completed squat whose frames a test edits to stage what it asks about.
// The real run: 0-1 s standing, 1-4 s down, 4-6 s hold, 6-9 s up, 9-10 s standing.
#pragma once

#include <algorithm>
#include <cmath>
#include <memory>
#include <string>
#include <string_view>

#include "sim/balance/assessment.h"
#include "sim/balance/events.h"
#include "sim/base/units.h"
#include "sim/engine/simulate.h"

namespace plumb::test {

/// The default scenario as it really runs; made once.
inline const Recording& default_run() {
    static const std::shared_ptr<const Recording> k_run = simulate({});
    return *k_run;
}

/// From one time until just before another [s].
struct Span {
    double from_s = 0.0;
    double to_s = 1e9;
};
inline constexpr Span k_hold_span{4.0, 6.0};

template <class Edit>
void edit_frames(Recording& recording, const Span& span, Edit edit) {
    for (Frame& frame : recording.frames)
        if (frame.time_s > span.from_s - 1e-6 && frame.time_s < span.to_s - 1e-6) edit(frame);
}

/// The first frame at or after a time.
inline std::size_t frame_from(const Recording& recording, double time_s) {
    const auto found =
        std::ranges::find_if(recording.frames, [&](const Frame& f) { return f.time_s > time_s - 1e-6; });
    return static_cast<std::size_t>(found - recording.frames.begin());
}

inline double deepest_drop(const Recording& recording) {
    double deepest = 0.0;
    for (const Frame& frame : recording.frames) deepest = std::max(deepest, frame.hip_drop);
    return deepest;
}

inline double own_weight_N(const Recording& recording) {
    return recording.scenario.person.mass_kg * k_gravity_mps2;
}

/// The COM is outside the feet over this edge, and so outside the functional base.
inline void put_com_outside(Recording& recording, const Span& span, Edge edge, double by_m = 0.03) {
    edit_frames(recording, span, [&](Frame& f) {
        f.com_margin = {-by_m, edge};
        f.functional_margin = {-by_m - 0.02, edge};
        f.xcom_margin = {-by_m - 0.01, edge};
    });
}

inline void put_outside_functional(Recording& recording, const Span& span, double by_m = 0.01) {
    edit_frames(recording, span, [&](Frame& f) { f.functional_margin = {-by_m, Edge::heel}; });
}

/// Part of the whole weight rests on body parts other than the feet.
inline void put_on_floor(Recording& recording, const Span& span, double share = 0.5) {
    const double weight_N = recording.plan.model.body.weight_N();
    edit_frames(recording, span, [&](Frame& f) { f.floor_other_N = share * weight_N; });
}

/// The COM leaves over the edge, the body meets the floor and lies there for a second; then the run ends.
struct StagedFall {
    Edge edge = Edge::heel;
    double exit_s = 2.5;
    double floor_s = 3.0;
};
inline void stage_fall(Recording& recording, const StagedFall& fall) {
    recording.frames.resize(frame_from(recording, fall.floor_s + 1.0));
    put_com_outside(recording, {.from_s = fall.exit_s}, fall.edge);
    put_on_floor(recording, {.from_s = fall.floor_s});
    edit_frames(recording, {.from_s = fall.floor_s}, [](Frame& f) {
        f.phase = Phase::fallen;
        f.hip_drop = 0.95;
        f.com_velocity_mps.setZero();
    });
}

/// The wall pushes with this force, and at most twice as hard within a step.
inline void press_wall(Recording& recording, const Span& span, double force_N) {
    edit_frames(recording, span, [&](Frame& f) {
        f.wall_force_N = {force_N, 0.0, 0.0};
        f.wall_peak_N = 2.0 * force_N;
    });
}

/// The COM is this far inside (+) what feet, wall and strength can hold.
inline void put_in_support(Recording& recording, const Span& span, double margin_m) {
    edit_frames(recording, span, [&](Frame& f) { f.support_margin = {margin_m, Edge::heel}; });
}

inline void lift_heels(Recording& recording, const Span& span, double height_m) {
    edit_frames(recording, span, [&](Frame& f) { f.heel_height_m = {height_m, 0.5 * height_m}; });
}

inline void slide_foot(Recording& recording, double from_s, double travel_m) {
    edit_frames(recording, {.from_s = from_s}, [&](Frame& f) { f.foot_slip_m[side_right] = travel_m; });
}

/// From the end of the hold on the hips are where they were in the hold, at rest.
inline void stay_down(Recording& recording) {
    const Frame bottom = recording.frames[frame_from(recording, 5.5)];
    edit_frames(recording, {.from_s = 6.0}, [&](Frame& f) {
        f.pose = bottom.pose;
        f.hip_drop = bottom.hip_drop;
        f.hip_height_m = bottom.hip_height_m;
        f.thigh_angle_rad = bottom.thigh_angle_rad;
        f.com_velocity_mps.setZero();
    });
}

/// The run as it is was asked for this hip drop.
inline void ask_drop(Recording& recording, double drop) {
    recording.scenario.movement.depth = drop;
    recording.plan.movement.depth = drop;
    recording.plan.asked_drop = drop;
    recording.plan.asked_reachable = true;
}
/// The deepest frame misses the asked drop by this much.
inline void miss_depth(Recording& recording, double by) { ask_drop(recording, deepest_drop(recording) + by); }

/// The COM leaves over the heels on the way down, and the wall carries the resting body to the end.
inline void stage_catch(Recording& recording, double wall_share = 0.2) {
    recording.scenario.wall.distance_m = 0.3;
    recording.plan.model.wall_distance_m = 0.3;
    put_com_outside(recording, {.from_s = 3.0}, Edge::heel);
    press_wall(recording, {.from_s = 3.5}, wall_share * own_weight_N(recording));
    stay_down(recording);
    edit_frames(recording, {.from_s = 3.5}, [](Frame& f) { f.com_velocity_mps.setZero(); });
}

/// The wall carries this share of body weight through the hold.
inline void stage_lean(Recording& recording, double wall_share = 0.1) {
    recording.scenario.wall.distance_m = 0.3;
    recording.plan.model.wall_distance_m = 0.3;
    press_wall(recording, k_hold_span, wall_share * own_weight_N(recording));
}

/// The plan stops at the wall, 0.2 above the asked drop.
inline void stage_block(Recording& recording) {
    recording.scenario.wall.distance_m = 0.2;
    recording.plan.model.wall_distance_m = 0.2;
    recording.plan.stopped_by_wall = true;
    recording.plan.target_drop = recording.plan.deepest_drop = deepest_drop(recording);
    miss_depth(recording, 0.2);
    press_wall(recording, k_hold_span, 3.0);
}

inline std::string outcome_of(const Recording& recording) {
    return std::string(outcome_name(assess_balance(recording).outcome));
}

/// What is wrong with a text meant for people; empty when nothing is.
inline std::string prose_fault(std::string_view text) {
    for (const std::string_view bad :
         {"nan", "inf ", "-0", "  ", " .", " ,", "..", ".,", ";.", "()", "( ", "?", "\n"})
        if (text.find(bad) != std::string_view::npos) return "has '" + std::string(bad) + "'";
    if (text.empty() || text.back() != '.') return "does not end with a full stop";
    return text.front() == ' ' ? "begins with a blank" : "";
}

}  // namespace plumb::test
