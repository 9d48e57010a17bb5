// Everything a squat posture must meet, as slacks in population standard deviations (model.md, 5).
#pragma once

#include <array>
#include <string_view>

#include "sim/body/posture.h"

namespace plumb {

/// What can bind. The names are the words of static_limit's limiting factor.
enum Constraint : int {
    bind_ankle,
    bind_knee,
    bind_hip,
    bind_lumbar,
    bind_trunk_thigh,
    bind_abduction,
    bind_hip_rotation,
    bind_inversion,
    bind_eversion,
    bind_tibial_outward,
    bind_tibial_inward,
    bind_reach,
    bind_floor,
    bind_wall,
    bind_strength_plantarflexion,
    bind_strength_dorsiflexion,
    bind_strength_knee,
    bind_strength_hip_extension,
    bind_strength_hip_flexion,
    bind_strength_trunk,
    bind_strength_shoulder,
    bind_strength_elbow,
    bind_strength_toe,
    bind_strength_bend_left,
    bind_strength_bend_right,
    bind_bend_left,
    bind_bend_right,
    bind_turn_left,
    bind_turn_right,
    bind_balance_left,
    bind_balance_right,
    bind_balance_heel,
    bind_balance_toe,
};
inline constexpr int k_constraint_count = 33;
/// Asked of a body whose sides differ alone: a symmetric posture neither bends nor leans to a side.
[[nodiscard]] constexpr bool is_lopsided(Constraint constraint) {
    return constraint >= bind_strength_bend_left && constraint <= bind_balance_right;
}
/// A matter of the whole body, not of one of its sides.
[[nodiscard]] constexpr bool is_shared(Constraint constraint) {
    return constraint == bind_lumbar || constraint == bind_floor || constraint == bind_wall
           || constraint == bind_reach || constraint == bind_strength_trunk
           || constraint >= bind_strength_bend_left;
}

/// "ankle", "strength_knee", "balance_heel" ... Directions of one joint share its word.
[[nodiscard]] std::string_view constraint_word(Constraint constraint);

using Slacks = std::array<double, k_constraint_count>;

enum class BaseKind { sole, functional };

/// What one evaluation asks for.
struct PostureDemand {
    BaseKind base = BaseKind::sole;
    double required_margin_m = 0.0;  ///< COM inside the base by at least this
    bool with_wall = true;
    bool with_strength = true;
    double strength_reserve = 0.0;  ///< share of every strength kept back
    /// How much of the heel's part of the base is given up: 0 the whole foot, 1 what stays on the floor when the heels rise.
    double forefoot_share = 0.0;
    double heel_lift_most_rad = 0.0;  ///< > 0: the heels may rise by so much
    double knee_least_rad = 0.0;      ///< > 0: knees bent by so much; else they may be straight
};

/// A scenario's constant planning data.
struct PlanModel {
    BodyModel body;
    ArmRules arms;
    double wall_distance_m = 0.0;  ///< <= 0: no wall
    double dynamic_allowance_m = 0.0;
    double strength_reserve =
        0.0;  ///< what the way down keeps back: cautious people do not go to their last newton
    /// What the movement allows of the ranges: a spine kept neutral, a board before the knees.
    double lumbar_most_rad = 10.0, dorsiflexion_most_rad = 10.0;
    double standing_height_m = 0.0;          ///< hip midpoint in the standing posture
    double heel_edge_m[2] = {0.0, 0.0};      ///< rear edge of the base at Y = 0, by BaseKind
    double toe_edge_m[2] = {0.0, 0.0};       ///< front edge
    double forefoot_edge_m[2] = {0.0, 0.0};  ///< rear edge of what stays on the floor under raised heels

    [[nodiscard]] double hip_height_m(double drop) const {
        return standing_height_m - drop * body.leg_length_m;
    }
    /// Rear edge of the base that a demand allows.
    [[nodiscard]] double rear_edge_m(BaseKind base, double forefoot_share) const {
        const auto i = static_cast<size_t>(base);
        return heel_edge_m[i] + forefoot_share * (forefoot_edge_m[i] - heel_edge_m[i]);
    }
};
/// Heels raised by less than this stand on the floor for all purposes (0.06 deg: a fifth of a millimetre).
inline constexpr double k_lifted_rad = 1e-3;
/// The one dynamic allowance [m]: static margin that the motion takes, by the shorter of the times down and up (model.md,
/// 6). `cautious`, the planner and the verdict use it.
[[nodiscard]] double dynamic_allowance_m(const MovementDef& movement);

[[nodiscard]] PlanModel make_plan_model(const Person& person, const ScenarioDef& scenario);

/// A posture looked at in full.
struct PostureView {
    PosedBody posed;
    Kinematics kinematics;
    VelocityVector moments;   ///< generalised static forces with the ground's support [N m]
    double left_share = 0.5;  ///< of the weight on the left foot
    DofVector passive_moment_Nm;
    DofVector active_moment_Nm;  ///< joint moments the muscles must make (passive moments taken off)
};
[[nodiscard]] PostureView view_posture(const PlanModel& model, const Posture& posture);

/// COM inside the base's rear or toe edge, whichever is nearer [m]; the rear edge is the forefeet's where the heels are up.
[[nodiscard]] double balance_margin_m(const PlanModel& model, const PostureView& view, BaseKind base);

/// Gap between the rearmost of buttocks, back and head and the wall [m], - inside it; large without a wall.
[[nodiscard]] double wall_gap_m(const PlanModel& model, const Kinematics& kinematics);

/// A side's thigh: unit vector from hip to knee, along the foot's direction and outward of it, seen from above.
struct KneeHeading {
    double ahead, outward;
};
[[nodiscard]] KneeHeading knee_heading(const PlanModel& model, const Kinematics& kinematics, int side);

/// How far the thigh points outward of the foot's direction, seen from above [rad]; means little near standing.
[[nodiscard]] double knee_off_foot_rad(const PlanModel& model, const Kinematics& kinematics, int side);

/// Slack of every constraint in units of its spread (constraint_spread): >= 0 is met; of the side that has less. Constraints not
/// demanded are +10.
[[nodiscard]] Slacks posture_slacks(const PlanModel& model, const PostureView& view,
                                    const PostureDemand& demand);

/// The same of one side.
[[nodiscard]] Slacks side_slacks(const PlanModel& model, const PostureView& view, const PostureDemand& demand,
                                 int side);

/// One population standard deviation of a constraint: rad, m, or a share of the strength (sources in the table).
[[nodiscard]] double constraint_spread(Constraint constraint);

}  // namespace plumb
