// One search at a time: the one somebody waits for first.
#include "render/lab/help_desk.h"

#include <algorithm>
#include <exception>

namespace plumb {
namespace {

constexpr size_t k_most_known = 256;  ///< scenarios whose answers are kept

}  // namespace

void HelpDesk::take(const ScenarioDef& scenario, const std::string& hash) {
    scenario_ = scenario;
    if (hash == hash_ && !hash.empty()) return;
    searcher_.cancel();
    at_work_.reset();
    hash_ = hash;
    all_ = false;
    wanted_.reset();
    if (known_.size() > k_most_known) known_.clear();
}

void HelpDesk::want(Help help) {
    if (hash_.empty()) return;
    if (searcher_.busy() && at_work_ != help && !answers().contains(help)) searcher_.cancel();
    wanted_ = help;
}

void HelpDesk::stop() {
    searcher_.cancel();
    at_work_.reset();
    wanted_.reset();
    all_ = false;
}

const std::map<Help, LeastChange>& HelpDesk::answers() const {
    static const std::map<Help, LeastChange> none;
    const auto at = known_.find(hash_);
    return at == known_.end() ? none : at->second;
}

std::optional<Help> HelpDesk::next() const {
    if (wanted_) return wanted_;
    if (!all_) return std::nullopt;
    const auto open = std::ranges::find_if(k_helps, [this](Help help) { return !answers().contains(help); });
    return open == k_helps.end() ? std::nullopt : std::optional(*open);
}

std::optional<HelpAnswer> HelpDesk::poll() {
    // Asked before the mailbox is emptied: what is done by then lies in it.
    const bool rests = !searcher_.busy();
    if (auto found = found_.take())
        known_[found->first][found->second.help] = std::move(found->second.change);
    if (hash_.empty()) return std::nullopt;
    if (wanted_)
        if (const auto at = answers().find(*wanted_); at != answers().end()) {
            wanted_.reset();
            return HelpAnswer{at->first, at->second};
        }
    const std::optional<Help> help = next();
    if (!rests || !help) return std::nullopt;
    at_work_ = help;
    searcher_.ask([this, help = *help, scenario = scenario_, hash = hash_](const std::atomic<bool>& stale) {
        HelpAnswer answer{help, {}};
        try {
            answer.change = find_least_change(scenario, help, &stale);
        } catch (const std::exception& error) {
            answer.change.finding = Finding::none;
            answer.change.brief = "none";
            answer.change.sentence = error.what();
        }
        if (!stale) found_.put({hash, std::move(answer)});
    });
    return std::nullopt;
}

}  // namespace plumb
