// Where the picture is drawn: a texture, with four samples in front of it in the full tier.
#pragma once

#include "render/gl/program.h"
#include "render/scene/picture.h"

namespace plumb {

class Target {
  public:
    /// Makes room; does nothing when size and samples stay. Throws std::runtime_error when the driver has no room.
    void resize(int width, int height, int samples);
    void bind() const;                   ///< for drawing, viewport included
    void resolve() const;                ///< samples into the texture
    [[nodiscard]] Picture read() const;  ///< leaves the caller's framebuffer bound
    [[nodiscard]] GLuint texture() const { return texture_.name(); }
    [[nodiscard]] int width() const { return width_; }
    [[nodiscard]] int height() const { return height_; }

  private:
    int width_ = 0, height_ = 0, samples_ = -1;
    GlTexture texture_;
    GlFramebuffer plain_, sampled_;
    GlRenderbuffer colour_, depth_;
};

/// A depth texture that a shader compares with.
class ShadowMap {
  public:
    void resize(int texels);
    void bind() const;  ///< for drawing, viewport included
    [[nodiscard]] GLuint texture() const { return texture_.name(); }
    [[nodiscard]] int texels() const { return texels_; }

  private:
    int texels_ = 0;
    GlTexture texture_;
    GlFramebuffer frame_;
};

}  // namespace plumb
