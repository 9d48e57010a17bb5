// Means, spreads and correlations of ANSUR II, and their Cholesky factor.
#include "sim/person/ansur_joint.h"

#include <cmath>

#include <Eigen/Cholesky>
#include <Eigen/Core>

#include "sim/base/check.h"
#include "sim/person/anthropometry.h"

namespace plumb {
namespace {

constexpr std::size_t k_n = k_body_factor_count;
using Matrix = Eigen::Matrix<double, k_n, k_n>;
using Vector = Eigen::Matrix<double, k_n, 1>;

/// Spreads and correlations beside the means of anthropometry.h, from the same data (Gordon et al. 2014). The arm is upper arm and forearm; hands vary with neither here.
struct Published {
    double stature_sd_m, mass_sd_kg;
    double thigh_sd, shank_sd, foot_sd, upper_arm_sd, forearm_sd;  ///< of stature
    double stature_mass, stature_thigh, stature_shank, stature_foot, stature_upper, stature_fore;
    double mass_thigh, mass_shank, mass_foot, mass_upper, mass_fore;
    double thigh_shank, thigh_foot, thigh_upper, thigh_fore;
    double shank_foot, shank_upper, shank_fore;
    double foot_upper, foot_fore, upper_fore;
};
constexpr Published k_published_men = {.stature_sd_m = 0.068551,
                                       .mass_sd_kg = 14.221,
                                       .thigh_sd = 0.012171,
                                       .shank_sd = 0.0082757,
                                       .foot_sd = 0.0052379,
                                       .upper_arm_sd = 0.0060536,
                                       .forearm_sd = 0.0061448,
                                       .stature_mass = 0.469,
                                       .stature_thigh = 0.139,
                                       .stature_shank = 0.262,
                                       .stature_foot = -0.126,
                                       .stature_upper = 0.078,
                                       .stature_fore = 0.052,
                                       .mass_thigh = -0.029,
                                       .mass_shank = 0.031,
                                       .mass_foot = 0.150,
                                       .mass_upper = 0.114,
                                       .mass_fore = 0.042,
                                       .thigh_shank = 0.131,
                                       .thigh_foot = 0.040,
                                       .thigh_upper = 0.194,
                                       .thigh_fore = 0.240,
                                       .shank_foot = 0.196,
                                       .shank_upper = 0.314,
                                       .shank_fore = 0.480,
                                       .foot_upper = 0.112,
                                       .foot_fore = 0.309,
                                       .upper_fore = 0.358};
constexpr Published k_published_women = {.stature_sd_m = 0.0642,
                                         .mass_sd_kg = 10.985,
                                         .thigh_sd = 0.010724,
                                         .shank_sd = 0.010726,
                                         .foot_sd = 0.0052988,
                                         .upper_arm_sd = 0.0064855,
                                         .forearm_sd = 0.0068063,
                                         .stature_mass = 0.533,
                                         .stature_thigh = 0.098,
                                         .stature_shank = 0.203,
                                         .stature_foot = -0.085,
                                         .stature_upper = 0.130,
                                         .stature_fore = 0.088,
                                         .mass_thigh = 0.022,
                                         .mass_shank = 0.165,
                                         .mass_foot = 0.172,
                                         .mass_upper = 0.212,
                                         .mass_fore = 0.129,
                                         .thigh_shank = -0.042,
                                         .thigh_foot = 0.066,
                                         .thigh_upper = 0.172,
                                         .thigh_fore = 0.322,
                                         .shank_foot = 0.276,
                                         .shank_upper = 0.429,
                                         .shank_fore = 0.367,
                                         .foot_upper = 0.155,
                                         .foot_fore = 0.370,
                                         .upper_fore = 0.328};

BodySpread make_spread(const AnsurMeans& mean, const Published& p) {
    const double u = p.upper_arm_sd, f = p.forearm_sd;
    const double arm_sd = std::sqrt(u * u + f * f + 2.0 * p.upper_fore * u * f);
    // Correlation of a sum: covariances add.
    const auto with_arm = [&](double upper, double fore) { return (u * upper + f * fore) / arm_sd; };
    BodySpread spread;
    spread.mean = {mean.stature_m,
                   mean.mass_kg,
                   mean.thigh_fraction,
                   mean.shank_fraction,
                   mean.foot_length_fraction,
                   mean.upper_arm_fraction + mean.forearm_fraction + 0.5 * mean.hand_fraction};
    spread.sd = {p.stature_sd_m, p.mass_sd_kg, p.thigh_sd, p.shank_sd, p.foot_sd, arm_sd};
    const double arm_stature = with_arm(p.stature_upper, p.stature_fore),
                 arm_mass = with_arm(p.mass_upper, p.mass_fore),
                 arm_thigh = with_arm(p.thigh_upper, p.thigh_fore),
                 arm_shank = with_arm(p.shank_upper, p.shank_fore),
                 arm_foot = with_arm(p.foot_upper, p.foot_fore);
    spread.correlation = {
        {{1.0, p.stature_mass, p.stature_thigh, p.stature_shank, p.stature_foot, arm_stature},
         {p.stature_mass, 1.0, p.mass_thigh, p.mass_shank, p.mass_foot, arm_mass},
         {p.stature_thigh, p.mass_thigh, 1.0, p.thigh_shank, p.thigh_foot, arm_thigh},
         {p.stature_shank, p.mass_shank, p.thigh_shank, 1.0, p.shank_foot, arm_shank},
         {p.stature_foot, p.mass_foot, p.thigh_foot, p.shank_foot, 1.0, arm_foot},
         {arm_stature, arm_mass, arm_thigh, arm_shank, arm_foot, 1.0}}};
    return spread;
}

struct Joint {
    BodySpread spread;
    Matrix factor;  ///< lower Cholesky factor of the correlations
};

Joint make_joint(Sex sex, const Published& published) {
    Joint joint{make_spread(ansur_of(sex), published), Matrix::Zero()};
    Matrix correlation;
    for (std::size_t i = 0; i < k_n; ++i)
        for (std::size_t j = 0; j < k_n; ++j)
            correlation(static_cast<int>(i), static_cast<int>(j)) = joint.spread.correlation[i][j];
    const Eigen::LLT<Matrix> cholesky(correlation);
    PLUMB_CHECK(cholesky.info() == Eigen::Success, "correlations of one sample");
    joint.factor = cholesky.matrixL();
    return joint;
}

const Joint& joint_of(Sex sex) {
    static const Joint k_of_men = make_joint(Sex::male, k_published_men),
                       k_of_women = make_joint(Sex::female, k_published_women);
    return sex == Sex::male ? k_of_men : k_of_women;
}

}  // namespace

void take_body(PersonDef& person, const BodyFactors& normal) {
    const Joint& joint = joint_of(person.sex);
    const Vector z = joint.factor * Eigen::Map<const Vector>(normal.data());
    const auto value = [&](std::size_t i) {
        return joint.spread.mean[i] + joint.spread.sd[i] * z(static_cast<int>(i));
    };
    person.stature_m = value(0);
    person.mass_kg = value(1);
    person.thigh_length_m = (value(2) + k_hip_above_trochanter_fraction) * person.stature_m;
    person.shank_length_m = value(3) * person.stature_m;
    person.foot_length_m = value(4) * person.stature_m;
    person.arm_length_m = value(5) * person.stature_m;
    person.trunk_length_m.reset();
}

const BodySpread& body_spread(Sex sex) { return joint_of(sex).spread; }

BodyFactors body_measures(const PersonDef& person) {
    const LegLengths leg = leg_lengths(person);
    const double h = person.stature_m;
    return {h,
            person.mass_kg,
            leg.thigh_m / h - k_hip_above_trochanter_fraction,
            leg.shank_m / h,
            person.foot_length_m.value_or(0.0) / h,
            arm_length_m(person) / h};
}

}  // namespace plumb
