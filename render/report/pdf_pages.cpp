// Lays the whole document out first, so that every foot knows the number of pages, then draws it page by page.
#include "render/report/pdf_pages.h"

#include <algorithm>
#include <string_view>
#include <variant>

#include <cairo-pdf.h>

#include "render/report/pdf_blocks.h"
#include "render/report/pdf_flow.h"
#include "render/report/pdf_marks.h"
#include "render/report/pdf_text.h"
#include "render/scene/theme.h"
#include "sim/base/check.h"

namespace plumb {
namespace {

constexpr double k_side_pt = 54.0, k_top_pt = 52.0;
constexpr double k_least_bottom_pt = 28.0;                       ///< free below the foot
constexpr double k_above_rule_pt = 14.0, k_below_rule_pt = 5.0;  ///< between text, line and foot
constexpr double k_foot_share = 0.75;  ///< of the width; the rest is the page's number

struct Size {
    double width_pt, height_pt;
};
constexpr Size size_of(Paper paper) {
    // ISO 216, 210 x 297 mm; ANSI A, 8.5 x 11 in.
    return paper == Paper::a4 ? Size{210.0 * 72.0 / 25.4, 297.0 * 72.0 / 25.4} : Size{612.0, 792.0};
}

std::string replaced(std::string text, std::string_view key, const std::string& value) {
    for (std::size_t at = 0; (at = text.find(key, at)) != std::string::npos; at += value.size())
        text.replace(at, key.size(), value);
    return text;
}

bool is_date(std::string_view text) {  // 2026-11-28
    if (text.size() != 10) return false;
    for (std::size_t i = 0; i < text.size(); ++i)
        if (i == 4 || i == 7 ? text[i] != '-' : text[i] < '0' || text[i] > '9') return false;
    return true;
}

void set_metadata(cairo_surface_t* pdf, const Document& document) {
    const auto set = [&](cairo_pdf_metadata_t what, const std::string& text) {
        if (!text.empty()) cairo_pdf_surface_set_metadata(pdf, what, text.c_str());
    };
    set(CAIRO_PDF_METADATA_TITLE, shown_text(document.title));
    set(CAIRO_PDF_METADATA_SUBJECT, shown_text(document.subject));
    set(CAIRO_PDF_METADATA_CREATOR, "Plumbline");
    // Else Cairo would take the clock.
    set(CAIRO_PDF_METADATA_CREATE_DATE,
        (is_date(document.date) ? document.date : "1970-01-01") + "T00:00:00Z");
}

/// Foot and page number, `top` being the line above them.
void draw_foot(Sheet& sheet, const TextLines& foot, const TextLines& number, double top) {
    set_colour(sheet.cairo, light_theme().border);
    cairo_set_line_width(sheet.cairo, 0.5);
    cairo_move_to(sheet.cairo, sheet.left_pt, top);
    cairo_line_to(sheet.cairo, sheet.left_pt + sheet.width_pt, top);
    cairo_stroke(sheet.cairo);
    foot.draw(sheet.cairo, {sheet.left_pt, top + k_below_rule_pt});
    number.draw(sheet.cairo, {sheet.left_pt + k_foot_share * sheet.width_pt, top + k_below_rule_pt});
}

}  // namespace

std::string pdf_of(const Document& document, Paper paper) {
    const Size size = size_of(paper);
    const Held<PangoContext> context = page_context(document.language);
    const double width = size.width_pt - 2.0 * k_side_pt;
    const TextLook quiet{.colour = light_theme().quiet_text, .size_pt = 7.6, .pitch = 1.35};
    const TextLines foot(context.get(), document.foot, quiet, k_foot_share * width - 12.0);
    const double foot_top = size.height_pt - k_least_bottom_pt - foot.height_pt() - k_below_rule_pt;

    Flow flow(context.get(), width, foot_top - k_above_rule_pt - k_top_pt);
    for (const Block& block : document.blocks)
        std::visit([&](const auto& known) { add_block(flow, known); }, block);
    const auto pages = paginate(flow.pieces(), flow.height_pt());

    std::string bytes;
    PdfMarks marks{.language = document.language, .producer = shown_text(document.program)};
    const Held<cairo_surface_t> pdf(
        cairo_pdf_surface_create_for_stream(append, &bytes, size.width_pt, size.height_pt));
    // Newer Cairos pack a later version's objects, and pdf_marks.h reads only plain ones.
    cairo_pdf_surface_restrict_to_version(pdf.get(), CAIRO_PDF_VERSION_1_4);
    set_metadata(pdf.get(), document);
    {
        const Held<cairo_t> cairo(cairo_create(pdf.get()));
        Sheet sheet{.surface = pdf.get(), .cairo = cairo.get(), .left_pt = k_side_pt, .width_pt = width};
        const Tag whole(sheet, "Document");  // over all pages; the feet are in no element of it
        for (std::size_t i = 0; i < pages.size(); ++i) {
            draw_pieces(sheet, pages[i], k_top_pt);
            const std::string number = replaced(replaced(document.page_of, "{page}", std::to_string(i + 1)),
                                                "{pages}", std::to_string(pages.size()));
            draw_foot(sheet, foot,
                      TextLines(context.get(), number, quiet, (1.0 - k_foot_share) * width, Align::end),
                      foot_top);
            cairo_show_page(cairo.get());
            PLUMB_CHECK(cairo_status(cairo.get()) == CAIRO_STATUS_SUCCESS, "Cairo could not draw a page");
        }
        marks.figures = sheet.figures;
    }
    cairo_surface_finish(pdf.get());
    PLUMB_CHECK(cairo_surface_status(pdf.get()) == CAIRO_STATUS_SUCCESS, "Cairo could not write the PDF");
    return with_marks(std::move(bytes), marks);
}

}  // namespace plumb
