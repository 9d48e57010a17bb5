// Small text files in the config folder.
#include "render/lab/settings.h"

#include <algorithm>
#include <cstdlib>
#include <sstream>
#include <stdexcept>

#include "sim/base/input_file.h"
#include "sim/base/text.h"
#include "sim/base/whole_file.h"
#include "sim/scenario/scenario_toml.h"

namespace plumb {
namespace {

namespace fs = std::filesystem;
constexpr size_t k_most_kept = 40;
constexpr InputFileKind k_settings_file = {"settings", 1u << 16};

std::string numbered(const char* stem, size_t number, const char* ending) {
    return stem + std::string(number < 10 ? "0" : "") + std::to_string(number) + ending;
}
std::string kept_name(size_t number) { return numbered("run-", number, ".toml"); }
std::string pushed_name(size_t number) { return numbered("pushed-", number, ".cbor"); }

}  // namespace

fs::path config_folder() {
    if (const char* xdg = std::getenv("XDG_CONFIG_HOME"); xdg != nullptr && *xdg == '/')
        return fs::path(xdg) / "plumbline";
    if (const char* home = std::getenv("HOME"); home != nullptr && *home == '/')
        return fs::path(home) / ".config" / "plumbline";
    return {};
}

bool write_whole(const fs::path& path, const std::string& bytes) {
    try {
        write_whole_files({{.option = "", .path = path.string(), .bytes = bytes}});
        return true;
    } catch (const std::runtime_error&) {
        return false;
    }
}

Settings load_settings(const fs::path& folder) {
    Settings settings;
    std::istringstream in;
    try {
        in.str(read_input_file(folder / "settings", k_settings_file));
    } catch (const std::exception&) {
        return settings;  // not there, a pipe, far too large
    }
    for (std::string line; std::getline(in, line) && line.size() < 200;) {
        const size_t equals = line.find('=');
        if (equals == std::string::npos) continue;
        const std::string name = line.substr(0, equals), value = line.substr(equals + 1);
        if (name == "dark") settings.dark = value == "1";
        if (name == "imperial") settings.imperial = value == "1";
        if (name == "zoom") settings.zoom = std::clamp(parse_number(value).value_or(1.0), 0.75, 2.5);
    }
    return settings;
}

bool save_settings(const fs::path& folder, const Settings& settings) {
    std::error_code error;
    fs::create_directories(folder, error);
    std::string text = "# Plumbline's lab\n";
    text += std::string("dark=") + (settings.dark ? "1" : "0") + "\n";
    text += std::string("imperial=") + (settings.imperial ? "1" : "0") + "\n";
    text += "zoom=" + number_text(settings.zoom) + "\n";
    return write_whole(folder / "settings", text);
}

SavedSession load_session(const fs::path& folder) {
    SavedSession session;
    const auto read = [](const fs::path& path) -> std::optional<ScenarioDef> {
        std::error_code ignored;
        if (!fs::exists(path, ignored)) return std::nullopt;
        try {
            return load_scenario(path);
        } catch (const std::exception&) {
            return std::nullopt;  // written by another version, or by hand: as if it were not there
        }
    };
    session.open = read(folder / "open.toml");
    for (size_t i = 1; i <= k_most_kept; ++i)
        if (auto kept = read(folder / kept_name(i))) session.kept.push_back(std::move(*kept));
    for (size_t i = 1; i <= k_most_kept; ++i) {
        std::error_code ignored;
        const fs::path path = folder / pushed_name(i);
        if (fs::is_regular_file(path, ignored)) session.recordings.push_back(path);
    }
    return session;
}

fs::path free_recording_name(const fs::path& folder) {
    for (size_t i = 1; i <= k_most_kept; ++i) {
        std::error_code ignored;
        if (!fs::exists(folder / pushed_name(i), ignored)) return folder / pushed_name(i);
    }
    return {};
}

bool save_session(const fs::path& folder, const SavedSession& session) {
    std::error_code error;
    fs::create_directories(folder, error);
    bool good = !session.open || write_whole(folder / "open.toml", scenario_to_toml(*session.open));
    for (size_t i = 0; i < k_most_kept; ++i) {
        const fs::path path = folder / kept_name(i + 1);
        if (i < session.kept.size())
            good = write_whole(path, scenario_to_toml(session.kept[i])) && good;
        else
            fs::remove(path, error);
    }
    return good;
}

}  // namespace plumb
