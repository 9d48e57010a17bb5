// Every petal is a bisection; a run ends as soon as it is clear how it ends.
#include "sim/study/push_rose.h"

#include <algorithm>
#include <cmath>

#include "sim/balance/explain.h"
#include "sim/base/text.h"
#include "sim/engine/simulate.h"
#include "sim/engine/timeline.h"
#include "sim/scenario/scenario_fields.h"

namespace plumb {
namespace {

constexpr double k_standing_push_s = 0.5;
/// Balance is decided this long after the push: who then stands with the COM inside and slow has stood it.
constexpr double k_decided_s = 1.5, k_calm_mps = 0.05, k_safe_m = 0.01;

/// Standing for long enough: a squat of next to nothing.
ScenarioDef standing_still(ScenarioDef def) {
    def.movement.depth = 0.01;
    def.movement.descend_s = def.movement.ascend_s = 1.0;
    def.movement.hold_s = 4.0;
    return def;
}

std::string rose_note(const ScenarioDef& def) {
    if (def.engine.control == Control::ideal)
        return "Feet in place, ideal control without reaction time: an upper bound of what people stand.";
    return "Feet in place, answered " + fixed_text(1000.0 * def.person.reaction_delay_s, 0)
           + " ms after the centre of mass slips: a person would try to step.";
}

bool is_fall(Outcome outcome) { return outcome <= Outcome::fell_right; }

struct Ending {
    bool topples = false;
    Outcome outcome = Outcome::completed;
};

/// Runs until it is clear. Nothing when cancelled.
std::optional<Ending> run_push(const ScenarioDef& resolved, const SquatPlan& plan,
                               const std::atomic<bool>* cancel) {
    SteppedRun run(resolved, plan);
    const double decided_s = *resolved.push.time_s + k_push_s + k_decided_s;
    while (run.advance()) {
        if (cancel != nullptr && cancel->load()) return std::nullopt;
        const Frame& now = run.so_far().frames.back();
        if (now.time_s >= decided_s && now.floor_other_N <= 0.0 && now.com_velocity_mps.norm() < k_calm_mps
            && now.com_margin.margin_m > k_safe_m)
            return Ending{false, Outcome::completed};
    }
    const Outcome outcome = assess_balance(*run.finish()).outcome;
    return Ending{is_fall(outcome), outcome};
}

}  // namespace

std::string_view moment_name(RoseMoment moment) {
    return moment == RoseMoment::standing ? "standing" : "bottom";
}

PushRose find_push_rose(const ScenarioDef& def, RoseMoment moment, const RoseOptions& options,
                        const std::function<void(double)>& progress, const std::atomic<bool>* cancel) {
    PushRose rose;
    rose.moment = moment;
    rose.note = rose_note(def);
    ScenarioDef scenario = moment == RoseMoment::standing ? standing_still(def) : def;
    const MovementDef& m = scenario.movement;
    rose.time_s =
        moment == RoseMoment::standing ? k_standing_push_s : k_stand_s + m.descend_s + 0.5 * m.hold_s;
    scenario.push.time_s = rose.time_s;
    scenario.push.impulse_Ns = 0.0;
    const ScenarioDef resolved = resolve_scenario(scenario);
    const SquatPlan plan = plan_squat(build_person(resolved.person), resolved, PlanDetail::motion);
    const auto unpushed = run_push(resolved, plan, cancel);
    if (!unpushed) return rose;
    if (unpushed->topples || unpushed->outcome == Outcome::caught_by_wall) {
        rose.problem = "without a push the person " + outcome_in_words(unpushed->outcome);
        return rose;
    }
    for (int i = 0; i < options.directions; ++i) {
        RosePetal petal;
        petal.direction_deg = 360.0 * i / options.directions;
        petal.outcome = unpushed->outcome;
        double no = 0.0, yes = 0.0;
        bool found = false;
        const auto try_with = [&](double impulse_Ns) {
            ScenarioDef pushed = resolved;
            pushed.push.impulse_Ns = impulse_Ns;
            pushed.push.direction_deg = petal.direction_deg;
            const auto ending = run_push(pushed, plan, cancel);
            if (!ending) return false;
            ++petal.runs;
            (ending->topples ? yes : no) = impulse_Ns;
            if (ending->topples || !found) petal.outcome = ending->outcome;
            found = found || ending->topples;
            return true;
        };
        if (!try_with(options.most_Ns)) return rose;
        while (found && yes - no > options.tolerance_Ns)
            if (!try_with(0.5 * (no + yes))) return rose;
        if (found) petal.topples_Ns = yes;
        petal.stands_Ns = no;
        rose.petals.push_back(petal);
        if (progress) progress(static_cast<double>(i + 1) / options.directions);
    }
    return rose;
}

std::string push_rose_csv(const std::vector<PushRose>& roses) {
    std::string text = "moment,direction [deg],topples [N s],stands [N s],outcome,runs [1]\n";
    for (const PushRose& rose : roses)
        for (const RosePetal& petal : rose.petals)
            text += std::string(moment_name(rose.moment)) + "," + number_text(petal.direction_deg) + ","
                    + (petal.topples_Ns ? number_text(*petal.topples_Ns) : "") + ","
                    + number_text(petal.stands_Ns) + "," + std::string(outcome_name(petal.outcome)) + ","
                    + std::to_string(petal.runs) + "\n";
    return text;
}

}  // namespace plumb
