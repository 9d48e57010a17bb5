// What the frames alone must show for an outcome.
#pragma once

#include <algorithm>
#include <string>

#include "sim/balance/assessment.h"
#include "sim/base/units.h"

namespace plumb::test {

/// Speed of the fastest joint origin of a run [m/s]; NaN if any is.
inline double fastest_mps(const Recording& run) {
    double fastest = 0.0;
    for (const Frame& frame : run.frames) {
        const Kinematics k = forward_kinematics(run.plan.model.body, frame.pose);
        const SpatialVectors v = link_velocities(run.plan.model.body, k, frame.velocity);
        for (size_t i = 0; i < k_link_count; ++i) {
            const double speed = point_velocity(v[i], k.position[i]).norm();
            if (!(speed <= fastest)) fastest = speed;  // NaN stays
        }
    }
    return fastest;
}

inline Outcome fall_over(Edge edge) {
    switch (edge) {
    case Edge::toe: return Outcome::fell_forward;
    case Edge::left: return Outcome::fell_left;
    case Edge::right: return Outcome::fell_right;
    default: return Outcome::fell_backward;
    }
}

inline bool is_fall(Outcome outcome) { return outcome <= Outcome::fell_right; }

/// The first thing in the series that contradicts the verdict; empty when nothing does.
inline std::string find_contradiction(const Recording& run, const Assessment& a) {
    const Frame& last = run.frames.back();
    bool floor_touched = false, wall_touched = false;
    double deepest = 0.0, slip_m = 0.0, bent_rad = 0.0;  ///< the less bent knee, at its most
    bool left_feet = false;
    for (const Frame& frame : run.frames) {
        if (!frame.com_m.allFinite() || !frame.velocity.allFinite()) return "a frame that is not finite";
        left_feet = left_feet || frame.com_margin.margin_m < 0.0;
        floor_touched = floor_touched || frame.floor_other_N > 0.0;
        wall_touched = wall_touched || frame.wall_peak_N > 0.0;
        deepest = std::max(deepest, frame.hip_drop);
        bent_rad = std::max(bent_rad, std::min(frame.pose.joints[dof_left_knee_flexion],
                                               frame.pose.joints[dof_right_knee_flexion]));
        slip_m = std::max({slip_m, frame.foot_slip_m[0], frame.foot_slip_m[1]});
    }
    if (a.wall.has_value() != wall_touched) return "wall facts";
    // Who the engine says lies on the floor has fallen.
    if (last.phase == Phase::fallen && !is_fall(a.outcome)) return "lies on the floor, but did not fall";
    if (!(a.functional_min_m <= a.com_min_m + 1e-9)) return "functional margin over the sole's";
    const auto unless = [](bool good, const char* what) { return good ? std::string() : std::string(what); };
    switch (a.outcome) {
    case Outcome::fell_backward:
    case Outcome::fell_forward:
    case Outcome::fell_left:
    case Outcome::fell_right:
        if (!floor_touched && !(last.com_margin.margin_m < 0.0)) return "a fall without floor or exit";
        // Named by the edge the COM left (definitions); a jump or a slide may let it land elsewhere, and a collapse onto the
        // floor with the COM over the feet is named by where that lies.
        if (!a.com_exit) return unless(floor_touched, "a fall without floor or exit");
        if (!left_feet) return "an exit, but the COM never left";
        return unless(a.outcome == fall_over(a.com_exit->edge), "a fall not named by its exit");
    case Outcome::slipped: return unless(slip_m > 0.020, "slipped without slip");
    case Outcome::caught_by_wall: return unless(wall_touched && a.com_exit, "caught without wall or exit");
    case Outcome::leaning_on_wall: return unless(wall_touched, "leaning without wall");
    case Outcome::blocked_by_wall:
        return unless(run.scenario.wall.distance_m.has_value(), "blocked without wall");
    case Outcome::heels_lifted: return unless(a.heel_lift_max_m > 0.002, "heels did not lift");
    case Outcome::cannot_rise: return unless(last.hip_drop > 0.05, "cannot rise, but stands");
    case Outcome::stopped_short: return "";
    case Outcome::completed_marginal:
    case Outcome::completed:
        // Full depth is an angle of the knees, which a body may reach where no planned posture did.
        return unless(last.hip_drop < 0.06 && !floor_touched
                          && (deepest > run.plan.asked_drop - 0.03
                              || (run.scenario.movement.depth == Depth{DepthWord::full}
                                  && bent_rad > (k_full_knee_flexion_deg - 2.0) * k_deg_to_rad)),
                      "completed, but not down and up");
    }
    return "unknown outcome";
}

}  // namespace plumb::test
