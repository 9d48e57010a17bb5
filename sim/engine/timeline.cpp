// The squat's phases as a small state machine.
#include "sim/engine/timeline.h"

#include <algorithm>
#include <cmath>

#include "sim/base/units.h"

namespace plumb {
Timeline::Timeline(const SquatPlan& plan) : plan_(plan), bottom_(plan.target_position) {}

PathMotion Timeline::motion() const {
    const MovementDef& movement = plan_.movement;
    if (frozen_) return {bottom_, 0.0, 0.0};
    switch (phase_) {
    case Phase::descent: {
        const PathMotion down = minimum_jerk(phase_time_s_, movement.descend_s);
        return {bottom_ * down.position, bottom_ * down.rate, bottom_ * down.acceleration};
    }
    case Phase::hold: return {bottom_, 0.0, 0.0};
    case Phase::ascent: {
        if (gave_up_) {
            const PathMotion down = minimum_jerk(phase_time_s_, k_sink_s);
            const double way = bottom_ - sink_from_;
            return {sink_from_ + way * down.position, way * down.rate, way * down.acceleration};
        }
        const PathMotion up = minimum_jerk(phase_time_s_, movement.ascend_s);
        const double moving = waiting_ ? 0.0 : 1.0;
        return {bottom_ * (1.0 - up.position), -bottom_ * up.rate * moving,
                -bottom_ * up.acceleration * moving};
    }
    case Phase::stand:
    case Phase::fallen: break;
    }
    return {0.0, 0.0, 0.0};
}

void Timeline::advance(double dt_s) {
    if (waiting_) return;
    phase_time_s_ += dt_s;
    if (frozen_ || gave_up_) return;
    const MovementDef& movement = plan_.movement;
    // Half a microsecond forgives the rounding of summed steps.
    const auto over = [&](double duration_s) { return phase_time_s_ >= duration_s - 5e-7; };
    const auto next = [&](Phase phase) {
        phase_ = phase;
        phase_time_s_ = 0.0;
    };
    if (phase_ == Phase::stand && !after_ && over(k_stand_s))
        next(Phase::descent);
    else if (phase_ == Phase::descent && over(movement.descend_s))
        next(Phase::hold);
    else if (phase_ == Phase::hold && over(movement.hold_s))
        next(Phase::ascent);
    else if (phase_ == Phase::ascent && over(movement.ascend_s)) {
        next(Phase::stand);
        after_ = true;
    }
}

void Timeline::give_up() {
    sink_from_ = motion().position;
    gave_up_ = true;
    waiting_ = false;
    phase_time_s_ = 0.0;
}

void Timeline::freeze() {
    bottom_ = std::max(motion().position, sunk_);
    sunk_ = 0.0;
    frozen_ = true;
    waiting_ = false;
}

void Timeline::hold_from_here() {
    frozen_ = false;
    phase_ = Phase::hold;
    phase_time_s_ = 0.0;
}

void Timeline::sink_to(double position) {
    sunk_ = position;
    if (phase_ == Phase::hold && !frozen_) bottom_ = std::max(bottom_, position);
}

PlannedState Timeline::reference() const {
    const PathMotion planned = motion();
    PlannedState state =
        planned_state(plan_, planned.position < sunk_ ? PathMotion{sunk_, 0.0, 0.0} : planned);
    const MovementDef& movement = plan_.movement;
    if (phase_ == Phase::hold && !frozen_ && movement.rotation_cycles > 0 && movement.rotation_deg > 0.0) {
        // A sine under an envelope that starts and ends at rest; derivatives by central differences.
        const double amplitude = movement.rotation_deg * k_deg_to_rad;
        const auto turn = [&](double t) {
            const double u = std::clamp(t / movement.hold_s, 0.0, 1.0);
            const double ramp = std::clamp(std::min(u, 1.0 - u) * 2.0 * movement.rotation_cycles, 0.0, 1.0);
            return amplitude * ramp * ramp * (3.0 - 2.0 * ramp)
                   * std::sin(2.0 * k_pi * movement.rotation_cycles * u);
        };
        constexpr double h = 1e-3;
        const double t = phase_time_s_;
        state.pose.joints[dof_lumbar_rotation] += turn(t);
        state.velocity[6 + dof_lumbar_rotation] += (turn(t + h) - turn(t - h)) / (2.0 * h);
        state.acceleration[6 + dof_lumbar_rotation] += (turn(t + h) - 2.0 * turn(t) + turn(t - h)) / (h * h);
    }
    return state;
}

}  // namespace plumb
