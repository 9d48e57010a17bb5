// Dear ImGui as this system has it.
#pragma once

#include <imgui.h>
#include <imgui_internal.h>
#include <imgui_stdlib.h>

#include "render/scene/mesh.h"

namespace plumb {

inline ImVec4 im_vec(Rgba c) { return {c.r, c.g, c.b, c.a}; }
inline ImU32 im_colour(Rgba c) { return ImGui::ColorConvertFloat4ToU32(im_vec(c)); }

}  // namespace plumb
