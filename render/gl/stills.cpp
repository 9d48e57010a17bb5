// The renderer draws what is solid, the painter what lies over it.
#include "render/gl/stills.h"

#include <exception>
#include <utility>

#include "render/gl/offscreen.h"
#include "sim/base/check.h"

namespace plumb {
namespace {

constexpr double k_plain_height_px = 720.0;  ///< lines and words have their own sizes here

}  // namespace

Stills::Stills(PaintOver paint_over)
    : context_(std::make_unique<OffscreenContext>()),
      own_(std::make_unique<Renderer>()),
      renderer_(*own_),
      tier_before_(renderer_.tier()),
      paint_over_(std::move(paint_over)) {
    renderer_.set_tier(Tier::full);
}

Stills::Stills(Renderer& renderer, PaintOver paint_over)
    : renderer_(renderer), tier_before_(renderer.tier()), paint_over_(std::move(paint_over)) {
    renderer_.set_tier(Tier::full);
}

Stills::~Stills() {
    if (own_) return;  // goes with its tier
    try {
        renderer_.set_tier(tier_before_);
    } catch (const std::exception&) {  // slower pictures are no reason to end
    }
}

Picture Stills::still(const SceneBuilder& builder, std::size_t frame, const StillDef& def) {
    PLUMB_CHECK(def.width > 0 && def.height > 0, "a still has a size");
    const Camera camera = def.camera ? *def.camera
                                     : view_camera(def.view, builder.recording().scenario.person.stature_m,
                                                   static_cast<double>(def.width) / def.height);
    Scene scene = builder.at(frame, def.options);
    if (def.view == View::top) show_feet(scene);
    renderer_.draw(scene, camera, def.width, def.height);
    Picture picture = renderer_.read();
    const Box whole{0.0, 0.0, static_cast<double>(picture.width), static_cast<double>(picture.height)};
    const double scale = def.overlay_scale > 0.0 ? def.overlay_scale : whole.height / k_plain_height_px;
    paint_over_(picture.rgba.data(), picture.width, picture.height,
                [&](Painter& painter) { paint_overlay(painter, scene, camera, whole, scale); });
    return picture;
}

}  // namespace plumb
