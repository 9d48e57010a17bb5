// Hostile --set words, given to the real program: each is refused with one line that names field and allowed range.
#include <cmath>
#include <limits>
#include <string>
#include <vector>

#include "sim/base/input_error.h"
#include "sim/scenario/scenario_fields.h"
#include "tests/catch.h"
#include "tests/e2e/refusal.h"

using namespace plumb;
using namespace plumb::test;

namespace {

using Words = std::vector<std::string>;

/// What stands after --set, and a part of the answer.
struct BadSetting {
    std::string text;
    std::string culprit;
};

/// A run with one setting; it would write and print if it were not refused.
Command setting(const std::string& text) {
    return {.words = {"run", "able", "--json", "--out", "out", "--set", text}};
}

/// "person.mass_kg" -> "person.ass_kg"
std::string without_first_letter(std::string field) { return field.erase(field.find('.') + 1, 1); }

std::string upper(std::string text) {
    for (char& c : text)
        if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
    return text;
}

}  // namespace

TEST_CASE("The program refuses settings that are no field=value", "[e2e]") {
    const std::vector<BadSetting> rows = {
        {"", "field=value"},
        {"person.mass_kg", "\"person.mass_kg\": allowed field=value"},
        {"person.mass_kg:80", "field=value"},
        {"=", "unknown field \"\""},
        {"=80", "unknown field \"\""},
        {"80=person.mass_kg", "unknown field \"80\""},
        {"mass=80", "unknown field \"mass\""},
        {"mass_kg=80", "did you mean person.mass_kg?"},
        {"person.mas_kg=80", "did you mean person.mass_kg?"},
        {"Person.Mass_kg=80", "did you mean person.mass_kg?"},
        {"person.mass_kg =80", "did you mean person.mass_kg?"},
        {"person.mass=80", "did you mean person.mass_kg?"},
        {"person=80", "unknown field \"person\""},
        {"person.=80", "unknown field \"person.\""},
        {".mass_kg=80", "unknown field \".mass_kg\""},
        {"person..mass_kg=80", "unknown field \"person..mass_kg\""},
        {"[person].mass_kg=80", "unknown field \"[person].mass_kg\""},
        {"asks=x", "unknown field \"asks\""},
        {"expect=completed", "unknown field \"expect\""},
        {"name=x", "unknown field \"name\""},
        {"\x1b[2J=1", "\\x1b[2J"},
        {"\xff=1", "\\xff"},
        {std::string(100000, 'x') + "=1", "unknown field"},
        {"person.sex=Male", "male|female"},
        {"movement.depth=deep", "half|parallel|full"},
        {"movement.rotation_cycles=1.5", "movement.rotation_cycles=1.5: not a whole number"},
        {"engine.seed=1e-3", "engine.seed=1e-3: not a whole number"},
        {"wall.distance_m=None", "wall.distance_m=None"},
        {"stance.width_m=40", "is it 0.4 m?"},
    };
    const Folder folder;
    for (const BadSetting& row : rows) check_refused(folder, setting(row.text), {"--set", row.culprit});
    // Each fine alone, wrong together, or wrong for this person: the rules between fields hold for settings too.
    for (const Words& together :
         {Words{"stance.width_m=0.1", "stance.toe_out_deg=0", "person.stature_m=2.2"},
          {"movement.rotation_deg=45", "movement.rotation_cycles=20"},
          {"person.trunk_thigh_closure_deg=130", "person.hip_flexion_clinical_deg=120"},
          {"person.trunk_length_m=0.9", "person.stature_m=1.2"}}) {
        Command command{.words = {"run", "able", "--json", "--out", "out"}};
        for (const std::string& one : together) command.words.insert(command.words.end(), {"--set", one});
        check_refused(folder, command, {"with --set: ", together[0].substr(0, together[0].find('='))});
    }
    // The last of several wins, but the first is still refused when it is wrong.
    Command late = setting("person.mass_kg=80");
    late.words.insert(late.words.begin() + 2, {"--set", "person.mass_kg=heavy"});
    check_refused(folder, late, {"person.mass_kg=heavy"});
}

TEST_CASE("The program refuses every text that is no plain number", "[e2e]") {
    const Words texts = {"",
                         " ",
                         "nan",
                         "NaN",
                         "-nan",
                         "nan(1)",
                         "inf",
                         "-inf",
                         "Infinity",
                         "1e999",
                         "-1e999",
                         "1e-999",
                         "0x1.8p0",
                         "0x2",
                         "0b1",
                         "0o2",
                         "1_8",
                         "1,80",
                         "1.80m",
                         "1.80 m",
                         "180cm",
                         "180",
                         "1.8.0",
                         "+1.80",
                         " 1.80",
                         "1.80 ",
                         "1.80\n",
                         "\t1.80",
                         "--1.8",
                         "1e",
                         "e1",
                         ".",
                         "-",
                         "'1.80'",
                         "\"1.80\"",
                         "[1.80]",
                         "{1.80}",
                         "(1.80)",
                         "1/2",
                         "2*0.9",
                         "$(id)",
                         "`id`",
                         "%s%n",
                         "true",
                         "tall",
                         "none",
                         "null",
                         "1.80;1.9",
                         "1.80 1.90",
                         "=1.80",
                         "1.8=1.8",
                         "1.80#",
                         "1.80f",
                         "1.8L",
                         "1.80\x1b",
                         "\xff",
                         "\u0661",
                         "\uff11",
                         "1.8\u202e",
                         "1.80\u00a0",
                         "\u22121.8",
                         std::string(5000, '9'),
                         "1." + std::string(5000, '9') + "x"};
    const Folder folder;
    for (const std::string& text : texts)
        check_refused(folder, setting("person.stature_m=" + text),
                      {"--set person.stature_m", "1.2 to 2.2 m"});
    CHECK(texts.size() > 60);
}

TEST_CASE("The program refuses what lies outside a field's range on either side", "[e2e]") {
    const Folder folder;
    const double huge = std::numeric_limits<double>::max();
    int number = 0;
    for (const auto& field : scenario_fields()) {
        Words bad = {"nan", "banana", ""};
        if (std::isfinite(field.min))
            bad.insert(bad.end(), {value_text(std::nextafter(field.min, -huge)), "-1e300"});
        if (std::isfinite(field.max))
            bad.insert(bad.end(), {value_text(std::nextafter(field.max, huge)), "1e300"});
        for (const std::string& word : field.words)
            bad.insert(bad.end(), {upper(word), word + " ", word + "=1"});
        CHECK(bad.size() >= 6);
        // The reader of settings refuses every one of them; the program says so and writes nothing, for one in three fields.
        for (const std::string& value : bad) {
            INFO(field.name << "=" << value);
            ScenarioDef def;
            CHECK_THROWS_AS(apply_setting(def, field.name + "=" + value), InputError);
            CHECK(def == ScenarioDef{});
        }
        if (number % 3 == 0)
            check_refused(folder, setting(field.name + "=" + bad[field.name.size() % bad.size()]),
                          {"--set " + field.name, allowed_text(field)});
        // So too a name with a letter missing; the program says so for one in five.
        const std::string wrong = without_first_letter(field.name);
        ScenarioDef def;
        CHECK_THROWS_WITH(apply_setting(def, wrong + "=1"),
                          Catch::Matchers::ContainsSubstring("did you mean " + field.name + "?"));
        if (number++ % 5 == 0)
            check_refused(folder, setting(wrong + "=1"),
                          {"unknown field \"" + wrong, "did you mean " + field.name + "?"});
    }
}
