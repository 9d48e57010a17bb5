// Marches down in small steps, then halves the step that fails; names the binding constraint by re-solving with it relaxed.
#include "sim/plan/static_limit.h"

#include <algorithm>
#include <cmath>
#include <optional>

#include "sim/base/units.h"

namespace plumb {
namespace {

constexpr double k_drop_step = 0.03;
constexpr double k_drop_tolerance = 1e-4;
/// A relaxation by one SD that gains less depth is no help; the search for more goes no farther.
constexpr double k_least_gain = 0.003, k_farthest_gain = 0.3, k_gain_tolerance = 0.002;
/// Slacks within this of the worst are tried.
constexpr double k_near_sd = 0.05;
/// A good enough posture at `drop` reachable from `last`; other starts cover local failures of the optimiser.
PostureSolution step_to(const PlanModel& model, double drop, const PostureDemand& demand, const Posture& last,
                        const Guide& guide) {
    PostureSolution best = max_slack_posture(model, drop, demand, last);
    if (best.value >= 0.0 && is_same_path(last, best.posture)) return best;
    std::vector<Posture> starts = nearby_starts(model, last);
    if (const Posture* known = guide_at(guide, model, drop)) starts.insert(starts.begin(), *known);
    // Knees as far in as they were out, or out as in: near the end of tibial rotation no small shift gets across.
    starts.push_back(last);
    starts.back().knee_out_rad = -last.knee_out_rad;
    for (const Posture& start : starts) {
        const PostureSolution other = max_slack_posture(model, drop, demand, start);
        if (other.value > best.value && is_same_path(last, other.posture)) best = other;
        if (best.value >= 0.0) break;
    }
    return best;
}

/// How much deeper the way goes on from `limit` with this relaxation; one start a step is enough to rank causes.
double depth_gain(const PlanModel& model, const PostureDemand& demand, const StaticLimit& limit,
                  const Relaxation& relax) {
    double drop = limit.hip_drop_fraction, step = k_drop_step;
    Posture last = limit.posture;
    while (step > k_gain_tolerance && drop < limit.hip_drop_fraction + k_farthest_gain) {
        const PostureSolution tried = max_slack_posture(model, drop + step, demand, last, relax);
        if (tried.value >= -k_slack_tolerance_sd && is_same_path(last, tried.posture)) {
            drop += step;
            last = tried.posture;
        } else {
            step *= 0.5;
        }
    }
    return drop - limit.hip_drop_fraction;
}

/// A person whose one property is better by one SD, tissue stops included: they move with the ranges. Nothing for what is
/// not the person's (floor, reach, balance).
std::optional<PlanModel> better_model(const PlanModel& model, Constraint constraint) {
    PlanModel better = model;
    Person& person = better.body.person;
    const double sd = constraint_spread(constraint);
    const auto both = [&](auto& values, Dof left_dof, auto change) {
        for (int side = 0; side < k_side_count; ++side)
            change(values[static_cast<size_t>(on_side(left_dof, side))]);
    };
    const auto widen_up = [&](Dof left_dof) {
        both(person.ranges, left_dof, [&](JointRange& r) { r.max_rad += sd; });
    };
    const auto widen_down = [&](Dof left_dof) {
        both(person.ranges, left_dof, [&](JointRange& r) { r.min_rad -= sd; });
    };
    const auto more_positive = [&](Dof left_dof) {
        both(person.strengths, left_dof, [&](JointStrength& s) { s.positive_Nm *= 1.0 + sd; });
    };
    const auto more_negative = [&](Dof left_dof) {
        both(person.strengths, left_dof, [&](JointStrength& s) { s.negative_Nm *= 1.0 + sd; });
    };
    switch (constraint) {
    case bind_ankle: widen_up(dof_left_ankle_dorsiflexion); break;
    case bind_knee: widen_up(dof_left_knee_flexion); break;
    case bind_hip: widen_up(dof_left_hip_flexion); break;
    case bind_lumbar: person.ranges[dof_lumbar_flexion].max_rad += sd; break;
    case bind_trunk_thigh: person.closure_rad += sd; break;
    case bind_abduction: widen_up(dof_left_hip_abduction); break;
    case bind_hip_rotation: widen_up(dof_left_hip_rotation); break;
    case bind_inversion: widen_up(dof_left_ankle_inversion); break;
    case bind_eversion: widen_down(dof_left_ankle_inversion); break;
    case bind_tibial_outward: widen_up(dof_left_tibial_rotation); break;
    case bind_tibial_inward: widen_down(dof_left_tibial_rotation); break;
    case bind_wall: better.wall_distance_m += sd; break;
    case bind_strength_plantarflexion: more_negative(dof_left_ankle_dorsiflexion); break;
    case bind_strength_dorsiflexion: more_positive(dof_left_ankle_dorsiflexion); break;
    case bind_strength_knee: more_negative(dof_left_knee_flexion); break;
    case bind_strength_hip_extension: more_negative(dof_left_hip_flexion); break;
    case bind_strength_hip_flexion: more_positive(dof_left_hip_flexion); break;
    case bind_strength_trunk: person.strengths[dof_lumbar_flexion].negative_Nm *= 1.0 + sd; break;
    case bind_strength_bend_left: person.strengths[dof_lumbar_bend].positive_Nm *= 1.0 + sd; break;
    case bind_strength_bend_right: person.strengths[dof_lumbar_bend].negative_Nm *= 1.0 + sd; break;
    case bind_bend_left: person.ranges[dof_lumbar_bend].max_rad += sd; break;
    case bind_bend_right: person.ranges[dof_lumbar_bend].min_rad -= sd; break;
    case bind_turn_left: person.ranges[dof_lumbar_rotation].max_rad += sd; break;
    case bind_turn_right: person.ranges[dof_lumbar_rotation].min_rad -= sd; break;
    case bind_strength_shoulder:
    case bind_strength_elbow: {
        const bool shoulder = constraint == bind_strength_shoulder;
        more_positive(shoulder ? dof_left_shoulder_flexion : dof_left_elbow_flexion);
        for (int side = 0; side < k_side_count; ++side) {
            ArmRule& arm = better.arms[static_cast<size_t>(side)];
            if (arm.kind == ArmRule::Kind::forward) arm = forward_arm_rule(better.body, side);
        }
        break;
    }
    default: return std::nullopt;
    }
    return better;
}

/// Depth that one SD more of this would bring.
double gain_of(const PlanModel& model, const PostureDemand& demand, const StaticLimit& limit,
               Constraint constraint) {
    if (const auto better = better_model(model, constraint)) return depth_gain(*better, demand, limit, {});
    return depth_gain(model, demand, limit, {constraint, 1.0});
}

/// The range whose tissue works against a strength: a looser one may leave the muscles enough.
std::optional<Constraint> tissue_against(Constraint strength) {
    switch (strength) {
    case bind_strength_dorsiflexion: return bind_ankle;
    case bind_strength_knee: return bind_knee;
    case bind_strength_hip_flexion: return bind_hip;
    default: return std::nullopt;
    }
}

/// Which side has less of what binds first: nothing where both have the same or it is no side's matter.
std::string binding_side(const PlanModel& model, const PostureDemand& demand, const Posture& posture,
                         const std::string& word) {
    if (model.body.mirrored) return {};
    const PostureView view = view_posture(model, posture);
    const std::array<Slacks, k_side_count> slacks = {side_slacks(model, view, demand, side_left),
                                                     side_slacks(model, view, demand, side_right)};
    double left_sd = HUGE_VAL, right_sd = HUGE_VAL;
    for (int i = 0; i < k_constraint_count; ++i) {
        const auto row = static_cast<Constraint>(i);
        if (is_shared(row) || constraint_word(row) != word) continue;
        left_sd = std::min(left_sd, slacks[side_left][static_cast<size_t>(i)]);
        right_sd = std::min(right_sd, slacks[side_right][static_cast<size_t>(i)]);
    }
    if (std::min(left_sd, right_sd) == HUGE_VAL || std::abs(left_sd - right_sd) < k_near_sd) return {};
    return left_sd < right_sd ? "left" : "right";
}

void name_binding(const PlanModel& model, const PostureDemand& demand, StaticLimit& limit) {
    const PostureSolution at = max_slack_posture(model, limit.hip_drop_fraction, demand, limit.posture);
    const Slacks slacks = posture_slacks(model, view_posture(model, at.posture), demand);
    const auto note = [&](std::string_view word, double gain) {
        if (gain < k_least_gain) return;
        for (BindingShare& known : limit.binding)
            if (known.word == word) {
                known.depth_gain = std::max(known.depth_gain, gain);
                return;
            }
        limit.binding.push_back({std::string(word), gain});
    };
    std::array<bool, k_constraint_count> near{};
    for (int i = 0; i < k_constraint_count; ++i)
        if (slacks[static_cast<size_t>(i)] < at.value + k_near_sd) {
            near[static_cast<size_t>(i)] = true;
            if (const auto tissue = tissue_against(static_cast<Constraint>(i)))
                near[static_cast<size_t>(*tissue)] = true;
        }
    for (int i = 0; i < k_constraint_count; ++i)
        if (near[static_cast<size_t>(i)])
            note(constraint_word(static_cast<Constraint>(i)),
                 gain_of(model, demand, limit, static_cast<Constraint>(i)));
    const bool short_of_reach = std::ranges::any_of(model.arms, [](const ArmRule& arm) {
        return arm.kind == ArmRule::Kind::forward && arm.reach_share < 1.0 - 1e-9;
    });
    const double shoulder = short_of_reach ? gain_of(model, demand, limit, bind_strength_shoulder) : 0.0;
    const double elbow = short_of_reach ? gain_of(model, demand, limit, bind_strength_elbow) : 0.0;
    note(constraint_word(bind_strength_shoulder), shoulder);
    note(constraint_word(bind_strength_elbow), elbow);
    // A weight that the arms cannot hold at full reach: more weight brings no more balance, their strength comes first.
    const bool arms_first = model.body.counterweight_kg > 0.0 && std::max(shoulder, elbow) >= k_least_gain;
    const std::string_view arm_word =
        constraint_word(shoulder >= elbow ? bind_strength_shoulder : bind_strength_elbow);
    std::stable_sort(
        limit.binding.begin(), limit.binding.end(), [&](const BindingShare& a, const BindingShare& b) {
            const bool a_first = arms_first && a.word == arm_word, b_first = arms_first && b.word == arm_word;
            return a_first != b_first ? a_first : a.depth_gain > b.depth_gain;
        });
    limit.limiting_factor = limit.binding.empty() ? std::string(constraint_word(static_cast<Constraint>(
                                std::min_element(slacks.begin(), slacks.end()) - slacks.begin())))
                                                  : limit.binding.front().word;
    limit.limiting_side = binding_side(model, demand, at.posture, limit.limiting_factor);
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
           && std::abs(to.knee_out_more_rad - from.knee_out_more_rad) < k_jump_rad
           && std::abs(to.pelvis_list_rad - from.pelvis_list_rad) < k_jump_rad
           && std::abs(to.pelvis_turn_rad - from.pelvis_turn_rad) < k_jump_rad
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
