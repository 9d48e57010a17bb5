// Lengths: ANSUR II proportions, the chain that adds up to stature, overrides and their errors.
#include <algorithm>
#include <cmath>
#include <cstring>

#include "sim/base/input_error.h"
#include "sim/person/anthropometry.h"
#include "tests/catch.h"
#include "tests/person/bodies.h"

using namespace plumb;
using namespace plumb::test;
using Catch::Approx;
using Catch::Matchers::ContainsSubstring;

namespace {

double chain_m(const BodyLengths& body) {
    return body.ankle_height_m + body.shank_m + body.thigh_m + body.trunk_m + body.shoulder_to_vertex_m;
}

std::string error_of(const PersonDef& def) {
    try {
        (void)build_person(def);
    } catch (const InputError& error) {
        return error.what();
    }
    return "";
}

}  // namespace

TEST_CASE("the chain from sole to vertex is the stature for every body", "[person]") {
    for (const PersonDef& def : all_bodies()) {
        INFO(name_of(def));
        const BodyLengths body = body_lengths(def);
        CHECK(std::abs(chain_m(body) - def.stature_m) <= 4e-16 * def.stature_m);
        CHECK(body.stature_m == def.stature_m);
        CHECK(body.hip_to_lumbar_m + body.lumbar_to_shoulder_m == Approx(body.trunk_m).epsilon(1e-15));
    }
}

TEST_CASE("every length and girth is finite and positive for every accepted body", "[person]") {
    for (const PersonDef& def : all_bodies()) {
        INFO(name_of(def));
        const BodyLengths body = body_lengths(def);
        std::array<double, sizeof(BodyLengths) / sizeof(double)> values{};
        std::memcpy(values.data(), &body, sizeof body);
        for (const double value : values) {
            CHECK(std::isfinite(value));
            CHECK(value > 0.01);
            CHECK(value < 2.3);
        }
    }
}

// Expected values: ANSUR II means rounded to four digits.
TEST_CASE("a man and a woman have the ANSUR proportions of their sex", "[person]") {
    const auto fractions = [](Sex sex, double stature_m) {
        const BodyLengths b = body_lengths({.sex = sex, .stature_m = stature_m, .mass_kg = 70.0});
        return std::array<double, 9>{b.shank_m / stature_m,
                                     b.thigh_m / stature_m,
                                     b.trunk_m / stature_m,
                                     b.ankle_height_m / stature_m,
                                     b.foot_length_m / stature_m,
                                     b.foot_breadth_m / stature_m,
                                     2.0 * b.shoulder_half_width_m / stature_m,
                                     b.upper_arm_m / stature_m,
                                     b.forearm_m / stature_m};
    };
    const std::array<double, 9> man = {0.2384, 0.2430, 0.2974, 0.0415, 0.1544,
                                       0.0580, 0.2368, 0.1909, 0.2076};
    const std::array<double, 9> woman = {0.2475, 0.2429, 0.2908, 0.0385, 0.1513,
                                         0.0570, 0.2244, 0.1911, 0.2038};
    for (const double stature_m : {1.5, 1.75, 2.0}) {
        const auto got_man = fractions(Sex::male, stature_m);
        const auto got_woman = fractions(Sex::female, stature_m);
        for (std::size_t i = 0; i < man.size(); ++i) {
            INFO("fraction " << i << " at " << stature_m << " m");
            CHECK(got_man[i] == Approx(man[i]).margin(1.1e-4));
            CHECK(got_woman[i] == Approx(woman[i]).margin(1.1e-4));
        }
    }
}

TEST_CASE("the sexes share thigh per stature and differ in shank and trunk", "[person]") {
    const BodyLengths man = body_lengths({.sex = Sex::male});
    const BodyLengths woman = body_lengths({.sex = Sex::female});
    CHECK(std::abs(woman.thigh_m / man.thigh_m - 1.0) < 0.01);
    CHECK(woman.shank_m > 1.02 * man.shank_m);
    CHECK(woman.trunk_m < 0.99 * man.trunk_m);
    CHECK(woman.shoulder_half_width_m < 0.97 * man.shoulder_half_width_m);
    CHECK(woman.hip_half_width_m > man.hip_half_width_m);
}

TEST_CASE("the foot keeps its proportions", "[person]") {
    for (const PersonDef& def : usual_bodies()) {
        INFO(name_of(def));
        const BodyLengths body = body_lengths(def);
        CHECK(body.foot_length_m / def.stature_m > 0.145);
        CHECK(body.foot_length_m / def.stature_m < 0.160);
        CHECK(body.ankle_from_heel_m / body.foot_length_m == Approx(0.20));
        CHECK(body.ball_length_m / body.foot_length_m == Approx(0.74).margin(0.002));
        CHECK(body.heel_breadth_m < body.foot_breadth_m);
    }
    // A longer foot is longer, broader and further ahead of the ankle; it leaves the height of the ankle.
    const BodyLengths usual = body_lengths({});
    const BodyLengths longer = body_lengths({.foot_length_m = 1.1 * usual.foot_length_m});
    CHECK(longer.foot_length_m == 1.1 * usual.foot_length_m);
    CHECK(longer.foot_breadth_m == Approx(1.1 * usual.foot_breadth_m));
    CHECK(longer.ball_length_m == Approx(1.1 * usual.ball_length_m));
    CHECK(longer.ankle_from_heel_m == Approx(1.1 * usual.ankle_from_heel_m));
    CHECK(longer.ankle_height_m == usual.ankle_height_m);
}

TEST_CASE("depths of the default man are plausible and grow with the root of mass per height", "[person]") {
    const BodyLengths man = body_lengths({});
    CHECK(man.buttock_back_m > 0.10);
    CHECK(man.buttock_back_m < 0.13);
    CHECK(man.buttock_below_m > 0.09);
    CHECK(man.buttock_below_m < 0.11);
    const BodyLengths heavy = body_lengths({.mass_kg = 4.0 * 75.0});
    CHECK(heavy.buttock_back_m == Approx(2.0 * man.buttock_back_m));
    CHECK(heavy.buttock_below_m == Approx(2.0 * man.buttock_below_m));
    CHECK(heavy.belly_front_m == Approx(2.0 * man.belly_front_m));
    CHECK(heavy.chest_front_m == Approx(2.0 * man.chest_front_m));
    CHECK(heavy.back_behind_m == Approx(2.0 * man.back_behind_m));
    CHECK(heavy.thigh_m == man.thigh_m);

    // The ANSUR mean bodies have the ANSUR mean depths (chest 0.25385 and 0.2474 m, half of buttock 0.24585, 0.23293).
    const BodyLengths mean_man = body_lengths({.stature_m = 1.7562, .mass_kg = 85.524});
    const BodyLengths mean_woman = body_lengths({.sex = Sex::female, .stature_m = 1.6285, .mass_kg = 67.758});
    CHECK(mean_man.chest_front_m + mean_man.back_behind_m == Approx(0.25385));
    CHECK(mean_woman.chest_front_m + mean_woman.back_behind_m == Approx(0.2474));
    // The belly in front of the lumbar joint is more than half of the waist depth (0.23777, 0.21303) and not all of it.
    CHECK(mean_man.belly_front_m > 0.5 * 0.23777);
    CHECK(mean_man.belly_front_m < 0.7 * 0.23777);
    CHECK(mean_woman.belly_front_m > 0.5 * 0.21303);
    CHECK(mean_woman.belly_front_m < 0.7 * 0.21303);
    CHECK(mean_man.buttock_back_m == Approx(0.5 * 0.24585));
    CHECK(mean_woman.buttock_back_m == Approx(0.5 * 0.23293));
}

TEST_CASE("an overridden leg length leaves stature and the trunk closes it", "[person]") {
    for (const Sex sex : k_sexes) {
        const BodyLengths usual = body_lengths({.sex = sex});
        const BodyLengths body = body_lengths(
            {.sex = sex, .thigh_length_m = usual.thigh_m + 0.04, .shank_length_m = usual.shank_m - 0.01});
        CHECK(body.thigh_m == usual.thigh_m + 0.04);
        CHECK(body.shank_m == usual.shank_m - 0.01);
        CHECK(body.trunk_m == Approx(usual.trunk_m - 0.03));
        CHECK(body.shoulder_to_vertex_m == Approx(usual.shoulder_to_vertex_m));
        CHECK(chain_m(body) == Approx(1.75).epsilon(1e-15));
        CHECK(body.hip_to_lumbar_m / body.trunk_m == Approx(usual.hip_to_lumbar_m / usual.trunk_m));
    }
}

TEST_CASE("a given trunk leaves the small rest to neck and head", "[person]") {
    const BodyLengths usual = body_lengths({});
    const BodyLengths body = body_lengths({.trunk_length_m = usual.trunk_m + 0.05});
    CHECK(body.trunk_m == usual.trunk_m + 0.05);
    CHECK(body.thigh_m == usual.thigh_m);
    CHECK(body.shoulder_to_vertex_m == Approx(usual.shoulder_to_vertex_m - 0.05));
    CHECK(chain_m(body) == Approx(1.75).epsilon(1e-15));
}

TEST_CASE("an overridden arm scales both its parts", "[person]") {
    const BodyLengths usual = body_lengths({});
    const double usual_arm_m = usual.upper_arm_m + usual.forearm_m;
    CHECK(arm_length_m({}) == Approx(usual_arm_m));
    const BodyLengths body = body_lengths({.arm_length_m = 1.2 * usual_arm_m});
    CHECK(body.upper_arm_m == Approx(1.2 * usual.upper_arm_m));
    CHECK(body.forearm_m == Approx(1.2 * usual.forearm_m));
    const ForearmParts parts = split_forearm(Sex::male, body.forearm_m);
    CHECK(parts.elbow_to_wrist_m + 0.5 * parts.hand_m == Approx(body.forearm_m));
    CHECK(parts.elbow_to_wrist_m / parts.hand_m == Approx(0.1525 / 0.1101).epsilon(1e-3));
}

TEST_CASE("a chain that misses stature by more than 5 percent is an input error", "[person]") {
    const double trunk_m = body_lengths({}).trunk_m;
    // 5 % of 1.75 m are 87.5 mm, either way.
    CHECK_NOTHROW(build_person({.trunk_length_m = trunk_m + 0.0874}));
    CHECK_NOTHROW(build_person({.trunk_length_m = trunk_m - 0.0874}));
    CHECK_THROWS_AS(build_person({.trunk_length_m = trunk_m + 0.0876}), InputError);
    CHECK_THROWS_AS(build_person({.trunk_length_m = trunk_m - 0.0876}), InputError);

    const std::string text =
        error_of({.stature_m = 1.8, .thigh_length_m = 0.5, .shank_length_m = 0.45, .trunk_length_m = 0.6125});
    // 0.07473 + 0.45 + 0.5 + 0.6125 + 0.32352 = 1.96075 m, 8.9 % over.
    CHECK(text
          == "person.thigh_length_m = 0.5, person.shank_length_m = 0.45, person.trunk_length_m = 0.6125, "
             "person.stature_m = 1.8: with ankle height, neck and head the lengths add up to 1.961 m, "
             "+8.9 % off stature; allowed: within 5 % (1.71 to 1.89 m)");
    CHECK_THAT(error_of({.trunk_length_m = 0.3}), ContainsSubstring("person.trunk_length_m = 0.3")
                                                      && !ContainsSubstring("thigh")
                                                      && ContainsSubstring("-12"));
}

TEST_CASE("legs that leave too little or too much for the trunk are an input error", "[person]") {
    // 1.31 (1 - 0.041516 - 0.179734) - 0.95 = 0.07016 m.
    CHECK(error_of({.stature_m = 1.31, .thigh_length_m = 0.5, .shank_length_m = 0.45})
          == "person.thigh_length_m = 0.5, person.shank_length_m = 0.45, person.stature_m = 1.31: leaves "
             "0.07016 m for the trunk; allowed: 0.2 to 0.9 m");
    CHECK_THAT(error_of({.stature_m = 2.2, .thigh_length_m = 0.25, .shank_length_m = 0.25}),
               ContainsSubstring("allowed: 0.2 to 0.9 m"));
    CHECK(error_of({.thigh_length_m = std::nan("")}) != "");
}
