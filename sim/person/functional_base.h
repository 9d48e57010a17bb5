// How much of the foot people can use for balance, by age and footwear.
#pragma once

#include "sim/person/person_def.h"

namespace plumb {

/// Usable part of the foot, as fractions of its length from the heel.
struct FunctionalBase {
    double heel_fraction, toe_fraction;
};

/// Bare and young 10-80 %, shod 10-76 % (Millard & Sloot 2025, J Biomech 192:112927; Sloot 2025: ends of the measured polygons,
/// the ankle at 20 % of the foot). Middle-aged and older people use less, in shoes 12-73 and 21-71 %; the same is taken off bare
/// feet, for which older people were not measured. Between 35, 50 and 70 years in proportion.
[[nodiscard]] FunctionalBase functional_base(const PersonDef& def);

}  // namespace plumb
