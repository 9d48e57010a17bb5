// The studio's floor: grid, shadow, contact shade, fading into the sky.
#pragma once

#include "render/gl/contact.h"
#include "render/gl/light.h"
#include "render/gl/program.h"
#include "render/scene/camera.h"

namespace plumb {

class FloorSheet {
  public:
    FloorSheet();
    /// New corners and contact shade for this frame; binds the shade's texture to that unit and makes unit 0 active.
    void update(const Camera& camera, const ContactShade& shade, const SunBox& sun, int contact_unit);
    /// Uniforms of either program that are the floor's own.
    void set(const Program& program) const;
    void draw_shaded() const;  ///< the rectangle where shade can fall
    void draw_far() const;     ///< the frame around it

  private:
    GlVertexArray array_;
    GlBuffer corners_;
    GlTexture contact_;
    Eigen::Vector3f contact_box_m_, fade_;
    int contact_unit_ = 1;
};

}  // namespace plumb
