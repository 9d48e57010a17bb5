// From the hand's place to a force.
#include "render/lab/push.h"

#include <algorithm>

namespace plumb {
namespace {

constexpr double k_most_owed_s = 0.15;  ///< a slow machine lives slower; it does not pile up work

}  // namespace

LivePush::LivePush(std::shared_ptr<const SceneBuilder> builder, double from_s, std::function<void()> wake)
    : builder_(std::move(builder)), worker_(std::move(wake)) {
    worker_.ask([this, from_s](const std::atomic<bool>& stale) {
        const Recording& of = builder_->recording();
        auto run = std::make_unique<SteppedRun>(of.scenario,
                                                plan_squat(build_person(of.scenario.person), of.scenario));
        while (!stale && run->so_far().frames.back().time_s < from_s && run->advance()) {
        }
        if (!stale) made_.put(std::move(run));
    });
}

bool LivePush::advance(double real_s) {
    if (!run_) {
        if (auto made = made_.take()) run_ = std::move(*made);
        return true;
    }
    owed_s_ = std::min(owed_s_ + real_s, k_most_owed_s);
    while (owed_s_ > 0.0) {
        const Frame& last = run_->so_far().frames.back();
        std::optional<Push> push;
        if (grip_) {
            const Kinematics k = forward_kinematics(run_->so_far().plan.model.body, last.pose);
            Vector3 force = k_pull_Npm * (grip_->to_m - k.point(grip_->link, grip_->local_m));
            if (force.norm() > k_most_pull_N) force *= k_most_pull_N / force.norm();
            push = Push{grip_->link, grip_->local_m, force};
        }
        run_->push(push);
        const double before_s = last.time_s;
        if (!run_->advance()) return false;
        owed_s_ -= run_->so_far().frames.back().time_s - before_s;
    }
    return true;
}

RunResult LivePush::finish() { return assessed(run_->finish()); }

}  // namespace plumb
