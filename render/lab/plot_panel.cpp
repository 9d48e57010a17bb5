// The charts under the picture: any channel over time or against another, the feet from above; export.
#include <algorithm>
#include <cmath>

#include "render/lab/imgui_painter.h"
#include "render/lab/panels.h"
#include "render/lab/ui.h"
#include "render/report/cairo_painter.h"
#include "render/report/run_charts.h"
#include "sim/balance/explain.h"

namespace plumb {
namespace {

std::vector<ChartRun> shown_runs(const Session& session) {
    std::vector<ChartRun> runs;
    if (const LabRun* run = session.current()) runs.push_back({shown_name(*run), run->result.recording});
    if (const LabRun* other = session.compared())
        runs.push_back({shown_name(*other), other->result.recording});
    // Kept runs come along: they are kept to be looked at together.
    for (const LabRun& run : session.runs())
        if (run.kept && &run != session.current() && &run != session.compared() && runs.size() < 6)
            runs.push_back({shown_name(run), run.result.recording});
    return runs;
}

/// A drop-down of all channels; true when another was picked.
bool channel_combo(const char* label, std::string& name, float width) {
    std::vector<std::string> titles;
    int index = 0;
    for (const Channel& channel : channels()) {
        if (channel.name == name) index = static_cast<int>(titles.size());
        titles.push_back(channel_title(channel));
    }
    const bool changed = ui::combo(label, &index, titles, width);
    ui::help(channels()[static_cast<size_t>(index)].help);
    if (changed) name = channels()[static_cast<size_t>(index)].name;
    return changed;
}

}  // namespace

void Panels::plots(Lab& lab, const Box& place) {
    const Theme& t = theme(lab);
    begin("Plots", place, t.page, false);
    ui::panel("Plots");
    LabViews& v = lab.views_;
    Session& session = lab.session_;
    const float em = ImGui::GetFontSize();
    const std::vector<std::string> kinds = {"Over time", "Against", "Feet", "Push rose", "Map"};
    if (place.width < 34.0 * em) {  // no room for a row of choices
        if (ui::combo("Chart kind", &v.chart, kinds, 6.5f * em)) v.zoom_x.reset();
        ImGui::SameLine();
    } else {
        for (int i = 0; i < static_cast<int>(kinds.size()); ++i) {
            if (ui::choice(kinds[static_cast<size_t>(i)].c_str(), v.chart == i)) {
                v.chart = i;
                v.zoom_x.reset();
            }
            ImGui::SameLine();
        }
    }
    if (v.chart == k_rose_chart) rose_controls(lab);
    if (v.chart == k_map_chart) map_controls(lab);
    if (v.chart == 0 && channel_combo("Channel", v.channel, 9.5f * em)) v.zoom_x.reset();
    if (v.chart == 1) {
        if (channel_combo("Up", v.y_channel, 7.0f * em)) v.zoom_x.reset();
        ImGui::SameLine();
        if (channel_combo("Across", v.x_channel, 7.0f * em)) v.zoom_x.reset();
    }
    if (v.chart != 2) ImGui::SameLine();
    if (ImGui::GetContentRegionAvail().x < 5.0f * em) ImGui::NewLine();  // never out of a narrow window
    if (ui::button("Export...")) v.wanted_popup = "Export chart";

    if (v.chart >= k_rose_chart) {
        v.chart == k_rose_chart ? rose(lab) : map(lab);
        ImGui::End();
        return;
    }
    const std::vector<ChartRun> runs = shown_runs(session);
    const ImVec2 at = ImGui::GetCursorScreenPos(), room = ImGui::GetContentRegionAvail();
    if (runs.empty() || room.y < 3.0f * em) {
        ImGui::End();
        return;
    }
    const Recording& first = *runs.front().recording;
    const double now_s = session.playhead.time_s;
    const ReadUnits units = lab.settings_.imperial ? ReadUnits::imperial : ReadUnits::metric;
    Chart chart;
    if (v.chart == 0) {
        chart = channel_over_time(runs, *find_channel(v.channel), units);
        chart.cursor_x = now_s;
    } else if (v.chart == 1) {
        chart = channel_against(runs, *find_channel(v.x_channel), *find_channel(v.y_channel), units);
        const Channel& across = *find_channel(v.x_channel);
        chart.cursor_x = read_unit(across, units).factor * across.value(first.frames[session.frame()]);
    } else {
        chart = feet_from_above(first, now_s, units);
    }
    if (v.zoom_x) chart.x_range = v.zoom_x;
    ImGui::InvisibleButton("##chart", room);
    ui::note("Chart", chart.title);
    const bool hovered = ImGui::IsItemHovered();
    ImGuiPainter painter(*ImGui::GetWindowDrawList(), lab.fonts_);
    const ChartPlace drawn = draw_chart(painter, chart, {at.x, at.y, room.x, room.y}, t, 0.8 * em);
    lab.views_.shown_chart = std::move(chart);

    const ImGuiIO& io = ImGui::GetIO();
    if (hovered && io.MouseWheel != 0.0f && v.chart < 2) {
        const double centre = drawn.x_of(io.MousePos.x), factor = std::pow(0.85, io.MouseWheel);
        v.zoom_x = {
            {centre + (drawn.x_range[0] - centre) * factor, centre + (drawn.x_range[1] - centre) * factor}};
    }
    if (hovered && ImGui::IsMouseDoubleClicked(0)) v.zoom_x.reset();
    if (ImGui::IsItemActive() && v.chart == 0 && drawn.inside.width > 0.0)  // the chart is a time bar too
        session.stand_at(drawn.x_of(io.MousePos.x));
    if (hovered && io.MousePos.x >= drawn.inside.left
        && io.MousePos.x <= drawn.inside.left + drawn.inside.width) {
        std::string words =
            fixed_text(drawn.x_of(io.MousePos.x), 3) + ", " + fixed_text(drawn.y_of(io.MousePos.y), 3);
        if (v.chart == 0) {
            const double t_s = drawn.x_of(io.MousePos.x);
            words = fixed_text(t_s, 2) + " s";
            for (const ChartRun& run : runs) {
                const Channel& c = *find_channel(v.channel);
                const ReadUnit read = read_unit(c, units);
                const double value =
                    read.factor * c.value(run.recording->frames[frame_at(*run.recording, t_s)]);
                words += "\n" + run.name + ": " + fixed_text(value, std::abs(value) < 10.0 ? 2 : 1) + " "
                         + read.unit;
            }
        }
        ui::help(words);
    }
    ImGui::End();
}

}  // namespace plumb
