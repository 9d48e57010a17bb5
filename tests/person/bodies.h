// Bodies to test over: seeded random ones and the corners of what a file may ask for.
#pragma once

#include <array>
#include <cstdint>
#include <random>
#include <string>
#include <vector>

#include "sim/person/person.h"

namespace plumb::test {

inline constexpr std::array<Sex, 2> k_sexes = {Sex::male, Sex::female};

/// Uniform in [low, high), the same on every standard library.
inline double uniform(std::mt19937_64& generator, double low, double high) {
    return low + (high - low) * static_cast<double>(generator() >> 11) * 0x1p-53;
}

/// Both sexes, 1.45-2.05 m, 40-160 kg, 18-80 years; includes the four corners.
inline std::vector<PersonDef> usual_bodies() {
    std::vector<PersonDef> bodies;
    std::mt19937_64 generator(20240607);
    for (const Sex sex : k_sexes) {
        for (const double stature_m : {1.45, 2.05})
            for (const double mass_kg : {40.0, 160.0})
                bodies.push_back({.sex = sex, .stature_m = stature_m, .mass_kg = mass_kg});
        for (int i = 0; i < 100; ++i)
            bodies.push_back({.sex = sex,
                              .age_years = uniform(generator, 18.0, 80.0),
                              .stature_m = uniform(generator, 1.45, 2.05),
                              .mass_kg = uniform(generator, 40.0, 160.0)});
    }
    return bodies;
}

/// The usual bodies and the extremes any file may ask for: 1.2-2.2 m, 30-250 kg.
inline std::vector<PersonDef> all_bodies() {
    std::vector<PersonDef> bodies = usual_bodies();
    for (const Sex sex : k_sexes)
        for (const double stature_m : {1.2, 2.2})
            for (const double mass_kg : {30.0, 250.0})
                bodies.push_back({.sex = sex, .stature_m = stature_m, .mass_kg = mass_kg});
    return bodies;
}

/// For INFO: which body failed.
inline std::string name_of(const PersonDef& def) {
    return std::string(def.sex == Sex::male ? "man " : "woman ") + std::to_string(def.stature_m) + " m "
           + std::to_string(def.mass_kg) + " kg " + std::to_string(def.age_years) + " years";
}

/// Pelvis, thorax and one of each paired segment, with how often the body has it.
struct CountedSegment {
    const char* name;
    const Segment& segment;
    double count;
};
inline std::array<CountedSegment, 7> segments_of(const Person& person) {
    return {{{"pelvis", person.pelvis, 1.0},
             {"thorax", person.thorax, 1.0},
             {"upper arm", person.upper_arm, 2.0},
             {"forearm", person.forearm, 2.0},
             {"thigh", person.thighs[0], 2.0},
             {"shank", person.shanks[0], 2.0},
             {"foot", person.foot, 2.0}}};
}

}  // namespace plumb::test
