// Writes the fuzz targets' first inputs and dictionary: fuzz_seeds SCENARIOS FOLDER.
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <map>

#include "sim/scenario/scenario_fields.h"
#include "sim/scenario/scenario_toml.h"
#include "tests/fuzz/staged.h"

namespace plumb::fuzz {
namespace {

namespace fs = std::filesystem;

void write(const fs::path& file, const std::string& bytes) {
    fs::create_directories(file.parent_path());
    std::ofstream stream(file, std::ios::binary);
    stream << bytes;
    if (!stream.flush()) throw std::runtime_error("cannot write " + file.string());
}

std::string quoted(const std::string& word) { return '"' + word + "\"\n"; }

void write_all(const fs::path& scenarios, const fs::path& folder) {
    const auto copy_all = [&](const fs::path& from, const std::string& target) {
        for (const auto& entry : fs::directory_iterator(from)) {
            if (!entry.is_regular_file()) continue;
            std::ifstream stream(entry.path(), std::ios::binary);
            write(folder / target / entry.path().filename(),
                  {std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>()});
        }
    };
    copy_all(scenarios, "scenario_toml");
    copy_all(scenarios / "studies", "study");
    copy_all(scenarios / "populations", "population");
    write(folder / "scenario_toml/every_field", scenario_to_toml(resolve_scenario({})));
    write(folder / "scenario_toml/inline",
          "person = { mass_kg = 80, sex = 'female' }\nmovement.hold_s = 1.5\n");

    const ScenarioDef standard;
    std::string dictionary;
    for (const Field<ScenarioDef>& field : scenario_fields()) {
        write(folder / "set" / field.name, field.name + "=" + value_text(field.get(standard)));
        const std::size_t dot = field.name.find('.');
        for (const std::string& word :
             {field.name + "=", field.name.substr(dot + 1) + " = ", "[" + field.name.substr(0, dot) + "]"})
            dictionary += quoted(word);
        for (const std::string& word : field.words) dictionary += quoted(word);
    }
    for (const std::string word :
         {"none", "asks = ", "name = ", "expect = ", "nan", "inf", "true", "1979-05-27", "0x10", "1e9", "-0",
          "'''", "\\\"\\\"\\\"", "[[", "]]", "{", "}", "\\x0a", "\\xef\\xbb\\xbf"})
        dictionary += quoted(word);
    write(folder / "dictionary", dictionary);

    const std::map<std::string, ScenarioDef> runs = {
        {"squat", test::k_short},
        {"wall",
         {.person = {.sex = Sex::female}, .wall = {.distance_m = 0.4}, .heel_wedge = {.height_m = 0.03}}},
        {"weight", {.arms = {ArmsPose::hanging}, .counterweight = {.mass_kg = 5.0}}},
    };
    for (const auto& [name, scenario] : runs) {
        write(folder / "recording" / name, test::bytes_of(staged_tree(scenario, 6)));
        write(folder / "recording" / (name + "_start"), test::bytes_of(staged_tree(scenario, 1)));
    }
}

}  // namespace
}  // namespace plumb::fuzz

int main(int argc, char** argv) {
    try {
        if (argc != 3) throw std::runtime_error("fuzz_seeds SCENARIOS FOLDER");
        plumb::fuzz::write_all(argv[1], argv[2]);
        return 0;
    } catch (const std::exception& error) {
        std::cerr << error.what() << "\n";
        return 1;
    }
}
