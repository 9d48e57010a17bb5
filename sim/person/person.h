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
    double stature_m, shank_m, thigh_m;
    double trunk_m;          ///< hip joint centre to acromion
    double hip_to_lumbar_m;  ///< hip joint centres to the lumbar joint (omphalion)
    double lumbar_to_shoulder_m;
    double shoulder_to_vertex_m;
    double upper_arm_m, forearm_m;  ///< forearm: elbow to grip centre (fist); sum = arm length
    double ankle_height_m, foot_length_m, foot_breadth_m, heel_breadth_m;
    double ball_length_m;          ///< heel to ball of foot
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
    Segment thigh;
    Segment shank;
    Segment foot;  ///< origin at the ankle, sole at -ankle_height, X towards the toes
    std::array<JointRange, k_dof_count> ranges{};
    std::array<JointStrength, k_dof_count> strengths{};
    double closure_rad = 0.0;                ///< cap on hip + lumbar flexion
    double functional_heel_fraction = 0.10;  ///< usable base from here ...
    double functional_toe_fraction = 0.80;   ///< ... to here along the foot (Millard & Sloot 2025)
};

/// Resolves and builds a person. Throws InputError for a chain that misses stature by more than 5 %, a trunk
/// outside 0.2-0.9 m, or both hip_flexion_clinical_deg and trunk_thigh_closure_deg given.
[[nodiscard]] Person build_person(const PersonDef& def);

/// Highest hip flexion [rad] at this abduction [rad]: hip_flexion_deg plus up to 15 deg, reached at 30-40 deg.
[[nodiscard]] double hip_flexion_cap_rad(const Person& person, double abduction_rad);
/// How that cap grows with abduction [rad/rad].
[[nodiscard]] double hip_flexion_cap_slope(double abduction_rad);

/// Factor on a muscle's strength by how fast it lengthens [rad/s, + lengthening]: 1 held, rising to 1.3 when lengthening at
/// 1 rad/s and more (isokinetic eccentric / isometric 1.2-1.4); 1 while shortening slower than 3 rad/s, which no slow squat
/// exceeds, then falling to 0 at 15 rad/s. M: from memory, constants for now.
[[nodiscard]] double speed_gain(double lengthening_radps);

/// Passive moment of one coordinate [N m], positive in the coordinate's positive direction; it opposes the ends of the
/// range (and thigh-calf contact at the knee), scaled by tightness_ratio. Smooth; finite for every finite angle.
[[nodiscard]] double passive_moment_Nm(const Person& person, Dof dof, double angle_rad);

/// The same with its stiffness: how fast it falls with the angle, >= 0.
struct PassiveMoment {
    double moment_Nm = 0.0, stiffness_Nmprad = 0.0;
};
[[nodiscard]] PassiveMoment passive_moment(const Person& person, Dof dof, double angle_rad);

/// Pushes hip and lumbar joint open where hip + lumbar flexion is past the closure, for each thigh. M: a choice.
inline constexpr double k_belly_stiffness_Nmprad = 150.0;

/// All coordinates at rest: passive_moment, and belly on thigh past the closure.
struct PassiveMoments {
    Eigen::Matrix<double, k_dof_count, 1> moment_Nm, stiffness_Nmprad;
};
[[nodiscard]] PassiveMoments passive_moments(const Person& person,
                                             const Eigen::Matrix<double, k_dof_count, 1>& joints_rad);

}  // namespace plumb
