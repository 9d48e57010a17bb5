// Tick words need the inside, the inside needs the width of tick words: a few rounds settle both.
#include "render/report/chart_layout.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace plumb {
namespace {

constexpr int k_rounds = 4;
/// What goes first when the box is small.
enum Spare { k_all, k_no_legend, k_no_axis_words, k_no_event_words, k_no_title, k_bare, k_spare_end };

double right_of(const Box& box) { return box.left + box.width; }
double bottom_of(const Box& box) { return box.top + box.height; }

/// Numbers of all series along one axis; only where both parts are numbers.
AxisRange data_range(const Chart& chart, bool along_x) {
    std::vector<double> values;
    for (const ChartSeries& s : chart.series)
        for (std::size_t i = 0; i < std::min(s.x.size(), s.y.size()); ++i)
            if (std::isfinite(s.x[i]) && std::isfinite(s.y[i])) values.push_back(along_x ? s.x[i] : s.y[i]);
    if (!along_x && chart.zero_line && !values.empty()) values.push_back(*chart.zero_line);
    return range_of(values);
}

bool has_points(const Chart& chart) {
    return std::ranges::any_of(chart.series, [](const ChartSeries& s) {
        for (std::size_t i = 0; i < std::min(s.x.size(), s.y.size()); ++i)
            if (std::isfinite(s.x[i]) && std::isfinite(s.y[i])) return true;
        return false;
    });
}

class Layouter {
  public:
    Layouter(const Painter& painter, const Chart& chart, const Box& box, const ChartSizes& sizes)
        : painter_(painter),
          chart_(chart),
          box_(box),
          z_(sizes),
          data_x_(data_range(chart, true)),
          data_y_(data_range(chart, false)) {}

    ChartLayout with(Spare spare) {
        spare_ = spare;
        out_ = {};
        out_.empty = !has_points(chart_);
        out_.axis_words = spare < k_no_axis_words;
        out_.tick_words = spare < k_bare;
        const double head_px = place_head();
        double y_words_px = 2.0 * z_.tick_px, event_px = 0.0;
        for (int round = 0; round < k_rounds; ++round) {
            place_inside(head_px + event_px, y_words_px);
            if (out_.place.inside.width < 4.0 || out_.place.inside.height < 4.0) return out_;
            place_axes();
            y_words_px = widest(out_.y_ticks, out_.y_step);
            event_px = place_events();
        }
        // The last round's words stand where that inside is.
        const Box& inside = out_.place.inside;
        out_.drawable =
            spare == k_bare || (inside.height >= 4.5 * z_.text_px && inside.width >= 7.0 * z_.text_px);
        return out_;
    }

  private:
    double left() const { return box_.left + z_.pad_px; }
    double right() const { return right_of(box_) - z_.pad_px; }
    double width_of(std::string_view text, const TextStyle& style) const {
        return painter_.text_size(text, style).x;
    }

    /// Title and legend; their height.
    double place_head() {
        double used_px = z_.pad_px;
        double title_px = 0.0;
        if (spare_ < k_no_title && !chart_.title.empty()) {
            const double row_px = 1.35 * z_.title.size_px;
            out_.title = {text_in(painter_, chart_.title, z_.title, right() - left()),
                          {left(), box_.top + used_px + 0.5 * row_px}};
            title_px = width_of(out_.title.text, z_.title);
            used_px += row_px;
        }
        const auto names = legend_names();
        if (!names.empty()) {
            double total_px = -z_.gap_px;
            for (const LegendEntry& entry : names) total_px += entry_px(entry) + z_.gap_px;
            if (title_px > 0.0 && title_px + 2.0 * z_.gap_px + total_px <= right() - left())
                flow(names, right() - total_px, out_.title.at.y, 1);
            else
                used_px += place_legend_rows(names, box_.top + used_px + 0.5 * z_.row_px);
        }
        return used_px + 0.7 * z_.text_px;  // half a tick's number rises above the inside
    }

    std::vector<LegendEntry> legend_names() const {
        std::vector<LegendEntry> names;
        if (spare_ >= k_no_legend) return names;
        for (std::size_t i = 0; i < chart_.series.size(); ++i) {
            const std::string text =
                text_in(painter_, chart_.series[i].name, z_.label, 0.5 * (right() - left()) - z_.swatch_px);
            if (!text.empty()) names.push_back({{text, {}}, static_cast<int>(i)});
        }
        return names;
    }

    double entry_px(const LegendEntry& entry) const {
        const double swatch_px = entry.series < 0 ? 0.0 : z_.swatch_px + 0.5 * z_.text_px;
        return swatch_px + width_of(entry.word.text, z_.label);
    }

    /// Places entries in rows from `start_px`; the rows used.
    int flow(std::vector<LegendEntry> entries, double start_px, double first_row_px, int most) {
        int row = 0;
        double at_px = start_px;
        for (LegendEntry& entry : entries) {
            const double width_px = entry_px(entry);
            if (at_px > start_px && at_px + width_px > right() + 0.5) {
                ++row;
                at_px = start_px;
            }
            entry.word.at = {at_px, first_row_px + row * z_.row_px};
            at_px += width_px + z_.gap_px;
        }
        if (row < most) out_.legend = std::move(entries);
        return row + 1;
    }

    double place_legend_rows(const std::vector<LegendEntry>& names, double first_row_px) {
        const int most = std::clamp(static_cast<int>(0.2 * box_.height / z_.row_px), 1, 6);
        for (std::size_t shown = names.size();; --shown) {
            std::vector<LegendEntry> entries(names.begin(),
                                             names.begin() + static_cast<std::ptrdiff_t>(shown));
            if (shown < names.size())
                entries.push_back({{"+" + std::to_string(names.size() - shown) + " more", {}}, -1});
            const int rows = flow(std::move(entries), left(), first_row_px, most);
            if (rows <= most || shown == 0) return std::min(rows, most) * z_.row_px;
        }
    }

    void place_inside(double head_px, double y_words_px) {
        const double axis_word_px = out_.axis_words ? 1.45 * z_.tick_px : 0.0;
        const double x_axis_px = chart_.x_label.empty() ? 0.0 : axis_word_px,
                     y_axis_px = chart_.y_label.empty() ? 0.0 : axis_word_px;
        const double x_tick_px = out_.tick_words ? 1.6 * z_.tick_px : 0.0,
                     y_tick_px = out_.tick_words ? y_words_px + 0.6 * z_.tick_px : 0.0;
        Box& inside = out_.place.inside;
        inside.left = std::round(left() + y_axis_px + y_tick_px);
        inside.top = std::round(box_.top + head_px);
        inside.width = std::max(0.0, std::floor(right() - 0.4 * z_.text_px - inside.left));
        inside.height =
            std::max(0.0, std::floor(bottom_of(box_) - 0.7 * z_.pad_px - x_axis_px - x_tick_px - inside.top));
    }

    void place_axes() {
        const Box& inside = out_.place.inside;
        int y_most = std::clamp(static_cast<int>(inside.height / (2.4 * z_.tick_px)), 2, 10);
        int x_most = std::clamp(static_cast<int>(inside.width / (3.2 * z_.tick_px)), 2, 12);
        AxisRange &x = out_.place.x_range, &y = out_.place.y_range;
        x = rounded_range(chart_.x_range, data_x_, 40);
        y = rounded_range(chart_.y_range, data_y_, y_most);
        if (chart_.equal_scale) equalise(x, y);
        // Fewer ticks until their words stand apart.
        for (;; --x_most) {
            out_.x_ticks = chart_ticks(x[0], x[1], x_most);
            out_.x_step = nice_step(x[0], x[1], x_most);
            const double apart_px = out_.x_step / (x[1] - x[0]) * inside.width;
            if (x_most <= 2 || widest(out_.x_ticks, out_.x_step) + 1.2 * z_.tick_px <= apart_px) break;
        }
        if (widest(out_.x_ticks, out_.x_step) * static_cast<double>(out_.x_ticks.size()) > inside.width)
            out_.x_ticks.clear();
        out_.y_ticks = chart_ticks(y[0], y[1], y_most);
        out_.y_step = nice_step(y[0], y[1], y_most);
    }

    /// Widens the tighter of both so that a unit is as long across as up.
    void equalise(AxisRange& x, AxisRange& y) const {
        const Box& inside = out_.place.inside;
        const double across = (x[1] - x[0]) / inside.width, up = (y[1] - y[0]) / inside.height;
        const double per_px = std::max(across, up);
        const auto widen = [](AxisRange& range, double span) {
            const double middle = 0.5 * (range[0] + range[1]);
            range = {middle - 0.5 * span, middle + 0.5 * span};
        };
        if (across < per_px) widen(x, per_px * inside.width);
        if (up < per_px) widen(y, per_px * inside.height);
    }

    double widest(const std::vector<double>& ticks, double step) const {
        double px = 0.0;
        for (const double tick : ticks) px = std::max(px, width_of(tick_text(tick, step), z_.tick));
        return px;
    }

    /// Marks with their words in rows above the inside, flags to the right of their poles. From right to left, each in the
    /// lowest row that is free: so no pole crosses a word. Returns the height of the rows.
    double place_events() {
        const Box& inside = out_.place.inside;
        const int most =
            spare_ < k_no_event_words ? std::clamp(static_cast<int>(0.2 * box_.height / z_.row_px), 0, 5) : 0;
        std::vector<ChartEvent> events;
        for (const ChartEvent& event : chart_.events)
            if (event.x >= out_.place.x_range[0] && event.x <= out_.place.x_range[1]) events.push_back(event);
        std::ranges::stable_sort(events, [](const auto& a, const auto& b) { return a.x > b.x; });
        struct Taken {
            double from, to;
            int row;
        };
        std::vector<Taken> taken;
        out_.events.clear();
        int rows = 0;
        for (const ChartEvent& event : events) {
            EventMark mark{out_.place.at(event.x, 0.0).x, inside.top, {}};
            const std::string text = text_in(painter_, event.text, z_.tick, 0.75 * inside.width);
            const double width_px = width_of(text, z_.tick), near_px = 0.35 * z_.tick_px;
            double from_px = mark.x_px + near_px;
            if (from_px + width_px > right()) from_px = mark.x_px - near_px - width_px;
            from_px = std::max(from_px, left());
            int row = 0;
            const auto clashes = [&](const Taken& t) {
                return t.row == row && from_px < t.to + z_.tick_px
                       && from_px + width_px + z_.tick_px > t.from;
            };
            while (row < most && std::ranges::any_of(taken, clashes)) ++row;
            if (row < most && !text.empty()) {
                taken.push_back({from_px, from_px + width_px, row});
                rows = std::max(rows, row + 1);
                const double middle_px = inside.top - (row + 0.5) * z_.row_px;
                mark.word = {text, {from_px, middle_px}};
                mark.top_px = middle_px - 0.45 * z_.row_px;
            }
            out_.events.push_back(std::move(mark));
        }
        return rows * z_.row_px;
    }

    const Painter& painter_;
    const Chart& chart_;
    const Box box_;
    const ChartSizes& z_;
    AxisRange data_x_, data_y_;
    Spare spare_ = k_all;
    ChartLayout out_;
};

}  // namespace

ChartSizes::ChartSizes(double text)
    : text_px(text),
      tick_px(0.86 * text),
      pad_px(0.8 * text),
      gap_px(1.2 * text),
      row_px(1.4 * text),
      swatch_px(2.5 * text),
      line_px(0.15 * text),
      hair_px(std::max(1.0, std::round(text / 16.0))),
      title{.size_px = 1.05 * text, .bold = true, .down = Align::middle},
      label{.size_px = 0.9 * text, .down = Align::middle},
      tick{.size_px = tick_px, .down = Align::middle} {}

std::string text_in(const Painter& painter, std::string_view text, const TextStyle& style, double room_px) {
    // No chart is that wide: a name of any length costs little.
    constexpr std::size_t k_longest = 200;
    std::string shown(text.size() > k_longest ? std::string_view{} : text);
    if (text.empty() || (!shown.empty() && painter.text_size(shown, style).x <= room_px)) return shown;
    for (std::size_t length = std::min(text.size(), k_longest); length > 1;) {
        --length;
        // Not within a letter of several bytes.
        if ((static_cast<unsigned char>(text[length]) & 0xC0u) == 0x80u) continue;
        shown = std::string(text.substr(0, length)) + "...";
        if (painter.text_size(shown, style).x <= room_px) return shown;
    }
    return {};
}

ChartLayout lay_out_chart(const Painter& painter, const Chart& chart, const Box& box,
                          const ChartSizes& sizes) {
    Layouter layouter(painter, chart, box, sizes);
    ChartLayout layout;
    for (int spare = k_all; spare < k_spare_end; ++spare) {
        layout = layouter.with(static_cast<Spare>(spare));
        if (layout.drawable) break;
    }
    return layout;
}

}  // namespace plumb
