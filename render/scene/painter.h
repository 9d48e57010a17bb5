// Drawing in two dimensions without saying where: the window, a PNG, an SVG and a PDF page stand behind it.
#pragma once

#include <span>
#include <string_view>

#include "render/scene/mesh.h"

namespace plumb {

/// A place on the page [px], x to the right, y down.
struct Point {
    double x = 0.0, y = 0.0;
};
struct Box {
    double left = 0.0, top = 0.0, width = 0.0, height = 0.0;
};

enum class LineStyle { solid, dashed, dotted };
enum class Align { start, middle, end };

/// Text of this height [px]. `across` and `down` say which part of the text lies at the given point.
struct TextStyle {
    double size_px = 13.0;
    bool bold = false;
    Align across = Align::start;
    Align down = Align::start;
    bool upward = false;  ///< turned by 90 degrees, read from bottom to top
};

class Painter {
  public:
    virtual ~Painter() = default;
    virtual void line(std::span<const Point> points, Rgba colour, double width_px,
                      LineStyle style = LineStyle::solid) = 0;
    /// Filled; simple polygons, convex or not.
    virtual void polygon(std::span<const Point> corners, Rgba fill) = 0;
    virtual void circle(Point centre, double radius_px, Rgba fill) = 0;
    virtual void ring(Point centre, double radius_px, Rgba colour, double width_px) = 0;
    virtual void box(Box box, Rgba fill, double corner_px = 0.0) = 0;
    virtual void text(Point at, std::string_view text, Rgba colour, const TextStyle& style = {}) = 0;
    /// Width and height [px].
    [[nodiscard]] virtual Point text_size(std::string_view text, const TextStyle& style = {}) const = 0;
    virtual void push_clip(Box box) = 0;
    virtual void pop_clip() = 0;
};

}  // namespace plumb
