// One search at a time: the one somebody waits for first.
#include "render/lab/help_desk.h"

#include <algorithm>
#include <exception>

#include "sim/plan/squat_plan.h"
#include "sim/scenario/scenario_fields.h"

namespace plumb {
namespace {

/// What the motion takes of a planned margin: adapt's default.
double allowance_m(const ScenarioDef& def) {
    const ScenarioDef resolved = resolve_scenario(def);
    return make_plan_model(build_person(resolved.person), resolved).dynamic_allowance_m;
}

}  // namespace

void HelpDesk::take(const ScenarioDef& scenario, const std::string& hash) {
    scenario_ = scenario;
    if (!book_.open(hash)) return;
    at_work_.reset();
    at_pairs_ = false;
    all_ = pairs_wanted_ = false;
    wanted_.reset();
}

void HelpDesk::want(Help help) {
    if (!book_.is_open()) return;
    if (book_.busy() && (at_pairs_ || at_work_ != help) && !answers().contains(help)) book_.cancel();
    wanted_ = help;
}

void HelpDesk::stop() {
    book_.cancel();
    at_work_.reset();
    at_pairs_ = false;
    wanted_.reset();
    all_ = pairs_wanted_ = false;
}

const std::map<Help, LeastChange>& HelpDesk::answers() const {
    static const std::map<Help, LeastChange> none;
    const Answers* const page = book_.page();
    return page == nullptr ? none : page->single;
}

const std::vector<AdaptAnswer>* HelpDesk::pairs() const {
    const Answers* const page = book_.page();
    return page != nullptr && page->pairs ? &*page->pairs : nullptr;
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
    if (rests && !help && pairing()) {
        pairs_share_ = 0.0;
        at_pairs_ = true;
        book_.ask([this, scenario = scenario_](const std::atomic<bool>& stale) -> AnswerBook<Answers>::Entry {
            std::vector<AdaptAnswer> pairs;
            try {
                const AdaptOptions options{.margin_m = {}, .pairs = true, .intervals = false};
                pairs = find_adaptations(
                            scenario, options, [this](double share) { pairs_share_ = share; }, &stale)
                            .pairs;
            } catch (const std::exception&) {
                // Bad numbers were refused at the door: whatever this is, there is no pair to show.
                pairs.clear();
            }
            return [pairs = std::move(pairs)](Answers& page) { page.pairs = pairs; };
        });
        return std::nullopt;
    }
    if (!rests || !help) return std::nullopt;
    at_work_ = help;
    at_pairs_ = false;
    book_.ask(
        [help = *help, scenario = scenario_](const std::atomic<bool>& stale) -> AnswerBook<Answers>::Entry {
            LeastChange change;
            try {
                change = find_least_change(scenario, help, &stale, allowance_m(scenario));
            } catch (const std::exception& error) {
                change.finding = Finding::none;
                change.brief = "none";
                change.sentence = error.what();
            }
            return [help, change = std::move(change)](Answers& page) { page.single[help] = change; };
        });
    return std::nullopt;
}

}  // namespace plumb
