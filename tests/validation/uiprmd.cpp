// Reads the recordings' packed text files.
#include "tests/validation/uiprmd.h"

#include <algorithm>
#include <charconv>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <stdexcept>

namespace plumb::test {
namespace {

constexpr double k_mm = 1e-3;

std::string unpacked(const std::filesystem::path& path) {
    const std::string command = "gzip -dc '" + path.string() + "'";
    const auto close = [](std::FILE* file) { ::pclose(file); };
    const std::unique_ptr<std::FILE, decltype(close)> pipe(::popen(command.c_str(), "r"), close);
    if (!pipe) throw std::runtime_error("cannot run gzip");
    std::string text;
    std::array<char, 65536> block;
    while (const std::size_t got = std::fread(block.data(), 1, block.size(), pipe.get()))
        text.append(block.data(), got);
    return text;
}

std::vector<MarkerFrame> read_frames(const std::string& text) {
    std::vector<MarkerFrame> frames;
    const char* at = text.data();
    const char* const end = at + text.size();
    while (at < end) {
        MarkerFrame frame;
        for (Eigen::Vector3d& marker : frame)
            for (int axis = 0; axis < 3; ++axis) {
                const auto [next, error] = std::from_chars(at, end, marker[axis]);
                if (error != std::errc()) throw std::runtime_error("not a recording of 117 columns");
                marker[axis] *= k_mm;
                at = next;
                while (at < end && (*at == ',' || *at == ' ' || *at == '\r' || *at == '\n')) ++at;
            }
        frames.push_back(frame);
    }
    return frames;
}

double pelvis_height_m(const MarkerFrame& frame) {
    return 0.25 * (frame[LASI].z() + frame[RASI].z() + frame[LPSI].z() + frame[RPSI].z());
}

}  // namespace

Marker on_side(Marker left, int side) {
    if (side == 0) return left;
    if (left == LASI) return RASI;
    if (left == LPSI) return RPSI;
    return static_cast<Marker>(left + (left >= LTHI ? RTHI - LTHI : RSHO - LSHO));
}

bool is_missing(const MarkerFrame& frame, Marker marker) {
    return frame[static_cast<std::size_t>(marker)].isZero(1e-9);
}

std::filesystem::path recordings_folder() {
    const char* const folder = std::getenv("PLUMBLINE_RECORDINGS");
    return folder != nullptr ? folder : std::filesystem::path(PLUMBLINE_SOURCE_DIR) / "../shared/recordings";
}

std::vector<MarkerRecording> load_uiprmd() {
    std::vector<std::filesystem::path> paths;
    const std::filesystem::path folder = recordings_folder() / "uiprmd_deep_squat";
    if (std::filesystem::exists(folder))
        for (const auto& entry : std::filesystem::directory_iterator(folder))
            if (entry.path().extension() == ".gz") paths.push_back(entry.path());
    std::sort(paths.begin(), paths.end());
    std::vector<MarkerRecording> all;
    for (const auto& path : paths) {
        MarkerRecording one;
        one.name = path.filename().string().substr(0, 11);  // m01_s01_e02
        one.subject = one.name.at(6) - '1';
        one.frames = read_frames(unpacked(path));
        for (std::size_t i = 0; i < one.frames.size(); ++i)
            if (pelvis_height_m(one.frames[i]) < pelvis_height_m(one.frames[one.deepest])) one.deepest = i;
        all.push_back(std::move(one));
    }
    return all;
}

}  // namespace plumb::test
