// A push from outside moves the body as its impulse says, in Bullet as in the run's own books.
#include <cmath>

#include "sim/base/units.h"
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

TEST_CASE("A scenario's push gives its impulse, in its direction, at its time, whatever the steps",
          "[laws]") {
    std::mt19937_64 random(83);
    for (int i = 0; i < 6; ++i) {
        ScenarioDef def = draw_person(random);
        def.movement.depth = 0.05;
        def.movement.descend_s = def.movement.hold_s = def.movement.ascend_s = 0.5;
        def.push.time_s = draw(random, 0.0, 1.5);
        def.push.impulse_Ns = draw(random, 1.0, 15.0);
        def.push.direction_deg = draw(random, 0.0, 360.0);
        def.push.height_ratio = draw(random, 0.5, 0.85);
        SimulationDef halves;
        halves.dt_s /= 2.0;
        for (const SimulationDef& steps : {SimulationDef{}, halves}) {
            const auto run = simulate(def, steps);
            Vector3 impulse = Vector3::Zero();
            double first_s = -1.0, last_s = -1.0;
            double before_s = 0.0;
            for (const Frame& frame : run->frames) {
                impulse += frame.push_N * (frame.time_s - before_s);
                if (!frame.push_N.isZero()) {
                    if (first_s < 0.0) first_s = before_s;
                    last_s = frame.time_s;
                }
                before_s = frame.time_s;
            }
            const double turn = def.push.direction_deg * k_deg_to_rad;
            const Vector3 asked = def.push.impulse_Ns * Vector3(std::cos(turn), std::sin(turn), 0.0);
            INFO("direction " << def.push.direction_deg << ", dt " << steps.dt_s);
            CHECK((impulse - asked).norm() < 1e-9 * def.push.impulse_Ns);
            const double frame_s = steps.dt_s * steps.steps_per_frame;
            CHECK(std::abs(first_s - *def.push.time_s) < 0.51 * frame_s);
            CHECK(std::abs(last_s - first_s - k_push_s) < 0.51 * frame_s);
        }
        // The point is where it was asked: on the midline, at that height, when standing.
        const ScenarioDef resolved = resolve_scenario(def);
        const SquatPlan plan = plan_squat(build_person(resolved.person), resolved);
        const Pose pose = planned_state(plan, {}).pose;
        const Push push = planned_push(def.push, plan.model.body, pose, k_push_s);
        const Vector3 place = forward_kinematics(plan.model.body, pose).point(push.link, push.local_m);
        CHECK(place.z() == Catch::Approx(def.push.height_ratio * def.person.stature_m).margin(1e-9));
        CHECK(std::abs(place.y()) < 1e-9);
    }
}
