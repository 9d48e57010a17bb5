// Lines with dashes, text in any direction.
#include "render/lab/imgui_painter.h"

#include <algorithm>
#include <cmath>
#include <vector>

namespace plumb {
namespace {

ImVec2 im(Point p) { return {static_cast<float>(p.x), static_cast<float>(p.y)}; }

}  // namespace

void ImGuiPainter::line(std::span<const Point> points, Rgba colour, double width_px, LineStyle style) {
    const auto width = static_cast<float>(width_px);
    const ImU32 c = im_colour(colour);
    if (style == LineStyle::solid) {
        std::vector<ImVec2> at;
        at.reserve(points.size());
        for (const Point& p : points) at.push_back(im(p));
        list_.AddPolyline(at.data(), static_cast<int>(at.size()), c, ImDrawFlags_None, width);
        return;
    }
    const double on = (style == LineStyle::dashed ? 4.0 : 1.2) * std::max(width_px, 1.5),
                 off = (style == LineStyle::dashed ? 2.5 : 2.0) * std::max(width_px, 1.5);
    double phase = 0.0;
    for (size_t i = 1; i < points.size(); ++i) {
        const double dx = points[i].x - points[i - 1].x, dy = points[i].y - points[i - 1].y;
        const double length = std::hypot(dx, dy);
        if (!(length > 0.0) || length > 1e5) continue;
        for (double at = 0.0; at < length;) {
            const double in = std::fmod(phase, on + off);
            const double step = std::min(length - at, in < on ? on - in : on + off - in);
            if (in < on)
                list_.AddLine(im({points[i - 1].x + dx * at / length, points[i - 1].y + dy * at / length}),
                              im({points[i - 1].x + dx * (at + step) / length,
                                  points[i - 1].y + dy * (at + step) / length}),
                              c, width);
            at += step + 1e-9;
            phase += step + 1e-9;
        }
    }
}

void ImGuiPainter::polygon(std::span<const Point> corners, Rgba fill) {
    // ImGui fills convex outlines; others are cut into ears.
    std::vector<Point> rest(corners.begin(), corners.end());
    if (rest.size() < 3) return;
    double area = 0.0;
    for (size_t i = 0; i < rest.size(); ++i) {
        const Point &a = rest[i], &b = rest[(i + 1) % rest.size()];
        area += a.x * b.y - a.y * b.x;
    }
    if (area < 0.0) std::reverse(rest.begin(), rest.end());
    const auto turn = [](Point a, Point b, Point c) {
        return (b.x - a.x) * (c.y - a.y) - (b.y - a.y) * (c.x - a.x);
    };
    bool convex = true;
    for (size_t i = 0; i < rest.size(); ++i)
        convex = convex && turn(rest[i], rest[(i + 1) % rest.size()], rest[(i + 2) % rest.size()]) >= -1e-9;
    const ImU32 c = im_colour(fill);
    if (convex) {
        std::vector<ImVec2> at;
        for (const Point& p : rest) at.push_back(im(p));
        list_.AddConvexPolyFilled(at.data(), static_cast<int>(at.size()), c);
        return;
    }
    for (size_t guard = 0; rest.size() > 3 && guard < corners.size() * corners.size(); ++guard) {
        bool cut = false;
        for (size_t i = 0; i < rest.size() && !cut; ++i) {
            const size_t j = (i + 1) % rest.size(), k = (i + 2) % rest.size();
            if (turn(rest[i], rest[j], rest[k]) <= 0.0) continue;
            bool empty = true;
            for (size_t o = 0; o < rest.size() && empty; ++o)
                if (o != i && o != j && o != k)
                    empty = !(turn(rest[i], rest[j], rest[o]) >= 0.0 && turn(rest[j], rest[k], rest[o]) >= 0.0
                              && turn(rest[k], rest[i], rest[o]) >= 0.0);
            if (!empty) continue;
            list_.AddTriangleFilled(im(rest[i]), im(rest[j]), im(rest[k]), c);
            rest.erase(rest.begin() + static_cast<std::ptrdiff_t>(j));
            cut = true;
        }
        if (!cut) break;
    }
    if (rest.size() == 3) list_.AddTriangleFilled(im(rest[0]), im(rest[1]), im(rest[2]), c);
}

void ImGuiPainter::circle(Point centre, double radius_px, Rgba fill) {
    list_.AddCircleFilled(im(centre), static_cast<float>(radius_px), im_colour(fill));
}

void ImGuiPainter::ring(Point centre, double radius_px, Rgba colour, double width_px) {
    list_.AddCircle(im(centre), static_cast<float>(radius_px), im_colour(colour), 0,
                    static_cast<float>(width_px));
}

void ImGuiPainter::box(Box box, Rgba fill, double corner_px) {
    list_.AddRectFilled(im({box.left, box.top}), im({box.left + box.width, box.top + box.height}),
                        im_colour(fill), static_cast<float>(corner_px));
}

Point ImGuiPainter::text_size(std::string_view text, const TextStyle& style) const {
    const ImFont* font = style.bold ? fonts_.bold : fonts_.text;
    const ImVec2 size = font->CalcTextSizeA(static_cast<float>(style.size_px), 1e6f, 0.0f, text.data(),
                                            text.data() + text.size());
    return style.upward ? Point{size.y, size.x} : Point{size.x, size.y};
}

void ImGuiPainter::text(Point at, std::string_view text, Rgba colour, const TextStyle& style) {
    const Point size = text_size(text, style);
    const auto shift = [](Align align, double extent) {
        return align == Align::start ? 0.0 : align == Align::middle ? -0.5 * extent : -extent;
    };
    const Point corner{at.x + shift(style.across, size.x), at.y + shift(style.down, size.y)};
    ImFont* font = style.bold ? fonts_.bold : fonts_.text;
    const int first = list_.VtxBuffer.Size;
    list_.AddText(font, static_cast<float>(style.size_px), im(corner), im_colour(colour), text.data(),
                  text.data() + text.size());
    if (!style.upward) return;
    // A quarter turn about the corner, then down by the text's length: it reads from bottom to top.
    for (int i = first; i < list_.VtxBuffer.Size; ++i) {
        ImVec2& p = list_.VtxBuffer[i].pos;
        const float dx = p.x - static_cast<float>(corner.x), dy = p.y - static_cast<float>(corner.y);
        p = {static_cast<float>(corner.x) + dy, static_cast<float>(corner.y + size.y) - dx};
    }
}

void ImGuiPainter::push_clip(Box box) {
    list_.PushClipRect(im({box.left, box.top}), im({box.left + box.width, box.top + box.height}), true);
}

}  // namespace plumb
