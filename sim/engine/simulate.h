// Runs a planned squat under forward dynamics in Bullet and records what happens.
#pragma once

#include <functional>
#include <memory>

#include "sim/recording/recording.h"

namespace plumb {

/// Steps and progress; defaults are the product's.
struct SimulationDef {
    double dt_s = 1.0 / 240.0;  ///< while only the feet touch and the COM is inside the base
    int fine_divisor = 4;       ///< dt / fine_divisor from wall contact, COM exit or a thrown joint on
    int steps_per_frame = 2;    ///< coarse steps between recorded frames
};

/// Builds, plans and runs a scenario (already checked). `scenario` may be unresolved.
[[nodiscard]] std::shared_ptr<const Recording> simulate(const ScenarioDef& scenario,
                                                        const SimulationDef& simulation = {});

}  // namespace plumb
