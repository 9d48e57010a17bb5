// The limiting factor's word, and the joints' largest angles, moments and shares of strength behind it.
#include <array>

#include "tests/balance/synthetic.h"
#include "tests/catch.h"

using namespace plumb;
using namespace plumb::test;
using Catch::Approx;

namespace {

/// The default run with a plan that is deep and balanced enough, so that only the motion can be short of something.
Recording well_planned() {
    Recording run = default_run();
    run.plan.asked_drop = run.plan.target_drop = deepest_drop(run);
    run.plan.planned_min_margin_m = 0.05;
    run.plan.model.dynamic_allowance_m = 0.03;
    run.plan.limit_sole.limiting_factor = "ankle";
    run.plan.limit_sole.hip_drop_fraction = run.plan.asked_drop + 0.2;
    run.plan.limit_functional.limiting_factor = "trunk_thigh";
    return run;
}

/// At the angle and speed of a frame.
double strength_Nm(const Recording& run, const Frame& f, Dof dof, bool positive) {
    const JointStrength s =
        strength_moving(run.plan.model.body.person, dof, f.pose.joints[dof], f.velocity[6 + dof]);
    return positive ? s.positive_Nm : s.negative_Nm;
}

/// Both legs' twins of a joint extend with this share of their strength all the while.
void strain(Recording& run, Dof left_dof, double share, const Span& span = {.from_s = 4.0}) {
    const Dof right_dof = left_dof == dof_lumbar_flexion ? left_dof : on_side(left_dof, side_right);
    edit_frames(run, span, [&](Frame& f) {
        for (const Dof dof : {left_dof, right_dof})
            f.moment_Nm[dof] = -share * strength_Nm(run, f, dof, false);
    });
}

std::string factor_of(const Recording& run) { return assess_balance(run).limiting_factor; }

struct NamedJoint {
    Dof left_dof;
    std::string word;
};
const std::array<NamedJoint, 4> k_lifters = {{{dof_left_ankle_dorsiflexion, "strength_ankle"},
                                              {dof_left_knee_flexion, "strength_knee"},
                                              {dof_left_hip_flexion, "strength_hip"},
                                              {dof_lumbar_flexion, "strength_trunk"}}};

}  // namespace

TEST_CASE("the limiting factor by outcome", "[balance]") {
    SECTION("nothing limits a completed squat") {
        CHECK(factor_of(default_run()).empty());
        Recording run = well_planned();
        strain(run, dof_left_knee_flexion, 1.0);
        CHECK(factor_of(run).empty());
    }
    SECTION("a marginal squat names what binds in the functional base, if it asks for more") {
        Recording run = well_planned();
        put_outside_functional(run, {4.2, 5.9});
        run.plan.limit_functional.hip_drop_fraction = run.plan.asked_drop - 0.05;
        CHECK(factor_of(run) == "trunk_thigh");
        run.plan.limit_functional.hip_drop_fraction = run.plan.asked_drop + 0.05;
        CHECK(factor_of(run).empty());
    }
    SECTION("who cannot rise is short of strength at the joint nearest its limit") {
        for (const NamedJoint& joint : k_lifters) {
            INFO(joint.word);
            Recording run = well_planned();
            stay_down(run);
            strain(run, joint.left_dof, 0.99);
            REQUIRE(outcome_of(run) == "cannot_rise");
            CHECK(factor_of(run) == joint.word);
        }
        Recording run = well_planned();
        stay_down(run);
        strain(run, dof_left_knee_flexion, 0.97);
        strain(run, dof_left_hip_flexion, 0.95);
        CHECK(factor_of(run) == "strength_knee");
        strain(run, dof_left_hip_flexion, 0.99);
        CHECK(factor_of(run) == "strength_hip");
        // The way up decides, not what comes after it.
        strain(run, dof_left_hip_flexion, 0.5);
        strain(run, dof_left_hip_flexion, 1.0, {.from_s = 9.0});
        CHECK(factor_of(run) == "strength_knee");
    }
    SECTION("a wall that blocks is the limit; one that carries is so only for a sound plan") {
        Recording run = well_planned();
        stage_block(run);
        REQUIRE(outcome_of(run) == "blocked_by_wall");
        CHECK(factor_of(run) == "wall");

        run = well_planned();
        stage_lean(run);
        REQUIRE(outcome_of(run) == "leaning_on_wall");
        CHECK(factor_of(run) == "wall");
        run.plan.planned_min_margin_m = 0.029;
        CHECK(factor_of(run) == "ankle");

        run = well_planned();
        stage_catch(run);
        REQUIRE(outcome_of(run) == "caught_by_wall");
        CHECK(factor_of(run) == "wall");
        run.plan.target_drop = run.plan.asked_drop - 0.011;
        CHECK(factor_of(run) == "ankle");
    }
    SECTION("a fall names the plan's limit, else the strength used up, else the edge") {
        Recording run = well_planned();
        SECTION("backward") {
            stage_fall(run, {.edge = Edge::heel, .exit_s = 5.5, .floor_s = 6.0});
            CHECK(factor_of(run) == "balance_heel");
            strain(run, dof_left_knee_flexion, 0.88);
            CHECK(factor_of(run) == "balance_heel");
            strain(run, dof_left_knee_flexion, 0.92);
            CHECK(factor_of(run) == "strength_knee");
            // A moment's strain is no limit, and bending is not lifting.
            strain(run, dof_left_knee_flexion, 0.3);
            strain(run, dof_left_knee_flexion, 1.0, {5.5, 5.6});
            CHECK(factor_of(run) == "balance_heel");
            strain(run, dof_left_knee_flexion, -1.0);
            CHECK(factor_of(run) == "balance_heel");
            run.plan.planned_min_margin_m = 0.029;
            CHECK(factor_of(run) == "ankle");
        }
        SECTION("forward") {
            stage_fall(run, {.edge = Edge::toe, .exit_s = 5.5, .floor_s = 6.0});
            CHECK(factor_of(run) == "balance_toe");
            run.plan.target_drop = run.plan.asked_drop - 0.011;
            CHECK(factor_of(run) == "ankle");
            run.plan.target_drop = run.plan.asked_drop - 0.009;
            CHECK(factor_of(run) == "balance_toe");
            // Planned past the deepest balanced posture.
            run.plan.limit_sole.hip_drop_fraction = run.plan.target_drop - 0.009;
            CHECK(factor_of(run) == "balance_toe");
            run.plan.limit_sole.hip_drop_fraction = run.plan.target_drop - 0.011;
            CHECK(factor_of(run) == "ankle");
        }
        SECTION("sideways: no word of the list names it") {
            stage_fall(run, {.edge = Edge::left, .exit_s = 5.5, .floor_s = 6.0});
            CHECK(factor_of(run).empty());
        }
        SECTION("a strain after the body met the floor is no cause") {
            stage_fall(run, {.edge = Edge::heel, .exit_s = 4.0, .floor_s = 4.5});
            strain(run, dof_left_knee_flexion, 3.0, {.from_s = 4.5});
            CHECK(factor_of(run) == "balance_heel");
        }
    }
    SECTION("stopping short and lifted heels name the plan's limit or the strength used up") {
        Recording run = well_planned();
        miss_depth(run, 0.1);
        REQUIRE(outcome_of(run) == "stopped_short");
        CHECK(factor_of(run) == "ankle");
        run.plan.target_drop = run.plan.asked_drop;  // planned deep enough, not reached in motion
        strain(run, dof_lumbar_flexion, 0.99);
        CHECK(factor_of(run) == "strength_trunk");

        run = well_planned();
        lift_heels(run, {2.0, 8.0}, 0.03);
        REQUIRE(outcome_of(run) == "heels_lifted");
        CHECK(factor_of(run) == "ankle");
    }
    SECTION("a slip names the plan's limit, or nothing") {
        Recording run = well_planned();
        slide_foot(run, 5.0, 0.03);
        CHECK(factor_of(run).empty());
        run.plan.planned_min_margin_m = -0.01;
        CHECK(factor_of(run) == "ankle");
    }
}

TEST_CASE("joint facts are largest angle, moment and share of the strength on that side", "[balance]") {
    Recording run = default_run();
    Frame& f = run.frames[frame_from(run, 5.0)];
    f.pose.joints[dof_left_ankle_dorsiflexion] = 55.0 * k_deg_to_rad;
    f.pose.joints[dof_right_knee_flexion] = 151.0 * k_deg_to_rad;
    f.pose.joints[dof_left_hip_flexion] = 121.0 * k_deg_to_rad;
    f.pose.joints[dof_lumbar_flexion] = 61.0 * k_deg_to_rad;
    f.pose.joints[dof_right_shoulder_flexion] = 171.0 * k_deg_to_rad;
    Assessment a = assess_balance(run);
    CHECK(a.ankle[side_left].max_flexion_deg == Approx(55.0));
    CHECK(a.ankle[side_right].max_flexion_deg < 45.0);
    CHECK(a.knee[side_right].max_flexion_deg == Approx(151.0));
    CHECK(a.knee[side_left].max_flexion_deg < 140.0);
    CHECK(a.hip[side_left].max_flexion_deg == Approx(121.0));
    CHECK(a.lumbar.max_flexion_deg == Approx(61.0));
    CHECK(a.shoulder.max_flexion_deg == Approx(171.0));

    // Strengths differ by direction: 80 % of each.
    const std::array<Dof, 5> strained = {dof_right_ankle_dorsiflexion, dof_left_knee_flexion,
                                         dof_right_hip_flexion, dof_lumbar_flexion,
                                         dof_left_shoulder_flexion};
    for (const bool positive : {false, true}) {
        INFO(positive);
        for (const Dof dof : strained)
            f.moment_Nm[dof] = (positive ? 0.8 : -0.8) * strength_Nm(run, f, dof, positive);
        a = assess_balance(run);
        CHECK(a.ankle[side_right].peak_strength_fraction == Approx(0.8));
        CHECK(a.knee[side_left].peak_strength_fraction == Approx(0.8));
        CHECK(a.hip[side_right].peak_strength_fraction == Approx(0.8));
        CHECK(a.lumbar.peak_strength_fraction == Approx(0.8));
        CHECK(a.shoulder.peak_strength_fraction == Approx(0.8));
        CHECK(a.hip[side_left].peak_strength_fraction < 0.7);
    }
    const double knee_Nm = 0.9 * strength_Nm(run, f, dof_left_knee_flexion, false);
    f.moment_Nm[dof_left_knee_flexion] = -knee_Nm;
    CHECK(assess_balance(run).knee[side_left].peak_moment_Nm == Approx(knee_Nm));
    // Only the time on the feet counts.
    stage_fall(run, {.edge = Edge::heel, .exit_s = 4.0, .floor_s = 4.5});
    a = assess_balance(run);
    CHECK(a.knee[side_left].peak_strength_fraction < 0.7);
    CHECK(a.lumbar.max_flexion_deg < 40.0);
}
