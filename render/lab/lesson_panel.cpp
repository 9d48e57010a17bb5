// A lesson on the whole window: how it begins and ends, its keys, its stage and its bar. Its words: lesson_text_panel.cpp.
#include <algorithm>
#include <cmath>
#include <filesystem>

#include "render/lab/field_text.h"
#include "render/lab/imgui_keys.h"
#include "render/lab/lab_parts.h"
#include "render/lab/panels.h"
#include "render/lab/ui.h"
#include "render/report/report_writer.h"
#include "render/scene/side_exit_scene.h"
#include "sim/balance/events.h"
#include "sim/scenario/scenario_fields.h"

namespace plumb {
namespace {

namespace fs = std::filesystem;

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
    screen.asked_at = SIZE_MAX;
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
            if (c == static_cast<ImWchar>('1' + i))
                desk.vote(k_outcome_choices[static_cast<std::size_t>(i)], 1);
        }
        if (c == '!') desk.vote(k_outcome_choices[0], -1);
        if (c == '"' || c == '@') desk.vote(k_outcome_choices[1], -1);
        if (c == '#') desk.vote(k_outcome_choices[2], -1);
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
        if (key_pressed(ImGuiKey_Home)) screen.guess = snapped_guess(q, screen.guess - guess_step(q));
        if (key_pressed(ImGuiKey_End)) screen.guess = snapped_guess(q, screen.guess + guess_step(q));
        if (key_pressed(ImGuiKey_Enter, false)) desk.guess(screen.guess);
    }
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
