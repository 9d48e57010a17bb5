// The folder of files of a run: checked before, written beside, renamed when complete.
#include "apps/run_folder.h"

#include <cerrno>
#include <optional>
#include <stdexcept>

#include <sys/stat.h>
#include <unistd.h>

#include "apps/file_calls.h"
#include "sim/base/input_error.h"
#include "sim/base/text.h"

namespace plumb {
namespace {

using std::filesystem::path;

[[noreturn]] void refuse(const path& folder, const std::string& text) {
    throw InputError("--out " + printable(folder.string(), 300) + ": " + text);
}
[[noreturn]] void fail(const path& folder, const std::string& text) {
    throw std::runtime_error("cannot write " + printable(folder.string(), 300) + ": " + text);
}

/// What stat says: the status, or nothing when nothing is there. Throws for every other trouble.
std::optional<struct stat> look_at(const path& folder, const path& at) {
    struct stat status {};
    if (::stat(at.c_str(), &status) == 0) return status;
    if (errno != ENOENT) refuse(folder, errno == ENOTDIR ? "a part of the path is a file" : reason(errno));
    if (::lstat(at.c_str(), &status) == 0)
        refuse(folder, printable(at.string(), 300) + " is a link that leads nowhere");
    return std::nullopt;
}

/// Makes the missing folders above and including `folder`.
void make_folders(const path& folder, Cleanup& cleanup) {
    struct stat status {};
    if (::stat(folder.c_str(), &status) == 0) return;
    make_folders(folder.parent_path(), cleanup);
    if (::mkdir(folder.c_str(), 0777) != 0) fail(folder, reason(errno));
    cleanup.add(folder);
}

}  // namespace

void check_run_folder(const path& folder, const std::vector<std::string>& names) {
    if (folder.empty()) refuse(folder, "the folder's name is empty");
    struct stat given {};
    if (::stat(folder.c_str(), &given) != 0 && errno == ENOTDIR && folder.has_filename())
        refuse(folder, "a part of the path is a file");
    const path whole = plain_path(folder);
    std::optional<struct stat> status = look_at(folder, whole);
    path nearest = whole;
    if (status && S_ISDIR(status->st_mode)) {
        for (const std::string& name : names) {
            struct stat file {};
            if (::lstat((whole / name).c_str(), &file) == 0 && !S_ISREG(file.st_mode)
                && !S_ISLNK(file.st_mode))
                refuse(folder, name + " in it is no file, so it cannot be replaced");
        }
    }
    while (!status) {
        nearest = nearest.parent_path();
        status = look_at(folder, nearest);
    }
    if (!S_ISDIR(status->st_mode))
        refuse(folder, nearest == whole ? "is a file, not a folder" : "a part of the path is a file");
    const path probe = make_temporary(nearest);
    if (probe.empty()) refuse(folder, "cannot write there: " + reason(errno));
    ::rmdir(probe.c_str());
}

void write_run_folder(const path& folder, const std::vector<OutputFile>& files) {
    const SignalsHeld signals_held;
    const path whole = plain_path(folder);
    struct stat status {};
    const bool exists = ::stat(whole.c_str(), &status) == 0;
    Cleanup parents, mine;
    if (!exists) make_folders(whole.parent_path(), parents);
    const path temporary = make_temporary(exists ? whole : whole.parent_path());
    if (temporary.empty()) fail(folder, reason(errno));
    mine.add(temporary);

    for (const OutputFile& file : files) {
        mine.add(temporary / file.name);
        if (const int error = write_file(temporary / file.name, file.bytes); error != 0)
            fail(folder, reason(error));
    }
    sync_folder(temporary);

    if (exists) {
        for (const OutputFile& file : files)
            if (::rename((temporary / file.name).c_str(), (whole / file.name).c_str()) != 0)
                fail(folder, reason(errno));
        sync_folder(whole);
    } else {
        // mkdtemp makes private folders; a run's folder is an ordinary one.
        const mode_t mask = ::umask(0);
        ::umask(mask);
        ::chmod(temporary.c_str(), 0777 & ~mask);
        if (::rename(temporary.c_str(), whole.c_str()) != 0) fail(folder, reason(errno));
        sync_folder(whole.parent_path());
        mine.keep_all();
    }
    parents.keep_all();
}

}  // namespace plumb
