// The article's progression: from today's least help to the squat without any, rung by rung (docs/model.md, 13).
#pragma once

#include <atomic>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "sim/study/adapt.h"

namespace plumb {

/// What a ladder may begin with: things that can be given up bit by bit.
inline constexpr std::array<Help, 3> k_ladder_helps = {Help::counterweight, Help::wider_stance,
                                                       Help::heel_wedge};
inline constexpr int k_default_ladder_steps = 4, k_most_ladder_steps = 12;

struct LadderOptions {
    int steps = k_default_ladder_steps;  ///< by which the help falls to nothing, 1 to k_most_ladder_steps
    std::optional<double> margin_m{};    ///< as for adapt: every rung keeps it
    std::optional<Help>
        with{};  ///< one of k_ladder_helps; none: the weight or the stance, whichever is less effort
};

/// One rung: so much help and the least ability with which a run completes the squat and its plan keeps the margin.
struct LadderRung {
    ScenarioDef scenario{};
    std::vector<FieldDifference> changes{};  ///< against the unaided scenario, in list order
    std::string help{};                      ///< "4.0 kg at arm's length", "no help"
    std::string ability{};       ///< "3.5 deg more dorsiflexion (18.00 deg to 21.50 deg)"; empty: as today
    double ability_share = 0.0;  ///< of the way from today's ability to the unaided squat's, 0 to 1
    bool holds =
        true;  ///< false: no ability on the way does it with this help; the rest is then not filled in
    std::optional<ScenarioDef>
        less{};  ///< with one step less of the ability; its run was not enough. Nothing where the last rung's is
    Outcome outcome = Outcome::completed;
    double planned_min_margin_m = 0.0;  ///< to the soles' edge
    double functional_min_m = 0.0;      ///< of the run
    /// With the wall of the first day still there: completed without needing it; nothing when there is none.
    std::optional<bool> wall_may_stay{};
};

struct Ladder {
    double margin_m = 0.0;
    ScenarioDef
        unaided{};  ///< the scenario with helps laid aside: no weight, wedge or wall, feet shoulder-wide
    std::vector<FieldDifference> laid_aside{};  ///< given against unaided
    Outcome outcome = Outcome::completed;       ///< of the unaided squat today
    double planned_min_margin_m = 0.0;          ///< of its plan
    bool needed = true;                         ///< false: the unaided squat does already
    bool complete = true;                       ///< false: stopped before the last rung
    std::string
        missing{};  ///< why there is no rung, or none beyond the first; empty: the ladder ends unaided
    std::optional<LeastChange> wall{};  ///< before the first rung: the fall that a wall catches
    std::vector<LadderRung> rungs{};    ///< the first with today's body, the last unaided
    int forward_runs = 0;
};

/// `def` with helps laid aside.
[[nodiscard]] ScenarioDef without_helps(const ScenarioDef& def);

/// Helps fall by equal steps, whole ones of their fields; a rung whose help would be the last one's is left out. The abilities that grow are those that alone, or two together, make the unaided squat do; their share is the
/// least, to a 64th of the way or one step of the field, with which the rung's run is enough. The scenario is checked. `progress` is
/// called with the share done, from several threads.
[[nodiscard]] Ladder find_ladder(const ScenarioDef& def, const LadderOptions& options,
                                 const std::function<void(double)>& progress = {},
                                 const std::atomic<bool>* cancel = nullptr);

}  // namespace plumb
