// Three ways to say how far the ankle bends.
#include "sim/person/dorsiflexion.h"

#include "sim/base/input_error.h"
#include "tests/catch.h"

using namespace plumb;
using Catch::Approx;

TEST_CASE("a couch value becomes nineteen degrees more", "[person]") {
    CHECK(build_person({.ankle_dorsiflexion_nwb_deg = 12.0}).def.ankle_dorsiflexion_deg == Approx(31.0));
    CHECK(build_person({.ankle_dorsiflexion_nwb_deg = 12.0}).ranges[dof_left_ankle_dorsiflexion].max_rad
          == Approx(
              build_person({.ankle_dorsiflexion_deg = 31.0}).ranges[dof_left_ankle_dorsiflexion].max_rad));
}

TEST_CASE("a knee-to-wall distance becomes the angle of that lunge and back", "[person]") {
    for (const Sex sex : {Sex::male, Sex::female})
        for (const double cm : {-2.0, 3.0, 8.0, 12.0}) {
            const Person person = build_person({.sex = sex, .stature_m = 1.68, .knee_to_wall_cm = cm});
            CHECK(100.0 * knee_to_wall_m(person.lengths, person.def.ankle_dorsiflexion_deg) == Approx(cm));
        }
    // Some 2 deg for each centimetre (docs/model.md, 12.2).
    const double less = build_person({.knee_to_wall_cm = 9.0}).def.ankle_dorsiflexion_deg,
                 more = build_person({.knee_to_wall_cm = 10.0}).def.ankle_dorsiflexion_deg;
    CHECK(more - less > 1.2);
    CHECK(more - less < 4.0);
}

TEST_CASE("a resolved person builds again, two different measures do not", "[person]") {
    for (const PersonDef& def :
         {PersonDef{.ankle_dorsiflexion_nwb_deg = 5.0}, PersonDef{.knee_to_wall_cm = 7.0}}) {
        const Person once = build_person(def), again = build_person(once.def);
        CHECK(again.def == once.def);
    }
    CHECK_THROWS_AS(build_person({.ankle_dorsiflexion_deg = 25.0, .ankle_dorsiflexion_nwb_deg = 12.0}),
                    InputError);
    CHECK_THROWS_AS(build_person({.ankle_dorsiflexion_deg = 25.0, .knee_to_wall_cm = 12.0}), InputError);
    CHECK_THROWS_AS(build_person({.ankle_dorsiflexion_nwb_deg = 12.0, .knee_to_wall_cm = 12.0}), InputError);
    CHECK_THROWS_AS(build_person({.stature_m = 1.3, .mass_kg = 40.0, .knee_to_wall_cm = 30.0}), InputError);
}

TEST_CASE("what was converted is known less well", "[person]") {
    CHECK(dorsiflexion_error_deg({}) == Approx(3.0));
    CHECK(dorsiflexion_error_deg({.knee_to_wall_cm = 8.0}) == Approx(2.5));
    CHECK(dorsiflexion_error_deg({.ankle_dorsiflexion_nwb_deg = 8.0}) > 5.0);
}
