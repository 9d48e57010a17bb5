// Helps fall by equal steps; for each the least ability is found by runs.
#include "sim/study/ladder.h"

#include <algorithm>
#include <cmath>
#include <map>

#include "sim/scenario/scenario_fields.h"
#include "sim/study/help_search.h"

namespace plumb {
namespace {

constexpr int k_most_ability_steps = 64;
constexpr double k_share_of_search = 0.5;  ///< of the time, for what the ladder begins and ends with

bool is_ability(Help help) {
    return help == Help::more_ankle || help == Help::more_closure || help == Help::more_strength;
}

/// The first of the answers, least effort first, whose helps are all of a kind.
template <class OfKind>
const AdaptAnswer* least_of(const std::vector<AdaptAnswer>& answers, const OfKind& of_kind) {
    for (const AdaptAnswer& answer : answers)
        if (!answer.helps.empty() && std::ranges::all_of(answer.helps, of_kind)) return &answer;
    return nullptr;
}

/// From the unaided scenario to one answer's, help by help.
class Way {
  public:
    Way(const ScenarioDef& unaided, const AdaptAnswer& answer) {
        for (const Help help : answer.helps)
            parts_.push_back({help, *help_value(unaided, help), *help_value(answer.scenario, help)});
    }

    /// The most whole steps any of its fields takes.
    [[nodiscard]] int steps() const {
        int most = 1;
        for (const Part& part : parts_) {
            const HelpRange range = help_range(part.help);
            most = std::max(most, range.at_or_above(part.to) - range.at_or_below(part.from));
        }
        return most;
    }
    /// The share of the way, in whole steps of the fields, rounded up; 0 changes nothing.
    [[nodiscard]] ScenarioDef at(ScenarioDef def, double share) const {
        if (share <= 0.0) return def;
        for (const Part& part : parts_) {
            const HelpRange range = help_range(part.help);
            const double value = range.value(range.at_or_above(std::lerp(part.from, part.to, share)));
            def = with_help(def, part.help, std::min(part.to, value));
        }
        return def;
    }
    [[nodiscard]] std::string words(const ScenarioDef& from, const ScenarioDef& to) const {
        std::string text;
        for (const Part& part : parts_)
            if (*help_value(to, part.help) != *help_value(from, part.help))
                text += (text.empty() ? "" : " and ") + change_words(part.help, from, to);
        return text;
    }

  private:
    struct Part {
        Help help;
        double from, to;
    };
    std::vector<Part> parts_;
};

class Climb {
  public:
    Climb(Ladder& ladder, const Way& helps, const Way& abilities, const std::atomic<bool>* cancel)
        : ladder_(ladder),
          helps_(helps),
          abilities_(abilities),
          cancel_(cancel),
          ability_steps_(std::min(k_most_ability_steps, abilities.steps())) {}

    /// The rung with this share of the help, and an ability not below the last rung's; false when stopped.
    bool add(double help_share) {
        // A small help has fewer whole steps than rungs were asked for.
        const ScenarioDef helped = helps_.at(ladder_.unaided, help_share);
        if (last_help_ && helped == *last_help_) return true;
        last_help_ = helped;
        std::map<int, HelpRun> runs;
        const auto is_enough = [&](int n) {
            if (!runs.contains(n)) {
                const ScenarioDef def = scenario(help_share, n);
                HelpRun run;
                run.keeps_margin = false;  // what the door refuses is not enough
                if (!find_scenario_problem(def)) {
                    run = try_motion(def, ladder_.margin_m);
                    ++ladder_.forward_runs;
                }
                runs[n] = run;
            }
            return runs[n].is_enough();
        };
        LadderRung rung;
        int enough = last_;
        if (!is_enough(last_)) {
            int no = last_;
            enough = ability_steps_;
            rung.holds = is_enough(enough);
            while (rung.holds && enough - no > 1) {
                if (stopped()) return false;
                const int middle = (no + enough) / 2;
                (is_enough(middle) ? enough : no) = middle;
            }
        }
        if (stopped()) return false;
        const ScenarioDef& unaided = ladder_.unaided;
        rung.scenario = scenario(help_share, enough);
        rung.help = help_share > 0.0 ? helps_.words(unaided, rung.scenario) : "no help";
        if (rung.holds) {
            rung.changes = changes_between(unaided, rung.scenario);
            rung.ability = abilities_.words(unaided, rung.scenario);
            rung.ability_share = static_cast<double>(enough) / ability_steps_;
            const HelpRun& run = runs.at(enough);
            rung.outcome = run.outcome;
            rung.planned_min_margin_m = run.planned_min_margin_m;
            rung.functional_min_m = run.functional_min_m;
            rung.wall_may_stay = wall_may_stay(rung.scenario);
            if (enough > last_) rung.less = scenario(help_share, enough - 1);
            last_ = enough;
        }
        ladder_.rungs.push_back(std::move(rung));
        return true;
    }

  private:
    [[nodiscard]] bool stopped() const { return cancel_ != nullptr && cancel_->load(); }
    [[nodiscard]] ScenarioDef scenario(double help_share, int ability_step) const {
        const ScenarioDef able =
            abilities_.at(ladder_.unaided, static_cast<double>(ability_step) / ability_steps_);
        return helps_.at(able, help_share);
    }
    [[nodiscard]] std::optional<bool> wall_may_stay(ScenarioDef def) {
        if (!ladder_.wall) return std::nullopt;
        def.wall.distance_m = ladder_.wall->scenario.wall.distance_m;
        ++ladder_.forward_runs;
        return !find_scenario_problem(def) && try_motion(def, ladder_.margin_m).is_enough();
    }

    Ladder& ladder_;
    const Way &helps_, &abilities_;
    const std::atomic<bool>* cancel_;
    const int ability_steps_;
    int last_ = 0;  ///< ability of the last rung, in steps
    std::optional<ScenarioDef> last_help_;
};

std::string without_ability(const Adaptations& found) {
    std::string text = "no gain that was tried makes the unaided squat do";
    for (const LeastChange& change : found.without)
        if (is_ability(change.help))
            text += "; " + std::string(help_name(change.help)) + ": " + change.sentence;
    return text;
}

}  // namespace

ScenarioDef without_helps(const ScenarioDef& def) {
    ScenarioDef unaided = def;
    unaided.expect.clear();
    unaided.counterweight = {};
    unaided.arms.pose = ArmsPose::forward;
    unaided.wall = {};
    unaided.heel_wedge = {};
    unaided.stance.width_m.reset();
    return unaided;
}

Ladder find_ladder(const ScenarioDef& def, const LadderOptions& options,
                   const std::function<void(double)>& progress, const std::atomic<bool>* cancel) {
    Ladder ladder;
    ladder.unaided = without_helps(def);
    ladder.laid_aside = compare_scenarios(def, ladder.unaided).changed;
    const auto tell = [&](double share) {
        if (progress) progress(share);
    };
    const auto search = [&](bool pairs) {
        const AdaptOptions adapt{.margin_m = options.margin_m, .pairs = pairs, .intervals = false};
        return find_adaptations(
            ladder.unaided, adapt, [&](double share) { tell(k_share_of_search * share); }, cancel);
    };
    Adaptations found = search(false);
    const auto is_wanted = [&](Help help) {
        if (options.with) return help == *options.with;
        return help == Help::counterweight || help == Help::wider_stance;
    };
    const auto is_ladder_help = [](Help help) { return std::ranges::count(k_ladder_helps, help) > 0; };
    const AdaptAnswer* today = least_of(found.singles, is_wanted);
    const AdaptAnswer* goal = least_of(found.singles, is_ability);
    if (today == nullptr && !options.with) today = least_of(found.singles, is_ladder_help);
    ladder.forward_runs = found.forward_runs;
    Adaptations in_pairs;
    if (found.needed && found.complete && (goal == nullptr || (today == nullptr && !options.with))) {
        in_pairs = search(true);
        ladder.forward_runs += in_pairs.forward_runs;
        if (goal == nullptr) goal = least_of(in_pairs.pairs, is_ability);
        if (today == nullptr && !options.with) today = least_of(in_pairs.pairs, is_ladder_help);
    }
    ladder.margin_m = found.margin_m;
    ladder.outcome = found.outcome;
    ladder.planned_min_margin_m = found.planned_min_margin_m;
    ladder.needed = found.needed;
    ladder.complete = found.complete && in_pairs.complete;
    ladder.wall = found.wall;
    if (!ladder.needed || !ladder.complete) return ladder;
    if (today == nullptr) {
        ladder.missing =
            options.with ? std::string(help_name(*options.with)) + " alone does not make the squat do"
                         : "neither weight, stance nor wedge, nor two of them together, make the squat do";
        return ladder;
    }
    const Way helps(ladder.unaided, *today),
        abilities(ladder.unaided, goal != nullptr ? *goal : AdaptAnswer{});
    Climb climb(ladder, helps, abilities, cancel);
    for (int step = 0; step <= options.steps; ++step) {
        const double share = 1.0 - static_cast<double>(step) / options.steps;
        if (!climb.add(share)) {
            ladder.complete = false;
            break;
        }
        if (goal == nullptr) {
            ladder.missing = without_ability(found);
            break;
        }
        tell(k_share_of_search + (1.0 - k_share_of_search) * (step + 1.0) / (options.steps + 1.0));
    }
    return ladder;
}

}  // namespace plumb
