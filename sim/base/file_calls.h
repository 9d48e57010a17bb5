// The few POSIX calls behind files that appear whole or not at all.
#pragma once

#include <csignal>
#include <filesystem>
#include <string>
#include <vector>

namespace plumb {

/// "a/b/" -> "/current/a/b": no trailing slash, no dots, so that parents are plain. ".." after a link leads above the
/// link's end, as everywhere in the system.
[[nodiscard]] std::filesystem::path plain_path(const std::filesystem::path& path);

/// A new empty folder inside `where`; empty path with errno set when that fails.
[[nodiscard]] std::filesystem::path make_temporary(const std::filesystem::path& where);

/// Holds back signals that would end the program between the first file and the last rename.
class SignalsHeld {
  public:
    SignalsHeld();
    SignalsHeld(const SignalsHeld&) = delete;
    SignalsHeld& operator=(const SignalsHeld&) = delete;
    ~SignalsHeld();

  private:
    sigset_t before_{};
};

/// Removes what was made, newest first, unless kept.
class Cleanup {
  public:
    Cleanup() = default;
    Cleanup(const Cleanup&) = delete;
    Cleanup& operator=(const Cleanup&) = delete;
    ~Cleanup();
    void add(std::filesystem::path made) { made_.push_back(std::move(made)); }
    void keep_all() { made_.clear(); }

  private:
    std::vector<std::filesystem::path> made_;
};

/// Makes a folder's names last; a folder we may write to but not read is left: its files are synced all the same.
void sync_folder(const std::filesystem::path& folder);

/// Writes and syncs a new file. Zero, or the error number.
[[nodiscard]] int write_file(const std::filesystem::path& file, const std::string& bytes);

}  // namespace plumb
