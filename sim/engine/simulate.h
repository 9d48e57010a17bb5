// Runs a planned squat under forward dynamics in Bullet and records what happens.
#pragma once

#include <functional>
#include <memory>

#include "sim/engine/world.h"
#include "sim/recording/recording.h"

namespace plumb {

/// Steps; defaults are the product's. Which one is taken depends on the state alone (model.md, 7).
struct SimulationDef {
    double dt_s = 1.0 / 240.0;  ///< while only the feet touch, the COM inside; or at rest
    int fine_divisor = 4;  ///< dt / fine_divisor: a thrown joint, or moving on the wall or outside the base
    int steps_per_frame = 2;  ///< coarse steps between recorded frames
};

/// Builds, plans and runs a scenario (already checked). `scenario` may be unresolved.
[[nodiscard]] std::shared_ptr<const Recording> simulate(const ScenarioDef& scenario,
                                                        const SimulationDef& simulation = {});

/// The same along a plan already made (of this scenario, perhaps altered), in a world of the caller's choice: Bullet if
/// `make_world` is empty.
[[nodiscard]] std::shared_ptr<const Recording> simulate_plan(const ScenarioDef& resolved, SquatPlan plan,
                                                             const SimulationDef& simulation = {},
                                                             const WorldMaker& make_world = {});

}  // namespace plumb
