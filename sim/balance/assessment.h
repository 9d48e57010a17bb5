// The verdict: what happened, when, where and why. Reads a Recording and nothing else (docs/model.md, 10).
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "sim/balance/diagnosis.h"
#include "sim/recording/recording.h"

namespace plumb {

/// Every report, lesson and window says so.
inline constexpr const char* k_safety_note =
    "Teaching and exploring tool, not medical advice. Not for people with a total hip replacement. Keep open "
    "space behind you.";

enum class Outcome {
    fell_backward,
    fell_forward,
    fell_left,
    fell_right,
    slipped,
    caught_by_wall,
    leaning_on_wall,
    blocked_by_wall,
    heels_lifted,
    cannot_rise,
    stopped_short,
    completed_marginal,
    completed,
};
[[nodiscard]] std::string_view outcome_name(Outcome outcome);

/// The moment the COM left the feet's base.
struct ComExit {
    double time_s = 0.0;
    Phase phase = Phase::stand;
    Edge edge = Edge::none;
    double hip_drop_fraction = 0.0;
};

/// The moment the COM left what feet, wall and strength together can hold (Frame::support_region).
struct WallComExit {
    double time_s = 0.0;
    Phase phase = Phase::stand;
    double hip_drop_fraction = 0.0;
};

struct WallFacts {
    double contact_time_s = 0.0;
    double hold_force_N = 0.0;
    double peak_force_N = 0.0;
    bool rose = false;
};

/// The moment the XCoM left the functional base: balance would ask for a step soon, by the inverted pendulum.
struct Warning {
    double time_s = 0.0;
    std::optional<double> lead_s{};  ///< from then until the floor is met; none: no fall followed
};

struct JointFacts {
    double max_flexion_deg = 0.0;
    double peak_moment_Nm = 0.0;  ///< largest |active moment|
    double peak_strength_fraction = 0.0;
};

struct DeepestFacts {
    double hip_drop_fraction = 0.0, hip_height_m = 0.0, thigh_angle_deg = 0.0, knee_flexion_deg = 0.0;
};

struct Assessment {
    Outcome outcome = Outcome::completed;
    std::string limiting_factor;  ///< "" when completed
    std::string explanation;      ///< plain words with numbers
    DeepestFacts depth;
    std::optional<ComExit> com_exit;
    std::optional<WallComExit> wall_com_exit;
    double com_min_m = 0.0, com_min_time_s = 0.0, functional_min_m = 0.0, xcom_min_m = 0.0;
    double support_min_m = 0.0;  ///< not finite without wall contact on the feet
    double max_force_error_fraction = 0.0, max_foot_force_bw = 0.0, heel_lift_max_m = 0.0,
           foot_slip_max_m = 0.0;
    double load_left_share =
        0.5;  ///< of the feet's vertical force, over the hold (without one, the time on the feet)
    std::optional<WallFacts> wall;
    std::optional<Warning> warning;
    std::array<JointFacts, k_side_count> ankle{}, knee{}, hip{}, toes{};  ///< toes: zero in a body without
    JointFacts lumbar, shoulder;
};

[[nodiscard]] Assessment assess_balance(const Recording& recording);

/// summary.json's text (keys: docs/files.md).
[[nodiscard]] std::string summary_json(const Recording& recording, const Assessment& assessment,
                                       const Findings& findings = {});

/// depth_curve.csv's text.
[[nodiscard]] std::string depth_curve_csv(const Recording& recording);

}  // namespace plumb
