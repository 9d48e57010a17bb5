// A saved recording taken apart and put together again, so that tests can break one thing at a time.
#pragma once

#include <bit>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

#include "sim/engine/simulate.h"
#include "sim/recording/frame_columns.h"
#include "sim/recording/frames_hash.h"
#include "sim/recording/recording_file.h"

namespace plumb::test {

using Tree = nlohmann::ordered_json;

/// A short real squat, made once.
inline const ScenarioDef k_short = {
    .name = "short", .movement = {.depth = 0.2, .descend_s = 0.6, .hold_s = 0.1, .ascend_s = 0.6}};
inline const Recording& short_run() {
    static const std::shared_ptr<const Recording> k_run = simulate(k_short);
    return *k_run;
}

/// The same with the first and every `step`-th frame: as valid, and small.
inline Recording thinned(const Recording& run, std::size_t step) {
    Recording thin = run;
    thin.frames.clear();
    for (std::size_t i = 0; i < run.frames.size(); i += step) thin.frames.push_back(run.frames[i]);
    return thin;
}

[[nodiscard]] inline Tree tree_of(const std::string& bytes) { return Tree::from_cbor(bytes); }
[[nodiscard]] inline std::string bytes_of(const Tree& tree) {
    const std::vector<std::uint8_t> bytes = Tree::to_cbor(tree);
    return {bytes.begin(), bytes.end()};
}

/// Writes number `at` of a column.
inline void put_number(Tree& tree, const std::string& column, std::size_t at, double value) {
    auto& bytes = tree["frames"][column].get_binary();
    const auto bits = std::bit_cast<std::uint64_t>(value);
    for (std::size_t i = 0; i < 8; ++i) bytes.at(8 * at + i) = static_cast<std::uint8_t>(bits >> 8 * i);
}

/// Makes the hash of the frames right again.
inline void rehash(Tree& tree) {
    FramesHash hash;
    for (const FrameColumn& column : frame_columns()) {
        if (!tree["frames"].contains(column.name) || !tree["frames"][column.name].is_binary()) return;
        const auto& bytes = tree["frames"][column.name].get_binary();
        hash.add(column.name, std::string(bytes.begin(), bytes.end()));
    }
    tree["frames_hash"] = hash.hex();
}

}  // namespace plumb::test
