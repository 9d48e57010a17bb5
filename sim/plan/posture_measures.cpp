// One side of a symmetric posture in closed form, with derivatives.
#include "sim/plan/posture_measures.h"

#include "sim/plan/planted_leg.h"

namespace plumb {
namespace {

/// The two variables' sines and cosines and the places of the trunk's joints.
struct Trunk {
    Dual hip_x;
    double hip_z;
    Dual lean;  ///< of the thorax
    SinCos pelvis, thorax;
    Dual lumbar_x, lumbar_z;
};

Dual forward(const SinCos& turn, const Vector3& local) { return turn.cos * local.x() + turn.sin * local.z(); }
Dual upward(const SinCos& turn, const Vector3& local) { return turn.cos * local.z() - turn.sin * local.x(); }

Trunk place_trunk(const PlanModel& model, const Posture& posture) {
    const BodyLengths& size = model.body.person.lengths;
    Trunk trunk;
    trunk.hip_x = Dual(posture.hip_x_m, 1.0, 0.0, 0.0, 0.0);
    trunk.hip_z = posture.hip_height_m;
    trunk.pelvis = sin_cos(Dual(posture.pelvis_pitch_rad, 0.0, 1.0, 0.0, 0.0));
    trunk.lean = Dual(posture.pelvis_pitch_rad + posture.lumbar_flexion_rad, 0.0, 1.0, 1.0, 0.0);
    trunk.thorax = sin_cos(trunk.lean);
    trunk.lumbar_x = trunk.hip_x + size.hip_to_lumbar_m * trunk.pelvis.sin;
    trunk.lumbar_z = trunk.hip_z + size.hip_to_lumbar_m * trunk.pelvis.cos;
    return trunk;
}

/// Shoulder and elbow angles as pose_of sets them.
struct ArmAngles {
    Dual shoulder, elbow;
    double abduction_rad = 0.0, rotation_rad = 0.0;
};
ArmAngles arm_angles(const PlanModel& model, const Trunk& trunk) {
    constexpr double k_hand_clearance_m = 0.12, k_blend_m = 0.03;
    const BodyLengths& size = model.body.person.lengths;
    const ArmRule& rule = model.arms[side_left];
    if (rule.kind == ArmRule::Kind::fixed)
        return {rule.flexion_rad, rule.elbow_rad, rule.abduction_rad, rule.rotation_rad};
    if (rule.kind == ArmRule::Kind::forward) {
        const double limit = model.body.person.ranges[dof_left_shoulder_flexion].max_rad;
        const Dual level = trunk.lean + (0.5 * k_pi - rule.upper_arm_below_level_rad);
        return {level.value < limit ? level : Dual(limit),
                std::max(0.0, rule.upper_arm_below_level_rad - rule.forearm_below_level_rad)};
    }
    const Dual room = trunk.lumbar_z + size.lumbar_to_shoulder_m * trunk.thorax.cos
                      - (k_hand_clearance_m + size.upper_arm_m);
    const Dual over = room - size.forearm_m;
    const Dual smooth = 0.5 * (room + size.forearm_m - sqrt(over * over + k_blend_m * k_blend_m));
    return {trunk.lean, acos(clamp(smooth / size.forearm_m, -0.9, 1.0))};
}

/// The left arm: its mass, first moment forward, and moments at its joints. Sideways places are in the world too, for the
/// trunk leans straight forward.
struct Arm {
    double mass_kg = 0.0;
    Dual moment_x_kgm;
};
Arm place_arm(const PlanModel& model, const Trunk& trunk, PostureMeasures<Dual>& at) {
    const BodyModel& body = model.body;
    const Segment& upper = link_at(body, dof_left_shoulder_rotation).segment;
    const Segment& fore = link_at(body, dof_left_elbow_flexion).segment;
    const double inner_kg = link_at(body, dof_left_shoulder_flexion).segment.mass_kg
                            + link_at(body, dof_left_shoulder_abduction).segment.mass_kg;
    const ArmAngles angles = arm_angles(model, trunk);
    const SinCos turn = sin_cos(trunk.lean - angles.shoulder), elbow = sin_cos(angles.elbow);
    const Matrix3 aside = axis_rotation(0, angles.abduction_rad) * axis_rotation(2, angles.rotation_rad);
    // From the elbow to the forearm's centre, in the upper arm's frame, then before the shoulder's flexion.
    const Dual fore_x = elbow.cos * fore.com_m.x() - elbow.sin * fore.com_m.z();
    const Dual fore_z = elbow.sin * fore.com_m.x() + elbow.cos * fore.com_m.z();
    const auto aside_row = [&](int row) {
        return aside(row, 0) * fore_x + aside(row, 1) * fore.com_m.y() + aside(row, 2) * fore_z;
    };
    const Dual from_elbow_x = turn.cos * aside_row(0) + turn.sin * aside_row(2), from_elbow_y = aside_row(1);
    const Dual upper_x = forward(turn, aside * upper.com_m);
    const Dual elbow_x = forward(turn, aside * Vector3(0.0, 0.0, -body.person.lengths.upper_arm_m));
    const Dual shoulder_x = trunk.lumbar_x + body.person.lengths.lumbar_to_shoulder_m * trunk.thorax.sin;
    const Dual about_shoulder = upper.mass_kg * upper_x + fore.mass_kg * (elbow_x + from_elbow_x);
    Arm arm;
    arm.mass_kg = inner_kg + upper.mass_kg + fore.mass_kg;
    arm.moment_x_kgm = arm.mass_kg * shoulder_x + about_shoulder;

    const Person& person = body.person;
    const double elbow_axis_y = -aside(1, 1);
    const Dual elbow_axis_x = -forward(turn, aside.col(1));
    const Dual elbow_Nm =
        (k_gravity_mps2 * fore.mass_kg) * (elbow_axis_x * from_elbow_y - elbow_axis_y * from_elbow_x);
    at.shoulder_flexion_rad = angles.shoulder;
    at.shoulder_Nm =
        active_moment_Nm(person, dof_left_shoulder_flexion, angles.shoulder, k_gravity_mps2 * about_shoulder);
    at.elbow_Nm = active_moment_Nm(person, dof_left_elbow_flexion, angles.elbow, elbow_Nm);
    return arm;
}

/// Rearmost skin of buttocks, back and head, and the buttocks' lowest.
void set_skin(const PlanModel& model, const Trunk& trunk, PostureMeasures<Dual>& at) {
    const bool wall = model.wall_distance_m > 0.0;
    at.bottom_m = at.wall_gap_m = 1e9;
    for (const Collider& c : model.body.colliders) {
        const bool buttock = c.kind == ColliderKind::buttock;
        // The right side's lie as far back and as low.
        if (c.centre_m.y() < 0.0
            || (!buttock && c.kind != ColliderKind::trunk && c.kind != ColliderKind::head))
            continue;
        if (buttock)
            at.bottom_m =
                std::min(at.bottom_m, upward(trunk.pelvis, c.centre_m) + (trunk.hip_z - c.radius_m));
        if (!wall) continue;
        const bool pelvis = c.link == k_pelvis_link;
        const Dual x = pelvis ? trunk.hip_x + forward(trunk.pelvis, c.centre_m)
                              : trunk.lumbar_x + forward(trunk.thorax, c.centre_m);
        at.wall_gap_m = std::min(at.wall_gap_m, x + (model.wall_distance_m - c.radius_m));
    }
}

}  // namespace

PostureMeasures<Dual> measure_with_slopes(const PlanModel& model, const Posture& posture) {
    const BodyModel& body = model.body;
    const BodyLengths& size = body.person.lengths;
    PostureMeasures<Dual> at;
    at.left_share = 0.5;
    at.heel_lift_rad = posture.heel_lift_rad;
    const Trunk trunk = place_trunk(model, posture);
    const PlantedLeg leg = place_leg(body, posture, trunk.pelvis, at);
    const LegLoads loads = leg_loads(body, leg);
    const Arm arm = place_arm(model, trunk, at);
    const Segment &thorax = link_at(body, dof_lumbar_rotation).segment,
                  &pelvis = body.links[k_pelvis_link].segment;
    const double inner_kg =
        link_at(body, dof_lumbar_flexion).segment.mass_kg + link_at(body, dof_lumbar_bend).segment.mass_kg;
    const double upper_kg = inner_kg + thorax.mass_kg + 2.0 * arm.mass_kg;
    const Dual upper_x_kgm = inner_kg * trunk.lumbar_x
                             + thorax.mass_kg * (trunk.lumbar_x + forward(trunk.thorax, thorax.com_m))
                             + 2.0 * arm.moment_x_kgm;
    at.com_x_m = (upper_x_kgm + pelvis.mass_kg * (trunk.hip_x + forward(trunk.pelvis, pelvis.com_m))
                  + 2.0 * loads.hip.moment_kgm.x)
                 * (1.0 / body.total_mass_kg);
    at.lumbar_flexion_rad = Dual(posture.lumbar_flexion_rad, 0.0, 0.0, 1.0, 0.0);
    at.trunk_Nm = active_moment_Nm(body.person, dof_lumbar_flexion, at.lumbar_flexion_rad,
                                   k_gravity_mps2 * (upper_kg * trunk.lumbar_x - upper_x_kgm));
    set_leg_moments(body, leg, loads, at);
    // Belly on thigh pushes both open.
    const Dual past_closure = at.hip_flexion_rad + at.lumbar_flexion_rad - body.person.closure_rad;
    if (past_closure.value > 0.0) {
        const Dual belly_Nm = body.person.def.soft_tissue_contact * k_belly_stiffness_Nmprad * past_closure;
        at.hip_Nm += belly_Nm;
        at.trunk_Nm += 2.0 * belly_Nm;
    }
    set_skin(model, trunk, at);
    at.trunk_lean_rad =
        atan2(size.hip_to_lumbar_m * trunk.pelvis.sin + size.lumbar_to_shoulder_m * trunk.thorax.sin,
              size.hip_to_lumbar_m * trunk.pelvis.cos + size.lumbar_to_shoulder_m * trunk.thorax.cos);
    return at;
}

PostureMeasures<double> measures_of(const PlanModel& model, const PostureView& view, int side) {
    const DofVector &q = view.posed.pose.joints, &moment = view.active_moment_Nm;
    const auto angle = [&](Dof left_dof) { return q[on_side(left_dof, side)]; };
    const auto made_Nm = [&](Dof left_dof) { return moment[on_side(left_dof, side)]; };
    PostureMeasures<double> at{};
    at.hip_flexion_rad = angle(dof_left_hip_flexion);
    at.hip_abduction_rad = angle(dof_left_hip_abduction);
    at.hip_rotation_rad = angle(dof_left_hip_rotation);
    at.knee_flexion_rad = angle(dof_left_knee_flexion);
    at.tibial_rotation_rad = angle(dof_left_tibial_rotation);
    at.dorsiflexion_rad = angle(dof_left_ankle_dorsiflexion);
    at.inversion_rad = angle(dof_left_ankle_inversion);
    at.lumbar_flexion_rad = q[dof_lumbar_flexion];
    at.ankle_Nm = made_Nm(dof_left_ankle_dorsiflexion);
    at.knee_Nm = made_Nm(dof_left_knee_flexion);
    at.hip_Nm = made_Nm(dof_left_hip_flexion);
    at.trunk_Nm = moment[dof_lumbar_flexion];
    at.shoulder_Nm = made_Nm(dof_left_shoulder_flexion);
    at.shoulder_flexion_rad = angle(dof_left_shoulder_flexion);
    at.elbow_Nm = made_Nm(dof_left_elbow_flexion);
    at.toe_Nm = made_Nm(dof_left_toe_extension);
    at.heel_lift_rad = angle(dof_left_toe_extension);
    at.reach_excess_m = view.posed.reach_excess_m;
    at.bottom_m = 1e9;
    for (const Collider& c : model.body.colliders)
        if (c.kind == ColliderKind::buttock)
            at.bottom_m = std::min(at.bottom_m, view.kinematics.point(c.link, c.centre_m).z() - c.radius_m);
    at.wall_gap_m = wall_gap_m(model, view.kinematics);
    at.com_x_m = view.kinematics.com_m.x();
    at.trunk_lean_rad = trunk_lean_rad(model.body, view.kinematics);
    const KneeHeading heading = knee_heading(model, view.kinematics, side);
    at.knee_ahead = heading.ahead;
    at.knee_outward = heading.outward;
    at.lumbar_bend_rad = q[dof_lumbar_bend];
    at.lumbar_rotation_rad = q[dof_lumbar_rotation];
    at.bend_Nm = moment[dof_lumbar_bend];
    at.left_share = view.left_share;
    return at;
}

}  // namespace plumb
