// Stops: nothing in standing, the ends of the ranges, thigh on calf; signs, smoothness, scaling. The tissue of the legs.
#include <algorithm>
#include <cmath>
#include <limits>

#include "sim/base/units.h"
#include "sim/person/person.h"
#include "sim/person/tissue.h"
#include "tests/catch.h"
#include "tests/person/bodies.h"

using namespace plumb;
using namespace plumb::test;
using Catch::Approx;

namespace {

double moment_Nm(const Person& person, Dof dof, double angle_deg) {
    return stop_moment_Nm(person, dof, angle_deg * k_deg_to_rad);
}

Dof dof_at(int index) { return static_cast<Dof>(index); }

/// Persons whose ranges differ a lot, some of zero width towards one side.
std::vector<PersonDef> tight_and_loose() {
    return {{},
            {.sex = Sex::female, .mass_kg = 140.0, .tightness_ratio = 3.0},
            {.ankle_dorsiflexion_deg = 0.0, .ankle_eversion_deg = 0.0, .lumbar_flexion_deg = 0.0},
            {.ankle_dorsiflexion_deg = 60.0, .hip_flexion_deg = 140.0, .knee_flexion_deg = 170.0},
            {.hip_flexion_deg = 60.0, .knee_flexion_deg = 90.0, .tightness_ratio = 0.1}};
}

}  // namespace

TEST_CASE("standing feels no stop", "[person]") {
    for (const PersonDef& def : tight_and_loose()) {
        const Person person = build_person(def);
        for (int dof = 0; dof < k_dof_count; ++dof) {
            INFO(k_dof_names[static_cast<std::size_t>(dof)]);
            CHECK(std::abs(stop_moment_Nm(person, dof_at(dof), 0.0)) < 1e-4);
        }
    }
}

TEST_CASE("stops oppose the motion and never weaken towards an end", "[person]") {
    for (const PersonDef& def : tight_and_loose()) {
        const Person person = build_person(def);
        for (int dof = 0; dof < k_dof_count; ++dof) {
            INFO(k_dof_names[static_cast<std::size_t>(dof)]);
            double before_Nm = moment_Nm(person, dof_at(dof), -220.0);
            CHECK(before_Nm > 1.0);
            for (double angle_deg = -219.5; angle_deg <= 220.0; angle_deg += 0.5) {
                const double now_Nm = moment_Nm(person, dof_at(dof), angle_deg);
                if (now_Nm > before_Nm || (angle_deg >= 0.0 ? now_Nm > 0.0 : now_Nm < -1e-4)) {
                    INFO("at " << angle_deg << " deg: " << before_Nm << " then " << now_Nm << " N m");
                    CHECK(false);
                }
                before_Nm = now_Nm;
            }
            CHECK(before_Nm < -1.0);
        }
    }
}

TEST_CASE("stops have no jump and no kink", "[person]") {
    constexpr double k_step_deg = 0.01;
    for (const PersonDef& def : tight_and_loose()) {
        const Person person = build_person(def);
        for (int dof = 0; dof < k_dof_count; ++dof) {
            INFO(k_dof_names[static_cast<std::size_t>(dof)]);
            // Second difference over step^2 is the curvature: bounded by k^2 times the largest moment where smooth, it
            // would be slope / step (100 per deg and more) at a kink.
            double worst_bend = 0.0, largest_slope = 0.0;
            for (double angle_deg = -80.0; angle_deg < 195.0; angle_deg += k_step_deg) {
                const double a = moment_Nm(person, dof_at(dof), angle_deg - k_step_deg);
                const double b = moment_Nm(person, dof_at(dof), angle_deg);
                const double c = moment_Nm(person, dof_at(dof), angle_deg + k_step_deg);
                worst_bend = std::max(worst_bend, std::abs(a - 2.0 * b + c) / k_step_deg);
                largest_slope = std::max(largest_slope, std::abs(c - b) / k_step_deg);
            }
            // The slope changes by less than 1 % of its largest value within one hundredth of a degree.
            CHECK(largest_slope > 0.05);
            CHECK(worst_bend < 0.01 * largest_slope);
        }
    }
}

TEST_CASE("the stops have their moment at the end of the range and double every four degrees beyond",
          "[person]") {
    const Person person = build_person({});
    const auto check_stop = [&](Dof dof, double end_deg, double end_Nm) {
        INFO(k_dof_names[static_cast<std::size_t>(dof)] << " at " << end_deg);
        const double sign = end_deg > 0.0 ? 1.0 : -1.0;
        CHECK(moment_Nm(person, dof, end_deg) == Approx(-sign * end_Nm));
        const double ratio = moment_Nm(person, dof, end_deg + 4.0 * sign) / moment_Nm(person, dof, end_deg);
        CHECK(ratio > 1.95);
        CHECK(ratio < 2.8);
        CHECK(std::abs(moment_Nm(person, dof, 0.5 * end_deg)) < 0.35 * end_Nm);
    };
    check_stop(dof_left_ankle_dorsiflexion, 38.0, 8.0);
    check_stop(dof_right_ankle_dorsiflexion, 38.0, 8.0);
    check_stop(dof_left_hip_flexion, 115.0, 20.0);
    check_stop(dof_lumbar_flexion, 30.0, 25.0);
    check_stop(dof_lumbar_flexion, -25.0, 25.0);
    check_stop(dof_left_hip_abduction, 42.0, 10.0);
    check_stop(dof_right_ankle_inversion, -10.0, 5.0);
    // Ten degrees past the end the moment goes on as a straight line and stays finite at any finite angle.
    const double at_60 = moment_Nm(person, dof_left_ankle_dorsiflexion, 60.0);
    const double at_70 = moment_Nm(person, dof_left_ankle_dorsiflexion, 70.0);
    const double at_80 = moment_Nm(person, dof_left_ankle_dorsiflexion, 80.0);
    CHECK(at_80 - at_70 == Approx(at_70 - at_60));
    for (int dof = 0; dof < k_dof_count; ++dof)
        for (const double angle_rad : {1e3, -1e3, 1e300, -1e300, std::numeric_limits<double>::max()})
            CHECK(std::isfinite(stop_moment_Nm(person, dof_at(dof), angle_rad)));
}

// Zelle 2007, from a secondary source: 5.7 / 21 / 67 N m of one leg at 140 / 150 / 160 deg, 75 kg.
TEST_CASE("thigh on calf extends the knee as measured and in proportion to mass", "[person]") {
    for (const double mass_kg : {50.0, 75.0, 150.0}) {
        const Person person = build_person({.mass_kg = mass_kg, .tightness_ratio = 2.5});
        CHECK(moment_Nm(person, dof_left_knee_flexion, 140.0) == Approx(-5.7 * mass_kg / 75.0).epsilon(1e-6));
        CHECK(moment_Nm(person, dof_right_knee_flexion, 150.0)
              == Approx(-21.0 * mass_kg / 75.0).epsilon(1e-6));
        CHECK(moment_Nm(person, dof_left_knee_flexion, 160.0)
              == Approx(-67.0 * mass_kg / 75.0).epsilon(1e-6));
        // Contact starts near 130 deg: little there, nothing at a right angle.
        CHECK(std::abs(moment_Nm(person, dof_left_knee_flexion, 130.0)) < 2.0 * mass_kg / 75.0);
        CHECK(std::abs(moment_Nm(person, dof_left_knee_flexion, 90.0)) < 0.01);
    }
}

TEST_CASE("a knee tighter than 130 degrees has a stop of its own", "[person]") {
    const Person loose = build_person({});
    const Person tight = build_person({.knee_flexion_deg = 110.0});
    CHECK(std::abs(moment_Nm(loose, dof_left_knee_flexion, 110.0)) < 0.5);
    CHECK(moment_Nm(tight, dof_left_knee_flexion, 110.0) == Approx(-10.0).margin(0.2));
    const Person tighter = build_person({.knee_flexion_deg = 110.0, .tightness_ratio = 2.0});
    CHECK(moment_Nm(tighter, dof_left_knee_flexion, 110.0) == Approx(-20.0).margin(0.2));
}

TEST_CASE("tightness scales every stop", "[person]") {
    const Person usual = build_person({});
    const Person tight = build_person({.tightness_ratio = 1.7});
    for (int dof = 0; dof < k_dof_count; ++dof) {
        INFO(k_dof_names[static_cast<std::size_t>(dof)]);
        for (const double angle_deg : {-30.0, -12.0, 9.0, 33.0})
            CHECK(moment_Nm(tight, dof_at(dof), angle_deg)
                  == Approx(1.7 * moment_Nm(usual, dof_at(dof), angle_deg)).margin(1e-5));
    }
}

TEST_CASE("a tighter ankle pushes back earlier and left equals right", "[person]") {
    const Person loose = build_person({.ankle_dorsiflexion_deg = 40.0});
    const Person tight = build_person({.ankle_dorsiflexion_deg = 15.0});
    for (double angle_deg = 5.0; angle_deg <= 40.0; angle_deg += 5.0)
        CHECK(moment_Nm(tight, dof_left_ankle_dorsiflexion, angle_deg)
              < moment_Nm(loose, dof_left_ankle_dorsiflexion, angle_deg));
    for (int left = dof_left_shoulder_flexion; left < dof_right_shoulder_flexion; ++left)
        for (const double angle_deg : {-40.0, 20.0, 120.0})
            CHECK(moment_Nm(loose, dof_at(left), angle_deg)
                  == moment_Nm(loose, dof_at(left + k_right_offset), angle_deg));
}

// Riener & Edrich 1999 as printed: plantarflexion + at the ankle, degrees, N m.
TEST_CASE("the legs' tissue is the published fit", "[person]") {
    const auto published = [](double fh, double fk, double fa) {
        return Eigen::Vector3d(std::exp(1.4655 - 0.0034 * fk - 0.0750 * fh)
                                   - std::exp(1.3403 - 0.0226 * fk + 0.0305 * fh) + 8.072,
                               std::exp(1.800 - 0.0460 * fa - 0.0352 * fk + 0.0217 * fh)
                                   - std::exp(-3.971 - 0.0004 * fa + 0.0495 * fk - 0.0128 * fh) - 4.820
                                   + std::exp(2.220 - 0.150 * fk),
                               std::exp(2.1016 - 0.0843 * fa - 0.0176 * fk)
                                   - std::exp(-7.9763 + 0.1949 * fa + 0.0008 * fk) - 1.792);
    };
    const Person person = build_person({});
    std::mt19937_64 generator(31);
    for (int trial = 0; trial < 200; ++trial) {
        const double hip = uniform(generator, -15.0, 120.0), knee = uniform(generator, 0.0, 150.0),
                     dorsiflexion = uniform(generator, -40.0, 30.0);
        const LegTissue tissue =
            leg_tissue(person, hip * k_deg_to_rad, knee * k_deg_to_rad, dorsiflexion * k_deg_to_rad);
        const Eigen::Vector3d expected = published(hip, knee, -dorsiflexion);
        INFO("hip " << hip << " knee " << knee << " dorsiflexion " << dorsiflexion);
        if (expected.cwiseAbs().maxCoeff() > 100.0) continue;
        CHECK(tissue.moment_Nm[0] == Approx(expected[0]).margin(1e-9));
        CHECK(tissue.moment_Nm[1] == Approx(expected[1]).margin(1e-9));
        CHECK(tissue.moment_Nm[2] == Approx(-expected[2]).margin(1e-9));
    }
    // The page's own numbers: 155 N m at the straight knee, 17 at 120 deg, 35 deg of dorsiflexion.
    CHECK(-published(0.0, 0.0, -35.0)[2] == Approx(-155.0).margin(3.0));
    CHECK(-leg_tissue(person, 0.0, 120.0 * k_deg_to_rad, 35.0 * k_deg_to_rad).moment_Nm[2]
          == Approx(17.0).margin(1.0));
}

TEST_CASE("the legs' tissue has the slopes of its differences and stays finite", "[person]") {
    std::mt19937_64 generator(32);
    for (int trial = 0; trial < 200; ++trial) {
        PersonDef def;
        def.tightness_ratio = uniform(generator, 0.1, 3.0);
        for (double TightnessRatios::*const ratio :
             {&TightnessRatios::calf_ratio, &TightnessRatios::hamstring_ratio, &TightnessRatios::glute_ratio,
              &TightnessRatios::quad_ratio})
            def.tightness.*ratio = uniform(generator, 0.1, 3.0);
        const Person person = build_person(def);
        Eigen::Vector3d q;
        for (int i = 0; i < 3; ++i) q[i] = uniform(generator, -1.0, 2.6);
        const LegTissue at = leg_tissue(person, q[0], q[1], q[2]);
        constexpr double k_step = 1e-6;
        for (int i = 0; i < 3; ++i) {
            Eigen::Vector3d less = q, more = q;
            less[i] -= k_step;
            more[i] += k_step;
            const Eigen::Vector3d slope = (leg_tissue(person, more[0], more[1], more[2]).moment_Nm
                                           - leg_tissue(person, less[0], less[1], less[2]).moment_Nm)
                                          / (2.0 * k_step);
            INFO("trial " << trial << " by angle " << i << " at " << q.transpose());
            CHECK((slope - at.by_angle_Nmprad.col(i)).cwiseAbs().maxCoeff()
                  < 1e-4 * (1.0 + slope.cwiseAbs().maxCoeff()));
        }
        for (const double far : {1e3, -1e3, 1e300, -1e300})
            CHECK(leg_tissue(person, far, -far, far).moment_Nm.allFinite());
    }
}

TEST_CASE("each tissue's tightness tightens its own joint", "[person]") {
    const auto with = [](double TightnessRatios::*ratio) {
        PersonDef def;
        def.tightness.*ratio = 2.0;
        return build_person(def);
    };
    const Person usual = build_person({});
    const double hip = 100.0 * k_deg_to_rad, knee = 120.0 * k_deg_to_rad, ankle = 30.0 * k_deg_to_rad;
    const auto moments = [&](const Person& person, double h, double k, double a) {
        Eigen::Matrix<double, k_dof_count, 1> joints = Eigen::Matrix<double, k_dof_count, 1>::Zero();
        joints[dof_left_hip_flexion] = h;
        joints[dof_left_knee_flexion] = k;
        joints[dof_left_ankle_dorsiflexion] = a;
        joints[dof_lumbar_flexion] = 0.4;
        return passive_moments(person, joints).moment_Nm;
    };
    const auto change = [&](double TightnessRatios::*ratio, Dof dof, double k) {
        return moments(with(ratio), hip, k, ankle)[dof] - moments(usual, hip, k, ankle)[dof];
    };
    CHECK(change(&TightnessRatios::calf_ratio, dof_left_ankle_dorsiflexion, knee) < -5.0);
    CHECK(change(&TightnessRatios::quad_ratio, dof_left_knee_flexion, knee) < -1.0);
    CHECK(change(&TightnessRatios::glute_ratio, dof_left_hip_flexion, knee) < -1.0);
    CHECK(change(&TightnessRatios::lower_back_ratio, dof_lumbar_flexion, knee) < -1.0);
    // Hamstrings are slack with the knee bent: they tell with it straight.
    CHECK(change(&TightnessRatios::hamstring_ratio, dof_left_hip_flexion, 0.0) < -40.0);
    CHECK(std::abs(change(&TightnessRatios::hamstring_ratio, dof_left_hip_flexion, knee)) < 2.0);
    // No contact, no moment of thigh on calf or belly on thigh.
    const Person thin = build_person({.soft_tissue_contact = 0.0});
    CHECK(moments(thin, 2.0, 155.0 * k_deg_to_rad, ankle)[dof_left_knee_flexion]
          > moments(usual, 2.0, 155.0 * k_deg_to_rad, ankle)[dof_left_knee_flexion] + 30.0);
}

TEST_CASE("tissues report how much of their range is used", "[person]") {
    const Person person = build_person({});
    Eigen::Matrix<double, k_dof_count, 1> joints = Eigen::Matrix<double, k_dof_count, 1>::Zero();
    for (const double stretch : tissue_state(person, joints).stretch) CHECK(stretch == 0.0);
    for (int dof = 0; dof < k_dof_count; ++dof)
        joints[dof] = person.ranges[static_cast<std::size_t>(dof)].max_rad;
    const TissueState end = tissue_state(person, joints);
    for (int tissue = 0; tissue < k_tissue_count; ++tissue) {
        INFO(k_tissue_names[static_cast<std::size_t>(tissue)]);
        CHECK(end.stretch[static_cast<std::size_t>(tissue)] == Approx(1.0));
        CHECK(end.moment_Nm[static_cast<std::size_t>(tissue)] > 5.0);
    }
}
