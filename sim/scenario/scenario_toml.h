// Reading and writing scenario files.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "sim/scenario/scenario_def.h"

namespace plumb {

/// Parses TOML text. `source` names it in errors ("stiff.toml:7: person.mass_kg = 900: allowed 30 to 250 kg").
/// The result is checked. Throws InputError.
[[nodiscard]] ScenarioDef parse_scenario(std::string_view toml_text, const std::string& source);

/// Reads a file of at most 1 MiB. Throws InputError when it cannot be read or is wrong.
[[nodiscard]] ScenarioDef load_scenario(const std::filesystem::path& path);

/// "NAME" -> <scenarios_dir>/NAME.toml; anything with a slash or ending in .toml is a path. Throws InputError.
[[nodiscard]] std::filesystem::path find_scenario(const std::string& name_or_path,
                                                  const std::filesystem::path& scenarios_dir);

/// The scenario as TOML with every field, in list order, with unit and help as comments. Reads back to an equal Def.
[[nodiscard]] std::string scenario_to_toml(const ScenarioDef& def);

/// The text with one field's value changed, all else kept: comments, order, blanks. `value` as after --set; a field that
/// is not there yet is added to its table. Throws InputError for a wrong field or value, and for a layout it cannot edit.
[[nodiscard]] std::string with_setting(std::string_view toml_text, const std::string& field,
                                       const std::string& value);

}  // namespace plumb
