// Draws a scene's solid part with OpenGL 3.3 core into its own framebuffer: sky, floor, shadows, skin, patches, ghosts.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "render/scene/camera.h"
#include "render/scene/picture.h"
#include "render/scene/scene.h"

namespace plumb {

/// What the machine draws at a bearable speed.
enum class Tier { low, full };

/// Needs a current OpenGL 3.3 core context in its constructor and every call; the same one.
class Renderer {
  public:
    /// Throws std::runtime_error with one clear line when the context is older than 3.3 or a shader fails.
    Renderer();
    ~Renderer();
    Renderer(const Renderer&) = delete;
    Renderer& operator=(const Renderer&) = delete;

    /// Low where GL_RENDERER is llvmpipe, softpipe or swiftshader.
    [[nodiscard]] Tier tier() const;
    void set_tier(Tier tier);

    /// Draws into its own framebuffer (4 samples in the full tier, then resolved).
    void draw(const Scene& scene, const Camera& camera, int width, int height);
    /// The texture of the last picture, bottom row first, for ImGui::Image.
    [[nodiscard]] unsigned texture() const;
    [[nodiscard]] Picture read() const;

  private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace plumb
