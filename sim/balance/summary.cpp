// summary.json and depth_curve.csv.
#include <cmath>

#include <nlohmann/json.hpp>

#include "sim/balance/assessment.h"
#include "sim/recording/channels.h"
#include "sim/scenario/scenario_fields.h"

namespace plumb {
namespace {

using Json = nlohmann::ordered_json;

/// A finite number, or null.
Json number(double value) { return std::isfinite(value) ? Json(value + 0.0) : Json(nullptr); }

Json input_value(const Field<ScenarioDef>& field, const FieldValue& value) {
    if (const std::string* word = std::get_if<std::string>(&value)) return *word;
    const double* const real = std::get_if<double>(&value);
    if (real == nullptr) return nullptr;
    return field.kind == FieldKind::integer ? Json(static_cast<std::int64_t>(*real)) : number(*real);
}

Json inputs(const ScenarioDef& scenario) {
    Json all = Json::object();
    for (const Field<ScenarioDef>& field : scenario_fields())
        all[field.name] = input_value(field, field.get(scenario));
    return all;
}

Json limit_json(const StaticLimit& limit) {
    Json binding = Json::array();
    for (const BindingShare& share : limit.binding)
        binding.push_back({{"factor", share.word}, {"depth_gain", number(share.depth_gain)}});
    return {{"hip_drop_fraction", number(limit.hip_drop_fraction)},
            {"limiting_factor", limit.limiting_factor},
            {"limiting_side", limit.limiting_side.empty() ? Json(nullptr) : Json(limit.limiting_side)},
            {"binding", binding},
            {"feasible_standing", limit.feasible_standing}};
}

Json interval_json(const Interval& interval) {
    return {{"low", number(interval.low)}, {"high", number(interval.high)}};
}

Json fix_json(const DiagnosisFix& fix) {
    return {{"field", fix.field},
            {"kind", fix.kind},
            {"tissue", fix.tissue},
            {"have", number(fix.have)},
            {"need", number(fix.need)},
            {"unit", fix.unit},
            {"size_sd", number(fix.size_sd)},
            {"outcome", fix.outcome}};
}

/// The first fix's own words stand beside the kind.
Json diagnosis_json(const std::optional<Diagnosis>& diagnosis) {
    if (!diagnosis) return nullptr;
    const DiagnosisFix* const first = diagnosis->fixes.empty() ? nullptr : diagnosis->fixes.data();
    Json fixes = Json::array();
    for (const DiagnosisFix& fix : diagnosis->fixes) fixes.push_back(fix_json(fix));
    return {{"kind", diagnosis->kind},
            {"tissue", first != nullptr ? Json(first->tissue) : Json(nullptr)},
            {"have", first != nullptr ? number(first->have) : Json(nullptr)},
            {"need", first != nullptr ? number(first->need) : Json(nullptr)},
            {"need_interval", diagnosis->need ? interval_json(*diagnosis->need) : Json(nullptr)},
            {"unit", first != nullptr ? Json(first->unit) : Json(nullptr)},
            {"fixes", fixes},
            {"without_wall", diagnosis->without_wall},
            {"without_push", diagnosis->without_push},
            {"heels_down", diagnosis->heels_down},
            {"sentence", diagnosis->sentence}};
}

Json joint_json(const JointFacts& facts) {
    return {{"max_flexion_deg", number(facts.max_flexion_deg)},
            {"peak_moment_Nm", number(facts.peak_moment_Nm)},
            {"peak_strength_fraction", number(facts.peak_strength_fraction)}};
}
Json both_sides(const std::array<JointFacts, k_side_count>& facts) {
    return {{"left", joint_json(facts[side_left])}, {"right", joint_json(facts[side_right])}};
}

Json exit_json(const std::optional<ComExit>& exit) {
    if (!exit) return nullptr;
    return {{"time_s", number(exit->time_s)},
            {"phase", phase_name(exit->phase)},
            {"edge", edge_name(exit->edge)},
            {"hip_drop_fraction", number(exit->hip_drop_fraction)}};
}

Json wall_exit_json(const std::optional<WallComExit>& exit) {
    if (!exit) return nullptr;
    return {{"time_s", number(exit->time_s)},
            {"phase", phase_name(exit->phase)},
            {"hip_drop_fraction", number(exit->hip_drop_fraction)}};
}

Json wall_json(const std::optional<WallFacts>& wall) {
    if (!wall) return nullptr;
    return {{"contact_time_s", number(wall->contact_time_s)},
            {"hold_force_N", number(wall->hold_force_N)},
            {"peak_force_N", number(wall->peak_force_N)},
            {"rose", wall->rose}};
}

Json warning_json(const std::optional<Warning>& warning) {
    if (!warning) return nullptr;
    return {{"time_s", number(warning->time_s)},
            {"lead_s", warning->lead_s ? number(*warning->lead_s) : Json(nullptr)}};
}

/// A word's depth beyond the last posture has no drop.
Json asked_json(const Recording& recording) {
    const SquatPlan& plan = recording.plan;
    const bool known =
        plan.asked_reachable || std::holds_alternative<double>(recording.scenario.movement.depth);
    return {{"hip_drop_fraction", known ? number(plan.asked_drop) : Json(nullptr)},
            {"reachable", plan.asked_reachable}};
}

}  // namespace

std::string summary_json(const Recording& recording, const Assessment& a, const Findings& findings) {
    const SquatPlan& plan = recording.plan;
    Json j;
    j["schema"] = "plumbline-summary-1";
    j["program"] = recording.program;
    j["input_hash"] = recording.input_hash;
    j["scenario"] = recording.scenario.name;
    j["inputs"] = inputs(recording.scenario);
    j["outcome"] = outcome_name(a.outcome);
    j["limiting_factor"] = a.limiting_factor;
    j["explanation"] = a.explanation;
    // Deepest on the feet; in a fall, before the COM left them.
    j["depth"] = {{"hip_drop_fraction", number(a.depth.hip_drop_fraction)},
                  {"hip_height_m", number(a.depth.hip_height_m)},
                  {"thigh_angle_deg", number(a.depth.thigh_angle_deg)},
                  {"knee_flexion_deg", number(a.depth.knee_flexion_deg)}};
    j["static_limit"] = {{"sole", limit_json(plan.limit_sole)},
                         {"functional", limit_json(plan.limit_functional)}};
    const auto& intervals = findings.intervals;
    j["static_limit"]["sole"]["interval"] = intervals ? interval_json(intervals->sole) : Json(nullptr);
    j["static_limit"]["functional"]["interval"] =
        intervals ? interval_json(intervals->functional) : Json(nullptr);
    j["static_limit"]["cannot_tell"] = intervals ? Json(intervals->cannot_tell) : Json(nullptr);
    j["static_limit"]["decided_by"] =
        intervals && !intervals->decided_by.empty() ? Json(intervals->decided_by) : Json(nullptr);
    j["diagnosis"] = diagnosis_json(findings.diagnosis);
    j["neutral_spine_cost"] = plan.neutral_spine_cost ? number(*plan.neutral_spine_cost) : Json(nullptr);
    j["com_exit"] = exit_json(a.com_exit);
    j["wall_com_exit"] = wall_exit_json(a.wall_com_exit);
    // margin, ground and joints: over the time on the feet, that is up to a fall's first contact with the floor.
    j["margin"] = {{"com_min_m", number(a.com_min_m)},
                   {"com_min_time_s", number(a.com_min_time_s)},
                   {"functional_min_m", number(a.functional_min_m)},
                   {"xcom_min_m", number(a.xcom_min_m)},
                   {"support_min_m", number(a.support_min_m)}};
    j["ground"] = {{"max_force_error_fraction", number(a.max_force_error_fraction)},
                   {"max_foot_force_bw", number(a.max_foot_force_bw)},
                   {"load_left_share", number(a.load_left_share)},
                   {"heel_lift_max_m", number(a.heel_lift_max_m)},
                   {"foot_slip_max_m", number(a.foot_slip_max_m)}};
    j["wall"] = wall_json(a.wall);
    j["warning"] = warning_json(a.warning);
    j["joints"] = {{"ankle", both_sides(a.ankle)},
                   {"knee", both_sides(a.knee)},
                   {"hip", both_sides(a.hip)},
                   {"toes", plan.model.body.has_toes() ? both_sides(a.toes) : Json(nullptr)},
                   {"lumbar", joint_json(a.lumbar)},
                   {"shoulder", joint_json(a.shoulder)}};
    j["asked"] = asked_json(recording);
    j["heels_rise"] = plan.heels_rise;
    j["zero_margin_hip_drop_fraction"] =
        plan.zero_margin_drop ? number(*plan.zero_margin_drop) : Json(nullptr);
    j["dynamic_allowance_m"] = number(plan.model.dynamic_allowance_m);
    j["planned_min_margin_m"] = number(plan.planned_min_margin_m);
    j["arm_reach_share"] = number(reach_share(plan.model.arms));
    j["dt_s"] = number(recording.engine.dt_s);
    j["dt_fine_s"] = number(recording.engine.dt_fine_s);
    j["steps"] = recording.engine.steps;
    j["state_hash"] = recording.engine.state_hash;
    return j.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

std::string depth_curve_csv(const Recording& recording) {
    std::string text =
        "hip_drop_fraction [1],best_sole_margin [m],best_functional_margin [m],within_strength [1]\n";
    for (const DepthCurveRow& row : recording.plan.depth_curve) {
        text += csv_number(row.drop) + "," + csv_number(row.best_sole_margin_m) + ","
                + csv_number(row.best_functional_margin_m);
        text += row.within_strength ? ",1\n" : ",0\n";
    }
    return text;
}

}  // namespace plumb
