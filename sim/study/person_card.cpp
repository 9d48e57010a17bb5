// Knee-to-wall distance to dorsiflexion by the geometry of shank and foot; the band by seeded static limits.
#include "sim/study/person_card.h"

#include <algorithm>
#include <cmath>
#include <vector>

#include "sim/balance/explain.h"
#include "sim/base/units.h"
#include "sim/person/dorsiflexion.h"
#include "sim/plan/choose_path.h"
#include "sim/scenario/scenario_fields.h"
#include "sim/study/compare.h"
#include "sim/study/draws.h"

namespace plumb {
namespace {

/// The hip joint centre above the trochanter, share of stature (as in sim/person/anthropometry.cpp).
constexpr double k_hip_above_trochanter_fraction = 0.01;
constexpr double k_least_wall_m = -0.15, k_most_wall_m = 0.30;

std::string measure_problem(const char* name, double value, const char* allowed) {
    return std::string(name) + " = " + shown_value(value) + ": " + allowed;
}

/// The first field of the person that the list refuses, by its own words.
std::string person_problem(const PersonDef& person) {
    ScenarioDef def;
    def.person = person;
    const auto problem = find_scenario_problem(def);
    return problem ? problem->text : "";
}

/// The person measured once more. All draws are made whatever is used, so that one error's size does not shift others.
ScenarioDef measured_again(const ScenarioDef& plain, const MeasuringErrors& errors, std::mt19937_64& random) {
    ScenarioDef again = plain;
    PersonDef& p = again.person;
    p.stature_m += errors.stature_m * draw_normal(random);
    p.mass_kg += errors.mass_kg * draw_normal(random);
    for (std::optional<double>* const length : {&p.thigh_length_m, &p.shank_length_m, &p.foot_length_m})
        if (const double error_m = errors.length_m * draw_normal(random); *length) **length += error_m;
    // Nobody's ankle is outside what the field takes.
    const double ankle_deg =
        build_person(p).def.ankle_dorsiflexion_deg + errors.dorsiflexion_deg * draw_normal(random);
    const Field<ScenarioDef>* const ankle = find_field("person.ankle_dorsiflexion_deg");
    take_dorsiflexion(p, std::clamp(ankle_deg, ankle->min, ankle->max));
    return again;
}

struct Limits {
    double sole = 0.0, functional = 0.0;
};

Limits solve(const ScenarioDef& def, Guide& guide) {
    const ScenarioDef resolved = resolve_scenario(def);
    const PlanModel model = make_plan_model(build_person(resolved.person), resolved);
    // The first person's way down guides all others: they differ by centimetres.
    if (guide.empty())
        for (const PlanKnot& knot : choose_path(model).knots) guide.push_back(knot.posture);
    return {find_static_limit(model, {BaseKind::sole}, guide).hip_drop_fraction,
            find_static_limit(model, {BaseKind::functional}, guide).hip_drop_fraction};
}

LimitBand band(double measured, const std::vector<double>& values) {
    return {measured, percentile(values, 0.05), percentile(values, 0.95)};
}

}  // namespace

PersonCard person_from_tape(const TapeMeasures& m) {
    PersonCard card;
    PersonDef& p = card.person;
    p.sex = m.sex;
    p.age_years = m.age_years;
    p.stature_m = m.stature_m;
    p.mass_kg = m.mass_kg;
    if (m.thigh_m) p.thigh_length_m = *m.thigh_m + k_hip_above_trochanter_fraction * m.stature_m;
    p.shank_length_m = m.shank_m;
    p.foot_length_m = m.foot_m;
    card.problem = person_problem(p);
    if (!card.problem.empty()) return card;
    if (!(m.knee_to_wall_m >= k_least_wall_m && m.knee_to_wall_m <= k_most_wall_m)) {
        card.problem = measure_problem("knee_to_wall_m", m.knee_to_wall_m, "allowed -0.15 to 0.3 m");
        return card;
    }

    const BodyLengths size = build_person(p).lengths;
    const auto angle_deg = dorsiflexion_of_wall_deg(size, m.knee_to_wall_m);
    if (!angle_deg) {
        card.problem =
            measure_problem("knee_to_wall_m", m.knee_to_wall_m,
                            "no ankle of this foot and shank reaches that, allowed are 0 to 60 deg");
        return card;
    }
    card.ankle.dorsiflexion_deg = *angle_deg;
    card.ankle.deg_per_cm = 0.01 * k_rad_to_deg / (size.shank_m * std::cos(*angle_deg * k_deg_to_rad));
    card.ankle.error_deg =
        std::hypot(100.0 * k_tape_error_m * card.ankle.deg_per_cm, k_wall_conversion_error_deg);
    p.ankle_dorsiflexion_deg = card.ankle.dorsiflexion_deg;
    return card;
}

TapeMeasures tape_from_person(const PersonDef& person) {
    ScenarioDef def;
    def.person = person;
    const PersonDef p = without_derived(def).person;
    const BodyLengths size = build_person(p).lengths;
    TapeMeasures m{.sex = p.sex, .age_years = p.age_years, .stature_m = p.stature_m, .mass_kg = p.mass_kg};
    if (p.thigh_length_m) m.thigh_m = *p.thigh_length_m - k_hip_above_trochanter_fraction * p.stature_m;
    m.shank_m = p.shank_length_m;
    m.foot_m = p.foot_length_m;
    m.knee_to_wall_m = knee_to_wall_m(size, p.ankle_dorsiflexion_deg);
    return m;
}

MeasuringErrors errors_of(const PersonCard& card) { return {.dorsiflexion_deg = card.ankle.error_deg}; }

StaticBand band_of(const ScenarioDef& def, const MeasuringErrors& errors, const std::atomic<bool>* cancel) {
    const ScenarioDef plain = without_derived(def);
    std::mt19937_64 random(static_cast<std::uint64_t>(errors.seed));
    Guide guide;
    const auto stopped = [&] { return cancel != nullptr && cancel->load(); };
    StaticBand result;
    result.cancelled = stopped();
    if (result.cancelled) return result;
    const Limits own = solve(plain, guide);
    std::vector<double> sole, functional;
    // Draws that make no person (a chain that does not close) are drawn again, but not for ever.
    for (int tries = 0; result.samples < errors.samples && tries < 10 * errors.samples; ++tries) {
        const ScenarioDef again = measured_again(plain, errors, random);
        if (find_scenario_problem(again)) continue;
        if (stopped()) {
            result.cancelled = true;
            return result;
        }
        const Limits limits = solve(again, guide);
        sole.push_back(limits.sole);
        functional.push_back(limits.functional);
        ++result.samples;
    }
    if (sole.empty()) {
        sole.push_back(own.sole);
        functional.push_back(own.functional);
    }
    result.sole = band(own.sole, sole);
    result.functional = band(own.functional, functional);
    const double leg_cm =
        100.0 * make_plan_model(build_person(plain.person), resolve_scenario(plain)).body.leg_length_m;
    const auto cm = [&](double drop) { return fixed_text(drop * leg_cm, 0) + " cm"; };
    result.sentence = "Held still, this body can go down until the hips are " + cm(own.sole)
                      + " below standing; with these errors of measuring it may be " + cm(result.sole.low)
                      + " to " + cm(result.sole.high) + " (9 of 10 of " + std::to_string(result.samples)
                      + " persons measured again).";
    return result;
}

}  // namespace plumb
