// Peaks and shapes, and what is left of a peak at an angle and a speed.
#include "sim/person/strength.h"

#include <algorithm>
#include <cmath>

#include "sim/base/units.h"
#include "sim/person/anderson_table.h"

namespace plumb {
namespace {

/// The man the trunk's and arms' moments below belong to: 75 kg, 1.75 m, 18-25 years.
constexpr double k_reference_mass_kg = 75.0;
constexpr double k_reference_stature_m = 1.75;

/// Women / men at equal mass x stature. Leg, in the frontal and transverse planes: the mean of Anderson's 18 C1 ratios (6 actions
/// x 3 age groups). Trunk, arm: from about 0.63 and 0.5 in absolute moments (M) divided by the sexes' usual m h ratio of 0.77.
constexpr double k_women_leg_ratio = 0.91;
constexpr double k_women_trunk_ratio = 0.80;
constexpr double k_women_arm_ratio = 0.65;

/// Age of what Anderson did not measure: the mean of his 12 C1 ratios to the 18-25 group (6 actions x 2 sexes), placed at the
/// middle of 55-65 and at 70 for "over 65"; constant before 25 and, for want of data, after 70.
struct StrengthAtAge {
    double age_years;
    double ratio;
};
constexpr std::array<StrengthAtAge, 3> k_age_curve = {{{25.0, 1.0}, {60.0, 0.898}, {70.0, 0.864}}};

double age_ratio(double age_years) {
    if (age_years <= k_age_curve.front().age_years) return k_age_curve.front().ratio;
    for (std::size_t i = 1; i < k_age_curve.size(); ++i) {
        const StrengthAtAge& a = k_age_curve[i - 1];
        const StrengthAtAge& b = k_age_curve[i];
        if (age_years <= b.age_years)
            return a.ratio + (b.ratio - a.ratio) * (age_years - a.age_years) / (b.age_years - a.age_years);
    }
    return k_age_curve.back().ratio;
}

JointStrength scaled(const JointStrength& moment, double factor) {
    return {factor * moment.positive_Nm, factor * moment.negative_Nm};
}

AndersonFit fit_at(const AndersonAges& ages, double age_years) {
    const double age = std::clamp(age_years, k_age_curve.front().age_years, k_age_curve.back().age_years);
    const std::size_t i = age <= k_age_curve[1].age_years ? 1 : 2;
    const double share =
        (age - k_age_curve[i - 1].age_years) / (k_age_curve[i].age_years - k_age_curve[i - 1].age_years);
    const AndersonFit &a = ages[i - 1], &b = ages[i];
    const auto mix = [&](double AndersonFit::*member) { return std::lerp(a.*member, b.*member, share); };
    return {mix(&AndersonFit::c1), mix(&AndersonFit::c2), mix(&AndersonFit::c3),
            mix(&AndersonFit::c4), mix(&AndersonFit::c5), mix(&AndersonFit::c6)};
}

/// Lengthening: 1.1 + 0.2 C6, as Millard (RBDL's torque muscles, 2016) reads the table's noisy eccentric side.
StrengthShape shape_of(const AndersonFit& fit) {
    return {.width_per_rad = fit.c2,
            .best_rad = fit.c3,
            .speed_75_radps = fit.c4,
            .speed_50_radps = fit.c5,
            .lengthening_gain = 0.1 + 0.2 * fit.c6};
}

}  // namespace

double lean_proxy_kg(const PersonDef& def) {
    const double full_kg = 25.0 * def.stature_m * def.stature_m;
    return std::min(def.mass_kg, full_kg) + 0.3 * std::max(0.0, def.mass_kg - full_kg);
}

Strengths joint_strengths(const PersonDef& def) {
    const double lean_kg = lean_proxy_kg(def);
    const double by_size = lean_kg * def.stature_m / (k_reference_mass_kg * k_reference_stature_m);
    const bool woman = def.sex == Sex::female;
    const double usual = by_size * age_ratio(def.age_years);
    const double trunk =
        usual * def.strength_ratio * (woman ? k_women_trunk_ratio : 1.0) * def.strength.trunk_ratio;

    // {positive, negative} direction of each coordinate: flexion, dorsiflexion, abduction, external rotation, inversion
    // are positive. Extension of hip, knee and trunk and plantarflexion are the negative directions.
    Strengths strengths;
    auto& peak = strengths.peak;
    // Trunk extension of men 250-300 N m (M), flexion, bend and rotation M.
    peak[dof_lumbar_flexion] = scaled({150.0, 275.0}, trunk);
    peak[dof_lumbar_bend] = scaled({150.0, 150.0}, trunk);
    peak[dof_lumbar_rotation] = scaled({80.0, 80.0}, trunk);
    for (int side = 0; side < k_side_count; ++side) {
        const PersonDef own = as_on_side(def, side);
        const StrengthRatios& ratio = own.strength;
        const double common = usual * own.strength_ratio;
        const double arm = common * (woman ? k_women_arm_ratio : 1.0) * ratio.shoulder_ratio;
        const double leg = common * (woman ? k_women_leg_ratio : 1.0);
        const auto at = [&](Dof left) { return static_cast<std::size_t>(on_side(left, side)); };
        const auto of = [&](Dof left) -> JointStrength& { return peak[at(left)]; };
        // Shoulder flexion of men: 89.9 N m at 0 and 68.6 at 45 deg (published, source not at hand); the other arm moments M.
        of(dof_left_shoulder_flexion) = scaled({89.9, 89.9}, arm);
        strengths.shape[at(dof_left_shoulder_flexion)][0] = {.width_per_rad = 0.895, .floor_share = 0.65};
        of(dof_left_shoulder_abduction) = scaled({65.0, 80.0}, arm);
        of(dof_left_shoulder_rotation) = scaled({35.0, 50.0}, arm);
        of(dof_left_elbow_flexion) = scaled({70.0, 45.0}, arm);
        const auto sagittal = [&](Dof left, const std::array<AndersonAges, 2>& positive,
                                  const std::array<AndersonAges, 2>& negative, double joint_ratio) {
            const AndersonFit up = fit_at(positive[woman ? 1 : 0], def.age_years),
                              down = fit_at(negative[woman ? 1 : 0], def.age_years);
            const double scale_Nm =
                lean_kg * k_gravity_mps2 * def.stature_m * own.strength_ratio * joint_ratio;
            of(left) = {up.c1 * scale_Nm, down.c1 * scale_Nm};
            strengths.shape[at(left)] = {shape_of(up), shape_of(down)};
        };
        sagittal(dof_left_hip_flexion, k_anderson.hip_flexion, k_anderson.hip_extension, ratio.hip_ratio);
        sagittal(dof_left_knee_flexion, k_anderson.knee_flexion, k_anderson.knee_extension, ratio.knee_ratio);
        sagittal(dof_left_ankle_dorsiflexion, k_anderson.dorsiflexion, k_anderson.plantarflexion,
                 ratio.ankle_ratio);
        // Frontal and transverse moments of the leg: M.
        of(dof_left_hip_abduction) = scaled({110.0, 110.0}, leg * ratio.hip_ratio);
        of(dof_left_hip_rotation) = scaled({50.0, 55.0}, leg * ratio.hip_ratio);
        of(dof_left_tibial_rotation) = scaled({35.0, 35.0}, leg * ratio.knee_ratio);
        of(dof_left_ankle_inversion) = scaled({25.0, 20.0}, leg * ratio.ankle_ratio);
        // All toes together, up and down: M.
        of(dof_left_toe_extension) = scaled({8.0, 20.0}, leg * ratio.ankle_ratio);
        // The same at any speed: a foot on its toes is so light that a strength which follows its speed shakes it between two
        // steps of 4 ms (measured: 30 rad/s either way).
        strengths.shape[at(dof_left_toe_extension)].fill(
            {.speed_75_radps = 1e6, .speed_50_radps = 2e6, .lengthening_gain = 0.0});
    }
    return strengths;
}

StrengthShare strength_share(const StrengthShape& shape, double angle_rad) {
    if (shape.width_per_rad <= 0.0) return {};
    // The larger of cosine and floor, rounded where they meet.
    constexpr double k_round = 0.04;
    const double turn = shape.width_per_rad * (angle_rad - shape.best_rad);
    const double held = std::clamp(turn, -k_pi, k_pi);  // no second hill farther out
    const double over = std::cos(held) - shape.floor_share,
                 slope = turn == held ? -shape.width_per_rad * std::sin(held) : 0.0;
    const double root = std::hypot(over, k_round);
    // 1 at the best angle.
    const double most =
        shape.floor_share + 0.5 * (1.0 - shape.floor_share + std::hypot(1.0 - shape.floor_share, k_round));
    return {(shape.floor_share + 0.5 * (over + root)) / most, 0.5 * slope * (1.0 + over / root) / most};
}

double speed_share(const StrengthShape& shape, double shortening_radps) {
    constexpr double k_soon_radps = 0.3;
    const double w = shortening_radps, c4 = shape.speed_75_radps, c5 = shape.speed_50_radps;
    if (w <= 0.0) return 1.0 + shape.lengthening_gain * std::tanh(-w / k_soon_radps);
    const double below = 2.0 * c4 * c5 + w * (2.0 * c5 - 4.0 * c4);
    return std::clamp((2.0 * c4 * c5 + w * (c5 - 3.0 * c4)) / below, 0.0, 1.0);
}

JointStrength strength_at(const Person& person, int dof, double angle_rad) {
    const auto d = static_cast<std::size_t>(dof);
    return {person.strengths[d].positive_Nm * strength_share(person.strength_shapes[d][0], angle_rad).share,
            person.strengths[d].negative_Nm * strength_share(person.strength_shapes[d][1], angle_rad).share};
}

JointStrength strength_moving(const Person& person, int dof, double angle_rad, double rate_radps) {
    const auto& shapes = person.strength_shapes[static_cast<std::size_t>(dof)];
    const JointStrength held = strength_at(person, dof, angle_rad);
    // What acts in the positive direction shortens while the coordinate grows.
    return {held.positive_Nm * speed_share(shapes[0], rate_radps),
            held.negative_Nm * speed_share(shapes[1], -rate_radps)};
}

std::array<JointStrength, k_dof_count> strengths_at(const Person& person,
                                                    const Eigen::Matrix<double, k_dof_count, 1>& joints_rad) {
    std::array<JointStrength, k_dof_count> strengths;
    for (int dof = 0; dof < k_dof_count; ++dof)
        strengths[static_cast<std::size_t>(dof)] = strength_at(person, dof, joints_rad[dof]);
    return strengths;
}

}  // namespace plumb
