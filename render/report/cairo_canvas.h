// Cairo and Pango behind the Painter: on a surface of its own or on a page that somebody else is drawing.
#pragma once

#include <memory>
#include <span>
#include <string_view>

#include <cairo.h>
#include <pango/pangocairo.h>

#include "render/scene/painter.h"

namespace plumb {

/// Gives back what the C libraries lend.
struct Release {
    void operator()(cairo_surface_t* p) const { cairo_surface_destroy(p); }
    void operator()(cairo_t* p) const { cairo_destroy(p); }
    void operator()(cairo_font_options_t* p) const { cairo_font_options_destroy(p); }
    void operator()(PangoContext* p) const { g_object_unref(p); }
    void operator()(PangoLayout* p) const { g_object_unref(p); }
    void operator()(PangoFontDescription* p) const { pango_font_description_free(p); }
    void operator()(PangoAttrList* p) const { pango_attr_list_unref(p); }
    void operator()(PangoLayoutIter* p) const { pango_layout_iter_free(p); }
};
template <class T>
using Held = std::unique_ptr<T, Release>;

/// Throws std::runtime_error where the system has no font at all: Pango would end the program.
void require_fonts();

/// Unhinted grey glyphs at fractional places: the same shape in PNG, SVG and PDF, whatever the desktop is set to.
void set_glyph_options(PangoContext* context);

/// Cairo's stream to a std::string, given as `closure`; out of memory becomes the surface's own error.
[[nodiscard]] cairo_status_t append(void* closure, const unsigned char* data, unsigned int length) noexcept;

class CairoPainter : public Painter {
  public:
    explicit CairoPainter(cairo_surface_t* surface);
    /// Draws on a page in the making. Its state (source, line, clip) is the caller's to save and restore.
    explicit CairoPainter(cairo_t* cairo);

    void line(std::span<const Point> points, Rgba colour, double width_px, LineStyle style) override;
    void polygon(std::span<const Point> corners, Rgba fill) override;
    void circle(Point centre, double radius_px, Rgba fill) override;
    void ring(Point centre, double radius_px, Rgba colour, double width_px) override;
    void box(Box box, Rgba fill, double corner_px) override;
    void text(Point at, std::string_view text, Rgba colour, const TextStyle& style) override;
    [[nodiscard]] Point text_size(std::string_view text, const TextStyle& style) const override;
    void push_clip(Box box) override;
    void pop_clip() override;

  private:
    explicit CairoPainter(Held<cairo_t> cairo);
    void set(Rgba colour);
    bool path(std::span<const Point> points);
    bool arc(Point centre, double radius_px);
    Point lay_out(std::string_view text, const TextStyle& style) const;

    Held<cairo_t> cairo_;
    Held<PangoContext> context_;
    Held<PangoLayout> layout_;
    int clips_ = 0;
};

void set_colour(cairo_t* cairo, Rgba colour);
/// Begins a new path: a box with round corners; 0: square ones.
void rounded_path(cairo_t* cairo, Box box, double corner);

}  // namespace plumb
