// 10,000 random scenarios over the full accepted ranges. Run by hand; goes on where it was interrupted: what is done is in
// the file that PLUMB_CAMPAIGN names (default robustness.csv in the current folder). PLUMB_PART=k/n: every n-th only, from k.
#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <fstream>
#include <set>
#include <sstream>
#include <string>

#include "sim/engine/simulate.h"
#include "sim/scenario/scenario_toml.h"
#include "tests/catch.h"
#include "tests/engine/consistency.h"
#include "tests/engine/finer_steps.h"
#include "tests/plan/random_person.h"

using namespace plumb;
using namespace plumb::test;

namespace {

constexpr int k_scenarios = 10000;
constexpr double k_longest_s = 10.0;  ///< of processor time, for one scenario
/// A machine with other guests only adds to a time (by half, for minutes): of so many the least counts.
constexpr int k_most_timings = 4;
/// No part of a body falls this fast from its own height (6.3 m/s from 2 m, some twice that for a foot which the falling trunk throws
/// up), but for what a push gave it. A push also turns a body: far from the COM that may be three times its impulse by the mass.
/// So fast it is no explosion if finer steps say the same: an explosion is the engine's and passes with them.
constexpr double k_explosion_mps = 14.0;
bool is_explosion(const ScenarioDef& def, double mps) {
    const double pushed_mps = def.push.time_s ? def.push.impulse_Ns / def.person.mass_kg : 0.0;
    if (mps < k_explosion_mps + pushed_mps) return false;
    if (!(mps < k_explosion_mps + 3.0 * pushed_mps)) return true;
    for (const int divisor : {1, 2, 4})
        if (!(std::abs(fastest_mps(*simulate(def, finer_steps(divisor))) - mps) <= 0.1 * mps)) return true;
    return false;
}

/// Scenario `number`: every field over its whole range, times evenly over their orders of magnitude.
ScenarioDef numbered(int number) {
    std::mt19937_64 random(1000003ull * static_cast<unsigned long long>(number) + 17);
    ScenarioDef def = draw_scenario(random);
    MovementDef& m = def.movement;
    for (double* const time_s : {&m.descend_s, &m.hold_s, &m.ascend_s})
        *time_s = 0.1 * std::pow(600.0, draw(random, 0.0, 1.0));
    if (find_scenario_problem(def)) m.rotation_cycles = 0;
    return def;
}

double seconds_since(std::clock_t start) {
    return static_cast<double>(std::clock() - start) / CLOCKS_PER_SEC;
}

/// Processor time of the scenario, timed again while it is over the bound.
double least_time_s(const ScenarioDef& def, double cpu_s) {
    for (int timing = 1; timing < k_most_timings && cpu_s >= k_longest_s; ++timing) {
        const std::clock_t start = std::clock();
        (void)assess_balance(*simulate(def));
        cpu_s = std::min(cpu_s, seconds_since(start));
    }
    return cpu_s;
}

std::string environment(const char* name, const char* otherwise) {
    const char* value = std::getenv(name);
    return value != nullptr ? value : otherwise;
}

}  // namespace

TEST_CASE("Robustness: ten thousand random scenarios end in time, finite, and agree with their series",
          "[long][engine]") {
    const std::string path = environment("PLUMB_CAMPAIGN", "robustness.csv");
    int part = 0, parts = 1;
    char slash = 0;
    std::istringstream(environment("PLUMB_PART", "0/1")) >> part >> slash >> parts;
    std::set<int> done;
    int bad = 0;
    double slowest_s = 0.0, fastest = 0.0;
    const auto judge = [&](int number, double timed_s, double mps, const std::string& contradiction) {
        const ScenarioDef def = numbered(number);
        const double cpu_s = least_time_s(def, timed_s);
        slowest_s = std::max(slowest_s, cpu_s);
        fastest = std::max(fastest, mps);
        const bool good = cpu_s < k_longest_s && contradiction.empty() && !is_explosion(def, mps);
        bad += good ? 0 : 1;
        INFO("scenario " << number << ": " << cpu_s << " s, " << mps << " m/s, " << contradiction);
        CHECK(good);
    };
    std::ifstream before(path);
    for (std::string line; std::getline(before, line);) {
        int number = 0;
        double cpu_s = 0.0, simulated_s = 0.0, mps = 0.0;
        char outcome[40] = "", contradiction[80] = "";
        // A line cut off by an interruption lacks its end and is run again.
        if (line.ends_with(";")
            && std::sscanf(line.c_str(), "%d,%39[^,],%lf,%lf,%lf,%79[^;]", &number, outcome, &simulated_s,
                           &cpu_s, &mps, contradiction)
                   >= 5
            && done.insert(number).second)
            judge(number, cpu_s, mps, contradiction);
    }
    std::ofstream results(path, std::ios::app);
    REQUIRE(results);
    results << "\n";
    for (int number = part; number < k_scenarios; number += parts) {
        if (done.contains(number)) continue;
        const std::clock_t start = std::clock();
        const auto run = simulate(numbered(number));
        const Assessment a = assess_balance(*run);
        const double cpu_s = seconds_since(start);
        const std::string contradiction = find_contradiction(*run, a);
        const double mps = fastest_mps(*run);
        results << number << "," << outcome_name(a.outcome) << "," << run->frames.back().time_s << ","
                << cpu_s << "," << mps << "," << contradiction << ";" << std::endl;
        done.insert(number);
        judge(number, cpu_s, mps, contradiction);
        if (done.size() % 100 == 0) {
            std::printf("%zu of %d done, %d bad, slowest %.1f s, fastest %.1f m/s\n", done.size(),
                        k_scenarios, bad, slowest_s, fastest);
            std::fflush(stdout);
        }
    }
}

TEST_CASE("A foot that ticks under who leans on a wall does not keep the fine step", "[long][engine]") {
    const auto run = simulate(load_scenario(PLUMBLINE_SOURCE_DIR "/tests/campaigns/ticking_foot.toml"));
    CHECK(assess_balance(*run).outcome == Outcome::slipped);
    CHECK(run->engine.steps < 16000);  // 19,892 before, 14,468 since; 5618 would be coarse
}

TEST_CASE("Light toes throw nobody: squats that exploded before toes carried an inertia", "[engine]") {
    const auto kept = simulate(load_scenario(PLUMBLINE_SOURCE_DIR "/tests/campaigns/light_toes.toml"));
    REQUIRE(kept->plan.model.body.has_toes());
    CHECK(fastest_mps(*kept) < 10.0);
    // Found by the campaign beside it: 13 to 20 m/s without a push, with half the step under 10, and one of them (4524) completed.
    // A new field of the scenario changes what is drawn; the bound holds for whatever it is.
    for (const int number : {738, 4549, 5556, 2238, 806, 2879, 4046, 4524}) {
        ScenarioDef def = numbered(number);
        def.movement.heels = Heels::may_lift;
        def.push.time_s.reset();
        const auto run = simulate(def);
        INFO("scenario " << number << ": " << outcome_name(assess_balance(*run).outcome));
        REQUIRE(run->plan.model.body.has_toes());
        CHECK(fastest_mps(*run) < 10.0);
    }
}
