// One question after the other.
#include "render/report/report_facts.h"

#include <algorithm>

#include "sim/engine/simulate.h"
#include "sim/study/diagnose.h"
#include "sim/study/limit_intervals.h"

namespace plumb {

ReportFacts gather_facts(std::shared_ptr<const Recording> recording, const GatherOptions& options,
                         const std::function<void(double)>& progress, const std::atomic<bool>* cancel) {
    ReportFacts facts;
    const ScenarioDef& scenario = recording->scenario;
    const auto stopped = [&] { return cancel != nullptr && cancel->load(); };
    // The searches take nearly all the time.
    const double parts = 0.1 + (options.adapt ? 1.0 : 0.0) + (options.ladder ? 1.0 : 0.0);
    double done = 0.0;
    const auto tell = [&](double share) {
        if (progress) progress((done + share) / parts);
    };
    facts.name = scenario.name;
    facts.assessment = assess_balance(*recording);
    facts.findings.diagnosis = diagnose(*recording, facts.assessment, options.intervals, cancel);
    if (options.intervals && !stopped()) {
        // Of a part of the people they would be no intervals.
        LimitIntervals intervals = limit_intervals(scenario, recording->plan, cancel);
        if (!stopped() && intervals.samples > 0) facts.findings.intervals = std::move(intervals);
    }
    done = 0.1;
    tell(0.0);
    if (options.adapt && !stopped()) {
        AdaptOptions ask;
        ask.margin_m = options.margin_m;
        ask.intervals = options.intervals;
        facts.adaptations = find_adaptations(scenario, ask, tell, cancel);
        const auto& singles = facts.adaptations->singles;
        for (std::size_t i = 0; i < std::min(k_after_count, singles.size()) && !stopped(); ++i)
            facts.after.push_back(simulate(singles[i].scenario));
        done += 1.0;
    }
    if (options.ladder && !stopped()) {
        LadderOptions ask;
        ask.margin_m = options.margin_m;
        facts.ladder = find_ladder(scenario, ask, tell, cancel);
    }
    facts.interrupted = stopped();
    facts.recording = std::move(recording);
    return facts;
}

}  // namespace plumb
