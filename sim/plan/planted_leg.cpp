// Place, loads and moments of the planted leg.
#include "sim/plan/planted_leg.h"

#include <cmath>

namespace plumb {

PlantedLeg place_leg(const BodyModel& body, const Posture& posture, const SinCos& pelvis,
                     PostureMeasures<Dual>& at) {
    constexpr double k_min_knee_rad = 1e-3;
    const BodyLengths& size = body.person.lengths;
    const PlantedFoot foot = planted_foot(body, side_left, posture.heel_lift_rad);
    const Vector3 foot_x = foot.rotation.col(0), foot_y = foot.rotation.col(1), foot_z = foot.rotation.col(2);
    const double thigh_m = size.side_thigh_m[side_left], shank_m = size.side_shank_m[side_left];
    const double thigh2 = thigh_m * thigh_m, shank2 = shank_m * shank_m;
    PlantedLeg leg;
    leg.hip = {Dual(posture.hip_x_m, 1.0, 0.0, 0.0, 0.0), size.hip_half_width_m, posture.hip_height_m};
    const DualVector d = leg.hip + -foot.ankle_m;
    const Dual distance = sqrt(dot(d, d));
    const DualVector along = (1.0 / distance) * d;
    const double longest = std::sqrt(thigh2 + shank2 + 2.0 * thigh_m * shank_m * std::cos(k_min_knee_rad));
    const double shortest = std::abs(thigh_m - shank_m) + 0.02;
    at.reach_excess_m = std::max(distance - longest, shortest - distance);
    const Dual reach = clamp(distance, shortest, longest), reach2 = reach * reach;
    const Dual knee_cos = clamp((reach2 - (thigh2 + shank2)) * (1.0 / (2.0 * thigh_m * shank_m)), -1.0, 1.0);
    const Dual knee_sin = sqrt(1.0 - knee_cos * knee_cos);
    const Dual opening_cos = (reach2 + (shank2 - thigh2)) / ((2.0 * shank_m) * reach);
    const Dual opening_sin = (thigh_m / reach) * knee_sin;

    const Dual along_x = dot(along, foot_x);
    const DualVector forward_part =
        DualVector{Dual(foot_x.x()), Dual(foot_x.y()), Dual(foot_x.z())} - along_x * along;
    const DualVector ahead = (1.0 / sqrt(dot(forward_part, forward_part))) * forward_part;
    const DualVector left = cross(along, ahead);
    const SinCos out = sin_cos(Dual(posture.knee_out_rad, 0.0, 0.0, 0.0, 1.0));
    leg.shank_up = opening_cos * along + opening_sin * (out.cos * ahead + out.sin * left);
    leg.hinge = out.cos * left - out.sin * ahead;

    const Dual up_y = dot(leg.shank_up, foot_y), up_z = dot(leg.shank_up, foot_z);
    const DualVector bent_ahead = cross(leg.hinge, leg.shank_up);  // the shank's X before its rotation
    const Dual tilt = 1.0 / sqrt(up_y * up_y + up_z * up_z);
    const Dual roll_cos = up_z * tilt, roll_sin = -(up_y * tilt);
    leg.shank_left = {roll_cos * foot_y.x() + roll_sin * foot_z.x(),
                      roll_cos * foot_y.y() + roll_sin * foot_z.y(), roll_sin * foot_z.z()};
    leg.shank_ahead = cross(leg.shank_left, leg.shank_up);
    at.knee_flexion_rad = atan2(knee_sin, knee_cos);
    at.tibial_rotation_rad = atan2(-dot(leg.shank_left, bent_ahead), dot(leg.shank_left, leg.hinge));
    at.dorsiflexion_rad = asin(dot(leg.shank_up, foot_x)) - body.wedge_rad;
    at.inversion_rad = atan2(-up_y, up_z);

    leg.thigh_up = knee_cos * leg.shank_up - knee_sin * bent_ahead;
    leg.thigh_ahead = knee_cos * bent_ahead + knee_sin * leg.shank_up;
    const Dual up_in_pelvis = pelvis.sin * leg.thigh_up.x + pelvis.cos * leg.thigh_up.z;
    const Dual ahead_in_pelvis = pelvis.cos * leg.thigh_up.x - pelvis.sin * leg.thigh_up.z;
    at.hip_flexion_rad = atan2(-ahead_in_pelvis, up_in_pelvis);
    at.hip_abduction_rad = asin(-leg.thigh_up.y);
    at.hip_rotation_rad = atan2(leg.thigh_ahead.y, leg.hinge.y);
    leg.knee = leg.hip - thigh_m * leg.thigh_up;
    leg.ankle = leg.knee - shank_m * leg.shank_up;
    leg.foot_rotation = foot.rotation;
    // In reach of the hip the foot is where it stands.
    leg.off_stance = leg.ankle + -foot.ankle_m;
    const Eigen::Vector2d heading = foot_x.head<2>().normalized();
    at.knee_ahead = -(leg.thigh_up.x * heading.x() + leg.thigh_up.y * heading.y());
    at.knee_outward = leg.thigh_up.x * heading.y() - leg.thigh_up.y * heading.x();
    return leg;
}

LegLoads leg_loads(const BodyModel& body, const PlantedLeg& leg) {
    const auto mass = [&](Dof dof) { return link_at(body, dof).segment.mass_kg; };
    const Segment &foot = link_at(body, dof_left_ankle_inversion).segment,
                  &shank = link_at(body, dof_left_tibial_rotation).segment,
                  &thigh = link_at(body, dof_left_hip_rotation).segment;
    LegLoads loads;
    loads.ankle.add(foot.mass_kg, leg.ankle + Vector3(leg.foot_rotation * foot.com_m));
    if (body.has_toes()) {
        const Segment& toes = link_at(body, dof_left_toe_extension).segment;
        const FootShape& shape = body.feet[side_left];
        loads.toes.add(toes.mass_kg,
                       leg.off_stance
                           + Vector3(shape.standing_ankle_m
                                     + shape.standing_rotation * (shape.toe_joint_m + toes.com_m)));
        loads.ankle.mass_kg += loads.toes.mass_kg;
        loads.ankle.moment_kgm = loads.ankle.moment_kgm + loads.toes.moment_kgm;
    }
    loads.ankle.add(mass(dof_left_ankle_dorsiflexion), leg.ankle);
    loads.knee = loads.ankle;
    loads.knee.add(mass(dof_left_knee_flexion), leg.knee);
    loads.knee.add(shank.mass_kg, leg.knee + shank.com_m.x() * leg.shank_ahead
                                      + shank.com_m.y() * leg.shank_left + shank.com_m.z() * leg.shank_up);
    loads.hip = loads.knee;
    loads.hip.add(mass(dof_left_hip_flexion) + mass(dof_left_hip_abduction), leg.hip);
    loads.hip.add(thigh.mass_kg, leg.hip + thigh.com_m.x() * leg.thigh_ahead + thigh.com_m.y() * leg.hinge
                                     + thigh.com_m.z() * leg.thigh_up);
    return loads;
}

void set_leg_moments(const BodyModel& body, const PlantedLeg& leg, const LegLoads& loads,
                     PostureMeasures<Dual>& at) {
    const double half_N = 0.5 * body.weight_N();
    const FootShape& foot = body.feet[side_left];
    // On the foot's midline, where the COM projects along it.
    const Vector3 heel = foot.standing_ankle_m + foot.standing_rotation * foot.outline_m[0];
    const Vector3 midline =
        foot.standing_rotation * (0.5 * (foot.outline_m[3] + foot.outline_m[4]) - foot.outline_m[0]);
    const Dual t = (at.com_x_m - (leg.off_stance.x + heel.x())) * (1.0 / midline.x());
    const DualVector ground = {at.com_x_m, leg.off_stance.y + heel.y() + t * midline.y(),
                               leg.off_stance.z + heel.z() + t * midline.z()};
    struct Level {
        Dual x, y;            ///< weight carried times its arm, less the ground's
        Dual push_x, push_z;  ///< arm of the push
    };
    const auto level = [&](const Load& load, const DualVector& joint) -> Level {
        const DualVector arm = ground - joint;
        return {k_gravity_mps2 * (load.moment_kgm.x - load.mass_kg * joint.x) - half_N * arm.x,
                k_gravity_mps2 * (load.moment_kgm.y - load.mass_kg * joint.y) - half_N * arm.y, arm.x, arm.z};
    };
    struct Moment {
        Dual held_Nm, by_push;
    };
    const auto moment = [](const Level& l, const DualVector& axis) -> Moment {
        return {axis.x * l.y - axis.y * l.x, axis.z * l.push_x - axis.x * l.push_z};
    };
    const Level ankle = level(loads.ankle, leg.ankle), knee = level(loads.knee, leg.knee),
                hip = level(loads.hip, leg.hip);
    // The leg's axes with the signs of model.cpp: flexion of the hip about -Y, abduction about the X turned by it.
    const Dual slant = 1.0 / sqrt(leg.thigh_up.x * leg.thigh_up.x + leg.thigh_up.z * leg.thigh_up.z);
    const Vector3 foot_x = leg.foot_rotation.col(0);
    const std::array<Moment, 7> moments = {
        Moment{hip.x, Dual(0.0)},
        moment(hip, {leg.thigh_up.z * slant, Dual(0.0), -(leg.thigh_up.x * slant)}),
        moment(hip, leg.thigh_up),
        moment(knee, leg.hinge),
        moment(knee, leg.shank_up),
        moment(ankle, -1.0 * leg.shank_left),
        moment(ankle, {Dual(-foot_x.x()), Dual(-foot_x.y()), Dual(-foot_x.z())}),
    };
    // Least sum of squares over the leg.
    Dual numerator = 0.0, denominator = 1e-12;
    for (size_t i = 0; i < moments.size(); ++i) {
        const JointStrength& strength = body.person.strengths[static_cast<size_t>(dof_left_hip_flexion) + i];
        const double scale = std::max(1.0, std::max(strength.positive_Nm, strength.negative_Nm));
        const double weight = 1.0 / (scale * scale);
        numerator += -weight * (moments[i].held_Nm * moments[i].by_push);
        denominator += weight * (moments[i].by_push * moments[i].by_push);
    }
    const Dual push = clamp(numerator / denominator, -0.3 * half_N, 0.3 * half_N);
    const auto made = [&](size_t i) { return moments[i].held_Nm + push * moments[i].by_push; };
    const Person& person = body.person;
    const std::array<Dual, 3> angles = {at.hip_flexion_rad, at.knee_flexion_rad, at.dorsiflexion_rad};
    const LegTissue tissue = leg_tissue(person, angles[0].value, angles[1].value, angles[2].value);
    const auto tissue_Nm = [&](Eigen::Index row) {
        Dual sum(tissue.moment_Nm[row]);
        for (size_t i = 0; i < angles.size(); ++i)
            for (int j = 0; j < 4; ++j)
                sum.by[j] += tissue.by_angle_Nmprad(row, static_cast<Eigen::Index>(i)) * angles[i].by[j];
        return sum;
    };
    at.hip_Nm = active_moment_Nm(person, dof_left_hip_flexion, angles[0], made(0) - tissue_Nm(0));
    at.knee_Nm = active_moment_Nm(person, dof_left_knee_flexion, angles[1], made(3) - tissue_Nm(1));
    at.ankle_Nm = active_moment_Nm(person, dof_left_ankle_dorsiflexion, angles[2], made(5) - tissue_Nm(2));
    if (!body.has_toes()) return;
    const DualVector toe_joint =
        leg.off_stance + Vector3(foot.standing_ankle_m + foot.standing_rotation * foot.toe_joint_m);
    const Vector3 axis = -foot.standing_rotation.col(1);
    const Moment toe = moment(level(loads.toes, toe_joint), {Dual(axis.x()), Dual(axis.y()), Dual(axis.z())});
    at.toe_Nm =
        active_moment_Nm(person, dof_left_toe_extension, at.heel_lift_rad, toe.held_Nm + push * toe.by_push);
}

Dual active_moment_Nm(const Person& person, Dof dof, const Dual& angle, const Dual& moment_Nm) {
    const PassiveMoment passive = stop_moment(person, dof, angle.value);
    return moment_Nm - chain(angle, passive.moment_Nm, -passive.stiffness_Nmprad);
}

}  // namespace plumb
