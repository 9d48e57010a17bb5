// The lab into its own framebuffer, driven by frames of 1/60 s.
#include <chrono>
#include <stdexcept>
#include <thread>

#include <GL/glcorearb.h>
#include <backends/imgui_impl_opengl3.h>

#include "render/gl/offscreen.h"
#include "render/gl/target.h"
#include "render/lab/imgui_keys.h"
#include "render/lab/script.h"
#include "render/lab/window.h"
#include "render/report/cairo_painter.h"
#include "sim/base/input_error.h"
#include "sim/base/input_file.h"

namespace plumb {
namespace {

constexpr double k_frame_s = 1.0 / 60.0;
constexpr int k_script_picture_frames = 60;  ///< a script draws its picture once in so many frames
constexpr int k_settle_frames = 4;           ///< before a screenshot
constexpr int k_most_played_frames = 60 * 60 * 60;
constexpr InputFileKind k_script_file = {"script", 1u << 20};

struct ImGuiOffscreen {
    ImGuiOffscreen(int width, int height) {
        ImGui::CreateContext();
        ImGuiIO& io = ImGui::GetIO();
        io.IniFilename = nullptr;
        io.DisplaySize = {static_cast<float>(width), static_cast<float>(height)};
        io.DeltaTime = static_cast<float>(k_frame_s);
        name_keys(io);
        ImGui_ImplOpenGL3_Init("#version 330 core");
    }
    ~ImGuiOffscreen() {
        ImGui_ImplOpenGL3_Shutdown();
        ImGui::DestroyContext();
    }
    ImGuiOffscreen(const ImGuiOffscreen&) = delete;
    ImGuiOffscreen& operator=(const ImGuiOffscreen&) = delete;
};

}  // namespace

ScriptResult run_headless(LabDef def, const HeadlessDef& headless) {
    std::vector<ScriptLine> lines;
    if (!headless.script.empty())
        lines = parse_script(read_input_file(headless.script, k_script_file), headless.script.string());
    ScriptPlayer player(std::move(lines));
    OffscreenContext context;
    ImGuiOffscreen imgui(headless.width, headless.height);
    Target target;
    target.resize(headless.width, headless.height, 0);
    Lab lab(std::move(def), {});
    if (headless.dark) lab.set_dark(true);
    const auto write = [&](const std::filesystem::path& path) {
        Picture picture = target.read();
        for (size_t i = 3; i < picture.rgba.size(); i += 4) picture.rgba[i] = 255;  // a window is not clear
        if (!write_whole(path, png_bytes(picture.rgba.data(), picture.width, picture.height)))
            throw InputError(path.string() + ": cannot be written");
    };
    const bool scripted = !headless.script.empty();
    int settled = 0;
    int counted = 0;
    for (int frame = 0; counted < k_most_played_frames; ++frame) {
        if (!player.has_own_clock()) ++counted;
        lab.keep_style(headless.scale);
        ImGui_ImplOpenGL3_NewFrame();
        // A person holds the mouse until the body follows.
        const bool holds = lab.preparing_push();
        if (!holds) player.before_frame(lab);
        ImGui::NewFrame();
        // Frames that nobody draws are short: what runs in the background gets a person's patience.
        if (scripted && (holds || player.waits())) std::this_thread::sleep_for(std::chrono::milliseconds(16));
        // In software a picture costs ten times what all else does.
        const bool drawn = scripted ? player.looks() || frame % k_script_picture_frames == 0 : settled > 0;
        lab.draw_picture(drawn);
        lab.frame(k_frame_s);
        ImGui::Render();
        if (drawn) {
            target.bind();
            glClearColor(1.0f, 1.0f, 1.0f, 1.0f);
            glClear(GL_COLOR_BUFFER_BIT);
            ImGui_ImplOpenGL3_RenderDrawData(ImGui::GetDrawData());
        }
        if (!holds) player.after_frame(lab);
        if (const std::string path = player.take_screenshot(); !path.empty()) write(path);
        if (scripted && player.done()) break;
        if (!scripted) {
            // A picture of the run where it tells most: where balance was lost, else at the bottom.
            const LabRun* run = lab.session().current();
            if (run == nullptr || lab.session().working() || lab.session().helps().searching()) {
                std::this_thread::sleep_for(std::chrono::milliseconds(2));
                if (!lab.session().trouble().empty() && !lab.session().working() && frame > 10) break;
                continue;
            }
            lab.session().playhead.playing = false;
            const Assessment& a = run->result.assessment;
            const MovementDef& m = run->result.recording->scenario.movement;
            lab.session().playhead.time_s =
                a.com_exit ? a.com_exit->time_s + 0.3 : 1.0 + m.descend_s + 0.5 * m.hold_s;
            if (++settled >= k_settle_frames) break;
        }
    }
    if (scripted) player.give_up();
    lab.save_state();
    if (!headless.screenshot.empty()) write(headless.screenshot);
    return {player.passed(), player.failed(), player.report()};
}

}  // namespace plumb
