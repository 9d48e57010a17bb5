// A person from a tape measure, and what errors of measuring do to how deep that person can go.
#pragma once

#include <atomic>
#include <cstdint>
#include <optional>
#include <string>

#include "sim/scenario/scenario_def.h"

namespace plumb {

/// What one can measure at home. Lengths [m].
struct TapeMeasures {
    Sex sex = Sex::male;
    double age_years = 30.0;
    double stature_m = 1.75;
    double mass_kg = 75.0;
    /// Longest toe to the wall when the knee just touches it, heel down (weight-bearing lunge); - when the knee misses the
    /// wall by so much with the toe at it.
    double knee_to_wall_m = 0.10;
    std::optional<double>
        thigh_m{};  ///< top of the bony bump at the hip's side (trochanter) to the knee's joint line
    std::optional<double> shank_m{};  ///< knee's joint line to the tip of the outer ankle
    std::optional<double> foot_m{};   ///< heel to longest toe
    bool operator==(const TapeMeasures&) const = default;
};

/// Weight-bearing dorsiflexion from the knee-to-wall distance.
struct AnkleFromTape {
    double dorsiflexion_deg = 0.0;
    double deg_per_cm = 0.0;  ///< what one centimetre of distance is worth for these lengths
    double error_deg = 0.0;   ///< one standard deviation: the tape's error and the conversion's own
};

/// The card's person, or in one line why these measures make none (name, value, what is allowed).
struct PersonCard {
    PersonDef person{};
    AnkleFromTape ankle{};
    std::string problem{};  ///< empty when the person can be used
};

/// Errors of measuring, one standard deviation each.
struct MeasuringErrors {
    double stature_m = 0.01;
    double mass_kg = 1.0;
    double length_m = 0.01;  ///< of thigh, shank, foot where they are given
    double dorsiflexion_deg = 3.0;
    std::int64_t seed = 1;
    int samples = 48;
};

/// One standard deviation of a knee-to-wall distance at home [m] (trained raters: 0.004-0.006, Konor 2012).
inline constexpr double k_tape_error_m = 0.01;

[[nodiscard]] PersonCard person_from_tape(const TapeMeasures& measures);

/// The measures that give this person: the way back. Ranges the tape does not see are lost.
[[nodiscard]] TapeMeasures tape_from_person(const PersonDef& person);

/// The errors that belong to a person from the card.
[[nodiscard]] MeasuringErrors errors_of(const PersonCard& card);

/// A static limit [hip drop fraction] and where it falls between for the person measured again and again.
struct LimitBand {
    double measured = 0.0;         ///< of the scenario as it is
    double low = 0.0, high = 0.0;  ///< 5th and 95th percentile
};

struct StaticBand {
    LimitBand sole, functional;
    int samples = 0;         ///< persons solved
    bool cancelled = false;  ///< then the rest means nothing
    std::string sentence;
};

/// Static limits of seeded persons around the scenario's own; same input, same numbers. `def` checked. Cancel is polled
/// between solves.
[[nodiscard]] StaticBand band_of(const ScenarioDef& def, const MeasuringErrors& errors = {},
                                 const std::atomic<bool>* cancel = nullptr);

}  // namespace plumb
