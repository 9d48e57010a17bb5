// Files a run leaves behind: all of them appear together, or nothing changes.
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
/// `option` opens the complaint: "--out".
void check_run_folder(const std::filesystem::path& folder, const std::vector<std::string>& names,
                      const std::string& option = "--out");

/// Writes every file to a temporary folder on the same file system, syncs, then renames. An existing folder keeps its other
/// files. Throws std::runtime_error and removes what it made when that fails.
void write_run_folder(const std::filesystem::path& folder, const std::vector<OutputFile>& files);

/// The same for one file, given to `--save`. It may replace a saved recording; throws InputError for anything else that is
/// there already.
void check_save_file(const std::filesystem::path& file);
void write_save_file(const std::filesystem::path& file, const std::string& bytes);

}  // namespace plumb
