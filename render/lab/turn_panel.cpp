// A participant's turn: three measures, then "your squat" with its uncertainty, the least helps, a ladder and a page to take home.
#include <algorithm>
#include <cmath>

#include "render/lab/field_text.h"
#include "render/lab/lab_parts.h"
#include "render/lab/panels.h"
#include "render/lab/ui.h"
#include "render/report/one_page.h"
#include "render/report/pdf_pages.h"
#include "render/report/report_sections.h"
#include "sim/balance/explain.h"
#include "sim/scenario/scenario_fields.h"

namespace plumb {
namespace {

constexpr std::size_t k_helps_told = 4;

/// A measure as a big number and a slider over the whole width.
void measure(const Fonts& fonts, const char* label, double& value, std::array<double, 2> range,
             const char* unit, bool imperial) {
    const ShownUnit shown = shown_unit(unit, imperial);
    ImGui::TextUnformatted(label);
    ImGui::SameLine();
    ImGui::PushFont(fonts.bold);
    ImGui::TextUnformatted(shown_number(value, shown).c_str());
    ImGui::PopFont();
    if (ui::slider(label, &value, range[0], range[1], shown_number(value, shown)))
        value = std::round(value * 1000.0) / 1000.0;
}

/// The scenario of these measures: the article's squat, nothing held, nothing behind.
ScenarioDef scenario_of(const PersonDef& person) {
    ScenarioDef def;
    def.name = "your_squat";
    def.person = person;
    return def;
}

}  // namespace

void Panels::turn_form(Lab& lab) {
    TurnScreen& turn = *lab.turn_;
    const bool imperial = lab.settings_.imperial;
    TapeMeasures& m = turn.tape;
    const TapeMeasures before = m;
    ui::words("Three measures make a model person of your size. It is not you: strength and all else are "
              "those of an average adult.");
    for (const auto& [label, sex] : {std::pair{"Woman", Sex::female}, std::pair{"Man", Sex::male}}) {
        if (ui::choice(label, m.sex == sex)) m.sex = sex;
        ImGui::SameLine();
    }
    ImGui::NewLine();
    measure(lab.fonts_, "Stature", m.stature_m, {1.2, 2.2}, "m", imperial);
    measure(lab.fonts_, "Mass", m.mass_kg, {30.0, 200.0}, "kg", imperial);
    bool measured = m.knee_to_wall_m.has_value();
    if (ui::toggle("Knee to wall is measured", &measured))
        m.knee_to_wall_m = measured ? std::optional(0.10) : std::nullopt;
    ui::help("Lunge in front of a wall, heel down, the knee just touching it: longest toe to wall");
    if (m.knee_to_wall_m) {
        measure(lab.fonts_, "Toe to wall", *m.knee_to_wall_m, {-0.12, 0.25}, "m", imperial);
        ui::quiet("Lunge with the heel down until the knee just touches the wall; measure from the longest "
                  "toe to the wall. "
                  "Less than nothing: how far the knee misses it with the toe at the wall.");
    } else {
        ui::quiet("Not measured: the usual ankle stands in, and the answer is the less sure for it.");
    }
    // An answer is of the measures it was asked for.
    if (!(m == before)) {
        turn.desk.stop();
        turn.facts.reset();
    }
    const PersonCard card = person_from_tape(m);
    const auto problem =
        card.problem.empty() ? find_scenario_problem(scenario_of(card.person)) : std::nullopt;
    const std::string why = !card.problem.empty() ? card.problem : problem ? problem->text : "";
    if (!why.empty()) {
        ui::words(why);
        ui::note("Problem", why);
        return;
    }
    if (ui::main_button("Show my squat")) {
        ReportWish wish;
        wish.scenario = scenario_of(card.person);
        turn.facts.reset();
        turn.problem.clear();
        turn.desk.begin(std::move(wish));
    }
}

void Panels::turn_answer(Lab& lab) {
    TurnScreen& turn = *lab.turn_;
    if (turn.desk.working()) {
        ui::words("Working out your squat, what would help and the way there ...");
        ImGui::ProgressBar(static_cast<float>(turn.desk.progress()));
        ui::note("Progress", "");
        if (ui::button("Stop")) turn.desk.stop();
        return;
    }
    if (!turn.problem.empty()) return ui::words(turn.problem);
    if (!turn.facts) return ui::quiet("Your squat stands here once you ask for it.");
    const ReportFacts& facts = *turn.facts;
    ReportWriter writer(*turn.texts, lab.settings_.imperial ? ReadUnits::imperial : ReadUnits::metric, {});
    ImGui::PushFont(lab.fonts_.bold);
    const std::string verdict = verdict_text(writer, facts);
    ImGui::TextWrapped("%s", verdict.c_str());
    ImGui::PopFont();
    ui::note("Verdict", verdict);
    if (const std::string close = close_call_text(writer, facts); !close.empty()) {
        ui::words(close);
        ui::note("Close", close);
    }
    const auto list = [&](const char* name, const char* title, const Table& table, std::size_t most) {
        ImGui::PushFont(lab.fonts_.bold);
        ImGui::TextUnformatted(title);
        ImGui::PopFont();
        std::size_t shown = 0;
        for (const std::vector<std::string>& row : table.rows) {
            if (shown == most) break;
            std::string text;
            for (std::size_t i = 0; i + 1 < std::min<std::size_t>(row.size(), 4); ++i)
                text += (text.empty() ? "" : i == 1 ? ": " : "; ") + row[i];
            ui::words("- " + text);
            ui::note(std::string(name) + " " + std::to_string(++shown), text);
        }
    };
    if (facts.adaptations && !facts.adaptations->needed)
        ui::words((*turn.texts)("one_page.nothing_needed"));
    else if (facts.adaptations && facts.adaptations->singles.empty())
        ui::words((*turn.texts)("adapt.no_single"));
    else if (facts.adaptations)
        list("Help", "The least that would help",
             answers_table(writer, facts.adaptations->singles, k_helps_told, false), k_helps_told);
    if (facts.ladder && facts.ladder->needed && !facts.ladder->rungs.empty())
        list("Rung", "Your way there", ladder_table(writer, *facts.ladder), 12);
    ui::quiet(k_safety_note);
    if (ui::main_button("A page to take home")) {
        try {
            ReportInput input;
            input.runs = {facts};
            const BalanceReport page = one_page_report(
                input, *turn.texts, lab.settings_.imperial ? ReadUnits::imperial : ReadUnits::metric,
                make_stills());
            const std::filesystem::path file = free_name("your_squat", ".pdf");
            const bool good = write_whole(file, pdf_of(page.document, Paper::a4));
            say(lab, (good ? "Written: " : "Cannot be written: ") + file.string(), !good);
        } catch (const std::exception& error) {
            say(lab, std::string("No page: ") + error.what(), true);
        }
    }
    ImGui::SameLine();
    if (ui::button("Put on the sliders")) {
        lab.session_.load(facts.recording->scenario);
        turn.on = false;
    }
}

void Panels::turn(Lab& lab) {
    TurnScreen& turn = *lab.turn_;
    if (lab.views_.wanted_popup == "Turn") {
        lab.views_.wanted_popup.clear();
        turn.on = true;
        turn.facts.reset();
        turn.problem.clear();
        turn.tape = TapeMeasures{};
        turn.tape.knee_to_wall_m = 0.10;
    }
    if (auto done = turn.desk.poll()) {
        turn.problem = done->problem;
        try {
            if (!turn.texts) turn.texts = Texts::read(lab.def_.texts, "en");
        } catch (const std::exception& error) {
            turn.problem = error.what();
        }
        if (turn.problem.empty() && !done->facts.empty()) turn.facts = std::move(done->facts.front());
    }
    if (!turn.on) return;
    const ImVec2 size = ImGui::GetIO().DisplaySize;
    const double em = ImGui::GetFontSize(), width = size.x, height = size.y, half = std::floor(0.42 * width);
    begin("Turn form", {0.0, 0.0, half, height}, theme(lab).panel);
    ui::panel("Turn");
    ImGui::PushFont(lab.fonts_.title);
    ImGui::TextUnformatted("Your turn");
    ImGui::PopFont();
    ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing,
                        {static_cast<float>(0.5 * em), static_cast<float>(0.5 * em)});
    turn_form(lab);
    if (ui::button("Back to the lab")) {
        turn.desk.stop();
        turn.on = false;
    }
    ImGui::PopStyleVar();
    ImGui::End();
    begin("Turn answer", {half, 0.0, width - half, height}, theme(lab).page);
    ui::panel("Answer");
    ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing,
                        {static_cast<float>(0.5 * em), static_cast<float>(0.4 * em)});
    turn_answer(lab);
    ImGui::PopStyleVar();
    ImGui::End();
}

}  // namespace plumb
