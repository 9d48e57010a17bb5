// Rules between fields, derived defaults, and the hash of the inputs.
#include <algorithm>
#include <cmath>
#include <random>
#include <set>

#include "sim/base/input_error.h"
#include "sim/person/person.h"
#include "sim/scenario/scenario_fields.h"
#include "tests/base/comma_locale.h"
#include "tests/catch.h"
#include "tests/scenario/complaints.h"
#include "tests/scenario/random_scenario.h"

using namespace plumb;
using Catch::Matchers::ContainsSubstring;
using test::complaint_of;

namespace {

std::string check_complaint(const ScenarioDef& def) {
    return complaint_of([&] { check_scenario(def, "file.toml"); });
}

/// Nothing stands in for these: absent, they are none.
bool stays_absent(const std::string& name) {
    return name == "wall.distance_m" || name == "person.hip_flexion_clinical_deg" || name == "push.time_s"
           || name == "person.ankle_dorsiflexion_nwb_deg" || name == "person.knee_to_wall_cm"
           || name == "movement.neutral_spine_deg" || name == "movement.shank_lean_max_deg"
           || name.starts_with("person.left.") || name.starts_with("person.right.");
}

}  // namespace

TEST_CASE("A Def with one field out of range is refused by name", "[scenario]") {
    for (const auto& field : scenario_fields()) {
        if (field.kind == FieldKind::word) continue;
        for (const double bad : {field.min - 1.0, field.max + 1.0}) {
            ScenarioDef def;
            field.set(def, bad);
            CHECK_THAT(check_complaint(def), ContainsSubstring("file.toml: " + field.name + " = "));
        }
        if (field.kind == FieldKind::integer) continue;
        ScenarioDef def;
        field.set(def, std::nan(""));
        CHECK_THAT(check_complaint(def), ContainsSubstring(field.name + " = nan: not a finite number"));
    }
}

TEST_CASE("The closure is given once", "[scenario]") {
    ScenarioDef def;
    def.person.hip_flexion_clinical_deg = 120.0;
    CHECK(check_complaint(def).empty());
    def.person.trunk_thigh_closure_deg = 120.0;
    CHECK_THAT(check_complaint(def), ContainsSubstring("allowed one of the two"));
    def.person.hip_flexion_clinical_deg.reset();
    CHECK(check_complaint(def).empty());
}

TEST_CASE("A chain that misses stature is refused with its file", "[scenario]") {
    ScenarioDef def;
    def.person.thigh_length_m = 0.75;
    def.person.shank_length_m = 0.75;
    def.person.trunk_length_m = 0.9;
    CHECK_THAT(check_complaint(def), ContainsSubstring("file.toml: ") && ContainsSubstring("stature"));
}

TEST_CASE("The trunk turns at 180 deg/s at most", "[scenario]") {
    ScenarioDef def;
    def.movement.rotation_deg = 30.0;
    def.movement.rotation_cycles = 1;  // 2 pi 30 / hold: 180 deg/s at 1.0472 s
    def.movement.hold_s = 1.05;
    CHECK(check_complaint(def).empty());
    def.movement.hold_s = 1.04;
    CHECK_THAT(check_complaint(def), ContainsSubstring("movement.rotation_cycles = 1")
                                         && ContainsSubstring("181 deg/s, allowed at most 180"));
    def.movement.rotation_deg = 0.0;
    def.movement.rotation_cycles = 20;
    def.movement.hold_s = 0.1;
    CHECK(check_complaint(def).empty());
}

TEST_CASE("Feet may touch but not overlap", "[scenario]") {
    const BodyLengths size = build_person({}).lengths;
    // The corner of the promised ranges is open to an average man.
    ScenarioDef def{.stance = {.width_m = 0.1, .toe_out_deg = 0.0}};
    CHECK(check_complaint(def).empty());
    // A very long foot is also wide: parallel feet 0.1 m apart would stand on each other; turned out they fit.
    def.person.stature_m = 2.2;
    REQUIRE(build_person(def.person).lengths.foot_breadth_m > 0.11);
    CHECK_THAT(check_complaint(def),
               ContainsSubstring("stance.width_m = 0.1") && ContainsSubstring("overlap"));
    def.stance.toe_out_deg = 30.0;
    CHECK(check_complaint(def).empty());
    // The width the complaint names is accepted.
    def.stance.toe_out_deg = 0.0;
    const std::string text = check_complaint(def);
    const std::size_t at = text.find("at least ");
    REQUIRE(at != std::string::npos);
    def.stance.width_m = std::stod(text.substr(at + 9));
    CHECK(check_complaint(def).empty());
    CHECK(*def.stance.width_m > 0.1);
    CHECK(size.foot_breadth_m < 0.105);
}

TEST_CASE("The question and the expectation are checked", "[scenario]") {
    for (const std::string_view word : k_outcome_words)
        CHECK(check_complaint({.expect = std::string(word)}).empty());
    CHECK_THAT(check_complaint({.expect = "falls"}),
               ContainsSubstring("expect = \"falls\": allowed fell_backward|"));
    CHECK(check_complaint({.asks = "Why does he fall? é"}).empty());
    CHECK_THAT(check_complaint({.asks = "one\ntwo"}), ContainsSubstring("asks = \"one\\x0atwo\""));
    CHECK_FALSE(check_complaint({.asks = std::string(501, 'x')}).empty());
}

TEST_CASE("Resolving fills every derived default and is idempotent", "[scenario]") {
    const ScenarioDef plain = resolve_scenario({});
    CHECK(plain.stance.width_m == 2.0 * build_person({}).lengths.shoulder_half_width_m);
    CHECK(plain.person.trunk_thigh_closure_deg == 130.0);
    CHECK(plain.person.thigh_length_m.has_value());
    CHECK_FALSE(plain.wall.distance_m.has_value());
    const ScenarioDef clinical = resolve_scenario({.person = {.hip_flexion_clinical_deg = 115.0}});
    CHECK(clinical.person.trunk_thigh_closure_deg == 115.0);
    CHECK_FALSE(clinical.person.hip_flexion_clinical_deg.has_value());

    std::mt19937_64 random(7);
    for (int i = 0; i < 300; ++i) {
        const ScenarioDef def = test::draw_scenario(random);
        const ScenarioDef once = resolve_scenario(def);
        REQUIRE(resolve_scenario(once) == once);
        REQUIRE(check_complaint(once).empty());
        REQUIRE(input_hash(once) == input_hash(def));
        for (const auto& field : scenario_fields())
            if (!stays_absent(field.name))
                REQUIRE_FALSE(std::holds_alternative<std::monostate>(field.get(once)));
    }
}

TEST_CASE("The hash changes with every field and with nothing else", "[scenario]") {
    const ScenarioDef base;
    const ScenarioDef resolved = resolve_scenario(base);
    const std::string hash = input_hash(base);
    CHECK(hash.size() == 64);
    CHECK(hash.find_first_not_of("0123456789abcdef") == std::string::npos);
    std::set<std::string> hashes = {hash};
    for (const auto& field : scenario_fields()) {
        INFO(field.name);
        FieldValue changed = field.get(resolved);
        if (const double* number = std::get_if<double>(&changed))
            // The next double for a real number: the hash sees unrounded values.
            changed = field.kind == FieldKind::integer ? *number + 1.0 : std::nextafter(*number, field.max);
        else if (field.kind == FieldKind::optional_number)
            changed = std::clamp(0.3, field.min, field.max);
        else
            changed = std::get<std::string>(changed) == field.words[0] ? field.words[1] : field.words[0];
        ScenarioDef other = base;
        field.set(other, changed);
        REQUIRE(check_complaint(other).empty());
        CHECK(hashes.insert(input_hash(other)).second);
    }
    CHECK(hashes.size() == scenario_fields().size() + 1);
    CHECK(input_hash({.name = "other", .asks = "What?", .expect = "completed"}) == hash);
    CHECK(input_hash(resolved) == hash);
    CHECK(input_hash({.heel_wedge = {.height_m = -0.0}}) == hash);
}

TEST_CASE("The hashed text is the resolved fields in list order, in any locale", "[scenario]") {
    const std::string text = canonical_text({});
    CHECK(
        text.starts_with("person.sex=male\nperson.age_years=30\nperson.stature_m=1.75\nperson.mass_kg=75\n"));
    CHECK(text.ends_with("push.height_ratio=0.72\nengine.seed=1\nengine.control=human\n"));
    CHECK(static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n')) == scenario_fields().size());
    const test::CommaLocale comma;
    CHECK(canonical_text({}) == text);
}
