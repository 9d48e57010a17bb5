// A person's balance: the delay, the muscles' time, the sway; each against its equation, then in whole runs.
#include "sim/engine/human_balance.h"

#include <cmath>

#include "sim/balance/assessment.h"
#include "sim/base/units.h"
#include "sim/engine/simulate.h"
#include "tests/catch.h"
#include "tests/scenario/random_scenario.h"

using namespace plumb;
using namespace plumb::test;

namespace {

/// Farthest beyond zero of x'' = -k x(t - delay) - d x'(t - delay) from rest at 1; infinite if it grows.
double overshoot(const BalanceGains& gains, double delay_s) {
    const double dt_s = delay_s / 400.0;
    std::vector<double> x(401, 1.0), v(401, 0.0);
    double least = 0.0;
    for (int i = 0; i < 400 * 60; ++i) {
        const size_t late = x.size() - 401;
        const double a = -gains.stiffness_per_s2 * x[late] - gains.damping_per_s * v[late];
        v.push_back(v.back() + dt_s * a);
        x.push_back(x.back() + dt_s * v.back());
        least = std::min(least, x.back());
        if (std::abs(x.back()) > 10.0) return INFINITY;
    }
    return -least;
}

/// Standard deviation over a hold, from 3 s in.
double spread(const Recording& run, int axis) {
    double sum = 0.0, squares = 0.0;
    int count = 0;
    for (const Frame& f : run.frames) {
        if (f.phase != Phase::hold || f.time_s < 3.0) continue;
        sum += f.com_m[axis];
        squares += f.com_m[axis] * f.com_m[axis];
        ++count;
    }
    return std::sqrt(std::max(0.0, squares / count - sum * sum / count / count));
}

}  // namespace

TEST_CASE("The gains of a late answer are the quickest without overshoot", "[engine]") {
    for (const double delay_s : {0.08, 0.12, 0.2, 0.4}) {
        const BalanceGains gains = gains_for_delay(delay_s);
        INFO("delay " << delay_s << " s: " << gains.stiffness_per_s2 << ", " << gains.damping_per_s);
        CHECK(overshoot(gains, delay_s) < 1e-3);
        CHECK(overshoot({1.3 * gains.stiffness_per_s2, gains.damping_per_s}, delay_s) > 0.01);
        CHECK(overshoot({1.0 / (delay_s * delay_s), 2.0 / delay_s}, delay_s) > 1.0);
    }
    CHECK(gains_for_delay(0.0).stiffness_per_s2 == BalanceGains{}.stiffness_per_s2);
    CHECK(gains_for_delay(1e-4).damping_per_s == BalanceGains{}.damping_per_s);
    CHECK(gains_for_delay(0.12).stiffness_per_s2 < 6.0);
}

TEST_CASE("An error is felt one delay later, whatever the steps", "[engine]") {
    std::mt19937_64 random(5);
    Person person = build_person({});
    person.def.reaction_delay_s = 0.12;
    HumanBalance human(person, 1);
    double time_s = 0.0;
    for (int i = 0; i < 2000; ++i) {
        const double dt_s = draw(random, 0.0005, 0.005);
        const auto error_at = [](double t) { return ComError{{0.3 * t, 0.0, 0.0}, {0.0, -t, 0.0}}; };
        const ComError felt = human.react(error_at(time_s), dt_s), then = error_at(time_s - 0.12);
        if (time_s > 0.13) {
            CHECK(felt.offset_m.x() == Catch::Approx(then.offset_m.x()).margin(1e-12));
            CHECK(felt.velocity_mps.y() == Catch::Approx(then.velocity_mps.y()).margin(1e-12));
        }
        time_s += dt_s;
    }
}

TEST_CASE("A muscle takes 0.05 s to come and 0.07 s to go, whatever the steps", "[engine]") {
    const JointStrength strength{100.0, 60.0};
    for (const int steps : {6, 24, 240}) {
        const double dt_s = 0.1 / steps;
        HumanBalance human(build_person({}), 1);
        CHECK(human.reachable(0, strength, dt_s).upper_Nm == 100.0);  // nothing is known of the past
        human.activate(0, strength, 0.0);
        double up_Nm = 0.0;
        for (int i = 0; i < steps; ++i) {
            up_Nm = human.reachable(0, strength, dt_s).upper_Nm;
            human.activate(0, strength, up_Nm);
        }
        CHECK(up_Nm == Catch::Approx(100.0 * (1.0 - std::exp(-2.0))).epsilon(1e-9));
        human.activate(0, strength, 100.0);
        // Letting go, while the others pull as hard as they come.
        const HumanBalance::Bounds bounds = human.reachable(0, strength, dt_s);
        CHECK(bounds.upper_Nm == 100.0);
        CHECK(bounds.lower_Nm
              == Catch::Approx(100.0 * (std::exp(-dt_s / 0.07) - (1.0 - std::exp(-dt_s / 0.05))))
                     .epsilon(1e-9)
                     .margin(40.0 * (dt_s > 0.015)));
    }
    // A muscle that stretches meanwhile holds more at the same activation.
    HumanBalance human(build_person({}), 1);
    human.activate(3, strength, 50.0);
    CHECK(human.reachable(3, {200.0, 60.0}, 0.0).upper_Nm == 100.0);
}

TEST_CASE("Sway has its spread, its speed is its derivative, and it begins at nothing", "[engine]") {
    double fore_m = 0.0, side_m = 0.0;
    constexpr int k_seeds = 6;
    for (int seed = 1; seed <= k_seeds; ++seed) {
        const Sway sway(0.004, seed);
        CHECK(sway.at(0.0).offset_m.norm() == 0.0);
        CHECK(sway.at(0.0).velocity_mps.norm() == 0.0);
        double x2 = 0.0, y2 = 0.0;
        constexpr int k_count = 6000;
        for (int i = 0; i < k_count; ++i) {
            const double t = 2.0 + 0.1 * i, h = 1e-4;
            const Sway::Motion m = sway.at(t), before = sway.at(t - h), after = sway.at(t + h);
            x2 += m.offset_m.x() * m.offset_m.x() / k_count;
            y2 += m.offset_m.y() * m.offset_m.y() / k_count;
            REQUIRE((m.velocity_mps - (after.offset_m - before.offset_m) / (2.0 * h)).norm() < 1e-8);
            REQUIRE((m.acceleration_mps2 - (after.velocity_mps - before.velocity_mps) / (2.0 * h)).norm()
                    < 1e-7);
        }
        fore_m += std::sqrt(x2) / k_seeds;
        side_m += std::sqrt(y2) / k_seeds;
    }
    CHECK(fore_m == Catch::Approx(0.004).epsilon(0.03));
    CHECK(side_m == Catch::Approx(0.002).epsilon(0.03));
    const Sway::Motion early = Sway(0.004, 3).at(0.5);
    CHECK(early.offset_m.norm() > 0.0);
    CHECK(Sway(0.004, 3).at(7.0).offset_m == Sway(0.004, 3).at(7.0).offset_m);
    CHECK(Sway(0.004, 3).at(7.0).offset_m != Sway(0.004, 4).at(7.0).offset_m);
}

namespace {
void check_sway(double sd_m) {
    ScenarioDef def;
    def.person.sway_sd_m = sd_m;
    def.movement = {.depth = 0.05, .descend_s = 1.0, .hold_s = 40.0, .ascend_s = 1.0};
    const auto run = simulate(def);
    REQUIRE(assess_balance(*run).outcome == Outcome::completed);
    INFO("asked " << sd_m << ", fore and aft " << spread(*run, 0) << ", sideways " << spread(*run, 1));
    // 0.89 of it: posture holds against it a little; 40 s are some ten of its slow periods.
    CHECK(spread(*run, 0) == Catch::Approx(0.89 * sd_m).epsilon(0.15));
    CHECK(spread(*run, 1) == Catch::Approx(0.47 * sd_m).epsilon(0.2));
}
}  // namespace
TEST_CASE("Who stands sways little when little was said", "[engine][long]") { check_sway(0.003); }
TEST_CASE("Who stands sways as much as was said, and not at all under ideal control", "[engine]") {
    check_sway(0.008);
    ScenarioDef still;
    still.engine.control = Control::ideal;
    still.movement = {.depth = 0.05, .descend_s = 1.0, .hold_s = 5.0, .ascend_s = 1.0};
    const auto run = simulate(still);
    CHECK(spread(*run, 0) < 2e-5);
    still.engine.seed = 9;
    CHECK(simulate(still)->engine.state_hash == run->engine.state_hash);
    still.engine.control = Control::human;
    const auto one = simulate(still);
    CHECK(simulate(still)->engine.state_hash == one->engine.state_hash);
    still.engine.seed = 10;
    CHECK(simulate(still)->engine.state_hash != one->engine.state_hash);
}

TEST_CASE("The later the answer, the less of a push is stood", "[engine]") {
    const auto stands = [](Control control, double delay_s, double impulse_Ns) {
        ScenarioDef def;
        def.engine.control = control;
        def.person.reaction_delay_s = delay_s;
        def.person.sway_sd_m = 0.0;
        def.movement = {.depth = 0.02, .descend_s = 0.5, .hold_s = 2.0, .ascend_s = 0.3};
        def.push = {.time_s = 0.8, .impulse_Ns = impulse_Ns, .direction_deg = 0.0};
        return assess_balance(*simulate(def)).outcome > Outcome::fell_right;
    };
    const auto most_Ns = [&](Control control, double delay_s) {
        double low = 0.0, high = 150.0;
        while (high - low > 3.0) {
            const double middle = 0.5 * (low + high);
            (stands(control, delay_s, middle) ? low : high) = middle;
        }
        return low;
    };
    const double ideal = most_Ns(Control::ideal, 0.12), quick = most_Ns(Control::human, 0.12),
                 slow = most_Ns(Control::human, 0.3);
    INFO("ideal " << ideal << " N s, 0.12 s " << quick << " N s, 0.3 s " << slow << " N s");
    CHECK(quick < 0.95 * ideal);
    CHECK(slow < 0.95 * quick);
    CHECK(slow > 0.0);
}
