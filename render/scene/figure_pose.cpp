// Hangs the figure's bones on the body's links.
#include <Eigen/Geometry>

#include "render/scene/figure.h"
#include "sim/person/anthropometry.h"

namespace plumb::figure {
namespace {

/// Palms of hanging arms turn from forward past the thighs to half backward: with the arms held out they look down and in.
constexpr double k_pronation_rad = 2.36;

Frame make_frame(const Vector3& origin, const Vector3& x, const Vector3& y, const Vector3& z) {
    Frame frame;
    frame.origin = origin.cast<float>();
    frame.axes.col(0) = x.cast<float>();
    frame.axes.col(1) = y.cast<float>();
    frame.axes.col(2) = z.cast<float>();
    return frame;
}

}  // namespace

Frames pose_figure(const BodyModel& body, const Pose& pose) {
    const BodyLengths& size = body.person.lengths;
    const Kinematics k = forward_kinematics(body, pose);
    Frames frames;
    const auto trunk_frame = [](const Vector3& origin, const Matrix3& r) {
        return make_frame(origin, r.col(0), r.col(2), r.col(1));
    };
    const Matrix3& pelvis_r = k.rotation[k_pelvis_link];
    const Matrix3& thorax_r = k.rotation[k_thorax_link];
    const Matrix3 half =
        Eigen::Quaterniond(pelvis_r).slerp(0.5, Eigen::Quaterniond(thorax_r)).toRotationMatrix();
    frames[pelvis] = trunk_frame(k.position[k_pelvis_link], pelvis_r);
    frames[abdomen] = trunk_frame(k.position[k_thorax_link], half);
    frames[thorax] = trunk_frame(k.position[k_thorax_link], thorax_r);
    frames[neck] =
        trunk_frame(k.point(k_thorax_link, {0.0, 0.0, size.lumbar_to_shoulder_m + 0.02}), thorax_r);
    frames[head] = trunk_frame(k.point(k_thorax_link, {0.015, 0.0, head_origin_m(size)}), thorax_r);
    const double wrist_m = split_forearm(body.person.def.sex, size.forearm_m).elbow_to_wrist_m;
    for (int side = 0; side < k_side_count; ++side) {
        const double lateral = side == side_left ? 1.0 : -1.0;
        const auto place = [&](Bone bone, int link, const Vector3& origin, const Matrix3& turn) {
            const Matrix3 r = k.rotation[static_cast<size_t>(link)] * turn;
            frames[static_cast<size_t>(on_side(bone, side))] =
                make_frame(k.point(link, origin), r.col(0), -r.col(2), lateral * r.col(1));
        };
        const Matrix3 as_is = Matrix3::Identity();
        place(upper_arm, link_of(on_side(dof_left_shoulder_rotation, side)), Vector3::Zero(), as_is);
        place(forearm, forearm_link(side), Vector3::Zero(), as_is);
        const Matrix3 palm_in = axis_rotation(2, -lateral * k_pronation_rad);
        place(hand, forearm_link(side), {0.0, 0.0, -wrist_m}, palm_in);
        place(fist, forearm_link(side), {0.0, 0.0, -wrist_m}, palm_in);
        place(thigh, thigh_link(side), Vector3::Zero(), as_is);
        place(shank, shank_link(side), Vector3::Zero(), as_is);
        place(foot, foot_link(side), Vector3::Zero(), axis_rotation(1, body.wedge_rad));
        const FootShape& shape = body.feet[static_cast<size_t>(side)];
        const Vector3 ball = shape.outline_m[0] + size.ball_length_m * Vector3::UnitX();
        if (body.has_toes())
            place(toes, toe_link(side), ball - shape.toe_joint_m, as_is);
        else
            place(toes, foot_link(side), ball, as_is);
    }
    return frames;
}

}  // namespace plumb::figure
