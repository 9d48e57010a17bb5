// The depth scale: its words where there is room, nothing outside of its box.
#include "render/report/limit_band.h"

#include <algorithm>

#include "tests/catch.h"
#include "tests/render/noting_painter.h"

using namespace plumb;
using namespace plumb::test;

namespace {

LimitScale example() {
    LimitScale scale{
        .sole = 0.6, .functional = 0.55, .intervals = {}, .half = 0.29, .parallel = 0.58, .full = 0.64};
    scale.leg_length_m = 0.85;
    scale.intervals.sole = {0.51, 0.7};
    scale.intervals.samples = 120;
    return scale;
}

NotingPainter drawn(const LimitScale& scale, const Box& box, double text_px, const BandUnits& units = {}) {
    NotingPainter painter;
    draw_limit_band(painter, scale, box, light_theme(), text_px, units);
    return painter;
}

}  // namespace

TEST_CASE("The depth scale says limit, interval and asked depths in the units asked for", "[chart]") {
    const NotingPainter painter = drawn(example(), {0.0, 0.0, 450.0, 100.0}, 14.0);
    for (const char* const words :
         {"balanced to 51 cm  (43 to 60)", "standing", "half 25", "parallel 49", "full 54"})
        CHECK(says(painter, words));
    CHECK(says(drawn(example(), {0.0, 0.0, 450.0, 100.0}, 14.0, {1.0 / 0.0254, "in"}),
               "balanced to 20 in  (17 to 23)"));
    LimitScale plain = example();
    plain.intervals.samples = 0;
    plain.full.reset();
    CHECK(says(drawn(plain, {0.0, 0.0, 450.0, 100.0}, 14.0), "balanced to 51 cm"));
    CHECK_FALSE(says(drawn(plain, {0.0, 0.0, 450.0, 100.0}, 14.0), "full 54"));
    // No word lies on another.
    for (const auto& a : painter.texts)
        for (const auto& b : painter.texts)
            if (&a != &b) {
                const bool apart =
                    a.box.left + a.box.width <= b.box.left || b.box.left + b.box.width <= a.box.left
                    || a.box.top + a.box.height <= b.box.top || b.box.top + b.box.height <= a.box.top;
                INFO(a.text << " and " << b.text);
                CHECK(apart);
            }
}

TEST_CASE("The depth scale stays inside its box, whatever the size and the limit", "[chart]") {
    std::vector<LimitScale> scales{example(), LimitScale{}};
    scales.push_back(example());
    scales.back().sole = scales.back().functional = scales.back().intervals.sole.low = 0.0;
    scales.push_back(example());
    scales.back().sole = scales.back().intervals.sole.high = 1.3;
    for (const LimitScale& scale : scales)
        for (const Point size : {Point{900, 200}, {450, 90}, {200, 60}, {90, 90}, {20, 20}, {1, 1}})
            for (const double text_px : {9.0, 14.0, 30.0}) {
                const Box box{17.0, 23.0, size.x, size.y};
                const NotingPainter painter = drawn(scale, box, text_px);
                CAPTURE(size.x, size.y, text_px, painter.widest());
                CHECK(painter.inside(box, 1.5));
                CHECK(painter.clips == 0);
            }
}
