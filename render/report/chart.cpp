// Draws a chart where its layout says: what lies behind first, words last.
#include "render/report/chart.h"

#include <algorithm>
#include <cmath>

#include "render/report/chart_curves.h"
#include "render/report/chart_layout.h"

namespace plumb {
namespace {

Rgba fainter(Rgba colour, float alpha) { return {colour.r, colour.g, colour.b, colour.a * alpha}; }
/// A thin line in the middle of a pixel is sharp.
double sharp(double px) { return std::floor(px) + 0.5; }

class ChartDrawing {
  public:
    ChartDrawing(Painter& painter, const Chart& chart, const Box& box, const Theme& theme, double text_px)
        : painter_(painter),
          chart_(chart),
          box_(box),
          theme_(theme),
          z_(text_px),
          l_(lay_out_chart(painter, chart, box, z_)),
          in_(l_.place.inside) {}

    ChartPlace draw() {
        painter_.box(box_, theme_.plot_page, std::min(0.5 * z_.text_px, 0.1 * box_.height));
        if (l_.drawable) {
            bands();
            grid();
            painter_.push_clip(in_);
            for (const ChartSeries& series : chart_.series) tint(series);
            for (const ChartSeries& series : chart_.series) curve(series);
            painter_.pop_clip();
            events();
            place_tag();
            axis_words();
            head();
            if (l_.empty) middle_word("no data");
            cursor();
        }
        return l_.place;
    }

  private:
    double right() const { return in_.left + in_.width; }
    double bottom() const { return in_.top + in_.height; }
    Rgba colour(const ChartSeries& series) const {
        return theme_.series[static_cast<std::size_t>(std::max(0, series.look)) % theme_.series.size()];
    }
    void straight(Point from, Point to, Rgba colour, double width_px) {
        const Point ends[] = {from, to};
        painter_.line(ends, colour, width_px);
    }
    /// The word, unless it would leave the box.
    void word(const PlacedWord& word, Rgba colour, const TextStyle& style) {
        if (word.text.empty()) return;
        const Point size = painter_.text_size(word.text, style);
        if (word.at.x < box_.left - 0.5 || word.at.x + size.x > box_.left + box_.width + 0.5
            || word.at.y - 0.5 * size.y < box_.top - 0.5
            || word.at.y + 0.5 * size.y > box_.top + box_.height + 0.5)
            return;
        painter_.text(word.at, word.text, colour, style);
    }
    void middle_word(const char* text) {
        const Point size = painter_.text_size(text, z_.label);
        word({text, {in_.left + 0.5 * (in_.width - size.x), in_.top + 0.5 * in_.height}}, theme_.quiet_text,
             z_.label);
    }

    void bands() {
        std::vector<Box> taken;
        for (const ChartBand& band : chart_.bands) {
            const AxisRange& y = l_.place.y_range;
            const double low = std::max(std::min(band.from, band.to), y[0]),
                         high = std::min(std::max(band.from, band.to), y[1]);
            if (!(low < high)) continue;
            const double top = l_.place.at(0.0, high).y, height = l_.place.at(0.0, low).y - top;
            painter_.box({in_.left, top, in_.width, height}, band.fill);
            // Words in the band's upper left corner where they fit.
            const double near_px = 0.5 * z_.tick_px;
            const std::string text = text_in(painter_, band.text, z_.tick, in_.width - 2.0 * near_px);
            const Point size = painter_.text_size(text, z_.tick);
            const Box place{in_.left + near_px, top + 0.2 * z_.tick_px, size.x, size.y};
            const bool free = std::ranges::none_of(taken, [&](const Box& other) {
                return place.top < other.top + other.height && other.top < place.top + place.height;
            });
            if (text.empty() || !free || size.y + 0.4 * z_.tick_px > height) continue;
            taken.push_back(place);
            band_words_.push_back({text, {place.left, place.top + 0.5 * size.y}});
        }
    }

    void grid() {
        for (const double tick : l_.x_ticks) {
            const double x = sharp(l_.place.at(tick, 0.0).x);
            straight({x, in_.top}, {x, bottom()}, theme_.grid, z_.hair_px);
        }
        for (const double tick : l_.y_ticks) {
            const double y = sharp(l_.place.at(0.0, tick).y);
            straight({in_.left, y}, {right(), y}, theme_.grid, z_.hair_px);
        }
        straight({in_.left, sharp(bottom())}, {right(), sharp(bottom())}, theme_.quiet_text, z_.hair_px);
        if (chart_.zero_line && *chart_.zero_line >= l_.place.y_range[0]
            && *chart_.zero_line <= l_.place.y_range[1]) {
            const double y = sharp(l_.place.at(0.0, *chart_.zero_line).y);
            straight({in_.left, y}, {right(), y}, theme_.text, 1.5 * z_.hair_px);
        }
        for (const PlacedWord& text : band_words_) word(text, theme_.quiet_text, z_.tick);
    }

    void tint(const ChartSeries& series) {
        if (series.filled)
            for (const Stroke& run : runs_of(series, l_.place))
                if (run.size() > 3) painter_.polygon(run, fainter(colour(series), 0.14f));
    }

    void curve(const ChartSeries& series) {
        for (const Stroke& stroke : strokes_of(series, l_.place)) {
            if (stroke.size() == 1) {
                painter_.circle(stroke.front(), 2.0 * z_.line_px + z_.hair_px, theme_.plot_page);
                painter_.circle(stroke.front(), 2.0 * z_.line_px, colour(series));
            }
            for (const Stroke& dash : dashed(stroke, series.look, z_.line_px))
                if (dash.size() > 1) painter_.line(dash, colour(series), z_.line_px);
        }
    }

    void events() {
        for (const EventMark& mark : l_.events) {
            const double x = sharp(mark.x_px);
            straight({x, mark.top_px}, {x, bottom()}, fainter(theme_.text, 0.55f), z_.hair_px);
            // A foot of its own shape: not to be taken for a grid line.
            const double foot_px = 0.28 * z_.text_px;
            const Point foot[] = {
                {x - foot_px, bottom()}, {x + foot_px, bottom()}, {x, bottom() - 1.6 * foot_px}};
            painter_.polygon(foot, theme_.text);
        }
        for (const EventMark& mark : l_.events) {
            if (mark.word.text.empty()) continue;
            const Point size = painter_.text_size(mark.word.text, z_.tick);
            painter_.box({mark.word.at.x - 1.0, mark.word.at.y - 0.5 * size.y, size.x + 2.0, size.y},
                         theme_.plot_page);
            word(mark.word, theme_.text, z_.tick);
        }
    }

    void axis_words() {
        if (!l_.tick_words) return;
        const double row_y = bottom() + 0.85 * z_.tick_px;
        for (const double tick : l_.x_ticks) {
            const std::string text = tick_text(tick, l_.x_step);
            const double width = painter_.text_size(text, z_.tick).x;
            const double x = std::min(l_.place.at(tick, 0.0).x - 0.5 * width, box_.left + box_.width - width);
            if (tag_ && x < tag_->left + tag_->width && x + width > tag_->left) continue;
            word({text, {x, row_y}}, theme_.quiet_text, z_.tick);
        }
        for (const double tick : l_.y_ticks) {
            const std::string text = tick_text(tick, l_.y_step);
            const double width = painter_.text_size(text, z_.tick).x;
            word({text, {in_.left - 0.6 * z_.tick_px - width, l_.place.at(0.0, tick).y}}, theme_.quiet_text,
                 z_.tick);
        }
        if (!l_.axis_words) return;
        const std::string across = text_in(painter_, chart_.x_label, z_.tick, in_.width);
        const double width = painter_.text_size(across, z_.tick).x;
        word({across, {in_.left + 0.5 * (in_.width - width), bottom() + 2.3 * z_.tick_px}}, theme_.quiet_text,
             z_.tick);
        std::string up = text_in(painter_, chart_.y_label, z_.tick, in_.height);
        // Where the whole does not fit the unit alone: the title names the rest.
        if (const size_t unit = chart_.y_label.rfind('('); up != chart_.y_label && unit != std::string::npos)
            up = text_in(painter_, chart_.y_label.substr(unit), z_.tick, in_.height);
        TextStyle upward = z_.tick;
        upward.upward = true;
        upward.across = Align::middle;
        if (!up.empty())
            painter_.text({box_.left + z_.pad_px + 0.5 * z_.tick_px, in_.top + 0.5 * in_.height}, up,
                          theme_.quiet_text, upward);
    }

    void head() {
        word(l_.title, theme_.text, z_.title);
        for (const LegendEntry& entry : l_.legend) {
            PlacedWord name = entry.word;
            if (entry.series >= 0) {
                const ChartSeries& series = chart_.series[static_cast<std::size_t>(entry.series)];
                const Stroke swatch{name.at, {name.at.x + z_.swatch_px, name.at.y}};
                for (const Stroke& dash : dashed(swatch, series.look, z_.line_px))
                    painter_.line(dash, colour(series), z_.line_px);
                name.at.x += z_.swatch_px + 0.5 * z_.text_px;
            }
            word(name, theme_.quiet_text, z_.label);
        }
    }

    bool cursor_shows() const {
        return chart_.cursor_x && *chart_.cursor_x >= l_.place.x_range[0]
               && *chart_.cursor_x <= l_.place.x_range[1];
    }

    struct Reading {
        double y_px;
        std::string text;
        Rgba colour;
    };

    void cursor() {
        if (!cursor_shows()) return;
        const AxisRange& y = l_.place.y_range;
        const double x = l_.place.at(*chart_.cursor_x, 0.0).x, radius_px = 0.32 * z_.text_px;
        straight({sharp(x), in_.top}, {sharp(x), bottom()}, theme_.text, z_.hair_px);
        std::vector<Reading> readings;
        const double apart = (y[1] - y[0]) * z_.text_px / in_.height;
        for (const ChartSeries& series : chart_.series)
            for (const double value : crossings(series, *chart_.cursor_x, apart)) {
                if (!(value >= y[0] && value <= y[1])) continue;
                const Point at = l_.place.at(*chart_.cursor_x, value);
                painter_.circle(at, radius_px + z_.hair_px, theme_.plot_page);
                painter_.circle(at, radius_px, colour(series));
                readings.push_back({at.y, reading_text(value, y), colour(series)});
            }
        write_readings(readings, x);
        tag();
    }

    /// Values beside their dots, pushed apart where dots are close.
    void write_readings(std::vector<Reading>& readings, double x) {
        TextStyle style = z_.tick;
        style.bold = true;
        double widest = 0.0;
        for (const Reading& r : readings) widest = std::max(widest, painter_.text_size(r.text, style).x);
        const double row_px = 1.25 * z_.tick_px, near_px = 0.8 * z_.text_px;
        const double top = in_.top + 0.5 * row_px, low = bottom() - 0.5 * row_px;
        if (static_cast<double>(readings.size()) * row_px > in_.height) return;
        std::ranges::stable_sort(readings, [](const auto& a, const auto& b) { return a.y_px < b.y_px; });
        for (std::size_t i = 0; i < readings.size(); ++i)
            readings[i].y_px = std::max(readings[i].y_px, i == 0 ? top : readings[i - 1].y_px + row_px);
        for (std::size_t i = readings.size(); i-- > 0;)
            readings[i].y_px =
                std::min(readings[i].y_px, i + 1 == readings.size() ? low : readings[i + 1].y_px - row_px);
        const bool on_left = x + near_px + widest + 2.0 > right();
        if (on_left && x - near_px - widest - 2.0 < in_.left) return;
        for (const Reading& r : readings) {
            const double width = painter_.text_size(r.text, style).x;
            const double from = on_left ? x - near_px - width : x + near_px;
            // From the dot on: a piece of the curve between dot and number looks like a minus.
            const double gap = near_px - 0.32 * z_.text_px - 1.0;
            painter_.box(
                {on_left ? from - 2.0 : from - gap, r.y_px - 0.5 * row_px, width + gap + 2.0, row_px},
                fainter(theme_.plot_page, 0.85f), 2.0);
            word({r.text, {from, r.y_px}}, r.colour, style);
        }
    }

    /// The cursor's x below the axis; the ticks' numbers there give way to it.
    void place_tag() {
        if (!cursor_shows() || !l_.tick_words) return;
        tag_text_ = reading_text(*chart_.cursor_x, l_.place.x_range);
        const double width = painter_.text_size(tag_text_, z_.tick).x + 8.0, row_px = 1.3 * z_.tick_px;
        const double least = box_.left, most = box_.left + box_.width - width;
        if (most < least) return;
        const double from = std::clamp(l_.place.at(*chart_.cursor_x, 0.0).x - 0.5 * width, least, most);
        tag_ = Box{from, bottom() + 0.85 * z_.tick_px - 0.5 * row_px, width, row_px};
    }

    void tag() {
        if (!tag_) return;
        painter_.box(*tag_, theme_.control, 3.0);
        word({tag_text_, {tag_->left + 4.0, tag_->top + 0.5 * tag_->height}}, theme_.text, z_.tick);
    }

    Painter& painter_;
    const Chart& chart_;
    const Box box_;
    const Theme& theme_;
    const ChartSizes z_;
    const ChartLayout l_;
    const Box in_;
    std::vector<PlacedWord> band_words_;
    std::optional<Box> tag_;
    std::string tag_text_;
};

}  // namespace

Point ChartPlace::at(double x, double y) const {
    return {inside.left + (x - x_range[0]) / (x_range[1] - x_range[0]) * inside.width,
            inside.top + (y_range[1] - y) / (y_range[1] - y_range[0]) * inside.height};
}
double ChartPlace::x_of(double px) const {
    return x_range[0] + (px - inside.left) / inside.width * (x_range[1] - x_range[0]);
}
double ChartPlace::y_of(double py) const {
    return y_range[1] - (py - inside.top) / inside.height * (y_range[1] - y_range[0]);
}

ChartPlace draw_chart(Painter& painter, const Chart& chart, const Box& box, const Theme& theme,
                      double text_px) {
    if (!(box.width >= 1.0) || !(box.height >= 1.0) || !(text_px > 0.0)) return {box, {0.0, 1.0}, {0.0, 1.0}};
    painter.push_clip(box);
    const ChartPlace place = ChartDrawing(painter, chart, box, theme, text_px).draw();
    painter.pop_clip();
    return place;
}

}  // namespace plumb
