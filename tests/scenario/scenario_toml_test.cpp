// Reading and writing scenario files.
#include "sim/scenario/scenario_toml.h"

#include <filesystem>
#include <fstream>
#include <random>

#include <sys/stat.h>
#include <unistd.h>

#include "sim/base/input_error.h"
#include "sim/scenario/scenario_fields.h"
#include "tests/base/comma_locale.h"
#include "tests/catch.h"
#include "tests/e2e/folder.h"
#include "tests/scenario/complaints.h"
#include "tests/scenario/random_scenario.h"

using namespace plumb;
using Catch::Matchers::ContainsSubstring;
using namespace plumb::test;

namespace {

constexpr const char* k_sample = R"(# A stiff person.
asks = "What happens to stiff ankles?"   # the question
expect = "fell_backward"

[wall]
# a foot behind
distance_m = 0.30 # [m]

[person]
sex = 'female'
mass_kg = 62
ankle_dorsiflexion_deg = 2.05e1

[movement]
depth = "parallel"
)";

/// The path of a new file.
std::filesystem::path written(const std::filesystem::path& path, const std::string& text) {
    write_file(path, text);
    return path;
}

std::string load_complaint(const std::filesystem::path& path) {
    return complaint_of([&] { static_cast<void>(load_scenario(path)); });
}

}  // namespace

TEST_CASE("A file says only what differs from the defaults", "[scenario][parse]") {
    ScenarioDef expected{.name = "stiff", .asks = "What happens to stiff ankles?", .expect = "fell_backward"};
    expected.wall.distance_m = 0.3;
    expected.person.sex = Sex::female;
    expected.person.mass_kg = 62.0;
    expected.person.ankle_dorsiflexion_deg = 20.5;
    expected.movement.depth = DepthWord::parallel;
    CHECK(parse_scenario(k_sample, "some/where/stiff.toml") == expected);
    CHECK(parse_scenario("", "empty.toml") == ScenarioDef{.name = "empty"});
    CHECK(parse_scenario("\xef\xbb\xbf# BOM\r\n[person]\r\nmass_kg = 80\r\n", "a").person.mass_kg == 80.0);
    CHECK(parse_scenario("[wall]\ndistance_m = \"none\"", "a") == ScenarioDef{.name = "a"});
    CHECK(parse_scenario("movement.depth = 0.5", "a").movement.depth == Depth{0.5});
    CHECK(parse_scenario("movement = { depth = 1 }", "a").movement.depth == Depth{1.0});
    CHECK(parse_scenario("movement.rotation_cycles = 1.0", "a").movement.rotation_cycles == 1);
}

TEST_CASE("Complaints name file, line, field, value and range", "[scenario][parse]") {
    const auto complaint = [](const std::string& text) {
        return complaint_of([&] { static_cast<void>(parse_scenario(text, "stiff.toml")); });
    };
    CHECK(complaint("[person]\n\nmass_kg = 900\n")
          == "stiff.toml:3: person.mass_kg = 900: allowed 30 to 250 kg");
    CHECK(complaint("[person]\nmass_kg = '80'\n")
          == "stiff.toml:2: person.mass_kg = \"80\": allowed a number without quotes, 30 to 250 kg");
    CHECK(complaint("[person]\nmass_kg = true\n")
          == "stiff.toml:2: person.mass_kg is true or false: allowed 30 to 250 kg");
    CHECK(complaint("[person]\nsex = 1\n") == "stiff.toml:2: person.sex = 1: allowed male|female");
    CHECK(complaint("[person]\nmas_kg = 80\n")
          == "stiff.toml:2: unknown field \"person.mas_kg\" (did you mean person.mass_kg?)");
    CHECK(complaint("[persn]\nmass_kg = 80\n")
          == "stiff.toml:1: unknown field \"persn\" (plumbline fields lists them)");
    CHECK(complaint("person = 3") == "stiff.toml:1: person is a number: allowed a table, [person]");
    CHECK(complaint("asks = 3") == "stiff.toml:1: asks is a number: allowed text in quotes");
    CHECK_THAT(complaint("\nexpect = 'falls'"),
               ContainsSubstring("stiff.toml:2: expect = \"falls\": allowed fell_"));
    CHECK_THAT(complaint("[person]\nmass_kg = 80\nmass_kg = 81\n"),
               ContainsSubstring("stiff.toml:3: not TOML: ") && ContainsSubstring("\"mass_kg = 81\""));
    CHECK_THAT(complaint("a = 1\n\xff\n"), ContainsSubstring("stiff.toml:2: not UTF-8 text: \"\\xff\""));
    // The complaint nearest the top comes first, whatever the order of the list.
    CHECK_THAT(complaint("[movement]\ndepth = 2\n[person]\nmass_kg = 900"),
               ContainsSubstring(":2: movement.depth"));
    // Rules between fields point to a line as well.
    CHECK_THAT(complaint("[person]\nhip_flexion_clinical_deg = 120\ntrunk_thigh_closure_deg = 120"),
               ContainsSubstring("stiff.toml:2: person.hip_flexion_clinical_deg = 120 with "));
    CHECK_THAT(complaint("[movement]\nrotation_cycles = 20\nrotation_deg = 45"),
               ContainsSubstring("stiff.toml:2: "));
    CHECK_THAT(complaint("[person]\nsex = 'male'\nthigh_length_m = 0.75\nshank_length_m = 0.75"),
               ContainsSubstring("stiff.toml:4: ") && ContainsSubstring("stature"));
    CHECK_THAT(complaint("[person]\nstature_m = 2.2\n[stance]\ntoe_out_deg = 0\nwidth_m = 0.1"),
               ContainsSubstring("stiff.toml:5: stance.width_m = 0.1"));
}

TEST_CASE("300 random scenarios read back as they were written", "[scenario][parse]") {
    std::mt19937_64 random(11);
    for (int i = 0; i < 300; ++i) {
        const ScenarioDef def = test::draw_scenario(random);
        const std::string text = scenario_to_toml(def);
        INFO(text);
        const ScenarioDef back = parse_scenario(text, "random.toml");
        REQUIRE(back == def);
        REQUIRE(input_hash(back) == input_hash(def));
        REQUIRE(scenario_to_toml(back) == text);
        const ScenarioDef resolved = resolve_scenario(def);
        REQUIRE(parse_scenario(scenario_to_toml(resolved), "random.toml") == resolved);
    }
}

TEST_CASE("The written file shows every field in order, with unit and help", "[scenario]") {
    const std::string text = scenario_to_toml({});
    std::size_t at = 0;
    for (const auto& field : scenario_fields()) {
        const std::size_t dot = field.name.rfind('.');
        INFO(field.name);
        const std::size_t table = text.find("[" + field.name.substr(0, dot) + "]\n");
        REQUIRE(table != std::string::npos);
        at = text.find(field.name.substr(dot + 1) + " = ", std::max(at, table));
        REQUIRE(at != std::string::npos);
        const std::string line = text.substr(at, text.find('\n', at) - at);
        CHECK_THAT(line, ContainsSubstring(field.help) && ContainsSubstring(allowed_text(field)));
    }
}

TEST_CASE("A comma locale changes nothing in files", "[scenario][parse]") {
    const ScenarioDef before = parse_scenario(k_sample, "a.toml");
    const std::string text = scenario_to_toml(before), hash = input_hash(before);
    const test::CommaLocale comma;
    CHECK(parse_scenario(k_sample, "a.toml") == before);
    CHECK(scenario_to_toml(before) == text);
    CHECK(parse_scenario(text, "a.toml") == before);
    CHECK(input_hash(before) == hash);
    CHECK_THAT(
        complaint_of([] { static_cast<void>(parse_scenario("[person]\nmass_kg = 1000.5", "a.toml")); }),
        ContainsSubstring("a.toml:2: person.mass_kg = 1000.5: allowed"));
}

TEST_CASE("One value is changed in a text and all else is kept", "[scenario][parse]") {
    const std::string text = k_sample;
    const auto replaced = [&](const std::string& from, const std::string& to) {
        std::string out = text;
        return out.replace(out.find(from), from.size(), to);
    };
    CHECK(with_setting(text, "person.mass_kg", "71.5") == replaced("mass_kg = 62", "mass_kg = 71.5"));
    CHECK(with_setting(text, "wall.distance_m", "none") == replaced("0.30 #", "\"none\" #"));
    CHECK(with_setting(text, "movement.depth", "0.4") == replaced("\"parallel\"", "0.4"));
    CHECK(with_setting(text, "person.age_years", "50")
          == replaced("[person]\n", "[person]\nage_years = 50\n"));
    CHECK(with_setting(text, "engine.seed", "7") == text + "\n[engine]\nseed = 7\n");
    CHECK(with_setting("asks = 'é é'\nmovement.hold_s = 2 # é", "movement.hold_s", "4")
          == "asks = 'é é'\nmovement.hold_s = 4 # é");
    // A value in an inline table is replaced; adding one to it is refused rather than guessed.
    CHECK(with_setting("movement = {depth = 'half'}", "movement.depth", "1") == "movement = {depth = 1}");
    CHECK_THROWS_AS(with_setting("movement = {depth = 'half'}", "movement.hold_s", "1"), InputError);
    CHECK_THROWS_AS(with_setting(text, "person.mass_kg", "900"), InputError);
    CHECK_THROWS_AS(with_setting(text, "person.mas_kg", "80"), InputError);
    CHECK_THROWS_AS(with_setting("nonsense", "person.mass_kg", "80"), InputError);
}

TEST_CASE("Any field can be changed in any written file", "[scenario][parse]") {
    std::mt19937_64 random(5);
    int changed = 0;
    for (int i = 0; i < 10; ++i) {
        const ScenarioDef def = test::draw_scenario(random), other = test::draw_scenario(random);
        const std::string text = scenario_to_toml(def);
        for (const auto& field : scenario_fields()) {
            ScenarioDef wanted = def;
            field.set(wanted, field.get(other));
            if (find_scenario_problem(wanted)) continue;
            const std::string edited = with_setting(text, field.name, value_text(field.get(other)));
            INFO(field.name);
            REQUIRE(parse_scenario(edited, "random.toml") == wanted);
            ++changed;
        }
    }
    CHECK(changed > 250);
}

TEST_CASE("Files are read by path and found by name", "[scenario][parse]") {
    const Folder folder;
    const auto path = written(folder / "stiff_ankles.toml", k_sample);
    CHECK(load_scenario(path) == parse_scenario(k_sample, "stiff_ankles.toml"));
    CHECK(find_scenario("stiff_ankles", folder.path()) == path);
    CHECK(find_scenario("x/y.toml", folder.path()) == "x/y.toml");
    CHECK(find_scenario("y.toml", folder.path()) == "y.toml");
    CHECK(find_scenario("./y", folder.path()) == "./y");
    const auto find_complaint = [&](const std::string& name) {
        return complaint_of([&] { static_cast<void>(find_scenario(name, folder.path())); });
    };
    CHECK_THAT(find_complaint("stif_ankles"), ContainsSubstring("(did you mean stiff_ankles?)"));
    for (const std::string name : {"", "..", "banana", "\x1b[2J", "a\nb"})
        CHECK_FALSE(find_complaint(name).empty());
    CHECK_FALSE(find_complaint(std::string(100000, 'a')).empty());
    CHECK_FALSE(complaint_of([&] { static_cast<void>(find_scenario("a", folder / "missing")); }).empty());
}

TEST_CASE("What is not a readable small file is refused without waiting", "[scenario][parse]") {
    const Folder folder;
    CHECK_THAT(load_complaint(folder / "missing.toml"), ContainsSubstring("missing.toml: no such file"));
    CHECK_THAT(load_complaint(folder.path()), ContainsSubstring("is a directory"));
    const auto fifo = folder / "fifo.toml";
    REQUIRE(::mkfifo(fifo.c_str(), 0600) == 0);
    CHECK_THAT(load_complaint(fifo), ContainsSubstring("fifo.toml: is not a regular file"));
    for (const char* device : {"/dev/zero", "/dev/null", "/dev/tty"})
        CHECK_THAT(load_complaint(device), ContainsSubstring(device));
    std::filesystem::create_symlink("loop.toml", folder / "loop.toml");
    CHECK_THAT(load_complaint(folder / "loop.toml"), ContainsSubstring("loop.toml: cannot be read: "));
    CHECK_THAT(load_complaint(written(folder / "big.toml", std::string((1 << 20) + 1, '#'))),
               ContainsSubstring("1 MiB"));
    CHECK(load_complaint(written(folder / "largest.toml", std::string(1 << 20, '#'))).empty());
    CHECK_THAT(load_complaint(written(folder / "new\nline\x1b.toml", "x = 1")),
               ContainsSubstring("new\\x0aline\\x1b.toml:1: "));
    CHECK_FALSE(load_complaint("").empty());
    CHECK_FALSE(load_complaint(std::string(5000, 'a') + ".toml").empty());
    CHECK_FALSE(load_complaint(std::string("/dev/null\0x", 11)).empty());
    CHECK_THAT(load_complaint(written(folder / "wrong.toml", "\n[person]\nmass_kg = 1")),
               ContainsSubstring("wrong.toml:3: person.mass_kg = 1: allowed"));
}
