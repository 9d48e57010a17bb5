// POSIX calls: a file is looked at before it is opened.
#include "sim/base/input_file.h"

#include <array>
#include <cerrno>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "sim/base/input_error.h"
#include "sim/base/text.h"

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

void require_regular(const std::filesystem::path& path, const struct stat& status,
                     const InputFileKind& kind) {
    const std::string word(kind.word);
    if (S_ISDIR(status.st_mode)) fail(path, "is a directory, not a " + word + " file");
    if (!S_ISREG(status.st_mode)) fail(path, "is not a regular file");
    if (status.st_size > static_cast<off_t>(kind.largest_bytes))
        fail(path,
             "larger than the " + std::to_string(kind.largest_bytes >> 20) + " MiB allowed for a " + word);
}

}  // namespace

std::string read_input_file(const std::filesystem::path& path, const InputFileKind& kind) {
    if (path.empty() || path.string().find('\0') != std::string::npos) fail(path, "not a file name");
    // Looked at before opening: opening a device may already act on it.
    struct stat status {};
    if (::stat(path.c_str(), &status) != 0)
        fail(path,
             errno == ENOENT || errno == ENOTDIR ? "no such file" : "cannot be read: " + error_text(errno));
    require_regular(path, status, kind);
    const OpenFile file(::open(path.c_str(), O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC));
    if (file.descriptor < 0 || ::fstat(file.descriptor, &status) != 0)
        fail(path, "cannot be read: " + error_text(errno));
    require_regular(path, status, kind);

    // One byte more than allowed is enough for the parser to refuse a file that grew meanwhile.
    std::string bytes;
    std::array<char, 65536> block{};
    while (bytes.size() <= kind.largest_bytes) {
        const ssize_t count = ::read(file.descriptor, block.data(), block.size());
        if (count < 0) fail(path, "cannot be read: " + error_text(errno));
        if (count == 0) break;
        bytes.append(block.data(), static_cast<std::size_t>(count));
    }
    return bytes;
}

}  // namespace plumb
