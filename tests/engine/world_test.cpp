// Bullet against our own equations: the same body, the same accelerations; contact forces that carry the weight.
#include <Eigen/Cholesky>

#include "sim/engine/bullet_world.h"
#include "tests/catch.h"
#include "tests/laws/flights.h"

using namespace plumb;
using namespace plumb::test;

TEST_CASE("A state put into the world comes back", "[engine]") {
    std::mt19937_64 random(1);
    for (int person = 0; person < 10; ++person) {
        ScenarioDef def = draw_person(random);
        def.heel_wedge.height_m = person % 2 == 0 ? 0.0 : 0.03;
        if (person % 3 == 0) def.movement.heels = Heels::may_lift;
        const BodyModel body = plan_model(def).body;
        BulletWorld world(body, std::nullopt);
        const BodyState state = draw_flight(random, body, 2.0);
        world.set_state(state);
        const BodyState back = world.state();
        CHECK((back.pose.pelvis_m - state.pose.pelvis_m).norm() < 1e-12);
        CHECK((back.pose.pelvis_rotation - state.pose.pelvis_rotation).norm() < 1e-12);
        CHECK((back.pose.joints - state.pose.joints).norm() < 1e-12);
        CHECK((back.velocity - state.velocity).norm() < 1e-12);
    }
}

TEST_CASE("Bullet accelerates the body as the equations of motion say", "[engine]") {
    // One step of 1 us from the same state: the change of velocity is the acceleration to first order in the step.
    constexpr double k_dt_s = 1e-6;
    std::mt19937_64 random(2);
    for (int trial = 0; trial < 40; ++trial) {
        ScenarioDef def = draw_person(random);
        def.heel_wedge.height_m = trial % 2 == 0 ? 0.0 : 0.04;
        def.counterweight.mass_kg = trial % 3 == 0 ? 6.0 : 0.0;
        if (trial % 4 > 1) def.movement.heels = Heels::may_lift;
        const BodyModel body = plan_model(def).body;
        BulletWorld world(body, std::nullopt);
        const BodyState state = draw_flight(random, body, 1.0);
        DofVector moments = DofVector::Zero();
        for (int dof = 0; dof < body.dof_count; ++dof)
            moments[dof] = dof < k_toeless_dof_count ? draw(random, -20.0, 20.0) : draw(random, -0.5, 0.5);
        world.set_state(state);
        world.step(moments, k_dt_s);
        const VelocityVector measured = (world.state().velocity - state.velocity) / k_dt_s;

        const Kinematics k = forward_kinematics(body, state.pose);
        VelocityVector force = -inverse_dynamics(body, k, state.velocity, VelocityVector::Zero(), {});
        force.tail<k_dof_count>() += moments;
        const VelocityVector expected = mass_matrix(body, k).llt().solve(force);
        // Bullet handles the base's gyroscopic term explicitly; light segments reach thousands of rad/s^2.
        INFO("trial " << trial);
        CHECK((measured - expected).norm() < 2e-4 * (expected.norm() + 100.0));
    }
}

TEST_CASE("The soles carry what rests on them, and the wall what leans on it", "[engine]") {
    const SquatPlan plan = plan_squat(build_person(resolve_scenario({}).person), resolve_scenario({}));
    const BodyModel& body = plan.model.body;
    BulletWorld world(body, 0.5);
    BodyState state;
    state.pose = planned_state(plan, {}).pose;
    world.set_state(state);
    // Held by the static moments for a moment: the ground answers with the weight.
    const Kinematics k = forward_kinematics(body, state.pose);
    const DofVector moments = standing_statics(body, k).moments.tail<k_dof_count>();
    Vector3 impulse = Vector3::Zero();
    for (int i = 0; i < 40; ++i) {
        world.step(moments, 1e-3);
        if (i >= 20) impulse += 1e-3 * (world.contacts().foot_N[0] + world.contacts().foot_N[1]);
    }
    CHECK(impulse.z() / 0.02 == Catch::Approx(body.weight_N()).epsilon(0.02));
    CHECK(world.contacts().wall.empty());
    CHECK(world.contacts().floor_other.empty());
}
