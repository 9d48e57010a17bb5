// Turns steps into frames: forces averaged over a frame, margins and heights at its end.
#pragma once

#include "sim/engine/world.h"
#include "sim/recording/recording.h"

namespace plumb {

/// Collects one frame at a time.
class Recorder {
  public:
    Recorder(const SquatPlan& plan, const BodyState& start);

    /// Adds one step's contact forces.
    void add_step(const ContactForces& contacts, double dt_s);
    /// Adds one step of a push from outside.
    void add_push(const PointForce& push, double dt_s);
    /// Closes the frame.
    [[nodiscard]] Frame close(double time_s, Phase phase, const BodyState& state, const DofVector& active_Nm);

  private:
    const SquatPlan& plan_;
    SolePoints start_soles_;
    Vector3 last_com_velocity_;
    double gathered_s_ = 0.0;
    Frame sums_;  ///< impulses since the last frame
    std::array<Vector3, k_side_count> moment_impulse_{Vector3::Zero(), Vector3::Zero()};
    double most_forward_tilt_rad_ = -10.0;
    std::optional<Pose> region_pose_;  ///< on the wall: the posture of `region_`
    Polygon region_;
};

}  // namespace plumb
