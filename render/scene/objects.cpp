// Weights between the grips of the hands, the wall, the wedges under the heels, and the shapes that collide.
#include "render/scene/objects.h"

#include <algorithm>
#include <cmath>
#include <vector>

#include <Eigen/Geometry>

#include "render/scene/solids.h"
#include "sim/base/units.h"
#include "sim/body/looks.h"

namespace plumb {
namespace {

constexpr Rgba k_iron{0.20f, 0.21f, 0.23f, 1.0f}, k_steel{0.62f, 0.64f, 0.67f, 1.0f},
    k_rubber{0.16f, 0.17f, 0.19f, 1.0f}, k_accent{0.86f, 0.34f, 0.24f, 1.0f},
    k_plaster{0.82f, 0.83f, 0.84f, 1.0f}, k_wood{0.78f, 0.62f, 0.42f, 1.0f},
    k_bone{0.42f, 0.60f, 0.72f, 1.0f}, k_touch{0.93f, 0.66f, 0.33f, 1.0f};
constexpr double k_wall_height_m = 2.2, k_wall_half_width_m = 1.2, k_wall_thickness_m = 0.10;
/// Thinner wedges would only flicker with the floor.
constexpr double k_thinnest_wedge_m = 0.001;
/// Sole spheres are shown above the floor's plane by their own radius; capsules are this share of stature thick.
constexpr double k_limb_share = 0.016;

struct Grips {
    Vector3 left, right;
    Vector3 left_across, right_across;  ///< along the bar a closed hand holds, to the person's left
    [[nodiscard]] Vector3 middle() const { return 0.5 * (left + right); }
    [[nodiscard]] Vector3 between() const {
        const Vector3 way = left - right;
        return way.norm() > 1e-6 ? Vector3(way.normalized()) : Vector3(left_across);
    }
};

Grips grips_of(const BodyModel& body, const Kinematics& k) {
    const Vector3 grip(0.0, 0.0, -body.person.lengths.forearm_m);
    const auto across = [&](int side) -> Vector3 {
        return k.rotation[static_cast<size_t>(forearm_link(side))].col(1);
    };
    Grips grips = {k.point(forearm_link(side_left), grip), k.point(forearm_link(side_right), grip),
                   across(side_left), across(side_right)};
    // One hand alone holds it in its own middle.
    if (body.hand_kg[side_left] == 0.0) {
        grips.left = grips.right;
        grips.left_across = grips.right_across;
    } else if (body.hand_kg[side_right] == 0.0) {
        grips.right = grips.left;
        grips.right_across = grips.left_across;
    }
    return grips;
}

/// A ball hanging from a bar that runs through both hands.
void add_kettlebell(Mesh& mesh, const Grips& grips, double mass_kg) {
    const double ball_r = ball_radius_m(mass_kg);
    const Vector3 way = grips.between();
    const double half = std::max(0.5 * (grips.left - grips.right).norm() + 0.045, 0.06);
    const Vector3 middle = grips.middle();
    // Down, but square to the bar: a turned trunk tilts it.
    Vector3 down = -Vector3::UnitZ();
    down = (down - down.dot(way) * way).normalized();
    if (!down.allFinite()) down = way.unitOrthogonal();
    const double drop = ball_r + 0.055;
    add_capsule(mesh, middle - half * way, middle + half * way, k_bar_radius_m, k_steel);
    const Vector3 ball = middle + drop * down;
    const double horn = std::min(0.75 * ball_r, half - k_bar_radius_m);
    for (const double side : {-1.0, 1.0})
        add_capsule(mesh, middle + side * horn * way, ball + side * 0.5 * ball_r * way, k_bar_radius_m,
                    k_iron);
    add_sphere(mesh, ball, ball_r, k_iron);
    const double band = 0.32 * ball_r;
    const std::array<Eigen::Vector2d, 2> profile = {Eigen::Vector2d(0.0, 0.962 * ball_r),
                                                    Eigen::Vector2d(1.0, 0.962 * ball_r)};
    add_turned(mesh, ball - band * down, ball + band * down, profile, k_accent);
}

/// A disc held by its rim at both sides.
void add_plate(Mesh& mesh, const Grips& grips, double mass_kg) {
    const Vector3 way = grips.between(), middle = grips.middle();
    const double reach = 0.5 * (grips.left - grips.right).norm();
    // As wide as the hands hold it, as far as its iron goes at the least thickness.
    const double radius = std::min(
        {reach, k_widest_plate_m, std::sqrt(mass_kg / (k_iron_density_kgpm3 * k_pi * k_thinnest_plate_m))});
    const double wide = std::max(radius, ball_radius_m(mass_kg));  // hands together: a thick one
    const double thick = mass_kg / (k_iron_density_kgpm3 * k_pi * wide * wide);
    Vector3 axis = way.cross(Vector3::UnitZ());
    axis = axis.norm() > 1e-6 ? Vector3(axis.normalized()) : way.unitOrthogonal();
    const auto turned = [&](double half, std::initializer_list<Eigen::Vector2d> profile, Rgba colour) {
        add_turned(mesh, middle - half * axis, middle + half * axis, std::vector<Eigen::Vector2d>(profile),
                   colour);
    };
    turned(0.5 * thick, {{0.0, 0.95 * wide}, {0.12, wide}, {0.88, wide}, {1.0, 0.95 * wide}}, k_rubber);
    turned(0.5 * thick + 0.002, {{0.0, 0.62 * wide}, {1.0, 0.62 * wide}}, k_accent);
    turned(0.5 * thick + 0.004, {{0.0, 0.54 * wide}, {1.0, 0.54 * wide}}, k_rubber);
    turned(0.5 * thick + 0.006, {{0.0, 0.028}, {1.0, 0.028}}, k_steel);
    // A small plate hangs on a bar.
    if (reach > wide + 0.02) add_capsule(mesh, grips.right, grips.left, k_bar_radius_m, k_steel);
}

/// One in each hand: two heads on a handle.
void add_dumbbell(Mesh& mesh, const Vector3& grip, const Vector3& way, double mass_kg) {
    const double head_kg = 0.5 * mass_kg;
    // Heads 1.3 radii long.
    const double radius = std::cbrt(head_kg / (k_iron_density_kgpm3 * k_pi * 1.3)), length = 1.3 * radius;
    const double from = 0.058, to = from + length;
    add_capsule(mesh, grip - (from + 0.01) * way, grip + (from + 0.01) * way, k_bar_radius_m, k_steel);
    const std::array<Eigen::Vector2d, 4> profile = {
        Eigen::Vector2d(0.0, 0.86 * radius), Eigen::Vector2d(0.14, radius), Eigen::Vector2d(0.86, radius),
        Eigen::Vector2d(1.0, 0.86 * radius)};
    for (const double side : {-1.0, 1.0})
        add_turned(mesh, grip + side * from * way, grip + side * to * way, profile, k_iron);
}

/// Across the back: a shaft with a plate near each end.
void add_barbell(Mesh& mesh, const Vector3& middle, const Vector3& way, double mass_kg) {
    const BarbellLook bar = barbell_look(mass_kg);
    add_capsule(mesh, middle - bar.half_length_m * way, middle + bar.half_length_m * way, bar.shaft_radius_m,
                k_steel);
    const double rim = bar.plate_radius_m, inner = bar.plate_at_m, outer = inner + bar.plate_thickness_m;
    const std::array<Eigen::Vector2d, 4> profile = {Eigen::Vector2d(0.0, 0.95 * rim),
                                                    Eigen::Vector2d(0.12, rim), Eigen::Vector2d(0.88, rim),
                                                    Eigen::Vector2d(1.0, 0.95 * rim)};
    for (const double side : {-1.0, 1.0}) {
        add_turned(mesh, middle + side * inner * way, middle + side * outer * way, profile, k_rubber);
        add_turned(mesh, middle + side * (inner - 0.02) * way, middle + side * inner * way,
                   std::array<Eigen::Vector2d, 2>{Eigen::Vector2d(0.0, 0.025), Eigen::Vector2d(1.0, 0.025)},
                   k_accent);
    }
}

/// A box between two opposite corners.
void add_box(Mesh& mesh, const Vector3& low, const Vector3& high, Rgba colour) {
    const auto ring = [&](double z) {
        return std::array{Vector3(low.x(), low.y(), z), Vector3(high.x(), low.y(), z),
                          Vector3(high.x(), high.y(), z), Vector3(low.x(), high.y(), z)};
    };
    add_prism(mesh, ring(low.z()), ring(high.z()), colour);
}

}  // namespace

Mesh weight_mesh(const BodyModel& body, const Pose& pose, WeightLook look) {
    Mesh mesh;
    if (!(body.counterweight_kg > 0.0)) return mesh;
    const Kinematics k = forward_kinematics(body, pose);
    if (body.bar_m) {
        add_barbell(mesh, k.point(k_thorax_link, *body.bar_m), k.rotation[k_thorax_link].col(1),
                    body.counterweight_kg);
        return mesh;
    }
    const Grips grips = grips_of(body, k);
    switch (look) {
    case WeightLook::kettlebell: add_kettlebell(mesh, grips, body.counterweight_kg); break;
    case WeightLook::plate: add_plate(mesh, grips, body.counterweight_kg); break;
    case WeightLook::dumbbell:
        if (body.hand_kg[side_left] > 0.0)
            add_dumbbell(mesh, grips.left, grips.left_across, body.hand_kg[side_left]);
        if (body.hand_kg[side_right] > 0.0)
            add_dumbbell(mesh, grips.right, grips.right_across, body.hand_kg[side_right]);
        break;
    }
    return mesh;
}

Mesh wall_mesh(double distance_m) {
    Mesh mesh;
    add_box(mesh, {-distance_m - k_wall_thickness_m, -k_wall_half_width_m, 0.0},
            {-distance_m, k_wall_half_width_m, k_wall_height_m}, k_plaster);
    return mesh;
}

Mesh wedge_mesh(const BodyModel& body, const Pose& pose, double height_m) {
    Mesh mesh;
    if (!(height_m >= k_thinnest_wedge_m)) return mesh;
    const Kinematics k = forward_kinematics(body, pose);
    const BodyLengths& size = body.person.lengths;
    const double slope = wedge_slope_rad(size, height_m), half = 0.5 * size.foot_breadth_m + 0.004;
    for (int side = 0; side < k_side_count; ++side) {
        // The foot's frame lies level: its outline starts at the heel's back edge on the floor, under the pitched heel.
        const Vector3 heel = body.feet[static_cast<size_t>(side)].outline_m[0];
        const double ball = heel.x() + size.ball_length_m;
        const double back = ball - size.ball_length_m * std::cos(slope);
        const auto at = [&](double x, double y, double above) {
            return k.point(foot_link(side), {x, y, heel.z() + above});
        };
        const std::array<Vector3, 3> right = {at(ball, -half, 0.0), at(back, -half, height_m),
                                              at(back, -half, 0.0)};
        const std::array<Vector3, 3> left = {at(ball, half, 0.0), at(back, half, height_m),
                                             at(back, half, 0.0)};
        add_prism(mesh, left, right, k_wood);
    }
    return mesh;
}

Mesh collision_mesh(const BodyModel& body, const Pose& pose) {
    Mesh mesh;
    const Kinematics k = forward_kinematics(body, pose);
    const BodyLengths& size = body.person.lengths;
    for (const Collider& c : body.colliders)
        add_sphere(mesh, k.point(c.link, c.centre_m), c.radius_m, k_touch);
    const double radius = k_limb_share * size.stature_m;
    const auto bone = [&](const Vector3& from, const Vector3& to) {
        add_capsule(mesh, from, to, radius, k_bone);
    };
    const auto origin = [&](int link) { return k.position[static_cast<size_t>(link)]; };
    const Vector3 shoulders = k.point(k_thorax_link, {0.0, 0.0, size.lumbar_to_shoulder_m});
    bone(k.hip_midpoint(), origin(k_thorax_link));
    bone(origin(k_thorax_link), shoulders);
    bone(shoulders,
         k.point(k_thorax_link, {0.0, 0.0, size.lumbar_to_shoulder_m + 0.6 * size.shoulder_to_vertex_m}));
    for (int side = 0; side < k_side_count; ++side) {
        const Vector3 hip = origin(thigh_link(side)), knee = origin(shank_link(side)),
                      ankle = origin(foot_link(side));
        const Vector3 shoulder = origin(link_of(on_side(dof_left_shoulder_flexion, side)));
        const Vector3 elbow = origin(forearm_link(side));
        bone(k.hip_midpoint(), hip);
        bone(hip, knee);
        bone(knee, ankle);
        bone(shoulders, shoulder);
        bone(shoulder, elbow);
        bone(elbow, k.point(forearm_link(side), {0.0, 0.0, -size.forearm_m}));
        // The foot, resting on its sole spheres.
        const Vector3 heel =
            body.feet[static_cast<size_t>(side)].outline_m[0] + k_sole_sphere_radius_m * Vector3::UnitZ();
        add_capsule(mesh, ankle, k.point(foot_link(side), heel), k_sole_sphere_radius_m, k_bone);
        const Vector3 ball = k.point(foot_link(side), heel + size.ball_length_m * Vector3::UnitX());
        add_capsule(mesh, ankle, ball, k_sole_sphere_radius_m, k_bone);
        if (!body.has_toes()) continue;
        const Vector3 tip = 0.5 * (sole_point(body, k, side, 3) + sole_point(body, k, side, 4));
        add_capsule(mesh, ball, tip + k_sole_sphere_radius_m * Vector3::UnitZ(), k_sole_sphere_radius_m,
                    k_bone);
    }
    return mesh;
}

}  // namespace plumb
