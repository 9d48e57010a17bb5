// Units and physical constants. Inside the program everything is SI and radians.
#pragma once

namespace plumb {

inline constexpr double k_pi = 3.14159265358979323846;
inline constexpr double k_deg_to_rad = k_pi / 180.0;
inline constexpr double k_rad_to_deg = 180.0 / k_pi;
/// Standard gravity [m/s^2] (definitions: g = 9.80665).
inline constexpr double k_gravity_mps2 = 9.80665;

}  // namespace plumb
