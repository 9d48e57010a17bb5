// The left panel: which scenario, and a control for every field of the list.
#include <algorithm>
#include <cmath>

#include "render/lab/field_text.h"
#include "render/lab/panels.h"
#include "render/lab/ui.h"
#include "sim/balance/explain.h"
#include "sim/base/text.h"
#include "sim/person/dorsiflexion.h"
#include "sim/scenario/scenario_fields.h"
#include "sim/scenario/scenario_toml.h"

namespace plumb {
namespace {

constexpr const char* k_ankle_field = "person.ankle_dorsiflexion_deg";

/// What a control needs to know of the moment.
struct Row {
    Session& session;
    const Field<ScenarioDef>& field;
    const ScenarioDef& resolved;  ///< what stands in where nothing is set
    bool imperial;
    std::string label;
};

void set_value(const Row& row, const FieldValue& value, bool dragging) {
    ScenarioDef def = row.session.scenario();
    row.field.set(def, value);
    // The ankle is known by one of its three measures: the one touched last.
    if (PersonDef& p = def.person; row.field.name == k_ankle_field) {
        take_dorsiflexion(p, p.ankle_dorsiflexion_deg);
    } else if (const bool couch = row.field.name == "person.ankle_dorsiflexion_nwb_deg";
               couch || row.field.name == "person.knee_to_wall_cm") {
        (couch ? p.knee_to_wall_cm : p.ankle_dorsiflexion_nwb_deg).reset();
        if (p.ankle_dorsiflexion_nwb_deg || p.knee_to_wall_cm)
            p.ankle_dorsiflexion_deg = k_usual_dorsiflexion_deg;
    }
    row.session.edit(def, dragging ? row.field.name : std::string());
}

std::string help_text(const Row& row, const FieldValue& standard) {
    std::string text = row.field.help;
    text += "\nAllowed: " + allowed_text(row.field);
    text += "\nUsual: " + value_text(standard);
    if (!row.field.absent_means.empty()) text += " (" + row.field.absent_means + ")";
    return text + "\nIn files: " + row.field.name;
}

/// The number at the right end of a row: click, type, Enter.
void number_text_field(const Row& row, double value) {
    static std::string editing, typed;  // one field is edited at a time
    const ShownUnit unit = shown_unit(row.field.unit, row.imperial);
    const std::string shown = shown_number(value, unit);
    std::string text = editing == row.field.name ? typed : shown;
    // As wide as its text, which so ends at the right; wider while somebody types.
    const float full = 5.4f * ImGui::GetFontSize();
    const float width = editing == row.field.name
                            ? full
                            : std::min(full, ImGui::CalcTextSize(shown.c_str()).x
                                                 + 2.0f * ImGui::GetStyle().FramePadding.x + 2.0f);
    ImGui::SameLine(std::max(0.0f, ImGui::GetContentRegionAvail().x + ImGui::GetCursorPosX() - width));
    ImGui::SetCursorPosX(ImGui::GetWindowContentRegionMax().x - width);
    ImGui::PushStyleColor(ImGuiCol_FrameBg, ImVec4(0, 0, 0, 0));
    const bool done = ui::text_field((row.label + " value").c_str(), &text, width);
    ImGui::PopStyleColor();
    ui::help("Click to type a number; units such as cm, in, kg, lb may follow.");
    if (ImGui::IsItemActive()) {
        editing = row.field.name;
        typed = text;
    } else if (editing == row.field.name) {
        editing.clear();
    }
    if (!done || text == shown) return;
    const auto number = typed_number(text, row.field, row.imperial);
    if (number) set_value(row, std::clamp(*number, row.field.min, row.field.max), false);
}

void number_slider(const Row& row, double value) {
    const bool whole = row.field.kind == FieldKind::integer;
    double moved = value;
    const ShownUnit unit = shown_unit(row.field.unit, row.imperial);
    const bool changed =
        ui::slider(row.label.c_str(), &moved, row.field.min, row.field.max, shown_number(value, unit));
    if (ImGui::IsItemDeactivated()) row.session.end_stroke();
    if (!changed) return;
    // Whole steps of the shown unit's last decimal: what is shown is what is run.
    moved = stepped_value(moved, whole ? 1.0 : shown_step(unit), row.field.min, row.field.max);
    set_value(row, moved, true);
}

void word_combo(const Row& row, const FieldValue& value) {
    std::vector<std::string> words = row.field.words;
    const bool or_number = row.field.kind == FieldKind::word_or_number;
    if (or_number) words.emplace_back("a number");
    const auto* word = std::get_if<std::string>(&value);
    int index = static_cast<int>(words.size()) - 1;
    if (word) index = static_cast<int>(std::ranges::find(words, *word) - words.begin());
    std::vector<std::string> shown = words;
    for (std::string& w : shown) std::replace(w.begin(), w.end(), '_', ' ');
    if (ui::combo(row.label.c_str(), &index, shown)) {
        if (or_number && index == static_cast<int>(words.size()) - 1)
            set_value(row, 0.5 * (row.field.min + row.field.max), false);
        else
            set_value(row, words[static_cast<size_t>(index)], false);
    }
}

void field_row(const Row& row) {
    static const ScenarioDef k_standard{};
    const ScenarioDef& def = row.session.scenario();
    // An ankle measured by couch or tape shows what follows from that.
    const bool follows = row.field.name == k_ankle_field
                         && (def.person.ankle_dorsiflexion_nwb_deg || def.person.knee_to_wall_cm);
    const FieldValue value = row.field.get(follows ? row.resolved : def);
    const FieldValue standard = row.field.get(k_standard);
    ImGui::PushID(row.field.name.c_str());
    ImGui::AlignTextToFramePadding();
    const bool optional = row.field.kind == FieldKind::optional_number;
    bool on = !std::holds_alternative<std::monostate>(value);
    if (optional) {
        const bool turned = ui::toggle(row.label.c_str(), &on);
        ui::note(row.label + " given", on ? "on" : "off");  // the slider below has the label
        if (turned) {
            FieldValue start = std::monostate{};
            if (on) {
                start = value_in_use(row.field, row.resolved);
                // A foot behind the heels, the article's wall; elsewhere what stood in so far.
                if (std::holds_alternative<std::monostate>(start))
                    start =
                        row.field.name == "wall.distance_m" ? 0.30 : 0.5 * (row.field.min + row.field.max);
            }
            set_value(row, start, false);
        }
    } else {
        ImGui::TextUnformatted(row.label.c_str());
    }
    ui::help(help_text(row, standard));
    if (!(value == standard)) {
        ImGui::SameLine();
        if (ImGui::SmallButton("reset")) set_value(row, standard, false);
        ui::note("Reset " + row.label, "");
        ui::help("Back to " + value_text(standard));
    }
    const FieldValue shown = on || !optional ? value : value_in_use(row.field, row.resolved);
    if (const auto* number = std::get_if<double>(&shown); number && (on || !optional)) {
        number_text_field(row, *number);
        number_slider(row, *number);
    } else if (number) {
        ImGui::SameLine();
        ui::quiet(shown_number(*number, shown_unit(row.field.unit, row.imperial)));
    } else if (optional && !on) {
        ImGui::SameLine();
        ui::quiet("none");
    }
    if (row.field.kind == FieldKind::word || row.field.kind == FieldKind::word_or_number)
        word_combo(row, value);
    ImGui::PopID();
}

std::vector<std::filesystem::path> scenario_files_in(const std::filesystem::path& folder) {
    std::vector<std::filesystem::path> files;
    std::error_code error;
    for (const auto& entry : std::filesystem::directory_iterator(folder, error))
        if (entry.path().extension() == ".toml") files.push_back(entry.path());
    std::ranges::sort(files);
    return files;
}

}  // namespace

void Panels::controls(Lab& lab, const Box& place) {
    begin("Controls", place, theme(lab).page);
    ui::panel("Controls");
    Session& session = lab.session_;
    ImGui::PushFont(lab.fonts_.title);
    ImGui::TextUnformatted("Plumbline");
    ImGui::PopFont();

    static const std::vector<std::filesystem::path> files = scenario_files_in(lab.def_.scenarios);
    std::vector<std::string> names;
    int chosen = -1;
    for (const auto& file : files) {
        std::string name = file.stem().string();
        if (name == session.scenario().name) chosen = static_cast<int>(names.size());
        std::replace(name.begin(), name.end(), '_', ' ');
        names.push_back(std::move(name));
    }
    if (ui::combo("Scenario", &chosen, names)) {
        try {
            session.load(load_scenario(files[static_cast<size_t>(chosen)]));
        } catch (const std::exception& error) {
            say(lab, error.what(), true);
        }
    }
    if (!session.scenario().asks.empty()) ui::quiet(session.scenario().asks);

    const auto dim_button = [](const char* label, bool usable) {
        ImGui::PushStyleVar(ImGuiStyleVar_Alpha, usable ? 1.0f : 0.4f);
        const bool pressed = ui::button(label);
        ImGui::PopStyleVar();
        ImGui::SameLine();
        return pressed && usable;
    };
    if (dim_button("Undo", session.can_undo())) session.undo();
    if (dim_button("Redo", session.can_redo())) session.redo();
    // Two rows where the text is large.
    if (ImGui::GetContentRegionAvail().x < 8.2f * ImGui::GetFontSize()) ImGui::NewLine();
    if (ui::button("Open...")) lab.views_.wanted_popup = "Open";
    ImGui::SameLine();
    if (ui::button("Save...")) lab.views_.wanted_popup = "Save";
    ui::help("Scenario, recording, picture or film");
    if (ui::button("Report...", {-1.0f, 0.0f})) lab.views_.wanted_popup = "Report";
    ui::help("A document of this run to hand out: PDF or web page");
    if (ui::button("Lessons...", {-1.0f, 0.0f})) lab.views_.wanted_popup = "Lessons";
    ui::help("For a room: step by step, guess first, then see");
    if (ui::button("Journal...", {-1.0f, 0.0f})) lab.views_.wanted_popup = "Journal";
    ui::help("What you did and how it felt, on this computer alone; off until you begin one");
    if (ui::button("Your turn...", {-1.0f, 0.0f})) lab.views_.wanted_popup = "Turn";
    ui::help("Three measures, then your own squat, what would help and a page to take home");
    if (ui::button("Person card...", {-1.0f, 0.0f})) lab.views_.tape_open = true;
    ui::help("Stature, mass and a tape measure: the person on the sliders");

    // Groups in the order in which the list first names them; parts that share one stand together.
    std::vector<std::string> groups;
    for (const Field<ScenarioDef>& field : scenario_fields())
        if (std::ranges::find(groups, field_group(field)) == groups.end())
            groups.push_back(field_group(field));
    for (const std::string& group : groups) {
        const bool at_first =
            group == "Stance" || group == "Counterweight" || group == "Wall" || group == "Movement";
        ImGui::SetNextItemOpen(at_first, ImGuiCond_Once);
        ui::panel("Controls");
        ImGui::PushFont(lab.fonts_.bold);
        const bool open = ImGui::CollapsingHeader(group.c_str());
        ImGui::PopFont();
        ui::note("Group " + group, open ? "open" : "closed");
        if (!open) continue;
        ui::panel(group);
        for (const Field<ScenarioDef>& field : scenario_fields())
            if (field_group(field) == group)
                field_row({session, field, session.resolved(), lab.settings_.imperial, field_label(field)});
    }
    ui::panel("Controls");
    ImGui::Separator();
    if (ui::toggle("Inches and pounds", &lab.settings_.imperial)) lab.views_.zoom_x.reset();
    ui::toggle("Dark", &lab.settings_.dark);
    ImGui::TextUnformatted("Text size");
    double& zoom = lab.settings_.zoom;
    ImGui::SameLine();
    ui::quiet(percent_text(zoom));
    for (const auto& [label, step] : {std::pair{"Smaller", -0.25}, std::pair{"Larger", 0.25}}) {
        if (ui::button(label)) zoom = std::clamp(zoom + step, 0.75, 2.5);
        ImGui::SameLine();
    }
    ImGui::NewLine();
    ImGui::End();
}

}  // namespace plumb
