// The support region with a wall: where the COM may be while contacts, friction and joint strength hold this posture
// still (model.md, 11; Bretl & Lall 2008, IEEE T-RO 24:794-807; Orsolino et al. 2020, IEEE T-RO 36:1239-1255).
#pragma once

#include <optional>
#include <vector>

#include "sim/body/state.h"

namespace plumb {

/// A point at which floor or wall can push on a link.
struct RegionContact {
    int link = 0;
    Vector3 point_m = Vector3::Zero();  ///< world
    Vector3 normal = Vector3::UnitZ();  ///< unit, from the ground into the body
    double friction = 0.0;              ///< Coulomb, >= 0
};

/// What touches in this pose, by geometry alone: sole points and flesh nearer than k_touch_gap_m to the floor, flesh as near
/// to the wall plane at X = -`wall_distance_m` (none: no wall). Points lie on floor and wall.
[[nodiscard]] std::vector<RegionContact>
touching_contacts(const BodyModel& body, const Kinematics& kinematics, std::optional<double> wall_distance_m);

/// COM places (world X and Y) at which the body in this pose can be at rest: forces in the friction cones of the contacts, joint
/// moments within strength around the passive moments. Counter-clockwise; inside the true region, short of it by at most about
/// k_region_error_m. Empty when there is no such place, the pose holds no numbers, or contacts could jam without end. With a place
/// of interest `near_m` an edge may fall short by 3 % of its distance from there too: the place's margin is 3 % right.
[[nodiscard]] Polygon support_region(const BodyModel& body, const Pose& pose,
                                     const std::vector<RegionContact>& contacts,
                                     const std::optional<Eigen::Vector2d>& near_m = std::nullopt);
inline constexpr double k_region_error_m = 0.0015;

}  // namespace plumb
