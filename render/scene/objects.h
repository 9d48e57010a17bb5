// What else is solid in the picture: the weight in the hands or on the back, wall, heel wedges, and the body's collision shapes.
#pragma once

#include "render/scene/mesh.h"
#include "sim/body/state.h"
#include "sim/scenario/scenario_def.h"

namespace plumb {

enum class WeightLook { kettlebell, plate, dumbbell };

/// The counterweight between (kettlebell, plate) or in (dumbbells) the hands, its size from its mass; a barbell where it lies on the
/// back, whatever the look; empty without one.
[[nodiscard]] Mesh weight_mesh(const BodyModel& body, const Pose& pose, WeightLook look);

/// The wall `distance_m` behind the heels' starting line: a slab 2.2 m high and 2.4 m wide, its face at x = -distance_m.
[[nodiscard]] Mesh wall_mesh(double distance_m);

/// A wedge under each heel as it stands in this pose; empty without a wedge.
[[nodiscard]] Mesh wedge_mesh(const BodyModel& body, const Pose& pose, double height_m);

/// The spheres that touch floor and wall, and capsules along the segments between joints.
[[nodiscard]] Mesh collision_mesh(const BodyModel& body, const Pose& pose);

}  // namespace plumb
