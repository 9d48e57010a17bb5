// Evaluates a study: every cell, or only those along the boundaries between outcomes.
#pragma once

#include "sim/study/cell_work.h"

namespace plumb {

struct SweepOptions {
    WorkOptions work{};
    /// Evaluates only a coarse lattice and what lies along the boundaries between outcomes; the rest is inferred (refine.h).
    bool refine = false;
};
/// True when every cell is there.
bool run_sweep(const LoadedStudy& study, CellStore& store, const SweepOptions& options);

}  // namespace plumb
