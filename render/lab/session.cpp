// Edits, background work, runs and time.
#include "render/lab/session.h"

#include <algorithm>
#include <cmath>

#include "render/lab/field_text.h"
#include "sim/base/input_error.h"
#include "sim/base/text.h"
#include "sim/scenario/scenario_fields.h"

namespace plumb {
namespace {

constexpr size_t k_most_undo = 200;
constexpr size_t k_most_runs = 40;  ///< runs that nobody keeps beyond these go, oldest first
constexpr double k_recorded_frame_s = 1.0 / 120.0;

/// "Stance width 38.0 cm → 50.0 cm, Counterweight mass 0.0 kg → 6.0 kg"
std::string differs_in_short(const ScenarioDef& from, const ScenarioDef& to) {
    const ScenarioDifferences d = compare_scenarios(from, to);
    std::string text;
    for (size_t i = 0; i < d.changed.size() && i < 3; ++i) {
        const FieldDifference& f = d.changed[i];
        const auto shown = [&f](const FieldValue& v) {
            if (std::holds_alternative<std::monostate>(v)) return std::string("none");
            const auto* number = std::get_if<double>(&v);
            return number ? shown_number(*number, shown_unit(f.unit, false)) : value_text(v);
        };
        text +=
            (text.empty() ? "" : ", ") + field_words(f) + " " + shown(f.first) + " \u2192 " + shown(f.second);
    }
    if (d.changed.size() > 3) text += ", " + std::to_string(d.changed.size() - 3) + " more";
    return text;
}

/// The scenario with what a help changed: its answer may have been found for another file of the same inputs.
ScenarioDef with_help(ScenarioDef scenario, const ScenarioDef& helped) {
    for (const FieldDifference& f : compare_scenarios(scenario, helped).changed)
        find_field(f.field)->set(scenario, f.second);
    scenario.expect.clear();  // it spoke of the scenario without help
    return scenario;
}

}  // namespace

std::string shown_name(const LabRun& run) {
    std::string name = run.name;
    std::replace(name.begin(), name.end(), '_', ' ');
    return std::to_string(run.number) + "  " + name;
}

Session::Session(std::function<void()> wake)
    : wake_(wake),
      helps_(wake),
      findings_(wake),
      rose_(wake),
      map_(wake),
      restorer_(wake),
      planner_(wake),
      runner_(wake) {}

void Session::load(const ScenarioDef& scenario) {
    if (!resolved_.person.thigh_length_m) {  // the first one of the session
        scenario_ = scenario;
        scenario_changed();
        return;
    }
    edit(scenario);
}

void Session::remember_for_undo() {
    undo_.push_back(scenario_);
    if (undo_.size() > k_most_undo) undo_.erase(undo_.begin());
    redo_.clear();
}

void Session::edit(const ScenarioDef& scenario, const std::string& stroke) {
    if (scenario == scenario_) return;
    if (stroke.empty() || stroke != stroke_) remember_for_undo();
    redo_.clear();
    stroke_ = stroke;
    scenario_ = scenario;
    scenario_changed();
}

void Session::follow(const LabRun& run) {
    current_ = run.number;
    preview_.reset();
    const ScenarioDef scenario = without_derived(run.result.recording->scenario);
    if (!hash_.empty() && input_hash(scenario) == hash_) return;
    remember_for_undo();
    stroke_.clear();
    scenario_ = scenario;
    take_scenario();
}

void Session::undo() {
    if (undo_.empty()) return;
    redo_.push_back(scenario_);
    scenario_ = undo_.back();
    undo_.pop_back();
    stroke_.clear();
    scenario_changed();
}

void Session::redo() {
    if (redo_.empty()) return;
    undo_.push_back(scenario_);
    scenario_ = redo_.back();
    redo_.pop_back();
    stroke_.clear();
    scenario_changed();
}

bool Session::take_scenario() {
    ++ticket_;
    runner_.cancel();
    planner_.cancel();
    wanted_ = false;
    trouble_.clear();
    hash_.clear();
    if (const auto problem = find_scenario_problem(scenario_)) {
        trouble_ = problem->text;
        preview_.reset();
    } else {
        resolved_ = resolve_scenario(scenario_);
        hash_ = input_hash(resolved_);
    }
    helps_.take(scenario_, hash_);
    return trouble_.empty();
}

void Session::scenario_changed() {
    if (!take_scenario()) return;
    // A run of the same inputs is there already.
    const auto same = std::ranges::find_if(
        runs_, [&](const LabRun& run) { return run.result.recording->input_hash == hash_ && !run.pushed; });
    if (same != runs_.end()) {
        preview_.reset();
        current_ = same->number;
        return;
    }
    wanted_ = true;
    planner_.ask([this, ticket = ticket_, resolved = resolved_](const std::atomic<bool>& stale) {
        Ready ready{ticket, std::nullopt, std::nullopt, ""};
        try {
            ready.preview = make_preview(resolved, stale);
        } catch (const std::exception& error) {
            ready.trouble = error.what();
        }
        if (!stale) previews_.put(std::move(ready));
    });
}

bool Session::poll() {
    bool changed = false;
    if (auto ready = previews_.take(); ready && ready->ticket == ticket_) {
        changed = true;
        trouble_ = ready->trouble;
        preview_ = std::move(ready->preview);
        if (preview_ && wanted_)
            runner_.ask([this, ticket = ticket_, resolved = resolved_](const std::atomic<bool>& stale) {
                Ready done{ticket, std::nullopt, std::nullopt, ""};
                try {
                    done.run = make_run(resolved, stale, progress_);
                } catch (const std::exception& error) {
                    done.trouble = error.what();
                }
                if (!stale) finished_.put(std::move(done));
            });
        wanted_ = false;
    }
    if (auto done = finished_.take(); done && done->ticket == ticket_) {
        changed = true;
        trouble_ = done->trouble;
        if (done->run) {
            const std::string name = scenario_.name.empty() ? "Scenario" : scenario_.name;
            add_run(std::move(*done->run), name, false);
        }
    }
    if (auto again = restorer_.poll()) {
        changed = true;
        const int current = current_;
        const Playhead head = playhead;
        std::optional<Preview> preview = std::move(preview_);
        add_run(std::move(again->result), again->name, false, !again->saved_as.empty());
        runs_.back().kept = true;
        runs_.back().saved_as = std::move(again->saved_as);
        runs_.back().saved_name = runs_.back().name;
        preview_ = std::move(preview);
        if (current != 0) {  // what is being looked at stays
            current_ = current;
            playhead = head;
        }
    }
    // While nobody waits for a run the machine looks for what would help.
    if (const LabRun* run = current(); search_unasked_ && run && !working()
                                       && run->result.recording->input_hash == hash_
                                       && run->result.assessment.outcome != Outcome::completed && !run->pushed
                                       && helped_ticket_ != ticket_) {
        helped_ticket_ = ticket_;
        helps_.search_all();
    }
    const LabRun* const seen = working() ? nullptr : current();
    const RunResult* const unpushed = seen && !seen->pushed ? &seen->result : nullptr;
    findings_.look_at(search_unasked_ ? unpushed : nullptr);
    changed = findings_.poll() || changed;
    rose_.look_at(unpushed);
    changed = rose_.poll() || changed;
    if (!working()) changed = map_.poll() || changed;
    const size_t known = helps_.answers().size();
    auto answer = helps_.poll();
    changed = changed || answer || helps_.answers().size() != known;
    if (answer) {
        if (answer->change.finding == Finding::found) edit(with_help(scenario_, answer->change.scenario));
        applied_hash_ = hash_;
        applied_ = std::move(answer);
    }
    return changed;
}

const SquatPlan* Session::plan() const {
    if (preview_) return &preview_->planned->plan;
    return current() ? &current()->result.recording->plan : nullptr;
}

const LabRun* Session::current() const {
    const auto at = std::ranges::find(runs_, current_, &LabRun::number);
    return at == runs_.end() ? nullptr : &*at;
}
const LabRun* Session::compared() const {
    const auto at = std::ranges::find(runs_, compared_, &LabRun::number);
    return at == runs_.end() || compared_ == current_ ? nullptr : &*at;
}

void Session::select(int number) {
    const auto at = std::ranges::find(runs_, number, &LabRun::number);
    if (at == runs_.end()) return;
    follow(*at);
    playhead.time_s = std::min(playhead.time_s, end_s());
}
void Session::compare_with(int number) { compared_ = number; }

void Session::rename(int number, const std::string& name) {
    const auto at = std::ranges::find(runs_, number, &LabRun::number);
    if (at == runs_.end() || name.empty()) return;
    at->name = printable(name, 60);
    at->kept = true;
}
void Session::keep(int number, bool kept) {
    const auto at = std::ranges::find(runs_, number, &LabRun::number);
    if (at == runs_.end()) return;
    at->kept = kept;
    if (!kept) abandon_file(*at);
}
void Session::abandon_file(LabRun& run) {
    if (!run.saved_as.empty()) abandoned_.push_back(std::exchange(run.saved_as, {}));
}

void Session::remove(int number) {
    if (const auto at = std::ranges::find(runs_, number, &LabRun::number); at != runs_.end())
        abandon_file(*at);
    std::erase_if(runs_, [number](const LabRun& run) { return run.number == number; });
    if (current_ == number && !runs_.empty()) select(runs_.back().number);
    if (compared_ == number) compared_ = 0;
}

void Session::add_run(RunResult result, const std::string& name, bool take_scenario, bool pushed) {
    LabRun run;
    const auto is_push = [](const Frame& frame) { return !frame.push_N.isZero(); };
    const bool planned = result.recording->scenario.push.time_s.has_value();
    run.pushed = pushed || (!planned && std::ranges::any_of(result.recording->frames, is_push));
    run.number = next_number_++;
    run.name = name;
    const ScenarioDef of_run = result.recording->scenario;
    run.differs = runs_.empty() ? "" : differs_in_short(runs_.back().result.recording->scenario, of_run);
    run.result = std::move(result);
    runs_.push_back(std::move(run));
    current_ = runs_.back().number;
    preview_.reset();
    if (runs_.size() > k_most_runs) {
        const auto oldest = std::ranges::find_if(runs_, [this](const LabRun& r) {
            return !r.kept && r.number != current_ && r.number != compared_;
        });
        if (oldest != runs_.end()) runs_.erase(oldest);
    }
    if (take_scenario) follow(*current());
    playhead.time_s = 0.0;
    playhead.playing = true;
}

void Session::restore(const std::vector<ScenarioDef>& kept,
                      const std::vector<std::filesystem::path>& recordings) {
    restorer_.restore(kept, recordings);
}

void Session::note_saved(int number, const std::filesystem::path& file) {
    const auto at = std::ranges::find(runs_, number, &LabRun::number);
    if (at == runs_.end()) return;
    at->saved_as = file;
    at->saved_name = at->name;
}

void Session::ask_help(Help help) { helps_.want(help); }

void Session::apply_pair(std::size_t index) {
    if (const auto* const pairs = helps_.pairs(); pairs != nullptr && index < pairs->size())
        edit(with_help(scenario_, (*pairs)[index].scenario));
}

const HelpAnswer* Session::applied_help() const {
    return applied_ && !hash_.empty() && applied_hash_ == hash_ ? &*applied_ : nullptr;
}

double Session::end_s() const { return current() ? current()->result.recording->frames.back().time_s : 0.0; }

size_t Session::frame() const {
    return current() ? frame_at(*current()->result.recording, playhead.time_s) : 0;
}

bool Session::tick(double real_s) {
    if (!playhead.playing || !current()) return false;
    playhead.time_s += real_s * playhead.speed;
    if (playhead.time_s >= end_s()) {
        playhead.time_s = playhead.loop ? 0.0 : end_s();
        playhead.playing = playhead.loop;
    }
    return true;
}

void Session::step_frames(int frames) { stand_at(playhead.time_s + frames * k_recorded_frame_s); }

void Session::play_or_pause() {
    if (!playhead.playing && playhead.time_s >= end_s()) playhead.time_s = 0.0;
    playhead.playing = !playhead.playing;
}

void Session::stand_at(double time_s) {
    playhead.playing = false;
    playhead.time_s = std::clamp(time_s, 0.0, end_s());
}

}  // namespace plumb
