// The Bullet world behind one class: the body as a btMultiBody, the floor, the wall, forces read back (model.md, 7).
#pragma once

#include "sim/engine/world.h"

namespace plumb {

/// The product's world.
class BulletWorld final : public World {
  public:
    BulletWorld(const BodyModel& body, std::optional<double> wall_distance_m);
    ~BulletWorld() override;
    BulletWorld(const BulletWorld&) = delete;
    BulletWorld& operator=(const BulletWorld&) = delete;
    BulletWorld(BulletWorld&&) = delete;
    BulletWorld& operator=(BulletWorld&&) = delete;

    void set_state(const BodyState& state) override;
    [[nodiscard]] BodyState state() const override;
    void push(const PointForce& force) override;
    void step(const DofVector& moments_Nm, double dt_s) override;
    void release_anchors() override;
    [[nodiscard]] const ContactForces& contacts() const override;

    /// Holds every joint at its present angle with at most these moments, by constraints solved together with the contacts;
    /// for posture laws, not for squats. `iterations` of the solver from now on: locks need many.
    void lock_joints(const std::array<JointStrength, k_dof_count>& most, int iterations);

  private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

[[nodiscard]] std::unique_ptr<World> make_bullet_world(const BodyModel& body,
                                                       std::optional<double> wall_distance_m);

}  // namespace plumb
