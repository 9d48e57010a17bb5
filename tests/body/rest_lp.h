// The conditions of rest written out anew, all 31 rows of them, for GLPK: unit forces put through static_forces.
#pragma once

#include <cmath>

#include "sim/base/units.h"
#include "sim/body/dynamics.h"
#include "tests/body/leaning_body.h"

namespace plumb::test {

/// lower <= conditions * x <= upper, in body weights (and metres), x >= 0 the strengths of the contacts' rays, contact by contact.
struct RestLp {
    Eigen::MatrixXd conditions;
    Eigen::VectorXd lower, upper;
};

/// The body at rest with its weight acting at `com_m`; every friction cone a pyramid of `rays` rays inside it.
inline RestLp rest_lp(const LeaningBody& leaning, const std::vector<RegionContact>& contacts,
                      const Eigen::Vector2d& com_m, int rays) {
    const Person& person = leaning.body.person;
    const Kinematics k = forward_kinematics(leaning.body, leaning.pose);
    const double weight_N = leaning.body.weight_N();
    const VelocityVector unloaded = static_forces(leaning.body, k, {});
    VelocityVector lower = -unloaded, upper = -unloaded;
    // The weight's moment about the hip midpoint, from the other place.
    const Eigen::Vector2d shift = com_m - k.com_m.head<2>();
    for (VelocityVector* side : {&lower, &upper})
        (*side).head<2>() += weight_N * Eigen::Vector2d(-shift.y(), shift.x());
    const DofVector& q = leaning.pose.joints;
    for (int dof = 0; dof < k_dof_count; ++dof) {
        const JointStrength s = strength_at(person, dof, q[dof]);
        const double passive_Nm = stop_moment_Nm(person, static_cast<Dof>(dof), q[dof]);
        lower[6 + dof] += passive_Nm - s.negative_Nm;
        upper[6 + dof] += passive_Nm + s.positive_Nm;
    }
    for (const int offset : {0, k_right_offset}) {
        const Dof leg[] = {dof_left_hip_flexion, dof_left_knee_flexion, dof_left_ankle_dorsiflexion};
        const LegTissue tissue =
            leg_tissue(person, q[leg[0] + offset], q[leg[1] + offset], q[leg[2] + offset]);
        for (int i = 0; i < 3; ++i)
            for (VelocityVector* side : {&lower, &upper}) (*side)[6 + leg[i] + offset] += tissue.moment_Nm[i];
    }
    // Belly on thigh, model.md (7.1).
    for (const Dof hip : {dof_left_hip_flexion, dof_right_hip_flexion}) {
        const double belly_Nm = 150.0 * std::max(0.0, q[hip] + q[dof_lumbar_flexion] - person.closure_rad);
        for (const Dof dof : {hip, dof_lumbar_flexion})
            for (VelocityVector* side : {&lower, &upper}) (*side)[6 + dof] -= belly_Nm;
    }
    Eigen::MatrixXd columns(k_velocity_count, static_cast<Eigen::Index>(contacts.size()) * rays);
    Eigen::Index column = 0;
    for (const RegionContact& c : contacts)
        for (int i = 0; i < rays; ++i, ++column) {
            const double angle = 2.0 * k_pi * i / rays, cosine = c.friction * std::cos(angle),
                         sine = c.friction * std::sin(angle);
            const Vector3 ray = c.normal.x() > 0.5 ? Vector3(1.0, sine, cosine) : Vector3(cosine, sine, 1.0);
            columns.col(column) =
                static_forces(leaning.body, k, {{c.link, c.point_m, weight_N * ray}}) - unloaded;
        }
    return {columns / weight_N, lower / weight_N, upper / weight_N};
}

}  // namespace plumb::test
