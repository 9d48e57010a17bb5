// Lines, marks and words of a scene, as they lie in the picture.
#include <algorithm>
#include <array>
#include <cmath>

#include "render/scene/scene.h"
#include "sim/base/units.h"

namespace plumb {
namespace {

void paint_line(Painter& painter, const SceneLine& line, const Camera& camera, const Box& box, double scale) {
    std::vector<Point> points;
    for (const Vector3& p : line.points_m)
        if (const auto at = camera.project(p, box)) points.push_back(*at);
    if (points.size() < 2) return;
    const double width = line.width_px * scale;
    if (line.arrow) {
        const Point tip = points.back(), from = points[points.size() - 2];
        const double length = std::hypot(tip.x - from.x, tip.y - from.y);
        if (length > 2.0) {
            const double head = std::min(3.5 * width, 0.6 * length), ux = (tip.x - from.x) / length,
                         uy = (tip.y - from.y) / length;
            const Point neck{tip.x - head * ux, tip.y - head * uy};
            const std::array<Point, 3> corners{Point{tip.x, tip.y},
                                               Point{neck.x - 0.5 * head * uy, neck.y + 0.5 * head * ux},
                                               Point{neck.x + 0.5 * head * uy, neck.y - 0.5 * head * ux}};
            painter.polygon(corners, line.colour);
            points.back() = neck;
        }
    }
    painter.line(points, line.colour, width, line.style);
}

/// The sign of the centre of mass: a ball in quarters.
void paint_com(Painter& painter, Point c, double radius, Rgba colour) {
    painter.circle(c, radius, {1, 1, 1, 1});
    for (const int quarter : {0, 2}) {
        std::vector<Point> wedge{c};
        for (int i = 0; i <= 8; ++i) {
            const double a = 0.5 * k_pi * (quarter + i / 8.0);
            wedge.push_back({c.x + radius * std::cos(a), c.y - radius * std::sin(a)});
        }
        painter.polygon(wedge, colour);
    }
    painter.ring(c, radius, {0.08f, 0.08f, 0.1f, 1}, 0.14 * radius);
}

void paint_mark(Painter& painter, const SceneMark& mark, Point c, double scale) {
    const double r = mark.radius_px * scale;
    const auto cross = [&](double dx, double dy) {
        const std::array<Point, 2> stroke{Point{c.x - dx, c.y - dy}, Point{c.x + dx, c.y + dy}};
        painter.line(stroke, mark.colour, 0.35 * r);
    };
    switch (mark.kind) {
    case MarkKind::com_ball: paint_com(painter, c, r, mark.colour); break;
    case MarkKind::ring:
        painter.ring(c, r, mark.colour, 0.25 * r);
        painter.circle(c, 0.2 * r, mark.colour);
        break;
    case MarkKind::cross:
        cross(0.7 * r, 0.7 * r);
        cross(0.7 * r, -0.7 * r);
        break;
    case MarkKind::diamond: {
        const std::array<Point, 4> corners{Point{c.x, c.y - r}, Point{c.x + r, c.y}, Point{c.x, c.y + r},
                                           Point{c.x - r, c.y}};
        painter.polygon(corners, mark.colour);
        break;
    }
    case MarkKind::dot: painter.circle(c, r, mark.colour); break;
    }
}

void paint_callout(Painter& painter, const Callout& callout, const Theme& theme, Point at, const Box& box,
                   double scale) {
    const TextStyle style{14.0 * scale, true, Align::start, Align::middle};
    const Point size = painter.text_size(callout.text, style);
    const double pad = 7.0 * scale, width = size.x + 2.0 * pad, height = size.y + 1.4 * pad;
    Box plate{at.x + callout.right_px * scale - (callout.right_px < 0.0 ? width : 0.0),
              at.y - callout.up_px * scale - 0.5 * height, width, height};
    // The words stay in the picture.
    plate.left =
        std::clamp(plate.left, box.left + 2.0, std::max(box.left + 2.0, box.left + box.width - width));
    plate.top = std::clamp(plate.top, box.top + 2.0, std::max(box.top + 2.0, box.top + box.height - height));
    const std::array<Point, 2> leader{
        at, Point{callout.right_px < 0.0 ? plate.left + width : plate.left, plate.top + 0.5 * height}};
    painter.line(leader, theme.text, 1.2 * scale);
    painter.box(plate, theme.page, 6.0 * scale);
    painter.text({plate.left + pad, plate.top + 0.5 * height}, callout.text, callout.colour, style);
}

}  // namespace

std::vector<MuscleTag> muscle_tags(const MuscleLegend& legend, const Camera& camera) {
    constexpr double k_least_facing = 0.25, k_off_middle = 3.0, k_nearness = 2.5;
    std::vector<MuscleTag> tags;
    const Vector3 eye = camera.eye_m();
    for (size_t row = 0; row < legend.rows.size(); ++row) {
        const MuscleLegend::Row& r = legend.rows[row];
        const auto belongs = [&](const MuscleSpot& s, int side) {
            return s.tissue == r.tissue && s.side == side && (r.side == -1 || r.side == side);
        };
        double best = -1e9;
        Vector3 at = Vector3::Zero();
        for (int side = 0; side < k_side_count; ++side) {
            Vector3 middle = Vector3::Zero();
            double count = 0.0;
            for (const MuscleSpot& s : legend.spots)
                if (belongs(s, side)) {
                    middle += s.place_m;
                    count += 1.0;
                }
            if (count == 0.0) continue;
            middle /= count;
            for (const MuscleSpot& s : legend.spots) {
                if (!belongs(s, side)) continue;
                const double facing = s.normal.dot((eye - s.place_m).normalized());
                const double worth = facing - k_off_middle * (s.place_m - middle).norm()
                                     - k_nearness * (eye - s.place_m).norm();
                if (facing < k_least_facing || worth <= best) continue;
                best = worth;
                at = s.place_m;
            }
        }
        if (best > -1e9) tags.push_back({row, at});
    }
    return tags;
}

void paint_overlay(Painter& painter, const Scene& scene, const Camera& camera, const Box& box, double scale) {
    painter.push_clip(box);
    for (const SceneLine& line : scene.lines) paint_line(painter, line, camera, box, scale);
    for (const SceneMark& mark : scene.marks)
        if (const auto at = camera.project(mark.place_m, box)) paint_mark(painter, mark, *at, scale);
    if (scene.muscles && paint_muscle_legend(painter, *scene.muscles, scene.theme, box, scale))
        for (const MuscleTag& tag : muscle_tags(*scene.muscles, camera))
            if (const auto at = camera.project(tag.place_m, box))
                paint_muscle_tag(painter, *at, tag.row, scene.theme, scale);
    for (const Callout& callout : scene.callouts)
        if (const auto at = camera.project(callout.place_m, box))
            paint_callout(painter, callout, scene.theme, *at, box, scale);
    painter.pop_clip();
}

}  // namespace plumb
