// Inter in four sizes, and ImGui's colours from the one table.
#include "render/lab/style.h"

#include <array>
#include <filesystem>
#include <string>

namespace plumb {
namespace {

constexpr std::array<const char*, 5> k_font_folders = {
    "/usr/share/fonts/opentype/inter", "/usr/share/fonts/truetype/inter",
    "/usr/share/fonts/truetype/inter-variable", "/usr/share/fonts/opentype/inter/static",
    "/usr/share/fonts/truetype/noto"};

/// The first of these files that a font folder holds; empty when none.
std::string find_font(std::initializer_list<const char*> names) {
    std::error_code ignored;
    for (const char* name : names)
        for (const char* folder : k_font_folders) {
            const std::filesystem::path path = std::filesystem::path(folder) / name;
            if (std::filesystem::exists(path, ignored)) return path.string();
        }
    return "";
}

ImFont* add_font(const std::string& path, float px) {
    ImGuiIO& io = ImGui::GetIO();
    // Latin, dashes, quotes, arrows, degree, minus.
    static const std::array<ImWchar, 9> ranges = {0x20,   0x17f,  0x2010, 0x2027, 0x2190,
                                                  0x21ff, 0x2212, 0x2215, 0};
    ImFontConfig config;
    config.OversampleH = 2;
    if (!path.empty())
        if (ImFont* font = io.Fonts->AddFontFromFileTTF(path.c_str(), px, &config, ranges.data()))
            return font;
    config.SizePixels = px;
    return io.Fonts->AddFontDefault(&config);
}

}  // namespace

Fonts load_fonts(float scale) {
    ImGui::GetIO().Fonts->Clear();
    const std::string regular = find_font({"Inter-Regular.otf", "Inter-Regular.ttf", "NotoSans-Regular.ttf"});
    const std::string bold = find_font({"Inter-SemiBold.otf", "Inter-SemiBold.ttf", "NotoSans-Bold.ttf"});
    const std::string display = find_font({"InterDisplay-SemiBold.otf", "InterDisplay-SemiBold.ttf",
                                           "Inter-SemiBold.otf", "Inter-SemiBold.ttf", "NotoSans-Bold.ttf"});
    Fonts fonts;
    fonts.text = add_font(regular, k_text_px * scale);
    fonts.bold = add_font(bold, k_text_px * scale);
    fonts.big = add_font(display, 1.5f * k_text_px * scale);
    fonts.title = add_font(display, 1.35f * k_text_px * scale);
    return fonts;
}

void apply_style(const Theme& t, float scale) {
    ImGuiStyle style;
    style.WindowRounding = 0.0f;
    style.WindowBorderSize = 0.0f;
    style.ChildBorderSize = 0.0f;
    style.FrameRounding = 5.0f;
    style.GrabRounding = 5.0f;
    style.GrabMinSize = 14.0f;
    style.PopupRounding = 6.0f;
    style.ScrollbarSize = 11.0f;
    style.FramePadding = {8.0f, 5.0f};
    style.ItemSpacing = {8.0f, 6.0f};
    style.WindowPadding = {16.0f, 14.0f};
    style.ScaleAllSizes(scale);
    const auto set = [&](ImGuiCol what, Rgba c) { style.Colors[what] = im_vec(c); };
    const auto tint = [](Rgba c, float a) {
        c.a = a;
        return c;
    };
    set(ImGuiCol_Text, t.text);
    set(ImGuiCol_TextDisabled, t.quiet_text);
    set(ImGuiCol_WindowBg, t.page);
    set(ImGuiCol_ChildBg, tint(t.page, 0.0f));
    set(ImGuiCol_PopupBg, t.page);
    set(ImGuiCol_Border, t.border);
    set(ImGuiCol_FrameBg, t.control);
    set(ImGuiCol_FrameBgHovered, t.control_hot);
    set(ImGuiCol_FrameBgActive, t.control_hot);
    set(ImGuiCol_TitleBg, t.panel);
    set(ImGuiCol_TitleBgActive, t.panel);
    set(ImGuiCol_ScrollbarBg, tint(t.page, 0.0f));
    set(ImGuiCol_ScrollbarGrab, t.border);
    set(ImGuiCol_ScrollbarGrabHovered, t.quiet_text);
    set(ImGuiCol_ScrollbarGrabActive, t.quiet_text);
    set(ImGuiCol_CheckMark, t.accent);
    set(ImGuiCol_SliderGrab, t.accent);
    set(ImGuiCol_SliderGrabActive, t.accent);
    set(ImGuiCol_Button, t.control);
    set(ImGuiCol_ButtonHovered, t.control_hot);
    set(ImGuiCol_ButtonActive, t.control_hot);
    set(ImGuiCol_Header, t.control);
    set(ImGuiCol_HeaderHovered, t.control_hot);
    set(ImGuiCol_HeaderActive, t.control_hot);
    set(ImGuiCol_Separator, t.border);
    set(ImGuiCol_ResizeGrip, t.control);
    set(ImGuiCol_Tab, t.control);
    set(ImGuiCol_TabHovered, t.control_hot);
    set(ImGuiCol_TabActive, t.control_hot);
    set(ImGuiCol_TextSelectedBg, tint(t.accent, 0.35f));
    set(ImGuiCol_NavHighlight, t.accent);
    set(ImGuiCol_ModalWindowDimBg, {0.0f, 0.0f, 0.0f, 0.35f});
    ImGui::GetStyle() = style;
}

}  // namespace plumb
