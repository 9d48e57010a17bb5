// A person from a tape measure.
#pragma once

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
    /// wall by so much with the toe at it. Absent: not measured, the usual ankle.
    std::optional<double> knee_to_wall_m{};
    /// Lying, the knee pulled to the chest, back flat: thigh against trunk [deg]. Absent: not measured, by girth.
    std::optional<double> closure_deg{};
    std::optional<double>
        thigh_m{};  ///< top of the bony bump at the hip's side (trochanter) to the knee's joint line
    std::optional<double> shank_m{};  ///< knee's joint line to the tip of the outer ankle
    std::optional<double> foot_m{};   ///< heel to longest toe
    // No tape sees these: they are kept as they were.
    SideDef left{}, right{};
    double reaction_delay_s = PersonDef{}.reaction_delay_s;
    double sway_sd_m = PersonDef{}.sway_sd_m;
    bool operator==(const TapeMeasures&) const = default;
};

/// Weight-bearing dorsiflexion from the knee-to-wall distance, or the usual one.
struct AnkleFromTape {
    double dorsiflexion_deg = 0.0;
    double deg_per_cm = 0.0;  ///< what one centimetre of distance is worth for these lengths
    /// One standard deviation: the tape's error and the conversion's own; of a distance that was measured.
    double error_deg = 0.0;
};

/// The card's person, or in one line why these measures make none (name, value, what is allowed).
struct PersonCard {
    PersonDef person{};
    AnkleFromTape ankle{};
    std::string problem{};  ///< empty when the person can be used
};

/// One standard deviation of a knee-to-wall distance at home [m] (trained raters: 0.004-0.006, Konor 2012).
inline constexpr double k_tape_error_m = 0.01;

[[nodiscard]] PersonCard person_from_tape(const TapeMeasures& measures);

/// The measures that give this person: the way back. Both sides' own values and the senses are kept, other ranges and
/// strengths that the tape does not see are lost.
[[nodiscard]] TapeMeasures tape_from_person(const PersonDef& person);

}  // namespace plumb
