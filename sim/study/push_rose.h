// How hard a push this person stands, all around, standing and at the bottom of the squat.
#pragma once

#include <array>
#include <atomic>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "sim/balance/assessment.h"
#include "sim/scenario/scenario_def.h"

namespace plumb {

/// One direction of one moment. Impulses [N s].
struct RosePetal {
    double direction_deg = 0.0;          ///< as push.direction_deg
    std::optional<double> topples_Ns{};  ///< least impulse found to topple; none: not even the greatest tried
    double stands_Ns = 0.0;              ///< greatest impulse found to be stood below it
    Outcome outcome = Outcome::completed;  ///< of the run that topples, else of the hardest stood
    int runs = 0;
};

enum class RoseMoment { standing, bottom };
/// "standing", "bottom"
[[nodiscard]] std::string_view moment_name(RoseMoment moment);

/// All directions of one moment, from 0 deg on.
struct PushRose {
    RoseMoment moment = RoseMoment::standing;
    double time_s = 0.0;    ///< when the push begins
    std::string note{};     ///< what every view of a rose says with it: how the person answers
    std::string problem{};  ///< why there are no petals: the person falls without a push; empty otherwise
    std::vector<RosePetal> petals{};
};

struct RoseOptions {
    int directions = 16;        ///< evenly, from 0 deg on
    double most_Ns = 150.0;     ///< greatest impulse tried
    double tolerance_Ns = 1.0;  ///< between topples_Ns and stands_Ns
};

/// Bisection over forward runs of the scenario (checked; its own push only gives the height). A run topples when a part other
/// than the feet comes to rest on the floor; who is caught by a wall stands. With engine.control = ideal, without reaction
/// time, an upper bound of what people stand. `progress` is called after each petal with the share done, 0-1; `cancel` is
/// polled between frames, and then fewer petals come back. Standing is the scenario without its squat.
[[nodiscard]] PushRose find_push_rose(const ScenarioDef& def, RoseMoment moment,
                                      const RoseOptions& options = {},
                                      const std::function<void(double)>& progress = {},
                                      const std::atomic<bool>* cancel = nullptr);

/// push_rose.csv: `moment,direction [deg],topples [N s],stands [N s],outcome,runs`, one row a petal.
[[nodiscard]] std::string push_rose_csv(const std::vector<PushRose>& roses);

}  // namespace plumb
