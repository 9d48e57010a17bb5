// Commands: click, double, drag, slide, type, key, scroll, wait, until, expect, screenshot, monkey, searches.
#include "render/lab/script.h"

#include <algorithm>
#include <cmath>
#include <sstream>

#include "render/lab/imgui_keys.h"
#include "render/lab/panels.h"
#include "render/lab/ui.h"
#include "sim/base/input_error.h"
#include "sim/base/text.h"
#include "sim/scenario/scenario_fields.h"

namespace plumb {
namespace {

constexpr int k_most_waiting_frames = 60 * 120;  ///< a line that takes longer has failed
constexpr int k_find_frames = 300;               ///< so long a control may take to appear

struct Command {
    const char* name;
    size_t least, most;  ///< words after the name
};
constexpr Command k_commands[] = {{"click", 1, 1}, {"double", 1, 1},  {"drag", 3, 3},       {"slide", 2, 2},
                                  {"type", 2, 2},  {"key", 1, 2},     {"scroll", 2, 2},     {"wait", 1, 1},
                                  {"until", 1, 2}, {"expect", 1, 2},  {"screenshot", 1, 1}, {"monkey", 2, 2},
                                  {"char", 1, 1},  {"searches", 1, 1}};

std::vector<std::string> split(const std::string& line) {
    std::vector<std::string> words;
    std::string word;
    bool quoted = false, any = false;
    for (const char c : line) {
        if (c == '"') {
            quoted = !quoted;
            any = true;
        } else if (c == ' ' && !quoted) {
            if (any || !word.empty()) words.push_back(word);
            word.clear();
            any = false;
        } else {
            word += c;
        }
    }
    if (any || !word.empty()) words.push_back(word);
    return words;
}

int key_index(const std::string& name) {
    const std::pair<const char*, ImGuiKey> k_keys[] = {{"space", ImGuiKey_Space},
                                                       {"left", ImGuiKey_LeftArrow},
                                                       {"right", ImGuiKey_RightArrow},
                                                       {"home", ImGuiKey_Home},
                                                       {"end", ImGuiKey_End},
                                                       {"enter", ImGuiKey_Enter},
                                                       {"escape", ImGuiKey_Escape},
                                                       {"pageup", ImGuiKey_PageUp},
                                                       {"pagedown", ImGuiKey_PageDown},
                                                       {"up", ImGuiKey_UpArrow},
                                                       {"down", ImGuiKey_DownArrow},
                                                       {"tab", ImGuiKey_Tab},
                                                       {"z", ImGuiKey_Z},
                                                       {"y", ImGuiKey_Y}};
    for (const auto& [word, key] : k_keys)
        if (name == word) return static_cast<int>(key);
    return -1;
}

/// Which words of a line must be numbers: from this one on; 0: none.
size_t numbers_from(const std::string& command) {
    if (command == "wait" || command == "monkey") return 1;
    if (command == "drag" || command == "slide" || command == "scroll") return 2;
    return 0;
}

/// What is wrong with the words of a line whose number of words is right; empty when nothing.
std::string find_word_problem(const std::vector<std::string>& w) {
    if (const size_t from = numbers_from(w[0]); from != 0)
        for (size_t i = from; i < w.size(); ++i)
            if (!parse_number(w[i])) return in_quotes(w[i]) + " is no number";
    if (w[0] == "key" && key_index(w.back()) < 0) return "unknown key " + in_quotes(w.back());
    if (w[0] == "key" && w.size() == 3 && w[1] != "ctrl")
        return "before a key only ctrl, not " + in_quotes(w[1]);
    if (w[0] == "searches" && w[1] != "on" && w[1] != "off") return "searches on, or searches off";
    if (w[0] == "until" && w.size() == 2 && w[1] != "ran" && w[1] != "answered")
        return "until ran, until answered, or until NAME VALUE";
    return "";
}

/// Whether what is shown is what is expected: the same text; "~part" of it; ">3" or "<3" for a number it starts with.
bool fits(const std::string& shown, const std::string& expected) {
    if (expected.starts_with("~")) return shown.find(expected.substr(1)) != std::string::npos;
    if (expected.size() > 1 && (expected[0] == '>' || expected[0] == '<')) {
        const auto limit = parse_number(expected.substr(1));
        const auto number = parse_number(shown.substr(0, shown.find_first_not_of("+-.0123456789e")));
        if (limit) return number && (expected[0] == '>' ? *number > *limit : *number < *limit);
    }
    return shown == expected;
}

/// What a script can ask of the model, besides controls: "stance.width_m", "outcome", "pushed", "runs", "time", "playing".
std::optional<std::string> model_value(Lab& lab, const std::string& what) {
    Session& s = lab.session();
    if (what == "outcome")
        return s.current() && !s.preview() ? std::string(outcome_name(s.current()->result.assessment.outcome))
                                           : "none";
    if (what == "pushed") return s.current() && s.current()->pushed ? "yes" : "no";
    if (what == "runs") return std::to_string(s.runs().size());
    if (what == "time") return number_text(s.playhead.time_s);
    if (what == "playing") return s.playhead.playing ? "yes" : "no";
    if (what == "trouble") return s.trouble();
    if (what == "undo") return s.can_undo() ? "yes" : "no";
    if (const Field<ScenarioDef>* field = find_field(what)) return value_text(field->get(s.scenario()));
    return std::nullopt;
}

}  // namespace

std::vector<ScriptLine> parse_script(const std::string& text, const std::string& source) {
    std::vector<ScriptLine> lines;
    std::istringstream in(text);
    int number = 0;
    for (std::string line; std::getline(in, line);) {
        ++number;
        if (const size_t end = line.find_last_not_of(" \t\r"); end == std::string::npos || line[0] == '#')
            continue;
        ScriptLine parsed{number, line, split(line)};
        const auto command =
            std::ranges::find_if(k_commands, [&](const Command& c) { return parsed.words[0] == c.name; });
        const std::string where = source + ":" + std::to_string(number) + ": ";
        if (command == std::end(k_commands))
            throw InputError(where + "unknown command " + in_quotes(parsed.words[0]));
        const size_t given = parsed.words.size() - 1;
        if (given < command->least || given > command->most)
            throw InputError(where + command->name + " takes " + std::to_string(command->least)
                             + (command->most != command->least ? " to " + std::to_string(command->most) : "")
                             + " words");
        if (const std::string problem = find_word_problem(parsed.words); !problem.empty())
            throw InputError(where + problem);
        lines.push_back(std::move(parsed));
    }
    return lines;
}

void ScriptPlayer::judge(bool good, const std::string& what) {
    (good ? passed_ : failed_) += 1;
    if (!good) report_ += "line " + std::to_string(lines_[at_].number) + ": " + what + "\n";
    next();
}

void ScriptPlayer::next() {
    ++at_;
    step_ = waited_ = 0;
}

void ScriptPlayer::before_frame(Lab&) {
    ImGuiIO& io = ImGui::GetIO();
    io.MouseDown[0] = false;
    io.MouseWheel = 0.0f;
    release_keys(io);
    io.MousePos = mouse_;
    if (done()) return;
    const std::vector<std::string>& w = lines_[at_].words;
    const std::string& command = w[0];
    if (command == "monkey") {
        if (!monkey_)
            monkey_.emplace(parse_number(w[1]).value_or(1.0),
                            static_cast<std::uint64_t>(std::abs(parse_number(w[2]).value_or(1.0))));
        monkey_->before_frame();
        return;
    }
    if (command == "key") {
        // Held for three frames: as long as a person's shortest press.
        const std::string& name = w.back();
        if (step_ < 3 && key_index(name) >= 0) hold_key(io, key_index(name));
        hold_ctrl(io, w.size() == 3 && w[1] == "ctrl" && step_ < 3);
        return;
    }
    if (command == "char") {
        if (step_ == 0) io.AddInputCharactersUTF8(w[1].c_str());
        return;
    }
    const bool on_item = command == "click" || command == "double" || command == "drag" || command == "slide"
                         || command == "scroll" || command == "type";
    if (!on_item) return;
    const auto item = ui::items().find(w[1]);
    if (item == ui::items().end() || !item->second.visible) {
        ui::bring_into_view(w[1]);
        return;
    }
    const ImVec2 a = item->second.min, b = item->second.max;
    const auto across = [&](double share, double down) {
        return ImVec2(a.x + static_cast<float>(share) * (b.x - a.x),
                      a.y + static_cast<float>(down) * (b.y - a.y));
    };
    const int s = step_;
    if (command == "click" || command == "double" || command == "type") {
        // A tick box is hit at its box.
        mouse_ = across(0.5, 0.5);
        io.MousePos = mouse_;
        io.MouseDown[0] = s == 2 || (command == "double" && s == 4);
        if (command == "type" && s == 8) {
            // What was there is selected on entering; typing replaces it.
            io.AddInputCharactersUTF8(w[2].c_str());
        }
        if (command == "type" && s >= 11 && s < 14) hold_key(io, ImGuiKey_Enter);
    } else if (command == "slide") {
        const double share = parse_number(w[2]).value_or(0.5);
        // The grab has a width: the ends of its way lie inside the bar.
        const double grab = ImGui::GetStyle().GrabMinSize + 4.0, bar = b.x - a.x;
        const double target = (0.5 * grab + share * (bar - grab)) / std::max(bar, 1.0);
        const double way = std::clamp((s - 3) / 8.0, 0.0, 1.0);
        mouse_ = across(0.5 + (target - 0.5) * way, 0.5);
        io.MousePos = mouse_;
        io.MouseDown[0] = s >= 2 && s < 14;
    } else if (command == "drag") {
        const double dx = parse_number(w[2]).value_or(0.0), dy = parse_number(w[3]).value_or(0.0);
        const double way = std::clamp((s - 3) / 20.0, 0.0, 1.0);
        const ImVec2 from = across(0.5, 0.5);
        mouse_ = {from.x + static_cast<float>(dx * way), from.y + static_cast<float>(dy * way)};
        io.MousePos = mouse_;
        io.MouseDown[0] = s >= 2 && s < 40;
    } else if (command == "scroll") {
        mouse_ = across(0.5, 0.5);
        io.MousePos = mouse_;
        if (s == 2) io.MouseWheel = static_cast<float>(parse_number(w[2]).value_or(0.0));
    }
}

void ScriptPlayer::after_frame(Lab& lab) {
    if (done()) return;
    const std::vector<std::string>& w = lines_[at_].words;
    const std::string& command = w[0];
    ++step_;
    const auto shown = [&](const std::string& what) -> std::optional<std::string> {
        if (auto value = model_value(lab, what)) return value;
        const auto item = ui::items().find(what);
        if (item == ui::items().end()) return std::nullopt;
        return item->second.value;
    };
    if (command == "wait") {
        if (step_ >= parse_number(w[1]).value_or(1.0)) next();
        return;
    }
    if (command == "searches") {
        lab.session().search_unasked(w[1] == "on");
        return next();
    }
    if (command == "until") {  // until ran | until answered | until NAME VALUE
        bool holds = false;
        if (w[1] == "ran")
            holds = !lab.session().working() && lab.session().current() && !lab.session().preview();
        else if (w[1] == "answered")
            holds = !lab.session().working() && !lab.session().helps().searching();
        else if (w.size() == 3)
            holds = fits(shown(w[1]).value_or(""), w[2]);
        if (holds && step_ > 4) return judge(true, "");
        if (step_ > k_most_waiting_frames) judge(false, lines_[at_].text + ": not within 120 s");
        return;
    }
    if (command == "expect") {
        // A control shows what happened in a frame only in the one after it.
        if (step_ < 3) return;
        const auto value = shown(w[1]);
        if (w.size() == 2) return judge(value.has_value(), lines_[at_].text + ": not there");
        return judge(value && fits(*value, w[2]),
                     lines_[at_].text + ": it is " + (value ? in_quotes(*value) : "not there"));
    }
    if (command == "monkey") {
        if (monkey_ && !monkey_->done()) return;
        const std::string report = monkey_ ? monkey_->report() : "";
        const bool good = monkey_ && monkey_->stayed_small();
        monkey_.reset();
        if (good) report_ += "monkey: " + report + "\n";
        return judge(good, lines_[at_].text + ": " + report);
    }
    if (command == "screenshot") {
        if (step_ == 1) screenshot_ = w[1];
        if (step_ >= 2) next();
        return;
    }
    if (command == "key" || command == "char") {
        if (step_ >= 6) next();
        return;
    }
    const auto item = ui::items().find(w[1]);
    if ((item == ui::items().end() || !item->second.visible) && step_ < 4) {
        // Not there yet: the moves wait until it can be hit.
        step_ = 0;
        if (++waited_ > k_find_frames) {
            judge(false, lines_[at_].text + ": no such control in sight");
        }
        return;
    }
    const int frames = command == "drag" ? 46 : command == "type" ? 18 : command == "slide" ? 18 : 8;
    if (step_ >= frames) next();
}

}  // namespace plumb
