// One run after the other.
#include "render/lab/report_desk.h"

#include <exception>

#include "sim/engine/simulate.h"

namespace plumb {

void ReportDesk::begin(ReportWish wish) {
    share_ = 0.0;
    working_ = true;
    worker_.ask([this, number = ++number_, wish = std::move(wish)](const std::atomic<bool>& stale) {
        Done done{wish, {}, "", number};
        try {
            if (wish.scenario) done.wish.recordings = {simulate(*wish.scenario)};
            const GatherOptions options{.adapt = wish.searches, .ladder = wish.searches};
            const auto count = static_cast<double>(done.wish.recordings.size());
            for (std::size_t i = 0; i < done.wish.recordings.size() && !stale; ++i)
                done.facts.push_back(gather_facts(
                    done.wish.recordings[i], options,
                    [&](double share) {
                        share_ = (static_cast<double>(i) + share) / count;
                        if (wake_) wake_();
                    },
                    &stale));
        } catch (const std::exception& error) {
            done.problem = error.what();
        }
        if (!stale) found_.put(std::move(done));
    });
}

void ReportDesk::stop() {
    worker_.cancel();
    working_ = false;
}

std::optional<ReportDesk::Done> ReportDesk::poll() {
    if (!working_) return std::nullopt;
    std::optional<Done> done = found_.take();
    if (done && done->number != number_) return std::nullopt;  // of a wish before this one
    if (done) working_ = false;
    return done;
}

}  // namespace plumb
