// Who squats: the plain description of a person, defaults included.
#pragma once

#include <optional>

namespace plumb {

enum class Sex { male, female };
enum class Footwear { bare, shod };

/// Strength of single joints over this person's healthy average; strength_ratio comes on top.
struct StrengthRatios {
    double hip_ratio = 1.0;
    double knee_ratio = 1.0;
    double ankle_ratio = 1.0;
    double trunk_ratio = 1.0;
    double shoulder_ratio = 1.0;  ///< the whole arm
    bool operator==(const StrengthRatios&) const = default;
};

/// Passive moments of single tissues over the average; tightness_ratio comes on top.
struct TightnessRatios {
    double calf_ratio = 1.0;
    double hamstring_ratio = 1.0;
    double glute_ratio = 1.0;
    double quad_ratio = 1.0;
    double lower_back_ratio = 1.0;
    bool operator==(const TightnessRatios&) const = default;
};

/// What differs on one side of the body; what is absent is as the person's own.
struct SideDef {
    std::optional<double> thigh_length_m{}, shank_length_m{};
    std::optional<double> ankle_dorsiflexion_deg{}, ankle_inversion_deg{}, ankle_eversion_deg{};
    std::optional<double> hip_flexion_deg{}, hip_abduction_deg{}, hip_external_rotation_deg{};
    std::optional<double> knee_flexion_deg{};
    std::optional<double> strength_ratio{};  ///< of this side's leg and arm
    std::optional<double> hip_strength_ratio{}, knee_strength_ratio{}, ankle_strength_ratio{};
    bool operator==(const SideDef&) const = default;
};

inline constexpr double k_usual_dorsiflexion_deg = 38.0;

/// One person as a user describes them. Angles in degrees (this is the door); absent lengths come from ANSUR II.
struct PersonDef {
    Sex sex = Sex::male;
    double age_years = 30.0;
    double stature_m = 1.75;
    double mass_kg = 75.0;
    std::optional<double> thigh_length_m{};  ///< hip joint centre to knee axis
    std::optional<double> shank_length_m{};  ///< knee axis to ankle axis
    std::optional<double>
        trunk_length_m{};                   ///< hip joint centre to acromion; closes the stature unless given
    std::optional<double> arm_length_m{};   ///< acromion to fist (grip centre)
    std::optional<double> foot_length_m{};  ///< heel to longest toe
    Footwear footwear = Footwear::bare;     ///< how much of the foot can be used
    double ankle_dorsiflexion_deg = k_usual_dorsiflexion_deg;  ///< weight-bearing, knee bent
    std::optional<double> ankle_dorsiflexion_nwb_deg{};        ///< couch value, knee bent: sets the one above
    std::optional<double> knee_to_wall_cm{};                   ///< toe to wall in a lunge: sets it too
    double ankle_inversion_deg = 20.0;
    double ankle_eversion_deg = 10.0;
    double hip_flexion_deg = 100.0;  ///< femur on pelvis; abduction adds up to 15
    std::optional<double>
        hip_flexion_clinical_deg{};  ///< couch value: sets the closure (flat back); not with closure
    double hip_abduction_deg = 42.0;
    double hip_external_rotation_deg = 40.0;
    double knee_flexion_deg = 150.0;
    double lumbar_flexion_deg = 30.0;
    std::optional<double> trunk_thigh_closure_deg{};  ///< caps hip + lumbar flexion; 130 when absent
    double strength_ratio = 1.0;
    double tightness_ratio = 1.0;
    double soft_tissue_contact = 1.0;  ///< thigh on calf and belly on thigh; 0 is none
    double reaction_delay_s = 0.12;    ///< from a slip of the centre of mass to the answer
    double sway_sd_m = 0.004;          ///< of the centre of mass, standing, fore and aft
    StrengthRatios strength{};
    TightnessRatios tightness{};
    SideDef left{}, right{};

    bool operator==(const PersonDef&) const = default;
};

/// The person as one side (0 left, 1 right) has it on both: the side's values in the person's own fields.
[[nodiscard]] PersonDef as_on_side(const PersonDef& def, int side);

}  // namespace plumb
