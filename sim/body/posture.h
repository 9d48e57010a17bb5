// The squat's few free variables and the whole pose that follows: analytic legs, arms by rule (model.md, 4).
#pragma once

#include <optional>

#include "sim/body/dynamics.h"

namespace plumb {

/// What is free in a left-right symmetric squat with both soles planted in the starting stance.
struct Posture {
    double hip_x_m = 0.0;           ///< hip midpoint, world X
    double hip_height_m = 0.0;      ///< hip midpoint above the floor
    double pelvis_pitch_rad = 0.0;  ///< + tilts the pelvis forward
    double lumbar_flexion_rad = 0.0;
    /// Both knees turned outward about the line from ankle to hip; 0: knee in the plane through that line and the foot's
    /// direction, the shank not turned against the thigh.
    double knee_out_rad = 0.0;
};

/// Leg joint angles [rad] that put the planted foot under the hip.
struct LegAngles {
    double hip_flexion, hip_abduction, hip_rotation, knee_flexion, tibial_rotation, ankle_dorsiflexion,
        ankle_inversion;
};

/// Closed-form inverse kinematics of one leg. `reach_excess_m` is how much farther the hip is from the ankle than the
/// straight leg (or nearer than the folded one, as a positive number too); the angles are then those at the limit.
struct LegSolution {
    LegAngles angles{};
    double reach_excess_m = 0.0;
};
/// The planted foot's leg for a hip joint centre and pelvis orientation; `knee_out_rad` as in Posture.
[[nodiscard]] LegSolution solve_leg(const BodyModel& body, int side, const Vector3& hip_m,
                                    const Matrix3& pelvis_rotation, double knee_out_rad);

/// Puts a leg's angles into the pose's joints.
void set_leg(DofVector& joints, int side, const LegAngles& angles);

/// How the arms are held, worked out once for a scenario.
struct ArmRule {
    enum class Kind { hanging, forward, fixed } kind = Kind::hanging;
    double upper_arm_below_level_rad = 0.0;  ///< forward: lowered as far as the shoulder's strength asks
    double forearm_below_level_rad = 0.0;    ///< forward: lowered as far as the elbow's strength asks
    double flexion_rad = 0.0, abduction_rad = 0.0, rotation_rad = 0.0,
           elbow_rad = 0.0;    ///< fixed: relative to the trunk
    double reach_share = 1.0;  ///< forward: hand reach as a share of the straight level arm
};
/// Forward: farthest reach the shoulders and elbows can hold. The forearm stays level as long as the elbow can, since a
/// metre of reach costs the shoulder less there than in the upper arm.
[[nodiscard]] ArmRule forward_arm_rule(const BodyModel& body);
/// The rule this scenario's arms and counterweight ask for.
[[nodiscard]] ArmRule make_arm_rule(const BodyModel& body, const ScenarioDef& scenario);

/// The pose of a posture. `reach_excess_m` as in LegSolution, the larger of the two legs.
struct PosedBody {
    Pose pose;
    double reach_excess_m = -1e9;
};
[[nodiscard]] PosedBody pose_of(const BodyModel& body, const ArmRule& arms, const Posture& posture);

/// Ground force under each foot, equal halves of the weight, acting where the COM projects, with the sideways pair that
/// loads the leg joints least; and the static moments (dynamics.h) that go with them.
struct StandingStatics {
    std::array<PointForce, k_side_count> ground;  ///< left, right
    VelocityVector moments;
};
[[nodiscard]] StandingStatics standing_statics(const BodyModel& body, const Kinematics& kinematics);

}  // namespace plumb
