// The soft dark shade where things stand on the floor or hang close over it, worked out on a coarse grid.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include <Eigen/Core>

#include "render/scene/mesh.h"

namespace plumb {

/// A square of the floor: rows along x, from the corner up; 255 is darkest. Zero along its rim.
struct ContactShade {
    static constexpr int k_cells = 160;
    static constexpr double k_cell_m = 0.025;
    Eigen::Vector2d corner_m = Eigen::Vector2d::Zero();
    std::vector<std::uint8_t> shade;
};

/// From whatever faces down near the floor; all zero when nothing does. `shares` weakens each solid's shade.
[[nodiscard]] ContactShade contact_shade(std::span<const Mesh> solids, std::span<const float> shares);

}  // namespace plumb
