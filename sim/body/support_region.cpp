// Contacts from the pose, the linear program they make, and the polygon grown from its corners.
#include "sim/body/support_region.h"

#include <cmath>

#include <Eigen/Geometry>

#include "sim/base/units.h"
#include "sim/body/contact.h"
#include "sim/body/dynamics.h"
#include "sim/body/region_lp.h"

namespace plumb {
namespace {

/// Widest unknown that is left between two corners, and as a share of the distance to the place of interest.
constexpr double k_gap_m = 0.001;
constexpr double k_gap_share = 0.03;
constexpr int k_start_directions = 8;
/// Halvings between two start directions; 1 mm is reached after two or three.
constexpr int k_most_halvings = 6;

/// Rows: forces along X and Y, along Z, moment about Z, then the joints the contacts load; in units of weight (and metres).
constexpr int k_balance_rows = 4;

/// Joint moments the muscles can make at this pose, less what gravity asks without any contact: lowest and highest [N m].
struct Room {
    DofVector lowest_Nm, highest_Nm;
};

Room joint_room(const BodyModel& body, const Pose& pose, const Kinematics& k) {
    const VelocityVector gravity = static_forces(body, k, {});
    const DofVector passive_Nm = passive_moments(body.person, pose.joints).moment_Nm;
    Room room;
    for (int dof = 0; dof < k_dof_count; ++dof) {
        const JointStrength strength = strength_at(body.person, dof, pose.joints[dof]);
        const double unloaded_Nm = passive_Nm[dof] - gravity[6 + dof];
        room.lowest_Nm[dof] = unloaded_Nm - strength.negative_Nm;
        room.highest_Nm[dof] = unloaded_Nm + strength.positive_Nm;
    }
    return room;
}

/// Two unit vectors across the normal, along the world's axes for floor and wall.
std::array<Vector3, 2> across(const Vector3& normal) {
    const Vector3 helper = std::abs(normal.z()) > 0.7 ? Vector3::UnitX() : Vector3::UnitZ();
    const Vector3 first = (helper - helper.dot(normal) * normal).normalized();
    return {first, normal.cross(first)};
}

/// model.md (11.1)-(11.4). Nothing when a joint that no contact reaches cannot carry its own limb.
std::optional<RegionLp> region_lp(const BodyModel& body, const Pose& pose,
                                  const std::vector<RegionContact>& contacts) {
    const Kinematics k = forward_kinematics(body, pose);
    const Room room = joint_room(body, pose, k);
    std::array<int, k_dof_count> row_of;
    row_of.fill(-1);
    int rows = k_balance_rows;
    for (const RegionContact& contact : contacts)
        for (int link = contact.link; link > 0; link = body.links[static_cast<size_t>(link)].parent)
            if (int& row = row_of[static_cast<size_t>(link - 1)]; row < 0) row = rows++;

    const double weight_N = body.weight_N();
    RegionLp lp;
    lp.lower = lp.upper = Eigen::VectorXd::Zero(rows);
    lp.lower[2] = lp.upper[2] = 1.0;
    for (int dof = 0; dof < k_dof_count; ++dof) {
        const int row = row_of[static_cast<size_t>(dof)];
        if (row < 0) {
            if (!(room.lowest_Nm[dof] <= 0.0 && room.highest_Nm[dof] >= 0.0)) return std::nullopt;
            continue;
        }
        lp.lower[row] = room.lowest_Nm[dof] / weight_N;
        lp.upper[row] = room.highest_Nm[dof] / weight_N;
    }

    const auto columns = static_cast<Eigen::Index>(contacts.size()) * RegionLp::k_rays;
    lp.conditions = RegionLp::Rows::Zero(rows, columns);
    lp.place.resize(2, columns);
    Eigen::Index column = 0;
    for (const RegionContact& contact : contacts) {
        const auto [first, second] = across(contact.normal);
        for (int i = 0; i < RegionLp::k_rays; ++i, ++column) {
            const Vector3 sideways = i % 2 == 0 ? first : second;
            const Vector3 ray = contact.normal + (i < 2 ? contact.friction : -contact.friction) * sideways;
            const Vector3 moment = contact.point_m.cross(ray);
            lp.conditions.col(column).head<k_balance_rows>() << ray, moment.z();
            lp.place.col(column) << -moment.y(), moment.x();
            for (int link = contact.link; link > 0; link = body.links[static_cast<size_t>(link)].parent) {
                const Vector3 arm = contact.point_m - k.position[static_cast<size_t>(link)];
                lp.conditions(row_of[static_cast<size_t>(link - 1)], column) =
                    -k.axis(body, link).dot(arm.cross(ray));
            }
        }
    }
    return lp;
}

/// Farthest place in a direction.
struct Support {
    Eigen::Vector2d direction, place;
};

/// How far the region can reach beyond the line between two neighbouring supports [m]: their tangents' crossing.
double gap_m(const Support& a, const Support& b) {
    const double turn = a.direction.x() * b.direction.y() - a.direction.y() * b.direction.x();
    const Eigen::Vector2d between = b.place - a.place;
    // Crossing = a.place + t (tangent of a), on b's tangent.
    const Eigen::Vector2d tangent(-a.direction.y(), a.direction.x());
    const Eigen::Vector2d crossing = a.place + b.direction.dot(between) / turn * tangent;
    return std::abs(signed_margin({a.place, b.place}, crossing).margin_m);
}

/// Grows the region's outline between supports.
struct Outline {
    RegionLpSolver& solver;
    std::optional<Eigen::Vector2d> near_m;
    Polygon corners;

    [[nodiscard]] double tolerated_gap_m(const Support& a, const Support& b) const {
        if (!near_m) return k_gap_m;
        return std::max(k_gap_m, k_gap_share * std::abs(signed_margin({a.place, b.place}, *near_m).margin_m));
    }

    /// Adds the corners between two supports, in order; false when a program did not end.
    bool refine(const Support& a, const Support& b, int halvings) {
        if (halvings == 0 || gap_m(a, b) < tolerated_gap_m(a, b)) return true;
        // Across the line between them, where the unknown is widest; Bretl & Lall's choice.
        const Eigen::Vector2d between = b.place - a.place;
        const Eigen::Vector2d middle = between.norm() > k_gap_m
                                           ? Eigen::Vector2d(between.y(), -between.x()).normalized()
                                           : Eigen::Vector2d(a.direction + b.direction).normalized();
        const auto place = solver.farthest(middle);
        if (!place) return false;
        const Support between_them{middle, *place};
        if (!refine(a, between_them, halvings - 1)) return false;
        corners.push_back(*place);
        return refine(between_them, b, halvings - 1);
    }
};

/// Leaves out corners that stand out by no more than rounding does.
Polygon without_slivers(const Polygon& hull) {
    constexpr double k_sliver_m = 1e-5;
    Polygon corners;
    for (size_t i = 0; i < hull.size(); ++i) {
        const Eigen::Vector2d& before = corners.empty() ? hull.back() : corners.back();
        // Across the seam the next one may be gone already.
        const Eigen::Vector2d& after =
            i + 1 < hull.size() ? hull[i + 1] : (corners.empty() ? hull : corners).front();
        if (signed_margin({before, after}, hull[i]).margin_m < -k_sliver_m) corners.push_back(hull[i]);
    }
    return corners.size() >= 3 ? corners : hull;
}

}  // namespace

std::vector<RegionContact> touching_contacts(const BodyModel& body, const Kinematics& k,
                                             std::optional<double> wall_distance_m) {
    std::vector<RegionContact> contacts;
    const SolePoints soles = sole_points(body, k);
    for (size_t i = 0; i < soles.size(); ++i)
        if (soles[i].z() < k_touch_gap_m)
            contacts.push_back({.link = body.sole_link(i < k_sole_point_count ? side_left : side_right,
                                                       static_cast<int>(i % k_sole_point_count)),
                                .point_m = {soles[i].x(), soles[i].y(), 0.0},
                                .normal = Vector3::UnitZ(),
                                .friction = k_foot_floor_friction});
    for (const Collider& c : body.colliders) {
        if (c.kind == ColliderKind::sole) continue;
        const Vector3 centre = k.point(c.link, c.centre_m);
        if (centre.z() - c.radius_m < k_touch_gap_m)
            contacts.push_back({.link = c.link,
                                .point_m = {centre.x(), centre.y(), 0.0},
                                .normal = Vector3::UnitZ(),
                                .friction = k_flesh_floor_friction});
        if (wall_distance_m && centre.x() - c.radius_m + *wall_distance_m < k_touch_gap_m)
            contacts.push_back({.link = c.link,
                                .point_m = {-*wall_distance_m, centre.y(), centre.z()},
                                .normal = Vector3::UnitX(),
                                .friction = k_flesh_wall_friction});
    }
    return contacts;
}

Polygon support_region(const BodyModel& body, const Pose& pose, const std::vector<RegionContact>& contacts,
                       const std::optional<Eigen::Vector2d>& near_m) {
    const std::optional<RegionLp> lp = region_lp(body, pose, contacts);
    if (!lp) return {};
    RegionLpSolver solver(*lp);
    if (!solver.feasible()) return {};
    Outline outline{solver, near_m, {}};
    Support last{};
    for (int i = 0; i <= k_start_directions; ++i) {
        const double angle_rad = 2.0 * k_pi * i / k_start_directions;
        const Eigen::Vector2d direction(std::cos(angle_rad), std::sin(angle_rad));
        const auto place = solver.farthest(direction);
        if (!place) return {};
        const Support support{direction, *place};
        if (i > 0 && !outline.refine(last, support, k_most_halvings)) return {};
        outline.corners.push_back(*place);
        last = support;
    }
    return without_slivers(convex_hull(std::move(outline.corners)));
}

}  // namespace plumb
