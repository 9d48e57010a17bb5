// One squat to be run: person, stance, arms, counterweight, wall, wedge, movement, push, engine. Plain data with defaults.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include "sim/person/person_def.h"

namespace plumb {

struct StanceDef {
    std::optional<double>
        width_m{};  ///< between the heel centres; the person's biacromial breadth when absent
    double toe_out_deg = 15.0;
    bool operator==(const StanceDef&) const = default;
};

enum class ArmsPose { hanging, forward, crossed, overhead };
struct ArmsDef {
    ArmsPose pose = ArmsPose::forward;  ///< ignored when a counterweight is held
    bool operator==(const ArmsDef&) const = default;
};

/// `back_high`, `back_low`: a barbell behind the neck or lower, on the shoulder blades; the trunk carries it.
enum class Hold { arms_forward, chest, back_high, back_low };
[[nodiscard]] constexpr bool is_on_back(Hold hold) {
    return hold == Hold::back_high || hold == Hold::back_low;
}
enum class Hand { both, left, right };
struct CounterweightDef {
    double mass_kg = 0.0;
    Hold hold = Hold::arms_forward;
    Hand hand = Hand::both;  ///< that holds it
    bool operator==(const CounterweightDef&) const = default;
};

struct WallDef {
    std::optional<double> distance_m{};  ///< heels' back edge to the wall behind; absent: no wall
    bool operator==(const WallDef&) const = default;
};

struct HeelWedgeDef {
    double height_m = 0.0;
    bool operator==(const HeelWedgeDef&) const = default;
};

enum class DepthWord { half, parallel, full };
/// The asked depth: a word, or a hip drop as a fraction of thigh + shank.
using Depth = std::variant<DepthWord, double>;
enum class Intent { cautious, committed };
enum class Heels { flat, may_lift };

struct MovementDef {
    Depth depth = DepthWord::full;
    double descend_s = 3.0;
    double hold_s = 2.0;
    double ascend_s = 3.0;
    Intent intent = Intent::committed;
    Heels heels = Heels::flat;                   ///< may_lift: they rise for a depth that is not reached flat
    double rotation_deg = 0.0;                   ///< trunk turn to each side during the hold
    int rotation_cycles = 0;                     ///< whole left-right cycles during the hold
    std::optional<double> neutral_spine_deg{};   ///< lumbar flexion kept within; absent: the whole range
    std::optional<double> shank_lean_max_deg{};  ///< to the vertical; absent: free
    bool operator==(const MovementDef&) const = default;
};

/// Somebody pushes: a steady force for 0.1 s on a point of the trunk, level, the same direction all the while.
struct PushDef {
    std::optional<double> time_s{};  ///< its beginning; absent: nobody pushes
    double impulse_Ns = 20.0;
    double direction_deg = 180.0;  ///< 0 forward, 90 towards the person's left, 180 backward
    double height_ratio = 0.72;    ///< of the point when standing, as a share of stature
    bool operator==(const PushDef&) const = default;
};

/// A person's late and swaying balance, or a machine's: for tests and comparisons.
enum class Control { human, ideal };
struct EngineDef {
    std::int64_t seed = 1;
    Control control = Control::human;
    bool operator==(const EngineDef&) const = default;
};

/// The words `expect` may hold: the outcomes, in the order they are decided.
inline constexpr std::array<std::string_view, 13> k_outcome_words = {
    "fell_backward",  "fell_forward",       "fell_left",       "fell_right",   "slipped",
    "caught_by_wall", "leaning_on_wall",    "blocked_by_wall", "heels_lifted", "cannot_rise",
    "stopped_short",  "completed_marginal", "completed",
};

/// Everything a run needs. `name` (the file's own unless it says another), `asks` and `expect` describe the file and are not
/// inputs (not hashed).
struct ScenarioDef {
    std::string name{};
    std::string asks{};
    std::string expect{};  ///< an outcome word, or empty
    PersonDef person{};
    StanceDef stance{};
    ArmsDef arms{};
    CounterweightDef counterweight{};
    WallDef wall{};
    HeelWedgeDef heel_wedge{};
    MovementDef movement{};
    PushDef push{};
    EngineDef engine{};
    bool operator==(const ScenarioDef&) const = default;
};

}  // namespace plumb
