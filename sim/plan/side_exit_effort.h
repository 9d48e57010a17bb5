// How hard a still posture is: the smallest share of every joint's strength that holds it on given contacts (model.md, 15).
#pragma once

#include <limits>
#include <vector>

#include "sim/body/support_region.h"

namespace plumb {

/// Contact forces inside their friction cones that carry the weight of the body where its COM is, chosen so that the most loaded
/// joint uses the smallest share of its strength at this angle (passive moments help or hinder as in (11.3)).
struct RestEffort {
    bool balances = false;  ///< some contact forces carry the weight, whatever the joints must do
    /// That share: 1 all of it, above 1 more than there is; NaN where nothing balances.
    double strength_use = std::numeric_limits<double>::quiet_NaN();
};
[[nodiscard]] RestEffort rest_effort(const BodyModel& body, const Pose& pose,
                                     const std::vector<RegionContact>& contacts);

/// The coordinate whose strength, if there were a quarter more of it, would lower that share most; -1 where nothing balances.
[[nodiscard]] int hardest_joint(const BodyModel& body, const Pose& pose,
                                const std::vector<RegionContact>& contacts);

}  // namespace plumb
