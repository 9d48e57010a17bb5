// Files that are named by a bare name or by a path: studies, populations, and the scenario they vary.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

#include "sim/scenario/scenario_def.h"

namespace plumb {

/// The largest seed a file may give.
inline constexpr double k_largest_seed = 2147483647.0;

/// "NAME" -> <folder>/NAME.toml; anything with a slash or ending in .toml is a path. `kind` names it in complaints ("study"). Throws
/// InputError.
[[nodiscard]] std::filesystem::path find_named_file(const std::string& name_or_path, std::string_view kind,
                                                    const std::filesystem::path& folder);

/// The scenario that a file names: a bare name lies in `scenarios_dir`, a path is relative to the file. With the file's seed, checked.
/// Throws InputError.
[[nodiscard]] ScenarioDef load_named_scenario(const std::string& named, const std::filesystem::path& by,
                                              const std::filesystem::path& scenarios_dir,
                                              std::optional<double> seed);

}  // namespace plumb
