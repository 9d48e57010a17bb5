// A folder of a test's own, and what is in it.
#pragma once

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <stdexcept>
#include <string>

#include <sys/stat.h>

namespace plumb::test {

/// A new empty folder that others may look into; removed at the end of the block.
class Folder {
  public:
    Folder() {
        std::string name = (std::filesystem::temp_directory_path() / "plumbline-test-XXXXXX").string();
        if (::mkdtemp(name.data()) == nullptr) throw std::runtime_error("no temporary folder");
        path_ = std::filesystem::canonical(name);
        ::chmod(path_.c_str(), 0755);
    }
    Folder(const Folder&) = delete;
    Folder& operator=(const Folder&) = delete;
    ~Folder() {
        std::error_code error;
        std::filesystem::remove_all(path_, error);
    }
    [[nodiscard]] const std::filesystem::path& path() const { return path_; }
    [[nodiscard]] std::filesystem::path operator/(const std::string& name) const { return path_ / name; }

  private:
    std::filesystem::path path_;
};

/// A scenario that takes little time: not deep, quick.
inline const std::string k_short_squat =
    "[movement]\ndepth = 0.3\ndescend_s = 0.9\nhold_s = 0.2\nascend_s = 0.9\n";

/// Stiff ankles at a quick pace: a fall backward.
inline const std::string k_quick_fall = "[person]\nankle_dorsiflexion_deg = 18\n"
                                        "[movement]\ndescend_s = 2\nhold_s = 0.3\nascend_s = 1.5\n";

inline void write_file(const std::filesystem::path& file, const std::string& bytes) {
    std::filesystem::create_directories(file.parent_path());
    std::ofstream stream(file, std::ios::binary);
    stream << bytes;
    if (!stream.flush()) throw std::runtime_error("cannot write " + file.string());
}

[[nodiscard]] inline std::string read_file(const std::filesystem::path& file) {
    std::ifstream stream(file, std::ios::binary);
    if (!stream) throw std::runtime_error("cannot read " + file.string());
    return {std::istreambuf_iterator<char>(stream), {}};
}

/// Everything below a folder, itself left out: path -> what it is, and for files when and how they were last changed.
[[nodiscard]] inline std::map<std::string, std::string> tree_of(const std::filesystem::path& folder) {
    std::map<std::string, std::string> tree;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
        struct stat status {};
        if (::lstat(entry.path().c_str(), &status) != 0) throw std::runtime_error("a file came or went");
        std::string& what = tree[entry.path().lexically_relative(folder).string()];
        what = std::to_string(status.st_mode);
        if (S_ISDIR(status.st_mode)) continue;
        what += " " + std::to_string(status.st_ino) + " " + std::to_string(status.st_size) + " "
                + std::to_string(status.st_mtim.tv_sec) + "." + std::to_string(status.st_mtim.tv_nsec);
    }
    return tree;
}

}  // namespace plumb::test
