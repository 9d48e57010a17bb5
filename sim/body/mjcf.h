// The body, floor, wall and wedge as a MuJoCo model (MJCF, MuJoCo 2.2 and later); docs/files.md says what is in it.
#pragma once

#include "sim/body/export_def.h"

namespace plumb {

/// The step the file asks for; the compliance of its flesh and stops is exact for it [s].
inline constexpr double k_mjcf_step_s = 1.0 / 960.0;

/// The same text for the same arguments, numbers to the last digit. Joints and motors carry the names and signs of
/// joints.h; the pelvis' free joint stands at the hip midpoint; each posture is a keyframe.
[[nodiscard]] std::string body_to_mjcf(const BodyModel& body, const ExportDef& def);

}  // namespace plumb
