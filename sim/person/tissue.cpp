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

TissueState tissue_state(const Person& person, const Eigen::Matrix<double, k_dof_count, 1>& joints_rad) {
    const PassiveMoments passive = passive_moments(person, joints_rad);
    TissueState state;
    for (std::size_t tissue = 0; tissue < k_tissue_count; ++tissue) {
        const int left = k_joint[tissue], right = left == dof_lumbar_flexion ? left : left + k_right_offset;
        for (const int dof : {left, right}) {
            const double range_rad =
                std::max(person.ranges[static_cast<std::size_t>(dof)].max_rad, k_least_range_rad);
            state.stretch[tissue] += 0.5 * std::max(0.0, joints_rad[dof] / range_rad);
            state.moment_Nm[tissue] -= 0.5 * passive.moment_Nm[dof];
        }
    }
    return state;
}

}  // namespace plumb
