// The one list of all scenario fields, and everything that reads it: --set, validation, canonical text.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "sim/base/fields.h"
#include "sim/scenario/scenario_def.h"

namespace plumb {

/// All fields in the order they are shown, written and hashed.
[[nodiscard]] const std::vector<Field<ScenarioDef>>& scenario_fields();

/// The field of that name, or nullptr.
[[nodiscard]] const Field<ScenarioDef>* find_field(std::string_view name);

/// The field's value in a resolved scenario, or while it is absent that of the field which its `absent_means` names
/// ("as person.knee_flexion_deg").
[[nodiscard]] FieldValue value_in_use(const Field<ScenarioDef>& field, const ScenarioDef& resolved);

/// One line on a name that is no field: 'unknown field "person.mas_kg" (did you mean person.mass_kg?)'.
[[nodiscard]] std::string unknown_field_text(std::string_view name);

/// Applies "person.stature_m=1.80" after checking the field alone; the last of several wins.
/// Throws InputError ("--set person.stature_m=175: allowed 1.2 to 2.2 m").
void apply_setting(ScenarioDef& def, std::string_view assignment);

/// What is wrong with a scenario: the first field concerned and one line that names field, value and allowed range.
struct ScenarioProblem {
    std::string field;
    std::string text;
};

/// The first problem of a scenario: fields one by one, then the rules between fields. Nothing when it can be run.
[[nodiscard]] std::optional<ScenarioProblem> find_scenario_problem(const ScenarioDef& def);

/// Checks every field and the rules between fields (build_person's included). Throws InputError; `where` opens the line.
void check_scenario(const ScenarioDef& def, const std::string& where);

/// The scenario with every derived default filled in (segment lengths, stance width, closure; a clinical hip flexion
/// has become the closure and is gone). Resolving twice changes nothing. Throws InputError as build_person does.
[[nodiscard]] ScenarioDef resolve_scenario(const ScenarioDef& def);

/// The resolved fields as "name=value" lines in list order, numbers unrounded; without name, asks and expect.
[[nodiscard]] std::string canonical_text(const ScenarioDef& def);

/// SHA-256 of canonical_text, 64 lower-case hex digits; the same for a scenario and its resolved form.
[[nodiscard]] std::string input_hash(const ScenarioDef& def);

}  // namespace plumb
