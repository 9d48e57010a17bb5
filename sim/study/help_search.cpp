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
namespace {

std::shared_ptr<const Recording> motion_of(const ScenarioDef& def) {
    const ScenarioDef resolved = resolve_scenario(def);
    return simulate_plan(resolved, plan_squat(build_person(resolved.person), resolved, PlanDetail::motion));
}

HelpRun facts_of(const Recording& recording) {
    const Assessment a = assess_balance(recording);
    return {a.outcome, a.com_min_m, a.functional_min_m, a.limiting_factor};
}

/// How far the toes turn out with a wider stance: one degree a centimetre. M: a choice.
constexpr double k_toe_out_deg_per_m = 100.0, k_most_toe_out_deg = 40.0;

std::string cm(double metres, int decimals = 0) { return fixed_text(100.0 * metres, decimals) + " cm"; }
std::string m(double metres) { return fixed_text(metres, 2) + " m"; }
/// Stances are on a grid of 5 mm.
std::string m3(double metres) {
    const std::string text = fixed_text(metres, 3);
    return (text.ends_with("0") ? text.substr(0, text.size() - 1) : text) + " m";
}

/// One value of the field as people say it: "4.0 kg".
std::string value_words(Help help, double value) {
    switch (help) {
    case Help::wider_stance: return m3(value);
    case Help::counterweight: return fixed_text(value, 1) + " kg";
    case Help::wall: return m(value);
    case Help::heel_wedge: return cm(value, 1);
    case Help::more_ankle: return fixed_text(value, 2) + " deg";
    }
    PLUMB_CHECK(false, "unknown help");
}

std::string found_words(Help help, double from, double to) {
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
    }
    PLUMB_CHECK(false, "unknown help");
}

std::string found_briefly(Help help, double from, double to) {
    switch (help) {
    case Help::wider_stance: return cm(to - from, to - from < 0.1 ? 1 : 0) + " wider";
    case Help::counterweight: return value_words(help, to) + " at arm's length";
    case Help::wall: return "up to " + value_words(help, to) + " behind the heels";
    case Help::heel_wedge: return value_words(help, to) + " high";
    case Help::more_ankle: return fixed_text(to - from, 1) + " deg more";
    }
    PLUMB_CHECK(false, "unknown help");
}

}  // namespace

std::string_view help_name(Help help) {
    constexpr std::array<std::string_view, 5> k_names = {"wider_stance", "counterweight", "wall",
                                                         "heel_wedge", "more_ankle"};
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
    }
    PLUMB_CHECK(false, "unknown help");
}

HelpSearch::HelpSearch(const ScenarioDef& def, Help help, const std::atomic<bool>* cancel)
    : def_(def),
      base_(def),
      help_(help),
      range_(help_range(help)),
      field_(find_field(range_.field)),
      cancel_(cancel) {
    PLUMB_CHECK(field_ != nullptr, "a help names no field");
    const FieldValue now = field_->get(resolve_scenario(def));
    if (const double* const number = std::get_if<double>(&now)) from_ = *number;
    if (help == Help::more_ankle) from_ = stiffer_ankle_deg(resolve_scenario(def).person);
    // At the chest or on the back a weight helps little or harms: it goes to arm's length, beginning with none.
    const bool moves_weight = help == Help::counterweight && def.counterweight.hold != Hold::arms_forward;
    if (moves_weight) base_.counterweight = {};
    // Just above the given value counts as the given value.
    if (help != Help::wall && !moves_weight)
        first_ = static_cast<int>(std::floor(*from_ / range_.step + 1e-6));
    last_ = std::max(first_, static_cast<int>(std::floor(range_.cap / range_.step + 1e-6)));
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

ScenarioDef HelpSearch::at(int n) const {
    ScenarioDef changed = base_;
    changed.expect.clear();  // it spoke of the scenario as given
    // 1 / step is a whole number for the small ones: 0.31, not 0.31000000000000005.
    const double per_unit = std::round(1.0 / range_.step);
    if (help_ == Help::more_ankle)
        raise_dorsiflexion(changed.person, static_cast<double>(n) / per_unit);
    else
        field_->set(changed, static_cast<double>(n) / per_unit);
    // Feet set wide turn out, or the knees cannot follow them.
    if (help_ == Help::wider_stance && from_)
        changed.stance.toe_out_deg = std::max(
            def_.stance.toe_out_deg,
            std::min(k_most_toe_out_deg,
                     def_.stance.toe_out_deg
                         + std::round(k_toe_out_deg_per_m * (static_cast<double>(n) / per_unit - *from_))));
    return changed;
}

const Recording& HelpSearch::run_given() {
    given_recording_ = motion_of(def_);
    given_ = facts_of(*given_recording_);
    return *given_recording_;
}

bool HelpSearch::runs_well(int n, bool (*well)(Outcome)) {
    auto known = runs_.find(n);
    if (known == runs_.end()) {
        if (stopped()) return false;
        known = runs_.emplace(n, facts_of(*motion_of(at(n)))).first;
    }
    return well(known->second.outcome);
}

LeastChange HelpSearch::start(Finding finding) const {
    LeastChange change;
    change.finding = finding;
    change.scenario = def_;
    change.field = range_.field;
    change.unit = field_->unit;
    change.from = from_;
    change.static_solves = solves_;
    change.forward_runs = run_count() + (given_recording_ ? 1 : 0);
    if (!runs_.empty()) {
        const double per_unit = std::round(1.0 / range_.step);
        change.tested_from = runs_.begin()->first / per_unit;
        change.tested_to = runs_.rbegin()->first / per_unit;
    }
    return change;
}

void HelpSearch::take_run(LeastChange& change, const HelpRun& run) const {
    change.outcome = run.outcome;
    change.com_min_m = run.com_min_m;
    change.functional_min_m = run.functional_min_m;
    change.detail = "In the run that checks it the person " + outcome_in_words(run.outcome)
                    + ", with the centre of mass at the least "
                    + fixed_text(1000.0 * std::abs(run.functional_min_m), 0) + " mm "
                    + (run.functional_min_m < 0.0 ? "outside" : "inside")
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
    change.to = std::get<double>(field_->get(change.scenario));
    take_run(change, runs_.at(n));
    change.sentence = found_words(help_, from_.value_or(0.0), *change.to);
    change.brief = found_briefly(help_, from_.value_or(0.0), *change.to);
    if (const double turned_deg = change.scenario.stance.toe_out_deg - def_.stance.toe_out_deg;
        turned_deg > 0.0) {
        const std::string toes = ", the toes " + fixed_text(turned_deg, 0) + " deg further out";
        change.sentence += toes;
        change.brief += toes;
    }
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
            "none: nothing above " + value_words(help_, from_.value_or(0.0)) + " is possible here";
        return change;
    }
    if (help_ == Help::wall) {
        change.sentence = "none: no wall from " + m(change.tested_from) + " to " + m(change.tested_to)
                          + " behind the heels that was tried catches this person";
        return change;
    }
    const ScenarioDef tried = at(n);
    const double value = std::get<double>(field_->get(tried));
    // The best width depends on the toes: at a fixed toe-out the hips' range soon ends it.
    const std::string toes = help_ == Help::wider_stance
                                 ? "with the toes " + fixed_text(def_.stance.toe_out_deg, 0) + " deg out "
                                 : "";
    const std::string best = value_words(help_, value);
    const double last = std::get<double>(field_->get(at(last_)));
    change.sentence =
        "none: " + toes
        + (n == last_ ? "even " + best + " does not do it"
                      : "not even " + best + ", the best up to " + value_words(help_, last) + ", does it");
    change.sentence += " (the person then " + outcome_in_words(run.outcome) + ")";
    const std::string why = factor_in_words(run.limiting_factor, tried);
    if (!why.empty()) change.sentence += ", because of " + why;
    return change;
}

}  // namespace plumb
