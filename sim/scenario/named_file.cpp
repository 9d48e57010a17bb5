// Names to paths.
#include "sim/scenario/named_file.h"

#include <algorithm>
#include <vector>

#include "sim/base/input_error.h"
#include "sim/base/text.h"
#include "sim/scenario/scenario_fields.h"
#include "sim/scenario/scenario_toml.h"

namespace plumb {
namespace {

bool is_path(const std::string& name) { return name.find('/') != name.npos || name.ends_with(".toml"); }

}  // namespace

std::filesystem::path find_named_file(const std::string& name_or_path, std::string_view kind,
                                      const std::filesystem::path& folder) {
    const std::string word(kind);
    if (name_or_path.empty()) throw InputError("the " + word + "'s name is empty");
    if (is_path(name_or_path)) return name_or_path;
    std::vector<std::string> names;
    std::error_code error;
    for (const auto& entry : std::filesystem::directory_iterator(folder, error))
        if (entry.path().extension() == ".toml") names.push_back(entry.path().stem().string());
    std::ranges::sort(names);
    if (std::ranges::find(names, name_or_path) != names.end()) return folder / (name_or_path + ".toml");
    const std::string near = nearest_name(name_or_path, names);
    std::string all;
    for (const std::string& name : names) all += (all.empty() ? "" : ", ") + name;
    throw InputError(
        "unknown " + word + " " + in_quotes(name_or_path) + " in " + printable(folder.string(), 300)
        + (near.empty() ? " (there are: " + all + ")" : " (did you mean " + printable(near) + "?)"));
}

ScenarioDef load_named_scenario(const std::string& named, const std::filesystem::path& by,
                                const std::filesystem::path& scenarios_dir, std::optional<double> seed) {
    const std::filesystem::path path = find_scenario(named, scenarios_dir);
    ScenarioDef def = load_scenario(!is_path(named) || path.is_absolute() ? path : by.parent_path() / path);
    if (seed) find_field("engine.seed")->set(def, *seed);
    check_scenario(def, by.string());
    return def;
}

}  // namespace plumb
