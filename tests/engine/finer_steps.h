// The product's steps, divided: what a run must not depend on.
#pragma once

#include "sim/engine/simulate.h"

namespace plumb::test {

/// Frames stay where they are.
inline SimulationDef finer_steps(int divisor) {
    SimulationDef def;
    def.dt_s /= divisor;
    def.steps_per_frame *= divisor;
    return def;
}

}  // namespace plumb::test
