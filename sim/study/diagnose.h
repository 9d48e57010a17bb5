// Tight or weak: the diagnosis of definitions.md, every fix verified by a run of its own.
#pragma once

#include <atomic>

#include "sim/balance/assessment.h"
#include "sim/balance/diagnosis.h"

namespace plumb {

/// Raises each range and each strength of the person alone to the healthy median and asks whether the asked depth is then reached
/// and left again (completed, completed_marginal). Wall and push are no property of a person: they are taken away for the
/// question, and who then completes has no diagnosis. `with_interval` adds that of the first fix's need (some hundred static solves). Cancelled:
/// nothing.
[[nodiscard]] std::optional<Diagnosis> diagnose(const Recording& recording, const Assessment& assessment,
                                                bool with_interval,
                                                const std::atomic<bool>* cancel = nullptr);

}  // namespace plumb
