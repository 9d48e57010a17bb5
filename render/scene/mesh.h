// Triangles with colours: what is solid in a picture.
#pragma once

#include <array>
#include <cstdint>
#include <vector>

namespace plumb {

/// sRGB, each part 0-1.
struct Rgba {
    float r = 0.0f, g = 0.0f, b = 0.0f, a = 1.0f;
    bool operator==(const Rgba&) const = default;
};

/// One corner: place [m] in the world, unit normal, sRGB colour, share of the light from above that reaches it (0-1).
struct Vertex {
    std::array<float, 3> place_m{};
    std::array<float, 3> normal{0.0f, 0.0f, 1.0f};
    std::array<float, 3> colour{};
    float occlusion = 1.0f;
};

/// Triangles, counter-clockwise seen from outside.
struct Mesh {
    std::vector<Vertex> vertices;
    std::vector<std::uint32_t> corners;  ///< three a triangle
};

}  // namespace plumb
