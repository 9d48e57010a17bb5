// The verdict: every outcome, the order in which they are decided, the numbers beside it.
#include "sim/balance/assessment.h"

#include <limits>

#include "sim/balance/events.h"
#include "tests/balance/synthetic.h"
#include "tests/catch.h"

using namespace plumb;
using namespace plumb::test;
using Catch::Approx;

TEST_CASE("the outcome words are those of the definitions, in their order", "[balance]") {
    CHECK(outcome_name(Outcome::fell_backward) == "fell_backward");
    CHECK(outcome_name(Outcome::fell_forward) == "fell_forward");
    CHECK(outcome_name(Outcome::fell_left) == "fell_left");
    CHECK(outcome_name(Outcome::fell_right) == "fell_right");
    CHECK(outcome_name(Outcome::slipped) == "slipped");
    CHECK(outcome_name(Outcome::caught_by_wall) == "caught_by_wall");
    CHECK(outcome_name(Outcome::leaning_on_wall) == "leaning_on_wall");
    CHECK(outcome_name(Outcome::blocked_by_wall) == "blocked_by_wall");
    CHECK(outcome_name(Outcome::heels_lifted) == "heels_lifted");
    CHECK(outcome_name(Outcome::cannot_rise) == "cannot_rise");
    CHECK(outcome_name(Outcome::stopped_short) == "stopped_short");
    CHECK(outcome_name(Outcome::completed_marginal) == "completed_marginal");
    CHECK(outcome_name(Outcome::completed) == "completed");
}

TEST_CASE("each outcome is reached by its own event alone", "[balance]") {
    Recording run = default_run();
    CHECK(outcome_of(run) == "completed");
    SECTION("falls by the edge the COM left") {
        const auto fall_over = [](Edge edge) {
            Recording fallen = default_run();
            stage_fall(fallen, {.edge = edge});
            return outcome_of(fallen);
        };
        CHECK(fall_over(Edge::heel) == "fell_backward");
        CHECK(fall_over(Edge::toe) == "fell_forward");
        CHECK(fall_over(Edge::left) == "fell_left");
        CHECK(fall_over(Edge::right) == "fell_right");
    }
    SECTION("slipped: more than 20 mm") {
        slide_foot(run, 5.0, 0.019);
        CHECK(outcome_of(run) == "completed");
        slide_foot(run, 5.0, 0.021);
        CHECK(outcome_of(run) == "slipped");
    }
    SECTION("caught by the wall") {
        stage_catch(run);
        CHECK(outcome_of(run) == "caught_by_wall");
    }
    SECTION("leaning on the wall: 2 % of body weight") {
        stage_lean(run, 0.019);
        CHECK(outcome_of(run) == "completed");
        stage_lean(run, 0.021);
        CHECK(outcome_of(run) == "leaning_on_wall");
    }
    SECTION("blocked by the wall") {
        stage_block(run);
        CHECK(outcome_of(run) == "blocked_by_wall");
        // The same way down without a wall is short of depth.
        run.plan.stopped_by_wall = false;
        CHECK(outcome_of(run) == "stopped_short");
        // With the depth reached all the same nothing was blocked.
        run.plan.stopped_by_wall = true;
        miss_depth(run, 0.0);
        CHECK(outcome_of(run) == "completed");
    }
    SECTION("heels lifted at depth") {
        lift_heels(run, {2.0, 8.0}, 0.008);
        CHECK(outcome_of(run) == "completed");
        lift_heels(run, {2.0, 8.0}, 0.012);
        CHECK(outcome_of(run) == "heels_lifted");
    }
    SECTION("cannot rise") {
        stay_down(run);
        CHECK(outcome_of(run) == "cannot_rise");
    }
    SECTION("stopped short: by more than 0.01") {
        miss_depth(run, 0.009);
        CHECK(outcome_of(run) == "completed");
        miss_depth(run, 0.011);
        CHECK(outcome_of(run) == "stopped_short");
    }
    SECTION("marginal: outside the functional base for more than 0.5 s") {
        put_outside_functional(run, {4.5, 4.9});
        CHECK(outcome_of(run) == "completed");
        put_outside_functional(run, {4.5, 5.1});
        CHECK(outcome_of(run) == "completed_marginal");
    }
    SECTION("a COM that leaves and comes back is no outcome of its own") {
        put_com_outside(run, {4.5, 4.9}, Edge::heel);
        CHECK(outcome_of(run) == "completed");
        CHECK(assess_balance(run).com_exit.has_value());
    }
}

TEST_CASE("the first outcome that holds is the verdict", "[balance]") {
    // Every event is added to those below it in the list; the verdict is always the highest.
    SECTION("depth reached") {
        Recording run = default_run();
        put_outside_functional(run, {4.2, 5.9});
        CHECK(outcome_of(run) == "completed_marginal");
        stay_down(run);
        CHECK(outcome_of(run) == "cannot_rise");
        lift_heels(run, {.from_s = 2.0}, 0.03);
        CHECK(outcome_of(run) == "heels_lifted");
        stage_lean(run, 0.1);
        edit_frames(run, k_hold_span, [](Frame& f) { f.com_velocity_mps.setZero(); });
        CHECK(outcome_of(run) == "leaning_on_wall");
        put_com_outside(run, {2.5, 3.0}, Edge::right);
        CHECK(outcome_of(run) == "caught_by_wall");
        slide_foot(run, 3.0, 0.05);
        CHECK(outcome_of(run) == "slipped");
        put_com_outside(run, {.from_s = 7.0}, Edge::toe);
        put_on_floor(run, {.from_s = 9.0});
        CHECK(outcome_of(run) == "fell_forward");
    }
    SECTION("depth missed") {
        Recording run = default_run();
        miss_depth(run, 0.2);
        put_outside_functional(run, {4.2, 5.9});
        stay_down(run);
        lift_heels(run, {2.0, 8.0}, 0.03);
        CHECK(outcome_of(run) == "stopped_short");
        stage_block(run);
        CHECK(outcome_of(run) == "blocked_by_wall");
        stage_lean(run, 0.1);
        edit_frames(run, k_hold_span, [](Frame& f) { f.com_velocity_mps.setZero(); });
        CHECK(outcome_of(run) == "leaning_on_wall");
        put_com_outside(run, {2.5, 3.0}, Edge::heel);
        CHECK(outcome_of(run) == "caught_by_wall");
        slide_foot(run, 3.0, 0.021);
        CHECK(outcome_of(run) == "slipped");
        stage_fall(run, {.edge = Edge::heel, .exit_s = 5.0, .floor_s = 6.0});
        CHECK(outcome_of(run) == "fell_backward");
    }
    SECTION("sliding down the wall to the floor is a fall") {
        Recording run = default_run();
        stage_catch(run);
        put_on_floor(run, {.from_s = 9.0}, 0.4);
        CHECK(outcome_of(run) == "fell_backward");
    }
    SECTION("a COM that left before the wall stopped the descent is not blocked") {
        Recording run = default_run();
        stage_block(run);
        put_com_outside(run, {3.0, 3.5}, Edge::heel);
        CHECK(outcome_of(run) == "stopped_short");
    }
}

TEST_CASE("facts of the COM's exit, the depth and the wall", "[balance]") {
    SECTION("the COM's exit has its time, phase, edge and depth") {
        struct Moment {
            double time_s;
            Phase phase;
            Edge edge;
        };
        for (const Moment& moment :
             {Moment{0.5, Phase::stand, Edge::toe}, Moment{2.5, Phase::descent, Edge::heel},
              Moment{5.0, Phase::hold, Edge::left}, Moment{7.5, Phase::ascent, Edge::right}}) {
            INFO(moment.time_s);
            Recording run = default_run();
            put_com_outside(run, {moment.time_s, moment.time_s + 0.3}, moment.edge);
            const std::optional<ComExit> exit = assess_balance(run).com_exit;
            REQUIRE(exit.has_value());
            CHECK(exit->time_s == Approx(moment.time_s).margin(1e-6));
            CHECK(exit->phase == moment.phase);
            CHECK(exit->edge == moment.edge);
            CHECK(exit->hip_drop_fraction == run.frames[frame_from(run, moment.time_s)].hip_drop);
        }
        CHECK_FALSE(assess_balance(default_run()).com_exit.has_value());
    }
    SECTION("the depth is the deepest reached, in a fall that where the COM left") {
        Recording run = default_run();
        const std::size_t i = frame_from(run, 5.0);
        Frame& f = run.frames[i];
        f.hip_drop = 0.7;
        f.hip_height_m = 0.31;
        f.thigh_angle_rad = -10.0 * k_deg_to_rad;
        f.pose.joints[dof_left_knee_flexion] = 134.0 * k_deg_to_rad;
        f.pose.joints[dof_right_knee_flexion] = 138.0 * k_deg_to_rad;
        const DeepestFacts depth = assess_balance(run).depth;
        CHECK(depth.hip_drop_fraction == 0.7);
        CHECK(depth.hip_height_m == 0.31);
        CHECK(depth.thigh_angle_deg == Approx(-10.0));
        CHECK(depth.knee_flexion_deg == Approx(136.0));

        stage_fall(run, {.edge = Edge::heel, .exit_s = 2.5, .floor_s = 3.0});
        CHECK(assess_balance(run).depth.hip_drop_fraction == run.frames[frame_from(run, 2.5)].hip_drop);
    }
    SECTION("wall facts are null for a wall never touched") {
        Recording run = default_run();
        CHECK_FALSE(assess_balance(run).wall.has_value());
        run.scenario.wall.distance_m = 0.6;
        run.plan.model.wall_distance_m = 0.6;
        CHECK_FALSE(assess_balance(run).wall.has_value());
    }
    SECTION("wall facts: first touch, force in the hold, peak, coming up") {
        Recording run = default_run();
        stage_lean(run, 0.1);
        run.frames[frame_from(run, 2.0)].wall_peak_N = 5.0;
        run.frames[frame_from(run, 7.0)].wall_peak_N = 612.0;
        std::optional<WallFacts> wall = assess_balance(run).wall;
        REQUIRE(wall.has_value());
        CHECK(wall->contact_time_s == Approx(2.0).margin(1e-6));
        CHECK(wall->hold_force_N == Approx(0.1 * own_weight_N(run)));
        CHECK(wall->peak_force_N == 612.0);
        CHECK(wall->rose);
        stay_down(run);
        wall = assess_balance(run).wall;
        REQUIRE(wall.has_value());
        CHECK_FALSE(wall->rose);
    }
}

TEST_CASE("facts of margins and ground", "[balance]") {
    SECTION("the least margins and when the COM's was least") {
        Recording run = default_run();
        run.frames[frame_from(run, 3.0)].com_margin = {0.004, Edge::heel};
        run.frames[frame_from(run, 3.5)].functional_margin = {-0.003, Edge::heel};
        run.frames[frame_from(run, 6.5)].xcom_margin = {-0.011, Edge::toe};
        Assessment a = assess_balance(run);
        CHECK(a.com_min_m == 0.004);
        CHECK(a.com_min_time_s == Approx(3.0).margin(1e-6));
        CHECK(a.functional_min_m == -0.003);
        CHECK(a.xcom_min_m == -0.011);
        // After a fall's first contact with the floor margins say nothing any more.
        stage_fall(run, {.edge = Edge::heel, .exit_s = 5.0, .floor_s = 6.0});
        edit_frames(run, {.from_s = 6.0}, [](Frame& f) { f.com_margin = {-0.4, Edge::heel}; });
        a = assess_balance(run);
        CHECK(a.com_min_m == -0.03);
        CHECK(a.functional_min_m == -0.05);
        CHECK(a.xcom_min_m == -0.04);
    }
    SECTION("ground facts: force error, foot force, heel lift and slip") {
        Recording run = default_run();
        const Assessment before = assess_balance(run);
        CHECK(before.max_force_error_fraction < 0.02);
        CHECK(before.max_foot_force_bw > 1.0);
        CHECK(before.max_foot_force_bw < 1.6);
        CHECK(before.heel_lift_max_m < 0.0005);
        CHECK(before.foot_slip_max_m < 0.0005);

        const double weight_N = run.plan.model.body.weight_N();
        Frame& f = run.frames[frame_from(run, 5.0)];
        f.com_acceleration_z_mps2 = 0.5;
        f.foot_force_N[side_left].z() = 0.9 * weight_N;
        f.foot_force_N[side_right].z() = 0.8 * weight_N;
        const double error = std::abs(1.7 - (9.80665 + 0.5) / 9.80665);
        f.heel_height_m = {0.003, 0.004};
        f.foot_slip_m = {0.002, 0.001};
        Assessment a = assess_balance(run);
        CHECK(a.max_force_error_fraction == Approx(error));
        CHECK(a.max_foot_force_bw == Approx(1.7));
        CHECK(a.heel_lift_max_m == 0.004);
        CHECK(a.foot_slip_max_m == 0.002);
        // The force error speaks of frames with only the feet on something.
        f.wall_force_N.x() = 1.0;
        CHECK(assess_balance(run).max_force_error_fraction == before.max_force_error_fraction);
        f.wall_force_N.x() = 0.0;
        f.floor_other_N = 1.0;
        CHECK(assess_balance(run).max_force_error_fraction == before.max_force_error_fraction);
    }
}

TEST_CASE("the warning is the XCoM leaving the functional base; its lead time runs to the floor",
          "[balance]") {
    const Recording squat = default_run();
    CHECK_FALSE(assess_balance(squat).warning);
    const auto with_xcom_outside = [&](Recording run, double from_s, double until_s) {
        for (Frame& frame : run.frames)
            if (frame.time_s >= from_s - 1e-9 && frame.time_s < until_s - 1e-9) frame.xcom_m = {-1.0, 0.0};
        return assess_balance(run).warning;
    };
    const double at_s = squat.frames[squat.frames.size() / 2].time_s;
    CHECK_FALSE(with_xcom_outside(squat, at_s, at_s + 0.04));  // too short
    const auto alarm = with_xcom_outside(squat, at_s, at_s + 0.2);
    REQUIRE(alarm);
    CHECK(alarm->time_s == Approx(at_s).margin(1e-9));
    CHECK_FALSE(alarm->lead_s);  // a false alarm

    Recording fallen = default_run();
    stage_fall(fallen, {.edge = Edge::heel});
    const std::size_t touch = find_events(fallen).feet_end;
    REQUIRE(touch < fallen.frames.size());
    const double touch_s = fallen.frames[touch].time_s;
    const auto warning = with_xcom_outside(fallen, touch_s - 0.5, touch_s);
    REQUIRE(warning);
    REQUIRE(warning->lead_s);
    CHECK(warning->time_s + *warning->lead_s == Approx(touch_s).margin(1e-9));
    CHECK(*warning->lead_s >= 0.5 - 1e-9);
}
