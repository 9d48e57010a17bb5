// Puts the person's segments into a tree of revolute links with contact spheres.
#include "sim/body/model.h"

#include <algorithm>
#include <cmath>

#include <Eigen/Geometry>

#include "sim/base/units.h"
#include "sim/body/looks.h"
#include "sim/body/state.h"
#include "sim/body/support.h"

namespace plumb {
namespace {

/// Mass taken from the limb (or the thorax) for each of the two inner links of shoulder, hip and lumbar spine, and the inertia they
/// carry instead. Choices: 2 % of a thigh's inertia, 4 % of an arm's, 1 to 2 % of the thorax's.
constexpr double k_inner_link_kg = 0.02, k_inner_link_kgm2 = 0.005, k_inner_spine_kgm2 = 0.02;
/// Toes alone have some 0.0001 kg m^2 about their joint: whatever moment they meet in the air throws them to 30 rad/s within a
/// step, and the leg after them (tests/campaigns/robustness_test.cpp).
constexpr double k_toes_kgm2 = 0.003;
constexpr double k_behind_neck_rotation_rad = 115.0 * k_deg_to_rad;  ///< M
/// A barbell on the back. Choices: high: this share of the back's depth behind the thorax axis and this share of
/// stature above the shoulders (the vertebra C7 lies some 70 mm behind the axis and .04 of stature above the acromia); low: on the back's
/// skin and below the shoulders. Shaft and loaded sleeves: radii of gyration across and about the bar.
constexpr double k_high_bar_behind = 0.6, k_high_bar_above = 0.025, k_low_bar_below = 0.02;
constexpr double k_bar_gyration_m = 0.65, k_plate_gyration_m = 0.12;

struct JointAxis {
    Dof dof;
    int axis;
    double left_sign;
    bool mirrored;  ///< the sign flips on the right side (axes X and Z)
};

// Signs follow joints.h: X forward, Y left, Z up, right-handed rotations.
constexpr std::array<JointAxis, 12> k_limb_axes = {{
    {dof_left_shoulder_flexion, 1, -1.0, false},
    {dof_left_shoulder_abduction, 0, 1.0, true},
    {dof_left_shoulder_rotation, 2, 1.0, true},
    {dof_left_elbow_flexion, 1, -1.0, false},
    {dof_left_hip_flexion, 1, -1.0, false},
    {dof_left_hip_abduction, 0, 1.0, true},
    {dof_left_hip_rotation, 2, 1.0, true},
    {dof_left_knee_flexion, 1, 1.0, false},
    {dof_left_tibial_rotation, 2, 1.0, true},
    {dof_left_ankle_dorsiflexion, 1, -1.0, false},
    {dof_left_ankle_inversion, 0, -1.0, true},
    {dof_left_toe_extension, 1, -1.0, false},
}};

void set_link(BodyModel& body, Dof dof, int parent, const Vector3& offset_m, int axis, double sign) {
    Link& link = body.links[static_cast<size_t>(link_of(dof))];
    link.parent = parent;
    link.offset_m = offset_m;
    link.axis = axis;
    link.axis_sign = sign;
}

/// Where a barbell lies (model.md, 1): just under the seventh cervical vertebra, or on the spines of the shoulder blades.
Vector3 bar_place_m(const BodyLengths& size, Hold hold) {
    const double shoulder_m = size.lumbar_to_shoulder_m;
    if (hold == Hold::back_high)
        return {-(k_high_bar_behind * size.back_behind_m + k_bar_radius_m), 0.0,
                shoulder_m + k_high_bar_above * size.stature_m};
    return {-(size.back_behind_m + k_bar_radius_m), 0.0, shoulder_m - k_low_bar_below * size.stature_m};
}

/// Two segments of one frame as one; a negative one is taken out.
Segment joined(const Segment& a, const Segment& b) {
    Segment sum;
    sum.mass_kg = a.mass_kg + b.mass_kg;
    sum.com_m = (a.mass_kg * a.com_m + b.mass_kg * b.com_m) / sum.mass_kg;
    for (const Segment& part : {a, b}) {
        const Vector3 r = part.com_m - sum.com_m;
        sum.inertia_kgm2 +=
            part.inertia_kgm2 + part.mass_kg * (r.squaredNorm() * Matrix3::Identity() - r * r.transpose());
    }
    return sum;
}

/// The segment with a load of these radii of gyration (about X, Y, Z) fixed to it.
Segment with_load(const Segment& segment, double load_kg, const Vector3& place_m, const Vector3& radii_m) {
    if (load_kg <= 0.0) return segment;
    return joined(segment, {load_kg, place_m, Matrix3((load_kg * radii_m.cwiseAbs2()).asDiagonal())});
}

Segment with_ball(const Segment& segment, double ball_kg, const Vector3& place_m) {
    return with_load(segment, ball_kg, place_m,
                     Vector3::Constant(std::sqrt(0.4) * ball_radius_m(std::max(0.0, ball_kg))));
}

void build_trunk(BodyModel& body) {
    const BodyLengths& size = body.person.lengths;
    body.links[k_pelvis_link].segment = body.person.pelvis;
    set_link(body, dof_lumbar_flexion, k_pelvis_link, {0.0, 0.0, size.hip_to_lumbar_m}, 1, 1.0);
    set_link(body, dof_lumbar_bend, link_of(dof_lumbar_flexion), Vector3::Zero(), 0, -1.0);
    set_link(body, dof_lumbar_rotation, link_of(dof_lumbar_bend), Vector3::Zero(), 2, 1.0);
    // Bent far sideways the first and the last axis are one line, as in hips and shoulders below.
    for (const Dof dof : {dof_lumbar_flexion, dof_lumbar_bend})
        body.links[static_cast<size_t>(link_of(dof))].segment = {k_inner_link_kg, Vector3::Zero(),
                                                                 k_inner_spine_kgm2 * Matrix3::Identity()};
    Segment thorax = body.person.thorax;
    thorax.mass_kg -= 2.0 * k_inner_link_kg;
    if (body.bar_m)
        thorax = with_load(thorax, body.counterweight_kg, *body.bar_m,
                           {k_bar_gyration_m, k_plate_gyration_m, k_bar_gyration_m});
    body.links[k_thorax_link].segment = thorax;
}

void build_limbs(BodyModel& body, int side) {
    const BodyLengths& size = body.person.lengths;
    const auto s = static_cast<size_t>(side);
    const double lateral = side == side_left ? 1.0 : -1.0;
    for (const JointAxis& joint : k_limb_axes) {
        const Dof dof = on_side(joint.dof, side);
        const double sign = joint.mirrored ? joint.left_sign * lateral : joint.left_sign;
        set_link(body, dof, link_of(dof) - 1, Vector3::Zero(), joint.axis, sign);
    }
    const auto at = [&](Dof left_dof) -> Link& {
        return body.links[static_cast<size_t>(link_of(on_side(left_dof, side)))];
    };
    at(dof_left_shoulder_flexion).parent = k_thorax_link;
    at(dof_left_shoulder_flexion).offset_m = {0.0, lateral * size.shoulder_half_width_m,
                                              size.lumbar_to_shoulder_m};
    at(dof_left_elbow_flexion).offset_m = {0.0, 0.0, -size.upper_arm_m};
    at(dof_left_hip_flexion).parent = k_pelvis_link;
    at(dof_left_hip_flexion).offset_m = {0.0, lateral * size.hip_half_width_m, 0.0};
    at(dof_left_knee_flexion).offset_m = {0.0, 0.0, -size.side_thigh_m[s]};
    at(dof_left_ankle_dorsiflexion).offset_m = {0.0, 0.0, -size.side_shank_m[s]};

    // With an arm or a thigh out sideways the joint's first and last axis are one line; a little inertia between them keeps
    // the equations solvable there.
    const auto set_ball_joint = [&](Dof first, Dof middle, Dof last, const Segment& limb) {
        const Segment inner{k_inner_link_kg, Vector3::Zero(), k_inner_link_kgm2 * Matrix3::Identity()};
        at(first).segment = at(middle).segment = inner;
        at(last).segment = limb;
        at(last).segment.mass_kg -= 2.0 * k_inner_link_kg;
    };
    set_ball_joint(dof_left_shoulder_flexion, dof_left_shoulder_abduction, dof_left_shoulder_rotation,
                   body.person.upper_arm);
    set_ball_joint(dof_left_hip_flexion, dof_left_hip_abduction, dof_left_hip_rotation,
                   body.person.thighs[s]);
    at(dof_left_elbow_flexion).segment =
        with_ball(body.person.forearm, body.hand_kg[s], {0.0, 0.0, -size.forearm_m});
    at(dof_left_tibial_rotation).segment = body.person.shanks[s];
    at(dof_left_ankle_dorsiflexion).rest_rad = body.wedge_rad;
    const Matrix3 pitch = axis_rotation(1, body.wedge_rad);
    const Segment& foot = body.person.foot;
    at(dof_left_ankle_inversion).segment = {foot.mass_kg, pitch * foot.com_m,
                                            pitch * foot.inertia_kgm2 * pitch.transpose()};
    at(dof_left_toe_extension).parent = foot_link(side);
    if (!body.has_toes()) at(dof_left_toe_extension).own_inertia_kgm2 = 1.0;
}

/// Takes the toes' mass out of the foot.
void build_toes(BodyModel& body, int side) {
    const Vector3& joint_m = body.feet[static_cast<size_t>(side)].toe_joint_m;
    Link &foot = body.links[static_cast<size_t>(foot_link(side))],
         &toes = body.links[static_cast<size_t>(toe_link(side))];
    toes.offset_m = joint_m;
    toes.segment = body.person.toes;
    Segment taken = toes.segment;
    taken.mass_kg *= -1.0;
    taken.inertia_kgm2 *= -1.0;
    taken.com_m += joint_m;
    foot.segment = joined(foot.segment, taken);
    toes.segment.inertia_kgm2 += k_toes_kgm2 * Matrix3::Identity();
}

/// Points of the barefoot sole in a frame on the floor: X from the heel's back edge to the toes, Y left, Z up.
/// A rounded heel (half circle of heel breadth, three points), the ball medial and lateral, a toe edge.
std::array<Vector3, k_sole_point_count> flat_outline(const BodyLengths& size, double lateral) {
    const double heel_r = 0.5 * size.heel_breadth_m;
    const double half = 0.5 * size.foot_breadth_m;
    const double side_x = heel_r * (1.0 - std::cos(k_pi / 3.0)), side_y = heel_r * std::sin(k_pi / 3.0);
    // The fifth metatarsal head lies about a tenth of the foot behind the first.
    const double medial_x = size.ball_length_m, lateral_x = size.ball_length_m - 0.10 * size.foot_length_m;
    const double right_x = lateral > 0.0 ? medial_x : lateral_x,
                 left_x = lateral > 0.0 ? lateral_x : medial_x;
    const double toe_y = 0.45 * half;
    return {{{0.0, 0.0, 0.0},
             {side_x, -side_y, 0.0},
             {right_x, -half, 0.0},
             {size.foot_length_m, -toe_y, 0.0},
             {size.foot_length_m, toe_y, 0.0},
             {left_x, half, 0.0},
             {side_x, side_y, 0.0}}};
}

void build_foot(BodyModel& body, const ScenarioDef& scenario, int side) {
    const BodyLengths& size = body.person.lengths;
    const double lateral = side == side_left ? 1.0 : -1.0;
    const double toe_out_rad = lateral * scenario.stance.toe_out_deg * k_deg_to_rad;
    const double ball_x = size.ball_length_m;
    FootShape& foot = body.feet[static_cast<size_t>(side)];

    // In the floor frame of this foot: the bare foot pitched about the ball by the wedge's slope.
    const Matrix3 pitch = Eigen::AngleAxisd(body.wedge_rad, Vector3::UnitY()).toRotationMatrix();
    const Vector3 ball(ball_x, 0.0, 0.0);
    const Vector3 ankle_flat(size.ankle_from_heel_m, 0.0, size.ankle_height_m);
    const Vector3 ankle = ball + pitch * (ankle_flat - ball);
    const Matrix3 yaw = Eigen::AngleAxisd(toe_out_rad, Vector3::UnitZ()).toRotationMatrix();
    foot.standing_rotation = yaw;

    // The foot turns about its heel centre; the heels' back edges lie at X = 0 in the starting stance.
    const auto outline = flat_outline(size, lateral);
    const Vector3 heel_centre(0.5 * size.heel_breadth_m, 0.0, 0.0);
    double rearmost = 0.0;
    for (const Vector3& p : outline) rearmost = std::min(rearmost, (yaw * (p - heel_centre)).x());
    const Vector3 heel_place(-rearmost, lateral * 0.5 * scenario.stance.width_m.value(), 0.0);
    const auto to_world = [&](const Vector3& p) -> Vector3 { return heel_place + yaw * (p - heel_centre); };
    foot.standing_ankle_m = to_world(ankle);

    const auto to_foot = [&](const Vector3& floor_point) -> Vector3 { return floor_point - ankle; };
    std::vector<Eigen::Vector2d> polygon;
    for (size_t i = 0; i < outline.size(); ++i) {
        foot.outline_m[i] = to_foot(outline[i]);
        polygon.push_back(outline[i].head<2>());
    }
    const double length = size.foot_length_m;
    polygon =
        clip_half_plane(polygon, {Eigen::Vector2d::UnitX(), body.person.functional_heel_fraction * length});
    polygon =
        clip_half_plane(polygon, {-Eigen::Vector2d::UnitX(), -body.person.functional_toe_fraction * length});
    for (const Eigen::Vector2d& p : polygon)
        foot.functional_outline_m.push_back(to_foot({p.x(), p.y(), 0.0}));
    foot.toe_joint_m = to_foot({size.toe_joint_from_heel_m, 0.0, size.toe_joint_height_m});

    for (int i = 0; i < k_sole_point_count; ++i) {
        body.colliders.push_back({ColliderKind::sole, body.sole_link(side, i),
                                  body.sole_place_m(side, i) + k_sole_sphere_radius_m * Vector3::UnitZ(),
                                  k_sole_sphere_radius_m});
    }
}

void add_body_colliders(BodyModel& body) {
    const BodyLengths& size = body.person.lengths;
    const auto add = [&](ColliderKind kind, int link, const Vector3& centre_m, double radius_m) {
        body.colliders.push_back({kind, link, centre_m, radius_m});
    };
    // Buttocks: tangent to the rearmost and the lowest skin.
    const double buttock_r = std::min(size.buttock_back_m, size.buttock_below_m) * 0.85;
    const double chest_r = size.back_behind_m;
    for (int side = 0; side < k_side_count; ++side) {
        const double lateral = side == side_left ? 1.0 : -1.0;
        add(ColliderKind::buttock, k_pelvis_link,
            {-(size.buttock_back_m - buttock_r), lateral * size.hip_half_width_m,
             -(size.buttock_below_m - buttock_r)},
            buttock_r);
        add(ColliderKind::trunk, k_thorax_link,
            {0.0, lateral * 0.6 * size.shoulder_half_width_m, 0.85 * size.lumbar_to_shoulder_m}, chest_r);
        add(ColliderKind::limb, shank_link(side), {0.02, 0.0, 0.0}, 0.06);
        add(ColliderKind::limb, forearm_link(side), {0.0, 0.0, 0.0}, 0.045);
        add(ColliderKind::limb, forearm_link(side), {0.0, 0.0, -size.forearm_m}, 0.045);
    }
    add(ColliderKind::trunk, k_thorax_link, {0.0, 0.0, 0.15 * size.lumbar_to_shoulder_m}, chest_r);
    const double head_r = 0.055 * size.stature_m;
    add(ColliderKind::head, k_thorax_link,
        {0.0, 0.0, size.lumbar_to_shoulder_m + size.shoulder_to_vertex_m - head_r}, head_r);
}

}  // namespace

double ball_radius_m(double ball_kg) {
    return std::cbrt(ball_kg / k_iron_density_kgpm3 * 3.0 / (4.0 * k_pi));
}

double wedge_slope_rad(const BodyLengths& size, double height_m) {
    return std::asin(std::min(height_m / size.ball_length_m, 1.0));
}

double BodyModel::weight_N() const { return total_mass_kg * k_gravity_mps2; }

Vector3 BodyModel::sole_place_m(int side, int sole_point) const {
    const FootShape& foot = feet[static_cast<size_t>(side)];
    const Vector3& place_m = foot.outline_m[static_cast<size_t>(sole_point)];
    return sole_link(side, sole_point) == foot_link(side) ? place_m : place_m - foot.toe_joint_m;
}

BodyModel build_body(const Person& person, const ScenarioDef& scenario) {
    BodyModel body;
    body.person = person;
    body.counterweight_kg = scenario.counterweight.mass_kg;
    if (body.counterweight_kg > 0.0 && is_on_back(scenario.counterweight.hold)) {
        body.bar_m = bar_place_m(person.lengths, scenario.counterweight.hold);
        // Hands behind the neck: the shoulder blades turn with the arms.
        for (int side = 0; side < k_side_count; ++side)
            body.person.ranges[static_cast<size_t>(on_side(dof_left_shoulder_rotation, side))].max_rad =
                k_behind_neck_rotation_rad;
    } else {
        const Hand hand = scenario.counterweight.hand;
        const double left_share = hand == Hand::both ? 0.5 : hand == Hand::left ? 1.0 : 0.0;
        body.hand_kg = {left_share * body.counterweight_kg, (1.0 - left_share) * body.counterweight_kg};
    }
    body.mirrored = body.hand_kg[0] == body.hand_kg[1]
                    && as_on_side(person.def, side_left) == as_on_side(person.def, side_right);
    body.wedge_rad = wedge_slope_rad(person.lengths, scenario.heel_wedge.height_m);
    body.leg_length_m = person.lengths.thigh_m + person.lengths.shank_m;
    if (scenario.movement.heels == Heels::may_lift) body.dof_count = k_dof_count;
    build_trunk(body);
    for (int side = 0; side < k_side_count; ++side) {
        build_limbs(body, side);
        build_foot(body, scenario, side);
        if (body.has_toes()) build_toes(body, side);
    }
    add_body_colliders(body);
    for (const Link& link : body.links) body.total_mass_kg += link.segment.mass_kg;
    return body;
}

}  // namespace plumb
