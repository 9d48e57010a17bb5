// Labels on the left, the scale below, whisker and dot between.
#include "render/report/dot_chart.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "render/report/chart_layout.h"
#include "sim/base/text.h"

namespace plumb {
namespace {

constexpr double k_rows_of_frame = 3.6;  ///< title, scale and its name
constexpr double k_label_share = 0.42, k_note_share = 0.16;

/// Panels of one line, as high as its tallest.
std::vector<double> line_rows(const DotChart& chart) {
    std::vector<double> lines;
    const auto columns = static_cast<std::size_t>(std::max(1, chart.columns));
    for (std::size_t i = 0; i < chart.panels.size(); ++i) {
        if (i % columns == 0) lines.push_back(0.0);
        const DotPanel& panel = chart.panels[i];
        lines.back() = std::max(lines.back(), static_cast<double>(panel.rows.size()) + k_rows_of_frame
                                                  + (panel.kinds.size() > 1 ? 1.0 : 0.0));
    }
    return lines;
}

class PanelDrawing {
  public:
    PanelDrawing(Painter& painter, const DotPanel& panel, const Box& box, const Theme& theme,
                 const ChartSizes& sizes)
        : painter_(painter), panel_(panel), box_(box), theme_(theme), z_(sizes) {}

    void draw() {
        left_ = box_.left + k_label_share * box_.width;
        right_ = box_.left + (1.0 - k_note_share) * box_.width;
        TextStyle title = z_.label;
        title.bold = true;
        title.down = Align::middle;
        double y = box_.top + 0.5 * z_.row_px;
        painter_.text({box_.left, y}, text_in(painter_, panel_.title, title, box_.width - z_.pad_px),
                      theme_.text, title);
        y += z_.row_px;
        if (panel_.kinds.size() > 1) {
            kinds(y);
            y += z_.row_px;
        }
        const double top = y - 0.5 * z_.row_px,
                     bottom = top + z_.row_px * static_cast<double>(panel_.rows.size());
        scale(top, bottom);
        for (const DotRow& row : panel_.rows) {
            draw_row(row, y);
            y += z_.row_px;
        }
    }

  private:
    [[nodiscard]] double x_of(double value) const {
        const double share = (value - panel_.least) / (panel_.most - panel_.least);
        return std::lerp(left_, right_, std::clamp(share, 0.0, 1.0));
    }

    void kinds(double y) {
        double x = left_;
        TextStyle style = z_.tick;
        style.down = Align::middle;
        for (std::size_t i = 0; i < panel_.kinds.size(); ++i) {
            sign({x, y}, i);
            x += 0.7 * z_.text_px;
            const std::string words =
                text_in(painter_, panel_.kinds[i], style, box_.left + box_.width - x - 0.4 * z_.text_px);
            painter_.text({x, y}, words, theme_.quiet_text, style);
            x += painter_.text_size(words, style).x + 1.2 * z_.text_px;
        }
    }

    void sign(Point at, std::size_t kind) {
        const double radius = 0.28 * z_.text_px;
        if (kind == 0) {
            painter_.circle(at, radius, theme_.accent);
        } else {
            painter_.circle(at, radius, theme_.plot_page);
            painter_.ring(at, radius, theme_.text, z_.line_px);
        }
    }

    void scale(double top, double bottom) {
        TextStyle tick = z_.tick;
        tick.across = Align::middle;
        for (int i = 0; i <= 4; ++i) {
            const double value = std::lerp(panel_.least, panel_.most, i / 4.0), x = x_of(value);
            const std::array<Point, 2> line{Point{x, top}, Point{x, bottom}};
            painter_.line(line, theme_.grid, z_.hair_px);
            painter_.text({x, bottom + 0.15 * z_.row_px}, number_text(std::round(value * 1e3) / 1e3),
                          theme_.quiet_text, tick);
        }
        TextStyle name = z_.tick;
        name.across = Align::middle;
        painter_.text({0.5 * (left_ + right_), bottom + 1.0 * z_.row_px},
                      text_in(painter_, panel_.axis, name, box_.width), theme_.quiet_text, name);
    }

    void draw_row(const DotRow& row, double y) {
        TextStyle label = z_.tick;
        label.across = Align::end;
        label.down = Align::middle;
        const double room = left_ - box_.left - 0.8 * z_.text_px;
        painter_.text({left_ - 0.6 * z_.text_px, y}, text_in(painter_, row.label, label, room), theme_.text,
                      label);
        const auto count = static_cast<double>(row.marks.size());
        for (std::size_t i = 0; i < row.marks.size(); ++i) {
            const DotMark& mark = row.marks[i];
            const double at = y + z_.row_px * 0.34 * (static_cast<double>(i) - 0.5 * (count - 1.0));
            const std::array<Point, 2> whisker{Point{x_of(mark.low), at}, Point{x_of(mark.high), at}};
            painter_.line(whisker, i == 0 ? theme_.accent : theme_.text, z_.line_px);
            sign({x_of(mark.value), at}, i);
        }
        if (row.note.empty()) return;
        TextStyle note = z_.tick;
        note.down = Align::middle;
        painter_.text({right_ + 0.6 * z_.text_px, y},
                      text_in(painter_, row.note, note, box_.left + box_.width - right_ - 0.6 * z_.text_px),
                      theme_.quiet_text, note);
    }

    Painter& painter_;
    const DotPanel& panel_;
    const Box box_;
    const Theme& theme_;
    const ChartSizes& z_;
    double left_ = 0.0, right_ = 0.0;
};

}  // namespace

double dot_chart_height(const DotChart& chart, double text_px) {
    const ChartSizes z(text_px);
    double rows = 2.6;
    for (const double line : line_rows(chart)) rows += line;
    return 2.0 * z.pad_px + rows * z.row_px;
}

void draw_dot_chart(Painter& painter, const DotChart& chart, const Box& box, const Theme& theme,
                    double text_px) {
    const ChartSizes z(text_px);
    painter.box(box, theme.plot_page);
    TextStyle title = z.title;
    title.down = Align::middle;
    const double room = box.width - 2.0 * z.pad_px, left = box.left + z.pad_px;
    painter.text({left, box.top + z.pad_px + 0.5 * z.row_px}, text_in(painter, chart.title, title, room),
                 theme.text, title);
    TextStyle subtitle = z.label;
    subtitle.down = Align::middle;
    painter.text({left, box.top + z.pad_px + 1.5 * z.row_px},
                 text_in(painter, chart.subtitle, subtitle, room), theme.quiet_text, subtitle);
    const std::vector<double> lines = line_rows(chart);
    const auto columns = static_cast<std::size_t>(std::max(1, chart.columns));
    const double gap = 1.5 * z.text_px;
    const double width = (room - gap * static_cast<double>(columns - 1)) / static_cast<double>(columns);
    double top = box.top + z.pad_px + 2.6 * z.row_px;
    for (std::size_t i = 0; i < chart.panels.size(); ++i) {
        const std::size_t column = i % columns;
        if (i > 0 && column == 0) top += lines[i / columns - 1] * z.row_px;
        const Box place{left + static_cast<double>(column) * (width + gap), top, width,
                        lines[i / columns] * z.row_px};
        if (place.width < 4.0 * z.text_px || place.top + place.height > box.top + box.height + 1.0) continue;
        PanelDrawing(painter, chart.panels[i], place, theme, z).draw();
    }
}

}  // namespace plumb
