// The Bullet world behind one class: the body as a btMultiBody, the floor, the wall, forces read back (model.md, 7).
#pragma once

#include <memory>
#include <optional>
#include <vector>

#include "sim/body/dynamics.h"

namespace plumb {

/// Contact forces of the last step, on the body, in world axes.
struct ContactForces {
    std::array<Vector3, k_side_count> foot_N{Vector3::Zero(), Vector3::Zero()};
    std::array<Vector3, k_side_count> foot_moment_Nm{Vector3::Zero(),
                                                     Vector3::Zero()};  ///< about the world origin
    std::vector<PointForce> wall;                                       ///< every wall contact
    std::vector<PointForce> floor_other;  ///< body parts other than the feet on the floor
    std::vector<PointForce> feet;         ///< every sole contact

    [[nodiscard]] Vector3 wall_sum_N() const;
    [[nodiscard]] double floor_other_sum_N() const;
};

/// One body in one world; deterministic for equal calls.
class World {
  public:
    World(const BodyModel& body, std::optional<double> wall_distance_m);
    ~World();
    World(const World&) = delete;
    World& operator=(const World&) = delete;
    World(World&&) = delete;
    World& operator=(World&&) = delete;

    void set_state(const BodyState& state);
    [[nodiscard]] BodyState state() const;

    /// Advances by `dt_s` under these joint moments (active and passive together).
    void step(const DofVector& moments_Nm, double dt_s);

    /// The feet slide from now on: their friction no longer pulls back to where they stood, which in a fall would do work.
    void release_anchors();

    [[nodiscard]] const ContactForces& contacts() const;

  private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace plumb
