// Stills: the same picture with a context of their own and with somebody's renderer, the overlay painted on it.
#include <array>
#include <optional>

#include "render/gl/stills.h"
#include "render/report/cairo_painter.h"
#include "sim/engine/simulate.h"
#include "tests/catch.h"
#include "tests/render/gl_context.h"

namespace plumb {
namespace {

Picture plain(const SceneBuilder& builder, Renderer& renderer, const StillDef& def) {
    Scene scene = builder.at(0, def.options);
    if (def.view == View::top) show_feet(scene);
    renderer.draw(scene, view_camera(def.view, 1.75, static_cast<double>(def.width) / def.height), def.width,
                  def.height);
    return renderer.read();
}

}  // namespace

TEST_CASE("a still is the same whoever owns the renderer, whose tier is put back", "[gl][stills]") {
    const SceneBuilder builder(
        simulate({.person = {.stature_m = 1.75},
                  .movement = {.depth = 0.05, .descend_s = 0.3, .hold_s = 0.1, .ascend_s = 0.3}}));
    StillDef def{.width = 160, .height = 120};
    def.options.cell_m = k_skin_coarse_m;
    std::vector<Picture> own, borrowed;
    {
        if (!test::context_or_nothing()) return;
        Stills stills(paint_over);
        for (const View view : {View::side, View::top}) {
            def.view = view;
            own.push_back(stills.still(builder, 0, def));
        }
    }
    const auto context = test::context_or_nothing();
    Renderer renderer;
    renderer.set_tier(Tier::low);
    {
        Stills stills(renderer, paint_over);
        for (const View view : {View::side, View::top}) {
            def.view = view;
            borrowed.push_back(stills.still(builder, 0, def));
        }
        // A frame that is not there is the last one.
        CHECK(stills.still(builder, 1u << 30, def).rgba
              == stills.still(builder, builder.recording().frames.size() - 1, def).rgba);
    }
    CHECK(renderer.tier() == Tier::low);
    for (std::size_t i = 0; i < own.size(); ++i) {
        CHECK(own[i].width == 160);
        CHECK(own[i].height == 120);
        CHECK(own[i].rgba == borrowed[i].rgba);
    }
    // What lies over it is there, and as large as asked for.
    renderer.set_tier(Tier::full);
    def.view = View::side;
    const Picture bare = plain(builder, renderer, def);
    const auto painted = [&](double overlay_scale) {
        Stills stills(renderer, paint_over);
        def.overlay_scale = overlay_scale;
        const Picture still = stills.still(builder, 0, def);
        std::size_t count = 0;
        for (std::size_t i = 0; i < still.rgba.size(); ++i) count += still.rgba[i] != bare.rgba[i] ? 1 : 0;
        return count;
    };
    def.options.callouts = false;
    const std::size_t small = painted(0.0), large = painted(0.8);
    CHECK(small > 40);
    CHECK(large > 2 * small);
    // A camera of one's own.
    def.camera = view_camera(View::front, 1.75, 4.0 / 3.0);
    Stills stills(renderer, paint_over);
    const Picture front = stills.still(builder, 0, def);
    def.camera.reset();
    def.view = View::front;
    CHECK(stills.still(builder, 0, def).rgba == front.rgba);
}

}  // namespace plumb
