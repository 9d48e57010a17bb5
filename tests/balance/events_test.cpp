// Falls and exits of the COM as the frames show them, with thresholds on both sides.
#include "sim/balance/events.h"

#include <limits>

#include "tests/balance/synthetic.h"
#include "tests/catch.h"

using namespace plumb;
using namespace plumb::test;
using Catch::Approx;

namespace {

/// So many frames long, from a time on.
Span frames_from(const Recording& recording, double time_s, std::size_t count) {
    const std::size_t first = frame_from(recording, time_s);
    return {recording.frames[first].time_s, recording.frames[first + count].time_s};
}

}  // namespace

TEST_CASE("the real default squat shows no event but its depth", "[balance]") {
    const Recording& run = default_run();
    const Events events = find_events(run);
    CHECK_FALSE(events.fell);
    CHECK(events.fall_edge == Edge::none);
    CHECK(events.feet_end == run.frames.size());
    CHECK_FALSE(events.exit_frame.has_value());
    CHECK(events.reached);
    CHECK(events.rose);
    CHECK_FALSE(events.heels_up_at_depth);
    CHECK_FALSE(events.carried);
    CHECK_FALSE(events.leaned);
    CHECK(events.wall_hold_N == 0.0);
    CHECK(events.outside_functional_s == 0.0);
    CHECK(run.frames[events.deepest_frame].hip_drop == deepest_drop(run));
    CHECK(body_weight_N(run) == Approx(75.0 * 9.80665));
}

TEST_CASE("a fall is a body part at rest on the floor, named by its side", "[balance]") {
    SECTION("only a body part that rests on the floor is a fall") {
        Recording run = default_run();
        SECTION("a touch shorter than a rest") {
            put_on_floor(run, {5.0, 5.25});
            CHECK_FALSE(find_events(run).fell);
            CHECK(find_events(run).feet_end == run.frames.size());
        }
        SECTION("two touches shorter than a rest") {
            put_on_floor(run, {4.5, 4.7});
            put_on_floor(run, {4.8, 5.0});
            CHECK_FALSE(find_events(run).fell);
        }
        SECTION("a rest") {
            put_on_floor(run, {5.0, 5.35});
            CHECK(find_events(run).fell);
            CHECK(run.frames[find_events(run).feet_end].time_s == Approx(5.0).margin(0.009));
        }
        SECTION("a touch at the very end") {
            put_on_floor(run, {.from_s = 9.9});
            CHECK(find_events(run).fell);
        }
        SECTION("brushing the floor carries no weight") {
            put_on_floor(run, {.from_s = 5.0}, 0.04);
            CHECK_FALSE(find_events(run).fell);
        }
        SECTION("a little weight on the floor") {
            put_on_floor(run, {.from_s = 5.0}, 0.06);
            CHECK(find_events(run).fell);
        }
        SECTION("the time on the feet ends with the first touch that leads to the rest") {
            put_on_floor(run, {4.8, 5.0}, 0.01);
            put_on_floor(run, {5.0, 5.6});
            CHECK(run.frames[find_events(run).feet_end].time_s == Approx(4.8).margin(0.009));
        }
        SECTION("the fall counts even if the person gets up from the floor") {
            put_on_floor(run, {5.0, 5.6});
            CHECK(find_events(run).fell);
            CHECK_FALSE(find_events(run).rose);
        }
    }
    SECTION("a body still toppling when the run ends has fallen") {
        Recording run = default_run();
        put_com_outside(run, {.from_s = 9.5}, Edge::toe);
        const auto last_speed = [&](double speed_mps) {
            edit_frames(run, {.from_s = 9.5}, [&](Frame& f) { f.com_velocity_mps = {speed_mps, 0.0, 0.0}; });
        };
        last_speed(0.5);
        CHECK(find_events(run).fell);
        CHECK(find_events(run).fall_edge == Edge::toe);
        last_speed(0.05);
        CHECK_FALSE(find_events(run).fell);
        last_speed(0.5);
        press_wall(run, {.from_s = 9.5}, 100.0);
        CHECK_FALSE(find_events(run).fell);
    }
    SECTION("a fall with the COM over the feet is named by where the COM lies") {
        Recording run = default_run();
        const double middle_m = 0.5 * (run.plan.model.heel_edge_m[0] + run.plan.model.toe_edge_m[0]);
        const auto lying_at = [&](double dx_m, double y_m) {
            edit_frames(run, {}, [&](Frame& f) { f.com_m = {middle_m + dx_m, y_m, 0.5}; });
            put_on_floor(run, {.from_s = 5.0});
            REQUIRE(find_events(run).fell);
            REQUIRE_FALSE(find_events(run).exit_frame.has_value());
            return find_events(run).fall_edge;
        };
        CHECK(lying_at(-0.05, 0.01) == Edge::heel);
        CHECK(lying_at(0.05, -0.01) == Edge::toe);
        CHECK(lying_at(0.01, 0.05) == Edge::left);
        CHECK(lying_at(0.01, -0.05) == Edge::right);
    }
}

TEST_CASE("the COM leaves when it is outside long enough", "[balance]") {
    SECTION("an excursion of the COM shorter than 50 ms is no exit") {
        Recording run = default_run();
        SECTION("5 frames, 42 ms") {
            put_com_outside(run, frames_from(run, 5.0, 5), Edge::heel);
            CHECK_FALSE(find_events(run).exit_frame.has_value());
        }
        SECTION("8 frames, 67 ms") {
            put_com_outside(run, frames_from(run, 5.0, 8), Edge::heel);
            REQUIRE(find_events(run).exit_frame.has_value());
            CHECK(*find_events(run).exit_frame == frame_from(run, 5.0));
        }
        SECTION("short ones far apart do not add up") {
            for (const double time_s : {2.0, 3.0, 4.0, 5.0})
                put_com_outside(run, frames_from(run, time_s, 5), Edge::heel);
            CHECK_FALSE(find_events(run).exit_frame.has_value());
        }
        SECTION("a return for one frame ends no exit") {
            put_com_outside(run, frames_from(run, 5.0, 5), Edge::left);
            put_com_outside(run, frames_from(run, 5.05, 5), Edge::left);
            REQUIRE(find_events(run).exit_frame.has_value());
            CHECK(*find_events(run).exit_frame == frame_from(run, 5.0));
        }
        SECTION("the first long one counts, not a short one before it") {
            put_com_outside(run, frames_from(run, 2.0, 4), Edge::toe);
            put_com_outside(run, {3.0, 3.2}, Edge::heel);
            REQUIRE(find_events(run).exit_frame.has_value());
            CHECK(*find_events(run).exit_frame == frame_from(run, 3.0));
            CHECK(find_events(run).exit_edge == Edge::heel);
        }
        SECTION("a margin that does not exist is outside; the edge is where the COM lies") {
            edit_frames(run, {3.0, 3.2}, [](Frame& f) {
                f.com_margin = {-std::numeric_limits<double>::infinity(), Edge::none};
                f.com_m.x() = -0.5;
            });
            REQUIRE(find_events(run).exit_frame.has_value());
            CHECK(find_events(run).exit_edge == Edge::heel);
        }
    }
    SECTION("in a fall the exit is the one that ends on the floor") {
        Recording run = default_run();
        stage_fall(run, {.edge = Edge::left, .exit_s = 4.0, .floor_s = 4.6});
        put_com_outside(run, {2.0, 2.3}, Edge::toe);  // recovered
        const Events events = find_events(run);
        REQUIRE(events.exit_frame.has_value());
        CHECK(*events.exit_frame == frame_from(run, 4.0));
        CHECK(events.exit_edge == Edge::left);
        CHECK(events.fall_edge == Edge::left);
        CHECK(run.frames[events.feet_end].time_s == Approx(4.6).margin(0.009));
    }
}
