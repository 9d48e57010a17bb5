// A picture as bytes.
#pragma once

#include <cstdint>
#include <vector>

namespace plumb {

/// RGBA rows from the top, 4 bytes a pixel.
struct Picture {
    int width = 0, height = 0;
    std::vector<std::uint8_t> rgba;
};

}  // namespace plumb
