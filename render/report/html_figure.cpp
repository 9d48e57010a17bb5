// Sizes of drawings: letters shall be about as high as the page's own, on a phone too.
#include "render/report/html_figure.h"

#include <algorithm>
#include <cmath>
#include <string_view>

#include "render/report/cairo_painter.h"
#include "render/report/html_text.h"
#include "render/report/jpeg.h"
#include "render/scene/theme.h"
#include "sim/base/check.h"
#include "sim/base/text.h"

namespace plumb {
namespace {

constexpr double k_highest_px = 576.0;  ///< as the style sheet's 36rem
constexpr int k_wide_px = 720, k_narrow_px = 360;
constexpr double k_wide_text_px = 15.0, k_narrow_text_px = 13.0;

struct Coded {
    const char* type;
    std::string bytes;
};
Coded coded(const Picture& picture) { return {"image/jpeg", jpeg_of(picture, k_page_quality)}; }

std::string attribute(const char* name, std::string_view text) {
    return std::string(" ") + name + "=\"" + html_text(text) + "\"";
}

void replace_all(std::string& text, std::string_view from, std::string_view to) {
    for (std::size_t at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size()))
        text.replace(at, from.size(), to);
}

std::string image(const Figure& figure) {
    const Picture& picture = *figure.picture;
    const Coded file = coded(picture);
    return "<img" + attribute("alt", figure.alt) + " width=\"" + std::to_string(picture.width)
           + "\" height=\"" + std::to_string(picture.height) + "\" src=\"data:" + file.type + ";base64,"
           + base64_of(file.bytes) + "\" />";
}

/// A whole number of pixels, at least 1.
int pixels(double length_px) { return static_cast<int>(std::max(1L, std::lround(length_px))); }

}  // namespace

std::string HtmlFigures::drawing(const Figure& figure, int width_px, int height_px, double text_px,
                                 const char* attributes) {
    const Box whole{0.0, 0.0, static_cast<double>(width_px), static_cast<double>(height_px)};
    std::string svg = svg_of(width_px, height_px, light_theme().page,
                             [&](Painter& painter) { figure.paint(painter, whole, text_px); });
    // HTML knows SVG without namespaces: the XML prolog and Cairo's own opening tag go.
    svg.erase(0, svg.find('>', svg.find("<svg")) + 1);
    replace_all(svg, " xlink:href=", " href=");
    // svg_of's ids begin with a mark made of the drawing ("p0123abcd-"): the same drawing again needs another.
    constexpr std::string_view k_id = " id=\"";
    if (const std::size_t id = svg.find(k_id); id != std::string::npos) {
        const std::size_t start = id + k_id.size();
        const std::string mark = svg.substr(start, svg.find('-', start) + 1 - start);
        std::string own = mark;
        for (int copy = 2; !marks_.insert(own).second; ++copy) own = mark + std::to_string(copy) + "-";
        if (own != mark)
            for (const char* const before : {"\"", "#"}) replace_all(svg, before + mark, before + own);
    }
    return "<svg" + std::string(attributes) + " viewBox=\"0 0 " + std::to_string(width_px) + " "
           + std::to_string(height_px) + "\" role=\"img\"" + attribute("aria-label", figure.alt) + ">" + svg;
}

std::string HtmlFigures::figure(const Figure& figure, int columns) {
    PLUMB_CHECK(!figure.alt.empty(), "a figure without words that stand for it");
    PLUMB_CHECK(figure.picture || figure.paint, "a figure with nothing to show");
    std::string inside;
    double ratio = figure.width_over_height;
    if (figure.picture) {
        ratio = static_cast<double>(figure.picture->width) / static_cast<double>(figure.picture->height);
        inside = image(figure);
    } else {
        PLUMB_CHECK(ratio > 0.05 && ratio < 50.0, "a figure's width over height");
        if (columns > 1) {
            // As wide as a column becomes, and as a phone, where columns go below each other.
            const int width = columns == 2 ? k_narrow_px : 300;
            inside = drawing(figure, width, pixels(width / ratio), k_narrow_text_px, "");
        } else {
            if (figure.text_heights > 0.0) ratio = k_wide_px / (figure.text_heights * k_wide_text_px);
            const int wide = pixels(std::min<double>(k_wide_px, k_highest_px * ratio));
            inside = drawing(figure, wide, pixels(wide / ratio), k_wide_text_px, " class=\"wide\"");
            // A phone gets a drawing of its own: as many lines of text high, but not higher than wide for that.
            const double height = figure.text_heights > 0.0
                                      ? figure.text_heights * k_narrow_text_px
                                      : std::max(k_narrow_px / ratio,
                                                 std::min<double>(k_narrow_px, wide / ratio * k_narrow_text_px
                                                                                   / k_wide_text_px));
            inside += drawing(figure, k_narrow_px, pixels(height), k_narrow_text_px, " class=\"narrow\"");
        }
    }
    std::string caption;
    if (!figure.caption.empty())
        caption = "<figcaption dir=\"auto\">" + html_text(figure.caption) + "</figcaption>";
    return "<figure style=\"--ratio:" + number_text(std::round(1e4 * ratio) / 1e4) + "\">" + inside + caption
           + "</figure>\n";
}

}  // namespace plumb
