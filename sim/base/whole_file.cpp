// A hidden folder beside each file holds it until all are complete.
#include "sim/base/whole_file.h"

#include <cerrno>
#include <stdexcept>

#include <sys/stat.h>
#include <unistd.h>

#include "sim/base/file_calls.h"
#include "sim/base/input_error.h"
#include "sim/base/text.h"

namespace plumb {
namespace {

using std::filesystem::path;

[[noreturn]] void refuse(const WholeFile& file, const std::string& text) {
    throw InputError(file.option + " " + printable(file.path, 300) + ": " + text);
}
[[noreturn]] void fail(const WholeFile& file, int error) {
    throw std::runtime_error("cannot write " + printable(file.path, 300) + ": " + error_text(error));
}

}  // namespace

void check_whole_file(const WholeFile& file) {
    if (file.path.empty()) refuse(file, "the file's name is empty");
    if (file.path.find('\0') != std::string::npos) refuse(file, "a zero byte in the name");
    if (file.path.ends_with("/")) refuse(file, "a file's name is missing after the slash");
    struct stat status {};
    if (::stat(file.path.c_str(), &status) == 0) {
        if (S_ISDIR(status.st_mode)) refuse(file, "is a folder, not a file");
        if (!S_ISREG(status.st_mode)) refuse(file, "is no regular file, so it cannot be replaced");
    } else if (errno != ENOENT) {
        refuse(file, errno == ENOTDIR ? "a part of the path is a file" : error_text(errno));
    } else if (::lstat(file.path.c_str(), &status) == 0) {
        refuse(file, "is a link that leads nowhere");
    }
    const path folder = plain_path(file.path).parent_path();
    if (::stat(folder.c_str(), &status) != 0)
        refuse(file, errno == ENOENT ? "its folder does not exist" : error_text(errno));
    const path probe = make_temporary(folder);
    if (probe.empty()) refuse(file, "cannot write there: " + error_text(errno));
    ::rmdir(probe.c_str());
}

bool is_same_file(const WholeFile& a, const WholeFile& b) { return plain_path(a.path) == plain_path(b.path); }

void write_whole_files(const std::vector<WholeFile>& files) {
    const SignalsHeld signals_held;
    Cleanup made;
    std::vector<path> complete;
    for (const WholeFile& file : files) {
        const path whole = plain_path(file.path), temporary = make_temporary(whole.parent_path());
        if (temporary.empty()) fail(file, errno);
        made.add(temporary);
        complete.push_back(temporary / whole.filename());
        made.add(complete.back());
        if (const int error = write_file(complete.back(), file.bytes); error != 0) fail(file, error);
    }
    for (size_t i = 0; i < files.size(); ++i) {
        const path whole = plain_path(files[i].path);
        if (::rename(complete[i].c_str(), whole.c_str()) != 0) fail(files[i], errno);
        sync_folder(whole.parent_path());
    }
}

}  // namespace plumb
