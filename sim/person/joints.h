// The 27 joint coordinates of the body, in one fixed order, with their signs.
#pragma once

#include <array>
#include <string_view>

namespace plumb {

/// Left is the first block of eleven, right the second; a left index plus k_right_offset is its mirror. The toes stand last,
/// left and right: a body whose heels stay on the floor has none (BodyModel::dof_count).
/// Signs: 0 = anatomical standing, arms hanging. Flexion, dorsiflexion, abduction, EXTERNAL rotation of hip,
/// shoulder and shank (against the thigh), inversion positive; toes bent up (heel off the floor, toes on it) positive; lumbar
/// bend and rotation positive to the person's left.
enum Dof : int {
    dof_lumbar_flexion,
    dof_lumbar_bend,
    dof_lumbar_rotation,
    dof_left_shoulder_flexion,
    dof_left_shoulder_abduction,
    dof_left_shoulder_rotation,
    dof_left_elbow_flexion,
    dof_left_hip_flexion,
    dof_left_hip_abduction,
    dof_left_hip_rotation,
    dof_left_knee_flexion,
    dof_left_tibial_rotation,
    dof_left_ankle_dorsiflexion,
    dof_left_ankle_inversion,
    dof_right_shoulder_flexion,
    dof_right_shoulder_abduction,
    dof_right_shoulder_rotation,
    dof_right_elbow_flexion,
    dof_right_hip_flexion,
    dof_right_hip_abduction,
    dof_right_hip_rotation,
    dof_right_knee_flexion,
    dof_right_tibial_rotation,
    dof_right_ankle_dorsiflexion,
    dof_right_ankle_inversion,
    dof_left_toe_extension,
    dof_right_toe_extension,
};
inline constexpr int k_dof_count = 27;
inline constexpr int k_toeless_dof_count = dof_left_toe_extension;
inline constexpr int k_right_offset = dof_right_shoulder_flexion - dof_left_shoulder_flexion;

enum Side : int { side_left, side_right };
inline constexpr int k_side_count = 2;
/// The coordinate of the given side, from its left twin.
[[nodiscard]] constexpr Dof on_side(Dof left_dof, int side) {
    const int offset = left_dof == dof_left_toe_extension ? 1 : k_right_offset;
    return static_cast<Dof>(static_cast<int>(left_dof) + (side == side_right ? offset : 0));
}
/// A limb's coordinate on the left side; the trunk's own.
[[nodiscard]] constexpr Dof left_twin(Dof dof) {
    if (dof >= dof_left_toe_extension) return dof_left_toe_extension;
    return dof >= dof_right_shoulder_flexion ? static_cast<Dof>(dof - k_right_offset) : dof;
}

/// "left_hip_flexion" and so on, in the order of Dof.
inline constexpr std::array<std::string_view, k_dof_count> k_dof_names = {
    "lumbar_flexion",          "lumbar_bend",
    "lumbar_rotation",         "left_shoulder_flexion",
    "left_shoulder_abduction", "left_shoulder_rotation",
    "left_elbow_flexion",      "left_hip_flexion",
    "left_hip_abduction",      "left_hip_rotation",
    "left_knee_flexion",       "left_tibial_rotation",
    "left_ankle_dorsiflexion", "left_ankle_inversion",
    "right_shoulder_flexion",  "right_shoulder_abduction",
    "right_shoulder_rotation", "right_elbow_flexion",
    "right_hip_flexion",       "right_hip_abduction",
    "right_hip_rotation",      "right_knee_flexion",
    "right_tibial_rotation",   "right_ankle_dorsiflexion",
    "right_ankle_inversion",   "left_toe_extension",
    "right_toe_extension",
};

}  // namespace plumb
