// Ties the parts together: lengths, segments, ranges, strength, and the resolved description.
#include "sim/person/person.h"

#include "sim/base/units.h"
#include "sim/person/anthropometry.h"
#include "sim/person/dorsiflexion.h"
#include "sim/person/functional_base.h"
#include "sim/person/joint_ranges.h"
#include "sim/person/segment_inertia.h"
#include "sim/person/strength.h"

namespace plumb {

PersonDef as_on_side(const PersonDef& def, int side) {
    const SideDef& own = side == side_left ? def.left : def.right;
    PersonDef result = def;
    result.left = result.right = {};
    const auto take = [](auto& value, const std::optional<double>& given) {
        if (given) value = *given;
    };
    take(result.thigh_length_m, own.thigh_length_m);
    take(result.shank_length_m, own.shank_length_m);
    take(result.ankle_dorsiflexion_deg, own.ankle_dorsiflexion_deg);
    take(result.ankle_inversion_deg, own.ankle_inversion_deg);
    take(result.ankle_eversion_deg, own.ankle_eversion_deg);
    take(result.hip_flexion_deg, own.hip_flexion_deg);
    take(result.hip_abduction_deg, own.hip_abduction_deg);
    take(result.hip_external_rotation_deg, own.hip_external_rotation_deg);
    take(result.knee_flexion_deg, own.knee_flexion_deg);
    take(result.strength_ratio, own.strength_ratio);
    take(result.strength.hip_ratio, own.hip_strength_ratio);
    take(result.strength.knee_ratio, own.knee_strength_ratio);
    take(result.strength.ankle_ratio, own.ankle_strength_ratio);
    return result;
}

Person build_person(const PersonDef& def) {
    Person person;
    person.def = def;
    person.lengths = body_lengths(def);
    const double closure_deg = trunk_thigh_closure_deg(def);

    // Resolve: what was left open takes the value it got, so that building again gives the same person.
    const LegLengths leg = leg_lengths(def);
    person.def.thigh_length_m = leg.thigh_m;
    person.def.shank_length_m = leg.shank_m;
    person.def.trunk_length_m = person.lengths.trunk_m;
    person.def.arm_length_m = arm_length_m(def);
    person.def.foot_length_m = person.lengths.foot_length_m;
    person.def.trunk_thigh_closure_deg = closure_deg;
    person.def.hip_flexion_clinical_deg.reset();
    person.def.ankle_dorsiflexion_deg = dorsiflexion_deg(def, person.lengths);

    fill_segments(person);
    person.ranges = joint_ranges(person.def);
    const Strengths strengths = joint_strengths(person.def);
    person.strengths = strengths.peak;
    person.strength_shapes = strengths.shape;
    const FunctionalBase base = functional_base(person.def);
    person.functional_heel_fraction = base.heel_fraction;
    person.functional_toe_fraction = base.toe_fraction;
    person.closure_rad = closure_deg * k_deg_to_rad;
    return person;
}

}  // namespace plumb
