// Surface nets over a sparse grid: where the figure's distance changes sign, one vertex a cell and one quad an edge.
#pragma once

#include <cstdint>
#include <vector>

#include "render/scene/figure_field.h"

namespace plumb::figure {

inline constexpr int k_block = 8;  ///< samples along a block's edge
inline constexpr int k_block_samples = k_block * k_block * k_block;

/// The surface before it is finished: places on cells' middles, grouped by the block whose part of the figure they need.
struct Net {
    struct Group {
        Vector3f middle;  ///< of the block
        std::uint32_t first, count;
    };
    std::vector<Vector3f> places;
    std::vector<Group> groups;
    std::vector<std::uint32_t> corners;  ///< three a triangle, counter-clockwise from outside
    float block_radius_m = 0.0f;
};

/// Samples the field near the surface only, on the multiples of `cell_m`.
[[nodiscard]] Net surface_net(const Field& field, float cell_m);

}  // namespace plumb::figure
