// The bookkeeping of one search: values as whole steps, runs made once, what the answer says.
#pragma once

#include <functional>
#include <map>
#include <memory>

#include "sim/scenario/scenario_fields.h"
#include "sim/study/least_change.h"

namespace plumb {

/// What a forward run tells the search.
struct HelpRun {
    Outcome outcome = Outcome::completed;
    double com_min_m = 0.0, functional_min_m = 0.0;
    double planned_min_margin_m = 0.0;
    bool keeps_margin = true;  ///< the one that facts_of() was asked for
    std::string limiting_factor;
    bool left_early = false;  ///< it falls; nothing else of this is known
    /// Completed, with that margin.
    [[nodiscard]] bool is_enough() const {
        return !left_early && outcome == Outcome::completed && keeps_margin;
    }
};
/// Plans and runs a checked scenario.
[[nodiscard]] std::shared_ptr<const Recording> motion_of(const ScenarioDef& def);
[[nodiscard]] HelpRun facts_of(const Recording& recording, std::optional<double> margin_m);
/// Facts of the motion of a checked scenario, left early when it falls and no wall is there.
[[nodiscard]] HelpRun try_motion(const ScenarioDef& def, std::optional<double> margin_m);
/// At the chest or on the back a weight helps little or harms: it goes to arm's length, beginning with none.
[[nodiscard]] bool moves_weight(const ScenarioDef& def, Help help);
/// help_words() and what goes with it: where the weight was, how far the toes turn.
[[nodiscard]] std::string change_words(Help help, const ScenarioDef& def, const ScenarioDef& changed);

class HelpSearch {
  public:
    HelpSearch(const ScenarioDef& def, Help help, const std::atomic<bool>* cancel,
               std::optional<double> margin_m = std::nullopt);

    /// The scenario with the field at n steps.
    [[nodiscard]] ScenarioDef at(int n) const;
    /// The step at or below the given value, and the last one the door lets through; the search goes between.
    [[nodiscard]] int first() const { return first_; }
    [[nodiscard]] int last() const { return last_; }
    [[nodiscard]] bool stopped() const { return cancel_ != nullptr && cancel_->load(); }
    [[nodiscard]] const ScenarioDef& def() const { return def_; }

    /// Runs the scenario as it is.
    const Recording& run_given();
    [[nodiscard]] const HelpRun& given() const { return given_; }
    [[nodiscard]] std::optional<double> margin_m() const { return margin_m_; }
    /// Runs the scenario at n steps, once; false when stopped.
    [[nodiscard]] bool runs_well(int n, const std::function<bool(const HelpRun&)>& well);
    /// The same for is_enough().
    [[nodiscard]] bool is_enough_at(int n);
    [[nodiscard]] int run_count() const { return static_cast<int>(runs_.size()); }
    void count_solve() { ++solves_; }
    /// What was run at n steps and left early is run to its end: an answer says how it ends. Not counted again.
    void finish_run(int n);

    [[nodiscard]] LeastChange cancelled() const;
    [[nodiscard]] LeastChange not_needed() const;
    [[nodiscard]] LeastChange found(int n) const;
    /// Nothing does it: `n` was the best that was run, if it was; `reason` in words if it is not the run's.
    [[nodiscard]] LeastChange none(int n, const std::string& reason = "") const;

  private:
    [[nodiscard]] LeastChange start(Finding finding) const;
    void take_run(LeastChange& change, const HelpRun& run) const;

    ScenarioDef def_;  ///< as given
    Help help_;
    HelpRange range_;
    const Field<ScenarioDef>* field_;
    const std::atomic<bool>* cancel_;
    std::optional<double> margin_m_;
    std::optional<double> from_;
    int first_ = 0, last_ = 0, solves_ = 0;
    HelpRun given_;
    std::shared_ptr<const Recording> given_recording_;
    std::map<int, HelpRun> runs_;
};

/// The wall's own search, outward from where it surely catches. The given scenario has been run.
[[nodiscard]] LeastChange find_farthest_wall(HelpSearch& search, const Recording& given);

}  // namespace plumb
