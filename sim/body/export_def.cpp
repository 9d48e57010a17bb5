// Names and the pose that all exported files share.
#include "sim/body/export_def.h"

#include <algorithm>

namespace plumb {

std::string link_name(int link) {
    if (link == k_pelvis_link) return "pelvis";
    if (link == k_thorax_link) return "thorax";
    for (int side = 0; side < k_side_count; ++side) {
        const std::string prefix = side == side_left ? "left_" : "right_";
        if (link == link_of(on_side(dof_left_shoulder_rotation, side))) return prefix + "upper_arm";
        if (link == forearm_link(side)) return prefix + "forearm";
        if (link == thigh_link(side)) return prefix + "thigh";
        if (link == shank_link(side)) return prefix + "shank";
        if (link == foot_link(side)) return prefix + "foot";
        if (link == toe_link(side)) return prefix + "toes";
    }
    return std::string(k_dof_names[static_cast<size_t>(link - 1)]) + "_link";
}

Pose zero_pose(const BodyModel& body) {
    Pose pose;
    const Kinematics k = forward_kinematics(body, pose);
    double lowest_m = 0.0;
    for (const Collider& c : body.colliders)
        lowest_m = std::min(lowest_m, k.point(c.link, c.centre_m).z() - c.radius_m);
    const Vector3 ankles_m =
        0.5 * (body.feet[side_left].standing_ankle_m + body.feet[side_right].standing_ankle_m);
    pose.pelvis_m = {ankles_m.x(), ankles_m.y(), -lowest_m};
    return pose;
}

}  // namespace plumb
