// What happened in a run: immutable frames with everything measured, and the inputs behind them.
#pragma once

#include <array>
#include <limits>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "sim/body/state.h"
#include "sim/person/tissue.h"
#include "sim/plan/squat_plan.h"
#include "sim/scenario/scenario_def.h"

namespace plumb {

enum class Phase { stand, descent, hold, ascent, fallen };
[[nodiscard]] std::string_view phase_name(Phase phase);

/// A body part other than the feet that carries this share of the whole weight for this long rests on the floor.
inline constexpr double k_floor_share = 0.05, k_floor_rest_s = 0.3;

/// One moment. Forces are means over the time since the previous frame; the rest is at `time_s`.
struct Frame {
    double time_s = 0.0;
    Phase phase = Phase::stand;
    Pose pose;
    VelocityVector velocity = VelocityVector::Zero();
    DofVector moment_Nm =
        DofVector::Zero();  ///< active joint moments, positive in the coordinate's direction
    Vector3 com_m = Vector3::Zero();
    Vector3 com_velocity_mps = Vector3::Zero();
    double com_acceleration_z_mps2 = 0.0;  ///< change of COM velocity since the previous frame / time
    Eigen::Vector2d xcom_m = Eigen::Vector2d::Zero();
    std::optional<Eigen::Vector2d> cop_m;  ///< none while the feet carry nothing
    std::array<Vector3, k_side_count> foot_force_N{Vector3::Zero(), Vector3::Zero()};
    Vector3 wall_force_N = Vector3::Zero();  ///< on the body
    double wall_peak_N = 0.0;                ///< largest normal force of a step since the previous frame
    Vector3 push_N = Vector3::Zero();        ///< somebody's push from outside, mean over the frame
    Vector3 push_place_m = Vector3::Zero();  ///< where it acts at the end of the frame; zero without one
    double floor_other_N = 0.0;              ///< vertical force on body parts other than the feet
    Margin com_margin{};                     ///< COM to the sole base
    Margin functional_margin{};
    Margin xcom_margin{};
    /// Where the COM may rest, held by feet, wall and strength (model.md, 11); empty without wall contact, or when nowhere.
    Polygon support_region;
    /// COM to it: NaN without wall contact, -infinity when the posture cannot be held wherever the COM is.
    Margin support_margin{std::numeric_limits<double>::quiet_NaN(), Edge::none};
    std::array<double, k_side_count> heel_height_m{};  ///< lowest heel point above the floor
    std::array<double, k_side_count>
        foot_slip_m{};  ///< horizontal travel of the foot from the start (nearest point)
    double hip_height_m = 0.0;
    double hip_drop = 0.0;
    double trunk_lean_rad = 0.0;
    double thigh_angle_rad = 0.0;
    TissueState tissue{};  ///< mean of both sides; each side's follows from the pose (tissue_sides)
    /// How far the pelvis has turned back from its most forward tilt so far ("butt wink"), >= 0.
    double pelvic_retroversion_rad = 0.0;
};

/// The wall was touched since the previous frame.
[[nodiscard]] inline bool on_wall(const Frame& frame) {
    return frame.wall_peak_N > 0.0 || frame.wall_force_N.x() > 0.0;
}

/// Bookkeeping of the engine that belongs to the result.
struct EngineFacts {
    double dt_s = 0.0;
    double dt_fine_s = 0.0;
    long long steps = 0;
    std::string state_hash;  ///< SHA-256 over every step's pelvis place, joint angles and velocities
};

/// A whole run; shared as shared_ptr<const Recording>.
struct Recording {
    std::string program;   ///< "plumbline 0.1.0"
    ScenarioDef scenario;  ///< resolved
    std::string input_hash;
    SquatPlan plan;
    std::vector<Frame> frames;
    EngineFacts engine;
};

}  // namespace plumb
