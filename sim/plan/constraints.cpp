// Slacks, spreads and effort of a posture.
#include "sim/plan/constraints.h"

#include <algorithm>
#include <cmath>

#include "sim/base/units.h"
#include "sim/person/spreads.h"
#include "sim/plan/posture_measures.h"

namespace plumb {
namespace {

struct ConstraintRow {
    std::string_view word;
    double spread;
};
constexpr double rad_of(double value) { return value * k_deg_to_rad; }

// Spreads of ranges and strength: sim/person/spreads.h; eversion and tibial rotation as inversion; heel and toe rule: +-5 % of a 0.27 m foot; wall, floor, reach: 20 mm; share of the
// weight on a foot: 10 % (choice).
constexpr std::array<ConstraintRow, k_constraint_count> k_rows = {{
    {"ankle", rad_of(k_dorsiflexion_deg.sd)},
    {"knee", rad_of(k_knee_flexion_deg.sd)},
    {"hip", rad_of(k_hip_flexion_deg.sd)},
    {"lumbar", rad_of(k_lumbar_flexion_deg.sd)},
    {"trunk_thigh", rad_of(k_closure_deg.sd)},
    {"abduction", rad_of(k_hip_abduction_deg.sd)},
    {"hip", rad_of(k_hip_external_rotation_deg.sd)},
    {"inversion", rad_of(k_ankle_inversion_deg.sd)},
    {"inversion", rad_of(k_ankle_inversion_deg.sd)},
    {"inversion", rad_of(k_ankle_inversion_deg.sd)},
    {"inversion", rad_of(k_ankle_inversion_deg.sd)},
    {"floor", 0.02},
    {"floor", 0.02},
    {"wall", 0.02},
    {"strength_ankle", k_strength_ratio.sd},
    {"strength_ankle", k_strength_ratio.sd},
    {"strength_knee", k_strength_ratio.sd},
    {"strength_hip", k_strength_ratio.sd},
    {"strength_hip", k_strength_ratio.sd},
    {"strength_trunk", k_strength_ratio.sd},
    {"strength_shoulder", k_strength_ratio.sd},
    {"strength_elbow", k_strength_ratio.sd},
    {"strength_toe", k_strength_ratio.sd},
    {"strength_trunk", k_strength_ratio.sd},
    {"strength_trunk", k_strength_ratio.sd},
    {"lumbar", rad_of(k_lumbar_flexion_deg.sd)},
    {"lumbar", rad_of(k_lumbar_flexion_deg.sd)},
    {"lumbar", rad_of(k_lumbar_flexion_deg.sd)},
    {"lumbar", rad_of(k_lumbar_flexion_deg.sd)},
    {"balance_left", 0.1},
    {"balance_right", 0.1},
    {"balance_heel", 0.0135},
    {"balance_toe", 0.0135},
}};

/// The motion itself takes some of it, and the weak sway more.
constexpr double k_cautious_reserve = 0.2;
constexpr double k_standing_knee_rad = rad_of(8.0);
constexpr double k_standing_hip_ahead_m = 0.02;

/// Where the line Y = 0 leaves the polygon, rear and front.
void fore_aft_edges(const Polygon& base, double& heel, double& toe) {
    heel = 1e9;
    toe = -1e9;
    for (size_t i = 0; i < base.size(); ++i) {
        const Eigen::Vector2d& a = base[i];
        const Eigen::Vector2d& b = base[(i + 1) % base.size()];
        if ((a.y() > 0.0) == (b.y() > 0.0)) continue;
        const double x = a.x() + a.y() / (a.y() - b.y()) * (b.x() - a.x());
        heel = std::min(heel, x);
        toe = std::max(toe, x);
    }
}

}  // namespace

std::string_view constraint_word(Constraint constraint) {
    return k_rows[static_cast<size_t>(constraint)].word;
}
double constraint_spread(Constraint constraint) { return k_rows[static_cast<size_t>(constraint)].spread; }

double dynamic_allowance_m(const MovementDef& movement) {
    // The highest planned margins that still fell were 79 and 30 mm at 1 and 1.5 s, none slower (docs/validation.md): the CoP
    // leads the COM by its acceleration, which grows as 1 / T^2. With some to spare, for people are no ideal controllers.
    // Below about 0.7 s it is more than any foot has.
    const double tempo_s = std::min(movement.descend_s, movement.ascend_s);
    return 0.020 + 0.064 / (tempo_s * tempo_s);
}

PlanModel make_plan_model(const Person& person, const ScenarioDef& scenario) {
    PlanModel model;
    model.body = build_body(person, scenario);
    model.dynamic_allowance_m = dynamic_allowance_m(scenario.movement);
    model.strength_reserve = scenario.movement.intent == Intent::cautious ? k_cautious_reserve : 0.0;
    const MovementDef& movement = scenario.movement;
    if (movement.neutral_spine_deg) model.lumbar_most_rad = *movement.neutral_spine_deg * k_deg_to_rad;
    const BodyModel& body = model.body;
    if (movement.shank_lean_max_deg)
        model.dorsiflexion_most_rad = *movement.shank_lean_max_deg * k_deg_to_rad - body.wedge_rad;
    model.arms = make_arm_rules(body, scenario);
    model.wall_distance_m = scenario.wall.distance_m.value_or(0.0);
    // As high as the shorter leg lets the hips be.
    model.standing_height_m = HUGE_VAL;
    for (size_t side = 0; side < k_side_count; ++side) {
        const Vector3& ankle = body.feet[side].standing_ankle_m;
        const double thigh_m = person.lengths.side_thigh_m[side], shank_m = person.lengths.side_shank_m[side];
        const double reach2 = std::pow(thigh_m, 2) + std::pow(shank_m, 2)
                              + 2.0 * thigh_m * shank_m * std::cos(k_standing_knee_rad);
        const double dy = std::abs(ankle.y()) - person.lengths.hip_half_width_m;
        const double height_m =
            ankle.z()
            + std::sqrt(std::max(0.01, reach2 - dy * dy - k_standing_hip_ahead_m * k_standing_hip_ahead_m));
        model.standing_height_m = std::min(model.standing_height_m, height_m);
    }
    const Vector3& ankle = body.feet[side_left].standing_ankle_m;

    const Kinematics standing = forward_kinematics(
        body,
        pose_of(body, model.arms, {ankle.x() + k_standing_hip_ahead_m, model.standing_height_m, 0.0, 0.0})
            .pose);
    const SupportBase base = support_base(body, standing);
    fore_aft_edges(base.sole, model.heel_edge_m[0], model.toe_edge_m[0]);
    fore_aft_edges(base.functional, model.heel_edge_m[1], model.toe_edge_m[1]);
    const Polygon forefeet = forefoot_hull(body, standing);
    double front_m = 0.0;
    fore_aft_edges(forefeet, model.forefoot_edge_m[0], front_m);
    fore_aft_edges(intersect_convex(base.functional, forefeet), model.forefoot_edge_m[1], front_m);
    return model;
}

PostureView view_posture(const PlanModel& model, const Posture& posture) {
    PostureView view;
    view.posed = pose_of(model.body, model.arms, posture);
    view.kinematics = forward_kinematics(model.body, view.posed.pose);
    const StandingStatics statics = standing_statics(model.body, view.kinematics);
    view.moments = statics.moments;
    view.left_share = statics.ground[side_left].force_N.z() / model.body.weight_N();
    view.passive_moment_Nm = passive_moments(model.body.person, view.posed.pose.joints).moment_Nm;
    view.active_moment_Nm = view.moments.tail<k_dof_count>() - view.passive_moment_Nm;
    return view;
}

double balance_margin_m(const PlanModel& model, const PostureView& view, BaseKind base) {
    const double lifted = view.posed.pose.joints[dof_left_toe_extension] > k_lifted_rad ? 1.0 : 0.0;
    return std::min(view.kinematics.com_m.x() - model.rear_edge_m(base, lifted),
                    model.toe_edge_m[static_cast<size_t>(base)] - view.kinematics.com_m.x());
}

double wall_gap_m(const PlanModel& model, const Kinematics& kinematics) {
    double gap = 1e9;
    if (model.wall_distance_m <= 0.0) return gap;
    for (const Collider& c : model.body.colliders)
        if (c.kind == ColliderKind::buttock || c.kind == ColliderKind::trunk || c.kind == ColliderKind::head)
            gap =
                std::min(gap, kinematics.point(c.link, c.centre_m).x() - c.radius_m + model.wall_distance_m);
    return gap;
}

KneeHeading knee_heading(const PlanModel& model, const Kinematics& k, int side) {
    const Vector3 thigh = (k.position[static_cast<size_t>(shank_link(side))]
                           - k.position[static_cast<size_t>(thigh_link(side))])
                              .normalized();
    const Eigen::Vector2d foot =
        model.body.feet[static_cast<size_t>(side)].standing_rotation.col(0).head<2>().normalized();
    const double lateral = side == side_left ? 1.0 : -1.0;
    return {thigh.head<2>().dot(foot), lateral * (thigh.y() * foot.x() - thigh.x() * foot.y())};
}

double knee_off_foot_rad(const PlanModel& model, const Kinematics& k, int side) {
    const KneeHeading heading = knee_heading(model, k, side);
    return std::atan2(heading.outward, heading.ahead);
}

Slacks side_slacks(const PlanModel& model, const PostureView& view, const PostureDemand& demand, int side) {
    return slacks_of(model, measures_of(model, view, side), demand, side);
}

Slacks posture_slacks(const PlanModel& model, const PostureView& view, const PostureDemand& demand) {
    Slacks least = side_slacks(model, view, demand, side_left);
    if (model.body.mirrored) return least;
    const Slacks right = side_slacks(model, view, demand, side_right);
    for (size_t i = 0; i < least.size(); ++i) least[i] = std::min(least[i], right[i]);
    return least;
}

}  // namespace plumb
