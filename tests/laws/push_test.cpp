// A push from outside moves the body as its impulse says, in Bullet as in the run's own books.
#include <cmath>

#include "sim/engine/bullet_world.h"
#include "sim/engine/simulate.h"
#include "tests/catch.h"
#include "tests/laws/flights.h"
#include "tests/laws/mechanics.h"
#include "tests/plan/random_person.h"

using namespace plumb;
using namespace plumb::test;

TEST_CASE("A push in flight changes momentum and angular momentum by its impulse, on any link", "[laws]") {
    std::mt19937_64 random(81);
    for (int i = 0; i < 12; ++i) {
        const BodyModel body = draw_body(random);
        BodyState start;
        start.pose.pelvis_m = {0.0, 0.0, 30.0};
        const int link = static_cast<int>(random() % k_link_count);
        const Kinematics k = forward_kinematics(body, start.pose);
        // Short enough that the body has not yet turned: the place stays under the force to the second order.
        const double dt_s = 1e-5;
        const Vector3 force(draw(random, -200, 200), draw(random, -200, 200), draw(random, -200, 200));
        const Vector3 local(draw(random, -0.1, 0.1), draw(random, -0.1, 0.1), draw(random, -0.1, 0.1));
        const auto flown = [&](bool pushed) {
            BulletWorld world(body, std::nullopt);
            world.set_state(start);
            if (pushed) world.push({link, k.point(link, local), force});
            world.step(DofVector::Zero(), dt_s);
            return mechanics_of(body, world.state());
        };
        const Mechanics with = flown(true), without = flown(false);
        INFO("link " << link);
        CHECK((with.momentum_kgmps - without.momentum_kgmps - force * dt_s).norm()
              < 1e-6 * force.norm() * dt_s);
        const Vector3 moment = (k.point(link, local) - k.com_m).cross(force);
        CHECK((with.angular_momentum_kgm2ps - without.angular_momentum_kgm2ps - moment * dt_s).norm()
              < 1e-5 * force.norm() * dt_s);
    }
}

TEST_CASE("A push lasts one step: the next one is free of it", "[laws]") {
    std::mt19937_64 random(82);
    const BodyModel body = draw_body(random);
    BodyState start;
    start.pose.pelvis_m = {0.0, 0.0, 30.0};
    BulletWorld world(body, std::nullopt);
    world.set_state(start);
    world.push({k_thorax_link, {0.0, 0.0, 30.2}, {100.0, 0.0, 0.0}});
    world.step(DofVector::Zero(), 1e-4);
    const Vector3 after = mechanics_of(body, world.state()).momentum_kgmps;
    world.step(DofVector::Zero(), 1e-4);
    CHECK(std::abs(mechanics_of(body, world.state()).momentum_kgmps.x() - after.x()) < 1e-9);
}

TEST_CASE("A stepped run is the run; a push is in its frames and a hard one topples who stood", "[engine]") {
    ScenarioDef def;
    def.movement.depth = 0.1;
    const ScenarioDef resolved = resolve_scenario(def);
    const SquatPlan plan = plan_squat(build_person(resolved.person), resolved);
    const auto whole = simulate_plan(resolved, plan);
    const auto stepped = [&](double force_N) {
        SteppedRun run(resolved, plan);
        while (run.advance()) {
            const double now_s = run.so_far().frames.back().time_s;
            run.push(now_s > 0.5 && now_s < 0.8 && force_N > 0.0
                         ? std::optional(Push{k_thorax_link, {0.0, 0.0, 0.2}, {-force_N, 0.0, 0.0}})
                         : std::nullopt);
        }
        return run.finish();
    };
    CHECK(stepped(0.0)->engine.state_hash == whole->engine.state_hash);
    const auto pushed = stepped(300.0);
    double impulse_Ns = 0.0;
    for (size_t i = 1; i < pushed->frames.size(); ++i)
        impulse_Ns -=
            pushed->frames[i].push_N.x() * (pushed->frames[i].time_s - pushed->frames[i - 1].time_s);
    CHECK(impulse_Ns == Catch::Approx(300.0 * 0.3).epsilon(0.05));
    CHECK(pushed->frames.back().phase == Phase::fallen);
}
