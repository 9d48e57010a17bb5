// Looks in the background for why a run went as it did (tight or weak) and how sure its static limit is.
#pragma once

#include "render/lab/answer_book.h"
#include "sim/balance/diagnosis.h"

namespace plumb {

class FindingsDesk {
  public:
    /// `wake` is called from another thread when something is ready; then call poll().
    explicit FindingsDesk(std::function<void()> wake) : book_(std::move(wake)) {}

    /// The run that is looked at; nullptr: none whose question makes sense. What another one asked is dropped, what was found for
    /// these inputs before is there at once.
    void look_at(const RunResult* result);
    /// True when something new is known.
    bool poll() { return book_.poll(); }
    /// Of the run looked at; nullptr while it is not known.
    [[nodiscard]] const Findings* findings() const { return book_.page(); }
    [[nodiscard]] bool searching() const { return book_.busy(); }

  private:
    AnswerBook<Findings> book_;
};

}  // namespace plumb
