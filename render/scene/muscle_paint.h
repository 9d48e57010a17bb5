// Colours the skin over the muscles.
#pragma once

#include <span>
#include <vector>

#include "render/scene/figure.h"
#include "render/scene/muscles.h"

namespace plumb::figure {

/// The muscles of a figure in one pose.
struct PosedMuscles {
    const std::vector<Muscle>& muscles;
    const Frames& frames;
};

/// 1 inside the muscle, 0 outside, smooth over the edge; 0 on bones it does not show on.
[[nodiscard]] float muscle_score(const Muscle& muscle, const Frame& frame, int bone, const Vector3f& place);

/// Everything becomes a pale grey, the muscles take their colour; `bones`: whose skin each vertex is. Returns places well inside
/// each muscle, a few dozen a muscle.
std::vector<MuscleSpot> paint_muscles(Mesh& mesh, std::span<const int> bones, const PosedMuscles& posed,
                                      const PerMuscle<Rgba>& colours);

}  // namespace plumb::figure
