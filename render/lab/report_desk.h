// A report asked for in the window: run by run everything is found out in the background, then written.
#pragma once

#include <atomic>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "render/lab/jobs.h"
#include "render/report/balance_report.h"

namespace plumb {

/// What was asked for.
struct ReportWish {
    std::filesystem::path file;  ///< .pdf or .html
    std::string client;
    bool searches = true;                                      ///< what would help, and the ladder
    std::vector<std::shared_ptr<const Recording>> recordings;  ///< one, or two to be compared
    std::vector<bool> pushed;               ///< by hand: the inputs alone do not give that run
    std::optional<ScenarioDef> scenario{};  ///< to be run first, checked; else the recordings are there
};

class ReportDesk {
  public:
    /// `wake` is called from another thread when the facts are there or got on; then call poll().
    explicit ReportDesk(const std::function<void()>& wake) : wake_(wake), worker_(wake) {}

    /// Begins, dropping what was under way.
    void begin(ReportWish wish);
    void stop();
    [[nodiscard]] bool working() const { return working_; }
    [[nodiscard]] double progress() const { return share_; }

    /// What was found out, once.
    struct Done {
        ReportWish wish;
        std::vector<ReportFacts> facts;
        std::string problem;  ///< empty, or why there is no report
        int number = 0;       ///< of the wish
    };
    [[nodiscard]] std::optional<Done> poll();

  private:
    std::function<void()> wake_;
    Mailbox<Done> found_;
    std::atomic<double> share_ = 0.0;
    bool working_ = false;
    int number_ = 0;
    Worker worker_;  ///< last: its thread uses what is above
};

}  // namespace plumb
