// Runs that hold: quiet standing, completed squats of many bodies, the same bytes every time.
#include <thread>

#include "sim/balance/assessment.h"
#include "sim/base/units.h"
#include "sim/engine/simulate.h"
#include "sim/recording/channels.h"
#include "tests/catch.h"
#include "tests/plan/random_person.h"

using namespace plumb;
using namespace plumb::test;

namespace {

double vertical_N(const Frame& frame) {
    return frame.foot_force_N[side_left].z() + frame.foot_force_N[side_right].z();
}

/// Mean vertical force on the feet over the hold.
double hold_force_N(const Recording& run) {
    double sum = 0.0;
    int count = 0;
    for (const Frame& frame : run.frames)
        if (frame.phase == Phase::hold) {
            sum += vertical_N(frame);
            ++count;
        }
    return sum / count;
}

}  // namespace

TEST_CASE("Standing for ten seconds is still", "[engine]") {
    std::mt19937_64 random(1);
    for (int person = 0; person < 3; ++person) {
        ScenarioDef def = person == 0 ? ScenarioDef{} : draw_person(random);
        def.engine.control = Control::ideal;
        def.movement = {.depth = 0.0, .descend_s = 0.1, .hold_s = 10.0, .ascend_s = 0.1};
        const auto run = simulate(def);
        const double weight_N = run->plan.model.body.weight_N();
        const Vector3 start = run->frames.front().com_m;
        for (size_t i = 1; i < run->frames.size(); ++i) {
            const Frame& frame = run->frames[i];
            CHECK((frame.com_m - start).norm() < 1e-4);
            CHECK(std::abs(vertical_N(frame) - weight_N) < 1e-3 * weight_N);
            REQUIRE(frame.cop_m.has_value());
            CHECK((*frame.cop_m - frame.com_m.head<2>()).norm() < 1e-3);
        }
    }
}

namespace {

void check_completed_squats(int people) {
    std::mt19937_64 random(2);
    int completed = 0;
    for (int person = 0; person < people; ++person) {
        ScenarioDef def = draw_person(random);
        def.engine.control = Control::ideal;
        def.person.ankle_dorsiflexion_deg = draw(random, 28.0, 42.0);
        if (person % 3 == 1) def.counterweight.mass_kg = draw(random, 1.0, 10.0);
        if (person % 4 == 2) def.heel_wedge.height_m = draw(random, 0.01, 0.05);
        const auto run = simulate(def);
        const Assessment a = assess_balance(*run);
        INFO("person " << person << ": " << outcome_name(a.outcome));
        if (a.outcome != Outcome::completed
            || run->plan.planned_min_margin_m < run->plan.model.dynamic_allowance_m)
            continue;
        ++completed;
        CHECK(a.foot_slip_max_m < 0.5e-3);
        CHECK(a.heel_lift_max_m < 0.5e-3);
        CHECK(hold_force_N(*run) == Catch::Approx(run->plan.model.body.weight_N()).epsilon(1e-3));
        CHECK(a.max_force_error_fraction < 0.01);
        // The motion follows the plan: the COM's margin is the planned one within 3 mm.
        CHECK(a.com_min_m > run->plan.planned_min_margin_m - 0.003);
        // Nobody uses more than the strength they have at this angle, a step's turn aside (stretched muscles hold more).
        for (const Frame& frame : run->frames)
            for (int dof = 0; dof < k_dof_count; ++dof) {
                const Person& body = run->plan.model.body.person;
                const auto& shape = body.strength_shapes[static_cast<size_t>(dof)];
                const JointStrength s = strength_at(body, dof, frame.pose.joints[dof]);
                CHECK(frame.moment_Nm[dof] <= (1.01 + shape[0].lengthening_gain) * s.positive_Nm);
                CHECK(frame.moment_Nm[dof] >= -(1.01 + shape[1].lengthening_gain) * s.negative_Nm);
            }
    }
    REQUIRE(completed >= people * 5 / 8);
}

}  // namespace

TEST_CASE("Completed squats of many bodies keep their feet and carry the weight", "[engine]") {
    check_completed_squats(8);
}

TEST_CASE("Completed squats of many bodies keep their feet and carry the weight: 24 bodies",
          "[long][engine]") {
    check_completed_squats(24);
}

TEST_CASE("Left and right do the same in a symmetric squat", "[engine]") {
    const auto run = simulate({.engine = {.control = Control::ideal}});
    for (const Frame& frame : run->frames) {
        CHECK(std::abs(frame.com_m.y()) < 1e-4);
        CHECK(std::abs(frame.pose.joints[dof_left_knee_flexion] - frame.pose.joints[dof_right_knee_flexion])
              < 2e-3);
    }
}

TEST_CASE("The same scenario gives the same bytes, alone or beside others in other threads", "[engine]") {
    ScenarioDef fall;
    fall.person.ankle_dorsiflexion_deg = 18.0;
    ScenarioDef caught = fall;
    caught.wall.distance_m = 0.36;
    const std::vector<ScenarioDef> defs = {ScenarioDef{}, fall, caught};
    std::vector<std::shared_ptr<const Recording>> alone, again(defs.size());
    for (const ScenarioDef& def : defs) alone.push_back(simulate(def));
    std::vector<std::thread> threads;
    for (size_t i = 0; i < defs.size(); ++i) threads.emplace_back([&, i] { again[i] = simulate(defs[i]); });
    for (std::thread& thread : threads) thread.join();
    for (size_t i = 0; i < defs.size(); ++i) {
        CHECK(alone[i]->engine.state_hash == again[i]->engine.state_hash);
        CHECK(series_csv(*alone[i]) == series_csv(*again[i]));
    }
    CHECK(alone[0]->engine.state_hash != alone[1]->engine.state_hash);
}

TEST_CASE("A turn of the trunk goes to both sides and comes back", "[engine]") {
    ScenarioDef def;
    def.movement.depth = DepthWord::half;
    def.movement.hold_s = 8.0;
    def.movement.rotation_deg = 25.0;
    def.movement.rotation_cycles = 2;
    def.counterweight = {.mass_kg = 8.0, .hold = Hold::chest};
    const auto run = simulate(def);
    double most_left = 0.0, most_right = 0.0;
    for (const Frame& frame : run->frames) {
        const double turn_deg = frame.pose.joints[dof_lumbar_rotation] * k_rad_to_deg;
        most_left = std::max(most_left, turn_deg);
        most_right = std::min(most_right, turn_deg);
    }
    CHECK(most_left == Catch::Approx(25.0).margin(2.0));
    CHECK(most_right == Catch::Approx(-25.0).margin(2.0));
    CHECK(std::abs(run->frames.back().pose.joints[dof_lumbar_rotation]) * k_rad_to_deg < 0.5);
    CHECK(assess_balance(*run).outcome == Outcome::completed);
}
