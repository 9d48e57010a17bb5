// Convex polygons on the floor: base of support, signed margins with the edge named (Hof 2005 for the XCoM).
#pragma once

#include <string_view>
#include <vector>

#include <Eigen/Core>

namespace plumb {

using Polygon = std::vector<Eigen::Vector2d>;  ///< counter-clockwise, metres, world X and Y

enum class Edge { none, heel, toe, left, right };
[[nodiscard]] std::string_view edge_name(Edge edge);

/// Points p with normal . p >= offset.
struct HalfPlane {
    Eigen::Vector2d normal;
    double offset;
};

/// Convex hull, counter-clockwise, without collinear points; fewer than three points stay as they are.
[[nodiscard]] Polygon convex_hull(Polygon points);

/// The part of a convex polygon inside the half-plane.
[[nodiscard]] Polygon clip_half_plane(const Polygon& polygon, const HalfPlane& half_plane);

/// The part of a convex polygon inside another (both counter-clockwise).
[[nodiscard]] Polygon intersect_convex(const Polygon& polygon, const Polygon& clip);

/// The point of the segment from a to b that is nearest to p.
[[nodiscard]] Eigen::Vector2d nearest_on_segment(const Eigen::Vector2d& p, const Eigen::Vector2d& a,
                                                 const Eigen::Vector2d& b);

/// Signed distance to the nearest edge, + inside, and which edge that is (by its outward normal).
struct Margin {
    double margin_m = 0.0;
    Edge edge = Edge::none;
};

/// For fewer than three corners the margin is minus the distance to what is there (or -infinity without any).
[[nodiscard]] Margin signed_margin(const Polygon& base, const Eigen::Vector2d& point);

/// Extrapolated centre of mass (Hof, Gazendam & Sinke 2005, J Biomech 38:1-8): COM + v / w, w = sqrt((g + az)/z), z the
/// COM's height above the floor [m]. Rests on the inverted pendulum: it ignores angular momentum.
[[nodiscard]] Eigen::Vector2d extrapolated_com(const Eigen::Vector3d& com_m,
                                               const Eigen::Vector3d& com_velocity_mps,
                                               double com_acceleration_z_mps2);

}  // namespace plumb
