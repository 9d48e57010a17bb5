// Cuts the skin's triangles where one stuff meets another, so that hems are sharp lines at any cell size.
#pragma once

#include <functional>
#include <span>
#include <vector>

#include "render/scene/figure.h"
#include "render/scene/mesh.h"

namespace plumb::figure {

/// An edge of the mesh whose ends differ in stuff, and where along it the stuff changes.
struct Seam {
    std::uint32_t from = 0, to = 0;  ///< from < to
    float share = 0.5f;              ///< of the way
};

[[nodiscard]] std::array<float, 3> colour_of(Stuff stuff);

/// Colours the mesh by the stuff of each vertex; `find_shares` fills in where along the seams the change lies. Returns for each
/// vertex, old and new, the old one whose stuff it has.
std::vector<std::uint32_t> cut_seams(Mesh& mesh, std::span<const Stuff> stuff,
                                     const std::function<void(std::vector<Seam>&)>& find_shares);

}  // namespace plumb::figure
