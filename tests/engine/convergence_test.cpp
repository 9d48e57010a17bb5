// Step halving on a few scenarios; the campaign over 100 is tests/campaigns/convergence_test.cpp.
#include "tests/campaigns/convergence.h"
#include "tests/catch.h"

using namespace plumb;
using namespace plumb::test;

TEST_CASE("Halving the steps changes neither outcome nor exit depth of a robust run", "[engine]") {
    std::mt19937_64 random(32);
    int robust = 0;
    for (int i = 0; i < 2; ++i) {
        const ConvergenceRun run = run_convergence(draw_convergence_scenario(random, i));
        if (!run.robust) continue;
        ++robust;
        INFO("scenario " << i);
        CHECK(run.same_outcome());
        CHECK(run.exit_depth_change() < 0.02);
    }
    CHECK(robust >= 1);
}

TEST_CASE("A plan shifted by nothing is the same plan", "[engine]") {
    const ScenarioDef scenario = resolve_scenario({.engine = {.control = Control::ideal}});
    const SquatPlan plan = plan_squat(build_person(scenario.person), scenario);
    const SquatPlan same = shifted(plan, 0.0), other = shifted(plan, -0.01);
    for (const double position : {0.0, 0.3, 0.77, 1.0}) {
        CHECK(std::abs(same.path.at(position).hip_x_m - plan.path.at(position).hip_x_m) < 1e-4);
        const double moved_m = other.path.at(position).hip_x_m - plan.path.at(position).hip_x_m;
        CHECK(std::abs(moved_m - (position > 0.0 ? -0.01 : 0.0)) < 1e-4);
    }
}
