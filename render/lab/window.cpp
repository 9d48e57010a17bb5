// GLFW, ImGui's back ends, and the loop that sleeps when nothing moves.
#include "render/lab/window.h"

#include <algorithm>
#include <cmath>
#include <stdexcept>

#include <GL/glcorearb.h>
#include <GLFW/glfw3.h>
#include <backends/imgui_impl_glfw.h>
#include <backends/imgui_impl_opengl3.h>

#include "render/lab/lab.h"

namespace plumb {
namespace {

constexpr int k_least_width = 640, k_least_height = 420;
constexpr double k_idle_s = 0.5;  ///< how long a still window sleeps at most

/// GLFW and one window, gone together.
struct GlfwWindow {
    GLFWwindow* window = nullptr;
    GlfwWindow() {
        static std::string trouble;  // GLFW's callback takes no context
        glfwSetErrorCallback([](int, const char* text) { trouble = text; });
        if (glfwInit() == GLFW_FALSE)
            throw std::runtime_error("the lab needs a display (DISPLAY or WAYLAND_DISPLAY): " + trouble
                                     + ". Without one: plumbline run, plumbline render");
        glfwWindowHint(GLFW_CONTEXT_VERSION_MAJOR, 3);
        glfwWindowHint(GLFW_CONTEXT_VERSION_MINOR, 3);
        glfwWindowHint(GLFW_OPENGL_PROFILE, GLFW_OPENGL_CORE_PROFILE);
        glfwWindowHint(GLFW_OPENGL_FORWARD_COMPAT, GLFW_TRUE);
        glfwWindowHint(GLFW_SCALE_TO_MONITOR, GLFW_TRUE);
        window = glfwCreateWindow(1280, 800, "Plumbline", nullptr, nullptr);
        if (window == nullptr) {
            glfwTerminate();
            throw std::runtime_error("the lab needs OpenGL 3.3: " + trouble);
        }
        glfwSetWindowSizeLimits(window, k_least_width, k_least_height, GLFW_DONT_CARE, GLFW_DONT_CARE);
        glfwMakeContextCurrent(window);
        glfwSwapInterval(1);
    }
    ~GlfwWindow() {
        glfwDestroyWindow(window);
        glfwTerminate();
    }
    GlfwWindow(const GlfwWindow&) = delete;
    GlfwWindow& operator=(const GlfwWindow&) = delete;
};

struct ImGuiInWindow {
    explicit ImGuiInWindow(GLFWwindow* window) {
        ImGui::CreateContext();
        ImGui::GetIO().IniFilename = nullptr;
        ImGui::GetIO().ConfigFlags |= ImGuiConfigFlags_NavEnableKeyboard;
        ImGui_ImplGlfw_InitForOpenGL(window, true);
        ImGui_ImplOpenGL3_Init("#version 330 core");
    }
    ~ImGuiInWindow() {
        ImGui_ImplOpenGL3_Shutdown();
        ImGui_ImplGlfw_Shutdown();
        ImGui::DestroyContext();
    }
    ImGuiInWindow(const ImGuiInWindow&) = delete;
    ImGuiInWindow& operator=(const ImGuiInWindow&) = delete;
};

}  // namespace

void run_window(LabDef def) {
    GlfwWindow glfw;
    ImGuiInWindow imgui(glfw.window);
    Lab lab(std::move(def), [] { glfwPostEmptyEvent(); });
    double before_s = glfwGetTime();
    int settle = 3;  // ImGui needs some frames after the last input
    while (glfwWindowShouldClose(glfw.window) == GLFW_FALSE) {
        if (lab.lively() || settle > 0)
            glfwPollEvents();
        else
            glfwWaitEventsTimeout(k_idle_s);
        float content = 1.0f, unused = 1.0f;
        glfwGetWindowContentScale(glfw.window, &content, &unused);
        lab.keep_style(content);
        ImGui_ImplOpenGL3_NewFrame();
        ImGui_ImplGlfw_NewFrame();
        ImGui::NewFrame();
        const double now_s = glfwGetTime();
        lab.frame(now_s - before_s);
        before_s = now_s;
        ImGui::Render();
        int width = 0, height = 0;
        glfwGetFramebufferSize(glfw.window, &width, &height);
        glBindFramebuffer(GL_FRAMEBUFFER, 0);
        glViewport(0, 0, width, height);
        glClearColor(1.0f, 1.0f, 1.0f, 1.0f);
        glClear(GL_COLOR_BUFFER_BIT);
        ImGui_ImplOpenGL3_RenderDrawData(ImGui::GetDrawData());
        glfwSwapBuffers(glfw.window);
        const ImGuiIO& io = ImGui::GetIO();
        const bool touched = io.MouseDelta.x != 0.0f || io.MouseDelta.y != 0.0f || io.MouseWheel != 0.0f
                             || ImGui::IsAnyMouseDown() || ImGui::IsAnyItemActive();
        settle = touched ? 3 : std::max(0, settle - 1);
    }
    lab.save_state();
}

}  // namespace plumb
