// Strength: reference values, signs, and how they move with size, age, sex and strength_ratio.
#include <algorithm>
#include <cmath>

#include "sim/person/strength.h"
#include "tests/catch.h"
#include "tests/person/bodies.h"

using namespace plumb;
using namespace plumb::test;
using Catch::Approx;

namespace {

/// Every strength of `a` over that of `b` lies in [low, high].
void check_ratio(const PersonDef& a, const PersonDef& b, double low, double high) {
    const auto strengths_a = joint_strengths(a), strengths_b = joint_strengths(b);
    for (std::size_t i = 0; i < k_dof_count; ++i) {
        INFO(k_dof_names[i]);
        const double positive = strengths_a[i].positive_Nm / strengths_b[i].positive_Nm;
        const double negative = strengths_a[i].negative_Nm / strengths_b[i].negative_Nm;
        CHECK(std::min(positive, negative) >= low);
        CHECK(std::max(positive, negative) <= high);
    }
}

}  // namespace

// Anderson 2007 peaks for a man of 75 kg, 1.75 m, 18-25 years derived from its Table 3; hip flexion and knee
// flexion from the same table's C1 (0.113, 0.087) times 1287.1 N m.
TEST_CASE("the reference man has the published peaks in the right directions", "[person]") {
    const auto strengths = joint_strengths({.age_years = 21.0});
    CHECK(strengths[dof_left_hip_flexion].negative_Nm == Approx(207.0).margin(0.6));
    CHECK(strengths[dof_left_hip_flexion].positive_Nm == Approx(145.4).margin(0.1));
    CHECK(strengths[dof_left_knee_flexion].negative_Nm == Approx(210.0).margin(0.6));
    CHECK(strengths[dof_left_knee_flexion].positive_Nm == Approx(112.0).margin(0.1));
    CHECK(strengths[dof_left_ankle_dorsiflexion].negative_Nm == Approx(122.0).margin(0.6));
    // Dorsiflexion lies between its values at 0 and at 30 degrees.
    CHECK(strengths[dof_left_ankle_dorsiflexion].positive_Nm > 20.0);
    CHECK(strengths[dof_left_ankle_dorsiflexion].positive_Nm < 41.0);
    CHECK(strengths[dof_left_shoulder_flexion].positive_Nm > 68.6);
    CHECK(strengths[dof_left_shoulder_flexion].positive_Nm < 89.9);
    // The trunk's extensors are the stronger ones; extension is negative.
    CHECK(strengths[dof_lumbar_flexion].negative_Nm > 1.5 * strengths[dof_lumbar_flexion].positive_Nm);
}

TEST_CASE("both sides are equally strong and every moment is positive", "[person]") {
    for (const PersonDef& def : all_bodies()) {
        INFO(name_of(def));
        const auto strengths = joint_strengths(def);
        for (const JointStrength& strength : strengths) {
            CHECK(strength.positive_Nm > 1.0);
            CHECK(strength.negative_Nm > 1.0);
        }
        for (std::size_t left = dof_left_shoulder_flexion; left < dof_right_shoulder_flexion; ++left) {
            CHECK(strengths[left].positive_Nm == strengths[left + k_right_offset].positive_Nm);
            CHECK(strengths[left].negative_Nm == strengths[left + k_right_offset].negative_Nm);
        }
    }
}

TEST_CASE("mass above a body mass index of 25 counts three tenths", "[person]") {
    // 25 * 1.6^2 = 64 kg.
    CHECK(lean_proxy_kg({.stature_m = 1.6, .mass_kg = 50.0}) == Approx(50.0));
    CHECK(lean_proxy_kg({.stature_m = 1.6, .mass_kg = 64.0}) == Approx(64.0));
    CHECK(lean_proxy_kg({.stature_m = 1.6, .mass_kg = 104.0}) == Approx(64.0 + 12.0));
    check_ratio({.stature_m = 1.6, .mass_kg = 104.0}, {.stature_m = 1.6, .mass_kg = 64.0},
                76.0 / 64.0 - 1e-12, 76.0 / 64.0 + 1e-12);
    // Strength per kg falls with fat: the heavy are stronger, but not in proportion.
    const double light = joint_strengths({.mass_kg = 75.0})[dof_left_knee_flexion].negative_Nm / 75.0;
    const double heavy = joint_strengths({.mass_kg = 120.0})[dof_left_knee_flexion].negative_Nm / 120.0;
    CHECK(heavy < 0.8 * light);
}

TEST_CASE("strength grows with mass, stature and strength ratio", "[person]") {
    std::mt19937_64 generator(7);
    for (const PersonDef& def : usual_bodies()) {
        INFO(name_of(def));
        PersonDef heavier = def, taller = def, trained = def;
        heavier.mass_kg += uniform(generator, 1.0, 20.0);
        taller.stature_m += uniform(generator, 0.02, 0.2);
        trained.strength_ratio = uniform(generator, 1.1, 3.0);
        check_ratio(heavier, def, 1.0 + 1e-6, 2.0);
        check_ratio(taller, def, 1.0 + 1e-6, 2.0);
        check_ratio(trained, def, trained.strength_ratio - 1e-12, trained.strength_ratio + 1e-12);
    }
}

TEST_CASE("strength is constant to 25 years and falls steadily to 70", "[person]") {
    check_ratio({.age_years = 25.0}, {.age_years = 18.0}, 1.0, 1.0);
    check_ratio({.age_years = 85.0}, {.age_years = 70.0}, 1.0, 1.0);
    for (double age = 25.0; age < 70.0; age += 0.5)
        check_ratio({.age_years = age + 0.5}, {.age_years = age}, 0.99, 1.0 - 1e-6);
    // The mean C1 ratios of the table: 55-65 about 0.90, over 65 about 0.86.
    check_ratio({.age_years = 60.0}, {.age_years = 21.0}, 0.89, 0.91);
    check_ratio({.age_years = 75.0}, {.age_years = 21.0}, 0.85, 0.875);
}

TEST_CASE("women are weaker at equal size and more so at their own", "[person]") {
    check_ratio({.sex = Sex::female}, {.sex = Sex::male}, 0.60, 0.95);
    const auto man = joint_strengths({.sex = Sex::male, .stature_m = 1.756, .mass_kg = 77.0});
    const auto woman = joint_strengths({.sex = Sex::female, .stature_m = 1.628, .mass_kg = 62.0});
    const double leg = woman[dof_left_knee_flexion].negative_Nm / man[dof_left_knee_flexion].negative_Nm;
    const double arm =
        woman[dof_left_shoulder_flexion].positive_Nm / man[dof_left_shoulder_flexion].positive_Nm;
    CHECK(leg > 0.6);
    CHECK(leg < 0.75);
    CHECK(arm > 0.4);
    CHECK(arm < 0.6);
}
