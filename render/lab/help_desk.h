// Looks for the article's helps in the background, one after the other, and keeps what it found.
#pragma once

#include <map>
#include <optional>
#include <string>

#include "render/lab/answer_book.h"
#include "sim/study/least_change.h"

namespace plumb {

/// A help and what is known of it.
struct HelpAnswer {
    Help help{};
    LeastChange change;
};

class HelpDesk {
  public:
    /// `wake` is called from another thread when something is ready; then call poll().
    explicit HelpDesk(std::function<void()> wake) : book_(std::move(wake)) {}

    /// Another scenario, known by the hash of its inputs. What is being looked for is dropped, what was found for these
    /// inputs before is there again. An empty hash: one that cannot be run.
    void take(const ScenarioDef& scenario, const std::string& hash);
    /// The run of this scenario did not go well: every help is looked for.
    void search_all() { all_ = true; }
    /// poll() gives this one's answer, at once when it is known.
    void want(Help help);
    /// Looks no further for this scenario, until want().
    void stop();

    /// Takes what was found and goes on with the next. The wanted answer when it is there.
    std::optional<HelpAnswer> poll();
    /// Something is being looked for, or will be by the next poll().
    [[nodiscard]] bool searching() const { return book_.busy() || next().has_value(); }
    [[nodiscard]] std::optional<Help> wanted() const { return wanted_; }
    [[nodiscard]] const std::map<Help, LeastChange>& answers() const;

  private:
    [[nodiscard]] std::optional<Help> next() const;
    ScenarioDef scenario_;
    bool all_ = false;
    std::optional<Help> wanted_, at_work_;
    using Answers = std::map<Help, LeastChange>;
    AnswerBook<Answers> book_;
};

}  // namespace plumb
