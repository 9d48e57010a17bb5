// Goes through the list of fields; a field is told apart from one that follows by asking what its absence would give.
#include "sim/study/compare.h"

#include <cctype>
#include <cmath>

#include "sim/base/input_error.h"
#include "sim/base/text.h"

namespace plumb {
namespace {

bool is_set(const FieldValue& value) { return !std::holds_alternative<std::monostate>(value); }

/// Three decimals are a millimetre or a gram; where that hides the difference, all of them.
std::string shown(const FieldValue& value, const std::string& unit, bool whole) {
    if (!is_set(value)) return "none";
    const double* const number = std::get_if<double>(&value);
    if (number == nullptr) return std::get<std::string>(value);
    const std::string text = number_text(whole ? *number : std::round(1e3 * *number) / 1e3);
    return unit.empty() ? text : text + " " + unit;
}

}  // namespace

ScenarioDef without_derived(const ScenarioDef& def) {
    ScenarioDef plain = def;
    for (const Field<ScenarioDef>& field : scenario_fields()) {
        if (field.kind != FieldKind::optional_number || !is_set(field.get(def))) continue;
        ScenarioDef cleared = plain;
        field.set(cleared, {});
        try {
            // A value that its absence brings back bit by bit says nothing of its own.
            if (field.get(resolve_scenario(cleared)) == field.get(def)) plain = cleared;
        } catch (const InputError&) {
            continue;  // the body does not close without it: it says something
        }
    }
    return plain;
}

ScenarioDifferences compare_scenarios(const ScenarioDef& first, const ScenarioDef& second) {
    const ScenarioDef a = without_derived(first), b = without_derived(second);
    const ScenarioDef a_full = resolve_scenario(a), b_full = resolve_scenario(b);
    ScenarioDifferences differences;
    // A couch value has become the closure when resolved: it is named where nobody gave the closure itself.
    const bool closure_given = a.person.trunk_thigh_closure_deg || b.person.trunk_thigh_closure_deg;
    const bool closure_differs =
        a_full.person.trunk_thigh_closure_deg != b_full.person.trunk_thigh_closure_deg;
    for (const Field<ScenarioDef>& field : scenario_fields()) {
        FieldDifference difference{field.name, field.unit, field.get(a_full), field.get(b_full)};
        if (field.name == "person.hip_flexion_clinical_deg") {
            difference.first = field.get(a);
            difference.second = field.get(b);
            const bool measured = is_set(difference.first) || is_set(difference.second);
            if (measured && !closure_given && closure_differs) differences.changed.push_back(difference);
            continue;
        }
        if (difference.first == difference.second) continue;
        // A side without a value of its own has the person's.
        difference.first = value_in_use(field, a_full);
        difference.second = value_in_use(field, b_full);
        const bool set = is_set(field.get(a)) || is_set(field.get(b));
        (set ? differences.changed : differences.followed).push_back(difference);
    }
    return differences;
}

std::string field_words(const FieldDifference& difference) {
    std::string words = difference.field;
    if (words.starts_with("person.")) words.erase(0, 7);
    const std::string unit = "_" + difference.unit;
    if (!difference.unit.empty() && words.ends_with(unit)) words.resize(words.size() - unit.size());
    for (char& c : words)
        if (c == '.' || c == '_') c = ' ';
    words.front() = static_cast<char>(std::toupper(static_cast<unsigned char>(words.front())));
    return words;
}

std::string difference_sentence(const FieldDifference& d) {
    const bool hidden = shown(d.first, d.unit, false) == shown(d.second, d.unit, false);
    std::string text = field_words(d) + ": " + shown(d.first, d.unit, hidden) + " in the first, "
                       + shown(d.second, d.unit, hidden) + " in the second";
    const double* const a = std::get_if<double>(&d.first);
    const double* const b = std::get_if<double>(&d.second);
    if (a != nullptr && b != nullptr)
        text += " (" + shown(std::abs(*b - *a), d.unit, hidden) + (*b > *a ? " more)" : " less)");
    return text + ".";
}

}  // namespace plumb
