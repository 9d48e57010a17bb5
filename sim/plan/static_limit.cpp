// Marches down in small steps, then halves the step that fails; names the binding constraint by re-solving with it relaxed.
#include "sim/plan/static_limit.h"

#include <algorithm>
#include <cmath>

#include "sim/base/units.h"

namespace plumb {
namespace {

constexpr double k_drop_step = 0.03;
constexpr double k_drop_tolerance = 1e-4;
/// A relaxation that gains less worst slack per SD is no help.
constexpr double k_least_gain = 0.02;
/// A good enough posture at `drop` reachable from `last`; other starts cover local failures of the optimiser.
PostureSolution step_to(const PlanModel& model, double drop, const PostureDemand& demand, const Posture& last,
                        const Guide& guide) {
    PostureSolution best = max_slack_posture(model, drop, demand, last);
    if (best.value >= 0.0 && is_same_path(last, best.posture)) return best;
    std::vector<Posture> starts = nearby_starts(last);
    if (const Posture* known = guide_at(guide, model, drop)) starts.insert(starts.begin(), *known);
    for (const Posture& start : starts) {
        const PostureSolution other = max_slack_posture(model, drop, demand, start);
        if (other.value > best.value && is_same_path(last, other.posture)) best = other;
        if (best.value >= 0.0) break;
    }
    return best;
}

/// Share of the arms: what one SD more shoulder or elbow strength would give through a longer reach.
double arm_gain(const PlanModel& model, double drop, const PostureDemand& demand, const PostureSolution& at,
                Dof left_dof) {
    if (model.arms.kind != ArmRule::Kind::forward || model.arms.reach_share > 1.0 - 1e-9) return 0.0;
    PlanModel stronger = model;
    for (int side = 0; side < k_side_count; ++side)
        stronger.body.person.strengths[static_cast<size_t>(on_side(left_dof, side))].positive_Nm *=
            1.0 + constraint_spread(bind_strength_shoulder);
    stronger.arms = forward_arm_rule(stronger.body);
    return max_slack_posture(stronger, drop, demand, at.posture).value - at.value;
}

void name_binding(const PlanModel& model, const PostureDemand& demand, StaticLimit& limit) {
    const PostureSolution at = max_slack_posture(model, limit.hip_drop_fraction, demand, limit.posture);
    const Slacks slacks = posture_slacks(model, view_posture(model, at.posture), demand);
    constexpr double k_relax_sd = 0.2;
    const auto note = [&](std::string_view word, double gain) {
        if (gain < k_least_gain) return;
        for (BindingShare& known : limit.binding)
            if (known.word == word) {
                known.share = std::max(known.share, gain);
                return;
            }
        limit.binding.push_back({std::string(word), gain});
    };
    for (int i = 0; i < k_constraint_count; ++i)
        if (slacks[static_cast<size_t>(i)] < at.value + 0.05)
            note(constraint_word(static_cast<Constraint>(i)),
                 (max_slack_posture(model, limit.hip_drop_fraction, demand, at.posture, {i, k_relax_sd}).value
                  - at.value)
                     / k_relax_sd);
    const double shoulder = arm_gain(model, limit.hip_drop_fraction, demand, at, dof_left_shoulder_flexion);
    const double elbow = arm_gain(model, limit.hip_drop_fraction, demand, at, dof_left_elbow_flexion);
    note(constraint_word(bind_strength_shoulder), shoulder);
    note(constraint_word(bind_strength_elbow), elbow);
    // A weight that the arms cannot hold at full reach: more weight brings no more balance, their strength comes first.
    const bool arms_first = model.body.counterweight_kg > 0.0 && std::max(shoulder, elbow) >= k_least_gain;
    const std::string_view arm_word =
        constraint_word(shoulder >= elbow ? bind_strength_shoulder : bind_strength_elbow);
    std::stable_sort(
        limit.binding.begin(), limit.binding.end(), [&](const BindingShare& a, const BindingShare& b) {
            const bool a_first = arms_first && a.word == arm_word, b_first = arms_first && b.word == arm_word;
            return a_first != b_first ? a_first : a.share > b.share;
        });
    limit.limiting_factor = limit.binding.empty() ? std::string(constraint_word(static_cast<Constraint>(
                                std::min_element(slacks.begin(), slacks.end()) - slacks.begin())))
                                                  : limit.binding.front().word;
}

}  // namespace

const Posture* guide_at(const Guide& guide, const PlanModel& model, double drop) {
    const double height_m = model.hip_height_m(drop);
    const auto found =
        std::ranges::find_if(guide, [&](const Posture& p) { return p.hip_height_m <= height_m; });
    return found == guide.end() ? nullptr : &*found;
}

bool is_same_path(const Posture& from, const Posture& to) {
    constexpr double k_jump_rad = 0.6, k_jump_m = 0.25;
    return std::abs(to.pelvis_pitch_rad - from.pelvis_pitch_rad) < k_jump_rad
           && std::abs(to.lumbar_flexion_rad - from.lumbar_flexion_rad) < k_jump_rad
           && std::abs(to.knee_out_rad - from.knee_out_rad) < k_jump_rad
           && std::abs(to.hip_x_m - from.hip_x_m) < k_jump_m;
}

StaticLimit find_static_limit(const PlanModel& model, const PostureDemand& demand, const Guide& guide) {
    StaticLimit limit;
    PostureSolution last = step_to(model, 0.0, demand, standing_guess(model), guide);
    limit.posture = last.posture;
    if (last.value < -k_slack_tolerance_sd) {
        limit.feasible_standing = false;
        name_binding(model, demand, limit);
        return limit;
    }
    const double deepest = (model.standing_height_m - 0.02) / model.body.leg_length_m;
    double drop = 0.0, step = k_drop_step;
    while (step > k_drop_tolerance && drop < deepest) {
        const double next = std::min(drop + step, deepest);
        const PostureSolution tried = step_to(model, next, demand, last.posture, guide);
        if (tried.value >= -k_slack_tolerance_sd && is_same_path(last.posture, tried.posture)) {
            drop = next;
            last = tried;
        } else {
            step *= 0.5;
        }
    }
    limit.hip_drop_fraction = drop;
    limit.posture = last.posture;
    name_binding(model, demand, limit);
    return limit;
}

}  // namespace plumb
