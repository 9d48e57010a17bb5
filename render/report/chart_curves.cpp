// Liang-Barsky clipping, then dashes measured along the line.
#include "render/report/chart_curves.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>

namespace plumb {
namespace {

constexpr double k_far_px = 1e8;   ///< farther off a place is all the same
constexpr double k_same_px = 0.2;  ///< nearer than this a point says nothing new
constexpr std::size_t k_looks = 6;

/// On, off, on, off ... in line widths; empty: solid.
const std::array<std::vector<double>, k_looks> k_dashes{{
    {},
    {11.0, 3.0},
    {4.5, 3.0},
    {1.5, 2.5},
    {9.0, 2.5, 1.5, 2.5},
    {7.0, 2.5, 1.5, 2.5, 1.5, 2.5},
}};

struct InsidePart {
    Point from, to;
    bool from_cut = false, to_cut = false;  ///< the box's side cut it there
};

/// The part of a straight line inside the box.
std::optional<InsidePart> inside_part(Point a, Point b, const Box& box) {
    double enter = 0.0, leave = 1.0;
    const double dx = b.x - a.x, dy = b.y - a.y;
    const std::array<std::array<double, 2>, 4> sides{{{-dx, a.x - box.left},
                                                      {dx, box.left + box.width - a.x},
                                                      {-dy, a.y - box.top},
                                                      {dy, box.top + box.height - a.y}}};
    for (const auto& [along, room] : sides) {
        if (along == 0.0) {
            if (room < 0.0) return std::nullopt;
        } else if (along < 0.0) {
            enter = std::max(enter, room / along);
        } else {
            leave = std::min(leave, room / along);
        }
    }
    if (!(enter <= leave)) return std::nullopt;
    // Rounding must not carry an end over the side again.
    const auto at = [&](double t) {
        return Point{std::clamp(a.x + t * dx, box.left, box.left + box.width),
                     std::clamp(a.y + t * dy, box.top, box.top + box.height)};
    };
    return InsidePart{enter > 0.0 ? at(enter) : a, leave < 1.0 ? at(leave) : b, enter > 0.0, leave < 1.0};
}

bool contains(const Box& box, Point p) {
    return p.x >= box.left && p.x <= box.left + box.width && p.y >= box.top && p.y <= box.top + box.height;
}

void add_point(Stroke& stroke, Point p, bool keep) {
    if (!keep && !stroke.empty() && std::hypot(p.x - stroke.back().x, p.y - stroke.back().y) < k_same_px)
        return;
    stroke.push_back(p);
}

void cut_run(const Stroke& run, const Box& box, std::vector<Stroke>& strokes) {
    if (run.size() == 1) {
        if (contains(box, run.front())) strokes.push_back(run);
        return;
    }
    Stroke stroke;
    const auto finish = [&] {
        // Points that all fell on one place still leave a dot.
        if (!stroke.empty()) strokes.push_back(std::move(stroke));
        stroke = {};
    };
    for (std::size_t i = 1; i < run.size(); ++i) {
        const auto piece = inside_part(run[i - 1], run[i], box);
        if (!piece) {
            finish();
            continue;
        }
        if (piece->from_cut) finish();
        if (stroke.empty()) stroke.push_back(piece->from);
        add_point(stroke, piece->to, piece->to_cut || i + 1 == run.size());
        if (piece->to_cut) finish();
    }
    finish();
}

}  // namespace

std::vector<Stroke> runs_of(const ChartSeries& series, const ChartPlace& place) {
    std::vector<Stroke> runs(1);
    const auto bounded = [](double px) { return std::clamp(px, -k_far_px, k_far_px); };
    for (std::size_t i = 0; i < std::min(series.x.size(), series.y.size()); ++i) {
        if (!std::isfinite(series.x[i]) || !std::isfinite(series.y[i])) {
            if (!runs.back().empty()) runs.emplace_back();
            continue;
        }
        const Point p = place.at(series.x[i], series.y[i]);
        runs.back().push_back({bounded(p.x), bounded(p.y)});
    }
    if (runs.back().empty()) runs.pop_back();
    return runs;
}

std::vector<Stroke> strokes_of(const ChartSeries& series, const ChartPlace& place) {
    std::vector<Stroke> strokes;
    for (const Stroke& run : runs_of(series, place)) cut_run(run, place.inside, strokes);
    return strokes;
}

std::vector<Stroke> dashed(const Stroke& stroke, int look, double width_px) {
    const std::size_t index = static_cast<std::size_t>(look < 0 ? 0 : look) % k_looks;
    const std::vector<double>& pattern = k_dashes[index];
    if (pattern.empty() || stroke.size() < 2) return {stroke};
    std::vector<Stroke> dashes{{stroke.front()}};
    std::size_t part = 0;
    double left_px = pattern[0] * width_px;
    for (std::size_t i = 1; i < stroke.size(); ++i) {
        Point at = stroke[i - 1];
        const Point end = stroke[i];
        double rest_px = std::hypot(end.x - at.x, end.y - at.y);
        while (rest_px > left_px) {
            const double t = left_px / rest_px;
            at = {at.x + t * (end.x - at.x), at.y + t * (end.y - at.y)};
            rest_px -= left_px;
            const bool was_on = part % 2 == 0;
            if (was_on)
                dashes.back().push_back(at);
            else
                dashes.push_back({at});
            part = (part + 1) % pattern.size();
            left_px = pattern[part] * width_px;
        }
        left_px -= rest_px;
        if (part % 2 == 0) dashes.back().push_back(end);
    }
    std::erase_if(dashes, [](const Stroke& dash) { return dash.size() < 2; });
    return dashes;
}

std::vector<double> crossings(const ChartSeries& series, double x, double apart) {
    constexpr std::size_t k_most = 4;
    std::vector<double> found;
    const auto add = [&](double y) {
        const bool near =
            std::ranges::any_of(found, [&](double other) { return std::abs(other - y) < apart; });
        if (!near && found.size() < k_most) found.push_back(y);
    };
    const std::size_t count = std::min(series.x.size(), series.y.size());
    for (std::size_t i = 0; i < count; ++i) {
        const double x1 = series.x[i], y1 = series.y[i];
        if (!std::isfinite(x1) || !std::isfinite(y1)) continue;
        if (x1 == x) add(y1);
        if (i == 0) continue;
        const double x0 = series.x[i - 1], y0 = series.y[i - 1];
        if (!std::isfinite(x0) || !std::isfinite(y0)) continue;
        if ((x0 < x && x < x1) || (x1 < x && x < x0)) {
            const double t = (x - x0) / (x1 - x0);
            add((1.0 - t) * y0 + t * y1);
        }
    }
    return found;
}

}  // namespace plumb
