// A lesson on the whole window: words large enough for a room, the picture, the guesses, the answer.
#include <algorithm>
#include <cmath>
#include <filesystem>

#include "render/lab/field_text.h"
#include "render/lab/imgui_keys.h"
#include "render/lab/imgui_painter.h"
#include "render/lab/lab_parts.h"
#include "render/lab/panels.h"
#include "render/lab/ui.h"
#include "render/report/report_writer.h"
#include "render/scene/side_exit_scene.h"
#include "sim/balance/events.h"
#include "sim/balance/explain.h"
#include "sim/base/text.h"
#include "sim/scenario/scenario_fields.h"

namespace plumb {
namespace {

namespace fs = std::filesystem;

constexpr std::array k_choices = {OutcomeChoice::falls_backward, OutcomeChoice::holds,
                                  OutcomeChoice::falls_forward};

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

/// Where the run stands still in a step: its own moment, and where it stands before the answer is known.
double moment_s(const Recording& recording, LessonMoment moment) {
    const Events events = find_events(recording);
    const auto at = [&](std::size_t frame) { return recording.frames[frame].time_s; };
    switch (moment) {
    case LessonMoment::stand: return 0.0;
    case LessonMoment::bottom: return at(events.deepest_frame);
    case LessonMoment::exit: return at(events.exit_frame.value_or(events.deepest_frame));
    case LessonMoment::end: return recording.frames.back().time_s;
    case LessonMoment::play: break;
    }
    return 0.0;
}

LabView lab_view(LessonView view) {
    switch (view) {
    case LessonView::side: return LabView::side;
    case LessonView::front: return LabView::front;
    case LessonView::top: return LabView::top;
    case LessonView::orbit: break;
    }
    return LabView::orbit;
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

/// What a run of a step is called under its picture: what the lesson sets of it, else its scenario.
std::string picture_title(const ScenarioDef& scenario, const std::vector<std::string>& settings) {
    std::string words = scenario.name;
    std::ranges::replace(words, '_', ' ');
    if (settings.empty()) return words;
    const std::size_t is = settings.front().find('=');
    const Field<ScenarioDef>* const field = find_field(settings.front().substr(0, is));
    if (field == nullptr) return words;
    std::string value = settings.front().substr(is + 1) + (field->unit.empty() ? "" : " " + field->unit);
    std::ranges::replace(value, '_', ' ');
    return field_label(*field) + ": " + value;
}

/// "3 of 20: falls backward" and so on, with a bar; the right one in bold with a sign before it.
void tally(const Lab& lab, const Fonts& fonts, const LessonDesk& desk, const LessonAnswer& answer) {
    const LessonVotes& votes = desk.votes();
    const int all = std::max(1, votes.count());
    if (desk.step().question->kind == QuestionKind::outcome) {
        for (const OutcomeChoice choice : k_choices) {
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

/// Guesses by whole steps of what is asked in: half a kilogram, a centimetre, half a degree.
double guess_step(const LessonQuestion& question) {
    if (question.unit == "kg" || question.unit == "deg") return 0.5;
    return question.unit == "m" ? 0.01 : question.unit == "mm" ? 5.0 : 1.0;
}

double snapped(const LessonQuestion& question, double value) {
    const double step = guess_step(question);
    return std::clamp(std::round(value / step) * step, question.from, question.to);
}

}  // namespace

void Panels::keep_guesses(Lab& lab) {
    const LessonDesk& desk = lab.lesson_->desk;
    const fs::path file = free_name(file_word(desk.lesson().def.name) + "_guesses", ".csv");
    const bool good = write_whole(file, desk.votes_csv());
    say(lab, (good ? "Written: " : "Cannot be written: ") + file.string(), !good);
}

void Panels::start_lesson(Lab& lab, const std::string& name) {
    LessonScreen& screen = *lab.lesson_;
    screen.desk.begin(load_lesson(find_lesson(name, lab.def_.scenarios), lab.def_.scenarios));
    screen.shown = {};
    screen.black = false;
    screen.begun_s = lab.now_s_;
    screen.leaving = false;
    screen.looked = lab.views_.look;
    screen.before = lab.session_.scenario();
    screen.looped = lab.session_.playhead.loop;
    // The lesson's keys are its own: none of them moves a focus.
    ImGui::GetIO().ConfigFlags &= ~ImGuiConfigFlags_NavEnableKeyboard;
}

void Panels::end_lesson(Lab& lab) {
    LessonScreen& screen = *lab.lesson_;
    screen.desk.end();
    lab.views_.look = screen.looked;
    lab.session_.playhead.playing = false;
    lab.session_.playhead.loop = screen.looped;
    lab.session_.compare_with(0);
    lab.session_.load(screen.before);
    ImGui::GetIO().ConfigFlags |= ImGuiConfigFlags_NavEnableKeyboard;
}

/// Puts on the stage what the step and its phase show, once for each.
void Panels::stage_lesson(Lab& lab) {
    LessonScreen& screen = *lab.lesson_;
    LessonDesk& desk = screen.desk;
    const StepFound* const found = desk.found();
    const LessonStep& step = desk.step();
    if (found == nullptr || !found->run) return;
    Session& session = lab.session_;
    const LessonScreen::Shown now{desk.index(), desk.phase(), true};
    if (screen.shown == now) return;
    if (!screen.shown.staged || screen.shown.index != now.index) {
        screen.other = 0;
        if (found->compare) {
            session.add_run(*found->compare, found->compare->recording->scenario.name, false);
            screen.other = session.current()->number;
        }
        session.add_run(*found->run, found->run->recording->scenario.name, true);
        screen.own = session.current()->number;
        SceneLook& look = lab.views_.look;
        look.view = lab_view(step.view);
        look.compare = CompareLook::beside;
        look.follow = false;
        SceneOptions& o = look.options;
        o = SceneOptions{};
        o.bases = step.overlays.base;
        o.com = step.overlays.com || step.overlays.plumb;
        o.plumb = step.overlays.plumb;
        o.xcom = o.cop = o.trails = o.callouts = false;
        // A wall is there for what it carries.
        o.forces = found->run->recording->scenario.wall.distance_m.has_value();
        o.muscles = step.muscles;
    }
    // The step's own run, whatever the room did with its sliders.
    if (now.phase != LessonPhase::watch && session.current() != nullptr
        && session.current()->number != screen.own)
        session.select(screen.own);
    // Before a guess nothing is given away.
    const bool hidden = step.question && now.phase == LessonPhase::ask;
    const bool with_other =
        screen.other != 0 && !(step.question && (hidden || now.phase == LessonPhase::watch));
    session.compare_with(with_other ? screen.other : 0);
    lab.views_.look.orbit = Camera{};
    // Two narrow pictures: nearer, what falls out of them has been seen to fall.
    if (with_other) lab.views_.look.orbit.distance_m *= 0.75;
    const Recording& recording = *found->run->recording;
    Playhead& head = session.playhead;
    head.loop = false;
    head.playing = false;
    session.stand_at(hidden ? 0.0 : moment_s(recording, step.at));
    if (now.phase == LessonPhase::watch && step.at == LessonMoment::play) session.play_or_pause();
    if (now.phase == LessonPhase::told || (now.phase == LessonPhase::read && step.question))
        session.stand_at(moment_s(recording, step.at == LessonMoment::play ? LessonMoment::exit : step.at));
    screen.shown = now;
}

void Panels::lesson_keys(Lab& lab) {
    LessonScreen& screen = *lab.lesson_;
    LessonDesk& desk = screen.desk;
    const ImGuiIO& io = ImGui::GetIO();
    if (io.WantTextInput) return;
    // Clickers send PageDown, PageUp and a full stop (or b) for a dark screen.
    for (const ImWchar c : io.InputQueueCharacters) {
        if (c == 'b' || c == 'B' || c == '.') screen.black = !screen.black;
        for (int i = 0; i < 3; ++i) {
            if (c == static_cast<ImWchar>('1' + i)) desk.vote(k_choices[static_cast<std::size_t>(i)], 1);
        }
        if (c == '!') desk.vote(k_choices[0], -1);
        if (c == '"' || c == '@') desk.vote(k_choices[1], -1);
        if (c == '#') desk.vote(k_choices[2], -1);
        if (c == '+') desk.guess(screen.guess);
        if (c == '-') desk.take_back_guess();
    }
    if (key_pressed(ImGuiKey_PageDown, false)) desk.next();
    if (key_pressed(ImGuiKey_PageUp, false)) desk.back();
    if (ImGui::IsAnyItemActive() || io.NavVisible) return;
    if (key_pressed(ImGuiKey_RightArrow, false)) desk.next();
    if (key_pressed(ImGuiKey_LeftArrow, false)) desk.back();
    if (key_pressed(ImGuiKey_DownArrow, false)) desk.go(desk.index() + 1);
    if (key_pressed(ImGuiKey_UpArrow, false) && desk.index() > 0) desk.go(desk.index() - 1);
    if (key_pressed(ImGuiKey_Space, false)) lab.session_.play_or_pause();
    // A guess by keys, a step of its slider at a time.
    if (desk.phase() == LessonPhase::ask && desk.step().question->kind == QuestionKind::number) {
        const LessonQuestion& q = *desk.step().question;
        if (key_pressed(ImGuiKey_Home)) screen.guess = snapped(q, screen.guess - guess_step(q));
        if (key_pressed(ImGuiKey_End)) screen.guess = snapped(q, screen.guess + guess_step(q));
        if (key_pressed(ImGuiKey_Enter, false)) desk.guess(screen.guess);
    }
}

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
        for (std::size_t i = 0; i < k_choices.size(); ++i) {
            const std::string words = choice_words(k_choices[i]);
            const std::string label = std::to_string(i + 1) + "  " + words;
            if (ui::button(label.c_str(), {0.72f * ImGui::GetContentRegionAvail().x, 0.0f}))
                desk.vote(k_choices[i], 1);
            ImGui::SameLine();
            if (ui::button(("-##" + words).c_str())) desk.vote(k_choices[i], -1);
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
        screen.guess = snapped(question, screen.guess);
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
        const double step = std::pow(10.0, -unit.decimals) / unit.factor;
        value = std::clamp(std::round(value / step) * step, slider.from, slider.to);
        ScenarioDef def = session.scenario();
        field.set(def, parse_number(number_text(std::round(value * 1e6) / 1e6)).value_or(value));
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
        std::string margin = at.feasible
                                 ? "Centre of mass " + margin_in_words(at.margin_m)
                                       + " what carries; the most loaded joint uses "
                                       + fixed_text(100.0 * at.strength_use, 0) + " % of its strength."
                                 : "Not possible for this body: " + at.why_not;
        if (at.feasible && at.way_strength_use > 1.0)
            margin += " Held still half way it would take " + fixed_text(100.0 * at.way_strength_use, 0)
                      + " %, more than this body has: the model cannot say that it comes through.";
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

void Panels::lesson_picture(Lab& lab, const Box& place) {
    LessonScreen& screen = *lab.lesson_;
    LessonDesk& desk = screen.desk;
    Session& session = lab.session_;
    const Theme& t = theme(lab);
    ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, {0.0f, 0.0f});
    begin("Lesson picture", place, t.sky_bottom, false);
    ImGui::PopStyleVar();
    ui::panel("Stage");
    ui::note("Ready", screen.shown.staged && screen.shown.index == desk.index() ? "yes" : "no");
    const StepFound* const found = desk.found();
    if (desk.phase() == LessonPhase::sequence && found != nullptr && found->exit && found->run) {
        if (lab.draws_) {
            const SideExit& exit = *found->exit;
            SceneOptions options = scene_options(lab);
            options.bases = options.com = true;
            options.callouts = false;  // the words stand beside it
            const std::size_t at = std::min(desk.posture(), exit.steps.size() - 1);
            const Camera camera = view_camera(View::orbit, found->run->recording->scenario.person.stature_m,
                                              place.width / std::max(1.0, place.height));
            if (!screen.drawer) screen.drawer = std::make_unique<Renderer>();
            const Scene scene = side_exit_scene(*found->run->builder, exit, at, options);
            screen.drawer->draw(scene, camera, static_cast<int>(place.width), static_cast<int>(place.height));
            show_texture(lab, *screen.drawer, scene, camera, place);
        }
    } else if (const LabRun* const run = session.current();
               run != nullptr && screen.shown.staged && screen.shown.index == desk.index()) {
        const double time_s = session.playhead.time_s;
        std::optional<Shot> other;
        if (const LabRun* const compared = session.compared())
            other =
                shot_of(compared->result, time_s,
                        picture_title(compared->result.recording->scenario, desk.step().compare_settings));
        const Shot shot =
            session.preview() != nullptr
                ? Shot{session.preview()->builder, session.preview()->planned.get(), 0, "planned"}
                : shot_of(run->result, time_s,
                          picture_title(run->result.recording->scenario, desk.step().settings));
        draw_pieces(lab,
                    scene_pieces(lab.views_.look, shot, session.preview() ? std::nullopt : other, place));
    } else {
        ImGui::SetCursorScreenPos(
            {static_cast<float>(place.left + 20.0), static_cast<float>(place.top + 20.0)});
        ImGui::TextUnformatted(found != nullptr && !found->problem.empty() ? found->problem.c_str()
                                                                           : "Working it out ...");
    }
    ImGui::End();
}

void Panels::lesson_bar(Lab& lab, const Box& place) {
    LessonScreen& screen = *lab.lesson_;
    LessonDesk& desk = screen.desk;
    begin("Lesson bar", place, theme(lab).panel, false);
    ui::panel("Lesson bar");
    if (ui::button("Back")) desk.back();
    ui::help("PageUp or Left; Up: the step before");
    ImGui::SameLine();
    if (ui::main_button("Next")) desk.next();
    ui::help("PageDown or Right; Down: the next step");
    ImGui::SameLine();
    const int passed = static_cast<int>(std::max(0.0, lab.now_s_ - screen.begun_s));
    const std::string minutes =
        std::to_string(passed / 60) + ":" + (passed % 60 < 10 ? "0" : "") + std::to_string(passed % 60);
    const std::string where = "(" + desk.step().mark + ")  " + std::to_string(desk.index() + 1) + " of "
                              + std::to_string(desk.lesson().def.steps.size());
    ImGui::TextUnformatted(where.c_str());
    ui::note("Where", where);
    ImGui::SameLine();
    ui::quiet(minutes);
    ui::note("Clock", minutes);
    const float em = ImGui::GetFontSize();
    ImGui::SameLine(std::max(0.0f, ImGui::GetWindowContentRegionMax().x - 13.5f * em));
    for (const auto& [label, step] : {std::pair{"A-", -0.25}, std::pair{"A+", 0.25}}) {
        if (ui::button(label)) screen.zoom = std::clamp(screen.zoom + step, 1.5, 2.5);
        ImGui::SameLine();
    }
    if (ui::button("Dark screen")) screen.black = true;
    ui::help("Full stop or b; again to go on");
    ImGui::SameLine();
    const bool leave = ui::button("End");
    ui::help("Back to the lab");
    ImGui::End();
    if (leave && desk.has_votes())
        screen.leaving = true;
    else if (leave)
        end_lesson(lab);
}

void Panels::lesson(Lab& lab) {
    LessonScreen& screen = *lab.lesson_;
    screen.desk.poll();
    if (screen.asked_at != screen.desk.index()) {
        screen.asked_at = screen.desk.index();
        if (screen.desk.step().question) screen.guess = screen.desk.step().question->from;
    }
    lesson_keys(lab);
    stage_lesson(lab);
    const ImVec2 size = ImGui::GetIO().DisplaySize;
    const double em = ImGui::GetFontSize(), width = size.x, height = size.y;
    if (screen.black) {
        begin("Dark", {0.0, 0.0, width, height}, Rgba{0.0f, 0.0f, 0.0f, 1.0f}, false);
        ui::panel("Dark");
        ui::note("Screen", "dark");
        ImGui::End();
        return;
    }
    const double bar = 2.6 * em;
    const LessonPhase phase = screen.desk.phase();
    const bool wide = phase == LessonPhase::read || phase == LessonPhase::told || phase == LessonPhase::ask;
    const double left = std::floor((wide ? 0.5 : 0.4) * width);
    const bool strip = screen.desk.step().overlays.margin && phase != LessonPhase::sequence
                       && lab.session_.current() != nullptr && screen.shown.staged
                       && (phase == LessonPhase::watch || phase == LessonPhase::told);
    const double below = strip ? 4.4 * em : 0.0;
    lesson_text(lab, {0.0, 0.0, left, height - bar});
    lesson_picture(lab, {left, 0.0, width - left, height - bar - below});
    if (strip) {
        begin("Lesson strip", {left, height - bar - below, width - left, below}, theme(lab).page, false);
        ui::panel("Lesson strip");
        margin_strip(lab);
        ImGui::End();
    }
    if (screen.leaving)
        lesson_leave(lab, {0.0, height - bar, width, bar});
    else
        lesson_bar(lab, {0.0, height - bar, width, bar});
}

/// Guesses are kept or thrown away by somebody, never by leaving.
void Panels::lesson_leave(Lab& lab, const Box& place) {
    LessonScreen& screen = *lab.lesson_;
    begin("Lesson leave", place, theme(lab).panel, false);
    ui::panel("Leave");
    ImGui::TextUnformatted("The guesses?");
    ImGui::SameLine();
    const bool keep = ui::main_button("Keep and end");
    ImGui::SameLine();
    const bool discard = ui::button("Discard and end");
    ImGui::SameLine();
    if (ui::button("Stay")) screen.leaving = false;
    ImGui::End();
    if (keep) keep_guesses(lab);
    if (keep || discard) end_lesson(lab);
}

void Panels::lessons_popup(Lab& lab) {
    LabViews& v = lab.views_;
    LessonScreen& screen = *lab.lesson_;
    if (v.wanted_popup == "Lessons") {
        ImGui::OpenPopup("Lessons");
        v.wanted_popup.clear();
        screen.listed.clear();
        std::error_code error;
        for (const auto& entry : fs::directory_iterator(lab.def_.scenarios / "lessons", error))
            if (entry.path().extension() == ".toml") screen.listed.push_back(entry.path().stem().string());
        std::ranges::sort(screen.listed);
    }
    const ImVec2 size = ImGui::GetIO().DisplaySize;
    ImGui::SetNextWindowPos({0.5f * size.x, 0.4f * size.y}, ImGuiCond_Always, {0.5f, 0.5f});
    if (!ImGui::BeginPopupModal("Lessons", nullptr, ImGuiWindowFlags_AlwaysAutoResize)) return;
    ui::panel("Lessons");
    ui::words("A lesson takes the whole window; the lab is there again when it ends.");
    for (const std::string& name : screen.listed) {
        std::string words = name;
        std::ranges::replace(words, '_', ' ');
        if (!ui::main_button(words.c_str())) continue;
        try {
            start_lesson(lab, name);
        } catch (const std::exception& error) {
            say(lab, error.what(), true);
        }
        ImGui::CloseCurrentPopup();
    }
    if (ui::button("Cancel")) ImGui::CloseCurrentPopup();
    ImGui::EndPopup();
}

}  // namespace plumb
