// Several searches for one exit, and its mirror image.
#include "sim/plan/side_exit.h"

#include <algorithm>
#include <array>
#include <optional>

#include "sim/base/units.h"
#include "sim/plan/side_exit_numbers.h"
#include "sim/plan/side_exit_planner.h"

namespace plumb {
namespace {

/// For a man of 1.75 m; choices, tried in this order.
constexpr std::array<SideExitTuning, 6> k_tunings = {{{0.02, 0.22, deg(50), 0.42, deg(40)},
                                                      {0.10, 0.20, deg(40), 0.42, deg(40)},
                                                      {0.10, 0.15, deg(60), 0.36, deg(40)},
                                                      {-0.05, 0.28, deg(60), 0.42, deg(60)},
                                                      {0.15, 0.15, deg(30), 0.36, deg(40)},
                                                      {0.02, 0.22, deg(75), 0.36, deg(70)}}};

int mirrored_link(int link) {
    if (link < link_of(dof_left_shoulder_flexion)) return link;
    const Dof dof = static_cast<Dof>(link - 1), left = left_twin(dof);
    return link_of(on_side(left, dof == left ? side_right : side_left));
}

Polygon mirrored(Polygon polygon) {
    for (Eigen::Vector2d& p : polygon) p.y() *= -1.0;
    std::reverse(polygon.begin(), polygon.end());
    return polygon;
}

/// left <-> right in a reason.
void swap_sides(std::string& text) {
    std::string swapped;
    for (size_t i = 0; i < text.size();) {
        const bool left = text.compare(i, 4, "left") == 0, right = text.compare(i, 5, "right") == 0;
        swapped += left ? "right" : right ? "left" : text.substr(i, 1);
        i += left ? 4 : right ? 5 : 1;
    }
    text = std::move(swapped);
}

/// The plane Y = 0 is the mirror.
void mirror(SideExit& exit) {
    const Vector3 flip(1.0, -1.0, 1.0);
    exit.side = exit.side == side_left ? side_right : side_left;
    for (SideExitStep& step : exit.steps) {
        Pose& pose = step.pose;
        pose.pelvis_m.y() *= -1.0;
        pose.pelvis_rotation = flip.asDiagonal() * pose.pelvis_rotation * flip.asDiagonal();
        const DofVector joints = pose.joints;
        for (int dof = 0; dof < k_dof_count; ++dof) pose.joints[mirrored_link(dof + 1) - 1] = joints[dof];
        pose.joints[dof_lumbar_bend] *= -1.0;
        pose.joints[dof_lumbar_rotation] *= -1.0;
        for (RegionContact& contact : step.contacts) {
            contact.link = mirrored_link(contact.link);
            contact.point_m.y() *= -1.0;
        }
        step.support = mirrored(std::move(step.support));
        step.region = mirrored(std::move(step.region));
        step.com_m.y() *= -1.0;
        swap_sides(step.why_not);
    }
    swap_sides(exit.limiting);
}

}  // namespace

ScenarioDef side_exit_scenario(ScenarioDef resolved) {
    resolved.counterweight.mass_kg = 0.0;
    return resolved;
}

BodyModel side_exit_body(const ScenarioDef& resolved) {
    return build_body(build_person(resolved.person), side_exit_scenario(resolved));
}

SideExit plan_side_exit(const SquatPlan& plan, const ScenarioDef& resolved, int side) {
    // A body whose sides are alike has one exit and its mirror image, to the last digit.
    const bool alike = side_exit_body(resolved).mirrored;
    const int planned = alike ? side_left : side;
    size_t most = 0;
    const SideExitTuning* best = &k_tunings.front();
    std::optional<SideExit> found;
    for (const SideExitTuning& tuning : k_tunings) {
        SideExit exit = SideExitPlanner(plan, resolved, planned, tuning).plan(false);
        if (exit.reached > most) {
            most = exit.reached;
            best = &tuning;
        }
        if (exit.feasible && (!found || exit.way_strength_use < found->way_strength_use))
            found = std::move(exit);
        if (most == 0 || (found && found->way_strength_use <= 1.0)) break;
    }
    if (!found) found = SideExitPlanner(plan, resolved, planned, *best).plan(true);
    if (planned != side) mirror(*found);
    return std::move(*found);
}

}  // namespace plumb
