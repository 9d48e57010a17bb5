// Paints the muscle view's legend: scale, numbers and words, and the letters that lead from them to the body.
#include <algorithm>
#include <cmath>

#include "render/scene/muscles.h"

namespace plumb {
namespace {

constexpr double k_least_text_px = 8.0;
constexpr int k_steps = 40;  ///< of the painted scale
constexpr const char* k_head = "Stretch, % of the range; passive moment";

std::string letter(size_t row) { return std::string(1, static_cast<char>('A' + row)); }

void paint_disc(Painter& painter, Point at, size_t row, const Theme& theme, double radius) {
    painter.circle(at, radius, theme.page);
    painter.ring(at, radius, theme.text, 0.16 * radius);
    painter.text(at, letter(row), theme.text, {1.35 * radius, true, Align::middle, Align::middle});
}

}  // namespace

bool paint_muscle_legend(Painter& painter, const MuscleLegend& legend, const Theme& theme, const Box& box,
                         double scale) {
    if (legend.rows.empty()) return false;
    const TextStyle plain{13.0 * scale, false, Align::start, Align::middle},
        bold{13.0 * scale, true, Align::start, Align::middle},
        right{13.0 * scale, true, Align::end, Align::middle},
        small{11.0 * scale, false, Align::middle, Align::middle};
    const double pad = 9.0 * scale, row = 17.5 * scale, disc = 7.5 * scale;
    // Columns as wide as their widest words.
    double name = 0.0, word = 0.0, moment = 0.0;
    for (const MuscleLegend::Row& r : legend.rows) {
        name = std::max(name, painter.text_size(r.name, plain).x);
        word = std::max(word, painter.text_size(r.word, plain).x);
        moment = std::max(moment, painter.text_size(r.moment, right).x);
    }
    word = std::max(word, painter.text_size("at its end", plain).x);  // does not jump while playing
    moment = std::max(moment, painter.text_size("888 N m", right).x);
    const double share = painter.text_size("100 %", right).x, gap = 10.0 * scale, swatch = 14.0 * scale;
    const double columns =
        2.0 * disc + gap + swatch + 0.6 * gap + name + gap + share + gap + word + gap + moment;
    const double inner = std::max(columns, painter.text_size(k_head, bold).x);
    const double height = 2.0 * pad + row + 2.0 * row + static_cast<double>(legend.rows.size()) * row;
    const Box plate{box.left + 12.0 * scale, box.top + 12.0 * scale, inner + 2.0 * pad, height};
    // In a narrow picture smaller, as long as it can be read.
    const double room =
        std::min((box.width - 20.0 * scale) / plate.width, (box.height - 20.0 * scale) / plate.height);
    if (room < 1.0) {
        if (13.0 * scale * room < k_least_text_px) return false;
        return paint_muscle_legend(painter, legend, theme, box, 0.98 * room * scale);
    }
    Rgba page = theme.page;
    page.a = 0.92f;
    painter.box(plate, page, 6.0 * scale);
    const double left = plate.left + pad;
    double y = plate.top + pad + 0.5 * row;
    painter.text({left, y}, k_head, theme.text, bold);
    y += row;
    const double bar_height = 10.0 * scale, step = inner / k_steps;
    for (int i = 0; i < k_steps; ++i) {  // on whole pixels: no seams
        const double from = std::round(left + i * step), to = std::round(left + (i + 1) * step);
        painter.box({from, std::round(y - 0.5 * bar_height), to - from, std::round(bar_height)},
                    stretch_colour((i + 0.5) / k_steps));
    }
    y += 0.85 * row;
    const auto at_share = [&](double s) { return left + std::clamp(s, 0.0, 1.0) * inner; };
    for (const double s : {0.0, 0.25, 0.5, 0.75, 1.0}) {
        TextStyle style = small;
        style.across = s == 0.0 ? Align::start : s == 1.0 ? Align::end : Align::middle;
        painter.text({at_share(s), y}, std::to_string(static_cast<int>(100.0 * s)) + (s == 1.0 ? " %" : ""),
                     theme.quiet_text, style);
    }
    y += 1.15 * row;
    for (size_t i = 0; i < legend.rows.size(); ++i, y += row) {
        const MuscleLegend::Row& r = legend.rows[i];
        double x = left + disc;
        paint_disc(painter, {x, y}, i, theme, disc);
        x += disc + gap;
        painter.box({x, y - 0.5 * swatch, swatch, swatch}, theme.quiet_text, 2.0 * scale);
        painter.box({x + scale, y - 0.5 * swatch + scale, swatch - 2.0 * scale, swatch - 2.0 * scale},
                    stretch_colour(r.stretch), 1.5 * scale);
        x += swatch + 0.6 * gap;
        painter.text({x, y}, r.name, theme.text, plain);
        x += name + gap + share;
        painter.text({x, y}, r.share, theme.text, right);
        painter.text({x + gap, y}, r.word, theme.quiet_text, plain);
        painter.text({left + inner, y}, r.moment, theme.text, right);
    }
    return true;
}

void paint_muscle_tag(Painter& painter, Point at, size_t row, const Theme& theme, double scale) {
    paint_disc(painter, at, row, theme, 8.0 * scale);
}

}  // namespace plumb
