// The built body: what it weighs, what a weight in the hands changes, and where its contact spheres lie.
#include <algorithm>
#include <cmath>

#include <Eigen/Eigenvalues>

#include "sim/base/units.h"
#include "sim/body/posture.h"
#include "tests/body/random_body.h"
#include "tests/catch.h"

using namespace plumb;
using namespace plumb::test;
using Catch::Approx;

namespace {

Kinematics with_bent_knees(const BodyModel& body) {
    const double ankle_m = body.feet[0].standing_ankle_m.z();
    const Posture posture = {.hip_x_m = body.feet[0].standing_ankle_m.x(),
                             .hip_height_m = ankle_m + 0.9 * body.leg_length_m};
    return forward_kinematics(body, pose_of(body, {}, posture).pose);
}

Vector3 hand(const BodyModel& body, const Kinematics& k, int side) {
    return k.point(forearm_link(side), {0.0, 0.0, -body.person.lengths.forearm_m});
}

}  // namespace

TEST_CASE("the whole system weighs the person and the counterweight", "[body]") {
    for (const ScenarioDef& scenario : random_scenarios(51, 40)) {
        const BodyModel body = model_of(scenario);
        CHECK(body.total_mass_kg
              == Approx(scenario.person.mass_kg + scenario.counterweight.mass_kg).epsilon(1e-12));
        CHECK(body.weight_N() == Approx(body.total_mass_kg * 9.80665).epsilon(1e-12));
        CHECK(body.counterweight_kg == scenario.counterweight.mass_kg);
    }
}

TEST_CASE("a link's parent comes before it and every left link has a mirrored twin", "[body]") {
    for (const ScenarioDef& scenario : random_scenarios(52, 10)) {
        const BodyModel body = model_of(scenario);
        CHECK(body.links[k_pelvis_link].parent == -1);
        for (int link = 1; link < k_link_count; ++link) {
            CHECK(body.links[link].parent >= 0);
            CHECK(body.links[link].parent < link);
            const Link& twin = body.links[mirrored_link(link)];
            CHECK(twin.parent == mirrored_link(body.links[link].parent));
            CHECK(twin.offset_m == mirrored(body.links[link].offset_m));
            CHECK(twin.segment.mass_kg == body.links[link].segment.mass_kg);
        }
    }
}

TEST_CASE("inertias of bodies from 1.45 m 40 kg to 2.05 m 160 kg are those of rigid bodies", "[body]") {
    std::vector<ScenarioDef> scenarios = random_scenarios(53, 20);
    for (const PersonDef& def : usual_bodies()) scenarios.push_back({.person = def});
    for (const ScenarioDef& scenario : scenarios) {
        INFO(name_of(scenario));
        const BodyModel body = model_of(scenario);
        int with_mass = 0;
        for (const Link& link : body.links) {
            if (link.segment.mass_kg == 0.0) {
                CHECK(link.segment.inertia_kgm2.isZero(0.0));
                continue;
            }
            ++with_mass;
            CHECK(link.segment.mass_kg > 0.0);
            const Matrix3& inertia = link.segment.inertia_kgm2;
            CHECK((inertia - inertia.transpose()).norm() < 1e-15);
            const Vector3 moments = Eigen::SelfAdjointEigenSolver<Matrix3>(inertia).eigenvalues();
            CHECK(moments(0) > 0.0);
            CHECK(moments(0) + moments(1) > moments(2));
        }
        // Pelvis, thorax and both upper arms, forearms, thighs, shanks and feet; two inner links each of shoulders, hips, spine.
        CHECK(with_mass == 12 + 10 + (body.has_toes() ? 2 : 0));
    }
}

TEST_CASE("a counterweight moves the centre of mass toward the hands by its share", "[body]") {
    std::mt19937_64 generator(54);
    for (ScenarioDef scenario : random_scenarios(54, 30)) {
        const BodyModel loaded = model_of(scenario);
        const double weight_kg = scenario.counterweight.mass_kg;
        scenario.counterweight.mass_kg = 0.0;
        const BodyModel free = model_of(scenario);
        const Pose pose = random_pose(generator);
        const Kinematics k = forward_kinematics(free, pose);
        const Vector3 hands = 0.5 * (hand(free, k, side_left) + hand(free, k, side_right));
        const Vector3 expected =
            (free.total_mass_kg * k.com_m + weight_kg * hands) / (free.total_mass_kg + weight_kg);
        CHECK((forward_kinematics(loaded, pose).com_m - expected).norm() < 1e-12);
    }
}

// The weight adds its own kinetic energy and nothing else: half of it in each hand, each an iron ball of 7200 kg/m^3.
TEST_CASE("a counterweight adds the inertia of two iron balls", "[body]") {
    std::mt19937_64 generator(55);
    for (ScenarioDef scenario : random_scenarios(55, 30)) {
        const BodyModel loaded = model_of(scenario);
        const double ball_kg = 0.5 * scenario.counterweight.mass_kg;
        scenario.counterweight.mass_kg = 0.0;
        const BodyModel free = model_of(scenario);
        const Kinematics k = forward_kinematics(free, random_pose(generator));
        const VelocityVector velocity = random_velocity(generator);
        const SpatialVectors links = link_velocities(free, k, velocity);
        const double radius_m = std::cbrt(0.75 * ball_kg / (7200.0 * k_pi));
        double balls_J = 0.0;
        for (int side = 0; side < k_side_count; ++side) {
            const auto& motion = links[forearm_link(side)];
            const Vector3 v = point_velocity(motion, hand(free, k, side));
            balls_J += 0.5 * ball_kg
                       * (v.squaredNorm() + 0.4 * radius_m * radius_m * motion.head<3>().squaredNorm());
        }
        const double loaded_J = 0.5 * velocity.dot(mass_matrix(loaded, k) * velocity);
        const double free_J = 0.5 * velocity.dot(mass_matrix(free, k) * velocity);
        CHECK(loaded_J - free_J == Approx(balls_J).epsilon(1e-9).margin(1e-9));
    }
}

// At ankle angle 0 the shank stands square on the sole, wedge or not: the foot's mass lies the same way under it.
// Only the inversion axis, level along the foot, lies otherwise: its two rows and columns are left out.
TEST_CASE("a heel wedge pitches the foot's mass with the sole", "[body]") {
    std::mt19937_64 generator(57);
    for (ScenarioDef scenario : random_scenarios(57, 10)) {
        scenario.heel_wedge.height_m = 0.0;
        scenario.movement.heels = Heels::flat;  // toes stay level on the floor
        const BodyModel flat = model_of(scenario);
        scenario.heel_wedge.height_m = 0.05;
        const BodyModel raised = model_of(scenario);
        Pose pose = random_pose(generator);
        VelocityVector velocity = random_velocity(generator);
        leave_out_missing(flat, pose.joints);
        leave_out_missing(flat, velocity);
        for (const Dof dof : {dof_left_ankle_inversion, dof_right_ankle_inversion}) {
            pose.joints[dof] = 0.0;
            velocity[6 + dof] = 0.0;
        }
        const Kinematics on_flat = forward_kinematics(flat, pose),
                         on_wedge = forward_kinematics(raised, pose);
        CHECK((on_flat.com_m - on_wedge.com_m).norm() < 1e-13);
        CHECK(velocity.dot(mass_matrix(flat, on_flat) * velocity)
              == Approx(velocity.dot(mass_matrix(raised, on_wedge) * velocity)).epsilon(1e-12));
    }
}

TEST_CASE("standing, the sole spheres touch the floor under the outline and nothing else does", "[body]") {
    std::vector<ScenarioDef> scenarios = random_scenarios(56, 20);
    for (const PersonDef& def : usual_bodies()) scenarios.push_back({.person = def});
    for (const ScenarioDef& scenario : scenarios) {
        INFO(name_of(scenario));
        const BodyModel body = model_of(scenario);
        const Kinematics k = with_bent_knees(body);
        const SolePoints points = sole_points(body, k);
        REQUIRE(body.colliders.size() > points.size());
        for (std::size_t i = 0; i < body.colliders.size(); ++i) {
            const Collider& collider = body.colliders[i];
            const Vector3 centre = k.point(collider.link, collider.centre_m);
            CHECK((collider.kind == ColliderKind::sole) == (i < points.size()));
            if (i < points.size()) {
                // A chain of ten rotations over 1 m: rounding far below 1e-12 m.
                CHECK(centre.z() - collider.radius_m == Approx(0.0).margin(1e-12));
                CHECK((centre.head<2>() - points[i].head<2>()).norm() < 1e-12);
            } else {
                CHECK(centre.z() - collider.radius_m > 0.05);
            }
        }
    }
}

TEST_CASE("the spheres of head, back and buttocks end where the skin does", "[body]") {
    for (const PersonDef& def : usual_bodies()) {
        INFO(name_of(def));
        const BodyModel body = model_of(def);
        const BodyLengths& size = body.person.lengths;
        Pose upright;
        upright.pelvis_m.z() = size.ankle_height_m + body.leg_length_m;
        const Kinematics k = forward_kinematics(body, upright);
        double top_m = 0.0, back_m = 0.0, seat_back_m = 0.0, seat_below_m = 0.0, sideways_m = 0.0;
        for (const Collider& c : body.colliders) {
            const Vector3 centre = k.point(c.link, c.centre_m);
            sideways_m += centre.y();
            if (c.kind == ColliderKind::head) top_m = std::max(top_m, centre.z() + c.radius_m);
            if (c.kind == ColliderKind::trunk) back_m = std::max(back_m, c.radius_m - centre.x());
            if (c.kind != ColliderKind::buttock) continue;
            seat_back_m = std::max(seat_back_m, c.radius_m - centre.x());
            seat_below_m = std::max(seat_below_m, c.radius_m - (centre.z() - upright.pelvis_m.z()));
        }
        CHECK(top_m == Approx(def.stature_m));
        CHECK(back_m == Approx(size.back_behind_m));
        CHECK(seat_back_m == Approx(size.buttock_back_m));
        CHECK(seat_below_m == Approx(size.buttock_below_m));
        CHECK(sideways_m == Approx(0.0).margin(1e-12));
    }
}

TEST_CASE("the unit of hip drop is thigh and shank", "[body]") {
    const BodyModel body = model_of(PersonDef{});
    CHECK(body.leg_length_m == Approx(body.person.lengths.thigh_m + body.person.lengths.shank_m));
}
