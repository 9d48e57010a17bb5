// Looks for the article's helps in the background, one after the other, as `adapt` does: each so much that the squat completes and the plan
// keeps the dynamic allowance. Pairs when somebody asks.
#pragma once

#include <map>
#include <optional>
#include <string>

#include "render/lab/answer_book.h"
#include "sim/study/adapt.h"
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
    [[nodiscard]] bool searching() const { return (book_.busy() && !at_pairs_) || next().has_value(); }
    [[nodiscard]] std::optional<Help> wanted() const { return wanted_; }
    [[nodiscard]] const std::map<Help, LeastChange>& answers() const;

    /// The least two changes together, once the single ones are known; half a minute.
    void want_pairs() { pairs_wanted_ = book_.is_open(); }
    [[nodiscard]] bool pairing() const { return pairs_wanted_ && !pairs(); }
    /// Share of the search done, 0-1.
    [[nodiscard]] double pairs_progress() const { return pairs_share_; }
    /// Least effort first; nullptr while nobody asked or nothing is known.
    [[nodiscard]] const std::vector<AdaptAnswer>* pairs() const;

  private:
    [[nodiscard]] std::optional<Help> next() const;
    ScenarioDef scenario_;
    bool all_ = false, pairs_wanted_ = false, at_pairs_ = false;
    std::optional<Help> wanted_, at_work_;
    std::atomic<double> pairs_share_ = 0.0;
    struct Answers {
        std::map<Help, LeastChange> single;
        std::optional<std::vector<AdaptAnswer>> pairs;
    };
    AnswerBook<Answers> book_;  ///< last: its thread uses what is above
};

}  // namespace plumb
