// MuJoCo behind the engine's interface: the exported model driven by the product's own controller, as a twin of Bullet.
#pragma once

#include "sim/engine/world.h"

namespace plumb {

/// The world of body_to_mjcf(body). Steps with MuJoCo's semi-implicit Euler, the order Bullet integrates in. Its friction
/// has no anchors: release_anchors() changes nothing. Throws std::runtime_error when MuJoCo warns of an unstable step.
[[nodiscard]] std::unique_ptr<World> make_mujoco_world(const BodyModel& body,
                                                       std::optional<double> wall_distance_m);

}  // namespace plumb
