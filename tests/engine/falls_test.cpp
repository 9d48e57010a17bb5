// Runs that do not hold: the plan predicts who falls, falls are finite, and every outcome agrees with its own series.
#include "sim/balance/assessment.h"
#include "sim/base/units.h"
#include "sim/engine/simulate.h"
#include "tests/catch.h"
#include "tests/engine/consistency.h"
#include "tests/plan/random_person.h"

using namespace plumb;
using namespace plumb::test;

namespace {

/// simulate(), watched: who was lost for good (SteppedRun::is_lost) must have fallen, for searches leave such a run.
std::shared_ptr<const Recording> simulate_watched(const ScenarioDef& def) {
    const ScenarioDef resolved = resolve_scenario(def);
    SteppedRun run(resolved, plan_squat(build_person(resolved.person), resolved));
    bool lost = false;
    while (run.advance()) lost = lost || run.is_lost();
    auto recording = run.finish();
    const Outcome outcome = assess_balance(*recording).outcome;
    INFO(outcome_name(outcome));
    if (lost) CHECK(is_fall(outcome));
    return recording;
}

/// A person drawn so that the planned margin lies anywhere from far outside to far inside.
ScenarioDef draw_on_the_edge(std::mt19937_64& random) {
    ScenarioDef def = draw_person(random);
    def.person.ankle_dorsiflexion_deg = draw(random, 14.0, 34.0);
    def.person.strength_ratio = draw(random, 0.9, 1.3);
    return def;
}

/// Who needs all of a strength for the posture alone has none for the motion (dorsiflexors hold the CoP back).
constexpr double k_spare_share = 0.9;

}  // namespace

namespace {

/// `least_safe`, `least_past`: so many of the draw are of that kind, or the test says nothing of it.
void check_on_the_edge(int people, int least_safe, int least_past) {
    std::mt19937_64 random(11);
    int safe = 0, past = 0;
    for (int person = 0; person < people; ++person) {
        const ScenarioDef def = draw_on_the_edge(random);
        const auto run = simulate_watched(def);
        const Assessment a = assess_balance(*run);
        INFO("person " << person << " plans " << run->plan.planned_min_margin_m
                       << " m: " << outcome_name(a.outcome));
        if (run->plan.planned_min_margin_m < -0.002) {
            ++past;
            CHECK(a.outcome == Outcome::fell_backward);
            REQUIRE(a.com_exit.has_value());
            CHECK(a.com_exit->edge == Edge::heel);
            CHECK(a.com_exit->phase == Phase::descent);
            CHECK(fastest_mps(*run) < 10.0);
            CHECK(a.max_foot_force_bw < 3.0);
        } else if (run->plan.planned_min_margin_m > run->plan.model.dynamic_allowance_m
                   && run->plan.asked_reachable && most_strength_share(run->plan) < k_spare_share) {
            ++safe;
            CHECK((a.outcome == Outcome::completed || a.outcome == Outcome::completed_marginal));
            CHECK_FALSE(a.com_exit.has_value());
        }
    }
    CHECK(safe >= least_safe);
    CHECK(past >= least_past);
}

}  // namespace

TEST_CASE("Who plans more margin than the allowance completes; who plans past the heel falls over it",
          "[engine]") {
    check_on_the_edge(16, 1, 1);
}

TEST_CASE(
    "Who plans more margin than the allowance completes; who plans past the heel falls over it: 40 people",
    "[long][engine]") {
    check_on_the_edge(40, 5, 4);
}

namespace {

void check_cautious(int people) {
    std::mt19937_64 random(13);
    int weak_falls = 0;
    for (int person = 0; person < people; ++person) {
        ScenarioDef def = draw_person(random);
        def.person.strength_ratio = draw(random, 0.25, 1.0);
        def.movement.intent = Intent::cautious;
        if (person % 4 == 0) def.wall.distance_m = draw(random, 0.2, 0.5);
        const auto run = simulate(def);
        const Assessment a = assess_balance(*run);
        INFO("person " << person << ", strength " << def.person.strength_ratio << ": "
                       << outcome_name(a.outcome));
        // A third of the average strength, touching a wall behind: a late answer to the touch tips over the toes.
        if (def.person.strength_ratio < 0.5 && def.wall.distance_m)
            weak_falls += is_fall(a.outcome) ? 1 : 0;
        else
            CHECK_FALSE(is_fall(a.outcome));
        CHECK(find_contradiction(*run, a).empty());
    }
    CHECK(weak_falls <= 1);
}

}  // namespace

TEST_CASE("Cautious people do not fall, but for one very weak one at a wall", "[engine]") {
    check_cautious(6);
}

TEST_CASE("Cautious people do not fall, but for one very weak one at a wall: 24 people", "[long][engine]") {
    check_cautious(24);
}

TEST_CASE("Who is asked deeper than the ranges go stops short and does not sit back into a fall",
          "[engine]") {
    for (const double knee_deg : {100.0, 110.0, 120.0, 129.0}) {
        ScenarioDef def;
        def.person.knee_flexion_deg = knee_deg;
        INFO("knee " << knee_deg);
        CHECK(assess_balance(*simulate(def)).outcome == Outcome::stopped_short);
    }
    ScenarioDef just;
    just.person.knee_flexion_deg = 130.0;
    CHECK(assess_balance(*simulate(just)).outcome == Outcome::completed);
}

TEST_CASE("A fall ends at rest on the floor, behind the feet, with the feet in place", "[engine]") {
    ScenarioDef def;
    def.person.ankle_dorsiflexion_deg = 18.0;
    const auto run = simulate(def);
    const Assessment a = assess_balance(*run);
    REQUIRE(a.outcome == Outcome::fell_backward);
    const Frame& last = run->frames.back();
    CHECK(last.phase == Phase::fallen);
    CHECK(last.com_velocity_mps.norm() < 0.05);
    CHECK(last.com_m.x() < -0.1);
    CHECK(last.floor_other_N + last.foot_force_N[0].z() + last.foot_force_N[1].z()
          == Catch::Approx(run->plan.model.body.weight_N()).epsilon(0.1));
    CHECK(a.foot_slip_max_m < 0.02);
    // The centre of mass passed the heel edge before anything but the feet touched the floor.
    REQUIRE(a.com_exit.has_value());
    for (const Frame& frame : run->frames)
        if (frame.floor_other_N > 0.0) {
            CHECK(a.com_exit->time_s < frame.time_s);
            break;
        }
}

TEST_CASE("A wall catches from the right distance, blocks from nearer, and is not there from far",
          "[engine]") {
    ScenarioDef def;
    def.person.ankle_dorsiflexion_deg = 18.0;
    const auto outcome_at = [&](double distance_m) {
        def.wall.distance_m = distance_m;
        const auto run = simulate(def);
        CHECK(fastest_mps(*run) < 10.0);
        return assess_balance(*run).outcome;
    };
    CHECK(outcome_at(0.25) == Outcome::blocked_by_wall);
    CHECK(outcome_at(0.36) == Outcome::caught_by_wall);
    CHECK(outcome_at(0.45) == Outcome::caught_by_wall);
    CHECK(outcome_at(1.40) == Outcome::fell_backward);
}

namespace {

/// Every field over its whole range; only the times are short, so that the runs take minutes, not hours.
void check_random_scenarios(int first, int last) {
    std::mt19937_64 random(12);
    for (int i = 0; i < last; ++i) {
        ScenarioDef def = draw_scenario(random);
        if (i < first) continue;
        MovementDef& m = def.movement;
        for (double* const time_s : {&m.descend_s, &m.hold_s, &m.ascend_s}) *time_s = 0.1 + 0.03 * *time_s;
        if (find_scenario_problem(def)) m.rotation_cycles = 0;
        const auto run = simulate_watched(def);
        const Assessment a = assess_balance(*run);
        INFO("scenario " << i << ": " << outcome_name(a.outcome));
        for (const Frame& frame : run->frames) REQUIRE(frame.com_m.allFinite());
        CHECK(fastest_mps(*run) < 10.0);
        CHECK(find_contradiction(*run, a).empty());
    }
}

}  // namespace

TEST_CASE("A run left when balance is lost is a fall left early, else the whole run", "[engine]") {
    ScenarioDef falls;
    falls.person.ankle_dorsiflexion_deg = 18.0;
    falls.movement.descend_s = 2.0;
    CHECK(simulate_unless_lost(resolve_scenario(falls)) == nullptr);
    // Whom a wall may catch or a push still bring back is not lost, nor who stays up.
    ScenarioDef caught = falls, pushed = falls, stays;
    caught.wall.distance_m = 0.3;
    pushed.push = {.time_s = 60.0, .impulse_Ns = 5.0};
    stays.movement = {.depth = 0.3, .descend_s = 0.9, .hold_s = 0.2, .ascend_s = 0.9};
    for (const ScenarioDef& def : {caught, pushed, stays}) {
        const auto whole = simulate_unless_lost(resolve_scenario(def));
        REQUIRE(whole != nullptr);
        CHECK(whole->engine.state_hash == simulate(def)->engine.state_hash);
    }
}

TEST_CASE("Ten random scenarios stay finite and agree with their own series", "[engine]") {
    check_random_scenarios(0, 10);
}

TEST_CASE("290 more random scenarios stay finite and agree with their own series", "[engine][long]") {
    check_random_scenarios(10, 300);
}
