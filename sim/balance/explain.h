// The verdict in plain words.
#pragma once

#include <string>

#include "sim/balance/assessment.h"
#include "sim/balance/events.h"

namespace plumb {

/// Two to six plain sentences with numbers: what happened, when and where balance was lost, what binds, how deep balanced
/// postures go. Speaks of the model, gives no advice.
[[nodiscard]] std::string explain(const Recording& recording, const Events& events,
                                  const Assessment& assessment);

/// A number with so many decimals, '.' whatever the locale, never "-0.0"; "?" unless finite.
[[nodiscard]] std::string fixed_text(double value, int decimals);
/// 0.834 -> "83 %".
[[nodiscard]] std::string percent_text(double share);
/// "21 mm"
[[nodiscard]] std::string mm(double metres);
/// "21 mm inside", "21 mm outside" for a negative one
[[nodiscard]] std::string margin_in_words(double margin_m);

/// An outcome in words that go on from "the person": "falls backward", "goes down and up in balance".
[[nodiscard]] std::string outcome_in_words(Outcome outcome);

/// A phase in words: "on the way down".
[[nodiscard]] std::string phase_in_words(Phase phase);

/// How deep in words: "a little above parallel".
[[nodiscard]] std::string depth_in_words(double thigh_angle_rad);

/// The asked depth in words: "full depth (knees bent 130 deg)".
[[nodiscard]] std::string asked_in_words(const Depth& depth);

/// Where a push goes, in eighths of a turn: "backward and to the left" at 135.
[[nodiscard]] std::string push_way_in_words(double direction_deg);

/// A limiting factor's word as a phrase about this person: "how far the ankles bend (25 deg of dorsiflexion)".
[[nodiscard]] std::string factor_in_words(const std::string& factor, const ScenarioDef& scenario,
                                          const std::string& side = {});

}  // namespace plumb
