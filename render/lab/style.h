// Fonts and the look of controls, made afresh from the theme whenever text size or theme change.
#pragma once

#include "render/lab/imgui_shim.h"
#include "render/scene/theme.h"

namespace plumb {

struct Fonts {
    ImFont* text = nullptr;
    ImFont* bold = nullptr;
    ImFont* big = nullptr;  ///< numbers
    ImFont* title = nullptr;
};

/// Height of ordinary text [px] at a scale of 1.
inline constexpr float k_text_px = 16.0f;

/// Loads Inter, else Noto Sans, else ImGui's own, at this scale. Call between frames; the backend's texture must be made again.
[[nodiscard]] Fonts load_fonts(float scale);

/// A fresh style in the theme's colours at this scale.
void apply_style(const Theme& theme, float scale);

}  // namespace plumb
