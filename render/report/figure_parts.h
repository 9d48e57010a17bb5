// Meshes taken apart into convex pieces that a flat drawing can fill one by one.
#pragma once

#include <optional>
#include <vector>

#include "render/scene/mesh.h"
#include "sim/body/model.h"

namespace plumb {

struct FigureBall {
    Vector3 centre_m;
    double radius_m = 0.0;
};

/// The convex hull of its balls and corners.
struct FigurePart {
    std::vector<FigureBall> balls;
    std::vector<Vector3> corners;
    std::optional<Vector3> normal{};  ///< of a flat face, outward
    Rgba fill;
    double order_m = 0.0;  ///< the drawing's: greater ones first

    [[nodiscard]] Vector3 middle() const;
    /// Places whose hull in a picture from this eye is the part's outline.
    [[nodiscard]] std::vector<Vector3> places(const Vector3& eye_m) const;
    /// Of its corners: the longest way from the first to another.
    [[nodiscard]] double width_m() const;
    /// Of a flat face: whether the line from the eye to the place goes through it.
    [[nodiscard]] bool hides(const Vector3& place_m, const Vector3& eye_m) const;
};

/// What hangs together by its triangles is a part; closed flat faces are parts of their own.
[[nodiscard]] std::vector<FigurePart> mesh_parts(const Mesh& mesh);

/// Of collision shapes: bars between balls are as thick as flesh, the sole's points and the foot's bars make one foot.
/// Parts that are neither ball nor bar are as in mesh_parts.
[[nodiscard]] std::vector<FigurePart> person_parts(const Mesh& mesh);

}  // namespace plumb
