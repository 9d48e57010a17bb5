// The renderer's shader programs for a tier, and which tier suits the context.
#pragma once

#include <string>

#include "render/gl/program.h"
#include "render/gl/renderer.h"

namespace plumb {

/// Asks the current context; throws std::runtime_error when there is none or it is older than OpenGL 3.3.
[[nodiscard]] Tier tier_of_context();

struct Programs {
    Program solid, shaded_floor, far_floor, sky, shadow{"shadow_vert", "nothing_frag"},
        patch{"patch_vert", "patch_frag"};

    explicit Programs(Tier tier) : Programs(head(tier) + std::string(shader_text("shadow_lookup")), "") {}

  private:
    Programs(const std::string& lookup, const std::string& plain)
        : solid("solid_vert", "solid_frag", lookup),
          shaded_floor("floor_vert", "floor_frag", "#define SHADED\n" + lookup),
          far_floor("floor_vert", "floor_frag", plain),
          sky("sky_vert", "sky_frag") {}
    static std::string head(Tier tier) { return tier == Tier::full ? "#define SOFT_SHADOW\n" : ""; }
};

}  // namespace plumb
