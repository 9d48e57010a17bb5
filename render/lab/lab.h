// The lab as a whole: everything the window shows, one frame at a time. Window and headless runs drive it alike.
#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <variant>

#include "render/lab/lab_def.h"
#include "render/lab/session.h"
#include "render/lab/settings.h"
#include "render/lab/shown_scene.h"
#include "render/lab/style.h"
#include "render/report/chart.h"
#include "render/report/map_chart.h"
#include "render/report/rose_chart.h"
#include "sim/study/person_card.h"

namespace plumb {

inline constexpr int k_rose_chart = 3, k_map_chart = 4;

/// State of the views; not saved, not undone.
struct LabViews {
    SceneLook look;
    int chart = 0;  ///< 0 over time, 1 against another, 2 feet from above, k_rose_chart, k_map_chart
    std::string channel = "com_margin", x_channel = "hip_drop_fraction", y_channel = "com_margin";
    std::optional<std::array<double, 2>> zoom_x;
    std::string path;     ///< typed into the file popups
    std::string message;  ///< what the last file action did
    bool message_is_bad = false;
    double message_until_s = 0.0;
    TapeMeasures tape;
    bool tape_open = false;
    std::optional<bool> hide_right;  ///< of a folded panel; as the room allows until somebody says
    bool in_full = false;            ///< the verdict with all its sentences
    int map_x = 0, map_y = 1;        ///< axes of the map, in k_map_fields
    std::variant<Chart, RoseChart, MapChart>
        shown_chart;  ///< what the plot panel drew last: what its export writes
    int renaming = 0;
    std::string new_name;
    std::string wanted_popup;
    std::string report_client;  ///< typed into the report popup: kept while the window is open, never saved
    bool report_searches = true;
};

class Lab {
  public:
    Lab(LabDef def, std::function<void()> wake);
    ~Lab();
    Lab(const Lab&) = delete;
    Lab& operator=(const Lab&) = delete;

    /// Reads keys and mouse from ImGui and draws everything; between ImGui::NewFrame and ImGui::Render, the GL context current.
    /// `real_s`: time since the last frame.
    void frame(double real_s);

    /// Whether the next frame's picture is drawn: a script needs few of them.
    void draw_picture(bool on) { draws_ = on; }
    void set_dark(bool dark) { settings_.dark = dark; }
    /// Fonts and style at `content_scale` times the user's zoom, made anew when that or the theme has changed, the OpenGL
    /// back end's texture with them. Between frames.
    void keep_style(float content_scale);
    /// Something moves or works: draw on without waiting for input.
    [[nodiscard]] bool lively() const;
    /// A push began and its run is still being made up to that moment.
    [[nodiscard]] bool preparing_push() const;
    [[nodiscard]] Session& session() { return session_; }
    [[nodiscard]] LabViews& views() { return views_; }
    /// Saves what has changed of settings and session; also called while running, so that a crash loses nothing.
    void save_state();

  private:
    friend struct Panels;
    LabDef def_;
    Settings settings_;
    Session session_;
    LabViews views_;
    Fonts fonts_;
    std::unique_ptr<PieceDrawer> drawer_, second_drawer_;  ///< of the window's pieces
    std::unique_ptr<PieceDrawer> still_drawer_;            ///< of exported stills and films
    struct Push;
    std::unique_ptr<Push> push_;
    struct Card;
    std::unique_ptr<Card> card_;
    struct Film;
    std::unique_ptr<Film> film_;
    std::unique_ptr<class ReportDesk> report_;
    std::unique_ptr<struct LessonScreen> lesson_;
    std::unique_ptr<struct TurnScreen> turn_;
    std::unique_ptr<struct JournalScreen> journal_;
    std::filesystem::path still_wanted_;  ///< a picture to be written after this frame
    double now_s_ = 0.0, saved_s_ = 0.0;
    bool draws_ = true;
    float styled_scale_ = 0.0f;               ///< fonts and style are of this scale ...
    bool styled_dark_ = false;                ///< ... and theme
    std::optional<Settings> saved_settings_;  ///< as this lab last wrote them
    std::optional<SavedSession> saved_session_;
    std::vector<std::pair<int, std::string>>
        unsaved_;  ///< kept runs that could not be written, under this name
    void save_pushed();
};

}  // namespace plumb
