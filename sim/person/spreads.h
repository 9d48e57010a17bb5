// Healthy adults: medians and standard deviations of what a body can, one place for constraints, efforts, diagnoses and populations.
#pragma once

namespace plumb {

struct Spread {
    double median, sd;
};

// Dorsiflexion N(38.5, 6.5), weight-bearing, knee bent; spread of the knee Hemmerich 2006 (157 +- 6), of the hip 121 +- 13, of abduction 42 +-
// 11; closure 8 (130 is the model's default, M); lumbar 10, rotation 8, inversion 4 from textbooks; strength: Anderson 2007's between-person
// variation, about 20 %. Medians of what is not published are the model's defaults.
inline constexpr Spread k_dorsiflexion_deg{38.5, 6.5};
inline constexpr Spread k_knee_flexion_deg{150.0, 6.0};
inline constexpr Spread k_hip_flexion_deg{100.0, 13.0};
inline constexpr Spread k_hip_external_rotation_deg{40.0, 8.0};
inline constexpr Spread k_hip_abduction_deg{42.0, 11.0};
inline constexpr Spread k_lumbar_flexion_deg{30.0, 10.0};
inline constexpr Spread k_ankle_inversion_deg{20.0, 4.0};
inline constexpr Spread k_closure_deg{130.0, 8.0};
inline constexpr Spread k_strength_ratio{1.0, 0.2};

}  // namespace plumb
