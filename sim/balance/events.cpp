// Reads the frames once for each question.
#include "sim/balance/events.h"

#include <algorithm>
#include <cmath>

#include "sim/base/check.h"
#include "sim/base/units.h"

namespace plumb {
namespace {

constexpr double k_window_s = 0.5;        ///< forces at the end of a phase are means over this
constexpr double k_rest_speed_mps = 0.1;  ///< COM slower than this: at rest
constexpr double k_toppling_speed_mps = 0.2;
constexpr double k_rose_drop = 0.05;
constexpr double k_rounding_s = 1e-9;

using Frames = std::vector<Frame>;

double span_s(const Frames& frames, std::size_t i) {
    return i == 0 ? 0.0 : frames[i].time_s - frames[i - 1].time_s;
}
bool com_outside(const Frame& frame) { return !(frame.com_margin.margin_m >= 0.0); }
/// Only with wall contact: without it the margin is NaN.
bool outside_support(const Frame& frame) { return frame.support_margin.margin_m < 0.0; }

/// Frames [first, end).
struct Range {
    std::size_t first = 0, end = 0;
    [[nodiscard]] bool empty() const { return first >= end; }
};

/// First frame of the fall's rest on the floor: a rest of 0.3 s, or one that lasts to the end.
std::optional<std::size_t> find_floor_rest(const Frames& frames, double weight_N) {
    std::optional<std::size_t> start;
    double rest_s = 0.0;
    for (std::size_t i = 0; i < frames.size(); ++i) {
        if (frames[i].floor_other_N <= k_floor_share * weight_N) {
            start.reset();
            rest_s = 0.0;
            continue;
        }
        start = start.value_or(i);
        rest_s += span_s(frames, i);
        if (rest_s >= k_floor_rest_s - k_rounding_s) return start;
    }
    return start;
}

/// Times with the COM outside; gaps too short to count are closed.
std::vector<Range> outside_ranges(const Frames& frames, bool (*outside)(const Frame&)) {
    std::vector<Range> ranges;
    for (std::size_t i = 0; i < frames.size(); ++i) {
        if (!outside(frames[i])) continue;
        if (!ranges.empty() && frames[i].time_s - frames[ranges.back().end - 1].time_s < k_exit_s)
            ranges.back().end = i + 1;
        else
            ranges.push_back({i, i + 1});
    }
    return ranges;
}

std::optional<Range> first_long(const Frames& frames, const std::vector<Range>& ranges) {
    const auto long_enough = std::ranges::find_if(ranges, [&](const Range& r) {
        return frames[r.end - 1].time_s - frames[r.first].time_s >= k_exit_s - k_rounding_s;
    });
    return long_enough == ranges.end() ? std::nullopt : std::optional(*long_enough);
}

/// In a fall the range that lasts until the floor is met; else the first that is long enough.
std::optional<Range> find_exit(const Frames& frames, const std::optional<std::size_t>& floor_contact) {
    const std::vector<Range> ranges = outside_ranges(frames, com_outside);
    if (floor_contact) {
        const auto lasting = std::ranges::find_if(ranges, [&](const Range& r) {
            return r.first <= *floor_contact && r.end >= *floor_contact && r.end > 0;
        });
        if (lasting != ranges.end()) return *lasting;
    }
    return first_long(frames, ranges);
}

/// Where the COM lies from the middle of the standing feet.
Edge direction_of_com(const Recording& recording, const Frame& frame) {
    const PlanModel& model = recording.plan.model;
    const double dx = frame.com_m.x() - 0.5 * (model.heel_edge_m[0] + model.toe_edge_m[0]),
                 dy = frame.com_m.y();
    if (std::abs(dx) >= std::abs(dy)) return dx > 0.0 ? Edge::toe : Edge::heel;
    return dy > 0.0 ? Edge::left : Edge::right;
}

/// The edge of the standing feet the COM passes; of the touching base where it turns back before that. A raised heel makes
/// the base so small that its nearest line says little.
Edge edge_of_exit(const Recording& recording, const Range& exit) {
    const BodyModel& body = recording.plan.model.body;
    const Polygon feet = foot_hull(body, forward_kinematics(body, recording.frames.front().pose));
    for (std::size_t i = exit.first; i < exit.end; ++i)
        if (const Margin margin = signed_margin(feet, recording.frames[i].com_m.head<2>());
            margin.margin_m < 0.0)
            return margin.edge;
    for (std::size_t i = exit.first; i < exit.end; ++i)
        if (recording.frames[i].com_margin.edge != Edge::none) return recording.frames[i].com_margin.edge;
    return direction_of_com(recording, recording.frames[exit.first]);
}

/// The last 0.5 s of the frames [0, end).
Range last_window(const Frames& frames, Range whole) {
    Range window{whole.end, whole.end};
    while (window.first > whole.first
           && frames[whole.end - 1].time_s - frames[window.first - 1].time_s < k_window_s - k_rounding_s)
        --window.first;
    return window;
}

/// The last unbroken stretch of the hold.
Range last_hold(const Frames& frames) {
    Range hold{frames.size(), frames.size()};
    while (hold.end > 0 && frames[hold.end - 1].phase != Phase::hold) --hold.end;
    hold.first = hold.end;
    while (hold.first > 0 && frames[hold.first - 1].phase == Phase::hold) --hold.first;
    return hold;
}

template <class Measure>
double mean_over(const Frames& frames, const Range& range, Measure measure) {
    double sum = 0.0;
    for (std::size_t i = range.first; i < range.end; ++i) sum += measure(frames[i]);
    return range.empty() ? 0.0 : sum / static_cast<double>(range.end - range.first);
}
double mean_wall_N(const Frames& frames, const Range& range) {
    return mean_over(frames, range, [](const Frame& f) { return f.wall_force_N.x(); });
}
double mean_speed_mps(const Frames& frames, const Range& range) {
    return mean_over(frames, range, [](const Frame& f) { return f.com_velocity_mps.norm(); });
}

/// Knee flexion worth 0.01 of drop at 130 deg: leg length L(k)^2 = t^2 + s^2 + 2 t s cos k, dL/dk = -t s sin k / L.
double full_knee_rad(const Person& person) {
    const double t = person.lengths.thigh_m, s = person.lengths.shank_m,
                 knee = k_full_knee_flexion_deg * k_deg_to_rad;
    const double length = std::sqrt(t * t + s * s + 2.0 * t * s * std::cos(knee));
    return knee - k_depth_tolerance * (t + s) * length / (t * s * std::sin(knee));
}

/// The asked depth, within its tolerance. `full` is a knee angle: a smaller knee range never gets there.
bool at_asked_depth(const Recording& recording, const Frame& frame) {
    const Depth& depth = recording.scenario.movement.depth;
    const bool by_drop = frame.hip_drop >= recording.plan.asked_drop - k_depth_tolerance;
    if (!std::holds_alternative<DepthWord>(depth) || std::get<DepthWord>(depth) != DepthWord::full)
        return by_drop;
    const Person& person = recording.plan.model.body.person;
    const auto range_rad = [&](int side) {
        return person.ranges[static_cast<std::size_t>(on_side(dof_left_knee_flexion, side))].max_rad;
    };
    if (std::min(range_rad(side_left), range_rad(side_right)) * k_rad_to_deg < k_full_knee_flexion_deg - 1e-9)
        return false;
    const double knee_rad =
        std::min(frame.pose.joints[dof_left_knee_flexion], frame.pose.joints[dof_right_knee_flexion]);
    return knee_rad >= full_knee_rad(person) || (recording.plan.asked_reachable && by_drop);
}

double heel_lift_m(const Frame& frame) {
    return std::max(frame.heel_height_m[side_left], frame.heel_height_m[side_right]);
}

void find_fall(const Recording& recording, Events& events) {
    const Frames& frames = recording.frames;
    std::optional<std::size_t> contact = find_floor_rest(frames, recording.plan.model.body.weight_N());
    // Back to the first touch that led to it.
    while (contact && *contact > 1 && frames[*contact - 1].floor_other_N > 0.0) --*contact;
    events.feet_end = contact ? std::max<std::size_t>(1, *contact) : frames.size();
    const std::optional<Range> exit = find_exit(frames, contact);
    if (exit) {
        events.exit_frame = exit->first;
        events.exit_edge = edge_of_exit(recording, *exit);
    }
    const Frame& last = frames.back();
    const bool toppling = exit && com_outside(last) && last.com_velocity_mps.norm() > k_toppling_speed_mps
                          && last.wall_force_N.x() < k_wall_share * body_weight_N(recording);
    events.fell = contact.has_value() || toppling;
    if (events.fell)
        events.fall_edge = exit ? events.exit_edge : direction_of_com(recording, frames[events.feet_end - 1]);
}

void find_depth(const Recording& recording, Events& events) {
    const Frames& frames = recording.frames;
    const std::size_t end = events.fell && events.exit_frame
                                ? std::min(events.feet_end, *events.exit_frame + 1)
                                : events.feet_end;
    double least_lift_m = std::numeric_limits<double>::infinity();
    for (std::size_t i = 0; i < end; ++i) {
        if (frames[i].hip_drop > frames[events.deepest_frame].hip_drop) events.deepest_frame = i;
        if (at_asked_depth(recording, frames[i])) {
            events.reached = true;
            least_lift_m = std::min(least_lift_m, heel_lift_m(frames[i]));
        }
    }
    events.heels_up_at_depth = events.reached && least_lift_m > k_heel_lift_limit_m;
    events.rose = !events.fell && frames.back().hip_drop <= k_rose_drop;
}

void find_wall_support(const Recording& recording, Events& events) {
    const Frames& frames = recording.frames;
    const double enough_N = k_wall_share * body_weight_N(recording);
    const Range whole{0, frames.size()}, hold = last_hold(frames);
    const Range at_end = last_window(frames, whole),
                at_hold = hold.empty() ? Range{} : last_window(frames, hold);
    events.held = !hold.empty();
    events.wall_hold_N = mean_wall_N(frames, at_hold);
    const auto carries = [&](const Range& window) {
        return !window.empty() && events.exit_frame && window.first >= *events.exit_frame
               && mean_wall_N(frames, window) >= enough_N
               && mean_speed_mps(frames, window) < k_rest_speed_mps;
    };
    events.carried = carries(at_hold) || carries(at_end);
    if (const auto exit = first_long(frames, outside_ranges(frames, outside_support)))
        events.wall_exit_frame = exit->first;
    events.leaned = !hold.empty() && events.wall_hold_N >= enough_N && !com_outside(frames[hold.end - 1]);
}

}  // namespace

double body_weight_N(const Recording& recording) {
    return recording.scenario.person.mass_kg * k_gravity_mps2;
}

Events find_events(const Recording& recording) {
    PLUMB_CHECK(!recording.frames.empty(), "a recording without frames cannot be judged");
    Events events;
    find_fall(recording, events);
    find_depth(recording, events);
    find_wall_support(recording, events);
    for (std::size_t i = 0; i < events.feet_end; ++i)
        if (!(recording.frames[i].functional_margin.margin_m >= 0.0))
            events.outside_functional_s += span_s(recording.frames, i);
    return events;
}

}  // namespace plumb
