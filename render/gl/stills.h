// Moments of recordings as pictures with their lines, marks and words, without a window.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>

#include "render/gl/renderer.h"
#include "render/scene/picture.h"
#include "render/scene/still_def.h"

namespace plumb {

class OffscreenContext;

/// Paints over rows of RGBA bytes, top row first: paint_over of render/report, which lies to the right of this station.
using PaintOver = std::function<void(std::uint8_t* rgba, int width, int height,
                                     const std::function<void(Painter&)>& paint)>;

/// Draws in the full tier: the same moment gives the same picture whoever asks for it.
class Stills {
  public:
    /// With an OpenGL context of its own, current in this thread while it lives. Throws std::runtime_error with one clear
    /// line where none can be made.
    explicit Stills(PaintOver paint_over);
    /// With somebody's renderer, which lives longer and whose context is current in every call. Its tier is put back in the
    /// end, its last picture is not: who shows texture() draws anew. A change of tier compiles shaders: one of these for many
    /// pictures.
    Stills(Renderer& renderer, PaintOver paint_over);
    ~Stills();
    Stills(const Stills&) = delete;
    Stills& operator=(const Stills&) = delete;

    /// The frame of the builder's own recording; the last one where it has fewer. Width and height are positive.
    [[nodiscard]] Picture still(const SceneBuilder& builder, std::size_t frame, const StillDef& def);

  private:
    std::unique_ptr<OffscreenContext> context_;
    std::unique_ptr<Renderer> own_;
    Renderer& renderer_;
    Tier tier_before_;
    PaintOver paint_over_;
};

}  // namespace plumb
