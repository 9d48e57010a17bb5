// Passive moments of a leg across two joints: Riener & Edrich 1999, term by term, each with the tissue that makes it.
#include <cmath>

#include "sim/base/units.h"
#include "sim/person/person.h"

namespace plumb {
namespace {

/// exp(constant + slopes . (hip, knee, ankle in deg)), going on as a straight line past k_most_exponent: nobody's tissue holds
/// more, and a body thrown about must stay finite.
struct Term {
    double moment_Nm;
    Eigen::Vector3d by_deg;
};
constexpr double k_most_exponent = 5.0;

Term term(double constant, const Eigen::Vector3d& slopes, const Eigen::Vector3d& angles_deg) {
    const double exponent = constant + slopes.dot(angles_deg);
    const double held = std::exp(std::fmin(exponent, k_most_exponent));
    const double beyond = std::fmax(0.0, exponent - k_most_exponent);
    return {held * (1.0 + beyond), held * slopes};
}

enum LegJoint : Eigen::Index { hip, knee, ankle };

}  // namespace

LegTissue leg_tissue(const Person& person, double hip_rad, double knee_rad, double ankle_rad) {
    // No body turns further; keeps every finite angle finite.
    const auto degrees = [](double rad) { return std::fmin(std::fmax(rad, -100.0), 100.0) * k_rad_to_deg; };
    const Eigen::Vector3d q(degrees(hip_rad), degrees(knee_rad), degrees(ankle_rad));
    const TightnessRatios& t = person.def.tightness;
    const double all = person.def.tightness_ratio;

    Eigen::Vector3d moment_Nm(8.072, -4.820, 1.792);  // the fit's offsets
    Eigen::Matrix3d by_deg = Eigen::Matrix3d::Zero();
    const auto add = [&](LegJoint joint, double factor, const Term& one) {
        moment_Nm[joint] += factor * one.moment_Nm;
        by_deg.row(joint) += factor * one.by_deg.transpose();
    };
    // The paper's ankle angle and moment are plantarflexing: both signs turned. Calves, softer with the knee bent; the foot's
    // extensors at the other end.
    add(ankle, -all * t.calf_ratio, term(2.1016, {0.0, -0.0176, 0.0843}, q));
    add(ankle, 1.0, term(-7.9763, {0.0, 0.0008, -0.1949}, q));
    // Calves and hamstrings bend the knee, the quadriceps stretches it, its capsule ends it.
    add(knee, 0.5 * all * (t.calf_ratio + t.hamstring_ratio), term(1.800, {0.0217, -0.0352, 0.0460}, q));
    add(knee, -all * t.quad_ratio, term(-3.971, {-0.0128, 0.0495, 0.0004}, q));
    add(knee, 1.0, term(2.220, {0.0, -0.150, 0.0}, q));
    // Front of the hip; behind it buttocks (what is left with the knee fully bent) and hamstrings (the rest).
    add(hip, 1.0, term(1.4655, {-0.0750, -0.0034, 0.0}, q));
    constexpr double k_behind = 1.3403, k_behind_by_hip = 0.0305, k_behind_by_knee = -0.0226,
                     k_bent_deg = 130.0;
    const Term behind = term(k_behind, {k_behind_by_hip, k_behind_by_knee, 0.0}, q),
               buttocks = term(k_behind + k_behind_by_knee * k_bent_deg, {k_behind_by_hip, 0.0, 0.0}, q);
    add(hip, -all * t.hamstring_ratio, behind);
    add(hip, all * (t.hamstring_ratio - t.glute_ratio), buttocks);
    return {moment_Nm, by_deg * k_rad_to_deg};
}

}  // namespace plumb
