// Rings, petals as closed curves with a mark at each direction, and the words beside them.
#include "render/report/rose_chart.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "render/report/chart_axis.h"
#include "render/report/chart_curves.h"
#include "render/report/chart_layout.h"
#include "sim/balance/explain.h"
#include "sim/base/text.h"
#include "sim/base/units.h"
#include "sim/engine/simulate.h"

namespace plumb {
namespace {

constexpr int k_most_rings = 4;
constexpr double k_least_radius_px = 24.0;

std::string moment_title(RoseMoment moment) {
    return moment == RoseMoment::standing ? "Standing" : "At the bottom";
}

/// Colour and dash of a moment, the same whatever else is shown.
int look_of(const PushRose& rose) { return rose.moment == RoseMoment::standing ? 0 : 1; }

/// How far out a petal reaches: one that nothing topples to the greatest push tried.
double reach_Ns(const RosePetal& petal, double most_Ns) { return petal.topples_Ns.value_or(most_Ns); }

const RosePetal* weakest(const PushRose& rose) {
    const RosePetal* least = nullptr;
    for (const RosePetal& petal : rose.petals)
        if (petal.topples_Ns && (least == nullptr || *petal.topples_Ns < *least->topples_Ns)) least = &petal;
    return least;
}

std::string petal_words(const RosePetal& petal, double most_Ns) {
    return petal.topples_Ns ? fixed_text(*petal.topples_Ns, 0) + " N s, " + outcome_in_words(petal.outcome)
                            : "over " + fixed_text(most_Ns, 0) + " N s";
}

class RoseDrawing {
  public:
    RoseDrawing(Painter& painter, const RoseChart& chart, const Box& box, const Theme& theme, double text_px)
        : painter_(painter), chart_(chart), box_(box), theme_(theme), z_(text_px) {}

    RosePlace draw() {
        painter_.box(box_, theme_.plot_page, std::min(0.5 * z_.text_px, 0.1 * box_.height));
        lay_out();
        if (place_.radius_px < k_least_radius_px) return place_;
        rings();
        for (const PushRose& rose : chart_.roses) petals(rose, look_of(rose));
        words();
        return place_;
    }

  private:
    void lay_out() {
        const double row = 1.4 * z_.tick_px, pad = z_.pad_px;
        const double side = painter_.text_size("right", z_.tick).x + 0.5 * z_.tick_px;
        // A wide box has the title beside the circle: that may be as high as the box.
        beside_ = box_.width > 1.6 * box_.height;
        const double head = chart_.title.empty() || beside_ ? 0.0 : z_.row_px;
        const double high = box_.height - 2.0 * pad - head - 2.0 * row,
                     wide = box_.width - 2.0 * pad - 2.0 * side;
        place_.radius_px = 0.5 * std::min(high, wide);
        place_.centre = {box_.left + pad + side + place_.radius_px, box_.top + pad + head + row + 0.5 * high};
        double most = 0.0;
        for (const PushRose& rose : chart_.roses)
            for (const RosePetal& petal : rose.petals) most = std::max(most, reach_Ns(petal, chart_.most_Ns));
        if (!(most > 0.0)) most = chart_.most_Ns;
        step_ = nice_step(0.0, most, k_most_rings);
        place_.rim_Ns = step_ > 0.0 ? step_ * std::ceil(most / step_ - 1e-9) : most;
        words_left_ = place_.centre.x + place_.radius_px + side + 1.5 * z_.text_px;
    }

    void rings() {
        const auto spoke = [&](double deg) {
            const std::array<Point, 2> ends{place_.centre, place_.at(deg, place_.rim_Ns)};
            painter_.line(ends, theme_.grid, z_.hair_px);
        };
        for (int i = 0; i < 8; ++i) spoke(45.0 * i);
        for (double ring = step_; step_ > 0.0 && ring < place_.rim_Ns + 0.5 * step_; ring += step_)
            painter_.ring(place_.centre, ring / place_.rim_Ns * place_.radius_px, theme_.grid, z_.hair_px);
        const double away = 0.9 * z_.tick_px;
        const auto word = [&](const char* text, Point at, Align across) {
            painter_.text(at, text, theme_.quiet_text, {z_.tick_px, false, across, Align::middle});
        };
        const auto& [x, y] = place_.centre;
        const double r = place_.radius_px;
        word("forward", {x, y - r - away}, Align::middle);
        word("backward", {x, y + r + away}, Align::middle);
        word("left", {x - r - 0.5 * away, y}, Align::end);
        word("right", {x + r + 0.5 * away, y}, Align::start);
    }

    void petals(const PushRose& rose, int look) {
        if (rose.petals.empty()) return;
        const Rgba colour = theme_.series[static_cast<std::size_t>(look)];
        Stroke outline;
        for (const RosePetal& petal : rose.petals)
            outline.push_back(place_.at(petal.direction_deg, reach_Ns(petal, chart_.most_Ns)));
        Rgba tint = colour;
        tint.a = 0.12f;
        painter_.polygon(outline, tint);
        outline.push_back(outline.front());
        for (const Stroke& dash : dashed(outline, look, z_.line_px))
            if (dash.size() > 1) painter_.line(dash, colour, z_.line_px);
        for (std::size_t i = 0; i < rose.petals.size(); ++i)
            mark(outline[i], colour, rose.petals[i].topples_Ns.has_value(), look);
    }

    /// A dot, of the second rose a diamond; hollow where nothing topples.
    void mark(Point at, Rgba colour, bool topples, int look) {
        const double r = std::min(0.26 * z_.text_px, 0.06 * place_.radius_px);
        if (!topples) {
            painter_.circle(at, r, theme_.plot_page);
            painter_.ring(at, r, colour, 0.4 * r);
        } else if (look == 0) {
            painter_.circle(at, r, colour);
        } else {
            const std::array<Point, 4> corners{Point{at.x, at.y - 1.3 * r}, Point{at.x + 1.3 * r, at.y},
                                               Point{at.x, at.y + 1.3 * r}, Point{at.x - 1.3 * r, at.y}};
            painter_.polygon(corners, colour);
        }
    }

    void words() {
        const double left = beside_ ? words_left_ : box_.left + z_.pad_px;
        const Point title_at{left, box_.top + z_.pad_px + 0.5 * z_.row_px};
        TextStyle title = z_.title;
        title.down = Align::middle;
        painter_.text(title_at,
                      text_in(painter_, chart_.title, title, box_.left + box_.width - left - z_.pad_px),
                      theme_.text, title);
        // The rings' numbers lie over the curves, between two directions.
        const bool crowded = step_ / place_.rim_Ns * place_.radius_px < 1.5 * z_.tick_px;
        for (double ring = crowded ? place_.rim_Ns : step_; step_ > 0.0 && ring < place_.rim_Ns + 0.5 * step_;
             ring += step_) {
            const std::string text =
                tick_text(ring, step_) + (ring > place_.rim_Ns - 0.5 * step_ ? " N s" : "");
            const Point at = place_.at(326.0, ring), size = painter_.text_size(text, z_.tick);
            Rgba page = theme_.plot_page;
            page.a = 0.8f;
            painter_.box({at.x - 1.0, at.y - 0.5 * size.y, size.x + 2.0, size.y}, page);
            painter_.text(at, text, theme_.quiet_text, {z_.tick_px, false, Align::start, Align::middle});
        }
        double y = beside_ ? title_at.y + 1.2 * z_.row_px : place_.centre.y - place_.radius_px;
        for (const PushRose& rose : chart_.roses) {
            const int look = look_of(rose);
            const Rgba colour = theme_.series[static_cast<std::size_t>(look)];
            if (!rose.petals.empty() && words_left_ + z_.swatch_px < box_.left + box_.width) {
                const Stroke swatch{{words_left_, y}, {words_left_ + z_.swatch_px, y}};
                for (const Stroke& dash : dashed(swatch, look, z_.line_px))
                    painter_.line(dash, colour, z_.line_px);
                mark({words_left_ + 0.5 * z_.swatch_px, y}, colour, true, look);
            }
            y = paragraph(rose_sentence(rose, chart_.most_Ns), words_left_ + z_.swatch_px + 0.6 * z_.text_px,
                          y, theme_.text);
            y += 0.5 * z_.tick_px;
        }
        y = paragraph("Least impulse that topples, pushed at " + percent_text(chart_.height_ratio)
                          + " of stature for " + number_text(k_push_s) + " s.",
                      words_left_, y, theme_.quiet_text);
        if (!chart_.roses.empty()) paragraph(chart_.roses.front().note, words_left_, y, theme_.quiet_text);
    }

    /// Broken into lines as wide as the room; what would leave the box is left out. Returns where the next one begins.
    double paragraph(const std::string& text, double left, double y, Rgba colour) {
        const double room = box_.left + box_.width - z_.pad_px - left, row = 1.35 * z_.tick_px;
        if (room < 8.0 * z_.tick_px) return y;
        TextStyle style = z_.tick;
        style.down = Align::middle;
        std::string line;
        const auto put = [&] {
            if (y + 0.5 * row <= box_.top + box_.height) painter_.text({left, y}, line, colour, style);
            y += row;
        };
        for (std::size_t from = 0; from < text.size();) {
            const std::size_t end = std::min(text.find(' ', from), text.size());
            const std::string longer = line + (line.empty() ? "" : " ") + text.substr(from, end - from);
            if (!line.empty() && painter_.text_size(longer, style).x > room) {
                put();
                line = text.substr(from, end - from);
            } else {
                line = longer;
            }
            from = end + 1;
        }
        put();
        return y;
    }

    Painter& painter_;
    const RoseChart& chart_;
    const Box box_;
    const Theme& theme_;
    const ChartSizes z_;
    RosePlace place_;
    bool beside_ = false;
    double step_ = 0.0, words_left_ = 0.0;
};

}  // namespace

Point RosePlace::at(double direction_deg, double impulse_Ns) const {
    const double a = direction_deg * k_deg_to_rad, r = impulse_Ns / rim_Ns * radius_px;
    return {centre.x - r * std::sin(a), centre.y - r * std::cos(a)};
}

std::optional<double> RosePlace::direction_at(Point place) const {
    const double left = centre.x - place.x, up = centre.y - place.y;
    if (!(std::hypot(left, up) <= radius_px)) return std::nullopt;
    const double deg = std::atan2(left, up) * k_rad_to_deg;
    return deg < 0.0 ? deg + 360.0 : deg;
}

RosePlace draw_rose(Painter& painter, const RoseChart& chart, const Box& box, const Theme& theme,
                    double text_px) {
    if (!(box.width >= 1.0) || !(box.height >= 1.0) || !(text_px > 0.0)) return {};
    painter.push_clip(box);
    const RosePlace place = RoseDrawing(painter, chart, box, theme, text_px).draw();
    painter.pop_clip();
    return place;
}

std::string rose_sentence(const PushRose& rose, double most_Ns) {
    const std::string moment = moment_title(rose.moment) + ": ";
    if (!rose.problem.empty()) return moment + rose.problem;
    if (const RosePetal* least = weakest(rose))
        return moment + "least " + fixed_text(*least->topples_Ns, 0) + " N s, "
               + push_way_in_words(least->direction_deg);
    return moment + "nothing up to " + fixed_text(most_Ns, 0) + " N s topples";
}

std::string rose_reading(const RoseChart& chart, double direction_deg) {
    std::string text;
    for (const PushRose& rose : chart.roses) {
        if (rose.petals.empty()) continue;
        const auto off = [&](const RosePetal& petal) {
            return std::abs(std::remainder(petal.direction_deg - direction_deg, 360.0));
        };
        const RosePetal& nearest = *std::ranges::min_element(rose.petals, {}, off);
        if (text.empty())
            text = number_text(nearest.direction_deg) + "\u00b0, " + push_way_in_words(nearest.direction_deg);
        text += "\n" + moment_title(rose.moment) + ": " + petal_words(nearest, chart.most_Ns);
    }
    return text;
}

}  // namespace plumb
