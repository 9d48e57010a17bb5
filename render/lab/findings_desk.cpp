// One question at a time; the intervals come with the diagnosis.
#include "render/lab/findings_desk.h"

#include <exception>

#include "sim/study/diagnose.h"
#include "sim/study/limit_intervals.h"

namespace plumb {
namespace {

constexpr size_t k_most_known = 256;  ///< runs whose findings are kept

}  // namespace

void FindingsDesk::look_at(const RunResult* result) {
    const std::string hash = result != nullptr ? result->recording->input_hash : "";
    if (hash == hash_) return;
    searcher_.cancel();
    hash_ = hash;
    if (result == nullptr || known_.contains(hash)) return;
    if (known_.size() > k_most_known) known_.clear();
    searcher_.ask([this, recording = result->recording,
                   assessment = result->assessment](const std::atomic<bool>& stale) {
        Findings findings;
        try {
            findings.intervals = limit_intervals(recording->scenario, recording->plan, &stale);
            if (!stale) findings.diagnosis = diagnose(*recording, assessment, true, &stale);
        } catch (const std::exception& error) {
            findings.diagnosis = Diagnosis{};
            findings.diagnosis->sentence = error.what();
        }
        if (!stale) found_.put({recording->input_hash, std::move(findings)});
    });
}

bool FindingsDesk::poll() {
    auto found = found_.take();
    if (!found) return false;
    known_[found->first] = std::move(found->second);
    return true;
}

const Findings* FindingsDesk::findings() const {
    const auto at = known_.find(hash_);
    return at == known_.end() ? nullptr : &at->second;
}

}  // namespace plumb
