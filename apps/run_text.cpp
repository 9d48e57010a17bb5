// Lays out the result as text.
#include "apps/run_text.h"

#include <algorithm>
#include <cmath>

#include "sim/balance/explain.h"

namespace plumb {
namespace {

std::string row(const std::string& name, const std::string& text) {
    return "  " + name + std::string(name.size() < 16 ? 16 - name.size() : 1, ' ') + text + "\n";
}

std::string limit_text(const char* base, const StaticLimit& limit, const std::optional<Interval>& interval) {
    return std::string(base) + " " + fixed_text(limit.hip_drop_fraction, 3)
           + (interval ? " [" + fixed_text(interval->low, 3) + " to " + fixed_text(interval->high, 3) + "]"
                       : "")
           + (limit.limiting_factor.empty()
                  ? ""
                  : " (" + (limit.limiting_side.empty() ? "" : limit.limiting_side + " ")
                        + limit.limiting_factor + ")");
}

/// Peaks, each for itself: the largest moment need not be the one that uses most of its direction's strength.
std::string joint_row(const char* name, const JointFacts& left, const JointFacts& right) {
    const auto side = [](const JointFacts& j) {
        return "up to " + fixed_text(j.max_flexion_deg, 0) + " deg, up to " + fixed_text(j.peak_moment_Nm, 0)
               + " N m, up to " + percent_text(j.peak_strength_fraction) + " of strength";
    };
    const bool same = std::abs(left.max_flexion_deg - right.max_flexion_deg) < 1.0
                      && std::abs(left.peak_moment_Nm - right.peak_moment_Nm) < 2.0
                      && std::abs(left.peak_strength_fraction - right.peak_strength_fraction) < 0.02;
    return row(name, same ? side(left) : side(left) + " (right " + side(right) + ")");
}

std::string exit_text(const std::optional<ComExit>& exit) {
    if (!exit) return "never";
    return fixed_text(exit->time_s, 2) + " s, " + std::string(phase_name(exit->phase)) + ", over the "
           + std::string(edge_name(exit->edge)) + " edge, hip drop " + fixed_text(exit->hip_drop_fraction, 3);
}

/// "COM at least 128 mm inside what feet, wall and strength can hold at rest, left never"
std::string support_text(const Assessment& a) {
    std::string where = "nowhere inside";
    if (std::isfinite(a.support_min_m))
        where = a.support_min_m < 0.0 ? "up to " + mm(-a.support_min_m) + " outside"
                                      : "at least " + mm(a.support_min_m) + " inside";
    const std::string left = a.wall_com_exit ? "at " + fixed_text(a.wall_com_exit->time_s, 2) + " s, "
                                                   + std::string(phase_name(a.wall_com_exit->phase))
                                             : "never";
    return "COM " + where + " what feet, wall and strength can hold at rest, left " + left;
}

}  // namespace

std::string wrapped(const std::string& text, std::size_t indent) {
    constexpr std::size_t k_width = 100;
    std::string lines, line;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t end = std::min(text.find(' ', at), text.size());
        const std::string word = text.substr(at, end - at);
        if (!line.empty() && indent + line.size() + 1 + word.size() > k_width) {
            lines += std::string(indent, ' ') + line + "\n";
            line.clear();
        }
        line += (line.empty() ? "" : " ") + word;
        at = end + 1;
    }
    return lines + (line.empty() ? "" : std::string(indent, ' ') + line + "\n");
}

std::string first_sentence(const std::string& text) {
    const std::size_t end = text.find(". ");
    return end == std::string::npos ? text : text.substr(0, end + 1);
}

std::string run_text(const Recording& recording, const Assessment& a, const Findings& findings) {
    const ScenarioDef& scenario = recording.scenario;
    const SquatPlan& plan = recording.plan;
    std::string text = scenario.name + "\n";
    text += wrapped(scenario.asks, 2);
    text += "\n" + std::string(outcome_name(a.outcome));
    if (!scenario.expect.empty())
        text += scenario.expect == outcome_name(a.outcome) ? " (as expected)"
                                                           : " (expected: " + scenario.expect + ")";
    text += "\n" + wrapped(a.explanation, 2) + "\n";

    const DeepestFacts& d = a.depth;
    text += row("deepest", "hip drop " + fixed_text(d.hip_drop_fraction, 3) + ", hips "
                               + fixed_text(d.hip_height_m, 3) + " m high, thigh "
                               + fixed_text(d.thigh_angle_deg, 0) + " deg above level, knee "
                               + fixed_text(d.knee_flexion_deg, 0) + " deg");
    const auto& intervals = findings.intervals;
    const auto of = [&](Interval LimitIntervals::*base) {
        return intervals ? std::optional((*intervals).*base) : std::nullopt;
    };
    text += row("static limit",
                "hip drop " + limit_text("sole", plan.limit_sole, of(&LimitIntervals::sole)) + ", "
                    + limit_text("functional", plan.limit_functional, of(&LimitIntervals::functional)));
    if (intervals && intervals->cannot_tell)
        text += row("cannot tell",
                    "the asked depth lies inside the interval"
                        + (intervals->decided_by.empty()
                               ? std::string()
                               : "; most depends on " + intervals->decided_by + ", which nobody measured"));
    if (findings.diagnosis && !findings.diagnosis->sentence.empty()) {
        const Diagnosis& found = *findings.diagnosis;
        text += row("diagnosis", found.kind);
        text +=
            wrapped(found.sentence
                        + (found.need ? " The first lies between " + fixed_text(found.need->low, 2) + " and "
                                            + fixed_text(found.need->high, 2) + " for 9 of 10 such people."
                                      : ""),
                    18);
    }
    if (plan.neutral_spine_cost)
        text += row("neutral spine", "costs " + fixed_text(*plan.neutral_spine_cost, 3) + " of hip drop");
    text += row("COM exit", exit_text(a.com_exit));
    if (a.warning)
        text += row("warning",
                    "XCoM leaves the usable part of the feet at " + fixed_text(a.warning->time_s, 2) + " s, "
                        + (a.warning->lead_s
                               ? fixed_text(*a.warning->lead_s, 2) + " s before the body meets the floor"
                               : "no fall follows"));
    text += row("least margin", "COM " + mm(a.com_min_m) + " at " + fixed_text(a.com_min_time_s, 2)
                                    + " s, functional " + mm(a.functional_min_m) + ", XCoM "
                                    + mm(a.xcom_min_m) + " (ignores angular momentum)");
    text += row("ground", "heel lift " + fixed_text(1000.0 * a.heel_lift_max_m, 1) + " mm, slip "
                              + fixed_text(1000.0 * a.foot_slip_max_m, 1) + " mm, foot force up to "
                              + fixed_text(a.max_foot_force_bw, 2) + " body weights");
    text += row("load", "left foot " + percent_text(a.load_left_share) + ", right foot "
                            + percent_text(1.0 - a.load_left_share));
    if (a.wall)
        text += row("wall", "touched at " + fixed_text(a.wall->contact_time_s, 2) + " s, "
                                + fixed_text(a.wall->hold_force_N, 0) + " N at the end of the hold, "
                                + fixed_text(a.wall->peak_force_N, 0) + " N at most, "
                                + (a.wall->rose ? "came up again" : "did not come up again"));
    if (a.wall) text += row("with the wall", support_text(a));
    if (recording.plan.model.body.has_toes())
        text += joint_row("toes", a.toes[side_left], a.toes[side_right]);
    text += joint_row("ankle", a.ankle[side_left], a.ankle[side_right]);
    text += joint_row("knee", a.knee[side_left], a.knee[side_right]);
    text += joint_row("hip", a.hip[side_left], a.hip[side_right]);
    text += joint_row("lumbar", a.lumbar, a.lumbar);
    text += joint_row("shoulder", a.shoulder, a.shoulder);
    return text + "\n" + wrapped(k_safety_note, 0);
}

}  // namespace plumb
