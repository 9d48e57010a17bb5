// One moment after the other, so that the first is seen while the second is made.
#include "render/lab/rose_desk.h"

#include <algorithm>
#include <exception>

namespace plumb {

void RoseDesk::look_at(const RunResult* result) {
    if (!book_.open(result != nullptr ? result->recording->input_hash : "")) return;
    recording_ = result != nullptr ? result->recording : nullptr;
    wanted_ = false;
}

void RoseDesk::search() { wanted_ = book_.is_open(); }

void RoseDesk::stop() {
    book_.cancel();
    wanted_ = false;
}

const RoseDesk::Roses& RoseDesk::roses() const {
    static const Roses none;
    const Roses* const page = book_.page();
    return page == nullptr ? none : *page;
}

std::optional<RoseMoment> RoseDesk::next() const {
    if (!wanted_) return std::nullopt;
    const auto open = std::ranges::find_if(k_moments, [&](RoseMoment m) { return !roses().contains(m); });
    return open == k_moments.end() ? std::nullopt : std::optional(*open);
}

double RoseDesk::progress() const {
    const double done = static_cast<double>(roses().size()) + (searching() ? share_.load() : 0.0);
    return std::min(1.0, done / static_cast<double>(k_moments.size()));
}

bool RoseDesk::poll() {
    // Asked before the book takes what was found: what is done by then is in it.
    const bool rests = !book_.busy();
    const bool news = book_.poll();
    if (news) share_ = 0.0;
    const std::optional<RoseMoment> moment = next();
    if (!rests || !moment) return news;
    share_ = 0.0;
    book_.ask([this, moment = *moment,
               recording = recording_](const std::atomic<bool>& stale) -> AnswerBook<Roses>::Entry {
        PushRose rose;
        try {
            const auto progress = [&](double share) {
                if (stale) return;
                share_ = share;
                if (wake_) wake_();
            };
            rose = find_push_rose(recording->scenario, moment, options_, progress, &stale);
        } catch (const std::exception& error) {
            rose.moment = moment;
            rose.problem = error.what();
        }
        return [rose = std::move(rose)](Roses& page) { page[rose.moment] = rose; };
    });
    return news;
}

}  // namespace plumb
