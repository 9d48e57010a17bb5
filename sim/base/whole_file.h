// Single files that appear whole or not at all.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace plumb {

/// A file asked for by an option ("--mjcf body.xml").
struct WholeFile {
    std::string option;
    std::string path;  ///< as the user wrote it
    std::string bytes{};
};

/// Throws InputError unless the file can be written: its folder exists, what is there is a regular file or nothing. Leaves
/// nothing behind.
void check_whole_file(const WholeFile& file);

/// Both lead to one place.
[[nodiscard]] bool is_same_file(const WholeFile& a, const WholeFile& b);

/// Writes every file beside its place, syncs, then renames. Throws std::runtime_error and removes what it made when that
/// fails. A link to a file keeps leading there.
void write_whole_files(const std::vector<WholeFile>& files);

}  // namespace plumb
