// What the solver may vary in a posture, and how it looks at one: values and slopes of slacks and effort.
#pragma once

#include <algorithm>
#include <array>
#include <vector>

#include "sim/plan/many_dual.h"
#include "sim/plan/posture_measures.h"
#include "sim/plan/solver.h"

namespace plumb {

inline constexpr double k_hip_scale_m = 0.1;  ///< brings the hip's place to the size of the angles
inline constexpr double k_difference = 1e-6;  ///< step of a forward difference: slopes right to some 1e-6
inline constexpr double k_most_knee_out_rad = 1.5;
inline constexpr double k_most_aside_rad = 0.7;
inline constexpr double k_most_lift_rad = 1.2;

/// What one look at a posture gives.
template <class D, int sides>
struct Look {
    D effort;
    std::array<std::array<D, k_constraint_count>, sides> slacks;
};

/// A body whose sides are alike: four variables, the left side speaks for both.
struct Symmetric {
    using Number = Dual;
    static constexpr int k_sides = 1;
    static constexpr bool k_rises = false;
    static constexpr unsigned k_variables = 4;

    static void put(const Posture& posture, double* x) {
        x[0] = posture.hip_x_m / k_hip_scale_m;
        x[1] = posture.pelvis_pitch_rad;
        x[2] = posture.lumbar_flexion_rad;
        x[3] = posture.knee_out_rad;
    }
    static Posture posture(const double* x, double height_m) {
        return {x[0] * k_hip_scale_m, height_m, x[1], x[2], x[3]};
    }
    static std::vector<double> most() { return {10.0, 1.9, 0.0, k_most_knee_out_rad}; }
    static std::vector<double> least() { return {-10.0, -0.8, 0.0, -k_most_knee_out_rad}; }

    static Look<Dual, 1> look(const PlanModel& model, const PostureDemand& demand, bool with_effort,
                              const Relaxation& relax, const double* x, double height_m) {
        return look(model, demand, with_effort, relax, posture(x, height_m));
    }
    static Look<Dual, 1> look(const PlanModel& model, const PostureDemand& demand, bool with_effort,
                              const Relaxation& relax, const Posture& posture) {
        const PostureMeasures<Dual> measures = measure_with_slopes(model, posture);
        Look<Dual, 1> at{{}, {slacks_of(model, measures, demand)}};
        if (relax.constraint >= 0) at.slacks[0][static_cast<size_t>(relax.constraint)] += relax.sd;
        if (with_effort) at.effort = effort_of(model, measures, at.slacks[0], demand);
        return at;
    }
    /// Derivatives by the solver's variables: its first one is hip X in other units.
    static void copy_slopes(const Dual& value, double factor, double* gradient) {
        gradient[0] = factor * k_hip_scale_m * value.by[0];
        for (unsigned i = 1; i < k_variables; ++i) gradient[i] = factor * value.by[i];
    }
};

/// Symmetric, with heels that may rise: a fifth variable, its slopes by forward difference.
struct Rising {
    using Number = ManyDual;
    static constexpr int k_sides = 1;
    static constexpr bool k_rises = true;
    static constexpr unsigned k_variables = Symmetric::k_variables + 1;

    static void put(const Posture& posture, double* x) {
        Symmetric::put(posture, x);
        x[Symmetric::k_variables] = posture.heel_lift_rad;
    }
    static Posture posture(const double* x, double height_m) {
        Posture posture = Symmetric::posture(x, height_m);
        posture.heel_lift_rad = x[Symmetric::k_variables];
        return posture;
    }
    static std::vector<double> most() {
        std::vector<double> most = Symmetric::most();
        most.push_back(k_most_lift_rad);
        return most;
    }
    static std::vector<double> least() {
        std::vector<double> least = Symmetric::least();
        least.push_back(0.0);
        return least;
    }
    static Look<ManyDual, 1> look(const PlanModel& model, const PostureDemand& demand, bool with_effort,
                                  const Relaxation& relax, const double* x, double height_m) {
        Posture moved = posture(x, height_m);
        const Look<Dual, 1> here = Symmetric::look(model, demand, with_effort, relax, moved);
        moved.heel_lift_rad += k_difference;
        const Look<Dual, 1> there = Symmetric::look(model, demand, with_effort, relax, moved);
        const auto joined = [](const Dual& a, const Dual& b) {
            ManyDual number(a.value);
            // The solver's first variable is hip X in other units.
            number.by[0] = k_hip_scale_m * a.by[0];
            for (int i = 1; i < 4; ++i) number.by[i] = a.by[i];
            number.by[4] = (b.value - a.value) / k_difference;
            return number;
        };
        Look<ManyDual, 1> at{joined(here.effort, there.effort), {}};
        for (size_t row = 0; row < k_constraint_count; ++row)
            at.slacks[0][row] = joined(here.slacks[0][row], there.slacks[0][row]);
        return at;
    }
    static void copy_slopes(const ManyDual& value, double factor, double* gradient) {
        for (unsigned i = 0; i < k_variables; ++i) gradient[i] = factor * value.by[i];
    }
};

/// Sides that differ: the pelvis may also shift, list and turn, and each knee goes its own way. With `rises` the heels may too.
template <bool rises>
struct Lopsided {
    using Number = ManyDual;
    static constexpr int k_sides = k_side_count;
    static constexpr bool k_rises = rises;
    static constexpr unsigned k_variables = rises ? 9 : 8;

    static void put(const Posture& posture, double* x) {
        Symmetric::put(posture, x);
        x[4] = posture.hip_y_m / k_hip_scale_m;
        x[5] = posture.pelvis_list_rad;
        x[6] = posture.pelvis_turn_rad;
        x[7] = posture.knee_out_more_rad;
        if constexpr (rises) x[8] = posture.heel_lift_rad;
    }
    static Posture posture(const double* x, double height_m) {
        Posture posture = Symmetric::posture(x, height_m);
        posture.hip_y_m = x[4] * k_hip_scale_m;
        posture.pelvis_list_rad = x[5];
        posture.pelvis_turn_rad = x[6];
        posture.knee_out_more_rad = x[7];
        if constexpr (rises) posture.heel_lift_rad = x[8];
        return posture;
    }
    static std::vector<double> most() {
        std::vector<double> most = Symmetric::most();
        most.insert(most.end(), {10.0, k_most_aside_rad, k_most_aside_rad, k_most_knee_out_rad});
        if constexpr (rises) most.push_back(k_most_lift_rad);
        return most;
    }
    static std::vector<double> least() {
        std::vector<double> least = Symmetric::least();
        least.insert(least.end(), {-10.0, -k_most_aside_rad, -k_most_aside_rad, -k_most_knee_out_rad});
        if constexpr (rises) least.push_back(0.0);
        return least;
    }

    using Plain = Look<double, k_sides>;
    static Plain plain_look(const PlanModel& model, const PostureDemand& demand, bool with_effort,
                            const Relaxation& relax, const double* x, double height_m) {
        const PostureView view = view_posture(model, posture(x, height_m));
        Plain at{};
        for (int side = 0; side < k_sides; ++side) {
            const PostureMeasures<double> measures = measures_of(model, view, side);
            auto& slacks = at.slacks[static_cast<size_t>(side)];
            slacks = slacks_of(model, measures, demand, side);
            if (relax.constraint >= 0) slacks[static_cast<size_t>(relax.constraint)] += relax.sd;
            if (with_effort) at.effort += effort_of(model, measures, slacks, demand, side) / k_sides;
        }
        return at;
    }
    static Look<ManyDual, k_sides> look(const PlanModel& model, const PostureDemand& demand, bool with_effort,
                                        const Relaxation& relax, const double* x, double height_m) {
        const Plain here = plain_look(model, demand, with_effort, relax, x, height_m);
        Look<ManyDual, k_sides> at{here.effort, {}};
        for (size_t side = 0; side < here.slacks.size(); ++side)
            for (size_t row = 0; row < k_constraint_count; ++row)
                at.slacks[side][row] = here.slacks[side][row];
        std::array<double, k_variables> moved{};
        std::copy_n(x, k_variables, moved.begin());
        for (unsigned i = 0; i < k_variables; ++i) {
            moved[i] = x[i] + k_difference;
            const Plain there = plain_look(model, demand, with_effort, relax, moved.data(), height_m);
            moved[i] = x[i];
            at.effort.by[i] = (there.effort - here.effort) / k_difference;
            for (size_t side = 0; side < here.slacks.size(); ++side)
                for (size_t row = 0; row < k_constraint_count; ++row)
                    at.slacks[side][row].by[i] =
                        (there.slacks[side][row] - here.slacks[side][row]) / k_difference;
        }
        return at;
    }
    static void copy_slopes(const ManyDual& value, double factor, double* gradient) {
        for (unsigned i = 0; i < k_variables; ++i) gradient[i] = factor * value.by[i];
    }
};

}  // namespace plumb
