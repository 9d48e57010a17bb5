// What keeps a person from balancing like a machine: a late look at the centre of mass, muscles that take time, a target that
// wanders (model.md, 8).
#pragma once

#include <array>
#include <cstdint>
#include <deque>

#include "sim/body/dynamics.h"
#include "sim/person/person.h"

namespace plumb {

/// Time constants of a muscle's first-order activation and deactivation [s]. M.
inline constexpr double k_activation_s = 0.05, k_deactivation_s = 0.07;

/// Gains of the pull on the centre of mass [1/s^2, 1/s].
struct BalanceGains {
    double stiffness_per_s2 = 60.0;
    double damping_per_s = 15.0;
};
/// The quickest gains without overshoot when the error is seen this late: x'' = -k x(t - delay) - d x'(t - delay) has a triple
/// root at -0.586 / delay (derived). Never above the defaults.
[[nodiscard]] BalanceGains gains_for_delay(double delay_s);

/// Wandering of the place where a standing person holds the centre of mass ("rambling", Zatsiorsky & Duarte 1999, Motor Control
/// 3:28-38): a sum of slow sines with seeded phases, the same at every step size. Begins at zero and grows over the first second.
class Sway {
  public:
    /// `sd_m`: its standard deviation fore and aft over a long time; half of it sideways (choice).
    Sway(double sd_m, std::int64_t seed);
    /// Place, speed and acceleration of the target off the plan, X forward, Y left, Z zero.
    struct Motion {
        Vector3 offset_m = Vector3::Zero(), velocity_mps = Vector3::Zero(),
                acceleration_mps2 = Vector3::Zero();
    };
    [[nodiscard]] Motion at(double time_s) const;

  private:
    static constexpr int k_sines = 8;
    struct Sine {
        double amplitude_m, rate_radps, phase_rad;
    };
    std::array<std::array<Sine, k_sines>, 2> sines_;  ///< X, Y
};

/// Level error of the centre of mass: where it should be less where it is.
struct ComError {
    Vector3 offset_m = Vector3::Zero();
    Vector3 velocity_mps = Vector3::Zero();
};

/// The state of one person's balancing. A call a control step, in order.
class HumanBalance {
  public:
    HumanBalance(const Person& person, std::int64_t seed);

    [[nodiscard]] const BalanceGains& gains() const { return gains_; }
    /// Where the target is off the plan now.
    [[nodiscard]] Sway::Motion sway() const { return sway_.at(time_s_); }
    /// Takes the error of now, gives that of one reaction delay ago, and moves on by `dt_s`.
    [[nodiscard]] ComError react(const ComError& now, double dt_s);
    /// Whoever stopped balancing begins anew: nothing is remembered but the time.
    void forget(double away_s);

    /// Bounds of an active moment after `dt_s` when the muscles' excitation is free between none and all.
    struct Bounds {
        double lower_Nm, upper_Nm;
    };
    [[nodiscard]] Bounds reachable(int dof, const JointStrength& strength, double dt_s) const;
    /// The moment that was chosen; its share of the strength is the activation.
    void activate(int dof, const JointStrength& strength, double moment_Nm);

  private:
    struct Seen {
        double time_s;
        ComError error;
    };
    double delay_s_;
    BalanceGains gains_;
    Sway sway_;
    double time_s_ = 0.0;
    std::deque<Seen> seen_;
    DofVector activation_ = DofVector::Zero();  ///< -1 to 1, in the coordinate's direction
    bool knows_activation_ = false;
};

}  // namespace plumb
