// Seeded bodies in random postures with flat soles, leaning back on a wall: pelvis turned any way, legs solved for it.
#pragma once

#include "sim/body/posture.h"
#include "sim/body/support_region.h"
#include "tests/body/random_body.h"

namespace plumb::test {

struct LeaningBody {
    BodyModel body;
    Pose pose;
    double wall_distance_m = 0.0;
};

/// How far behind the ankles the hips may be, and how far the body may be from left-right symmetry (1: turned a few degrees).
struct LeanRange {
    double hips_back_from_m = 0.0, hips_back_to_m = 0.4;
    double asymmetry = 1.0;
};

/// Rearmost skin of the parts that can lean [m, world X].
inline double rearmost_m(const BodyModel& body, const Kinematics& k) {
    double rearmost = 1e9;
    for (const Collider& c : body.colliders)
        if (c.kind != ColliderKind::sole)
            rearmost = std::min(rearmost, k.point(c.link, c.centre_m).x() - c.radius_m);
    return rearmost;
}

inline bool within_ranges(const BodyModel& body, const DofVector& joints) {
    for (int dof = 0; dof < k_dof_count; ++dof) {
        const JointRange& range = body.person.ranges[static_cast<std::size_t>(dof)];
        if (joints[dof] < range.min_rad || joints[dof] > range.max_rad) return false;
    }
    return true;
}

/// The wall of a drawn body is this deep in its rearmost skin.
inline constexpr double k_drawn_depth_m = 0.001;

/// Whatever is drawn stands within the joints' ranges, buttocks off the floor.
inline LeaningBody draw_leaning(std::mt19937_64& generator, const LeanRange& range = {}) {
    for (;;) {
        ScenarioDef scenario = random_scenario(generator);
        scenario.person.strength_ratio = uniform(generator, 0.6, 1.6);
        scenario.counterweight.mass_kg =
            uniform(generator, 0.0, 1.0) < 0.7 ? 0.0 : uniform(generator, 1.0, 10.0);
        scenario.heel_wedge.height_m =
            uniform(generator, 0.0, 1.0) < 0.7 ? 0.0 : uniform(generator, 0.01, 0.05);
        if (find_scenario_problem(scenario)) continue;
        LeaningBody leaning;
        leaning.body = model_of(scenario);
        const BodyModel& body = leaning.body;
        const BodyLengths& size = body.person.lengths;
        const Vector3 ankle = body.feet[side_left].standing_ankle_m;
        for (int attempt = 0; attempt < 30; ++attempt) {
            const double uneven = range.asymmetry;
            Pose& pose = leaning.pose;
            pose.joints.setZero();
            pose.pelvis_m = {ankle.x() - uniform(generator, range.hips_back_from_m, range.hips_back_to_m),
                             uneven * uniform(generator, -0.03, 0.03),
                             ankle.z() + uniform(generator, 0.35, 0.98) * body.leg_length_m};
            const double pitch = uniform(generator, -0.5, 0.7);
            pose.pelvis_rotation = axis_rotation(2, uneven * uniform(generator, -0.1, 0.1))
                                   * axis_rotation(1, pitch)
                                   * axis_rotation(0, uneven * uniform(generator, -0.06, 0.06));
            pose.joints[dof_lumbar_flexion] = uniform(generator, -0.2, 0.5);
            pose.joints[dof_lumbar_bend] = uneven * uniform(generator, -0.15, 0.15);
            pose.joints[dof_lumbar_rotation] = uneven * uniform(generator, -0.3, 0.3);
            const double arms = uniform(generator, -0.3, 1.2);
            double excess_m = -1e9;
            for (int side = 0; side < k_side_count; ++side) {
                const double lateral = side == side_left ? 1.0 : -1.0;
                const Vector3 hip =
                    pose.pelvis_m + pose.pelvis_rotation * Vector3(0.0, lateral * size.hip_half_width_m, 0.0);
                const LegSolution leg =
                    solve_leg(body, side, hip, pose.pelvis_rotation, uniform(generator, 0.0, 0.4));
                excess_m = std::max(excess_m, leg.reach_excess_m);
                const auto set = [&](Dof left_dof, double angle) {
                    pose.joints[on_side(left_dof, side)] = angle;
                };
                set_leg(pose.joints, side, leg.angles);
                set(dof_left_shoulder_flexion, arms + uneven * uniform(generator, -0.2, 0.2));
                set(dof_left_shoulder_abduction, 0.1);
                set(dof_left_elbow_flexion, uniform(generator, 0.1, 1.2));
            }
            const Kinematics k = forward_kinematics(body, pose);
            leaning.wall_distance_m = -rearmost_m(body, k) - k_drawn_depth_m;
            double lowest_m = 1e9;
            for (const Collider& c : body.colliders)
                if (c.kind != ColliderKind::sole)
                    lowest_m = std::min(lowest_m, k.point(c.link, c.centre_m).z() - c.radius_m);
            if (excess_m <= 0.0 && within_ranges(body, pose.joints) && lowest_m > 0.02
                && leaning.wall_distance_m > 0.02)
                return leaning;
        }
    }
}

inline std::vector<RegionContact> contacts_of(const LeaningBody& leaning) {
    return touching_contacts(leaning.body, forward_kinematics(leaning.body, leaning.pose),
                             leaning.wall_distance_m);
}

}  // namespace plumb::test
