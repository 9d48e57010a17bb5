// Thin wrappers around ImGui's controls that note where each one lies and what it shows: scripts and tests find them there.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "render/lab/imgui_shim.h"

namespace plumb::ui {

/// One control as it was drawn last.
struct Item {
    ImVec2 min, max;
    std::string value;
    bool visible = false;  ///< inside its window's visible part
};

/// Call at the start of every frame.
void new_frame();
/// "Panel/Label" -> control, of the last whole frame.
[[nodiscard]] const std::map<std::string, Item>& items();
/// The control of that name scrolls into view when it is drawn next.
void bring_into_view(const std::string& name);

/// Controls drawn from here on belong to this panel.
void panel(const std::string& name);
/// Notes ImGui's last item under "Panel/label".
void note(const std::string& label, const std::string& value);

bool button(const char* label, ImVec2 size = {0.0f, 0.0f});
/// A button in the accent colour.
bool main_button(const char* label, ImVec2 size = {0.0f, 0.0f});
bool toggle(const char* label, bool* on);
/// One of several words that exclude each other.
bool choice(const char* label, bool chosen);
/// A slider over the whole width; true while it changes. `shown` is the value in words, for scripts.
bool slider(const char* label, double* value, double min, double max, const std::string& shown);
/// One line of text; true when Enter or leaving it ends an edit.
bool text_field(const char* label, std::string* text, float width);
/// True when `index` changed.
bool combo(const char* label, int* index, const std::vector<std::string>& words, float width = -1.0f);
void help(const std::string& text);   ///< a tooltip for the last item
void quiet(const std::string& text);  ///< wrapped, in the quiet colour
void words(const std::string& text);  ///< wrapped

}  // namespace plumb::ui
