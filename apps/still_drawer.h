// Stills of OpenGL for documents made on the command line.
#pragma once

#include <cstdio>
#include <memory>
#include <stdexcept>

#include "render/gl/stills.h"
#include "render/report/cairo_painter.h"
#include "render/scene/picture.h"
#include "sim/base/text.h"

namespace plumb {

/// A still by OpenGL, or nothing where the system has none: said once. A StillMaker by reference; one thread's.
class StillDrawer {
  public:
    /// With `drawings` it draws nothing and asks for no OpenGL.
    explicit StillDrawer(bool drawings) : off_(drawings) {}
    std::shared_ptr<const Picture> operator()(const SceneBuilder& builder, std::size_t frame,
                                              const StillDef& def) {
        if (off_) return nullptr;
        if (!stills_) {
            try {
                stills_ = std::make_unique<Stills>(paint_over);
            } catch (const std::runtime_error& error) {
                off_ = true;
                std::fprintf(stderr, "no rendered stills, drawings instead: %s\n",
                             printable(error.what(), 300).c_str());
                return nullptr;
            }
        }
        return std::make_shared<const Picture>(stills_->still(builder, frame, def));
    }

  private:
    bool off_;
    std::unique_ptr<Stills> stills_;
};

}  // namespace plumb
