// Figures side by side, each with its words below. All sizes [pt].
#include <algorithm>
#include <cmath>
#include <utility>

#include "render/report/jpeg.h"
#include "render/report/pdf_blocks.h"
#include "render/report/pdf_text.h"
#include "render/scene/theme.h"
#include "sim/base/check.h"

namespace plumb {
namespace {

constexpr double k_between_figures = 14.0, k_above_caption = 4.0;

/// The picture as Cairo holds it. Its pixels stay empty: Cairo hands the JPEG on as it is.
cairo_surface_t* surface_of(Sheet& sheet, const Picture& picture) {
    Held<cairo_surface_t>& surface = sheet.pictures[&picture];
    if (surface) return surface.get();
    surface.reset(cairo_image_surface_create(CAIRO_FORMAT_RGB24, picture.width, picture.height));
    auto bytes = std::make_unique<std::string>(jpeg_of(picture, k_page_quality));
    const auto* data = reinterpret_cast<const unsigned char*>(bytes->data());
    const auto size = static_cast<unsigned long>(bytes->size());
    const cairo_status_t status = cairo_surface_set_mime_data(
        surface.get(), CAIRO_MIME_TYPE_JPEG, data, size,
        [](void* held) { delete static_cast<std::string*>(held); }, bytes.get());
    PLUMB_CHECK(status == CAIRO_STATUS_SUCCESS, "Cairo could not take a picture");
    bytes.release();  // NOLINT(bugprone-unused-return-value): the surface's now
    return surface.get();
}

void draw_picture(Sheet& sheet, const Picture& picture, const Box& box) {
    constexpr double k_corner = 4.0;
    cairo_t* cairo = sheet.cairo;
    cairo_save(cairo);
    rounded_path(cairo, box, k_corner);
    cairo_clip(cairo);
    cairo_translate(cairo, box.left, box.top);
    cairo_scale(cairo, box.width / picture.width, box.height / picture.height);
    cairo_set_source_surface(cairo, surface_of(sheet, picture), 0.0, 0.0);
    cairo_paint(cairo);
    cairo_restore(cairo);
    rounded_path(cairo, box, k_corner);
    set_colour(cairo, light_theme().border);
    cairo_set_line_width(cairo, 0.6);
    cairo_stroke(cairo);
}

struct Cell {
    Figure figure;
    Box box;  ///< from the row's upper left corner; at the column's left edge
    std::shared_ptr<const TextLines> caption;
};

void draw_cell(Sheet& sheet, const Cell& cell, double top, double text_size) {
    {
        const Tag tag(sheet, "Figure");
        sheet.figures.push_back(shown_text(cell.figure.alt));
        const Box box{sheet.left_pt + cell.box.left, top + cell.box.top, cell.box.width, cell.box.height};
        if (cell.figure.picture) {
            draw_picture(sheet, *cell.figure.picture, box);
        } else {
            cairo_save(sheet.cairo);
            CairoPainter painter(sheet.cairo);
            cell.figure.paint(painter, box, text_size);
            cairo_restore(sheet.cairo);
        }
    }
    if (!cell.caption) return;
    const Tag tag(sheet, "P");
    cell.caption->draw(sheet.cairo, {sheet.left_pt + cell.box.left, top + cell.box.height + k_above_caption});
}

double ratio_of(const Figure& figure) {
    PLUMB_CHECK(figure.picture || figure.paint, "a figure is a drawing or a picture");
    const double ratio = figure.picture ? static_cast<double>(figure.picture->width) / figure.picture->height
                                        : figure.width_over_height;
    PLUMB_CHECK(ratio > 0.0 && std::isfinite(ratio), "a figure needs a width and a height");
    return ratio;
}

}  // namespace

void add_block(Flow& flow, const FigureRow& row) {
    const TextLook look{.colour = light_theme().quiet_text, .size_pt = 8.4, .pitch = 1.42};
    const auto columns = static_cast<std::size_t>(std::max(1, row.columns));
    const double width = (flow.width_pt() - k_between_figures * static_cast<double>(columns - 1))
                         / static_cast<double>(columns);
    const double text_size = columns == 1 ? 8.0 : 7.5;
    flow.space(8.0);
    for (std::size_t first = 0; first < row.figures.size(); first += columns) {
        const double room = flow.room_pt();
        auto cells = std::make_shared<std::vector<Cell>>();
        std::vector<std::string> below;  // words too many to stand under a figure
        double height = 0.0;
        for (std::size_t i = first; i < std::min(first + columns, row.figures.size()); ++i) {
            Cell cell{row.figures[i], {}, {}};
            double left_for_figure = room;
            if (!cell.figure.caption.empty()) {
                cell.caption =
                    std::make_shared<const TextLines>(flow.context(), cell.figure.caption, look, width);
                left_for_figure -= cell.caption->height_pt() + k_above_caption;
            }
            if (left_for_figure < 0.5 * room) {
                below.push_back(cell.figure.caption);
                cell.caption.reset();
                left_for_figure = room;
            }
            const double ratio = cell.figure.text_heights > 0.0 && columns == 1 && !cell.figure.picture
                                     ? width / (cell.figure.text_heights * text_size)
                                     : ratio_of(cell.figure);
            cell.box.height = std::min(width / ratio, left_for_figure);
            cell.box.width = cell.box.height * ratio;
            cell.box.left = (width + k_between_figures) * static_cast<double>(i - first);
            height = std::max(
                height, cell.box.height + (cell.caption ? cell.caption->height_pt() + k_above_caption : 0.0));
            cells->push_back(std::move(cell));
        }
        flow.add({.height_pt = height, .draw = [=](Sheet& sheet, double top) {
                      for (const Cell& cell : *cells) draw_cell(sheet, cell, top, text_size);
                  }});
        flow.space(6.0);
        for (const std::string& words : below) add_block(flow, Paragraph{words, ParagraphStyle::quiet});
        flow.space(10.0);
    }
    flow.space(12.0);
}

}  // namespace plumb
