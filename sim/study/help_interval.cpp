// Bisection over whole steps for each drawn person.
#include "sim/study/help_interval.h"

#include <algorithm>

#include "sim/balance/events.h"
#include "sim/plan/squat_plan.h"
#include "sim/scenario/scenario_fields.h"
#include "sim/study/limit_intervals.h"

namespace plumb {
namespace {

constexpr int k_persons = 30, k_as_described = -1;

class Needs {
  public:
    Needs(const ScenarioDef& def, const LeastChange& found, double margin_m)
        : def_(def),
          help_(found.help),
          margin_m_(margin_m),
          range_(help_range(found.help)),
          measured_(measured_in(resolve_scenario(def))) {
        const ScenarioDef resolved = resolve_scenario(found.scenario);
        const SquatPlan plan = plan_squat(build_person(resolved.person), resolved, PlanDetail::motion);
        asked_drop_ = plan.heels_down_asked_drop;
        heels_rise_ = plan.heels_rise;
        for (const PlanKnot& knot : plan.knots) guide_.push_back(knot.posture);
        from_ = found.from;
        first_ = range_.at_or_below(*from_);
        last_ = range_.at_or_below(range_.cap);
    }

    [[nodiscard]] bool heels_rise() const { return heels_rise_; }
    [[nodiscard]] int first() const { return first_; }
    [[nodiscard]] int solves() const { return solves_; }

    /// The step that is enough for the drawn person (k_as_described: undrawn). Nothing when none that is tried up to the cap is.
    [[nodiscard]] std::optional<int> least(int person, int reach) {
        if (holds(person, first_)) return first_;
        // Upward in strides, for a great weight may be too much where a smaller one does; then halves.
        int stride = std::max(1, (reach - first_ + 3) / 4), tries = 0;
        int no = first_, yes = 0;
        while (yes == 0) {
            if (no >= last_) return std::nullopt;
            const int n = std::min(last_, no + stride);
            (holds(person, n) ? yes : no) = n;
            if (++tries >= 8) stride *= 2;
        }
        while (yes - no > 1) {
            const int middle = (no + yes) / 2;
            (holds(person, middle) ? yes : no) = middle;
        }
        return yes;
    }

  private:
    [[nodiscard]] bool holds(int index, int n) {
        const ScenarioDef changed = with_help(def_, help_, n == first_ ? *from_ : range_.value(n));
        if (find_scenario_problem(changed)) return false;
        const ScenarioDef resolved = resolve_scenario(changed);
        Person person = build_person(resolved.person);
        if (index != k_as_described) {
            const auto other = other_person(resolved, index, measured_);
            if (!other) return false;
            PersonDef def = other->person.def;
            if (help_ == Help::more_ankle) {
                def.ankle_dorsiflexion_deg = resolved.person.ankle_dorsiflexion_deg;
                def.left.ankle_dorsiflexion_deg = resolved.person.left.ankle_dorsiflexion_deg;
                def.right.ankle_dorsiflexion_deg = resolved.person.right.ankle_dorsiflexion_deg;
            }
            if (help_ == Help::more_closure)
                def.trunk_thigh_closure_deg = resolved.person.trunk_thigh_closure_deg;
            person = with_description(other->person, def);
        }
        ++solves_;
        PostureDemand demand;
        demand.required_margin_m = margin_m_;
        return find_static_limit(make_plan_model(person, resolved), demand, guide_).hip_drop_fraction
               >= asked_drop_ - k_depth_tolerance;
    }

    const ScenarioDef& def_;
    const Help help_;
    const double margin_m_;
    const HelpRange range_;
    const Measured measured_;
    Guide guide_;
    double asked_drop_ = 0.0;
    bool heels_rise_ = false;
    std::optional<double> from_;
    int first_ = 0, last_ = 0, solves_ = 0;
};

}  // namespace

std::optional<HelpInterval> help_interval(const ScenarioDef& def, const LeastChange& found, double margin_m,
                                          const std::atomic<bool>* cancel) {
    if (found.finding != Finding::found || found.help == Help::wall || !found.from) return std::nullopt;
    // A weight that moves to arm's length begins with none, which is not the scenario as given.
    if (found.scenario.counterweight.hold != def.counterweight.hold) return std::nullopt;
    Needs needs(def, found, margin_m);
    if (needs.heels_rise()) return std::nullopt;
    const HelpRange range = help_range(found.help);
    const int answer = range.nearest(*found.to);
    const std::optional<int> own = needs.least(k_as_described, answer);
    if (!own || *own == needs.first()) return std::nullopt;
    HelpInterval interval;
    std::vector<double> values;
    for (int person = 0; person < k_persons; ++person) {
        if (cancel != nullptr && cancel->load()) return std::nullopt;
        const std::optional<int> need = needs.least(person, answer);
        interval.open_above |= !need;
        interval.cannot_tell |= need == needs.first();
        const double shifted = need ? range.value(answer + *need - *own) : range.cap;
        values.push_back(need == needs.first() ? *found.from : std::clamp(shifted, *found.from, range.cap));
    }
    interval.value = middle_nine_tenths(values);
    interval.static_solves = needs.solves();
    return interval;
}

}  // namespace plumb
