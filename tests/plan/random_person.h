// Seeded people as a physiotherapist meets them, in stances they would take.
#pragma once

#include <cmath>
#include <random>

#include "sim/plan/squat_plan.h"
#include "sim/scenario/scenario_fields.h"
#include "tests/scenario/random_scenario.h"

namespace plumb::test {

/// Stature by sex, body mass index 19-32, ranges from tight to supple. Whatever is drawn passes the door.
inline ScenarioDef draw_person(std::mt19937_64& random) {
    for (;;) {
        ScenarioDef def;
        PersonDef& p = def.person;
        p.sex = random() % 2 == 0 ? Sex::male : Sex::female;
        p.age_years = draw(random, 18.0, 75.0);
        p.stature_m = p.sex == Sex::male ? draw(random, 1.60, 1.92) : draw(random, 1.48, 1.78);
        p.mass_kg = draw(random, 19.0, 32.0) * p.stature_m * p.stature_m;
        p.ankle_dorsiflexion_deg = draw(random, 12.0, 40.0);
        p.hip_flexion_deg = draw(random, 88.0, 112.0);
        p.trunk_thigh_closure_deg = draw(random, 118.0, 142.0);
        p.lumbar_flexion_deg = draw(random, 18.0, 42.0);
        p.hip_abduction_deg = draw(random, 30.0, 52.0);
        p.strength_ratio = draw(random, 0.7, 1.3);
        def.stance.width_m = draw(random, 0.26, 0.50);
        def.stance.toe_out_deg = draw(random, 5.0, 30.0);
        def.arms.pose = random() % 2 == 0 ? ArmsPose::forward : ArmsPose::crossed;
        if (!find_scenario_problem(def)) return resolve_scenario(def);
    }
}

/// A short squat: searches and laws are the same, the runs cost less.
inline ScenarioDef short_squat(ScenarioDef def) {
    def.movement.descend_s = def.movement.ascend_s = 2.0;
    def.movement.hold_s = 0.7;
    return def;
}

inline SquatPlan plan_of(const ScenarioDef& def, PlanDetail detail = PlanDetail::whole) {
    const ScenarioDef resolved = resolve_scenario(def);
    return plan_squat(build_person(resolved.person), resolved, detail);
}

inline PlanModel plan_model(const ScenarioDef& def) {
    const ScenarioDef resolved = resolve_scenario(def);
    return make_plan_model(build_person(resolved.person), resolved);
}

/// Largest share of any strength that the planned postures take.
inline double most_strength_share(const SquatPlan& plan) {
    double most = 0.0;
    for (const PlanKnot& knot : plan.knots) {
        const PostureView view = view_posture(plan.model, knot.posture);
        const DofVector& moment = view.active_moment_Nm;
        for (int dof = 0; dof < k_dof_count; ++dof) {
            const JointStrength s = strength_at(plan.model.body.person, dof, view.posed.pose.joints[dof]);
            most = std::max({most, moment[dof] / s.positive_Nm, -moment[dof] / s.negative_Nm});
        }
    }
    return most;
}

/// The static limit as a plan finds it, with the path as guide.
inline StaticLimit limit_of(const ScenarioDef& def, BaseKind base = BaseKind::sole) {
    const PlanModel model = plan_model(def);
    Guide guide;
    for (const PlanKnot& knot : choose_path(model).knots) guide.push_back(knot.posture);
    return find_static_limit(model, {base}, guide);
}

}  // namespace plumb::test
