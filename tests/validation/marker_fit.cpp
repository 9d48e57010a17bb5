// Joint centres from markers, Gauss-Newton over the body's tree.
#include "tests/validation/marker_fit.h"

#include <algorithm>
#include <cmath>

#include <Eigen/Cholesky>
#include <Eigen/Geometry>

#include "sim/base/units.h"
#include "sim/person/anthropometry.h"
#include "sim/scenario/scenario_fields.h"

namespace plumb::test {
namespace {

/// Skin markers and joint centres [m]: the knee's and the ankle's axis lie this far medial of their markers, the heel's skin this far
/// ahead of its marker, the head's top this far above the markers at the temples (choices of the usual sizes).
constexpr double k_knee_medial_m = 0.055, k_ankle_medial_m = 0.04, k_heel_marker_m = 0.01,
                 k_vertex_above_temple_m = 0.11;
/// Hip joint centres from the distance of the anterior superior iliac spines (Bell, Brand & Pedersen 1989): behind, below.
constexpr double k_hip_behind = 0.19, k_hip_below = 0.30;
/// Where belts or clothes held the spines' markers apart: no more than this share of stature.
constexpr double k_widest_spines = 0.155;
/// Second metatarsal head along the foot, from the heel.
constexpr double k_second_metatarsal = 0.72;
/// Pull of an angle towards 0 [m/rad]: a centimetre of markers decides against it.
constexpr double k_rest_pull_m = 0.01;

const Vector3& at(const MarkerFrame& frame, Marker marker) { return frame[static_cast<std::size_t>(marker)]; }

Vector3 level_unit(Vector3 v) {
    v.z() = 0.0;
    return v.normalized();
}

struct Pelvis {
    Vector3 hips_m;  ///< midway between the joint centres
    Vector3 left;
};
Pelvis pelvis_of(const MarkerFrame& frame, double stature_m) {
    const Vector3 spines = at(frame, LASI) - at(frame, RASI);
    const Vector3 front = 0.5 * (at(frame, LASI) + at(frame, RASI));
    const Vector3 left = spines.normalized();
    const Vector3 back_to_front = front - 0.5 * (at(frame, LPSI) + at(frame, RPSI));
    const Vector3 ahead = (back_to_front - back_to_front.dot(left) * left).normalized();
    const double width_m = std::min(spines.norm(), k_widest_spines * stature_m);
    return {front - k_hip_behind * width_m * ahead - k_hip_below * width_m * ahead.cross(left), left};
}

Vector3 foot_direction(const MarkerFrame& frame, int side) {
    return level_unit(at(frame, on_side(LTOE, side)) - at(frame, on_side(LHEE, side)));
}

/// Towards the person's midline, level: square to the foot.
Vector3 medial_of_foot(const MarkerFrame& frame, int side) {
    const Vector3 left = Vector3::UnitZ().cross(foot_direction(frame, side));
    return side == side_left ? Vector3(-left) : left;
}

Vector3 ankle_m(const MarkerFrame& frame, int side) {
    return at(frame, on_side(LANK, side)) + k_ankle_medial_m * medial_of_foot(frame, side);
}

/// The knee's hinge points between where the foot's and the pelvis' would.
Vector3 knee_m(const MarkerFrame& frame, int side) {
    const Vector3 pelvis = level_unit(at(frame, LASI) - at(frame, RASI));
    const Vector3 medial =
        (medial_of_foot(frame, side) + (side == side_left ? Vector3(-pelvis) : pelvis)).normalized();
    return at(frame, on_side(LKNE, side)) + k_knee_medial_m * medial;
}

Vector3 wrist_m(const MarkerFrame& frame, int side) {
    return 0.5 * (at(frame, on_side(LWRA, side)) + at(frame, on_side(LWRB, side)));
}

/// The hip joint centre; half their distance by stature as in the body (anthropometry.cpp).
Vector3 hip_m(const MarkerFrame& frame, int side, double stature_m) {
    const Pelvis pelvis = pelvis_of(frame, stature_m);
    const double half_m = 0.0485 * stature_m * (side == side_left ? 1.0 : -1.0);
    return pelvis.hips_m + half_m * pelvis.left;
}

}  // namespace

Pose fit_pose(const BodyModel& body, const std::vector<Target>& targets, const Pose& start, int steps) {
    Pose pose = start;
    using Row = Eigen::Matrix<double, 3, k_velocity_count>;
    for (int step = 0; step < steps; ++step) {
        const Kinematics k = forward_kinematics(body, pose);
        MassMatrix normal = MassMatrix::Zero();
        VelocityVector right = VelocityVector::Zero();
        for (const Target& target : targets) {
            const Vector3 p = k.point(target.link, target.local_m);
            Row row = Row::Zero();
            const Vector3 arm = p - pose.pelvis_m;
            row.leftCols<3>() << 0.0, arm.z(), -arm.y(), -arm.z(), 0.0, arm.x(), arm.y(), -arm.x(), 0.0;
            row.middleCols<3>(3).setIdentity();
            for (int link = target.link; link > k_pelvis_link;
                 link = body.links[static_cast<std::size_t>(link)].parent)
                row.col(5 + link) = k.axis(body, link).cross(p - k.position[static_cast<std::size_t>(link)]);
            const double weight2 = target.weight * target.weight;
            normal.noalias() += weight2 * row.transpose() * row;
            right.noalias() += weight2 * row.transpose() * (target.world_m - p);
        }
        const double pull2 = k_rest_pull_m * k_rest_pull_m;
        normal.diagonal().tail<k_dof_count>().array() += pull2;
        right.tail<k_dof_count>() -= pull2 * pose.joints;
        VelocityVector change = normal.ldlt().solve(right);
        change *= std::min(1.0, 0.5 / std::max(1e-9, change.cwiseAbs().maxCoeff()));
        const double turn_rad = change.head<3>().norm();
        if (turn_rad > 1e-12)
            pose.pelvis_rotation = Eigen::AngleAxisd(turn_rad, change.head<3>() / turn_rad).toRotationMatrix()
                                   * pose.pelvis_rotation;
        pose.pelvis_m += change.segment<3>(3);
        pose.joints += change.tail<k_dof_count>();
        if (change.cwiseAbs().maxCoeff() < 1e-5) break;
    }
    return pose;
}

MeasuredSubject measure_subject(std::span<const MarkerRecording> recordings, int subject) {
    double temple_m = 0.0, ankle_z_m = 0.0, shank_m = 0.0, arm_m = 0.0, foot_m = 0.0, width_m = 0.0,
           toe_out_rad = 0.0, thigh_m = 0.0;
    int count = 0;
    for (const MarkerRecording& one : recordings) {
        if (one.subject != subject) continue;
        ++count;
        double highest_m = 0.0;
        for (const MarkerFrame& frame : one.frames)
            highest_m = std::max(highest_m, 0.5 * (at(frame, LFHD).z() + at(frame, RFHD).z()));
        temple_m += highest_m;
        const MarkerFrame& standing = one.frames.front();
        const MarkerFrame& deep = one.frames[one.deepest];
        for (int side = 0; side < k_side_count; ++side) {
            ankle_z_m += 0.5 * ankle_m(standing, side).z();
            // The knee's marker slides over the knee as it bends: the mean of both ends.
            for (const MarkerFrame* frame : {&standing, &deep})
                shank_m += 0.25 * (knee_m(*frame, side) - ankle_m(*frame, side)).norm();
            const Vector3& elbow = at(standing, on_side(LELB, side));
            arm_m += 0.5
                     * ((at(standing, on_side(LSHO, side)) - elbow).norm()
                        + (elbow - wrist_m(standing, side)).norm());
            const Vector3& heel = at(standing, on_side(LHEE, side));
            const Vector3 along = foot_direction(standing, side);
            foot_m += 0.5 * ((at(standing, on_side(LTOE, side)) - heel).dot(along) - k_heel_marker_m)
                      / k_second_metatarsal;
            width_m += (side == side_left ? 1.0 : -1.0) * heel.y();
            toe_out_rad += 0.5 * (side == side_left ? 1.0 : -1.0) * std::atan2(along.y(), along.x());
        }
    }
    MeasuredSubject measured;
    PersonDef& person = measured.scenario.person;
    const auto mean = [&](double sum) { return sum / count; };
    // Two rounds, for ankle height and shoes go by stature.
    person.stature_m = mean(temple_m) + k_vertex_above_temple_m;
    for (int round = 0; round < 2; ++round) {
        const double ankle_height_m = build_person(person).lengths.ankle_height_m;
        measured.floor_m = mean(ankle_z_m) - ankle_height_m;
        person.stature_m = mean(temple_m) + k_vertex_above_temple_m - measured.floor_m;
    }
    // Thigh and shank share the straight leg as their markers' distances do.
    double leg_m = 0.0;
    for (const MarkerRecording& one : recordings)
        if (one.subject == subject)
            for (int side = 0; side < k_side_count; ++side) {
                const MarkerFrame& standing = one.frames.front();
                const Vector3 hip = hip_m(standing, side, person.stature_m);
                leg_m += 0.5 * (hip - ankle_m(standing, side)).norm();
                thigh_m += 0.25 * (hip - knee_m(standing, side)).norm();
                const MarkerFrame& deep = one.frames[one.deepest];
                thigh_m += 0.25 * (hip_m(deep, side, person.stature_m) - knee_m(deep, side)).norm();
            }
    person.mass_kg = 22.5 * person.stature_m * person.stature_m;
    person.shank_length_m = mean(leg_m) * shank_m / (shank_m + thigh_m);
    person.thigh_length_m = mean(leg_m) * thigh_m / (shank_m + thigh_m);
    person.arm_length_m = mean(arm_m) + 0.055 * person.stature_m;  // half a hand
    person.foot_length_m = mean(foot_m);
    measured.scenario.stance = {.width_m = mean(width_m), .toe_out_deg = mean(toe_out_rad) * k_rad_to_deg};
    measured.scenario.arms.pose = ArmsPose::overhead;
    measured.scenario = resolve_scenario(measured.scenario);
    return measured;
}

MarkedBody::MarkedBody(const BodyModel& body, const MeasuredSubject& subject, const MarkerFrame& standing)
    : body_(body), floor_m_(subject.floor_m) {
    const BodyLengths& size = body.person.lengths;
    const Vector3 floor(0.0, 0.0, floor_m_);
    const Pelvis pelvis = pelvis_of(standing, size.stature_m);
    const Vector3 hips = pelvis.hips_m - floor, left = level_unit(pelvis.left);
    // Pelvis and trunk upright by definition: standing is 0.
    std::vector<Target> targets = {
        {k_pelvis_link, Vector3::Zero(), hips},
        {k_pelvis_link, {0.0, 0.2, 0.0}, hips + 0.2 * left},
        {k_pelvis_link, {0.0, 0.0, 0.2}, hips + Vector3(0.0, 0.0, 0.2)},
    };
    Vector3 neck = 0.5 * (at(standing, C7) + at(standing, CLAV));
    neck.z() = hips.z() + size.trunk_m;
    targets.push_back({k_thorax_link, {0.0, 0.0, size.lumbar_to_shoulder_m}, neck});
    for (int side = 0; side < k_side_count; ++side) {
        const auto link = [&](Dof left_dof) { return link_of(plumb::on_side(left_dof, side)); };
        const FootShape& foot = body.feet[static_cast<std::size_t>(side)];
        const Vector3 along = foot_direction(standing, side);
        Vector3 heel = at(standing, on_side(LHEE, side)) + k_heel_marker_m * along,
                toe = at(standing, on_side(LTOE, side));
        heel.z() = toe.z() = 0.0;
        const Vector3 sole_heel = foot.outline_m[0];
        targets.push_back({link(dof_left_knee_flexion), Vector3::Zero(), knee_m(standing, side) - floor});
        targets.push_back({link(dof_left_ankle_inversion), Vector3::Zero(), ankle_m(standing, side) - floor});
        targets.push_back({link(dof_left_ankle_inversion), sole_heel, heel});
        targets.push_back({link(dof_left_ankle_inversion),
                           sole_heel + k_second_metatarsal * size.foot_length_m * Vector3::UnitX(), toe});
        targets.push_back(
            {link(dof_left_elbow_flexion), Vector3::Zero(), at(standing, on_side(LELB, side)) - floor, 0.3});
        const double wrist = split_forearm(body.person.def.sex, size.forearm_m).elbow_to_wrist_m;
        targets.push_back(
            {link(dof_left_elbow_flexion), {0.0, 0.0, -wrist}, wrist_m(standing, side) - floor, 0.3});
    }
    Pose start;
    start.pelvis_m = hips;
    for (int side = 0; side < k_side_count; ++side)
        start.joints[plumb::on_side(dof_left_shoulder_flexion, side)] = 2.8;
    standing_ = fit_pose(body, targets, start, 60);

    const Kinematics k = forward_kinematics(body, standing_);
    const auto stick = [&](int link, std::initializer_list<Marker> markers) {
        for (const Marker marker : markers) {
            if (is_missing(standing, marker)) continue;
            const auto l = static_cast<std::size_t>(link);
            const Vector3 local_m =
                k.rotation[l].transpose() * (at(standing, marker) - floor - k.position[l]);
            stuck_.push_back({marker, link, local_m});
        }
    };
    stick(k_pelvis_link, {LASI, RASI, LPSI, RPSI});
    stick(k_thorax_link, {C7, T10, CLAV, STRN});
    for (int side = 0; side < k_side_count; ++side) {
        const auto m = [&](Marker left_marker) { return on_side(left_marker, side); };
        stick(thigh_link(side), {m(LTHI), m(LKNE)});
        stick(shank_link(side), {m(LTIB), m(LANK)});
        stick(foot_link(side), {m(LHEE), m(LTOE), m(LANK)});
        stick(link_of(plumb::on_side(dof_left_shoulder_rotation, side)), {m(LUPA), m(LELB)});
        stick(forearm_link(side), {m(LFRM), m(LWRA), m(LWRB)});
        // Nobody lifts the feet: three markers nearly in a line would leave them to roll.
        for (const std::size_t ball : {std::size_t{2}, std::size_t{5}}) {
            const Vector3& corner = body.feet[static_cast<std::size_t>(side)].outline_m[ball];
            planted_.push_back({foot_link(side), corner, k.point(foot_link(side), corner), 0.5});
        }
    }
}

std::vector<Target> MarkedBody::targets(const MarkerFrame& frame) const {
    std::vector<Target> all;
    for (const Stuck& one : stuck_)
        if (!is_missing(frame, one.marker))
            all.push_back({one.link, one.local_m, at(frame, one.marker) - floor_m_ * Vector3::UnitZ()});
    return all;
}

Pose MarkedBody::fit(const MarkerFrame& frame, const Pose& start) const {
    std::vector<Target> all = targets(frame);
    all.insert(all.end(), planted_.begin(), planted_.end());
    return fit_pose(body_, all, start, 30);
}

double MarkedBody::miss_m(const MarkerFrame& frame, const Pose& pose) const {
    const Kinematics k = forward_kinematics(body_, pose);
    double sum = 0.0;
    const std::vector<Target> all = targets(frame);
    for (const Target& target : all)
        sum += (k.point(target.link, target.local_m) - target.world_m).squaredNorm();
    return std::sqrt(sum / static_cast<double>(all.size()));
}

}  // namespace plumb::test
