// Reading population files (docs/files.md).
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

#include "sim/scenario/population_def.h"

namespace plumb {

/// Parses TOML text; `source` names it in errors. Throws InputError.
[[nodiscard]] PopulationDef parse_population(std::string_view toml_text, const std::string& source);

/// Everybody's own: age 20 to 70 years evenly; dorsiflexion, closure and strength as healthy adults have them (spreads.h).
[[nodiscard]] std::vector<DrawnField> usual_draws();

/// A population with the setting its people are put into.
struct LoadedPopulation {
    PopulationDef def;
    ScenarioDef base;
};
/// Reads both files. Throws InputError.
[[nodiscard]] LoadedPopulation load_population(const std::filesystem::path& path,
                                               const std::filesystem::path& scenarios_dir);

/// "NAME" -> <scenarios_dir>/populations/NAME.toml; anything with a slash or ending in .toml is a path. Throws InputError.
[[nodiscard]] std::filesystem::path find_population(const std::string& name_or_path,
                                                    const std::filesystem::path& scenarios_dir);

/// What makes two populations the same: the resolved setting and all of the Def but its names. SHA-256, 64 hex digits.
[[nodiscard]] std::string population_hash(const LoadedPopulation& population);

}  // namespace plumb
