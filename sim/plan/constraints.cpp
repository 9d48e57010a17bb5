// Slacks, spreads and effort of a posture.
#include "sim/plan/constraints.h"

#include <algorithm>
#include <cmath>

#include "sim/base/units.h"

namespace plumb {
namespace {

struct ConstraintRow {
    std::string_view word;
    double spread;
};
constexpr double deg(double value) { return value * k_deg_to_rad; }

// Spreads: dorsiflexion N(38.5, 6.5); knee 157 +- 6 (Hemmerich 2006); hip 121 +- 13; closure SD 8;
// abduction 42 +- 11; lumbar 10, rotation 8, inversion, eversion and tibial rotation 4 deg from textbooks; strength: Anderson 2007's
// between-person variation, about 20 %; heel and toe rule: +-5 % of a 0.27 m foot; wall, floor, reach: 20 mm.
constexpr std::array<ConstraintRow, k_constraint_count> k_rows = {{
    {"ankle", deg(6.5)},
    {"knee", deg(6.0)},
    {"hip", deg(13.0)},
    {"lumbar", deg(10.0)},
    {"trunk_thigh", deg(8.0)},
    {"abduction", deg(11.0)},
    {"hip", deg(8.0)},
    {"inversion", deg(4.0)},
    {"inversion", deg(4.0)},
    {"inversion", deg(4.0)},
    {"inversion", deg(4.0)},
    {"floor", 0.02},
    {"floor", 0.02},
    {"wall", 0.02},
    {"strength_ankle", 0.2},
    {"strength_ankle", 0.2},
    {"strength_knee", 0.2},
    {"strength_hip", 0.2},
    {"strength_hip", 0.2},
    {"strength_trunk", 0.2},
    {"strength_shoulder", 0.2},
    {"strength_elbow", 0.2},
    {"balance_heel", 0.0135},
    {"balance_toe", 0.0135},
}};

constexpr double k_buttock_clearance_m = 0.02;
/// "The butt just touches": planned this far into the wall, so that the touch is felt (about 1 % of weight).
constexpr double k_touch_depth_m = 0.0002;
/// The motion itself takes some of it, and the weak sway more.
constexpr double k_cautious_reserve = 0.2;
constexpr double k_not_demanded = 10.0;
constexpr double k_standing_knee_rad = deg(8.0);
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

double lowest_share(double moment, const JointStrength& strength, bool positive) {
    const double limit = std::max(1.0, positive ? strength.positive_Nm : strength.negative_Nm);
    return 1.0 - (positive ? moment : -moment) / limit;
}

/// The thigh's unit vector from hip to knee, along the foot's direction and outward of it, seen from above. A symmetric
/// posture: the left leg speaks for both.
struct KneeHeading {
    double ahead, outward;
};
KneeHeading knee_heading(const PlanModel& model, const Kinematics& k) {
    const Vector3 thigh = (k.position[static_cast<size_t>(shank_link(side_left))]
                           - k.position[static_cast<size_t>(thigh_link(side_left))])
                              .normalized();
    const Eigen::Vector2d foot = model.body.feet[side_left].standing_rotation.col(0).head<2>().normalized();
    return {thigh.head<2>().dot(foot), thigh.y() * foot.x() - thigh.x() * foot.y()};
}

}  // namespace

std::string_view constraint_word(Constraint constraint) {
    return k_rows[static_cast<size_t>(constraint)].word;
}
double constraint_spread(Constraint constraint) { return k_rows[static_cast<size_t>(constraint)].spread; }

double dynamic_allowance_m(const MovementDef& movement) {
    // The highest planned margins that still fell were 53, 26, 17, 17, 17 mm at 1, 1.5, 2, 3, 6 s (docs/validation.md): the CoP
    // leads the COM by its acceleration, which grows as 1 / T^2. Times 1.2 to 1.9, for people are no ideal controllers.
    // Below about 0.7 s it is more than any foot has.
    const double tempo_s = std::min(movement.descend_s, movement.ascend_s);
    return 0.020 + 0.045 / (tempo_s * tempo_s);
}

PlanModel make_plan_model(const Person& person, const ScenarioDef& scenario) {
    PlanModel model;
    model.body = build_body(person, scenario);
    model.dynamic_allowance_m = dynamic_allowance_m(scenario.movement);
    model.strength_reserve = scenario.movement.intent == Intent::cautious ? k_cautious_reserve : 0.0;
    const BodyModel& body = model.body;
    model.arms = make_arm_rule(body, scenario);
    model.wall_distance_m = scenario.wall.distance_m.value_or(0.0);
    const Vector3& ankle = body.feet[side_left].standing_ankle_m;
    const double reach2 =
        std::pow(person.lengths.thigh_m, 2) + std::pow(person.lengths.shank_m, 2)
        + 2.0 * person.lengths.thigh_m * person.lengths.shank_m * std::cos(k_standing_knee_rad);
    const double dy = ankle.y() - person.lengths.hip_half_width_m;
    model.standing_height_m =
        ankle.z()
        + std::sqrt(std::max(0.01, reach2 - dy * dy - k_standing_hip_ahead_m * k_standing_hip_ahead_m));

    const Kinematics standing = forward_kinematics(
        body,
        pose_of(body, model.arms, {ankle.x() + k_standing_hip_ahead_m, model.standing_height_m, 0.0, 0.0})
            .pose);
    const SupportBase base = support_base(body, standing);
    fore_aft_edges(base.sole, model.heel_edge_m[0], model.toe_edge_m[0]);
    fore_aft_edges(base.functional, model.heel_edge_m[1], model.toe_edge_m[1]);
    return model;
}

PostureView view_posture(const PlanModel& model, const Posture& posture) {
    PostureView view;
    view.posed = pose_of(model.body, model.arms, posture);
    view.kinematics = forward_kinematics(model.body, view.posed.pose);
    view.moments = standing_statics(model.body, view.kinematics).moments;
    const DofVector& q = view.posed.pose.joints;
    for (int dof = 0; dof < k_dof_count; ++dof) {
        // Ranges, strengths and angles of a symmetric posture are equal on both sides.
        const int left = dof >= dof_right_shoulder_flexion ? dof - k_right_offset : dof;
        view.passive_moment_Nm[dof] =
            left < dof ? view.passive_moment_Nm[left]
                       : passive_moment_Nm(model.body.person, static_cast<Dof>(dof), q[dof]);
    }
    view.active_moment_Nm = view.moments.tail<k_dof_count>() - view.passive_moment_Nm;
    return view;
}

double balance_margin_m(const PlanModel& model, const PostureView& view, BaseKind base) {
    const auto i = static_cast<size_t>(base);
    return std::min(view.kinematics.com_m.x() - model.heel_edge_m[i],
                    model.toe_edge_m[i] - view.kinematics.com_m.x());
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

double knee_off_foot_rad(const PlanModel& model, const Kinematics& k) {
    const KneeHeading heading = knee_heading(model, k);
    return std::atan2(heading.outward, heading.ahead);
}

Slacks posture_slacks(const PlanModel& model, const PostureView& view, const PostureDemand& demand) {
    const Person& person = model.body.person;
    const DofVector& q = view.posed.pose.joints;
    const auto range = [&](Dof dof) -> const JointRange& { return person.ranges[static_cast<size_t>(dof)]; };
    Slacks s;
    // A symmetric posture: the left leg speaks for both.
    s[bind_ankle] = range(dof_left_ankle_dorsiflexion).max_rad - q[dof_left_ankle_dorsiflexion];
    s[bind_knee] = range(dof_left_knee_flexion).max_rad - q[dof_left_knee_flexion];
    s[bind_hip] = hip_flexion_cap_rad(person, q[dof_left_hip_abduction]) - q[dof_left_hip_flexion];
    s[bind_lumbar] = range(dof_lumbar_flexion).max_rad - q[dof_lumbar_flexion];
    s[bind_trunk_thigh] = person.closure_rad - q[dof_left_hip_flexion] - q[dof_lumbar_flexion];
    s[bind_abduction] = range(dof_left_hip_abduction).max_rad - q[dof_left_hip_abduction];
    s[bind_hip_rotation] = range(dof_left_hip_rotation).max_rad - q[dof_left_hip_rotation];
    s[bind_inversion] = range(dof_left_ankle_inversion).max_rad - q[dof_left_ankle_inversion];
    s[bind_eversion] = q[dof_left_ankle_inversion] - range(dof_left_ankle_inversion).min_rad;
    s[bind_tibial_outward] = range(dof_left_tibial_rotation).max_rad - q[dof_left_tibial_rotation];
    s[bind_tibial_inward] = q[dof_left_tibial_rotation] - range(dof_left_tibial_rotation).min_rad;
    s[bind_reach] = -view.posed.reach_excess_m;

    double bottom = 1e9;
    for (const Collider& c : model.body.colliders)
        if (c.kind == ColliderKind::buttock)
            bottom = std::min(bottom, view.kinematics.point(c.link, c.centre_m).z() - c.radius_m);
    s[bind_floor] = bottom - k_buttock_clearance_m;
    s[bind_wall] = wall_gap_m(model, view.kinematics) + k_touch_depth_m;

    const auto share = [&](Dof dof, bool positive) {
        return lowest_share(view.active_moment_Nm[dof], person.strengths[static_cast<size_t>(dof)], positive)
               - demand.strength_reserve;
    };
    s[bind_strength_plantarflexion] = share(dof_left_ankle_dorsiflexion, false);
    s[bind_strength_dorsiflexion] = share(dof_left_ankle_dorsiflexion, true);
    s[bind_strength_knee] = share(dof_left_knee_flexion, false);
    s[bind_strength_hip_extension] = share(dof_left_hip_flexion, false);
    s[bind_strength_hip_flexion] = share(dof_left_hip_flexion, true);
    s[bind_strength_trunk] = share(dof_lumbar_flexion, false);
    s[bind_strength_shoulder] = share(dof_left_shoulder_flexion, true);
    s[bind_strength_elbow] = share(dof_left_elbow_flexion, true);

    const auto base = static_cast<size_t>(demand.base);
    s[bind_balance_heel] = view.kinematics.com_m.x() - model.heel_edge_m[base] - demand.required_margin_m;
    s[bind_balance_toe] = model.toe_edge_m[base] - view.kinematics.com_m.x() - demand.required_margin_m;

    for (int i = 0; i < k_constraint_count; ++i)
        s[static_cast<size_t>(i)] /= constraint_spread(static_cast<Constraint>(i));
    if (!demand.with_wall || model.wall_distance_m <= 0.0) s[bind_wall] = k_not_demanded;
    if (!demand.with_strength)
        for (int i = bind_strength_plantarflexion; i <= bind_strength_elbow; ++i)
            s[static_cast<size_t>(i)] = k_not_demanded;
    return s;
}

double posture_effort(const PlanModel& model, const Posture& posture, const PostureView& view,
                      const Slacks& slacks) {
    const Person& person = model.body.person;
    double effort = 0.0;
    const auto add = [&](Dof dof, double weight) {
        const JointStrength& strength = person.strengths[static_cast<size_t>(dof)];
        const double m = view.active_moment_Nm[dof];
        const double share = m / std::max(1.0, m > 0.0 ? strength.positive_Nm : strength.negative_Nm);
        effort += weight * share * share;
    };
    add(dof_left_hip_flexion, 2.0);
    add(dof_left_knee_flexion, 2.0);
    add(dof_left_ankle_dorsiflexion, 2.0);
    add(dof_lumbar_flexion, 1.0);
    // Comfort: CoP near 45 % of the foot (comfortable 40-55 %), a spine near neutral, no joint on its end stop.
    const double foot_m = model.toe_edge_m[0] - model.heel_edge_m[0];
    const double cop = (view.kinematics.com_m.x() - model.heel_edge_m[0]) / foot_m - 0.45;
    effort += 6.0 * cop * cop;
    const double lumbar =
        posture.lumbar_flexion_rad / std::max(deg(10.0), person.ranges[dof_lumbar_flexion].max_rad);
    effort += 0.4 * lumbar * lumbar;
    // Coordination: people share a squat between ankle, knee and hip (recorded squats reach shank 21-40, lean 20-47 deg
    // at 110-130 deg of knee flexion, docs/validation.md); quadratic, 10 deg off costs 0.15.
    const double knee = view.posed.pose.joints[dof_left_knee_flexion];
    const double shank_off =
        view.posed.pose.joints[dof_left_ankle_dorsiflexion] + model.body.wedge_rad - 0.27 * knee;
    const double lean_off = trunk_lean_rad(model.body, view.kinematics) - 0.26 * knee;
    effort += 0.15 * (shank_off * shank_off + lean_off * lean_off) / (deg(10.0) * deg(10.0));
    // Knees track the feet: at a level thigh 10 deg off costs as much as 10 deg of shank or trunk. Ankles and shanks stay
    // near straight where nothing asks for a turn.
    const KneeHeading heading = knee_heading(model, view.kinematics);
    const double off = heading.outward * heading.ahead;
    effort += 0.15 * off * off / (deg(10.0) * deg(10.0));
    const auto turned = [&](Dof dof, double full_rad) {
        const double share = view.posed.pose.joints[dof] / full_rad;
        return share * share;
    };
    effort +=
        0.1 * (turned(dof_left_tibial_rotation, deg(15.0)) + turned(dof_left_ankle_inversion, deg(15.0)));
    // Nobody runs into an end stop: the last standard deviation of a range costs more and more.
    for (const Constraint range : {bind_ankle, bind_hip, bind_trunk_thigh}) {
        const double into = std::max(0.0, 1.0 - slacks[range]);
        effort += 0.3 * into * into;
    }
    return effort;
}

}  // namespace plumb
