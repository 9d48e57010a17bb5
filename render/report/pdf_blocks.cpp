// Headings, paragraphs, lists and boxes. All sizes [pt].
#include "render/report/pdf_blocks.h"

#include <algorithm>
#include <cmath>
#include <string>
#include <utility>

#include <cairo-pdf.h>

#include "render/report/pdf_text.h"
#include "render/scene/theme.h"

namespace plumb {
namespace {

using Lines = std::shared_ptr<const TextLines>;

Lines lines_of(const Flow& flow, std::string_view text, const TextLook& look, double width) {
    return std::make_shared<const TextLines>(flow.context(), text, look, width);
}

/// A piece a line, `left` of the text's edge.
std::vector<Piece> line_pieces(const Lines& text, double left, const std::vector<Element>& within) {
    std::vector<Piece> pieces;
    for (std::size_t i = 0; i < text->count(); ++i)
        pieces.push_back({.height_pt = text->height_pt(i),
                          .within = within,
                          .draw = [text, i, left](Sheet& sheet, double top) {
                              text->draw(sheet.cairo, i, {sheet.left_pt + left, top});
                          }});
    return pieces;
}

/// The heading's place and bookmark.
void mark_heading(Sheet& sheet, int level, const std::string& text, double top) {
    const std::string name = "h" + std::to_string(++sheet.headings);
    const std::string place = "name='" + name + "' x=" + std::to_string(std::lround(sheet.left_pt))
                              + " y=" + std::to_string(std::lround(std::max(0.0, top - 8.0)));
    cairo_tag_begin(sheet.cairo, CAIRO_TAG_DEST, place.c_str());
    cairo_tag_end(sheet.cairo, CAIRO_TAG_DEST);
    const int parent = level > 2 ? sheet.section : CAIRO_PDF_OUTLINE_ROOT;
    const int outline = cairo_pdf_surface_add_outline(
        sheet.surface, parent, text.c_str(), ("dest='" + name + "'").c_str(), CAIRO_PDF_OUTLINE_FLAG_OPEN);
    if (level == 2) sheet.section = outline;
}

struct Framed {
    Lines text;
    double gap;  ///< above
};

/// Texts on a tinted box: one piece where they fit on a page, else line by line.
void add_framed(Flow& flow, const std::vector<Framed>& texts, const char* tag, double padding, double bar) {
    constexpr double k_corner = 5.0;
    const Element box = flow.element(tag);
    double height = 2.0 * padding;
    for (const Framed& part : texts) height += part.gap + part.text->height_pt();
    if (height <= flow.room_pt()) {
        flow.add({.height_pt = height, .within = {box}, .draw = [=](Sheet& sheet, double top) {
                      const Box frame{sheet.left_pt, top, sheet.width_pt, height};
                      cairo_save(sheet.cairo);
                      rounded_path(sheet.cairo, frame, k_corner);
                      set_colour(sheet.cairo, light_theme().panel);
                      cairo_fill_preserve(sheet.cairo);
                      cairo_clip(sheet.cairo);
                      cairo_rectangle(sheet.cairo, frame.left, frame.top, bar, frame.height);
                      set_colour(sheet.cairo, light_theme().accent);
                      cairo_fill(sheet.cairo);
                      cairo_restore(sheet.cairo);
                      double y = top + padding;
                      for (const Framed& part : texts) {
                          const Tag paragraph(sheet, "P");
                          y += part.gap;
                          part.text->draw(sheet.cairo, {sheet.left_pt + padding + bar, y});
                          y += part.text->height_pt();
                      }
                  }});
        return;
    }
    for (const Framed& part : texts) {
        std::vector<Piece> pieces = line_pieces(part.text, padding + bar, {box, flow.element("P")});
        for (Piece& piece : pieces)
            piece.draw = [draw = piece.draw, high = piece.height_pt, bar](Sheet& sheet, double top) {
                set_colour(sheet.cairo, light_theme().panel);
                cairo_rectangle(sheet.cairo, sheet.left_pt, top, sheet.width_pt, high);
                cairo_fill(sheet.cairo);
                set_colour(sheet.cairo, light_theme().accent);
                cairo_rectangle(sheet.cairo, sheet.left_pt, top, bar, high);
                cairo_fill(sheet.cairo);
                draw(sheet, top);
            };
        flow.add_kept(std::move(pieces));
    }
}

TextLook look_of(ParagraphStyle style) {
    const Theme& theme = light_theme();
    switch (style) {
    case ParagraphStyle::lead: return {.colour = theme.text, .size_pt = 12.0, .pitch = 1.42};
    case ParagraphStyle::quiet: return {.colour = theme.quiet_text, .size_pt = 8.6};
    case ParagraphStyle::code:
        return {.colour = theme.text, .size_pt = 8.2, .pitch = 1.5, .fixed_width = true};
    case ParagraphStyle::normal: break;
    }
    return {.colour = theme.text};
}

}  // namespace

void add_block(Flow& flow, const Heading& heading) {
    struct Look {
        double size, before, after;
        const char* tag;
    };
    constexpr Look k_looks[] = {{21.0, 26.0, 4.0, "H1"}, {15.0, 24.0, 6.0, "H2"}, {11.2, 16.0, 4.0, "H3"}};
    const int level = std::clamp(heading.level, 1, 3);
    const Look& look = k_looks[level - 1];
    const auto lines = lines_of(
        flow, heading.text, {.colour = light_theme().text, .size_pt = look.size, .pitch = 1.25, .bold = true},
        flow.width_pt());
    std::vector<Piece> pieces = line_pieces(lines, 0.0, {flow.element(look.tag)});
    for (Piece& piece : pieces) piece.with_next = true;
    std::string name = shown_text(heading.text);
    std::ranges::replace(name, '\n', ' ');
    pieces.front().draw = [draw = pieces.front().draw, level, name](Sheet& sheet, double top) {
        mark_heading(sheet, level, name, top);
        draw(sheet, top);
    };
    flow.space(look.before);
    flow.add_kept(std::move(pieces));
    flow.space(look.after);
}

void add_block(Flow& flow, const Paragraph& paragraph) {
    constexpr double k_code_padding = 7.0;
    constexpr std::size_t k_short = 3;  // lines
    const TextLook look = look_of(paragraph.style);
    if (paragraph.style == ParagraphStyle::code) {
        flow.space(5.0);
        add_framed(flow,
                   {{lines_of(flow, paragraph.text, look, flow.width_pt() - 2.0 * k_code_padding), 0.0}},
                   "Div", k_code_padding, 0.0);
        flow.space(8.0);
        return;
    }
    // A short explanation right under a heading belongs to it.
    const bool quiet = paragraph.style == ParagraphStyle::quiet;
    const bool under_heading = !flow.pieces().empty() && flow.pieces().back().with_next;
    const auto lines = lines_of(flow, paragraph.text, look, flow.width_pt());
    std::vector<Piece> pieces = line_pieces(lines, 0.0, {flow.element("P")});
    if (quiet && under_heading && pieces.size() <= k_short)
        for (Piece& piece : pieces) piece.with_next = true;
    flow.add_kept(std::move(pieces));
    flow.space(paragraph.style == ParagraphStyle::lead ? 9.0 : 7.0);
}

void add_block(Flow& flow, const BulletList& list) {
    constexpr double k_indent = 13.0;
    const TextLook look = look_of(ParagraphStyle::normal);
    const Element whole = flow.element("L");
    const auto bullet =
        lines_of(flow, "\u2022", {.colour = light_theme().accent, .size_pt = look.size_pt}, k_indent);
    for (const std::string& item : list.items) {
        const auto lines = lines_of(flow, item, look, flow.width_pt() - k_indent);
        const bool turned = lines->right_to_left();
        std::vector<Piece> pieces = line_pieces(lines, turned ? 0.0 : k_indent, {whole, flow.element("LI")});
        pieces.front().draw = [draw = pieces.front().draw, bullet, turned](Sheet& sheet, double top) {
            const double left = turned ? sheet.width_pt - 0.5 * k_indent : 2.0;
            bullet->draw(sheet.cairo, 0, {sheet.left_pt + left, top});
            draw(sheet, top);
        };
        flow.add_kept(std::move(pieces));
        flow.space(2.5);
    }
    flow.space(8.0);
}

void add_block(Flow& flow, const NoteBox& note) {
    constexpr double k_padding = 10.0, k_bar = 3.0;
    const double width = flow.width_pt() - 2.0 * k_padding - k_bar;
    const TextLook title{.colour = light_theme().accent, .size_pt = 9.6, .bold = true};
    const TextLook text{.colour = light_theme().text, .size_pt = 9.0};
    std::vector<Framed> parts;
    if (!note.title.empty()) parts.push_back({lines_of(flow, note.title, title, width), 0.0});
    for (const std::string& line : note.lines)
        parts.push_back({lines_of(flow, line, text, width), parts.empty() ? 0.0 : 2.5});
    if (parts.empty()) return;
    flow.space(10.0);
    add_framed(flow, parts, "Div", k_padding, k_bar);
    flow.space(12.0);
}

void add_block(Flow& flow, const PageBreak&) { flow.break_page(); }

}  // namespace plumb
