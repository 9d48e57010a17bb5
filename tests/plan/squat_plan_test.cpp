// The way down: within every range, balanced as far as that goes, looking like people, and smooth in time.
#include "sim/base/units.h"
#include "tests/catch.h"
#include "tests/plan/random_person.h"

using namespace plumb;
using namespace plumb::test;

namespace {

double degrees(const PostureView& view, Dof dof) { return view.posed.pose.joints[dof] * k_rad_to_deg; }

}  // namespace

TEST_CASE("Planned postures keep to the joint ranges and to the floor", "[plan]") {
    // Smoothing may cut a corner by 0.25 SD on the way, which is 1.6 deg of ankle or 5 mm of wall.
    constexpr double k_corner_sd = -0.3;
    std::mt19937_64 random(301);
    for (int person = 0; person < 30; ++person) {
        ScenarioDef def = draw_person(random);
        if (person % 3 == 0) def.wall.distance_m = draw(random, 0.2, 0.6);
        const SquatPlan plan = plan_of(def);
        REQUIRE(plan.knots.size() >= 2);
        for (const PlanKnot& knot : plan.knots) {
            const Slacks slacks = posture_slacks(plan.model, view_posture(plan.model, knot.posture), {});
            for (int i = bind_ankle; i <= bind_wall; ++i) {
                INFO("person " << person << " drop " << knot.drop << " "
                               << constraint_word(static_cast<Constraint>(i)));
                CHECK(slacks[static_cast<size_t>(i)] > k_corner_sd);
            }
        }
    }
}

TEST_CASE("The way down is one continuous path at even steps of leg fold", "[plan]") {
    std::mt19937_64 random(302);
    for (int person = 0; person < 20; ++person) {
        const SquatPlan plan = plan_of(draw_person(random));
        CHECK(plan.knots.front().drop == Catch::Approx(0.0).margin(1e-9));
        CHECK(plan.knots.back().drop == Catch::Approx(plan.target_drop).margin(1e-9));
        for (size_t i = 1; i < plan.knots.size(); ++i) {
            const PlanKnot &a = plan.knots[i - 1], &b = plan.knots[i];
            CHECK(b.drop > a.drop);
            CHECK(std::abs(b.posture.hip_x_m - a.posture.hip_x_m) < 0.05);
            CHECK(std::abs(b.posture.pelvis_pitch_rad - a.posture.pelvis_pitch_rad) < 0.25);
            CHECK(std::abs(b.posture.lumbar_flexion_rad - a.posture.lumbar_flexion_rad) < 0.25);
            CHECK(std::abs(b.posture.knee_out_rad - a.posture.knee_out_rad) < 0.25);
        }
    }
}

TEST_CASE("Depths mean what they say", "[plan]") {
    ScenarioDef def;
    const SquatPlan full = plan_of(def);
    CHECK(full.asked_reachable);
    CHECK(full.knots.back().knee_flexion_rad * k_rad_to_deg == Catch::Approx(130.0).margin(0.3));
    def.movement.depth = DepthWord::parallel;
    const SquatPlan parallel = plan_of(def);
    CHECK(parallel.knots.back().thigh_angle_rad * k_rad_to_deg == Catch::Approx(0.0).margin(0.3));
    def.movement.depth = DepthWord::half;
    CHECK(plan_of(def).target_drop == Catch::Approx(0.5 * parallel.target_drop).margin(1e-6));
    def.movement.depth = 0.25;
    CHECK(plan_of(def).target_drop == Catch::Approx(0.25).margin(1e-6));
    def.person.knee_flexion_deg = 110.0;
    def.movement.depth = DepthWord::full;
    CHECK_FALSE(plan_of(def).asked_reachable);
}

TEST_CASE("Able people squat as recorded people do", "[plan]") {
    // Recorded deep squats: trunk lean 20-47 deg, shank 21-40 deg, knees over the feet within 10 deg.
    std::mt19937_64 random(303);
    int able = 0;
    for (int person = 0; person < 40; ++person) {
        ScenarioDef def = draw_person(random);
        def.person.ankle_dorsiflexion_deg = draw(random, 32.0, 42.0);
        def.person.trunk_thigh_closure_deg = draw(random, 126.0, 138.0);
        def.stance.toe_out_deg = draw(random, 10.0, 25.0);
        const SquatPlan plan = plan_of(def);
        if (!plan.asked_reachable || plan.planned_min_margin_m < 0.03) continue;
        ++able;
        const PostureView deepest = view_posture(plan.model, plan.knots.back().posture);
        INFO("person " << person);
        const double lean_deg = trunk_lean_rad(plan.model.body, deepest.kinematics) * k_rad_to_deg;
        CHECK(lean_deg > 15.0);
        CHECK(lean_deg < 47.0);
        const double shank_deg = degrees(deepest, dof_left_ankle_dorsiflexion);
        CHECK(shank_deg > 21.0);
        CHECK(shank_deg < 41.0);
        CHECK(std::abs(knee_off_foot_rad(plan.model, deepest.kinematics, side_left)) * k_rad_to_deg < 13.0);
    }
    REQUIRE(able >= 20);
}

TEST_CASE("Cautious people turn round with the dynamic allowance left, committed ones do not", "[plan]") {
    std::mt19937_64 random(304);
    int held_back = 0;
    for (int person = 0; person < 20; ++person) {
        ScenarioDef def = draw_person(random);
        def.person.ankle_dorsiflexion_deg = draw(random, 12.0, 24.0);
        def.movement.intent = Intent::cautious;
        const SquatPlan cautious = plan_of(def);
        def.movement.intent = Intent::committed;
        const SquatPlan committed = plan_of(def);
        INFO("person " << person);
        CHECK(cautious.planned_min_margin_m > cautious.model.dynamic_allowance_m - 0.002);
        CHECK(cautious.target_drop <= committed.target_drop + 1e-9);
        CHECK(cautious.target_drop <= cautious.limit_sole.hip_drop_fraction + 0.005);
        held_back += cautious.target_drop < committed.target_drop - 0.02;
    }
    CHECK(held_back >= 10);
}

TEST_CASE("The dynamic allowance grows with the tempo", "[plan]") {
    const auto allowance = [](double descend_s, double ascend_s) {
        return dynamic_allowance_m({.descend_s = descend_s, .ascend_s = ascend_s});
    };
    CHECK(allowance(3.0, 3.0) == Catch::Approx(0.0271).margin(5e-5));
    CHECK(allowance(1.0, 3.0) == Catch::Approx(0.084));
    CHECK(allowance(3.0, 1.0) == Catch::Approx(0.084));
    CHECK(allowance(60.0, 60.0) == Catch::Approx(0.020).margin(1e-4));
    CHECK(allowance(0.5, 3.0) == Catch::Approx(0.276));
}

TEST_CASE("The depth curve's last balanced row within strength lies at the static limit", "[plan]") {
    std::mt19937_64 random(305);
    int compared = 0;
    for (int person = 0; person < 20; ++person) {
        ScenarioDef def = draw_person(random);
        def.person.ankle_dorsiflexion_deg = draw(random, 10.0, 18.0);
        const SquatPlan plan = plan_of(def);
        REQUIRE(plan.depth_curve.size() > 5);
        double last_balanced = 0.0;
        bool ends = false;
        for (const DepthCurveRow& row : plan.depth_curve) {
            CHECK(row.best_functional_margin_m <= row.best_sole_margin_m + 1e-6);
            const bool balanced = row.within_strength && row.best_sole_margin_m >= 0.0;
            if (balanced) last_balanced = row.drop;
            ends = ends || !balanced;
        }
        if (!ends) continue;
        // Rows stand 0.02 apart; the two searches are independent.
        INFO("person " << person << " " << plan.limit_sole.limiting_factor);
        CHECK(last_balanced <= plan.limit_sole.hip_drop_fraction + 0.01);
        CHECK(last_balanced >= plan.limit_sole.hip_drop_fraction - 0.045);
        ++compared;
    }
    REQUIRE(compared >= 10);
}

TEST_CASE("The planned motion's velocity and acceleration are the derivatives of its pose", "[plan]") {
    const SquatPlan plan = plan_of({});
    constexpr double k_duration_s = 3.0, k_h = 1e-3;
    const auto at = [&](double t) {
        PathMotion motion = minimum_jerk(t, k_duration_s);
        motion.position *= plan.target_position;
        motion.rate *= plan.target_position;
        motion.acceleration *= plan.target_position;
        return planned_state(plan, motion);
    };
    for (const double t : {0.4, 0.9, 1.5, 2.2, 2.8}) {
        const PlannedState before = at(t - k_h), here = at(t), after = at(t + k_h);
        INFO("t = " << t);
        const DofVector rate = (after.pose.joints - before.pose.joints) / (2.0 * k_h);
        CHECK((rate - here.velocity.tail<k_dof_count>()).cwiseAbs().maxCoeff() < 2e-3);
        const DofVector bend =
            (after.pose.joints - 2.0 * here.pose.joints + before.pose.joints) / (k_h * k_h);
        // The path's own second derivative is a difference over a thousandth of the way.
        CHECK((bend - here.acceleration.tail<k_dof_count>()).cwiseAbs().maxCoeff() < 0.1);
        const Vector3 drift = (after.pose.pelvis_m - before.pose.pelvis_m) / (2.0 * k_h);
        CHECK((drift - here.velocity.segment<3>(3)).norm() < 1e-3);
    }
}

TEST_CASE("Minimum jerk starts and ends at rest", "[plan]") {
    const PathMotion start = minimum_jerk(0.0, 2.0), middle = minimum_jerk(1.0, 2.0),
                     end = minimum_jerk(2.0, 2.0);
    CHECK(start.position == 0.0);
    CHECK(end.position == 1.0);
    CHECK(start.rate == 0.0);
    CHECK(end.rate == 0.0);
    CHECK(end.acceleration == 0.0);
    CHECK(middle.position == Catch::Approx(0.5));
    CHECK(middle.rate == Catch::Approx(15.0 / 16.0));  // 30/16 of the mean speed (Flash & Hogan 1985)
    CHECK(middle.acceleration == Catch::Approx(0.0).margin(1e-12));
}
