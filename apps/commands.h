// What each word of the command line does.
#pragma once

#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "sim/scenario/scenario_def.h"

namespace plumb {

/// The files of a run's folder (docs/files.md).
inline constexpr std::array<std::string_view, 5> k_run_file_names = {
    "summary.json", "series.csv", "depth_curve.csv", "support_region.csv", "scenario.toml"};
/// "summary.json, series.csv ... and scenario.toml"
[[nodiscard]] std::string run_file_list();

/// What becomes of a recording: files in a folder, and text or JSON on standard output.
struct OutputRequest {
    bool has_out = false;
    std::string out;  ///< folder for the files
    bool json = false;
    bool no_interval = false;  ///< leave out what takes some hundred static solves
};

struct RunRequest {
    std::string scenario;               ///< a name or a path
    std::vector<std::string> settings;  ///< "field=value", the last of several wins
    bool has_save = false;
    std::string save;  ///< file for the recording
    OutputRequest output;
};

struct ShowRequest {
    std::string file;  ///< a saved recording
    OutputRequest output;
};

/// Standard output as a whole: throws std::runtime_error when it cannot be written.
void put(const std::string& text);

/// The scenario a user means by a name or a path, with "field=value" settings applied and checked. Throws InputError.
[[nodiscard]] ScenarioDef read_scenario(const std::string& word, const std::vector<std::string>& settings);

void run_scenario(const RunRequest& request);
void show_recording(const ShowRequest& request);
void list_scenarios();
void list_fields(bool json);
void run_demo();

}  // namespace plumb
