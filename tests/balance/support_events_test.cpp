// Depth, coming up, heels, functional base and wall as the frames show them, with thresholds on both sides.
#include "sim/balance/events.h"

#include <limits>

#include "sim/base/units.h"
#include "tests/balance/synthetic.h"
#include "tests/catch.h"

using namespace plumb;
using namespace plumb::test;
using Catch::Approx;

namespace {

/// Knee angle [rad] at which the leg is longer than at 130 deg by this part of thigh + shank: law of cosines.
double knee_for_drop_missed(const BodyLengths& body, double missed) {
    const double t = body.thigh_m, s = body.shank_m;
    const double at_130_m = std::sqrt(t * t + s * s + 2.0 * t * s * std::cos(130.0 * k_deg_to_rad));
    const double leg_m = at_130_m + missed * (t + s);
    return std::acos((leg_m * leg_m - t * t - s * s) / (2.0 * t * s));
}

void cap_knees(Recording& recording, double knee_rad) {
    edit_frames(recording, {}, [&](Frame& f) {
        for (const Dof dof : {dof_left_knee_flexion, dof_right_knee_flexion})
            f.pose.joints[dof] = std::min(f.pose.joints[dof], knee_rad);
    });
}

}  // namespace

TEST_CASE("depth reached, and up again", "[balance]") {
    SECTION("a drop counts as reached within 0.01") {
        Recording run = default_run();
        miss_depth(run, 0.009);
        CHECK(find_events(run).reached);
        miss_depth(run, 0.011);
        CHECK_FALSE(find_events(run).reached);
        // The words half and parallel are drops too.
        for (const DepthWord word : {DepthWord::half, DepthWord::parallel}) {
            miss_depth(run, 0.009);
            run.scenario.movement.depth = word;
            CHECK(find_events(run).reached);
            miss_depth(run, 0.011);
            run.scenario.movement.depth = word;
            CHECK_FALSE(find_events(run).reached);
        }
    }
    SECTION("full depth is 130 deg of knee flexion within 0.01 of drop") {
        Recording run = default_run();
        run.plan.asked_drop = 2.0;  // so that the knees alone decide
        const BodyLengths& body = run.plan.model.body.person.lengths;
        edit_frames(run, k_hold_span, [](Frame& f) {
            f.pose.joints[dof_left_knee_flexion] = f.pose.joints[dof_right_knee_flexion] = 2.5;
        });
        const auto set_range = [&](Dof knee, double deg) {
            run.plan.model.body.person.ranges[knee].max_rad = deg * k_deg_to_rad;
        };
        cap_knees(run, knee_for_drop_missed(body, 0.009));
        CHECK(find_events(run).reached);
        // A knee that cannot bend 130 deg never counts as full depth, whatever the frames show.
        set_range(dof_right_knee_flexion, 129.0);
        CHECK_FALSE(find_events(run).reached);
        run.plan.asked_drop = 0.0;
        CHECK_FALSE(find_events(run).reached);
        set_range(dof_right_knee_flexion, 130.0);
        run.plan.asked_drop = 2.0;
        CHECK(find_events(run).reached);
        cap_knees(run, knee_for_drop_missed(body, 0.011));
        CHECK_FALSE(find_events(run).reached);
    }
    SECTION("depth that is only reached while falling is not reached") {
        Recording run = default_run();
        stage_fall(run, {.edge = Edge::heel, .exit_s = 2.5, .floor_s = 3.5});
        const Events events = find_events(run);
        CHECK_FALSE(events.reached);
        CHECK(events.deepest_frame == *events.exit_frame);
        CHECK_FALSE(events.rose);
    }
    SECTION("rose means standing height again at the end") {
        Recording run = default_run();
        edit_frames(run, {.from_s = 9.5}, [](Frame& f) { f.hip_drop = 0.04; });
        CHECK(find_events(run).rose);
        edit_frames(run, {.from_s = 9.5}, [](Frame& f) { f.hip_drop = 0.06; });
        CHECK_FALSE(find_events(run).rose);
        run = default_run();
        stay_down(run);
        CHECK_FALSE(find_events(run).rose);
    }
}

TEST_CASE("heels at depth and time outside the functional base", "[balance]") {
    SECTION("heels are up at depth only if every frame there has one up") {
        Recording run = default_run();
        const double deep = deepest_drop(run);
        ask_drop(run, deep);
        lift_heels(run, {}, 0.015);
        CHECK(find_events(run).heels_up_at_depth);
        lift_heels(run, {}, 0.008);
        CHECK_FALSE(find_events(run).heels_up_at_depth);
        lift_heels(run, {}, 0.015);
        lift_heels(run, {5.0, 5.1}, 0.0);
        CHECK_FALSE(find_events(run).heels_up_at_depth);
        // Down above the asked depth only.
        lift_heels(run, {}, 0.015);
        lift_heels(run, {0.0, 2.0}, 0.0);
        CHECK(find_events(run).heels_up_at_depth);
        // One heel is enough.
        edit_frames(run, {}, [](Frame& f) { f.heel_height_m = {0.0, 0.015}; });
        CHECK(find_events(run).heels_up_at_depth);
        // Never when the depth is missed.
        miss_depth(run, 0.1);
        CHECK_FALSE(find_events(run).heels_up_at_depth);
    }
    SECTION("time outside the functional base adds up, on the feet only") {
        Recording run = default_run();
        put_outside_functional(run, {2.0, 2.3});
        put_outside_functional(run, {5.0, 5.1});
        CHECK(find_events(run).outside_functional_s == Approx(0.4).margin(0.001));
        stage_fall(run, {.edge = Edge::heel, .exit_s = 5.4, .floor_s = 6.0});
        CHECK(find_events(run).outside_functional_s == Approx(1.0).margin(0.001));
    }
}

TEST_CASE("the COM leaves what feet, wall and strength hold", "[balance]") {
    constexpr double k_infinity = std::numeric_limits<double>::infinity();
    Recording run = default_run();
    CHECK_FALSE(find_events(run).wall_exit_frame.has_value());
    stage_catch(run);
    put_in_support(run, {3.5, 9.0}, 0.05);
    CHECK_FALSE(find_events(run).wall_exit_frame.has_value());
    CHECK_FALSE(assess_balance(run).wall_com_exit.has_value());
    CHECK(assess_balance(run).support_min_m == 0.05);
    SECTION("for 0.05 s, the first time") {
        put_in_support(run, {4.5, 4.549}, -0.01);
        CHECK_FALSE(find_events(run).wall_exit_frame.has_value());
        put_in_support(run, {5.0, 5.07}, -0.02);
        put_in_support(run, {5.5, 6.0}, -0.03);
        REQUIRE(find_events(run).wall_exit_frame == frame_from(run, 5.0));
        const Assessment a = assess_balance(run);
        REQUIRE(a.wall_com_exit.has_value());
        CHECK(a.wall_com_exit->time_s == Approx(5.0));
        CHECK(a.wall_com_exit->phase == Phase::hold);
        CHECK(a.wall_com_exit->hip_drop_fraction == run.frames[frame_from(run, 5.0)].hip_drop);
        CHECK(a.support_min_m == -0.03);
        // The feet's own exit is another matter.
        CHECK(a.com_exit->time_s == Approx(3.0));
    }
    SECTION("or nothing could hold the posture at all") {
        put_in_support(run, {5.0, 5.07}, -k_infinity);
        CHECK(find_events(run).wall_exit_frame == frame_from(run, 5.0));
        CHECK(assess_balance(run).support_min_m == 0.05);  // the least there is
    }
    SECTION("not while the wall is not touched") {
        put_in_support(run, {5.0, 6.0}, std::numeric_limits<double>::quiet_NaN());
        put_com_outside(run, {5.0, 6.0}, Edge::heel);
        CHECK_FALSE(find_events(run).wall_exit_frame.has_value());
    }
}

TEST_CASE("what the wall carries", "[balance]") {
    SECTION("the hold force is the mean over the last 0.5 s of the hold") {
        Recording run = default_run();
        double last_s = 0.0, sum_N = 0.0;
        int count = 0;
        for (const Frame& f : run.frames)
            if (f.phase == Phase::hold) last_s = f.time_s;
        CHECK(last_s == Approx(6.0).margin(0.009));
        press_wall(run, {}, 900.0);
        edit_frames(run, {last_s - 0.5 + 1e-5, last_s + 1e-5}, [&](Frame& f) {
            f.wall_force_N.x() = 40.0 + 10.0 * ++count;
            sum_N += f.wall_force_N.x();
        });
        REQUIRE(count == 60);
        CHECK(find_events(run).wall_hold_N == Approx(sum_N / 60.0));
        CHECK(find_events(run).wall_hold_N == Approx(345.0));
        // The last hold counts when there are two.
        edit_frames(run, {8.0, 8.3}, [](Frame& f) {
            f.phase = Phase::hold;
            f.wall_force_N.x() = 70.0;
        });
        CHECK(find_events(run).wall_hold_N == Approx(70.0));
    }
    SECTION("carried means at rest on the wall after the COM left") {
        Recording run = default_run();
        stage_catch(run);
        CHECK(find_events(run).carried);
        SECTION("2 % of body weight") {
            press_wall(run, {}, 0.019 * own_weight_N(run));
            CHECK_FALSE(find_events(run).carried);
            press_wall(run, {}, 0.021 * own_weight_N(run));
            CHECK(find_events(run).carried);
        }
        SECTION("not while it moves") {
            edit_frames(run, {}, [](Frame& f) { f.com_velocity_mps = {0.0, 0.0, -0.12}; });
            CHECK_FALSE(find_events(run).carried);
        }
        SECTION("not while the COM never left") {
            edit_frames(run, {}, [](Frame& f) { f.com_margin = {0.02, Edge::heel}; });
            CHECK_FALSE(find_events(run).carried);
        }
        SECTION("not by a wall that was felt before the COM left") {
            edit_frames(run, {.to_s = 9.7}, [](Frame& f) { f.com_margin = {0.02, Edge::heel}; });
            CHECK_FALSE(find_events(run).carried);
        }
        SECTION("in the hold, even if the person then comes up and stands free") {
            press_wall(run, {.from_s = 6.0}, 0.0);
            CHECK(find_events(run).carried);
        }
        SECTION("at the end, when there was no hold on the wall") {
            press_wall(run, {.to_s = 8.0}, 0.0);
            CHECK(find_events(run).carried);
        }
    }
    SECTION("leaning is 2 % of body weight on the wall at the end of the hold, COM inside") {
        Recording run = default_run();
        stage_lean(run, 0.021);
        CHECK(find_events(run).leaned);
        stage_lean(run, 0.019);
        CHECK_FALSE(find_events(run).leaned);
        SECTION("of body weight, not of body and counterweight") {
            run.plan.model.body.total_mass_kg = 2.0 * run.scenario.person.mass_kg;
            stage_lean(run, 0.021);
            CHECK(find_events(run).leaned);
        }
        SECTION("at the end of the hold, not before it") {
            press_wall(run, {4.0, 5.4}, 300.0);
            press_wall(run, {5.4, 6.1}, 0.0);
            CHECK_FALSE(find_events(run).leaned);
        }
        SECTION("not after the hold") {
            press_wall(run, {6.1, 10.1}, 300.0);
            CHECK_FALSE(find_events(run).leaned);
        }
        SECTION("not with the COM outside") {
            stage_lean(run, 0.2);
            put_com_outside(run, {5.9, 6.1}, Edge::heel);
            CHECK_FALSE(find_events(run).leaned);
        }
    }
}
