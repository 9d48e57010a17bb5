// Ties the parts together: lengths, segments, ranges, strength, and the resolved description.
#include "sim/person/person.h"

#include "sim/base/units.h"
#include "sim/person/anthropometry.h"
#include "sim/person/joint_ranges.h"
#include "sim/person/segment_inertia.h"
#include "sim/person/strength.h"

namespace plumb {

Person build_person(const PersonDef& def) {
    Person person;
    person.def = def;
    person.lengths = body_lengths(def);
    const double closure_deg = trunk_thigh_closure_deg(def);

    // Resolve: what was left open takes the value it got, so that building again gives the same person.
    person.def.thigh_length_m = person.lengths.thigh_m;
    person.def.shank_length_m = person.lengths.shank_m;
    person.def.trunk_length_m = person.lengths.trunk_m;
    person.def.arm_length_m = arm_length_m(def);
    person.def.foot_length_m = person.lengths.foot_length_m;
    person.def.trunk_thigh_closure_deg = closure_deg;
    person.def.hip_flexion_clinical_deg.reset();

    fill_segments(person);
    person.ranges = joint_ranges(person.def);
    person.strengths = joint_strengths(person.def);
    person.closure_rad = closure_deg * k_deg_to_rad;
    return person;
}

}  // namespace plumb
