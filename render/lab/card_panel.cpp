// The person card: from a tape measure to the person on the sliders, with what measuring errors mean for the limit.
#include <algorithm>
#include <cmath>

#include "render/lab/field_text.h"
#include "render/lab/lab_parts.h"
#include "render/lab/panels.h"
#include "render/lab/ui.h"
#include "sim/balance/explain.h"

namespace plumb {
namespace {

/// A slider with its number; true while it changes.
bool measure(const char* label, double& value, double min, double max, const char* unit, bool imperial,
             const char* tip) {
    const ShownUnit shown = shown_unit(unit, imperial);
    ImGui::TextUnformatted(label);
    ui::help(tip);
    ImGui::SameLine();
    ui::quiet(shown_number(value, shown));
    const bool changed = ui::slider(label, &value, min, max, shown_number(value, shown));
    if (changed) value = std::round(value * 1000.0) / 1000.0;
    return changed;
}

bool optional_measure(const char* label, std::optional<double>& value, double usual, double min, double max,
                      bool imperial, const char* tip) {
    bool on = value.has_value();
    bool changed = ui::toggle(label, &on);
    ui::help(tip);
    if (changed) value = on ? std::optional(usual) : std::nullopt;
    if (value)
        changed = measure((std::string(label) + " length").c_str(), *value, min, max, "m", imperial, tip)
                  || changed;
    return changed;
}

}  // namespace

void Panels::card(Lab& lab) {
    LabViews& v = lab.views_;
    if (!v.tape_open) return;
    Session& session = lab.session_;
    Lab::Card& card = *lab.card_;
    if (ImGui::IsPopupOpen("Person card") == false) {
        v.tape = tape_from_person(session.resolved().person);
        card.band.reset();
        ImGui::OpenPopup("Person card");
    }
    ImGui::SetNextWindowSize({30.0f * ImGui::GetFontSize(), 0.0f});
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
    measure("Knee to wall", m.knee_to_wall_m, -0.08, 0.20, "m", imperial,
            "Stand facing a wall, heel down, and move the foot back until the knee only just touches the "
            "wall: from the "
            "longest toe to the wall. Below zero: the toe at the wall, the knee misses it by so much.");
    optional_measure("Thigh", m.thigh_m, 0.42, 0.2, 0.75, imperial,
                     "From the bony bump at the side of the hip to the knee's joint line");
    optional_measure("Shank", m.shank_m, 0.42, 0.2, 0.75, imperial,
                     "From the knee's joint line to the tip of the outer ankle");
    optional_measure("Foot", m.foot_m, 0.26, 0.12, 0.4, imperial, "Heel to longest toe");

    const PersonCard made = person_from_tape(m);
    if (!made.problem.empty()) {
        ui::words(made.problem);
        ui::note("Problem", made.problem);
    } else {
        const std::string ankle =
            "Ankle dorsiflexion, weight-bearing: " + fixed_text(made.ankle.dorsiflexion_deg, 0)
            + "\u00b0 \u00b1 " + fixed_text(made.ankle.error_deg, 0) + "\u00b0";
        ui::words(ankle);
        ui::note("Ankle", ankle);
        if (auto done = card.made.take(); done && done->first == m) card.band = done->second;
        ScenarioDef with = session.scenario();
        with.person = made.person;
        if (card.of != m || (!card.band && !card.worker.busy())) {
            card.of = m;
            card.band.reset();
            card.worker.ask([&card, m, with, errors = errors_of(made)](const std::atomic<bool>& stale) {
                try {
                    const StaticBand band = band_of(with, errors, &stale);
                    if (!band.cancelled) card.made.put({m, band});
                } catch (const std::exception& error) {
                    StaticBand none;
                    none.sentence = error.what();
                    card.made.put({m, none});
                }
            });
        }
        ui::words(card.band ? card.band->sentence : "Working out what the errors of measuring mean...");
        ui::note("Band", card.band ? card.band->sentence : "");
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
