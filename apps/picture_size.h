// "1280x800" as --size takes it.
#pragma once

#include <cstdio>
#include <string>

#include "sim/base/input_error.h"
#include "sim/base/text.h"

namespace plumb {

struct PictureSize {
    int width = 0, height = 0;
};
inline constexpr PictureSize k_largest_picture{8192, 8192};

/// Throws InputError for anything but WxH from `least` to k_largest_picture.
[[nodiscard]] inline PictureSize parse_picture_size(const std::string& text, PictureSize least) {
    PictureSize size;
    char rest = 0;
    if (std::sscanf(text.c_str(), "%5dx%5d%c", &size.width, &size.height, &rest) == 2
        && size.width >= least.width && size.height >= least.height && size.width <= k_largest_picture.width
        && size.height <= k_largest_picture.height)
        return size;
    const auto words = [](PictureSize s) { return std::to_string(s.width) + "x" + std::to_string(s.height); };
    throw InputError("--size " + in_quotes(text) + ": allowed " + words(least) + " to "
                     + words(k_largest_picture));
}

}  // namespace plumb
