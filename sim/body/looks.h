// Plain shapes that make an exported body look like a person; they touch nothing and weigh nothing.
#pragma once

#include <string>
#include <variant>
#include <vector>

#include "sim/body/model.h"

namespace plumb {

struct CapsuleLook {
    Vector3 from_m, to_m;
    double radius_m;
};
struct EllipsoidLook {
    Vector3 centre_m, semi_axes_m;
};
/// Convex hull of points.
struct HullLook {
    std::vector<Vector3> points_m;
};

enum class LookStuff { skin, shoe, iron };

/// A shape in a link's frame.
struct Look {
    std::string name;
    int link = 0;
    LookStuff stuff = LookStuff::skin;
    std::variant<CapsuleLook, EllipsoidLook, HullLook> shape;
};

/// What weights are made of, and a bar's shaft; plates are no thinner and no wider (radius). Choices.
inline constexpr double k_iron_density_kgpm3 = 7200.0, k_bar_radius_m = 0.014;
inline constexpr double k_thinnest_plate_m = 0.012, k_widest_plate_m = 0.225;

/// A barbell as it is drawn: a shaft with one iron plate near each end, as thick as its mass asks.
struct BarbellLook {
    double half_length_m, shaft_radius_m;
    double plate_at_m;  ///< the plates' inner faces, from the middle
    double plate_radius_m, plate_thickness_m;
};
[[nodiscard]] BarbellLook barbell_look(double mass_kg);

/// Pelvis, trunk, head, limbs, feet; the heel wedges and the weights in the hands or on the back where there are any.
[[nodiscard]] std::vector<Look> body_looks(const BodyModel& body);

}  // namespace plumb
