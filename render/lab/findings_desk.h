// Looks in the background for why a run went as it did (tight or weak) and how sure its static limit is.
#pragma once

#include <functional>
#include <map>
#include <string>

#include "render/lab/jobs.h"
#include "sim/balance/diagnosis.h"

namespace plumb {

class FindingsDesk {
  public:
    /// `wake` is called from another thread when something is ready; then call poll().
    explicit FindingsDesk(std::function<void()> wake) : searcher_(std::move(wake)) {}

    /// The run that is looked at; nullptr: none whose question makes sense. What another one asked is dropped, what was found for
    /// these inputs before is there at once.
    void look_at(const RunResult* result);
    /// True when something new is known.
    bool poll();
    /// Of the run looked at; nullptr while it is not known.
    [[nodiscard]] const Findings* findings() const;
    [[nodiscard]] bool searching() const { return searcher_.busy(); }

  private:
    std::string hash_;
    std::map<std::string, Findings> known_;  ///< by the hash of the inputs
    Mailbox<std::pair<std::string, Findings>> found_;
    Worker searcher_;  ///< last: its thread uses the mailbox
};

}  // namespace plumb
