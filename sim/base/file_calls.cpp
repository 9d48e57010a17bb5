// POSIX file calls: errors keep their reason, and fsync exists.
#include "sim/base/file_calls.h"

#include <cerrno>
#include <system_error>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace plumb {

using std::filesystem::path;

path plain_path(const path& folder) {
    std::error_code error;
    path whole = std::filesystem::weakly_canonical(std::filesystem::absolute(folder), error);
    if (error) whole = std::filesystem::absolute(folder).lexically_normal();
    return whole.has_filename() ? whole : whole.parent_path();
}

path make_temporary(const path& where) {
    std::string name = (where / ".plumbline-XXXXXX").string();
    return ::mkdtemp(name.data()) == nullptr ? path() : path(name);
}

SignalsHeld::SignalsHeld() {
    sigset_t ending;
    sigemptyset(&ending);
    for (const int number : {SIGINT, SIGTERM, SIGHUP, SIGQUIT}) sigaddset(&ending, number);
    sigprocmask(SIG_BLOCK, &ending, &before_);
}
SignalsHeld::~SignalsHeld() { sigprocmask(SIG_SETMASK, &before_, nullptr); }

Cleanup::~Cleanup() {
    for (auto made = made_.rbegin(); made != made_.rend(); ++made)
        if (::unlink(made->c_str()) != 0) ::rmdir(made->c_str());
}

void sync_folder(const path& folder) {
    const int descriptor = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (descriptor < 0) return;  // a folder we may write to but not read: its files are synced all the same
    ::fsync(descriptor);
    ::close(descriptor);
}

int write_file(const path& file, const std::string& bytes) {
    const int descriptor = ::open(file.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
    if (descriptor < 0) return errno;
    int error = 0;
    for (std::size_t done = 0; done < bytes.size() && error == 0;) {
        const ssize_t count = ::write(descriptor, bytes.data() + done, bytes.size() - done);
        if (count >= 0)
            done += static_cast<std::size_t>(count);
        else if (errno != EINTR)
            error = errno;
    }
    if (error == 0 && ::fsync(descriptor) != 0 && errno != EINVAL) error = errno;
    if (::close(descriptor) != 0 && error == 0) error = errno;
    return error;
}

}  // namespace plumb
