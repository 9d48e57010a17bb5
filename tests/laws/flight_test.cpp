// Bodies in the air: the COM on its parabola, momentum and angular momentum kept, whatever the joints do.
#include <Eigen/Cholesky>

#include "sim/body/dynamics.h"
#include "tests/catch.h"
#include "tests/laws/flights.h"
#include "tests/laws/mechanics.h"

using namespace plumb;
using namespace plumb::test;

namespace {

constexpr double k_flight_s = 0.25;

/// g t dt / 2.
double fall_short_m(int steps) { return 0.5 * k_gravity_mps2 * k_flight_s * k_flight_s / steps; }

/// Moments that swing every joint to and fro at 3 Hz, by a few deg.
DofVector draw_swing_Nm(std::mt19937_64& random, const BodyModel& body, const Pose& pose) {
    VelocityVector acceleration = VelocityVector::Zero();
    for (int dof = 0; dof < k_dof_count; ++dof) acceleration[6 + dof] = draw(random, -15.0, 15.0);
    // The free base gives way: its acceleration is what no force from outside leaves it.
    const MassMatrix m = mass_matrix(body, forward_kinematics(body, pose));
    acceleration.head<6>() = -m.topLeftCorner<6, 6>().llt().solve(m.topRightCorner<6, k_dof_count>()
                                                                  * acceleration.tail<k_dof_count>());
    return (m * acceleration).tail<k_dof_count>();
}

struct Flight {
    BodyModel body;
    BodyState start;
    DofVector swing_Nm = DofVector::Zero();
};

/// Random bodies, tumbling, every joint turning; every other one with moments in all joints.
std::vector<Flight> draw_flights(std::uint64_t seed, int count) {
    std::mt19937_64 random(seed);
    std::vector<Flight> flights;
    for (int i = 0; i < count; ++i) {
        Flight flight{draw_body(random), {}, DofVector::Zero()};
        flight.start = draw_flight(random, flight.body, 0.7);
        flight.body = without_ends(flight.body);
        for (int axis = 0; axis < 3; ++axis) {
            flight.start.velocity[axis] = draw(random, -2.0, 2.0);
            flight.start.velocity[3 + axis] = draw(random, -2.0, 2.0);
        }
        // Small enough to keep every joint under the engine's fastest rate.
        if (i % 2 == 1) flight.swing_Nm = 0.6 * draw_swing_Nm(random, flight.body, flight.start.pose);
        flights.push_back(std::move(flight));
    }
    return flights;
}

/// What a flight of `steps` equal steps misses by at its end.
struct Miss {
    Vector3 place_m;         ///< COM less its parabola
    Vector3 momentum_kgmps;  ///< less the start's, gravity's share taken off
    Vector3 angular_kgm2ps;  ///< less the start's
};

Miss fly(const Flight& flight, int steps) {
    const Mechanics start = mechanics_of(flight.body, flight.start);
    BulletWorld world(flight.body, std::nullopt);
    world.set_state(flight.start);
    const double dt_s = k_flight_s / steps;
    Miss miss;
    for (int i = 0; i < steps; ++i) world.step(flight.swing_Nm * std::cos(2.0 * k_pi * 3.0 * i * dt_s), dt_s);
    const Mechanics end = mechanics_of(flight.body, world.state());
    const Vector3 g(0.0, 0.0, -k_gravity_mps2);
    const double mass_kg = flight.body.total_mass_kg;
    miss.place_m =
        end.com_m
        - (start.com_m + k_flight_s * start.momentum_kgmps / mass_kg + 0.5 * k_flight_s * k_flight_s * g);
    miss.momentum_kgmps = end.momentum_kgmps - start.momentum_kgmps - mass_kg * k_flight_s * g;
    miss.angular_kgm2ps = end.angular_momentum_kgm2ps - start.angular_momentum_kgm2ps;
    return miss;
}

}  // namespace

TEST_CASE("A body that falls without turning is g t dt / 2 below its parabola, exactly", "[laws]") {
    // Velocity first, place with the new velocity: v is exact, the place is sum of g dt^2 i = g t^2 / 2 + g t dt / 2.
    std::mt19937_64 random(51);
    for (int i = 0; i < 6; ++i) {
        Flight flight{draw_body(random), {}, DofVector::Zero()};
        flight.start = draw_flight(random, flight.body, 3.0);
        flight.start.velocity.head<3>().setZero();
        flight.start.velocity.tail<k_dof_count>().setZero();
        for (const int steps : {60, 240}) {
            const Miss miss = fly(flight, steps);
            const Vector3 expected(0.0, 0.0, -fall_short_m(steps));
            INFO("flight " << i << ", " << steps << " steps");
            // Rounding of places of 20 m over some hundred steps; momenta of some 300 kg m/s.
            CHECK((miss.place_m - expected).norm() < 1e-11);
            CHECK(miss.momentum_kgmps.norm() < 1e-9);
            CHECK(miss.angular_kgm2ps.norm() < 1e-9);
        }
    }
}

TEST_CASE("A tumbling body's COM converges to its parabola, moments inside the body or not", "[laws]") {
    int number = 0;
    for (const Flight& flight : draw_flights(52, 8)) {
        const Miss coarse = fly(flight, 60), fine = fly(flight, 120), finest = fly(flight, 240);
        INFO("flight " << number++);
        // First order: half the step, half the miss, and 2 fine - coarse is right to the second order. What is left is the
        // square of dt / time constant (1/240 s against some 1/20 s of the swing).
        CHECK((2.0 * fine.place_m - coarse.place_m).norm() < 0.1 * fall_short_m(60));
        CHECK((2.0 * finest.place_m - fine.place_m).norm() < 0.05 * fall_short_m(120));
        CHECK((2.0 * finest.momentum_kgmps - fine.momentum_kgmps).norm()
              < 0.1 * fine.momentum_kgmps.norm() + 1e-3);
        // The miss itself is that of the fall, 1.28 mm; the pose turning under the velocities adds a little, moments more.
        CHECK((finest.place_m + Vector3(0.0, 0.0, fall_short_m(240))).norm()
              < (flight.swing_Nm.isZero() ? 0.2e-3 : 2e-3));
    }
}

TEST_CASE("Angular momentum about the COM is kept in flight: half the step, half the drift", "[laws]") {
    int number = 0;
    for (const Flight& flight : draw_flights(53, 8)) {
        const double size = mechanics_of(flight.body, flight.start).angular_momentum_kgm2ps.norm();
        const Miss fine = fly(flight, 120), finest = fly(flight, 240);
        INFO("flight " << number++ << ", angular momentum " << size);
        CHECK(finest.angular_kgm2ps.norm() < 0.02 * size);
        CHECK((2.0 * finest.angular_kgm2ps - fine.angular_kgm2ps).norm()
              < 0.1 * fine.angular_kgm2ps.norm() + 1e-5 * size);
    }
}
