// Edges lie in the floor's plane and are widened there by as much as their pixels cover: so they meet the depth test
// at the right place also where one looks along the floor.
#include "render/gl/patches.h"

#include <algorithm>
#include <cmath>
#include <optional>

#include <Eigen/Geometry>

#include "sim/base/units.h"

namespace plumb {
namespace {

constexpr double k_patch_height_m = 0.0015;
/// Widening ends here, however flat one looks along the floor.
constexpr double k_widest_m = 0.06;
constexpr double k_dash_px = 8.0, k_gap_px = 5.0, k_dot_px = 2.0, k_dot_gap_px = 4.0;
constexpr int k_most_dashes = 400;

class Edges {
  public:
    Edges(std::vector<PatchVertex>& out, const Camera& camera, int width, int height)
        : out_(out), camera_(camera), box_{0.0, 0.0, double(width), double(height)} {}

    void edge(const Eigen::Vector2d& from, const Eigen::Vector2d& to, const FloorPatch& patch) {
        const Eigen::Vector2d along = to - from;
        const double length_m = along.norm();
        if (!(length_m > 1e-6) || !(patch.edge_px > 0.0f)) return;
        if (patch.style == LineStyle::solid) {
            piece(from, to, patch);
            return;
        }
        const bool dotted = patch.style == LineStyle::dotted;
        const double px_m = metres_a_pixel(0.5 * (from + to));
        const double gap_m = px_m * (dotted ? k_dot_gap_px : k_gap_px),
                     dash_m = px_m * (dotted ? k_dot_px : k_dash_px);
        // Whole periods, so that every corner lies in the middle of a dash.
        const double wanted = std::clamp(length_m / (dash_m + gap_m), 1.0, double(k_most_dashes));
        const int count = std::max(1, static_cast<int>(std::lround(wanted)));
        const double half = 0.5 * dash_m / (dash_m + gap_m);
        for (int i = 0; i <= count; ++i) {
            const double start = std::max((i - half) / count, 0.0), end = std::min((i + half) / count, 1.0);
            piece(from + along * start, from + along * end, patch);
        }
    }

  private:
    [[nodiscard]] std::optional<Eigen::Vector2d> seen(const Eigen::Vector2d& at) const {
        const auto point = camera_.project({at.x(), at.y(), k_patch_height_m}, box_);
        if (!point) return std::nullopt;
        return Eigen::Vector2d(point->x, point->y);
    }

    [[nodiscard]] double metres_a_pixel(const Eigen::Vector2d& at) const {
        const double away_m = (camera_.eye_m() - Eigen::Vector3d(at.x(), at.y(), 0.0)).norm();
        return 2.0 * away_m * std::tan(camera_.fov_deg * k_pi / 360.0) / std::max(box_.height, 1.0);
    }

    /// How far sideways in the floor's plane one pixel across the seen edge reaches; nothing behind the eye.
    [[nodiscard]] std::optional<double> metres_across(const Eigen::Vector2d& at, const Eigen::Vector2d& ahead,
                                                      const Eigen::Vector2d& aside) const {
        constexpr double k_step_m = 0.002;
        const auto here = seen(at), on = seen(at + ahead * k_step_m), off = seen(at + aside * k_step_m);
        if (!here || !on || !off) return std::nullopt;
        const Eigen::Vector2d line = (*on - *here).normalized(), side = *off - *here;
        const double px = std::abs(line.x() * side.y() - line.y() * side.x());
        return px > 1e-9 ? k_step_m / px : 1e9;
    }

    void piece(const Eigen::Vector2d& from, const Eigen::Vector2d& to, const FloorPatch& patch) {
        const Eigen::Vector2d ahead = (to - from).normalized(), aside(-ahead.y(), ahead.x());
        const auto px_from = metres_across(from, ahead, aside), px_to = metres_across(to, ahead, aside);
        if (!px_from || !px_to) return;
        // Half a pixel more, for the soft rim.
        const double half_px = 0.5 * double(patch.edge_px), reach_px = half_px + 0.5;
        const auto corner = [&](const Eigen::Vector2d& at, double px_m, double side) {
            const double reach_m = std::min(px_m * reach_px, k_widest_m);
            const Eigen::Vector2d p = at + aside * (side * reach_m);
            const Rgba& c = patch.edge;
            return PatchVertex{{float(p.x()), float(p.y()), float(k_patch_height_m)},
                               {c.r, c.g, c.b, c.a},
                               float(side * reach_px),
                               float(half_px)};
        };
        const PatchVertex a = corner(from, *px_from, -1.0), b = corner(to, *px_to, -1.0),
                          c = corner(to, *px_to, 1.0), d = corner(from, *px_from, 1.0);
        out_.insert(out_.end(), {a, b, c, a, c, d});
    }

    std::vector<PatchVertex>& out_;
    const Camera& camera_;
    Box box_;
};

}  // namespace

std::vector<PatchVertex> patch_triangles(std::span<const FloorPatch> patches, const Camera& camera, int width,
                                         int height) {
    std::vector<PatchVertex> triangles;
    Edges edges(triangles, camera, width, height);
    for (const FloorPatch& patch : patches) {
        const auto& corners = patch.corners_m;
        const size_t count = corners.size();
        const auto fill = [&](size_t i) {
            const Rgba& c = patch.fill;
            triangles.push_back({{float(corners[i].x()), float(corners[i].y()), float(k_patch_height_m)},
                                 {c.r, c.g, c.b, c.a}});
        };
        if (patch.fill.a > 0.0f)
            for (size_t i = 1; i + 1 < count; ++i) {
                fill(0);
                fill(i);
                fill(i + 1);
            }
        if (patch.edge.a > 0.0f && count >= 2)
            for (size_t i = 0; i < count; ++i) edges.edge(corners[i], corners[(i + 1) % count], patch);
    }
    return triangles;
}

}  // namespace plumb
