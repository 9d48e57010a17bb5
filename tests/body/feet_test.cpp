// Soles on the floor: stance, toe-out and heel wedge, the base of support and what a raised heel takes from it.
#include <algorithm>
#include <cmath>

#include "sim/base/units.h"
#include "sim/body/posture.h"
#include "tests/body/random_body.h"
#include "tests/catch.h"

using namespace plumb;
using namespace plumb::test;
using Catch::Approx;

namespace {

/// Both soles on the floor in the starting stance, knees a little bent.
Pose standing_pose(const BodyModel& body) {
    const Vector3& ankle = body.feet[0].standing_ankle_m;
    return pose_of(body, {}, {.hip_x_m = ankle.x(), .hip_height_m = ankle.z() + 0.9 * body.leg_length_m})
        .pose;
}

Kinematics standing(const BodyModel& body) { return forward_kinematics(body, standing_pose(body)); }

/// The same body turned about the line Y through a point on the floor; + lifts the heels.
Kinematics tilted(const BodyModel& body, double pivot_x_m, double angle_rad) {
    Pose pose = standing_pose(body);
    const Vector3 pivot(pivot_x_m, 0.0, 0.0);
    const Matrix3 turn = axis_rotation(1, angle_rad);
    pose.pelvis_m = pivot + turn * (pose.pelvis_m - pivot);
    pose.pelvis_rotation = turn * pose.pelvis_rotation;
    return forward_kinematics(body, pose);
}

double least_x(const Polygon& polygon) {
    double least = 1e9;
    for (const Eigen::Vector2d& p : polygon) least = std::min(least, p.x());
    return least;
}

double greatest_x(const Polygon& polygon) {
    double greatest = -1e9;
    for (const Eigen::Vector2d& p : polygon) greatest = std::max(greatest, p.x());
    return greatest;
}

/// The heel's centre on the floor: half a heel breadth ahead of its back edge, along the foot.
Vector3 heel_centre(const BodyModel& body, const Kinematics& k, int side) {
    const Vector3 back = k.point(foot_link(side), body.feet[side].outline_m[0]);
    return back + 0.5 * body.person.lengths.heel_breadth_m * k.rotation[foot_link(side)].col(0);
}

}  // namespace

TEST_CASE("the heels stand a stance width apart and the feet turn outward about them", "[body]") {
    for (const ScenarioDef& scenario : random_scenarios(20, 40)) {
        INFO(name_of(scenario));
        const BodyModel body = model_of(scenario);
        const Kinematics k = standing(body);
        for (int side = 0; side < k_side_count; ++side) {
            const double out = side == side_left ? 1.0 : -1.0;
            // A chain of ten rotations over 1 m: rounding far below 1e-12 m.
            CHECK(heel_centre(body, k, side).y()
                  == Approx(0.5 * out * scenario.stance.width_m.value()).margin(1e-12));
            const Vector3 along = k.rotation[foot_link(side)].col(0);
            CHECK(std::atan2(out * along.y(), along.x()) * k_rad_to_deg
                  == Approx(scenario.stance.toe_out_deg).margin(1e-9));
            CHECK(along.z() == Approx(0.0).margin(1e-12));
        }
    }
}

TEST_CASE("without toe-out the heels' back edges lie at X = 0", "[body]") {
    for (ScenarioDef scenario : random_scenarios(21, 20)) {
        scenario.stance.toe_out_deg = 0.0;
        const BodyModel body = model_of(scenario);
        const SupportBase base = support_base(body, standing(body));
        CHECK(least_x(base.sole) == Approx(0.0).margin(1e-12));
        CHECK(greatest_x(base.sole) == Approx(body.person.lengths.foot_length_m));
    }
}

TEST_CASE("an absent stance width is the breadth of the shoulders", "[body]") {
    const BodyModel body = model_of(PersonDef{});
    CHECK(heel_centre(body, standing(body), side_left).y()
          == Approx(body.person.lengths.shoulder_half_width_m));
}

TEST_CASE("a heel wedge raises the heel by its height over the ball's distance", "[body]") {
    for (const double height_m : {0.0, 0.025, 0.05, 0.1}) {
        const BodyModel body =
            model_of(ScenarioDef{.stance = {.toe_out_deg = 0.0}, .heel_wedge = {height_m}});
        const BodyLengths& size = body.person.lengths;
        CHECK(body.wedge_rad == Approx(std::asin(height_m / size.ball_length_m)));
        // The ankle keeps its place in the bare foot, which is pitched about the ball.
        const double ahead_m = size.ankle_from_heel_m - size.ball_length_m;
        const double slope = body.wedge_rad;
        for (const FootShape& foot : body.feet) {
            CHECK(foot.standing_ankle_m.x()
                  == Approx(size.ball_length_m + ahead_m * std::cos(slope)
                            + size.ankle_height_m * std::sin(slope)));
            CHECK(foot.standing_ankle_m.z()
                  == Approx(size.ankle_height_m * std::cos(slope) - ahead_m * std::sin(slope)));
        }
        // At ankle angle 0 the shank stands square on the sloping sole.
        const Kinematics k = forward_kinematics(body, {});
        const Matrix3 shank_on_foot =
            k.rotation[foot_link(side_left)].transpose() * k.rotation[shank_link(side_left)];
        CHECK((shank_on_foot - axis_rotation(1, slope)).norm() < 1e-14);
    }
}

TEST_CASE("a wedge takes its slope from the dorsiflexion that a leaning shank asks", "[body]") {
    const BodyModel flat = model_of(ScenarioDef{}), raised = model_of(ScenarioDef{.heel_wedge = {0.03}});
    const Vector3 lift = raised.feet[0].standing_ankle_m - flat.feet[0].standing_ankle_m;
    const Vector3 hip = flat.feet[0].standing_ankle_m + Vector3(-0.1, 0.0, 0.5);
    const LegAngles a = solve_leg(flat, side_left, hip, Matrix3::Identity(), 0.2).angles;
    const LegAngles b = solve_leg(raised, side_left, hip + lift, Matrix3::Identity(), 0.2).angles;
    CHECK(a.ankle_dorsiflexion - b.ankle_dorsiflexion == Approx(raised.wedge_rad));
    CHECK(a.knee_flexion == Approx(b.knee_flexion));
    CHECK(a.ankle_inversion == Approx(b.ankle_inversion));
}

TEST_CASE("the standing base holds both soles, its functional part lies within", "[body]") {
    for (const ScenarioDef& scenario : random_scenarios(22, 40)) {
        INFO(name_of(scenario));
        const BodyModel body = model_of(scenario);
        const Kinematics k = standing(body);
        const SupportBase base = support_base(body, k);
        CHECK(base.sole == foot_hull(body, k));
        for (const Vector3& p : sole_points(body, k)) {
            CHECK(p.z() == Approx(0.0).margin(1e-12));
            CHECK(signed_margin(base.sole, p.head<2>()).margin_m > -1e-12);
        }
        REQUIRE(base.functional.size() >= 3);
        for (const Eigen::Vector2d& p : base.functional) CHECK(signed_margin(base.sole, p).margin_m > -1e-12);
    }
}

TEST_CASE("the functional base is 10 to 80 % of the foot from the heel", "[body]") {
    const BodyModel body = model_of(ScenarioDef{.stance = {.toe_out_deg = 0.0}});
    const SupportBase base = support_base(body, standing(body));
    CHECK(least_x(base.functional) == Approx(0.1 * body.person.lengths.foot_length_m));
    CHECK(greatest_x(base.functional) == Approx(0.8 * body.person.lengths.foot_length_m));
}

TEST_CASE("the base has the mirrored margins at mirrored points", "[body]") {
    std::mt19937_64 generator(23);
    for (const ScenarioDef& scenario : random_scenarios(230, 20)) {
        const BodyModel body = model_of(scenario);
        const SupportBase base = support_base(body, standing(body));
        for (int i = 0; i < 20; ++i) {
            const Eigen::Vector2d p(uniform(generator, -0.1, 0.4), uniform(generator, -0.5, 0.5));
            const Eigen::Vector2d image(p.x(), -p.y());
            CHECK(signed_margin(base.sole, p).margin_m
                  == Approx(signed_margin(base.sole, image).margin_m).margin(1e-12));
            CHECK(signed_margin(base.functional, p).margin_m
                  == Approx(signed_margin(base.functional, image).margin_m).margin(1e-12));
        }
    }
}

TEST_CASE("a raised heel leaves the base of support", "[body]") {
    const BodyModel body = model_of(ScenarioDef{.stance = {.toe_out_deg = 0.0}});
    const double toe_m = body.person.lengths.foot_length_m;
    const SupportBase standing_base = support_base(body, standing(body));
    const Kinematics up = tilted(body, toe_m, 0.1);
    const SupportBase base = support_base(body, up);
    CHECK(least_x(base.sole) == Approx(toe_m));
    CHECK(least_x(standing_base.sole) == Approx(0.0).margin(1e-12));
    CHECK(foot_hull(body, up).size() >= standing_base.sole.size());
    CHECK(least_x(foot_hull(body, up)) < 0.01);
    // Nobody can use the toes alone: they lie beyond 80 % of the foot.
    CHECK(signed_margin(base.functional, {toe_m, 0.0}).margin_m < 0.0);
}

TEST_CASE("a foot off the floor takes its share of both bases", "[body]") {
    const BodyModel body = model_of(ScenarioDef{});
    Pose pose = standing_pose(body);
    pose.joints[dof_left_hip_flexion] += 0.5;
    const SupportBase base = support_base(body, forward_kinematics(body, pose));
    REQUIRE(base.functional.size() >= 3);
    for (const Eigen::Vector2d& p : base.sole) CHECK(p.y() < 0.0);
    for (const Eigen::Vector2d& p : base.functional) CHECK(signed_margin(base.sole, p).margin_m > -1e-12);
    CHECK(signed_margin(foot_hull(body, forward_kinematics(body, pose)), {0.3, 0.0}).margin_m > 0.0);
}

TEST_CASE("a gap counts as touching below 2 mm", "[body]") {
    const BodyModel body = model_of(ScenarioDef{.stance = {.toe_out_deg = 0.0}});
    const double toe_m = body.person.lengths.foot_length_m;
    CHECK(least_x(support_base(body, tilted(body, toe_m, std::asin(0.0019 / toe_m))).sole) < 0.001);
    CHECK(least_x(support_base(body, tilted(body, toe_m, std::asin(0.0021 / toe_m))).sole) > 0.001);
}

TEST_CASE("a body on its toes or on its heels tips to the side its COM is on", "[body]") {
    const BodyModel body = model_of(ScenarioDef{.stance = {.toe_out_deg = 0.0}});
    const double toe_m = body.person.lengths.foot_length_m;
    const auto edge_at = [&](const Kinematics& k, double x_m) {
        return edge_name(tipping_margin(body, k, support_base(body, k).sole, {x_m, 0.0}).edge);
    };
    const Kinematics flat = standing(body);
    CHECK(edge_at(flat, -0.02) == "heel");
    CHECK(edge_at(flat, toe_m + 0.02) == "toe");
    CHECK(edge_at(flat, 0.02) == "heel");
    const Kinematics on_toes = tilted(body, toe_m, 0.1), on_heels = tilted(body, 0.0, -0.1);
    // Behind the forefoot that alone touches it goes back, ahead of it forward; the heels likewise.
    CHECK(edge_at(on_toes, -0.05) == "heel");
    CHECK(edge_at(on_toes, 0.1) == "heel");
    CHECK(edge_at(on_toes, toe_m + 0.05) == "toe");
    CHECK(edge_at(on_heels, -0.05) == "heel");
    CHECK(edge_at(on_heels, 0.1) == "toe");
    CHECK(edge_at(on_heels, toe_m + 0.05) == "toe");
}

TEST_CASE("the heels' back edges lie at X = 0 for every toe-out", "[body]") {
    const BodyModel body = model_of(ScenarioDef{.stance = {.toe_out_deg = 60.0}});
    CHECK(least_x(support_base(body, standing(body)).sole) == Approx(0.0).margin(1e-3));
}

// Short feet too: nothing caps the slope below what the door lets in.
TEST_CASE("the highest wedge raises a short foot's heel by its whole height", "[body]") {
    const BodyModel body =
        model_of(ScenarioDef{.person = {.stature_m = 1.2, .mass_kg = 30.0}, .heel_wedge = {0.10}});
    CHECK(body.person.lengths.ball_length_m * std::sin(body.wedge_rad) == Approx(0.10));
}
