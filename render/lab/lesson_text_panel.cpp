// The words of a lesson, large enough for a room: text, question and guesses, answer and tally, sliders.
#include <algorithm>
#include <cmath>

#include "render/lab/field_text.h"
#include "render/lab/imgui_painter.h"
#include "render/lab/lab_parts.h"
#include "render/lab/panels.h"
#include "render/lab/ui.h"
#include "sim/balance/explain.h"
#include "sim/base/text.h"
#include "sim/scenario/scenario_fields.h"

namespace plumb {
namespace {

std::string phase_name(LessonPhase phase) {
    switch (phase) {
    case LessonPhase::read: return "read";
    case LessonPhase::ask: return "ask";
    case LessonPhase::watch: return "watch";
    case LessonPhase::told: return "told";
    case LessonPhase::sequence: return "sequence";
    }
    return "";
}

/// A headline in the larger letters where it takes at most two lines.
void headline(const Fonts& fonts, const std::string& text) {
    ImGui::PushFont(fonts.title);
    const float lines = ImGui::CalcTextSize(text.c_str(), nullptr, false, ImGui::GetContentRegionAvail().x).y
                        / ImGui::GetFontSize();
    ImGui::PopFont();
    ImGui::PushFont(lines < 2.6f ? fonts.title : fonts.bold);
    ImGui::TextWrapped("%s", text.c_str());
    ImGui::PopFont();
    ui::note("Headline", text);
}

/// "3 of 20: falls backward" and so on, with a bar; the right one in bold with a sign before it.
void tally(const Lab& lab, const Fonts& fonts, const LessonDesk& desk, const LessonAnswer& answer) {
    const LessonVotes& votes = desk.votes();
    const int all = std::max(1, votes.count());
    if (desk.step().question->kind == QuestionKind::outcome) {
        for (const OutcomeChoice choice : k_outcome_choices) {
            const int count = votes.choices[static_cast<std::size_t>(choice)];
            const bool right = answer.choice == choice;
            const std::string text =
                (right ? "> " : "  ") + choice_words(choice) + ": " + std::to_string(count);
            if (right) ImGui::PushFont(fonts.bold);
            ImGui::TextUnformatted(text.c_str());
            if (right) ImGui::PopFont();
            ui::note("Tally " + choice_words(choice), std::to_string(count) + (right ? " right" : ""));
            const ImVec2 at = ImGui::GetCursorScreenPos();
            const float width = ImGui::GetContentRegionAvail().x, height = 0.35f * ImGui::GetFontSize();
            const Theme& t = Panels::theme(lab);
            ImGui::GetWindowDrawList()->AddRectFilled(at, {at.x + width, at.y + height}, im_colour(t.control),
                                                      3.0f);
            ImGui::GetWindowDrawList()->AddRectFilled(
                at, {at.x + width * static_cast<float>(count) / static_cast<float>(all), at.y + height},
                im_colour(right ? t.good : t.accent), 3.0f);
            ImGui::Dummy({width, 1.6f * height});
        }
        return;
    }
    std::vector<double> numbers = votes.numbers;
    if (numbers.empty()) return;
    std::ranges::sort(numbers);
    const std::string& unit = desk.step().question->unit;
    const auto said = [&](double value) { return number_text(std::round(10.0 * value) / 10.0) + " " + unit; };
    const std::string text = std::to_string(numbers.size()) + " guesses: " + said(numbers.front()) + " to "
                             + said(numbers.back()) + ", middle " + said(numbers[numbers.size() / 2]);
    ui::words(text);
    ui::note("Tally", text);
}

}  // namespace

void Panels::lesson_question(Lab& lab) {
    LessonScreen& screen = *lab.lesson_;
    LessonDesk& desk = screen.desk;
    const LessonQuestion& question = *desk.step().question;
    ImGui::PushFont(lab.fonts_.bold);
    ImGui::TextWrapped("%s", question.ask.c_str());
    ImGui::PopFont();
    ui::note("Question", question.ask);
    ImGui::Spacing();
    if (question.kind == QuestionKind::outcome) {
        for (std::size_t i = 0; i < k_outcome_choices.size(); ++i) {
            const std::string words = choice_words(k_outcome_choices[i]);
            const std::string label = std::to_string(i + 1) + "  " + words;
            if (ui::button(label.c_str(), {0.72f * ImGui::GetContentRegionAvail().x, 0.0f}))
                desk.vote(k_outcome_choices[i], 1);
            ImGui::SameLine();
            if (ui::button(("-##" + words).c_str())) desk.vote(k_outcome_choices[i], -1);
            ImGui::SameLine();
            ImGui::TextUnformatted(std::to_string(desk.votes().choices[i]).c_str());
            ui::note("Votes " + words, std::to_string(desk.votes().choices[i]));
        }
        ui::quiet("Hands up: keys 1, 2, 3 count one each (Shift takes one back). Then go on.");
        return;
    }
    const std::string shown = number_text(std::round(10.0 * screen.guess) / 10.0) + " " + question.unit;
    ImGui::TextUnformatted(shown.c_str());
    if (ui::slider("Guess", &screen.guess, question.from, question.to, shown))
        screen.guess = snapped_guess(question, screen.guess);
    if (ui::main_button("Add this guess")) desk.guess(screen.guess);
    ImGui::SameLine();
    if (ui::button("Take one back")) desk.take_back_guess();
    const std::string count = std::to_string(desk.votes().numbers.size()) + " guesses";
    ui::quiet(count + ". Keys: Home less, End more, Enter adds it.");
    ui::note("Guesses", count);
}

void Panels::lesson_answer_words(Lab& lab) {
    const LessonDesk& desk = lab.lesson_->desk;
    const StepFound* const found = desk.found();
    if (!desk.step().question) return;
    if (found == nullptr || !found->answer) {
        ui::words(found != nullptr && !found->problem.empty() ? found->problem
                                                              : "The answer is being worked out ...");
        return;
    }
    const LessonAnswer& answer = *found->answer;
    const bool outcome = desk.step().question->kind == QuestionKind::outcome;
    std::string told = "The person " + answer.words + ".";
    if (!outcome) {
        const LessonQuestion& q = *desk.step().question;
        told = answer.words + ".";
        if (answer.value)
            told = (q.help == "wall" ? "At most " : "At least ")
                   + number_text(std::round(10.0 * *answer.value) / 10.0) + " " + q.unit + " (" + answer.words
                   + ").";
    }
    ImGui::PushFont(lab.fonts_.title);
    ImGui::TextWrapped("%s", told.c_str());
    ImGui::PopFont();
    ui::note("Answer", told);
    tally(lab, lab.fonts_, desk, answer);
    if (outcome && !answer.cause.empty()) {
        const std::string cause = "What gives out first is " + answer.cause + ".";
        ui::words(cause);
        ui::note("Cause", cause);
    }
}

/// The room's sliders: fields of the scenario, each between the ends the lesson gives.
void Panels::lesson_sliders(Lab& lab) {
    Session& session = lab.session_;
    for (const LessonSlider& slider : lab.lesson_->desk.step().sliders) {
        const Field<ScenarioDef>& field = *find_field(slider.field);
        const FieldValue held = value_in_use(field, session.resolved());
        double value = slider.from;
        if (const double* const number = std::get_if<double>(&held)) value = *number;
        const ShownUnit unit = shown_unit(field.unit, lab.settings_.imperial);
        const std::string label = field_label(field), shown = shown_number(value, unit);
        ImGui::TextUnformatted((label + ": " + shown).c_str());
        const bool moved = ui::slider(label.c_str(), &value, slider.from, slider.to, shown);
        if (ImGui::IsItemDeactivated()) session.end_stroke();
        if (!moved) continue;
        ScenarioDef def = session.scenario();
        field.set(def, stepped_value(value, shown_step(unit), slider.from, slider.to));
        session.edit(def, slider.field);
    }
}

void Panels::lesson_text(Lab& lab, const Box& place) {
    LessonDesk& desk = lab.lesson_->desk;
    const LessonStep& step = desk.step();
    begin("Lesson", place, theme(lab).page);
    ui::panel("Lesson");
    const float em = ImGui::GetFontSize();
    ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, {0.4f * em, 0.35f * em});
    const std::string phase = phase_name(desk.phase());
    const bool guessing =
        step.question && (desk.phase() == LessonPhase::ask || desk.phase() == LessonPhase::watch);
    headline(lab.fonts_, !guessing                          ? step.headline
                         : desk.phase() == LessonPhase::ask ? "First a guess"
                                                            : "Now look");
    switch (desk.phase()) {
    case LessonPhase::read:
        ui::words(step.text);
        ui::note("Text", step.text);
        break;
    case LessonPhase::ask: lesson_question(lab); break;
    case LessonPhase::watch:
        if (!step.look_at.empty()) {
            ui::words(step.look_at);
            ui::note("Look at", step.look_at);
        }
        lesson_sliders(lab);
        break;
    case LessonPhase::told:
        lesson_answer_words(lab);
        if (!step.model.empty()) {
            ui::words(step.model);
            ui::note("Model", step.model);
        }
        break;
    case LessonPhase::sequence: {
        const StepFound* const found = desk.found();
        if (found == nullptr || !found->exit) {
            ui::words("The way out is being worked out ...");
            break;
        }
        const SideExit& exit = *found->exit;
        const SideExitStep& at = exit.steps[std::min(desk.posture(), exit.steps.size() - 1)];
        const std::string words =
            std::to_string(desk.posture() + 1) + " of " + std::to_string(exit.steps.size()) + ": " + at.words;
        ui::words(words);
        ui::note("Posture", words);
        std::string margin = at.feasible ? "Centre of mass " + margin_in_words(at.margin_m)
                                               + " what carries; the most loaded joint uses "
                                               + percent_text(at.strength_use) + " of its strength."
                                         : "Not possible for this body: " + at.why_not;
        if (at.feasible && at.way_strength_use > 1.0)
            margin += " Held still half way it would take " + percent_text(at.way_strength_use)
                      + ", more than this body has: the model cannot say that it comes through.";
        ui::words(margin);
        ui::note("Margin", margin);
        break;
    }
    }
    if (desk.at_end() && desk.has_votes()) {
        ImGui::Separator();
        ui::quiet("The room's guesses, without names:");
        if (ui::button("Keep as table")) keep_guesses(lab);
        ImGui::SameLine();
        if (ui::button("Discard")) desk.discard_votes();
    }
    ImGui::PopStyleVar();
    ui::note("Phase", phase);
    if (!lab.session_.trouble().empty() && desk.phase() == LessonPhase::watch)
        ui::words(lab.session_.trouble());
    // What does not fit can be scrolled to, but nobody in the last row does.
    ui::note("Overflow", ImGui::GetScrollMaxY() > 1.0f ? "yes" : "no");
    ImGui::End();
}

}  // namespace plumb
