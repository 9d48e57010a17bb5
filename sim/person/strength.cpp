// Peak isometric moments of a reference man and the factors that turn them into another person's.
#include "sim/person/strength.h"

#include <algorithm>
#include <cmath>

#include "sim/base/units.h"

namespace plumb {
namespace {

/// The man the peaks below belong to: 75 kg, 1.75 m, 18-25 years.
constexpr double k_reference_mass_kg = 75.0;
constexpr double k_reference_stature_m = 1.75;
constexpr double k_mgh_Nm = k_reference_mass_kg * k_gravity_mps2 * k_reference_stature_m;

/// Anderson, Madigan & Nussbaum 2007, J Biomech 40:3105-3113, Table 3, C1 of men 18-25: isometric peak / (m g h).
constexpr double k_c1_hip_extension = 0.161;
constexpr double k_c1_hip_flexion = 0.113;
constexpr double k_c1_knee_extension = 0.163;
constexpr double k_c1_knee_flexion = 0.087;
constexpr double k_c1_plantarflexion = 0.095;
/// Dorsiflexion is 41 N m at 0 and 20 N m at 30 deg of dorsiflexion (same table, D); 30 stands for the range between.
constexpr double k_dorsiflexion_Nm = 30.0;

/// Women / men at equal mass x stature. Leg: the mean of the table's 18 C1 ratios (6 actions x 3 age groups, each from
/// a few people: single ones run from 0.74 to 1.18). Trunk, arm: from about 0.63 and 0.5 in absolute moments (M)
/// divided by the sexes' usual m h ratio of 0.77.
constexpr double k_women_leg_ratio = 0.91;
constexpr double k_women_trunk_ratio = 0.80;
constexpr double k_women_arm_ratio = 0.65;

/// Age: the mean of the table's 12 C1 ratios to the 18-25 group (6 actions x 2 sexes), placed at the middle of 55-65
/// and at 70 for "over 65". The same for all joints; constant before 25 and, for want of data, after 70.
struct AgePoint {
    double age_years;
    double ratio;
};
constexpr std::array<AgePoint, 3> k_age_curve = {{{25.0, 1.0}, {60.0, 0.898}, {70.0, 0.864}}};

double age_ratio(double age_years) {
    if (age_years <= k_age_curve.front().age_years) return k_age_curve.front().ratio;
    for (std::size_t i = 1; i < k_age_curve.size(); ++i) {
        const AgePoint& a = k_age_curve[i - 1];
        const AgePoint& b = k_age_curve[i];
        if (age_years <= b.age_years)
            return a.ratio + (b.ratio - a.ratio) * (age_years - a.age_years) / (b.age_years - a.age_years);
    }
    return k_age_curve.back().ratio;
}

JointStrength scaled(const JointStrength& moment, double factor) {
    return {factor * moment.positive_Nm, factor * moment.negative_Nm};
}

}  // namespace

double lean_proxy_kg(const PersonDef& def) {
    const double full_kg = 25.0 * def.stature_m * def.stature_m;
    return std::min(def.mass_kg, full_kg) + 0.3 * std::max(0.0, def.mass_kg - full_kg);
}

std::array<JointStrength, k_dof_count> joint_strengths(const PersonDef& def) {
    const double size_ratio =
        lean_proxy_kg(def) * def.stature_m / (k_reference_mass_kg * k_reference_stature_m);
    const double common = size_ratio * age_ratio(def.age_years) * def.strength_ratio;
    const bool woman = def.sex == Sex::female;
    const double leg = common * (woman ? k_women_leg_ratio : 1.0);
    const double trunk = common * (woman ? k_women_trunk_ratio : 1.0);
    const double arm = common * (woman ? k_women_arm_ratio : 1.0);

    // {positive, negative} direction of each coordinate: flexion, dorsiflexion, abduction, external rotation, inversion
    // are positive. Extension of hip, knee and trunk and plantarflexion are the negative directions.
    std::array<JointStrength, k_dof_count> strengths{};
    // Trunk extension of men 250-300 N m (M), flexion, bend and rotation M.
    strengths[dof_lumbar_flexion] = scaled({150.0, 275.0}, trunk);
    strengths[dof_lumbar_bend] = scaled({150.0, 150.0}, trunk);
    strengths[dof_lumbar_rotation] = scaled({80.0, 80.0}, trunk);
    for (const int side : {0, k_right_offset}) {
        const auto of = [&](Dof left) -> JointStrength& { return strengths[left + side]; };
        // Shoulder flexion of men: 89.9 N m at 0 and 68.6 at 45 deg (published, source not at hand); the other arm moments M.
        of(dof_left_shoulder_flexion) = scaled({80.0, 80.0}, arm);
        of(dof_left_shoulder_abduction) = scaled({65.0, 80.0}, arm);
        of(dof_left_shoulder_rotation) = scaled({35.0, 50.0}, arm);
        of(dof_left_elbow_flexion) = scaled({70.0, 45.0}, arm);
        // Sagittal leg moments from the table; frontal and transverse ones M.
        of(dof_left_hip_flexion) = scaled({k_c1_hip_flexion * k_mgh_Nm, k_c1_hip_extension * k_mgh_Nm}, leg);
        of(dof_left_hip_abduction) = scaled({110.0, 110.0}, leg);
        of(dof_left_hip_rotation) = scaled({50.0, 55.0}, leg);
        of(dof_left_knee_flexion) =
            scaled({k_c1_knee_flexion * k_mgh_Nm, k_c1_knee_extension * k_mgh_Nm}, leg);
        of(dof_left_tibial_rotation) = scaled({35.0, 35.0}, leg);
        of(dof_left_ankle_dorsiflexion) = scaled({k_dorsiflexion_Nm, k_c1_plantarflexion * k_mgh_Nm}, leg);
        of(dof_left_ankle_inversion) = scaled({25.0, 20.0}, leg);
    }
    return strengths;
}

double speed_gain(double lengthening_radps) {
    if (lengthening_radps >= 0.0) return 1.0 + 0.3 * std::tanh(lengthening_radps / 0.3);
    return std::clamp((15.0 + lengthening_radps) / (15.0 - 3.0), 0.0, 1.0);
}

}  // namespace plumb
