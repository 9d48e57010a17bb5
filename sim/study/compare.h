// What differs between two scenarios, by the list of fields, and between two runs of them, in sentences with numbers.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "sim/balance/assessment.h"
#include "sim/scenario/scenario_fields.h"

namespace plumb {

/// One field that has another value in the second scenario. `first` and `second` are resolved: nothing only where the
/// field has no value of its own (no wall).
struct FieldDifference {
    std::string field;  ///< "stance.width_m"
    std::string unit;
    FieldValue first, second;
    bool operator==(const FieldDifference&) const = default;
};

struct ScenarioDifferences {
    std::vector<FieldDifference> changed;  ///< what somebody set otherwise, in list order
    std::vector<FieldDifference>
        followed;  ///< what merely follows from that: a length from stature, the trunk from the legs
    /// Both have the same resolved fields, and so the same input_hash.
    [[nodiscard]] bool is_same() const { return changed.empty() && followed.empty(); }
};

/// Name, question and expectation are no inputs and not compared. A value that equals what would stand in for it counts as
/// not set, so a scenario and its resolved form are the same. Both checked. compare(b, a) is compare(a, b) exchanged.
[[nodiscard]] ScenarioDifferences compare_scenarios(const ScenarioDef& first, const ScenarioDef& second);

/// The scenario without the optional values that say no more than their absence would.
[[nodiscard]] ScenarioDef without_derived(const ScenarioDef& def);

/// "counterweight.mass_kg" -> "Counterweight mass", "person.thigh_length_m" -> "Thigh length".
[[nodiscard]] std::string field_words(const FieldDifference& difference);

/// "Counterweight mass: 0 kg in the first, 6 kg in the second (6 kg more)."
[[nodiscard]] std::string difference_sentence(const FieldDifference& difference);

/// A number of both runs, as a machine reads it; nothing where a run has none.
struct RunQuantity {
    std::string name;  ///< "margin.com_min_m"
    std::string unit;
    std::optional<double> first, second;
};

struct RunDifferences {
    Outcome first_outcome = Outcome::completed, second_outcome = Outcome::completed;
    std::vector<RunQuantity> quantities;
    std::vector<std::string> sentences;  ///< outcome, depth, static limit, COM exit, margins, wall
};

/// Both recordings with their assessments.
struct AssessedRun {
    const Recording& recording;
    const Assessment& assessment;
};
[[nodiscard]] RunDifferences compare_runs(const AssessedRun& first, const AssessedRun& second);

}  // namespace plumb
