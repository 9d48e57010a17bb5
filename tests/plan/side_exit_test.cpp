// The way out to the side over random people: what it claims is worked out anew from pose and body, and its strength against GLPK.
#include "sim/plan/side_exit.h"

#include <cmath>
#include <cstdio>

#include "sim/base/units.h"
#include "sim/plan/side_exit_effort.h"
#include "sim/plan/side_exit_search.h"
#include "tests/body/glpk_oracle.h"
#include "tests/body/leaning_body.h"
#include "tests/body/rest_lp.h"
#include "tests/catch.h"
#include "tests/plan/random_person.h"

using namespace plumb;
using namespace plumb::test;
using Catch::Approx;

namespace {

constexpr double k_floor_gap_m = 0.002;

/// The default man and 19 random people.
std::vector<ScenarioDef> twenty_people() {
    std::mt19937_64 random(816);
    std::vector<ScenarioDef> people = {resolve_scenario(ScenarioDef{})};
    while (people.size() < 20) people.push_back(draw_person(random));
    return people;
}

SideExit exit_of(const ScenarioDef& def, int side) {
    const ScenarioDef resolved = resolve_scenario(def);
    return plan_side_exit(plan_squat(build_person(resolved.person), resolved, PlanDetail::motion), resolved,
                          side);
}

double area_m2(const Polygon& polygon) {
    double sum = 0.0;
    for (std::size_t i = 0; i < polygon.size(); ++i) {
        const Eigen::Vector2d &a = polygon[i], &b = polygon[(i + 1) % polygon.size()];
        sum += 0.5 * (a.x() * b.y() - a.y() * b.x());
    }
    return sum;
}

const SideExitStep& step_named(const SideExit& exit, const std::string& name) {
    for (const SideExitStep& step : exit.steps)
        if (step.name == name) return step;
    FAIL("no step " << name);
    return exit.steps.front();
}

/// What a step has on the floor, by its name.
struct OnFloor {
    bool near_sole = true, far_sole = false, far_toes = true, far_knee = false, hand = false;
};
OnFloor on_floor(const std::string& name) {
    if (name == "deep" || name == "shifted") return {.far_sole = true};
    if (name == "hand_down") return {.far_sole = true, .hand = true};
    if (name == "turned") return {.hand = true};
    if (name == "kneeling" || name == "foot_ahead") return {.far_knee = true, .hand = true};
    if (name == "foot_free") return {.near_sole = false, .far_knee = true, .hand = true};
    if (name == "half_kneeling") return {.far_knee = true};
    return {};
}

double bottom_m(const Kinematics& k, const FloorSphere& sphere) {
    return k.point(sphere.link, sphere.centre_m).z() - sphere.radius_m;
}

/// Everything a feasible step says, from its pose alone.
void check_feasible_step(const BodyModel& body, const SideExit& exit, const SideExitStep& step) {
    const int near_side = exit.side, far_side = near_side == side_left ? side_right : side_left;
    const Kinematics k = forward_kinematics(body, step.pose);
    const OnFloor touch = on_floor(step.name);
    Polygon places;
    for (int i = 0; i < k_sole_point_count; ++i) {
        const Vector3 near_place = sole_point(body, k, near_side, i),
                      far_place = sole_point(body, k, far_side, i);
        CHECK(near_place.z() > -k_floor_gap_m);
        CHECK(far_place.z() > -k_floor_gap_m);
        if (touch.near_sole) {
            CHECK(std::abs(near_place.z()) < k_floor_gap_m);
            places.emplace_back(near_place.head<2>());
        }
        const bool toe = i == 3 || i == 4;
        if (touch.far_sole || (touch.far_toes && toe)) CHECK(std::abs(far_place.z()) < k_floor_gap_m);
        if (touch.far_sole || far_place.z() < k_floor_gap_m) places.emplace_back(far_place.head<2>());
    }
    const FloorSphere hand = hand_sphere(body, near_side), knee = knee_sphere(body, far_side);
    if (touch.hand) {
        CHECK(std::abs(bottom_m(k, hand)) < k_floor_gap_m);
        places.emplace_back(k.point(hand.link, hand.centre_m).head<2>());
    }
    if (touch.far_knee) {
        CHECK(std::abs(bottom_m(k, knee)) < k_floor_gap_m);
        places.emplace_back(k.point(knee.link, knee.centre_m).head<2>());
    }
    // The soles' own points are judged above: their spheres are the engine's, and a rigid toe edge stands on its edge.
    for (const Collider& c : body.colliders)
        if (c.kind != ColliderKind::sole)
            CHECK(k.point(c.link, c.centre_m).z() - c.radius_m > -k_floor_gap_m);
    const double margin_m = signed_margin(convex_hull(places), k.com_m.head<2>()).margin_m;
    CHECK(margin_m >= 0.0);
    CHECK(step.margin_m == Approx(margin_m).margin(1e-9));
    CHECK((step.com_m - k.com_m.head<2>()).norm() < 1e-12);
    CHECK(step.way_margin_m >= 0.0);
    CHECK(step.strength_use <= 1.0);
    CHECK_FALSE(step.region.empty());
    // The COM rests where strength lets it.
    CHECK(signed_margin(step.region, step.com_m).margin_m > -0.003);
    const DofVector& q = step.pose.joints;
    for (int dof = 0; dof < body.dof_count; ++dof) {
        const JointRange& range = body.person.ranges[static_cast<std::size_t>(dof)];
        INFO(k_dof_names[static_cast<std::size_t>(dof)]);
        CHECK(q[dof] >= range.min_rad - k_side_exit_angle_tolerance_rad);
        CHECK(q[dof] <= range.max_rad + k_side_exit_angle_tolerance_rad);
    }
    for (const int side : {side_left, side_right})
        CHECK(q[on_side(dof_left_hip_flexion, side)] + q[dof_lumbar_flexion]
              <= body.person.closure_rad + k_side_exit_angle_tolerance_rad);
}

void check_mirrored(const SideExit& left, const SideExit& right, double tolerance) {
    REQUIRE(left.steps.size() == right.steps.size());
    CHECK(left.side != right.side);
    CHECK(left.feasible == right.feasible);
    CHECK(left.reached == right.reached);
    for (std::size_t i = 0; i < left.steps.size(); ++i) {
        const SideExitStep &a = left.steps[i], &b = right.steps[i];
        INFO(a.name);
        const Pose image = test::mirrored(b.pose);
        CHECK((a.pose.joints - image.joints).cwiseAbs().maxCoeff() < tolerance);
        CHECK((a.pose.pelvis_m - image.pelvis_m).norm() < tolerance);
        CHECK((a.pose.pelvis_rotation - image.pelvis_rotation).norm() < tolerance);
        CHECK(a.margin_m == Approx(b.margin_m).margin(tolerance));
        CHECK(a.com_m.y() == Approx(-b.com_m.y()).margin(tolerance));
        CHECK(area_m2(a.support) == Approx(area_m2(b.support)).margin(tolerance));
    }
}

}  // namespace

TEST_CASE("Side exits of twenty people hold what they say, or say why not", "[plan][side_exit][long]") {
    int feasible = 0, within = 0;
    for (const ScenarioDef& def : twenty_people()) {
        const BodyModel body = side_exit_body(def);
        for (const int side : {side_left, side_right}) {
            const SideExit exit = exit_of(def, side);
            INFO(name_of(def.person) << " side " << side << ": " << exit.limiting);
            REQUIRE(exit.side == side);
            REQUIRE(exit.steps.size() == 10);
            REQUIRE(exit.steps.front().name == "deep");
            CHECK(exit.feasible == exit.limiting.empty());
            CHECK(exit.feasible == (exit.reached == exit.steps.size()));
            for (std::size_t i = 0; i < exit.steps.size(); ++i) {
                const SideExitStep& step = exit.steps[i];
                INFO(step.name << ": " << step.why_not);
                CHECK(step.feasible == step.why_not.empty());
                CHECK((i >= exit.reached || step.feasible));
                if (step.feasible) check_feasible_step(body, exit, step);
            }
            if (exit.reached > 2)
                CHECK(area_m2(step_named(exit, "hand_down").support)
                      > area_m2(step_named(exit, "shifted").support) + 0.002);
            feasible += exit.feasible;
            within += exit.feasible && exit.way_strength_use <= 1.0;
        }
    }
    CHECK(feasible >= 28);
    std::printf("side exits: %d of 40 feasible (20 people, both sides), %d with every way within strength\n",
                feasible, within);
}

TEST_CASE("The exit to the other side is the mirror image", "[plan][side_exit]") {
    std::mt19937_64 random(31);
    const ScenarioDef def = draw_person(random);
    check_mirrored(exit_of(def, side_left), exit_of(def, side_right), 1e-12);
}

TEST_CASE("Of a body with two different sides the mirrored body's other exit is the image",
          "[plan][side_exit]") {
    ScenarioDef tight_left, tight_right;
    tight_left.person.left.ankle_dorsiflexion_deg = 33.0;
    tight_right.person.right.ankle_dorsiflexion_deg = 33.0;
    const SideExit a = exit_of(tight_left, side_left), b = exit_of(tight_right, side_right);
    CHECK(a.feasible == b.feasible);
    // Two searches that differ by rounding: the first steps agree closely, the chain of ten drifts.
    for (const std::size_t i : {0u, 1u, 2u}) {
        INFO(a.steps[i].name);
        CHECK(a.steps[i].margin_m == Approx(b.steps[i].margin_m).margin(0.003));
        CHECK((a.steps[i].pose.pelvis_m - test::mirrored(b.steps[i].pose.pelvis_m)).norm() < 0.005);
    }
}

TEST_CASE("The least share of strength is the one GLPK finds", "[plan][side_exit]") {
    std::mt19937_64 generator(77);
    int judged = 0;
    for (int trial = 0; trial < 40; ++trial) {
        LeaningBody leaning = draw_leaning(generator);
        const std::vector<RegionContact> contacts = contacts_of(leaning);
        const RestEffort effort = rest_effort(leaning.body, leaning.pose, contacts);
        INFO("trial " << trial << " use " << effort.strength_use);
        if (!effort.balances) {
            CHECK(std::isnan(effort.strength_use));
            CHECK(hardest_joint(leaning.body, leaning.pose, contacts) == -1);
        }
        const Eigen::Vector2d com = forward_kinematics(leaning.body, leaning.pose).com_m.head<2>();
        const auto rests_with = [&](double share) {
            LeaningBody scaled = leaning;
            for (JointStrength& s : scaled.body.person.strengths)
                s = {share * s.positive_Nm, share * s.negative_Nm};
            const RestLp lp = rest_lp(scaled, contacts, com, 64);
            return glpk_best(lp.conditions, lp.lower, lp.upper, Eigen::VectorXd::Zero(lp.conditions.cols()),
                             50.0)
                .has_value();
        };
        if (!effort.balances) {
            CHECK_FALSE(rests_with(100.0));
            continue;
        }
        CHECK(rests_with(1.02 * effort.strength_use + 0.005));
        CHECK_FALSE(rests_with(0.98 * effort.strength_use - 0.005));
        ++judged;
    }
    CHECK(judged > 10);
}

TEST_CASE("A weight is laid down before the exit, and what it held shows", "[plan][side_exit]") {
    ScenarioDef def;
    def.counterweight.mass_kg = 12.0;
    def.person.ankle_dorsiflexion_deg = 24.0;
    const ScenarioDef resolved = resolve_scenario(def);
    CHECK(side_exit_body(resolved).counterweight_kg == 0.0);
    const SideExit exit = exit_of(def, side_left);
    REQUIRE(exit.steps.size() == 10);
    CHECK(exit.feasible == exit.limiting.empty());
    if (!exit.steps.front().feasible) CHECK_FALSE(exit.limiting.empty());
}

TEST_CASE("Nothing of an exit beside a wall goes behind it", "[plan][side_exit]") {
    ScenarioDef def;
    def.wall.distance_m = 0.25;
    const SideExit exit = exit_of(def, side_right);
    const BodyModel body = side_exit_body(resolve_scenario(def));
    for (const SideExitStep& step : exit.steps) {
        if (!step.feasible) continue;
        const Kinematics k = forward_kinematics(body, step.pose);
        for (const Collider& c : body.colliders) {
            if (c.kind == ColliderKind::sole) continue;
            INFO(step.name);
            CHECK(k.point(c.link, c.centre_m).x() - c.radius_m > -0.25 - k_floor_gap_m);
        }
    }
}
