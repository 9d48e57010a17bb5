// Two runs side by side: numbers for machines, sentences for people.
#include <cmath>

#include "sim/balance/explain.h"
#include "sim/base/units.h"
#include "sim/study/compare.h"

namespace plumb {
namespace {

std::string cm(double metres) { return fixed_text(100.0 * metres, 0) + " cm"; }

double leg_m(const AssessedRun& run) { return run.recording.plan.model.body.leg_length_m; }

/// "51 cm (a little below parallel)"
std::string depth_words(const AssessedRun& run) {
    const DeepestFacts& depth = run.assessment.depth;
    return cm(depth.hip_drop_fraction * leg_m(run)) + " ("
           + depth_in_words(depth.thigh_angle_deg * k_deg_to_rad) + ")";
}

std::string exit_words(const AssessedRun& run) {
    const std::optional<ComExit>& exit = run.assessment.com_exit;
    if (!exit) return "never";
    return "at " + fixed_text(exit->time_s, 1) + " s over the " + std::string(edge_name(exit->edge))
           + " edge, the hips " + cm(exit->hip_drop_fraction * leg_m(run)) + " below standing";
}

std::string limit_words(const AssessedRun& run) {
    const StaticLimit& limit = run.recording.plan.limit_sole;
    if (!limit.feasible_standing) return "not even standing";
    const std::string by =
        factor_in_words(limit.limiting_factor, run.recording.scenario, limit.limiting_side);
    return cm(limit.hip_drop_fraction * leg_m(run)) + (by.empty() ? "" : ", stopped by " + by);
}

std::string inside(double margin_m) {
    if (!std::isfinite(margin_m)) return "nothing to measure";
    return margin_in_words(margin_m);
}

std::string wall_words(const std::optional<WallFacts>& wall) {
    if (!wall) return "not touched";
    return "touched at " + fixed_text(wall->contact_time_s, 1) + " s, " + fixed_text(wall->hold_force_N, 0)
           + " N in the hold, " + (wall->rose ? "came up again" : "did not come up again");
}

/// "What: a in the first, b in the second." or "What: a in both."
std::string both(const std::string& what, const std::string& first, const std::string& second) {
    if (first == second) return what + ": " + first + " in both.";
    return what + ": " + first + " in the first, " + second + " in the second.";
}

std::optional<double> finite(double value) {
    return std::isfinite(value) ? std::optional(value) : std::nullopt;
}

template <class Part>
std::optional<double> of(const std::optional<Part>& part, double Part::*member) {
    return part ? finite((*part).*member) : std::nullopt;
}

std::vector<RunQuantity> quantities_of(const AssessedRun& first, const AssessedRun& second) {
    std::vector<RunQuantity> all;
    const auto add = [&](const char* name, const char* unit, const auto& value) {
        all.push_back({name, unit, value(first), value(second)});
    };
    using Run = const AssessedRun&;
    add("depth.hip_drop_fraction", "", [](Run r) { return finite(r.assessment.depth.hip_drop_fraction); });
    add("depth.hip_height_m", "m", [](Run r) { return finite(r.assessment.depth.hip_height_m); });
    add("depth.thigh_angle_deg", "deg", [](Run r) { return finite(r.assessment.depth.thigh_angle_deg); });
    add("depth.knee_flexion_deg", "deg", [](Run r) { return finite(r.assessment.depth.knee_flexion_deg); });
    add("static_limit.sole", "", [](Run r) { return finite(r.recording.plan.limit_sole.hip_drop_fraction); });
    add("static_limit.functional", "",
        [](Run r) { return finite(r.recording.plan.limit_functional.hip_drop_fraction); });
    add("com_exit.time_s", "s", [](Run r) { return of(r.assessment.com_exit, &ComExit::time_s); });
    add("com_exit.hip_drop_fraction", "",
        [](Run r) { return of(r.assessment.com_exit, &ComExit::hip_drop_fraction); });
    add("margin.com_min_m", "m", [](Run r) { return finite(r.assessment.com_min_m); });
    add("margin.functional_min_m", "m", [](Run r) { return finite(r.assessment.functional_min_m); });
    add("margin.xcom_min_m", "m", [](Run r) { return finite(r.assessment.xcom_min_m); });
    add("wall.hold_force_N", "N", [](Run r) { return of(r.assessment.wall, &WallFacts::hold_force_N); });
    add("wall.peak_force_N", "N", [](Run r) { return of(r.assessment.wall, &WallFacts::peak_force_N); });
    return all;
}

}  // namespace

RunDifferences compare_runs(const AssessedRun& first, const AssessedRun& second) {
    const Assessment &a = first.assessment, &b = second.assessment;
    const SquatPlan &a_plan = first.recording.plan, &b_plan = second.recording.plan;
    RunDifferences d{a.outcome, b.outcome, quantities_of(first, second), {}};
    const auto say = [&](const std::string& what, const std::string& one, const std::string& other) {
        d.sentences.push_back(both(what, one, other));
    };
    say("The person", outcome_in_words(a.outcome), outcome_in_words(b.outcome));
    say("Hips at the deepest, below standing", depth_words(first), depth_words(second));
    say("Held still, the hips could come down by", limit_words(first), limit_words(second));
    say("Centre of mass leaves the feet", exit_words(first), exit_words(second));
    say("Least margin of the centre of mass to the edge of the feet", inside(a.com_min_m),
        inside(b.com_min_m));
    say("To the edge of the part of the feet that people can usually use", inside(a.functional_min_m),
        inside(b.functional_min_m));
    say("Least margin of the XCoM (ignores angular momentum)", inside(a.xcom_min_m), inside(b.xcom_min_m));
    if (a_plan.model.wall_distance_m > 0.0 || b_plan.model.wall_distance_m > 0.0)
        say("Wall", wall_words(a.wall), wall_words(b.wall));
    return d;
}

}  // namespace plumb
