// Fields of a scenario as a person reads them: label, group, units to show, numbers typed in.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "sim/base/fields.h"

namespace plumb {

/// "person.ankle_dorsiflexion_deg" -> "Ankle dorsiflexion".
[[nodiscard]] std::string field_label(const FieldInfo& info);

/// The heading a field stands under: "Person", "Stance", "Counterweight", "Wall", "Movement"; another first part of a name
/// gives its own.
[[nodiscard]] std::string field_group(const FieldInfo& info);

/// How a unit of the list is shown: `shown = own * factor`, with this name and so many decimals.
struct ShownUnit {
    double factor = 1.0;
    std::string name;
    int decimals = 2;
};
[[nodiscard]] ShownUnit shown_unit(std::string_view unit, bool imperial);

/// "38.0 cm".
[[nodiscard]] std::string shown_number(double value, const ShownUnit& unit);

/// "18 deg of ..." -> "18\u00b0 of ...": sentences are made for terminals too.
[[nodiscard]] std::string with_degree_signs(std::string text);

/// What a person typed, in the field's own unit: a bare number is in the shown unit; m, cm, mm, in, ft, kg, lb, deg and s may
/// follow; a decimal comma is a point. Nothing when it is no such number.
[[nodiscard]] std::optional<double> typed_number(std::string_view text, const FieldInfo& info, bool imperial);

/// A slider's value on whole steps between its ends: 0.38 and not 0.38000000000000001, in files as on screen.
[[nodiscard]] double stepped_value(double value, double step, double least, double most);
/// The step of the shown unit's last decimal, in the field's own unit.
[[nodiscard]] double shown_step(const ShownUnit& unit);

}  // namespace plumb
