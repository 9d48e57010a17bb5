// The lab into its own framebuffer, driven by frames of 1/60 s.
#include <chrono>
#include <fstream>
#include <sstream>
#include <stdexcept>
#include <thread>

#include <GL/glcorearb.h>
#include <backends/imgui_impl_opengl3.h>

#include "render/gl/offscreen.h"
#include "render/lab/script.h"
#include "render/lab/window.h"
#include "render/report/cairo_painter.h"
#include "sim/base/input_error.h"
#include "sim/base/input_file.h"

namespace plumb {
namespace {

constexpr double k_frame_s = 1.0 / 60.0;
constexpr int k_script_picture_frames = 60;  ///< a script draws its picture once in so many frames
constexpr int k_most_frames = 60 * 60 * 60;
constexpr InputFileKind k_script_file = {"script", 1u << 20};

struct Target {
    GLuint frame = 0, colour = 0;
    int width, height;
    Target(int w, int h) : width(w), height(h) {
        glGenFramebuffers(1, &frame);
        glGenTextures(1, &colour);
        glBindTexture(GL_TEXTURE_2D, colour);
        glTexImage2D(GL_TEXTURE_2D, 0, GL_RGBA8, w, h, 0, GL_RGBA, GL_UNSIGNED_BYTE, nullptr);
        glBindFramebuffer(GL_FRAMEBUFFER, frame);
        glFramebufferTexture2D(GL_FRAMEBUFFER, GL_COLOR_ATTACHMENT0, GL_TEXTURE_2D, colour, 0);
    }
    ~Target() {
        glDeleteFramebuffers(1, &frame);
        glDeleteTextures(1, &colour);
    }
    Target(const Target&) = delete;
    Target& operator=(const Target&) = delete;

    [[nodiscard]] std::string png() const {
        const size_t row = static_cast<size_t>(width) * 4, rows = static_cast<size_t>(height);
        std::vector<std::uint8_t> read(row * rows), turned(row * rows);
        glBindFramebuffer(GL_READ_FRAMEBUFFER, frame);
        glPixelStorei(GL_PACK_ALIGNMENT, 1);
        glReadPixels(0, 0, width, height, GL_RGBA, GL_UNSIGNED_BYTE, read.data());
        for (size_t y = 0; y < rows; ++y)
            std::copy_n(read.data() + y * row, row, turned.data() + (rows - 1 - y) * row);
        for (size_t i = 3; i < turned.size(); i += 4) turned[i] = 255;
        return png_bytes(turned.data(), width, height);
    }
};

struct ImGuiOffscreen {
    ImGuiOffscreen(int width, int height) {
        ImGui::CreateContext();
        ImGuiIO& io = ImGui::GetIO();
        io.IniFilename = nullptr;
        io.DisplaySize = {static_cast<float>(width), static_cast<float>(height)};
        io.DeltaTime = static_cast<float>(k_frame_s);
        for (int key = 0; key < ImGuiKey_COUNT; ++key) io.KeyMap[key] = key;
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
    const Target target(headless.width, headless.height);
    Lab lab(std::move(def), {});
    lab.set_dark(headless.dark);
    float styled = 0.0f;
    bool dark = !headless.dark;
    const auto write = [&](const std::filesystem::path& path) {
        if (!write_whole(path, target.png())) throw InputError(path.string() + ": cannot be written");
    };
    const bool scripted = !headless.script.empty();
    for (int frame = 0; frame < k_most_frames; ++frame) {
        const float scale = headless.scale * static_cast<float>(lab.settings().zoom);
        if (scale != styled || dark != lab.settings().dark) {
            styled = scale;
            dark = lab.settings().dark;
            lab.restyle(scale);
            ImGui_ImplOpenGL3_DestroyFontsTexture();
            ImGui_ImplOpenGL3_CreateFontsTexture();
        }
        ImGui_ImplOpenGL3_NewFrame();
        player.before_frame(lab);
        ImGui::NewFrame();
        // Frames that nobody draws are short: what runs in the background gets a person's patience.
        if (scripted && (lab.session().working() || lab.session().searching()))
            std::this_thread::sleep_for(std::chrono::milliseconds(8));
        // In software a picture costs ten times what all else does.
        const bool drawn = !scripted || player.looks() || frame % k_script_picture_frames == 0;
        lab.draw_picture(drawn);
        lab.frame(k_frame_s, scale);
        ImGui::Render();
        if (drawn) {
            glBindFramebuffer(GL_FRAMEBUFFER, target.frame);
            glViewport(0, 0, target.width, target.height);
            glClearColor(1.0f, 1.0f, 1.0f, 1.0f);
            glClear(GL_COLOR_BUFFER_BIT);
            ImGui_ImplOpenGL3_RenderDrawData(ImGui::GetDrawData());
        }
        player.after_frame(lab);
        if (const std::string path = player.take_screenshot(); !path.empty()) write(path);
        if (scripted && player.done()) break;
        if (!scripted) {
            // A picture of the run where it tells most: where balance was lost, else at the bottom.
            const LabRun* run = lab.session().current();
            if (run == nullptr || lab.session().working()) {
                if (!lab.session().trouble().empty() && !lab.session().working() && frame > 10) break;
                continue;
            }
            lab.session().playhead.playing = false;
            const Assessment& a = run->result.assessment;
            const MovementDef& m = run->result.recording->scenario.movement;
            lab.session().playhead.time_s =
                a.com_exit ? a.com_exit->time_s + 0.3 : 1.0 + m.descend_s + 0.5 * m.hold_s;
            static constexpr int k_settle_frames = 4;
            static thread_local int settled = 0;
            if (++settled >= k_settle_frames) {
                settled = 0;
                break;
            }
        }
    }
    if (scripted) player.give_up();
    if (!headless.screenshot.empty()) write(headless.screenshot);
    return {player.passed(), player.failed(), player.report()};
}

}  // namespace plumb
