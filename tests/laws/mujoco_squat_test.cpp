// The whole squat in MuJoCo: the same plan, controller and events, another engine under them. What Bullet says of balance
// must not be Bullet's own.
#include <algorithm>
#include <filesystem>
#include <set>
#include <string>

#include "sim/balance/assessment.h"
#include "sim/engine/simulate.h"
#include "sim/scenario/scenario_toml.h"
#include "tests/catch.h"
#include "tests/engine/finer_steps.h"
#include "tests/plan/random_person.h"
#include "twins/mujoco_world.h"

using namespace plumb;
using namespace plumb::test;

namespace {

/// Both engines' runs along one plan.
struct BothRuns {
    std::shared_ptr<const Recording> bullet, mujoco;
    Assessment in_bullet, in_mujoco;
};

BothRuns run_both(const ScenarioDef& def, const SquatPlan& plan) {
    const ScenarioDef resolved = resolve_scenario(def);
    BothRuns twins;
    twins.bullet = simulate_plan(resolved, plan);
    twins.mujoco = simulate_plan(resolved, plan, {}, make_mujoco_world);
    twins.in_bullet = assess_balance(*twins.bullet);
    twins.in_mujoco = assess_balance(*twins.mujoco);
    return twins;
}

/// A person of draw_person, some with a weight, some on a wedge.
ScenarioDef draw_helped_person(std::mt19937_64& random, double least_ankle_deg, double most_ankle_deg) {
    for (;;) {
        ScenarioDef def = draw_person(random);
        def.engine.control = Control::ideal;
        def.person.ankle_dorsiflexion_deg = draw(random, least_ankle_deg, most_ankle_deg);
        if (random() % 3 == 0) def.counterweight.mass_kg = draw(random, 1.0, 8.0);
        if (random() % 3 == 0) def.heel_wedge.height_m = draw(random, 0.01, 0.05);
        if (!find_scenario_problem(def)) return def;
    }
}

/// Far enough from the line between two outcomes that a millimetre does not decide.
constexpr double k_clear_m = 0.015, k_clear_drop = 0.03, k_clear_share = 0.9;
bool is_clearly_balanced(const SquatPlan& plan) {
    // A cautious plan stops where the allowance is used up, which is itself 8 mm and more above every fall seen.
    const bool cautious = plan.movement.intent == Intent::cautious;
    const double least_m = plan.model.dynamic_allowance_m + (cautious ? -1e-4 : k_clear_m);
    const double short_by = plan.asked_drop - plan.target_drop;
    return plan.planned_min_margin_m >= least_m && most_strength_share(plan) < k_clear_share
           && (short_by == 0.0 || short_by > k_clear_drop);
}

/// Largest distances between two runs, frame by frame up to `last`.
struct Gap {
    double com_m = 0.0;
    double force_of_weight = 0.0;  ///< vertical, on both feet, mean over a frame of 1/120 s
};
Gap gap_between(const Recording& a, const Recording& b, size_t last) {
    Gap gap;
    for (size_t i = 0; i <= last; ++i) {
        const auto up = [](const Frame& f) { return f.foot_force_N[0].z() + f.foot_force_N[1].z(); };
        gap.com_m = std::max(gap.com_m, (a.frames[i].com_m - b.frames[i].com_m).norm());
        gap.force_of_weight = std::max(gap.force_of_weight, std::abs(up(a.frames[i]) - up(b.frames[i]))
                                                                / a.plan.model.body.weight_N());
    }
    return gap;
}

struct Worst {
    Gap gap;
    double exit_s = 0.0, exit_drop = 0.0;
    int equal = 0;
    int chattering = 0;
    void add(const Gap& other) {
        gap.com_m = std::max(gap.com_m, other.com_m);
        gap.force_of_weight = std::max(gap.force_of_weight, other.force_of_weight);
    }
};

/// Squats that stay up: equal outcomes, COM and force together all the way.
void check_held(const ScenarioDef& def, const SquatPlan& plan, Worst& worst) {
    const BothRuns twins = run_both(def, plan);
    INFO(canonical_text(def));
    CHECK(outcome_name(twins.in_mujoco.outcome) == outcome_name(twins.in_bullet.outcome));
    CHECK(twins.in_bullet.outcome >= Outcome::stopped_short);
    REQUIRE(twins.bullet->frames.size() == twins.mujoco->frames.size());
    const Gap gap = gap_between(*twins.bullet, *twins.mujoco, twins.bullet->frames.size() - 1);
    CHECK(gap.com_m < 2e-3);
    worst.equal += twins.in_mujoco.outcome == twins.in_bullet.outcome ? 1 : 0;
    if (gap.force_of_weight < 0.01) {
        worst.add(gap);
        return;
    }
    // The force of a body that all but stands still may chatter from step to step in Bullet, by some newtons for some frames:
    // its step, so half of it must bring the engines together.
    ++worst.chattering;
    worst.add({gap.com_m, 0.0});
    const auto fine = simulate_plan(resolve_scenario(def), plan, finer_steps(2));
    REQUIRE(fine->frames.size() == twins.mujoco->frames.size());
    const double fine_of_weight = gap_between(*fine, *twins.mujoco, fine->frames.size() - 1).force_of_weight;
    WARN("chatters: vertical force " << 100.0 * gap.force_of_weight << " % of weight, with half the step "
                                     << 100.0 * fine_of_weight << " %");
    CHECK(gap.force_of_weight < 0.02);
    CHECK(fine_of_weight < std::min(0.01, 0.6 * gap.force_of_weight));
}

/// Falls: equal outcomes; together until the COM leaves the feet, which it does at the same time and depth. What comes
/// after the floor is met is not compared.
void check_fall(const ScenarioDef& def, const SquatPlan& plan, Worst& worst) {
    const BothRuns twins = run_both(def, plan);
    INFO(canonical_text(def));
    CHECK(outcome_name(twins.in_mujoco.outcome) == outcome_name(twins.in_bullet.outcome));
    CHECK(twins.in_bullet.outcome == Outcome::fell_backward);
    REQUIRE((twins.in_bullet.com_exit && twins.in_mujoco.com_exit));
    const ComExit &a = *twins.in_bullet.com_exit, &b = *twins.in_mujoco.com_exit;
    CHECK(a.edge == b.edge);
    // A falling body doubles its distance from the plan every 0.2 s: three frames, a hundredth of drop.
    CHECK(std::abs(a.time_s - b.time_s) < 0.03);
    CHECK(std::abs(a.hip_drop_fraction - b.hip_drop_fraction) < 0.01);
    worst.exit_s = std::max(worst.exit_s, std::abs(a.time_s - b.time_s));
    worst.exit_drop = std::max(worst.exit_drop, std::abs(a.hip_drop_fraction - b.hip_drop_fraction));
    size_t last = 0;
    while (twins.bullet->frames[last].time_s < std::min(a.time_s, b.time_s)) ++last;
    const Gap gap = gap_between(*twins.bullet, *twins.mujoco, last);
    CHECK(gap.com_m < 2e-3);
    worst.add(gap);
    worst.equal += twins.in_mujoco.outcome == twins.in_bullet.outcome ? 1 : 0;
}

void report(const char* what, const Worst& worst) {
    WARN(what << ": " << worst.equal << " outcomes equal; COM " << 1e3 * worst.gap.com_m
              << " mm, vertical force " << 100.0 * worst.gap.force_of_weight << " % of weight, COM exit "
              << worst.exit_s << " s, " << worst.exit_drop << " of drop");
}

void compare_held(std::uint64_t seed, int completing, int cautious) {
    std::mt19937_64 random(seed);
    Worst worst;
    for (int done = 0; done < completing + cautious;) {
        ScenarioDef def;
        def.engine.control = Control::ideal;
        if (done < completing)
            def = draw_helped_person(random, 28.0, 40.0);
        else {
            def = draw_helped_person(random, 14.0, 24.0);
            def.movement.intent = Intent::cautious;
        }
        const SquatPlan plan = plan_of(def);
        if (!is_clearly_balanced(plan)) continue;
        check_held(def, plan, worst);
        ++done;
    }
    report("held", worst);
    CHECK(10 * worst.chattering <= completing + cautious);
}

void compare_falls(std::uint64_t seed, int count) {
    std::mt19937_64 random(seed);
    Worst worst;
    for (int done = 0; done < count;) {
        const ScenarioDef def = draw_helped_person(random, 12.0, 22.0);
        const SquatPlan plan = plan_of(def);
        if (plan.planned_min_margin_m > -k_clear_m) continue;
        check_fall(def, plan, worst);
        ++done;
    }
    report("falls", worst);
}

}  // namespace

// Tolerances of the two cases: 2 mm and 1 % are asked for, the second of at least nine in ten and of the others with half the
// step. The engines differ by their step (Bullet 1/240 s, MuJoCo 1/960), which makes Bullet's body lag by some 0.2 mm, and by
// MuJoCo's soft soles, which give some 0.03 mm.
TEST_CASE("MuJoCo's person squats as Bullet's: ten that complete or stop short, with weights and wedges",
          "[laws]") {
    compare_held(50, 6, 4);
}

TEST_CASE("MuJoCo's person falls where Bullet's falls: five whose plan leaves the feet", "[laws]") {
    compare_falls(51, 5);
}

TEST_CASE("MuJoCo's person squats and falls as Bullet's: 30", "[long][laws]") {
    compare_held(50, 12, 8);
    compare_falls(51, 10);
}

namespace {
/// The scenarios of these names; none: all.
void check_scenarios(const std::set<std::string>& names) {
    std::size_t seen = 0;
    for (const auto& entry : std::filesystem::directory_iterator(PLUMBLINE_SOURCE_DIR "/scenarios")) {
        if (entry.path().extension() != ".toml") continue;
        const ScenarioDef def = load_scenario(entry.path());
        if (!names.empty() && !names.contains(def.name)) continue;
        ++seen;
        INFO(def.name);
        const auto run = simulate_plan(resolve_scenario(def), plan_of(def), {}, make_mujoco_world);
        CHECK(outcome_name(assess_balance(*run).outcome) == def.expect);
    }
    CHECK(seen >= (names.empty() ? 13 : names.size()));
}
}  // namespace
// What the drawn people above do not do; a trunk that turns is among all of them, below.
TEST_CASE(
    "At walls, on raised heels, with weak legs or one stiff ankle the scenarios end in MuJoCo as they expect",
    "[laws]") {
    check_scenarios(
        {"stiff_ankles_wall_near", "stiff_ankles_wall_catches", "heels_up", "weak_legs", "one_stiff_ankle"});
}
TEST_CASE("Every scenario ends in MuJoCo as it expects", "[laws][long]") { check_scenarios({}); }

TEST_CASE("MuJoCo's person squats and falls as Bullet's: 100 more", "[long]") {
    compare_held(60, 40, 20);
    compare_falls(61, 40);
}

TEST_CASE("Behind both engines' persons the wall does the same: 60 distances", "[long]") {
    std::mt19937_64 random(62);
    int equal = 0;
    double hold_N = 0.0;
    constexpr int k_count = 60;
    for (int i = 0; i < k_count; ++i) {
        ScenarioDef def = draw_helped_person(random, 12.0, 26.0);
        def.wall.distance_m = draw(random, 0.12, 0.45);
        const BothRuns twins = run_both(def, plan_of(def));
        equal += twins.in_mujoco.outcome == twins.in_bullet.outcome ? 1 : 0;
        if (twins.in_mujoco.outcome == twins.in_bullet.outcome && twins.in_bullet.wall
            && twins.in_mujoco.wall)
            hold_N = std::max(
                hold_N, std::abs(twins.in_bullet.wall->hold_force_N - twins.in_mujoco.wall->hold_force_N));
    }
    WARN("wall: " << equal << " of " << k_count << " outcomes equal, hold force within " << hold_N << " N");
    // Drawn without regard to thresholds: a body that barely touches may lean by 2 % of its weight in one of the two.
    CHECK(equal >= k_count - 3);
}
