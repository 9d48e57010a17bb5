// Pushes this run's person from all sides in the background, when somebody asks.
#pragma once

#include <map>

#include "render/lab/answer_book.h"
#include "sim/study/push_rose.h"

namespace plumb {

class RoseDesk {
  public:
    using Roses = std::map<RoseMoment, PushRose>;
    /// `wake` is called from another thread when something is ready or got on; then call poll().
    explicit RoseDesk(std::function<void()> wake, const RoseOptions& options = {})
        : options_(options), wake_(wake), book_(std::move(wake)) {}

    /// The run that is looked at; nullptr: none. What was under way for another one is dropped, what was found for these inputs
    /// before is there at once.
    void look_at(const RunResult* result);
    /// Both moments, the bottom first; what is known already is not looked for again.
    void search();
    void stop();
    /// Takes what was found and goes on with the next moment. True when something new is known.
    bool poll();

    [[nodiscard]] const Roses& roses() const;
    [[nodiscard]] bool searching() const { return wanted_ && (book_.busy() || next().has_value()); }
    [[nodiscard]] bool complete() const { return roses().size() == k_moments.size(); }
    /// Share done of both moments, 0-1.
    [[nodiscard]] double progress() const;
    [[nodiscard]] const RoseOptions& options() const { return options_; }

  private:
    static constexpr std::array k_moments = {RoseMoment::bottom, RoseMoment::standing};
    [[nodiscard]] std::optional<RoseMoment> next() const;
    RoseOptions options_;
    std::shared_ptr<const Recording> recording_;
    bool wanted_ = false;
    std::function<void()> wake_;
    std::atomic<double> share_ = 0.0;  ///< of the moment at work
    AnswerBook<Roses> book_;           ///< last: its thread uses what is above
};

}  // namespace plumb
