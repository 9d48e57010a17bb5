// Reads a file that a user named, without ever waiting on a pipe or a device.
#pragma once

#include <cstddef>
#include <filesystem>
#include <string>
#include <string_view>

namespace plumb {

/// What kind of file is read: its word in complaints and how large it may be.
struct InputFileKind {
    std::string_view word;  ///< "scenario"
    std::size_t largest_bytes = 0;
};

/// The bytes of a regular file. Throws InputError ("x.toml: no such file") when it cannot be read or is too large.
[[nodiscard]] std::string read_input_file(const std::filesystem::path& path, const InputFileKind& kind);

}  // namespace plumb
