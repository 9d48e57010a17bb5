// Interface scripts: what a person would do, one line each, and what must then be seen.
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "render/lab/lab.h"
#include "render/lab/monkey.h"

namespace plumb {

struct ScriptLine {
    int number = 0;
    std::string text;                ///< as written
    std::vector<std::string> words;  ///< quoted words stay together
};

/// Throws InputError naming source and line for a line that is no command.
[[nodiscard]] std::vector<ScriptLine> parse_script(const std::string& text, const std::string& source);

/// Plays a script over frames: each frame it writes ImGui's mouse and keys before ImGui::NewFrame.
class ScriptPlayer {
  public:
    explicit ScriptPlayer(std::vector<ScriptLine> lines) : lines_(std::move(lines)) {}

    /// Before ImGui::NewFrame: moves the mouse, presses, types.
    void before_frame(Lab& lab);
    /// After the frame was drawn: checks what must hold, goes to the next line.
    void after_frame(Lab& lab);
    [[nodiscard]] bool done() const { return at_ >= lines_.size(); }
    /// The line at hand is about what is seen: this frame must be drawn.
    [[nodiscard]] bool looks() const { return !done() && lines_[at_].words[0] == "screenshot"; }
    /// The line at hand waits for something that is made in the background.
    [[nodiscard]] bool waits() const { return !done() && (waited_ > 0 || lines_[at_].words[0] == "until"); }
    /// The line at hand ends by itself after a time, however many frames that takes.
    [[nodiscard]] bool has_own_clock() const { return !done() && lines_[at_].words[0] == "monkey"; }
    /// The line at hand has failed: the lab ends before it was done.
    void give_up() {
        if (!done()) judge(false, lines_[at_].text + ": the script takes too long");
    }
    [[nodiscard]] int passed() const { return passed_; }
    [[nodiscard]] int failed() const { return failed_; }
    [[nodiscard]] const std::string& report() const { return report_; }
    /// A picture the script asks for now; empty when none.
    [[nodiscard]] std::string take_screenshot() { return std::exchange(screenshot_, {}); }

  private:
    void judge(bool good, const std::string& what);
    void next();
    std::vector<ScriptLine> lines_;
    size_t at_ = 0;
    int step_ = 0;    ///< frames spent on this line
    int waited_ = 0;  ///< frames this line's control was not in sight
    std::optional<Monkey> monkey_;
    int passed_ = 0, failed_ = 0;
    std::string report_, screenshot_;
    ImVec2 mouse_{-1.0f, -1.0f};
};

}  // namespace plumb
