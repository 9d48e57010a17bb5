// The hash over a recording's frames: bytes that changed after they were written are noticed.
#pragma once

#include <string>
#include <string_view>

#include "sim/base/hash.h"

namespace plumb {

/// SHA-256 over the SHA-256 of each column with its name, as "name=hash" lines in the order of frame_columns().
class FramesHash {
  public:
    void add(std::string_view name, std::string_view bytes) {
        lines_.append(name).append("=").append(sha256_hex(bytes)).append("\n");
    }
    [[nodiscard]] std::string hex() const { return sha256_hex(lines_); }

  private:
    std::string lines_;
};

}  // namespace plumb
