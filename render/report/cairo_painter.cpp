// Cairo draws, Pango sets the text. No clock, no counter of the process and no screen reaches the bytes.
#include "render/report/cairo_painter.h"

#include <algorithm>
#include <cmath>
#include <memory>
#include <numbers>
#include <vector>

#include <cairo-svg.h>
#include <pango/pangocairo.h>

#include "render/report/svg_ids.h"
#include "sim/base/check.h"
#include "sim/base/text.h"

namespace plumb {
namespace {

constexpr int k_largest_side_px = 32767;  ///< Cairo's own bound

struct Release {
    void operator()(cairo_surface_t* p) const { cairo_surface_destroy(p); }
    void operator()(cairo_t* p) const { cairo_destroy(p); }
    void operator()(cairo_font_options_t* p) const { cairo_font_options_destroy(p); }
    void operator()(PangoContext* p) const { g_object_unref(p); }
    void operator()(PangoLayout* p) const { g_object_unref(p); }
    void operator()(PangoFontDescription* p) const { pango_font_description_free(p); }
};
template <class T>
using Held = std::unique_ptr<T, Release>;

bool finite(Point p) { return std::isfinite(p.x) && std::isfinite(p.y); }

double shift_of(Align align, double size) {
    return align == Align::start ? 0.0 : align == Align::middle ? -0.5 * size : -size;
}

class CairoPainter : public Painter {
  public:
    explicit CairoPainter(cairo_surface_t* surface)
        : cairo_(cairo_create(surface)),
          context_(pango_cairo_create_context(cairo_.get())),
          layout_(pango_layout_new(context_.get())) {
        // Unhinted grey glyphs at fractional places: the same shape in PNG and SVG, whatever the desktop is set to.
        const Held<cairo_font_options_t> options(cairo_font_options_create());
        cairo_font_options_set_antialias(options.get(), CAIRO_ANTIALIAS_GRAY);
        cairo_font_options_set_hint_style(options.get(), CAIRO_HINT_STYLE_NONE);
        cairo_font_options_set_hint_metrics(options.get(), CAIRO_HINT_METRICS_OFF);
        pango_cairo_context_set_font_options(context_.get(), options.get());
        pango_cairo_context_set_resolution(context_.get(), 96.0);
        pango_context_set_round_glyph_positions(context_.get(), FALSE);
        pango_context_set_language(context_.get(), pango_language_from_string("en"));
        pango_layout_context_changed(layout_.get());
        pango_layout_set_single_paragraph_mode(layout_.get(), TRUE);
    }

    void line(std::span<const Point> points, Rgba colour, double width_px, LineStyle style) override {
        if (points.size() < 2 || !path(points)) return;
        set(colour);
        cairo_set_line_width(cairo_.get(), width_px);
        cairo_set_line_join(cairo_.get(), CAIRO_LINE_JOIN_ROUND);
        const double dash[] = {4.0 * width_px, 3.0 * width_px}, dot[] = {width_px, 2.0 * width_px};
        if (style == LineStyle::dashed) cairo_set_dash(cairo_.get(), dash, 2, 0.0);
        if (style == LineStyle::dotted) cairo_set_dash(cairo_.get(), dot, 2, 0.0);
        cairo_stroke(cairo_.get());
        cairo_set_dash(cairo_.get(), nullptr, 0, 0.0);
    }

    void polygon(std::span<const Point> corners, Rgba fill) override {
        if (corners.size() < 3 || !path(corners)) return;
        cairo_close_path(cairo_.get());
        set(fill);
        cairo_fill(cairo_.get());
    }

    void circle(Point centre, double radius_px, Rgba fill) override {
        if (!arc(centre, radius_px)) return;
        set(fill);
        cairo_fill(cairo_.get());
    }

    void ring(Point centre, double radius_px, Rgba colour, double width_px) override {
        if (!arc(centre, radius_px)) return;
        set(colour);
        cairo_set_line_width(cairo_.get(), width_px);
        cairo_stroke(cairo_.get());
    }

    void box(Box box, Rgba fill, double corner_px) override {
        if (!finite({box.left, box.top}) || !(box.width > 0.0) || !(box.height > 0.0)) return;
        rounded(box, std::min({corner_px, 0.5 * box.width, 0.5 * box.height}));
        set(fill);
        cairo_fill(cairo_.get());
    }

    void text(Point at, std::string_view text, Rgba colour, const TextStyle& style) override {
        if (text.empty() || !finite(at) || !(style.size_px > 0.0)) return;
        const Point size = lay_out(text, style);
        cairo_save(cairo_.get());
        cairo_translate(cairo_.get(), at.x, at.y);
        if (style.upward) cairo_rotate(cairo_.get(), -0.5 * std::numbers::pi);
        // Along and across the line as it is read.
        cairo_move_to(cairo_.get(), shift_of(style.across, size.x), shift_of(style.down, size.y));
        set(colour);
        pango_cairo_show_layout(cairo_.get(), layout_.get());
        cairo_restore(cairo_.get());
    }

    [[nodiscard]] Point text_size(std::string_view text, const TextStyle& style) const override {
        if (!(style.size_px > 0.0)) return {};
        const Point size = lay_out(text, style);
        return style.upward ? Point{size.y, size.x} : size;
    }

    void push_clip(Box box) override {
        cairo_save(cairo_.get());
        cairo_new_path(cairo_.get());
        cairo_rectangle(cairo_.get(), box.left, box.top, std::max(0.0, box.width), std::max(0.0, box.height));
        cairo_clip(cairo_.get());
        ++clips_;
    }
    void pop_clip() override {
        PLUMB_CHECK(clips_ > 0, "pop_clip without its push_clip");
        --clips_;
        cairo_restore(cairo_.get());
    }

  private:
    void set(Rgba c) {
        cairo_set_source_rgba(cairo_.get(), static_cast<double>(c.r), static_cast<double>(c.g),
                              static_cast<double>(c.b), static_cast<double>(c.a));
    }

    bool path(std::span<const Point> points) {
        if (!std::ranges::all_of(points, finite)) return false;
        cairo_new_path(cairo_.get());
        for (const Point& p : points) cairo_line_to(cairo_.get(), p.x, p.y);
        return true;
    }

    bool arc(Point centre, double radius_px) {
        if (!finite(centre) || !(radius_px > 0.0)) return false;
        cairo_new_path(cairo_.get());
        cairo_arc(cairo_.get(), centre.x, centre.y, radius_px, 0.0, 2.0 * std::numbers::pi);
        cairo_close_path(cairo_.get());
        return true;
    }

    void rounded(Box b, double r) {
        cairo_t* c = cairo_.get();
        cairo_new_path(c);
        if (!(r > 0.0)) {
            cairo_rectangle(c, b.left, b.top, b.width, b.height);
            return;
        }
        const double quarter = 0.5 * std::numbers::pi, right = b.left + b.width, bottom = b.top + b.height;
        cairo_arc(c, right - r, b.top + r, r, -quarter, 0.0);
        cairo_arc(c, right - r, bottom - r, r, 0.0, quarter);
        cairo_arc(c, b.left + r, bottom - r, r, quarter, 2.0 * quarter);
        cairo_arc(c, b.left + r, b.top + r, r, 2.0 * quarter, 3.0 * quarter);
        cairo_close_path(c);
    }

    Point lay_out(std::string_view text, const TextStyle& style) const {
        const Held<PangoFontDescription> font(pango_font_description_new());
        pango_font_description_set_family_static(font.get(), "Inter, Noto Sans, sans-serif");
        pango_font_description_set_weight(font.get(),
                                          style.bold ? PANGO_WEIGHT_SEMIBOLD : PANGO_WEIGHT_NORMAL);
        pango_font_description_set_absolute_size(font.get(), style.size_px * PANGO_SCALE);
        pango_layout_set_font_description(layout_.get(), font.get());
        // Names come from people's files: bytes that are no text are shown as such.
        const std::string shown = printable(text);
        pango_layout_set_text(layout_.get(), shown.data(), static_cast<int>(shown.size()));
        int width = 0, height = 0;
        pango_layout_get_size(layout_.get(), &width, &height);
        return {static_cast<double>(width) / PANGO_SCALE, static_cast<double>(height) / PANGO_SCALE};
    }

    Held<cairo_t> cairo_;
    Held<PangoContext> context_;
    Held<PangoLayout> layout_;
    int clips_ = 0;
};

cairo_status_t append(void* closure, const unsigned char* data, unsigned int length) {
    static_cast<std::string*>(closure)->append(reinterpret_cast<const char*>(data), length);
    return CAIRO_STATUS_SUCCESS;
}

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
