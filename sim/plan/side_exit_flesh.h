// How deep limbs of a posture lie inside one another or the trunk.
#pragma once

#include <string>
#include <vector>

#include "sim/body/state.h"

namespace plumb {

/// Two parts as round rods: how much nearer they are than their girths allow [m], - apart.
struct FleshPair {
    double overlap_m = 0.0;
    int first = 0, second = 0;  ///< for flesh_name
};
/// Pairs that a posture close to the floor may bring together, always the same in the same order.
[[nodiscard]] std::vector<FleshPair> flesh_pairs(const BodyModel& body, const Kinematics& kinematics);
/// "left thigh".
[[nodiscard]] std::string flesh_name(int part);

}  // namespace plumb
