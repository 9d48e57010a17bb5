// The parts of the window. Each draws itself at the given place and acts on the lab's session.
#pragma once

#include "render/lab/lab.h"
#include "render/report/report_writer.h"

namespace plumb {

struct Panels {
    static void controls(Lab& lab, const Box& place);
    static void scene(Lab& lab, const Box& place);
    static void time_bar(Lab& lab, const Box& place);
    static void plots(Lab& lab, const Box& place);
    /// The plot panel's push rose: its button or progress in the row of choices, and the chart in the rest.
    static void rose_controls(Lab& lab);
    static void rose(Lab& lab);
    /// The same for the map of two fields.
    static void map_controls(Lab& lab);
    static void map(Lab& lab);
    /// Verdict, helps, readings, runs, person card.
    static void right(Lab& lab, const Box& place);
    /// In a narrow window: the button that hides or shows the right panel; hidden, the headline stays.
    static void fold(Lab& lab, const Box& place, bool shown);
    static void verdict(Lab& lab);
    static void helps(Lab& lab);
    static void pairs(Lab& lab);
    static void readings(Lab& lab);
    static void runs(Lab& lab);
    static void card(Lab& lab);
    /// The card's person on a scale of depth, worked out in the background.
    static void limit_band(Lab& lab, const PersonDef& person);
    /// Popups for saving, loading and exporting; `popup` opens one of them by name.
    static void files(Lab& lab);
    /// The popup of a balance report, its progress, and its writing.
    static void report(Lab& lab);
    /// "~/x" and names without a folder, as a person means them.
    static std::filesystem::path path_meant(const std::string& typed);
    /// A name that no file has yet: "wall_guesses.csv", then "wall_guesses_2.csv".
    static std::filesystem::path free_name(const std::string& stem, const std::string& ending);
    /// What was said last, for some seconds.
    static void message(Lab& lab, Point at);
    static void say(Lab& lab, const std::string& text, bool bad = false);
    static void keys(Lab& lab);
    /// The current run's margin over time, coloured and hatched; dragged, it moves in time.
    static void margin_strip(Lab& lab);
    /// The pieces of the picture, each with its overlay and title; `show_texture`: what a renderer drew last, as one of them.
    static void draw_pieces(Lab& lab, const std::vector<ScenePiece>& pieces);
    static void show_texture(Lab& lab, Renderer& renderer, const Scene& scene, const Camera& camera,
                             const Box& box);

    /// The journal's popup, and the entry that is being written.
    static void journal(Lab& lab);
    static void journal_entry(Lab& lab);

    // ---- So does a participant's turn (turn_panel.cpp)
    static void turn(Lab& lab);
    static void turn_form(Lab& lab);
    static void turn_answer(Lab& lab);
    /// Stills with the window's own OpenGL context, which is current in every frame, by a renderer whose pictures nobody else keeps.
    [[nodiscard]] static StillMaker make_stills();

    // ---- A lesson takes the whole window (lesson_panel.cpp)
    static void lesson(Lab& lab);
    /// Throws InputError where there is no such lesson or it is wrong.
    static void start_lesson(Lab& lab, const std::string& name);
    static void end_lesson(Lab& lab);
    static void lessons_popup(Lab& lab);
    static void stage_lesson(Lab& lab);
    static void lesson_keys(Lab& lab);
    static void lesson_question(Lab& lab);
    static void lesson_answer_words(Lab& lab);
    static void lesson_sliders(Lab& lab);
    static void lesson_text(Lab& lab, const Box& place);
    static void lesson_picture(Lab& lab, const Box& place);
    static void lesson_bar(Lab& lab, const Box& place);
    static void lesson_leave(Lab& lab, const Box& place);
    static void keep_guesses(Lab& lab);

    static const Theme& theme(const Lab& lab) { return lab.settings_.dark ? dark_theme() : light_theme(); }
    /// As chosen, in the window's theme and with the skin's cells of this machine.
    static SceneOptions scene_options(const Lab& lab);
    /// A run at a time of the session's clock.
    static Shot shot_of(const RunResult& run, double time_s, const std::string& title = {});
    /// Shows a window that fills the place, without frame; returns after ImGui::Begin.
    static void begin(const char* name, const Box& place, Rgba page, bool scrolls = true);
};

/// The outcome as a headline: words, and a sign that says good, so-so or bad without colour.
struct Headline {
    std::string text;
    const char* sign;
    Rgba colour;
};
[[nodiscard]] Headline headline_of(Outcome outcome, const Theme& theme);

}  // namespace plumb
