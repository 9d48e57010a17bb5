// The four tissues the deep squat stretches, as the article names them.
#pragma once

#include <array>
#include <string_view>

#include "sim/person/person.h"

namespace plumb {

enum Tissue : int { tissue_calves, tissue_quads, tissue_glutes, tissue_lower_back };
inline constexpr int k_tissue_count = 4;
inline constexpr std::array<std::string_view, k_tissue_count> k_tissue_names = {"calves", "quads", "glutes",
                                                                                "lower_back"};

/// Of one side, or the mean of both. The lower back is one.
struct TissueState {
    /// Share of the person's range that is used: 0 standing, 1 at its end (dorsiflexion, knee flexion, hip flexion, lumbar
    /// flexion); never under 0.
    std::array<double, k_tissue_count> stretch{};
    /// Passive moment against it [N m] of one leg, of the trunk for the lower back: plantarflexing, knee and hip extending,
    /// straightening the back. Neighbouring tissue and contact that act the same way are in it.
    std::array<double, k_tissue_count> moment_Nm{};
};
/// Left and right, each against its own range; the lower back is in both.
[[nodiscard]] std::array<TissueState, k_side_count>
tissue_sides(const Person& person, const Eigen::Matrix<double, k_dof_count, 1>& joints_rad);
/// Mean of both.
[[nodiscard]] TissueState tissue_state(const Person& person,
                                       const Eigen::Matrix<double, k_dof_count, 1>& joints_rad);

}  // namespace plumb
