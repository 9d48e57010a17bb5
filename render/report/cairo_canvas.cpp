// The drawing itself. No clock, no counter of the process and no screen reaches it.
#include "render/report/cairo_canvas.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <exception>
#include <memory>
#include <numbers>
#include <stdexcept>
#include <string>
#include <utility>

#include "sim/base/check.h"
#include "sim/base/text.h"

namespace plumb {
namespace {

bool finite(Point p) { return std::isfinite(p.x) && std::isfinite(p.y); }

double shift_of(Align align, double size) {
    return align == Align::start ? 0.0 : align == Align::middle ? -0.5 * size : -size;
}

/// Pango ends the program when it needs a font and there is none.
bool has_fonts(PangoFontMap* fonts) {
    PangoFontFamily** families = nullptr;
    int count = 0;
    pango_font_map_list_families(fonts, &families, &count);
    const std::unique_ptr<PangoFontFamily*, decltype(&g_free)> held(families, g_free);
    // These are named always, whatever is installed.
    constexpr std::array<std::string_view, 4> k_aliases{"Sans", "Serif", "Monospace", "System-ui"};
    return std::any_of(families, families + count, [&](PangoFontFamily* family) {
        return std::ranges::find(k_aliases, std::string_view(pango_font_family_get_name(family)))
               == k_aliases.end();
    });
}

}  // namespace

void set_glyph_options(PangoContext* context) {
    const Held<cairo_font_options_t> options(cairo_font_options_create());
    cairo_font_options_set_antialias(options.get(), CAIRO_ANTIALIAS_GRAY);
    cairo_font_options_set_hint_style(options.get(), CAIRO_HINT_STYLE_NONE);
    cairo_font_options_set_hint_metrics(options.get(), CAIRO_HINT_METRICS_OFF);
    pango_cairo_context_set_font_options(context, options.get());
    pango_context_set_round_glyph_positions(context, FALSE);
}

cairo_status_t append(void* closure, const unsigned char* data, unsigned int length) noexcept {
    try {
        static_cast<std::string*>(closure)->append(reinterpret_cast<const char*>(data), length);
    } catch (const std::exception&) {
        return CAIRO_STATUS_WRITE_ERROR;
    }
    return CAIRO_STATUS_SUCCESS;
}

void set_colour(cairo_t* cairo, Rgba c) {
    cairo_set_source_rgba(cairo, static_cast<double>(c.r), static_cast<double>(c.g), static_cast<double>(c.b),
                          static_cast<double>(c.a));
}

void rounded_path(cairo_t* c, Box b, double r) {
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

void require_fonts() {
    if (!has_fonts(pango_cairo_font_map_get_default()))
        throw std::runtime_error("no font is installed: install one, such as fonts-inter");
}

CairoPainter::CairoPainter(cairo_surface_t* surface) : CairoPainter(Held<cairo_t>(cairo_create(surface))) {}

CairoPainter::CairoPainter(cairo_t* cairo) : CairoPainter(Held<cairo_t>(cairo_reference(cairo))) {}

CairoPainter::CairoPainter(Held<cairo_t> cairo)
    : cairo_(std::move(cairo)),
      context_(pango_cairo_create_context(cairo_.get())),
      layout_(pango_layout_new(context_.get())) {
    set_glyph_options(context_.get());
    pango_cairo_context_set_resolution(context_.get(), 96.0);
    pango_context_set_language(context_.get(), pango_language_from_string("en"));
    pango_layout_context_changed(layout_.get());
    pango_layout_set_single_paragraph_mode(layout_.get(), TRUE);
}

void CairoPainter::line(std::span<const Point> points, Rgba colour, double width_px, LineStyle style) {
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

void CairoPainter::polygon(std::span<const Point> corners, Rgba fill) {
    if (corners.size() < 3 || !path(corners)) return;
    cairo_close_path(cairo_.get());
    set(fill);
    cairo_fill(cairo_.get());
}

void CairoPainter::circle(Point centre, double radius_px, Rgba fill) {
    if (!arc(centre, radius_px)) return;
    set(fill);
    cairo_fill(cairo_.get());
}

void CairoPainter::ring(Point centre, double radius_px, Rgba colour, double width_px) {
    if (!arc(centre, radius_px)) return;
    set(colour);
    cairo_set_line_width(cairo_.get(), width_px);
    cairo_stroke(cairo_.get());
}

void CairoPainter::box(Box box, Rgba fill, double corner_px) {
    if (!finite({box.left, box.top}) || !(box.width > 0.0) || !(box.height > 0.0)) return;
    rounded_path(cairo_.get(), box, std::min({corner_px, 0.5 * box.width, 0.5 * box.height}));
    set(fill);
    cairo_fill(cairo_.get());
}

void CairoPainter::text(Point at, std::string_view text, Rgba colour, const TextStyle& style) {
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

Point CairoPainter::text_size(std::string_view text, const TextStyle& style) const {
    if (!(style.size_px > 0.0)) return {};
    const Point size = lay_out(text, style);
    return style.upward ? Point{size.y, size.x} : size;
}

void CairoPainter::push_clip(Box box) {
    cairo_save(cairo_.get());
    cairo_new_path(cairo_.get());
    cairo_rectangle(cairo_.get(), box.left, box.top, std::max(0.0, box.width), std::max(0.0, box.height));
    cairo_clip(cairo_.get());
    ++clips_;
}

void CairoPainter::pop_clip() {
    PLUMB_CHECK(clips_ > 0, "pop_clip without its push_clip");
    --clips_;
    cairo_restore(cairo_.get());
}

void CairoPainter::set(Rgba colour) { set_colour(cairo_.get(), colour); }

bool CairoPainter::path(std::span<const Point> points) {
    if (!std::ranges::all_of(points, finite)) return false;
    cairo_new_path(cairo_.get());
    for (const Point& p : points) cairo_line_to(cairo_.get(), p.x, p.y);
    return true;
}

bool CairoPainter::arc(Point centre, double radius_px) {
    if (!finite(centre) || !(radius_px > 0.0)) return false;
    cairo_new_path(cairo_.get());
    cairo_arc(cairo_.get(), centre.x, centre.y, radius_px, 0.0, 2.0 * std::numbers::pi);
    cairo_close_path(cairo_.get());
    return true;
}

Point CairoPainter::lay_out(std::string_view text, const TextStyle& style) const {
    const Held<PangoFontDescription> font(pango_font_description_new());
    pango_font_description_set_family_static(font.get(), "Inter, Noto Sans, sans-serif");
    pango_font_description_set_weight(font.get(), style.bold ? PANGO_WEIGHT_SEMIBOLD : PANGO_WEIGHT_NORMAL);
    pango_font_description_set_absolute_size(font.get(), style.size_px * PANGO_SCALE);
    pango_layout_set_font_description(layout_.get(), font.get());
    // Names come from people's files: bytes that are no text are shown as such.
    const std::string shown = printable(text);
    pango_layout_set_text(layout_.get(), shown.data(), static_cast<int>(shown.size()));
    int width = 0, height = 0;
    pango_layout_get_size(layout_.get(), &width, &height);
    return {static_cast<double>(width) / PANGO_SCALE, static_cast<double>(height) / PANGO_SCALE};
}

}  // namespace plumb
