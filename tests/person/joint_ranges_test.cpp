// Joint ranges, the closure of trunk and thigh, and the hip's cap under abduction.
#include <algorithm>
#include <cmath>

#include "sim/base/input_error.h"
#include "sim/base/units.h"
#include "sim/person/joint_ranges.h"
#include "tests/catch.h"
#include "tests/person/bodies.h"

using namespace plumb;
using Catch::Approx;
using Catch::Matchers::ContainsSubstring;

namespace {

struct ExpectedRange {
    Dof dof;
    double min_deg;
    double max_deg;
};

}  // namespace

TEST_CASE("the described ranges arrive at their coordinates on both sides", "[person]") {
    const PersonDef def = {.ankle_dorsiflexion_deg = 31.0,
                           .ankle_inversion_deg = 22.0,
                           .ankle_eversion_deg = 11.0,
                           .hip_flexion_deg = 97.0,
                           .hip_abduction_deg = 43.0,
                           .hip_external_rotation_deg = 37.0,
                           .knee_flexion_deg = 141.0,
                           .lumbar_flexion_deg = 33.0};
    const Person person = build_person(def);
    const std::array<ExpectedRange, 13> expected = {{
        {dof_lumbar_flexion, -25.0, 33.0},
        {dof_lumbar_bend, -25.0, 25.0},
        {dof_lumbar_rotation, -45.0, 45.0},
        {dof_left_shoulder_flexion, -60.0, 180.0},
        {dof_left_shoulder_abduction, -45.0, 170.0},
        {dof_left_shoulder_rotation, -90.0, 90.0},
        {dof_left_elbow_flexion, 0.0, 150.0},
        {dof_left_hip_flexion, -20.0, 112.0},
        {dof_left_hip_abduction, -20.0, 43.0},
        {dof_left_hip_rotation, -40.0, 37.0},
        {dof_left_knee_flexion, 0.0, 141.0},
        {dof_left_ankle_dorsiflexion, -50.0, 31.0},
        {dof_left_ankle_inversion, -11.0, 22.0},
    }};
    for (const ExpectedRange& range : expected) {
        INFO(k_dof_names[range.dof]);
        CHECK(person.ranges[range.dof].min_rad == Approx(range.min_deg * k_deg_to_rad));
        CHECK(person.ranges[range.dof].max_rad == Approx(range.max_deg * k_deg_to_rad));
        if (range.dof < dof_left_shoulder_flexion) continue;
        const JointRange& right = person.ranges[static_cast<std::size_t>(range.dof + k_right_offset)];
        CHECK(right.min_rad == person.ranges[range.dof].min_rad);
        CHECK(right.max_rad == person.ranges[range.dof].max_rad);
    }
}

TEST_CASE("standing lies inside every range", "[person]") {
    for (const PersonDef& def :
         {PersonDef{}, PersonDef{.ankle_dorsiflexion_deg = 0.0, .lumbar_flexion_deg = 0.0}}) {
        for (const JointRange& range : build_person(def).ranges) {
            CHECK(range.min_rad <= 0.0);
            CHECK(range.max_rad >= 0.0);
            CHECK(range.min_rad < range.max_rad);
        }
    }
}

TEST_CASE("the closure is the given one, else the clinical hip flexion, else 130 degrees", "[person]") {
    const Person usual = build_person({});
    CHECK(usual.closure_rad == Approx(130.0 * k_deg_to_rad));
    CHECK(usual.def.trunk_thigh_closure_deg == 130.0);

    const Person given = build_person({.trunk_thigh_closure_deg = 118.0});
    CHECK(given.closure_rad == Approx(118.0 * k_deg_to_rad));
    CHECK(given.def.trunk_thigh_closure_deg == 118.0);

    const Person clinical = build_person({.hip_flexion_clinical_deg = 121.0});
    CHECK(clinical.closure_rad == Approx(121.0 * k_deg_to_rad));
    CHECK(clinical.def.trunk_thigh_closure_deg == 121.0);
    CHECK_FALSE(clinical.def.hip_flexion_clinical_deg.has_value());
    CHECK(clinical.def.hip_flexion_deg == 100.0);
}

TEST_CASE("closure and clinical hip flexion together are an input error", "[person]") {
    const PersonDef both = {.hip_flexion_clinical_deg = 121.0, .trunk_thigh_closure_deg = 130.0};
    CHECK_THROWS_AS(build_person(both), InputError);
    CHECK_THROWS_WITH(build_person(both), ContainsSubstring("person.trunk_thigh_closure_deg = 130")
                                              && ContainsSubstring("person.hip_flexion_clinical_deg = 121")
                                              && ContainsSubstring("allowed: one of the two"));
}

TEST_CASE("hip flexion gains up to 15 degrees with abduction", "[person]") {
    const Person person = build_person({.hip_flexion_deg = 95.0});
    const auto cap_deg = [&](double abduction_deg) {
        return hip_flexion_cap_rad(person, side_left, abduction_deg * k_deg_to_rad) * k_rad_to_deg;
    };
    CHECK(cap_deg(-20.0) == Approx(95.0));
    CHECK(cap_deg(0.0) == Approx(95.0));
    CHECK(cap_deg(17.5) == Approx(102.5));
    CHECK(cap_deg(35.0) == Approx(110.0));
    CHECK(cap_deg(42.0) == Approx(110.0));
    // Full gain is exactly the range's end: the cap never contradicts the range.
    CHECK(hip_flexion_cap_rad(person, side_left, 1.0) == person.ranges[dof_left_hip_flexion].max_rad);

    // Rising and smooth: no step of 0.1 deg adds more than the smoothstep's steepest slope, 1.5 * 15 / 35.
    for (double abduction_deg = -5.0; abduction_deg < 45.0; abduction_deg += 0.1) {
        const double rise_deg = cap_deg(abduction_deg + 0.1) - cap_deg(abduction_deg);
        CHECK(rise_deg >= 0.0);
        CHECK(rise_deg <= 0.1 * 1.5 * 15.0 / 35.0 + 1e-9);
    }
}
