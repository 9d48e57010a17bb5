// The band lies on the line, the limit is a bar across it; asked depths are marked below, the numbers above.
#include "render/report/limit_band.h"

#include <algorithm>
#include <array>
#include <string>

#include "render/report/chart_layout.h"
#include "sim/balance/explain.h"

namespace plumb {
namespace {

class BandDrawing {
  public:
    BandDrawing(Painter& painter, const LimitScale& scale, const Box& box, const Theme& theme,
                const ChartSizes& sizes, const BandUnits& units)
        : painter_(painter), s_(scale), box_(box), theme_(theme), z_(sizes), units_(units) {
        deepest_ =
            std::max({s_.parallel, s_.full.value_or(0.0), s_.sole, s_.functional, s_.intervals.sole.high});
        deepest_ = std::max(1.04 * deepest_, 0.05);
        left_ = box.left + z_.pad_px;
        wide_ = box.width - 2.0 * z_.pad_px;
        line_y_ = box.top + 0.46 * box.height;
    }

    void draw() {
        painter_.box(box_, theme_.plot_page, std::min(0.5 * z_.text_px, 0.1 * box_.height));
        const double row = 1.3 * z_.tick_px, thick = std::min(1.1 * z_.text_px, 0.22 * box_.height);
        if (wide_ < 6.0 * z_.tick_px || box_.height < 3.4 * row) return;
        painter_.box({left_, line_y_ - 0.5 * thick, wide_, thick}, theme_.control, 2.0);
        const bool known = s_.intervals.samples > 0;
        if (known) {
            const double from = x_of(s_.intervals.sole.low), to = x_of(s_.intervals.sole.high);
            Rgba fill = theme_.accent;
            fill.a = 0.45f;
            painter_.box({from, line_y_ - 0.5 * thick, std::max(to - from, 2.0), thick}, fill);
            for (const double x : {from, to}) bar(x, 0.5 * thick, theme_.accent, 1.0);
        }
        bar(x_of(s_.sole), 0.8 * thick, theme_.text, 2.5);
        const double r = 0.28 * thick, fx = x_of(s_.functional);
        const std::array<Point, 4> diamond{Point{fx, line_y_ - r}, Point{fx + r, line_y_},
                                           Point{fx, line_y_ + r}, Point{fx - r, line_y_}};
        painter_.polygon(diamond, theme_.text);
        // Asked depths below the line.
        words_below(row, thick);
        const double above = line_y_ - 0.8 * thick - 0.6 * row;
        std::string text = "balanced to " + number(s_.sole) + " " + units_.name;
        if (known)
            text += "  (" + number(s_.intervals.sole.low) + " to " + number(s_.intervals.sole.high) + ")";
        word(text, x_of(s_.sole), above, theme_.text, true);
    }

  private:
    [[nodiscard]] double x_of(double drop) const {
        return left_ + std::clamp(drop / deepest_, 0.0, 1.0) * wide_;
    }
    [[nodiscard]] std::string number(double drop) const {
        return fixed_text(units_.per_m * drop * s_.leg_length_m, 0);
    }
    void bar(double x, double half, Rgba colour, double width) {
        const std::array<Point, 2> ends{Point{x, line_y_ - half}, Point{x, line_y_ + half}};
        painter_.line(ends, colour, width);
    }
    /// Around x, pushed inside the box; nothing where it does not fit at all. Returns where it ends.
    double word(const std::string& text, double x, double y, Rgba colour, bool bold) {
        TextStyle style = z_.tick;
        style.bold = bold;
        style.down = Align::middle;
        const std::string fitting = text_in(painter_, text, style, wide_);
        if (fitting.empty()) return x;
        const double width = painter_.text_size(fitting, style).x;
        const double from = std::clamp(x - 0.5 * width, left_, std::max(left_, left_ + wide_ - width));
        painter_.text({from, y}, fitting, colour, style);
        return from + width;
    }
    void words_below(double row, double thick) {
        struct Mark {
            const char* name;
            double drop;
        };
        std::vector<Mark> marks{{"standing", 0.0}, {"half", s_.half}, {"parallel", s_.parallel}};
        if (s_.full) marks.push_back({"full", *s_.full});
        const double y = line_y_ + 0.8 * thick + 0.6 * row;
        std::array<double, 2> free{left_ - 1.0, left_ - 1.0};
        for (const Mark& mark : marks) {
            const double x = x_of(mark.drop);
            const std::array<Point, 2> tick{Point{x, line_y_ - 0.5 * thick}, Point{x, line_y_ + 0.8 * thick}};
            painter_.line(tick, theme_.quiet_text, 1.0);
            std::string text = mark.name;
            if (mark.drop > 0.0) text += " " + number(mark.drop);
            const double width = painter_.text_size(text, z_.tick).x;
            const double from = std::clamp(x - 0.5 * width, left_, std::max(left_, left_ + wide_ - width));
            // No word over another: a second row for who comes too near.
            const std::size_t in = from >= free[0] ? 0 : 1;
            if (from < free[in] || y + (static_cast<double>(in) + 0.5) * row > box_.top + box_.height)
                continue;
            free[in] =
                word(text, x, y + static_cast<double>(in) * row, theme_.quiet_text, false) + 0.5 * z_.tick_px;
        }
    }

    Painter& painter_;
    const LimitScale& s_;
    const Box box_;
    const Theme& theme_;
    const ChartSizes& z_;
    const BandUnits& units_;
    double deepest_ = 1.0, left_ = 0.0, wide_ = 0.0, line_y_ = 0.0;
};

}  // namespace

void draw_limit_band(Painter& painter, const LimitScale& scale, const Box& box, const Theme& theme,
                     double text_px, const BandUnits& units) {
    if (!(box.width >= 1.0) || !(box.height >= 1.0) || !(text_px > 0.0)) return;
    const ChartSizes sizes(text_px);
    painter.push_clip(box);
    BandDrawing(painter, scale, box, theme, sizes, units).draw();
    painter.pop_clip();
}

}  // namespace plumb
