// A person built from a PersonDef: lengths, segment inertias, joint ranges, strength and passive moments. SI, radians.
#pragma once

#include <array>

#include <Eigen/Core>

#include "sim/person/joints.h"
#include "sim/person/person_def.h"

namespace plumb {

/// A rigid segment in its own frame: origin at its proximal joint, axes parallel to the world's in anatomical
/// standing (X forward, Y left, Z up).
struct Segment {
    double mass_kg = 0.0;
    Eigen::Vector3d com_m = Eigen::Vector3d::Zero();
    Eigen::Matrix3d inertia_kgm2 = Eigen::Matrix3d::Zero();  ///< about the COM
};

/// Lengths and girths [m].
struct BodyLengths {
    double stature_m;
    double shank_m, thigh_m;                           ///< means of the two sides
    std::array<double, 2> side_shank_m, side_thigh_m;  ///< left, right
    double trunk_m;                                    ///< hip joint centre to acromion
    double hip_to_lumbar_m;                            ///< hip joint centres to the lumbar joint (omphalion)
    double lumbar_to_shoulder_m;
    double shoulder_to_vertex_m;
    double upper_arm_m, forearm_m;  ///< forearm: elbow to grip centre (fist); sum = arm length
    double ankle_height_m, foot_length_m, foot_breadth_m, heel_breadth_m;
    double ball_length_m;  ///< heel to ball of foot
    double
        toe_joint_from_heel_m;  ///< axis of the toe joint (metatarsal heads, their mean) ahead of the heel's back edge ...
    double toe_joint_height_m;     ///< ... and above the sole
    double ankle_from_heel_m;      ///< ankle axis ahead of the heel's back edge
    double hip_half_width_m;       ///< mid-line to hip joint centre
    double shoulder_half_width_m;  ///< half the biacromial breadth
    double buttock_back_m;         ///< hip joint centre to the rearmost buttock, standing
    double buttock_below_m;        ///< hip joint centre to the lowest buttock, sitting
    double belly_front_m;          ///< lumbar joint to the foremost belly
    double chest_front_m;          ///< thorax axis to the breastbone surface
    double back_behind_m;          ///< thorax axis to the skin of the back
};

/// Lowest and highest value of one joint coordinate [rad].
struct JointRange {
    double min_rad = 0.0;
    double max_rad = 0.0;
};

/// How strength falls off the best angle and with speed (Anderson 2007).
struct StrengthShape {
    double width_per_rad = 0.0;  ///< cos(width (angle - best)), floored; 0: the same at every angle
    double best_rad = 0.0;       ///< of the coordinate
    double floor_share = 0.45;   ///< no less than this of the peak, where the fit is extrapolated
    double speed_75_radps = 2.0,
           speed_50_radps = 4.1;     ///< shortening: 75 and 50 % of the held moment are left
    double lengthening_gain = 0.14;  ///< what lengthening adds at most
};

/// Largest active moment in the positive and in the negative direction of a coordinate [N m], both >= 0.
struct JointStrength {
    double positive_Nm = 0.0;
    double negative_Nm = 0.0;
};

/// Everything the later stations need of a person. Built once, constant.
struct Person {
    PersonDef def;  ///< resolved: every optional length and the closure filled in
    BodyLengths lengths{};
    Segment pelvis;     ///< origin midway between the hip joint centres
    Segment thorax;     ///< upper and middle trunk, neck and head; origin at the lumbar joint
    Segment upper_arm;  ///< hanging: along -Z
    Segment forearm;    ///< forearm and hand
    std::array<Segment, k_side_count> thighs, shanks;  ///< left, right
    Segment foot;  ///< origin at the ankle, sole at -ankle_height, X towards the toes; toes included
    Segment toes;  ///< of one foot; origin on the axis of the toe joint
    std::array<JointRange, k_dof_count> ranges{};
    std::array<JointStrength, k_dof_count> strengths{};  ///< held, at the best angle
    /// By coordinate: in its positive direction, in its negative.
    std::array<std::array<StrengthShape, 2>, k_dof_count> strength_shapes{};
    double closure_rad = 0.0;                ///< cap on hip + lumbar flexion
    double functional_heel_fraction = 0.10;  ///< usable base from here ...
    double functional_toe_fraction = 0.80;   ///< ... to here along the foot (functional_base.h)
};

/// Resolves and builds a person. Throws InputError for a chain that misses stature by more than 5 %, a trunk
/// outside 0.2-0.9 m, or both hip_flexion_clinical_deg and trunk_thigh_closure_deg given.
[[nodiscard]] Person build_person(const PersonDef& def);

/// Highest hip flexion [rad] of a side at this abduction [rad]: hip_flexion_deg plus up to 15 deg, reached at 30-40 deg.
[[nodiscard]] double hip_flexion_cap_rad(const Person& person, int side, double abduction_rad);
/// How that cap grows with abduction [rad/rad].
[[nodiscard]] double hip_flexion_cap_slope(double abduction_rad);

/// Share of the peak that is left at an angle, with its slope [1/rad]: smooth, 1 at the best angle, never under the floor.
struct StrengthShare {
    double share = 1.0, per_rad = 0.0;
};
[[nodiscard]] StrengthShare strength_share(const StrengthShape& shape, double angle_rad);

/// Factor on a held strength by how fast the muscle shortens [rad/s, - lengthening]: 0.75 and 0.5 at the shape's speeds, falling
/// to 0; lengthening it rises by lengthening_gain within some 0.5 rad/s.
[[nodiscard]] double speed_share(const StrengthShape& shape, double shortening_radps);

/// What the joint can hold at this angle, both directions.
[[nodiscard]] JointStrength strength_at(const Person& person, int dof, double angle_rad);
/// ... and while the coordinate moves at this rate [rad/s].
[[nodiscard]] JointStrength strength_moving(const Person& person, int dof, double angle_rad,
                                            double rate_radps);
/// strength_at of every coordinate.
[[nodiscard]] std::array<JointStrength, k_dof_count>
strengths_at(const Person& person, const Eigen::Matrix<double, k_dof_count, 1>& joints_rad);

/// Stop of one coordinate [N m], positive in the coordinate's positive direction; it opposes the ends of the range (and
/// thigh-calf contact at the knee), scaled by tightness. Smooth; finite for every finite angle.
[[nodiscard]] double stop_moment_Nm(const Person& person, Dof dof, double angle_rad);

/// The same with its stiffness: how fast it falls with the angle, >= 0.
struct PassiveMoment {
    double moment_Nm = 0.0, stiffness_Nmprad = 0.0;
};
[[nodiscard]] PassiveMoment stop_moment(const Person& person, Dof dof, double angle_rad);

/// Muscles and tendons of one leg that are stretched across two joints (Riener & Edrich 1999, J Biomech 32:539-544): moments of hip,
/// knee and ankle in the coordinates' directions and how each changes with each angle.
struct LegTissue {
    Eigen::Vector3d moment_Nm;
    Eigen::Matrix3d by_angle_Nmprad;  ///< row: moment, column: angle
};
[[nodiscard]] LegTissue leg_tissue(const Person& person, double hip_rad, double knee_rad, double ankle_rad);

/// Pushes hip and lumbar joint open where hip + lumbar flexion is past the closure, for each thigh. M: a choice.
inline constexpr double k_belly_stiffness_Nmprad = 150.0;

/// All coordinates at rest: stops, the legs' tissue, and belly on thigh past the closure. The stiffness is each coordinate's own.
struct PassiveMoments {
    Eigen::Matrix<double, k_dof_count, 1> moment_Nm, stiffness_Nmprad;
};
[[nodiscard]] PassiveMoments passive_moments(const Person& person,
                                             const Eigen::Matrix<double, k_dof_count, 1>& joints_rad);

}  // namespace plumb
