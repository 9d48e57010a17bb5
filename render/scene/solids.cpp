// Rings of vertices joined by bands; flat faces have vertices of their own so that edges look sharp.
#include "render/scene/solids.h"

#include <cmath>

#include <Eigen/Geometry>

#include "sim/base/units.h"

namespace plumb {
namespace {

constexpr int k_around = 32, k_from_pole = 8;

std::uint32_t add_vertex(Mesh& mesh, const Vector3& place, const Vector3& normal, Rgba colour) {
    Vertex v;
    for (size_t i = 0; i < 3; ++i) {
        v.place_m[i] = static_cast<float>(place[static_cast<Eigen::Index>(i)]);
        v.normal[i] = static_cast<float>(normal[static_cast<Eigen::Index>(i)]);
    }
    v.colour = {colour.r, colour.g, colour.b};
    mesh.vertices.push_back(v);
    return static_cast<std::uint32_t>(mesh.vertices.size() - 1);
}

void add_triangle(Mesh& mesh, std::uint32_t a, std::uint32_t b, std::uint32_t c) {
    mesh.corners.insert(mesh.corners.end(), {a, b, c});
}

/// A convex flat face, its corners counter-clockwise seen from outside.
void add_face(Mesh& mesh, std::span<const Vector3> corners, Rgba colour) {
    Vector3 area = Vector3::Zero();
    for (size_t i = 2; i < corners.size(); ++i)
        area += (corners[i - 1] - corners[0]).cross(corners[i] - corners[0]);
    const Vector3 normal = area.normalized();
    const auto first = static_cast<std::uint32_t>(mesh.vertices.size());
    for (const Vector3& p : corners) add_vertex(mesh, p, normal, colour);
    for (std::uint32_t i = 2; i < corners.size(); ++i) add_triangle(mesh, first, first + i - 1, first + i);
}

/// Two directions square to an axis, right-handed with it.
std::pair<Vector3, Vector3> across(const Vector3& axis) {
    const Vector3 u = axis.unitOrthogonal();
    return {u, axis.cross(u)};
}

/// A ring of a turned solid; the last vertex lies on the first, so that bands need no special case.
struct Ring {
    Vector3 centre, normal_along;  ///< the part of the normal along the axis
    double radius_m, normal_out;
};
void add_rings(Mesh& mesh, std::span<const Ring> rings, const Vector3& axis, Rgba colour) {
    const auto [u, v] = across(axis);
    const auto first = static_cast<std::uint32_t>(mesh.vertices.size());
    for (const Ring& ring : rings)
        for (int i = 0; i < k_around; ++i) {
            const double angle = 2.0 * k_pi * i / k_around;
            const Vector3 out = std::cos(angle) * u + std::sin(angle) * v;
            add_vertex(mesh, ring.centre + ring.radius_m * out, ring.normal_along + ring.normal_out * out,
                       colour);
        }
    for (std::uint32_t r = 0; r + 1 < rings.size(); ++r)
        for (std::uint32_t i = 0; i < k_around; ++i) {
            const std::uint32_t low = first + r * k_around, high = low + k_around, next = (i + 1) % k_around;
            if (rings[r].radius_m > 0.0) add_triangle(mesh, low + i, low + next, high + next);
            if (rings[r + 1].radius_m > 0.0) add_triangle(mesh, low + i, high + next, high + i);
        }
}

}  // namespace

void add_capsule(Mesh& mesh, const Vector3& from_m, const Vector3& to_m, double radius_m, Rgba colour) {
    const Vector3 way = to_m - from_m;
    const Vector3 axis = way.norm() > 1e-9 ? Vector3(way.normalized()) : Vector3::UnitZ();
    std::vector<Ring> rings;
    for (int end = 0; end < 2; ++end)
        for (int i = 0; i <= k_from_pole; ++i) {
            const double angle = 0.5 * k_pi * ((end == 0 ? i : i + k_from_pole) / double{k_from_pole} - 1.0);
            const bool pole = (end == 0 && i == 0) || (end == 1 && i == k_from_pole);
            const Vector3 along = std::sin(angle) * axis;
            const double out = pole ? 0.0 : std::cos(angle);
            rings.push_back({(end == 0 ? from_m : to_m) + radius_m * along, along, radius_m * out, out});
        }
    add_rings(mesh, rings, axis, colour);
}

void add_sphere(Mesh& mesh, const Vector3& centre_m, double radius_m, Rgba colour) {
    add_capsule(mesh, centre_m, centre_m, radius_m, colour);
}

void add_turned(Mesh& mesh, const Vector3& from_m, const Vector3& to_m,
                std::span<const Eigen::Vector2d> profile, Rgba colour) {
    const Vector3 way = to_m - from_m, axis = way.normalized();
    const double length = way.norm();
    const auto centre = [&](const Eigen::Vector2d& p) -> Vector3 { return from_m + p.x() * way; };
    const Eigen::Vector2d &first = profile.front(), &last = profile.back();
    add_rings(mesh,
              std::array{Ring{centre(first), -axis, 0.0, 0.0}, Ring{centre(first), -axis, first.y(), 0.0}},
              axis, colour);
    for (size_t i = 0; i + 1 < profile.size(); ++i) {
        const Eigen::Vector2d &a = profile[i], &b = profile[i + 1];
        const Eigen::Vector2d normal = Eigen::Vector2d(a.y() - b.y(), (b.x() - a.x()) * length).normalized();
        add_rings(mesh,
                  std::array{Ring{centre(a), normal.x() * axis, a.y(), normal.y()},
                             Ring{centre(b), normal.x() * axis, b.y(), normal.y()}},
                  axis, colour);
    }
    add_rings(mesh, std::array{Ring{centre(last), axis, last.y(), 0.0}, Ring{centre(last), axis, 0.0, 0.0}},
              axis, colour);
}

void add_prism(Mesh& mesh, std::span<const Vector3> bottom, std::span<const Vector3> top, Rgba colour) {
    add_face(mesh, std::vector<Vector3>(bottom.rbegin(), bottom.rend()), colour);
    add_face(mesh, top, colour);
    for (size_t i = 0; i < bottom.size(); ++i) {
        const size_t next = (i + 1) % bottom.size();
        add_face(mesh, std::array{bottom[i], bottom[next], top[next], top[i]}, colour);
    }
}

}  // namespace plumb
