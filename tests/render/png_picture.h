// A PNG read back by Cairo, for tests of what was drawn.
#pragma once

#include <array>
#include <cstdint>
#include <cstring>
#include <memory>
#include <string>
#include <string_view>

#include <cairo.h>

#include "tests/catch.h"

namespace plumb::test {

/// A PNG read back by Cairo.
class PngPicture {
  public:
    explicit PngPicture(const std::string& bytes) : rest_(bytes) {
        surface_.reset(cairo_image_surface_create_from_png_stream(read, this));
        REQUIRE(cairo_surface_status(surface_.get()) == CAIRO_STATUS_SUCCESS);
    }
    [[nodiscard]] int width() const { return cairo_image_surface_get_width(surface_.get()); }
    [[nodiscard]] int height() const { return cairo_image_surface_get_height(surface_.get()); }
    /// Alpha is 255 in a file without it.
    [[nodiscard]] std::array<int, 4> at(int x, int y) const {
        std::uint32_t word = 0;
        std::memcpy(&word,
                    cairo_image_surface_get_data(surface_.get())
                        + y * cairo_image_surface_get_stride(surface_.get()) + 4 * x,
                    4);
        const bool opaque = cairo_image_surface_get_format(surface_.get()) == CAIRO_FORMAT_RGB24;
        const auto part = [&](int shift) { return static_cast<int>(word >> shift & 255u); };
        return {part(16), part(8), part(0), opaque ? 255 : part(24)};
    }

  private:
    static cairo_status_t read(void* self, unsigned char* data, unsigned int length) {
        std::string_view& rest = static_cast<PngPicture*>(self)->rest_;
        if (length > rest.size()) return CAIRO_STATUS_READ_ERROR;
        std::memcpy(data, rest.data(), length);
        rest.remove_prefix(length);
        return CAIRO_STATUS_SUCCESS;
    }
    struct Release {
        void operator()(cairo_surface_t* p) const { cairo_surface_destroy(p); }
    };
    std::string_view rest_;
    std::unique_ptr<cairo_surface_t, Release> surface_;
};

}  // namespace plumb::test
