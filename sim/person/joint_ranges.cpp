// Ranges: the squat-limiting ones come from the user, the others are round textbook values.
#include "sim/person/joint_ranges.h"

#include <algorithm>

#include "sim/base/fields.h"
#include "sim/base/input_error.h"
#include "sim/base/units.h"

namespace plumb {
namespace {

/// Definitions: trunk-thigh closure of the general population, SD 8; of the man of 75 kg and 1.75 m.
constexpr double k_usual_closure_deg = 130.0;
constexpr double k_usual_bmi = 75.0 / (1.75 * 1.75);
/// Girth takes closure: 8 kg more on 1.71 m (2.7 kg/m2) make the belly 10 mm and the thigh 3 mm thicker by the girths of this
/// model, at some 0.25 m from the hip 3 deg (1.1 deg for each kg/m2). Calibrated on Kasuyama 2009, whose heavier men are the unable
/// ones: 1.6 (tests/validation/calibration.h). Beyond the ends nobody was measured.
constexpr double k_closure_per_bmi_deg = 1.6, k_least_closure_deg = 90.0, k_most_closure_deg = 145.0;
/// Bony hip flexion ends near 87-100 deg; more only with abduction (J Korean Orthop Assoc 2006;41:361, CT; definitions:
/// up to 15 deg with 30-40 deg of abduction).
constexpr double k_hip_flexion_gain_deg = 15.0;
constexpr double k_full_gain_abduction_deg = 35.0;

/// Ends that no squat of this program depends on. M: round textbook values, not test targets.
constexpr double k_plantarflexion_deg = 50.0;
constexpr double k_hip_extension_deg = 20.0;
constexpr double k_hip_adduction_deg = 20.0;
constexpr double k_hip_internal_rotation_deg = 40.0;
constexpr double k_lumbar_extension_deg = 25.0;
constexpr double k_lumbar_bend_deg = 25.0;
constexpr double k_thoracolumbar_rotation_deg = 45.0;
constexpr double k_shoulder_extension_deg = 60.0;
constexpr double k_shoulder_flexion_deg = 180.0;
constexpr double k_shoulder_adduction_deg = 45.0;
constexpr double k_shoulder_abduction_deg = 170.0;
constexpr double k_shoulder_rotation_deg = 90.0;
constexpr double k_elbow_flexion_deg = 150.0;
/// Shank against thigh, knee bent. M: from memory.
constexpr double k_tibial_rotation_deg = 15.0;
/// Toes up under the body's weight and down. M: from memory.
constexpr double k_toe_extension_deg = 70.0, k_toe_flexion_deg = 40.0;

JointRange range_deg(double min_deg, double max_deg) {
    return {min_deg * k_deg_to_rad, max_deg * k_deg_to_rad};
}

}  // namespace

std::array<JointRange, k_dof_count> joint_ranges(const PersonDef& def) {
    std::array<JointRange, k_dof_count> ranges{};
    ranges[dof_lumbar_flexion] = range_deg(-k_lumbar_extension_deg, def.lumbar_flexion_deg);
    ranges[dof_lumbar_bend] = range_deg(-k_lumbar_bend_deg, k_lumbar_bend_deg);
    ranges[dof_lumbar_rotation] = range_deg(-k_thoracolumbar_rotation_deg, k_thoracolumbar_rotation_deg);
    for (int side = 0; side < k_side_count; ++side) {
        const PersonDef own = as_on_side(def, side);
        const auto of = [&](Dof left) -> JointRange& {
            return ranges[static_cast<std::size_t>(on_side(left, side))];
        };
        of(dof_left_shoulder_flexion) = range_deg(-k_shoulder_extension_deg, k_shoulder_flexion_deg);
        of(dof_left_shoulder_abduction) = range_deg(-k_shoulder_adduction_deg, k_shoulder_abduction_deg);
        of(dof_left_shoulder_rotation) = range_deg(-k_shoulder_rotation_deg, k_shoulder_rotation_deg);
        of(dof_left_elbow_flexion) = range_deg(0.0, k_elbow_flexion_deg);
        of(dof_left_hip_flexion) =
            range_deg(-k_hip_extension_deg, own.hip_flexion_deg + k_hip_flexion_gain_deg);
        of(dof_left_hip_abduction) = range_deg(-k_hip_adduction_deg, own.hip_abduction_deg);
        of(dof_left_hip_rotation) = range_deg(-k_hip_internal_rotation_deg, own.hip_external_rotation_deg);
        of(dof_left_knee_flexion) = range_deg(0.0, own.knee_flexion_deg);
        of(dof_left_tibial_rotation) = range_deg(-k_tibial_rotation_deg, k_tibial_rotation_deg);
        of(dof_left_ankle_dorsiflexion) = range_deg(-k_plantarflexion_deg, own.ankle_dorsiflexion_deg);
        of(dof_left_ankle_inversion) = range_deg(-own.ankle_eversion_deg, own.ankle_inversion_deg);
        of(dof_left_toe_extension) = range_deg(-k_toe_flexion_deg, k_toe_extension_deg);
    }
    return ranges;
}

double trunk_thigh_closure_deg(const PersonDef& def) {
    if (def.trunk_thigh_closure_deg && def.hip_flexion_clinical_deg)
        throw InputError("person.trunk_thigh_closure_deg = " + value_text(*def.trunk_thigh_closure_deg)
                         + " and person.hip_flexion_clinical_deg = "
                         + value_text(*def.hip_flexion_clinical_deg)
                         + " say the same thing twice; allowed: one of the two");
    if (def.trunk_thigh_closure_deg) return *def.trunk_thigh_closure_deg;
    if (def.hip_flexion_clinical_deg) return *def.hip_flexion_clinical_deg;
    const double bmi = def.mass_kg / (def.stature_m * def.stature_m);
    return std::clamp(k_usual_closure_deg - k_closure_per_bmi_deg * (bmi - k_usual_bmi), k_least_closure_deg,
                      k_most_closure_deg);
}

double hip_flexion_cap_rad(const Person& person, int side, double abduction_rad) {
    // Smoothstep from 0 to full gain: 3 s^2 - 2 s^3.
    const double s = std::clamp(abduction_rad / (k_full_gain_abduction_deg * k_deg_to_rad), 0.0, 1.0);
    const double missing = 1.0 - s * s * (3.0 - 2.0 * s);
    return person.ranges[static_cast<std::size_t>(on_side(dof_left_hip_flexion, side))].max_rad
           - k_hip_flexion_gain_deg * missing * k_deg_to_rad;
}

double hip_flexion_cap_slope(double abduction_rad) {
    constexpr double k_full_rad = k_full_gain_abduction_deg * k_deg_to_rad;
    const double s = std::clamp(abduction_rad / k_full_rad, 0.0, 1.0);
    return k_hip_flexion_gain_deg * k_deg_to_rad * 6.0 * s * (1.0 - s) / k_full_rad;
}

}  // namespace plumb
