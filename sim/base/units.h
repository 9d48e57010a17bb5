// Units and physical constants. Inside the program everything is SI and radians.
#pragma once

namespace plumb {

inline constexpr double k_pi = 3.14159265358979323846;
inline constexpr double k_deg_to_rad = k_pi / 180.0;
inline constexpr double k_rad_to_deg = 180.0 / k_pi;
/// Standard gravity [m/s^2] (definitions: g = 9.80665).
inline constexpr double k_gravity_mps2 = 9.80665;
/// Units of the imperial system, exact since 1959; a pound of force is a pound's weight.
inline constexpr double k_inch_m = 0.0254, k_foot_m = 0.3048, k_pound_kg = 0.45359237;
inline constexpr double k_pound_N = k_pound_kg * k_gravity_mps2;

}  // namespace plumb
