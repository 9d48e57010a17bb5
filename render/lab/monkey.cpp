// Mostly hits controls, sometimes anything; types no slash, so that what it saves stays in the current folder.
#include "render/lab/monkey.h"

#include <array>
#include <cstdio>
#include <fstream>
#include <iterator>
#include <string_view>

#include <unistd.h>

#include "render/lab/imgui_keys.h"
#include "render/lab/ui.h"

namespace plumb {
namespace {

constexpr double k_most_growth = 1.5;       ///< of the second half, as a factor ...
constexpr double k_most_growth_MB = 400.0;  ///< ... and beyond it: sanitisers keep freed memory back
constexpr std::string_view k_typed = "0123456789.,-+e cmkglbftinsdeg\"'<>%\\#=[]{}x:;_";

/// Memory this process holds now; 0 where the system does not say.
double memory_MB() {
    std::ifstream in("/proc/self/statm");
    double pages = 0.0, resident = 0.0;
    in >> pages >> resident;
    return resident * static_cast<double>(::sysconf(_SC_PAGESIZE)) / 1e6;
}

}  // namespace

Monkey::Monkey(double seconds, std::uint64_t seed)
    : state_(seed * 0x9e3779b97f4a7c15u + 1u), seconds_(seconds) {}

std::uint64_t Monkey::below(std::uint64_t end) {  // xorshift64*
    state_ ^= state_ >> 12;
    state_ ^= state_ << 25;
    state_ ^= state_ >> 27;
    return ((state_ * 0x2545f4914f6cdd1du) >> 33) % end;
}

float Monkey::share() { return static_cast<float>(below(10001)) / 10000.0f; }

void Monkey::new_move(ImGuiIO& io) {
    down_ = ctrl_ = false;
    key_ = -1;
    left_ = 2 + static_cast<int>(below(6));
    const std::uint64_t what = below(100);
    const auto anywhere = [&] {
        // A little outside too.
        return ImVec2((1.1f * share() - 0.05f) * io.DisplaySize.x,
                      (1.1f * share() - 0.05f) * io.DisplaySize.y);
    };
    if (what < 60) {  // to a control, or anywhere: pressed there, or dragged away
        mouse_ = anywhere();
        if (const auto& items = ui::items(); !items.empty() && below(5) != 0) {
            const auto item = std::next(items.begin(), static_cast<std::ptrdiff_t>(below(items.size())));
            if (!item->second.visible) ui::bring_into_view(item->first);
            const ImVec2 a = item->second.min, b = item->second.max;
            mouse_ = {a.x + share() * (b.x - a.x), a.y + share() * (b.y - a.y)};
        }
        goal_ = below(4) == 0 ? anywhere() : mouse_;
        down_ = true;
        if (below(50) == 0) goal_ = {-3.4e38f, -3.4e38f};  // the window lost the mouse
    } else if (what < 75) {
        key_ = static_cast<int>(k_driven_keys[below(k_driven_keys.size())]);
        ctrl_ = below(4) == 0;
    } else if (what < 85) {
        const int count = 1 + static_cast<int>(below(8));
        for (int i = 0; i < count; ++i)
            io.AddInputCharacter(below(40) == 0 ? 0xe9u
                                                : static_cast<unsigned char>(k_typed[below(k_typed.size())]));
    } else if (what < 95) {
        io.MouseWheel = static_cast<float>(below(21)) - 10.0f;
    }  // else: looks on for a while
}

void Monkey::before_frame() {
    ImGuiIO& io = ImGui::GetIO();
    ++frames_;
    if (--left_ < 0) new_move(io);
    if (left_ <= 2) mouse_ = goal_;
    io.MousePos = mouse_;
    io.MouseDown[0] = down_ && left_ >= 1;
    hold_ctrl(io, ctrl_);
    if (key_ >= 0 && left_ >= 1) hold_key(io, key_);
}

bool Monkey::done() {
    const double gone_s = std::chrono::duration<double>(Clock::now() - start_).count();
    if (half_MB_ == 0.0 && gone_s >= 0.5 * seconds_) half_MB_ = memory_MB();
    if (gone_s < seconds_) return false;
    end_MB_ = memory_MB();
    return true;
}

std::string Monkey::report() const {
    std::array<char, 96> text{};
    std::snprintf(text.data(), text.size(), "%lld frames, %.0f -> %.0f MB", frames_, half_MB_, end_MB_);
    return text.data();
}

bool Monkey::stayed_small() const { return end_MB_ <= k_most_growth * half_MB_ + k_most_growth_MB; }

}  // namespace plumb
