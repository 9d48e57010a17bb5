// Layout, and what happens around the panels each frame.
#include "render/lab/lab.h"

#include <algorithm>
#include <cmath>

#include <backends/imgui_impl_opengl3.h>

#include "render/lab/lab_parts.h"
#include "render/lab/panels.h"
#include "render/lab/ui.h"
#include "sim/recording/recording_file.h"
#include "sim/scenario/scenario_toml.h"

namespace plumb {
namespace {

constexpr double k_autosave_s = 2.0;
/// Narrower than this [em] the right panel folds.
constexpr double k_wide_em = 59.0;
/// Narrower than this [em] it starts hidden.
constexpr double k_roomy_em = 45.0;

ScenarioDef first_scenario(const LabDef& def, const SavedSession& saved) {
    if (!def.scenario.empty()) return load_scenario(find_scenario(def.scenario, def.scenarios));
    if (saved.open) return *saved.open;
    return load_scenario(find_scenario("stiff_ankles", def.scenarios));
}

}  // namespace

Lab::Lab(LabDef def, std::function<void()> wake)
    : def_(std::move(def)),
      settings_(def_.config.empty() ? Settings{} : load_settings(def_.config)),
      session_(wake),
      push_(std::make_unique<Push>()),
      card_(std::make_unique<Card>(wake)),
      report_(std::make_unique<ReportDesk>(wake)),
      lesson_(std::make_unique<LessonScreen>(wake)),
      turn_(std::make_unique<TurnScreen>(wake)),
      journal_(std::make_unique<JournalScreen>()) {
    const SavedSession saved = def_.config.empty() ? SavedSession{} : load_session(def_.config);
    session_.load(first_scenario(def_, saved));
    session_.restore(saved.kept, saved.recordings);
    drawer_ = std::make_unique<PieceDrawer>();
    if (!def_.lesson.empty()) Panels::start_lesson(*this, def_.lesson);
}
Lab::~Lab() = default;

void Lab::keep_style(float content_scale) {
    // A room reads from the back.
    const double zoom = lesson_->desk.on() && !turn_->on ? lesson_->zoom
                        : turn_->on                      ? std::max(1.25, settings_.zoom)
                                                         : settings_.zoom;
    const float scale = content_scale * static_cast<float>(zoom);
    if (scale == styled_scale_ && settings_.dark == styled_dark_) return;
    styled_scale_ = scale;
    styled_dark_ = settings_.dark;
    apply_style(settings_.dark ? dark_theme() : light_theme(), scale);
    fonts_ = load_fonts(scale);
    ImGui_ImplOpenGL3_DestroyFontsTexture();
    ImGui_ImplOpenGL3_CreateFontsTexture();
}

bool Lab::lively() const {
    return session_.playhead.playing || session_.working() || push_->live || film_ || report_->working()
           || turn_->desk.working() || (lesson_->desk.on() && lesson_->desk.working())
           || card_->limits.busy();
}

bool Lab::preparing_push() const { return push_->live && !push_->live->ready(); }

void Lab::save_state() {
    if (def_.config.empty()) return;
    if (settings_ != saved_settings_ && save_settings(def_.config, settings_)) saved_settings_ = settings_;
    save_pushed();
    SavedSession saved{session_.scenario(), {}, {}};
    for (const LabRun& run : session_.runs())
        if (run.kept && !run.pushed) {
            ScenarioDef def = without_derived(run.result.recording->scenario);
            def.name = run.name;
            saved.kept.push_back(std::move(def));
        }
    // Kept runs of the last day may still be on their way.
    for (ScenarioDef& def : session_.still_to_restore()) saved.kept.push_back(std::move(def));
    if (!session_.trouble().empty()) saved.open.reset();
    if (saved != saved_session_ && save_session(def_.config, saved)) saved_session_ = std::move(saved);
}

void Lab::save_pushed() {
    namespace fs = std::filesystem;
    std::error_code ignored;
    for (const fs::path& file : session_.take_abandoned()) fs::remove(file, ignored);
    std::vector<std::pair<int, fs::path>> saved;
    for (const LabRun& run : session_.runs()) {
        if (!run.pushed || !run.kept || (!run.saved_as.empty() && run.saved_name == run.name)) continue;
        const std::pair<int, std::string> attempt{run.number, run.name};
        if (std::ranges::find(unsaved_, attempt) != unsaved_.end()) continue;  // said already
        Recording named = *run.result.recording;
        named.scenario.name = run.name;
        fs::create_directories(def_.config, ignored);
        const fs::path file = run.saved_as.empty() ? free_recording_name(def_.config) : run.saved_as;
        if (!file.empty() && write_whole(file, recording_to_bytes(named))) {
            saved.emplace_back(run.number, file);
        } else {
            unsaved_.push_back(attempt);
            Panels::say(*this, "This run cannot be kept in " + def_.config.string() + ": " + run.name, true);
        }
    }
    for (const auto& [number, file] : saved) session_.note_saved(number, file);
    for (const fs::path& file : session_.take_unreadable())
        Panels::say(*this, "A kept run cannot be read any more: " + file.string(), true);
}

void Panels::begin(const char* name, const Box& place, Rgba page, bool scrolls) {
    ImGui::SetNextWindowPos({static_cast<float>(place.left), static_cast<float>(place.top)});
    ImGui::SetNextWindowSize({static_cast<float>(place.width), static_cast<float>(place.height)});
    ImGui::PushStyleColor(ImGuiCol_WindowBg, im_vec(page));
    ImGui::Begin(name, nullptr,
                 ImGuiWindowFlags_NoTitleBar | ImGuiWindowFlags_NoResize | ImGuiWindowFlags_NoMove
                     | ImGuiWindowFlags_NoCollapse | ImGuiWindowFlags_NoSavedSettings
                     | ImGuiWindowFlags_NoBringToFrontOnFocus
                     | (scrolls ? 0 : ImGuiWindowFlags_NoScrollbar | ImGuiWindowFlags_NoScrollWithMouse));
    ImGui::PopStyleColor();
}

void Panels::message(Lab& lab, Point at) {
    const LabViews& v = lab.views_;
    if (lab.now_s_ >= v.message_until_s || v.message.empty()) return;
    const Theme& t = theme(lab);
    ImGui::SetNextWindowPos({static_cast<float>(at.x), static_cast<float>(at.y)});
    ImGui::PushStyleColor(ImGuiCol_WindowBg, im_vec(t.panel));
    ImGui::PushStyleColor(ImGuiCol_Text, im_vec(v.message_is_bad ? t.bad : t.text));
    ImGui::Begin("Message", nullptr,
                 ImGuiWindowFlags_NoDecoration | ImGuiWindowFlags_AlwaysAutoResize | ImGuiWindowFlags_NoInputs
                     | ImGuiWindowFlags_NoSavedSettings | ImGuiWindowFlags_NoNav);
    ui::panel("Message");
    ImGui::TextUnformatted(v.message.c_str());
    ui::note("Text", v.message);
    ImGui::End();
    ImGui::PopStyleColor(2);
}

void Lab::frame(double real_s) {
    now_s_ += real_s;
    ui::new_frame();
    if (views_.chart == k_map_chart)
        session_.look_at_map(static_cast<std::size_t>(views_.map_x), static_cast<std::size_t>(views_.map_y));
    session_.poll();
    session_.tick(std::min(real_s, 0.25));
    if (push_->live && !push_->live->advance(real_s)) {
        RunResult pushed = push_->live->finish();
        push_->live.reset();
        session_.add_run(std::move(pushed), "Pushed", false, true);
        session_.playhead.playing = false;
        session_.playhead.time_s = session_.end_s();
    }
    Panels::turn(*this);
    if (turn_->on) {
        Panels::message(*this, {12.0, 12.0});
        return;
    }
    if (lesson_->desk.on()) {
        Panels::lesson(*this);
        Panels::message(*this, {12.0, 12.0});
        return;
    }
    Panels::keys(*this);

    const ImVec2 size = ImGui::GetIO().DisplaySize;
    const double em = ImGui::GetFontSize(), width = size.x, height = size.y;
    const bool folded = width < k_wide_em * em;
    // In a small window the picture takes its room from the panels.
    const double left = std::min({19.0 * em, std::max(17.4 * em, 0.29 * width), 0.34 * width}),
                 right = std::min({20.0 * em, std::max(17.4 * em, 0.29 * width), 0.36 * width});
    const double time_height = 6.0 * em;
    // A rose is as high as it is wide, a map has rows.
    const double plot_share = views_.chart >= k_rose_chart ? 0.42 : 0.27;
    const double plot_height =
        height > 44.0 * em ? std::min(60.0 * plot_share * em, plot_share * height) : 0.0;
    const bool show_right = !folded || !views_.hide_right.value_or(width < k_roomy_em * em);
    // A panel that can be hidden leaves its top to the button that hides it.
    const double fold_height = folded ? 2.9 * em : 0.0;
    const double middle = std::max(60.0, width - left - (show_right ? right : 0.0));
    Panels::controls(*this, {0.0, 0.0, left, height});
    Panels::scene(*this, {left, 0.0, middle, height - time_height - plot_height});
    Panels::time_bar(*this, {left, height - time_height - plot_height, middle, time_height});
    if (plot_height > 0.0) Panels::plots(*this, {left, height - plot_height, middle, plot_height});
    if (show_right) Panels::right(*this, {left + middle, fold_height, right, height - fold_height});
    if (folded) Panels::fold(*this, {left + middle, 0.0, show_right ? right : 0.0, fold_height}, show_right);
    Panels::card(*this);
    Panels::files(*this);
    Panels::report(*this);
    Panels::lessons_popup(*this);
    Panels::journal(*this);
    Panels::message(*this, {left + 12.0, height - time_height - plot_height - 3.0 * em});
    if (now_s_ > saved_s_ + k_autosave_s) {
        saved_s_ = now_s_;
        save_state();
    }
}

}  // namespace plumb
