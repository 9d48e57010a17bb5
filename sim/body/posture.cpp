// Analytic legs, arms by rule, and the ground forces of a symmetric posture.
#include "sim/body/posture.h"

#include <algorithm>
#include <cmath>

#include <Eigen/Geometry>

#include "sim/base/units.h"
#include "sim/body/dynamics.h"

namespace plumb {
namespace {

/// Knee angle never quite straight: at zero the leg is singular.
constexpr double k_min_knee_rad = 1e-3;
constexpr double k_hand_clearance_m = 0.12;

ArmRule fixed_arms(double flexion_deg, double abduction_deg, double rotation_deg, double elbow_deg) {
    ArmRule rule;
    rule.kind = ArmRule::Kind::fixed;
    rule.flexion_rad = flexion_deg * k_deg_to_rad;
    rule.abduction_rad = abduction_deg * k_deg_to_rad;
    rule.rotation_rad = rotation_deg * k_deg_to_rad;
    rule.elbow_rad = elbow_deg * k_deg_to_rad;
    return rule;
}

/// Upper arm beside the ribs, forearm folded up so that the hands meet in front of the breastbone.
ArmRule chest_arms(const BodyModel& body) {
    const double target_x = body.person.lengths.chest_front_m + 0.08;
    ArmRule best = fixed_arms(0.0, 0.0, 0.0, 0.0);
    double best_error = 1e9;
    const double upper = body.person.lengths.upper_arm_m, fore = body.person.lengths.forearm_m;
    const double half = body.person.lengths.shoulder_half_width_m;
    const Vector3 shoulder(0.0, half, 0.0);
    const Vector3 target(target_x, 0.04, -0.12 * body.person.lengths.stature_m / 1.75);
    for (double flexion = 0.0; flexion <= 70.0; flexion += 2.0)
        for (double rotation = -80.0; rotation <= 0.0; rotation += 4.0)
            for (double elbow = 60.0; elbow <= 148.0; elbow += 2.0) {
                const Matrix3 r =
                    axis_rotation(1, -flexion * k_deg_to_rad) * axis_rotation(2, rotation * k_deg_to_rad);
                const Vector3 hand =
                    shoulder
                    + r
                          * (Vector3(0, 0, -upper)
                             + axis_rotation(1, -elbow * k_deg_to_rad) * Vector3(0, 0, -fore));
                const double error = (hand - target).squaredNorm();
                if (error < best_error) {
                    best_error = error;
                    best = fixed_arms(flexion, 0.0, rotation, elbow);
                }
            }
    return best;
}

/// Hands on a barbell behind the shoulders, as far out as elbows of 110 deg reach but inside the plates; elbows low and behind.
ArmRule bar_arms(const BodyModel& body) {
    constexpr double k_elbow_rad = 110.0 * k_deg_to_rad, k_widest_grip_m = 0.58;
    const BodyLengths& size = body.person.lengths;
    const double upper = size.upper_arm_m, fore = size.forearm_m;
    // The left hand seen from its shoulder, on the bar.
    Vector3 reach = *body.bar_m - Vector3(0.0, 0.0, size.lumbar_to_shoulder_m);
    const double across = reach.norm(), longest = 0.98 * (upper + fore);
    const double unfolded =
        std::sqrt(upper * upper + fore * fore + 2.0 * upper * fore * std::cos(k_elbow_rad));
    const double aim = std::clamp(unfolded, std::min(1.2 * across, longest), longest);
    reach.y() = std::min(std::sqrt(std::max(0.0, aim * aim - across * across)),
                         k_widest_grip_m - size.shoulder_half_width_m);
    const Vector3 along = reach.normalized();
    const double far = std::min(reach.norm(), longest);
    const double cos_elbow = (far * far - upper * upper - fore * fore) / (2.0 * upper * fore);
    const double cos_upper = (upper * upper + far * far - fore * fore) / (2.0 * upper * far);
    // The elbow on its circle about the line from shoulder to hand.
    const Vector3 low(-0.57, 0.0, -0.82);
    const Vector3 side = (low - low.dot(along) * along).normalized();
    const double sin_upper = std::sqrt(std::max(0.0, 1.0 - cos_upper * cos_upper));
    const Vector3 upper_arm = cos_upper * along + sin_upper * side;
    // The shoulder turns Ry(-flexion) Rx(abduction) Rz(rotation); the hanging arm lies along -Z.
    const double flexion = std::atan2(upper_arm.x(), -upper_arm.z());
    const double abduction = std::asin(std::clamp(upper_arm.y(), -1.0, 1.0));
    const Vector3 forearm = (axis_rotation(1, -flexion) * axis_rotation(0, abduction)).transpose()
                            * (far * along - upper * upper_arm);
    // Who is so stout that the shoulder does not turn this far has the hands a little ahead of the bar.
    const double rotation = std::min(std::atan2(forearm.y(), forearm.x()),
                                     body.person.ranges[dof_left_shoulder_rotation].max_rad);
    return fixed_arms(flexion * k_rad_to_deg, abduction * k_rad_to_deg, rotation * k_rad_to_deg,
                      std::acos(std::clamp(cos_elbow, -1.0, 1.0)) * k_rad_to_deg);
}

}  // namespace

PlantedFoot planted_foot(const BodyModel& body, int side, double heel_lift_rad) {
    const FootShape& foot = body.feet[static_cast<size_t>(side)];
    if (heel_lift_rad == 0.0) return {foot.standing_rotation, foot.standing_ankle_m};
    const Matrix3 rotation = foot.standing_rotation * axis_rotation(1, heel_lift_rad);
    const Vector3 toe_joint_m = foot.standing_ankle_m + foot.standing_rotation * foot.toe_joint_m;
    return {rotation, toe_joint_m - rotation * foot.toe_joint_m};
}

LegSolution solve_leg(const BodyModel& body, int side, const Vector3& hip_m, const Matrix3& pelvis_rotation,
                      double knee_out_rad, double heel_lift_rad) {
    const auto own = static_cast<size_t>(side);
    const double thigh_m = body.person.lengths.side_thigh_m[own],
                 shank_m = body.person.lengths.side_shank_m[own];
    const PlantedFoot foot = planted_foot(body, side, heel_lift_rad);
    const double lateral = side == side_left ? 1.0 : -1.0;
    LegSolution solution;
    // model.md (4): d = hip seen from the ankle in the foot's frame; the knee lies on a circle about d.
    const Vector3 d = foot.rotation.transpose() * (hip_m - foot.ankle_m);
    double reach = d.norm();
    const Vector3 along = d / reach;
    const double longest =
        std::sqrt(thigh_m * thigh_m + shank_m * shank_m + 2.0 * thigh_m * shank_m * std::cos(k_min_knee_rad));
    const double shortest = std::abs(thigh_m - shank_m) + 0.02;
    solution.reach_excess_m = std::max(reach - longest, shortest - reach);
    reach = std::clamp(reach, shortest, longest);
    const double cos_knee =
        (reach * reach - thigh_m * thigh_m - shank_m * shank_m) / (2.0 * thigh_m * shank_m);
    const double knee = std::acos(std::clamp(cos_knee, -1.0, 1.0));
    const double cos_shank =
        (reach * reach + shank_m * shank_m - thigh_m * thigh_m) / (2.0 * reach * shank_m);
    const double opening = std::acos(std::clamp(cos_shank, -1.0, 1.0));

    // Forward and outward on the circle, the knee's place on it, and the knee's hinge axis (to the person's left).
    const Vector3 ahead = (Vector3::UnitX() - along.x() * along).normalized();
    const Vector3 left = along.cross(ahead);
    const double c = std::cos(knee_out_rad), s = lateral * std::sin(knee_out_rad);
    const Vector3 shank_up = std::cos(opening) * along + std::sin(opening) * (c * ahead + s * left);
    const Vector3 hinge = c * left - s * ahead;

    const double pitch = std::asin(std::clamp(shank_up.x(), -1.0, 1.0));
    const double roll = std::atan2(-shank_up.y(), shank_up.z());  // about the foot's X
    const Matrix3 untwisted = axis_rotation(0, roll) * axis_rotation(1, pitch);
    const double twist = std::atan2(hinge.dot(untwisted.col(0)), hinge.dot(untwisted.col(1)));
    solution.angles.knee_flexion = knee;
    solution.angles.tibial_rotation = lateral * twist;
    solution.angles.ankle_dorsiflexion = pitch - body.wedge_rad;
    solution.angles.ankle_inversion = lateral * roll;
    const Matrix3 thigh = foot.rotation * untwisted * axis_rotation(2, -twist) * axis_rotation(1, -knee);
    const Matrix3 hip = pelvis_rotation.transpose() * thigh;
    // hip = Ry(-flexion) Rx(s abduction) Rz(s rotation)
    solution.angles.hip_flexion = std::atan2(-hip(0, 2), hip(2, 2));
    solution.angles.hip_abduction = lateral * std::asin(std::clamp(-hip(1, 2), -1.0, 1.0));
    solution.angles.hip_rotation = lateral * std::atan2(hip(1, 0), hip(1, 1));
    return solution;
}

void set_leg(DofVector& joints, int side, const LegAngles& angles) {
    const auto set = [&](Dof left_dof, double angle) { joints[on_side(left_dof, side)] = angle; };
    set(dof_left_hip_flexion, angles.hip_flexion);
    set(dof_left_hip_abduction, angles.hip_abduction);
    set(dof_left_hip_rotation, angles.hip_rotation);
    set(dof_left_knee_flexion, angles.knee_flexion);
    set(dof_left_tibial_rotation, angles.tibial_rotation);
    set(dof_left_ankle_dorsiflexion, angles.ankle_dorsiflexion);
    set(dof_left_ankle_inversion, angles.ankle_inversion);
}

ArmRule forward_arm_rule(const BodyModel& body, int side) {
    const Person& person = body.person;
    const double hand_kg = body.hand_kg[static_cast<size_t>(side)];
    const double upper_m = person.lengths.upper_arm_m, fore_m = person.lengths.forearm_m;
    // At level arms; higher up they are as strong.
    const auto strength = [&](Dof left_dof) {
        return strength_at(person, on_side(left_dof, side), 0.5 * k_pi).positive_Nm;
    };
    // First mass moments about the elbow and the shoulder per unit of cosine.
    const double fore_moment = person.forearm.mass_kg * -person.forearm.com_m.z() + hand_kg * fore_m;
    const Segment& upper_arm = body.links[static_cast<size_t>(link_of(dof_left_shoulder_rotation))].segment;
    const double upper_moment =
        upper_arm.mass_kg * -upper_arm.com_m.z() + (person.forearm.mass_kg + hand_kg) * upper_m;
    // A tenth is kept back for the motion.
    const double elbow_Nm = 0.9 * strength(dof_left_elbow_flexion);
    const double shoulder_Nm = 0.9 * strength(dof_left_shoulder_flexion);
    const double fore_cos =
        std::clamp(std::min(elbow_Nm, shoulder_Nm) / (fore_moment * k_gravity_mps2), 0.0, 1.0);
    const double upper_cos = std::clamp(
        (shoulder_Nm - fore_cos * fore_moment * k_gravity_mps2) / (upper_moment * k_gravity_mps2), 0.0, 1.0);
    ArmRule rule;
    rule.kind = ArmRule::Kind::forward;
    rule.upper_arm_below_level_rad = std::acos(upper_cos);
    rule.forearm_below_level_rad = std::acos(fore_cos);
    rule.reach_share = (upper_m * upper_cos + fore_m * fore_cos) / (upper_m + fore_m);
    return rule;
}

ArmRules make_arm_rules(const BodyModel& body, const ScenarioDef& scenario) {
    const auto both = [](const ArmRule& rule) { return ArmRules{rule, rule}; };
    if (body.bar_m) return both(bar_arms(body));
    const ArmRules forward = {forward_arm_rule(body, side_left), forward_arm_rule(body, side_right)};
    if (scenario.counterweight.mass_kg > 0.0)
        return scenario.counterweight.hold == Hold::chest ? both(chest_arms(body)) : forward;
    switch (scenario.arms.pose) {
    case ArmsPose::forward: return forward;
    case ArmsPose::crossed: return both(fixed_arms(45.0, 5.0, -55.0, 110.0));
    case ArmsPose::overhead: return both(fixed_arms(170.0, 5.0, 0.0, 5.0));
    case ArmsPose::hanging: break;
    }
    return {};
}

double reach_share(const ArmRules& arms) {
    return std::min(arms[side_left].reach_share, arms[side_right].reach_share);
}

Posture::Members Posture::members() const {
    Members m;
    m << hip_x_m, hip_height_m, pelvis_pitch_rad, lumbar_flexion_rad, knee_out_rad, hip_y_m, pelvis_list_rad,
        pelvis_turn_rad, knee_out_more_rad, heel_lift_rad;
    return m;
}
Posture Posture::from_members(const Members& m) {
    return {m[0], m[1], m[2], m[3], m[4], m[5], m[6], m[7], m[8], m[9]};
}
Matrix3 Posture::pelvis_rotation() const {
    return axis_rotation(2, pelvis_turn_rad) * axis_rotation(0, pelvis_list_rad)
           * axis_rotation(1, pelvis_pitch_rad);
}

PosedBody pose_of(const BodyModel& body, const ArmRules& arms, const Posture& posture) {
    PosedBody posed;
    Pose& pose = posed.pose;
    const BodyLengths& size = body.person.lengths;
    const double lean = posture.pelvis_pitch_rad + posture.lumbar_flexion_rad;
    pose.pelvis_m = {posture.hip_x_m, posture.hip_y_m, posture.hip_height_m};
    if (body.mirrored) {
        pose.pelvis_rotation = axis_rotation(1, posture.pelvis_pitch_rad);
        pose.joints[dof_lumbar_flexion] = posture.lumbar_flexion_rad;
        // Right-hand coordinates are mirrored (joints.h): one leg gives the angles of both.
        const LegSolution leg =
            solve_leg(body, side_left, pose.pelvis_m + Vector3(0.0, size.hip_half_width_m, 0.0),
                      pose.pelvis_rotation, posture.knee_out_rad, posture.heel_lift_rad);
        posed.reach_excess_m = leg.reach_excess_m;
        for (int side = 0; side < k_side_count; ++side) set_leg(pose.joints, side, leg.angles);
    } else {
        pose.pelvis_rotation = posture.pelvis_rotation();
        // pelvis to thorax = Ry(flexion) Rx(-bend) Rz(rotation)
        const Matrix3 spine = pose.pelvis_rotation.transpose() * axis_rotation(1, lean);
        pose.joints[dof_lumbar_flexion] = std::atan2(spine(0, 2), spine(2, 2));
        pose.joints[dof_lumbar_bend] = std::asin(std::clamp(spine(1, 2), -1.0, 1.0));
        pose.joints[dof_lumbar_rotation] = std::atan2(spine(1, 0), spine(1, 1));
        for (int side = 0; side < k_side_count; ++side) {
            const double lateral = side == side_left ? 1.0 : -1.0;
            const Vector3 hip_m =
                pose.pelvis_m + pose.pelvis_rotation * Vector3(0.0, lateral * size.hip_half_width_m, 0.0);
            const LegSolution leg =
                solve_leg(body, side, hip_m, pose.pelvis_rotation,
                          posture.knee_out_rad + (side == side_right ? posture.knee_out_more_rad : 0.0),
                          posture.heel_lift_rad);
            posed.reach_excess_m = std::max(posed.reach_excess_m, leg.reach_excess_m);
            set_leg(pose.joints, side, leg.angles);
        }
    }
    const double shoulder_height = posture.hip_height_m + size.hip_to_lumbar_m * pose.pelvis_rotation(2, 2)
                                   + size.lumbar_to_shoulder_m * std::cos(lean);
    for (int side = 0; side < k_side_count; ++side) {
        pose.joints[on_side(dof_left_toe_extension, side)] = posture.heel_lift_rad;
        const ArmRule& arm = arms[static_cast<size_t>(side)];
        const auto set = [&](Dof left_dof, double angle) { pose.joints[on_side(left_dof, side)] = angle; };
        if (arm.kind == ArmRule::Kind::fixed) {
            set(dof_left_shoulder_flexion, arm.flexion_rad);
            set(dof_left_shoulder_abduction, arm.abduction_rad);
            set(dof_left_shoulder_rotation, arm.rotation_rad);
            set(dof_left_elbow_flexion, arm.elbow_rad);
        } else if (arm.kind == ArmRule::Kind::forward) {
            const double flexion = 0.5 * k_pi + lean - arm.upper_arm_below_level_rad;
            const double limit =
                body.person.ranges[static_cast<size_t>(on_side(dof_left_shoulder_flexion, side))].max_rad;
            set(dof_left_shoulder_flexion, std::min(flexion, limit));
            set(dof_left_elbow_flexion,
                std::max(0.0, arm.upper_arm_below_level_rad - arm.forearm_below_level_rad));
        } else {
            // Hanging straight down; near the floor the elbows fold forward to keep the hands off it.
            const double room = shoulder_height - k_hand_clearance_m - size.upper_arm_m;
            const double smooth = 0.5 * (room + size.forearm_m - std::hypot(room - size.forearm_m, 0.03));
            const double elbow = std::acos(std::clamp(smooth / size.forearm_m, -0.9, 1.0));
            set(dof_left_shoulder_flexion, lean);
            set(dof_left_elbow_flexion, elbow);
        }
    }
    return posed;
}

StandingStatics standing_statics(const BodyModel& body, const Kinematics& k) {
    const double weight_N = body.weight_N();
    StandingStatics statics;
    statics.moments = static_forces(body, k, {});
    // The joint moments are linear in the inward push p: tau = moments + p by_push.
    VelocityVector by_push = VelocityVector::Zero();
    std::array<Vector3, k_side_count> under;
    for (int side = 0; side < k_side_count; ++side) {
        const FootShape& foot = body.feet[static_cast<size_t>(side)];
        // Where the toes lie the floor is, whether the heel is on it or not.
        const Vector3 origin_m = body.has_toes() ? foot.toe_joint_m : Vector3::Zero();
        const int link = body.has_toes() ? toe_link(side) : foot_link(side);
        const auto on_floor = [&](const Vector3& place_m) { return k.point(link, place_m - origin_m); };
        const Vector3 heel = on_floor(foot.outline_m[0]);
        const Vector3 toe = 0.5 * (on_floor(foot.outline_m[3]) + on_floor(foot.outline_m[4]));
        const Vector3 along = toe - heel;
        double t = (k.com_m.x() - heel.x()) / along.x();
        // Far behind the heels the midlines of turned-out feet cross, and nobody could say which foot carries.
        if (!body.mirrored) t = std::max(t, -0.15);
        under[static_cast<size_t>(side)] = {k.com_m.x(), heel.y() + t * along.y(), heel.z() + t * along.z()};
    }
    // The COM lies between the two points as its weight is shared between them.
    const double left_share =
        std::clamp((k.com_m.y() - under[1].y()) / (under[0].y() - under[1].y()), 0.0, 1.0);
    for (int side = 0; side < k_side_count; ++side) {
        PointForce& ground = statics.ground[static_cast<size_t>(side)];
        const double share = side == side_left ? left_share : 1.0 - left_share;
        ground = {body.has_toes() ? toe_link(side) : foot_link(side),
                  under[static_cast<size_t>(side)],
                  {0.0, 0.0, share * weight_N}};
        add_generalised_force(body, k, ground, -1.0, statics.moments);
        const Vector3 inward(0.0, side == side_left ? -1.0 : 1.0, 0.0);
        add_generalised_force(body, k, {ground.link, ground.point_m, inward}, -1.0, by_push);
    }
    // Least sum of squares over the legs; symmetric ones need only the left.
    double numerator = 0.0, denominator = 1e-12;
    for (int side = 0; side < (body.mirrored ? 1 : k_side_count); ++side)
        for (int dof = on_side(dof_left_hip_flexion, side); dof <= on_side(dof_left_ankle_inversion, side);
             ++dof) {
            const JointStrength& strength = body.person.strengths[static_cast<size_t>(dof)];
            const double scale = std::max(1.0, std::max(strength.positive_Nm, strength.negative_Nm));
            const double a = statics.moments[6 + dof] / scale, b = by_push[6 + dof] / scale;
            numerator -= a * b;
            denominator += b * b;
        }
    // Stay well inside a friction cone of 0.6, of the foot that carries less.
    const double most_N = 0.3 * std::min(left_share, 1.0 - left_share) * weight_N;
    const double push = std::clamp(numerator / denominator, -most_N, most_N);
    statics.ground[side_left].force_N.y() = -push;
    statics.ground[side_right].force_N.y() = push;
    statics.moments += push * by_push;
    return statics;
}

}  // namespace plumb
