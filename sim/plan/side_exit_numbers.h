// Groups of a stance's numbers that a step frees together.
#pragma once

#include <initializer_list>
#include <vector>

#include "sim/base/units.h"
#include "sim/plan/side_exit_stance.h"

namespace plumb {

constexpr double deg(double value) { return value * k_deg_to_rad; }

inline const std::vector<int> k_st_trunk = {st_yaw,         st_list,           st_pitch, st_lumbar_flexion,
                                            st_lumbar_bend, st_lumbar_rotation};
inline const std::vector<int> k_st_pelvis = {st_pelvis_x, st_pelvis_y, st_pelvis_z};
inline const std::vector<int> k_st_far_arm = {st_far_shoulder_flexion, st_far_shoulder_abduction,
                                              st_far_shoulder_rotation, st_far_elbow};
inline const std::vector<int> k_st_near_arm = {st_near_shoulder_flexion, st_near_shoulder_abduction,
                                               st_near_shoulder_rotation, st_near_elbow};

[[nodiscard]] inline std::vector<int> joined(std::initializer_list<std::vector<int>> lists) {
    std::vector<int> all;
    for (const std::vector<int>& list : lists) all.insert(all.end(), list.begin(), list.end());
    return all;
}

}  // namespace plumb
