// One question at a time; the intervals come with the diagnosis.
#include "render/lab/findings_desk.h"

#include <exception>

#include "sim/study/diagnose.h"
#include "sim/study/limit_intervals.h"

namespace plumb {

void FindingsDesk::look_at(const RunResult* result) {
    if (!book_.open(result != nullptr ? result->recording->input_hash : "")) return;
    if (result == nullptr || book_.page() != nullptr) return;
    book_.ask([recording = result->recording, assessment = result->assessment](
                  const std::atomic<bool>& stale) -> AnswerBook<Findings>::Entry {
        Findings findings;
        try {
            findings.intervals = limit_intervals(recording->scenario, recording->plan, &stale);
            if (!stale) findings.diagnosis = diagnose(*recording, assessment, true, &stale);
        } catch (const std::exception& error) {
            findings.diagnosis = Diagnosis{};
            findings.diagnosis->sentence = error.what();
        }
        return [findings = std::move(findings)](Findings& page) { page = findings; };
    });
}

}  // namespace plumb
