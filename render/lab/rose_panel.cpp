// The push rose in the plot panel: asked for with a button, made in the background, read by hovering.
#include "render/lab/imgui_painter.h"
#include "render/lab/panels.h"
#include "render/lab/ui.h"
#include "sim/balance/explain.h"

namespace plumb {

void Panels::rose_controls(Lab& lab) {
    Session& session = lab.session_;
    const RoseDesk& desk = session.rose();
    const float em = ImGui::GetFontSize();
    if (desk.searching()) {
        const std::string words = percent_text(desk.progress());
        ImGui::ProgressBar(static_cast<float>(desk.progress()), {5.0f * em, 0.0f}, words.c_str());
        ui::note("Pushing", words);
        ImGui::SameLine();
        if (ui::button("Stop")) session.stop_rose();
    } else if (!desk.complete() && session.current() && !session.current()->pushed && !session.preview()) {
        if (ui::main_button("Push all around")) session.ask_rose();
        ui::help("The least push that topples this person in 16 directions, at the bottom and standing: some "
                 "200 short runs in the background, about a minute");
    }
}

void Panels::rose(Lab& lab) {
    Session& session = lab.session_;
    const RoseDesk& desk = session.rose();
    const float em = ImGui::GetFontSize();
    const ImVec2 at = ImGui::GetCursorScreenPos(), room = ImGui::GetContentRegionAvail();
    if (room.y < 3.0f * em) return;
    const LabRun* run = session.current();
    RoseChart chart;
    chart.title = "Least push that topples";
    chart.most_Ns = desk.options().most_Ns;
    if (run) chart.height_ratio = run->result.recording->scenario.push.height_ratio;
    for (const auto& [moment, rose] : desk.roses()) chart.roses.push_back(rose);
    std::string words;
    for (const PushRose& rose : chart.roses)
        words += (words.empty() ? "" : ". ") + rose_sentence(rose, chart.most_Ns);
    if (chart.roses.empty()) {
        ui::quiet(run && run->pushed ? "A run pushed by hand has no rose: choose one that nobody pushed."
                  : desk.searching()
                      ? "Pushing from 16 directions at the bottom, then standing..."
                      : "How hard a push topples this person, from all sides: at the bottom of "
                        "the squat and standing.");
        ui::note("Rose", "");
        lab.views_.shown_chart = std::move(chart);
        return;
    }
    ImGui::InvisibleButton("##rose", room);
    ui::note("Rose", words);
    ImGuiPainter painter(*ImGui::GetWindowDrawList(), lab.fonts_);
    const RosePlace place = draw_rose(painter, chart, {at.x, at.y, room.x, room.y}, theme(lab), 0.9 * em);
    const ImVec2 mouse = ImGui::GetIO().MousePos;
    if (ImGui::IsItemHovered())
        if (const auto direction = place.direction_at({mouse.x, mouse.y}))
            ui::help(rose_reading(chart, *direction));
    lab.views_.shown_chart = std::move(chart);
}

}  // namespace plumb
