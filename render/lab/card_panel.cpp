// The person card: from a tape measure to the person on the sliders, with what measuring errors mean for the limit.
#include <algorithm>
#include <array>
#include <cmath>

#include "render/lab/field_text.h"
#include "render/lab/imgui_painter.h"
#include "render/lab/lab_parts.h"
#include "render/lab/panels.h"
#include "render/lab/ui.h"
#include "render/report/limit_band.h"
#include "sim/balance/explain.h"
#include "sim/base/units.h"
#include "sim/person/dorsiflexion.h"
#include "sim/scenario/scenario_fields.h"

namespace plumb {
namespace {

/// A slider with its number.
void slide(const char* label, double& value, std::array<double, 2> range, const ShownUnit& shown) {
    ui::quiet(shown_number(value, shown));
    if (ui::slider(label, &value, range[0], range[1], shown_number(value, shown)))
        value = std::round(value * 1000.0) / 1000.0;
}
void measure(const char* label, double& value, double min, double max, const char* unit, bool imperial,
             const char* tip) {
    ImGui::TextUnformatted(label);
    ui::help(tip);
    ImGui::SameLine();
    slide(label, value, {min, max}, shown_unit(unit, imperial));
}

/// A tick box, and while it is on the slider `name`.
struct Optional {
    const char* label;
    const char* name;
    double usual, min, max;
    const char* unit;
    const char* tip;
};
void optional_measure(const Optional& what, std::optional<double>& value, bool imperial) {
    bool on = value.has_value();
    if (ui::toggle(what.label, &on)) value = on ? std::optional(what.usual) : std::nullopt;
    ui::help(what.tip);
    ImGui::SameLine();
    if (value)
        slide(what.name, *value, {what.min, what.max}, shown_unit(what.unit, imperial));
    else
        ui::quiet("not measured");
}

/// The body of these measures with usual joints, for what stands in where nothing was measured.
Person usual_person(TapeMeasures m) {
    m.knee_to_wall_m.reset();
    m.closure_deg.reset();
    PersonCard card = person_from_tape(m);
    return build_person(card.problem.empty() ? card.person : PersonDef{});
}

}  // namespace

void Panels::limit_band(Lab& lab, const PersonDef& person) {
    AnswerBook<Lab::Card::Limit>& book = lab.card_->limits;
    ScenarioDef with = lab.session_.scenario();
    with.person = person;
    const auto problem = find_scenario_problem(with);
    // The usual value measured is another thing than the usual value assumed.
    const std::string hash = problem ? ""
                                     : input_hash(resolve_scenario(with))
                                           + (person.trunk_thigh_closure_deg ? " with closure" : "");
    if (book.open(hash) && !hash.empty() && !book.page())
        book.ask([with](const std::atomic<bool>& stale) -> AnswerBook<Lab::Card::Limit>::Entry {
            Lab::Card::Limit limit;
            try {
                limit.scale = limit_scale(with, &stale);
            } catch (const std::exception& error) {
                limit.problem = error.what();
            }
            return [limit = std::move(limit)](Lab::Card::Limit& page) { page = limit; };
        });
    book.poll();
    const Lab::Card::Limit* const known = book.page();
    // The place is kept while the answer is made: what lies below does not jump.
    const float em = ImGui::GetFontSize();
    const ImVec2 at = ImGui::GetCursorScreenPos();
    const float width = ImGui::GetContentRegionAvail().x, height = 6.4f * em;
    std::string words = problem ? problem->text : "Working out how deep this body can hold still...";
    if (known) words = with_degree_signs(known->scale ? limit_scale_sentence(*known->scale) : known->problem);
    if (known && known->scale) {
        ImGuiPainter painter(*ImGui::GetWindowDrawList(), lab.fonts_);
        const BandUnits units = lab.settings_.imperial ? BandUnits{1.0 / k_inch_m, "in"} : BandUnits{};
        draw_limit_band(painter, *known->scale, {at.x, at.y, width, height}, theme(lab), 0.9 * em, units);
    }
    ImGui::Dummy({width, height});
    ui::help("From standing to the deepest: the bar is how far this body is balanced, the band where 9 of 10 "
             "lie when what nobody measured is drawn again, the diamond how far comfortably");
    const float top = ImGui::GetCursorPosY();
    ui::words(words);
    ui::note("Band", known ? words : "");
    const float three_lines = top + 3.0f * ImGui::GetTextLineHeight() + ImGui::GetStyle().ItemSpacing.y;
    if (ImGui::GetCursorPosY() < three_lines) ImGui::SetCursorPosY(three_lines);
}

void Panels::card(Lab& lab) {
    LabViews& v = lab.views_;
    if (!v.tape_open) return;
    Session& session = lab.session_;
    if (ImGui::IsPopupOpen("Person card") == false) {
        v.tape = tape_from_person(session.resolved().person);
        ImGui::OpenPopup("Person card");
    }
    // It grows downward, so that nothing above what was ticked moves; higher than the window it scrolls.
    const ImVec2 window = ImGui::GetIO().DisplaySize;
    const float em = ImGui::GetFontSize(), high = 0.97f * window.y;
    ImGui::SetNextWindowPos({0.5f * window.x, 0.015f * window.y}, ImGuiCond_Always, {0.5f, 0.0f});
    ImGui::SetNextWindowSizeConstraints({30.0f * em, 0.0f}, {30.0f * em, high});
    if (!ImGui::BeginPopupModal("Person card", &v.tape_open, ImGuiWindowFlags_AlwaysAutoResize)) return;
    ui::panel("Card");
    const bool imperial = lab.settings_.imperial;
    TapeMeasures& m = v.tape;
    if (ui::choice("Man", m.sex == Sex::male)) m.sex = Sex::male;
    ImGui::SameLine();
    if (ui::choice("Woman", m.sex == Sex::female)) m.sex = Sex::female;
    measure("Age", m.age_years, 16.0, 100.0, "years", imperial, "in years");
    measure("Stature", m.stature_m, 1.2, 2.2, "m", imperial, "without shoes");
    measure("Mass", m.mass_kg, 30.0, 250.0, "kg", imperial, "without a weight in the hands");
    const Person usual = usual_person(m);
    optional_measure(
        {"Knee to wall", "Knee to wall distance", knee_to_wall_m(usual.lengths, k_usual_dorsiflexion_deg),
         -0.08, 0.20, "m",
         "Stand facing a wall, heel down, and move the foot back until the knee only just touches "
         "the wall: from the longest toe to the wall. Below zero: the toe at the wall, the knee "
         "misses it by so much."},
        m.knee_to_wall_m, imperial);
    optional_measure(
        {"Knee to chest", "Knee to chest angle", *usual.def.trunk_thigh_closure_deg, 80.0, 160.0, "deg",
         "Lie down, keep the back flat and pull one knee to the chest as far as it goes: how far "
         "the thigh has turned from lying flat"},
        m.closure_deg, imperial);
    optional_measure({"Thigh", "Thigh length", 0.42, 0.2, 0.75, "m",
                      "From the bony bump at the side of the hip to the knee's joint line"},
                     m.thigh_m, imperial);
    optional_measure({"Shank", "Shank length", 0.42, 0.2, 0.75, "m",
                      "From the knee's joint line to the tip of the outer ankle"},
                     m.shank_m, imperial);
    optional_measure({"Foot", "Foot length", 0.26, 0.12, 0.4, "m", "Heel to longest toe"}, m.foot_m,
                     imperial);

    const PersonCard made = person_from_tape(m);
    if (!made.problem.empty()) {
        ui::words(made.problem);
        ui::note("Problem", made.problem);
    } else {
        const std::string ankle =
            "Ankle dorsiflexion, weight-bearing: " + fixed_text(made.ankle.dorsiflexion_deg, 0) + "\u00b0"
            + (m.knee_to_wall_m ? " \u00b1 " + fixed_text(made.ankle.error_deg, 0) + "\u00b0"
                                : std::string(" (usual, not measured)"));
        ui::words(ankle);
        ui::note("Ankle", ankle);
        if (m.left != SideDef{} || m.right != SideDef{})
            ui::quiet("What is given for one side alone stays as it is.");
        limit_band(lab, made.person);
    }
    ImGui::Spacing();
    if (made.problem.empty() && ui::main_button("Use this person")) {
        ScenarioDef def = session.scenario();
        def.person = made.person;
        session.edit(def);
        v.tape_open = false;
        ImGui::CloseCurrentPopup();
    }
    ImGui::SameLine();
    if (ui::button("Cancel")) {
        v.tape_open = false;
        ImGui::CloseCurrentPopup();
    }
    ImGui::EndPopup();
}

}  // namespace plumb
