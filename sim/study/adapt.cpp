// Every help alone, then every two of them along the line of equal efforts.
#include "sim/study/adapt.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>

#include "sim/base/threads.h"
#include "sim/person/spreads.h"
#include "sim/scenario/scenario_fields.h"
#include "sim/study/help_search.h"

namespace plumb {
namespace {

constexpr double k_most_shared_effort = 3.0;  ///< of each of a pair: nobody changes by more than 3 SD
constexpr double k_less = 0.95;
constexpr int k_share_stride = 5;
constexpr int k_shares = 40;  ///< 0.95^40 is an eighth: below, one of the two alone would nearly do

AdaptAnswer answer_of(const ScenarioDef& def, const ScenarioDef& changed, const HelpRun& run, double effort) {
    AdaptAnswer answer;
    answer.changes = changes_between(def, changed);
    answer.scenario = changed;
    answer.effort = effort;
    answer.outcome = run.outcome;
    answer.planned_min_margin_m = run.planned_min_margin_m;
    answer.functional_min_m = run.functional_min_m;
    return answer;
}

double amount_effort(const HelpEffort& h, const ScenarioDef& def, const ScenarioDef& changed) {
    return (*help_value(changed, h.help) - *help_value(def, h.help)) / h.one;
}

/// A weight at arm's length brings the arms there too.
double effort_of(const HelpEffort& h, const ScenarioDef& def, const ScenarioDef& changed) {
    const bool brings_arms = h.help == Help::counterweight
                             && (moves_weight(def, h.help)
                                 || (def.counterweight.mass_kg == 0.0 && def.arms.pose != ArmsPose::forward));
    return amount_effort(h, def, changed) + (brings_arms ? k_arms_effort : 0.0);
}

/// Arms and weight out in front, the mass as it is: the scenario, or nothing when they are there.
std::optional<ScenarioDef> arms_in_front(const ScenarioDef& def) {
    ScenarioDef changed = def;
    changed.expect.clear();
    changed.arms.pose = ArmsPose::forward;
    if (def.counterweight.mass_kg > 0.0) changed.counterweight.hold = Hold::arms_forward;
    if (changed.arms == def.arms && changed.counterweight == def.counterweight) return std::nullopt;
    if (compare_scenarios(def, changed).is_same() || find_scenario_problem(changed)) return std::nullopt;
    return changed;
}

class Adapter {
  public:
    Adapter(const ScenarioDef& def, double margin_m, const std::atomic<bool>* cancel)
        : def_(def), margin_m_(margin_m), cancel_(cancel) {}

    [[nodiscard]] bool stopped() const { return cancel_ != nullptr && cancel_->load(); }

    /// The least of both with which a run is enough, each with at most `most` effort. `alone`: what each must be by itself
    /// (infinite: it does not do it).
    [[nodiscard]] std::optional<AdaptAnswer> pair(const HelpEffort& first, const HelpEffort& second,
                                                  std::array<double, 2> alone, double most, int& runs) const {
        struct Tried {
            ScenarioDef scenario;
            HelpRun run;
            bool enough = false;
        };
        std::map<int, Tried> tried;
        const auto try_share = [&](int n) {
            if (const auto known = tried.find(n); known != tried.end()) return known->second.enough;
            Tried now;
            now.scenario = with_both(first, second, most * std::pow(k_less, n));
            // What the door refuses together is not enough.
            if (!find_scenario_problem(now.scenario)) {
                now.run = try_motion(now.scenario, margin_m_);
                now.enough = now.run.is_enough();
                ++runs;
            }
            return tried.emplace(n, std::move(now)).first->second.enough;
        };
        // The most may be too much, or refused: down in strides to the first that is enough.
        int enough = 0, too_little = k_shares;
        while (!try_share(enough)) {
            enough += k_share_stride;
            if (enough >= k_shares || stopped()) return std::nullopt;
        }
        while (too_little - enough > 1) {
            if (stopped()) return std::nullopt;
            const int middle = (enough + too_little) / 2;
            (try_share(middle) ? enough : too_little) = middle;
        }
        // Nearly nothing of both is enough: the pair answers nothing.
        if (try_share(too_little)) return std::nullopt;
        const Tried& least = tried.at(enough);
        // Each helps, and is less than it must be alone.
        const std::array<const HelpEffort*, 2> both = {&first, &second};
        for (std::size_t i = 0; i < both.size(); ++i) {
            const double value = *help_value(least.scenario, both.at(i)->help);
            if (value <= *help_value(def_, both.at(i)->help) || value >= alone.at(i)) return std::nullopt;
        }
        AdaptAnswer answer =
            answer_of(def_, least.scenario, least.run,
                      effort_of(first, def_, least.scenario) + effort_of(second, def_, least.scenario));
        answer.helps = {first.help, second.help};
        answer.less = tried.at(too_little).scenario;
        answer.sentence = change_words(first.help, def_, least.scenario) + " and "
                          + change_words(second.help, def_, least.scenario);
        return answer;
    }

  private:
    /// Whole steps, rounded up.
    [[nodiscard]] double value_at(const HelpEffort& h, double effort) const {
        const HelpRange range = help_range(h.help);
        const double from = *help_value(def_, h.help);
        const double value = range.value(range.at_or_above(from + effort * h.one));
        return std::max(from, std::min(value, range.cap));
    }
    [[nodiscard]] ScenarioDef with_both(const HelpEffort& first, const HelpEffort& second,
                                        double effort) const {
        return with_help(with_help(def_, first.help, value_at(first, effort)), second.help,
                         value_at(second, effort));
    }

    const ScenarioDef& def_;
    const double margin_m_;
    const std::atomic<bool>* cancel_;
};

}  // namespace

const std::vector<HelpEffort>& help_efforts() {
    // SDs: sim/person/spreads.h. The rest are choices, made so that one of
    // each moves the limit by about as much as an SD of dorsiflexion does or is about as much trouble.
    static const std::vector<HelpEffort> k_efforts = {
        {Help::counterweight, 4.0, "a choice"},
        {Help::wider_stance, 0.10, "a choice"},
        {Help::toes_out, 10.0, "a choice"},
        {Help::heel_wedge, 0.02, "a choice"},
        {Help::more_ankle, k_dorsiflexion_deg.sd, "one SD of healthy adults"},
        {Help::more_closure, k_closure_deg.sd, "one SD of healthy adults"},
        {Help::more_strength, k_strength_ratio.sd, "one SD of healthy adults"},
    };
    return k_efforts;
}

std::vector<FieldDifference> changes_between(const ScenarioDef& def, const ScenarioDef& changed) {
    std::vector<FieldDifference> changes;
    const ScenarioDef resolved = resolve_scenario(def);
    for (const Field<ScenarioDef>& field : scenario_fields())
        if (const FieldValue now = field.get(changed); now != field.get(def))
            changes.push_back({field.name, field.unit, field.get(resolved), now});
    return changes;
}

Adaptations find_adaptations(const ScenarioDef& def, const AdaptOptions& options,
                             const std::function<void(double)>& progress, const std::atomic<bool>* cancel) {
    Adaptations result;
    const auto given = motion_of(def);
    result.margin_m = options.margin_m.value_or(given->plan.model.dynamic_allowance_m);
    const HelpRun given_run = facts_of(*given, result.margin_m);
    result.outcome = given_run.outcome;
    result.planned_min_margin_m = given_run.planned_min_margin_m;
    result.forward_runs = 1;
    const Adapter adapter(def, result.margin_m, cancel);
    result.needed = !given_run.is_enough();
    if (!result.needed) return result;

    const std::vector<HelpEffort>& efforts = help_efforts();
    const int help_count = static_cast<int>(efforts.size());
    std::vector<std::pair<int, int>> couples;
    for (int i = 0; i < help_count; ++i)
        for (int j = i + 1; j < help_count; ++j)
            // A wider stance turns the toes already.
            if (efforts[i].help != Help::toes_out && efforts[j].help != Help::toes_out)
                couples.emplace_back(i, j);
    const int all = help_count + 1 + (options.pairs ? static_cast<int>(couples.size()) : 0);
    std::atomic<int> done = 0;
    const auto tell = [&] {
        if (const int now = ++done; progress) progress(static_cast<double>(now) / all);
    };

    if (const auto arms = arms_in_front(def)) {
        const HelpRun run = try_motion(*arms, result.margin_m);
        ++result.forward_runs;
        if (run.is_enough()) {
            AdaptAnswer answer = answer_of(def, *arms, run, k_arms_effort);
            answer.sentence = arms->counterweight.mass_kg > 0.0
                                  ? "the weight held out in front at arm's length"
                                  : "arms out in front";
            result.singles.push_back(std::move(answer));
        }
    }
    // The helps, then the wall.
    std::vector<LeastChange> alone(efforts.size() + 1);
    std::vector<std::optional<HelpInterval>> intervals(efforts.size());
    on_threads(2, help_count + 1, cancel, [&](int i) {
        const auto at = static_cast<std::size_t>(i);
        alone[at] = i < help_count ? find_least_change(def, efforts[at].help, cancel, result.margin_m)
                                   : find_least_change(def, Help::wall, cancel);
        if (i < help_count && options.intervals)
            intervals[at] = help_interval(def, alone[at], result.margin_m, cancel);
        tell();
    });
    std::vector<double> alone_amount(efforts.size(), INFINITY), alone_value(efforts.size(), INFINITY);
    for (std::size_t i = 0; i <= efforts.size(); ++i) {
        LeastChange& change = alone[i];
        result.forward_runs += change.forward_runs;
        if (change.field.empty() || change.finding == Finding::cancelled) {
            result.complete = false;
            continue;
        }
        if (i == efforts.size()) {
            if (change.finding == Finding::found) result.wall = std::move(change);
            continue;
        }
        if (change.finding != Finding::found) {
            result.without.push_back(std::move(change));
            continue;
        }
        alone_amount[i] = amount_effort(efforts[i], def, change.scenario);
        alone_value[i] = *change.to;
        const HelpRun run{
            change.outcome, change.com_min_m, change.functional_min_m, change.planned_min_margin_m, true, ""};
        result.singles.push_back(
            answer_of(def, change.scenario, run, effort_of(efforts[i], def, change.scenario)));
        result.singles.back().sentence = change.sentence;
        result.singles.back().helps = {change.help};
        result.singles.back().interval = intervals[i];
    }
    if (options.pairs && result.complete) {
        std::vector<std::optional<AdaptAnswer>> together(couples.size());
        std::vector<int> runs(couples.size(), 0);
        on_threads(2, static_cast<int>(couples.size()), cancel, [&](int i) {
            const auto at = static_cast<std::size_t>(i);
            const auto first = static_cast<std::size_t>(couples[at].first),
                       second = static_cast<std::size_t>(couples[at].second);
            const double most = std::min({alone_amount[first], alone_amount[second], k_most_shared_effort});
            together[at] = adapter.pair(efforts[first], efforts[second],
                                        {alone_value[first], alone_value[second]}, most, runs[at]);
            tell();
        });
        for (const int one : runs) result.forward_runs += one;
        for (auto& answer : together)
            if (answer) result.pairs.push_back(std::move(*answer));
    }
    if (adapter.stopped()) result.complete = false;
    for (auto* const answers : {&result.singles, &result.pairs})
        std::ranges::stable_sort(*answers, {}, &AdaptAnswer::effort);
    return result;
}

}  // namespace plumb
