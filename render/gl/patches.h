// Filled outlines on the floor as triangles: fills, and edges of a width in pixels with dashes.
#pragma once

#include <array>
#include <span>
#include <vector>

#include "render/scene/camera.h"
#include "render/scene/scene.h"

namespace plumb {

/// `across_px` from an edge's middle line, which is `half_px` wide to each side; fills have a huge `half_px`.
struct PatchVertex {
    std::array<float, 3> place_m{};
    std::array<float, 4> rgba{};
    float across_px = 0.0f, half_px = 1e6f;
};

/// Three corners a triangle, in the order in which they are to be blended. Fills are right for convex outlines.
[[nodiscard]] std::vector<PatchVertex> patch_triangles(std::span<const FloorPatch> patches,
                                                       const Camera& camera, int width, int height);

}  // namespace plumb
