// libjpeg with its accurate integer transform, whose result does not depend on the machine.
#include "render/report/jpeg.h"

#include <cstddef>
#include <cstdint>
#include <cstdio>  // jpeglib.h needs it and does not say so
#include <cstdlib>
#include <memory>
#include <vector>

#include <jpeglib.h>

#include "sim/base/check.h"

namespace plumb {
namespace {

constexpr int k_largest_jpeg_px = 65500;  ///< libjpeg's own bound

[[noreturn]] void give_up(j_common_ptr) {
    // Only a wrong call or no memory ends here; no exception may pass through C.
    check_failed("jpeg", "libjpeg could not write the picture", __FILE__, __LINE__);
}

struct Compressor {
    jpeg_error_mgr errors{};
    jpeg_compress_struct jpeg{};
    unsigned char* bytes = nullptr;
    unsigned long size = 0;

    Compressor() {
        jpeg.err = jpeg_std_error(&errors);
        errors.error_exit = give_up;
        errors.emit_message = [](j_common_ptr, int) {};
        jpeg_create_compress(&jpeg);
        jpeg_mem_dest(&jpeg, &bytes, &size);
    }
    Compressor(const Compressor&) = delete;
    Compressor& operator=(const Compressor&) = delete;
    ~Compressor() {
        jpeg_destroy_compress(&jpeg);
        std::free(bytes);  // jpeg_mem_dest takes it from malloc
    }
};

}  // namespace

std::string jpeg_of(const Picture& picture, int quality) {
    const auto width = static_cast<std::size_t>(picture.width),
               height = static_cast<std::size_t>(picture.height);
    PLUMB_CHECK(picture.width > 0 && picture.height > 0 && picture.width <= k_largest_jpeg_px
                    && picture.height <= k_largest_jpeg_px && picture.rgba.size() == 4 * width * height,
                "a JPEG needs sides of 1 to 65500 px and all their pixels");
    Compressor out;
    jpeg_compress_struct& jpeg = out.jpeg;
    jpeg.image_width = static_cast<JDIMENSION>(width);
    jpeg.image_height = static_cast<JDIMENSION>(height);
    jpeg.input_components = 3;
    jpeg.in_color_space = JCS_RGB;
    jpeg_set_defaults(&jpeg);
    jpeg_set_quality(&jpeg, quality, TRUE);
    jpeg.dct_method = JDCT_ISLOW;
    jpeg.optimize_coding = TRUE;
    // Thin coloured lines and letters lie over the pictures: colour in full detail.
    jpeg.comp_info[0].h_samp_factor = jpeg.comp_info[0].v_samp_factor = 1;
    jpeg_start_compress(&jpeg, TRUE);
    std::vector<std::uint8_t> row(3 * width);
    for (std::size_t y = 0; y < height; ++y) {
        const std::uint8_t* from = picture.rgba.data() + 4 * width * y;
        for (std::size_t x = 0; x < width; ++x, from += 4)
            for (std::size_t part = 0; part < 3; ++part)
                row[3 * x + part] =
                    static_cast<std::uint8_t>((from[part] * from[3] + 255u * (255u - from[3]) + 127u) / 255u);
        JSAMPROW rows[] = {row.data()};
        jpeg_write_scanlines(&jpeg, rows, 1);
    }
    jpeg_finish_compress(&jpeg);
    return {reinterpret_cast<const char*>(out.bytes), out.size};
}

}  // namespace plumb
