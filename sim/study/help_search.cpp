// Steps to scenarios, runs to facts, facts to sentences.
#include "sim/study/help_search.h"

#include <algorithm>
#include <cmath>

#include "sim/balance/events.h"
#include "sim/balance/explain.h"
#include "sim/base/check.h"
#include "sim/engine/simulate.h"
#include "sim/person/dorsiflexion.h"

namespace plumb {

std::shared_ptr<const Recording> motion_of(const ScenarioDef& def) {
    const ScenarioDef resolved = resolve_scenario(def);
    return simulate_plan(resolved, plan_squat(build_person(resolved.person), resolved, PlanDetail::motion));
}

HelpRun try_motion(const ScenarioDef& def, std::optional<double> margin_m) {
    if (const auto run = simulate_unless_lost(resolve_scenario(def))) return facts_of(*run, margin_m);
    HelpRun lost;
    lost.left_early = true;
    return lost;
}

HelpRun facts_of(const Recording& recording, std::optional<double> margin_m) {
    const Assessment a = assess_balance(recording);
    return {a.outcome,
            a.com_min_m,
            a.functional_min_m,
            recording.plan.planned_min_margin_m,
            !margin_m || recording.plan.keeps_margin(*margin_m),
            a.limiting_factor};
}

namespace {

/// How far the toes turn out with a wider stance: one degree a centimetre. M: a choice.
constexpr double k_toe_out_deg_per_m = 100.0, k_most_toe_out_deg = 40.0;

std::string cm(double metres, int decimals = 0) { return fixed_text(100.0 * metres, decimals) + " cm"; }
std::string m(double metres) { return fixed_text(metres, 2) + " m"; }
/// Stances are on a grid of 5 mm.
std::string m3(double metres) {
    const std::string text = fixed_text(metres, 3);
    return (text.ends_with("0") ? text.substr(0, text.size() - 1) : text) + " m";
}

}  // namespace

std::string value_words(Help help, double value) {
    switch (help) {
    case Help::wider_stance: return m3(value);
    case Help::counterweight: return fixed_text(value, 1) + " kg";
    case Help::wall: return m(value);
    case Help::heel_wedge: return cm(value, 1);
    case Help::more_ankle: return fixed_text(value, 2) + " deg";
    case Help::toes_out: return fixed_text(value, 0) + " deg";
    case Help::more_closure: return fixed_text(value, 1) + " deg";
    case Help::more_strength: return percent_text(value);
    }
    PLUMB_CHECK(false, "unknown help");
}

namespace {

std::string found_briefly(Help help, double from, double to) {
    switch (help) {
    case Help::wider_stance: return cm(to - from, to - from < 0.1 ? 1 : 0) + " wider";
    case Help::counterweight: return value_words(help, to) + " at arm's length";
    case Help::wall: return "up to " + value_words(help, to) + " behind the heels";
    case Help::heel_wedge: return value_words(help, to) + " high";
    case Help::more_ankle: return fixed_text(to - from, 1) + " deg more";
    case Help::toes_out: return fixed_text(to - from, 0) + " deg further out";
    case Help::more_closure: return fixed_text(to - from, 1) + " deg more";
    case Help::more_strength: return value_words(help, to) + " of the average";
    }
    PLUMB_CHECK(false, "unknown help");
}

/// Each side with a strength of its own that is less gets this much.
void raise_strength(PersonDef& person, double ratio) {
    for (SideDef* const side : {&person.left, &person.right})
        if (side->strength_ratio) side->strength_ratio = std::max(*side->strength_ratio, ratio);
    person.strength_ratio = std::max(person.strength_ratio, ratio);
}

double weaker_strength_ratio(const PersonDef& person) {
    return std::min(person.left.strength_ratio.value_or(person.strength_ratio),
                    person.right.strength_ratio.value_or(person.strength_ratio));
}

/// ", the toes 20 deg further out": what goes with a wider stance.
std::string toes_words(Help help, const ScenarioDef& def, const ScenarioDef& changed) {
    const double turned_deg = changed.stance.toe_out_deg - def.stance.toe_out_deg;
    if (help != Help::wider_stance || turned_deg <= 0.0) return "";
    return ", the toes " + fixed_text(turned_deg, 0) + " deg further out";
}

}  // namespace

bool moves_weight(const ScenarioDef& def, Help help) {
    return help == Help::counterweight && def.counterweight.hold != Hold::arms_forward;
}

std::string change_words(Help help, const ScenarioDef& def, const ScenarioDef& changed) {
    const double to = *help_value(changed, help);
    std::string text = help_words(help, help_value(def, help).value_or(0.0), to);
    if (moves_weight(def, help) && def.counterweight.mass_kg > 0.0) {
        if (to == 0.0) text = "no weight";
        text += " instead of " + value_words(help, def.counterweight.mass_kg) + " held otherwise";
    }
    return text + toes_words(help, def, changed);
}

std::string help_words(Help help, double from, double to) {
    const std::string span = " (" + value_words(help, from) + " to " + value_words(help, to) + ")";
    switch (help) {
    case Help::wider_stance: return cm(to - from, to - from < 0.1 ? 1 : 0) + " wider stance" + span;
    case Help::counterweight:
        return value_words(help, to) + " at arm's length"
               + (from > 0.0 ? " (" + value_words(help, from) + " before)" : "");
    case Help::wall: return "a wall up to " + value_words(help, to) + " behind the heels";
    case Help::heel_wedge:
        return "a heel wedge of " + value_words(help, to)
               + (from > 0.0 ? " (" + value_words(help, from) + " before)" : "");
    case Help::more_ankle: return fixed_text(to - from, 1) + " deg more dorsiflexion" + span;
    case Help::toes_out: return "toes " + fixed_text(to - from, 0) + " deg further out" + span;
    case Help::more_closure:
        return fixed_text(to - from, 1) + " deg more bending of hips and back together" + span;
    case Help::more_strength:
        return "strength at " + value_words(help, to) + " of the average instead of "
               + value_words(help, from);
    }
    PLUMB_CHECK(false, "unknown help");
}

std::string_view help_name(Help help) {
    constexpr std::array<std::string_view, k_all_helps.size()> k_names = {
        "wider_stance", "counterweight", "wall",         "heel_wedge",
        "more_ankle",   "toes_out",      "more_closure", "more_strength"};
    return k_names.at(static_cast<std::size_t>(help));
}

HelpRange help_range(Help help) {
    switch (help) {
    case Help::wider_stance: return {"stance.width_m", 0.005, 1.0};
    case Help::counterweight: return {"counterweight.mass_kg", 0.1, 40.0};
    case Help::wall:
        return {"wall.distance_m", 0.02, 1.2};  // beyond, nobody's back reaches it before the floor
    case Help::heel_wedge: return {"heel_wedge.height_m", 0.001, 0.1};
    case Help::more_ankle: return {"person.ankle_dorsiflexion_deg", 0.25, 60.0};
    case Help::toes_out: return {"stance.toe_out_deg", 1.0, k_most_toe_out_deg};
    // Two and a half population SDs above the average (spreads.h).
    case Help::more_closure: return {"person.trunk_thigh_closure_deg", 0.5, 150.0};
    case Help::more_strength: return {"person.strength_ratio", 0.01, 1.5};
    }
    PLUMB_CHECK(false, "unknown help");
}

ScenarioDef with_help(const ScenarioDef& def, Help help, double value) {
    ScenarioDef changed = def;
    changed.expect.clear();  // it spoke of the scenario as given
    if (moves_weight(def, help)) changed.counterweight = {};
    switch (help) {
    case Help::more_ankle: raise_dorsiflexion(changed.person, value); break;
    case Help::more_strength: raise_strength(changed.person, value); break;
    case Help::more_closure:
        changed.person.hip_flexion_clinical_deg.reset();
        changed.person.trunk_thigh_closure_deg = value;
        break;
    case Help::wider_stance: {
        // Feet set wide turn out, or the knees cannot follow them.
        const double wider_m = value - help_value(def, help).value();
        const double turned_deg =
            std::min(k_most_toe_out_deg, def.stance.toe_out_deg + std::round(k_toe_out_deg_per_m * wider_m));
        changed.stance.width_m = value;
        changed.stance.toe_out_deg = std::max(def.stance.toe_out_deg, turned_deg);
        break;
    }
    default: find_field(help_range(help).field)->set(changed, value); break;
    }
    return changed;
}

std::optional<double> help_value(const ScenarioDef& def, Help help) {
    if (moves_weight(def, help)) return 0.0;
    const ScenarioDef resolved = resolve_scenario(def);
    if (help == Help::more_ankle) return stiffer_ankle_deg(resolved.person);
    if (help == Help::more_strength) return weaker_strength_ratio(resolved.person);
    const FieldValue now = find_field(help_range(help).field)->get(resolved);
    const double* const number = std::get_if<double>(&now);
    return number != nullptr ? std::optional(*number) : std::nullopt;
}

HelpSearch::HelpSearch(const ScenarioDef& def, Help help, const std::atomic<bool>* cancel,
                       std::optional<double> margin_m)
    : def_(def),
      help_(help),
      range_(help_range(help)),
      field_(find_field(range_.field)),
      cancel_(cancel),
      margin_m_(margin_m),
      from_(help_value(def, help)) {
    PLUMB_CHECK(field_ != nullptr, "a help names no field");
    // Just above the given value counts as the given value.
    if (help != Help::wall) first_ = range_.at_or_below(*from_);
    last_ = std::max(first_, range_.at_or_below(range_.cap));
    // A wedge may be too steep for these feet long before its cap.
    if (last_ > first_ && find_scenario_problem(at(last_))) {
        int good = first_, bad = last_;
        while (bad - good > 1) {
            const int middle = (good + bad) / 2;
            (find_scenario_problem(at(middle)) ? bad : good) = middle;
        }
        last_ = good;
    }
}

ScenarioDef HelpSearch::at(int n) const { return with_help(def_, help_, range_.value(n)); }

const Recording& HelpSearch::run_given() {
    given_recording_ = motion_of(def_);
    given_ = facts_of(*given_recording_, margin_m_);
    return *given_recording_;
}

bool HelpSearch::runs_well(int n, const std::function<bool(const HelpRun&)>& well) {
    auto known = runs_.find(n);
    if (known == runs_.end()) {
        if (stopped()) return false;
        known = runs_.emplace(n, try_motion(at(n), margin_m_)).first;
    }
    return well(known->second);
}

void HelpSearch::finish_run(int n) {
    const auto known = runs_.find(n);
    if (known != runs_.end() && known->second.left_early && !stopped())
        known->second = facts_of(*motion_of(at(n)), margin_m_);
}

bool HelpSearch::is_enough_at(int n) { return runs_well(n, &HelpRun::is_enough); }

LeastChange HelpSearch::start(Finding finding) const {
    LeastChange change;
    change.help = help_;
    change.finding = finding;
    change.scenario = def_;
    change.field = range_.field;
    change.unit = field_->unit;
    change.from = from_;
    change.static_solves = solves_;
    change.forward_runs = run_count() + (given_recording_ ? 1 : 0);
    if (!runs_.empty()) {
        change.tested_from = range_.value(runs_.begin()->first);
        change.tested_to = range_.value(runs_.rbegin()->first);
    }
    return change;
}

void HelpSearch::take_run(LeastChange& change, const HelpRun& run) const {
    PLUMB_CHECK(!run.left_early, "an answer by a run that was left early");
    change.outcome = run.outcome;
    change.com_min_m = run.com_min_m;
    change.functional_min_m = run.functional_min_m;
    change.planned_min_margin_m = run.planned_min_margin_m;
    change.detail = "In the run that checks it the person " + outcome_in_words(run.outcome)
                    + ", with the centre of mass at the least " + margin_in_words(run.functional_min_m)
                    + " the part of the feet that people can usually use.";
}

LeastChange HelpSearch::cancelled() const {
    LeastChange change = start(Finding::cancelled);
    change.sentence = change.brief = "cancelled";
    return change;
}

LeastChange HelpSearch::not_needed() const {
    LeastChange change = start(Finding::not_needed);
    take_run(change, given_);
    change.brief = "not needed";
    change.sentence = "not needed: the squat is completed as it is";
    return change;
}

LeastChange HelpSearch::found(int n) const {
    LeastChange change = start(Finding::found);
    change.scenario = at(n);
    change.to = range_.value(n);
    take_run(change, runs_.at(n));
    change.sentence = change_words(help_, def_, change.scenario);
    change.brief =
        found_briefly(help_, from_.value_or(0.0), *change.to) + toes_words(help_, def_, change.scenario);
    if (help_ != Help::wall) return change;
    change.sentence += " (tested from " + m(change.tested_from) + " to " + m(change.tested_to);
    if (const auto farther = runs_.find(n + 1); farther != runs_.end())
        change.sentence +=
            "; " + m(*change.to + range_.step) + ": " + outcome_in_words(farther->second.outcome);
    change.sentence += ")";
    return change;
}

LeastChange HelpSearch::none(int n, const std::string& reason) const {
    LeastChange change = start(Finding::none);
    change.brief = "none";
    const auto known = runs_.find(n);
    const HelpRun& run = known == runs_.end() ? given_ : known->second;
    take_run(change, run);
    if (!reason.empty()) {
        change.sentence = "none: " + reason;
        return change;
    }
    if (known == runs_.end()) {
        change.sentence =
            "none: nothing above " + value_words(help_, from_.value_or(0.0)) + " can be tried here";
        return change;
    }
    if (help_ == Help::wall) {
        change.sentence = "none: no wall from " + m(change.tested_from) + " to " + m(change.tested_to)
                          + " behind the heels that was tried catches this person";
        return change;
    }
    const ScenarioDef tried = at(n);
    // The best width depends on the toes: at a fixed toe-out the hips' range soon ends it.
    const std::string toes = help_ == Help::wider_stance
                                 ? "with the toes " + fixed_text(tried.stance.toe_out_deg, 0) + " deg out "
                                 : "";
    const std::string best = value_words(help_, range_.value(n));
    change.sentence = "none: " + toes
                      + (n == last_ ? "even " + best + " does not do it"
                                    : "not even " + best + ", the best up to "
                                          + value_words(help_, range_.value(last_)) + ", does it");
    if (run.outcome == Outcome::completed) {
        change.sentence +=
            " (completed, but planned " + margin_in_words(run.planned_min_margin_m) + " the soles' edge)";
        return change;
    }
    change.sentence += " (the person then " + outcome_in_words(run.outcome) + ")";
    const std::string why = factor_in_words(run.limiting_factor, tried);
    if (!why.empty()) change.sentence += ", because of " + why;
    return change;
}

}  // namespace plumb
