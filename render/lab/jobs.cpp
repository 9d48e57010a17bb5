// The worker thread and what it is asked to do.
#include "render/lab/jobs.h"

#include <algorithm>

#include "sim/engine/simulate.h"
#include "sim/recording/derived.h"

namespace plumb {

Worker::Worker(std::function<void()> wake) : wake_(std::move(wake)), thread_([this] { loop(); }) {}

Worker::~Worker() {
    {
        const std::lock_guard lock(mutex_);
        leave_ = true;
        next_.reset();
        *stale_ = true;
    }
    something_.notify_all();
    thread_.join();
}

void Worker::ask(Work work) {
    {
        const std::lock_guard lock(mutex_);
        *stale_ = true;
        next_ = std::move(work);
        busy_ = true;
    }
    something_.notify_all();
}

void Worker::cancel() {
    const std::lock_guard lock(mutex_);
    *stale_ = true;
    next_.reset();
    if (!works_) busy_ = false;  // the thread had not even begun: nobody else would say so
}

void Worker::loop() {
    for (;;) {
        Work work;
        std::shared_ptr<std::atomic<bool>> stale;
        {
            std::unique_lock lock(mutex_);
            something_.wait(lock, [this] { return leave_ || next_; });
            if (leave_) return;
            work = std::move(*next_);
            next_.reset();
            works_ = true;
            stale = stale_ = std::make_shared<std::atomic<bool>>(false);
        }
        work(*stale);
        {
            const std::lock_guard lock(mutex_);
            works_ = false;
            if (!next_) busy_ = false;
        }
        if (wake_) wake_();
    }
}

RunResult assessed(std::shared_ptr<const Recording> recording) {
    return {recording, std::make_shared<SceneBuilder>(recording), assess_balance(*recording)};
}

std::optional<Preview> make_preview(const ScenarioDef& resolved, const std::atomic<bool>& stale) {
    auto recording = std::make_shared<Recording>(
        begin_recording(resolved, plan_squat(build_person(resolved.person), resolved, PlanDetail::motion)));
    if (stale) return std::nullopt;
    Frame frame;
    frame.phase = Phase::hold;
    frame.pose = planned_state(recording->plan, {recording->plan.target_position}).pose;
    const BodyModel& body = recording->plan.model.body;
    const Kinematics k = forward_kinematics(body, frame.pose);
    frame.com_m = k.com_m;
    fill_derived(body, k, frame);
    frame.hip_drop = recording->plan.target_drop;
    recording->frames.push_back(frame);
    return Preview{recording, std::make_shared<SceneBuilder>(recording)};
}

std::optional<RunResult> make_run(const ScenarioDef& resolved, const std::atomic<bool>& stale,
                                  std::atomic<double>& progress) {
    progress = 0.0;
    SquatPlan plan = plan_squat(build_person(resolved.person), resolved);
    if (stale) return std::nullopt;
    const MovementDef& m = resolved.movement;
    const double expected_s = m.descend_s + m.hold_s + m.ascend_s + 2.0;
    SteppedRun run(resolved, std::move(plan));
    while (run.advance()) {
        if (stale) return std::nullopt;
        progress = std::min(0.99, run.so_far().frames.back().time_s / expected_s);
    }
    RunResult result = assessed(run.finish());
    progress = 1.0;
    return result;
}

}  // namespace plumb
