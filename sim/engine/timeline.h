// Where the movement stands: phases in time, a frozen posture (model.md, 9).
#pragma once

#include "sim/plan/squat_plan.h"
#include "sim/recording/recording.h"

namespace plumb {

/// Standing before and after [s].
inline constexpr double k_stand_s = 1.0;

/// Sinking back after a failed ascent takes this long [s].
inline constexpr double k_sink_s = 1.5;

/// Walks along the plan's path in time. Events shift it: a lag on the way up, sinking, a frozen posture after balance is lost.
class Timeline {
  public:
    explicit Timeline(const SquatPlan& plan);

    /// Moves on by `dt_s`.
    void advance(double dt_s);
    /// The body lags behind on the way up: wait here, at rest.
    void wait(bool waiting) { waiting_ = waiting; }
    /// The way up is too much: sink back to the bottom and stay.
    void give_up();
    /// The hips are lower than planned: the reference goes no higher than this path position. Sinking in the hold makes it
    /// the new bottom.
    void sink_to(double position);
    /// Balance is lost: stay at this path position until a hold can begin.
    void freeze();
    /// The body came to rest carried: hold, then come up again from here.
    void hold_from_here();

    [[nodiscard]] Phase phase() const { return phase_; }
    [[nodiscard]] bool frozen() const { return frozen_; }
    /// Standing again after the squat, or back at the bottom after giving up.
    [[nodiscard]] bool finished() const { return after_ || (gave_up_ && phase_time_s_ >= k_sink_s); }
    [[nodiscard]] bool gave_up() const { return gave_up_; }
    [[nodiscard]] double phase_time_s() const { return phase_time_s_; }
    [[nodiscard]] PathMotion motion() const;
    /// Planned state with the trunk's side-to-side turn during the hold.
    [[nodiscard]] PlannedState reference() const;

  private:
    const SquatPlan& plan_;
    Phase phase_ = Phase::stand;
    bool after_ = false;  ///< standing after the squat
    bool frozen_ = false;
    bool waiting_ = false;
    bool gave_up_ = false;
    double sink_from_ = 0.0;  ///< path position where the way up was given up
    double phase_time_s_ = 0.0;
    double sunk_ = 0.0;  ///< path position the reference may not rise above
    double bottom_;      ///< path position of the hold
};

}  // namespace plumb
