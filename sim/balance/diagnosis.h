// Why the asked depth was not reached, as definitions.md asks it: which single thing, raised to the healthy median, would reach it.
#pragma once

#include <optional>
#include <string>
#include <vector>

namespace plumb {

/// Where 9 of 10 values lie when the inputs are drawn again within what measuring them misses.
struct Interval {
    double low = 0.0, high = 0.0;
};

/// The static limits' intervals.
struct LimitIntervals {
    Interval sole, functional;
    int samples = 0;  ///< persons drawn; two static solves each
    /// The asked depth lies inside the interval: the verdict turns with what was not measured.
    bool cannot_tell = false;
    /// The input that moves the limit most among those nobody measured, in words; empty when all were.
    std::string decided_by;
};

/// One change that reaches the asked depth, verified by a run of its own.
struct DiagnosisFix {
    std::string field;   ///< of the list, "person.ankle_dorsiflexion_deg"
    std::string kind;    ///< tightness | weakness
    std::string tissue;  ///< "calves", or the joint that is weak
    double have = 0.0;   ///< of the field's unit; a strength is the product of both ratios
    double need = 0.0;   ///< the least value whose run reaches the depth, in steps of 0.5 deg or 0.05
    std::string unit;
    double size_sd = 0.0;  ///< (need - have) in population standard deviations
    std::string outcome;   ///< of the verifying run
};

/// tightness, weakness, balance, mixed, proportions or none.
struct Diagnosis {
    std::string kind = "none";
    std::vector<DiagnosisFix> fixes;  ///< the smallest first; both of a pair when mixed
    std::optional<Interval> need;     ///< of the first fix's need, from the inputs' uncertainty
    bool without_wall = false;        ///< the wall was taken away for the question
    bool without_push = false;        ///< so was the push
    bool heels_down = false;  ///< the heels stayed down for the question, which they did not in the run
    std::string sentence;
};

/// What a summary says beyond the run itself.
struct Findings {
    std::optional<Diagnosis> diagnosis;
    std::optional<LimitIntervals> intervals;
};

}  // namespace plumb
