// The plain words: one test per outcome that its numbers are there, and that every sentence can be shown to a person.
#include "sim/balance/explain.h"

#include <array>
#include <limits>

#include "tests/balance/synthetic.h"
#include "tests/base/comma_locale.h"
#include "tests/catch.h"

using namespace plumb;
using namespace plumb::test;
using Catch::Matchers::ContainsSubstring;

namespace {

/// The words of a run whose verdict must be this one; checks that they can be shown.
std::string words_of(const Recording& run, std::string_view outcome) {
    const Assessment a = assess_balance(run);
    CHECK(outcome_name(a.outcome) == outcome);
    INFO(a.explanation);
    CHECK(prose_fault(a.explanation).empty());
    CHECK_THAT(a.explanation, ContainsSubstring("In this model "));
    CHECK_THAT(a.explanation, ContainsSubstring("Held still, this body can go down until the hips are "));
    return a.explanation;
}

/// "54 cm below standing" for a drop of this run.
std::string below_standing(const Recording& run, double drop) {
    return std::to_string(std::lround(100.0 * drop * run.plan.model.body.leg_length_m))
           + " cm below standing";
}

/// Whole-number facts, so that the words are known: margins, limit, allowance.
Recording plain_run() {
    Recording run = default_run();
    run.plan.asked_drop = run.plan.target_drop = deepest_drop(run);
    run.plan.planned_min_margin_m = 0.05;
    run.plan.model.dynamic_allowance_m = 0.03;
    run.plan.limit_sole.limiting_factor = "ankle";
    run.plan.limit_sole.hip_drop_fraction = 0.7;
    run.frames[frame_from(run, 5.0)].com_margin = {0.017, Edge::heel};
    return run;
}

}  // namespace

TEST_CASE("every outcome is explained with its numbers", "[balance]") {
    SECTION("completed") {
        const Recording run = plain_run();
        const std::string words = words_of(run, "completed");
        CHECK_THAT(words, ContainsSubstring(
                              "full depth (knees bent 130 deg) is reached and the person comes up again; "
                              "the centre of mass stays at least 17 mm inside the edge of the feet."));
        CHECK_THAT(words, ContainsSubstring(below_standing(run, 0.7)));
        CHECK_THAT(words, ContainsSubstring("how far the ankles bend (38 deg of dorsiflexion)."));
        CHECK_THAT(words, !ContainsSubstring("wall"));
    }
    SECTION("completed marginal") {
        Recording run = plain_run();
        put_outside_functional(run, {4.2, 5.6});
        CHECK_THAT(words_of(run, "completed_marginal"),
                   ContainsSubstring(
                       "comes up again, but for 1.4 s the centre of mass is outside the part of the feet"));
    }
    SECTION("falls to all sides") {
        struct Side {
            Edge edge;
            std::string outcome, direction, edge_words;
        };
        for (const Side& side : {Side{Edge::heel, "fell_backward", "falls backward:", "rear (heel) edge"},
                                 Side{Edge::toe, "fell_forward", "falls forward:", "front (toe) edge"},
                                 Side{Edge::left, "fell_left", "falls to the left:", "left edge"},
                                 Side{Edge::right, "fell_right", "falls to the right:", "right edge"}}) {
            Recording run = plain_run();
            stage_fall(run, {.edge = side.edge, .exit_s = 2.7, .floor_s = 3.4});
            put_com_outside(run, {2.79, 2.85}, side.edge, 0.042);
            const std::string words = words_of(run, side.outcome);
            CHECK_THAT(words, ContainsSubstring(side.direction));
            CHECK_THAT(words,
                       ContainsSubstring("at 2.7 s, on the way down, the centre of mass passes the "
                                         + side.edge_words + " of the feet with the hips "
                                         + below_standing(run, run.frames[frame_from(run, 2.7)].hip_drop)));
            CHECK_THAT(words, ContainsSubstring("0.1 s later it is 42 mm outside"));
            CHECK_THAT(words, ContainsSubstring("a person would try to step."));
        }
    }
    SECTION("a fall with the COM over the feet") {
        Recording run = plain_run();
        put_on_floor(run, {.from_s = 5.0});
        edit_frames(run, {}, [](Frame& f) { f.com_m = {-0.5, 0.0, 0.4}; });
        CHECK_THAT(
            words_of(run, "fell_backward"),
            ContainsSubstring("falls backward: at 5.0 s, at the bottom, the body settles on the floor"));
    }
    SECTION("a slip") {
        Recording run = plain_run();
        slide_foot(run, 5.0, 0.027);
        CHECK_THAT(words_of(run, "slipped"),
                   ContainsSubstring("a foot slides 27.0 mm on the floor, more than the 20 mm"));
    }
    SECTION("caught by the wall") {
        Recording run = plain_run();
        stage_catch(run, 0.2);
        const std::string words = words_of(run, "caught_by_wall");
        CHECK_THAT(words, ContainsSubstring(
                              "balance is lost and the wall catches the person: at 3.0 s, on the way down, "
                              "the centre of mass passes the rear (heel) edge"));
        // 0.2 x 75 kg x g = 147 N; the peaks are twice that.
        CHECK_THAT(words, ContainsSubstring(
                              "The wall is first touched at 3.5 s and carries up to 294 N, 147 N (20 % of "
                              "body weight) at the end of the hold; the person does not come up again."));
        CHECK_THAT(words, !ContainsSubstring("hold at rest"));
        put_in_support(run, {3.5, 5.0}, -0.02);
        put_in_support(run, {5.0, 6.1}, 0.128);
        CHECK_THAT(words_of(run, "caught_by_wall"),
                   ContainsSubstring(
                       "come up again. At the end of the hold the centre of mass is 128 mm inside what "
                       "feet, wall and strength together can hold at rest. "));
    }
    SECTION("a fall that the wall does not stop") {
        Recording run = plain_run();
        stage_fall(run, {.edge = Edge::heel, .exit_s = 2.5, .floor_s = 3.5});
        press_wall(run, {3.0, 3.5}, 100.0);
        put_in_support(run, {3.0, 3.2}, 0.01);
        CHECK_THAT(words_of(run, "fell_backward"), !ContainsSubstring("hold at rest"));
        put_in_support(run, {3.2, 3.5}, -0.01);
        CHECK_THAT(
            words_of(run, "fell_backward"),
            ContainsSubstring("At 3.2 s, on the way down, it leaves what feet, wall and strength together "
                              "could hold at rest."));
    }
    SECTION("leaning on the wall") {
        Recording run = plain_run();
        stage_lean(run, 0.1);
        const std::string words = words_of(run, "leaning_on_wall");
        CHECK_THAT(words, ContainsSubstring("leans on the wall at the end of the hold"));
        CHECK_THAT(words, ContainsSubstring(below_standing(run, deepest_drop(run))));
        CHECK_THAT(words, ContainsSubstring(
                              "touched at 4.0 s and carries up to 147 N, 74 N (10 % of body weight) at the "
                              "end of the hold; the person comes up again."));
    }
    SECTION("blocked by the wall") {
        Recording run = plain_run();
        stage_block(run);
        run.scenario.movement.depth = DepthWord::parallel;
        const std::string words = words_of(run, "blocked_by_wall");
        CHECK_THAT(words, ContainsSubstring(
                              "the wall stops the descent before parallel (thighs level), with the hips "
                              + below_standing(run, deepest_drop(run))));
        CHECK_THAT(words, ContainsSubstring("stays at least 17 mm inside the edge of the feet."));
        CHECK_THAT(words, ContainsSubstring("while in this run it is the wall."));
    }
    SECTION("a wall never touched") {
        Recording run = plain_run();
        run.scenario.wall.distance_m = 0.9;
        run.plan.model.wall_distance_m = 0.9;
        CHECK_THAT(words_of(run, "completed"), ContainsSubstring("The wall is never touched."));
    }
    SECTION("heels lifted") {
        Recording run = plain_run();
        lift_heels(run, {2.0, 8.0}, 0.034);
        CHECK_THAT(
            words_of(run, "heels_lifted"),
            ContainsSubstring("full depth (knees bent 130 deg) is reached, but the heels lift by 34 mm."));
    }
    SECTION("cannot rise") {
        Recording run = plain_run();
        stay_down(run);
        run.scenario.person.strength_ratio = 0.4;
        const double limit_Nm = run.plan.model.body.person.strengths[dof_left_knee_flexion].negative_Nm;
        edit_frames(run, {6.0, 9.0}, [&](Frame& f) { f.moment_Nm[dof_left_knee_flexion] = -limit_Nm; });
        const std::string words = words_of(run, "cannot_rise");
        CHECK_THAT(words, ContainsSubstring("does not come up again: at the end the hips are still "
                                            + below_standing(run, run.frames.back().hip_drop)));
        CHECK_THAT(words,
                   ContainsSubstring(
                       "On the way up the strength of the knee (0.4 of the healthy average) is used up."));
    }
    SECTION("stopped short, out of range or out of caution") {
        Recording run = plain_run();
        ask_drop(run, 0.9);
        std::string words = words_of(run, "stopped_short");
        CHECK_THAT(words, ContainsSubstring("ends short of the asked hip drop of 0.9, with the hips "
                                            + below_standing(run, deepest_drop(run))));
        CHECK_THAT(words, !ContainsSubstring("does not come up again"));
        run.plan.movement.intent = Intent::cautious;
        run.plan.model.dynamic_allowance_m = 0.028;
        CHECK_THAT(words_of(run, "stopped_short"),
                   ContainsSubstring("The person is cautious and keeps 28 mm of balance for the motion."));
        run.plan.asked_reachable = false;
        words = words_of(run, "stopped_short");
        CHECK_THAT(words, ContainsSubstring(
                              "No posture within the joint ranges of this body reaches the asked hip drop"));
        stay_down(run);
        CHECK_THAT(words_of(run, "stopped_short"),
                   ContainsSubstring("and the person does not come up again."));
    }
    SECTION("a plan out of balance, or short of what the motion needs") {
        Recording run = plain_run();
        stage_fall(run, {.edge = Edge::heel, .exit_s = 2.7, .floor_s = 3.4});
        run.plan.planned_min_margin_m = -0.014;
        CHECK_THAT(words_of(run, "fell_backward"),
                   ContainsSubstring("centre of mass up to 14 mm outside the feet."));
        run.plan.planned_min_margin_m = 0.008;
        CHECK_THAT(words_of(run, "fell_backward"),
                   ContainsSubstring("keep only 8 mm of balance where the motion needs about 30 mm."));
        run.plan.limit_sole.feasible_standing = false;
        const std::string words = assess_balance(run).explanation;
        CHECK(prose_fault(words).empty());
        CHECK_THAT(words, ContainsSubstring("Not even standing meets all conditions"));
    }
}

TEST_CASE("words stay showable with awkward numbers", "[balance]") {
    Recording run = plain_run();
    run.plan.limit_sole.limiting_factor.clear();
    SECTION("zeros of both signs") {
        run.plan.limit_sole.hip_drop_fraction = -0.0;
        run.plan.planned_min_margin_m = -1e-9;
        edit_frames(run, {}, [](Frame& f) { f.com_margin = {0.0, Edge::heel}; });
        CHECK_THAT(words_of(run, "completed"), ContainsSubstring("stays at least 0 mm inside"));
        slide_foot(run, 5.0, 0.03);
        CHECK_THAT(words_of(run, "slipped"), ContainsSubstring("centre of mass up to 0 mm outside the feet"));
    }
    SECTION("a fall from above standing height") {
        edit_frames(run, {}, [](Frame& f) { f.hip_drop = -0.001; });
        stage_fall(run, {.edge = Edge::heel, .exit_s = 0.0, .floor_s = 0.5});
        CHECK_THAT(words_of(run, "fell_backward"), ContainsSubstring("at 0.0 s, while standing"));
    }
    SECTION("margins that do not exist") {
        stage_fall(run, {.edge = Edge::heel, .exit_s = 2.7, .floor_s = 3.4});
        edit_frames(run, {2.7, 3.4},
                    [](Frame& f) { f.com_margin.margin_m = -std::numeric_limits<double>::infinity(); });
        CHECK_THAT(words_of(run, "fell_backward"), !ContainsSubstring("later it is"));
    }
}

TEST_CASE("numbers in words have so many decimals and no minus zero, in any locale", "[balance]") {
    const CommaLocale comma;
    CHECK(fixed_text(12.345, 1) == "12.3");
    CHECK(fixed_text(-12.345, 2) == "-12.35");
    CHECK(fixed_text(-0.04, 1) == "0.0");
    CHECK(fixed_text(-0.4, 0) == "0");
    CHECK(fixed_text(-0.06, 1) == "-0.1");
    CHECK(fixed_text(1234567.0, 0) == "1234567");
    CHECK(fixed_text(std::numeric_limits<double>::quiet_NaN(), 1) == "?");
    CHECK(fixed_text(-std::numeric_limits<double>::infinity(), 1) == "?");
    CHECK(asked_in_words(0.55) == "the asked hip drop of 0.55");
}

TEST_CASE("depths and asked depths have their words", "[balance]") {
    struct Row {
        double thigh_deg;
        std::string words;
    };
    for (const Row& row :
         {Row{80.0, "close to standing"}, Row{50.0, "less than half way to parallel"},
          Row{30.0, "about half way to parallel"}, Row{15.0, "well above parallel"},
          Row{6.0, "a little above parallel"}, Row{1.0, "about parallel"}, Row{-1.0, "about parallel"},
          Row{-6.0, "a little below parallel"}, Row{-30.0, "well below parallel"}})
        CHECK(depth_in_words(row.thigh_deg * k_deg_to_rad) == row.words);
    CHECK(asked_in_words(DepthWord::half) == "half depth");
    CHECK(asked_in_words(DepthWord::parallel) == "parallel (thighs level)");
    CHECK(asked_in_words(DepthWord::full) == "full depth (knees bent 130 deg)");
}

TEST_CASE("every limiting factor of the definitions has a phrase with this person's number", "[balance]") {
    ScenarioDef scenario;
    scenario.person = {.ankle_dorsiflexion_deg = 21.0,
                       .hip_flexion_deg = 93.0,
                       .hip_abduction_deg = 33.0,
                       .knee_flexion_deg = 123.0,
                       .lumbar_flexion_deg = 27.0,
                       .trunk_thigh_closure_deg = 117.0,
                       .strength_ratio = 0.65};
    const std::array<std::array<std::string, 2>, 16> words = {
        {{"ankle", "21 deg"},
         {"knee", "123 deg"},
         {"hip", "93 and 40 deg"},
         {"lumbar", "27 deg"},
         {"trunk_thigh", "117 deg"},
         {"abduction", "33 deg"},
         {"inversion", "ankles tilt"},
         {"balance_heel", "over the heels"},
         {"balance_toe", "over the toes"},
         {"wall", "the wall"},
         {"floor", "the floor"},
         {"strength_ankle", "of the ankle (0.65"},
         {"strength_knee", "of the knee (0.65"},
         {"strength_hip", "of the hip (0.65"},
         {"strength_trunk", "of the trunk (0.65"},
         {"strength_shoulder", "of the shoulder (0.65"}}};
    for (const auto& [word, phrase] : words) {
        INFO(word);
        CHECK_THAT(factor_in_words(word, scenario), ContainsSubstring(phrase));
        CHECK(factor_in_words(word, scenario).find('_') == std::string::npos);
    }
    CHECK(factor_in_words("", scenario).empty());
}
