// The left leg of a symmetric posture with its foot planted, in closed form and with derivatives (model.md, 4).
#pragma once

#include "sim/plan/posture_measures.h"

namespace plumb {

/// The planted left leg: axes and places of its joints in the world.
struct PlantedLeg {
    DualVector hip, knee, ankle;
    DualVector thigh_ahead, thigh_up;              ///< the thigh's X and Z
    DualVector hinge;                              ///< knee axis, the thigh's Y
    DualVector shank_ahead, shank_left, shank_up;  ///< the shank's X, Y, Z
    Matrix3 foot_rotation;                         ///< foot link to world
    DualVector off_stance;  ///< how far the foot is from its place, where the leg is too short
};

/// As solve_leg, in world directions. Sets the leg's angles, reach and the knee's heading. `pelvis`: of its pitch.
[[nodiscard]] PlantedLeg place_leg(const BodyModel& body, const Posture& posture, const SinCos& pelvis,
                                   PostureMeasures<Dual>& at);

/// Mass and first moment about the world origin of what a joint carries.
struct Load {
    double mass_kg = 0.0;
    DualVector moment_kgm;

    void add(double kg, const DualVector& place) {
        mass_kg += kg;
        moment_kgm = moment_kgm + kg * place;
    }
};

/// Loads of the leg from the foot up: what toe joint, ankle, knee and hip carry.
struct LegLoads {
    Load toes, ankle, knee, hip;
};
[[nodiscard]] LegLoads leg_loads(const BodyModel& body, const PlantedLeg& leg);

/// The leg's active moments with the ground's force and its sideways push as standing_statics has them. Angles and COM are
/// set already.
void set_leg_moments(const BodyModel& body, const PlantedLeg& leg, const LegLoads& loads,
                     PostureMeasures<Dual>& at);

/// What the muscles make: the static moment without the passive one.
[[nodiscard]] Dual active_moment_Nm(const Person& person, Dof dof, const Dual& angle, const Dual& moment_Nm);

[[nodiscard]] inline const Link& link_at(const BodyModel& body, Dof dof) {
    return body.links[static_cast<size_t>(link_of(dof))];
}

}  // namespace plumb
