// Marks on the floor: where they lie, and colours that let it through.
#pragma once

#include <Eigen/Core>

#include "render/scene/mesh.h"
#include "sim/body/model.h"

namespace plumb {

inline constexpr double k_over_floor_m = 0.004;  ///< lines on the floor lie this high

inline Rgba faded(Rgba colour, float opacity) {
    colour.a = opacity;
    return colour;
}

inline Vector3 on_floor(const Eigen::Vector2d& place_m) { return {place_m.x(), place_m.y(), k_over_floor_m}; }

}  // namespace plumb
