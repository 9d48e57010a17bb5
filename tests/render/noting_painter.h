// A painter that draws nothing and notes how far everything reaches.
#pragma once

#include <algorithm>
#include <cmath>
#include <limits>
#include <string>
#include <vector>

#include "render/scene/painter.h"

namespace plumb::test {

class NotingPainter : public Painter {
  public:
    struct Text {
        std::string text;
        Box box;
    };
    std::vector<Text> texts;
    std::vector<Box> extents;  ///< of every mark, before any clip
    int clips = 0;

    void line(std::span<const Point> points, Rgba /*colour*/, double width_px, LineStyle /*style*/) override {
        note(points, clip_or(0.5 * width_px));
    }
    void polygon(std::span<const Point> corners, Rgba /*fill*/) override { note(corners, 0.0); }
    void circle(Point centre, double radius_px, Rgba /*fill*/) override {
        note({&centre, 1}, clip_or(radius_px));
    }
    void ring(Point centre, double radius_px, Rgba /*colour*/, double width_px) override {
        note({&centre, 1}, clip_or(radius_px + 0.5 * width_px));
    }
    void box(Box box, Rgba /*fill*/, double /*corner_px*/) override { extents.push_back(box); }
    void text(Point at, std::string_view text, Rgba /*colour*/, const TextStyle& style) override {
        const Point size = text_size(text, style);
        const auto shift = [](Align a, double s) {
            return a == Align::start ? 0.0 : a == Align::middle ? -s / 2.0 : -s;
        };
        Box box{at.x + shift(style.across, size.x), at.y + shift(style.down, size.y), size.x, size.y};
        if (style.upward)
            box = {at.x + shift(style.down, size.x), at.y - shift(style.across, size.y) - size.y, size.x,
                   size.y};
        texts.push_back({std::string(text), box});
        extents.push_back(box);
    }
    [[nodiscard]] Point text_size(std::string_view text, const TextStyle& style) const override {
        const Point size{0.6 * style.size_px * static_cast<double>(text.size()), 1.2 * style.size_px};
        return style.upward ? Point{size.y, size.x} : size;
    }
    void push_clip(Box /*box*/) override { ++clips; }
    void pop_clip() override { --clips; }

    [[nodiscard]] bool inside(const Box& box, double slack_px) const {
        return std::ranges::all_of(extents, [&](const Box& e) {
            return e.left >= box.left - slack_px && e.top >= box.top - slack_px
                   && e.left + e.width <= box.left + box.width + slack_px
                   && e.top + e.height <= box.top + box.height + slack_px;
        });
    }
    /// The whole reach in words, for a failed test.
    [[nodiscard]] std::string widest() const {
        double left = 1e300, top = 1e300, right = -1e300, bottom = -1e300;
        for (const Box& e : extents) {
            left = std::min(left, e.left);
            top = std::min(top, e.top);
            right = std::max(right, e.left + e.width);
            bottom = std::max(bottom, e.top + e.height);
        }
        return std::to_string(left) + " " + std::to_string(top) + " to " + std::to_string(right) + " "
               + std::to_string(bottom);
    }

  private:
    /// Within the clip of the inside a dot is cut at the side.
    double clip_or(double radius_px) const { return clips > 1 ? 0.0 : radius_px; }
    void note(std::span<const Point> points, double around_px) {
        double left = std::numeric_limits<double>::infinity(), top = left, right = -left, bottom = -left;
        bool numbers = !points.empty();
        for (const Point& p : points) {
            numbers = numbers && std::isfinite(p.x) && std::isfinite(p.y);
            left = std::min(left, p.x - around_px);
            top = std::min(top, p.y - around_px);
            right = std::max(right, p.x + around_px);
            bottom = std::max(bottom, p.y + around_px);
        }
        // NaN is outside of every box.
        const double none = std::numeric_limits<double>::quiet_NaN();
        extents.push_back(numbers ? Box{left, top, right - left, bottom - top} : Box{none, none, none, none});
    }
};

/// Whether exactly this was written somewhere.
inline bool says(const NotingPainter& painter, const std::string& text) {
    return std::ranges::any_of(painter.texts, [&](const auto& t) { return t.text == text; });
}

}  // namespace plumb::test
