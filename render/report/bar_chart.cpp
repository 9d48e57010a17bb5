// Labels on the left, notes on the right, bars between; the scale below.
#include "render/report/bar_chart.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "render/report/chart_layout.h"
#include "sim/base/text.h"
#include "sim/recording/channels.h"

namespace plumb {
namespace {

constexpr double k_widest_label = 0.36, k_widest_note = 0.28;  ///< of the inside
constexpr double k_rows_of_scale = 2.1;                        ///< its numbers and its name

bool has_other(const BarChart& chart) {
    return std::ranges::any_of(chart.rows, [](const BarRow& row) { return row.other.has_value(); });
}
bool has_legend(const BarChart& chart) { return chart.kinds.size() > 1 && has_other(chart); }

/// In the text's rows.
double bar_rows(const BarChart& chart) { return has_other(chart) ? 1.35 : 1.05; }
double head_rows(const BarChart& chart) {
    return (chart.title.empty() ? 0.0 : 1.2) + (has_legend(chart) ? 1.0 : 0.0)
           + (chart.limit && !chart.limit_text.empty() ? 1.0 : 0.2);
}

class BarDrawing {
  public:
    BarDrawing(Painter& painter, const BarChart& chart, const Box& box, const Theme& theme,
               const ChartSizes& sizes)
        : painter_(painter),
          chart_(chart),
          theme_(theme),
          z_(sizes),
          most_(chart.most > 0.0 && std::isfinite(chart.most) ? chart.most : 1.0),
          full_(chart.limit && std::isfinite(*chart.limit) ? *chart.limit : 1.0),
          in_{box.left + sizes.pad_px, box.top + sizes.pad_px, box.width - 2.0 * sizes.pad_px,
              box.height - 2.0 * sizes.pad_px} {}

    void draw() {
        if (in_.width < 9.0 * z_.text_px || in_.height < 3.0 * z_.row_px) return;
        place_columns();
        double y = in_.top;
        if (!chart_.title.empty()) {
            put({in_.left, y + 0.5 * z_.row_px}, chart_.title, z_.title, theme_.text, in_.width);
            y += 1.2 * z_.row_px;
        }
        if (has_legend(chart_)) draw_legend(y + 0.5 * z_.row_px);
        top_ = in_.top + head_rows(chart_) * z_.row_px;
        const double row_px = bar_rows(chart_) * z_.row_px,
                     room = in_.top + in_.height - k_rows_of_scale * z_.row_px - top_;
        const std::size_t count = chart_.rows.size(),
                          fit = room > 0.0 ? static_cast<std::size_t>(room / row_px + 1e-6) : 0;
        const std::size_t shown = std::min(count, fit);
        bottom_ = top_ + row_px * static_cast<double>(std::max<std::size_t>(shown, 1));
        draw_scale();
        for (std::size_t i = 0; i < shown; ++i)
            draw_row(chart_.rows[i], top_ + row_px * (static_cast<double>(i) + 0.5));
        if (shown < count)  // beside the scale's numbers
            put({in_.left, y_of_numbers()}, "+" + std::to_string(count - shown) + " more", z_.tick,
                theme_.quiet_text, left_ - in_.left - 1.5 * z_.text_px);
        draw_limit();
    }

  private:
    [[nodiscard]] double x_of(double value) const {
        return left_ + std::clamp(value / most_, 0.0, 1.0) * (right_ - left_);
    }
    [[nodiscard]] double wide(const std::string& text) const {
        return painter_.text_size(text_in(painter_, text, z_.tick, in_.width), z_.tick).x;
    }
    /// Cut where it is wider than the room; its width.
    double put(Point at, const std::string& text, const TextStyle& style, Rgba colour, double room) {
        const std::string words = text_in(painter_, text, style, room);
        if (words.empty()) return 0.0;
        painter_.text(at, words, colour, style);
        return painter_.text_size(words, style).x;
    }
    void stroke(Point from, Point to, Rgba colour, double width_px, LineStyle style = LineStyle::solid) {
        const std::array<Point, 2> ends{from, to};
        painter_.line(ends, colour, width_px, style);
    }

    /// As wide as the words, as far as the bars keep their part.
    void place_columns() {
        double label = 0.0, note = 0.0;
        for (const BarRow& row : chart_.rows) {
            label = std::max(label, wide(row.label) + 0.5);  // sums round
            note = std::max(note, wide(row.note) + 0.5);
        }
        label = std::min(label, k_widest_label * in_.width);
        note = std::min(note, k_widest_note * in_.width);
        left_ = in_.left + label + (label > 0.0 ? 0.6 * z_.text_px : 0.0);
        // Half of the last number on the scale goes beyond it.
        right_ = in_.left + in_.width - std::max(note + 1.1 * z_.text_px, 1.4 * z_.text_px);
    }

    [[nodiscard]] Rgba colour_of(std::size_t kind) const { return theme_.series[kind == 0 ? 0 : 1]; }
    [[nodiscard]] double thick_of(std::size_t kind) const { return z_.row_px * (kind == 0 ? 0.52 : 0.26); }

    void draw_legend(double y) {
        double x = left_;
        const double swatch = 1.6 * z_.text_px;
        for (std::size_t i = 0; i < 2; ++i) {
            const double room = in_.left + in_.width - x - swatch - 0.5 * z_.text_px;
            if (room < 2.0 * z_.text_px) return;
            painter_.box({x, y - 0.5 * thick_of(i), swatch, thick_of(i)}, colour_of(i));
            x += swatch + 0.5 * z_.text_px;
            x += put({x, y}, chart_.kinds[i], z_.tick, theme_.quiet_text, room) + 1.2 * z_.text_px;
        }
    }

    void draw_scale() {
        const double percent = 100.0 * most_, number_px = 3.4 * z_.tick_px;
        const int parts = std::clamp(static_cast<int>((right_ - left_) / number_px), 1, 5);
        const std::vector<double> ticks = chart_ticks(0.0, percent, parts);
        const double step = ticks.size() > 1 ? ticks[1] - ticks[0] : percent;
        TextStyle tick = z_.tick;
        tick.across = Align::middle;
        for (const double value : ticks) {
            const double x = x_of(value / 100.0);
            stroke({x, top_}, {x, bottom_}, theme_.grid, z_.hair_px);
            const std::string words = tick_text(value, step) + " %";
            if (painter_.text_size(words, tick).x < number_px + 1.0)
                painter_.text({x, y_of_numbers()}, words, theme_.quiet_text, tick);
        }
        // Under the bars, and as far to both sides as it stays in the box.
        const double room =
            2.0 * std::min(0.5 * (left_ + right_) - in_.left, in_.left + in_.width - 0.5 * (left_ + right_));
        put({0.5 * (left_ + right_), y_of_numbers() + 0.95 * z_.row_px}, chart_.axis, tick, theme_.quiet_text,
            room);
    }
    [[nodiscard]] double y_of_numbers() const { return bottom_ + 0.55 * z_.row_px; }

    void draw_row(const BarRow& row, double y) {
        TextStyle label = z_.tick;
        label.across = Align::end;
        const double gap = 0.6 * z_.text_px;
        put({left_ - gap, y}, row.label, label, theme_.text, left_ - gap - in_.left);
        put({right_ + 1.1 * z_.text_px, y}, row.note, z_.tick, theme_.quiet_text,
            in_.left + in_.width - right_ - 1.1 * z_.text_px);
        if (!row.other) {
            draw_bar(row.value, y, 0);
            return;
        }
        const double both = thick_of(0) + thick_of(1);
        draw_bar(row.value, y - 0.5 * both + 0.5 * thick_of(0), 0);
        draw_bar(*row.other, y + 0.5 * both - 0.5 * thick_of(1) + 1.0, 1);
    }

    void draw_bar(double value, double y, std::size_t kind) {
        if (std::isnan(value)) {
            if (kind == 0)
                put({left_ + 0.4 * z_.text_px, y}, chart_.unknown, z_.tick, theme_.quiet_text,
                    right_ - left_);
            return;
        }
        const double thick = thick_of(kind), end = x_of(value), full = std::min(x_of(full_), end);
        // What is nothing is still a bar.
        painter_.box({left_, y - 0.5 * thick, std::max(full - left_, z_.hair_px), thick}, colour_of(kind));
        if (value > full_ && end > full) hatch({full, y - 0.5 * thick, end - full, thick});
        if (value > most_) arrow({end, y}, 1.0, thick, value > full_ ? theme_.bad : colour_of(kind));
        if (value < 0.0) arrow({left_, y}, -1.0, thick, colour_of(kind));
    }

    /// Slanting lines in a frame: reads as "too much" without its colour.
    void hatch(const Box& b) {
        painter_.box(b, theme_.plot_page);
        const double step = 0.42 * z_.text_px;
        const int count = std::min(static_cast<int>((b.width + b.height) / step), 2000);
        for (int i = 1; i <= count; ++i) {
            // From the lower edge up to the right, cut at the frame.
            const double at = step * i, low = std::max(0.0, at - b.width), high = std::min(at, b.height);
            if (high <= low) continue;
            stroke({b.left + at - low, b.top + low}, {b.left + at - high, b.top + high}, theme_.bad,
                   0.12 * z_.text_px);
        }
        const std::array<Point, 5> frame{Point{b.left, b.top}, Point{b.left + b.width, b.top},
                                         Point{b.left + b.width, b.top + b.height},
                                         Point{b.left, b.top + b.height}, Point{b.left, b.top}};
        painter_.line(frame, theme_.bad, z_.hair_px);
    }

    /// The scale ends, the bar does not.
    void arrow(Point tip, double way, double thick, Rgba colour) {
        const double half = 0.5 * thick + 0.1 * z_.row_px, length = way * 0.5 * z_.text_px;
        const std::array<Point, 3> corners{Point{tip.x, tip.y - half}, Point{tip.x + length, tip.y},
                                           Point{tip.x, tip.y + half}};
        painter_.polygon(corners, colour);
    }

    void draw_limit() {
        if (!chart_.limit || !(*chart_.limit >= 0.0 && *chart_.limit <= most_)) return;
        const double x = x_of(*chart_.limit), y = top_ - 0.5 * z_.row_px;
        stroke({x, top_ - 0.1 * z_.row_px}, {x, bottom_}, theme_.text, 1.5 * z_.hair_px, LineStyle::dashed);
        const std::string words = text_in(painter_, chart_.limit_text, z_.tick, in_.width);
        if (words.empty()) return;
        const double width = painter_.text_size(words, z_.tick).x,
                     from = std::clamp(x - 0.5 * width, in_.left, in_.left + in_.width - width);
        painter_.text({from, y}, words, theme_.text, z_.tick);
    }

    Painter& painter_;
    const BarChart& chart_;
    const Theme& theme_;
    const ChartSizes& z_;
    double most_, full_;
    Box in_;
    double left_ = 0.0, right_ = 0.0, top_ = 0.0, bottom_ = 0.0;
};

}  // namespace

double bar_chart_height(const BarChart& chart, double text_px) {
    const ChartSizes z(text_px);
    const auto rows = static_cast<double>(std::max<std::size_t>(chart.rows.size(), 1));
    return 2.0 * z.pad_px + z.row_px * (head_rows(chart) + bar_rows(chart) * rows + k_rows_of_scale);
}

void draw_bar_chart(Painter& painter, const BarChart& chart, const Box& box, const Theme& theme,
                    double text_px) {
    if (!(box.width >= 1.0) || !(box.height >= 1.0) || !(text_px > 0.0)) return;
    const ChartSizes z(text_px);
    painter.push_clip(box);
    painter.box(box, theme.plot_page);
    BarDrawing(painter, chart, box, theme, z).draw();
    painter.pop_clip();
}

std::string bar_chart_csv(const BarChart& chart) {
    const bool other = has_other(chart),
               note = std::ranges::any_of(chart.rows, [](const BarRow&row) { return !row.note.empty(); });
    const auto kind = [&](std::size_t i, const char* plain) {
        const std::string name = i < chart.kinds.size() ? chart.kinds[i] : plain;
        return csv_word(chart.axis.empty() ? name : name + ": " + chart.axis);
    };
    std::string text = "label," + kind(0, "value");
    if (other) text += "," + kind(1, "other");
    text += note ? ",note\n" : "\n";
    for (const BarRow& row : chart.rows) {
        text += csv_word(row.label) + "," + csv_number(row.value);
        if (other) text += "," + (row.other ? csv_number(*row.other) : std::string());
        text += note ? "," + csv_word(row.note) + "\n" : "\n";
    }
    return text;
}

}  // namespace plumb
