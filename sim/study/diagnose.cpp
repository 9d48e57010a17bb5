// One factor after the other, then pairs.
#include "sim/study/diagnose.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <functional>

#include "sim/balance/explain.h"
#include "sim/base/check.h"
#include "sim/base/units.h"
#include "sim/engine/simulate.h"
#include "sim/person/dorsiflexion.h"
#include "sim/person/spreads.h"
#include "sim/scenario/scenario_fields.h"
#include "sim/study/limit_intervals.h"

namespace plumb {
namespace {

constexpr int k_need_persons = 24;
constexpr int k_most_runs = 6;  ///< after the median's: enough for 32 deg in steps of half a degree

/// Something of a person that can be too little.
struct Factor {
    std::string field;
    std::string kind;    ///< tightness | weakness
    std::string tissue;  ///< or joint
    double median;       ///< of healthy adults, in the field's unit
    double sd;           ///< of the population
    double step;         ///< needs are told in whole steps
    std::string unit;
    std::function<double(const PersonDef&)> get;
    std::function<void(PersonDef&, double)> set;
};

std::vector<Factor> factors_of(const PersonDef& person) {
    std::vector<Factor> factors;
    const auto range = [&](const std::string& name, const std::string& tissue, Spread spread, auto member) {
        Factor factor{"person." + name, "tightness", tissue, spread.median, spread.sd, 0.5, "deg", {}, {}};
        factor.get = [member](const PersonDef& p) { return double(p.*member); };
        factor.set = [member](PersonDef& p, double value) { p.*member = value; };
        factors.push_back(std::move(factor));
    };
    range("ankle_dorsiflexion_deg", "calves", k_dorsiflexion_deg, &PersonDef::ankle_dorsiflexion_deg);
    factors.back().set = [](PersonDef& p, double value) { take_dorsiflexion(p, value); };
    range("knee_flexion_deg", "quads", k_knee_flexion_deg, &PersonDef::knee_flexion_deg);
    range("hip_flexion_deg", "glutes", k_hip_flexion_deg, &PersonDef::hip_flexion_deg);
    range("hip_external_rotation_deg", "hip_rotators", k_hip_external_rotation_deg,
          &PersonDef::hip_external_rotation_deg);
    range("hip_abduction_deg", "adductors", k_hip_abduction_deg, &PersonDef::hip_abduction_deg);
    range("lumbar_flexion_deg", "lower_back", k_lumbar_flexion_deg, &PersonDef::lumbar_flexion_deg);
    range("ankle_inversion_deg", "ankles", k_ankle_inversion_deg, &PersonDef::ankle_inversion_deg);
    {
        Factor closure{"person.trunk_thigh_closure_deg",
                       "tightness",
                       "hips_and_belly",
                       k_closure_deg.median,
                       k_closure_deg.sd,
                       0.5,
                       "deg",
                       {},
                       {}};
        closure.get = [](const PersonDef& p) { return *p.trunk_thigh_closure_deg; };
        closure.set = [](PersonDef& p, double value) {
            p.hip_flexion_clinical_deg.reset();
            p.trunk_thigh_closure_deg = value;
        };
        factors.push_back(std::move(closure));
    }
    const auto strength = [&](const std::string& joint, double StrengthRatios::*ratio) {
        Factor factor{"person.strength." + joint + "_ratio",
                      "weakness",
                      joint,
                      k_strength_ratio.median,
                      k_strength_ratio.sd,
                      0.05,
                      "",
                      {},
                      {}};
        factor.get = [ratio](const PersonDef& p) { return p.strength_ratio * p.strength.*ratio; };
        factor.set = [ratio](PersonDef& p, double value) {
            p.strength.*ratio = std::min(3.0, value / p.strength_ratio);
        };
        factors.push_back(std::move(factor));
    };
    strength("hip", &StrengthRatios::hip_ratio);
    strength("knee", &StrengthRatios::knee_ratio);
    strength("ankle", &StrengthRatios::ankle_ratio);
    strength("trunk", &StrengthRatios::trunk_ratio);
    strength("shoulder", &StrengthRatios::shoulder_ratio);
    {
        // All muscles together: who is weak all over is not weak in one joint.
        Factor all{"person.strength_ratio",
                   "weakness",
                   "all",
                   k_strength_ratio.median,
                   k_strength_ratio.sd,
                   0.05,
                   "",
                   {},
                   {}};
        all.get = [](const PersonDef& p) { return p.strength_ratio; };
        all.set = [](PersonDef& p, double value) { p.strength_ratio = value; };
        factors.push_back(std::move(all));
    }
    // Where a side has its own value, that value is raised; where both have one, the common factor raises both.
    using Own = std::optional<double> SideDef::*;
    const std::array<std::pair<const char*, SideDef PersonDef::*>, 2> sides = {
        {{"left", &PersonDef::left}, {"right", &PersonDef::right}}};
    const auto take = [&](const std::string& usual, const char* field, Own own, auto share_of) {
        const auto of_person = std::ranges::find(factors, "person." + usual, &Factor::field);
        PLUMB_CHECK(of_person != factors.end(), "a side's factor stands for one of the person's");
        const Factor common = *of_person;
        std::vector<Factor> of_sides;
        for (int i = 0; i < k_side_count; ++i) {
            const char* const name = sides[static_cast<std::size_t>(i)].first;
            SideDef PersonDef::*const side = sides[static_cast<std::size_t>(i)].second;
            if (!(person.*side.*own)) continue;
            Factor factor = common;
            factor.field = std::string("person.") + name + "." + field;
            factor.tissue = std::string(name) + "_" + factor.tissue;
            // A joint's share comes on top of its side's.
            factor.get = [=](const PersonDef& p) {
                return (p.*side.*own).value() * share_of(as_on_side(p, i));
            };
            factor.set = [=](PersonDef& p, double value) {
                p.*side.*own =
                    std::min(value / share_of(as_on_side(p, i)), common.unit.empty() ? 3.0 : value);
            };
            of_sides.push_back(std::move(factor));
        }
        if (of_sides.size() == 2) {
            of_person->get = [=](const PersonDef& p) {
                return std::min(of_sides[0].get(p), of_sides[1].get(p));
            };
            of_person->set = [=](PersonDef& p, double value) {
                for (const Factor& one : of_sides)
                    if (one.get(p) < value) one.set(p, value);
            };
            if (of_sides[0].get(person) == of_sides[1].get(person)) return;  // neither side alone
        }
        factors.insert(factors.end(), of_sides.begin(), of_sides.end());
    };
    const auto whole = [](const PersonDef&) { return 1.0; };
    const auto of_ratio = [](const PersonDef& p) { return p.strength_ratio; };
    take("ankle_dorsiflexion_deg", "ankle_dorsiflexion_deg", &SideDef::ankle_dorsiflexion_deg, whole);
    take("knee_flexion_deg", "knee_flexion_deg", &SideDef::knee_flexion_deg, whole);
    take("hip_flexion_deg", "hip_flexion_deg", &SideDef::hip_flexion_deg, whole);
    take("hip_external_rotation_deg", "hip_external_rotation_deg", &SideDef::hip_external_rotation_deg,
         whole);
    take("hip_abduction_deg", "hip_abduction_deg", &SideDef::hip_abduction_deg, whole);
    take("ankle_inversion_deg", "ankle_inversion_deg", &SideDef::ankle_inversion_deg, whole);
    take("strength_ratio", "strength_ratio", &SideDef::strength_ratio, whole);
    take("strength.hip_ratio", "hip_strength_ratio", &SideDef::hip_strength_ratio, of_ratio);
    take("strength.knee_ratio", "knee_strength_ratio", &SideDef::knee_strength_ratio, of_ratio);
    take("strength.ankle_ratio", "ankle_strength_ratio", &SideDef::ankle_strength_ratio, of_ratio);
    std::erase_if(factors, [&](const Factor& f) { return f.get(person) > f.median - 1e-9; });
    return factors;
}

class Diagnoser {
  public:
    Diagnoser(const ScenarioDef& def, const std::atomic<bool>* cancel) : def_(def), cancel_(cancel) {}

    [[nodiscard]] bool stopped() const { return cancel_ != nullptr && cancel_->load(); }
    [[nodiscard]] ScenarioDef with(const Factor& factor, double value) const {
        ScenarioDef changed = def_;
        factor.set(changed.person, value);
        return resolve_scenario(changed);
    }

    /// The outcome of its own run; nothing when the asked depth is not reached and left again.
    [[nodiscard]] std::optional<Outcome> reaches(const ScenarioDef& resolved) const {
        const auto run = simulate_unless_lost(resolved);
        if (!run) return std::nullopt;
        const Outcome outcome = assess_balance(*run).outcome;
        if (outcome == Outcome::completed || outcome == Outcome::completed_marginal) return outcome;
        return std::nullopt;
    }
    /// The least value whose run reaches the depth, if the median's does.
    [[nodiscard]] std::optional<DiagnosisFix> fix_by(const Factor& factor) const {
        const auto at_median = reaches(with(factor, factor.median));
        if (!at_median) return std::nullopt;
        const double have = factor.get(def_.person);
        // In whole steps above what the person has; runs decide, for a plan does not fall.
        const auto value = [&](int n) {
            return std::min(factor.median, (std::floor(have / factor.step + 1e-9) + n) * factor.step);
        };
        int too_little = 0, enough = static_cast<int>(std::ceil((factor.median - have) / factor.step));
        Outcome outcome = *at_median;
        for (int runs = 0; enough - too_little > 1 && runs < k_most_runs && !stopped(); ++runs) {
            const int middle = (too_little + enough) / 2;
            const auto reached = reaches(with(factor, value(middle)));
            (reached ? enough : too_little) = middle;
            if (reached) outcome = *reached;
        }
        const double need = value(enough);
        return DiagnosisFix{factor.field,
                            factor.kind,
                            factor.tissue,
                            have,
                            need,
                            factor.unit,
                            (need - have) / factor.sd,
                            std::string(outcome_name(outcome))};
    }

  private:
    ScenarioDef def_;  ///< resolved
    const std::atomic<bool>* cancel_;
};

/// Least value of the factor with which the static limit of this person reaches a drop; the median when none less does.
double static_need(const Person& person, const ScenarioDef& resolved, const Factor& factor, double asked,
                   const Guide& guide) {
    const auto holds = [&](double value) {
        PersonDef def = person.def;
        factor.set(def, value);
        const Person changed = with_description(person, def);
        return find_static_limit(make_plan_model(changed, resolved), {BaseKind::sole}, guide)
                   .hip_drop_fraction
               >= asked - k_depth_tolerance;
    };
    double low = std::min(factor.get(person.def), factor.median) - 2.0 * factor.sd;
    double high = factor.median + 2.0 * factor.sd;
    low = std::max(low, factor.kind == "weakness" ? 0.1 : 0.0);
    if (!holds(high)) return high;
    for (int i = 0; i < 6; ++i) {
        const double middle = 0.5 * (low + high);
        (holds(middle) ? high : low) = middle;
    }
    return high;
}

/// The need with other persons' closure, base and masses, shifted so that this person's own is the need that was found.
std::optional<Interval> need_interval(const ScenarioDef& resolved, const SquatPlan& plan,
                                      const Factor& factor, double need, const std::atomic<bool>* cancel) {
    Guide guide;
    for (const PlanKnot& knot : plan.knots) guide.push_back(knot.posture);
    const double own = static_need(build_person(resolved.person), resolved, factor, plan.asked_drop, guide);
    std::vector<double> needs;
    for (int i = 0; i < k_need_persons; ++i) {
        if (cancel != nullptr && cancel->load()) return std::nullopt;
        const auto other = other_person(resolved, i, measured_in(resolved));
        if (!other) continue;
        // What is asked about is not drawn: the need replaces it.
        Person person = other->person;
        factor.set(person.def, factor.get(resolved.person));
        needs.push_back(need - own + static_need(person, resolved, factor, plan.asked_drop, guide));
    }
    if (needs.empty()) return std::nullopt;
    return middle_nine_tenths(needs);
}

std::string amount(double value, const std::string& unit) {
    return unit.empty() ? percent_text(value) : fixed_text(value, 1) + " " + unit;
}

/// "knee strength", "strength", "strength on the left"
std::string strength_words(const std::string& tissue) {
    const auto under = tissue.find('_');
    const std::string side = under == std::string::npos ? "" : " on the " + tissue.substr(0, under);
    const std::string joint = under == std::string::npos ? tissue : tissue.substr(under + 1);
    return (joint == "all" ? "strength" : joint + " strength") + side;
}

/// "26.0 deg of ankle dorsiflexion instead of 18.0"
std::string fix_text(const DiagnosisFix& fix) {
    if (fix.kind == "weakness")
        return strength_words(fix.tissue) + " at " + amount(fix.need, fix.unit)
               + " of the average instead of " + amount(fix.have, fix.unit);
    std::string name = fix.field.substr(std::string_view("person.").size());
    name.resize(name.size() - 4);  // "_deg"
    std::replace(name.begin(), name.end(), '_', ' ');
    std::replace(name.begin(), name.end(), '.', ' ');
    return amount(fix.need, fix.unit) + " of " + name + " instead of " + fixed_text(fix.have, 1);
}

std::string tissue_words(std::string tissue) {
    if (tissue == "all") return "all muscles";
    if (tissue.ends_with("_all")) return "all muscles on the " + tissue.substr(0, tissue.find('_'));
    std::replace(tissue.begin(), tissue.end(), '_', ' ');
    return tissue;
}

std::string sentence_of(const Diagnosis& d) {
    std::string without = d.without_wall && d.without_push ? "Without wall and push"
                          : d.without_wall                 ? "Without the wall"
                          : d.without_push                 ? "Without the push"
                                                           : "";
    if (d.heels_down)
        without = without.empty() ? "With the heels down" : without + " and with the heels down";
    const std::string wall = without.empty() ? "" : without + ": ";
    if (d.kind == "none") return without.empty() ? "" : without + " this squat completes.";
    if (d.kind == "proportions")
        return wall
               + "no range and no strength raised to the healthy median reaches the depth, alone or in "
                 "pairs.";
    if (d.kind == "mixed")
        return wall + "only two things together reach the depth: " + fix_text(d.fixes[0]) + " and "
               + fix_text(d.fixes[1]) + ".";
    std::string text = wall;
    if (d.kind == "balance")
        text += "a balanced posture at that depth exists, but too near the edge for the motion";
    else if (d.kind == "tightness")
        text += "tight (" + tissue_words(d.fixes.front().tissue) + ")";
    else
        text += "weak (" + tissue_words(d.fixes.front().tissue) + ")";
    if (d.fixes.empty()) return text + ".";
    text += ": it completes with " + fix_text(d.fixes.front());
    for (std::size_t i = 1; i < d.fixes.size(); ++i) text += ", or with " + fix_text(d.fixes[i]);
    return text + ".";
}

}  // namespace

std::optional<Diagnosis> diagnose(const Recording& recording, const Assessment& assessment,
                                  bool with_interval, const std::atomic<bool>* cancel) {
    Diagnosis result;
    const auto well = [](Outcome o) { return o == Outcome::completed || o == Outcome::completed_marginal; };
    if (well(assessment.outcome)) return result;
    ScenarioDef def = recording.scenario;
    result.without_wall = def.wall.distance_m.has_value();
    result.without_push = def.push.time_s.has_value();
    def.wall.distance_m.reset();
    def.push.time_s.reset();
    result.heels_down = recording.plan.heels_rise;
    def.movement.heels = Heels::flat;
    const Diagnoser diagnoser(def, cancel);
    const bool as_run = !result.without_wall && !result.without_push && !result.heels_down;
    const SquatPlan plan =
        as_run ? recording.plan : plan_squat(build_person(def.person), def, PlanDetail::motion);
    if (!as_run && diagnoser.reaches(def)) {
        result.sentence = sentence_of(result);
        return result;
    }
    const std::vector<Factor> factors = factors_of(def.person);
    for (const Factor& factor : factors) {
        if (diagnoser.stopped()) return std::nullopt;
        if (const auto fix = diagnoser.fix_by(factor)) result.fixes.push_back(*fix);
    }
    std::ranges::stable_sort(result.fixes, {}, &DiagnosisFix::size_sd);
    const bool static_plan =
        plan.asked_reachable && plan.limit_sole.hip_drop_fraction >= plan.asked_drop - k_depth_tolerance;
    if (static_plan)
        result.kind = "balance";
    else if (!result.fixes.empty())
        result.kind = result.fixes.front().kind;
    else {
        result.kind = "proportions";
        double least_sd = INFINITY;
        for (std::size_t i = 0; i < factors.size(); ++i)
            for (std::size_t j = i + 1; j < factors.size(); ++j) {
                if (diagnoser.stopped()) return std::nullopt;
                ScenarioDef both = def;
                const auto missing_sd = [&](const Factor& f) {
                    return (f.median - f.get(def.person)) / f.sd;
                };
                const double size_sd = missing_sd(factors[i]) + missing_sd(factors[j]);
                if (size_sd >= least_sd) continue;
                for (const std::size_t k : {i, j}) factors[k].set(both.person, factors[k].median);
                const auto outcome = diagnoser.reaches(resolve_scenario(both));
                if (!outcome) continue;
                least_sd = size_sd;
                result.kind = "mixed";
                result.fixes.clear();
                for (const std::size_t k : {i, j})
                    result.fixes.push_back({factors[k].field, factors[k].kind, factors[k].tissue,
                                            factors[k].get(def.person), factors[k].median, factors[k].unit,
                                            missing_sd(factors[k]), std::string(outcome_name(*outcome))});
            }
    }
    if (with_interval && !result.fixes.empty() && result.kind != "mixed") {
        const auto first = std::ranges::find(factors, result.fixes.front().field, &Factor::field);
        PLUMB_CHECK(first != factors.end(), "a fix of no factor");
        result.need = need_interval(def, plan, *first, result.fixes.front().need, cancel);
    }
    result.sentence = sentence_of(result);
    return result;
}

}  // namespace plumb
