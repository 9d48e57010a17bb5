// Plain solids added to a mesh: spheres, bars, boxes, prisms. Closed, counter-clockwise from outside.
#pragma once

#include <span>

#include "render/scene/mesh.h"
#include "sim/body/model.h"

namespace plumb {

void add_sphere(Mesh& mesh, const Vector3& centre_m, double radius_m, Rgba colour);
/// From `from_m` to `to_m` with round ends; a sphere when they are one place.
void add_capsule(Mesh& mesh, const Vector3& from_m, const Vector3& to_m, double radius_m, Rgba colour);
/// A turned solid about the axis from `from_m` to `to_m`: `profile` holds (share of the way, radius [m]) pairs in order of the
/// way; both ends are closed flat.
void add_turned(Mesh& mesh, const Vector3& from_m, const Vector3& to_m,
                std::span<const Eigen::Vector2d> profile, Rgba colour);
/// Between two rings of as many corners each, flat faces: `bottom` counter-clockwise seen from `top`'s side.
void add_prism(Mesh& mesh, std::span<const Vector3> bottom, std::span<const Vector3> top, Rgba colour);

}  // namespace plumb
