// The squat's few free variables and the whole pose that follows: analytic legs, arms by rule (model.md, 4).
#pragma once

#include <optional>

#include "sim/body/dynamics.h"

namespace plumb {

/// What is free in a squat with both soles (or, heels up, both forefeet) planted in the starting stance. The last four but one are
/// zero in a left-right symmetric one; the thorax stays straight ahead and upright to the sides whatever the pelvis does (choice).
struct Posture {
    double hip_x_m = 0.0;           ///< hip midpoint, world X
    double hip_height_m = 0.0;      ///< hip midpoint above the floor
    double pelvis_pitch_rad = 0.0;  ///< + tilts the pelvis forward
    double lumbar_flexion_rad = 0.0;
    /// Both knees turned outward about the line from ankle to hip; 0: knee in the plane through that line and the foot's
    /// direction, the shank not turned against the thigh.
    double knee_out_rad = 0.0;
    double hip_y_m = 0.0;            ///< hip midpoint, world Y
    double pelvis_list_rad = 0.0;    ///< + lifts the left hip
    double pelvis_turn_rad = 0.0;    ///< + turns the pelvis to the left
    double knee_out_more_rad = 0.0;  ///< the right knee's over the left one's
    /// Both feet pitched about their toe joints, heels up, toes level on the floor; 0 in a body without toes.
    double heel_lift_rad = 0.0;

    /// The members in their order, for curves through postures.
    static constexpr int k_members = 10;
    using Members = Eigen::Matrix<double, k_members, 1>;
    [[nodiscard]] Members members() const;
    [[nodiscard]] static Posture from_members(const Members& members);
    [[nodiscard]] Matrix3 pelvis_rotation() const;
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
/// The planted foot's leg for a hip joint centre and pelvis orientation; `knee_out_rad`, `heel_lift_rad` as in Posture.
[[nodiscard]] LegSolution solve_leg(const BodyModel& body, int side, const Vector3& hip_m,
                                    const Matrix3& pelvis_rotation, double knee_out_rad,
                                    double heel_lift_rad = 0.0);

/// A foot in the starting stance with its heel lifted: the foot link's rotation and place in the world.
struct PlantedFoot {
    Matrix3 rotation;
    Vector3 ankle_m;
};
[[nodiscard]] PlantedFoot planted_foot(const BodyModel& body, int side, double heel_lift_rad);

/// Puts a leg's angles into the pose's joints.
void set_leg(DofVector& joints, int side, const LegAngles& angles);

/// How one arm is held, worked out once for a scenario.
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
[[nodiscard]] ArmRule forward_arm_rule(const BodyModel& body, int side);
/// The left and the right arm.
using ArmRules = std::array<ArmRule, k_side_count>;
/// Of the arm that reaches less far.
[[nodiscard]] double reach_share(const ArmRules& arms);
/// What this scenario's arms and counterweight ask for.
[[nodiscard]] ArmRules make_arm_rules(const BodyModel& body, const ScenarioDef& scenario);

/// The pose of a posture. `reach_excess_m` as in LegSolution, the larger of the two legs.
struct PosedBody {
    Pose pose;
    double reach_excess_m = -1e9;
};
[[nodiscard]] PosedBody pose_of(const BodyModel& body, const ArmRules& arms, const Posture& posture);

/// Ground force under each foot (on its toes if the body has some: as if the heel carried nothing), on its midline where the COM projects along it, so shared that it lies under the COM (equal
/// halves when symmetric), with the sideways pair that loads the leg joints least; and the static moments (dynamics.h) that go with them.
struct StandingStatics {
    std::array<PointForce, k_side_count> ground;  ///< left, right
    VelocityVector moments;
};
[[nodiscard]] StandingStatics standing_statics(const BodyModel& body, const Kinematics& kinematics);

}  // namespace plumb
