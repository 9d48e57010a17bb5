// One linear program: contact forces and the share of strength, of which the least is wanted.
#include "sim/plan/side_exit_effort.h"

#include <cmath>

#include <Eigen/Geometry>

#include "sim/body/dynamics.h"
#include "sim/body/region_lp.h"

namespace plumb {
namespace {

constexpr int k_balance_rows = 6;
constexpr double k_unbounded = 1e3;  ///< in weights and metres: rows are of order one
constexpr double k_more_strength = 1.25;

/// Unit vectors across a contact's normal.
std::array<Vector3, 2> across(const Vector3& normal) {
    const Vector3 helper = std::abs(normal.z()) > 0.7 ? Vector3::UnitX() : Vector3::UnitZ();
    const Vector3 first = (helper - helper.dot(normal) * normal).normalized();
    return {first, normal.cross(first)};
}

}  // namespace

RestEffort rest_effort(const BodyModel& body, const Pose& pose, const std::vector<RegionContact>& contacts) {
    const Kinematics k = forward_kinematics(body, pose);
    const double weight_N = body.weight_N();
    const VelocityVector gravity_Nm = static_forces(body, k, {});
    const DofVector passive_Nm = passive_moments(body.person, pose.joints).moment_Nm;

    // x: four rays for each contact, then the share s (as a cone of four equal columns). For each joint
    //   tau_g - J^T f - P <= s S+   and   -(tau_g - J^T f - P) <= s S-.
    const int joints = body.dof_count, rows = k_balance_rows + 2 * joints;
    const auto rays = static_cast<Eigen::Index>(contacts.size()) * RegionLp::k_rays;
    RegionLp lp;
    lp.conditions = RegionLp::Rows::Zero(rows, rays + RegionLp::k_rays);
    lp.place = Eigen::Matrix<double, 2, Eigen::Dynamic>::Zero(2, rays + RegionLp::k_rays);
    lp.place.row(0).tail<RegionLp::k_rays>().setConstant(-1.0);  // farthest along X: the least share
    lp.lower = lp.upper = Eigen::VectorXd::Zero(rows);
    lp.lower[2] = lp.upper[2] = 1.0;
    for (int dof = 0; dof < joints; ++dof) {
        const int row = k_balance_rows + 2 * dof;
        const JointStrength strength = strength_at(body.person, dof, pose.joints[dof]);
        const double needed = (gravity_Nm[6 + dof] - passive_Nm[dof]) / weight_N;
        lp.upper[row] = -needed;
        lp.upper[row + 1] = needed;
        lp.lower[row] = lp.lower[row + 1] = -k_unbounded;
        lp.conditions.row(row).tail<RegionLp::k_rays>().setConstant(-strength.positive_Nm / weight_N);
        lp.conditions.row(row + 1).tail<RegionLp::k_rays>().setConstant(-strength.negative_Nm / weight_N);
    }
    Eigen::Index column = 0;
    for (const RegionContact& contact : contacts) {
        const auto [first, second] = across(contact.normal);
        // About the COM's place on the floor: where the weight has no moment.
        const Vector3 from_com = contact.point_m - Vector3(k.com_m.x(), k.com_m.y(), 0.0);
        for (int i = 0; i < RegionLp::k_rays; ++i, ++column) {
            const Vector3 sideways = i % 2 == 0 ? first : second;
            const Vector3 ray = contact.normal + (i < 2 ? contact.friction : -contact.friction) * sideways;
            lp.conditions.col(column).head<k_balance_rows>() << ray, from_com.cross(ray);
            for (int link = contact.link; link > 0; link = body.links[static_cast<size_t>(link)].parent) {
                const Vector3 arm = contact.point_m - k.position[static_cast<size_t>(link)];
                const double by_ray = -k.axis(body, link).dot(arm.cross(ray));
                const int row = k_balance_rows + 2 * (link - 1);
                lp.conditions(row, column) = by_ray;
                lp.conditions(row + 1, column) = -by_ray;
            }
        }
    }
    RegionLpSolver solver(lp);
    if (!solver.feasible()) return {};
    const auto best = solver.farthest(Eigen::Vector2d::UnitX());
    if (!best) return {};
    return {true, -best->x()};
}

int hardest_joint(const BodyModel& body, const Pose& pose, const std::vector<RegionContact>& contacts) {
    const RestEffort now = rest_effort(body, pose, contacts);
    int hardest = -1;
    double least = now.strength_use;
    BodyModel stronger = body;
    for (int dof = 0; dof < body.dof_count && now.balances; ++dof) {
        JointStrength& strength = stronger.person.strengths[static_cast<size_t>(dof)];
        const JointStrength own = strength;
        strength = {k_more_strength * own.positive_Nm, k_more_strength * own.negative_Nm};
        const double use = rest_effort(stronger, pose, contacts).strength_use;
        strength = own;
        if (use < least - 1e-6) {
            least = use;
            hardest = dof;
        }
    }
    return hardest;
}

}  // namespace plumb
