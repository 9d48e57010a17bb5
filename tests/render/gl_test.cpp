// The offscreen renderer: things lie where the camera says, shadows fall away from the sun, ghosts and walls let
// through what they should. Skipped where no OpenGL context can be made.
#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <fstream>
#include <memory>
#include <stdexcept>

#include <unistd.h>

#include "render/gl/light.h"
#include "render/gl/offscreen.h"
#include "render/gl/renderer.h"
#include "render/scene/solids.h"
#include "tests/catch.h"
#include "tests/render/gl_context.h"

namespace plumb {
namespace {

using test::context_or_nothing;

constexpr Rgba k_red{0.85f, 0.10f, 0.10f, 1.0f}, k_blue{0.10f, 0.10f, 0.85f, 1.0f},
    k_grey{0.5f, 0.5f, 0.5f, 1.0f};

using Pixel = std::array<int, 3>;

Pixel pixel(const Picture& picture, int x, int y) {
    if (x < 0 || y < 0 || x >= picture.width || y >= picture.height) FAIL("outside of the picture");
    const size_t at =
        4 * (static_cast<size_t>(y) * static_cast<size_t>(picture.width) + static_cast<size_t>(x));
    return {picture.rgba[at], picture.rgba[at + 1], picture.rgba[at + 2]};
}

int sum(const Pixel& p) { return p[0] + p[1] + p[2]; }
bool is_red(const Pixel& p) { return p[0] > 60 && p[0] > 2 * p[1] && p[0] > 2 * p[2]; }

struct Studio {
    std::unique_ptr<OffscreenContext> context = context_or_nothing();
    Renderer renderer;
    Camera camera;
    int width = 400, height = 300;

    Picture picture(const Scene& scene) {
        renderer.draw(scene, camera, width, height);
        return renderer.read();
    }
    Pixel at(const Picture& picture, const Vector3& place_m) const {
        const auto p = camera.project(place_m, {0.0, 0.0, double(picture.width), double(picture.height)});
        REQUIRE(p);
        return pixel(picture, static_cast<int>(std::floor(p->x)), static_cast<int>(std::floor(p->y)));
    }
};

Mesh ball(const Vector3& centre_m, double radius_m, Rgba colour) {
    Mesh mesh;
    add_sphere(mesh, centre_m, radius_m, colour);
    return mesh;
}

Mesh box(const Vector3& low, const Vector3& high, Rgba colour) {
    Mesh mesh;
    const auto ring = [&](double z) {
        return std::array<Vector3, 4>{Vector3(low.x(), low.y(), z), Vector3(high.x(), low.y(), z),
                                      Vector3(high.x(), high.y(), z), Vector3(low.x(), high.y(), z)};
    };
    add_prism(mesh, ring(low.z()), ring(high.z()), colour);
    return mesh;
}

Scene scene_of(std::initializer_list<Mesh> solids) {
    Scene scene;
    scene.theme = light_theme();
    scene.solids = solids;
    return scene;
}

FloorPatch square(double half_m, Rgba fill, Rgba edge) {
    return {{{-half_m, -half_m}, {half_m, -half_m}, {half_m, half_m}, {-half_m, half_m}}, fill, edge, 4.0f};
}

double resident_MB() {
    std::ifstream statm("/proc/self/statm");
    double total = 0.0, resident = 0.0;
    statm >> total >> resident;
    return resident * static_cast<double>(sysconf(_SC_PAGESIZE)) / 1e6;
}

}  // namespace

TEST_CASE("a ball is drawn where the camera projects it, from every side, in both tiers", "[gl]") {
    Studio studio;
    const Vector3 place_m(0.3, -0.2, 0.9);
    const Scene scene = scene_of({ball(place_m, 0.12, k_red)});
    studio.width = GENERATE(400, 401, 150);
    studio.renderer.set_tier(GENERATE(Tier::low, Tier::full));
    for (const auto& [yaw, pitch] :
         {std::pair{-55.0, 12.0}, {0.0, 4.0}, {-90.0, 90.0}, {130.0, 45.0}, {-90.0, -15.0}}) {
        CAPTURE(yaw, pitch);
        studio.camera.yaw_deg = yaw;
        studio.camera.pitch_deg = pitch;
        const Picture picture = studio.picture(scene);
        REQUIRE(picture.width == studio.width);
        REQUIRE(picture.height == studio.height);
        double x_sum = 0.0, y_sum = 0.0, count = 0.0;
        for (int y = 0; y < picture.height; ++y)
            for (int x = 0; x < picture.width; ++x)
                if (is_red(pixel(picture, x, y))) {
                    x_sum += x + 0.5;
                    y_sum += y + 0.5;
                    count += 1.0;
                }
        const auto want =
            studio.camera.project(place_m, {0.0, 0.0, double(picture.width), double(picture.height)});
        REQUIRE(want);
        // pi (radius x pixels a metre)^2
        const double px_a_metre = 0.5 * picture.height / std::tan(0.5 * 24.0 * 3.14159265 / 180.0)
                                  / (studio.camera.eye_m() - place_m).norm();
        CHECK(count == Catch::Approx(3.14159265 * std::pow(0.12 * px_a_metre, 2)).epsilon(0.06));
        CHECK(x_sum / count == Catch::Approx(want->x).margin(0.7));
        CHECK(y_sum / count == Catch::Approx(want->y).margin(0.7));
    }
}

TEST_CASE("sky and floor fill the picture, opaque, the floor fading into the sky", "[gl]") {
    Studio studio;
    studio.renderer.set_tier(GENERATE(Tier::low, Tier::full));
    Scene scene = scene_of({});
    scene.theme = GENERATE(true, false) ? dark_theme() : light_theme();
    const Picture picture = studio.picture(scene);
    bool opaque = true;
    for (size_t i = 3; i < picture.rgba.size(); i += 4) opaque = opaque && picture.rgba[i] == 255;
    CHECK(opaque);
    const auto near = [](const Pixel& p, Rgba c) {
        return std::max({std::abs(float(p[0]) - 255.0f * c.r), std::abs(float(p[1]) - 255.0f * c.g),
                         std::abs(float(p[2]) - 255.0f * c.b)});
    };
    CHECK(near(studio.at(picture, {0.25, -0.25, 0.0}), scene.theme.floor) < 2.0f);
    CHECK(near(studio.at(picture, {-20.0, 29.0, 0.0}), scene.theme.sky_bottom) < 2.0f);
    // No step from row to row: no border of floor and sky is seen. Lines of the grid are thin; a column between them.
    for (int y = 1; y < 120; ++y)
        CHECK(std::abs(sum(pixel(picture, 200, y)) - sum(pixel(picture, 200, y - 1))) < 24);
    // The same from straight above and from below, where the floor is looked through.
    studio.camera.pitch_deg = 90.0;
    CHECK(near(studio.at(studio.picture(scene), {0.25, 0.25, 0.0}), scene.theme.floor) < 2.0f);
    studio.camera.pitch_deg = -12.0;
    CHECK(near(pixel(studio.picture(scene), 200, 299), scene.theme.sky_bottom) < 2.0f);
}

TEST_CASE("a shadow falls on the side away from the sun, on floor and solids", "[gl]") {
    Studio studio;
    studio.renderer.set_tier(GENERATE(Tier::low, Tier::full));
    studio.camera.pitch_deg = 60.0;
    const Vector3 sun = sun_direction();
    REQUIRE(sun.norm() == Catch::Approx(1.0));
    const double high_m = 0.8;
    const Vector3 shade(-sun.x() / sun.z() * high_m, -sun.y() / sun.z() * high_m, 0.0);
    Scene scene = scene_of({ball({0.0, 0.0, high_m}, 0.12, k_red)});
    const Picture floor = studio.picture(scene);
    const int dark = sum(studio.at(floor, shade)), bright = sum(studio.at(floor, -shade));
    CHECK(dark < 0.85 * bright);
    CHECK(dark > 0.5 * bright);
    CHECK(sum(studio.at(floor, shade * 1.6)) > 0.97 * bright);
    // A slab under the shadow is darkened where the ball's shadow meets its top, and not beside it.
    const Vector3 on_slab(0.5 * shade.x(), 0.5 * shade.y(), 0.4);
    scene.solids.push_back(box({-0.9, -0.9, 0.0}, {0.9, 0.9, 0.4}, k_grey));
    const Picture slab = studio.picture(scene);
    CHECK(sum(studio.at(slab, on_slab)) < 0.85 * sum(studio.at(slab, on_slab + Vector3(0.0, 0.35, 0.0))));
}

TEST_CASE("what stands on the floor darkens it close by", "[gl]") {
    Studio studio;
    const Scene scene = scene_of({box({-0.15, -0.15, 0.0}, {0.15, 0.15, 0.1}, k_grey)});
    studio.camera.pitch_deg = 70.0;
    const Picture picture = studio.picture(scene);
    const Vector3 to_sun = Vector3(0.35, -0.10, 0.0).normalized();
    const int close = sum(studio.at(picture, 0.19 * to_sun)), away = sum(studio.at(picture, 0.75 * to_sun));
    CHECK(close < 0.95 * away);
}

TEST_CASE("a patch is seen on the floor, below what stands on it", "[gl]") {
    Studio studio;
    studio.renderer.set_tier(GENERATE(Tier::low, Tier::full));
    studio.camera.pitch_deg = GENERATE(12.0, 40.0, 90.0);
    const Rgba fill{0.0f, 0.6f, 0.3f, 0.5f}, edge{0.1f, 0.1f, 0.9f, 1.0f};
    Scene scene = scene_of({});
    scene.patches = {square(0.4, fill, edge)};
    const Picture picture = studio.picture(scene);
    const Pixel inside = studio.at(picture, {0.2, 0.1, 0.0}), on_edge = studio.at(picture, {0.12, -0.4, 0.0});
    const Rgba& floor = scene.theme.floor;
    CHECK(inside[0] == Catch::Approx(255 * (0.5 * floor.r + 0.5 * fill.r)).margin(3));
    CHECK(inside[1] == Catch::Approx(255 * (0.5 * floor.g + 0.5 * fill.g)).margin(3));
    CHECK(inside[2] == Catch::Approx(255 * (0.5 * floor.b + 0.5 * fill.b)).margin(3));
    CHECK(on_edge[2] > 200);
    CHECK(on_edge[0] < 60);
    // Dashes: along the edge both its colour and the floor.
    scene.patches[0].style = GENERATE(LineStyle::dashed, LineStyle::dotted);
    scene.patches[0].fill.a = 0.0f;
    const Picture dashed = studio.picture(scene);
    int drawn = 0, left_out = 0;
    for (double x = -0.35; x < 0.35; x += 0.005) {
        const Pixel p = studio.at(dashed, {x, -0.4, 0.0});
        drawn += p[0] < 90 ? 1 : 0;
        left_out += p[0] > 200 ? 1 : 0;
    }
    CHECK(drawn > 20);
    CHECK(left_out > 20);
    scene.solids = {ball({0.0, 0.0, 0.2}, 0.2, k_red)};
    CHECK(is_red(studio.at(studio.picture(scene), {0.0, 0.0, 0.2})));
}

TEST_CASE("the same scene gives the same pixels, whatever was drawn before", "[gl]") {
    Studio studio;
    Scene scene =
        scene_of({ball({0.1, 0.0, 0.5}, 0.2, k_red), box({-0.5, 0.2, 0.0}, {0.2, 0.4, 0.3}, k_grey)});
    scene.patches = {square(0.4, {0.0f, 0.6f, 0.3f, 0.5f}, k_blue)};
    scene.ghosts = {ball({0.3, 0.0, 0.6}, 0.2, k_grey)};
    for (const Tier tier : {Tier::low, Tier::full}) {
        studio.renderer.set_tier(tier);
        const Picture first = studio.picture(scene);
        studio.width = 123;
        studio.picture(scene_of({}));
        studio.width = 400;
        CHECK(studio.picture(scene).rgba == first.rgba);
        Renderer other;
        other.set_tier(tier);
        other.draw(scene, studio.camera, studio.width, studio.height);
        CHECK(other.read().rgba == first.rgba);
    }
}

TEST_CASE("any size works, and changing it does not pile up memory", "[gl]") {
    Studio studio;
    const Scene scene = scene_of({ball({0.0, 0.0, 0.5}, 0.3, k_red)});
    for (const auto& [width, height] : {std::pair{1, 1}, {0, 0}, {-5, 7}, {1, 400}, {400, 1}}) {
        CAPTURE(width, height);
        studio.renderer.draw(scene, studio.camera, width, height);
        const Picture picture = studio.renderer.read();
        CHECK(picture.width == std::max(width, 1));
        CHECK(picture.height == std::max(height, 1));
        CHECK(picture.rgba.size()
              == 4u * static_cast<size_t>(picture.width) * static_cast<size_t>(picture.height));
        CHECK(picture.rgba[3] == 255);
    }
    const auto round = [&](int times) {
        for (int i = 0; i < times; ++i) {
            studio.renderer.set_tier(i % 4 == 3 ? Tier::full : Tier::low);
            studio.renderer.draw(scene, studio.camera, 200 + 37 * (i % 6), 150 + 29 * (i % 5));
        }
        return studio.renderer.read().rgba.size();
    };
    round(12);
    const unsigned texture = studio.renderer.texture();
    // Targets left behind would be some 100 MB a round, every round; a software driver's own threads take theirs now and then.
    double least_growth_MB = 1e9;
    for (int i = 0; i < 4; ++i) {
        const double before_MB = resident_MB();
        round(60);
        least_growth_MB = std::min(least_growth_MB, resident_MB() - before_MB);
    }
    CHECK(least_growth_MB < 12.0);
    CHECK(studio.renderer.texture() == texture);
    CHECK(texture != 0);
}

TEST_CASE("a ghost lets through what is behind it and hides its own inside", "[gl]") {
    Studio studio;
    studio.renderer.set_tier(GENERATE(Tier::low, Tier::full));
    studio.camera.yaw_deg = 0.0;
    studio.camera.pitch_deg = 5.0;
    const Vector3 behind(-0.6, 0.0, 0.8), before(0.6, 0.0, 0.8);
    Scene red = scene_of({ball(behind, 0.3, k_red)}), blue = scene_of({ball(behind, 0.3, k_blue)});
    const Pixel bare_red = studio.at(studio.picture(red), before),
                bare_blue = studio.at(studio.picture(blue), before);
    red.ghosts = blue.ghosts = {ball(before, 0.2, k_grey)};
    const Picture ghostly = studio.picture(red);
    const Pixel on_red = studio.at(ghostly, before), on_blue = studio.at(studio.picture(blue), before);
    const double through = double(on_red[0] - on_blue[0]) / double(bare_red[0] - bare_blue[0]);
    CHECK(through > 0.5);
    CHECK(through < 0.8);
    CHECK(on_red != bare_red);
    // Nothing inside the ghost shows, nor does a ghost in the very place of a solid.
    Mesh hollow = ball(before, 0.2, k_grey);
    add_sphere(hollow, before, 0.1, k_blue);
    red.ghosts = {hollow};
    CHECK(studio.picture(red).rgba == ghostly.rgba);
    red.ghosts.clear();
    const Picture alone = studio.picture(red);
    red.ghosts = red.solids;
    CHECK(studio.at(studio.picture(red), behind) == studio.at(alone, behind));
}

TEST_CASE("a wall hides nobody from behind, and throws no shadow", "[gl]") {
    Studio studio;
    const Vector3 person(0.0, 0.0, 0.8);
    Scene scene = scene_of({ball(person, 0.2, k_red), box({-0.5, -1.2, 0.0}, {-0.4, 1.2, 2.2}, k_grey)});
    studio.camera.yaw_deg = 180.0;
    Picture picture = studio.picture(scene);
    const Pixel through = studio.at(picture, person),
                beside = studio.at(picture, person + Vector3(0.0, 0.6, 0.0));
    CHECK(through[0] > through[1] + 40);
    CHECK(std::abs(beside[0] - beside[1]) < 12);
    // From the front it is there: what lies behind it does not show.
    studio.camera.yaw_deg = 0.0;
    scene.solids.push_back(ball({-1.0, 0.6, 0.8}, 0.15, k_blue));
    picture = studio.picture(scene);
    const Pixel hidden = studio.at(picture, {-1.0, 0.6, 0.8});
    CHECK(hidden[2] < hidden[0] + 30);
    // The floor beyond it is as bright as far aside.
    scene.solids.pop_back();
    studio.camera.yaw_deg = 140.0;
    studio.camera.pitch_deg = 50.0;
    studio.camera.distance_m = 12.0;
    picture = studio.picture(scene);
    CHECK(sum(studio.at(picture, {-1.25, 0.2, 0.0})) > 0.96 * sum(studio.at(picture, {-0.75, 2.25, 0.0})));
}

TEST_CASE("without a context the renderer says so; contexts can follow one another", "[gl]") {
    for (int i = 0; i < 3; ++i) {
        Studio studio;
        CHECK(studio.picture(scene_of({})).rgba.size() == 480000u);
    }
    REQUIRE_THROWS_WITH(Renderer(), Catch::Matchers::ContainsSubstring("no OpenGL context"));
}

}  // namespace plumb
