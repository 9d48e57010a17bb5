// Builds the sentences. Each helper returns one sentence with its full stop, or nothing.
#include "sim/balance/explain.h"

#include <array>
#include <charconv>
#include <cmath>

#include "sim/base/check.h"
#include "sim/base/fields.h"
#include "sim/base/text.h"
#include "sim/base/units.h"
#include "sim/engine/simulate.h"
#include "sim/person/strength_ratio.h"

namespace plumb {
namespace {

/// About half a foot: nobody can keep more balance than this on both sides.
constexpr double k_most_balance_m = 0.1;

std::string whole(double value) { return fixed_text(value, 0); }

std::string edge_in_words(Edge edge) {
    switch (edge) {
    case Edge::heel: return "rear (heel) edge";
    case Edge::toe: return "front (toe) edge";
    case Edge::left: return "left edge";
    case Edge::right: return "right edge";
    case Edge::none: break;
    }
    return "edge";
}

std::string direction_in_words(Outcome outcome) {
    switch (outcome) {
    case Outcome::fell_forward: return "forward";
    case Outcome::fell_left: return "to the left";
    case Outcome::fell_right: return "to the right";
    default: return "backward";
    }
}

std::string drop_in_words(const Recording& recording, double drop) {
    return whole(std::max(0.0, 100.0 * drop * recording.plan.model.body.leg_length_m)) + " cm below standing";
}

/// "the hips 38 cm below standing (a little above parallel)"
std::string place_in_words(const Recording& recording, double drop, double thigh_rad) {
    return "the hips " + drop_in_words(recording, drop) + " (" + depth_in_words(thigh_rad) + ")";
}

/// "at 2.9 s, on the way down, the centre of mass passes the rear (heel) edge of the feet with ..., 9 mm outside 0.1 s later"
std::string exit_in_words(const Recording& recording, const Events& events) {
    const Frame& exit = recording.frames[*events.exit_frame];
    std::string text = "at " + fixed_text(exit.time_s, 1) + " s, " + phase_in_words(exit.phase)
                       + ", the centre of mass passes the " + edge_in_words(events.exit_edge)
                       + " of the feet with "
                       + place_in_words(recording, exit.hip_drop, exit.thigh_angle_rad);
    for (std::size_t i = *events.exit_frame; i < events.feet_end; ++i) {
        const Frame& later = recording.frames[i];
        if (later.time_s < exit.time_s + 0.1 - 1e-9) continue;
        if (std::isfinite(later.com_margin.margin_m) && later.com_margin.margin_m < -0.0005)
            text += "; 0.1 s later it is " + mm(-later.com_margin.margin_m) + " outside";
        break;
    }
    return text;
}

std::string deepest_in_words(const Recording& recording, const Assessment& a) {
    return place_in_words(recording, a.depth.hip_drop_fraction, a.depth.thigh_angle_deg * k_deg_to_rad);
}

std::string fall_sentences(const Recording& recording, const Events& events, const Assessment& a) {
    std::string text = "In this model the person falls " + direction_in_words(a.outcome) + ": ";
    if (events.exit_frame) {
        text += exit_in_words(recording, events);
    } else {
        const Frame& touch = recording.frames[std::min(events.feet_end, recording.frames.size() - 1)];
        text += "at " + fixed_text(touch.time_s, 1) + " s, " + phase_in_words(touch.phase)
                + ", the body settles on the floor with the centre of mass still over the feet";
    }
    return text + ". The feet stay in place here: a person would try to step.";
}

std::string closest_in_words(const Assessment& a) {
    if (a.com_min_m < 0.0)
        return "the centre of mass goes " + mm(-a.com_min_m) + " outside the edge of the feet and comes back";
    return "the centre of mass stays at least " + mm(a.com_min_m) + " inside the edge of the feet";
}

/// "; balls and toes alone carry, 113 mm of the 267 mm that feet on the floor give"
std::string smaller_base_in_words(const SquatPlan& plan) {
    if (!plan.heels_rise) return "";
    const PlanModel& model = plan.model;
    return "; balls and toes alone carry, " + mm(model.toe_edge_m[0] - model.forefoot_edge_m[0]) + " of the "
           + mm(model.toe_edge_m[0] - model.heel_edge_m[0]) + " that feet flat on the floor give";
}

std::string happened(const Recording& recording, const Events& events, const Assessment& a) {
    const std::string asked = asked_in_words(recording.scenario.movement.depth);
    switch (a.outcome) {
    case Outcome::fell_backward:
    case Outcome::fell_forward:
    case Outcome::fell_left:
    case Outcome::fell_right: return fall_sentences(recording, events, a);
    case Outcome::slipped:
        return "In this model a foot slides " + fixed_text(1000.0 * a.foot_slip_max_m, 1) + " mm"
               + " on the floor, more than the 20 mm that count as a slip.";
    case Outcome::caught_by_wall:
        return "In this model balance is lost and the wall catches the person: "
               + exit_in_words(recording, events) + ".";
    case Outcome::leaning_on_wall:
        return "In this model the person leans on the wall at the end of the hold, with the centre of mass "
               "over the feet and "
               + deepest_in_words(recording, a) + " at the deepest.";
    case Outcome::blocked_by_wall:
        return "In this model the wall stops the descent before " + asked + ", with "
               + deepest_in_words(recording, a) + "; up to there " + closest_in_words(a) + ".";
    case Outcome::heels_lifted:
        return "In this model " + asked + " is reached, but the heels lift by " + mm(a.heel_lift_max_m)
               + smaller_base_in_words(recording.plan)
               + (events.rose ? "." : "; the person does not come up again.");
    case Outcome::cannot_rise:
        return "In this model " + asked
               + " is reached, but the person does not come up again: at the end the hips are still "
               + drop_in_words(recording, recording.frames.back().hip_drop) + ".";
    case Outcome::stopped_short:
        return "In this model the squat ends short of " + asked + ", with " + deepest_in_words(recording, a)
               + (events.rose ? "." : ", and the person does not come up again.");
    case Outcome::completed_marginal:
        return "In this model " + asked + " is reached and the person comes up again, but for "
               + fixed_text(events.outside_functional_s, 1)
               + " s the centre of mass is outside the part of the feet that people can usually use.";
    case Outcome::completed:
        return "In this model " + asked + " is reached and the person comes up again; " + closest_in_words(a)
               + ".";
    }
    PLUMB_CHECK(false, "unknown outcome");
}

std::string wall_sentence(const Recording& recording, const Events& events, const Assessment& a) {
    if (!a.wall && a.outcome == Outcome::blocked_by_wall) return "The person stops just in front of it.";
    if (!a.wall) return recording.plan.model.wall_distance_m > 0.0 ? "The wall is never touched." : "";
    std::string text = "The wall is first touched at " + fixed_text(a.wall->contact_time_s, 1)
                       + " s and carries up to " + whole(a.wall->peak_force_N) + " N";
    const double share = a.wall->hold_force_N / body_weight_N(recording);
    // The most and the hold are one number where nothing but leaning happened.
    if (events.held && a.wall->hold_force_N >= 1.0
        && whole(a.wall->hold_force_N) != whole(a.wall->peak_force_N))
        text += ", " + whole(a.wall->hold_force_N) + " N (" + whole(100.0 * share)
                + " % of body weight) at the end of the hold";
    return text + (a.wall->rose ? "; the person comes up again." : "; the person does not come up again.");
}

/// Where the COM is in what feet, wall and strength can hold: at rest on the wall, or when it left that in a fall.
std::string support_sentence(const Recording& recording, const Events& events, const Assessment& a) {
    if (events.fell && a.wall_com_exit)
        return "At " + fixed_text(a.wall_com_exit->time_s, 1) + " s, "
               + phase_in_words(a.wall_com_exit->phase)
               + ", it leaves what feet, wall and strength together could hold at rest.";
    if (a.outcome != Outcome::caught_by_wall && a.outcome != Outcome::leaning_on_wall) return "";
    const Frame* at_rest = nullptr;
    for (const Frame& frame : recording.frames)
        if (std::isfinite(frame.support_margin.margin_m) && (!events.held || frame.phase == Phase::hold))
            at_rest = &frame;
    if (at_rest == nullptr) return "";
    const double margin_m = at_rest->support_margin.margin_m;
    return std::string(events.held ? "At the end of the hold" : "At the end") + " the centre of mass is "
           + margin_in_words(margin_m) + " what feet, wall and strength together can hold at rest.";
}

/// What the motion was short of, in one sentence.
std::string reason_sentence(const Recording& recording, const Events& events, const Assessment& a) {
    const SquatPlan& plan = recording.plan;
    if (a.outcome == Outcome::cannot_rise || (a.outcome == Outcome::heels_lifted && !events.rose))
        return "On the way up " + factor_in_words(a.limiting_factor, recording.scenario) + " is used up.";
    const bool is_fine = a.outcome == Outcome::completed || a.outcome == Outcome::completed_marginal;
    if (a.outcome == Outcome::blocked_by_wall && !plan.heels_rise
        && plan.limit_sole.hip_drop_fraction > plan.target_drop + 2.0 * k_depth_tolerance)
        return "With the hips held more than 3 cm farther forward than people usually do, this body could go "
               "on.";
    if (!plan.asked_reachable && !plan.stopped_by_wall && !events.reached && !events.fell)
        return (plan.model.body.mirrored && !plan.heels_rise
                    ? "No posture within the joint ranges of this body reaches "
                    : "No way down was found within the joint ranges of this body to ")
               + asked_in_words(recording.scenario.movement.depth) + ".";
    if (plan.movement.intent == Intent::cautious && !events.reached)
        return "The person is cautious and keeps " + mm(plan.model.dynamic_allowance_m)
               + " of balance for the motion.";
    if (!is_fine && plan.planned_min_margin_m < 0.0)
        return "Even the best postures on the way there have the centre of mass up to "
               + mm(-plan.planned_min_margin_m) + " outside the feet.";
    if (!is_fine && !plan.keeps_allowance())
        return plan.model.dynamic_allowance_m > k_most_balance_m
                   ? "At this tempo the motion itself needs more balance than feet have: it is too fast."
                   : "The planned postures keep only " + mm(plan.planned_min_margin_m)
                         + " of balance where the motion needs about " + mm(plan.model.dynamic_allowance_m)
                         + ".";
    return "";
}

std::string load_in_words(const ScenarioDef& scenario, double reach_share) {
    const CounterweightDef& load = scenario.counterweight;
    if (load.mass_kg <= 0.0) return "";
    std::string text = " with " + value_text(load.mass_kg) + " kg ";
    if (load.hand != Hand::both)
        text += load.hand == Hand::left ? "in the left hand, " : "in the right hand, ";
    if (load.hold == Hold::chest) return text + "at the chest";
    if (is_on_back(load.hold)) return text + "on the back";
    text += "held out in front";
    // Lowered or bent arms: the strength of shoulders or elbows.
    if (reach_share < 0.98)
        text += " (as far as the arms can: " + whole(100.0 * reach_share) + " % of their reach)";
    return text;
}

/// The scenario's own push.
std::string push_sentence(const Recording& recording) {
    const PushDef& push = recording.scenario.push;
    if (!push.time_s || push.impulse_Ns <= 0.0 || *push.time_s > recording.frames.back().time_s) return "";
    return "At " + fixed_text(*push.time_s, 1) + " s somebody pushes " + push_way_in_words(push.direction_deg)
           + " with " + fixed_text(push.impulse_Ns, 0) + " N s (" + fixed_text(push.impulse_Ns / k_push_s, 0)
           + " N for " + number_text(k_push_s) + " s).";
}

std::string limit_sentence(const Recording& recording, const Assessment& a) {
    const SquatPlan& plan = recording.plan;
    const StaticLimit& limit = plan.limit_sole;
    const std::string binds = factor_in_words(limit.limiting_factor, recording.scenario, limit.limiting_side);
    if (!limit.feasible_standing)
        return "Not even standing meets all conditions of balance and strength"
               + (binds.empty() ? "" : ": first " + binds) + ".";
    const Pose pose = pose_of(plan.model.body, plan.model.arms, limit.posture).pose;
    const double thigh_rad = thigh_angle_rad(forward_kinematics(plan.model.body, pose));
    std::string text =
        std::string(plan.heels_rise ? "Held still with the heels down, this body" : "Held still, this body")
        + load_in_words(recording.scenario, reach_share(plan.model.arms)) + " can go down until the hips are "
        + drop_in_words(recording, limit.hip_drop_fraction) + " (" + depth_in_words(thigh_rad) + ")"
        + (binds.empty() ? "" : "; what stops it there first is " + binds);
    if (!a.limiting_factor.empty() && a.limiting_factor != limit.limiting_factor
        && a.outcome != Outcome::cannot_rise)
        text += ", while in this run it is " + factor_in_words(a.limiting_factor, recording.scenario);
    return text + ".";
}

}  // namespace

std::string fixed_text(double value, int decimals) {
    if (!std::isfinite(value)) return "?";
    std::array<char, 400> buffer{};
    const auto result = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value,
                                      std::chars_format::fixed, decimals);
    PLUMB_CHECK(result.ec == std::errc{}, "a number did not fit its text");
    const std::string text(buffer.data(), result.ptr);
    const bool is_zero = text.find_first_not_of("-0.") == std::string::npos;
    return is_zero && text.front() == '-' ? text.substr(1) : text;
}

std::string percent_text(double share) { return fixed_text(100.0 * share, 0) + " %"; }

std::string mm(double metres) { return whole(1000.0 * metres) + " mm"; }

std::string margin_in_words(double margin_m) {
    return mm(std::abs(margin_m)) + (margin_m < 0.0 ? " outside" : " inside");
}

std::string phase_in_words(Phase phase) {
    switch (phase) {
    case Phase::stand: return "while standing";
    case Phase::descent: return "on the way down";
    case Phase::hold: return "at the bottom";
    case Phase::ascent: return "on the way up";
    case Phase::fallen: break;
    }
    return "while falling";
}

std::string outcome_in_words(Outcome outcome) {
    switch (outcome) {
    case Outcome::fell_backward: return "falls backward";
    case Outcome::fell_forward: return "falls forward";
    case Outcome::fell_left: return "falls to the left";
    case Outcome::fell_right: return "falls to the right";
    case Outcome::slipped: return "slips";
    case Outcome::caught_by_wall: return "falls and is caught by the wall";
    case Outcome::leaning_on_wall: return "leans on the wall";
    case Outcome::blocked_by_wall: return "is stopped by the wall";
    case Outcome::heels_lifted: return "gets down, but the heels lift";
    case Outcome::cannot_rise: return "gets down, but cannot come up";
    case Outcome::stopped_short: return "does not get down all the way";
    case Outcome::completed_marginal: return "goes down and up, only just in balance";
    case Outcome::completed: return "goes down and up in balance";
    }
    PLUMB_CHECK(false, "unknown outcome");
}

std::string depth_in_words(double thigh_angle_rad) {
    const double deg = thigh_angle_rad * k_rad_to_deg;
    if (deg > 65.0) return "close to standing";
    if (deg > 42.0) return "less than half way to parallel";
    if (deg > 22.0) return "about half way to parallel";
    if (deg > 12.0) return "well above parallel";
    if (deg > 3.0) return "a little above parallel";
    if (deg >= -3.0) return "about parallel";
    return deg >= -12.0 ? "a little below parallel" : "well below parallel";
}

std::string asked_in_words(const Depth& depth) {
    if (const double* drop = std::get_if<double>(&depth)) return "the asked hip drop of " + value_text(*drop);
    switch (std::get<DepthWord>(depth)) {
    case DepthWord::half: return "half depth";
    case DepthWord::parallel: return "parallel (thighs level)";
    case DepthWord::full: break;
    }
    return "full depth (knees bent 130 deg)";
}

std::string push_way_in_words(double direction_deg) {
    constexpr std::array<const char*, 8> k_ways = {
        "forward",  "forward and to the left",   "to the left",  "backward and to the left",
        "backward", "backward and to the right", "to the right", "forward and to the right"};
    return k_ways[static_cast<std::size_t>(std::lround(direction_deg / 45.0)) % k_ways.size()];
}

std::string factor_in_words(const std::string& factor, const ScenarioDef& scenario, const std::string& side) {
    const PersonDef left = as_on_side(scenario.person, side_left),
                    right = as_on_side(scenario.person, side_right);
    // "the ankles bend", "the left ankle bends"
    const auto parts = [&](const char* plural, const char* singular, const char* many, const char* one) {
        return side.empty() ? std::string("the ") + plural + " " + many
                            : "the " + side + " " + singular + " " + one;
    };
    // A slider's or a tape's number is no statement about its twelfth digit.
    const auto tenths = [](double value) { return value_text(std::round(10.0 * value) / 10.0); };
    // The side's number, or both where they differ.
    const auto number = [&](double PersonDef::*member) {
        if (side == "left" || left.*member == right.*member) return tenths(left.*member) + " deg";
        if (side == "right") return tenths(right.*member) + " deg";
        return tenths(left.*member) + " deg left, " + tenths(right.*member) + " deg right";
    };
    const auto deg = [&](double PersonDef::*member, const char* what) {
        return " (" + number(member) + what + ")";
    };
    const PersonDef& p = scenario.person;
    if (factor == "ankle")
        return "how far " + parts("ankles", "ankle", "bend", "bends")
               + deg(&PersonDef::ankle_dorsiflexion_deg, " of dorsiflexion");
    if (factor == "knee")
        return "how far " + parts("knees", "knee", "bend", "bends") + deg(&PersonDef::knee_flexion_deg, "");
    if (factor == "hip") {
        const bool alike = side.empty() && left.hip_flexion_deg == right.hip_flexion_deg
                           && left.hip_external_rotation_deg == right.hip_external_rotation_deg;
        const PersonDef& own = side == "right" ? right : left;
        return "how far " + parts("hips", "hip", "bend and turn out", "bends and turns out")
               + (alike || !side.empty() ? " (" + tenths(own.hip_flexion_deg) + " and "
                                               + tenths(own.hip_external_rotation_deg) + " deg)"
                                         : "");
    }
    if (factor == "lumbar") return "how far the lower back bends" + deg(&PersonDef::lumbar_flexion_deg, "");
    if (factor == "trunk_thigh")
        return "the trunk meeting the thighs"
               + (" (" + tenths(p.trunk_thigh_closure_deg.value_or(130.0))
                  + " deg of hip and back together)");
    if (factor == "abduction")
        return "how far " + parts("hips", "hip", "spread", "spreads")
               + deg(&PersonDef::hip_abduction_deg, "");
    if (factor == "inversion")
        return "how far " + parts("ankles", "ankle", "tilt", "tilts") + " sideways and "
               + parts("shanks", "shank", "turn", "turns");
    if (factor == "balance_heel") return "balance over the heels";
    if (factor == "balance_toe") return "balance over the toes";
    if (factor == "balance_left") return "the weight that the right foot still carries";
    if (factor == "balance_right") return "the weight that the left foot still carries";
    if (factor == "wall") return "the wall";
    if (factor == "floor") return "the floor under the buttocks or the reach of the legs";
    constexpr std::string_view k_strength = "strength_";
    if (factor.starts_with(k_strength)) {
        const std::string joint = factor.substr(k_strength.size());
        const auto words = [](double ratio) {
            return ratio == 1.0 ? std::string("the healthy average")
                                : value_text(std::round(100.0 * ratio) / 100.0) + " of the healthy average";
        };
        // The trunk is neither side's.
        const double of_left = joint_strength_ratio(joint == "trunk" ? p : left, joint),
                     of_right = joint_strength_ratio(joint == "trunk" ? p : right, joint);
        return "the strength of the " + (side.empty() ? "" : side + " ") + joint + " ("
               + (side == "right" ? words(of_right)
                  : side == "left" || of_left == of_right
                      ? words(of_left)
                      : words(of_left) + " left, " + words(of_right) + " right")
               + ")";
    }
    return factor;
}

std::string explain(const Recording& recording, const Events& events, const Assessment& assessment) {
    std::string text = happened(recording, events, assessment);
    for (const std::string& sentence :
         {push_sentence(recording), wall_sentence(recording, events, assessment),
          support_sentence(recording, events, assessment), reason_sentence(recording, events, assessment),
          limit_sentence(recording, assessment)})
        if (!sentence.empty()) text += " " + sentence;
    return text;
}

}  // namespace plumb
