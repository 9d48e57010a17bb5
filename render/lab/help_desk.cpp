// One search at a time: the one somebody waits for first.
#include "render/lab/help_desk.h"

#include <algorithm>
#include <exception>

namespace plumb {

void HelpDesk::take(const ScenarioDef& scenario, const std::string& hash) {
    scenario_ = scenario;
    if (!book_.open(hash)) return;
    at_work_.reset();
    all_ = false;
    wanted_.reset();
}

void HelpDesk::want(Help help) {
    if (!book_.is_open()) return;
    if (book_.busy() && at_work_ != help && !answers().contains(help)) book_.cancel();
    wanted_ = help;
}

void HelpDesk::stop() {
    book_.cancel();
    at_work_.reset();
    wanted_.reset();
    all_ = false;
}

const std::map<Help, LeastChange>& HelpDesk::answers() const {
    static const Answers none;
    const Answers* const page = book_.page();
    return page == nullptr ? none : *page;
}

std::optional<Help> HelpDesk::next() const {
    if (wanted_) return wanted_;
    if (!all_) return std::nullopt;
    const auto open = std::ranges::find_if(k_helps, [this](Help help) { return !answers().contains(help); });
    return open == k_helps.end() ? std::nullopt : std::optional(*open);
}

std::optional<HelpAnswer> HelpDesk::poll() {
    // Asked before the mailbox is emptied: what is done by then lies in it.
    const bool rests = !book_.busy();
    book_.poll();
    if (!book_.is_open()) return std::nullopt;
    if (wanted_)
        if (const auto at = answers().find(*wanted_); at != answers().end()) {
            wanted_.reset();
            return HelpAnswer{at->first, at->second};
        }
    const std::optional<Help> help = next();
    if (!rests || !help) return std::nullopt;
    at_work_ = help;
    book_.ask(
        [help = *help, scenario = scenario_](const std::atomic<bool>& stale) -> AnswerBook<Answers>::Entry {
            LeastChange change;
            try {
                change = find_least_change(scenario, help, &stale);
            } catch (const std::exception& error) {
                change.finding = Finding::none;
                change.brief = "none";
                change.sentence = error.what();
            }
            return [help, change = std::move(change)](Answers& page) { page[help] = change; };
        });
    return std::nullopt;
}

}  // namespace plumb
