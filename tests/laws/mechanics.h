// Momentum and energy of the whole body, each summed over the segments from its own velocity: what laws are about.
#pragma once

#include <Eigen/Geometry>

#include "sim/base/units.h"
#include "sim/body/state.h"

namespace plumb::test {

constexpr double k_dt_s = 1.0 / 240.0;  ///< the engine's own step

struct Mechanics {
    Vector3 com_m = Vector3::Zero();
    Vector3 momentum_kgmps = Vector3::Zero();
    Vector3 angular_momentum_kgm2ps = Vector3::Zero();  ///< about the COM
    double kinetic_J = 0.0;
    double potential_J = 0.0;  ///< of the whole system's weight, 0 on the floor

    [[nodiscard]] double energy_J() const { return kinetic_J + potential_J; }
};

inline Mechanics mechanics_of(const BodyModel& body, const BodyState& state) {
    const Kinematics k = forward_kinematics(body, state.pose);
    const SpatialVectors velocities = link_velocities(body, k, state.velocity);
    Mechanics sum;
    sum.com_m = k.com_m;
    sum.potential_J = body.weight_N() * k.com_m.z();
    for (size_t i = 0; i < k_link_count; ++i) {
        const Segment& segment = body.links[i].segment;
        if (segment.mass_kg <= 0.0) continue;
        const Matrix3 inertia = k.rotation[i] * segment.inertia_kgm2 * k.rotation[i].transpose();
        const Vector3 place = k.point(static_cast<int>(i), segment.com_m), turning = velocities[i].head<3>(),
                      moving = point_velocity(velocities[i], place);
        sum.momentum_kgmps += segment.mass_kg * moving;
        sum.angular_momentum_kgm2ps += inertia * turning + segment.mass_kg * (place - k.com_m).cross(moving);
        sum.kinetic_J += 0.5 * segment.mass_kg * moving.squaredNorm() + 0.5 * turning.dot(inertia * turning);
    }
    return sum;
}

}  // namespace plumb::test
