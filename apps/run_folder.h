// The folder of a run's files: all of them appear together, or nothing changes.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace plumb {

struct OutputFile {
    std::string name;  ///< without a folder
    std::string bytes;
};

/// Throws InputError unless files of these names can be put into `folder`, which may exist or not. Leaves nothing behind.
void check_run_folder(const std::filesystem::path& folder, const std::vector<std::string>& names);

/// Writes every file to a temporary folder on the same file system, syncs, then renames. An existing folder keeps its other
/// files. Throws std::runtime_error and removes what it made when that fails.
void write_run_folder(const std::filesystem::path& folder, const std::vector<OutputFile>& files);

}  // namespace plumb
