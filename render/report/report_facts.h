// What a report of one run speaks of, gathered before a word of it is written.
#pragma once

#include <atomic>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "sim/balance/assessment.h"
#include "sim/recording/recording.h"
#include "sim/study/adapt.h"
#include "sim/study/ladder.h"

namespace plumb {

struct ReportFacts {
    std::string name;  ///< the scenario's
    std::shared_ptr<const Recording> recording;
    Assessment assessment;
    Findings findings;
    std::optional<Adaptations> adaptations{};  ///< nothing: not asked for
    /// Runs of the first single answers, in their order: the stills after the change.
    std::vector<std::shared_ptr<const Recording>> after{};
    std::optional<Ladder> ladder{};
    bool interrupted = false;  ///< something that was asked for is missing
    /// A sentence on where the run came from that a reader must know: "The folder's summary is of another version."; empty: nothing.
    std::string remark{};
};

struct GatherOptions {
    bool intervals = true;             ///< of static limit, diagnosis and answers
    bool adapt = true, ladder = true;  ///< some half a minute each
    std::optional<double> margin_m{};  ///< that adapt and ladder keep; nothing: the dynamic allowance
};

/// How many answers are shown as stills.
inline constexpr std::size_t k_after_count = 3;

/// Judges, diagnoses, searches. `progress` gets the share of this run that is done, from several threads. Cancelled: what was not
/// finished is missing (`interrupted`).
[[nodiscard]] ReportFacts gather_facts(std::shared_ptr<const Recording> recording,
                                       const GatherOptions& options,
                                       const std::function<void(double)>& progress = {},
                                       const std::atomic<bool>* cancel = nullptr);

}  // namespace plumb
