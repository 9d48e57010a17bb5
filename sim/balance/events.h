// What the frames show, before any verdict: fall, COM exit, depth, wall support, coming up again.
#pragma once

#include <cstddef>
#include <optional>

#include "sim/recording/recording.h"

namespace plumb {

/// Part of the asked drop that may be missing (docs/model.md, 10).
inline constexpr double k_depth_tolerance = 0.01;
inline constexpr double k_slip_limit_m = 0.020;
inline constexpr double k_heel_lift_limit_m = 0.010;
inline constexpr double k_wall_share = 0.02;  ///< of body weight: the wall carries something
inline constexpr double k_functional_limit_s = 0.5;

inline constexpr double k_exit_s =
    0.05;  ///< a shorter excursion of the COM, or of the XCoM, counts for nothing

struct Events {
    bool fell =
        false;  ///< a body part other than the feet rests on the floor, or the body still topples at the end
    Edge fall_edge = Edge::none;  ///< the side it fell to
    std::size_t feet_end =
        0;  ///< frames before this one are the time on the feet: all, or those before a fall's floor contact
    std::optional<std::size_t> exit_frame;  ///< first frame with the COM outside for good
    Edge exit_edge = Edge::none;
    std::optional<std::size_t>
        wall_exit_frame;             ///< first frame with the COM out of the support region on the wall
    std::size_t deepest_frame = 0;   ///< while on the feet; before the COM left in a run that ends in a fall
    bool reached = false;            ///< the asked depth
    bool rose = false;               ///< at the end the hips are within 0.05 of the standing height
    bool heels_up_at_depth = false;  ///< wherever the asked depth was reached, a heel was off the floor
    bool carried = false;            ///< at rest on the wall after the COM left
    bool leaned = false;             ///< at the end of the hold the wall carries load, COM inside
    bool held = false;               ///< there was a hold
    double wall_hold_N = 0.0;        ///< mean normal force over the last 0.5 s of the hold; 0 without one
    double outside_functional_s = 0.0;  ///< COM outside the functional base
};

[[nodiscard]] Events find_events(const Recording& recording);

/// Weight of the body without its counterweight [N]: the unit of wall and foot forces in words.
[[nodiscard]] double body_weight_N(const Recording& recording);

}  // namespace plumb
