// The plain drawing of a scene: within its clip, whole in the picture, the same each time, a person of limbs and a wall behind.
#include <algorithm>
#include <array>
#include <cmath>

#include "render/report/cairo_painter.h"
#include "render/report/figure_drawing.h"
#include "render/report/figure_parts.h"
#include "render/scene/objects.h"
#include "render/scene/solids.h"
#include "sim/engine/simulate.h"
#include "tests/catch.h"
#include "tests/render/noting_painter.h"

using namespace plumb;
using namespace plumb::test;

namespace {

std::shared_ptr<const Recording> short_run(double ankle_deg, std::optional<double> wall_m) {
    ScenarioDef def{.person = {.ankle_dorsiflexion_deg = ankle_deg},
                    .movement = {.descend_s = 0.6, .hold_s = 0.2, .ascend_s = 0.6}};
    def.wall.distance_m = wall_m;
    return simulate(def);
}

SceneOptions shapes() {
    SceneOptions options;
    options.skin = options.xcom = options.cop = options.trails = options.forces = options.callouts = false;
    return options;
}

/// Notes polygons' fills too.
class FillPainter : public NotingPainter {
  public:
    std::vector<Rgba> fills;
    int clipped = 0, unclipped = 0;
    void polygon(std::span<const Point> corners, Rgba fill) override {
        NotingPainter::polygon(corners, fill);
        fills.push_back(fill);
        ++(clips > 0 ? clipped : unclipped);
    }
    void line(std::span<const Point> points, Rgba colour, double width_px, LineStyle style) override {
        if (points.size() >= 2) NotingPainter::line(points, colour, width_px, style);
        ++(clips > 0 ? clipped : unclipped);
    }
};

}  // namespace

TEST_CASE("The person is drawn whole in every view, standing, deep and at the end", "[render][figure]") {
    for (const std::optional<double> wall_m : {std::optional<double>{}, std::optional<double>{0.35}}) {
        const auto run = short_run(18.0, wall_m);
        const SceneBuilder builder(run);
        const std::size_t last = run->frames.size() - 1;
        const std::array<std::size_t, 3> frames{0, last / 2, last};
        for (const View view : {View::side, View::front, View::top, View::orbit})
            for (const double shape : {0.6, 1.333, 2.5}) {
                const Box box{30.0, 20.0, 400.0 * shape, 400.0};
                const Camera camera = figure_camera(*run, frames, view, shape);
                double narrowest = 1.0;
                for (const std::size_t frame : frames) {
                    for (const Vertex& v :
                         collision_mesh(run->plan.model.body, run->frames[frame].pose).vertices) {
                        const auto at = camera.project(
                            {double(v.place_m[0]), double(v.place_m[1]), double(v.place_m[2])}, box);
                        if (!at) FAIL("behind the eye");
                        narrowest = std::min(
                            {narrowest, (at->x - box.left) / box.width, 1.0 - (at->x - box.left) / box.width,
                             (at->y - box.top) / box.height, 1.0 - (at->y - box.top) / box.height});
                    }
                    FillPainter painter;
                    draw_figure(painter, builder.at(frame, shapes()), camera, box, 0.6);
                    CHECK(painter.clips == 0);
                    CHECK(painter.unclipped == 0);
                    CHECK(painter.fills.size() > 20);
                }
                INFO(static_cast<int>(view) << " " << shape);
                CHECK(narrowest > 0.0);
                CHECK(narrowest < 0.2);  // and not far away
                // A wall's foot is in the picture.
                if (wall_m && view == View::side) {
                    const auto at = camera.project({-*wall_m, 0.0, 0.0}, box);
                    REQUIRE(at);
                    CHECK((at->x > box.left && at->x < box.left + box.width));
                }
            }
    }
}

TEST_CASE("The same scene gives the same drawing; a ghost is half clear", "[render][figure]") {
    const auto run = short_run(30.0, 0.5);
    Scene scene = SceneBuilder(run).at(run->frames.size() / 2, shapes());
    const Camera camera =
        figure_camera(*run, std::array<std::size_t, 1>{run->frames.size() / 2}, View::orbit, 1.5);
    const auto svg = [&] {
        return svg_of(300, 200, scene.theme.page, [&](Painter& p) {
            draw_figure(p, scene, camera, {0.0, 0.0, 300.0, 200.0}, 0.5);
        });
    };
    CHECK(svg() == svg());
    const auto clear = [&] {
        FillPainter painter;
        draw_figure(painter, scene, camera, {0.0, 0.0, 300.0, 200.0}, 0.5);
        return std::ranges::count_if(painter.fills, [](Rgba c) { return c.a > 0.1f && c.a < 0.3f; });
    };
    const auto before = clear();
    show_feet(scene);
    CHECK(clear() >= before + 15);
}

TEST_CASE("Nothing, skin and strange boxes are survived", "[render][figure]") {
    const auto run = short_run(30.0, std::nullopt);
    SceneOptions skin = shapes();
    skin.skin = true;
    skin.cell_m = k_skin_coarse_m;
    const Scene scene = SceneBuilder(run).at(0, skin);
    const Camera camera = figure_camera(*run, {}, View::side, 1.5);
    CHECK(camera == view_camera(View::side, run->scenario.person.stature_m, 1.5));
    CHECK(figure_camera(*run, std::array<std::size_t, 1>{1u << 30}, View::side, 1.5) == camera);
    for (const Box& box :
         {Box{}, Box{0.0, 0.0, -5.0, 10.0}, Box{0.0, 0.0, 2.0, 2.0}, Box{5.0, 5.0, 900.0, 20.0}}) {
        NotingPainter painter;
        draw_figure(painter, scene, camera, box, 1.0);
        draw_figure(painter, Scene{}, camera, box, 1.0);
        CHECK(painter.clips == 0);
    }
    // From within the person, and from below.
    for (const double pitch_deg : {0.0, -40.0}) {
        Camera within = camera;
        within.distance_m = 0.05;
        within.pitch_deg = pitch_deg;
        NotingPainter painter;
        draw_figure(painter, scene, within, {0.0, 0.0, 300.0, 200.0}, 1.0);
        CHECK(painter.clips == 0);
    }
}

TEST_CASE("A mesh falls apart into what hangs together, flat faces by themselves", "[figure]") {
    Mesh mesh;
    add_sphere(mesh, {0.0, 0.0, 1.0}, 0.2, {1, 0, 0, 1});
    add_capsule(mesh, {0.0, 0.0, 1.0}, {0.0, 0.0, 0.3}, 0.03, {0, 1, 0, 1});
    CHECK(mesh_parts(mesh).size() == 2);
    const auto limbs = person_parts(mesh);
    REQUIRE(limbs.size() == 2);
    const auto limb = std::ranges::find_if(limbs, [](const FigurePart& p) { return p.balls.size() == 2; });
    REQUIRE(limb != limbs.end());
    // Thick where it leaves the ball, thinner at the bare end, nowhere thinner than its bone.
    const auto [least, most] = std::minmax(limb->balls[0].radius_m, limb->balls[1].radius_m);
    CHECK(least > 0.03);
    CHECK(most > least);
    CHECK(most < 0.2);
    CHECK((limb->middle() - Vector3(0.0, 0.0, 0.65)).norm() < 1e-5);
    const auto faces = mesh_parts(wall_mesh(0.4));
    REQUIRE(faces.size() == 6);
    for (const FigurePart& face : faces) CHECK(face.normal);
    CHECK(std::ranges::count_if(faces,
                                [](const FigurePart& face) {
                                    return face.hides({-1.0, 0.0, 1.0}, {2.0, 0.0, 1.0});
                                })
          == 2);  // before and behind
    CHECK(std::ranges::none_of(faces, [](const FigurePart& face) {
        return face.hides({-1.0, 5.0, 1.0}, {2.0, 5.0, 1.0});
    }));
}
