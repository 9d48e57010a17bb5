// Ways down on raised heels: when they are taken, what they keep, and that the foot does what a foot does.
#include <cmath>

#include "sim/base/units.h"
#include "tests/catch.h"
#include "tests/plan/random_person.h"

using namespace plumb;
using namespace plumb::test;

namespace {

/// A person of draw_person with these ankles, who lets the heels rise.
ScenarioDef draw_riser(std::mt19937_64& random, double least_deg, double most_deg) {
    ScenarioDef def = draw_person(random);
    def.person.ankle_dorsiflexion_deg = draw(random, least_deg, most_deg);
    def.movement.heels = Heels::may_lift;
    if (random() % 3 == 0) def.counterweight.mass_kg = draw(random, 1.0, 6.0);
    if (random() % 4 == 0) def.heel_wedge.height_m = draw(random, 0.0, 0.04);
    return def;
}

}  // namespace

TEST_CASE("A raised foot stands on its balls and toes where it stood, level there", "[plan]") {
    std::mt19937_64 random(20261128);
    for (int i = 0; i < 20; ++i) {
        const PlanModel model = plan_model(draw_riser(random, 5.0, 30.0));
        const BodyModel& body = model.body;
        const double lift_rad = draw(random, 0.05, 0.9);
        Posture posture{draw(random, 0.0, 0.15), model.hip_height_m(draw(random, 0.1, 0.5)), 0.3, 0.1, 0.2};
        const Kinematics flat = forward_kinematics(body, pose_of(body, model.arms, posture).pose);
        posture.heel_lift_rad = lift_rad;
        const PosedBody posed = pose_of(body, model.arms, posture);
        if (posed.reach_excess_m > 0.0) continue;
        const Kinematics raised = forward_kinematics(body, posed.pose);
        for (int side = 0; side < k_side_count; ++side)
            for (int point = 0; point < k_sole_point_count; ++point) {
                INFO("body " << i << ", side " << side << ", sole point " << point);
                const Vector3 before = sole_point(body, flat, side, point),
                              after = sole_point(body, raised, side, point);
                if (is_forefoot(point)) {
                    CHECK((after - before).norm() < 1e-9);
                    continue;
                }
                // On a circle about the toe joint: x behind it and its height h above the sole give x sin - h (1 - cos).
                const FootShape& foot = body.feet[static_cast<size_t>(side)];
                const double behind_m = foot.toe_joint_m.x() - foot.outline_m[static_cast<size_t>(point)].x();
                CHECK(after.z()
                      == Catch::Approx(behind_m * std::sin(lift_rad)
                                       + body.person.lengths.toe_joint_height_m * (1.0 - std::cos(lift_rad)))
                             .margin(1e-9));
            }
        // Toes bend up by what the heel rises, and so stay level.
        for (int side = 0; side < k_side_count; ++side)
            CHECK(raised.rotation[static_cast<size_t>(toe_link(side))].col(2).z() == Catch::Approx(1.0));
        CHECK(posed.pose.joints[dof_left_toe_extension] == lift_rad);
        CHECK(posed.pose.joints[dof_right_toe_extension] == lift_rad);
    }
}

TEST_CASE("Toes weigh what they took from the foot, lie where they lay in it, and turn a little less easily",
          "[plan]") {
    std::mt19937_64 random(5);
    for (int i = 0; i < 20; ++i) {
        ScenarioDef def = draw_riser(random, 5.0, 40.0);
        const BodyModel with = plan_model(def).body;
        def.movement.heels = Heels::flat;
        const BodyModel without = plan_model(def).body;
        REQUIRE(with.dof_count == without.dof_count + 2);
        Pose pose;
        for (int dof = 0; dof < k_toeless_dof_count; ++dof) pose.joints[dof] = draw(random, -0.5, 1.0);
        constexpr int k_rows = 6 + k_toeless_dof_count;
        const MassMatrix a = mass_matrix(with, forward_kinematics(with, pose)),
                         b = mass_matrix(without, forward_kinematics(without, pose));
        // Both toe links carry 0.003 kg m^2 of their own besides (docs/model.md, 1): they turn with the body and weigh nothing.
        const Eigen::Matrix<double, k_rows, k_rows> more = (a - b).topLeftCorner<k_rows, k_rows>();
        const double none = 1e-12 * b.norm(), both_kgm2 = 2.0 * 0.003;
        CHECK((more.topLeftCorner<3, 3>() - both_kgm2 * Matrix3::Identity()).norm() < none);
        CHECK(more.middleRows<3>(3).norm() < none);
        CHECK(more.cwiseAbs().maxCoeff() < both_kgm2 + none);
    }
}

TEST_CASE("Stiff people go down on raised heels, over the forefeet all the way", "[plan]") {
    std::mt19937_64 random(7);
    int rising = 0, deep = 0;
    constexpr int k_people = 30;
    for (int i = 0; i < k_people; ++i) {
        ScenarioDef def = draw_riser(random, 2.0, 20.0);
        const SquatPlan plan = plan_of(def, PlanDetail::motion);
        def.movement.heels = Heels::flat;
        const SquatPlan flat = plan_of(def, PlanDetail::motion);
        // What the body can do with the heels down is the same question for both.
        INFO("person " << i << ": " << canonical_text(def));
        CHECK(plan.limit_sole.hip_drop_fraction
              == Catch::Approx(flat.limit_sole.hip_drop_fraction).margin(5e-3));
        if (flat.asked_reachable && plan.heels_down_asked_drop < 1.0)
            CHECK(plan.heels_down_asked_drop == Catch::Approx(flat.asked_drop).margin(5e-3));
        if (!plan.heels_rise) {
            // Not needed, or no help.
            CHECK((flat.keeps_allowance() || flat.planned_min_margin_m >= 0.0 || !plan.asked_reachable
                   || most_strength_share(flat) > 0.9));
            continue;
        }
        ++rising;
        CHECK(flat.planned_min_margin_m < flat.model.dynamic_allowance_m);
        if (plan.asked_reachable) ++deep;
        double last_lift_rad = 0.0;
        for (const PlanKnot& knot : plan.knots) {
            INFO("drop " << knot.drop);
            const PostureView view = view_posture(plan.model, knot.posture);
            const DofVector& q = view.posed.pose.joints;
            const auto foot_m = plan.model.toe_edge_m[0] - plan.model.forefoot_edge_m[0];
            // Inside the forefeet by the allowance, or by what so short a base has in its middle; less only where knees or hips are at
            // their end.
            const double kept_m = std::min(plan.model.dynamic_allowance_m, 0.3 * foot_m);
            CHECK(knot.sole_margin_m > (knot.drop < 0.5 ? kept_m - 0.004 : 0.5 * kept_m));
            CHECK(q[dof_left_ankle_dorsiflexion]
                  < plan.model.body.person.ranges[dof_left_ankle_dorsiflexion].max_rad + 2.0 * k_deg_to_rad);
            // Rising with depth but for a degree of rounding.
            CHECK(knot.posture.heel_lift_rad > last_lift_rad - 1.5 * k_deg_to_rad);
            last_lift_rad = std::max(last_lift_rad, knot.posture.heel_lift_rad);
        }
        CHECK(plan.knots.front().posture.heel_lift_rad == 0.0);
        CHECK(last_lift_rad > 5.0 * k_deg_to_rad);
        CHECK(last_lift_rad < 1.2);
    }
    INFO(rising << " of " << k_people << " rise, " << deep << " as deep as asked");
    CHECK(rising >= 24);
    CHECK(deep >= rising - 4);
}

TEST_CASE("Who gets down with the heels flat keeps them there", "[plan]") {
    std::mt19937_64 random(8);
    int kept = 0;
    for (int i = 0; i < 20; ++i) {
        ScenarioDef def = draw_riser(random, 33.0, 42.0);
        const SquatPlan plan = plan_of(def, PlanDetail::motion);
        def.movement.heels = Heels::flat;
        const SquatPlan flat = plan_of(def, PlanDetail::motion);
        if (flat.asked_reachable && flat.keeps_allowance()) {
            CHECK_FALSE(plan.heels_rise);
            ++kept;
        }
        if (plan.heels_rise) continue;
        CHECK(plan.target_drop == Catch::Approx(flat.target_drop).margin(2e-3));
        for (const PlanKnot& knot : plan.knots) CHECK(knot.posture.heel_lift_rad == 0.0);
    }
    CHECK(kept >= 12);
}

TEST_CASE("Cautious people keep allowance and strength on raised heels, and go no less deep for them",
          "[plan]") {
    std::mt19937_64 random(9);
    int rising = 0;
    for (int i = 0; i < 25; ++i) {
        ScenarioDef def = draw_riser(random, 2.0, 20.0);
        def.person.strength_ratio = draw(random, 0.4, 1.2);
        def.movement.intent = Intent::cautious;
        def.movement.descend_s = draw(random, 1.0, 4.0);
        if (i % 3 == 0) def.movement.depth = draw(random, 0.3, 0.6);
        const SquatPlan plan = plan_of(def, PlanDetail::motion);
        def.movement.heels = Heels::flat;
        INFO("person " << i << ": " << canonical_text(def));
        const SquatPlan flat = plan_of(def, PlanDetail::motion);
        // A word's depth is a lesser drop on the way that arrives there.
        const bool arrives = plan.target_drop >= plan.asked_drop - 1e-6;
        CHECK((arrives || plan.target_drop > flat.target_drop - 0.02));
        if (!plan.heels_rise) continue;
        ++rising;
        for (const PlanKnot& knot : plan.knots) {
            INFO("drop " << knot.drop);
            CHECK(knot.sole_margin_m > plan.model.dynamic_allowance_m - 0.0025);
            PostureDemand demand;
            demand.forefoot_share = 1.0;
            demand.heel_lift_most_rad = knot.heels_up() ? 1.2 : 0.0;
            const Slacks slacks = posture_slacks(plan.model, view_posture(plan.model, knot.posture), demand);
            // A fifth of every strength is kept back, an SD of it; rounding a corner may take half of that.
            for (int row = bind_strength_plantarflexion; row <= bind_strength_trunk; ++row)
                CHECK(slacks[static_cast<size_t>(row)] > 0.5);
        }
    }
    CHECK(rising >= 5);
}

TEST_CASE("A board before the knees stops the shanks on raised heels too", "[plan]") {
    std::mt19937_64 random(10);
    int rising = 0;
    for (int i = 0; i < 10; ++i) {
        ScenarioDef def = draw_riser(random, 10.0, 35.0);
        const double most_deg = draw(random, 12.0, 30.0);
        def.movement.shank_lean_max_deg = most_deg;
        const SquatPlan plan = plan_of(def, PlanDetail::motion);
        rising += plan.heels_rise ? 1 : 0;
        for (const PlanKnot& knot : plan.knots) {
            const DofVector q = pose_of(plan.model.body, plan.model.arms, knot.posture).pose.joints;
            const double shank_rad =
                q[dof_left_ankle_dorsiflexion] + plan.model.body.wedge_rad + knot.posture.heel_lift_rad;
            INFO("person " << i << ", drop " << knot.drop);
            CHECK(shank_rad * k_rad_to_deg < most_deg + 2.0);
        }
    }
    INFO(rising << " rise");
    CHECK(rising >= 1);
}

TEST_CASE("With one stiff ankle both heels rise, and the mirrored person's do as much", "[plan]") {
    ScenarioDef def;
    def.movement.heels = Heels::may_lift;
    def.person.ankle_dorsiflexion_deg = 20.0;
    def.person.left.ankle_dorsiflexion_deg = 12.0;
    const SquatPlan left = plan_of(def, PlanDetail::motion);
    std::swap(def.person.left.ankle_dorsiflexion_deg, def.person.right.ankle_dorsiflexion_deg);
    const SquatPlan right = plan_of(def, PlanDetail::motion);
    REQUIRE(left.heels_rise);
    REQUIRE(right.heels_rise);
    CHECK(left.target_drop == Catch::Approx(right.target_drop).margin(0.01));
    for (const SquatPlan* plan : {&left, &right}) {
        const PlanKnot& deepest = plan->knots.back();
        const PostureView view = view_posture(plan->model, deepest.posture);
        const DofVector& q = view.posed.pose.joints;
        CHECK(q[dof_left_toe_extension] > 0.1);
        CHECK(q[dof_right_toe_extension] == q[dof_left_toe_extension]);
        for (int side = 0; side < k_side_count; ++side) {
            const Dof ankle = on_side(dof_left_ankle_dorsiflexion, side);
            CHECK(q[ankle] < plan->model.body.person.ranges[static_cast<size_t>(ankle)].max_rad + 0.03);
        }
        CHECK(deepest.sole_margin_m > 0.02);
    }
    CHECK(left.knots.back().posture.heel_lift_rad
          == Catch::Approx(right.knots.back().posture.heel_lift_rad).margin(0.05));
}
