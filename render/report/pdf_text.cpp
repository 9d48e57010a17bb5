// Pango does the work; what it would do to a page without being asked (hyphens, the end of the program) is held off here.
#include "render/report/pdf_text.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "sim/base/check.h"
#include "sim/base/text.h"

namespace plumb {
namespace {

double points(int pango_units) { return static_cast<double>(pango_units) / PANGO_SCALE; }
int pango_units(double points) { return static_cast<int>(std::lround(points * PANGO_SCALE)); }

}  // namespace

std::string shown_text(std::string_view text) {
    // Zero-width non-joiner, joiner, left-to-right and right-to-left mark.
    constexpr std::array<std::string_view, 7> k_kept{
        "\n", "\t", "\r\n", "\xe2\x80\x8c", "\xe2\x80\x8d", "\xe2\x80\x8e", "\xe2\x80\x8f"};
    std::string shown;
    std::size_t start = 0;
    for (std::size_t i = 0; i < text.size();) {
        const auto kept = std::ranges::find_if(
            k_kept, [&](std::string_view mark) { return text.substr(i).starts_with(mark); });
        if (kept == k_kept.end()) {
            ++i;
            continue;
        }
        shown += printable(text.substr(start, i - start));
        shown += *kept == "\t" ? "    " : *kept == "\r\n" ? "\n" : *kept;
        i += kept->size();
        start = i;
    }
    return shown + printable(text.substr(start));
}

Held<PangoContext> page_context(const std::string& language) {
    require_fonts();
    Held<PangoContext> context(pango_font_map_create_context(pango_cairo_font_map_get_default()));
    set_glyph_options(context.get());
    pango_cairo_context_set_resolution(context.get(), 72.0);
    pango_context_set_language(context.get(), pango_language_from_string(language.c_str()));
    return context;
}

TextLines::TextLines(PangoContext* context, std::string_view text, const TextLook& look, double width_pt,
                     Align across)
    : layout_(pango_layout_new(context)), colour_(look.colour) {
    const Held<PangoFontDescription> font(pango_font_description_new());
    pango_font_description_set_family_static(font.get(),
                                             look.fixed_width ? "monospace" : "Inter, Noto Sans, sans-serif");
    pango_font_description_set_weight(font.get(), look.bold ? PANGO_WEIGHT_SEMIBOLD : PANGO_WEIGHT_NORMAL);
    pango_font_description_set_absolute_size(font.get(), look.size_pt * PANGO_SCALE);
    pango_layout_set_font_description(layout_.get(), font.get());
    const Held<PangoAttrList> attributes(pango_attr_list_new());
    // A file's name broken at the line's end must not gain a hyphen.
    pango_attr_list_insert(attributes.get(), pango_attr_insert_hyphens_new(FALSE));
    if (look.even_digits) pango_attr_list_insert(attributes.get(), pango_attr_font_features_new("tnum=1"));
    pango_layout_set_attributes(layout_.get(), attributes.get());
    pango_layout_set_width(layout_.get(), pango_units(std::max(width_pt, look.size_pt)));
    pango_layout_set_wrap(layout_.get(), PANGO_WRAP_WORD_CHAR);
    pango_layout_set_alignment(layout_.get(), across == Align::start    ? PANGO_ALIGN_LEFT
                                              : across == Align::middle ? PANGO_ALIGN_CENTER
                                                                        : PANGO_ALIGN_RIGHT);
    const std::string shown = shown_text(text);
    pango_layout_set_text(layout_.get(), shown.data(), static_cast<int>(shown.size()));

    const Held<PangoLayoutIter> at(pango_layout_get_iter(layout_.get()));
    do {
        PangoRectangle logical{};
        pango_layout_iter_get_line_extents(at.get(), nullptr, &logical);
        const double high_pt = points(logical.height),
                     height_pt = std::max(look.pitch * look.size_pt, high_pt);
        const double ascent_pt = points(pango_layout_iter_get_baseline(at.get()) - logical.y);
        lines_.push_back({pango_layout_iter_get_line_readonly(at.get()), points(logical.x),
                          0.5 * (height_pt - high_pt) + ascent_pt, height_pt});
    } while (pango_layout_iter_next_line(at.get()));
}

double TextLines::height_pt() const {
    double height = 0.0;
    for (const Line& line : lines_) height += line.height_pt;
    return height;
}

bool TextLines::right_to_left() const {
    return pango_layout_line_get_resolved_direction(lines_.front().line) == PANGO_DIRECTION_RTL;
}

void TextLines::draw(cairo_t* cairo, std::size_t line, Point at) const {
    set_colour(cairo, colour_);
    cairo_move_to(cairo, at.x + lines_[line].left_pt, at.y + lines_[line].baseline_pt);
    pango_cairo_show_layout_line(cairo, lines_[line].line);
}

void TextLines::draw(cairo_t* cairo, Point at) const {
    for (std::size_t line = 0; line < count(); ++line) {
        draw(cairo, line, at);
        at.y += lines_[line].height_pt;
    }
}

}  // namespace plumb
