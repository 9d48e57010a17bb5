// Pictures as files: the canvas on surfaces of their own. No clock and no counter of the process reaches the bytes.
#include "render/report/cairo_painter.h"

#include <algorithm>

#include <cairo-svg.h>

#include "render/report/cairo_canvas.h"
#include "render/report/svg_ids.h"
#include "sim/base/check.h"

namespace plumb {
namespace {

constexpr int k_largest_side_px = 32767;  ///< Cairo's own bound

void check(cairo_surface_t* surface) {
    PLUMB_CHECK(cairo_surface_status(surface) == CAIRO_STATUS_SUCCESS, "Cairo could not draw the picture");
}

Held<cairo_surface_t> image(cairo_format_t format, int width, int height) {
    PLUMB_CHECK(width > 0 && height > 0 && width <= k_largest_side_px && height <= k_largest_side_px,
                "a picture needs sides of 1 to 32767 px");
    Held<cairo_surface_t> surface(cairo_image_surface_create(format, width, height));
    check(surface.get());
    return surface;
}

void paint_page(cairo_surface_t* surface, Box whole, Rgba page, const std::function<void(Painter&)>& paint) {
    CairoPainter painter(surface);
    painter.box(whole, page, 0.0);
    paint(painter);
}

std::uint8_t scaled(unsigned part, unsigned of) {
    return static_cast<std::uint8_t>((part * of + 127u) / 255u);
}

/// RGBA rows to Cairo's native-endian ARGB words with the alpha multiplied in.
void to_cairo(const std::uint8_t* rgba, cairo_surface_t* surface) {
    cairo_surface_flush(surface);
    const int width = cairo_image_surface_get_width(surface),
              height = cairo_image_surface_get_height(surface);
    for (int y = 0; y < height; ++y) {
        auto* row = reinterpret_cast<std::uint32_t*>(cairo_image_surface_get_data(surface)
                                                     + static_cast<std::ptrdiff_t>(y)
                                                           * cairo_image_surface_get_stride(surface));
        for (int x = 0; x < width; ++x, rgba += 4) {
            const unsigned a = rgba[3];
            row[x] = a << 24 | static_cast<unsigned>(scaled(rgba[0], a)) << 16
                     | static_cast<unsigned>(scaled(rgba[1], a)) << 8 | scaled(rgba[2], a);
        }
    }
    cairo_surface_mark_dirty(surface);
}

void from_cairo(cairo_surface_t* surface, std::uint8_t* rgba) {
    cairo_surface_flush(surface);
    const int width = cairo_image_surface_get_width(surface),
              height = cairo_image_surface_get_height(surface);
    const auto part = [](std::uint32_t word, int shift, unsigned a) {
        const unsigned value = word >> shift & 255u;
        return static_cast<std::uint8_t>(a == 0u ? 0u : std::min(255u, (value * 255u + a / 2u) / a));
    };
    for (int y = 0; y < height; ++y) {
        const auto* row = reinterpret_cast<const std::uint32_t*>(
            cairo_image_surface_get_data(surface)
            + static_cast<std::ptrdiff_t>(y) * cairo_image_surface_get_stride(surface));
        for (int x = 0; x < width; ++x, rgba += 4) {
            const unsigned a = row[x] >> 24;
            for (int channel = 0; channel < 3; ++channel) rgba[channel] = part(row[x], 16 - 8 * channel, a);
            rgba[3] = static_cast<std::uint8_t>(a);
        }
    }
}

std::string png_of_surface(cairo_surface_t* surface) {
    check(surface);
    std::string bytes;
    PLUMB_CHECK(cairo_surface_write_to_png_stream(surface, append, &bytes) == CAIRO_STATUS_SUCCESS,
                "Cairo could not write the PNG");
    return bytes;
}

}  // namespace

void paint_over(std::uint8_t* rgba, int width, int height, const std::function<void(Painter&)>& paint) {
    const Held<cairo_surface_t> surface = image(CAIRO_FORMAT_ARGB32, width, height);
    to_cairo(rgba, surface.get());
    CairoPainter painter(surface.get());
    paint(painter);
    check(surface.get());
    from_cairo(surface.get(), rgba);
}

std::string png_of(int width, int height, Rgba page, const std::function<void(Painter&)>& paint) {
    // A page that hides all behind it needs no alpha in the file.
    const Held<cairo_surface_t> surface =
        image(page.a >= 1.0f ? CAIRO_FORMAT_RGB24 : CAIRO_FORMAT_ARGB32, width, height);
    paint_page(surface.get(), {0.0, 0.0, static_cast<double>(width), static_cast<double>(height)}, page,
               paint);
    return png_of_surface(surface.get());
}

std::string svg_of(int width, int height, Rgba page, const std::function<void(Painter&)>& paint) {
    PLUMB_CHECK(width > 0 && height > 0, "a picture needs sides of at least 1 px");
    std::string text;
    const Box whole{0.0, 0.0, static_cast<double>(width), static_cast<double>(height)};
    const Held<cairo_surface_t> surface(
        cairo_svg_surface_create_for_stream(append, &text, whole.width, whole.height));
    cairo_svg_surface_set_document_unit(surface.get(), CAIRO_SVG_UNIT_PX);
    paint_page(surface.get(), whole, page, paint);
    cairo_surface_finish(surface.get());
    check(surface.get());
    return with_own_ids(text);
}

std::string png_bytes(const std::uint8_t* rgba, int width, int height) {
    const std::size_t count = static_cast<std::size_t>(width) * static_cast<std::size_t>(height);
    bool opaque = true;
    for (std::size_t i = 0; i < count && opaque; ++i) opaque = rgba[4 * i + 3] == 255;
    const Held<cairo_surface_t> surface =
        image(opaque ? CAIRO_FORMAT_RGB24 : CAIRO_FORMAT_ARGB32, width, height);
    to_cairo(rgba, surface.get());
    return png_of_surface(surface.get());
}

}  // namespace plumb
