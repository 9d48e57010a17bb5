// ANSUR II fractions of stature and the rule by which a chain of segments adds up to it.
#include "sim/person/anthropometry.h"

#include <cmath>
#include <cstdio>
#include <initializer_list>
#include <numeric>
#include <string>

#include "sim/base/check.h"
#include "sim/base/input_error.h"

namespace plumb {
namespace {

/// Means of one sex. `_fraction`: of stature, unless the name says of what.
/// ANSUR II: Gordon et al. 2014, 2012 Anthropometric Survey of U.S. Army Personnel, Natick TR-15/007. Means computed
/// from the public data of 4,082 men and 1,986 women.
constexpr AnsurMeans k_ansur_men = {
    .shank_fraction = 0.23836,
    .thigh_fraction = 0.23298,
    .trunk_fraction = 0.30741,
    .ankle_height_fraction = 0.041516,
    .sitting_height_fraction = 0.52306,
    .upper_arm_fraction = 0.19087,
    .forearm_fraction = 0.15252,
    .hand_fraction = 0.11007,
    .biacromial_fraction = 0.23682,
    .bicristal_fraction = 0.15687,
    .foot_length_fraction = 0.15444,
    .foot_breadth_of_foot = 0.37595,
    .heel_breadth_of_foot = 0.26753,
    .ball_length_of_foot = 0.74098,
    .stature_m = 1.7562,
    .mass_kg = 85.524,
    .buttock_depth_m = 0.24585,
    .waist_depth_m = 0.23777,
    .chest_depth_m = 0.25385,
};
constexpr AnsurMeans k_ansur_women = {
    .shank_fraction = 0.2475,
    .thigh_fraction = 0.23295,
    .trunk_fraction = 0.30077,
    .ankle_height_fraction = 0.038538,
    .sitting_height_fraction = 0.52624,
    .upper_arm_fraction = 0.19107,
    .forearm_fraction = 0.14817,
    .hand_fraction = 0.11121,
    .biacromial_fraction = 0.22445,
    .bicristal_fraction = 0.16788,
    .foot_length_fraction = 0.15126,
    .foot_breadth_of_foot = 0.37685,
    .heel_breadth_of_foot = 0.27285,
    .ball_length_of_foot = 0.73919,
    .stature_m = 1.6285,
    .mass_kg = 67.758,
    .buttock_depth_m = 0.23293,
    .waist_depth_m = 0.21303,
    .chest_depth_m = 0.2474,
};

/// The ankle axis lies 0.20 +- 0.02 of foot length ahead of the heel (several sources, V).
constexpr double k_ankle_from_heel_of_foot = 0.20;
/// The first metatarsal head is the ball, the fifth lies a tenth of the foot behind it; their axis is taken in the middle,
/// the radius of a head above the sole. M.
constexpr double k_toe_joint_behind_ball_of_foot = 0.05, k_toe_joint_height_of_foot = 0.07;
/// Hip joint centre lateral of the mid-line: (0.5 - 0.14) of the distance between the anterior superior iliac spines
/// (Bell, Brand & Pedersen 1989, Hum Mov Sci 8:3-16: 14 % medial of the spine; kept in Bell 1990, J Biomech 23:617).
constexpr double k_hip_of_spine_distance = 0.36;
/// Distance between the spines over bicristal breadth. M: from memory, not a test target.
constexpr double k_spine_distance_of_bicristal = 0.86;
/// Flesh under the sitting bones pressed flat by sitting [m], for the mean body. M: from memory.
constexpr double k_sitting_compression_m = 0.02;
/// Where the body's axes pass through the depths. M: model choices, the axes carry the centres of mass.
constexpr double k_buttock_share_behind_hip = 0.50;
constexpr double k_waist_share_ahead_of_lumbar = 0.55;
constexpr double k_chest_share_ahead_of_axis = 0.50;

/// Definitions: a chain that misses stature by more than 5 % is an input error.
constexpr double k_chain_tolerance_fraction = 0.05;
/// What person.trunk_length_m accepts [m]: a trunk that closes the chain has to stay inside as well.
constexpr double k_least_trunk_m = 0.2;
constexpr double k_longest_trunk_m = 0.9;

/// Elbow to grip centre: the grip centre lies half a hand beyond the wrist.
double forearm_to_grip_fraction(const AnsurMeans& mean) {
    return mean.forearm_fraction + 0.5 * mean.hand_fraction;
}

double arm_fraction(const AnsurMeans& mean) {
    return mean.upper_arm_fraction + forearm_to_grip_fraction(mean);
}

std::string number_text(double value, const char* format = "%.4g") {
    char text[40];
    std::snprintf(text, sizeof text, format, value);
    return text;
}

/// "person.thigh_length_m = 0.5, person.shank_length_m = 0.5": the lengths the user gave, ending in ", " if any.
std::string given_lengths_text(const PersonDef& def) {
    struct Given {
        const char* name;
        const std::optional<double>& length_m;
    };
    std::string text;
    for (const Given& given :
         std::initializer_list<Given>{{"person.thigh_length_m", def.thigh_length_m},
                                      {"person.shank_length_m", def.shank_length_m},
                                      {"person.trunk_length_m", def.trunk_length_m},
                                      {"person.left.thigh_length_m", def.left.thigh_length_m},
                                      {"person.left.shank_length_m", def.left.shank_length_m},
                                      {"person.right.thigh_length_m", def.right.thigh_length_m},
                                      {"person.right.shank_length_m", def.right.shank_length_m}}) {
        if (given.length_m) text += std::string(given.name) + " = " + number_text(*given.length_m) + ", ";
    }
    return text;
}

/// Fills shank, thigh, trunk and shoulder_to_vertex so that they add up to stature.
void close_chain(const PersonDef& def, const AnsurMeans& mean, BodyLengths& body) {
    const double stature_m = def.stature_m;
    body.ankle_height_m = mean.ankle_height_fraction * stature_m;
    for (int side = 0; side < k_side_count; ++side) {
        const LegLengths leg = leg_lengths(as_on_side(def, side));
        body.side_thigh_m[static_cast<std::size_t>(side)] = leg.thigh_m;
        body.side_shank_m[static_cast<std::size_t>(side)] = leg.shank_m;
    }
    body.shank_m = std::midpoint(body.side_shank_m[0], body.side_shank_m[1]);
    body.thigh_m = std::midpoint(body.side_thigh_m[0], body.side_thigh_m[1]);
    const double leg_m = body.ankle_height_m + body.shank_m + body.thigh_m;
    const double usual_head_m =
        (1.0 - mean.ankle_height_fraction - mean.shank_fraction - mean.thigh_fraction - mean.trunk_fraction)
        * stature_m;

    // The trunk takes what is left, unless it is given: then the whole chain has to fit within the tolerance.
    body.trunk_m = def.trunk_length_m.value_or(stature_m - leg_m - usual_head_m);
    const double chain_m = leg_m + body.trunk_m + usual_head_m;
    // Each leg for itself too: on the shorter or the longer one nobody is of this stature.
    double miss_fraction = chain_m / stature_m - 1.0, missing_chain_m = chain_m;
    for (std::size_t side = 0; side < body.side_thigh_m.size(); ++side) {
        const double own_m =
            chain_m + body.side_thigh_m[side] + body.side_shank_m[side] - body.thigh_m - body.shank_m;
        if (std::abs(own_m / stature_m - 1.0) > std::abs(miss_fraction)) {
            miss_fraction = own_m / stature_m - 1.0;
            missing_chain_m = own_m;
        }
    }
    if (!(std::abs(miss_fraction) <= k_chain_tolerance_fraction))
        throw InputError(given_lengths_text(def) + "person.stature_m = " + number_text(stature_m)
                         + ": with ankle height, neck and head the lengths add up to "
                         + number_text(missing_chain_m) + " m, " + number_text(100.0 * miss_fraction, "%+.1f")
                         + " % off stature; allowed: within 5 % ("
                         + number_text((1.0 - k_chain_tolerance_fraction) * stature_m) + " to "
                         + number_text((1.0 + k_chain_tolerance_fraction) * stature_m) + " m)");
    if (!(body.trunk_m >= k_least_trunk_m && body.trunk_m <= k_longest_trunk_m))
        throw InputError(given_lengths_text(def) + "person.stature_m = " + number_text(stature_m)
                         + ": leaves " + number_text(body.trunk_m) + " m for the trunk; allowed: "
                         + number_text(k_least_trunk_m) + " to " + number_text(k_longest_trunk_m) + " m");
    body.shoulder_to_vertex_m = stature_m - (leg_m + body.trunk_m);
}

void fill_feet(const PersonDef& def, const AnsurMeans& mean, BodyLengths& body) {
    body.foot_length_m = def.foot_length_m.value_or(mean.foot_length_fraction * def.stature_m);
    body.foot_breadth_m = mean.foot_breadth_of_foot * body.foot_length_m;
    body.heel_breadth_m = mean.heel_breadth_of_foot * body.foot_length_m;
    body.ball_length_m = mean.ball_length_of_foot * body.foot_length_m;
    body.ankle_from_heel_m = k_ankle_from_heel_of_foot * body.foot_length_m;
    body.toe_joint_from_heel_m = body.ball_length_m - k_toe_joint_behind_ball_of_foot * body.foot_length_m;
    body.toe_joint_height_m = k_toe_joint_height_of_foot * body.foot_length_m;
}

/// Depths grow like the square root of mass per height: the diameter of a cylinder of that mass and height.
void fill_girths(const PersonDef& def, const AnsurMeans& mean, BodyLengths& body) {
    const double girth_ratio = std::sqrt((def.mass_kg / def.stature_m) / (mean.mass_kg / mean.stature_m));
    body.buttock_back_m = k_buttock_share_behind_hip * mean.buttock_depth_m * girth_ratio;

    // Seat to vertex (sitting height) minus hip joint centre to vertex, plus the flesh that sitting pressed away.
    const double hip_to_vertex_fraction = 1.0 - mean.ankle_height_fraction - mean.shank_fraction
                                          - mean.thigh_fraction - k_hip_above_trochanter_fraction;
    const double hip_above_seat_m = (mean.sitting_height_fraction - hip_to_vertex_fraction) * mean.stature_m;
    body.buttock_below_m = (hip_above_seat_m + k_sitting_compression_m) * girth_ratio;

    body.belly_front_m = k_waist_share_ahead_of_lumbar * mean.waist_depth_m * girth_ratio;
    const double chest_depth_m = mean.chest_depth_m * girth_ratio;
    body.chest_front_m = k_chest_share_ahead_of_axis * chest_depth_m;
    body.back_behind_m = chest_depth_m - body.chest_front_m;
}

}  // namespace

const AnsurMeans& ansur_of(Sex sex) { return sex == Sex::male ? k_ansur_men : k_ansur_women; }

BodyLengths body_lengths(const PersonDef& def) {
    PLUMB_CHECK(def.stature_m > 0.0 && std::isfinite(def.stature_m), "stature is validated at the door");
    PLUMB_CHECK(def.mass_kg > 0.0 && std::isfinite(def.mass_kg), "mass is validated at the door");
    const AnsurMeans& mean = ansur_of(def.sex);
    BodyLengths body{};
    body.stature_m = def.stature_m;
    close_chain(def, mean, body);

    // Lower trunk (omphalion to mid-hip) as a share of the trunk (mid-shoulder to mid-hip): de Leva 1996, Table 4.
    const double lower_trunk_share = def.sex == Sex::male ? 145.7 / 515.5 : 181.5 / 497.9;
    body.hip_to_lumbar_m = lower_trunk_share * body.trunk_m;
    body.lumbar_to_shoulder_m = body.trunk_m - body.hip_to_lumbar_m;

    // An overridden arm keeps the proportions of its parts.
    const double arm_m = arm_length_m(def);
    body.upper_arm_m = mean.upper_arm_fraction / arm_fraction(mean) * arm_m;
    body.forearm_m = forearm_to_grip_fraction(mean) / arm_fraction(mean) * arm_m;

    body.shoulder_half_width_m = 0.5 * mean.biacromial_fraction * def.stature_m;
    body.hip_half_width_m =
        k_hip_of_spine_distance * k_spine_distance_of_bicristal * mean.bicristal_fraction * def.stature_m;
    fill_feet(def, mean, body);
    fill_girths(def, mean, body);
    return body;
}

LegLengths leg_lengths(const PersonDef& def) {
    const AnsurMeans& mean = ansur_of(def.sex);
    return {.thigh_m = def.thigh_length_m.value_or((mean.thigh_fraction + k_hip_above_trochanter_fraction)
                                                   * def.stature_m),
            .shank_m = def.shank_length_m.value_or(mean.shank_fraction * def.stature_m)};
}

double arm_length_m(const PersonDef& def) {
    return def.arm_length_m.value_or(arm_fraction(ansur_of(def.sex)) * def.stature_m);
}

ForearmParts split_forearm(Sex sex, double forearm_m) {
    const AnsurMeans& mean = ansur_of(sex);
    const double scale = forearm_m / forearm_to_grip_fraction(mean);
    return {.elbow_to_wrist_m = mean.forearm_fraction * scale, .hand_m = mean.hand_fraction * scale};
}

}  // namespace plumb
