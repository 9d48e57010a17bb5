// Shapes from the body's own lengths; thicknesses are shares of stature, by eye.
#include "sim/body/looks.h"

#include <algorithm>
#include <cmath>

#include "sim/base/units.h"
#include "sim/body/export_def.h"

namespace plumb {
namespace {

/// Thinner wedges are left out: a hull without thickness is an error to most readers.
constexpr double k_thinnest_wedge_m = 0.001;

void add_trunk(std::vector<Look>& looks, const BodyLengths& size) {
    const double hip_y = 0.6 * size.hip_half_width_m, pelvis_r = 0.9 * size.buttock_back_m;
    const double height = size.lumbar_to_shoulder_m, shoulder_y = 0.85 * size.shoulder_half_width_m;
    looks.push_back({"pelvis_look", k_pelvis_link, LookStuff::skin,
                     CapsuleLook{{0.0, hip_y, 0.02}, {0.0, -hip_y, 0.02}, pelvis_r}});
    looks.push_back({"belly_look", k_thorax_link, LookStuff::skin,
                     EllipsoidLook{{0.5 * (size.belly_front_m - size.back_behind_m), 0.0, 0.05 * height},
                                   {0.5 * (size.belly_front_m + size.back_behind_m),
                                    size.hip_half_width_m + 0.03 * size.stature_m, 0.45 * height}}});
    looks.push_back({"chest_look", k_thorax_link, LookStuff::skin,
                     EllipsoidLook{{0.5 * (size.chest_front_m - size.back_behind_m), 0.0, 0.6 * height},
                                   {0.5 * (size.chest_front_m + size.back_behind_m),
                                    0.85 * size.shoulder_half_width_m, 0.5 * height}}});
    const double shoulder_r = 0.03 * size.stature_m;
    looks.push_back({"shoulders_look", k_thorax_link, LookStuff::skin,
                     CapsuleLook{{0.0, shoulder_y, height}, {0.0, -shoulder_y, height}, shoulder_r}});
    const double head_r = 0.055 * size.stature_m, vertex = height + size.shoulder_to_vertex_m;
    looks.push_back(
        {"neck_look", k_thorax_link, LookStuff::skin,
         CapsuleLook{{0.0, 0.0, height}, {0.0, 0.0, vertex - 1.5 * head_r}, 0.03 * size.stature_m}});
    looks.push_back({"head_look", k_thorax_link, LookStuff::skin,
                     EllipsoidLook{{0.0, 0.0, vertex - 1.2 * head_r}, {head_r, 0.8 * head_r, 1.2 * head_r}}});
}

/// The bare foot, pitched about its ball by the wedge, toes bent level; and the wedge below its heel.
void add_foot(std::vector<Look>& looks, const BodyModel& body, int side) {
    const std::string name = link_name(foot_link(side));
    const BodyLengths& size = body.person.lengths;
    const FootShape& foot = body.feet[static_cast<size_t>(side)];
    // The outline starts at the heel's back edge on the floor.
    const Vector3 ball = foot.outline_m[0] + size.ball_length_m * Vector3::UnitX();
    const Matrix3 pitch = axis_rotation(1, body.wedge_rad);
    HullLook bare, toes, wedge;
    for (int i = 0; i < k_sole_point_count; ++i) {
        const Vector3& floor_point = foot.outline_m[static_cast<size_t>(i)];
        const bool behind_ball = floor_point.x() < ball.x();
        const Vector3 sole = behind_ball ? Vector3(ball + pitch * (floor_point - ball)) : floor_point;
        const Vector3 above(0.0, 0.0, 0.02);
        if (body.sole_link(side, i) == toe_link(side))
            toes.points_m.insert(toes.points_m.end(),
                                 {sole - foot.toe_joint_m, sole - foot.toe_joint_m + above});
        else
            bare.points_m.insert(bare.points_m.end(), {sole, sole + above});
        if (!behind_ball) continue;
        wedge.points_m.push_back(floor_point);
        wedge.points_m.push_back(sole);
    }
    const double ankle_r = 0.02 * size.stature_m;
    for (const double x : {-ankle_r, ankle_r})
        for (const double y : {-ankle_r, ankle_r}) bare.points_m.emplace_back(x, y, 0.5 * ankle_r);
    if (body.has_toes()) {
        for (const double y : {-0.4 * size.foot_breadth_m, 0.4 * size.foot_breadth_m})
            bare.points_m.emplace_back(foot.toe_joint_m + y * Vector3::UnitY());
        looks.push_back({link_name(toe_link(side)) + "_look", toe_link(side), LookStuff::skin, toes});
    }
    looks.push_back({name + "_look", foot_link(side), LookStuff::skin, bare});
    const double thickness = size.ball_length_m * std::sin(body.wedge_rad);
    if (thickness < k_thinnest_wedge_m) return;
    for (const double y : {-0.5 * size.heel_breadth_m, 0.5 * size.heel_breadth_m})
        wedge.points_m.emplace_back(ball + y * Vector3::UnitY());
    looks.push_back({name + "_wedge", foot_link(side), LookStuff::shoe, wedge});
}

void add_limbs(std::vector<Look>& looks, const BodyModel& body, int side) {
    const BodyLengths& size = body.person.lengths;
    const auto s = static_cast<size_t>(side);
    const auto add_limb = [&](int link, double length_m, double radius_m) {
        looks.push_back({link_name(link) + "_look", link, LookStuff::skin,
                         CapsuleLook{Vector3::Zero(), {0.0, 0.0, -length_m}, radius_m}});
    };
    add_limb(thigh_link(side), size.side_thigh_m[s], 0.042 * size.stature_m);
    add_limb(shank_link(side), size.side_shank_m[s], 0.028 * size.stature_m);
    add_limb(link_of(on_side(dof_left_shoulder_rotation, side)), size.upper_arm_m, 0.024 * size.stature_m);
    add_limb(forearm_link(side), size.forearm_m, 0.019 * size.stature_m);
    add_foot(looks, body, side);
    if (body.hand_kg[s] > 0.0)
        looks.push_back(
            {link_name(forearm_link(side)) + "_weight", forearm_link(side), LookStuff::iron,
             EllipsoidLook{{0.0, 0.0, -size.forearm_m}, Vector3::Constant(ball_radius_m(body.hand_kg[s]))}});
}

void add_barbell(std::vector<Look>& looks, const Vector3& middle_m, double mass_kg) {
    const BarbellLook bar = barbell_look(mass_kg);
    const Vector3 end(0.0, bar.half_length_m, 0.0);
    looks.push_back({"bar_look", k_thorax_link, LookStuff::iron,
                     CapsuleLook{middle_m + end, middle_m - end, bar.shaft_radius_m}});
    for (const int side : {side_left, side_right}) {
        const double way = side == side_left ? 1.0 : -1.0, half = 0.5 * bar.plate_thickness_m;
        looks.push_back({side == side_left ? "left_plate_look" : "right_plate_look", k_thorax_link,
                         LookStuff::iron,
                         EllipsoidLook{middle_m + Vector3(0.0, way * (bar.plate_at_m + half), 0.0),
                                       {bar.plate_radius_m, half, bar.plate_radius_m}}});
    }
}

}  // namespace

BarbellLook barbell_look(double mass_kg) {
    const double plate_kg = 0.5 * mass_kg;
    const double radius_m = std::clamp(
        std::sqrt(plate_kg / (k_iron_density_kgpm3 * k_pi * k_thinnest_plate_m)), 0.03, k_widest_plate_m);
    return {.half_length_m = 0.95,
            .shaft_radius_m = k_bar_radius_m,
            .plate_at_m = 0.66,
            .plate_radius_m = radius_m,
            .plate_thickness_m =
                std::max(0.002, plate_kg / (k_iron_density_kgpm3 * k_pi * radius_m * radius_m))};
}

std::vector<Look> body_looks(const BodyModel& body) {
    std::vector<Look> looks;
    add_trunk(looks, body.person.lengths);
    for (int side = 0; side < k_side_count; ++side) add_limbs(looks, body, side);
    if (body.bar_m) add_barbell(looks, *body.bar_m, body.counterweight_kg);
    return looks;
}

}  // namespace plumb
