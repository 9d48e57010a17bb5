// The least adaptations with which this person does the squat safely: one change, then two, ranked by effort.
#pragma once

#include <atomic>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "sim/study/compare.h"
#include "sim/study/help_interval.h"
#include "sim/study/least_change.h"

namespace plumb {

/// How much of a help counts as an effort of one: a population's SD for what a body has, else a choice (docs/model.md, 12).
struct HelpEffort {
    Help help;
    double one;            ///< in the field's unit
    std::string_view why;  ///< "one SD of healthy adults", "a choice"
};
/// Every help but the wall, which makes no squat safe: it catches.
[[nodiscard]] const std::vector<HelpEffort>& help_efforts();
/// Of bringing arms and weight out in front: a choice.
inline constexpr double k_arms_effort = 0.25;

struct AdaptOptions {
    std::optional<double>
        margin_m{};  ///< least planned margin to the soles' edge; none: the dynamic allowance
    bool pairs = true;
    bool intervals = true;  ///< some 200 static solves each
};

/// One way: a scenario that was run, `completed` with the margin asked for.
struct AdaptAnswer {
    std::vector<FieldDifference>
        changes;  ///< against the scenario as given, in list order; nothing as second: not given any more
    ScenarioDef scenario{};
    std::optional<ScenarioDef> less{};  ///< of a pair: with 5 % less of both; its run was not enough
    double effort = 0.0;
    Outcome outcome = Outcome::completed;
    double planned_min_margin_m = 0.0;       ///< of its plan, to the soles' edge
    double functional_min_m = 0.0;           ///< of its run, to the edge of what people can use
    std::vector<Help> helps{};               ///< what is changed, one or two; none for the arms
    std::optional<HelpInterval> interval{};  ///< of a single help's field; pairs have none
    std::string sentence{};                  ///< "4.0 kg at arm's length"
};

struct Adaptations {
    double margin_m = 0.0;                        ///< asked for
    Outcome outcome = Outcome::completed;         ///< of the scenario as given
    double planned_min_margin_m = 0.0;            ///< of its plan
    bool needed = true;                           ///< it does not do with the margin as it is
    bool complete = true;                         ///< false: stopped before all was tried
    std::vector<AdaptAnswer> singles{}, pairs{};  ///< least effort first
    std::optional<LeastChange> wall{};   ///< who falls back: how far a wall may be; never a safe squat
    std::vector<LeastChange> without{};  ///< helps that alone do not do it
    int forward_runs = 0;
};

/// Raw values of a changed scenario against those the given one resolves to: what `run --set` takes to make one of the other.
[[nodiscard]] std::vector<FieldDifference> changes_between(const ScenarioDef& def,
                                                           const ScenarioDef& changed);

/// A single answer is exact to one step of its help (least_change.h). A pair shares the effort equally between its two and with 5 % less
/// of both (in whole steps) a run is not enough; only pairs in which each is less than it must be alone. The scenario is checked. On
/// two threads; the answers do not depend on them. `progress` is called from either with the share done.
[[nodiscard]] Adaptations find_adaptations(const ScenarioDef& def, const AdaptOptions& options,
                                           const std::function<void(double)>& progress = {},
                                           const std::atomic<bool>* cancel = nullptr);

}  // namespace plumb
