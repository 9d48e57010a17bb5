// What slacks and effort of a symmetric posture are made of, as plain numbers or with derivatives, and their formulas
// (model.md, 5-6).
#pragma once

#include <algorithm>

#include "sim/base/units.h"
#include "sim/plan/constraints.h"
#include "sim/plan/dual.h"

namespace plumb {

/// One side and the trunk; in a symmetric posture the left side speaks for both. T is double or a number with slopes.
template <class T>
struct PostureMeasures {
    T hip_flexion_rad, hip_abduction_rad, hip_rotation_rad, knee_flexion_rad;
    T tibial_rotation_rad, dorsiflexion_rad, inversion_rad, lumbar_flexion_rad;
    /// Moments the muscles must make.
    T ankle_Nm, knee_Nm, hip_Nm, trunk_Nm, shoulder_Nm, elbow_Nm, toe_Nm;
    double heel_lift_rad = 0.0;
    T shoulder_flexion_rad;
    T reach_excess_m;  ///< as in LegSolution
    T bottom_m;        ///< lowest skin of the buttocks above the floor
    T wall_gap_m;      ///< large without a wall
    T com_x_m;
    T trunk_lean_rad;
    T knee_ahead,
        knee_outward;  ///< the thigh's unit vector seen from above, along the foot and outward of it
    /// Where the sides differ: what the lumbar spine bends and turns to the left, its moment to the left, the weight's share on
    /// the left foot.
    T lumbar_bend_rad, lumbar_rotation_rad, bend_Nm, left_share;
};

/// All measures of a posture at hip height `hip_height_m` with derivatives by the four free variables. The same numbers as
/// view_posture's but for rounding, for one side only and in closed form: a tenth of the work for value and derivatives.
[[nodiscard]] PostureMeasures<Dual> measure_with_slopes(const PlanModel& model, const Posture& posture);

/// The same from a posture looked at in full, of one side.
[[nodiscard]] PostureMeasures<double> measures_of(const PlanModel& model, const PostureView& view, int side);

inline constexpr double k_buttock_clearance_m = 0.02;
/// "The butt just touches": planned this far into the wall, so that the touch is felt (about 1 % of weight).
inline constexpr double k_touch_depth_m = 0.0002;
inline constexpr double k_not_demanded = 10.0;
/// What a radian of knee flexion counts where knees have to be bent.
inline constexpr double k_reach_per_knee_m = 0.1;
/// Nobody squats on one leg here: the other foot carries this share of the weight at least (choice).
inline constexpr double k_least_foot_share = 0.1;

inline double hip_flexion_cap(const Person& person, int side, double abduction_rad) {
    return hip_flexion_cap_rad(person, side, abduction_rad);
}
template <class D>
D hip_flexion_cap(const Person& person, int side, const D& abduction) {
    return chain(abduction, hip_flexion_cap_rad(person, side, abduction.value),
                 hip_flexion_cap_slope(abduction.value));
}

/// What the muscles of one direction can hold at an angle [N m].
inline double held_strength(const Person& person, Dof dof, bool positive, double angle_rad) {
    const JointStrength strength = strength_at(person, dof, angle_rad);
    return std::max(1.0, positive ? strength.positive_Nm : strength.negative_Nm);
}
template <class D>
D held_strength(const Person& person, Dof dof, bool positive, const D& angle) {
    const auto d = static_cast<size_t>(dof);
    const double peak_Nm = positive ? person.strengths[d].positive_Nm : person.strengths[d].negative_Nm;
    const StrengthShare share = strength_share(person.strength_shapes[d][positive ? 0 : 1], angle.value);
    if (peak_Nm * share.share < 1.0) return 1.0;
    return chain(angle, peak_Nm * share.share, peak_Nm * share.per_rad);
}

/// A limb's coordinate on the given side, from its left twin; the trunk's own.
[[nodiscard]] constexpr Dof on_own_side(Dof dof, int side) {
    return dof < dof_left_shoulder_flexion ? dof : on_side(dof, side);
}

/// side_slacks from measures.
template <class T>
std::array<T, k_constraint_count> slacks_of(const PlanModel& model, const PostureMeasures<T>& at,
                                            const PostureDemand& demand, int side = side_left) {
    const Person& person = model.body.person;
    const auto range = [&](Dof dof) -> const JointRange& {
        return person.ranges[static_cast<size_t>(on_own_side(dof, side))];
    };
    std::array<T, k_constraint_count> s;
    const auto set = [&](Constraint constraint, const T& slack) {
        s[static_cast<size_t>(constraint)] = slack * (1.0 / constraint_spread(constraint));
    };
    // A board before the knees stops the shank, whatever lifts the heel behind it.
    set(bind_ankle,
        std::min(range(dof_left_ankle_dorsiflexion).max_rad, model.dorsiflexion_most_rad - at.heel_lift_rad)
            - at.dorsiflexion_rad);
    set(bind_knee, range(dof_left_knee_flexion).max_rad - at.knee_flexion_rad);
    set(bind_hip, hip_flexion_cap(person, side, at.hip_abduction_rad) - at.hip_flexion_rad);
    set(bind_lumbar,
        std::min(range(dof_lumbar_flexion).max_rad, model.lumbar_most_rad) - at.lumbar_flexion_rad);
    set(bind_trunk_thigh, person.closure_rad - at.hip_flexion_rad - at.lumbar_flexion_rad);
    set(bind_abduction, range(dof_left_hip_abduction).max_rad - at.hip_abduction_rad);
    set(bind_hip_rotation, range(dof_left_hip_rotation).max_rad - at.hip_rotation_rad);
    set(bind_inversion, range(dof_left_ankle_inversion).max_rad - at.inversion_rad);
    set(bind_eversion, at.inversion_rad - range(dof_left_ankle_inversion).min_rad);
    set(bind_tibial_outward, range(dof_left_tibial_rotation).max_rad - at.tibial_rotation_rad);
    set(bind_tibial_inward, at.tibial_rotation_rad - range(dof_left_tibial_rotation).min_rad);
    if (demand.knee_least_rad > 0.0 && !(value_of(at.reach_excess_m) > 0.0))
        set(bind_reach, k_reach_per_knee_m * (at.knee_flexion_rad - demand.knee_least_rad));
    else
        set(bind_reach, -at.reach_excess_m - k_reach_per_knee_m * demand.knee_least_rad);
    set(bind_floor, at.bottom_m - k_buttock_clearance_m);
    if (demand.with_wall && model.wall_distance_m > 0.0)
        set(bind_wall, at.wall_gap_m + k_touch_depth_m);
    else
        s[bind_wall] = k_not_demanded;

    const auto share = [&](Constraint constraint, const T& moment, Dof dof, const T& angle, bool positive) {
        if (demand.with_strength)
            set(constraint, (1.0 - demand.strength_reserve)
                                - moment
                                      * ((positive ? 1.0 : -1.0)
                                         / held_strength(person, on_own_side(dof, side), positive, angle)));
        else
            s[static_cast<size_t>(constraint)] = k_not_demanded;
    };
    const T& ankle = at.dorsiflexion_rad;
    share(bind_strength_plantarflexion, at.ankle_Nm, dof_left_ankle_dorsiflexion, ankle, false);
    share(bind_strength_dorsiflexion, at.ankle_Nm, dof_left_ankle_dorsiflexion, ankle, true);
    share(bind_strength_knee, at.knee_Nm, dof_left_knee_flexion, at.knee_flexion_rad, false);
    share(bind_strength_hip_extension, at.hip_Nm, dof_left_hip_flexion, at.hip_flexion_rad, false);
    share(bind_strength_hip_flexion, at.hip_Nm, dof_left_hip_flexion, at.hip_flexion_rad, true);
    share(bind_strength_trunk, at.trunk_Nm, dof_lumbar_flexion, at.lumbar_flexion_rad, false);
    share(bind_strength_shoulder, at.shoulder_Nm, dof_left_shoulder_flexion, at.shoulder_flexion_rad, true);
    share(bind_strength_elbow, at.elbow_Nm, dof_left_elbow_flexion, T(0.0), true);
    if (demand.heel_lift_most_rad > 0.0)
        share(bind_strength_toe, at.toe_Nm, dof_left_toe_extension, T(at.heel_lift_rad), false);
    else
        s[bind_strength_toe] = k_not_demanded;

    if (model.body.mirrored) {
        for (int i = bind_strength_bend_left; i <= bind_balance_right; ++i)
            s[static_cast<size_t>(i)] = k_not_demanded;
    } else {
        share(bind_strength_bend_left, at.bend_Nm, dof_lumbar_bend, at.lumbar_bend_rad, true);
        share(bind_strength_bend_right, at.bend_Nm, dof_lumbar_bend, at.lumbar_bend_rad, false);
        set(bind_bend_left, range(dof_lumbar_bend).max_rad - at.lumbar_bend_rad);
        set(bind_bend_right, at.lumbar_bend_rad - range(dof_lumbar_bend).min_rad);
        set(bind_turn_left, range(dof_lumbar_rotation).max_rad - at.lumbar_rotation_rad);
        set(bind_turn_right, at.lumbar_rotation_rad - range(dof_lumbar_rotation).min_rad);
        set(bind_balance_left, (1.0 - k_least_foot_share) - at.left_share);
        set(bind_balance_right, at.left_share - k_least_foot_share);
    }
    const auto base = static_cast<size_t>(demand.base);
    set(bind_balance_heel,
        at.com_x_m - (model.rear_edge_m(demand.base, demand.forefoot_share) + demand.required_margin_m));
    set(bind_balance_toe, model.toe_edge_m[base] - demand.required_margin_m - at.com_x_m);
    return s;
}

/// Joint effort: sum of squared shares of strength, and the comfort of people's squats (model.md, 6).
template <class T>
T effort_of(const PlanModel& model, const PostureMeasures<T>& at,
            const std::array<T, k_constraint_count>& slacks, const PostureDemand& demand,
            int side = side_left) {
    const Person& person = model.body.person;
    constexpr double k_per_deg = 180.0 / k_pi;
    T effort = 0.0;
    const auto add = [&](double weight, const T& part) { effort += weight * (part * part); };
    const auto add_share = [&](double weight, const T& moment, Dof dof, const T& angle) {
        add(weight, moment / held_strength(person, on_own_side(dof, side), value_of(moment) > 0.0, angle));
    };
    add_share(2.0, at.hip_Nm, dof_left_hip_flexion, at.hip_flexion_rad);
    add_share(2.0, at.knee_Nm, dof_left_knee_flexion, at.knee_flexion_rad);
    add_share(2.0, at.ankle_Nm, dof_left_ankle_dorsiflexion, at.dorsiflexion_rad);
    add_share(1.0, at.trunk_Nm, dof_lumbar_flexion, at.lumbar_flexion_rad);
    // Comfort: CoP near 45 % of the foot (comfortable 40-55 %), or of what of it is on the floor, a spine near neutral, no joint
    // on its end stop.
    const double rear_m = model.rear_edge_m(BaseKind::sole, demand.forefoot_share);
    const double aim = 0.45 - 0.15 * demand.forefoot_share;
    add(6.0, (at.com_x_m - rear_m) * (1.0 / (model.toe_edge_m[0] - rear_m)) - aim);
    add(0.4, at.lumbar_flexion_rad
                 * (1.0 / std::max(10.0 / k_per_deg, person.ranges[dof_lumbar_flexion].max_rad)));
    // Coordination: people share a squat between ankle, knee and hip (recorded squats reach shank 21-40, lean 20-47 deg
    // at 110-130 deg of knee flexion, docs/validation.md); quadratic, 10 deg off costs 0.15.
    constexpr double k_per_ten_deg = 0.1 * k_per_deg;
    const double heel_rad = model.body.wedge_rad + at.heel_lift_rad;
    add(0.15, (at.dorsiflexion_rad + heel_rad - 0.27 * at.knee_flexion_rad) * k_per_ten_deg);
    // Heels rise as far as they are needed.
    add(0.15, T(at.heel_lift_rad * k_per_ten_deg));
    if (demand.heel_lift_most_rad > 0.0)
        add_share(2.0, at.toe_Nm, dof_left_toe_extension, T(at.heel_lift_rad));
    add(0.15, (at.trunk_lean_rad - 0.26 * at.knee_flexion_rad) * k_per_ten_deg);
    // Knees track the feet: at a level thigh 10 deg off costs as much as 10 deg of shank or trunk. Ankles and shanks stay
    // near straight where nothing asks for a turn.
    add(0.15, at.knee_outward * at.knee_ahead * k_per_ten_deg);
    add(0.1, at.tibial_rotation_rad * (k_per_deg / 15.0));
    add(0.1, at.inversion_rad * (k_per_deg / 15.0));
    if (!model.body.mirrored) {
        add(0.15, at.lumbar_bend_rad * k_per_ten_deg);
        add(0.15, at.lumbar_rotation_rad * k_per_ten_deg);
        // Half the weight on each foot; a tenth off costs as much as 10 deg of lean.
        add(0.15, (at.left_share - 0.5) * 10.0);
    }
    // Nobody runs into an end stop: the last standard deviation of a range costs more and more.
    for (const Constraint range : {bind_ankle, bind_hip, bind_trunk_thigh}) {
        const T& slack = slacks[static_cast<size_t>(range)];
        if (value_of(slack) < 1.0) add(0.3, 1.0 - slack);
    }
    return effort;
}

}  // namespace plumb
