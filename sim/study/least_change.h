// The least change of one field with which this person does the squat: what the lab's buttons and `adapt` ask.
#pragma once

#include <array>
#include <atomic>
#include <cmath>
#include <optional>
#include <string>
#include <string_view>

#include "sim/balance/assessment.h"
#include "sim/scenario/scenario_def.h"

namespace plumb {

/// One thing to change; each is one field, but for the stance, with which the toes turn out (one degree a centimetre, to 40).
enum class Help {
    wider_stance,
    counterweight,
    wall,
    heel_wedge,
    more_ankle,
    toes_out,
    more_closure,
    more_strength
};
/// The article's: the lab's buttons.
inline constexpr std::array<Help, 5> k_helps = {Help::wider_stance, Help::counterweight, Help::wall,
                                                Help::heel_wedge, Help::more_ankle};
inline constexpr std::array<Help, 8> k_all_helps = {Help::wider_stance, Help::counterweight, Help::wall,
                                                    Help::heel_wedge,   Help::more_ankle,    Help::toes_out,
                                                    Help::more_closure, Help::more_strength};
/// "wider_stance"
[[nodiscard]] std::string_view help_name(Help help);

/// What is tried for a help: multiples of `step` of one field, up to `cap`. Answers are exact to one step.
struct HelpRange {
    std::string_view field;
    double step = 0.0;  ///< in the field's unit
    double cap = 0.0;   ///< the field's own range or, lower, what is still sensible

    /// The value n steps make. 1 / step is a whole number for the small ones: 0.31, not 0.31000000000000005.
    [[nodiscard]] double value(int n) const { return n / per_unit(); }
    /// Steps of the values on the grid around one; what is just off the grid counts as on it.
    [[nodiscard]] int at_or_below(double value) const {
        return static_cast<int>(std::floor(value * per_unit() + 1e-6));
    }
    [[nodiscard]] int at_or_above(double value) const {
        return static_cast<int>(std::ceil(value * per_unit() - 1e-6));
    }
    [[nodiscard]] int nearest(double value) const {
        return static_cast<int>(std::lround(value * per_unit()));
    }

  private:
    [[nodiscard]] double per_unit() const { return std::round(1.0 / step); }
};
[[nodiscard]] HelpRange help_range(Help help);

enum class Finding {
    found,       ///< `scenario` does it, and not with one step less (for the wall: one step farther)
    not_needed,  ///< the scenario does it as it is
    none,        ///< no value that was tried does it
    cancelled,
};

struct LeastChange {
    Help help{};
    Finding finding = Finding::none;
    ScenarioDef scenario{};  ///< with the change when found, else as given
    std::string field{}, unit{};
    std::optional<double> from{};  ///< none: no wall before
    std::optional<double> to{};    ///< only when found
    double tested_from = 0.0,
           tested_to = 0.0;  ///< least and greatest value that was run, the given one left out
    /// Of the run that verifies the answer; of the best one tried when there is none; of the scenario itself when it needs
    /// no change. `functional_min_m`: least margin to the part of the feet people can use (not finite: none measured).
    Outcome outcome = Outcome::completed;
    double com_min_m = 0.0, functional_min_m = 0.0;
    double planned_min_margin_m = 0.0;  ///< of that run's plan, to the soles' edge
    std::string sentence{};             ///< "4.0 kg at arm's length"; "none: ..."; "not needed: ..."
    std::string brief{};                ///< the same beside the help's name: "4.0 kg at arm's length", "none"
    std::string detail{};               ///< how the verifying run ended, and with which margin
    int static_solves = 0, forward_runs = 0;
};

/// Searches upward from the scenario (checked): static plans narrow the bracket, forward runs decide. Found means a run ends
/// `completed`; for the wall, of somebody who falls without it, the farthest distance at which it ends caught_by_wall,
/// leaning_on_wall or completed. What lies beyond the bracket the static plans show is not run. `cancel` is polled between solves.
/// With a margin [m] the plan must keep it to the soles' edge too; a wall's answer does not know it.
[[nodiscard]] LeastChange find_least_change(const ScenarioDef& def, Help help,
                                            const std::atomic<bool>* cancel = nullptr,
                                            std::optional<double> margin_m = std::nullopt);

/// The scenario with the help's field at a value, and what goes with it: toes with the stance, a weight at arm's length,
/// each side that has less.
[[nodiscard]] ScenarioDef with_help(const ScenarioDef& def, Help help, double value);
/// The field's value in the scenario as resolved, of the worse side; nothing without a wall; 0 kg where the weight is not at
/// arm's length.
[[nodiscard]] std::optional<double> help_value(const ScenarioDef& def, Help help);
/// One value of the field as people say it: "4.0 kg".
[[nodiscard]] std::string value_words(Help help, double value);
/// "4.0 kg at arm's length"
[[nodiscard]] std::string help_words(Help help, double from, double to);

}  // namespace plumb
