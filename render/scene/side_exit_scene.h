// One key posture of the way out to the side as a list of things to draw.
#pragma once

#include "render/scene/scene.h"
#include "sim/plan/side_exit.h"

namespace plumb {

/// The person, the support as a patch (the part that strength can use dotted inside), the contacts, the COM and its plumb line, and
/// two callouts: what one does, and how far the COM is inside or why it does not go. `step` past the end is the last. The
/// builder's recording is of the exit's person; a weight is laid down and not drawn.
[[nodiscard]] Scene side_exit_scene(const SceneBuilder& builder, const SideExit& exit, std::size_t step,
                                    const SceneOptions& options);

}  // namespace plumb
