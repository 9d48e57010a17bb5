// Booking and summing contact forces.
#include "sim/engine/world.h"

#include <Eigen/Geometry>

namespace plumb {

void ContactForces::add_floor(const PointForce& force) {
    for (int side = 0; side < k_side_count; ++side)
        if (force.link == foot_link(side) || force.link == toe_link(side)) {
            const auto s = static_cast<size_t>(side);
            foot_N[s] += force.force_N;
            foot_moment_Nm[s] += force.point_m.cross(force.force_N);
            feet.push_back(force);
            return;
        }
    floor_other.push_back(force);
}

Vector3 ContactForces::wall_sum_N() const {
    Vector3 sum = Vector3::Zero();
    for (const PointForce& f : wall) sum += f.force_N;
    return sum;
}

double ContactForces::floor_other_sum_N() const {
    double sum = 0.0;
    for (const PointForce& f : floor_other) sum += f.force_N.z();
    return sum;
}

}  // namespace plumb
