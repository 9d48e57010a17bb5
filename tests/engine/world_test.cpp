// Bullet against our own equations: the same body, the same accelerations; contact forces that carry the weight.
#include <Eigen/Cholesky>
#include <Eigen/Geometry>

#include "sim/base/units.h"
#include "sim/engine/bullet_world.h"
#include "tests/catch.h"
#include "tests/plan/random_person.h"

using namespace plumb;
using namespace plumb::test;

namespace {

BodyState draw_flight(std::mt19937_64& random, const BodyModel& body, double rate) {
    BodyState state;
    state.pose.pelvis_m = {draw(random, -0.5, 0.5), draw(random, -0.5, 0.5), 20.0};
    state.pose.pelvis_rotation = (Eigen::AngleAxisd(draw(random, -1.0, 1.0), Vector3::UnitX())
                                  * Eigen::AngleAxisd(draw(random, -1.0, 1.0), Vector3::UnitY())
                                  * Eigen::AngleAxisd(draw(random, -1.0, 1.0), Vector3::UnitZ()))
                                     .toRotationMatrix();
    for (int dof = 0; dof < k_dof_count; ++dof) {
        const JointRange& range = body.person.ranges[static_cast<size_t>(dof)];
        // Well inside the range: no end stop acts.
        state.pose.joints[dof] = range.min_rad + draw(random, 0.2, 0.8) * (range.max_rad - range.min_rad);
    }
    for (int i = 0; i < k_velocity_count; ++i) state.velocity[i] = draw(random, -rate, rate);
    return state;
}

}  // namespace

TEST_CASE("A state put into the world comes back", "[engine]") {
    std::mt19937_64 random(1);
    for (int person = 0; person < 10; ++person) {
        ScenarioDef def = draw_person(random);
        def.heel_wedge.height_m = person % 2 == 0 ? 0.0 : 0.03;
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
        const BodyModel body = plan_model(def).body;
        BulletWorld world(body, std::nullopt);
        const BodyState state = draw_flight(random, body, 1.0);
        DofVector moments;
        for (int dof = 0; dof < k_dof_count; ++dof) moments[dof] = draw(random, -20.0, 20.0);
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

TEST_CASE("A body in flight falls with g and keeps its angular momentum", "[engine]") {
    std::mt19937_64 random(3);
    const BodyModel body = plan_model({}).body;
    BulletWorld world(body, std::nullopt);
    BodyState state = draw_flight(random, body, 0.3);
    world.set_state(state);
    const auto momentum = [&](const BodyState& s) {
        const Kinematics k = forward_kinematics(body, s.pose);
        const SpatialVectors v = link_velocities(body, k, s.velocity);
        Vector3 sum = Vector3::Zero();
        for (int i = 0; i < k_link_count; ++i) {
            const Segment& segment = body.links[static_cast<size_t>(i)].segment;
            if (segment.mass_kg <= 0.0) continue;
            const Matrix3& r = k.rotation[static_cast<size_t>(i)];
            const Vector3 c = k.point(i, segment.com_m);
            sum += r * segment.inertia_kgm2 * r.transpose() * v[static_cast<size_t>(i)].head<3>()
                   + segment.mass_kg * (c - k.com_m).cross(point_velocity(v[static_cast<size_t>(i)], c));
        }
        return sum;
    };
    const Kinematics before = forward_kinematics(body, state.pose);
    const Vector3 velocity = com_velocity(body, before, link_velocities(body, before, state.velocity));
    const Vector3 at_start = momentum(state);
    constexpr int k_steps = 500;
    constexpr double k_dt_s = 1e-3;
    for (int i = 0; i < k_steps; ++i) world.step(DofVector::Zero(), k_dt_s);
    state = world.state();
    const double t = k_steps * k_dt_s;
    const Vector3 expected = before.com_m + velocity * t - Vector3(0, 0, 0.5 * k_gravity_mps2 * t * t);
    // Explicit steps of 1 ms: the place errs by g t dt / 2 = 2.5 mm, the momentum by some 0.1 % a second.
    CHECK((forward_kinematics(body, state.pose).com_m - expected).norm() < 4e-3);
    CHECK((momentum(state) - at_start).norm() < 5e-3 * (at_start.norm() + 0.1));
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
    CHECK(impulse.z() / 0.02 == Approx(body.weight_N()).epsilon(0.02));
    CHECK(world.contacts().wall.empty());
    CHECK(world.contacts().floor_other.empty());
}
