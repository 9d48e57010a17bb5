// Opening, saving and exporting: scenario, recording, still, film, chart.
#include <algorithm>
#include <array>
#include <filesystem>

#include "render/lab/lab_parts.h"
#include "render/lab/panels.h"
#include "render/lab/ui.h"
#include "render/report/cairo_painter.h"
#include "sim/balance/explain.h"
#include "sim/recording/recording_file.h"
#include "sim/scenario/scenario_toml.h"

namespace plumb {
namespace {

namespace fs = std::filesystem;
constexpr double k_message_s = 8.0;
constexpr int k_film_fps = 30;
constexpr const char* k_still_ending = ".png";
constexpr std::array k_film_endings = {".mp4", ".gif"};
/// What the save popup offers.
constexpr std::array k_endings = {".toml", ".cbor", k_still_ending, k_film_endings[0], k_film_endings[1]};

constexpr std::array<std::string_view, 3> k_popups = {"Open", "Save", "Export chart"};

bool is_film(const std::string& ending) {
    return std::ranges::find(k_film_endings, ending) != k_film_endings.end();
}

struct ChartFile {
    const Theme& theme;
    void operator()(Painter& painter, const Chart& chart) const {
        draw_chart(painter, chart, {0.0, 0.0, 1200.0, 600.0}, theme, 20.0);
    }
    void operator()(Painter& painter, const RoseChart& rose) const {
        draw_rose(painter, rose, {0.0, 0.0, 1200.0, 600.0}, theme, 20.0);
    }
    void operator()(Painter& painter, const MapChart& map) const {
        draw_map(painter, map, {0.0, 0.0, 1200.0, 600.0}, theme, 16.0);
    }
};
std::string table_of(const Chart& chart) { return chart_csv(chart); }
std::string table_of(const RoseChart& rose) { return push_rose_csv(rose.roses); }
std::string table_of(const MapChart& map) { return map_csv(map); }

/// The window's look in its theme, with the fine skin of a still.
SceneLook seen_look(Lab& lab) {
    SceneLook look = lab.views().look;
    look.options = Panels::scene_options(lab);
    look.options.cell_m = k_skin_m;
    return look;
}

}  // namespace

fs::path Panels::path_meant(const std::string& typed) {
    if (typed.starts_with("~/"))
        if (const char* home = std::getenv("HOME")) return fs::path(home) / typed.substr(2);
    return typed;
}

fs::path Panels::free_name(const std::string& stem, const std::string& ending) {
    std::error_code error;
    fs::path file = path_meant(stem + ending);
    for (int n = 2; fs::exists(file, error); ++n) file = path_meant(stem + "_" + std::to_string(n) + ending);
    return file;
}

void Panels::say(Lab& lab, const std::string& text, bool bad) {
    lab.views_.message = text;
    lab.views_.message_is_bad = bad;
    lab.views_.message_until_s = lab.now_s_ + k_message_s;
}

void Panels::files(Lab& lab) {
    LabViews& v = lab.views_;
    Session& session = lab.session_;
    const bool mine = std::ranges::find(k_popups, v.wanted_popup) != k_popups.end();
    if (mine) {
        std::string stem = session.scenario().name.empty() ? "scenario" : session.scenario().name;
        v.path = v.wanted_popup == "Export chart" ? stem + "_chart.png"
                 : v.wanted_popup == "Open"       ? ""
                                                  : stem + ".toml";
        ImGui::OpenPopup(v.wanted_popup.c_str());
        v.wanted_popup.clear();
    }
    const float width = 32.0f * ImGui::GetFontSize();
    const auto centre = [] {
        const ImVec2 size = ImGui::GetIO().DisplaySize;
        ImGui::SetNextWindowPos({0.5f * size.x, 0.4f * size.y}, ImGuiCond_Always, {0.5f, 0.5f});
    };
    const auto write = [&](const fs::path& path, const std::string& bytes) {
        const bool good = write_whole(path, bytes);
        say(lab, good ? "Written: " + path.string() : path.string() + ": cannot be written", !good);
        ImGui::CloseCurrentPopup();
    };
    centre();
    if (ImGui::BeginPopupModal("Open", nullptr, ImGuiWindowFlags_AlwaysAutoResize)) {
        ui::panel("Open");
        ui::words("A scenario (.toml) or a saved recording:");
        ui::text_field("File", &v.path, width);
        if (ui::main_button("Open file")) {
            const fs::path path = path_meant(v.path);
            try {
                if (path.extension() == ".toml") {
                    session.load(load_scenario(path));
                } else {
                    session.add_run(assessed(load_recording(path)), path.stem().string(), true);
                }
                say(lab, "Opened: " + path.string());
            } catch (const std::exception& error) {
                say(lab, error.what(), true);
            }
            ImGui::CloseCurrentPopup();
        }
        ImGui::SameLine();
        if (ui::button("Cancel")) ImGui::CloseCurrentPopup();
        ImGui::EndPopup();
    }
    centre();
    if (ImGui::BeginPopupModal("Save", nullptr, ImGuiWindowFlags_AlwaysAutoResize)) {
        ui::panel("Save");
        ui::words("What is saved follows the ending: .toml scenario, .cbor recording, .png picture, .mp4 or "
                  ".gif film.");
        ui::text_field("File", &v.path, width);
        for (const char* ending : k_endings) {
            if (ui::button(ending)) v.path = fs::path(v.path).replace_extension(ending).string();
            ImGui::SameLine();
        }
        ImGui::NewLine();
        if (ui::main_button("Save file")) {
            const fs::path path = path_meant(v.path);
            const std::string ending = path.extension().string();
            const LabRun* run = session.current();
            const bool pictured = ending == k_still_ending || is_film(ending);
            if (ending == ".toml") {
                write(path, scenario_to_toml(session.scenario()));
            } else if (ending == ".cbor" && run) {
                write(path, recording_to_bytes(*run->result.recording));
            } else if (session.preview() && pictured) {
                say(lab, "The run is still being made", true);
            } else if (ending == k_still_ending && run) {
                lab.still_wanted_ = path;
                ImGui::CloseCurrentPopup();
            } else if (is_film(ending) && run) {
                try {
                    auto film = std::make_unique<Lab::Film>();
                    film->writer = std::make_unique<FilmWriter>(path.string(), 1280, 720, k_film_fps);
                    film->end_s = session.end_s();
                    film->run = run->result;
                    if (const LabRun* other = session.compared()) film->other = other->result;
                    film->look = seen_look(lab);
                    lab.film_ = std::move(film);
                } catch (const std::exception& error) {
                    say(lab, error.what(), true);
                }
                ImGui::CloseCurrentPopup();
            } else if (!run && (pictured || ending == ".cbor")) {
                say(lab, "There is no run yet", true);
            } else {
                say(lab, "A file ends in .toml, .cbor, .png, .mp4 or .gif", true);
            }
        }
        ImGui::SameLine();
        if (ui::button("Cancel")) ImGui::CloseCurrentPopup();
        ImGui::EndPopup();
    }
    centre();
    if (ImGui::BeginPopupModal("Export chart", nullptr, ImGuiWindowFlags_AlwaysAutoResize)) {
        ui::panel("Export chart");
        ui::words("The chart as .png, .svg or .csv:");
        ui::text_field("File", &v.path, width);
        for (const char* ending : {".png", ".svg", ".csv"}) {
            if (ui::button(ending)) v.path = fs::path(v.path).replace_extension(ending).string();
            ImGui::SameLine();
        }
        ImGui::NewLine();
        if (ui::main_button("Export")) {
            const fs::path path = path_meant(v.path);
            const std::string ending = path.extension().string();
            const Theme& t = theme(lab);
            const auto paint = [&](Painter& painter) {
                std::visit([&](const auto& chart) { ChartFile{t}(painter, chart); }, v.shown_chart);
            };
            if (ending == ".csv")
                write(path, std::visit([](const auto& chart) { return table_of(chart); }, v.shown_chart));
            else if (ending == ".svg")
                write(path, svg_of(1200, 600, t.page, paint));
            else if (ending == ".png")
                write(path, png_of(1200, 600, t.page, paint));
            else
                say(lab, "A chart ends in .png, .svg or .csv", true);
        }
        ImGui::SameLine();
        if (ui::button("Cancel")) ImGui::CloseCurrentPopup();
        ImGui::EndPopup();
    }
    // A still as large as asked, not as the window happens to be.
    const LabRun* run = session.current();
    const auto still = [&](const SceneLook& look, const RunResult& of, const RunResult* other, double time_s,
                           int w, int h) {
        if (!lab.still_drawer_) lab.still_drawer_ = std::make_unique<PieceDrawer>();
        std::optional<Shot> compared;
        if (other) compared = shot_of(*other, time_s, other->recording->scenario.name);
        return still_picture(*lab.still_drawer_, look, shot_of(of, time_s, of.recording->scenario.name),
                             compared, w, h);
    };
    if (!lab.still_wanted_.empty() && run) {
        const LabRun* other = session.compared();
        const Picture picture = still(seen_look(lab), run->result, other ? &other->result : nullptr,
                                      session.playhead.time_s, 1920, 1080);
        const bool good =
            write_whole(lab.still_wanted_, png_bytes(picture.rgba.data(), picture.width, picture.height));
        say(lab, (good ? "Written: " : "Cannot be written: ") + lab.still_wanted_.string(), !good);
        lab.still_wanted_.clear();
    }
    if (lab.film_) {  // one picture a frame of the window: it stays alive
        Lab::Film& film = *lab.film_;
        FilmWriter& writer = *film.writer;
        const Picture picture = still(film.look, film.run, film.other ? &*film.other : nullptr, film.time_s,
                                      writer.width(), writer.height());
        const bool good = writer.add(picture.rgba.data());
        film.time_s += 1.0 / k_film_fps;
        say(lab, "Film: " + percent_text(std::min(1.0, film.time_s / film.end_s)));
        if (!good || film.time_s > film.end_s) {
            const FilmWriter::End end = writer.finish();
            say(lab, end.text, !end.good);
            lab.film_.reset();
        }
    }
}

}  // namespace plumb
