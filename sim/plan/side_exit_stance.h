// Postures of the way out to the side as few numbers: pelvis, spine, two feet anywhere on the floor, arms by angles or with a hand
// on the floor. All places are seen from the exit's side: Y points to it, so that left and right are one problem.
#pragma once

#include <array>

#include "sim/body/posture.h"

namespace plumb {

/// The numbers of a stance; lengths in metres, angles in radians. "Near" is the side of the exit, "far" the other.
enum StanceNumber : int {
    st_pelvis_x,  ///< with a knee down: lean of its thigh along the shank's heading, + back ...
    st_pelvis_y,  ///< ... and to the exit's side
    st_pelvis_z,
    st_yaw,   ///< pelvis turned towards the exit
    st_list,  ///< exit-side hip up
    st_pitch,
    st_lumbar_flexion,
    st_lumbar_bend,  ///< towards the exit
    st_lumbar_rotation,
    st_near_knee_out,
    st_far_knee_out,
    st_near_x,  ///< heel's centre, about which the foot turns
    st_near_y,
    st_near_yaw,  ///< turned towards the exit
    st_near_lift,
    st_near_pitch,  ///< heel up about its centre (a foot in the air)
    st_far_x,       ///< middle of the toe edge, about which the foot turns
    st_far_y,
    st_far_yaw,
    st_far_pitch,  ///< heel up about the toe edge
    st_near_shoulder_flexion,
    st_near_shoulder_abduction,
    st_near_shoulder_rotation,
    st_near_elbow,
    st_far_shoulder_flexion,
    st_far_shoulder_abduction,
    st_far_shoulder_rotation,
    st_far_elbow,
    st_hand_x,  ///< grip centre of the hand on the floor ...
    st_hand_y,
    st_swivel,  ///< ... and its elbow, turned about the line from shoulder to hand; 0: back and outward
};
inline constexpr int k_stance_numbers = 31;
using Stance = Eigen::Matrix<double, k_stance_numbers, 1>;

/// Which limbs the stance puts on the floor.
struct StanceKind {
    bool hand_down = false;      ///< the near hand; else its arm goes by its angles
    bool far_knee_down = false;  ///< with the far toes; else the pelvis is free
    bool operator==(const StanceKind&) const = default;
};

/// A stance as a pose in the world, with what its limbs cannot reach.
struct StancePose {
    Pose pose;
    double leg_excess_m = 0.0;  ///< as in LegSolution, of the worse leg
    double arm_excess_m =
        0.0;  ///< how much farther (or nearer) the hand's place is than the arm reaches, <= 0 where it does
};

/// Turns stances of one body and one side into poses. Holds a copy of the body whose feet it puts where the stance says.
class StancePoser {
  public:
    StancePoser(const BodyModel& body, int side);
    [[nodiscard]] StancePose pose(const Stance& stance, const StanceKind& kind);
    /// The stance without knee or hand on the floor that has the same pose, for a pose with both soles where they stand.
    [[nodiscard]] Stance stance_of(const Pose& pose, const Posture& posture) const;
    /// The numbers of a pose with the knee or the hand down that make the same pose without: pelvis, far knee, near arm.
    [[nodiscard]] Stance freed(const Stance& stance, const StanceKind& kind);

    [[nodiscard]] int near_side() const { return side_; }
    [[nodiscard]] int far_side() const { return side_ == side_left ? side_right : side_left; }
    /// +1: the exit is to the left.
    [[nodiscard]] double lateral() const { return side_ == side_left ? 1.0 : -1.0; }
    [[nodiscard]] const BodyModel& body() const { return body_; }

  private:
    void place_foot(int side, const Vector3& place_m, double yaw_rad, double pitch_rad);
    /// What a foot turns about: heel centre of the near one, toe edge of the far one, in the foot link's frame.
    [[nodiscard]] Vector3 pivot_m(int side) const;
    void set_hand(Pose& pose, const Stance& stance, double& excess_m) const;
    /// Sets the pelvis so that the far knee rests on the floor; gives the far knee's turn outward.
    double kneel(const Stance& stance, Pose& pose) const;

    BodyModel body_;
    int side_;
};

/// Radius of the sphere by which knee and hand touch the floor [m], and its centre in the link's frame.
struct FloorSphere {
    int link;
    Vector3 centre_m;
    double radius_m;
};
[[nodiscard]] FloorSphere knee_sphere(const BodyModel& body, int side);
[[nodiscard]] FloorSphere hand_sphere(const BodyModel& body, int side);

}  // namespace plumb
