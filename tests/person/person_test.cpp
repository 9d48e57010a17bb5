// The built person: masses, inertias, centre of mass, and a description that resolves to itself.
#include <algorithm>
#include <cmath>
#include <cstring>
#include <limits>

#include <Eigen/Eigenvalues>

#include "sim/person/person.h"
#include "tests/catch.h"
#include "tests/person/bodies.h"

using namespace plumb;
using namespace plumb::test;
using Catch::Approx;

namespace {

/// Height of the whole body's COM above the sole, standing straight with hanging arms.
double standing_com_m(const Person& person) {
    const BodyLengths& body = person.lengths;
    const double knee_m = body.ankle_height_m + body.shank_m;
    const double hip_m = knee_m + body.thigh_m;
    const double shoulder_m = hip_m + body.hip_to_lumbar_m + body.lumbar_to_shoulder_m;
    const auto moment = [](const Segment& segment, double origin_m) {
        return segment.mass_kg * (origin_m + segment.com_m.z());
    };
    const double sum =
        moment(person.pelvis, hip_m) + moment(person.thorax, hip_m + body.hip_to_lumbar_m)
        + 2.0
              * (moment(person.upper_arm, shoulder_m) + moment(person.forearm, shoulder_m - body.upper_arm_m)
                 + moment(person.thighs[0], hip_m) + moment(person.shanks[0], knee_m)
                 + moment(person.foot, body.ankle_height_m));
    return sum / person.def.mass_kg;
}

bool same_bits(const Segment& a, const Segment& b) {
    return a.mass_kg == b.mass_kg && a.com_m == b.com_m && a.inertia_kgm2 == b.inertia_kgm2;
}

/// Every double of the two persons is the same.
bool same_bits(const Person& a, const Person& b) {
    bool same = a.def == b.def && std::memcmp(&a.lengths, &b.lengths, sizeof a.lengths) == 0
                && a.closure_rad == b.closure_rad && a.functional_heel_fraction == b.functional_heel_fraction
                && a.functional_toe_fraction == b.functional_toe_fraction;
    const auto left = segments_of(a), right = segments_of(b);
    for (std::size_t i = 0; i < left.size(); ++i) same = same && same_bits(left[i].segment, right[i].segment);
    for (std::size_t i = 0; i < k_dof_count; ++i)
        same = same && a.ranges[i].min_rad == b.ranges[i].min_rad
               && a.ranges[i].max_rad == b.ranges[i].max_rad
               && a.strengths[i].positive_Nm == b.strengths[i].positive_Nm
               && a.strengths[i].negative_Nm == b.strengths[i].negative_Nm;
    return same;
}

}  // namespace

TEST_CASE("the segments weigh what the body weighs", "[person]") {
    for (const PersonDef& def : all_bodies()) {
        INFO(name_of(def));
        double sum_kg = 0.0;
        const Person person = build_person(def);
        for (const CountedSegment& part : segments_of(person)) {
            CHECK(part.segment.mass_kg > 0.0);
            sum_kg += part.count * part.segment.mass_kg;
        }
        CHECK(std::abs(sum_kg - def.mass_kg) <= 1e-12 * def.mass_kg);
    }
}

// De Leva 1996, Table 4, percent of body mass; women's percentages add up to 99.99.
TEST_CASE("mass shares are those of the sex", "[person]") {
    const Person man = build_person({.mass_kg = 100.0});
    const Person woman = build_person({.sex = Sex::female, .mass_kg = 100.0});
    const std::array<double, 7> men_kg = {11.17, 39.23, 2.71, 2.23, 14.16, 4.33, 1.37};
    const std::array<double, 7> women_kg = {12.47, 36.78, 2.55, 1.94, 14.78, 4.81, 1.29};
    for (std::size_t i = 0; i < men_kg.size(); ++i) {
        INFO(segments_of(man)[i].name);
        CHECK(segments_of(man)[i].segment.mass_kg == Approx(men_kg[i]).epsilon(1e-9));
        CHECK(segments_of(woman)[i].segment.mass_kg == Approx(women_kg[i] / 0.9999).epsilon(1e-9));
    }
}

TEST_CASE("centres of mass lie where the table puts them", "[person]") {
    const Person man = build_person({});
    const Person woman = build_person({.sex = Sex::female});
    CHECK(man.thighs[0].com_m.z() == Approx(-0.4095 * man.lengths.thigh_m));
    CHECK(woman.thighs[0].com_m.z() == Approx(-0.3612 * woman.lengths.thigh_m));
    CHECK(man.shanks[0].com_m.z() == Approx(-0.4395 * man.lengths.shank_m));
    CHECK(woman.shanks[0].com_m.z() == Approx(-0.4352 * woman.lengths.shank_m));
    CHECK(man.pelvis.com_m.z() == Approx((1.0 - 0.6115) * man.lengths.hip_to_lumbar_m));
    CHECK(woman.pelvis.com_m.z() == Approx((1.0 - 0.4920) * woman.lengths.hip_to_lumbar_m));
    // Along the sole from the heel: ahead of the ankle, at half the ankle's height.
    CHECK(man.foot.com_m.x() + man.lengths.ankle_from_heel_m == Approx(0.4415 * man.lengths.foot_length_m));
    CHECK(woman.foot.com_m.x() + woman.lengths.ankle_from_heel_m
          == Approx(0.4014 * woman.lengths.foot_length_m));
    CHECK(man.foot.com_m.z() == Approx(-0.5 * man.lengths.ankle_height_m));
    // The composites lie between the outermost of their parts.
    CHECK(man.thorax.com_m.z() > 0.3 * man.lengths.lumbar_to_shoulder_m);
    CHECK(man.thorax.com_m.z() < man.lengths.lumbar_to_shoulder_m);
    CHECK(man.forearm.com_m.z() < -0.4608 * 0.1525 * 1.75);
    CHECK(man.forearm.com_m.z() > -man.lengths.forearm_m);
}

TEST_CASE("centres of mass lie on the segment's own axis except the foot's", "[person]") {
    for (const PersonDef& def : all_bodies()) {
        INFO(name_of(def));
        const Person person = build_person(def);
        for (const CountedSegment& part : segments_of(person)) {
            INFO(part.name);
            CHECK(part.segment.com_m.y() == 0.0);
            CHECK((&part.segment == &person.foot) == (part.segment.com_m.x() != 0.0));
        }
        CHECK(person.foot.com_m.x() > 0.0);
    }
}

TEST_CASE("inertias are those of real bodies", "[person]") {
    for (const PersonDef& def : all_bodies()) {
        INFO(name_of(def));
        const Person person = build_person(def);
        for (const CountedSegment& part : segments_of(person)) {
            INFO(part.name);
            const Eigen::Matrix3d& inertia = part.segment.inertia_kgm2;
            CHECK(inertia == inertia.transpose());
            const Eigen::Vector3d moments =
                Eigen::SelfAdjointEigenSolver<Eigen::Matrix3d>(inertia).eigenvalues();
            CHECK(moments(0) > 0.0);
            CHECK(moments(0) + moments(1) > moments(2));
        }
    }
}

TEST_CASE("inertias follow mass times radius squared and the parallel axis rule", "[person]") {
    const Person man = build_person({});
    // Thigh: 32.9, 32.9, 14.9 % of its length; foot: long axis X (12.4), lateral 24.5, vertical 25.7 %.
    const double thigh_ml2 = 0.1416 * 75.0 * man.lengths.thigh_m * man.lengths.thigh_m;
    CHECK(man.thighs[0].inertia_kgm2(0, 0) == Approx(0.329 * 0.329 * thigh_ml2));
    CHECK(man.thighs[0].inertia_kgm2(1, 1) == Approx(0.329 * 0.329 * thigh_ml2));
    CHECK(man.thighs[0].inertia_kgm2(2, 2) == Approx(0.149 * 0.149 * thigh_ml2));
    const double foot_ml2 = 0.0137 * 75.0 * man.lengths.foot_length_m * man.lengths.foot_length_m;
    CHECK(man.foot.inertia_kgm2(0, 0) == Approx(0.124 * 0.124 * foot_ml2));
    CHECK(man.foot.inertia_kgm2(1, 1) == Approx(0.245 * 0.245 * foot_ml2));
    CHECK(man.foot.inertia_kgm2(2, 2) == Approx(0.257 * 0.257 * foot_ml2));

    // Forearm and hand: I = I1 + I2 + m1 m2 / (m1 + m2) d^2 across the axis, I1 + I2 along it.
    const double wrist_m = 0.15252 * 1.75, hand_m = 0.11007 * 1.75;
    const double forearm_kg = 0.0162 * 75.0, hand_kg = 0.0061 * 75.0;
    const double gap_m = wrist_m + 0.3691 * hand_m - 0.4608 * wrist_m;
    const auto across = [&](double forearm_radius, double hand_radius) {
        return forearm_kg * std::pow(forearm_radius * wrist_m, 2)
               + hand_kg * std::pow(hand_radius * hand_m, 2);
    };
    const double pair = forearm_kg * hand_kg / (forearm_kg + hand_kg) * gap_m * gap_m;
    CHECK(man.forearm.inertia_kgm2(0, 0) == Approx(across(0.278, 0.285) + pair));
    CHECK(man.forearm.inertia_kgm2(1, 1) == Approx(across(0.267, 0.233) + pair));
    CHECK(man.forearm.inertia_kgm2(2, 2) == Approx(across(0.122, 0.182)));
}

// Computed outside this program (Python) from the same rows of de Leva's table and the parallel axis rule, at 75 kg and
// 1.75 m: COM above the lumbar joint [m], then the principal moments [kg m^2].
TEST_CASE("the thorax is the composite of middle and upper trunk and head", "[person]") {
    const Person man = build_person({});
    const Person woman = build_person({.sex = Sex::female});
    CHECK(man.thorax.com_m.z() == Approx(0.282835783).epsilon(1e-8));
    CHECK(man.thorax.inertia_kgm2(0, 0) == Approx(1.117060579).epsilon(1e-8));
    CHECK(man.thorax.inertia_kgm2(1, 1) == Approx(0.969024153).epsilon(1e-8));
    CHECK(man.thorax.inertia_kgm2(2, 2) == Approx(0.286600014).epsilon(1e-8));
    CHECK(woman.thorax.com_m.z() == Approx(0.264245416).epsilon(1e-8));
    CHECK(woman.thorax.inertia_kgm2(0, 0) == Approx(0.849463102).epsilon(1e-8));
    CHECK(woman.thorax.inertia_kgm2(1, 1) == Approx(0.763839183).epsilon(1e-8));
    CHECK(woman.thorax.inertia_kgm2(2, 2) == Approx(0.197184224).epsilon(1e-8));
}

TEST_CASE("the standing centre of mass is at 0.55 to 0.58 of stature", "[person]") {
    for (const PersonDef& def : usual_bodies()) {
        INFO(name_of(def));
        const double fraction = standing_com_m(build_person(def)) / def.stature_m;
        CHECK(fraction > 0.55);
        CHECK(fraction < 0.58);
    }
}

TEST_CASE("building a resolved person again changes no bit", "[person]") {
    std::vector<PersonDef> bodies = all_bodies();
    bodies.push_back({.thigh_length_m = 0.47});
    bodies.push_back({.shank_length_m = 0.37, .arm_length_m = 0.81, .foot_length_m = 0.301});
    bodies.push_back({.sex = Sex::female, .thigh_length_m = 0.4, .trunk_length_m = 0.55});
    bodies.push_back({.trunk_thigh_closure_deg = 117.3});
    bodies.push_back({.hip_flexion_clinical_deg = 121.7, .knee_flexion_deg = 118.0, .strength_ratio = 0.7});
    for (const PersonDef& def : bodies) {
        INFO(name_of(def));
        const Person first = build_person(def);
        const Person second = build_person(first.def);
        CHECK(same_bits(first, second));
        CHECK(first.def.thigh_length_m == first.lengths.thigh_m);
        CHECK(first.def.shank_length_m == first.lengths.shank_m);
        CHECK(first.def.trunk_length_m == first.lengths.trunk_m);
        CHECK(first.def.foot_length_m == first.lengths.foot_length_m);
        CHECK(first.def.arm_length_m.value() == Approx(first.lengths.upper_arm_m + first.lengths.forearm_m));
    }
    // The comparison sees one changed bit.
    Person changed = build_person({});
    changed.lengths.back_behind_m = std::nextafter(changed.lengths.back_behind_m, 1.0);
    CHECK_FALSE(same_bits(changed, build_person({})));
}
