// Scales the table to the person and dresses it.
#include "render/scene/figure.h"

#include <algorithm>
#include <cmath>

#include "sim/person/anthropometry.h"

namespace plumb::figure {
namespace {

/// What the table was drawn for: a man of 1.75 m and 75 kg by sim/person/anthropometry.cpp.
struct Drawn {
    double stature_m = 1.75, hip_to_lumbar_m = 0.147, lumbar_to_shoulder_m = 0.373, thigh_m = 0.425,
           shank_m = 0.417, upper_arm_m = 0.334, elbow_to_wrist_m = 0.267, hand_m = 0.193,
           shoulder_half_width_m = 0.207, hip_half_width_m = 0.085, buttock_back_m = 0.115,
           belly_front_m = 0.1227, chest_front_m = 0.119, shoulder_to_head_m = 0.1065, head_top_m = 0.208;
};
constexpr Drawn k_drawn;

double head_scale(const BodyLengths& size) { return std::pow(size.stature_m / k_drawn.stature_m, 0.6); }

double neck_scale(const BodyLengths& size) {
    return (head_origin_m(size) - size.lumbar_to_shoulder_m) / k_drawn.shoulder_to_head_m;
}

/// Factors on a bone's x, y and z. `flesh` thickens what carries flesh more than joints, hands and head.
Eigen::Vector3d bone_scale(const BodyModel& body, Bone bone, double flesh, int side = side_left) {
    const BodyLengths& size = body.person.lengths;
    const bool woman = body.person.def.sex == Sex::female;
    const double tall = size.stature_m / k_drawn.stature_m;
    const auto limb = [&](double length_ratio, double share, double of_sex) {
        const double girth = of_sex * std::pow(flesh, share) * std::pow(tall, 0.5 * (1.0 - share));
        return Eigen::Vector3d(girth, length_ratio, girth);
    };
    const double hips = size.hip_half_width_m / k_drawn.hip_half_width_m;
    const double shoulders = size.shoulder_half_width_m / k_drawn.shoulder_half_width_m;
    const double lower = size.hip_to_lumbar_m / k_drawn.hip_to_lumbar_m;
    const double head_size = head_scale(size);
    switch (bone) {
    case pelvis:
        return {size.buttock_back_m / k_drawn.buttock_back_m, 0.5 * (lower + tall),
                std::pow(hips, 0.4) * std::pow(flesh, 0.6) * (woman ? 1.02 : 1.0)};
    case abdomen:
        return {size.belly_front_m / k_drawn.belly_front_m, 0.5 * (lower + tall),
                std::pow(hips, 0.25) * std::pow(flesh, 0.75) * (woman ? 0.90 : 1.0)};
    case thorax:
        return {size.chest_front_m / k_drawn.chest_front_m,
                size.lumbar_to_shoulder_m / k_drawn.lumbar_to_shoulder_m,
                std::pow(shoulders, 0.6) * std::pow(flesh, 0.4) * (woman ? 0.96 : 1.0)};
    case neck:
        return {std::pow(flesh, 0.6) * (woman ? 0.88 : 1.0), neck_scale(size),
                std::pow(flesh, 0.6) * (woman ? 0.88 : 1.0)};
    case head: return Eigen::Vector3d::Ones() * head_size * (woman ? 0.985 : 1.0);
    case upper_arm: return limb(size.upper_arm_m / k_drawn.upper_arm_m, 0.9, woman ? 0.92 : 1.0);
    case forearm:
        return limb(split_forearm(body.person.def.sex, size.forearm_m).elbow_to_wrist_m
                        / k_drawn.elbow_to_wrist_m,
                    0.6, woman ? 0.92 : 1.0);
    case hand:
    case fist: {
        const double hand_ratio = split_forearm(body.person.def.sex, size.forearm_m).hand_m / k_drawn.hand_m;
        return {std::sqrt(hand_ratio), hand_ratio, std::sqrt(hand_ratio) * (woman ? 0.92 : 1.0)};
    }
    case thigh:
        return limb(size.side_thigh_m[static_cast<size_t>(side)] / k_drawn.thigh_m, 1.0, woman ? 1.04 : 1.0);
    case shank: return limb(size.side_shank_m[static_cast<size_t>(side)] / k_drawn.shank_m, 0.7, 1.0);
    default: return {1.0, 1.0, 1.0};
    }
}

Shape scaled(const Shape& drawn, const Eigen::Vector3d& scale, bool mirrored) {
    Shape shape = drawn;
    for (size_t i = 0; i < 3; ++i) {
        const auto factor = static_cast<float>(scale[static_cast<Eigen::Index>(i)]);
        shape.a[i] *= factor;
        shape.b[i] *= factor;
    }
    const auto round = static_cast<float>(std::sqrt(scale.x() * scale.z()));
    shape.r1 *= round;
    shape.r2 *= round;
    if (mirrored) {
        shape.a[2] = -shape.a[2];
        if (shape.cone) shape.b[2] = -shape.b[2];
    }
    return shape;
}

/// Shoes are drawn from the foot itself: they cover the outline of the sole and end at its level.
void add_shoes(BoneShape& foot_bone, BoneShape& toe_bone, const BodyLengths& size) {
    const auto f = [](double value) { return static_cast<float>(value); };
    const float heel_r = f(0.5 * size.heel_breadth_m), half = f(0.5 * size.foot_breadth_m);
    const float high = f(size.ankle_height_m), length = f(size.foot_length_m), ball = f(size.ball_length_m);
    const float back = -f(size.ankle_from_heel_m);
    const float lift = high / 0.0727f;
    const auto add = [](BoneShape& bone, bool cone, std::array<float, 3> a, std::array<float, 3> b, float r1,
                        float r2) {
        bone.shapes.push_back({foot, cone, a, b, r1, r2});
    };
    // The heel's cup and the collar round the ankle.
    add(foot_bone, true, {back + 1.05f * heel_r, high - 0.004f, 0.0f},
        {back + 1.12f * heel_r, 0.3f * high, 0.0f}, heel_r + 0.004f, 0.9f * heel_r);
    add(foot_bone, true, {-0.006f * lift, 0.014f * lift, 0.0f}, {-0.006f * lift, -0.016f * lift, 0.0f},
        1.10f * heel_r, 1.04f * heel_r);
    // Instep: a ridge falling to the ball.
    add(foot_bone, true, {0.01f * lift, 0.018f * lift, -0.002f},
        {back + ball - 0.02f, high - 0.016f, -0.004f}, 1.0f * heel_r, 0.62f * half);
    add(foot_bone, true, {back + heel_r, high, 0.0f}, {back + ball, high, 0.0f}, heel_r - 0.001f,
        half - 0.004f);
    // In the toes' frame the ball is the origin.
    add(toe_bone, false, {-0.012f, 0.0f, -0.001f}, {0.070f * length / 0.27f, 0.040f * lift, half - 0.003f},
        0.0f, 0.0f);
    add(toe_bone, false, {0.52f * (length - ball), 0.0f, -0.10f * half},
        {0.53f * (length - ball), 0.031f * lift, 0.74f * half}, 0.0f, 0.0f);
}

void dress(Figure& figure, const BodyLengths& size, bool woman) {
    const auto up = [](double value) { return static_cast<float>(value); };
    const float h = up(head_scale(size));
    auto& bones = figure.bones;
    // The shirt hangs over the shorts down to a hem round the pelvis: never into the crease of the thighs.
    const Vector3f hem(0.0f, up(0.74 * size.hip_to_lumbar_m), 0.0f);
    bones[pelvis].garment = {false,  hem,   Vector3f::UnitY(), 0.0f, Stuff::shirt, Stuff::shorts, 0.007f,
                             0.004f, pelvis};
    bones[abdomen].garment = bones[pelvis].garment;
    const float shoulder = up(size.lumbar_to_shoulder_m);
    bones[thorax].garment = {true,
                             {0.030f, shoulder + 0.085f, 0.0f},
                             Vector3f::UnitY(),
                             0.125f,
                             Stuff::shirt,
                             Stuff::skin,
                             0.005f,
                             0.0f,
                             -1};
    bones[neck].garment = bones[thorax].garment;
    bones[neck].garment.frame = thorax;
    // Everything but the face: the hairline runs from the forehead past the ears to the nape.
    bones[head].garment = {true,
                           h * Vector3f(0.094f, 0.028f, 0.0f),
                           Vector3f::UnitY(),
                           h * (woman ? 0.140f : 0.143f),
                           Stuff::hair,
                           Stuff::skin,
                           woman ? 0.010f : 0.007f,
                           0.0f,
                           -1};
    for (int side = 0; side < k_side_count; ++side) {
        const auto at = [&](Bone bone) -> Garment& {
            return bones[static_cast<size_t>(on_side(bone, side))].garment;
        };
        at(upper_arm) = {false,
                         {0.0f, up(0.52 * size.upper_arm_m), 0.0f},
                         {0.0f, -1.0f, 0.0f},
                         0.0f,
                         Stuff::shirt,
                         Stuff::skin,
                         0.006f,
                         0.0f,
                         -1};
        at(thigh) = {false,
                     {0.0f, up(0.66 * size.side_thigh_m[static_cast<size_t>(side)]), 0.0f},
                     {0.0f, -1.0f, 0.0f},
                     0.0f,
                     Stuff::shorts,
                     Stuff::skin,
                     0.008f,
                     0.0f,
                     -1};
        at(shank) = {false,
                     {0.0f, up(0.80 * size.side_shank_m[static_cast<size_t>(side)]), 0.0f},
                     {0.0f, 1.0f, 0.0f},
                     0.0f,
                     Stuff::sock,
                     Stuff::skin,
                     0.004f,
                     0.0f,
                     -1};
        at(foot) = {false,
                    {0.0f, up(size.ankle_height_m) - 0.017f, 0.0f},
                    {0.0f, 1.0f, 0.0f},
                    0.0f,
                    Stuff::sole,
                    Stuff::shoe,
                    0.003f,
                    0.0f,
                    -1};
        at(toes) = {
            false, {0.0f, -0.017f, 0.0f}, {0.0f, 1.0f, 0.0f}, 0.0f, Stuff::sole, Stuff::shoe, 0.003f, 0.0f,
            -1};
    }
}

}  // namespace

double head_origin_m(const BodyLengths& size) {
    return size.lumbar_to_shoulder_m + size.shoulder_to_vertex_m - k_drawn.head_top_m * head_scale(size);
}

Figure build_figure(const BodyModel& body, double flesh) {
    const BodyLengths& size = body.person.lengths;
    const bool woman = body.person.def.sex == Sex::female;
    Figure figure;
    for (const Shape& drawn : k_shapes) {
        if (drawn.who == (woman ? Who::men : Who::women)) continue;
        const Eigen::Vector3d scale = bone_scale(body, drawn.bone, flesh);
        if (drawn.bone < k_trunk_bones) {
            figure.bones[static_cast<size_t>(drawn.bone)].shapes.push_back(scaled(drawn, scale, false));
            if (drawn.pair)
                figure.bones[static_cast<size_t>(drawn.bone)].shapes.push_back(scaled(drawn, scale, true));
        } else {
            for (int side = 0; side < k_side_count; ++side)
                figure.bones[static_cast<size_t>(on_side(drawn.bone, side))].shapes.push_back(
                    scaled(drawn, bone_scale(body, drawn.bone, flesh, side), false));
        }
    }
    for (const MuscleShape& drawn : k_muscles) {
        for (int side = 0; side < k_side_count; ++side) {
            const Eigen::Vector3f scale = bone_scale(body, drawn.bone, flesh, side).cast<float>();
            Muscle muscle{drawn.tissue, side, drawn.bone, scale.cwiseProduct(Vector3f(drawn.centre.data())),
                          scale.cwiseProduct(Vector3f(drawn.half.data()))};
            if (drawn.bone >= k_trunk_bones) muscle.bone = on_side(drawn.bone, side);
            // The trunk's own z is to the left on both sides.
            if (drawn.bone < k_trunk_bones && side == side_right) muscle.centre.z() = -muscle.centre.z();
            figure.muscles.push_back(muscle);
        }
    }
    const auto set = [&](int bone, Bone kind, int parent) {
        BoneShape& b = figure.bones[static_cast<size_t>(bone)];
        b.parent = parent;
        b.inner_m = inner_blend_m(kind);
        for (const Blend& blend : k_blends)
            if (blend.child == kind) {
                b.blend_m = blend.width_m;
                b.full_m = blend.full_m;
                b.gone_m = blend.gone_m;
            }
    };
    for (const Bone bone : {pelvis, abdomen, thorax, neck, head}) set(bone, bone, bone - 1);
    for (int side = 0; side < k_side_count; ++side) {
        const auto at = [&](Bone bone) { return on_side(bone, side); };
        const bool grips = body.bar_m || body.hand_kg[static_cast<size_t>(side)] > 0.0;
        set(at(upper_arm), upper_arm, thorax);
        set(at(forearm), forearm, at(upper_arm));
        set(at(hand), hand, at(forearm));
        set(at(fist), fist, at(forearm));
        set(at(thigh), thigh, pelvis);
        set(at(shank), shank, at(thigh));
        set(at(foot), foot, at(shank));
        set(at(toes), toes, at(foot));
        figure.bones[static_cast<size_t>(at(hand))].shown = !grips;
        figure.bones[static_cast<size_t>(at(fist))].shown = grips;
        BoneShape& foot_bone = figure.bones[static_cast<size_t>(at(foot))];
        BoneShape& toe_bone = figure.bones[static_cast<size_t>(at(toes))];
        add_shoes(foot_bone, toe_bone, size);
        foot_bone.floor_y_m = static_cast<float>(size.ankle_height_m);
        foot_bone.other_floor = at(toes);
        toe_bone.other_floor = at(foot);
    }
    dress(figure, size, woman);
    return figure;
}

}  // namespace plumb::figure
