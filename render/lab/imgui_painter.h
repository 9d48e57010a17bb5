// The painter of the window: ImGui's draw list with the lab's fonts.
#pragma once

#include "render/lab/style.h"
#include "render/scene/painter.h"

namespace plumb {

class ImGuiPainter final : public Painter {
  public:
    ImGuiPainter(ImDrawList& list, const Fonts& fonts) : list_(list), fonts_(fonts) {}
    void line(std::span<const Point> points, Rgba colour, double width_px, LineStyle style) override;
    void polygon(std::span<const Point> corners, Rgba fill) override;
    void circle(Point centre, double radius_px, Rgba fill) override;
    void ring(Point centre, double radius_px, Rgba colour, double width_px) override;
    void box(Box box, Rgba fill, double corner_px) override;
    void text(Point at, std::string_view text, Rgba colour, const TextStyle& style) override;
    [[nodiscard]] Point text_size(std::string_view text, const TextStyle& style) const override;
    void push_clip(Box box) override;
    void pop_clip() override { list_.PopClipRect(); }

  private:
    ImDrawList& list_;
    const Fonts& fonts_;
};

}  // namespace plumb
