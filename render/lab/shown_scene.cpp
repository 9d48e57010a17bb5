// Cameras of the views, and what is drawn anew.
#include "render/lab/shown_scene.h"

#include <algorithm>
#include <cmath>

#include "render/report/cairo_painter.h"

namespace plumb {
namespace {

Camera camera_of(const SceneLook& look, View view, const Shot& shot, const Box& place) {
    const double stature = shot.recording->scenario.person.stature_m;
    Camera camera = view_camera(view, stature, place.width / std::max(place.height, 1.0));
    camera.distance_m *= look.orbit.distance_m / Camera{}.distance_m;
    if (view == View::orbit) {
        camera.yaw_deg = look.orbit.yaw_deg;
        camera.pitch_deg = look.orbit.pitch_deg;
    }
    if (look.follow && view != View::top) {
        const Frame& f = shot.recording->frames[shot.frame];
        camera.target_m.head<2>() = f.com_m.head<2>();
        camera.target_m.z() = 0.85 * f.com_m.z() + 0.1;
        camera.distance_m *= 0.75;
    }
    return camera;
}

bool same(const Shot& a, const Shot& b) {
    return a.builder == b.builder && a.recording == b.recording && a.frame == b.frame;
}

bool same(const std::optional<Shot>& a, const std::optional<Shot>& b) {
    return a.has_value() == b.has_value() && (!a || same(*a, *b));
}

}  // namespace

std::vector<ScenePiece> scene_pieces(const SceneLook& look, const Shot& shot,
                                     const std::optional<Shot>& other, const Box& whole) {
    const View view = look.view == LabView::side || look.view == LabView::split ? View::side
                      : look.view == LabView::front                             ? View::front
                      : look.view == LabView::top                               ? View::top
                                                                                : View::orbit;
    const auto piece = [&](const Shot& what, View from, const Box& box) {
        return ScenePiece{what, {}, from, camera_of(look, from, what, box), box};
    };
    const bool beside = other && look.compare == CompareLook::beside;
    if (!beside && look.view != LabView::split) {
        ScenePiece only = piece(shot, view, whole);
        only.ghost = other;
        return {only};
    }
    Box left = whole, right = whole;
    left.width = right.width = std::floor(0.5 * whole.width) - 1.0;
    right.left += left.width + 2.0;
    // Of two runs the first, compared with, stands on the left, as in the words.
    if (beside) return {piece(shot, view, right), piece(*other, view, left)};
    ScenePiece first = piece(shot, view, left);
    first.ghost = other;
    return {first, piece(shot, View::top, right)};
}

const Scene& PieceDrawer::draw(const ScenePiece& piece, const SceneOptions& options, int width, int height) {
    // A recording in the making may grow in place.
    const bool finished = piece.shot.recording == &piece.shot.builder->recording();
    const bool same_scene =
        finished && drawn_ && same(piece.shot, drawn_->shot) && same(piece.ghost, drawn_->ghost)
        && (piece.view == View::top) == (drawn_->view == View::top) && options == drawn_options_;
    if (same_scene && piece.camera == drawn_->camera && width == drawn_width_ && height == drawn_height_) {
        drawn_->box = piece.box;
        return scene_;
    }
    if (!same_scene) {
        scene_ = piece.shot.builder->at(*piece.shot.recording, piece.shot.frame, options);
        if (piece.ghost) {
            const Frame& g = piece.ghost->recording->frames[piece.ghost->frame];
            scene_.ghosts.push_back(piece.ghost->builder->person(g.pose, options));
        }
        if (piece.view == View::top) show_feet(scene_);
    }
    renderer_.draw(scene_, piece.camera, width, height);
    drawn_ = piece;
    drawn_options_ = options;
    drawn_width_ = width;
    drawn_height_ = height;
    return scene_;
}

void paint_title(Painter& painter, const ScenePiece& piece, const Theme& theme, double scale) {
    if (piece.shot.title.empty()) return;
    const Box& box = piece.box;
    painter.text({box.left + 14.0 * scale, box.top + box.height - 12.0 * scale}, piece.shot.title,
                 theme.quiet_text, {14.0 * scale, true, Align::start, Align::end});
}

Picture still_picture(PieceDrawer& drawer, const SceneLook& look, const Shot& shot,
                      const std::optional<Shot>& other, int width, int height) {
    Picture picture{width, height, std::vector<std::uint8_t>(size_t(width) * size_t(height) * 4, 255)};
    const Box whole{0.0, 0.0, static_cast<double>(width), static_cast<double>(height)};
    const Theme& theme = look.options.dark ? dark_theme() : light_theme();
    const auto pieces = scene_pieces(look, shot, other, whole);
    const bool two_runs = pieces.size() > 1 && pieces[0].shot.builder != pieces[1].shot.builder;
    for (const ScenePiece& piece : pieces) {
        const auto left = static_cast<size_t>(piece.box.left), wide = static_cast<size_t>(piece.box.width);
        const Scene& scene = drawer.draw(piece, look.options, static_cast<int>(wide), height);
        const Picture part = drawer.renderer().read();
        for (size_t row = 0; row < static_cast<size_t>(height); ++row)
            std::copy_n(part.rgba.begin() + static_cast<std::ptrdiff_t>(4 * row * wide), 4 * wide,
                        picture.rgba.begin()
                            + static_cast<std::ptrdiff_t>(4 * (row * static_cast<size_t>(width) + left)));
        paint_over(picture.rgba.data(), width, height, [&](Painter& painter) {
            const double scale = height / 720.0;
            paint_overlay(painter, scene, piece.camera, piece.box, scale);
            if (two_runs) paint_title(painter, piece, theme, scale);
            if (piece.box.left > 0.0)  // between the two
                painter.box({piece.box.left - 2.0, 0.0, 2.0, static_cast<double>(height)}, theme.page, 0.0);
        });
    }
    return picture;
}

}  // namespace plumb
