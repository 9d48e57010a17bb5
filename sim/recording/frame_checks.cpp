// The recorder's own sums, done once more.
#include "sim/recording/frame_checks.h"

#include <algorithm>
#include <cmath>

#include <Eigen/LU>

#include "sim/base/fields.h"
#include "sim/base/units.h"
#include "sim/recording/derived.h"

namespace plumb {
namespace {

bool agree(double stored, double computed) {
    if (std::isinf(computed)) return stored == computed;
    return std::abs(stored - computed) <= k_frame_tolerance * std::max(1.0, std::abs(computed));
}
bool agree_as_angles(double stored, double computed) {
    return std::abs(std::remainder(stored - computed, 2.0 * k_pi)) <= k_frame_tolerance;
}
template <class Vector>
bool agree_all(const Vector& stored, const Vector& computed) {
    for (Eigen::Index i = 0; i < computed.size(); ++i)
        if (!agree(stored[i], computed[i])) return false;
    return true;
}

}  // namespace

std::string find_frame_problem(const BodyModel& body, const Frame& frame) {
    const Matrix3& turn = frame.pose.pelvis_rotation;
    const double skew = (turn.transpose() * turn - Matrix3::Identity()).cwiseAbs().maxCoeff();
    if (!(skew <= k_frame_tolerance) || turn.determinant() < 0.0)
        return "pelvis_rotation is no rotation: allowed orthonormal within 1e-6";

    const Kinematics k = forward_kinematics(body, frame.pose);
    Frame computed = frame;
    fill_derived(body, k, computed);
    const std::string against = " contradicts the pose: allowed 1e-6 of difference";
    if (!agree_all(frame.com_m, k.com_m)) return "com_m" + against;
    if (!agree(frame.hip_height_m, computed.hip_height_m)) return "hip_height_m" + against;
    if (!agree_as_angles(frame.trunk_lean_rad, computed.trunk_lean_rad)) return "trunk_lean_rad" + against;
    if (!agree(frame.thigh_angle_rad, computed.thigh_angle_rad)) return "thigh_angle_rad" + against;

    for (std::size_t i = 0; i < k_tissue_count; ++i) {
        if (!agree(frame.tissue.stretch[i], computed.tissue.stretch[i])) return "tissue_stretch" + against;
        if (!agree(frame.tissue.moment_Nm[i], computed.tissue.moment_Nm[i])) return "tissue_Nm" + against;
    }

    if (!agree_all(frame.com_velocity_mps, com_velocity(body, k, link_velocities(body, k, frame.velocity))))
        return "com_velocity_mps contradicts pose and velocity: allowed 1e-6 of difference";
    if (!agree_all(frame.xcom_m, computed.xcom_m))
        return "xcom_m contradicts COM, velocity and acceleration: allowed 1e-6 of difference";

    if (!agree(frame.com_margin.margin_m, computed.com_margin.margin_m)) return "com_margin_m" + against;
    if (!agree(frame.functional_margin.margin_m, computed.functional_margin.margin_m))
        return "functional_margin_m" + against;
    if (!agree(frame.xcom_margin.margin_m, computed.xcom_margin.margin_m)) return "xcom_margin_m" + against;
    const Eigen::Vector2d com = frame.com_m.head<2>();
    const double support_m = signed_margin(frame.support_region, com).margin_m;
    if (on_wall(frame) ? !agree(frame.support_margin.margin_m, support_m)
                       : !std::isnan(frame.support_margin.margin_m) || !frame.support_region.empty())
        return "support_margin_m contradicts support_region_m or the wall's force";
    return {};
}

}  // namespace plumb
