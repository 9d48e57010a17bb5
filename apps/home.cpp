// Looks for scenarios/.
#include "apps/home.h"

#include <algorithm>
#include <cstdlib>

#include "sim/base/input_error.h"
#include "sim/base/text.h"

namespace plumb {
namespace {

using std::filesystem::path;

bool is_folder(const path& candidate) {
    std::error_code error;
    return std::filesystem::is_directory(candidate, error);
}

}  // namespace

path scenarios_folder() {
    if (const char* const home = std::getenv("PLUMBLINE_HOME"); home != nullptr && *home != '\0') {
        if (!is_folder(path(home) / "scenarios"))
            throw InputError("PLUMBLINE_HOME = " + in_quotes(home) + ": no folder scenarios in it");
        return path(home) / "scenarios";
    }
    if (is_folder("scenarios")) return "scenarios";
    std::error_code error;
    path above = std::filesystem::read_symlink("/proc/self/exe", error);
    while (above.has_relative_path()) {
        above = above.parent_path();
        if (is_folder(above / "scenarios")) return above / "scenarios";
    }
    throw InputError(
        "no folder scenarios here or above the program: set PLUMBLINE_HOME to the folder that holds it");
}

path usual_journal_file() {
    if (const char* const xdg = std::getenv("XDG_DATA_HOME"); xdg != nullptr && *xdg == '/')
        return path(xdg) / "plumbline/journal.sqlite";
    if (const char* const home = std::getenv("HOME"); home != nullptr && *home == '/')
        return path(home) / ".local/share/plumbline/journal.sqlite";
    return {};
}

path texts_folder() { return scenarios_folder() / ".." / "assets" / "texts"; }

std::vector<path> scenario_files() {
    std::vector<path> files;
    const path folder = scenarios_folder();
    std::error_code error;
    for (std::filesystem::directory_iterator entry(folder, error), end; !error && entry != end;
         entry.increment(error))
        if (entry->path().extension() == ".toml") files.push_back(entry->path());
    if (error) throw InputError(printable(folder.string(), 300) + ": cannot be read: " + error.message());
    std::ranges::sort(files);
    return files;
}

}  // namespace plumb
