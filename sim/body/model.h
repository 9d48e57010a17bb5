// The constant body: 26 links in a tree, or 28 with toes, their inertias, contact spheres and sole outlines (model.md, 1).
#pragma once

#include <array>
#include <optional>
#include <string>
#include <vector>

#include <Eigen/Core>

#include "sim/person/person.h"
#include "sim/scenario/scenario_def.h"

namespace plumb {

inline constexpr int k_link_count =
    1 + k_dof_count;  ///< link 0 is the pelvis (floating base), link 1 + d moves by Dof d
inline constexpr int k_velocity_count = 6 + k_dof_count;

using Vector3 = Eigen::Vector3d;
using Matrix3 = Eigen::Matrix3d;
using DofVector = Eigen::Matrix<double, k_dof_count, 1>;
/// Generalised velocity: pelvis angular velocity (world), velocity of the hip-centre midpoint (world), joint rates.
using VelocityVector = Eigen::Matrix<double, k_velocity_count, 1>;
using MassMatrix = Eigen::Matrix<double, k_velocity_count, k_velocity_count>;

[[nodiscard]] constexpr int link_of(Dof dof) { return static_cast<int>(dof) + 1; }
inline constexpr int k_pelvis_link = 0;
inline constexpr int k_thorax_link = link_of(dof_lumbar_rotation);

[[nodiscard]] constexpr int thigh_link(int side) { return link_of(on_side(dof_left_hip_rotation, side)); }
[[nodiscard]] constexpr int shank_link(int side) { return link_of(on_side(dof_left_tibial_rotation, side)); }
[[nodiscard]] constexpr int foot_link(int side) { return link_of(on_side(dof_left_ankle_inversion, side)); }
[[nodiscard]] constexpr int toe_link(int side) { return link_of(on_side(dof_left_toe_extension, side)); }
[[nodiscard]] constexpr int forearm_link(int side) { return link_of(on_side(dof_left_elbow_flexion, side)); }

/// One link: its joint's place and axis in the parent, and its own inertia. Frames are parallel at zero angles but for rest_rad.
struct Link {
    int parent = -1;
    Vector3 offset_m = Vector3::Zero();  ///< joint origin in the parent's frame
    int axis = 0;                        ///< 0, 1, 2: the joint turns about this own axis ...
    double axis_sign = 1.0;  ///< ... times this sign, so that a positive angle means what joints.h says
    double rest_rad =
        0.0;  ///< added to the angle: how far the link is turned at angle 0 (a heel wedge at the ankle)
    Segment
        segment;  ///< zero mass for the inner links of ankles and knees; next to none in lumbar spine, shoulders and hips
    /// Inertia of the joint's own [kg m^2], on no other coordinate: 1 for the joints a body does not have, which so stay at rest.
    double own_inertia_kgm2 = 0.0;
};

/// What a contact sphere stands for.
enum class ColliderKind { sole, buttock, trunk, head, limb };

/// A sphere fixed to a link. Sole spheres are hard, the others compliant flesh.
struct Collider {
    ColliderKind kind = ColliderKind::limb;
    int link = 0;
    Vector3 centre_m = Vector3::Zero();  ///< in the link's frame
    double radius_m = 0.0;
};

inline constexpr int k_sole_point_count = 7;
inline constexpr double k_sole_sphere_radius_m = 0.01;
/// Balls and toe corners: what stays on the floor when the heel leaves it. The others are the heel's.
[[nodiscard]] constexpr bool is_forefoot(int sole_point) { return sole_point >= 2 && sole_point <= 5; }

/// One foot: seven points of its outline on the ground, in the foot link's frame (toes straight), counter-clockwise seen from above.
/// With a heel wedge the wedge is part of the shoe: the link's frame stays level on the floor, the bare foot in it is
/// pitched about the ball, and the ankle's angle 0 is where the shank stands square on the pitched sole. Inversion turns
/// about the level axis along the foot (the subtalar axis rises 42 deg from the sole, Inman 1976 (M): on a wedge it comes
/// nearer to level, not farther).
struct FootShape {
    std::array<Vector3, k_sole_point_count> outline_m{};
    std::vector<Vector3> functional_outline_m;  ///< the part people can use (10-80 % of the foot by default)
    Vector3 toe_joint_m = Vector3::Zero();      ///< in the foot link's frame
    Matrix3 standing_rotation = Matrix3::Identity();  ///< foot frame to world with the sole on the floor
    Vector3 standing_ankle_m = Vector3::Zero();       ///< ankle axis in the world in the starting stance
};

/// The whole constant model, shared by planner, controller, Bullet and the twins.
struct BodyModel {
    Person person;
    std::array<Link, k_link_count> links;
    /// The first so many coordinates are the body's: the toes only where the heels may lift. The others are always zero.
    int dof_count = k_toeless_dof_count;
    std::vector<Collider> colliders;  ///< sole spheres first: left 0-6, right 7-13
    std::array<FootShape, k_side_count> feet;
    double total_mass_kg = 0.0;  ///< body and counterweight
    double counterweight_kg = 0.0;
    /// Middle of a barbell on the back in the thorax' frame; absent: the counterweight is in the hands.
    std::optional<Vector3> bar_m{};
    std::array<double, k_side_count> hand_kg{};  ///< its share in the left and the right hand
    double wedge_rad = 0.0;                      ///< slope of the sole on the wedge
    double leg_length_m = 0.0;                   ///< thigh + shank, mean of both, the unit of hip drop
    bool mirrored = true;  ///< both sides are alike: what is planned for one is planned for both

    [[nodiscard]] double weight_N() const;
    [[nodiscard]] bool has_toes() const { return dof_count == k_dof_count; }
    [[nodiscard]] int link_count() const { return 1 + dof_count; }
    /// The link a point of the sole is fixed to, and its place in that link's frame.
    [[nodiscard]] int sole_link(int side, int sole_point) const {
        return has_toes() && is_forefoot(sole_point) ? toe_link(side) : foot_link(side);
    }
    [[nodiscard]] Vector3 sole_place_m(int side, int sole_point) const;
};

/// Slope of a heel wedge: it raises the heel about the ball of the foot (biomechanics: 25 mm give 7.2 deg).
[[nodiscard]] double wedge_slope_rad(const BodyLengths& size, double height_m);

/// Radius of the iron ball of this mass [kg] that stands for the weight in one hand.
[[nodiscard]] double ball_radius_m(double ball_kg);

/// Builds the body of a resolved scenario; the counterweight goes into the hands that hold it, or all of it onto the back.
[[nodiscard]] BodyModel build_body(const Person& person, const ScenarioDef& scenario);

}  // namespace plumb
