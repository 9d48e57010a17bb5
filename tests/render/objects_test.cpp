// Weights, wall and wedges are closed solids of the right size at the right place.
#include <algorithm>

#include "render/scene/objects.h"
#include "sim/base/units.h"
#include "sim/body/posture.h"
#include "tests/catch.h"
#include "tests/plan/random_person.h"
#include "tests/render/mesh_checks.h"

using namespace plumb;
using namespace plumb::test;

namespace {

constexpr double k_iron_kgpm3 = 7200.0;

BodyModel body_with(double counterweight_kg, double wedge_m) {
    ScenarioDef def;
    def.counterweight.mass_kg = counterweight_kg;
    def.heel_wedge.height_m = wedge_m;
    def = resolve_scenario(def);
    return build_body(build_person(def.person), def);
}

Pose arms_out(const BodyModel& body) {
    Pose pose;
    pose.pelvis_m.z() = body.leg_length_m - body.feet[0].outline_m[0].z();
    for (int side = 0; side < k_side_count; ++side) {
        pose.joints[on_side(dof_left_shoulder_flexion, side)] = 1.4;
        pose.joints[on_side(dof_left_ankle_dorsiflexion, side)] = -body.wedge_rad;
    }
    return pose;
}

void check_solid(const Mesh& mesh) {
    const Edges edges = edges_of(mesh);
    REQUIRE(edges.in_bounds);
    CHECK(edges.count > 0);
    CHECK(edges.open == 0);
    CHECK(facing_share(mesh) > 0.999);
    CHECK(volume_m3(mesh) > 0.0);
    for (const Vertex& v : mesh.vertices) REQUIRE(std::abs(normal_of(v).norm() - 1.0) < 1e-3);
}

}  // namespace

TEST_CASE("A weight lies between the hands and is as large as its mass says", "[render]") {
    for (const double mass_kg : {2.0, 8.0, 20.0, 40.0}) {
        const BodyModel body = body_with(mass_kg, 0.0);
        const Pose pose = arms_out(body);
        const Kinematics k = forward_kinematics(body, pose);
        const Vector3 grip(0.0, 0.0, -body.person.lengths.forearm_m);
        const Vector3 left = k.point(forearm_link(side_left), grip),
                      right = k.point(forearm_link(side_right), grip);
        for (const WeightLook look : {WeightLook::kettlebell, WeightLook::plate, WeightLook::dumbbell}) {
            const Mesh mesh = weight_mesh(body, pose, look);
            INFO(mass_kg << " kg, look " << static_cast<int>(look));
            check_solid(mesh);
            const Extent extent = extent_of(mesh);
            const Vector3 middle = 0.5 * (extent.low + extent.high);
            CHECK((middle - 0.5 * (left + right)).head<2>().norm() < 0.02);
            CHECK(std::abs(middle.z() - 0.5 * (left.z() + right.z())) < 0.15);
            CHECK(extent.high.y() > left.y() - 0.02);
            CHECK(extent.low.y() < right.y() + 0.02);
            if (look == WeightLook::plate) {
                // A disc across the view from in front; near its rim nothing else stands out.
                const double radius = 0.5 * (extent.high.z() - extent.low.z());
                double front = -10.0, back = 10.0;
                for (const Vertex& v : mesh.vertices)
                    if (v.place_m[2] > middle.z() + 0.7 * radius) {
                        front = std::max(front, double{v.place_m[0]});
                        back = std::min(back, double{v.place_m[0]});
                    }
                CHECK(k_iron_kgpm3 * k_pi * radius * radius * (front - back)
                      == Catch::Approx(mass_kg).epsilon(0.05));
                continue;
            }
            // Bars and handles come on top of the mass, and parts overlap.
            const double drawn_kg = k_iron_kgpm3 * volume_m3(mesh);
            CHECK(drawn_kg > 0.9 * mass_kg);
            CHECK(drawn_kg < 1.5 * mass_kg + 5.0);
        }
        CHECK(weight_mesh(body_with(0.0, 0.0), pose, WeightLook::plate).corners.empty());
    }
}

TEST_CASE("A barbell lies across the back with its plates outside the hands", "[render]") {
    for (const Hold hold : {Hold::back_high, Hold::back_low})
        for (const double mass_kg : {5.0, 20.0, 40.0}) {
            ScenarioDef def;
            def.counterweight = {.mass_kg = mass_kg, .hold = hold};
            def = resolve_scenario(def);
            const BodyModel body = build_body(build_person(def.person), def);
            const Pose pose = pose_of(body, make_arm_rules(body, def), {0.1, 0.6, 0.3, 0.2}).pose;
            const Mesh mesh = weight_mesh(body, pose, WeightLook::kettlebell);
            check_solid(mesh);
            const Kinematics k = forward_kinematics(body, pose);
            const Extent extent = extent_of(mesh);
            CHECK((0.5 * (extent.low + extent.high) - k.point(k_thorax_link, *body.bar_m)).norm() < 1e-3);
            const double hand_y =
                k.point(forearm_link(side_left), {0.0, 0.0, -body.person.lengths.forearm_m}).y();
            CHECK(hand_y > 0.2);
            CHECK(hand_y < 0.6);  // inside the plates
            CHECK(extent.high.y() > 0.8);
            const double drawn_kg = k_iron_kgpm3 * volume_m3(mesh);
            CHECK(drawn_kg > mass_kg);
            CHECK(drawn_kg < mass_kg + 12.0);  // the shaft comes on top
        }
}

TEST_CASE("The wall's face is where the scenario puts it", "[render]") {
    const Mesh mesh = wall_mesh(0.30);
    check_solid(mesh);
    const Extent extent = extent_of(mesh);
    CHECK(extent.high.x() == Catch::Approx(-0.30));
    CHECK(extent.low.x() < -0.31);
    CHECK(extent.low.z() == Catch::Approx(0.0).margin(1e-6));
    CHECK(extent.high.z() == Catch::Approx(2.2));
    CHECK(extent.high.y() - extent.low.y() == Catch::Approx(2.4));
}

TEST_CASE("Wedges lie on the floor under the heels", "[render]") {
    const double height_m = 0.04;
    const BodyModel body = body_with(0.0, height_m);
    const Pose pose = arms_out(body);
    const Mesh mesh = wedge_mesh(body, pose, height_m);
    check_solid(mesh);
    const Extent extent = extent_of(mesh);
    CHECK(extent.low.z() == Catch::Approx(0.0).margin(1e-4));
    CHECK(extent.high.z() == Catch::Approx(height_m).margin(1e-4));
    // From the heel's back edge to the ball, two of them, as broad as feet.
    const Vector3 heel =
        forward_kinematics(body, pose).point(foot_link(side_left), body.feet[0].outline_m[0]);
    const BodyLengths& size = body.person.lengths;
    CHECK(std::abs(extent.low.x() - heel.x()) < 0.015);
    CHECK(extent.high.x() == Catch::Approx(heel.x() + size.ball_length_m).margin(1e-4));
    CHECK(volume_m3(mesh)
          == Catch::Approx(height_m * size.ball_length_m * size.foot_breadth_m).epsilon(0.12));
    CHECK(wedge_mesh(body, pose, 0.0).corners.empty());
}

TEST_CASE("Collision shapes stand on the floor and reach the head", "[render]") {
    const BodyModel body = body_with(0.0, 0.0);
    const Mesh mesh = collision_mesh(body, arms_out(body));
    check_solid(mesh);
    const Extent extent = extent_of(mesh);
    CHECK(extent.low.z() == Catch::Approx(0.0).margin(2e-4));
    CHECK(extent.high.z() == Catch::Approx(body.person.lengths.stature_m).margin(0.01));
    for (const Collider& c : body.colliders) CHECK(c.radius_m > 0.0);
}
