// Meshes in the graphics card's memory, re-used from frame to frame.
#pragma once

#include <vector>

#include "render/gl/program.h"

namespace plumb {

class GpuMesh {
  public:
    GpuMesh();
    void upload(const Mesh& mesh);
    void draw() const;

  private:
    GlVertexArray array_;
    GlBuffer vertices_, corners_;
    GLsizei count_ = 0;
};

/// What a solid is for the picture. A panel is a wall: it casts no shadow, stops those of others, and may be looked through.
struct SolidPlace {
    bool panel = false;
    float opacity = 1.0f;  ///< less than 1 when it stands between the eye and the person
    /// Of a panel: floor x, y lies on the person's side where the first two's product with it exceeds the third.
    Eigen::Vector3f open_side{0.0f, 0.0f, -1.0f};
};

/// For each mesh: plates of few corners larger than a person count as panels; they turn clear as the eye goes behind
/// them, seen from the first other solid.
[[nodiscard]] std::vector<SolidPlace> place_solids(const std::vector<Mesh>& solids,
                                                   const Eigen::Vector3d& eye_m);

}  // namespace plumb
