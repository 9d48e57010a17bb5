// One plan, its intervals, and where the depths lie on its way down.
#include "sim/study/limit_scale.h"

#include <array>

#include "sim/balance/explain.h"
#include "sim/plan/depth_drop.h"
#include "sim/scenario/scenario_fields.h"

namespace plumb {

std::optional<LimitScale> limit_scale(const ScenarioDef& def, const std::atomic<bool>* cancel) {
    const auto stopped = [&] { return cancel != nullptr && cancel->load(); };
    const ScenarioDef resolved = resolve_scenario(def);
    Measured measured = measured_in(resolved);
    measured.closure =
        measured.closure || def.person.trunk_thigh_closure_deg || def.person.hip_flexion_clinical_deg;
    const SquatPlan plan = plan_squat(build_person(resolved.person), resolved, PlanDetail::motion);
    if (stopped()) return std::nullopt;
    const std::vector<PlanKnot> way = choose_path(plan.model).knots;
    LimitScale scale;
    scale.sole = plan.limit_sole.hip_drop_fraction;
    scale.functional = plan.limit_functional.hip_drop_fraction;
    scale.leg_length_m = plan.model.body.leg_length_m;
    scale.half = asked_drop(plan.model, DepthWord::half, way);
    scale.parallel = asked_drop(plan.model, DepthWord::parallel, way);
    if (const double full = asked_drop(plan.model, DepthWord::full, way); full <= way.back().drop)
        scale.full = full;
    if (stopped()) return std::nullopt;
    scale.intervals = limit_intervals(resolved, plan, measured, cancel);
    if (stopped()) return std::nullopt;
    return scale;
}

std::string limit_scale_sentence(const LimitScale& scale) {
    const auto cm = [&](double drop) { return fixed_text(100.0 * drop * scale.leg_length_m, 0); };
    const Interval& sole = scale.intervals.sole;
    std::string text = "Held still, balanced down to " + cm(scale.sole) + " cm below standing";
    if (scale.intervals.samples == 0) return text + ".";
    text += "; " + cm(sole.low) + " to " + cm(sole.high) + " cm by what measuring misses (9 of 10 of "
            + std::to_string(scale.intervals.samples) + " bodies). ";
    return text
           + (scale.intervals.decided_by.empty()
                  ? "What decides was measured."
                  : "It hangs most on " + scale.intervals.decided_by + ", which nobody measured.");
}

}  // namespace plumb
