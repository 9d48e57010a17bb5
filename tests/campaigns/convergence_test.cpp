// Halving both steps, twice, on 100 seeded scenarios. Run by hand.
#include "tests/campaigns/convergence.h"
#include "tests/catch.h"

using namespace plumb;
using namespace plumb::test;

namespace {

/// Runs of one kind of end and how they changed with the step.
struct Kind {
    const char* name;
    int runs = 0, robust = 0, same = 0, robust_same = 0;
    double exit_depth = 0.0, peak = 0.0;
};

}  // namespace

TEST_CASE("Halving the steps twice changes no outcome that ten millimetres of margin do not",
          "[long][engine]") {
    std::mt19937_64 random(31);
    std::array<Kind, 3> kinds = {{{"on the feet"}, {"fallen"}, {"on the wall"}}};
    for (int i = 0; i < 100; ++i) {
        const ScenarioDef scenario = draw_convergence_scenario(random, i);
        const ConvergenceRun run = run_convergence(scenario);
        const Assessment& a = run.by_step[0];
        Kind& kind = kinds[a.outcome <= Outcome::fell_right ? 1 : a.wall ? 2 : 0];
        ++kind.runs;
        kind.robust += run.robust ? 1 : 0;
        kind.same += run.same_outcome() ? 1 : 0;
        kind.robust_same += run.robust && run.same_outcome() ? 1 : 0;
        if (run.robust) {
            kind.exit_depth = std::max(kind.exit_depth, run.exit_depth_change());
            if (a.outcome == Outcome::caught_by_wall) kind.peak = std::max(kind.peak, run.peak_change());
        }
        INFO("scenario " << i << ": " << outcome_name(a.outcome) << ", "
                         << outcome_name(run.by_step[1].outcome) << ", "
                         << outcome_name(run.by_step[2].outcome) << "; robust " << run.robust);
        if (run.robust) {
            CHECK(run.same_outcome());
            CHECK(run.exit_depth_change() < 0.02);
            if (a.outcome == Outcome::caught_by_wall) CHECK(run.peak_change() < 0.10);
        }
    }
    for (const Kind& kind : kinds)
        std::printf("%s: %d runs, %d keep their outcome with the margin shifted by 10 mm; equal at all three "
                    "steps: %d, "
                    "of those %d; worst change of exit depth %.4f, of the wall's peak when caught %.1f %%\n",
                    kind.name, kind.runs, kind.robust, kind.same, kind.robust_same, kind.exit_depth,
                    100.0 * kind.peak);
}
