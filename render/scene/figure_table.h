// The figure's shapes: 21 bones of rounded cones and ellipsoids, as drawn for a man of 1.75 m and 75 kg [m].
// Bone frames: x forward, y along the bone away from its joint (up in the trunk), z to the outside. Sizes by eye.
#pragma once

#include <array>
#include <cstdint>

#include "sim/person/tissue.h"

namespace plumb::figure {

/// Trunk bones, then one block of eight for each side.
enum Bone : int {
    pelvis,
    abdomen,
    thorax,
    neck,
    head,
    upper_arm,
    forearm,
    hand,
    fist,  ///< the same hand closed round a handle; one of the two is shown
    thigh,
    shank,
    foot,
    toes,  ///< level where a heel wedge pitches the foot
};
inline constexpr int k_trunk_bones = 5, k_side_bones = 8, k_bone_count = k_trunk_bones + 2 * k_side_bones;
/// The bone of the given side (0 left, 1 right).
[[nodiscard]] constexpr int on_side(Bone bone, int side) { return bone + side * k_side_bones; }
/// What kind of bone it is, on either side.
[[nodiscard]] constexpr Bone kind_of(int bone) {
    return static_cast<Bone>(bone < k_trunk_bones + k_side_bones ? bone : bone - k_side_bones);
}

/// Whose body has the shape.
enum class Who : std::uint8_t { all, men, women };

/// An ellipsoid: centre `a`, half axes `b`. A cone: from `a` with radius r1 to `b` with radius r2.
struct Shape {
    Bone bone = pelvis;
    bool cone = false;
    std::array<float, 3> a{}, b{};
    float r1 = 0.0f, r2 = 0.0f;
    Who who = Who::all;
    bool pair = false;  ///< trunk: a mirrored twin at -z
};

inline constexpr std::array k_shapes = {
    Shape{pelvis, false, {0.000f, 0.050f, 0.0f}, {0.100f, 0.110f, 0.146f}},
    Shape{pelvis, false, {-0.043f, -0.005f, 0.070f}, {0.072f, 0.090f, 0.076f}, 0, 0, Who::all, true},
    Shape{abdomen, false, {0.006f, -0.015f, 0.0f}, {0.106f, 0.165f, 0.134f}},
    Shape{thorax, false, {0.000f, 0.195f, 0.0f}, {0.112f, 0.200f, 0.150f}},
    Shape{thorax, false, {0.060f, 0.270f, 0.070f}, {0.052f, 0.062f, 0.078f}, 0, 0, Who::men, true},
    Shape{thorax, false, {0.066f, 0.225f, 0.072f}, {0.062f, 0.064f, 0.064f}, 0, 0, Who::women, true},
    Shape{thorax, false, {-0.055f, 0.260f, 0.078f}, {0.054f, 0.105f, 0.080f}, 0, 0, Who::all, true},
    Shape{thorax, true, {-0.014f, 0.370f, 0.030f}, {-0.010f, 0.350f, 0.165f}, 0.050f, 0.046f, Who::all, true},
    Shape{thorax, true, {-0.018f, 0.430f, 0.020f}, {-0.016f, 0.376f, 0.130f}, 0.034f, 0.036f, Who::all, true},
    Shape{neck, true, {-0.014f, -0.030f, 0.0f}, {0.010f, 0.110f, 0.0f}, 0.060f, 0.054f},
    Shape{head, false, {-0.004f, 0.104f, 0.0f}, {0.099f, 0.096f, 0.077f}},
    Shape{head, true, {0.030f, 0.072f, 0.0f}, {0.058f, 0.002f, 0.0f}, 0.060f, 0.034f},
    Shape{head, true, {0.010f, 0.030f, 0.042f}, {0.048f, 0.004f, 0.016f}, 0.020f, 0.020f, Who::all, true},
    Shape{head, true, {0.094f, 0.082f, 0.0f}, {0.108f, 0.052f, 0.0f}, 0.008f, 0.013f},
    Shape{head, true, {0.078f, 0.099f, 0.014f}, {0.068f, 0.098f, 0.044f}, 0.012f, 0.010f, Who::all, true},
    Shape{head, false, {0.052f, 0.062f, 0.034f}, {0.030f, 0.026f, 0.022f}, 0, 0, Who::all, true},
    Shape{head, false, {0.004f, 0.070f, 0.079f}, {0.019f, 0.031f, 0.010f}, 0, 0, Who::all, true},
    Shape{head, false, {-0.112f, 0.112f, 0.0f}, {0.038f, 0.038f, 0.040f}, 0, 0, Who::women},
    Shape{upper_arm, true, {-0.012f, 0.030f, -0.004f}, {0.0f, 0.334f, 0.0f}, 0.046f, 0.036f},
    Shape{upper_arm, false, {-0.014f, 0.064f, -0.007f}, {0.052f, 0.090f, 0.047f}},
    Shape{upper_arm, false, {0.013f, 0.190f, 0.0f}, {0.039f, 0.100f, 0.037f}},
    Shape{upper_arm, false, {-0.014f, 0.175f, 0.0f}, {0.038f, 0.110f, 0.036f}},
    Shape{forearm, true, {0.0f, 0.000f, 0.0f}, {0.0f, 0.262f, 0.0f}, 0.037f, 0.024f},
    Shape{forearm, false, {0.004f, 0.075f, 0.006f}, {0.040f, 0.092f, 0.043f}},
    // Hands as they hang with the palms forward: palm at +x, thumb at +z. Posing turns the palms in.
    Shape{hand, true, {0.0f, 0.000f, 0.0f}, {0.0f, 0.030f, 0.0f}, 0.024f, 0.023f},
    Shape{hand, false, {0.0f, 0.056f, 0.0f}, {0.018f, 0.054f, 0.040f}},
    Shape{hand, true, {0.0f, 0.085f, 0.0295f}, {0.010f, 0.163f, 0.0310f}, 0.0112f, 0.0088f},
    Shape{hand, true, {0.0f, 0.088f, 0.0100f}, {0.012f, 0.180f, 0.0105f}, 0.0115f, 0.0090f},
    Shape{hand, true, {0.0f, 0.086f, -0.0095f}, {0.012f, 0.174f, -0.0100f}, 0.0112f, 0.0088f},
    Shape{hand, true, {0.0f, 0.082f, -0.0285f}, {0.010f, 0.152f, -0.0300f}, 0.0105f, 0.0082f},
    Shape{hand, true, {0.008f, 0.028f, 0.026f}, {0.026f, 0.088f, 0.056f}, 0.0155f, 0.0105f},
    Shape{fist, true, {0.0f, 0.000f, 0.0f}, {-0.004f, 0.030f, 0.0f}, 0.024f, 0.023f},
    Shape{fist, false, {-0.014f, 0.062f, 0.0f}, {0.018f, 0.050f, 0.042f}},
    Shape{fist, true, {-0.012f, 0.102f, 0.031f}, {-0.012f, 0.102f, -0.030f}, 0.014f, 0.0125f},
    Shape{fist, true, {0.012f, 0.122f, 0.031f}, {0.012f, 0.118f, -0.030f}, 0.0125f, 0.0115f},
    Shape{fist, true, {0.031f, 0.104f, 0.030f}, {0.031f, 0.100f, -0.028f}, 0.0125f, 0.0110f},
    Shape{fist, true, {0.006f, 0.034f, 0.030f}, {0.032f, 0.086f, 0.030f}, 0.0155f, 0.0115f},
    Shape{thigh, true, {0.0f, 0.000f, 0.008f}, {0.0f, 0.417f, 0.0f}, 0.084f, 0.047f},
    Shape{thigh, false, {0.024f, 0.170f, 0.004f}, {0.066f, 0.185f, 0.072f}},
    Shape{thigh, false, {-0.026f, 0.180f, -0.002f}, {0.056f, 0.170f, 0.064f}},
    Shape{thigh, false, {0.014f, 0.414f, 0.0f}, {0.038f, 0.056f, 0.042f}},
    Shape{thigh, false, {-0.030f, 0.015f, 0.002f}, {0.076f, 0.110f, 0.082f}},
    Shape{shank, true, {0.004f, 0.010f, 0.0f}, {0.002f, 0.400f, 0.0f}, 0.045f, 0.033f},
    Shape{shank, false, {-0.024f, 0.135f, -0.002f}, {0.048f, 0.125f, 0.051f}},
};

/// A muscle under the skin: what of the surface lies inside this ellipsoid shows it. Sizes by eye, after the bulges of the
/// shapes above.
struct MuscleShape {
    Tissue tissue;
    Bone bone;
    std::array<float, 3> centre, half;  ///< of the left one; the right one mirrors it
};
inline constexpr std::array k_muscles = {
    // Outer and inner head (the inner one reaches lower), the tendon.
    MuscleShape{tissue_calves, shank, {-0.055f, 0.140f, 0.022f}, {0.068f, 0.120f, 0.040f}},
    MuscleShape{tissue_calves, shank, {-0.055f, 0.158f, -0.020f}, {0.068f, 0.138f, 0.040f}},
    MuscleShape{tissue_calves, shank, {-0.040f, 0.280f, 0.000f}, {0.040f, 0.110f, 0.022f}},
    MuscleShape{tissue_quads, thigh, {0.055f, 0.215f, 0.006f}, {0.084f, 0.190f, 0.104f}},
    MuscleShape{tissue_glutes, pelvis, {-0.075f, -0.002f, 0.082f}, {0.106f, 0.106f, 0.082f}},
    MuscleShape{tissue_glutes, thigh, {-0.075f, 0.020f, 0.012f}, {0.084f, 0.110f, 0.086f}},
    MuscleShape{tissue_lower_back, abdomen, {-0.095f, 0.030f, 0.050f}, {0.068f, 0.120f, 0.048f}},
};
/// On which bones' skin it can be seen: never on what is only pressed against it.
[[nodiscard]] constexpr bool shows_on(Tissue tissue, Bone bone) {
    switch (tissue) {
    case tissue_calves: return bone == shank;
    case tissue_quads: return bone == thigh;
    case tissue_glutes: return bone == pelvis || bone == thigh;
    case tissue_lower_back: return bone == pelvis || bone == abdomen || bone == thorax;
    }
    return false;
}

/// How a bone melts into its parent: a smooth union that fades from `full_m` to `gone_m` away from the joint.
struct Blend {
    Bone child;
    float width_m, full_m, gone_m;
};
inline constexpr std::array k_blends = {
    Blend{abdomen, 0.070f, 0.30f, 0.40f},   Blend{thorax, 0.070f, 0.30f, 0.40f},
    Blend{neck, 0.055f, 0.12f, 0.20f},      Blend{head, 0.022f, 0.07f, 0.14f},
    Blend{upper_arm, 0.060f, 0.08f, 0.16f}, Blend{forearm, 0.022f, 0.05f, 0.10f},
    Blend{hand, 0.020f, 0.06f, 0.10f},      Blend{fist, 0.020f, 0.06f, 0.10f},
    Blend{thigh, 0.060f, 0.10f, 0.21f},     Blend{shank, 0.030f, 0.06f, 0.11f},
    Blend{foot, 0.014f, 0.06f, 0.10f},      Blend{toes, 0.030f, 0.10f, 0.20f},
};

/// Width of the smooth union of a bone's own shapes.
[[nodiscard]] constexpr float inner_blend_m(Bone bone) {
    switch (bone) {
    case pelvis:
    case abdomen:
    case thorax: return 0.050f;
    case thigh:
    case shank:
    case upper_arm:
    case forearm: return 0.030f;
    case foot:
    case toes: return 0.020f;
    case head: return 0.022f;
    default: return 0.010f;
    }
}

}  // namespace plumb::figure
