// Sums of contact forces.
#include "sim/engine/world.h"

namespace plumb {

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
