// Joint ranges of the 27 coordinates and the trunk-thigh closure, from a PersonDef.
#pragma once

#include <array>

#include "sim/person/person.h"

namespace plumb {

/// Lowest and highest value of every coordinate. Hip flexion ends at hip_flexion_deg + 15, its absolute maximum with
/// the thigh abducted; hip_flexion_cap_rad gives the cap at a smaller abduction.
[[nodiscard]] std::array<JointRange, k_dof_count> joint_ranges(const PersonDef& def);

/// Cap on hip + lumbar flexion [deg]: trunk_thigh_closure_deg, else hip_flexion_clinical_deg (a couch value measured to
/// the flat back already holds the pelvis), else 130. Throws InputError when both are given.
[[nodiscard]] double trunk_thigh_closure_deg(const PersonDef& def);

}  // namespace plumb
