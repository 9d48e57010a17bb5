// What the ground, the wall and the flesh are made of: one description for Bullet, the exports and the support region
// (model.md, 7). All values are choices.
#pragma once

namespace plumb {

/// Coulomb friction of the pairs that can touch.
inline constexpr double k_foot_floor_friction = 0.9;
inline constexpr double k_flesh_floor_friction = 0.6;
inline constexpr double k_flesh_wall_friction = 0.3;

/// Flesh on wall and floor gives way, so that peak forces do not depend on the step. Soles are hard.
inline constexpr double k_flesh_stiffness_Npm = 2.0e4;
inline constexpr double k_flesh_damping_Nspm = 1.0e3;

/// Engine stops lie this far outside the person's ranges (the passive moments act before them) ...
inline constexpr double k_stop_slack_rad = 0.17453292519943295;  // 10 deg
/// ... and hold no more than this: a rigid stop would turn every collapse into a blow whose size depends on the step.
inline constexpr double k_stop_moment_Nm = 200.0;
/// The spine's hold more: ribs, vertebrae and ligaments of a trunk. M.
inline constexpr double k_spine_stop_moment_Nm = 1000.0;

/// No joint ends a step faster: light feet and forearms thrown against the floor would leave the integrator's range. Kicks
/// and jumps reach some 20-30 rad/s at knee and ankle.
inline constexpr double k_fastest_radps = 30.0;

}  // namespace plumb
