// The sun of the studio: where it stands, and the box of space whose shadows its map holds.
#pragma once

#include <span>

#include <Eigen/Core>

#include "render/scene/mesh.h"

namespace plumb {

/// Unit vector to the sun: from above, in front of the person and somewhat to the person's right, where the usual
/// views look from. Shadows fall behind.
[[nodiscard]] Eigen::Vector3d sun_direction();

/// What the sun's map must hold.
struct SunBox {
    Eigen::Matrix4f world_to_clip = Eigen::Matrix4f::Identity();     ///< for drawing the map
    Eigen::Matrix4f world_to_texture = Eigen::Matrix4f::Identity();  ///< for looking a place up
    float texel_m = 0.01f;
    Eigen::Vector2d floor_low_m = Eigen::Vector2d::Zero(),
                    floor_high_m = Eigen::Vector2d::Zero();  ///< where shadows can fall
    bool empty = true;
};

/// Around all corners of the meshes that cast shadows; `texels` is the map's width.
[[nodiscard]] SunBox sun_box(std::span<const Mesh* const> casters, int texels);

}  // namespace plumb
