// What window, still and film share: parts of the picture, and that nothing is built anew when nothing moves.
#include "render/lab/shown_scene.h"

#include <algorithm>

#include "sim/engine/simulate.h"
#include "tests/catch.h"
#include "tests/render/gl_context.h"

using namespace plumb;
using plumb::test::context_or_nothing;

namespace {

std::shared_ptr<const SceneBuilder> builder_of(double weight_kg) {
    ScenarioDef def;
    def.movement.depth = 0.3;
    def.movement.descend_s = def.movement.hold_s = def.movement.ascend_s = 0.3;
    def.counterweight.mass_kg = weight_kg;
    return std::make_shared<SceneBuilder>(simulate(def));
}

Shot shot_at(const std::shared_ptr<const SceneBuilder>& builder, double time_s) {
    return {builder, &builder->recording(), frame_at(builder->recording(), time_s), {}};
}

/// The columns from `left` on, `wide` of them.
Picture columns(const Picture& of, int left, int wide) {
    Picture part{wide, of.height, {}};
    for (int row = 0; row < of.height; ++row) {
        const auto from = of.rgba.begin() + 4 * (static_cast<std::ptrdiff_t>(row) * of.width + left);
        part.rgba.insert(part.rgba.end(), from, from + 4 * static_cast<std::ptrdiff_t>(wide));
    }
    return part;
}

constexpr Box k_whole{0.0, 0.0, 402.0, 200.0};

}  // namespace

TEST_CASE("lab picture: the parts of every view, of a ghost, of two side by side", "[lab]") {
    const auto one = builder_of(0.0), two = builder_of(8.0);
    const Shot a = shot_at(one, 1.0), b = shot_at(two, 1.0);
    SceneLook look;
    for (const auto& [view, from] : {std::pair{LabView::orbit, View::orbit},
                                     {LabView::side, View::side},
                                     {LabView::front, View::front},
                                     {LabView::top, View::top}}) {
        look.view = view;
        const auto pieces = scene_pieces(look, a, {}, k_whole);
        REQUIRE(pieces.size() == 1);
        CHECK(pieces[0].view == from);
        CHECK(pieces[0].box.width == k_whole.width);
        CHECK_FALSE(pieces[0].ghost);
        CHECK(scene_pieces(look, a, b, k_whole).front().ghost->builder == two);
    }
    look.view = LabView::split;
    auto pieces = scene_pieces(look, a, b, k_whole);
    REQUIRE(pieces.size() == 2);
    CHECK(pieces[0].view == View::side);
    CHECK(pieces[1].view == View::top);
    CHECK(pieces[0].box.left + pieces[0].box.width <= pieces[1].box.left);
    CHECK(pieces[0].ghost);
    look.compare = CompareLook::beside;
    pieces = scene_pieces(look, a, b, k_whole);
    REQUIRE(pieces.size() == 2);
    CHECK(pieces[0].shot.builder == one);
    CHECK(pieces[1].shot.builder == two);
    CHECK(pieces[1].box.left < pieces[0].box.left);  // compared with: on the left

    // Zoom moves every view's eye; Follow looks at the COM.
    look = {};
    look.view = LabView::side;
    const Camera far = scene_pieces(look, a, {}, k_whole)[0].camera;
    look.orbit.distance_m *= 0.5;
    CHECK(scene_pieces(look, a, {}, k_whole)[0].camera.distance_m == Catch::Approx(0.5 * far.distance_m));
    look.follow = true;
    const Vector3 at = scene_pieces(look, a, {}, k_whole)[0].camera.target_m;
    CHECK(at.x() == a.recording->frames[a.frame].com_m.x());
}

TEST_CASE("lab picture: a still has what the window shows", "[lab]") {
    const auto context = context_or_nothing();
    const auto one = builder_of(0.0), two = builder_of(8.0);
    const Shot a = shot_at(one, 1.0), b = shot_at(two, 1.0);
    SceneLook look;
    look.options.cell_m = k_skin_coarse_m;
    look.options.callouts = false;
    PieceDrawer drawer;
    const auto still = [&](const std::optional<Shot>& other) {
        return still_picture(drawer, look, a, other, 402, 200);
    };
    const Picture alone = still({});
    CHECK(alone.rgba == still({}).rgba);
    CHECK(alone.rgba != still(b).rgba);  // a ghost shows
    look.orbit.distance_m *= 0.6;
    CHECK(alone.rgba != still({}).rgba);  // zoom shows
    look.orbit = {};
    look.follow = true;
    CHECK(alone.rgba != still({}).rgba);
    look.follow = false;

    look.view = LabView::split;
    const Picture split = still({});
    for (const auto& [view, left] : {std::pair{LabView::side, 0}, {LabView::top, 202}}) {
        SceneLook half = look;
        half.view = view;
        const Picture part = still_picture(drawer, half, a, {}, 200, 200);
        // Without the line between the two.
        CHECK(columns(split, left, 198).rgba == columns(part, 0, 198).rgba);
    }
}

TEST_CASE("lab picture: what does not move is not built again", "[lab]") {
    const auto context = context_or_nothing();
    const auto one = builder_of(0.0);
    SceneOptions options;
    options.cell_m = k_skin_coarse_m;
    SceneLook look;
    PieceDrawer drawer;
    const auto mesh_of = [&](double time_s) {
        const ScenePiece piece = scene_pieces(look, shot_at(one, time_s), {}, k_whole).front();
        return drawer.draw(piece, options, 402, 200).solids.front().corners.data();
    };
    const auto* first = mesh_of(0.5);
    CHECK(mesh_of(0.5) == first);
    const Picture before = drawer.renderer().read();
    look.orbit.yaw_deg += 20.0;
    CHECK(mesh_of(0.5) == first);  // another eye, the same things
    CHECK(drawer.renderer().read().rgba != before.rgba);
    look.orbit.yaw_deg -= 20.0;
    CHECK(mesh_of(0.5) == first);
    CHECK(drawer.renderer().read().rgba == before.rgba);

    // What moves, and what is asked for, is.
    CHECK(mesh_of(0.9) != nullptr);
    CHECK(drawer.renderer().read().rgba != before.rgba);
    CHECK(mesh_of(0.5) != nullptr);
    CHECK(drawer.renderer().read().rgba == before.rgba);
    options.dark = true;
    CHECK(mesh_of(0.5) != nullptr);
    CHECK(drawer.renderer().read().rgba != before.rgba);

    // A recording in the making may grow under the same frame number.
    Recording growing = one->recording();
    growing.frames.resize(40);
    ScenePiece live = scene_pieces(look, {one, &growing, 39, {}}, {}, k_whole).front();
    drawer.draw(live, options, 402, 200);
    const Picture then = drawer.renderer().read();
    growing.frames[39] = one->recording().frames[100];
    drawer.draw(live, options, 402, 200);
    CHECK(drawer.renderer().read().rgba != then.rgba);
}
