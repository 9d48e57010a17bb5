// Delay line, activation bounds and sway.
#include "sim/engine/human_balance.h"

#include <algorithm>
#include <cmath>
#include <random>

#include "sim/base/draws.h"
#include "sim/base/units.h"

namespace plumb {
namespace {

/// Standing sway lies below about 1 Hz; half of its power below this frequency. M.
constexpr double k_slowest_Hz = 0.05, k_fastest_Hz = 0.8, k_half_power_Hz = 0.2;
constexpr double k_fade_in_s = 1.0;

}  // namespace

BalanceGains gains_for_delay(double delay_s) {
    const BalanceGains most;
    if (delay_s <= 0.0) return most;
    // s^2 + (d s + k) exp(-s T) with a triple root at s T = -(2 - sqrt 2).
    const double root = 2.0 - std::sqrt(2.0), decay = std::exp(-root);
    const double damping = (2.0 * root - root * root) * decay, stiffness = root * root * (1.0 - root) * decay;
    return {std::min(most.stiffness_per_s2, stiffness / (delay_s * delay_s)),
            std::min(most.damping_per_s, damping / delay_s)};
}

Sway::Sway(double sd_m, std::int64_t seed) : sines_{} {
    std::mt19937_64 random(static_cast<std::uint64_t>(seed));
    const double ratio = std::pow(k_fastest_Hz / k_slowest_Hz, 1.0 / k_sines);
    for (std::size_t axis = 0; axis < sines_.size(); ++axis) {
        double power = 0.0, low_Hz = k_slowest_Hz;
        for (Sine& sine : sines_[axis]) {
            const double frequency_Hz = low_Hz * std::pow(ratio, draw_uniform(random));
            const double fall = frequency_Hz / k_half_power_Hz;
            // Each sine stands for its band: power density times width.
            sine.amplitude_m = std::sqrt(low_Hz * (ratio - 1.0)) / (1.0 + fall * fall);
            sine.rate_radps = 2.0 * k_pi * frequency_Hz;
            sine.phase_rad = 2.0 * k_pi * draw_uniform(random);
            power += 0.5 * sine.amplitude_m * sine.amplitude_m;
            low_Hz *= ratio;
        }
        const double scale = (axis == 0 ? 1.0 : 0.5) * sd_m / std::sqrt(power);
        for (Sine& sine : sines_[axis]) sine.amplitude_m *= scale;
    }
}

Sway::Motion Sway::at(double time_s) const {
    Motion motion;
    // Smooth from 0 to 1 with its derivatives, for nobody starts off the plan.
    const double u = std::clamp(time_s / k_fade_in_s, 0.0, 1.0);
    const double fade = u * u * u * (10.0 - 15.0 * u + 6.0 * u * u);
    const double fade_per_s = 30.0 * u * u * (1.0 - u) * (1.0 - u) / k_fade_in_s;
    const double fade_per_s2 = 60.0 * u * (1.0 - u) * (1.0 - 2.0 * u) / (k_fade_in_s * k_fade_in_s);
    for (std::size_t axis = 0; axis < sines_.size(); ++axis) {
        double x = 0.0, v = 0.0, a = 0.0;
        for (const Sine& sine : sines_[axis]) {
            const double angle = sine.rate_radps * time_s + sine.phase_rad;
            x += sine.amplitude_m * std::sin(angle);
            v += sine.amplitude_m * sine.rate_radps * std::cos(angle);
            a -= sine.amplitude_m * sine.rate_radps * sine.rate_radps * std::sin(angle);
        }
        const auto row = static_cast<Eigen::Index>(axis);
        motion.offset_m[row] = fade * x;
        motion.velocity_mps[row] = fade * v + fade_per_s * x;
        motion.acceleration_mps2[row] = fade * a + 2.0 * fade_per_s * v + fade_per_s2 * x;
    }
    return motion;
}

HumanBalance::HumanBalance(const Person& person, std::int64_t seed)
    : delay_s_(person.def.reaction_delay_s),
      gains_(gains_for_delay(person.def.reaction_delay_s)),
      sway_(person.def.sway_sd_m, seed) {}

ComError HumanBalance::react(const ComError& now, double dt_s) {
    const double then_s = time_s_ - delay_s_;
    seen_.push_back({time_s_, now});
    while (seen_.size() > 1 && seen_[1].time_s <= then_s) seen_.pop_front();
    time_s_ += dt_s;
    const Seen& before = seen_.front();
    if (seen_.size() == 1 || before.time_s >= then_s) return before.error;
    const Seen& after = seen_[1];
    const double share = (then_s - before.time_s) / (after.time_s - before.time_s);
    return {before.error.offset_m + share * (after.error.offset_m - before.error.offset_m),
            before.error.velocity_mps + share * (after.error.velocity_mps - before.error.velocity_mps)};
}

void HumanBalance::forget(double away_s) {
    time_s_ += away_s;
    seen_.clear();
    knows_activation_ = false;
}

HumanBalance::Bounds HumanBalance::reachable(int dof, const JointStrength& strength, double dt_s) const {
    if (!knows_activation_) return {-strength.negative_Nm, strength.positive_Nm};
    const double rise = 1.0 - std::exp(-dt_s / k_activation_s), fall = std::exp(-dt_s / k_deactivation_s);
    const double a = activation_[dof];
    const double most = a >= 0.0 ? a + (1.0 - a) * rise : a * fall + rise;
    const double least = a <= 0.0 ? a - (1.0 + a) * rise : a * fall - rise;
    const auto moment_Nm = [&](double share) {
        return share * (share > 0.0 ? strength.positive_Nm : strength.negative_Nm);
    };
    return {moment_Nm(least), moment_Nm(most)};
}

void HumanBalance::activate(int dof, const JointStrength& strength, double moment_Nm) {
    const double all_Nm = moment_Nm > 0.0 ? strength.positive_Nm : strength.negative_Nm;
    activation_[dof] = all_Nm > 0.0 ? std::clamp(moment_Nm / all_Nm, -1.0, 1.0) : 0.0;
    knows_activation_ = true;
}

}  // namespace plumb
