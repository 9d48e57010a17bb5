// The parts of the window. Each draws itself at the given place and acts on the lab's session.
#pragma once

#include "render/lab/lab.h"

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
    static void say(Lab& lab, const std::string& text, bool bad = false);
    static void keys(Lab& lab);

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
