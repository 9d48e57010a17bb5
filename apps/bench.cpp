// plumbline_bench: how fast the stations work. Prints one JSON document, the same but for its times.
#include <algorithm>
#include <cctype>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <functional>
#include <memory>
#include <stdexcept>
#include <string>
#include <vector>

#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include "apps/bench_pictures.h"
#include "apps/bench_sweep.h"
#include "apps/complaint.h"
#include "sim/balance/assessment.h"
#include "sim/base/text.h"
#include "sim/engine/bullet_world.h"
#include "sim/engine/controller.h"
#include "sim/engine/simulate.h"
#include "sim/scenario/scenario_fields.h"
#ifdef PLUMB_HAS_MUJOCO
#include "twins/mujoco_world.h"
#endif

namespace plumb {
namespace {

using Json = nlohmann::ordered_json;

constexpr int k_default_repetitions = 6, k_most_repetitions = 1000;  ///< 6 take 15 to 20 s
constexpr int k_settle_steps = 60, k_stand_steps = 120;

#if defined(NDEBUG) && defined(__OPTIMIZE__)
constexpr const char* k_build_type = "Release or RelWithDebInfo";  // the same code
#else
constexpr const char* k_build_type = "Check or other: slow";
#endif

/// A time is worth nothing if the work was not what it should be.
void require(bool as_it_should_be, const std::string& otherwise) {
    if (!as_it_should_be) throw std::runtime_error(otherwise);
}

template <class Work>
double seconds_of(Work&& work) {
    using Clock = std::chrono::steady_clock;
    const Clock::time_point start = Clock::now();
    work();
    return std::chrono::duration<double>(Clock::now() - start).count();
}

struct StandingTimes {
    double bullet_s = 0.0, control_s = 0.0;  ///< a call
};

/// Stands for half a second once contact forces have built up. Each block starts anew: it is the same work.
StandingTimes time_standing(const SquatPlan& plan) {
    const double dt_s = SimulationDef{}.dt_s;
    const PlannedState still = planned_state(plan, {});
    BulletWorld world(plan.model.body, std::nullopt);
    BalanceController controller(plan.model.body);
    world.set_state({still.pose});
    StandingTimes times;
    for (int i = -k_settle_steps; i < k_stand_steps; ++i) {
        const BodyState state = world.state();
        MuscleMoments muscles;
        const double control_s = seconds_of([&] { muscles = controller.moments(state, still, {}, dt_s); });
        const DofVector total_Nm = muscles.total_Nm();
        const double bullet_s = seconds_of([&] { world.step(total_Nm, dt_s); });
        if (i < 0) continue;
        times.control_s += control_s / k_stand_steps;
        times.bullet_s += bullet_s / k_stand_steps;
    }
    require((world.state().pose.pelvis_m - still.pose.pelvis_m).norm() < 0.01, "the body does not stand");
    return times;
}

/// Solves one posture after the other on the way down, each from the last one.
using Solve = std::function<PostureSolution(double drop, const Posture& start)>;
double time_solves(const SquatPlan& plan, const Solve& solve) {
    Posture last = plan.knots.front().posture;
    bool all_met = true;
    const double all_s = seconds_of([&] {
        for (const PlanKnot& knot : plan.knots) {
            const PostureSolution solution = solve(knot.drop, last);
            last = solution.posture;
            all_met = all_met && solution.worst_slack > -k_slack_tolerance_sd;
        }
    });
    require(all_met, "a posture that exists was not found");
    return all_s / static_cast<double>(plan.knots.size());
}

/// A part of the program, timed in blocks of calls.
struct Part {
    std::string name;
    std::function<double()> time_s;  ///< runs a block; mean over its calls
    std::vector<double> samples_us{};
};

std::vector<Part> make_parts(const Person& person, const ScenarioDef& scenario, const SquatPlan& plan) {
    std::vector<Posture> guide;  // as plan_squat gives it
    for (const PlanKnot& knot : choose_path(plan.model).knots) guide.push_back(knot.posture);
    const auto least_effort = [&](double drop, const Posture& start) {
        return least_effort_posture(plan.model, drop, {}, start);
    };
    const auto max_slack = [&](double drop, const Posture& start) {
        return max_slack_posture(plan.model, drop, {}, start);
    };
    const auto limit = [&plan, guide] { (void)find_static_limit(plan.model, {BaseKind::sole}, guide); };
    const auto squat = [&] { (void)plan_squat(person, scenario); };
    return {
        {"bullet_step", [&] { return time_standing(plan).bullet_s; }},
        {"control_step", [&] { return time_standing(plan).control_s; }},
        {"least_effort_posture", [&plan, least_effort] { return time_solves(plan, least_effort); }},
        {"max_slack_posture", [&plan, max_slack] { return time_solves(plan, max_slack); }},
        {"find_static_limit", [limit] { return seconds_of(limit); }},
        {"plan_squat", [squat] { return seconds_of(squat); }},
    };
}

/// A scenario simulated once a repetition, planning included.
struct WholeRun {
    std::string name;
    Outcome expected;
    ScenarioDef scenario{};
    std::shared_ptr<const Recording> recording{};
    std::vector<double> samples_s{};
};

double time_run(WholeRun& run) {
    std::shared_ptr<const Recording> recording;
    const double wall_s = seconds_of([&] { recording = simulate(run.scenario); });
    if (!run.recording) run.recording = recording;
    require(recording->engine.state_hash == run.recording->engine.state_hash,
            run.name + " is not the same every time");
    require(assess_balance(*recording).outcome == run.expected, run.name + " does not end as it should");
    return wall_s;
}

/// The program beside this one, as a user starts it: files, planning and all. Quiet; must succeed.
double time_program(const std::string& words) {
    const auto exe = std::filesystem::read_symlink("/proc/self/exe").parent_path() / "plumbline";
    const std::string command = "'" + exe.string() + "' " + words + " >/dev/null";
    int code = 0;
    const double wall_s = seconds_of([&] { code = std::system(command.c_str()); });
    require(code == 0, "plumbline " + words + " failed");
    return wall_s;
}

/// A completed 30 s squat by the program, results written; and the program's start-up alone.
struct ProgramTimes {
    std::vector<double> run_s{}, with_intervals_s{}, start_ms{};
    std::filesystem::path folder;

    ProgramTimes() {
        std::string name = (std::filesystem::temp_directory_path() / "plumbline-bench-XXXXXX").string();
        require(::mkdtemp(name.data()) != nullptr, "cannot make a temporary folder");
        folder = name;
    }
    ~ProgramTimes() {
        std::error_code ignored;
        std::filesystem::remove_all(folder, ignored);
    }
    ProgramTimes(const ProgramTimes&) = delete;
    ProgramTimes& operator=(const ProgramTimes&) = delete;

    void measure() {
        start_ms.push_back(1e3 * time_program("--version"));
        const std::string words =
            "run able --set movement.hold_s=22 --out '" + (folder / "out").string() + "'";
        run_s.push_back(time_program(words + " --no-interval"));
        with_intervals_s.push_back(time_program(words));
    }
};

#ifdef PLUMB_HAS_MUJOCO
/// The same plan and controller in both engines, in turn; without planning and files.
struct TwinTimes {
    std::vector<double> bullet_s{}, mujoco_s{}, ratio{};
    double simulated_s = 0.0;

    void measure(const ScenarioDef& scenario, const SquatPlan& plan) {
        const double bullet =
            seconds_of([&] { simulated_s = simulate_plan(scenario, plan)->frames.back().time_s; });
        const double mujoco = seconds_of([&] {
            const auto run = simulate_plan(scenario, plan, {}, make_mujoco_world);
            require(run->frames.back().time_s == simulated_s, "the engines part");
        });
        bullet_s.push_back(bullet);
        mujoco_s.push_back(mujoco);
        ratio.push_back(bullet / mujoco);
    }
};
#endif

/// Four digits: more would be noise.
Json rounded(double value) {
    char text[32];
    std::snprintf(text, sizeof text, "%.4g", value);
    return parse_number(text).value_or(value);
}

/// Median and the span that leaves out a tenth at each end, between neighbours by interpolation.
Json spread(std::vector<double> samples) {
    std::sort(samples.begin(), samples.end());
    const auto at = [&](double share) {
        const double place = share * static_cast<double>(samples.size() - 1);
        const auto below = static_cast<size_t>(place);
        const size_t above = std::min(below + 1, samples.size() - 1);
        return rounded(std::lerp(samples[below], samples[above], place - static_cast<double>(below)));
    };
    return {{"median", at(0.5)}, {"p10", at(0.1)}, {"p90", at(0.9)}};
}

Json run_json(const WholeRun& run) {
    const double simulated_s = run.recording->frames.back().time_s;
    std::vector<double> factors;
    for (const double wall_s : run.samples_s) factors.push_back(simulated_s / wall_s);
    return {{"outcome", outcome_name(run.expected)},
            {"simulated_s", rounded(simulated_s)},
            {"steps", run.recording->engine.steps},
            {"wall_s", spread(run.samples_s)},
            {"real_time_factor", spread(factors)}};
}

Json bench(int repetitions) {
    const ScenarioDef scenario = resolve_scenario({});
    const Person person = build_person(scenario.person);
    const SquatPlan plan = plan_squat(person, scenario);
    std::vector<Part> parts = make_parts(person, scenario, plan);
    std::vector<WholeRun> runs = {
        {"squat_10_s", Outcome::completed},
        {"squat_30_s", Outcome::completed, {.movement = {.hold_s = 22.0}}},
        {"fall", Outcome::fell_backward, {.person = {.ankle_dorsiflexion_deg = 18.0}}},
    };
    ProgramTimes program;
    PictureTimes pictures;
#ifdef PLUMB_HAS_MUJOCO
    TwinTimes twins;
    const ScenarioDef long_hold = resolve_scenario(runs[1].scenario);
    const SquatPlan long_plan = plan_squat(build_person(long_hold.person), long_hold);
#endif
    // By turns, so that a machine that slows down meanwhile slows all alike.
    for (int i = 0; i < repetitions; ++i) {
        program.measure();
        pictures.measure();
#ifdef PLUMB_HAS_MUJOCO
        twins.measure(long_hold, long_plan);
#endif
        for (WholeRun& run : runs) {
            for (Part& part : parts) part.samples_us.push_back(1e6 * part.time_s());
            run.samples_s.push_back(time_run(run));
        }
    }
    // Clang's version opens with its own name.
    const std::string compiler = (std::isdigit(__VERSION__[0]) != 0 ? "GCC " : "") + std::string(__VERSION__);
    Json json = {{"version", "plumbline " PLUMBLINE_VERSION},
                 {"compiler", compiler},
                 {"build_type", k_build_type},
                 {"repetitions", repetitions}};
    for (const Part& part : parts) {
        Json& entry = json["us_per_call"][part.name];
        entry = spread(part.samples_us);
        entry["samples"] = part.samples_us.size();
    }
    for (const WholeRun& run : runs) json["simulate"][run.name] = run_json(run);
    const double squat_s = runs[1].recording->frames.back().time_s;
    std::vector<double> factors;
    for (const double wall_s : program.run_s) factors.push_back(squat_s / wall_s);
    json["program"] = {{"start_ms", spread(program.start_ms)},
                       {"run_30_s_squat_with_files",
                        {{"wall_s", spread(program.run_s)}, {"real_time_factor", spread(factors)}}},
                       {"the_same_with_intervals", {{"wall_s", spread(program.with_intervals_s)}}}};
#ifdef PLUMB_HAS_MUJOCO
    json["twin_30_s_squat"] = {
        {"bullet_s", spread(twins.bullet_s)},
        {"mujoco_s", spread(twins.mujoco_s)},
        {"bullet_over_mujoco", spread(twins.ratio)},
        {"note", "MuJoCo takes steps of 1/960 s, Bullet 1/240 s; same plan, controller, recorder"}};
#else
    json["twin_30_s_squat"] = nullptr;  // this system has no MuJoCo
#endif
    const SweepBench sweep = bench_refined_sweep();
    const auto cells = static_cast<double>(sweep.cells), evaluated = static_cast<double>(sweep.evaluated);
    json["refined_sweep"] = {{"cells", sweep.cells},
                             {"evaluated", sweep.evaluated},
                             {"fewer_times", rounded(cells / evaluated)},
                             {"threads", sweep.threads},
                             {"wall_s", rounded(sweep.wall_s)},
                             {"cells_per_s", rounded(cells / sweep.wall_s)},
                             {"evaluated_per_s", rounded(evaluated / sweep.wall_s)}};
    json["lab"] = {{"skin_20_mm_ms", spread(pictures.skin_ms)},
                   {"draw_low_tier_1280x800_ms", spread(pictures.draw_ms)},
                   {"frame_low_tier_1280x800_ms", spread(pictures.frame_ms)},
                   {"drag_to_planned_posture_ms", spread(pictures.preview_ms)}};
    return json;
}

void parse_and_run(int argc, char** argv) {
    CLI::App app("Measures how fast Plumbline plans and simulates; prints JSON.", "plumbline_bench");
    int repetitions = k_default_repetitions;
    app.add_option("--repetitions", repetitions, "How often each run is timed")
        ->check(CLI::Range(1, k_most_repetitions))
        ->capture_default_str();
    std::string text;
    try {
        app.parse(argc, argv);
        text = bench(repetitions).dump(2) + "\n";
    } catch (const CLI::CallForHelp&) {
        text = app.help();
    }
    require(std::fwrite(text.data(), 1, text.size(), stdout) == text.size() && std::fflush(stdout) == 0,
            "cannot write to standard output");
}

}  // namespace
}  // namespace plumb

int main(int argc, char** argv) {
    try {
        plumb::parse_and_run(argc, argv);
        return 0;
    } catch (const CLI::ParseError& error) {
        return plumb::complain("plumbline_bench", std::string(error.what()) + " (plumbline_bench --help)",
                               plumb::k_bad_input);
    } catch (const std::exception& error) {
        return plumb::complain("plumbline_bench", error.what(), plumb::k_own_failure);
    }
}
