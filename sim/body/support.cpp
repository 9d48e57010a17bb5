// Convex hulls, clipping and signed distances in the floor plane.
#include "sim/body/support.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "sim/base/units.h"

namespace plumb {
namespace {

double cross(const Eigen::Vector2d& a, const Eigen::Vector2d& b) { return a.x() * b.y() - a.y() * b.x(); }

/// Leaves out the corners that lie on the line between their neighbours, but for rounding.
Polygon without_collinear(const Polygon& hull) {
    Polygon corners;
    for (size_t i = 0; i < hull.size(); ++i) {
        const Eigen::Vector2d& before = corners.empty() ? hull.back() : corners.back();
        // Across the seam the next one may be gone already.
        const Eigen::Vector2d& after =
            i + 1 < hull.size() ? hull[i + 1] : (corners.empty() ? hull : corners).front();
        if (cross(hull[i] - before, after - before) > 1e-15) corners.push_back(hull[i]);
    }
    return corners;
}

Edge edge_of_direction(const Eigen::Vector2d& outward) {
    if (std::abs(outward.x()) >= std::abs(outward.y())) return outward.x() > 0.0 ? Edge::toe : Edge::heel;
    return outward.y() > 0.0 ? Edge::left : Edge::right;
}

}  // namespace

Eigen::Vector2d nearest_on_segment(const Eigen::Vector2d& p, const Eigen::Vector2d& a,
                                   const Eigen::Vector2d& b) {
    const Eigen::Vector2d ab = b - a;
    const double length2 = ab.squaredNorm();
    const double t = length2 > 0.0 ? std::clamp(ab.dot(p - a) / length2, 0.0, 1.0) : 0.0;
    return a + t * ab;
}

std::string_view edge_name(Edge edge) {
    switch (edge) {
    case Edge::heel: return "heel";
    case Edge::toe: return "toe";
    case Edge::left: return "left";
    case Edge::right: return "right";
    case Edge::none: break;
    }
    return "none";
}

Polygon convex_hull(Polygon points) {
    if (points.size() < 3) return points;
    // Andrew's monotone chain.
    std::sort(points.begin(), points.end(), [](const Eigen::Vector2d& a, const Eigen::Vector2d& b) {
        return a.x() != b.x() ? a.x() < b.x() : a.y() < b.y();
    });
    Polygon hull(2 * points.size());
    size_t count = 0;
    // No tolerance here: of points in a line but for rounding it would drop the outermost.
    const auto add = [&](const Eigen::Vector2d& p, size_t floor_count) {
        while (count >= floor_count + 2
               && cross(hull[count - 1] - hull[count - 2], p - hull[count - 2]) <= 0.0)
            --count;
        hull[count++] = p;
    };
    for (const Eigen::Vector2d& p : points) add(p, 0);
    const size_t lower = count - 1;
    for (size_t i = points.size() - 1; i-- > 0;) add(points[i], lower);
    hull.resize(count > 1 ? count - 1 : count);
    const Polygon corners = without_collinear(hull);
    if (corners.size() >= 3) return corners;
    // All on one line: its ends.
    const auto farthest_from = [&](const Eigen::Vector2d& from) {
        return *std::max_element(points.begin(), points.end(),
                                 [&](const Eigen::Vector2d& a, const Eigen::Vector2d& b) {
                                     return (a - from).squaredNorm() < (b - from).squaredNorm();
                                 });
    };
    const Eigen::Vector2d end = farthest_from(points.front());
    return {farthest_from(end), end};
}

Polygon clip_half_plane(const Polygon& polygon, const HalfPlane& half_plane) {
    Polygon inside;
    for (size_t i = 0; i < polygon.size(); ++i) {
        const Eigen::Vector2d& a = polygon[i];
        const Eigen::Vector2d& b = polygon[(i + 1) % polygon.size()];
        const double da = half_plane.normal.dot(a) - half_plane.offset;
        const double db = half_plane.normal.dot(b) - half_plane.offset;
        if (da >= 0.0) inside.push_back(a);
        if ((da >= 0.0) != (db >= 0.0)) inside.push_back(a + da / (da - db) * (b - a));
    }
    return inside;
}

Polygon intersect_convex(const Polygon& polygon, const Polygon& clip) {
    if (clip.size() < 3) return {};
    Polygon result = polygon;
    for (size_t i = 0; i < clip.size() && !result.empty(); ++i) {
        const Eigen::Vector2d edge = clip[(i + 1) % clip.size()] - clip[i];
        const Eigen::Vector2d inward(-edge.y(), edge.x());
        result = clip_half_plane(result, {inward, inward.dot(clip[i])});
    }
    return result;
}

Margin signed_margin(const Polygon& base, const Eigen::Vector2d& point) {
    if (base.empty()) return {-std::numeric_limits<double>::infinity(), Edge::none};
    // Clipping leaves edges of rounding length; they have no direction.
    constexpr double k_shortest_edge_m = 1e-9;
    const size_t count = base.size();
    Margin nearest{std::numeric_limits<double>::infinity(), Edge::none};
    double farthest_out = -std::numeric_limits<double>::infinity();
    int sides = 0;
    bool inside = count >= 3;
    for (size_t i = 0; i < count && count >= 3; ++i) {
        const Eigen::Vector2d& a = base[i];
        const Eigen::Vector2d& b = base[(i + 1) % count];
        if ((b - a).norm() < k_shortest_edge_m) continue;
        ++sides;
        const Eigen::Vector2d outward = Eigen::Vector2d(b.y() - a.y(), a.x() - b.x()).normalized();
        const double out = outward.dot(point - a);
        inside = inside && out <= 0.0;
        const double distance = (point - nearest_on_segment(point, a, b)).norm();
        // Beyond a corner both its edges are equally near: the one the point is farther out of names it.
        const bool tie = std::abs(distance - nearest.margin_m) < k_shortest_edge_m;
        if (tie ? out > farthest_out : distance < nearest.margin_m) {
            nearest = {std::min(distance, nearest.margin_m), edge_of_direction(outward)};
            farthest_out = out;
        }
    }
    if (sides >= 3) return {inside ? nearest.margin_m : -nearest.margin_m, nearest.edge};
    // A point or a line: the direction from what is there.
    for (size_t i = 0; i < count; ++i) {
        const Eigen::Vector2d away = point - nearest_on_segment(point, base[i], base[(i + 1) % count]);
        if (i == 0 || away.norm() < nearest.margin_m) nearest = {away.norm(), edge_of_direction(away)};
    }
    return {-nearest.margin_m, nearest.edge};
}

Eigen::Vector2d extrapolated_com(const Eigen::Vector3d& com_m, const Eigen::Vector3d& com_velocity_mps,
                                 double com_acceleration_z_mps2) {
    // In free fall the pendulum has no stiffness and the XCoM runs away; a tenth of g keeps the number finite.
    const double effective_g = std::max(k_gravity_mps2 + com_acceleration_z_mps2, 0.1 * k_gravity_mps2);
    const double omega = std::sqrt(effective_g / std::max(com_m.z(), 0.05));
    return com_m.head<2>() + com_velocity_mps.head<2>() / omega;
}

}  // namespace plumb
