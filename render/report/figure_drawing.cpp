// Solids fall apart into convex pieces, each a flat outline; there is no depth but the order of drawing.
#include "render/report/figure_drawing.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <vector>

#include <Eigen/Geometry>

#include "render/report/figure_parts.h"
#include "render/scene/objects.h"
#include "sim/base/units.h"

namespace plumb {
namespace {

constexpr double k_stage_m = 2.5,
                 k_grid_m = 0.5;    ///< how far the floor's lines go, and how far apart they are
constexpr double k_low_m = 0.3;     ///< below, things darken the floor
constexpr double k_joint_m = 0.04;  ///< a head or a knee is drawn over the limbs that end in it
constexpr double k_wide_m = 1.0;    ///< no part of a person or a weight
constexpr int k_floor_strips = 16;  ///< from the horizon's colour to the floor's
constexpr float k_ghost_tint = 0.6f, k_ghost_clear = 0.16f, k_edge = 0.55f, k_shadow = 0.07f,
                k_seen_through = 0.35f, k_least_edge = 0.35f;

Rgba mixed(Rgba a, Rgba b, float share) {
    return {std::lerp(a.r, b.r, share), std::lerp(a.g, b.g, share), std::lerp(a.b, b.b, share), a.a};
}

double cross(Point o, Point a, Point b) { return (a.x - o.x) * (b.y - o.y) - (a.y - o.y) * (b.x - o.x); }

/// Convex, by the monotone chain.
std::vector<Point> hull_of(std::vector<Point> points) {
    std::ranges::sort(points, [](Point a, Point b) { return a.x < b.x || (a.x == b.x && a.y < b.y); });
    std::vector<Point> hull;
    for (int pass = 0; pass < 2; ++pass) {
        const std::size_t first = hull.size();
        for (const Point p : points) {
            while (hull.size() >= first + 2 && !(cross(hull[hull.size() - 2], hull.back(), p) > 0.0))
                hull.pop_back();
            hull.push_back(p);
        }
        if (!hull.empty()) hull.pop_back();
        std::ranges::reverse(points);
    }
    return hull;
}

class FigureDrawing {
  public:
    FigureDrawing(Painter& painter, const Scene& scene, const Camera& camera, const Box& box, double scale)
        : painter_(painter), scene_(scene), camera_(camera), box_(box), scale_(scale), eye_(camera.eye_m()) {}

    void draw() {
        std::vector<FigurePart> parts;
        const auto add = [&](const Mesh& mesh, bool person, bool ghost) {
            std::vector<FigurePart> own = person ? person_parts(mesh) : mesh_parts(mesh);
            for (FigurePart& part : own) {
                if (ghost) {
                    part.fill = mixed(part.fill, scene_.theme.accent, k_ghost_tint);
                    part.fill.a = k_ghost_clear;
                }
                if (person) person_.push_back(part);
                parts.push_back(std::move(part));
            }
        };
        // With the person a ghost (show_feet) the first solid is some other thing: its hulls are the same either way.
        for (std::size_t i = 0; i < scene_.solids.size(); ++i) add(scene_.solids[i], i == 0, false);
        for (const Mesh& mesh : scene_.ghosts) add(mesh, true, true);
        draw_floor();
        draw_shadow();
        for (const FloorPatch& patch : scene_.patches) draw_patch(patch);
        draw_parts(parts);
    }

  private:
    [[nodiscard]] std::vector<Point> seen(std::span<const Vector3> places) const {
        std::vector<Point> points;
        for (const Vector3& place : places) {
            const auto at = camera_.project(place, box_);
            if (!at || !std::isfinite(at->x) || !std::isfinite(at->y)) return {};
            points.push_back(*at);
        }
        return points;
    }
    /// A closed line.
    void outline(std::vector<Point> corners, Rgba colour, double width_px,
                 LineStyle style = LineStyle::solid) {
        if (corners.size() < 2) return;
        corners.push_back(corners.front());
        painter_.line(corners, colour, width_px, style);
    }

    void draw_floor() {
        const Theme& t = scene_.theme;
        painter_.box(box_, t.sky_bottom);
        if (!(eye_.z() > 0.0)) return;  // from below one looks through the floor
        const double x = box_.left + 0.5 * box_.width, bottom = box_.top + box_.height;
        const auto on_floor = [&](double y) { return camera_.ray({x, y}, box_).z() < 0.0; };
        double horizon = box_.top;
        if (!on_floor(box_.top)) {
            if (!on_floor(bottom)) return;
            double low = bottom;
            for (int i = 0; i < 40; ++i) {
                const double middle = 0.5 * (horizon + low);
                (on_floor(middle) ? low : horizon) = middle;
            }
        }
        const bool fades = horizon > box_.top;
        const double fade = fades ? 0.35 * (bottom - horizon) : 0.0;
        for (int i = 0; fades && i < k_floor_strips; ++i) {
            const double from = horizon + fade * i / k_floor_strips;
            painter_.box({box_.left, from, box_.width, bottom - from},
                         mixed(t.sky_bottom, t.floor, float(i + 1) / float(k_floor_strips + 1)));
        }
        painter_.box({box_.left, horizon + fade, box_.width, bottom - horizon - fade}, t.floor);
        const int lines = static_cast<int>(k_stage_m / k_grid_m);
        for (int i = -lines; i <= lines; ++i) {
            const double off = k_grid_m * i, reach = std::sqrt(k_stage_m * k_stage_m - off * off);
            for (const bool along : {true, false}) {
                const std::array<Vector3, 2> ends{
                    along ? Vector3(-reach, off, 0.0) : Vector3(off, -reach, 0.0),
                    along ? Vector3(reach, off, 0.0) : Vector3(off, reach, 0.0)};
                painter_.line(seen(ends), t.floor_line, scale_);
            }
        }
    }

    /// What lies under feet and hips near the floor is darker: so it stands on the floor.
    void draw_shadow() {
        std::vector<Vector3> below;
        for (const FigurePart& part : person_)
            if (part.middle().z() < k_low_m)
                for (const Vector3& p : part.places(eye_)) below.emplace_back(p.x(), p.y(), 0.0);
        painter_.polygon(hull_of(seen(below)), {0.0f, 0.0f, 0.0f, k_shadow});
    }

    void draw_patch(const FloorPatch& patch) {
        std::vector<Vector3> corners;
        for (const Eigen::Vector2d& c : patch.corners_m) corners.emplace_back(c.x(), c.y(), 0.0);
        const std::vector<Point> points = seen(corners);
        if (points.size() < 3) return;
        if (patch.fill.a > 0.0f) painter_.polygon(points, patch.fill);
        if (patch.edge.a > 0.0f) outline(points, patch.edge, double(patch.edge_px) * scale_, patch.style);
    }

    void draw_parts(std::vector<FigurePart>& parts) {
        Vector3 middle = Vector3::Zero();
        for (const FigurePart& part : person_) middle += part.middle() / double(person_.size());
        // A wall's face with the person before it lies behind the person, whatever its middle's distance; one behind which
        // the person stands lies before, and is looked through.
        std::vector<FigurePart> shown;
        for (FigurePart& part : parts) {
            part.order_m = (part.middle() - eye_).norm() - (part.balls.size() == 1 ? k_joint_m : 0.0);
            if (part.normal && part.normal->dot(eye_ - part.corners.front()) <= 0.0) continue;
            if (part.normal && part.width_m() > k_wide_m) {
                const bool before = part.normal->dot(middle - part.corners.front()) < 0.0;
                part.order_m += before ? -100.0 : 100.0;
                if (before && !person_.empty() && part.hides(middle, eye_)) part.fill.a = k_seen_through;
            }
            shown.push_back(std::move(part));
        }
        std::ranges::stable_sort(shown, [](const auto& a, const auto& b) { return a.order_m > b.order_m; });
        for (const FigurePart& part : shown) {
            const std::vector<Point> corners = hull_of(seen(part.places(eye_)));
            if (corners.size() < 3) continue;
            painter_.polygon(corners, part.fill);
            Rgba edge = mixed(part.fill, {0.05f, 0.07f, 0.10f, 1.0f}, k_edge);
            edge.a = std::max(edge.a, k_least_edge);
            outline(corners, edge, 1.1 * scale_);
        }
    }

    Painter& painter_;
    const Scene& scene_;
    const Camera& camera_;
    const Box box_;
    const double scale_;
    const Vector3 eye_;
    std::vector<FigurePart> person_;
};

/// Everything that must be in the picture.
std::vector<Vector3> places_of(const Recording& recording, std::span<const std::size_t> frames) {
    std::vector<Vector3> places;
    const BodyModel& body = recording.plan.model.body;
    const auto add = [&](const Mesh& mesh) {
        for (const Vertex& v : mesh.vertices)
            places.emplace_back(double(v.place_m[0]), double(v.place_m[1]), double(v.place_m[2]));
    };
    for (const std::size_t frame : frames) {
        if (frame >= recording.frames.size()) continue;
        const Pose& pose = recording.frames[frame].pose;
        add(collision_mesh(body, pose));
        add(weight_mesh(body, pose, WeightLook::kettlebell));
    }
    if (!places.empty() && recording.scenario.wall.distance_m)
        for (const double up_m : {0.0, 1.0})
            places.emplace_back(-*recording.scenario.wall.distance_m - 0.1, 0.0, up_m);
    return places;
}

}  // namespace

void draw_figure(Painter& painter, const Scene& scene, const Camera& camera, const Box& box, double scale) {
    if (!(box.width >= 1.0) || !(box.height >= 1.0) || !(scale > 0.0)) return;
    painter.push_clip(box);
    FigureDrawing(painter, scene, camera, box, scale).draw();
    paint_overlay(painter, scene, camera, box, scale);
    painter.pop_clip();
}

Camera figure_camera(const Recording& recording, std::span<const std::size_t> frames, View view,
                     double width_over_height) {
    constexpr double k_flesh_m = 0.06;  ///< skin and hair over the shapes
    constexpr double k_filled = 0.94;   ///< of the picture
    constexpr int k_rounds = 8;         ///< nearer things move more: a few rounds settle it
    Camera camera = view_camera(view, recording.scenario.person.stature_m, width_over_height);
    const std::vector<Vector3> places = places_of(recording, frames);
    if (places.empty()) return camera;
    const double reach = k_filled * std::tan(0.5 * camera.fov_deg * k_pi / 180.0),
                 shape = std::max(width_over_height, 0.1);
    for (int round = 0; round < k_rounds; ++round) {
        const Eigen::Matrix4d to_eye = camera.view();
        Eigen::Vector2d low = Eigen::Vector2d::Constant(1e9), high = -low;
        for (const Vector3& place : places) {
            const Eigen::Vector4d at = to_eye * place.homogeneous();
            const double ahead = std::max(-at.z(), 0.2);
            low = low.cwiseMin(((at.head<2>().array() - k_flesh_m) / ahead).matrix());
            high = high.cwiseMax(((at.head<2>().array() + k_flesh_m) / ahead).matrix());
        }
        const Eigen::Vector2d middle = 0.5 * (low + high), half = 0.5 * (high - low);
        camera.target_m +=
            camera.distance_m
            * (middle.x() * to_eye.block<1, 3>(0, 0) + middle.y() * to_eye.block<1, 3>(1, 0)).transpose();
        camera.distance_m *= std::max(half.y(), half.x() / shape) / reach;
    }
    return camera;
}

}  // namespace plumb
