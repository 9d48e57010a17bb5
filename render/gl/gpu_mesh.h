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

/// What a solid is for the picture.
struct SolidPlace {
    bool panel = false;    ///< a wall: casts no shadow, may be looked through
    float opacity = 1.0f;  ///< less than 1 when it stands between the eye and the rest
};

/// For each mesh: plates of few corners larger than a person count as panels; they turn clear as the eye goes behind them.
[[nodiscard]] std::vector<SolidPlace> place_solids(const std::vector<Mesh>& solids,
                                                   const Eigen::Vector3d& eye_m);

}  // namespace plumb
