// Residuals of a stance, least squares over them, and the strict judgement afterwards.
#include "sim/plan/side_exit_search.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <limits>

#include <Eigen/Cholesky>

#include "sim/base/units.h"
#include "sim/plan/side_exit_effort.h"
#include "sim/plan/side_exit_flesh.h"

namespace plumb {
namespace {

/// What a miss counts in the search: per radian of a range, per metre of reach, floor, flesh and balance. Choices: large
/// against the goals, near one another.
constexpr double k_angle_weight = 30.0, k_reach_weight = 150.0, k_floor_weight = 80.0, k_flesh_weight = 50.0,
                 k_margin_weight = 80.0;
constexpr double k_loose_weight = 2.0, k_loose_knee_rad = 1.9, k_easy_ankle_rad = 0.26;
/// A hand counts as one that enlarges the feet's support from here on.
constexpr double k_hand_outside_m = 0.04;
/// The search keeps off what the judgement allows.
constexpr double k_angle_spare_rad = 0.02, k_reach_spare_m = 0.005, k_floor_spare_m = 0.012,
                 k_flesh_spare_m = 0.0;

std::string text_of(const char* format, const std::string& what, double value) {
    char text[160];
    std::snprintf(text, sizeof text, format, what.c_str(), value);
    return text;
}

double millimetres(double metres) { return 1000.0 * metres; }

std::string joint_words(int dof) {
    std::string name(k_dof_names[static_cast<size_t>(dof)]);
    std::replace(name.begin(), name.end(), '_', ' ');
    return name;
}

/// How far every angle is past its range [rad], > 0 beyond: lower ends, upper ends, then hip caps and closures.
using AngleMisses = Eigen::Matrix<double, 2 * k_dof_count + 2 * k_side_count, 1>;
AngleMisses angle_misses(const BodyModel& body, const DofVector& q) {
    AngleMisses miss = AngleMisses::Constant(-1.0);
    for (int dof = 0; dof < body.dof_count; ++dof) {
        const JointRange& range = body.person.ranges[static_cast<size_t>(dof)];
        miss[dof] = range.min_rad - q[dof];
        miss[k_dof_count + dof] = q[dof] - range.max_rad;
    }
    for (int side = 0; side < k_side_count; ++side) {
        const double flexion = q[on_side(dof_left_hip_flexion, side)];
        miss[2 * k_dof_count + side] =
            flexion - hip_flexion_cap_rad(body.person, side, q[on_side(dof_left_hip_abduction, side)]);
        miss[2 * k_dof_count + k_side_count + side] =
            flexion + q[dof_lumbar_flexion] - body.person.closure_rad;
    }
    return miss;
}

std::string angle_words(Eigen::Index index) {
    if (index < 2 * k_dof_count) return joint_words(static_cast<int>(index) % k_dof_count);
    const bool left_side = (index - 2 * k_dof_count) % k_side_count == side_left;
    const std::string side = left_side ? "left " : "right ";
    return side + (index < 2 * k_dof_count + k_side_count ? "hip flexion" : "thigh against the trunk");
}

Vector3 sphere_place(const Kinematics& k, const FloorSphere& sphere) {
    return k.point(sphere.link, sphere.centre_m);
}

/// Floor places of what should carry.
Polygon wanted_support(const BodyModel& body, const Kinematics& k, int near_side,
                       const StanceDemand& demand) {
    const int far_side = near_side == side_left ? side_right : side_left;
    Polygon places;
    const auto add = [&](const Vector3& p) { places.emplace_back(p.head<2>()); };
    for (int i = 0; i < k_sole_point_count; ++i) {
        if (demand.near_foot_carries) add(sole_point(body, k, near_side, i));
        if (demand.far_sole_flat || i == 3 || i == 4) add(sole_point(body, k, far_side, i));
    }
    if (demand.kind.hand_down) add(sphere_place(k, hand_sphere(body, near_side)));
    if (demand.kind.far_knee_down) add(sphere_place(k, knee_sphere(body, far_side)));
    return convex_hull(std::move(places));
}

/// How far the hand lies outside the hull of what the feet have on the floor [m]: a hand between the feet helps nobody.
double hand_outside_m(const BodyModel& body, const Kinematics& k, int near_side, const StanceDemand& demand) {
    StanceDemand feet = demand;
    feet.kind = {};
    feet.near_foot_carries = true;
    const Vector3 hand = sphere_place(k, hand_sphere(body, near_side));
    return -signed_margin(wanted_support(body, k, near_side, feet), hand.head<2>()).margin_m;
}

bool is_foot_of(const BodyModel& body, int link, int side) {
    return link == foot_link(side) || (body.has_toes() && link == toe_link(side));
}

/// Spheres that should not touch the floor, and by how much each is above it.
template <class Visit>
void visit_flesh(const BodyModel& body, const Kinematics& k, int near_side, const StanceDemand& demand,
                 Visit visit) {
    const int far_side = near_side == side_left ? side_right : side_left;
    const FloorSphere hand = hand_sphere(body, near_side), knee = knee_sphere(body, far_side);
    for (const Collider& c : body.colliders) {
        if (c.kind == ColliderKind::sole) continue;
        const auto is = [&](const FloorSphere& sphere) {
            return c.link == sphere.link && c.centre_m == sphere.centre_m;
        };
        if ((demand.kind.hand_down && is(hand)) || (demand.kind.far_knee_down && is(knee))) continue;
        visit(c, k.point(c.link, c.centre_m));
    }
}

double over(double value) { return std::max(0.0, value); }

struct Residuals {
    StancePoser& poser;
    const StanceSearch& search;
    const Stance& start;

    [[nodiscard]] Eigen::VectorXd at(const Stance& s) const {
        std::vector<double> r;
        r.reserve(160);
        const StanceDemand& demand = search.demand;
        const StancePose posed = poser.pose(s, demand.kind);
        const BodyModel& body = poser.body();
        const Kinematics k = forward_kinematics(body, posed.pose);
        for (const double miss : angle_misses(body, posed.pose.joints))
            r.push_back(k_angle_weight * over(miss + k_angle_spare_rad));
        r.push_back(k_reach_weight * over(posed.leg_excess_m + k_reach_spare_m));
        r.push_back(k_reach_weight * over(posed.arm_excess_m + k_reach_spare_m));
        visit_flesh(body, k, poser.near_side(), demand, [&](const Collider& c, const Vector3& centre) {
            r.push_back(k_floor_weight * over(k_floor_spare_m + c.radius_m - centre.z()));
            if (demand.wall_distance_m)
                r.push_back(k_floor_weight * over(c.radius_m - centre.x() - *demand.wall_distance_m));
        });
        for (const FleshPair& pair : flesh_pairs(body, k))
            r.push_back(k_flesh_weight * over(pair.overlap_m + k_flesh_spare_m));
        // A foot in the air hangs with a loose ankle, clear of the floor.
        if (!demand.near_foot_carries) {
            for (int i = 0; i < k_sole_point_count; ++i)
                r.push_back(k_floor_weight
                            * over(k_floor_spare_m - sole_point(body, k, poser.near_side(), i).z()));
            const auto angle = [&](Dof left_dof) {
                return posed.pose.joints[on_side(left_dof, poser.near_side())];
            };
            r.push_back(k_loose_weight * angle(dof_left_ankle_dorsiflexion));
            r.push_back(k_loose_weight * over(angle(dof_left_knee_flexion) - k_loose_knee_rad));
        }
        r.push_back(search.near_ankle_weight
                    * over(posed.pose.joints[on_side(dof_left_ankle_dorsiflexion, poser.near_side())]
                           - k_easy_ankle_rad));
        const Eigen::Vector2d com = k.com_m.head<2>();
        const auto push_margin = [&](const StanceDemand& carries) {
            const Polygon support = wanted_support(body, k, poser.near_side(), carries);
            r.push_back(k_margin_weight * over(search.margin_m - signed_margin(support, com).margin_m));
        };
        push_margin(demand);
        const auto is_free = [&](int number) {
            return std::find(search.free.begin(), search.free.end(), number) != search.free.end();
        };
        if (demand.kind.hand_down && is_free(st_hand_x))
            r.push_back(k_margin_weight
                        * over(k_hand_outside_m + 0.02 - hand_outside_m(body, k, poser.near_side(), demand)));
        for (const StanceDemand& carries : search.also) push_margin(carries);
        const Eigen::Vector2d goal =
            search.com_goal_m.value_or(Eigen::Vector2d(com.x(), poser.lateral() * com.y()));
        r.push_back(search.com_weight * (com.x() - goal.x()));
        r.push_back(search.com_weight * (poser.lateral() * com.y() - goal.y()));
        for (const StanceGoal& g : search.goals) r.push_back(g.weight * (s[g.number] - g.value));
        for (const int i : search.free) r.push_back(search.stay_weight * (s[i] - start[i]));
        return Eigen::Map<const Eigen::VectorXd>(r.data(), static_cast<Eigen::Index>(r.size()));
    }
};

}  // namespace

Stance settle(StancePoser& poser, const StanceSearch& search, const Stance& start) {
    constexpr int k_most_steps = 50;
    constexpr double k_slope_step = 1e-6, k_settled = 1e-9;
    const Residuals residuals{poser, search, start};
    const auto count = static_cast<Eigen::Index>(search.free.size());
    Stance now = start;
    Eigen::VectorXd r = residuals.at(now);
    double damping = 1e-2;
    for (int step = 0; step < k_most_steps && damping < 1e8; ++step) {
        Eigen::MatrixXd slopes(r.size(), count);
        for (Eigen::Index j = 0; j < count; ++j) {
            Stance moved = now;
            moved[search.free[static_cast<size_t>(j)]] += k_slope_step;
            slopes.col(j) = (residuals.at(moved) - r) / k_slope_step;
        }
        const Eigen::MatrixXd normal = slopes.transpose() * slopes;
        const Eigen::VectorXd down = -slopes.transpose() * r;
        double gained = 0.0;
        while (damping < 1e8) {
            const Eigen::MatrixXd damped = normal + damping * Eigen::MatrixXd::Identity(count, count);
            const Eigen::VectorXd change = damped.ldlt().solve(down);
            Stance next = now;
            // No more than some 20 deg or 200 mm at once: the closed forms turn over far off.
            const double shorten = std::min(1.0, 0.2 / std::max(1e-12, change.cwiseAbs().maxCoeff()));
            for (Eigen::Index j = 0; j < count; ++j)
                next[search.free[static_cast<size_t>(j)]] += shorten * change[j];
            const Eigen::VectorXd next_r = residuals.at(next);
            gained = r.squaredNorm() - next_r.squaredNorm();
            if (gained > 0.0) {
                now = next;
                r = next_r;
                damping = std::max(1e-6, 0.3 * damping);
                break;
            }
            damping *= 4.0;
        }
        if (gained < k_settled) break;
    }
    return now;
}

StanceReport judge_balance(const BodyModel& body, const StancePose& posed, int near_side,
                           const StanceDemand& demand) {
    StanceReport report;
    report.strength_use = std::numeric_limits<double>::quiet_NaN();
    const Kinematics k = forward_kinematics(body, posed.pose);
    const Vector3 ankle = k.position[static_cast<size_t>(foot_link(near_side))];
    const auto heads = k.rotation[static_cast<size_t>(foot_link(near_side))].col(0);
    for (const RegionContact& contact : touching_contacts(body, k, std::nullopt)) {
        if (!is_foot_of(body, contact.link, near_side)) {
            report.contacts.push_back(contact);
        } else if (demand.near_foot_carries) {
            report.contacts.push_back(contact);
            if (demand.near_foot_turns && heads.dot(contact.point_m - ankle) > 0.0)
                report.contacts.back().friction = 0.0;
        }
    }
    Polygon places;
    for (const RegionContact& c : report.contacts) places.emplace_back(c.point_m.head<2>());
    report.support = convex_hull(std::move(places));
    report.com_m = k.com_m;
    report.margin_m = signed_margin(report.support, k.com_m.head<2>()).margin_m;

    const auto fail = [&](std::string why) {
        if (report.why_not.empty()) report.why_not = std::move(why);
    };
    if (posed.leg_excess_m > 1e-6)
        fail(text_of("%s out of the hips' reach by %.0f mm", "a foot", millimetres(posed.leg_excess_m)));
    if (posed.arm_excess_m > 1e-6)
        fail(text_of("%s short of the floor by %.0f mm", "the hand is", millimetres(posed.arm_excess_m)));
    Eigen::Index worst = 0;
    const AngleMisses misses = angle_misses(body, posed.pose.joints);
    if (misses.maxCoeff(&worst) > k_side_exit_angle_tolerance_rad)
        fail(text_of("%s %.1f deg past its range", angle_words(worst), misses[worst] * k_rad_to_deg));
    visit_flesh(body, k, near_side, demand, [&](const Collider& c, const Vector3& centre) {
        if (centre.z() - c.radius_m < -k_touch_gap_m)
            fail(text_of("%s %.0f mm below the floor", "a part of the body lies",
                         millimetres(c.radius_m - centre.z())));
        if (demand.wall_distance_m && centre.x() - c.radius_m < -*demand.wall_distance_m - k_touch_gap_m)
            fail("the wall is in the way");
    });
    for (const Vector3& p : sole_points(body, k))
        if (p.z() < -k_touch_gap_m)
            fail(text_of("%s %.0f mm below the floor", "a foot lies", -millimetres(p.z())));
    const auto pairs = flesh_pairs(body, k);
    const auto deepest =
        std::max_element(pairs.begin(), pairs.end(),
                         [](const FleshPair& a, const FleshPair& b) { return a.overlap_m < b.overlap_m; });
    if (deepest->overlap_m > demand.flesh_m)
        fail("the " + flesh_name(deepest->first) + " is in the way of the " + flesh_name(deepest->second));
    if (demand.kind.hand_down && demand.far_sole_flat
        && hand_outside_m(body, k, near_side, demand) < k_hand_outside_m)
        fail("the hand finds no place outside the feet");
    if (!(report.margin_m >= 0.0))
        fail(text_of("%s %.0f mm outside its support", "the centre of mass is",
                     -millimetres(report.margin_m)));
    report.feasible = report.why_not.empty();
    return report;
}

StanceReport judge_stance(const BodyModel& body, const StancePose& posed, int near_side,
                          const StanceDemand& demand) {
    StanceReport report = judge_balance(body, posed, near_side, demand);
    const RestEffort effort = rest_effort(body, posed.pose, report.contacts);
    report.strength_use = effort.strength_use;
    if (report.feasible && !effort.balances) report.why_not = "friction cannot hold it";
    if (report.feasible && effort.strength_use > 1.0) {
        const int joint = hardest_joint(body, posed.pose, report.contacts);
        report.why_not =
            text_of("strength of %s: %.2f times what there is is needed",
                    joint < 0 ? std::string("the joints") : joint_words(joint), effort.strength_use);
    }
    report.feasible = report.why_not.empty();
    return report;
}

}  // namespace plumb
