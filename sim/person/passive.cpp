// Stops at the ends of the ranges, thigh on calf, and all passive moments together.
#include <algorithm>
#include <cmath>

#include "sim/base/check.h"
#include "sim/base/units.h"
#include "sim/person/person.h"

namespace plumb {
namespace {

/// Tissue stiffens by a factor of two every 4 deg; Riener & Edrich 1999, J Biomech 32:539-544 fit exponentials of
/// 0.02-0.19 per deg to the leg's joints, their steepest (ankle, 0.195) doubling in 3.6 deg.
constexpr double k_stiffening_per_deg = 0.17328679513998632;  // ln 2 / 4
constexpr double k_overshoot_deg = 3.0;  ///< beyond range + this the moment grows linearly
/// A stop is never steeper than one whose range ends here; it also stops knee and elbow beyond straight.
constexpr double k_least_stop_deg = 5.0;

/// Moment of a stop at the end of its range [N m]. M: model choices, in the order of what an examiner's hand applies.
struct StopMoments {
    double at_min_Nm;
    double at_max_Nm;
};

StopMoments stop_moments(Dof left_dof) {
    switch (left_dof) {
    case dof_lumbar_flexion: return {25.0, 25.0};
    case dof_lumbar_bend:
    case dof_lumbar_rotation: return {10.0, 10.0};
    case dof_left_hip_flexion: return {20.0, 20.0};
    case dof_left_hip_abduction: return {10.0, 10.0};
    case dof_left_hip_rotation: return {8.0, 8.0};
    case dof_left_knee_flexion: return {10.0, 10.0};
    // The knee is bent in a squat and the calf slack: 17 N m at 35 deg in Riener & Edrich, half of it at a range that a
    // weight-bearing lunge defines (M). A stronger stop would take the dorsiflexors, who hold the CoP back.
    case dof_left_ankle_dorsiflexion: return {10.0, 8.0};
    default: return {5.0, 5.0};  // shoulder, elbow, inversion, toes
    }
}

/// Which tissue ends this joint's range.
double stop_tightness(const TightnessRatios& t, Dof left_dof) {
    switch (left_dof) {
    case dof_lumbar_flexion: return t.lower_back_ratio;
    case dof_left_hip_flexion: return t.glute_ratio;
    case dof_left_knee_flexion: return t.quad_ratio;
    case dof_left_ankle_dorsiflexion: return t.calf_ratio;
    default: return 1.0;
    }
}

/// A moment and how fast it grows towards its end.
struct Stop {
    double moment_Nm = 0.0, per_deg_Nm = 0.0;
};

/// Magnitude of a stop [N m] at `toward_deg`, measured from standing towards the end (at `end_deg`, where it is
/// `end_Nm`): end_Nm g(toward) / g(end), g(x) = exp(k x) - 1 - k x. Zero with zero slope at standing, so smooth.
Stop stop_at(double toward_deg, double end_deg, double end_Nm) {
    if (toward_deg <= 0.0) return {};
    const double last_deg = std::max(end_deg, k_least_stop_deg);
    const auto g = [](double x_deg) {
        return std::expm1(k_stiffening_per_deg * x_deg) - k_stiffening_per_deg * x_deg;
    };
    const double bent_deg = std::min(toward_deg, last_deg + k_overshoot_deg);
    const double slope = k_stiffening_per_deg * std::expm1(k_stiffening_per_deg * bent_deg);
    const double scale = end_Nm / g(last_deg);
    return {scale * (g(bent_deg) + slope * (toward_deg - bent_deg)), scale * slope};
}

/// Thigh-calf contact: extending moment of one leg 5.7 / 21 / 67 N m at 140 / 150 / 160 deg for 75 kg (Zelle 2007,
/// read in a secondary source). The parabola through the three logarithms, continued by its tangent past 160 deg:
/// 1.3 N m at 130 deg, where contact starts. Proportional to body mass.
Stop thigh_calf(double knee_deg, double mass_kg) {
    constexpr double k_log_middle = 3.0445224377234230;    // ln 21
    constexpr double k_log_slope = 0.1232113222275231;     // ln(67 / 5.7) / 20 per deg
    constexpr double k_log_bend = -0.0007194304060768767;  // ln(67 * 5.7 / 21^2) / 200 per deg^2
    const double x = std::min(knee_deg, 160.0) - 150.0;
    const double moment_Nm = std::exp(k_log_middle + x * (k_log_slope + x * k_log_bend));
    const double slope = moment_Nm * (k_log_slope + 2.0 * k_log_bend * x);
    const double scale = mass_kg / 75.0;
    return {scale * (moment_Nm + slope * std::max(0.0, knee_deg - 160.0)), scale * slope};
}

}  // namespace

PassiveMoment stop_moment(const Person& person, Dof dof, double angle_rad) {
    PLUMB_CHECK(dof >= 0 && dof < k_dof_count, "a coordinate of the body");
    const Dof left_dof = left_twin(dof);
    // No body turns further; the clamp keeps the linear continuation finite for every finite angle.
    const double angle_deg = std::clamp(angle_rad, -100.0, 100.0) * k_rad_to_deg;
    const JointRange& range = person.ranges[static_cast<std::size_t>(dof)];
    const StopMoments stops = stop_moments(left_dof);

    const Stop at_min = stop_at(-angle_deg, -range.min_rad * k_rad_to_deg, stops.at_min_Nm);
    Stop at_max = stop_at(angle_deg, range.max_rad * k_rad_to_deg, stops.at_max_Nm);
    Stop contact;
    if (left_dof == dof_left_knee_flexion) {
        // Flesh on flesh ends the flexion of a knee that can bend to 130 deg; a tighter knee has its own stop as well.
        contact = thigh_calf(angle_deg, person.def.soft_tissue_contact * person.def.mass_kg);
        if (range.max_rad * k_rad_to_deg >= 130.0 - 1e-9) at_max = {};
    }
    const double tightness = person.def.tightness_ratio * stop_tightness(person.def.tightness, left_dof);
    return {tightness * (at_min.moment_Nm - at_max.moment_Nm) - contact.moment_Nm,
            (tightness * (at_min.per_deg_Nm + at_max.per_deg_Nm) + contact.per_deg_Nm) * k_rad_to_deg};
}

double stop_moment_Nm(const Person& person, Dof dof, double angle_rad) {
    return stop_moment(person, dof, angle_rad).moment_Nm;
}

PassiveMoments passive_moments(const Person& person,
                               const Eigen::Matrix<double, k_dof_count, 1>& joints_rad) {
    PassiveMoments all;
    for (int dof = 0; dof < k_dof_count; ++dof) {
        const PassiveMoment one = stop_moment(person, static_cast<Dof>(dof), joints_rad[dof]);
        all.moment_Nm[dof] = one.moment_Nm;
        all.stiffness_Nmprad[dof] = one.stiffness_Nmprad;
    }
    const double belly_Nmprad = person.def.soft_tissue_contact * k_belly_stiffness_Nmprad;
    for (const int side : {0, k_right_offset}) {
        const std::array<int, 3> leg = {dof_left_hip_flexion + side, dof_left_knee_flexion + side,
                                        dof_left_ankle_dorsiflexion + side};
        const LegTissue tissue =
            leg_tissue(person, joints_rad[leg[0]], joints_rad[leg[1]], joints_rad[leg[2]]);
        for (int i = 0; i < 3; ++i) {
            all.moment_Nm[leg[static_cast<std::size_t>(i)]] += tissue.moment_Nm[i];
            all.stiffness_Nmprad[leg[static_cast<std::size_t>(i)]] -= tissue.by_angle_Nmprad(i, i);
        }
        const double excess = joints_rad[leg[0]] + joints_rad[dof_lumbar_flexion] - person.closure_rad;
        if (excess <= 0.0) continue;
        for (const int dof : {leg[0], static_cast<int>(dof_lumbar_flexion)}) {
            all.moment_Nm[dof] -= belly_Nmprad * excess;
            all.stiffness_Nmprad[dof] += belly_Nmprad;
        }
    }
    return all;
}

}  // namespace plumb
