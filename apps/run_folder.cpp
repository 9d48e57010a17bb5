// The folder of files of a run: checked before, written beside, renamed when complete.
#include "apps/run_folder.h"

#include <cerrno>
#include <fstream>
#include <optional>
#include <stdexcept>

#include <sys/stat.h>
#include <unistd.h>

#include "sim/base/file_calls.h"
#include "sim/base/input_error.h"
#include "sim/base/text.h"
#include "sim/recording/recording_file.h"

namespace plumb {
namespace {

using std::filesystem::path;

/// What the user gave: the option and its value, as complaints repeat them.
struct OutOption {
    const std::string& option;
    const path& value;
    [[noreturn]] void refuse(const std::string& text) const {
        throw InputError(option + " " + printable(value.string(), 300) + ": " + text);
    }
};
[[noreturn]] void fail(const path& folder, const std::string& text) {
    throw std::runtime_error("cannot write " + printable(folder.string(), 300) + ": " + text);
}

/// What stat says: the status, or nothing when nothing is there. Throws for every other trouble.
std::optional<struct stat> look_at(const OutOption& given, const path& at) {
    struct stat status {};
    if (::stat(at.c_str(), &status) == 0) return status;
    if (errno != ENOENT) given.refuse(errno == ENOTDIR ? "a part of the path is a file" : error_text(errno));
    if (::lstat(at.c_str(), &status) == 0)
        given.refuse(printable(at.string(), 300) + " is a link that leads nowhere");
    return std::nullopt;
}

/// As much as tells a recording from other files; empty when it cannot be read.
std::string first_bytes(const path& file) {
    std::ifstream stream(file, std::ios::binary);
    std::string bytes(64, '\0');
    stream.read(bytes.data(), static_cast<std::streamsize>(bytes.size()));
    bytes.resize(static_cast<std::size_t>(stream.gcount()));
    return bytes;
}

/// Makes the missing folders above and including `folder`.
void make_folders(const path& folder, Cleanup& cleanup) {
    struct stat status {};
    if (::stat(folder.c_str(), &status) == 0) return;
    make_folders(folder.parent_path(), cleanup);
    if (::mkdir(folder.c_str(), 0777) != 0) fail(folder, error_text(errno));
    cleanup.add(folder);
}

/// `shown` is what complaints name.
void write_files(const path& folder, const std::vector<OutputFile>& files, const path& shown) {
    const SignalsHeld signals_held;
    const path whole = plain_path(folder);
    struct stat status {};
    const bool exists = ::stat(whole.c_str(), &status) == 0;
    Cleanup parents, mine;
    if (!exists) make_folders(whole.parent_path(), parents);
    const path temporary = make_temporary(exists ? whole : whole.parent_path());
    if (temporary.empty()) fail(shown, error_text(errno));
    mine.add(temporary);

    for (const OutputFile& file : files) {
        mine.add(temporary / file.name);
        if (const int error = write_file(temporary / file.name, file.bytes); error != 0)
            fail(shown, error_text(error));
    }
    sync_folder(temporary);

    if (exists) {
        for (const OutputFile& file : files)
            if (::rename((temporary / file.name).c_str(), (whole / file.name).c_str()) != 0)
                fail(shown, error_text(errno));
        sync_folder(whole);
    } else {
        // mkdtemp makes private folders; a run's folder is an ordinary one.
        const mode_t mask = ::umask(0);
        ::umask(mask);
        ::chmod(temporary.c_str(), 0777 & ~mask);
        if (::rename(temporary.c_str(), whole.c_str()) != 0) fail(shown, error_text(errno));
        sync_folder(whole.parent_path());
        mine.keep_all();
    }
    parents.keep_all();
}

}  // namespace

void check_run_folder(const path& folder, const std::vector<std::string>& names, const std::string& option) {
    const OutOption given{option, folder};
    if (folder.empty()) given.refuse("the folder's name is empty");
    struct stat as_given {};
    if (::stat(folder.c_str(), &as_given) != 0 && errno == ENOTDIR && folder.has_filename())
        given.refuse("a part of the path is a file");
    const path whole = plain_path(folder);
    std::optional<struct stat> status = look_at(given, whole);
    path nearest = whole;
    if (status && S_ISDIR(status->st_mode)) {
        for (const std::string& name : names) {
            struct stat file {};
            if (::lstat((whole / name).c_str(), &file) == 0 && !S_ISREG(file.st_mode)
                && !S_ISLNK(file.st_mode))
                given.refuse(name + " in it is no file, so it cannot be replaced");
        }
    }
    while (!status) {
        nearest = nearest.parent_path();
        status = look_at(given, nearest);
    }
    if (!S_ISDIR(status->st_mode))
        given.refuse(nearest == whole ? "is a file, not a folder" : "a part of the path is a file");
    const path probe = make_temporary(nearest);
    if (probe.empty()) given.refuse("cannot write there: " + error_text(errno));
    ::rmdir(probe.c_str());
}

void write_run_folder(const path& folder, const std::vector<OutputFile>& files) {
    write_files(folder, files, folder);
}

void check_save_file(const path& file) {
    const std::string option = "--save";
    const OutOption given{option, file};
    if (!file.has_filename() || file.filename() == "." || file.filename() == "..")
        given.refuse(file.empty() ? "the file's name is empty" : "is a folder's name, not a file's");
    const path folder = file.has_parent_path() ? file.parent_path() : path(".");
    struct stat status {};
    if (::stat(file.c_str(), &status) == 0) {
        if (S_ISDIR(status.st_mode)) given.refuse("is a folder");
        if (!S_ISREG(status.st_mode)) given.refuse("is not a regular file");
        // Nobody loses a scenario to a slip of the finger.
        if (!looks_like_recording(first_bytes(file)))
            given.refuse("is there already and is no saved recording, so it is not replaced");
    } else if (errno != ENOENT) {
        given.refuse(errno == ENOTDIR ? "a part of the path is a file" : error_text(errno));
    }
    check_run_folder(folder, {file.filename().string()}, option);
}

void write_save_file(const path& file, const std::string& bytes) {
    write_files(file.has_parent_path() ? file.parent_path() : path("."), {{file.filename().string(), bytes}},
                file);
}

}  // namespace plumb
