// Stills of OpenGL for documents made on the command line.
#pragma once

#include <cstdio>
#include <memory>
#include <stdexcept>
#include <vector>

#include "render/gl/stills.h"
#include "render/report/cairo_painter.h"
#include "render/scene/picture.h"
#include "sim/base/text.h"

namespace plumb {

/// A still by OpenGL, or nothing where the system has none: said once. A StillMaker by reference; one thread's. What was drawn is
/// kept: recordings live as long as it does.
class StillDrawer {
  public:
    /// With `drawings` it draws nothing and asks for no OpenGL.
    explicit StillDrawer(bool drawings) : off_(drawings) {}
    std::shared_ptr<const Picture> operator()(const SceneBuilder& builder, std::size_t frame,
                                              const StillDef& def) {
        if (off_) return nullptr;
        for (const Drawn& drawn : drawn_)
            if (drawn.recording == &builder.recording() && drawn.frame == frame && drawn.def == def)
                return drawn.picture;
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
        drawn_.push_back({&builder.recording(), frame, def,
                          std::make_shared<const Picture>(stills_->still(builder, frame, def))});
        return drawn_.back().picture;
    }
    /// Forgets what was drawn.
    void forget() { drawn_.clear(); }

  private:
    struct Drawn {
        const Recording* recording;
        std::size_t frame;
        StillDef def;
        std::shared_ptr<const Picture> picture;
    };
    std::vector<Drawn> drawn_;
    bool off_;
    std::unique_ptr<Stills> stills_;
};

}  // namespace plumb
