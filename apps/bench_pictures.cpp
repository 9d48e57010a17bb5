// One sample after the other over a run of the default person.
#include "apps/bench_pictures.h"

#include <atomic>
#include <chrono>

#include "render/gl/offscreen.h"
#include "render/gl/renderer.h"
#include "render/lab/jobs.h"
#include "sim/engine/simulate.h"
#include "sim/scenario/scenario_fields.h"

namespace plumb {
namespace {

double ms_of(const auto& work) {
    const auto start = std::chrono::steady_clock::now();
    work();
    return std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - start).count();
}

}  // namespace

void PictureTimes::measure() {
    const OffscreenContext context;
    Renderer renderer;
    renderer.set_tier(Tier::low);
    const SceneBuilder builder(simulate({.person = {.ankle_dorsiflexion_deg = 18.0}}));
    SceneOptions options;
    options.cell_m = k_skin_coarse_m;
    constexpr int k_width = 1280, k_height = 800, k_frames = 8;
    const Camera camera = view_camera(View::orbit, 1.75, static_cast<double>(k_width) / k_height);
    const size_t every = builder.recording().frames.size() / k_frames;
    const auto draw = [&](const Scene& scene) {
        renderer.draw(scene, camera, k_width, k_height);
        (void)renderer.read();  // waits until it is drawn
    };
    draw(builder.at(0, options));  // the first one makes the buffers
    for (size_t i = 0; i < k_frames; ++i) {
        Scene scene;
        skin_ms.push_back(
            ms_of([&] { (void)builder.person(builder.recording().frames[i * every].pose, options); }));
        const double scene_ms = ms_of([&] { scene = builder.at(i * every, options); });
        draw_ms.push_back(ms_of([&] { draw(scene); }));
        frame_ms.push_back(scene_ms + draw_ms.back());
    }
    const std::atomic<bool> stale = false;
    for (const double ankle_deg : {18.0, 25.0, 32.0, 38.0}) {
        const ScenarioDef resolved = resolve_scenario({.person = {.ankle_dorsiflexion_deg = ankle_deg}});
        preview_ms.push_back(ms_of([&] { (void)make_preview(resolved, stale); }));
    }
}

}  // namespace plumb
