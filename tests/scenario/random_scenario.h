// Seeded random scenarios that pass the door, for tests over many of them.
#pragma once

#include <cmath>
#include <cstdint>
#include <random>
#include <string>

#include "sim/person/person.h"
#include "sim/scenario/scenario_fields.h"

namespace plumb::test {

/// Uniform in [low, high), the same on every standard library.
inline double draw(std::mt19937_64& random, double low, double high) {
    return low + (high - low) * static_cast<double>(random() >> 11) * 0x1p-53;
}

/// One random value for a field, from its whole range; lengths of the body near what stature gives.
inline FieldValue draw_value(std::mt19937_64& random, const Field<ScenarioDef>& field,
                             const ScenarioDef& resolved) {
    switch (field.kind) {
    case FieldKind::number: return draw(random, field.min, field.max);
    case FieldKind::integer: return std::floor(draw(random, field.min, field.max + 1.0));
    case FieldKind::word: return field.words[random() % field.words.size()];
    case FieldKind::word_or_number:
        if (random() % 2 == 0) return field.words[random() % field.words.size()];
        return draw(random, field.min, field.max);
    case FieldKind::optional_number: break;
    }
    if (random() % 3 != 0) return std::monostate{};
    if (const auto length = field.name.find("_length_m"); length != std::string::npos) {
        // A side's own starts from the person's.
        const std::string of_person = "person" + field.name.substr(field.name.rfind('.'));
        return std::get<double>(find_field(of_person)->get(resolved)) * draw(random, 0.98, 1.02);
    }
    return draw(random, field.min, field.max);
}

/// A scenario find_scenario_problem has nothing against.
inline ScenarioDef draw_scenario(std::mt19937_64& random) {
    for (;;) {
        ScenarioDef def{.name = "random",
                        .asks = "Does number " + std::to_string(random() % 1000) + " stand \"up\" é \\?"};
        def.expect = random() % 2 == 0 ? "" : std::string(k_outcome_words[random() % k_outcome_words.size()]);
        def.person.sex = random() % 2 == 0 ? Sex::male : Sex::female;
        def.person.stature_m = draw(random, 1.2, 2.2);
        const ScenarioDef resolved = resolve_scenario(def);
        // Most people's sides are alike; with the few that are not every one of a side's fields is met.
        const bool lopsided = random() % 12 == 0;  // to plan them takes ten times as long
        const auto is_side = [](const std::string& name) {
            return name.starts_with("person.left.") || name.starts_with("person.right.")
                   || name == "counterweight.hand";
        };
        for (const Field<ScenarioDef>& field : scenario_fields())
            if (field.name != "person.sex" && field.name != "person.stature_m"
                && (lopsided || !is_side(field.name)))
                field.set(def, draw_value(random, field, resolved));
        if (!find_scenario_problem(def)) return def;
    }
}

}  // namespace plumb::test
