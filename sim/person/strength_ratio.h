// Which of a person's strength ratios a joint's word means.
#pragma once

#include <string_view>

#include "sim/person/person_def.h"

namespace plumb {

/// The share of the healthy average that the joint of a factor "strength_<joint>" has: the toes go with the ankle, elbow and shoulder
/// with the arm (strength.cpp).
[[nodiscard]] inline double joint_strength_ratio(const PersonDef& person, std::string_view joint) {
    const StrengthRatios& r = person.strength;
    return person.strength_ratio
           * (joint == "hip"                       ? r.hip_ratio
              : joint == "knee"                    ? r.knee_ratio
              : joint == "ankle" || joint == "toe" ? r.ankle_ratio
              : joint == "trunk"                   ? r.trunk_ratio
                                                   : r.shoulder_ratio);
}

}  // namespace plumb
