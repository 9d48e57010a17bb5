// The map in the plot panel: two axes picked, filled when asked, read by hovering, a click loads the cell.
#include <cmath>

#include "render/lab/imgui_painter.h"
#include "render/lab/panels.h"
#include "render/lab/ui.h"
#include "render/report/study_maps.h"
#include "sim/balance/explain.h"
#include "sim/scenario/scenario_fields.h"
#include "sim/study/compare.h"

namespace plumb {
namespace {

std::string field_title(std::string_view field) {
    return field_words({std::string(field), find_field(field)->unit, {}, {}});
}

/// "Stance width 0.38 m, Counterweight mass 4 kg: falls backward, 12 mm outside; ankle. A click loads it."
std::string cell_words(const MapDesk& desk, std::size_t cell) {
    const LoadedStudy& study = desk.study();
    const std::vector<std::size_t> places = study.def.places(cell);
    std::string text;
    for (std::size_t i = 0; i < places.size(); ++i) {
        const StudyAxis& axis = study.def.axes[i];
        text += (i > 0 ? ", " : "") + field_title(axis.field) + " " + value_text(axis.values[places[i]]) + " "
                + find_field(axis.field)->unit;
    }
    const MapPage& page = *desk.page();
    const auto& row = page.rows[cell];
    if (!row) return text + ": not run yet.";
    const std::string region = region_of(*row, study.def.evaluate);
    if (region == k_refused_region)
        return text + ": no such scenario (" + value_text((*row)[column_index("refused")]) + ")";
    const auto outcome = std::ranges::find(k_outcome_words, region);
    text += ": "
            + (outcome != k_outcome_words.end()
                   ? outcome_in_words(static_cast<Outcome>(outcome - k_outcome_words.begin()))
                   : region);
    if (is_inferred(*row)) {
        text += ", like the cells around it (not run)";
    } else {
        if (const double* const margin_m = std::get_if<double>(&(*row)[column_index("com_min_margin_m")]))
            text += ", the COM at the least " + margin_in_words(*margin_m) + " the feet";
        if (const auto* const factor = std::get_if<std::string>(&(*row)[column_index("limiting_factor")]))
            text += "; " + factor_in_words(*factor, desk.scenario_of(cell));
    }
    if (const auto& kg = page.least_weight_kg[cell])
        text += std::isfinite(*kg) ? ". Least weight by the static plan: " + fixed_text(*kg, 0) + " kg"
                                   : ". By the static plan " + fixed_text(MapDesk::k_most_weight_kg, 0)
                                         + " kg are not enough";
    return text + ". A click loads it.";
}

/// Lines of equal least weight.
std::vector<MapChart::Level> weight_levels(const MapPage& page) {
    std::vector<MapChart::Level> levels;
    // Cell after cell as in the study: the second axis, upward, is the fastest.
    const auto weight = [&](std::size_t column, std::size_t row) -> std::optional<double> {
        const auto& kg = page.least_weight_kg[column * MapDesk::k_rows + row];
        return kg && std::isfinite(*kg) ? kg : std::nullopt;
    };
    for (const double kg : {1.0, 2.0, 4.0, 6.0, 8.0, 10.0}) {
        // Whole kilograms: 3 and 4 lie on either side of the line "4 kg".
        auto pieces = level_line(MapDesk::k_columns, MapDesk::k_rows, weight, kg - 0.5);
        if (!pieces.empty()) levels.push_back({fixed_text(kg, 0) + " kg", std::move(pieces)});
    }
    return levels;
}

}  // namespace

void Panels::map_controls(Lab& lab) {
    Session& session = lab.session_;
    LabViews& v = lab.views_;
    const MapDesk& desk = session.map();
    const float em = ImGui::GetFontSize();
    std::vector<std::string> titles;
    for (const MapField& field : k_map_fields) titles.push_back(field_title(field.field));
    ImGui::NewLine();  // a row of its own
    const int before_x = v.map_x, before_y = v.map_y;
    ui::combo("Map across", &v.map_x, titles, 8.0f * em);
    ImGui::SameLine();
    ui::combo("Map up", &v.map_y, titles, 8.0f * em);
    ImGui::SameLine();
    if (v.map_x == v.map_y)
        (v.map_x != before_x ? v.map_y : v.map_x) = v.map_x != before_x ? before_x : before_y;
    if (desk.filling()) {
        const std::string words = percent_text(desk.progress());
        ImGui::ProgressBar(static_cast<float>(desk.progress()), {5.0f * em, 0.0f}, words.c_str());
        ui::note("Filling", words);
        ImGui::SameLine();
        if (ui::button("Stop map")) session.stop_map();
    } else if (!desk.complete() && session.trouble().empty()) {
        if (ui::main_button("Fill map")) session.fill_map();
        ui::help(
            "Runs the squat over both fields, boundary first, some 80 runs in the background, about half a "
            "minute; then the least weight in every cell");
    }
}

void Panels::map(Lab& lab) {
    Session& session = lab.session_;
    const MapDesk& desk = session.map();
    const float em = ImGui::GetFontSize();
    const ImVec2 at = ImGui::GetCursorScreenPos(), room = ImGui::GetContentRegionAvail();
    if (room.y < 3.0f * em) return;
    if (desk.page() == nullptr) {
        ui::quiet(
            desk.filling()
                ? "Running the first cells..."
                : "How the squat ends over two fields around this scenario: pick both and fill the map.");
        ui::note("Map", "");
        return;
    }
    const MapPage& page = *desk.page();
    MapChart chart = growing_map(desk.study(), page.rows);
    chart.title =
        field_title(desk.study().def.axes[0].field) + " and " + field_title(desk.study().def.axes[1].field);
    if (const auto here = desk.here()) chart.here = Point{(*here)[0], (*here)[1]};
    chart.levels = weight_levels(page);
    ImGui::InvisibleButton("##map", room);
    const bool hovered = ImGui::IsItemHovered(), clicked = ImGui::IsItemClicked();
    const auto known = std::ranges::count_if(page.rows, [](const auto& row) { return row.has_value(); });
    ui::note("Map", desk.complete() ? "complete" : std::to_string(known) + " cells");
    ui::note("Map lines", std::to_string(chart.levels.size()));
    ImGuiPainter painter(*ImGui::GetWindowDrawList(), lab.fonts_);
    const MapPlace place = draw_map(painter, chart, {at.x, at.y, room.x, room.y}, theme(lab), 0.8 * em);
    const ImVec2 mouse = ImGui::GetIO().MousePos;
    if (const auto drawn = hovered ? place.cell_at({mouse.x, mouse.y}) : std::nullopt) {
        // Row by row on the page, column by column in the study.
        const std::size_t cell = *drawn % MapDesk::k_columns * MapDesk::k_rows + *drawn / MapDesk::k_columns;
        const std::string words = cell_words(desk, cell);
        ui::help(words);
        ui::note("Map reading", words);
        if (clicked && page.rows[cell]
            && region_of(*page.rows[cell], desk.study().def.evaluate) != k_refused_region)
            session.edit(desk.scenario_of(cell));
    }
    lab.views_.shown_chart = std::move(chart);
}

}  // namespace plumb
