// From events to the verdict, in the order of docs/model.md, 10.
#include <algorithm>
#include <cmath>

#include "sim/balance/assessment.h"
#include "sim/balance/events.h"
#include "sim/balance/explain.h"
#include "sim/base/check.h"
#include "sim/base/units.h"

namespace plumb {
namespace {

/// A joint that uses this much of its strength on average is at its limit.
constexpr double k_full_strength = 0.9;
constexpr double k_last_second_s = 1.0;

Outcome fall_outcome(Edge edge) {
    switch (edge) {
    case Edge::toe: return Outcome::fell_forward;
    case Edge::left: return Outcome::fell_left;
    case Edge::right: return Outcome::fell_right;
    case Edge::heel:
    case Edge::none: break;
    }
    return Outcome::fell_backward;
}

/// What the muscles of one direction could make in this frame, at its angle and speed.
double available_Nm(const Person& person, const Frame& frame, Dof dof, bool positive) {
    const JointStrength strength =
        strength_moving(person, dof, frame.pose.joints[dof], frame.velocity[6 + dof]);
    return std::max(1.0, positive ? strength.positive_Nm : strength.negative_Nm);
}

JointFacts joint_facts(const Recording& recording, const Events& events, Dof dof) {
    const Person& person = recording.plan.model.body.person;
    JointFacts facts;
    facts.max_flexion_deg = recording.frames.front().pose.joints[dof] * k_rad_to_deg;
    for (std::size_t i = 0; i < events.feet_end; ++i) {
        const Frame& frame = recording.frames[i];
        const double moment_Nm = frame.moment_Nm[dof];
        const double limit_Nm = available_Nm(person, frame, dof, moment_Nm > 0.0);
        facts.max_flexion_deg = std::max(facts.max_flexion_deg, frame.pose.joints[dof] * k_rad_to_deg);
        facts.peak_moment_Nm = std::max(facts.peak_moment_Nm, std::abs(moment_Nm));
        // The bound was that of the speed a step before.
        facts.peak_strength_fraction =
            std::max(facts.peak_strength_fraction, std::min(1.0, std::abs(moment_Nm) / limit_Nm));
    }
    return facts;
}

JointFacts larger(const JointFacts& a, const JointFacts& b) {
    return {std::max(a.max_flexion_deg, b.max_flexion_deg), std::max(a.peak_moment_Nm, b.peak_moment_Nm),
            std::max(a.peak_strength_fraction, b.peak_strength_fraction)};
}

void take_joints(const Recording& recording, const Events& events, Assessment& a) {
    for (int side = 0; side < k_side_count; ++side) {
        const auto facts = [&](Dof left) { return joint_facts(recording, events, on_side(left, side)); };
        const auto i = static_cast<std::size_t>(side);
        a.ankle[i] = facts(dof_left_ankle_dorsiflexion);
        a.knee[i] = facts(dof_left_knee_flexion);
        a.hip[i] = facts(dof_left_hip_flexion);
        if (recording.plan.model.body.has_toes()) a.toes[i] = facts(dof_left_toe_extension);
    }
    a.lumbar = joint_facts(recording, events, dof_lumbar_flexion);
    a.shoulder = larger(joint_facts(recording, events, dof_left_shoulder_flexion),
                        joint_facts(recording, events, dof_right_shoulder_flexion));
}

/// "strength_<joint>" of the joint (of legs and trunk) that works nearest its limit in lifting the body, and the share of strength it uses: means
/// over the way up, or over the last second on the feet when there was none.
std::pair<std::string, double> weakest_joint(const Recording& recording, const Events& events) {
    struct Lifter {
        std::string_view word;
        Dof dof;
    };
    constexpr std::array<Lifter, 7> k_lifters = {{{"strength_knee", dof_left_knee_flexion},
                                                  {"strength_knee", dof_right_knee_flexion},
                                                  {"strength_hip", dof_left_hip_flexion},
                                                  {"strength_hip", dof_right_hip_flexion},
                                                  {"strength_ankle", dof_left_ankle_dorsiflexion},
                                                  {"strength_ankle", dof_right_ankle_dorsiflexion},
                                                  {"strength_trunk", dof_lumbar_flexion}}};
    const Person& person = recording.plan.model.body.person;
    const double end_s = recording.frames[events.feet_end - 1].time_s;
    const auto mean_share = [&](Dof dof, double sign, bool rising_only) {
        double sum = 0.0;
        int count = 0;
        for (std::size_t i = 0; i < events.feet_end; ++i) {
            const Frame& f = recording.frames[i];
            if (rising_only ? f.phase != Phase::ascent : f.time_s < end_s - k_last_second_s) continue;
            // Extension is the negative direction of all these joints.
            sum += std::max(0.0, sign * f.moment_Nm[dof]) / available_Nm(person, f, dof, sign > 0.0);
            ++count;
        }
        return count > 0 ? sum / count : 0.0;
    };
    const bool rising = std::any_of(recording.frames.begin(),
                                    recording.frames.begin() + static_cast<std::ptrdiff_t>(events.feet_end),
                                    [](const Frame& f) { return f.phase == Phase::ascent; });
    std::pair<std::string, double> worst{"strength_knee", 0.0};
    for (const Lifter& lifter : k_lifters)
        if (const double share = mean_share(lifter.dof, -1.0, rising); share > worst.second)
            worst = {std::string(lifter.word), share};
    // Who falls backward is held by the dorsiflexors alone.
    if (events.fell && events.fall_edge == Edge::heel)
        for (const Dof dof : {dof_left_ankle_dorsiflexion, dof_right_ankle_dorsiflexion})
            if (const double share = mean_share(dof, 1.0, false); share > worst.second)
                worst = {"strength_ankle", share};
    return worst;
}

DeepestFacts deepest_facts(const Frame& frame) {
    const DofVector& q = frame.pose.joints;
    return {frame.hip_drop, frame.hip_height_m, frame.thigh_angle_rad * k_rad_to_deg,
            0.5 * (q[dof_left_knee_flexion] + q[dof_right_knee_flexion]) * k_rad_to_deg};
}

/// Least margins, forces, heel lift and slip over the time on the feet.
void take_ground(const Recording& recording, const Events& events, Assessment& a) {
    const BodyModel& body = recording.plan.model.body;
    double com_m = INFINITY, functional_m = INFINITY, xcom_m = INFINITY, support_m = INFINITY;
    const auto lower = [](double& least, double value) {
        const bool is_less = std::isfinite(value) && value < least;
        if (is_less) least = value;
        return is_less;
    };
    for (std::size_t i = 0; i < events.feet_end; ++i) {
        const Frame& f = recording.frames[i];
        if (lower(com_m, f.com_margin.margin_m)) a.com_min_time_s = f.time_s;
        // Without any functional base left the sole's margin is the least that can be said.
        lower(functional_m, std::isfinite(f.functional_margin.margin_m) ? f.functional_margin.margin_m
                                                                        : f.com_margin.margin_m);
        lower(xcom_m, f.xcom_margin.margin_m);
        lower(support_m, f.support_margin.margin_m);
        a.heel_lift_max_m = std::max({a.heel_lift_max_m, f.heel_height_m[0], f.heel_height_m[1]});
        a.foot_slip_max_m = std::max({a.foot_slip_max_m, f.foot_slip_m[0], f.foot_slip_m[1]});
        const double fz_N = f.foot_force_N[side_left].z() + f.foot_force_N[side_right].z();
        a.max_foot_force_bw = std::max(a.max_foot_force_bw, fz_N / body_weight_N(recording));
        // Frame 0 has no time before it and so no forces.
        const bool only_feet = f.floor_other_N == 0.0 && f.wall_peak_N == 0.0 && f.wall_force_N.isZero(0.0);
        if (i > 0 && only_feet) {
            const double error_N = fz_N - body.total_mass_kg * (k_gravity_mps2 + f.com_acceleration_z_mps2);
            a.max_force_error_fraction =
                std::max(a.max_force_error_fraction, std::abs(error_N) / body.weight_N());
        }
    }
    for (const bool hold_only : {true, false}) {
        double left_N = 0.0, both_N = 0.0;
        for (std::size_t i = 0; i < events.feet_end; ++i) {
            const Frame& f = recording.frames[i];
            if (hold_only && f.phase != Phase::hold) continue;
            left_N += f.foot_force_N[side_left].z();
            both_N += f.foot_force_N[side_left].z() + f.foot_force_N[side_right].z();
        }
        if (both_N <= 0.0) continue;
        a.load_left_share = left_N / both_N;
        break;
    }
    a.com_min_m = com_m;
    a.functional_min_m = functional_m;
    a.xcom_min_m = xcom_m;
    a.support_min_m = support_m;
}

std::optional<WallFacts> wall_facts(const Recording& recording, const Events& events) {
    std::optional<WallFacts> facts;
    for (const Frame& frame : recording.frames) {
        const double peak_N = std::max(frame.wall_peak_N, frame.wall_force_N.x());
        if (!facts && on_wall(frame)) facts = WallFacts{frame.time_s, events.wall_hold_N, 0.0, events.rose};
        if (facts) facts->peak_force_N = std::max(facts->peak_force_N, peak_N);
    }
    return facts;
}

/// The first time on the feet that the XCoM is outside the functional base for as long as counts.
std::optional<Warning> warning_of(const Recording& recording, const Events& events) {
    const BodyModel& body = recording.plan.model.body;
    const auto& frames = recording.frames;
    std::optional<double> since_s;
    for (std::size_t i = 0; i < events.feet_end; ++i) {
        const Frame& f = frames[i];
        const Polygon base = support_base(body, forward_kinematics(body, f.pose)).functional;
        if (signed_margin(base, f.xcom_m).margin_m >= 0.0) {
            since_s.reset();
            continue;
        }
        if (!since_s) since_s = f.time_s;
        // A fall from here needs no patience: its last moments are short.
        const bool ends_in_fall = events.fell && i + 1 == events.feet_end;
        if (f.time_s - *since_s < k_exit_s - 1e-9 && !ends_in_fall) continue;
        Warning warning{*since_s, std::nullopt};
        if (events.fell && events.feet_end < frames.size())
            warning.lead_s = frames[events.feet_end].time_s - *since_s;
        return warning;
    }
    return std::nullopt;
}

/// The wall, felt or a few millimetres away, ended the descent while the COM was over the feet.
bool blocked_by_wall(const Recording& recording, const Events& events) {
    const bool left_before = events.exit_frame && recording.frames[*events.exit_frame].phase <= Phase::hold;
    const bool at_the_wall =
        recording.plan.target_drop > recording.plan.deepest_drop - 0.5 * k_depth_tolerance;
    return recording.plan.stopped_by_wall && at_the_wall && !events.reached && !left_before;
}

Outcome decide(const Recording& recording, const Events& events, const Assessment& a) {
    if (events.fell) return fall_outcome(events.fall_edge);
    if (a.foot_slip_max_m > k_slip_limit_m) return Outcome::slipped;
    if (events.carried) return Outcome::caught_by_wall;
    if (events.leaned) return Outcome::leaning_on_wall;
    if (blocked_by_wall(recording, events)) return Outcome::blocked_by_wall;
    if (events.heels_up_at_depth) return Outcome::heels_lifted;
    if (events.reached && !events.rose) return Outcome::cannot_rise;
    if (!events.reached) return Outcome::stopped_short;
    return events.outside_functional_s > k_functional_limit_s ? Outcome::completed_marginal
                                                              : Outcome::completed;
}

/// What stood in the way: of the plan if it was already short of depth or balance, else of the motion.
std::string limiting_factor(const Recording& recording, const Events& events, const Assessment& a) {
    const SquatPlan& plan = recording.plan;
    const bool plan_short =
        plan.target_drop < plan.asked_drop - k_depth_tolerance || !plan.keeps_allowance()
        || (!plan.heels_rise && plan.target_drop > plan.limit_sole.hip_drop_fraction + k_depth_tolerance);
    const auto [weakest, share] = weakest_joint(recording, events);
    switch (a.outcome) {
    case Outcome::completed: return "";
    case Outcome::completed_marginal:
        return plan.asked_drop > plan.limit_functional.hip_drop_fraction
                   ? plan.limit_functional.limiting_factor
                   : "";
    case Outcome::blocked_by_wall: return "wall";
    case Outcome::cannot_rise: return weakest;
    case Outcome::leaning_on_wall:
    case Outcome::caught_by_wall: return plan_short ? plan.limit_sole.limiting_factor : "wall";
    case Outcome::heels_lifted: return events.rose ? plan.limit_sole.limiting_factor : weakest;
    case Outcome::slipped: return plan_short ? plan.limit_sole.limiting_factor : "";
    default: break;
    }
    // The limit is one of heels that stay down: what stops a way on raised ones is first the muscles.
    if (plan_short && !(plan.heels_rise && share >= k_full_strength)) return plan.limit_sole.limiting_factor;
    if (share >= k_full_strength) return weakest;
    if (events.fell && events.fall_edge == Edge::heel) return "balance_heel";
    if (events.fell && events.fall_edge == Edge::toe) return "balance_toe";
    return events.fell ? "" : plan.limit_sole.limiting_factor;
}

}  // namespace

std::string_view outcome_name(Outcome outcome) { return k_outcome_words[static_cast<std::size_t>(outcome)]; }

Assessment assess_balance(const Recording& recording) {
    const Events events = find_events(recording);
    Assessment a;
    a.depth = deepest_facts(recording.frames[events.deepest_frame]);
    if (events.exit_frame) {
        const Frame& frame = recording.frames[*events.exit_frame];
        a.com_exit = ComExit{frame.time_s, frame.phase, events.exit_edge, frame.hip_drop};
    }
    if (events.wall_exit_frame) {
        const Frame& frame = recording.frames[*events.wall_exit_frame];
        a.wall_com_exit = WallComExit{frame.time_s, frame.phase, frame.hip_drop};
    }
    take_ground(recording, events, a);
    take_joints(recording, events, a);
    a.wall = wall_facts(recording, events);
    a.warning = warning_of(recording, events);
    a.outcome = decide(recording, events, a);
    a.limiting_factor = limiting_factor(recording, events, a);
    a.explanation = explain(recording, events, a);
    return a;
}

}  // namespace plumb
