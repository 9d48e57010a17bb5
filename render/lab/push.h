// A run that goes on in real time while somebody pulls at the body.
#pragma once

#include <memory>
#include <optional>

#include "render/lab/session.h"
#include "sim/engine/simulate.h"

namespace plumb {

/// The spring between hand and body [N/m], and the most it pulls [N].
inline constexpr double k_pull_Npm = 1500.0, k_most_pull_N = 600.0;

/// A live run: made in the background up to the moment of the pull, then stepped a frame's time at a time by the window.
class LivePush {
  public:
    /// Starts from the run's own beginning, so that everything before `from_s` is as it was.
    LivePush(std::shared_ptr<const SceneBuilder> builder, double from_s, std::function<void()> wake);

    /// A point of a link, in the link's frame, that is pulled towards `to_m`; nothing: let go.
    struct Grip {
        int link = 0;
        Vector3 local_m = Vector3::Zero();
        Vector3 to_m = Vector3::Zero();
    };
    void hold(const std::optional<Grip>& grip) { grip_ = grip; }
    /// Goes on by this much real time. False when the run is over.
    bool advance(double real_s);
    [[nodiscard]] bool ready() const { return run_ != nullptr; }
    [[nodiscard]] const Recording* recording() const { return run_ ? &run_->so_far() : nullptr; }
    [[nodiscard]] const std::shared_ptr<const SceneBuilder>& builder() const { return builder_; }
    [[nodiscard]] RunResult finish();

  private:
    std::shared_ptr<const SceneBuilder> builder_;
    std::optional<Grip> grip_;
    std::unique_ptr<SteppedRun> run_;
    double owed_s_ = 0.0;
    Mailbox<std::unique_ptr<SteppedRun>> made_;
    Worker worker_;  ///< last: its thread uses the mailbox
};

}  // namespace plumb
