// What the picture shows and from where: the window, a still and a film of it draw the same.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "render/gl/renderer.h"
#include "render/scene/scene.h"

namespace plumb {

enum class LabView { orbit, side, front, top, split };
enum class CompareLook { ghost, beside };

/// From where, and what of it.
struct SceneLook {
    LabView view = LabView::orbit;
    Camera orbit;
    bool follow = false;
    CompareLook compare = CompareLook::ghost;
    SceneOptions options;
};

/// One moment of one recording.
struct Shot {
    std::shared_ptr<const SceneBuilder> builder;
    const Recording* recording = nullptr;  ///< the builder's, or one of its body in the making
    size_t frame = 0;
    std::string title;  ///< written under it; empty: nothing
};

/// A part of the picture with a camera of its own.
struct ScenePiece {
    Shot shot;
    std::optional<Shot> ghost;
    View view = View::orbit;
    Camera camera;
    Box box;
};

/// The parts that fill `whole`, the one that the mouse turns and pulls at first. `other` is the run compared with.
[[nodiscard]] std::vector<ScenePiece> scene_pieces(const SceneLook& look, const Shot& shot,
                                                   const std::optional<Shot>& other, const Box& whole);

/// Draws a piece, and only if it is not what it drew last: nothing moves in most frames of a window.
class PieceDrawer {
  public:
    [[nodiscard]] Renderer& renderer() { return renderer_; }
    /// Solid things into the renderer's texture. The returned scene has what paint_overlay needs; it lives until the next
    /// call.
    const Scene& draw(const ScenePiece& piece, const SceneOptions& options, int width, int height);

  private:
    Renderer renderer_;
    Scene scene_;
    std::optional<ScenePiece> drawn_;
    SceneOptions drawn_options_;
    int drawn_width_ = 0, drawn_height_ = 0;
};

/// The piece's title in its lower left corner; nothing without one.
void paint_title(Painter& painter, const ScenePiece& piece, const Theme& theme, double scale);

/// The same as a picture of its own, lines and words with it; of two runs side by side each has its title.
[[nodiscard]] Picture still_picture(PieceDrawer& drawer, const SceneLook& look, const Shot& shot,
                                    const std::optional<Shot>& other, int width, int height);

}  // namespace plumb
