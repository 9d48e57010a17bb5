// Composite-rigid-body and Newton-Euler recursions about the world origin.
#include "sim/body/dynamics.h"

#include <Eigen/Geometry>

#include "sim/base/units.h"

namespace plumb {
namespace {

using Spatial = Eigen::Matrix<double, 6, 1>;
using SpatialMatrix = Eigen::Matrix<double, 6, 6>;

Matrix3 skew(const Vector3& v) {
    Matrix3 m;
    m << 0, -v.z(), v.y(), v.z(), 0, -v.x(), -v.y(), v.x(), 0;
    return m;
}

/// Rotational inertia about the world origin, first mass moment and mass of a (composite) body.
struct OriginInertia {
    Matrix3 rotational = Matrix3::Zero();
    Vector3 mass_moment = Vector3::Zero();
    double mass = 0.0;

    [[nodiscard]] Spatial times(const Spatial& motion) const {
        const Vector3 w = motion.head<3>(), v = motion.tail<3>();
        Spatial result;
        result.head<3>() = rotational * w + mass_moment.cross(v);
        result.tail<3>() = mass * v - mass_moment.cross(w);
        return result;
    }
    void add(const OriginInertia& other) {
        rotational += other.rotational;
        mass_moment += other.mass_moment;
        mass += other.mass;
    }
};

OriginInertia origin_inertia(const BodyModel& body, const Kinematics& k, size_t i) {
    const Segment& segment = body.links[i].segment;
    OriginInertia inertia;
    if (segment.mass_kg <= 0.0) return inertia;
    const Vector3 c = k.point(static_cast<int>(i), segment.com_m);
    const Matrix3& r = k.rotation[i];
    inertia.mass = segment.mass_kg;
    inertia.mass_moment = segment.mass_kg * c;
    inertia.rotational = r * segment.inertia_kgm2 * r.transpose()
                         + segment.mass_kg * (c.squaredNorm() * Matrix3::Identity() - c * c.transpose());
    return inertia;
}

Spatial joint_motion(const BodyModel& body, const Kinematics& k, size_t i) {
    Spatial s;
    s.head<3>() = k.axis(body, static_cast<int>(i));
    s.tail<3>() = k.position[i].cross(s.head<3>());
    return s;
}

/// Base coordinates: turning about the hip midpoint, then moving it.
Eigen::Matrix<double, 6, 6> base_motion(const Kinematics& k) {
    Eigen::Matrix<double, 6, 6> s = SpatialMatrix::Identity();
    s.block<3, 3>(3, 0) = skew(k.position[0]);
    return s;
}

Spatial cross_motion(const Spatial& v, const Spatial& m) {
    Spatial r;
    r.head<3>() = v.head<3>().cross(m.head<3>());
    r.tail<3>() = v.head<3>().cross(m.tail<3>()) + v.tail<3>().cross(m.head<3>());
    return r;
}

Spatial cross_force(const Spatial& v, const Spatial& f) {
    Spatial r;
    r.head<3>() = v.head<3>().cross(f.head<3>()) + v.tail<3>().cross(f.tail<3>());
    r.tail<3>() = v.head<3>().cross(f.tail<3>());
    return r;
}

SpatialVectors accelerations(const BodyModel& body, const Kinematics& k, const SpatialVectors& v,
                             const VelocityVector& velocity, const VelocityVector& acceleration) {
    SpatialVectors a;
    const Vector3 alpha = acceleration.head<3>();
    a[0].head<3>() = alpha;
    // Linear part about the origin from the classical acceleration of the hip midpoint.
    a[0].tail<3>() = acceleration.segment<3>(3) - alpha.cross(k.position[0])
                     - velocity.head<3>().cross(velocity.segment<3>(3));
    for (size_t i = 1; i < k_link_count; ++i) {
        const auto row = static_cast<Eigen::Index>(5 + i);
        const Spatial s = joint_motion(body, k, i);
        a[i] = a[static_cast<size_t>(body.links[i].parent)] + s * acceleration[row]
               + cross_motion(v[i], s) * velocity[row];
    }
    return a;
}

VelocityVector project(const BodyModel& body, const Kinematics& k, SpatialVectors& f) {
    VelocityVector result;
    for (size_t i = k_link_count - 1; i > 0; --i) {
        result[static_cast<Eigen::Index>(5 + i)] = joint_motion(body, k, i).dot(f[i]);
        f[static_cast<size_t>(body.links[i].parent)] += f[i];
    }
    result.head<6>() = base_motion(k).transpose() * f[0];
    return result;
}

void subtract_forces(SpatialVectors& f, const std::vector<PointForce>& forces) {
    for (const PointForce& force : forces) {
        f[static_cast<size_t>(force.link)].head<3>() -= force.point_m.cross(force.force_N);
        f[static_cast<size_t>(force.link)].tail<3>() -= force.force_N;
    }
}

}  // namespace

MassMatrix mass_matrix(const BodyModel& body, const Kinematics& k) {
    std::array<OriginInertia, k_link_count> composite;
    for (size_t i = 0; i < k_link_count; ++i) composite[i] = origin_inertia(body, k, i);
    for (size_t i = k_link_count - 1; i > 0; --i)
        composite[static_cast<size_t>(body.links[i].parent)].add(composite[i]);

    const auto base = base_motion(k);
    std::array<Spatial, k_link_count> motion;
    for (size_t i = 1; i < k_link_count; ++i) motion[i] = joint_motion(body, k, i);

    MassMatrix m = MassMatrix::Zero();
    SpatialMatrix base_momentum;
    for (int c = 0; c < 6; ++c) base_momentum.col(c) = composite[0].times(base.col(c));
    m.topLeftCorner<6, 6>() = base.transpose() * base_momentum;
    for (size_t i = 1; i < k_link_count; ++i) {
        const auto row = static_cast<Eigen::Index>(5 + i);
        const Spatial momentum = composite[i].times(motion[i]);
        for (size_t j = i; j > 0; j = static_cast<size_t>(body.links[j].parent)) {
            const auto column = static_cast<Eigen::Index>(5 + j);
            m(row, column) = m(column, row) = motion[j].dot(momentum);
        }
        m.block<6, 1>(0, row) = base.transpose() * momentum;
        m.block<1, 6>(row, 0) = m.block<6, 1>(0, row).transpose();
        m(row, row) += body.links[i].own_inertia_kgm2;
    }
    return m;
}

VelocityVector inverse_dynamics(const BodyModel& body, const Kinematics& k, const VelocityVector& velocity,
                                const VelocityVector& acceleration, const std::vector<PointForce>& forces) {
    const SpatialVectors v = link_velocities(body, k, velocity);
    const SpatialVectors a = accelerations(body, k, v, velocity, acceleration);
    SpatialVectors f;
    for (size_t i = 0; i < k_link_count; ++i) {
        const OriginInertia inertia = origin_inertia(body, k, i);
        Spatial against_gravity = a[i];
        against_gravity[5] += k_gravity_mps2;
        f[i] = inertia.times(against_gravity) + cross_force(v[i], inertia.times(v[i]));
    }
    subtract_forces(f, forces);
    VelocityVector result = project(body, k, f);
    for (size_t i = 1; i < k_link_count; ++i) {
        const auto row = static_cast<Eigen::Index>(5 + i);
        result[row] += body.links[i].own_inertia_kgm2 * acceleration[row];
    }
    return result;
}

VelocityVector static_forces(const BodyModel& body, const Kinematics& k,
                             const std::vector<PointForce>& forces) {
    // Mass and first moment of everything a joint carries, leaf to root.
    std::array<double, k_link_count> mass_kg{};
    std::array<Vector3, k_link_count> moment_kgm;
    for (size_t i = 0; i < k_link_count; ++i) {
        mass_kg[i] = body.links[i].segment.mass_kg;
        moment_kgm[i] = mass_kg[i] * k.point(static_cast<int>(i), body.links[i].segment.com_m);
    }
    VelocityVector result;
    const auto lift_moment_Nm = [&](size_t i) -> Vector3 {
        const Vector3 arm = moment_kgm[i] - mass_kg[i] * k.position[i];
        return {k_gravity_mps2 * arm.y(), -k_gravity_mps2 * arm.x(), 0.0};
    };
    for (size_t i = k_link_count - 1; i > 0; --i) {
        const auto parent = static_cast<size_t>(body.links[i].parent);
        result[static_cast<Eigen::Index>(5 + i)] = k.axis(body, static_cast<int>(i)).dot(lift_moment_Nm(i));
        mass_kg[parent] += mass_kg[i];
        moment_kgm[parent] += moment_kgm[i];
    }
    result.head<3>() = lift_moment_Nm(0);
    result.segment<3>(3) = Vector3(0.0, 0.0, mass_kg[0] * k_gravity_mps2);
    for (const PointForce& force : forces) add_generalised_force(body, k, force, -1.0, result);
    return result;
}

void add_generalised_force(const BodyModel& body, const Kinematics& k, const PointForce& force, double factor,
                           VelocityVector& sum) {
    const Vector3 scaled_N = factor * force.force_N;
    for (int i = force.link; i > 0; i = body.links[static_cast<size_t>(i)].parent)
        sum[5 + i] +=
            k.axis(body, i).dot((force.point_m - k.position[static_cast<size_t>(i)]).cross(scaled_N));
    sum.head<3>() += (force.point_m - k.position[0]).cross(scaled_N);
    sum.segment<3>(3) += scaled_N;
}

PointJacobian point_jacobian(const BodyModel& body, const Kinematics& k, int link, const Vector3& point_m) {
    PointJacobian j = PointJacobian::Zero();
    j.leftCols<3>() = -skew(point_m - k.position[0]);
    j.middleCols<3>(3).setIdentity();
    for (int i = link; i > 0; i = body.links[static_cast<size_t>(i)].parent)
        j.col(5 + i) = k.axis(body, i).cross(point_m - k.position[static_cast<size_t>(i)]);
    return j;
}

PointJacobian angular_jacobian(const BodyModel& body, const Kinematics& k, int link) {
    PointJacobian j = PointJacobian::Zero();
    j.leftCols<3>().setIdentity();
    for (int i = link; i > 0; i = body.links[static_cast<size_t>(i)].parent) j.col(5 + i) = k.axis(body, i);
    return j;
}

Vector3 BiasAccelerations::point(int link, const Vector3& point_m) const {
    const Spatial& a = spatial[static_cast<size_t>(link)];
    const Spatial& v = velocity[static_cast<size_t>(link)];
    return a.tail<3>() + a.head<3>().cross(point_m) + v.head<3>().cross(point_velocity(v, point_m));
}

BiasAccelerations bias_accelerations(const BodyModel& body, const Kinematics& k,
                                     const VelocityVector& velocity) {
    BiasAccelerations bias;
    bias.velocity = link_velocities(body, k, velocity);
    bias.spatial = accelerations(body, k, bias.velocity, velocity, VelocityVector::Zero());
    return bias;
}

}  // namespace plumb
