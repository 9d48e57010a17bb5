// What the lab remembers between two days: look, units, and the work that was open.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "sim/scenario/scenario_def.h"

namespace plumb {

struct Settings {
    bool dark = false;
    bool imperial = false;
    double zoom = 1.0;  ///< of text, 0.75-2.5
    bool operator==(const Settings&) const = default;
};

/// $XDG_CONFIG_HOME/plumbline, else ~/.config/plumbline; empty when neither variable is set.
[[nodiscard]] std::filesystem::path config_folder();

/// Missing or broken files give the defaults: settings are never a reason not to start.
[[nodiscard]] Settings load_settings(const std::filesystem::path& folder);
/// False when it cannot be written.
bool save_settings(const std::filesystem::path& folder, const Settings& settings);

/// The scenario on the sliders and those of kept runs, as TOML files: runs are the same again when run again. Pushed ones
/// are not: they are kept as recordings.
struct SavedSession {
    std::optional<ScenarioDef> open;
    std::vector<ScenarioDef> kept;                  ///< each under its run's name
    std::vector<std::filesystem::path> recordings;  ///< files of kept pushed runs, in order; only read
    bool operator==(const SavedSession&) const = default;
};
[[nodiscard]] SavedSession load_session(const std::filesystem::path& folder);
bool save_session(const std::filesystem::path& folder, const SavedSession& session);

/// Where another pushed run may be kept: no such file is there. Empty when there are too many.
[[nodiscard]] std::filesystem::path free_recording_name(const std::filesystem::path& folder);

/// The file holds these bytes, or what it held before; never half of it.
bool write_whole(const std::filesystem::path& path, const std::string& bytes);

}  // namespace plumb
