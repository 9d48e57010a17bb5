// Where Plumbline keeps its scenarios.
#pragma once

#include <filesystem>
#include <vector>

namespace plumb {

/// The folder scenarios/: below PLUMBLINE_HOME if that is set, else below the current folder, else below a folder above the
/// program. Throws InputError when there is none.
[[nodiscard]] std::filesystem::path scenarios_folder();

/// $XDG_DATA_HOME/plumbline/journal.sqlite, else ~/.local/share/plumbline/journal.sqlite; empty where neither variable is set.
[[nodiscard]] std::filesystem::path usual_journal_file();

/// The folder of a report's texts, assets/texts beside it.
[[nodiscard]] std::filesystem::path texts_folder();

/// All scenario files in scenarios/, by name.
[[nodiscard]] std::vector<std::filesystem::path> scenario_files();

}  // namespace plumb
