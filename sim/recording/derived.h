// What a frame's pose, velocity and COM say about balance: one place for the recorder and for the check of saved frames.
#pragma once

#include "sim/recording/recording.h"

namespace plumb {

/// Sets XCoM, the three margins to the feet's base, hip height, trunk lean, thigh angle and tissues. `frame` holds its pose, COM, COM
/// velocity and acceleration already; `kinematics` are those of the pose.
void fill_derived(const BodyModel& body, const Kinematics& kinematics, Frame& frame);

}  // namespace plumb
