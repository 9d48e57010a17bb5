// The painter of PNG, SVG and PDF: Cairo with Pango's text.
#pragma once

#include <cstdint>
#include <functional>
#include <string>

#include "render/scene/painter.h"

namespace plumb {

/// Paints over rows of RGBA bytes (top row first), as a still's words and lines are.
void paint_over(std::uint8_t* rgba, int width, int height, const std::function<void(Painter&)>& paint);

/// The bytes of a picture; the same input gives the same bytes.
[[nodiscard]] std::string png_of(int width, int height, Rgba page,
                                 const std::function<void(Painter&)>& paint);
[[nodiscard]] std::string svg_of(int width, int height, Rgba page,
                                 const std::function<void(Painter&)>& paint);
/// A PNG of rows of RGBA bytes, top row first.
[[nodiscard]] std::string png_bytes(const std::uint8_t* rgba, int width, int height);

}  // namespace plumb
