// The scene as a plain drawing: what stands in a report where there is no OpenGL, and a camera that holds all of it.
#pragma once

#include <cstddef>
#include <span>

#include "render/scene/camera.h"
#include "render/scene/painter.h"
#include "render/scene/scene.h"

namespace plumb {

/// Sky, floor, patches, solids as flat outlines, the farther ones first, and the overlay; nothing outside of the box. The
/// scene's first solid, or a ghost, is the person: of collision shapes (SceneOptions::skin = false) its limbs get flesh; of
/// anything else only the hull is drawn. `scale` enlarges lines, marks and words. The same scene gives the same drawing.
void draw_figure(Painter& painter, const Scene& scene, const Camera& camera, const Box& box, double scale);

/// The view's camera, moved so that the person with the weight is whole in each of these frames, and a wall is seen behind.
/// Without frames the view's own.
[[nodiscard]] Camera figure_camera(const Recording& recording, std::span<const std::size_t> frames, View view,
                                   double width_over_height);

}  // namespace plumb
