// The scene's list: what is in it, where it lies, and the words when balance is lost.
#include <algorithm>
#include <cmath>

#include "render/scene/scene.h"
#include "sim/engine/simulate.h"
#include "tests/catch.h"
#include "tests/plan/random_person.h"

using namespace plumb;
using namespace plumb::test;

namespace {

std::shared_ptr<const Recording> fall() { return simulate({.person = {.ankle_dorsiflexion_deg = 18.0}}); }

bool says(const Scene& scene, const std::string& part) {
    return std::ranges::any_of(scene.callouts,
                               [&](const Callout& c) { return c.text.find(part) != std::string::npos; });
}

}  // namespace

TEST_CASE("Losing balance shows in shape and words, not in colour alone", "[scene]") {
    const SceneBuilder builder(fall());
    const Recording& run = builder.recording();
    SceneOptions options;
    options.skin = false;
    const auto crosses = [](const Scene& s) {
        return std::ranges::count(s.marks, MarkKind::cross, &SceneMark::kind);
    };
    const Scene standing = builder.at(0, options);
    CHECK(says(standing, "Over the feet"));
    CHECK(crosses(standing) == 0);
    size_t out = 0;
    while (out < run.frames.size() && !(run.frames[out].com_margin.margin_m < -0.01)) ++out;
    REQUIRE(out < run.frames.size());
    const Scene lost = builder.at(out, options);
    CHECK(says(lost, "OUT OF BALANCE"));
    CHECK(says(lost, "behind the heels"));
    CHECK(crosses(lost) == 1);
    CHECK(std::ranges::any_of(lost.lines, &SceneLine::arrow));
    REQUIRE(!lost.patches.empty());
    CHECK(lost.patches.front().style == LineStyle::dashed);
    CHECK(says(builder.at(run.frames.size() - 1, options), "FALLEN"));
}

TEST_CASE("Marks lie where the frame says, and what is switched off is not there", "[scene]") {
    const SceneBuilder builder(fall());
    const Recording& run = builder.recording();
    SceneOptions options;
    options.skin = false;
    for (const size_t i : {size_t{0}, run.frames.size() / 3, run.frames.size() / 2}) {
        const Scene scene = builder.at(i, options);
        const Frame& frame = run.frames[i];
        for (const SceneMark& mark : scene.marks) {
            if (mark.kind == MarkKind::com_ball) CHECK((mark.place_m - frame.com_m).norm() < 1e-12);
            if (mark.kind == MarkKind::diamond) CHECK((mark.place_m.head<2>() - frame.xcom_m).norm() < 1e-12);
        }
    }
    SceneOptions none = options;
    none.bases = none.com = none.xcom = none.cop = none.trails = none.forces = none.callouts = false;
    const Scene bare = builder.at(run.frames.size() / 2, none);
    CHECK(bare.marks.empty());
    CHECK(bare.lines.empty());
    CHECK(bare.patches.empty());
    CHECK(bare.callouts.empty());
    CHECK(!bare.solids.empty());
}

TEST_CASE("The camera's picture and its rays are each other's inverse, in every view", "[scene]") {
    std::mt19937_64 random(7);
    const Box box{30.0, 20.0, 800.0, 500.0};
    for (const View view : {View::orbit, View::side, View::front, View::top}) {
        const Camera camera = view_camera(view, 1.75, box.width / box.height);
        for (int i = 0; i < 50; ++i) {
            const Vector3 place(draw(random, -0.6, 0.6), draw(random, -0.6, 0.6), draw(random, 0.0, 1.8));
            const auto at = camera.project(place, box);
            REQUIRE(at);
            const Vector3 to = (place - camera.eye_m()).normalized();
            CHECK((camera.ray(*at, box) - to).norm() < 1e-9);
        }
    }
    // The side view: forward is right, up is up. The front view: the person's left is on the right.
    const Camera side = view_camera(View::side, 1.75, 1.6), front = view_camera(View::front, 1.75, 1.6);
    CHECK(side.project({0.5, 0, 1}, box)->x > side.project({0, 0, 1}, box)->x);
    CHECK(side.project({0, 0, 1.5}, box)->y < side.project({0, 0, 1}, box)->y);
    CHECK(front.project({0, 0.5, 1}, box)->x > front.project({0, 0, 1}, box)->x);
}

TEST_CASE("Standing people of every size are whole in every upright view", "[scene]") {
    std::mt19937_64 random(11);
    for (int i = 0; i < 12; ++i) {
        const double stature = draw(random, 1.2, 2.2), shape = draw(random, 0.7, 2.2);
        const Box box{0.0, 0.0, 600.0 * shape, 600.0};
        for (const View view : {View::orbit, View::side, View::front}) {
            const Camera camera = view_camera(view, stature, shape);
            for (const Vector3& p :
                 {Vector3(0.05, 0, 0), Vector3(0.0, 0, stature), Vector3(0.3, 0.2, 0.8 * stature)}) {
                const auto at = camera.project(p, box);
                REQUIRE(at);
                CHECK((at->x > 0 && at->x < box.width && at->y > 0 && at->y < box.height));
            }
        }
    }
}

TEST_CASE("frame_at takes the frame at or before a time", "[scene]") {
    const auto run =
        simulate({.movement = {.depth = 0.05, .descend_s = 0.3, .hold_s = 0.1, .ascend_s = 0.3}});
    for (size_t i = 0; i < run->frames.size(); i += 17) CHECK(frame_at(*run, run->frames[i].time_s) == i);
    CHECK(frame_at(*run, -1.0) == 0);
    CHECK(frame_at(*run, 1e9) == run->frames.size() - 1);
    CHECK(frame_at(*run, run->frames[5].time_s + 0.004) == 5);
}
