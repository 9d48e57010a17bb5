// What reads the list of fields: --set, the rules between fields, derived defaults, the hash of the inputs.
#include <algorithm>
#include <cmath>

#include "sim/base/hash.h"
#include "sim/base/input_error.h"
#include "sim/base/text.h"
#include "sim/base/units.h"
#include "sim/person/person.h"
#include "sim/scenario/scenario_fields.h"

namespace plumb {
namespace {

/// Fastest turn of the trunk that is still a controlled movement.
constexpr double k_max_turn_deg_per_s = 180.0;
/// Outlines may overlap this much: flesh yields, and at toe-out 0 an average man's feet touch at a width of 0.1 m.
constexpr double k_foot_overlap_m = 0.005;
constexpr std::size_t k_longest_question = 500, k_longest_name = 200;

std::string shown_field(const ScenarioDef& def, std::string_view name) {
    return std::string(name).append(" = ").append(shown_value(find_field(name)->get(def)));
}

std::optional<ScenarioProblem> find_field_problem(const ScenarioDef& def, const std::string& remark) {
    for (const Field<ScenarioDef>& field : scenario_fields())
        if (const std::string problem = find_problem(field, field.get(def)); !problem.empty())
            return ScenarioProblem{field.name, shown_field(def, field.name) + remark + ": " + problem};
    return std::nullopt;
}

std::optional<ScenarioProblem> find_text_problem(const ScenarioDef& def) {
    if (printable(def.name) != def.name || def.name.size() > k_longest_name)
        return ScenarioProblem{"name", "name = " + in_quotes(def.name)
                                           + ": allowed one line of plain text, at most "
                                           + std::to_string(k_longest_name) + " bytes"};
    if (printable(def.asks) != def.asks || def.asks.size() > k_longest_question)
        return ScenarioProblem{"asks", "asks = " + in_quotes(def.asks)
                                           + ": allowed one line of plain text, at most "
                                           + std::to_string(k_longest_question) + " bytes"};
    if (def.expect.empty() || std::ranges::find(k_outcome_words, def.expect) != k_outcome_words.end())
        return std::nullopt;
    std::string words;
    for (const std::string_view word : k_outcome_words) words.append(words.empty() ? "" : "|").append(word);
    return ScenarioProblem{"expect", "expect = " + in_quotes(def.expect) + ": allowed " + words};
}

/// The trunk turns as rotation_deg sin(2 pi cycles t / hold): its peak speed is 2 pi rotation_deg cycles / hold.
std::optional<ScenarioProblem> find_rotation_problem(const ScenarioDef& def) {
    const MovementDef& m = def.movement;
    const double peak_deg_per_s = 2.0 * k_pi * m.rotation_deg * m.rotation_cycles / m.hold_s;
    if (peak_deg_per_s <= k_max_turn_deg_per_s) return std::nullopt;
    return ScenarioProblem{"movement.rotation_cycles",
                           shown_field(def, "movement.rotation_cycles") + " with "
                               + shown_field(def, "movement.rotation_deg") + " and "
                               + shown_field(def, "movement.hold_s") + ": the trunk would turn at "
                               + value_text(std::round(peak_deg_per_s)) + " deg/s, allowed at most "
                               + value_text(k_max_turn_deg_per_s)};
}

/// The feet are mirror images and convex: they overlap where a foot's innermost point passes the middle.
std::optional<ScenarioProblem> find_feet_problem(const ScenarioDef& resolved, const BodyLengths& size) {
    const double heel_r = 0.5 * size.heel_breadth_m, ball_r = 0.5 * size.foot_breadth_m;
    const double toe_out_rad = resolved.stance.toe_out_deg * k_deg_to_rad;
    const double ball_x = size.ball_length_m - heel_r;  // ahead of the heel centre
    const double inward_m = std::max(heel_r, ball_r * std::cos(toe_out_rad) - ball_x * std::sin(toe_out_rad));
    const double overlap_m = 2.0 * inward_m - *resolved.stance.width_m;
    if (overlap_m <= k_foot_overlap_m) return std::nullopt;
    const double least_m = std::ceil(1000.0 * (2.0 * inward_m - k_foot_overlap_m)) / 1000.0;
    return ScenarioProblem{"stance.width_m", shown_field(resolved, "stance.width_m") + " with "
                                                 + shown_field(resolved, "stance.toe_out_deg")
                                                 + ": this person's feet would overlap, allowed at least "
                                                 + value_text(least_m) + " m at this toe-out"};
}

/// The wedge turns the foot about its ball: past half a right angle nobody stands on it.
std::optional<ScenarioProblem> find_wedge_problem(const ScenarioDef& resolved, const BodyLengths& size) {
    constexpr double k_steepest_fraction = 0.75;  // of the distance from heel to ball
    const double most_m = std::floor(1000.0 * k_steepest_fraction * size.ball_length_m) / 1000.0;
    if (resolved.heel_wedge.height_m <= most_m) return std::nullopt;
    return ScenarioProblem{"heel_wedge.height_m", shown_field(resolved, "heel_wedge.height_m")
                                                      + ": too steep for this person's feet, allowed at most "
                                                      + value_text(most_m) + " m"};
}

ScenarioDef resolved_with(const ScenarioDef& def, const Person& person) {
    ScenarioDef resolved = def;
    resolved.person = person.def;
    if (!resolved.stance.width_m) resolved.stance.width_m = 2.0 * person.lengths.shoulder_half_width_m;
    return resolved;
}

/// The value meant by the text after "field=": a number where the field takes one, else a word; "none" is nothing.
FieldValue read_setting(const FieldInfo& info, std::string_view text) {
    if (info.kind != FieldKind::word)
        if (const std::optional<double> number = parse_number(text)) return *number;
    if (info.kind == FieldKind::optional_number && text == "none") return std::monostate{};
    return std::string(text);
}

}  // namespace

const Field<ScenarioDef>* find_field(std::string_view name) {
    const auto& fields = scenario_fields();
    const auto found = std::ranges::find(fields, name, &Field<ScenarioDef>::name);
    return found == fields.end() ? nullptr : &*found;
}

FieldValue value_in_use(const Field<ScenarioDef>& field, const ScenarioDef& resolved) {
    FieldValue own = field.get(resolved);
    constexpr std::string_view k_as = "as ";
    if (!std::holds_alternative<std::monostate>(own) || !field.absent_means.starts_with(k_as)) return own;
    const Field<ScenarioDef>* const other = find_field(field.absent_means.substr(k_as.size()));
    return other == nullptr ? own : other->get(resolved);
}

std::string unknown_field_text(std::string_view name) {
    std::vector<std::string> names;
    for (const Field<ScenarioDef>& field : scenario_fields()) names.push_back(field.name);
    const std::string near = nearest_name(name, names);
    return "unknown field " + in_quotes(name)
           + (near.empty() ? " (plumbline fields lists them)" : " (did you mean " + near + "?)");
}

void apply_setting(ScenarioDef& def, std::string_view assignment) {
    const std::size_t equals = assignment.find('=');
    if (equals == std::string_view::npos)
        throw InputError("--set " + in_quotes(assignment) + ": allowed field=value, as in person.mass_kg=80");
    const std::string_view name = assignment.substr(0, equals), text = assignment.substr(equals + 1);
    const Field<ScenarioDef>* const field = find_field(name);
    if (field == nullptr) throw InputError("--set: " + unknown_field_text(name));
    const FieldValue value = read_setting(*field, text);
    if (const std::string problem = find_problem(*field, value); !problem.empty())
        throw InputError("--set " + field->name + "=" + printable(text, 60) + ": " + problem);
    field->set(def, value);
}

std::optional<ScenarioProblem> find_scenario_problem(const ScenarioDef& def) {
    if (auto problem = find_field_problem(def, "")) return problem;
    if (auto problem = find_text_problem(def)) return problem;
    if (def.person.hip_flexion_clinical_deg && def.person.trunk_thigh_closure_deg)
        return ScenarioProblem{"person.hip_flexion_clinical_deg",
                               shown_field(def, "person.hip_flexion_clinical_deg") + " with "
                                   + shown_field(def, "person.trunk_thigh_closure_deg")
                                   + ": allowed one of the two, each sets the closure"};
    if (def.counterweight.hand != Hand::both && is_on_back(def.counterweight.hold))
        return ScenarioProblem{"counterweight.hand", shown_field(def, "counterweight.hand") + " with "
                                                         + shown_field(def, "counterweight.hold")
                                                         + ": a barbell lies on the back, allowed both"};
    if (auto problem = find_rotation_problem(def)) return problem;
    try {
        const Person person = build_person(def.person);
        const ScenarioDef resolved = resolved_with(def, person);
        if (auto problem = find_field_problem(resolved, " (from the other fields)")) return problem;
        if (auto problem = find_wedge_problem(resolved, person.lengths)) return problem;
        return find_feet_problem(resolved, person.lengths);
    } catch (const InputError& error) {
        return ScenarioProblem{"person", printable(error.what())};
    }
}

void check_scenario(const ScenarioDef& def, const std::string& where) {
    if (const auto problem = find_scenario_problem(def))
        throw InputError(printable(where, 300) + ": " + problem->text);
}

ScenarioDef resolve_scenario(const ScenarioDef& def) { return resolved_with(def, build_person(def.person)); }

std::string canonical_text(const ScenarioDef& def) {
    const ScenarioDef resolved = resolve_scenario(def);
    std::string text;
    for (const Field<ScenarioDef>& field : scenario_fields())
        text += field.name + "=" + value_text(field.get(resolved)) + "\n";
    return text;
}

std::string input_hash(const ScenarioDef& def) { return sha256_hex(canonical_text(def)); }

}  // namespace plumb
