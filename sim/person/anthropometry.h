// Body lengths and girths from a PersonDef: ANSUR II fractions of stature, user overrides, the trunk closing the chain.
#pragma once

#include "sim/person/person.h"

namespace plumb {

/// Hip joint centre above the trochanterion, share of stature (Drillis & Contini 1966 put the hip at .530: D).
inline constexpr double k_hip_above_trochanter_fraction = 0.01;

/// ANSUR II's means of one sex; fractions are of stature (Gordon et al. 2014).
struct AnsurMeans {
    double shank_fraction;         ///< lateral femoral epicondyle height minus lateral malleolus height
    double thigh_fraction;         ///< trochanterion to knee
    double trunk_fraction;         ///< trochanterion to acromion
    double ankle_height_fraction;  ///< lateral malleolus height
    double sitting_height_fraction;
    double upper_arm_fraction;  ///< acromion to radiale
    double forearm_fraction;    ///< radiale to stylion
    double hand_fraction;
    double biacromial_fraction;
    double bicristal_fraction;
    double foot_length_fraction;
    double foot_breadth_of_foot;
    double heel_breadth_of_foot;
    double ball_length_of_foot;
    double stature_m;
    double mass_kg;
    double buttock_depth_m;
    double waist_depth_m;
    double chest_depth_m;
};
[[nodiscard]] const AnsurMeans& ansur_of(Sex sex);

/// Lengths of the person. Chain rule: ankle height + shank + thigh + trunk + (shoulder to vertex) = stature.
/// The trunk closes the chain unless it is given; a given trunk leaves the rest to neck and head, within 5 % of stature.
/// Feeding the results (and arm_length_m) back as overrides changes no bit.
/// Throws InputError for a chain that misses stature by more than 5 % or a trunk outside 0.2-0.9 m.
[[nodiscard]] BodyLengths body_lengths(const PersonDef& def);

/// Thigh and shank of a person with two equal legs, given or from stature [m].
struct LegLengths {
    double thigh_m = 0.0, shank_m = 0.0;
};
[[nodiscard]] LegLengths leg_lengths(const PersonDef& def);

/// Acromion to grip centre [m]: given, or upper arm + forearm + half a hand of the sex's mean.
[[nodiscard]] double arm_length_m(const PersonDef& def);

/// The forearm's length (elbow to grip centre) split into forearm proper and whole hand.
struct ForearmParts {
    double elbow_to_wrist_m = 0.0;
    double hand_m = 0.0;  ///< wrist to finger tip; the grip centre lies half way
};

/// Splits in the ANSUR II proportions of the sex: elbow_to_wrist_m + hand_m / 2 = forearm_m.
[[nodiscard]] ForearmParts split_forearm(Sex sex, double forearm_m);

}  // namespace plumb
