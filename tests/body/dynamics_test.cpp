// Equations of motion of the tree: two algorithms against each other, energy, free fall, Jacobians, external forces.
#include <cmath>

#include <Eigen/Cholesky>

#include "sim/base/units.h"
#include "sim/body/dynamics.h"
#include "tests/body/random_body.h"
#include "tests/catch.h"

using namespace plumb;
using namespace plumb::test;
using Catch::Approx;

namespace {

const VelocityVector k_still = VelocityVector::Zero();

/// Sum over the segments, each from its own velocity.
double kinetic_energy_J(const BodyModel& body, const Kinematics& k, const VelocityVector& velocity) {
    const SpatialVectors links = link_velocities(body, k, velocity);
    double energy_J = 0.0;
    for (int link = 0; link < k_link_count; ++link) {
        const Segment& segment = body.links[link].segment;
        const Vector3 v = point_velocity(links[link], k.point(link, segment.com_m));
        const Vector3 turning = k.rotation[link].transpose() * links[link].head<3>();
        energy_J +=
            0.5 * segment.mass_kg * v.squaredNorm() + 0.5 * turning.dot(segment.inertia_kgm2 * turning);
    }
    return energy_J;
}

/// A body in a pose, moving: what each property below is tried on.
struct Sample {
    BodyModel body;
    Pose pose;
    VelocityVector velocity, acceleration;
    Kinematics kinematics;
};

std::vector<Sample> samples(std::uint64_t seed, int count) {
    std::mt19937_64 generator(seed);
    std::vector<Sample> all;
    for (const ScenarioDef& scenario : random_scenarios(seed, count)) {
        Sample sample{model_of(scenario),
                      random_pose(generator),
                      random_velocity(generator),
                      random_velocity(generator),
                      {}};
        leave_out_missing(sample.body, sample.pose.joints);
        leave_out_missing(sample.body, sample.velocity);
        leave_out_missing(sample.body, sample.acceleration);
        sample.kinematics = forward_kinematics(sample.body, sample.pose);
        all.push_back(std::move(sample));
    }
    return all;
}

std::vector<PointForce> random_forces(std::mt19937_64& generator, int count) {
    std::vector<PointForce> forces;
    for (int i = 0; i < count; ++i) {
        const int link = static_cast<int>(uniform(generator, 0.0, k_link_count));
        const Vector3 point = random_vector(generator, 1.0);
        forces.push_back({link, point, random_vector(generator, 500.0)});
    }
    return forces;
}

// Moments and forces here reach some 1e4; rounding over a chain of ten links leaves 1e-16 of that, times a few hundred.
constexpr double k_exact = 1e-9;
constexpr double k_step_s = 1e-5;

}  // namespace

TEST_CASE("the mass matrix is symmetric and positive definite", "[body]") {
    for (const Sample& s : samples(31, 40)) {
        const MassMatrix m = mass_matrix(s.body, s.kinematics);
        CHECK((m - m.transpose()).norm() < 1e-13 * m.norm());
        CHECK(Eigen::LLT<MassMatrix>(m).info() == Eigen::Success);
    }
}

TEST_CASE("the mass matrix holds the kinetic energy of all segments", "[body]") {
    for (const Sample& s : samples(32, 40)) {
        const MassMatrix m = mass_matrix(s.body, s.kinematics);
        CHECK(0.5 * s.velocity.dot(m * s.velocity)
              == Approx(kinetic_energy_J(s.body, s.kinematics, s.velocity)).epsilon(1e-12));
    }
}

TEST_CASE("the mass matrix holds the momentum of the centre of mass", "[body]") {
    for (const Sample& s : samples(33, 40)) {
        const VelocityVector momentum = mass_matrix(s.body, s.kinematics) * s.velocity;
        const Vector3 v =
            com_velocity(s.body, s.kinematics, link_velocities(s.body, s.kinematics, s.velocity));
        CHECK((momentum.segment<3>(3) - s.body.total_mass_kg * v).norm() < k_exact);
    }
}

TEST_CASE("inverse dynamics gives the mass matrix column by column", "[body]") {
    for (const Sample& s : samples(34, 20)) {
        const MassMatrix m = mass_matrix(s.body, s.kinematics);
        const VelocityVector at_rest = inverse_dynamics(s.body, s.kinematics, k_still, k_still, {});
        for (int column = 0; column < k_velocity_count; ++column) {
            const VelocityVector unit = VelocityVector::Unit(column);
            const VelocityVector with = inverse_dynamics(s.body, s.kinematics, k_still, unit, {});
            INFO("column " << column);
            CHECK((with - at_rest - m.col(column)).norm() < k_exact);
        }
    }
}

TEST_CASE("inverse dynamics is linear in acceleration while the body moves", "[body]") {
    for (const Sample& s : samples(35, 20)) {
        const VelocityVector bias = inverse_dynamics(s.body, s.kinematics, s.velocity, k_still, {});
        const VelocityVector full = inverse_dynamics(s.body, s.kinematics, s.velocity, s.acceleration, {});
        CHECK((full - bias - mass_matrix(s.body, s.kinematics) * s.acceleration).norm() < k_exact);
    }
}

TEST_CASE("a body falling freely needs no moment in any joint", "[body]") {
    VelocityVector falling = VelocityVector::Zero();
    falling[5] = -k_gravity_mps2;
    for (const Sample& s : samples(36, 20)) {
        CHECK(inverse_dynamics(s.body, s.kinematics, k_still, falling, {}).norm() < k_exact);
        // Flying on at a constant velocity changes nothing.
        VelocityVector flying = VelocityVector::Zero();
        flying.segment<3>(3) = s.velocity.segment<3>(3);
        CHECK(inverse_dynamics(s.body, s.kinematics, flying, falling, {}).norm() < k_exact);
    }
}

// v . (M a + h) = d(KE + PE)/dt: the powers of all generalised forces feed kinetic and potential energy.
TEST_CASE("the power of the generalised forces is the rate of change of energy", "[body]") {
    for (const Sample& s : samples(37, 40)) {
        const auto kinetic_J = [&](double time_s) {
            const Kinematics k =
                forward_kinematics(s.body, moved(s.pose, s.velocity, s.acceleration, time_s));
            return kinetic_energy_J(s.body, k, s.velocity + time_s * s.acceleration);
        };
        const auto com_height_m = [&](double time_s) {
            return forward_kinematics(s.body, moved(s.pose, s.velocity, s.acceleration, time_s)).com_m.z();
        };
        const double kinetic_W = (kinetic_J(k_step_s) - kinetic_J(-k_step_s)) / (2.0 * k_step_s);
        const double rise_mps = (com_height_m(k_step_s) - com_height_m(-k_step_s)) / (2.0 * k_step_s);
        const VelocityVector forces = inverse_dynamics(s.body, s.kinematics, s.velocity, s.acceleration, {});
        // Powers of some kW; central differences over 1e-5 s keep 1e-13 kJ / 1e-5 s of rounding: 1e-5 W.
        const double power_W = s.velocity.dot(forces);
        CHECK(power_W == Approx(kinetic_W + s.body.weight_N() * rise_mps).epsilon(1e-6).margin(1e-3));
        // The same without gravity: lift everything at g and the weight drops out.
        VelocityVector lifted = s.acceleration;
        lifted[5] -= k_gravity_mps2;
        const VelocityVector weightless = inverse_dynamics(s.body, s.kinematics, s.velocity, lifted, {});
        CHECK(s.velocity.dot(weightless) == Approx(kinetic_W).epsilon(1e-6).margin(1e-3));
    }
}

TEST_CASE("the force the base needs is mass times the acceleration of the centre of mass, plus weight",
          "[body]") {
    for (const Sample& s : samples(38, 20)) {
        const auto com_velocity_at = [&](double time_s) {
            const Kinematics k =
                forward_kinematics(s.body, moved(s.pose, s.velocity, s.acceleration, time_s));
            return com_velocity(s.body, k, link_velocities(s.body, k, s.velocity + time_s * s.acceleration));
        };
        const Vector3 a = (com_velocity_at(k_step_s) - com_velocity_at(-k_step_s)) / (2.0 * k_step_s);
        const VelocityVector forces = inverse_dynamics(s.body, s.kinematics, s.velocity, s.acceleration, {});
        const Vector3 needed = s.body.total_mass_kg * (a + k_gravity_mps2 * Vector3::UnitZ());
        CHECK((forces.segment<3>(3) - needed).norm() < 1e-6 * needed.norm() + 1e-4);
    }
}

TEST_CASE("at rest inverse dynamics is statics", "[body]") {
    std::mt19937_64 generator(39);
    for (const Sample& s : samples(39, 40)) {
        const std::vector<PointForce> forces = random_forces(generator, 5);
        const VelocityVector statics = static_forces(s.body, s.kinematics, forces);
        CHECK((inverse_dynamics(s.body, s.kinematics, k_still, k_still, forces) - statics).norm() < k_exact);
    }
}

TEST_CASE("at rest the base carries the whole weight at the centre of mass", "[body]") {
    for (const Sample& s : samples(40, 40)) {
        const VelocityVector statics = static_forces(s.body, s.kinematics, {});
        const Vector3 weight(0.0, 0.0, s.body.total_mass_kg * k_gravity_mps2);
        CHECK((statics.segment<3>(3) - weight).norm() < k_exact);
        const Vector3 lever = s.kinematics.com_m - s.kinematics.hip_midpoint();
        CHECK((statics.head<3>() - lever.cross(weight)).norm() < k_exact);
        CHECK(s.body.weight_N() == Approx(weight.z()));
    }
}

// A moment from statics is the gradient of potential energy along its coordinate.
TEST_CASE("static joint moments are the gradient of potential energy", "[body]") {
    for (const Sample& s : samples(41, 20)) {
        const VelocityVector statics = static_forces(s.body, s.kinematics, {});
        for (int row = 0; row < k_velocity_count; ++row) {
            const VelocityVector unit = VelocityVector::Unit(row);
            const double up_m = forward_kinematics(s.body, moved(s.pose, unit, k_step_s)).com_m.z();
            const double down_m = forward_kinematics(s.body, moved(s.pose, unit, -k_step_s)).com_m.z();
            INFO("row " << row);
            // 2000 N times 1e-16 m / 1e-5 of rounding.
            CHECK(
                statics[row]
                == Approx(s.body.weight_N() * (up_m - down_m) / (2.0 * k_step_s)).epsilon(1e-6).margin(1e-5));
        }
    }
}

TEST_CASE("Jacobians are the derivatives of points and orientations", "[body]") {
    std::mt19937_64 generator(42);
    for (const Sample& s : samples(42, 10))
        for (int link = 0; link < k_link_count; ++link) {
            const Vector3 local = random_vector(generator, 0.4);
            const PointJacobian linear =
                point_jacobian(s.body, s.kinematics, link, s.kinematics.point(link, local));
            const PointJacobian angular = angular_jacobian(s.body, s.kinematics, link);
            double worst = 0.0;
            for (int column = 0; column < k_velocity_count; ++column) {
                const VelocityVector unit = VelocityVector::Unit(column);
                const Kinematics up = forward_kinematics(s.body, moved(s.pose, unit, k_step_s));
                const Kinematics down = forward_kinematics(s.body, moved(s.pose, unit, -k_step_s));
                const Vector3 rate = (up.point(link, local) - down.point(link, local)) / (2.0 * k_step_s);
                // dR/dt R^T is the skew matrix of the angular velocity.
                const Matrix3 spin = (up.rotation[link] - down.rotation[link])
                                     * s.kinematics.rotation[link].transpose() / (2.0 * k_step_s);
                worst = std::max(worst, (linear.col(column) - rate).norm());
                worst = std::max(worst,
                                 (angular.col(column) - Vector3(spin(2, 1), spin(0, 2), spin(1, 0))).norm());
            }
            INFO("link " << link);
            CHECK(worst < 1e-8);  // squared step 1e-10, rounding 1e-16 / 1e-5
        }
}

TEST_CASE("a force on a point takes its Jacobian's share from every joint", "[body]") {
    std::mt19937_64 generator(43);
    for (const Sample& s : samples(43, 20)) {
        const std::vector<PointForce> forces = random_forces(generator, 4);
        VelocityVector expected = inverse_dynamics(s.body, s.kinematics, s.velocity, s.acceleration, {});
        for (const PointForce& f : forces)
            expected -= point_jacobian(s.body, s.kinematics, f.link, f.point_m).transpose() * f.force_N;
        CHECK((inverse_dynamics(s.body, s.kinematics, s.velocity, s.acceleration, forces) - expected).norm()
              < k_exact);
    }
}

TEST_CASE("bias accelerations are those of a motion at constant rates", "[body]") {
    std::mt19937_64 generator(44);
    for (const Sample& s : samples(44, 20)) {
        const Kinematics up = forward_kinematics(s.body, moved(s.pose, s.velocity, k_step_s));
        const Kinematics down = forward_kinematics(s.body, moved(s.pose, s.velocity, -k_step_s));
        const SpatialVectors v_up = link_velocities(s.body, up, s.velocity);
        const SpatialVectors v_down = link_velocities(s.body, down, s.velocity);
        const BiasAccelerations bias = bias_accelerations(s.body, s.kinematics, s.velocity);
        for (int link = 0; link < k_link_count; ++link) {
            const Vector3 local = random_vector(generator, 0.4);
            const Vector3 a = (point_velocity(v_up[link], up.point(link, local))
                               - point_velocity(v_down[link], down.point(link, local)))
                              / (2.0 * k_step_s);
            const Vector3 turning = (v_up[link].head<3>() - v_down[link].head<3>()) / (2.0 * k_step_s);
            INFO("link " << link);
            // Rates of 10 rad/s and a step of 1e-5 s: the third derivative leaves 1e-6.
            CHECK((bias.point(link, s.kinematics.point(link, local)) - a).norm() < 1e-5);
            CHECK((bias.angular(link) - turning).norm() < 1e-5);
        }
    }
}

TEST_CASE("the mirrored motion needs the mirrored moments", "[body]") {
    for (const Sample& s : samples(45, 20)) {
        const Kinematics image = forward_kinematics(s.body, mirrored(s.pose));
        const VelocityVector forces = inverse_dynamics(s.body, s.kinematics, s.velocity, s.acceleration, {});
        const VelocityVector twins =
            inverse_dynamics(s.body, image, mirrored(s.velocity), mirrored(s.acceleration), {});
        CHECK((twins - mirrored(forces)).norm() < k_exact);
    }
}
