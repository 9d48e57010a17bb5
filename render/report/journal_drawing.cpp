// Draws a journal's figure: two charts under each other whose days stand in line, then how each day felt.
#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

#include "render/report/chart_layout.h"
#include "render/report/journal_chart.h"

namespace plumb {
namespace {

constexpr std::array<const char*, 5> k_felt_words = {"fine", "stiff but fine", "sore", "painful",
                                                     "not written"};
constexpr std::array<const char*, 2> k_row_names = {"that night", "next morning"};

class JournalDrawing {
  public:
    JournalDrawing(Painter& painter, const JournalFigure& figure, const Box& box, const Theme& theme,
                   double text_px)
        : painter_(painter), figure_(figure), theme_(theme), z_(text_px), box_(box) {}

    void draw() {
        if (box_.width < 14.0 * z_.text_px || box_.height < 16.0 * z_.row_px) return;
        const double head_px = 1.6 * z_.row_px, felt_px = 4.9 * z_.row_px;
        TextStyle head = z_.title;
        head.size_px *= 1.2;
        put({box_.left + z_.pad_px, box_.top + 0.9 * z_.row_px}, figure_.title, head, theme_.text,
            box_.width - 2.0 * z_.pad_px);
        const double words_px = level_words_px();
        const double charts_px = box_.height - head_px - felt_px;
        Box help{box_.left, box_.top + head_px, box_.width - words_px, 0.55 * charts_px};
        Box depth{box_.left, help.top + help.height, help.width, charts_px - help.height};
        line_up(help, depth);
        const ChartPlace above = titled(figure_.help, help);
        levels(above, figure_.help_levels);
        dots(above, figure_.help);
        const ChartPlace below = titled(figure_.depth, depth);
        levels(below, figure_.depth_levels);
        dots(below, figure_.depth);
        felt(below, depth.top + depth.height);
    }

  private:
    double right() const { return box_.left + box_.width - z_.pad_px; }

    /// Cut where it is wider than the room.
    void put(Point at, const std::string& text, const TextStyle& style, Rgba colour, double room) {
        const std::string words = text_in(painter_, text, style, room);
        if (!words.empty()) painter_.text(at, words, colour, style);
    }
    void stroke(Point from, Point to, Rgba colour, double width_px, LineStyle style = LineStyle::solid) {
        const std::array<Point, 2> ends{from, to};
        painter_.line(ends, colour, width_px, style);
    }

    /// The chart with its title at the figure's left, wherever its box begins.
    ChartPlace titled(const Chart& chart, const Box& box) {
        Chart untitled = chart;
        untitled.title = " ";  // keeps its row
        const ChartPlace place = draw_chart(painter_, untitled, box, theme_, z_.text_px);
        put({box_.left + z_.pad_px, box.top + z_.pad_px + 0.675 * z_.title.size_px}, chart.title, z_.title,
            theme_.text, box_.width - 2.0 * z_.pad_px);
        return place;
    }

    /// Room at the right for the widest words of a level, at most a third.
    double level_words_px() const {
        double px = painter_.text_size(k_row_names[1], z_.tick).x;
        for (const auto* all : {&figure_.help_levels, &figure_.depth_levels})
            for (const ChartLevel& level : *all)
                px = std::max(px, painter_.text_size(level.words, z_.tick).x);
        // The chart's own end, the gap to the words and the figure's edge.
        return std::min(px + 1.5 * z_.text_px, box_.width / 3.0);
    }

    /// Numbers beside the axes are not equally wide: the wider decides where both begin.
    void line_up(Box& help, Box& depth) const {
        const double left = lay_out_chart(painter_, figure_.help, help, z_).place.inside.left,
                     other = lay_out_chart(painter_, figure_.depth, depth, z_).place.inside.left;
        Box& narrower = left < other ? help : depth;
        const double shift = std::abs(left - other);
        narrower.left += shift;
        narrower.width -= shift;
    }

    /// Dashed lines; their words at the right, pushed apart where lines are close, each led to its line.
    void levels(const ChartPlace& place, const std::vector<ChartLevel>& all) {
        const Box& in = place.inside;
        std::vector<const ChartLevel*> shown;
        for (const ChartLevel& level : all)
            if (level.y >= place.y_range[0] && level.y <= place.y_range[1]) shown.push_back(&level);
        std::ranges::stable_sort(shown, [](const auto* a, const auto* b) { return a->y > b->y; });
        const double row_px = 1.2 * z_.tick_px;
        const auto most = static_cast<std::size_t>(std::max(0.0, in.height / row_px));
        std::vector<double> middles;
        double least_px = in.top + 0.5 * row_px;
        for (const ChartLevel* level : shown) {
            middles.push_back(std::max(least_px, place.at(0.0, level->y).y));
            least_px = middles.back() + row_px;
        }
        double most_px = in.top + in.height - 0.5 * row_px;
        for (std::size_t i = middles.size(); i-- > 0;) {
            middles[i] = std::min(middles[i], most_px);
            most_px = middles[i] - row_px;
        }
        for (std::size_t i = 0; i < shown.size(); ++i) {
            const double y = place.at(0.0, shown[i]->y).y, end = in.left + in.width;
            stroke({in.left, y}, {end, y}, theme_.quiet_text, z_.hair_px, LineStyle::dashed);
            if (shown.size() > most) continue;
            const double from = end + 0.9 * z_.text_px;
            stroke({end, y}, {from - 0.2 * z_.text_px, middles[i]}, theme_.quiet_text, z_.hair_px);
            put({from, middles[i]}, shown[i]->words, z_.tick, theme_.text, right() - from);
        }
    }

    /// A dot a day: between them the line only leads the eye.
    void dots(const ChartPlace& place, const Chart& chart) {
        for (const ChartSeries& series : chart.series)
            for (std::size_t i = 0; i < series.x.size(); ++i)
                if (std::isfinite(series.y[i]))
                    painter_.circle(place.at(series.x[i], series.y[i]), radius_px(place), theme_.series[0]);
    }

    /// As large as text allows and as days keep apart.
    double radius_px(const ChartPlace& place) const {
        double apart = std::numeric_limits<double>::infinity();
        for (std::size_t i = 1; i < figure_.felt.size(); ++i)
            apart = std::min(apart, figure_.felt[i].x - figure_.felt[i - 1].x);
        const double day_px = place.inside.width / (place.x_range[1] - place.x_range[0]);
        return std::clamp(0.45 * apart * day_px, 1.0, 0.32 * z_.text_px);
    }

    void felt(const ChartPlace& place, double top) {
        const std::array<double, 2> rows = {top + 0.8 * z_.row_px, top + 1.9 * z_.row_px};
        for (std::size_t i = 0; i < 2; ++i) {
            stroke({place.inside.left, rows[i]}, {place.inside.left + place.inside.width, rows[i]},
                   theme_.grid, z_.hair_px);
            const double from = place.inside.left + place.inside.width + 0.9 * z_.text_px;
            put({from, rows[i]}, k_row_names[i], z_.tick, theme_.text, right() - from);
        }
        for (const FeltMark& day : figure_.felt) {
            const double x = place.at(day.x, 0.0).x, r = radius_px(place);
            mark({x, rows[0]}, day.night, r);
            mark({x, rows[1]}, day.morning, r);
        }
        legend(top + 3.3 * z_.row_px);
    }

    void legend(double y) {
        const double r = 0.32 * z_.text_px;
        double x = box_.left + z_.pad_px;
        for (std::size_t i = 0; i < k_felt_words.size(); ++i) {
            const double width = painter_.text_size(k_felt_words[i], z_.tick).x + 3.0 * r;
            if (x + width > right()) {
                x = box_.left + z_.pad_px;
                y += 0.95 * z_.row_px;
                if (y + 0.6 * z_.row_px > box_.top + box_.height || x + width > right()) return;
            }
            mark({x + r, y}, i < k_felts.size() ? std::optional(k_felts[i]) : std::nullopt, r);
            painter_.text({x + 3.0 * r, y}, k_felt_words[i], theme_.quiet_text, z_.tick);
            x += width + 1.4 * z_.text_px;
        }
    }

    /// Fine: a disc; stiff: a ring; sore: a triangle; painful: a cross; not written: a dash.
    void mark(Point at, const std::optional<Felt>& felt, double r) {
        const double wide = std::max(1.0, 0.45 * r);
        if (!felt) return stroke({at.x - 0.6 * r, at.y}, {at.x + 0.6 * r, at.y}, theme_.quiet_text, wide);
        switch (*felt) {
        case Felt::fine: return painter_.circle(at, r, theme_.good);
        case Felt::stiff_but_fine:
            painter_.circle(at, r, theme_.plot_page);
            return painter_.ring(at, r - 0.5 * wide, theme_.text, wide);
        case Felt::sore: {
            const std::array<Point, 3> corners{Point{at.x, at.y - 1.15 * r},
                                               Point{at.x + 1.1 * r, at.y + 0.85 * r},
                                               Point{at.x - 1.1 * r, at.y + 0.85 * r}};
            return painter_.polygon(corners, theme_.warn);
        }
        case Felt::painful:
            stroke({at.x - r, at.y - r}, {at.x + r, at.y + r}, theme_.bad, 1.3 * wide);
            stroke({at.x - r, at.y + r}, {at.x + r, at.y - r}, theme_.bad, 1.3 * wide);
        }
    }

    Painter& painter_;
    const JournalFigure& figure_;
    const Theme& theme_;
    const ChartSizes z_;
    const Box box_;
};

}  // namespace

void draw_journal_figure(Painter& painter, const JournalFigure& figure, const Box& box, const Theme& theme,
                         double text_px) {
    if (!(box.width >= 1.0) || !(box.height >= 1.0) || !(text_px > 0.0)) return;
    painter.push_clip(box);
    painter.box(box, theme.plot_page);
    JournalDrawing(painter, figure, box, theme, text_px).draw();
    painter.pop_clip();
}

}  // namespace plumb
