// Work and energy, step by step: what a squat's moments do is what kinetic and potential energy gain.
#include "sim/balance/assessment.h"
#include "sim/engine/simulate.h"
#include "tests/catch.h"
#include "tests/engine/finer_steps.h"
#include "tests/laws/counting_world.h"
#include "tests/plan/random_person.h"

using namespace plumb;
using namespace plumb::test;
using Catch::Approx;

namespace {

struct Run {
    Books books;
    Outcome outcome{};
};

/// The same plan with the product's steps divided.
Run run_of(const ScenarioDef& def, const SquatPlan& plan, int divisor) {
    Run run;
    const auto recording = simulate_plan(def, plan, finer_steps(divisor), counting(run.books));
    run.outcome = assess_balance(*recording).outcome;
    return run;
}

}  // namespace

namespace {

void check_squat_energy(int squats) {
    std::mt19937_64 random(101);
    int completed = 0;
    for (int i = 0; i < squats; ++i) {
        ScenarioDef def = draw_person(random);
        def.engine.control = Control::ideal;
        def.person.ankle_dorsiflexion_deg = 37.0;
        def.movement = {.depth = DepthWord::parallel,
                        .descend_s = draw(random, 0.9, 2.5),
                        .hold_s = 0.3,
                        .ascend_s = draw(random, 0.9, 2.0)};
        def.counterweight.mass_kg = i % 2 == 0 ? 0.0 : 5.0;
        def.heel_wedge.height_m = i % 3 == 0 ? 0.03 : 0.0;
        def = resolve_scenario(def);
        const SquatPlan plan = plan_squat(build_person(def.person), def);
        const Run coarse = run_of(def, plan, 1), fine = run_of(def, plan, 2);
        if (coarse.outcome != Outcome::completed || fine.outcome != Outcome::completed) continue;
        ++completed;
        INFO("squat " << i << ": " << coarse.books.turnover_J << " J turned over, gap "
                      << coarse.books.worst_gap_J << " J, with half the step " << fine.books.worst_gap_J
                      << " J, contacts " << coarse.books.contact_work_J << " J");
        REQUIRE(coarse.books.turnover_J > 300.0);
        // Moments act over the turn that follows them: dt / 2 of all changes of speed is lost. Measured 0.2-0.6 %.
        CHECK(coarse.books.worst_gap_J < 0.01 * coarse.books.turnover_J);
        CHECK(fine.books.worst_gap_J / coarse.books.worst_gap_J == Approx(0.5).margin(0.03));
        // The feet stay, so the floor does no work: measured 0.02 %.
        CHECK(std::abs(coarse.books.contact_work_J) < 0.001 * coarse.books.turnover_J);
        CHECK(coarse.books.worst_gain_J < 1e-3);
    }
    REQUIRE(completed >= squats * 2 / 3);
}

}  // namespace

TEST_CASE(
    "Over a squat the work of the joint moments is the change of energy, to the first order of the step",
    "[laws]") {
    check_squat_energy(3);
}

TEST_CASE("Over a squat the work of the joint moments is the change of energy, to the first order of the "
          "step: 6 squats",
          "[long][laws]") {
    check_squat_energy(6);
}

TEST_CASE("In a fall energy never grows beyond the work of the joint moments", "[laws]") {
    std::mt19937_64 random(102);
    int falls = 0;
    for (int i = 0; i < 8; ++i) {
        ScenarioDef def = draw_person(random);
        def.engine.control = Control::ideal;
        def.person.ankle_dorsiflexion_deg = 15.0;
        def.movement.descend_s = draw(random, 0.8, 2.0);
        def = resolve_scenario(def);
        const SquatPlan plan = plan_squat(build_person(def.person), def);
        const Run run = run_of(def, plan, 1);
        if (run.outcome > Outcome::fell_right) continue;
        ++falls;
        INFO("fall " << i << ": lost " << run.books.lost_J << " J beyond the moments' work, gained "
                     << run.books.worst_gain_J << ", regained " << run.books.regained_J << " on the feet, "
                     << run.books.rebound_J << " from flesh");
        REQUIRE(run.books.flesh_met);
        REQUIRE(run.books.lost_J > 50.0);
        CHECK(run.books.worst_gain_J < 1e-3);
        // On the feet alone nothing gives back, but the solver pushes sunken soles out again (measured 0.6 J).
        CHECK(run.books.regained_J < 1.0);
        // Flesh is a damped spring: it gives back less than a tenth of what the fall lost (measured 8 %).
        CHECK(run.books.rebound_J < 0.1 * run.books.lost_J);
    }
    REQUIRE(falls >= 4);
}
