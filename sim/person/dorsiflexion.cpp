// The geometry of the lunge test, the couch value's conversion, and which of the three was measured.
#include "sim/person/dorsiflexion.h"

#include <cmath>
#include <string>

#include "sim/base/fields.h"
#include "sim/base/input_error.h"
#include "sim/base/units.h"

namespace plumb {
namespace {

/// Knee axis to the front of the kneecap, knee bent [m]. D: with it the geometry meets the published pairs of distance and
/// tibial inclination, 11.6 cm and 40.6 deg (Calatayud 2015, IJSPT 10:197, 26 men, goniometer) and 10.3 cm and 39.0 deg
/// (Hall & Docherty 2017, J Sci Med Sport, PMID 28108266, 50 adults, inclinometer at the tibial tuberosity).
constexpr double k_kneecap_ahead_m = 0.055;
constexpr double k_most_dorsiflexion_deg = 60.0;
constexpr double k_inclinometer_error_deg = 3.0, k_couch_error_deg = 5.0;
constexpr double k_same_deg = 1e-6;

/// How far ahead of the ankle axis the knee axis comes in the lunge [m].
double knee_ahead_m(const BodyLengths& size, double knee_to_wall_m) {
    return size.foot_length_m - size.ankle_from_heel_m + knee_to_wall_m - k_kneecap_ahead_m;
}

}  // namespace

std::optional<double> dorsiflexion_of_wall_deg(const BodyLengths& size, double knee_to_wall_m) {
    const double sine = knee_ahead_m(size, knee_to_wall_m) / size.shank_m;
    if (!(sine >= 0.0 && sine <= std::sin(k_most_dorsiflexion_deg * k_deg_to_rad))) return std::nullopt;
    return std::asin(sine) * k_rad_to_deg;
}

double knee_to_wall_m(const BodyLengths& size, double dorsiflexion_deg) {
    return size.shank_m * std::sin(dorsiflexion_deg * k_deg_to_rad) - knee_ahead_m(size, 0.0);
}

double dorsiflexion_deg(const PersonDef& def, const BodyLengths& size) {
    if (!def.ankle_dorsiflexion_nwb_deg && !def.knee_to_wall_cm) return def.ankle_dorsiflexion_deg;
    const auto shown = [](const char* name, double value) {
        return std::string("person.") + name + " = " + value_text(value);
    };
    if (def.ankle_dorsiflexion_nwb_deg && def.knee_to_wall_cm)
        throw InputError(shown("ankle_dorsiflexion_nwb_deg", *def.ankle_dorsiflexion_nwb_deg) + " and "
                         + shown("knee_to_wall_cm", *def.knee_to_wall_cm)
                         + " say the same thing twice; allowed: one of the two");
    double converted_deg = 0.0;
    std::string given;
    if (def.ankle_dorsiflexion_nwb_deg) {
        converted_deg = *def.ankle_dorsiflexion_nwb_deg + k_weight_bearing_gain_deg;
        given = shown("ankle_dorsiflexion_nwb_deg", *def.ankle_dorsiflexion_nwb_deg);
    } else {
        const auto of_wall = dorsiflexion_of_wall_deg(size, 0.01 * *def.knee_to_wall_cm);
        given = shown("knee_to_wall_cm", *def.knee_to_wall_cm);
        if (!of_wall)
            throw InputError(given
                             + ": no ankle of this foot and shank reaches that, allowed are 0 to 60 deg");
        converted_deg = *of_wall;
    }
    const double own_deg = def.ankle_dorsiflexion_deg;
    if (own_deg != k_usual_dorsiflexion_deg && std::abs(own_deg - converted_deg) > k_same_deg)
        throw InputError(shown("ankle_dorsiflexion_deg", own_deg) + " and " + given
                         + " say the same thing twice; allowed: one of the two");
    return converted_deg;
}

double dorsiflexion_error_deg(const PersonDef& def) {
    if (def.ankle_dorsiflexion_nwb_deg) return std::hypot(k_inclinometer_error_deg, k_couch_error_deg);
    if (def.knee_to_wall_cm) return k_wall_conversion_error_deg;
    return k_inclinometer_error_deg;
}

void take_dorsiflexion(PersonDef& def, double dorsiflexion_deg) {
    def.ankle_dorsiflexion_deg = dorsiflexion_deg;
    def.ankle_dorsiflexion_nwb_deg.reset();
    def.knee_to_wall_cm.reset();
}

double stiffer_ankle_deg(const PersonDef& def) {
    const PersonDef built = build_person(def).def;
    return std::min(as_on_side(built, 0).ankle_dorsiflexion_deg, as_on_side(built, 1).ankle_dorsiflexion_deg);
}

void raise_dorsiflexion(PersonDef& def, double dorsiflexion_deg) {
    if (build_person(def).def.ankle_dorsiflexion_deg < dorsiflexion_deg)
        take_dorsiflexion(def, dorsiflexion_deg);
    for (SideDef* const side : {&def.left, &def.right})
        if (std::optional<double>& own = side->ankle_dorsiflexion_deg; own && *own < dorsiflexion_deg)
            own = dorsiflexion_deg;
}

}  // namespace plumb
