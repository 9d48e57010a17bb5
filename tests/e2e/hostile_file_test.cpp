// Hostile scenario files and output folders, given to the real program: one line that names the culprit, no harm.
#include <cmath>
#include <limits>
#include <random>
#include <string>
#include <vector>

#include <sys/stat.h>

#include "sim/scenario/scenario_fields.h"
#include "tests/catch.h"
#include "tests/e2e/refusal.h"

using namespace plumb;
using namespace plumb::test;
using namespace std::string_literals;
namespace fs = std::filesystem;

namespace {

struct BadFile {
    std::string text;     ///< a file's bytes, or its name
    std::string culprit;  ///< a part of the answer
};

/// A run of this file that would write and print if it were not refused.
Command run_of(const std::string& file) { return {.words = {"run", file, "--json", "--out", "out"}}; }

void check_file_refused(const Folder& folder, const BadFile& row) {
    write_file(folder / "hostile.toml", row.text);
    INFO(printable(row.text, 100));
    check_refused(folder, run_of("./hostile.toml"), {"./hostile.toml:", row.culprit});
}

std::string random_bytes(std::size_t count) {
    std::mt19937_64 random(7);
    std::string bytes(count, '\0');
    for (char& c : bytes) c = static_cast<char>(random() % 256);
    return bytes;
}

}  // namespace

TEST_CASE("The program refuses broken scenario files", "[e2e]") {
    const std::size_t mega = std::size_t{1} << 20;
    const std::vector<BadFile> rows = {
        // truncated
        {"[person", ":1: not TOML"},
        {"asks = \"Can", ":1: not TOML"},
        {"\nasks = '''Can\n", ":2: "},
        {"[person]\nmass_kg", ":2: not TOML"},
        {"[person]\nmass_kg =", ":2: not TOML"},
        {"[person]\nmass_kg = 8.", ":2: not TOML"},
        {"person = {mass_kg = 80", ":1: not TOML"},
        {"person.", ":1: not TOML"},
        // huge
        {std::string(mega + 1, '#'), "larger than the 1 MiB allowed"},
        {std::string(3 * mega, '\0'), "larger than the 1 MiB allowed"},
        {"[person]\nmass_kg = " + std::string(mega - 100, '9'), ":2: "},
        {"[person]\nsex = \"" + std::string(mega - 100, 'm') + "\"", ":2: person.sex = \"mmm"},
        {"asks = \"" + std::string(mega - 100, '?') + "\"", ":1: asks"},
        {std::string(mega, 'a'), ":1: not TOML"},
        {repeated("\n", 500000) + "x", ":500001: not TOML"},
        // deeply nested
        {"a = " + std::string(100000, '['), ":1: nested too deeply"},
        {"\na = " + repeated("{a = ", 100000) + "1" + repeated("}", 100000), ":2: nested too deeply"},
        {"[a" + repeated(".a", 100000) + "]", ":1: "},
        {"person = {" + repeated("x.", 100000) + "x = 1}", ":1: "},
        // binary
        {"\0"s, ":1: "},
        {std::string(4096, '\0'), ":1: "},
        {random_bytes(4096), ":1: not UTF-8"},
        {"\x7f"s + "ELF\x02\x01\x01\0\0"s, ":1: "},
        {"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"s, ":1: not UTF-8"},
        {"\x1f\x8b\x08\0\0\0\0\0"s, ":1: not UTF-8"},
        {"PK\x03\x04\x14\0"s, ":1: "},
        {"asks = \"s\xfcre\"", ":1: not UTF-8"},
        {"\xff\xfe[\0p\0"s, ":1: not UTF-8"},
        {"\xfe\xff\0["s, ":1: not UTF-8"},
        // marks, line ends, controls
        {"\xef\xbb\xbfx", ":1: not TOML"},
        {"\xef\xbb\xbf\xef\xbb\xbf[person]", ":1: "},
        {"[person]\xef\xbb\xbf\nmass_kg = 80", ":1: "},
        {"[person]\rmass_kg = 80\r", ":1: "},
        {"[person]\r\nmass_kg = 900\r\n", ":2: person.mass_kg = 900: allowed 30 to 250 kg"},
        {"[person]\r\nmass_kg\r\n= 80\r\n", ":2: not TOML"},
        {"asks = \"\x1b[2J\"", ":1: "},
        {"asks = \"\\u001b[2J\"", ":1: asks = \"\\x1b[2J\""},
        {"asks = \"\\u202e\"", ":1: asks"},
        {"asks = \"a\\nb\"", ":1: asks"},
        {"\"\\u001b[2J\" = 1", ":1: unknown field \"\\x1b[2J\""},
        // twice
        {"asks = 'a'\nasks = 'a'", ":2: "},
        {"[person]\nmass_kg = 80\nmass_kg = 80", ":3: "},
        {"[person]\nmass_kg = 80\n[person]\nage_years = 30", ":3: "},
        {"person.mass_kg = 80\n[person]\nage_years = 30", ":2: "},
        {"[wall]\n[[wall]]", ":2: "},
        // other languages
        {"{\"person\": {\"mass_kg\": 80}}", ":1: not TOML"},
        {"person:\n  mass_kg: 80\n", ":1: not TOML"},
        {"<person mass_kg=\"80\"/>", ":1: not TOML"},
        {"; old\n[person]\nmass_kg = 80", ":1: not TOML"},
        {"#!/bin/sh\nexit 0\n", ":2: not TOML"},
    };
    const Folder folder;
    for (const BadFile& row : rows) check_file_refused(folder, row);
    CHECK(rows.size() > 45);
}

TEST_CASE("The program refuses scenario files with wrong fields", "[e2e]") {
    const std::vector<BadFile> rows = {
        {"persn.mass_kg = 80", ":1: unknown field \"persn\""},
        {"[persons]", ":1: unknown field \"persons\""},
        {"mass_kg = 80", ":1: unknown field \"mass_kg\" (did you mean person.mass_kg?)"},
        {"[person]\nmass = 80", ":2: unknown field \"person.mass\" (did you mean person.mass_kg?)"},
        {"[Person]\nmass_kg = 80", ":1: unknown field \"Person\""},
        {"[person.body]\nmass_kg = 80", ":1: unknown field \"person.body\""},
        {"[\"person.mass_kg\"]", ":1: unknown field \"person.mass_kg\""},
        {"title = 'x'", ":1: unknown field \"title\""},
        {"person = 1", ":1: person is a number: allowed a table"},
        {"person = []", ":1: person is an array: allowed a table"},
        {"[[person]]", ":1: person is an array: allowed a table"},
        {"asks = 1", ":1: asks is a number"},
        {"expect = true", ":1: expect is true or false"},
        {"expect = 'falls'", ":1: expect = \"falls\": allowed fell_backward|"},
        {"expect = 'Completed'", ":1: expect = \"Completed\""},
        {"[person]\nmass_kg = nan", ":2: person.mass_kg"},
        {"[person]\nmass_kg = inf", ":2: person.mass_kg"},
        {"[person]\nmass_kg = 1e999", ":2: "},
        {"[person]\nmass_kg = 0x7fffffffffffffff", ":2: person.mass_kg"},
        {"[person]\nmass_kg = 99999999999999999999", ":2: "},
        {"[person]\nmass_kg = 80kg", ":2: not TOML"},
        {"[person]\nmass_kg = 80,5", ":2: not TOML"},
        {"[person]\nmass_kg = \"80\"",
         ":2: person.mass_kg = \"80\": allowed a number without quotes, 30 to 250 kg"},
        {"[person]\nmass_kg = [80]", ":2: person.mass_kg is an array"},
        {"[person]\nmass_kg = {kg = 80}", ":2: person.mass_kg is a table"},
        {"[person]\nmass_kg = true", ":2: person.mass_kg is true or false"},
        {"[person]\nmass_kg = 1979-05-27", ":2: person.mass_kg is a date or time"},
        {"[person]\nsex = male", ":2: not TOML"},
        {"[person]\nstature_m = 175", ":2: person.stature_m = 175: allowed 1.2 to 2.2 m (is it 1.75 m?)"},
        {"[stance]\nwidth_m = 0.1\ntoe_out_deg = 0\n[person]\nstature_m = 2.2", ":2: stance.width_m = 0.1"},
        {"[movement]\nrotation_deg = 45\nrotation_cycles = 20", ":3: movement.rotation_cycles = 20"},
        {"[person]\nstature_m = 1.2\ntrunk_length_m = 0.9", ":3: "},
    };
    const Folder folder;
    for (const BadFile& row : rows) check_file_refused(folder, row);
    // A setting does not mend a wrong file.
    write_file(folder / "wrong.toml", "[person]\nmass_kg = 900\n");
    Command mended = run_of("wrong.toml");
    mended.words.insert(mended.words.end(), {"--set", "person.mass_kg=80"});
    check_refused(folder, mended, {"wrong.toml:2: person.mass_kg = 900"});
}

TEST_CASE("The program refuses a file with a field just outside its range", "[e2e]") {
    const Folder folder;
    const double huge = std::numeric_limits<double>::max();
    // Every third: the door is the same for all of them (scenario/), here it is the program's file that matters.
    for (std::size_t i = 0; i < scenario_fields().size(); i += 3) {
        const auto& field = scenario_fields()[i];
        const std::size_t dot = field.name.find('.');
        const std::string start =
            "# one field\n[" + field.name.substr(0, dot) + "]\n" + field.name.substr(dot + 1);
        std::vector<std::string> bad = {"'banana'"};
        if (std::isfinite(field.min)) bad.push_back(value_text(std::nextafter(field.min, -huge)));
        if (std::isfinite(field.max)) bad.push_back(value_text(std::nextafter(field.max, huge)));
        if (!field.words.empty()) bad.push_back("'" + field.words.front() + " '");
        CHECK(bad.size() >= 2);
        for (const std::string& value : bad)
            check_file_refused(folder, {start + " = " + value + "\n", ":3: " + field.name + " = "});
    }
}

TEST_CASE("The program refuses what is no scenario file without waiting for it", "[e2e]") {
    const Folder folder;
    fs::create_directories(folder / "folder.toml");
    fs::create_symlink("gone", folder / "broken.toml");
    fs::create_symlink("loop.toml", folder / "loop.toml");
    fs::create_symlink("folder.toml", folder / "to_folder.toml");
    write_file(folder / "file", "");
    REQUIRE(::mkfifo((folder / "pipe.toml").c_str(), 0666) == 0);
    for (const BadFile& row : std::vector<BadFile>{{"folder.toml", "is a directory"},
                                                   {"folder.toml/", "is a directory"},
                                                   {"to_folder.toml", "is a directory"},
                                                   {"./", "is a directory"},
                                                   {"broken.toml", "no such file"},
                                                   {"file/x.toml", "no such file"},
                                                   {"file/", "no such file"},
                                                   {"loop.toml", "cannot be read"},
                                                   {"pipe.toml", "is not a regular file"},
                                                   {"/dev/null", "is not a regular file"},
                                                   {"/dev/zero", "is not a regular file"},
                                                   {"/dev/tty", "is not a regular file"},
                                                   {"/dev/stdin", "is not a regular file"},
                                                   {PLUMBLINE_EXE, "larger than the 1 MiB"}})
        check_refused(folder, run_of(row.text), {row.text + ": " + row.culprit});

    // One bad file among all scenarios: bad input before the first line of output.
    write_file(folder / "scenarios/a_good.toml", "");
    write_file(folder / "scenarios/b_bad.toml", "[wall]\ndistance_m = 300\n");
    for (const char* const word : {"list", "demo"})
        check_refused(folder, {.words = {word}, .home = folder.path()},
                      {"b_bad.toml:2: wall.distance_m = 300"});
}

TEST_CASE("The program refuses output folders it cannot fill before it runs", "[e2e]") {
    const Folder folder;
    write_file(folder / "file", "mine");
    write_file(folder / "taken/summary.json/mine", "mine");
    fs::create_symlink("gone", folder / "broken");
    fs::create_symlink("loop", folder / "loop");
    for (const BadFile& row : std::vector<BadFile>{{"", "the folder's name is empty"},
                                                   {"file", "is a file"},
                                                   {"file/", "is a file"},
                                                   {"./file", "is a file"},
                                                   {"file/x", "a part of the path is a file"},
                                                   {"file/x/y/z", "a part of the path is a file"},
                                                   {"file/..", "a part of the path is a file"},
                                                   {"taken", "summary.json"},
                                                   {"broken", "leads nowhere"},
                                                   {"broken/x", "leads nowhere"},
                                                   {"loop", ""},
                                                   {"loop/x", ""},
                                                   {"/dev/null", "is a file"},
                                                   {"/dev/null/x", "a part of the path is a file"},
                                                   {"/proc/x", "cannot write there"},
                                                   {std::string(300, 'x'), "too long"},
                                                   {repeated("x/", 3000), "too long"},
                                                   {"\x1b[2J\n/../file", ""}}) {
        const Command command{.words = {"run", "able", "--json", "--out", row.text}};
        check_refused(folder, command, {"--out " + printable(row.text).substr(0, 60), row.culprit});
    }
}

TEST_CASE("The program refuses unreadable files and unwritable folders", "[e2e]") {
    if (run_program({.words = {"--version"}, .as_nobody = true}).exit_code != 0)
        SKIP("an ordinary user may not start the program here");
    const Folder folder;
    write_file(folder / "secret.toml", "");
    write_file(folder / "locked/file", "");
    write_file(folder / "closed/inside/able.toml", "");
    for (const char* const name : {"secret.toml", "closed"}) fs::permissions(folder / name, fs::perms::none);
    fs::permissions(folder / "locked", fs::perms(0555));
    const auto refuse = [&](Command command, const std::string& culprit) {
        command.as_nobody = true;
        command.folder = folder.path();
        const Result result = run_program(command);
        INFO(result.err);
        CHECK(result.exit_code == 2);
        CHECK(result.out.empty());
        check_one_line(result.err);
        CHECK_THAT(result.err, Catch::Matchers::ContainsSubstring(culprit));
    };
    refuse(run_of("secret.toml"), "secret.toml: cannot be read");
    refuse(run_of("closed/inside/able.toml"), "closed/inside/able.toml: cannot be read");
    for (const char* const out : {"locked", "locked/new", "closed", "closed/inside"})
        refuse({.words = {"run", "able", "--out", out}}, "--out "s + out);
    fs::permissions(folder / "closed", fs::perms(0755));
    CHECK_FALSE(fs::exists(folder / "locked/new"));
    CHECK_FALSE(fs::exists(folder / "closed/inside/summary.json"));
}
