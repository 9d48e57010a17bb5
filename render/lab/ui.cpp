// The controls and the list of them.
#include "render/lab/ui.h"

namespace plumb::ui {
namespace {

struct Registry {
    std::map<std::string, Item> last, now;
    std::string panel, wanted;
};
Registry& registry() {
    static Registry r;  // one window, one thread
    return r;
}

}  // namespace

void new_frame() {
    Registry& r = registry();
    r.last = std::move(r.now);
    r.now.clear();
    r.panel.clear();
}

const std::map<std::string, Item>& items() { return registry().last; }
void bring_into_view(const std::string& name) { registry().wanted = name; }
void panel(const std::string& name) { registry().panel = name; }

void note(const std::string& label, const std::string& value) {
    Registry& r = registry();
    std::string shown = label.substr(0, label.find("##"));
    const std::string name = r.panel + "/" + shown;
    Item item{ImGui::GetItemRectMin(), ImGui::GetItemRectMax(), value, false};
    const ImRect clip = ImGui::GetCurrentWindow()->ClipRect;
    const ImVec2 middle((item.min.x + item.max.x) * 0.5f, (item.min.y + item.max.y) * 0.5f);
    item.visible = clip.Contains(middle);
    if (r.wanted == name) {
        if (!item.visible) ImGui::SetScrollHereY(0.5f);
        r.wanted.clear();
    }
    r.now[name] = item;
}

bool button(const char* label, ImVec2 size) {
    const bool pressed = ImGui::Button(label, size);
    note(label, "");
    return pressed;
}

bool main_button(const char* label, ImVec2 size) {
    const ImVec4 accent = ImGui::GetStyleColorVec4(ImGuiCol_SliderGrab);
    const ImVec4 page = ImGui::GetStyleColorVec4(ImGuiCol_WindowBg);
    ImGui::PushStyleColor(ImGuiCol_Button, accent);
    ImGui::PushStyleColor(ImGuiCol_ButtonHovered,
                          ImVec4(accent.x * 0.9f, accent.y * 0.9f, accent.z * 0.9f, 1.0f));
    ImGui::PushStyleColor(ImGuiCol_ButtonActive, accent);
    ImGui::PushStyleColor(ImGuiCol_Text, page);
    const bool pressed = button(label, size);
    ImGui::PopStyleColor(4);
    return pressed;
}

bool toggle(const char* label, bool* on) {
    const bool pressed = ImGui::Checkbox(label, on);
    note(label, *on ? "on" : "off");
    return pressed;
}

bool choice(const char* label, bool chosen) {
    const bool pressed = ImGui::RadioButton(label, chosen);
    note(label, chosen ? "on" : "off");
    return pressed;
}

bool slider(const char* label, double* value, double min, double max, const std::string& shown) {
    ImGui::SetNextItemWidth(-1.0f);
    const std::string id = std::string("##") + label;
    const bool changed = ImGui::SliderScalar(id.c_str(), ImGuiDataType_Double, value, &min, &max, "",
                                             ImGuiSliderFlags_AlwaysClamp | ImGuiSliderFlags_NoInput);
    note(label, shown);
    return changed;
}

bool text_field(const char* label, std::string* text, float width) {
    ImGui::SetNextItemWidth(width);
    const std::string id = std::string("##") + label;
    const bool entered = ImGui::InputText(
        id.c_str(), text, ImGuiInputTextFlags_EnterReturnsTrue | ImGuiInputTextFlags_AutoSelectAll);
    const bool left = ImGui::IsItemDeactivatedAfterEdit();
    note(label, *text);
    return entered || left;
}

bool combo(const char* label, int* index, const std::vector<std::string>& words, float width) {
    ImGui::SetNextItemWidth(width);
    const std::string id = std::string("##") + label;
    const std::string shown = *index >= 0 && *index < static_cast<int>(words.size()) ? words[*index] : "";
    bool changed = false;
    const bool open = ImGui::BeginCombo(id.c_str(), shown.c_str());
    note(label, shown);
    if (open) {
        for (int i = 0; i < static_cast<int>(words.size()); ++i) {
            ImGui::PushID(i);
            if (ImGui::Selectable(words[static_cast<size_t>(i)].c_str(), i == *index)) {
                changed = i != *index;
                *index = i;
            }
            note(std::string(label) + ": " + words[static_cast<size_t>(i)], i == *index ? "on" : "off");
            ImGui::PopID();
        }
        ImGui::EndCombo();
    }
    return changed;
}

void help(const std::string& text) {
    if (!ImGui::IsItemHovered() || text.empty()) return;
    ImGui::BeginTooltip();
    ImGui::PushTextWrapPos(ImGui::GetFontSize() * 24.0f);
    ImGui::TextUnformatted(text.c_str());
    ImGui::PopTextWrapPos();
    ImGui::EndTooltip();
}

void quiet(const std::string& text) {
    ImGui::PushStyleColor(ImGuiCol_Text, ImGui::GetStyleColorVec4(ImGuiCol_TextDisabled));
    words(text);
    ImGui::PopStyleColor();
}

void words(const std::string& text) {
    ImGui::PushTextWrapPos(0.0f);
    ImGui::TextUnformatted(text.c_str());
    ImGui::PopTextWrapPos();
}

}  // namespace plumb::ui
