// The body alone as a URDF robot, for programs that read that format; docs/files.md says what is in it.
#pragma once

#include "sim/body/export_def.h"

namespace plumb {

/// Mass of the inner links that have none [kg]: most readers refuse or drop a link without mass. Moves the COM by less than
/// 1e-10 m.
inline constexpr double k_urdf_least_mass_kg = 1e-9;

/// The same text for the same arguments. One link for each of ours, one revolute joint for each coordinate with the names
/// and signs of joints.h. The root is the pelvis; its frame stands at the hip midpoint. Wall and postures of `def` have no
/// place in a URDF and are left out.
[[nodiscard]] std::string body_to_urdf(const BodyModel& body, const ExportDef& def);

}  // namespace plumb
