// Evaluates a study: every cell, or only those along the boundaries between outcomes.
#pragma once

#include "sim/study/cell_work.h"
#include "sim/study/refine.h"

namespace plumb {

struct SweepOptions {
    WorkOptions work{};
    /// Evaluates only a lattice and what lies along the boundaries between outcomes, which are then known to one cell; the rest is
    /// inferred (refine.h).
    bool refine = false;
};
/// A study's axes as the refinement sees them: ordered are numbers that rise or fall all the way.
[[nodiscard]] RefineGrid refine_grid(const StudyDef& def);

/// True when every cell is there.
bool run_sweep(const LoadedStudy& study, CellStore& store, const SweepOptions& options);

}  // namespace plumb
