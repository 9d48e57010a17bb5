// Saved recordings: a whole run as bytes and back (docs/files.md, "Saved recordings").
#pragma once

#include <array>
#include <cstddef>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>

#include "sim/recording/recording.h"

namespace plumb {

inline constexpr std::string_view k_recording_format = "plumbline-recording";
inline constexpr int k_recording_version = 3;
inline constexpr std::size_t k_largest_recording_bytes = std::size_t{64} << 20;
inline constexpr std::size_t k_most_frames = 60000;  ///< 500 s

/// The recording as a file holds it: CBOR (RFC 8949), frames as columns of little-endian doubles, without the plan, which
/// follows from the scenario. For runs whose plan is plan_squat's own. The same recording gives the same bytes. Throws
/// std::runtime_error for a run longer than the reader takes.
[[nodiscard]] std::string recording_to_bytes(const Recording& recording);

/// True for bytes that begin as recording_to_bytes' do: a file that a new recording may replace.
[[nodiscard]] bool looks_like_recording(std::string_view bytes);

/// What a file says about its plan, so that a plan made again can be compared: by place in plan_facts().
inline constexpr std::size_t k_plan_fact_count = 4;
struct PlanFact {
    std::string_view name;
    double (*of)(const SquatPlan&) = nullptr;
};
[[nodiscard]] const std::array<PlanFact, k_plan_fact_count>& plan_facts();

/// A file decoded and checked in everything that needs no plan. `recording.plan` is still empty.
struct SavedRecording {
    Recording recording;
    std::array<double, k_plan_fact_count> plan_facts{};
};

/// Throws InputError, one line with source, place, what is wrong and what is allowed: for broken or foreign bytes, unknown or
/// missing keys, numbers out of range, times that do not rise, frames that contradict their own pose, and inputs or frames
/// that do not match their hashes.
[[nodiscard]] SavedRecording decode_recording(std::string_view bytes, const std::string& source);

/// The complete recording: decoded, its plan made again. Throws InputError as above, and where this program plans the squat
/// otherwise than the one that wrote the file.
[[nodiscard]] std::shared_ptr<const Recording> parse_recording(std::string_view bytes,
                                                               const std::string& source);

/// Reads a file of at most 64 MiB. Throws InputError when it cannot be read or is wrong.
[[nodiscard]] std::shared_ptr<const Recording> load_recording(const std::filesystem::path& path);

}  // namespace plumb
