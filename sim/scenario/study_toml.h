// Reading study files (docs/files.md).
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

#include "sim/scenario/study_def.h"

namespace plumb {

/// Parses TOML text; `source` names it in errors ("s.toml:7: axis.field = ..."). Every axis value is one its field takes. Throws
/// InputError.
[[nodiscard]] StudyDef parse_study(std::string_view toml_text, const std::string& source);

/// A study with the scenario it varies, its seed set.
struct LoadedStudy {
    StudyDef def;
    ScenarioDef base;
};
/// Reads both files. A scenario that is a bare name lies in `scenarios_dir`. Throws InputError.
[[nodiscard]] LoadedStudy load_study(const std::filesystem::path& path,
                                     const std::filesystem::path& scenarios_dir);

/// The study as TOML, every value listed, of the scenario file of that name beside it. Reads back to the same study (study_hash).
[[nodiscard]] std::string study_to_toml(const StudyDef& def, const std::string& scenario_file);

/// "NAME" -> <scenarios_dir>/studies/NAME.toml; anything with a slash or ending in .toml is a path. Throws InputError.
[[nodiscard]] std::filesystem::path find_study(const std::string& name_or_path,
                                               const std::filesystem::path& scenarios_dir);

/// The base with the cell's values. Not checked: a combination may be refused by the door.
[[nodiscard]] ScenarioDef cell_scenario(const LoadedStudy& study, std::size_t cell);

/// What makes two studies the same: the resolved base, the axes with every value, what is evaluated. SHA-256, 64 hex digits.
[[nodiscard]] std::string study_hash(const LoadedStudy& study);

}  // namespace plumb
