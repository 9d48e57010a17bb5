// What happened, in words anyone understands, and to whom.
#include <algorithm>
#include <cmath>

#include "render/report/report_sections.h"
#include "sim/balance/events.h"
#include "sim/balance/explain.h"
#include "sim/base/units.h"
#include "sim/scenario/scenario_fields.h"

namespace plumb {
namespace {

/// "on the way down, with the hips 51 cm below standing (a little below parallel), the centre of mass passes the rear edge of the feet"
std::string exit_phrase(ReportWriter& writer, const Recording& recording, const Events& events) {
    const Frame& frame = recording.frames[*events.exit_frame];
    const Texts& say = writer.say;
    return say("verdict.exit",
               {{"time", writer.numbers.say("com_exit.time_s", frame.time_s, Quantity::time)},
                {"phase", say.word(phase_in_words(frame.phase))},
                {"drop", depth_phrase(writer, "com_exit.hip_drop_fraction", frame.hip_drop, recording)},
                {"depth", say.word(depth_in_words(frame.thigh_angle_rad))},
                {"edge", say("edges." + std::string(edge_name(events.exit_edge)))}});
}

std::string happened(ReportWriter& writer, const ReportFacts& facts) {
    const Texts& say = writer.say;
    const Recording& recording = *facts.recording;
    const Assessment& a = facts.assessment;
    const Events events = find_events(recording);
    const std::string outcome(outcome_name(a.outcome)), key = "verdict." + outcome,
                                                        asked = asked_phrase(writer, recording.scenario);
    const auto deepest = [&] {
        return depth_phrase(writer, "depth.hip_drop_fraction", a.depth.hip_drop_fraction, recording);
    };
    const std::string depth = say.word(depth_in_words(a.depth.thigh_angle_deg * k_deg_to_rad));
    switch (a.outcome) {
    case Outcome::fell_backward:
    case Outcome::fell_forward:
    case Outcome::fell_left:
    case Outcome::fell_right:
    case Outcome::caught_by_wall:
        if (events.exit_frame) return say(key, {{"exit", exit_phrase(writer, recording, events)}});
        return say("verdict.settled");
    case Outcome::slipped:
        return say(key, {{"slip", writer.numbers.say("ground.foot_slip_max_m", a.foot_slip_max_m,
                                                     Quantity::small_length)}});
    case Outcome::leaning_on_wall:
        return say(
            key, {{"drop", deepest()},
                  {"depth", depth},
                  {"force", writer.numbers.say("wall.peak_force_N", a.wall->peak_force_N, Quantity::force)}});
    case Outcome::blocked_by_wall:
    case Outcome::stopped_short:
        return say(a.outcome == Outcome::stopped_short && !events.rose ? key + "_stayed" : key,
                   {{"drop", deepest()}, {"depth", depth}, {"asked", asked}});
    case Outcome::heels_lifted:
        return say(events.rose ? key : key + "_stayed",
                   {{"asked", asked},
                    {"lift", writer.numbers.say("ground.heel_lift_max_m", a.heel_lift_max_m,
                                                Quantity::small_length)}});
    case Outcome::cannot_rise:
    case Outcome::completed_marginal:
    case Outcome::completed: break;
    }
    return say(key, {{"asked", asked}});
}

std::string decided(ReportWriter& writer, const ReportFacts& facts) {
    const Assessment& a = facts.assessment;
    if (a.outcome == Outcome::completed || a.outcome == Outcome::completed_marginal) {
        if (!std::isfinite(a.com_min_m)) return "";
        return writer.say("verdict.closest",
                          {{"margin", margin_phrase(writer, "margin.com_min_m", a.com_min_m)}});
    }
    if (a.limiting_factor.empty()) return "";
    return writer.say("verdict.cause",
                      {{"factor", factor_phrase(writer, a.limiting_factor, facts.recording->scenario)}});
}

void add_row(Table& table, const Texts& say, const char* key, const std::string& value) {
    if (!value.empty()) table.rows.push_back({say(std::string("setting.") + key), value});
}

/// A resolved field's value in the reader's units.
std::string value_of(ReportWriter& writer, const ScenarioDef& scenario, std::string_view name) {
    const Field<ScenarioDef>& field = *find_field(name);
    return writer.numbers.say(field, value_in_use(field, scenario));
}

/// "18°", or both where the sides differ.
std::string sided(ReportWriter& writer, const ScenarioDef& scenario, double PersonDef::*member) {
    const auto one = [&](int side) {
        return writer.numbers.text(as_on_side(scenario.person, side).*member, Quantity::angle);
    };
    return sided_phrase(writer.say, one(side_left), one(side_right));
}

std::string person_words(ReportWriter& writer, const ScenarioDef& s) {
    return writer.say(
        "setting.person_text",
        {{"sex", writer.say.word(value_of(writer, s, "person.sex"))},
         {"age", writer.numbers.say("inputs.person.age_years", s.person.age_years, Quantity::count)},
         {"stature", value_of(writer, s, "person.stature_m")},
         {"mass", value_of(writer, s, "person.mass_kg")}});
}

Table setting_table(ReportWriter& writer, const Recording& recording) {
    const ScenarioDef& s = recording.scenario;
    const Texts& say = writer.say;
    const auto value = [&](std::string_view name) { return value_of(writer, s, name); };
    Table table;
    table.shares = {0.34, 0.66};
    add_row(table, say, "person", person_words(writer, s));
    add_row(table, say, "ankle", sided(writer, s, &PersonDef::ankle_dorsiflexion_deg));
    const double shoulders_m = 2.0 * build_person(s.person).lengths.shoulder_half_width_m;
    add_row(table, say, "stance",
            say("setting.stance_text",
                {{"width", value("stance.width_m")},
                 {"share", writer.numbers.say("stance_share_of_shoulders",
                                              s.stance.width_m.value_or(shoulders_m) / shoulders_m,
                                              Quantity::percent)},
                 {"toes", value("stance.toe_out_deg")}}));
    const bool loaded = s.counterweight.mass_kg > 0.0;
    add_row(table, say, "weight",
            !loaded ? say("setting.no_weight")
                    : say("setting.weight_text", {{"mass", value("counterweight.mass_kg")},
                                                  {"hold", say.word(value("counterweight.hold"))}}));
    if (!loaded) add_row(table, say, "arms", say.word(value("arms.pose")));
    add_row(table, say, "wall",
            s.wall.distance_m ? say("setting.wall_text", {{"distance", value("wall.distance_m")}})
                              : say("setting.no_wall"));
    if (s.heel_wedge.height_m > 0.0) add_row(table, say, "wedge", value("heel_wedge.height_m"));
    const auto seconds = [&](const char* name, double time_s) {
        return writer.numbers.say(std::string("inputs.movement.") + name, time_s, Quantity::time);
    };
    add_row(table, say, "movement",
            say("setting.movement_text", {{"asked", asked_phrase(writer, s)},
                                          {"down", seconds("descend_s", s.movement.descend_s)},
                                          {"hold", seconds("hold_s", s.movement.hold_s)},
                                          {"up", seconds("ascend_s", s.movement.ascend_s)},
                                          {"intent", say.word(value("movement.intent"))}}));
    if (s.movement.rotation_cycles > 0 && s.movement.rotation_deg > 0.0)
        add_row(table, say, "rotation",
                say("setting.rotation_text",
                    {{"angle", value("movement.rotation_deg")},
                     {"times", writer.numbers.say("inputs.movement.rotation_cycles",
                                                  s.movement.rotation_cycles, Quantity::count)}}));
    if (s.movement.heels == Heels::may_lift) add_row(table, say, "heels", say("setting.heels_may_lift"));
    if (s.movement.neutral_spine_deg) add_row(table, say, "spine", value("movement.neutral_spine_deg"));
    if (s.push.time_s && s.push.impulse_Ns > 0.0)
        add_row(table, say, "push",
                say("setting.push_text",
                    {{"impulse", value("push.impulse_Ns")},
                     {"way", say.word(push_way_in_words(s.push.direction_deg))},
                     {"time", writer.numbers.say("inputs.push.time_s", *s.push.time_s, Quantity::time)}}));
    return table;
}

}  // namespace

std::string margin_phrase(ReportWriter& writer, const std::string& name, double margin_m) {
    if (!std::isfinite(margin_m)) return "\u2013";
    std::string said =
        writer.say(margin_m < 0.0 ? "margin.outside" : "margin.inside",
                   {{"value", writer.numbers.text(std::abs(margin_m), Quantity::small_length)}});
    writer.numbers.note(name, margin_m, "m", said);
    return said;
}

std::string depth_phrase(ReportWriter& writer, const std::string& name, double drop,
                         const Recording& recording) {
    if (!std::isfinite(drop)) return "\u2013";
    std::string said =
        writer.numbers.text(std::max(0.0, drop) * recording.plan.model.body.leg_length_m, Quantity::length);
    writer.numbers.note(name, drop, "1", said);
    return said;
}

std::string asked_phrase(const ReportWriter& writer, const ScenarioDef& scenario) {
    const Depth& depth = scenario.movement.depth;
    if (const double* const drop = std::get_if<double>(&depth))
        return writer.say("asked.drop", {{"drop", writer.numbers.text(*drop, Quantity::percent)}});
    switch (std::get<DepthWord>(depth)) {
    case DepthWord::half: return writer.say("asked.half");
    case DepthWord::parallel: return writer.say("asked.parallel");
    case DepthWord::full: break;
    }
    return writer.say(scenario.movement.heels == Heels::may_lift ? "asked.full_heels_up" : "asked.full");
}

std::string outcome_phrase(const ReportWriter& writer, Outcome outcome) {
    return writer.say.word(outcome_in_words(outcome));
}

std::string change_phrase(const ReportWriter& writer, const FieldDifference& change) {
    const Field<ScenarioDef>* const field = find_field(change.field);
    const std::string value = field != nullptr ? writer.numbers.text(*field, change.second) : "";
    return writer.say("change.to", {{"field", writer.say.field(change.field, change.unit)},
                                    {"value", writer.say.word(value)}});
}

std::string verdict_text(ReportWriter& writer, const ReportFacts& facts) {
    const std::string why = decided(writer, facts);
    const PushDef& push = facts.recording->scenario.push;
    std::string pushed;
    if (push.time_s && push.impulse_Ns > 0.0 && *push.time_s <= facts.recording->frames.back().time_s)
        pushed = writer.say("verdict.pushed",
                            {{"time", writer.numbers.text(*push.time_s, Quantity::time)},
                             {"way", writer.say.word(push_way_in_words(push.direction_deg))},
                             {"impulse", writer.numbers.text(push.impulse_Ns, Quantity::impulse)}})
                 + " ";
    return pushed + happened(writer, facts) + (why.empty() ? "" : " " + why);
}

std::string close_call_text(const ReportWriter& writer, const ReportFacts& facts) {
    const auto& intervals = facts.findings.intervals;
    if (!intervals || !intervals->cannot_tell) return "";
    return intervals->decided_by.empty()
               ? writer.say("verdict.cannot_tell")
               : writer.say("verdict.cannot_tell_by", {{"what", writer.say.word(intervals->decided_by)}});
}

std::string person_text(ReportWriter& writer, const ReportFacts& facts) {
    const ScenarioDef& scenario = facts.recording->scenario;
    return writer.say("one_page.person",
                      {{"person", person_words(writer, scenario)},
                       {"ankle", sided(writer, scenario, &PersonDef::ankle_dorsiflexion_deg)}});
}

std::size_t deciding_frame(const Recording& recording) {
    const Events events = find_events(recording);
    return events.exit_frame.value_or(events.deepest_frame);
}

void add_result(ReportWriter& writer, const ReportFacts& facts, const SceneBuilder& builder) {
    const Recording& recording = *facts.recording;
    const Events events = find_events(recording);
    const std::size_t frame = deciding_frame(recording);
    const std::string outcome = outcome_phrase(writer, facts.assessment.outcome);
    const Texts& say = writer.say;
    writer.figures(
        {writer.still(builder, frame, report_still(View::orbit, 1120, 640), say("result.still_caption"),
                      say("result.still_alt", {{"outcome", outcome}}))});
    writer.paragraph(verdict_text(writer, facts), ParagraphStyle::lead);
    writer.paragraph(close_call_text(writer, facts));
    if (facts.interrupted) writer.paragraph(say("report.interrupted"));
    writer.paragraph(facts.remark, ParagraphStyle::quiet);
    if (events.fell)
        writer.paragraph(say(facts.assessment.outcome == Outcome::fell_backward ? "verdict.no_step_backward"
                                                                                : "verdict.no_step"),
                         ParagraphStyle::quiet);
    writer.section("setting.title");
    writer.paragraph(
        recording.scenario.asks.empty() ? "" : say("setting.question", {{"asks", recording.scenario.asks}}),
        ParagraphStyle::quiet);
    writer.add(setting_table(writer, recording));
}

void add_overview(ReportWriter& writer, const std::vector<ReportFacts>& runs) {
    const Texts& say = writer.say;
    writer.add(Heading{2, say("overview.title")});
    Table table;
    for (const char* key : {"scenario", "outcome", "deepest", "margin", "limit", "factor"})
        table.head.push_back(say(std::string("overview.") + key));
    table.shares = {0.2, 0.2, 0.12, 0.15, 0.12, 0.21};
    table.small = true;
    for (std::size_t i = 0; i < runs.size(); ++i) {
        const ReportFacts& facts = runs[i];
        const Assessment& a = facts.assessment;
        writer.begin_run(i + 1, facts.name);
        const StaticLimit& limit = facts.recording->plan.limit_sole;
        table.rows.push_back(
            {std::to_string(i + 1) + " " + facts.name, outcome_phrase(writer, a.outcome),
             depth_phrase(writer, "depth.hip_drop_fraction", a.depth.hip_drop_fraction, *facts.recording),
             margin_phrase(writer, "planned_min_margin_m", facts.recording->plan.planned_min_margin_m),
             limit.feasible_standing ? depth_phrase(writer, "static_limit.sole.hip_drop_fraction",
                                                    limit.hip_drop_fraction, *facts.recording)
                                     : "\u2013",
             limit.limiting_factor.empty()
                 ? ""
                 : factor_phrase(writer, limit.limiting_factor, facts.recording->scenario)});
    }
    writer.add(std::move(table));
    writer.paragraph(say("overview.reading"), ParagraphStyle::quiet);
}

}  // namespace plumb
