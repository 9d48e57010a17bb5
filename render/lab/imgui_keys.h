// Keys that a script or the monkey holds down: Dear ImGui is told one way up to 1.86, another from 1.87 on.
#pragma once

#include <algorithm>
#include <array>
#include <iterator>

#include "render/lab/imgui_shim.h"

namespace plumb {

/// The keys of the lab and of those that drive it.
inline constexpr std::array k_driven_keys = {
    ImGuiKey_Space,  ImGuiKey_LeftArrow, ImGuiKey_RightArrow, ImGuiKey_Home,
    ImGuiKey_End,    ImGuiKey_Enter,     ImGuiKey_Escape,     ImGuiKey_Tab,
    ImGuiKey_Z,      ImGuiKey_Backspace, ImGuiKey_Delete,     ImGuiKey_Y,
    ImGuiKey_PageUp, ImGuiKey_PageDown,  ImGuiKey_UpArrow,    ImGuiKey_DownArrow};

#if IMGUI_VERSION_NUM < 18700
/// Once, in place of a back end: a key's number is its own name.
inline void name_keys(ImGuiIO& io) {
    for (int key = 0; key < ImGuiKey_COUNT; ++key) io.KeyMap[key] = key;
}
/// Before ImGui::NewFrame: nothing is held.
inline void release_keys(ImGuiIO& io) {
    io.KeyCtrl = false;
    std::fill(std::begin(io.KeysDown), std::end(io.KeysDown), false);
}
inline void hold_key(ImGuiIO& io, int key) { io.KeysDown[key] = true; }
inline void hold_ctrl(ImGuiIO& io, bool held) { io.KeyCtrl = held; }
inline bool key_pressed(ImGuiKey key, bool repeats = true) {
    return ImGui::IsKeyPressed(ImGui::GetKeyIndex(key), repeats);
}
#else
inline void name_keys(ImGuiIO& io) { io.ConfigInputTrickleEventQueue = false; }
inline void release_keys(ImGuiIO& io) {
    io.AddKeyEvent(ImGuiMod_Ctrl, false);
    for (const auto key : k_driven_keys) io.AddKeyEvent(static_cast<ImGuiKey>(key), false);
}
inline void hold_key(ImGuiIO& io, int key) { io.AddKeyEvent(static_cast<ImGuiKey>(key), true); }
inline void hold_ctrl(ImGuiIO& io, bool held) { io.AddKeyEvent(ImGuiMod_Ctrl, held); }
inline bool key_pressed(ImGuiKey key, bool repeats = true) { return ImGui::IsKeyPressed(key, repeats); }
#endif

}  // namespace plumb
