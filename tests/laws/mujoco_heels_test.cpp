// Squats on raised heels in MuJoCo: the same plan and controller, another engine's toes.
#include <cmath>

#include "sim/balance/assessment.h"
#include "sim/engine/simulate.h"
#include "tests/catch.h"
#include "tests/engine/riser.h"
#include "twins/mujoco_world.h"

using namespace plumb;
using namespace plumb::test;

TEST_CASE("MuJoCo's person rises on the toes as Bullet's", "[laws]") {
    std::mt19937_64 random(62);
    int done = 0;
    for (int drawn = 0; done < 3 && drawn < 20; ++drawn) {
        ScenarioDef def = draw_riser(random);
        def.engine.control = Control::ideal;
        const ScenarioDef resolved = resolve_scenario(def);
        const SquatPlan plan = motion_plan(resolved);
        if (!plan.heels_rise || !plan.asked_reachable) continue;
        ++done;
        const auto bullet = simulate_plan(resolved, plan),
                   mujoco = simulate_plan(resolved, plan, {}, make_mujoco_world);
        INFO(canonical_text(def));
        CHECK(assess_balance(*bullet).outcome == Outcome::heels_lifted);
        CHECK(assess_balance(*mujoco).outcome == Outcome::heels_lifted);
        REQUIRE(bullet->frames.size() == mujoco->frames.size());
        double com_m = 0.0, heel_m = 0.0;
        for (size_t i = 0; i < bullet->frames.size(); ++i) {
            const Frame &a = bullet->frames[i], &b = mujoco->frames[i];
            com_m = std::max(com_m, (a.com_m - b.com_m).norm());
            heel_m = std::max(heel_m, std::abs(a.heel_height_m[0] - b.heel_height_m[0]));
        }
        WARN("raised heels in Bullet and MuJoCo: COM " << 1e3 * com_m << " mm, heel height " << 1e3 * heel_m
                                                       << " mm");
        CHECK(com_m < 2e-3);
        CHECK(heel_m < 5e-3);
    }
    CHECK(done == 3);
}
