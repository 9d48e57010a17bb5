// The tape's person: there and back, against published pairs of distance and angle.
#include <cmath>

#include "sim/person/dorsiflexion.h"
#include "sim/study/person_card.h"
#include "tests/catch.h"
#include "tests/plan/random_person.h"

using namespace plumb;
using namespace plumb::test;

TEST_CASE("The knee-to-wall distance gives the dorsiflexion that studies measured with it", "[study]") {
    // Calatayud 2015, 26 men: 11.6-11.8 cm and 40.6 deg. Their stature is not in the abstract: 1.70 to 1.82 m.
    for (const double stature_m : {1.70, 1.76, 1.82}) {
        const PersonCard card =
            person_from_tape({.stature_m = stature_m, .mass_kg = 72.0, .knee_to_wall_m = 0.117});
        REQUIRE(card.problem.empty());
        CHECK(card.ankle.dorsiflexion_deg == Catch::Approx(40.6).margin(2.5));
        // Between persons 5.2 deg go with 4.0-4.2 cm: 1.2 to 1.3 deg/cm, a slope that errors of measuring flatten.
        CHECK(card.ankle.deg_per_cm > 1.2);
        CHECK(card.ankle.deg_per_cm < 2.2);
        CHECK(card.ankle.error_deg > card.ankle.deg_per_cm);
    }
    // Hall & Docherty 2017, 50 adults: 10.3 cm and 39.0 deg.
    CHECK(person_from_tape({.stature_m = 1.72, .knee_to_wall_m = 0.103}).ankle.dorsiflexion_deg
          == Catch::Approx(39.0).margin(2.5));
}

TEST_CASE("Person to tape and back is the same person", "[study]") {
    std::mt19937_64 random(611);
    for (int i = 0; i < 60; ++i) {
        TapeMeasures m{.sex = random() % 2 == 0 ? Sex::male : Sex::female,
                       .age_years = draw(random, 18, 80),
                       .stature_m = draw(random, 1.5, 1.95),
                       .mass_kg = draw(random, 50, 100),
                       .knee_to_wall_m = draw(random, -0.05, 0.16)};
        if (random() % 2 == 0) m.thigh_m = 0.233 * m.stature_m * draw(random, 0.97, 1.03);
        if (random() % 2 == 0) m.shank_m = 0.243 * m.stature_m * draw(random, 0.97, 1.03);
        if (random() % 2 == 0) m.foot_m = 0.153 * m.stature_m * draw(random, 0.97, 1.03);
        const PersonCard card = person_from_tape(m);
        INFO("person " << i << " " << card.problem);
        REQUIRE(card.problem.empty());
        // Also for a person that has been resolved meanwhile.
        for (const PersonDef& person : {card.person, build_person(card.person).def}) {
            const TapeMeasures back = tape_from_person(person);
            REQUIRE(back.knee_to_wall_m);
            CHECK(*back.knee_to_wall_m == Catch::Approx(*m.knee_to_wall_m).margin(1e-12));
            CHECK(back.thigh_m.has_value() == m.thigh_m.has_value());
            CHECK(back.thigh_m.value_or(0.0) == Catch::Approx(m.thigh_m.value_or(0.0)).margin(1e-12));
            CHECK(back.shank_m == m.shank_m);
            CHECK(back.foot_m == m.foot_m);
            CHECK(back.stature_m == m.stature_m);
            CHECK(back.sex == m.sex);
        }
        // The knee in fact reaches the wall: ahead of the heel by foot and distance, less the kneecap.
        const BodyLengths size = build_person(card.person).lengths;
        const double knee_m =
            size.ankle_from_heel_m + size.shank_m * std::sin(card.ankle.dorsiflexion_deg * M_PI / 180.0);
        CHECK(size.foot_length_m + *m.knee_to_wall_m - knee_m == Catch::Approx(0.055).margin(1e-9));
    }
}

TEST_CASE("What no tape sees of the sides and the senses is kept by the card", "[study]") {
    PersonDef person{.stature_m = 1.80, .reaction_delay_s = 0.2, .sway_sd_m = 0.007};
    person.left = {.shank_length_m = 0.40, .ankle_dorsiflexion_deg = 18.0};
    person.right = {.knee_flexion_deg = 110.0, .hip_strength_ratio = 0.6};
    for (const PersonDef& def : {person, build_person(person).def}) {
        const PersonCard card = person_from_tape(tape_from_person(def));
        INFO(card.problem);
        REQUIRE(card.problem.empty());
        CHECK(card.person == person);
    }
    // A measured ankle is by the same geometry there and back, whatever the sides are.
    take_dorsiflexion(person, 30.0);
    const PersonCard card = person_from_tape(tape_from_person(person));
    CHECK(card.ankle.dorsiflexion_deg == Catch::Approx(30.0));
    CHECK(build_person(card.person).def.ankle_dorsiflexion_deg == Catch::Approx(30.0));
    CHECK(card.person.left == person.left);
    // A side that no body has is refused by the list's words.
    person.left.knee_flexion_deg = 20.0;
    CHECK_THAT(person_from_tape(tape_from_person(person)).problem,
               Catch::Matchers::StartsWith("person.left.knee_flexion_deg = 20"));
}

TEST_CASE("Measures that make no person are refused with name, value and what is allowed", "[study]") {
    const auto problem = [](const TapeMeasures& m) { return person_from_tape(m).problem; };
    CHECK_THAT(problem({.stature_m = 175.0}), Catch::Matchers::StartsWith("person.stature_m = 175"));
    CHECK_THAT(problem({.mass_kg = NAN}), Catch::Matchers::StartsWith("person.mass_kg"));
    CHECK_THAT(problem({.knee_to_wall_m = 11.0}), Catch::Matchers::StartsWith("knee_to_wall_m = 11"));
    CHECK_THAT(problem({.knee_to_wall_m = NAN}), Catch::Matchers::StartsWith("knee_to_wall_m"));
    CHECK_THAT(problem({.knee_to_wall_m = 0.29}), Catch::Matchers::ContainsSubstring("0 to 60 deg"));
    CHECK_THAT(problem({.stature_m = 1.40, .thigh_m = 0.70}), Catch::Matchers::ContainsSubstring("stature"));
}

TEST_CASE("What nobody measured stays the usual person's, what was is kept as measured", "[study]") {
    const PersonCard plain = person_from_tape({});
    CHECK(plain.person == PersonDef{});
    CHECK(plain.ankle.dorsiflexion_deg == k_usual_dorsiflexion_deg);
    CHECK_FALSE(tape_from_person(plain.person).knee_to_wall_m);
    CHECK_FALSE(tape_from_person(build_person(plain.person).def).closure_deg);
    const PersonCard measured = person_from_tape({.knee_to_wall_m = 0.09, .closure_deg = 118.0});
    CHECK(measured.person.knee_to_wall_cm == Catch::Approx(9.0));
    CHECK(measured.person.trunk_thigh_closure_deg == 118.0);
    CHECK(tape_from_person(build_person(measured.person).def).closure_deg == 118.0);
    // An ankle measured otherwise has its distance too.
    CHECK(*tape_from_person({.ankle_dorsiflexion_deg = 25.0}).knee_to_wall_m < 0.05);
    CHECK_THAT(person_from_tape({.closure_deg = 20.0}).problem,
               Catch::Matchers::StartsWith("person.trunk_thigh_closure_deg = 20"));
}
