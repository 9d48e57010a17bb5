// The time bar: play, step, speed, and a strip coloured by the margin with the events on it.
#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>

#include "render/lab/imgui_keys.h"
#include "render/lab/imgui_painter.h"
#include "render/lab/panels.h"
#include "render/lab/ui.h"
#include "render/report/run_charts.h"
#include "sim/balance/explain.h"

namespace plumb {
namespace {

/// The strip's colour at a margin: bad outside, warn near the edge, good inside.
Rgba margin_colour(double margin_m, const Theme& theme) {
    if (!(margin_m >= 0.0)) return theme.bad;
    return margin_m < 0.02 ? theme.warn : theme.good;
}

void strip(const LabRun& run, const Box& place, const Theme& theme, const Fonts& fonts,
           const Playhead& head) {
    const Recording& recording = *run.result.recording;
    ImGuiPainter painter(*ImGui::GetWindowDrawList(), fonts);
    const double end_s = recording.frames.back().time_s;
    const double em = ImGui::GetFontSize(), top = place.top + 0.1 * em, height = 1.0 * em;
    const auto x_of = [&](double t) { return place.left + place.width * t / std::max(end_s, 1e-6); };
    const int columns = std::max(1, static_cast<int>(place.width / 2.0));
    for (int c = 0; c < columns; ++c) {
        const double t = end_s * (c + 0.5) / columns;
        const double margin = recording.frames[frame_at(recording, t)].com_margin.margin_m;
        // The farther inside the taller: the strip reads without colour too.
        const double share = std::isfinite(margin) ? std::clamp(0.45 + margin / 0.2, 0.25, 1.0) : 0.25;
        Rgba colour = margin_colour(margin, theme);
        painter.box({place.left + place.width * c / columns, top + height * (1.0 - share),
                     place.width / columns + 0.5, height * share},
                    colour, 0.0);
        if (margin < 0.0 && c % 4 == 0) {  // hatched: outside
            const double x = place.left + place.width * c / columns;
            const std::array<Point, 2> hatch{Point{x, top + height}, Point{x + 6.0, top + height * 0.75}};
            painter.line(hatch, theme.page, 1.5, LineStyle::solid);
        }
    }
    std::array<double, 2> free_from = {place.left, place.left};  // two rows of words
    for (const ChartEvent& event : run_events(recording)) {
        const double x = x_of(event.x);
        const std::array<Point, 2> mark{Point{x, top - 2.0}, Point{x, top + height + 0.1 * em}};
        painter.line(mark, theme.text, 1.5, LineStyle::solid);
        const TextStyle style{0.8 * em, false, Align::start, Align::start};
        const double width = painter.text_size(event.text, style).x;
        const double left = std::clamp(x + 3.0, place.left, place.left + place.width - width);
        const size_t row = left < free_from[0] ? 1 : 0;
        if (left < free_from[row]) continue;
        painter.text({left, top + height + (0.1 + 0.8 * static_cast<double>(row)) * em}, event.text,
                     theme.text, style);
        free_from[row] = left + width + 0.5 * em;
    }
    const double x = x_of(head.time_s);
    const std::array<Point, 2> needle{Point{x, top - 0.15 * em}, Point{x, top + height + 0.2 * em}};
    painter.line(needle, theme.text, 2.5, LineStyle::solid);
    painter.circle({x, top - 0.1 * em}, 0.3 * em, theme.text);
}

void speed_slider(Playhead& head) {
    std::array<char, 32> text{};
    std::snprintf(text.data(), text.size(), "%.2g x", head.speed);
    ImGui::SetNextItemWidth(7.0f * ImGui::GetFontSize());
    constexpr double k_slowest = 0.1, k_fastest = 2.0;
    ImGui::SliderScalar("##speed", ImGuiDataType_Double, &head.speed, &k_slowest, &k_fastest, text.data(),
                        ImGuiSliderFlags_AlwaysClamp | ImGuiSliderFlags_Logarithmic);
    ui::note("Speed", text.data());
}

}  // namespace

void Panels::margin_strip(Lab& lab) {
    Session& session = lab.session_;
    const Theme& t = theme(lab);
    const Playhead& head = session.playhead;
    const std::string clock = fixed_text(head.time_s, 2) + " of " + fixed_text(session.end_s(), 2) + " s";
    if (const LabRun* run = session.current()) {
        const ImVec2 at = ImGui::GetCursorScreenPos();
        const float width = ImGui::GetContentRegionAvail().x;
        const Box strip_place{at.x, at.y + 4.0, width, 2.2 * ImGui::GetFontSize()};
        ImGui::InvisibleButton("##strip", {width, 2.9f * ImGui::GetFontSize()});
        ui::note("Strip", clock);
        ui::help("How far the centre of mass is inside the feet: green well inside, amber nearer than 2 cm, "
                 "red and hatched outside. Drag to move in time.");
        if (ImGui::IsItemActive())
            session.stand_at((ImGui::GetIO().MousePos.x - strip_place.left) / strip_place.width
                             * session.end_s());
        strip(*run, strip_place, t, lab.fonts_, head);
    }
}

void Panels::time_bar(Lab& lab, const Box& place) {
    begin("Time", place, theme(lab).page, false);
    ui::panel("Time");
    Session& session = lab.session_;
    Playhead& head = session.playhead;
    // In a narrow window what keys do as well gives way to the clock.
    const float room_em = ImGui::GetContentRegionAvail().x / ImGui::GetFontSize();
    if (room_em > 22.0f) {
        if (ui::button("|<")) session.stand_at(0.0);
        ui::help("To the start (Home)");
        ImGui::SameLine();
    }
    if (ui::button("<")) session.step_frames(-1);
    ui::help("A frame back (Left)");
    ImGui::SameLine();
    if (ui::main_button(head.playing ? "Pause##play" : "Play##play", {5.0f * ImGui::GetFontSize(), 0.0f}))
        session.play_or_pause();
    ui::help("Space");
    ImGui::SameLine();
    if (ui::button(">")) session.step_frames(1);
    ui::help("A frame on (Right)");
    ImGui::SameLine();
    if (room_em > 22.0f) {
        if (ui::button(">|")) session.stand_at(session.end_s());
        ui::help("To the end (End)");
        ImGui::SameLine();
    }
    if (room_em > 33.0f) {
        ui::toggle("Loop", &head.loop);
        ImGui::SameLine();
        speed_slider(head);
        ImGui::SameLine();
    }
    const std::string clock = fixed_text(head.time_s, 2) + " of " + fixed_text(session.end_s(), 2) + " s";
    ImGui::TextUnformatted(clock.c_str());
    ui::note("Clock", clock);
    margin_strip(lab);
    ImGui::End();
}

void Panels::keys(Lab& lab) {
    const ImGuiIO& io = ImGui::GetIO();
    Session& session = lab.session_;
    if (io.WantTextInput) return;
    if (io.KeyCtrl) {
        if (key_pressed(ImGuiKey_Z)) session.undo();
        if (key_pressed(ImGuiKey_Y)) session.redo();
        return;
    }
    // While a control has the keyboard's focus the arrows are its own.
    if (ImGui::IsAnyItemActive() || io.NavVisible) return;
    if (key_pressed(ImGuiKey_Space)) session.play_or_pause();
    if (key_pressed(ImGuiKey_LeftArrow)) session.step_frames(-1);
    if (key_pressed(ImGuiKey_RightArrow)) session.step_frames(1);
    if (key_pressed(ImGuiKey_Home)) session.stand_at(0.0);
    if (key_pressed(ImGuiKey_End)) session.stand_at(session.end_s());
}

}  // namespace plumb
