// The largest active moments of the joints: constant per joint and direction, scaled by body, sex, age and strength_ratio.
#pragma once

#include <array>

#include "sim/person/person.h"

namespace plumb {

/// Mass that strength grows with [kg]: min(m, 25 h^2) + 0.3 max(0, m - 25 h^2). An ASSUMPTION: mass up to a body mass
/// index of 25 kg/m^2 counts fully, of the rest three tenths are muscle and bone.
[[nodiscard]] double lean_proxy_kg(const PersonDef& def);

/// Largest active moment of every coordinate in both directions, left = right.
[[nodiscard]] std::array<JointStrength, k_dof_count> joint_strengths(const PersonDef& def);

}  // namespace plumb
