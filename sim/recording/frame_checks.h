// Whether a frame agrees with itself: what follows from pose and velocity is computed again.
#pragma once

#include <string>

#include "sim/recording/recording.h"

namespace plumb {

/// Largest difference between a stored and a recomputed number, in its own unit; where it exceeds 1, a share of it.
inline constexpr double k_frame_tolerance = 1e-6;

/// Empty, or the first contradiction: a pelvis rotation that is none, or a COM, COM velocity, XCoM, margin, hip height, lean
/// or thigh angle that the pose and velocity do not give on this body.
[[nodiscard]] std::string find_frame_problem(const BodyModel& body, const Frame& frame);

}  // namespace plumb
