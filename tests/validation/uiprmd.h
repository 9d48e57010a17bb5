// The recorded deep squats of UI-PRMD (Vakanski et al. 2018, Data 3(1):2): five adults, nine repetitions each, 39 markers.
#pragma once

#include <array>
#include <filesystem>
#include <string>
#include <vector>

#include <Eigen/Core>

namespace plumb::test {

/// Plug-in-Gait markers in the order of the files' columns.
enum Marker : int {
    LFHD,
    RFHD,
    LBHD,
    RBHD,
    C7,
    T10,
    CLAV,
    STRN,
    RBAK,
    LSHO,
    LUPA,
    LELB,
    LFRM,
    LWRA,
    LWRB,
    LFIN,
    RSHO,
    RUPA,
    RELB,
    RFRM,
    RWRA,
    RWRB,
    RFIN,
    LASI,
    RASI,
    LPSI,
    RPSI,
    LTHI,
    LKNE,
    LTIB,
    LANK,
    LHEE,
    LTOE,
    RTHI,
    RKNE,
    RTIB,
    RANK,
    RHEE,
    RTOE,
};
inline constexpr int k_marker_count = 39;
/// The right twin of a left marker; the left one itself for side_left.
[[nodiscard]] Marker on_side(Marker left, int side);

/// Metres; X forward, Y left, Z up as in the simulation. A missing marker is exactly at 0.
using MarkerFrame = std::array<Eigen::Vector3d, k_marker_count>;
[[nodiscard]] bool is_missing(const MarkerFrame& frame, Marker marker);

struct MarkerRecording {
    std::string name;
    int subject = 0;                  ///< 0 to 4
    std::vector<MarkerFrame> frames;  ///< 100 a second, standing with the arms overhead at first
    std::size_t deepest = 0;          ///< the frame whose pelvis is lowest
};

/// Where the recordings are: PLUMBLINE_RECORDINGS, or shared beside the source. May be missing.
[[nodiscard]] std::filesystem::path recordings_folder();

/// All of them; empty where the folder is missing. Unpacks with gzip.
[[nodiscard]] std::vector<MarkerRecording> load_uiprmd();

}  // namespace plumb::test
