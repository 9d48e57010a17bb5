// The skin is a closed surface of the person's size, on the person's bones.
#include <algorithm>
#include <random>

#include "render/scene/skin.h"
#include "tests/catch.h"
#include "tests/plan/random_person.h"
#include "tests/render/mesh_checks.h"

using namespace plumb;
using namespace plumb::test;

namespace {

BodyModel body_of(const ScenarioDef& def) {
    const ScenarioDef resolved = resolve_scenario(def);
    return build_body(build_person(resolved.person), resolved);
}
BodyModel body_of(const PersonDef& person) {
    ScenarioDef def;
    def.person = person;
    return body_of(def);
}

/// Upright, legs straight, feet flat, arms hanging a little away from the sides.
Pose standing(const BodyModel& body) {
    Pose pose;
    pose.pelvis_m.z() = body.leg_length_m - body.feet[0].outline_m[0].z();
    for (int side = 0; side < k_side_count; ++side) {
        pose.joints[on_side(dof_left_ankle_dorsiflexion, side)] = -body.wedge_rad;
        pose.joints[on_side(dof_left_shoulder_abduction, side)] = 0.25;
    }
    return pose;
}

/// Any joint angles inside the ranges, the pelvis turned anyhow.
Pose any_pose(const BodyModel& body, std::mt19937_64& random) {
    Pose pose = standing(body);
    for (int d = 0; d < k_dof_count; ++d) {
        const JointRange& range = body.person.ranges[static_cast<size_t>(d)];
        pose.joints[d] = draw(random, range.min_rad, range.max_rad);
    }
    pose.pelvis_rotation =
        axis_rotation(2, draw(random, -3.0, 3.0)) * axis_rotation(1, draw(random, -1.5, 1.5));
    return pose;
}

/// Depth of the mesh from back to belly at the height of the lumbar joint [m].
double waist_depth_m(const BodyModel& body, const Mesh& mesh, const Pose& pose) {
    const double height = forward_kinematics(body, pose).position[k_thorax_link].z();
    double low = 1.0, high = -1.0;
    for (const Vertex& v : mesh.vertices) {
        if (std::abs(v.place_m[2] - height) > 0.02 || std::abs(v.place_m[1]) > 0.05) continue;
        low = std::min(low, double{v.place_m[0]});
        high = std::max(high, double{v.place_m[0]});
    }
    return high - low;
}

}  // namespace

TEST_CASE("The skin is closed and faces outward, standing and folded", "[render]") {
    std::mt19937_64 random(11);
    for (const double cell_m : {k_skin_coarse_m, k_skin_m}) {
        const BodyModel body = body_of(draw_person(random));
        const Skin skin(body);
        for (const Pose& pose : {standing(body), any_pose(body, random)}) {
            const Mesh mesh = skin.mesh(pose, cell_m);
            const Edges edges = edges_of(mesh);
            REQUIRE(edges.in_bounds);
            REQUIRE(edges.count > 5000);
            CHECK(edges.open == 0);
            // Surface nets pinch four sheets into one edge where two surfaces pass one cell: rare.
            CHECK(static_cast<double>(edges.twice) > 0.995 * static_cast<double>(edges.count));
            CHECK(facing_share(mesh) > 0.99);
            CHECK(volume_m3(mesh) > 0.0);
            for (const Vertex& v : mesh.vertices) {
                REQUIRE(std::abs(normal_of(v).norm() - 1.0) < 1e-3);
                REQUIRE((v.occlusion >= 0.0f && v.occlusion <= 1.0f));
            }
        }
    }
}

TEST_CASE("Volume, height and floor of random people", "[render]") {
    std::mt19937_64 random(12);
    for (int i = 0; i < 12; ++i) {
        const ScenarioDef def = draw_person(random);
        const BodyModel body = body_of(def);
        const Mesh mesh = Skin(body).mesh(standing(body), k_skin_coarse_m);
        INFO("stature " << def.person.stature_m << " mass " << def.person.mass_kg);
        // A body with air in its lungs has 0.94-0.99 l/kg; clothes and shoes add 2-4 l; 20 mm cells cut about 1 %.
        const double litres_per_kg = 1000.0 * volume_m3(mesh) / def.person.mass_kg;
        CHECK(litres_per_kg > 0.95);
        CHECK(litres_per_kg < 1.05);
        const Extent extent = extent_of(mesh);
        CHECK(std::abs(extent.low.z()) < 0.006);
        CHECK(std::abs(extent.high.z() / def.person.stature_m - 1.0) < 0.03);
        // The seat is where the wall would touch it (the colliders' promise), clothes included.
        double back = 0.0;
        for (const Vertex& v : mesh.vertices)
            if (std::abs(v.place_m[2] - body.leg_length_m - body.person.lengths.ankle_height_m) < 0.10)
                back = std::min(back, double{v.place_m[0]});
        CHECK(std::abs(-back - body.person.lengths.buttock_back_m) < 0.020);
    }
}

TEST_CASE("Shoes stand on the outline of the foot, on the floor and on a wedge", "[render]") {
    for (const double wedge_m : {0.0, 0.05}) {
        ScenarioDef def;
        def.heel_wedge.height_m = wedge_m;
        const BodyModel body = body_of(def);
        const Pose pose = standing(body);
        const Mesh mesh = Skin(body).mesh(pose, 0.010);
        const Kinematics k = forward_kinematics(body, pose);
        const BodyLengths& size = body.person.lengths;
        const Vector3 heel = k.point(foot_link(side_left), body.feet[side_left].outline_m[0]);
        const double ball = heel.x() + size.ball_length_m;
        Extent shoe;
        double lowest_over_wedge = 1.0;
        for (const Vertex& v : mesh.vertices) {
            const Vector3 p = place_of(v);
            if (p.y() < 0.0 || p.z() > 0.04 + wedge_m) continue;
            shoe.low = shoe.low.cwiseMin(p);
            shoe.high = shoe.high.cwiseMax(p);
            const double wedge_top = std::max(0.0, (ball - p.x()) * std::tan(body.wedge_rad));
            lowest_over_wedge = std::min(lowest_over_wedge, p.z() - wedge_top);
        }
        INFO("wedge " << wedge_m);
        CHECK(lowest_over_wedge > -0.003);
        CHECK(lowest_over_wedge < 0.004);
        CHECK(std::abs(shoe.high.x() - heel.x() - size.foot_length_m) < 0.015);
        CHECK(std::abs(shoe.high.y() - shoe.low.y() - size.foot_breadth_m) < 0.020);
        if (wedge_m == 0.0) CHECK(std::abs(shoe.low.x() - heel.x()) < 0.012);
    }
}

TEST_CASE("A symmetric pose has a symmetric skin", "[render]") {
    const BodyModel body = body_of(PersonDef{});
    const Mesh mesh = Skin(body).mesh(standing(body), k_skin_coarse_m);
    double worst = 0.0, sum = 0.0;
    for (const Vertex& v : mesh.vertices) {
        double nearest = 1.0;
        for (const Vertex& other : mesh.vertices)
            nearest = std::min<double>(nearest, std::hypot(v.place_m[0] - other.place_m[0],
                                                           v.place_m[1] + other.place_m[1],
                                                           v.place_m[2] - other.place_m[2]));
        worst = std::max(worst, nearest);
        sum += nearest;
    }
    // In creases, where the slope jumps, a vertex may settle on either side of its cell.
    CHECK(sum / static_cast<double>(mesh.vertices.size()) < 3e-4);
    CHECK(worst < 0.6 * k_skin_coarse_m);
}

TEST_CASE("Girth grows with mass; women and men differ", "[render]") {
    double last = 0.0;
    for (const double mass_kg : {55.0, 75.0, 110.0}) {
        const BodyModel body = body_of(PersonDef{.mass_kg = mass_kg});
        const Pose pose = standing(body);
        const double depth = waist_depth_m(body, Skin(body).mesh(pose, k_skin_coarse_m), pose);
        INFO(mass_kg << " kg, waist " << depth << " m");
        CHECK(depth > last + 0.02);
        CHECK(depth < 0.40);
        last = depth;
    }
    const auto shoulders = [](Sex sex) {
        const BodyModel body = body_of(PersonDef{.sex = sex, .stature_m = 1.70, .mass_kg = 68.0});
        Pose pose = standing(body);
        for (int side = 0; side < k_side_count; ++side)
            pose.joints[on_side(dof_left_shoulder_abduction, side)] = 0.0;
        const Extent extent = extent_of(Skin(body).mesh(pose, k_skin_coarse_m));
        return extent.high.y() - extent.low.y();
    };
    CHECK(shoulders(Sex::female) < shoulders(Sex::male) - 0.01);
}

TEST_CASE("Fifty poses inside the ranges: finite, closed, as large as ever", "[render]") {
    std::mt19937_64 random(13);
    const BodyModel body = body_of(PersonDef{});
    const Skin skin(body);
    const double upright_m3 = volume_m3(skin.mesh(standing(body), 0.03));
    for (int i = 0; i < 50; ++i) {
        const Mesh mesh = skin.mesh(any_pose(body, random), 0.03);
        bool finite = true;
        for (const Vertex& v : mesh.vertices)
            finite = finite && place_of(v).allFinite() && normal_of(v).allFinite()
                     && std::isfinite(v.occlusion) && std::isfinite(v.colour[0] + v.colour[1] + v.colour[2]);
        REQUIRE(finite);
        REQUIRE(edges_of(mesh).open == 0);
        // Limbs may pass into each other and the trunk, no more.
        const double ratio = volume_m3(mesh) / upright_m3;
        CHECK(ratio > 0.85);
        CHECK(ratio < 1.06);
    }
}

TEST_CASE("Extreme bodies still have a skin", "[render]") {
    for (const Sex sex : {Sex::male, Sex::female})
        for (const auto& [stature_m, mass_kg] :
             {std::pair{1.2, 30.0}, {1.2, 250.0}, {2.2, 30.0}, {2.2, 250.0}}) {
            const BodyModel body = body_of(PersonDef{.sex = sex, .stature_m = stature_m, .mass_kg = mass_kg});
            const Mesh mesh = Skin(body).mesh(standing(body), 0.03);
            INFO(stature_m << " m " << mass_kg << " kg");
            CHECK(edges_of(mesh).open == 0);
            CHECK(volume_m3(mesh) > 0.5 * mass_kg / 1000.0);
            CHECK(volume_m3(mesh) < 2.0 * mass_kg / 1000.0);
        }
}
