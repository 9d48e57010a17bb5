// Whole squats on raised heels: down and up on balls and toes.
#include <cmath>

#include "sim/balance/assessment.h"
#include "sim/engine/simulate.h"
#include "sim/recording/channels.h"
#include "tests/catch.h"
#include "tests/engine/riser.h"

using namespace plumb;
using namespace plumb::test;

TEST_CASE("Stiff people squat on raised heels and stand on whole feet again", "[engine]") {
    std::mt19937_64 random(61);
    int rising = 0;
    for (int i = 0; i < 6; ++i) {
        const ScenarioDef def = resolve_scenario(draw_riser(random));
        SquatPlan plan = motion_plan(def);
        if (!plan.heels_rise || !plan.asked_reachable) continue;
        ++rising;
        const auto run = simulate_plan(def, std::move(plan));
        const Assessment a = assess_balance(*run);
        INFO("person " << i << ": " << a.explanation);
        CHECK(outcome_name(a.outcome) == "heels_lifted");
        CHECK(a.heel_lift_max_m > 0.02);
        CHECK(a.foot_slip_max_m < 0.005);
        CHECK(a.max_foot_force_bw < 1.5);
        CHECK_FALSE(a.com_exit.has_value());
        CHECK(a.limiting_factor == run->plan.limit_sole.limiting_factor);
        CHECK(run->frames.back().hip_drop < 0.02);
        const BodyModel& body = run->plan.model.body;
        for (const Frame& frame : {run->frames.front(), run->frames.back()}) {
            CHECK(frame.heel_height_m[side_left] < 0.002);
            CHECK(std::abs(frame.pose.joints[dof_left_toe_extension]) < 0.02);
        }
        // At the bottom the base begins at the balls.
        const auto deepest = std::ranges::max_element(run->frames, {}, &Frame::hip_drop);
        const SupportBase base = support_base(body, forward_kinematics(body, deepest->pose));
        double rear_m = 1.0;
        for (const Eigen::Vector2d& corner : base.sole) rear_m = std::min(rear_m, corner.x());
        CHECK(rear_m > 0.5 * body.person.lengths.foot_length_m);
        CHECK(deepest->com_margin.margin_m > 0.0);
    }
    CHECK(rising >= 4);
}
