// Whole runs of bodies whose sides differ: mirrored persons do mirrored things, the load is shared as the plan says.
#include <cmath>

#include "sim/balance/assessment.h"
#include "sim/engine/simulate.h"
#include "sim/recording/channels.h"
#include "tests/catch.h"
#include "tests/plan/random_person.h"

using namespace plumb;
using namespace plumb::test;

TEST_CASE("The mirrored person's run is the mirrored run", "[engine]") {
    std::mt19937_64 random(41);
    for (int i = 0; i < 3; ++i) {
        ScenarioDef left = draw_person(random);
        left.engine.control = Control::ideal;
        left.person.ankle_dorsiflexion_deg = 38.0;
        left.person.strength_ratio = 1.2;
        left.movement = {.depth = 0.5, .descend_s = 1.5, .hold_s = 0.5, .ascend_s = 1.5};
        ScenarioDef right = left;
        if (i == 0) {
            left.person.left.ankle_dorsiflexion_deg = right.person.right.ankle_dorsiflexion_deg = 22.0;
        } else if (i == 1) {
            left.person.left.strength_ratio = right.person.right.strength_ratio = 0.7;
        } else {
            left.counterweight = {.mass_kg = 5.0, .hand = Hand::left};
            right.counterweight = {.mass_kg = 5.0, .hand = Hand::right};
        }
        const auto a = simulate(left), b = simulate(right);
        const Assessment of_a = assess_balance(*a), of_b = assess_balance(*b);
        INFO("pair " << i << ": " << outcome_name(of_a.outcome) << ", left carries " << of_a.load_left_share);
        CHECK(of_a.outcome == of_b.outcome);
        CHECK(of_a.load_left_share == Catch::Approx(1.0 - of_b.load_left_share).margin(0.01));
        CHECK(of_a.depth.hip_drop_fraction == Catch::Approx(of_b.depth.hip_drop_fraction).margin(2e-3));
        REQUIRE(a->frames.size() == b->frames.size());
        double com_m = 0.0, knee_rad = 0.0;
        for (size_t f = 0; f < a->frames.size(); ++f) {
            const Frame &p = a->frames[f], &q = b->frames[f];
            com_m = std::max(com_m, (p.com_m - Vector3(q.com_m.x(), -q.com_m.y(), q.com_m.z())).norm());
            knee_rad = std::max(knee_rad, std::abs(p.pose.joints[dof_left_knee_flexion]
                                                   - q.pose.joints[dof_right_knee_flexion]));
        }
        // The optimiser stops at postures that differ by millimetres.
        INFO("COM " << com_m << " m, knee " << knee_rad << " rad");
        CHECK(com_m < 0.004);
        CHECK(knee_rad < 0.03);
    }
}

TEST_CASE("The load on the left foot is a channel, a number of the run, and what the plan shared",
          "[engine]") {
    ScenarioDef def;
    def.engine.control = Control::ideal;
    def.person.right.strength_ratio = 0.6;
    def.movement.depth = 0.5;
    const auto run = simulate(def);
    const Assessment a = assess_balance(*run);
    REQUIRE(a.outcome == Outcome::completed);
    CHECK(a.load_left_share > 0.505);
    const double planned = view_posture(run->plan.model, run->plan.knots.back().posture).left_share;
    CHECK(a.load_left_share == Catch::Approx(planned).margin(0.01));
    double sum = 0.0;
    int count = 0;
    for (const Channel& channel : channels())
        if (channel.name == "load_left_share")
            for (const Frame& f : run->frames)
                if (f.phase == Phase::hold) {
                    sum += channel.value(f);
                    ++count;
                }
    REQUIRE(count > 100);
    CHECK(sum / count == Catch::Approx(a.load_left_share).margin(1e-3));
}
