// How far the ankle bends, from whatever was measured: a lunge, a couch, a tape.
#pragma once

#include <optional>

#include "sim/person/person.h"

namespace plumb {

/// Weight-bearing dorsiflexion of this person [deg]: as given, or from the couch value or the knee-to-wall distance. Throws
/// InputError when more than one of the three is given (ankle_dorsiflexion_deg counts as given when it is neither the usual
/// value nor the converted one, which a resolved person holds) or the distance fits no shank of this length.
[[nodiscard]] double dorsiflexion_deg(const PersonDef& def, const BodyLengths& size);

/// Dorsiflexion at which the knee reaches a wall this far in front of the toe [deg]: the shank leans so far that the kneecap
/// meets the wall. Nothing where no ankle of 0 to 60 deg does.
[[nodiscard]] std::optional<double> dorsiflexion_of_wall_deg(const BodyLengths& size, double knee_to_wall_m);
/// The distance at which that is this much [m].
[[nodiscard]] double knee_to_wall_m(const BodyLengths& size, double dorsiflexion_deg);

/// Sets the value itself; what it may have been measured by is forgotten.
void take_dorsiflexion(PersonDef& def, double dorsiflexion_deg);

/// That of the stiffer side of a person as built [deg].
[[nodiscard]] double stiffer_ankle_deg(const PersonDef& def);
/// Gives each side that has less this much; what that was measured by is forgotten.
void raise_dorsiflexion(PersonDef& def, double dorsiflexion_deg);

/// Weight-bearing over couch value, knee bent: 39 against 20 deg (Baumbach 2014, BMC Musculoskelet Disord 15:246, n 20).
inline constexpr double k_weight_bearing_gain_deg = 19.0;

/// Standard error of the dorsiflexion by how it was measured [deg]: an inclinometer's 3; with the couch value's conversion 5
/// on top (M: the two values of one person differ by some 5 deg around their mean difference); the distance's 2.5.
[[nodiscard]] double dorsiflexion_error_deg(const PersonDef& def);
/// The distance's: 5.2 deg between persons (Calatayud 2015), r = 0.88 between distance and inclination (least of the
/// correlations in the radiographic study of the lunge test, JOSPT): 5.2 sqrt(1 - 0.88^2). D.
inline constexpr double k_wall_conversion_error_deg = 2.5;

}  // namespace plumb
