// From a step of the exit to patches, marks and words.
#include "render/scene/side_exit_scene.h"

#include <algorithm>
#include <cmath>
#include <cstdio>

#include "render/scene/floor_lines.h"
#include "sim/base/check.h"

namespace plumb {
namespace {

/// Fingers have no joints here: what of them would be in the floor lies flat on it.
void lay_on_floor(Mesh& mesh) {
    for (Vertex& vertex : mesh.vertices) vertex.place_m[2] = std::max(vertex.place_m[2], 0.001f);
}

/// The way to the step takes more strength than there is.
bool asks_too_much(const SideExitStep& step) { return !(step.way_strength_use <= 1.0); }

std::string balance_words(const SideExitStep& step) {
    if (!step.feasible) return "Does not go: " + step.why_not;
    char text[96];
    std::snprintf(text, sizeof text, "Over the support, %.0f mm inside; %.0f %% of strength",
                  1000.0 * step.margin_m, 100.0 * step.strength_use);
    std::string words = text;
    if (asks_too_much(step)) {
        std::snprintf(text, sizeof text, " (the way here: %.0f %%)", 100.0 * step.way_strength_use);
        words += text;
    }
    return words;
}

}  // namespace

Scene side_exit_scene(const SceneBuilder& builder, const SideExit& exit, std::size_t step,
                      const SceneOptions& options) {
    PLUMB_CHECK(!exit.steps.empty(), "an exit has steps");
    const SideExitStep& at = exit.steps[std::min(step, exit.steps.size() - 1)];
    Scene scene;
    scene.theme = options.dark ? dark_theme() : light_theme();
    const Theme& t = scene.theme;
    const Rgba hue = !at.feasible ? t.bad : asks_too_much(at) ? t.warn : t.good;
    scene.solids.push_back(builder.person(at.pose, options));
    lay_on_floor(scene.solids.front());
    if (options.bases) {
        if (at.support.size() >= 3)
            scene.patches.push_back({at.support,
                                     faded(at.feasible ? t.base : t.bad, at.feasible ? t.base.a : 0.16f), hue,
                                     2.0f, at.feasible ? LineStyle::solid : LineStyle::dashed});
        if (at.region.size() >= 3)
            scene.patches.push_back(
                {at.region, t.support_region, faded(t.xcom, 0.9f), 1.5f, LineStyle::dotted});
        for (const RegionContact& contact : at.contacts)
            scene.marks.push_back({MarkKind::dot, on_floor(contact.point_m.head<2>()), 3.5f, t.cop});
    }
    const Vector3 com(at.com_m.x(), at.com_m.y(), at.com_height_m), below = on_floor(at.com_m);
    if (options.com) {
        scene.lines.push_back({{com, below}, t.com, 2.5f, LineStyle::dashed});
        scene.marks.push_back({MarkKind::com_ball, com, 11.0f, t.com});
        const bool out = !(at.margin_m >= 0.0);
        scene.marks.push_back({out ? MarkKind::cross : MarkKind::ring, below, out ? 12.0f : 8.0f, t.com});
    }
    if (options.callouts) {
        scene.callouts.push_back({com, at.words, t.text, 90.0, 50.0});
        scene.callouts.push_back({below, balance_words(at), hue, 90.0, -34.0});
    }
    return scene;
}

}  // namespace plumb
