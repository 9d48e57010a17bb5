// Scenario files on disk: finding them by name, and reading them without ever waiting on a pipe or a device.
#include <algorithm>
#include <array>
#include <cerrno>
#include <system_error>
#include <vector>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "sim/base/input_error.h"
#include "sim/base/text.h"
#include "sim/scenario/scenario_toml.h"
#include "sim/scenario/toml_guard.h"

namespace plumb {
namespace {

[[noreturn]] void fail(const std::filesystem::path& path, const std::string& text) {
    throw InputError(printable(path.string(), 300) + ": " + text);
}

/// An open file, closed at the end of the block.
struct OpenFile {
    int descriptor;
    explicit OpenFile(int opened) : descriptor(opened) {}
    OpenFile(const OpenFile&) = delete;
    OpenFile& operator=(const OpenFile&) = delete;
    OpenFile(OpenFile&&) = delete;
    OpenFile& operator=(OpenFile&&) = delete;
    ~OpenFile() {
        if (descriptor >= 0) ::close(descriptor);
    }
};

void require_regular(const std::filesystem::path& path, const struct stat& status) {
    if (S_ISDIR(status.st_mode)) fail(path, "is a directory, not a scenario file");
    if (!S_ISREG(status.st_mode)) fail(path, "is not a regular file");
    if (status.st_size > static_cast<off_t>(k_largest_file_bytes))
        fail(path, "larger than the 1 MiB allowed for a scenario");
}

std::string system_reason(int error) { return std::generic_category().message(error); }

std::string read_file(const std::filesystem::path& path) {
    if (path.empty() || path.string().find('\0') != std::string::npos) fail(path, "not a file name");
    // Looked at before opening: opening a device may already act on it.
    struct stat status {};
    if (::stat(path.c_str(), &status) != 0)
        fail(path, errno == ENOENT || errno == ENOTDIR ? "no such file"
                                                       : "cannot be read: " + system_reason(errno));
    require_regular(path, status);
    const OpenFile file(::open(path.c_str(), O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC));
    if (file.descriptor < 0 || ::fstat(file.descriptor, &status) != 0)
        fail(path, "cannot be read: " + system_reason(errno));
    require_regular(path, status);

    std::string text;
    std::array<char, 65536> block{};
    while (text.size() <= k_largest_file_bytes) {
        const ssize_t count = ::read(file.descriptor, block.data(), block.size());
        if (count < 0) fail(path, "cannot be read: " + system_reason(errno));
        if (count == 0) break;
        text.append(block.data(), static_cast<std::size_t>(count));
    }
    return text;
}

std::vector<std::string> scenario_names(const std::filesystem::path& folder) {
    std::vector<std::string> names;
    std::error_code error;
    for (std::filesystem::directory_iterator entry(folder, error), end; !error && entry != end;
         entry.increment(error))
        if (entry->path().extension() == ".toml") names.push_back(entry->path().stem().string());
    std::ranges::sort(names);
    return names;
}

}  // namespace

ScenarioDef load_scenario(const std::filesystem::path& path) {
    return parse_scenario(read_file(path), path.string());
}

std::filesystem::path find_scenario(const std::string& name_or_path,
                                    const std::filesystem::path& scenarios_dir) {
    if (name_or_path.empty()) throw InputError("the scenario's name is empty (plumbline list shows all)");
    if (name_or_path.find('/') != std::string::npos || name_or_path.ends_with(".toml")) return name_or_path;
    const std::vector<std::string> names = scenario_names(scenarios_dir);
    if (std::ranges::find(names, name_or_path) != names.end())
        return scenarios_dir / (name_or_path + ".toml");
    const std::string near = nearest_name(name_or_path, names);
    throw InputError(
        "unknown scenario " + in_quotes(name_or_path) + " in " + printable(scenarios_dir.string(), 300)
        + (near.empty() ? " (plumbline list shows all)" : " (did you mean " + printable(near) + "?)"));
}

}  // namespace plumb
