// Work behind the window: planning and running a scenario without ever holding up a frame. The latest request wins.
#pragma once

#include <atomic>
#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>

#include "render/scene/scene.h"
#include "sim/balance/assessment.h"
#include "sim/scenario/scenario_def.h"

namespace plumb {

/// A plan of the scenario now on the sliders: shown before anything has been simulated.
struct Preview {
    std::shared_ptr<const Recording>
        planned;  ///< one frame: the planned posture where the movement turns round
    std::shared_ptr<const SceneBuilder> builder;
};

/// A finished run.
struct RunResult {
    std::shared_ptr<const Recording> recording;
    std::shared_ptr<const SceneBuilder> builder;
    Assessment assessment;
};

/// With its verdict and its figure.
[[nodiscard]] RunResult assessed(std::shared_ptr<const Recording> recording);

/// One thread that does the newest thing asked of it and drops what is older.
class Worker {
  public:
    /// `work` gets a flag that turns true when something newer waits; `wake` is called after each result.
    explicit Worker(std::function<void()> wake);
    ~Worker();
    Worker(const Worker&) = delete;
    Worker& operator=(const Worker&) = delete;

    using Work = std::function<void(const std::atomic<bool>& stale)>;
    void ask(Work work);
    /// Drops what waits and tells what runs that it is stale.
    void cancel();
    [[nodiscard]] bool busy() const { return busy_; }

  private:
    void loop();
    std::function<void()> wake_;
    std::mutex mutex_;
    std::condition_variable something_;
    std::optional<Work> next_;
    std::shared_ptr<std::atomic<bool>> stale_ = std::make_shared<std::atomic<bool>>(false);
    std::atomic<bool> busy_ = false;
    bool leave_ = false, works_ = false;
    std::thread thread_;
};

/// A place where one thread leaves a thing and another takes it; a newer thing replaces one that was not taken.
template <class T>
class Mailbox {
  public:
    void put(T thing) {
        const std::lock_guard lock(mutex_);
        thing_ = std::move(thing);
    }
    [[nodiscard]] std::optional<T> take() {
        const std::lock_guard lock(mutex_);
        std::optional<T> thing = std::move(thing_);
        thing_.reset();
        return thing;
    }

  private:
    std::mutex mutex_;
    std::optional<T> thing_;
};

/// Plans a resolved scenario; nothing when `stale` turned true. Throws what the planner throws.
[[nodiscard]] std::optional<Preview> make_preview(const ScenarioDef& resolved,
                                                  const std::atomic<bool>& stale);

/// Runs it; `progress` gets the share done, 0-1. Nothing when `stale` turned true.
[[nodiscard]] std::optional<RunResult> make_run(const ScenarioDef& resolved, const std::atomic<bool>& stale,
                                                std::atomic<double>& progress);

}  // namespace plumb
