// What a physics engine does for a run: moves the body under joint moments and tells the contact forces (model.md, 7).
#pragma once

#include <functional>
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

    /// Books a force of the floor where it belongs: a foot, or another part.
    void add_floor(const PointForce& force);
    [[nodiscard]] Vector3 wall_sum_N() const;
    [[nodiscard]] double floor_other_sum_N() const;
};

/// One body in one world; deterministic for equal calls. Bullet is the product's (bullet_world.h); other engines stand behind
/// the same calls as twins for tests and the bench.
class World {
  public:
    World() = default;
    virtual ~World() = default;
    World(const World&) = delete;
    World& operator=(const World&) = delete;
    World(World&&) = delete;
    World& operator=(World&&) = delete;

    virtual void set_state(const BodyState& state) = 0;
    [[nodiscard]] virtual BodyState state() const = 0;

    /// Advances by `dt_s` under these joint moments (active and passive together).
    virtual void step(const DofVector& moments_Nm, double dt_s) = 0;

    /// A force from outside, on the body during the next step alone.
    virtual void push(const PointForce& force) = 0;

    /// The feet slide from now on: their friction no longer pulls back to where they stood, which in a fall would do work.
    virtual void release_anchors() = 0;

    /// Forces of the last step.
    [[nodiscard]] virtual const ContactForces& contacts() const = 0;
};

/// Makes a world with this body in it and a wall this far behind the heels' back edges, if any.
using WorldMaker =
    std::function<std::unique_ptr<World>(const BodyModel& body, std::optional<double> wall_distance_m)>;

}  // namespace plumb
