// The list of fields: complete, consistent with the Def, and usable through --set.
#include "sim/scenario/scenario_fields.h"

#include <algorithm>
#include <set>

#include "sim/base/input_error.h"
#include "sim/base/text.h"
#include "tests/base/comma_locale.h"
#include "tests/catch.h"
#include "tests/scenario/complaints.h"

using namespace plumb;
using Catch::Matchers::ContainsSubstring;
using test::complaint_of;

namespace {

/// The complaint of one --set; empty when it is accepted.
std::string set_complaint(const std::string& assignment) {
    return complaint_of([&] {
        ScenarioDef def;
        apply_setting(def, assignment);
    });
}

}  // namespace

TEST_CASE("The list holds exactly the fields of a scenario, in order", "[scenario]") {
    const std::vector<std::string> expected = {"person.sex",
                                               "person.age_years",
                                               "person.stature_m",
                                               "person.mass_kg",
                                               "person.thigh_length_m",
                                               "person.shank_length_m",
                                               "person.trunk_length_m",
                                               "person.arm_length_m",
                                               "person.foot_length_m",
                                               "person.footwear",
                                               "person.ankle_dorsiflexion_deg",
                                               "person.ankle_dorsiflexion_nwb_deg",
                                               "person.knee_to_wall_cm",
                                               "person.ankle_inversion_deg",
                                               "person.ankle_eversion_deg",
                                               "person.hip_flexion_deg",
                                               "person.hip_flexion_clinical_deg",
                                               "person.hip_abduction_deg",
                                               "person.hip_external_rotation_deg",
                                               "person.knee_flexion_deg",
                                               "person.lumbar_flexion_deg",
                                               "person.trunk_thigh_closure_deg",
                                               "person.strength_ratio",
                                               "person.tightness_ratio",
                                               "person.soft_tissue_contact",
                                               "person.reaction_delay_s",
                                               "person.sway_sd_m",
                                               "person.strength.hip_ratio",
                                               "person.strength.knee_ratio",
                                               "person.strength.ankle_ratio",
                                               "person.strength.trunk_ratio",
                                               "person.strength.shoulder_ratio",
                                               "person.tightness.calf_ratio",
                                               "person.tightness.hamstring_ratio",
                                               "person.tightness.glute_ratio",
                                               "person.tightness.quad_ratio",
                                               "person.tightness.lower_back_ratio",
                                               "person.left.thigh_length_m",
                                               "person.left.shank_length_m",
                                               "person.left.ankle_dorsiflexion_deg",
                                               "person.left.ankle_inversion_deg",
                                               "person.left.ankle_eversion_deg",
                                               "person.left.hip_flexion_deg",
                                               "person.left.hip_abduction_deg",
                                               "person.left.hip_external_rotation_deg",
                                               "person.left.knee_flexion_deg",
                                               "person.left.strength_ratio",
                                               "person.left.hip_strength_ratio",
                                               "person.left.knee_strength_ratio",
                                               "person.left.ankle_strength_ratio",
                                               "person.right.thigh_length_m",
                                               "person.right.shank_length_m",
                                               "person.right.ankle_dorsiflexion_deg",
                                               "person.right.ankle_inversion_deg",
                                               "person.right.ankle_eversion_deg",
                                               "person.right.hip_flexion_deg",
                                               "person.right.hip_abduction_deg",
                                               "person.right.hip_external_rotation_deg",
                                               "person.right.knee_flexion_deg",
                                               "person.right.strength_ratio",
                                               "person.right.hip_strength_ratio",
                                               "person.right.knee_strength_ratio",
                                               "person.right.ankle_strength_ratio",
                                               "stance.width_m",
                                               "stance.toe_out_deg",
                                               "arms.pose",
                                               "counterweight.mass_kg",
                                               "counterweight.hold",
                                               "counterweight.hand",
                                               "wall.distance_m",
                                               "heel_wedge.height_m",
                                               "movement.depth",
                                               "movement.descend_s",
                                               "movement.hold_s",
                                               "movement.ascend_s",
                                               "movement.intent",
                                               "movement.heels",
                                               "movement.rotation_deg",
                                               "movement.rotation_cycles",
                                               "movement.neutral_spine_deg",
                                               "movement.shank_lean_max_deg",
                                               "push.time_s",
                                               "push.impulse_Ns",
                                               "push.direction_deg",
                                               "push.height_ratio",
                                               "engine.seed",
                                               "engine.control"};
    std::vector<std::string> names;
    for (const auto& field : scenario_fields()) names.push_back(field.name);
    CHECK(names == expected);
}

TEST_CASE("Every field says what it is, and its name carries its unit", "[scenario]") {
    for (const auto& field : scenario_fields()) {
        INFO(field.name);
        CHECK_FALSE(field.help.empty());
        CHECK(printable(field.help) == field.help);
        CHECK((field.kind == FieldKind::optional_number) == !field.absent_means.empty());
        const bool has_words = field.kind == FieldKind::word || field.kind == FieldKind::word_or_number;
        CHECK(has_words == !field.words.empty());
        if (field.kind != FieldKind::word) CHECK(field.min < field.max);
        for (const char* unit : {"m", "cm", "kg", "deg", "s", "years"})
            CHECK(field.name.ends_with(std::string("_") + unit) == (field.unit == unit));
    }
}

TEST_CASE("While a side's field is absent the person's own value is in use", "[scenario]") {
    ScenarioDef def;
    def.person.knee_flexion_deg = 133.0;
    def.person.knee_to_wall_cm = 9.0;
    def.person.strength.hip_ratio = 0.8;
    def.person.right.knee_flexion_deg = 90.0;
    def.person.right.thigh_length_m = 0.40;
    const ScenarioDef resolved = resolve_scenario(def);
    const auto in_use = [&](const std::string& name) { return value_in_use(*find_field(name), resolved); };
    const PersonDef& p = resolved.person;
    CHECK(in_use("person.left.knee_flexion_deg") == FieldValue(133.0));
    CHECK(in_use("person.right.knee_flexion_deg") == FieldValue(90.0));
    CHECK(in_use("person.left.thigh_length_m") == FieldValue(*p.thigh_length_m));
    CHECK(in_use("person.right.thigh_length_m") == FieldValue(0.40));
    CHECK(p.ankle_dorsiflexion_deg != k_usual_dorsiflexion_deg);
    CHECK(in_use("person.left.ankle_dorsiflexion_deg") == FieldValue(p.ankle_dorsiflexion_deg));
    CHECK(in_use("person.left.hip_strength_ratio") == FieldValue(0.8));
    CHECK(in_use("wall.distance_m") == FieldValue());
    // Both sides: every field of a side stands for a number of the person.
    for (const auto& field : scenario_fields()) {
        INFO(field.name);
        if (!field.name.starts_with("person.left.") && !field.name.starts_with("person.right.")) continue;
        CHECK(std::holds_alternative<double>(value_in_use(field, resolved)));
    }
}

TEST_CASE("Ranges are at least as wide as promised", "[scenario]") {
    struct Promise {
        const char* field;
        double min, max;
    };
    for (const Promise& promise : {Promise{"movement.descend_s", 0.1, 60},
                                   {"movement.hold_s", 0.1, 60},
                                   {"movement.ascend_s", 0.1, 60},
                                   {"person.stature_m", 1.2, 2.2},
                                   {"person.mass_kg", 30, 250},
                                   {"stance.width_m", 0.1, 1.0},
                                   {"stance.toe_out_deg", 0, 60},
                                   {"counterweight.mass_kg", 0, 40},
                                   {"heel_wedge.height_m", 0, 0.1},
                                   {"wall.distance_m", 0.02, 1.5},
                                   {"person.strength_ratio", 0.1, 3},
                                   {"person.tightness_ratio", 0.1, 3},
                                   {"person.ankle_dorsiflexion_deg", 0, 60},
                                   {"movement.depth", 0, 1}}) {
        INFO(promise.field);
        const auto* field = find_field(promise.field);
        REQUIRE(field != nullptr);
        CHECK(field->min <= promise.min);
        CHECK(field->max >= promise.max);
    }
}

TEST_CASE("The defaults are the promised ones and pass the door", "[scenario]") {
    const ScenarioDef def;
    CHECK_NOTHROW(check_scenario(def, "defaults"));
    const auto text = [&](const char* name) { return value_text(find_field(name)->get(def)); };
    CHECK(text("person.sex") == "male");
    CHECK(text("person.age_years") == "30");
    CHECK(text("person.stature_m") == "1.75");
    CHECK(text("person.mass_kg") == "75");
    CHECK(text("person.ankle_dorsiflexion_deg") == "38");
    CHECK(text("person.knee_flexion_deg") == "150");
    CHECK(text("person.hip_flexion_deg") == "100");
    CHECK(text("person.lumbar_flexion_deg") == "30");
    CHECK(text("arms.pose") == "forward");
    CHECK(text("counterweight.mass_kg") == "0");
    CHECK(text("wall.distance_m") == "none");
    CHECK(text("movement.depth") == "full");
    CHECK(text("movement.intent") == "committed");
    CHECK(text("movement.heels") == "flat");
    CHECK(text("movement.descend_s") == "3");
    CHECK(text("movement.hold_s") == "2");
    CHECK(text("movement.ascend_s") == "3");
}

TEST_CASE("Each field sets its own member and no other", "[scenario]") {
    for (const auto& field : scenario_fields()) {
        std::vector<FieldValue> values;
        for (const std::string& word : field.words) values.emplace_back(word);
        if (field.kind != FieldKind::word) values.insert(values.end(), {field.min, field.max});
        if (field.kind == FieldKind::optional_number) values.emplace_back(std::monostate{});
        for (const FieldValue& value : values) {
            INFO(field.name << " = " << value_text(value));
            ScenarioDef by_setting;
            apply_setting(by_setting, field.name + "=" + value_text(value));
            CHECK(field.get(by_setting) == value);
            for (const auto& other : scenario_fields())
                if (other.name != field.name) CHECK(other.get(by_setting) == other.get(ScenarioDef{}));
        }
    }
}

TEST_CASE("The last of repeated settings wins", "[scenario]") {
    ScenarioDef def;
    apply_setting(def, "person.mass_kg=80");
    apply_setting(def, "person.mass_kg=90.5");
    CHECK(def.person.mass_kg == 90.5);
    apply_setting(def, "movement.depth=0.5");
    apply_setting(def, "movement.depth=parallel");
    CHECK(def.movement.depth == Depth{DepthWord::parallel});
    apply_setting(def, "wall.distance_m=0.3");
    apply_setting(def, "wall.distance_m=none");
    CHECK_FALSE(def.wall.distance_m.has_value());
}

TEST_CASE("A refused setting says field, value and range, and changes nothing", "[scenario][parse]") {
    CHECK(set_complaint("person.stature_m=175")
          == "--set person.stature_m=175: allowed 1.2 to 2.2 m (is it 1.75 m?)");
    CHECK(set_complaint("person.mass_kg=900") == "--set person.mass_kg=900: allowed 30 to 250 kg");
    CHECK(set_complaint("movement.heels=up") == "--set movement.heels=up: allowed flat|may_lift");
    CHECK(set_complaint("movement.intent=bold") == "--set movement.intent=bold: allowed cautious|committed");
    CHECK(set_complaint("person.mas_kg=80")
          == "--set: unknown field \"person.mas_kg\" (did you mean person.mass_kg?)");
    CHECK(set_complaint("seed=3") == "--set: unknown field \"seed\" (did you mean engine.seed?)");
    CHECK(set_complaint("xyzzy=3") == "--set: unknown field \"xyzzy\" (plumbline fields lists them)");
    CHECK(set_complaint("person.mass_kg")
          == "--set \"person.mass_kg\": allowed field=value, as in person.mass_kg=80");
    ScenarioDef def;
    CHECK_THROWS_AS(apply_setting(def, "person.mass_kg=900"), InputError);
    CHECK(def == ScenarioDef{});
}

TEST_CASE("Hostile settings of every field are refused on one line", "[scenario][parse]") {
    int refused = 0;
    for (const auto& field : scenario_fields()) {
        std::vector<std::string> bad = {"",
                                        " ",
                                        "nan",
                                        "inf",
                                        "-inf",
                                        "1e400",
                                        "-1e400",
                                        "0x20",
                                        "1,5",
                                        "+1",
                                        " 1",
                                        "1 ",
                                        "1kg",
                                        "1=1",
                                        "true",
                                        "[1]",
                                        "\"1\"",
                                        "99999999999999999999",
                                        value_text(std::min(-1.0, field.min - 1.0)),
                                        "NONE",
                                        "\x1b[2J",
                                        "1\n",
                                        "\xff\xfe",
                                        std::string(1 << 20, '9'),
                                        std::string("1\0", 2)};
        if (field.kind == FieldKind::integer) bad.push_back("1.5");
        if (field.kind != FieldKind::optional_number) bad.push_back("none");
        if (field.kind == FieldKind::word) bad.insert(bad.end(), {"0", "1", field.words[0] + "x"});
        for (const std::string& value : bad) {
            const std::string complaint = set_complaint(field.name + "=" + value);
            INFO(complaint);
            CHECK_THAT(complaint, ContainsSubstring(field.name));
            CHECK_THAT(complaint, ContainsSubstring("allowed"));
            ++refused;
        }
    }
    for (const std::string name :
         {"", "=", "==", "person", "person.", ".mass_kg", "Person.mass_kg", "person.mass_kg ",
          " person.mass_kg", "person..mass_kg", "asks", "expect", "name", "\x1b[31m", "\n"}) {
        CHECK_FALSE(set_complaint(name + "=1").empty());
        CHECK_FALSE(set_complaint(name).empty());
        refused += 2;
    }
    CHECK_FALSE(set_complaint(std::string(1 << 20, 'a') + "=1").empty());
    CHECK(refused > 200);
}

TEST_CASE("A seed is kept exactly up to 2^53 - 1 and refused beyond", "[scenario]") {
    ScenarioDef def;
    apply_setting(def, "engine.seed=9007199254740991");
    CHECK(def.engine.seed == 9007199254740991);
    CHECK_FALSE(set_complaint("engine.seed=9007199254740992").empty());
    CHECK_FALSE(set_complaint("engine.seed=9007199254740993").empty());
}

TEST_CASE("A comma locale changes no setting and no complaint", "[scenario][parse]") {
    const std::string before = set_complaint("person.mass_kg=1000.5");
    const test::CommaLocale comma;
    ScenarioDef def;
    apply_setting(def, "person.stature_m=1.815");
    CHECK(def.person.stature_m == 1.815);
    CHECK(set_complaint("person.mass_kg=1000.5") == before);
    CHECK_FALSE(set_complaint("person.stature_m=1,815").empty());
}
