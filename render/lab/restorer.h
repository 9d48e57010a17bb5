// Makes kept runs of the last day again, in the background: from their scenarios, or from their recordings when somebody
// pushed, for no inputs give those again.
#pragma once

#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "render/lab/jobs.h"

namespace plumb {

/// A run of the last day.
struct RestoredRun {
    std::string name;
    RunResult result;
    std::filesystem::path saved_as;  ///< its recording's file; empty: made from its scenario
};

class Restorer {
  public:
    /// `wake` is called from another thread when one is ready; then call poll().
    explicit Restorer(std::function<void()> wake) : worker_(std::move(wake)) {}

    void restore(const std::vector<ScenarioDef>& kept, const std::vector<std::filesystem::path>& recordings);
    /// The next one that is ready. What cannot be read or run any more is left out.
    std::optional<RestoredRun> poll();
    /// Files that could not be read, once: of another version, or broken. They stay where they are.
    [[nodiscard]] std::vector<std::filesystem::path> take_unreadable() {
        return std::exchange(unreadable_, {});
    }
    /// Scenarios that are not ready yet, the one at work among them.
    [[nodiscard]] std::vector<ScenarioDef> still_to_come() const;

  private:
    struct Source {
        ScenarioDef scenario{};
        std::filesystem::path recording{};  ///< when this is not empty
    };
    std::vector<Source> waiting_;  ///< the first of them at work, or next
    bool works_ = false;
    std::vector<std::filesystem::path> unreadable_;
    bool came_ = true;  ///< what was at work is there
    Mailbox<RestoredRun> made_;
    Worker worker_;  ///< last: its thread uses the mailbox
};

}  // namespace plumb
