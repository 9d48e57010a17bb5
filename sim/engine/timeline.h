// Where the movement stands: phases in time, a wall that stops the descent, a frozen posture (model.md, 9).
#pragma once

#include "sim/plan/squat_plan.h"
#include "sim/recording/recording.h"

namespace plumb {

/// Standing before and after [s] (definitions.md: 1 s).
inline constexpr double k_stand_s = 1.0;

/// Walks along the plan's path in time. Events shift it: a stop at the wall, a frozen posture after balance is lost.
class Timeline {
public:
    explicit Timeline(const SquatPlan& plan);

    /// Moves on by `dt_s`.
    void advance(double dt_s);
    /// The descent ends here (the wall is felt); the movement brakes over a short time and goes on to the hold.
    void stop_descent();
    /// Balance is lost: stay at this path position until a hold can begin.
    void freeze();
    /// The body came to rest carried: hold, then come up again from here.
    void hold_from_here();

    [[nodiscard]] Phase phase() const { return phase_; }
    [[nodiscard]] bool frozen() const { return frozen_; }
    [[nodiscard]] bool finished() const { return phase_ == Phase::stand && after_; }
    [[nodiscard]] double phase_time_s() const { return phase_time_s_; }
    [[nodiscard]] PathMotion motion() const;
    /// Planned state with the trunk's side-to-side turn during the hold.
    [[nodiscard]] PlannedState reference() const;

private:
    const SquatPlan& plan_;
    Phase phase_ = Phase::stand;
    bool after_ = false;  ///< standing after the squat
    bool frozen_ = false;
    double phase_time_s_ = 0.0;
    PathMotion braking_{};    ///< motion when the braking began
    double bottom_ = 1.0;     ///< path position of the hold
    bool braked_ = false;
};

} // namespace plumb
