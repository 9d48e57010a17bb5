// The largest active moments of the joints, by angle and speed, scaled by body, sex, age and the strength ratios.
#pragma once

#include <array>

#include "sim/person/person.h"

namespace plumb {

/// Mass that strength grows with [kg]: min(m, 25 h^2) + 0.3 max(0, m - 25 h^2). An ASSUMPTION: mass up to a body mass
/// index of 25 kg/m^2 counts fully, of the rest three tenths are muscle and bone.
[[nodiscard]] double lean_proxy_kg(const PersonDef& def);

/// Left = right.
struct Strengths {
    std::array<JointStrength, k_dof_count> peak{};  ///< held, at the best angle
    std::array<std::array<StrengthShape, 2>, k_dof_count> shape{};
};
/// Hip, knee and ankle: Anderson, Madigan & Nussbaum 2007 (anderson_table.h) by sex, between the middles of its age groups in
/// proportion. Trunk and arms from the sources named in the table of strength.cpp.
[[nodiscard]] Strengths joint_strengths(const PersonDef& def);

}  // namespace plumb
