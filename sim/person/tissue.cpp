// One joint for each tissue.
#include "sim/person/tissue.h"

#include <algorithm>

#include "sim/base/units.h"

namespace plumb {
namespace {

constexpr std::array<Dof, k_tissue_count> k_joint = {dof_left_ankle_dorsiflexion, dof_left_knee_flexion,
                                                     dof_left_hip_flexion, dof_lumbar_flexion};
constexpr double k_least_range_rad =
    5.0 * k_deg_to_rad;  ///< a range of nothing is used up at once, not infinitely

}  // namespace

std::array<TissueState, k_side_count> tissue_sides(const Person& person,
                                                   const Eigen::Matrix<double, k_dof_count, 1>& joints_rad) {
    const PassiveMoments passive = passive_moments(person, joints_rad);
    std::array<TissueState, k_side_count> sides;
    for (std::size_t side = 0; side < k_side_count; ++side)
        for (std::size_t tissue = 0; tissue < k_tissue_count; ++tissue) {
            const bool right = side == side_right && k_joint[tissue] != dof_lumbar_flexion;
            const int dof = k_joint[tissue] + (right ? k_right_offset : 0);
            const double range_rad =
                std::max(person.ranges[static_cast<std::size_t>(dof)].max_rad, k_least_range_rad);
            sides[side].stretch[tissue] = std::max(0.0, joints_rad[dof] / range_rad);
            sides[side].moment_Nm[tissue] = -passive.moment_Nm[dof];
        }
    return sides;
}

TissueState tissue_state(const Person& person, const Eigen::Matrix<double, k_dof_count, 1>& joints_rad) {
    TissueState mean;
    for (const TissueState& side : tissue_sides(person, joints_rad))
        for (std::size_t tissue = 0; tissue < k_tissue_count; ++tissue) {
            mean.stretch[tissue] += 0.5 * side.stretch[tissue];
            mean.moment_Nm[tissue] += 0.5 * side.moment_Nm[tissue];
        }
    return mean;
}

}  // namespace plumb
