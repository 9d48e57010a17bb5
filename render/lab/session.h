// What the lab knows: the scenario on the sliders with its history, the runs, the playhead. No window, no drawing.
#pragma once

#include <filesystem>
#include <string>
#include <utility>
#include <vector>

#include "render/lab/findings_desk.h"
#include "render/lab/help_desk.h"
#include "render/lab/jobs.h"
#include "render/lab/map_desk.h"
#include "render/lab/restorer.h"
#include "render/lab/rose_desk.h"
#include "sim/study/compare.h"

namespace plumb {

/// One run of the session.
struct LabRun {
    int number = 0;
    std::string name;
    std::string differs;             ///< from the run before it, in words
    bool kept = false;               ///< stays when the list is full
    bool pushed = false;             ///< not what its inputs alone give
    std::filesystem::path saved_as;  ///< a kept pushed run's recording, once it is written ...
    std::string saved_name;          ///< ... under this name
    RunResult result;
};
/// "3  stiff ankles": the number tells runs of one scenario apart.
[[nodiscard]] std::string shown_name(const LabRun& run);

/// The only state about time.
struct Playhead {
    double time_s = 0.0;
    double speed = 1.0;  ///< 0.1-2
    bool playing = false;
    bool loop = true;
};

class Session {
  public:
    /// `wake` is called from other threads when something is ready; then call poll().
    explicit Session(std::function<void()> wake);

    // ---- The scenario on the sliders
    [[nodiscard]] const ScenarioDef& scenario() const { return scenario_; }
    /// The last one that could be run, with every derived default filled in.
    [[nodiscard]] const ScenarioDef& resolved() const { return resolved_; }
    /// A new scenario: from a file, undone by undo like any edit.
    void load(const ScenarioDef& scenario);
    /// An edit. Edits with the same non-empty `stroke` (one drag of one slider) are one step of undo.
    void edit(const ScenarioDef& scenario, const std::string& stroke = {});
    /// The mouse let go: the next edit is a step of its own.
    void end_stroke() { stroke_.clear(); }
    void undo();
    void redo();
    [[nodiscard]] bool can_undo() const { return !undo_.empty(); }
    [[nodiscard]] bool can_redo() const { return !redo_.empty(); }
    /// What is wrong with the scenario, or with the last try to run it; empty when nothing.
    [[nodiscard]] const std::string& trouble() const { return trouble_; }

    // ---- Work in the background
    /// Takes what is ready. True when something changed.
    bool poll();
    [[nodiscard]] bool working() const { return planner_.busy() || runner_.busy() || wanted_; }
    [[nodiscard]] bool simulating() const { return runner_.busy(); }
    [[nodiscard]] double progress() const { return progress_; }
    /// The plan of what is on the sliders while no run of it is there yet; nullptr otherwise.
    [[nodiscard]] const Preview* preview() const { return preview_ ? &*preview_ : nullptr; }
    /// The limit of what is on the sliders, whether run or not; nullptr before the first plan.
    [[nodiscard]] const SquatPlan* plan() const;

    // ---- Runs
    [[nodiscard]] const std::vector<LabRun>& runs() const { return runs_; }
    [[nodiscard]] const LabRun* current() const;
    [[nodiscard]] const LabRun* compared() const;
    void select(int number);
    void compare_with(int number);  ///< 0: with none
    void rename(int number, const std::string& name);
    void keep(int number, bool kept);
    void remove(int number);
    /// Makes these again in the background, as kept runs under their names; `recordings` are files of pushed ones.
    void restore(const std::vector<ScenarioDef>& kept,
                 const std::vector<std::filesystem::path>& recordings = {});
    /// Scenarios of them that are not among the runs yet.
    [[nodiscard]] std::vector<ScenarioDef> still_to_restore() const { return restorer_.still_to_come(); }
    /// A run's recording lies in this file now; empty: in none.
    void note_saved(int number, const std::filesystem::path& file);
    /// Files that could not be read again, once.
    [[nodiscard]] std::vector<std::filesystem::path> take_unreadable() { return restorer_.take_unreadable(); }
    /// Files of runs that nobody keeps any more, once.
    [[nodiscard]] std::vector<std::filesystem::path> take_abandoned() {
        return std::exchange(abandoned_, {});
    }
    /// A recording from a file, a push, an adaptation: becomes the current run and, if asked, the scenario on the sliders.
    /// `pushed`: somebody pulled at it; a recording that holds a push its scenario does not name counts as pushed too.
    void add_run(RunResult result, const std::string& name, bool take_scenario, bool pushed = false);

    /// Off: helps are looked for only when asked, findings not at all; for scripts that are about something else.
    void search_unasked(bool on) { search_unasked_ = on; }

    // ---- The article's helps
    /// Puts the least change of this kind on the sliders as soon as it is found.
    void ask_help(Help help);
    [[nodiscard]] const HelpDesk& helps() const { return helps_; }
    /// Why the current run went as it did; nullptr while not known, and for a pushed run.
    [[nodiscard]] const Findings* findings() const { return findings_.findings(); }
    [[nodiscard]] bool finding() const { return findings_.searching(); }
    /// How hard the current run's person must be pushed; nothing for a pushed run.
    [[nodiscard]] const RoseDesk& rose() const { return rose_; }
    void ask_rose() { rose_.search(); }
    void stop_rose() { rose_.stop(); }
    /// The map of two fields around the scenario on the sliders; `x`, `y` index k_map_fields.
    [[nodiscard]] const MapDesk& map() const { return map_; }
    void look_at_map(std::size_t x, std::size_t y) {
        map_.look_at(hash_.empty() ? nullptr : &scenario_, x, y);
    }
    void fill_map() { map_.fill(); }
    void stop_map() { map_.stop(); }
    void ask_pairs() { helps_.want_pairs(); }
    /// Puts one of the pairs found on the sliders.
    void apply_pair(std::size_t index);
    void stop_helps() { helps_.stop(); }
    /// The one applied last, while what it made is on the sliders; nullptr otherwise.
    [[nodiscard]] const HelpAnswer* applied_help() const;

    [[nodiscard]] const std::function<void()>& waker() const { return wake_; }

    // ---- Time
    Playhead playhead;
    [[nodiscard]] double end_s() const;
    [[nodiscard]] size_t frame() const;
    /// Moves a playing playhead by this much real time. True when it moved.
    bool tick(double real_s);
    void step_frames(int frames);
    /// Plays, from the start when it stood at the end; or pauses.
    void play_or_pause();
    /// Stands still at this time, kept inside the run.
    void stand_at(double time_s);

  private:
    void scenario_changed();
    void remember_for_undo();
    /// The scenario of a run that is shown goes on the sliders: there is nothing to run.
    void follow(const LabRun& run);
    /// Checks scenario_ and takes back what was under way. False when it cannot be run.
    bool take_scenario();
    struct Ready {
        long long ticket = 0;
        std::optional<Preview> preview;
        std::optional<RunResult> run;
        std::string trouble;
    };
    std::function<void()> wake_;
    ScenarioDef scenario_, resolved_;
    std::vector<ScenarioDef> undo_, redo_;
    std::string stroke_;
    std::string trouble_;
    long long ticket_ = 0;  ///< of the newest scenario
    bool wanted_ = false;   ///< a run waits for its plan
    bool search_unasked_ = true;
    long long helped_ticket_ = 0;  ///< the last one whose helps were looked for unasked
    std::atomic<double> progress_ = 0.0;
    std::optional<Preview> preview_;
    std::vector<LabRun> runs_;
    std::vector<std::filesystem::path> abandoned_;
    void abandon_file(LabRun& run);
    int next_number_ = 1, current_ = 0, compared_ = 0;
    std::string hash_;  ///< of resolved_'s inputs; empty when what is on the sliders cannot be run
    std::optional<HelpAnswer> applied_;
    std::string applied_hash_;
    Mailbox<Ready> previews_, finished_;
    HelpDesk helps_;
    FindingsDesk findings_;
    RoseDesk rose_;
    MapDesk map_;
    Restorer restorer_;
    Worker planner_, runner_;  ///< last: their threads use what is above
};

}  // namespace plumb
