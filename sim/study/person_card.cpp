// Knee-to-wall distance to dorsiflexion by the geometry of shank and foot, and back.
#include "sim/study/person_card.h"

#include <cmath>

#include "sim/base/units.h"
#include "sim/person/anthropometry.h"
#include "sim/person/dorsiflexion.h"
#include "sim/scenario/scenario_fields.h"
#include "sim/study/compare.h"

namespace plumb {
namespace {

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
    p.left = m.left;
    p.right = m.right;
    p.reaction_delay_s = m.reaction_delay_s;
    p.sway_sd_m = m.sway_sd_m;
    card.problem = person_problem(p);
    if (!card.problem.empty()) return card;
    if (m.closure_deg) {
        p.trunk_thigh_closure_deg = m.closure_deg;
        card.problem = person_problem(p);
        if (!card.problem.empty()) return card;
    }
    const BodyLengths size = build_person(p).lengths;
    card.ankle.dorsiflexion_deg = p.ankle_dorsiflexion_deg;
    if (m.knee_to_wall_m) {
        const double wall_m = *m.knee_to_wall_m;
        if (!(wall_m >= k_least_wall_m && wall_m <= k_most_wall_m)) {
            card.problem = measure_problem("knee_to_wall_m", wall_m, "allowed -0.15 to 0.3 m");
            return card;
        }
        const auto angle_deg = dorsiflexion_of_wall_deg(size, wall_m);
        if (!angle_deg) {
            card.problem =
                measure_problem("knee_to_wall_m", wall_m,
                                "no ankle of this foot and shank reaches that, allowed are 0 to 60 deg");
            return card;
        }
        p.knee_to_wall_cm = 100.0 * wall_m;
        card.ankle.dorsiflexion_deg = *angle_deg;
    }
    card.ankle.deg_per_cm =
        0.01 * k_rad_to_deg / (size.shank_m * std::cos(card.ankle.dorsiflexion_deg * k_deg_to_rad));
    card.ankle.error_deg =
        std::hypot(100.0 * k_tape_error_m * card.ankle.deg_per_cm, k_wall_conversion_error_deg);
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
    m.left = p.left;
    m.right = p.right;
    m.reaction_delay_s = p.reaction_delay_s;
    m.sway_sd_m = p.sway_sd_m;
    // Whoever measured the ankle otherwise would have found this distance.
    const double ankle_deg = build_person(p).def.ankle_dorsiflexion_deg;
    if (p.knee_to_wall_cm)
        m.knee_to_wall_m = 0.01 * *p.knee_to_wall_cm;
    else if (ankle_deg != k_usual_dorsiflexion_deg)
        m.knee_to_wall_m = knee_to_wall_m(size, ankle_deg);
    m.closure_deg = p.trunk_thigh_closure_deg ? p.trunk_thigh_closure_deg : p.hip_flexion_clinical_deg;
    return m;
}

}  // namespace plumb
