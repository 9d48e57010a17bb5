// Scenario files on disk: finding them by name, and reading them.
#include <algorithm>
#include <system_error>
#include <vector>

#include "sim/base/input_error.h"
#include "sim/base/input_file.h"
#include "sim/base/text.h"
#include "sim/scenario/scenario_toml.h"
#include "sim/scenario/toml_guard.h"

namespace plumb {
namespace {

std::vector<std::string> scenario_names(const std::filesystem::path& folder) {
    std::vector<std::string> names;
    std::error_code error;
    for (std::filesystem::directory_iterator entry(folder, error), end; !error && entry != end;
         entry.increment(error))
        if (entry->path().extension() == ".toml") names.push_back(entry->path().stem().string());
    std::ranges::sort(names);
    return names;
}

}  // namespace

ScenarioDef load_scenario(const std::filesystem::path& path) {
    return parse_scenario(read_input_file(path, {"scenario", k_largest_file_bytes}), path.string());
}

std::filesystem::path find_scenario(const std::string& name_or_path,
                                    const std::filesystem::path& scenarios_dir) {
    if (name_or_path.empty()) throw InputError("the scenario's name is empty (plumbline list shows all)");
    if (name_or_path.find('/') != std::string::npos || name_or_path.ends_with(".toml")) return name_or_path;
    const std::vector<std::string> names = scenario_names(scenarios_dir);
    if (std::ranges::find(names, name_or_path) != names.end())
        return scenarios_dir / (name_or_path + ".toml");
    const std::string near = nearest_name(name_or_path, names);
    throw InputError(
        "unknown scenario " + in_quotes(name_or_path) + " in " + printable(scenarios_dir.string(), 300)
        + (near.empty() ? " (plumbline list shows all)" : " (did you mean " + printable(near) + "?)"));
}

}  // namespace plumb
