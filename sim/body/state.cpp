// Forward kinematics and what can be read off it.
#include "sim/body/state.h"

#include <cmath>

#include <Eigen/Geometry>

namespace plumb {

Matrix3 axis_rotation(int axis, double angle_rad) {
    const double c = std::cos(angle_rad), s = std::sin(angle_rad);
    Matrix3 r;
    if (axis == 0)
        r << 1, 0, 0, 0, c, -s, 0, s, c;
    else if (axis == 1)
        r << c, 0, s, 0, 1, 0, -s, 0, c;
    else
        r << c, -s, 0, s, c, 0, 0, 0, 1;
    return r;
}

Kinematics forward_kinematics(const BodyModel& body, const Pose& pose) {
    Kinematics k;
    k.rotation[0] = pose.pelvis_rotation;
    k.position[0] = pose.pelvis_m;
    Vector3 moment =
        body.links[0].segment.mass_kg * (k.position[0] + k.rotation[0] * body.links[0].segment.com_m);
    for (size_t i = 1; i < k_link_count; ++i) {
        const Link& link = body.links[i];
        const auto parent = static_cast<size_t>(link.parent);
        const double angle = link.axis_sign * (pose.joints[static_cast<Eigen::Index>(i - 1)] + link.rest_rad);
        const double c = std::cos(angle), s = std::sin(angle);
        const int a = (link.axis + 1) % 3, b = (link.axis + 2) % 3;
        // R_parent * Rot(axis, angle): the two other columns turn in their plane.
        k.rotation[i].col(link.axis) = k.rotation[parent].col(link.axis);
        k.rotation[i].col(a) = c * k.rotation[parent].col(a) + s * k.rotation[parent].col(b);
        k.rotation[i].col(b) = c * k.rotation[parent].col(b) - s * k.rotation[parent].col(a);
        k.position[i] = k.position[parent] + k.rotation[parent] * link.offset_m;
        if (link.segment.mass_kg > 0.0)
            moment += link.segment.mass_kg * (k.position[i] + k.rotation[i] * link.segment.com_m);
    }
    k.com_m = moment / body.total_mass_kg;
    return k;
}

SpatialVectors link_velocities(const BodyModel& body, const Kinematics& k, const VelocityVector& velocity) {
    SpatialVectors v;
    const Vector3 omega = velocity.head<3>();
    v[0].head<3>() = omega;
    v[0].tail<3>() = velocity.segment<3>(3) - omega.cross(k.position[0]);
    for (size_t i = 1; i < k_link_count; ++i) {
        const Vector3 axis = k.axis(body, static_cast<int>(i));
        const double rate = velocity[static_cast<Eigen::Index>(5 + i)];
        v[i] = v[static_cast<size_t>(body.links[i].parent)];
        v[i].head<3>() += rate * axis;
        v[i].tail<3>() += rate * k.position[i].cross(axis);
    }
    return v;
}

Vector3 point_velocity(const Eigen::Matrix<double, 6, 1>& spatial, const Vector3& world_point) {
    return spatial.tail<3>() + spatial.head<3>().cross(world_point);
}

Vector3 com_velocity(const BodyModel& body, const Kinematics& k, const SpatialVectors& velocities) {
    Vector3 momentum = Vector3::Zero();
    for (size_t i = 0; i < k_link_count; ++i) {
        const Segment& segment = body.links[i].segment;
        if (segment.mass_kg > 0.0)
            momentum +=
                segment.mass_kg * point_velocity(velocities[i], k.point(static_cast<int>(i), segment.com_m));
    }
    return momentum / body.total_mass_kg;
}

Vector3 sole_point(const BodyModel& body, const Kinematics& k, int side, int i) {
    return k.point(body.sole_link(side, i), body.sole_place_m(side, i));
}

SolePoints sole_points(const BodyModel& body, const Kinematics& k) {
    SolePoints points;
    for (int side = 0; side < k_side_count; ++side)
        for (int i = 0; i < k_sole_point_count; ++i)
            points[static_cast<size_t>(side * k_sole_point_count + i)] = sole_point(body, k, side, i);
    return points;
}

SupportBase support_base(const BodyModel& body, const Kinematics& k) {
    SupportBase base;
    for (const Vector3& p : sole_points(body, k))
        if (p.z() < k_touch_gap_m) base.sole.push_back(p.head<2>());
    base.sole = convex_hull(std::move(base.sole));
    Polygon functional;
    for (int side = 0; side < k_side_count; ++side) {
        const FootShape& foot = body.feet[static_cast<size_t>(side)];
        // The toe link begins at the outer ball.
        const double toes_from_m = std::min(foot.outline_m[2].x(), foot.outline_m[5].x()) - 1e-9;
        for (const Vector3& p : foot.functional_outline_m) {
            const bool of_toes = body.has_toes() && p.x() >= toes_from_m;
            functional.push_back(
                (of_toes ? k.point(toe_link(side), p - foot.toe_joint_m) : k.point(foot_link(side), p))
                    .head<2>());
        }
    }
    functional = convex_hull(std::move(functional));
    // A raised heel or a lost foot takes its share of the functional base away too.
    base.functional = base.sole.size() >= 3 ? intersect_convex(functional, base.sole) : Polygon{};
    return base;
}

Polygon foot_hull(const BodyModel& body, const Kinematics& k) {
    Polygon points;
    for (const Vector3& p : sole_points(body, k)) points.push_back(p.head<2>());
    return convex_hull(std::move(points));
}

Polygon forefoot_hull(const BodyModel& body, const Kinematics& k) {
    Polygon points;
    for (int side = 0; side < k_side_count; ++side)
        for (int i = 0; i < k_sole_point_count; ++i)
            if (is_forefoot(i)) points.push_back(sole_point(body, k, side, i).head<2>());
    return convex_hull(std::move(points));
}

Margin tipping_margin(const BodyModel& body, const Kinematics& k, const Polygon& base,
                      const Eigen::Vector2d& point) {
    Margin margin = signed_margin(base, point);
    if (margin.margin_m >= 0.0) return margin;
    bool heel_down = false, toe_down = false;
    double sum_x = 0.0;
    int touching = 0;
    const SolePoints points = sole_points(body, k);
    for (size_t i = 0; i < points.size(); ++i) {
        if (points[i].z() >= k_touch_gap_m) continue;
        (is_forefoot(static_cast<int>(i % k_sole_point_count)) ? toe_down : heel_down) = true;
        sum_x += points[i].x();
        ++touching;
    }
    if (touching > 0 && heel_down != toe_down)
        margin.edge = point.x() < sum_x / touching ? Edge::heel : Edge::toe;
    return margin;
}

double trunk_lean_rad(const BodyModel& body, const Kinematics& k) {
    const Vector3 shoulders = k.point(k_thorax_link, {0.0, 0.0, body.person.lengths.lumbar_to_shoulder_m});
    const Vector3 trunk = shoulders - k.hip_midpoint();
    // The horizontal part counts along the direction the pelvis faces, so that a fallen body still has a sign; taken from
    // the hip axis, which stays level at any pitch.
    const Eigen::Vector2d left = k.rotation[k_pelvis_link].col(1).head<2>();
    const double forward = left.norm() > 1e-6
                               ? trunk.head<2>().dot(Eigen::Vector2d(left.y(), -left.x()).normalized())
                               : trunk.x();
    return std::atan2(forward, trunk.z());
}

double thigh_angle_rad(const Kinematics& k) {
    double sum = 0.0;
    for (int side = 0; side < k_side_count; ++side) {
        const Vector3 thigh = k.position[static_cast<size_t>(thigh_link(side))]
                              - k.position[static_cast<size_t>(shank_link(side))];
        sum += std::atan2(thigh.z(), thigh.head<2>().norm());
    }
    return 0.5 * sum;
}

}  // namespace plumb
