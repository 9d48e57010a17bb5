// Closed forms: feet, then a kneeling leg or a free pelvis, both legs, and an arm to the floor.
#include "sim/plan/side_exit_stance.h"

#include <algorithm>
#include <cmath>

#include <Eigen/Geometry>

#include "sim/base/check.h"

namespace plumb {
namespace {

/// The limb sphere of a link that lies nearest to a place in its frame.
FloorSphere limb_sphere(const BodyModel& body, int link, const Vector3& near_m) {
    FloorSphere found{-1, Vector3::Zero(), 0.0};
    for (const Collider& c : body.colliders) {
        if (c.kind != ColliderKind::limb || c.link != link) continue;
        if (found.link < 0 || (c.centre_m - near_m).norm() < (found.centre_m - near_m).norm())
            found = {link, c.centre_m, c.radius_m};
    }
    PLUMB_CHECK(found.link >= 0, "every knee and hand has its sphere");
    return found;
}

Vector3 heading(double yaw_rad) { return {std::cos(yaw_rad), std::sin(yaw_rad), 0.0}; }

}  // namespace

FloorSphere knee_sphere(const BodyModel& body, int side) {
    return limb_sphere(body, shank_link(side), Vector3::Zero());
}
FloorSphere hand_sphere(const BodyModel& body, int side) {
    return limb_sphere(body, forearm_link(side), {0.0, 0.0, -body.person.lengths.forearm_m});
}

StancePoser::StancePoser(const BodyModel& body, int side) : body_(body), side_(side) {}

Vector3 StancePoser::pivot_m(int side) const {
    const auto& outline = body_.feet[static_cast<size_t>(side)].outline_m;
    if (side == side_) return outline[0] + 0.5 * body_.person.lengths.heel_breadth_m * Vector3::UnitX();
    return 0.5 * (outline[3] + outline[4]);
}

void StancePoser::place_foot(int side, const Vector3& place_m, double yaw_rad, double pitch_rad) {
    FootShape& foot = body_.feet[static_cast<size_t>(side)];
    foot.standing_rotation = axis_rotation(2, yaw_rad) * axis_rotation(1, pitch_rad);
    foot.standing_ankle_m = place_m - foot.standing_rotation * pivot_m(side);
}

double StancePoser::kneel(const Stance& stance, Pose& pose) const {
    const auto far = static_cast<size_t>(far_side());
    const BodyLengths& size = body_.person.lengths;
    const double thigh_m = size.side_thigh_m[far], shank_m = size.side_shank_m[far];
    const FloorSphere sphere = knee_sphere(body_, far_side());
    const Vector3 ankle = body_.feet[far].standing_ankle_m;
    const Vector3 ahead = heading(lateral() * stance[st_far_yaw]), left(-ahead.y(), ahead.x(), 0.0);
    // The thigh from knee to hip: upright, leaning back over the shank and to the exit.
    const double back = stance[st_pelvis_x], aside = stance[st_pelvis_y];
    const Vector3 thigh_up = std::cos(aside) * (std::cos(back) * Vector3::UnitZ() - std::sin(back) * ahead)
                             + lateral() * std::sin(aside) * left;
    // The knee's sphere sits a little in front of the shank: its place and the shank's slope follow from each other.
    Vector3 knee = ankle, shank_up = ahead;
    double knee_z = sphere.radius_m;
    for (int i = 0; i < 12; ++i) {
        const double drop = std::clamp((knee_z - ankle.z()) / shank_m, -0.95, 0.95);
        shank_up = std::sqrt(1.0 - drop * drop) * ahead + drop * Vector3::UnitZ();
        knee = ankle + shank_m * shank_up;
        const Vector3 hinge = thigh_up.cross(shank_up).normalized();
        Matrix3 shank;
        shank << hinge.cross(shank_up), hinge, shank_up;
        knee_z = sphere.radius_m - (shank * sphere.centre_m).z();
    }
    const Vector3 hip = knee + thigh_m * thigh_up;
    const double far_lateral = -lateral();
    pose.pelvis_m = hip - pose.pelvis_rotation * Vector3(0.0, far_lateral * size.hip_half_width_m, 0.0);
    // Where the knee lies on its circle about the line from ankle to hip (solve_leg's knee_out).
    const Matrix3& foot = body_.feet[far].standing_rotation;
    const Vector3 along = (foot.transpose() * (hip - ankle)).normalized(),
                  to_knee = foot.transpose() * (knee - ankle);
    const Vector3 circle_ahead = (Vector3::UnitX() - along.x() * along).normalized();
    const Vector3 circle_left = along.cross(circle_ahead);
    return std::atan2(far_lateral * to_knee.dot(circle_left), to_knee.dot(circle_ahead));
}

void StancePoser::set_hand(Pose& pose, const Stance& stance, double& excess_m) const {
    const BodyLengths& size = body_.person.lengths;
    const Kinematics k = forward_kinematics(body_, pose);
    const int forearm = forearm_link(side_);
    const double upper_m = size.upper_arm_m, fore_m = size.forearm_m;
    const FloorSphere sphere = hand_sphere(body_, side_);
    const Vector3 shoulder = k.position[static_cast<size_t>(forearm - 1)];
    const Vector3 hand(stance[st_hand_x], lateral() * stance[st_hand_y], sphere.radius_m);
    const double reach = (hand - shoulder).norm(), longest = upper_m + fore_m - 1e-4,
                 shortest = std::abs(upper_m - fore_m) + 0.02;
    excess_m = std::max(reach - longest, shortest - reach);
    const double far = std::clamp(reach, shortest, longest);
    const Vector3 along = (hand - shoulder) / reach;
    const double cos_elbow = (far * far - upper_m * upper_m - fore_m * fore_m) / (2.0 * upper_m * fore_m),
                 cos_upper = (upper_m * upper_m + far * far - fore_m * fore_m) / (2.0 * upper_m * far);
    // The elbow on its circle about the line from shoulder to hand, from back and outward on.
    const double yaw = stance[st_yaw];
    const Vector3 back_out(-0.8 * std::cos(yaw) - 0.6 * std::sin(yaw),
                           lateral() * (0.6 * std::cos(yaw) - 0.8 * std::sin(yaw)), 0.0);
    const Vector3 first = (back_out - back_out.dot(along) * along).normalized(),
                  second = lateral() * along.cross(first);
    const Vector3 aside = std::cos(stance[st_swivel]) * first + std::sin(stance[st_swivel]) * second;
    const double sin_upper = std::sqrt(std::max(0.0, 1.0 - cos_upper * cos_upper));
    const Matrix3& thorax = k.rotation[k_thorax_link];
    Vector3 upper = thorax.transpose() * (cos_upper * along + sin_upper * aside);
    Vector3 fore = thorax.transpose() * (far * along) - upper_m * upper;
    // As the left arm: Ry(-flexion) Rx(abduction) Rz(rotation), hanging along -Z.
    upper.y() *= lateral();
    fore.y() *= lateral();
    const double flexion = std::atan2(upper.x(), -upper.z()),
                 abduction = std::asin(std::clamp(upper.y(), -1.0, 1.0));
    const Vector3 forearm_dir = (axis_rotation(1, -flexion) * axis_rotation(0, abduction)).transpose() * fore;
    const auto set = [&](Dof left_dof, double angle) { pose.joints[on_side(left_dof, side_)] = angle; };
    set(dof_left_shoulder_flexion, flexion);
    set(dof_left_shoulder_abduction, abduction);
    set(dof_left_shoulder_rotation, std::atan2(forearm_dir.y(), forearm_dir.x()));
    set(dof_left_elbow_flexion, std::acos(std::clamp(cos_elbow, -1.0, 1.0)));
}

StancePose StancePoser::pose(const Stance& s, const StanceKind& kind) {
    StancePose posed;
    Pose& pose = posed.pose;
    const double l = lateral();
    pose.pelvis_rotation =
        axis_rotation(2, l * s[st_yaw]) * axis_rotation(0, l * s[st_list]) * axis_rotation(1, s[st_pitch]);
    pose.joints[dof_lumbar_flexion] = s[st_lumbar_flexion];
    pose.joints[dof_lumbar_bend] = l * s[st_lumbar_bend];
    pose.joints[dof_lumbar_rotation] = l * s[st_lumbar_rotation];
    const std::array<int, k_side_count> sides = {near_side(), far_side()};
    place_foot(sides[0], {s[st_near_x], l * s[st_near_y], s[st_near_lift]}, l * s[st_near_yaw],
               s[st_near_pitch]);
    place_foot(sides[1], {s[st_far_x], l * s[st_far_y], 0.0}, l * s[st_far_yaw], s[st_far_pitch]);
    double far_knee_out = s[st_far_knee_out];
    if (kind.far_knee_down)
        far_knee_out = kneel(s, pose);
    else
        pose.pelvis_m = {s[st_pelvis_x], l * s[st_pelvis_y], s[st_pelvis_z]};
    posed.leg_excess_m = -1e9;
    for (const int side : sides) {
        const double lateral_of_leg = side == side_left ? 1.0 : -1.0;
        const Vector3 hip = pose.pelvis_m
                            + pose.pelvis_rotation
                                  * Vector3(0.0, lateral_of_leg * body_.person.lengths.hip_half_width_m, 0.0);
        const LegSolution leg = solve_leg(body_, side, hip, pose.pelvis_rotation,
                                          side == side_ ? s[st_near_knee_out] : far_knee_out);
        posed.leg_excess_m = std::max(posed.leg_excess_m, leg.reach_excess_m);
        set_leg(pose.joints, side, leg.angles);
        const int arm = side == side_ ? st_near_shoulder_flexion : st_far_shoulder_flexion;
        for (int i = 0; i < 4; ++i)
            pose.joints[on_side(static_cast<Dof>(dof_left_shoulder_flexion + i), side)] = s[arm + i];
    }
    posed.arm_excess_m = -1.0;
    if (kind.hand_down) set_hand(pose, s, posed.arm_excess_m);
    return posed;
}

Stance StancePoser::stance_of(const Pose& pose, const Posture& posture) const {
    const double l = lateral();
    Stance s = Stance::Zero();
    s.head<9>() << pose.pelvis_m.x(), l * pose.pelvis_m.y(), pose.pelvis_m.z(), l * posture.pelvis_turn_rad,
        l * posture.pelvis_list_rad, posture.pelvis_pitch_rad, pose.joints[dof_lumbar_flexion],
        l * pose.joints[dof_lumbar_bend], l * pose.joints[dof_lumbar_rotation];
    const auto knee_out = [&](int side) {
        return posture.knee_out_rad + (side == side_right ? posture.knee_out_more_rad : 0.0);
    };
    s[st_near_knee_out] = knee_out(near_side());
    s[st_far_knee_out] = knee_out(far_side());
    for (const int side : {near_side(), far_side()}) {
        const FootShape& foot = body_.feet[static_cast<size_t>(side)];
        const Vector3 place = foot.standing_ankle_m + foot.standing_rotation * pivot_m(side);
        const int at = side == side_ ? st_near_x : st_far_x;
        s[at] = place.x();
        s[at + 1] = l * place.y();
        s[at + 2] = l * std::atan2(foot.standing_rotation(1, 0), foot.standing_rotation(0, 0));
        const int arm = side == side_ ? st_near_shoulder_flexion : st_far_shoulder_flexion;
        for (int i = 0; i < 4; ++i)
            s[arm + i] = pose.joints[on_side(static_cast<Dof>(dof_left_shoulder_flexion + i), side)];
    }
    return s;
}

Stance StancePoser::freed(const Stance& stance, const StanceKind& kind) {
    const Pose posed = pose(stance, kind).pose;
    Stance s = stance;
    for (int i = 0; i < 4; ++i)
        s[st_near_shoulder_flexion + i] =
            posed.joints[on_side(static_cast<Dof>(dof_left_shoulder_flexion + i), side_)];
    if (kind.far_knee_down) {
        Pose kneeling = posed;
        s[st_far_knee_out] = kneel(stance, kneeling);
        s.head<3>() << posed.pelvis_m.x(), lateral() * posed.pelvis_m.y(), posed.pelvis_m.z();
    }
    return s;
}

}  // namespace plumb
