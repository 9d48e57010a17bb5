// The muscle view as data: the scale reads without colour, each muscle lies where anybody would point, sides are their own.
#include "render/scene/muscles.h"

#include <algorithm>
#include <set>

#include "render/scene/figure.h"
#include "render/scene/muscle_paint.h"
#include "render/scene/scene.h"
#include "sim/base/units.h"
#include "sim/engine/simulate.h"
#include "sim/scenario/scenario_fields.h"
#include "tests/catch.h"
#include "tests/render/mesh_checks.h"
#include "tests/render/noting_painter.h"

using namespace plumb;
using namespace plumb::test;

namespace {

std::shared_ptr<const Recording> able() {
    static const auto run = simulate({});
    return run;
}

size_t deepest_frame(const Recording& run) {
    const auto deepest = std::ranges::max_element(run.frames, {}, &Frame::hip_drop);
    return static_cast<size_t>(deepest - run.frames.begin());
}

/// Colours that name tissue and side: red 0.2 to 0.8, green 0 left and 1 right, blue 0 (no grey has that).
PerMuscle<Rgba> named_colours() {
    PerMuscle<Rgba> colours;
    for (size_t t = 0; t < k_tissue_count; ++t)
        for (size_t s = 0; s < k_side_count; ++s)
            colours[t][s] = {0.2f + 0.2f * static_cast<float>(t), static_cast<float>(s), 0.0f};
    return colours;
}

std::vector<Vector3> painted(const Mesh& mesh, Tissue tissue, int side) {
    const Rgba c = named_colours()[static_cast<size_t>(tissue)][static_cast<size_t>(side)];
    std::vector<Vector3> places;
    for (const Vertex& v : mesh.vertices)
        if (std::abs(v.colour[0] - c.r) < 0.01f && std::abs(v.colour[1] - c.g) < 0.01f && v.colour[2] < 0.01f)
            places.push_back(place_of(v));
    return places;
}

}  // namespace

TEST_CASE("The stretch scale gets darker step by step, darker than all that is no muscle", "[render]") {
    const Rgba white{1.0f, 1.0f, 1.0f}, grey{0.86f, 0.86f, 0.86f};
    double last = contrast_ratio(white, grey) + 0.15;
    for (int i = 0; i <= 20; ++i) {
        const double now = contrast_ratio(white, stretch_colour(i / 20.0));
        INFO(i);
        CHECK(now > 1.01 * last);
        last = now;
    }
    // A quarter of the range is a step that shows without colour.
    for (const double share : {0.25, 0.5, 0.75, 1.0})
        CHECK(contrast_ratio(stretch_colour(share - 0.25), stretch_colour(share)) > 1.35);
    CHECK(stretch_colour(1.3) == stretch_colour(1.0));
    CHECK(stretch_colour(-0.1) == stretch_colour(0.0));
    std::set<std::string_view> words;
    for (const double share : {0.0, 0.6, 0.9, 1.0}) words.insert(stretch_word(share));
    CHECK(words.size() == 4);
}

TEST_CASE("The legend has the numbers in words, a side of its own where the sides differ", "[render]") {
    PerMuscle<MuscleLoad> loads;
    for (size_t t = 0; t < k_tissue_count; ++t)
        loads[t].fill({0.3 * static_cast<double>(t + 1), 10.0 * static_cast<double>(t)});
    MuscleLegend legend = muscle_legend(loads, {});
    REQUIRE(legend.rows.size() == k_tissue_count);
    CHECK(legend.rows[tissue_lower_back].name == "Lower back");
    CHECK(legend.rows[tissue_quads].share == "60 %");
    CHECK(legend.rows[tissue_quads].moment == "10 N m");
    CHECK(legend_words(legend)
          == "Calves 30 %, slack, 0 N m; Quads 60 %, stretched, 10 N m; Glutes 90 %, taut, 20 N m; "
             "Lower back 120 %, at its end, 30 N m");
    // A run's last digits are no difference between the sides.
    loads[tissue_quads][side_right].stretch += 1e-9;
    loads[tissue_calves][side_right].stretch = 0.8;
    legend = muscle_legend(loads, {});
    REQUIRE(legend.rows.size() == k_tissue_count + 1);
    CHECK(legend.rows[0].name == "Calves, left");
    CHECK(legend.rows[1].name == "Calves, right");
    CHECK(legend.rows[1].word == "taut");

    // Painted whole, or where the box is too small for that not at all.
    for (const Box box : {Box{30.0, 20.0, 700.0, 500.0}, Box{5.0, 5.0, 290.0, 500.0},
                          Box{0.0, 0.0, 120.0, 500.0}, Box{0.0, 0.0, 700.0, 90.0}}) {
        NotingPainter painter;
        paint_muscle_legend(painter, legend, light_theme(), box, 1.0);
        CHECK(painter.inside(box, 0.0));
        CHECK(painter.texts.empty() == (box.left == 0.0));
    }
}

TEST_CASE("Each leg's muscles are as stretched as that leg is", "[render]") {
    ScenarioDef def;
    def.person.left.ankle_dorsiflexion_deg = 18.0;
    const Person person = build_person(def.person);
    Pose pose;
    pose.joints[dof_left_ankle_dorsiflexion] = 18.9 * k_deg_to_rad;
    pose.joints[dof_right_ankle_dorsiflexion] = 26.22 * k_deg_to_rad;
    pose.joints[dof_lumbar_flexion] = 0.2;
    const PerMuscle<MuscleLoad> loads = muscle_loads(person, pose);
    CHECK(loads[tissue_calves][side_left].stretch == Catch::Approx(1.05));
    CHECK(loads[tissue_calves][side_right].stretch == Catch::Approx(0.69));
    const PassiveMoments passive = passive_moments(person, pose.joints);
    CHECK(loads[tissue_calves][side_left].moment_Nm == -passive.moment_Nm[dof_left_ankle_dorsiflexion]);
    CHECK(loads[tissue_calves][side_right].moment_Nm == -passive.moment_Nm[dof_right_ankle_dorsiflexion]);
    CHECK(loads[tissue_lower_back][side_left] == loads[tissue_lower_back][side_right]);
    // The channels are their means.
    const TissueState mean = tissue_state(person, pose.joints);
    for (size_t t = 0; t < k_tissue_count; ++t) {
        CHECK(mean.stretch[t]
              == Catch::Approx(0.5 * (loads[t][side_left].stretch + loads[t][side_right].stretch)));
        CHECK(mean.moment_Nm[t]
              == Catch::Approx(0.5 * (loads[t][side_left].moment_Nm + loads[t][side_right].moment_Nm)));
    }
    const MuscleLegend legend = muscle_legend(loads, {});
    REQUIRE(legend.rows.size() >= 2);
    CHECK(legend.rows[0].name == "Calves, left");
    CHECK(legend.rows[0].share == "105 %");
    CHECK(legend.rows[0].side == side_left);
    CHECK(legend.rows[1].name == "Calves, right");
    CHECK(legend.rows[1].share == "69 %");
    CHECK(legend.rows.back().name == "Lower back");
    // Standing too: rows of unlike legs do not come and go.
    const MuscleLegend standing = muscle_legend(muscle_loads(person, Pose{}), {}, false);
    CHECK(standing.rows.size() == 2 * k_tissue_count - 1);
    CHECK(muscle_legend(muscle_loads(person, Pose{}), {}).rows.size() == k_tissue_count);
}

TEST_CASE("Muscles and hems go with the length of their own leg", "[render]") {
    ScenarioDef def;
    def.person.left.thigh_length_m = 0.38;
    def.person.left.shank_length_m = 0.37;
    def.person.right.thigh_length_m = 0.44;
    def.person.right.shank_length_m = 0.43;
    def = resolve_scenario(def);
    const BodyModel body = build_body(build_person(def.person), def);
    const figure::Figure drawn = figure::build_figure(body, 1.0);
    const auto& size = body.person.lengths;
    const auto ratio = [](const auto& lengths) {
        return Catch::Approx(lengths[0] / lengths[1]).epsilon(1e-5);
    };
    const auto hem = [&](figure::Bone bone, int side) {
        return drawn.bones[static_cast<size_t>(figure::on_side(bone, side))].garment.place.y();
    };
    CHECK(hem(figure::thigh, side_left) / hem(figure::thigh, side_right) == ratio(size.side_thigh_m));
    CHECK(hem(figure::shank, side_left) / hem(figure::shank, side_right) == ratio(size.side_shank_m));
    // Left and right follow each other in the list.
    size_t legs = 0;
    for (size_t i = 0; i + 1 < drawn.muscles.size(); i += 2) {
        const figure::Muscle &left = drawn.muscles[i], &right = drawn.muscles[i + 1];
        REQUIRE(left.side == side_left);
        REQUIRE(right.side == side_right);
        const bool of_thigh = left.bone == figure::on_side(figure::thigh, side_left);
        if (!of_thigh && left.bone != figure::on_side(figure::shank, side_left)) continue;
        ++legs;
        CHECK(left.half_m.y() / right.half_m.y() == ratio(of_thigh ? size.side_thigh_m : size.side_shank_m));
        CHECK(left.half_m.x() == Catch::Approx(right.half_m.x()));
    }
    CHECK(legs > 0);
}

TEST_CASE("Standing, each muscle lies where anybody would point", "[render]") {
    const Recording& run = *able();
    const BodyModel& body = run.plan.model.body;
    const Skin skin(body);
    const Pose& pose = run.frames.front().pose;
    const Kinematics k = forward_kinematics(body, pose);
    const Mesh mesh = skin.muscles(pose, k_skin_m, named_colours()).mesh;
    const Mesh plain = skin.mesh(pose, k_skin_m);
    CHECK(mesh.corners == plain.corners);
    for (int side = 0; side < k_side_count; ++side) {
        const double outward = side == side_left ? 1.0 : -1.0;
        const Vector3 hip = k.position[static_cast<size_t>(thigh_link(side))],
                      knee = k.position[static_cast<size_t>(shank_link(side))],
                      ankle = k.position[static_cast<size_t>(foot_link(side))],
                      lumbar = k.position[k_thorax_link];
        const auto where = [&](Tissue tissue) {
            const std::vector<Vector3> places = painted(mesh, tissue, side);
            REQUIRE(places.size() > 40);
            Extent extent;
            for (const Vector3& p : places) {
                REQUIRE(outward * p.y() > -0.01);
                extent.low = extent.low.cwiseMin(p);
                extent.high = extent.high.cwiseMax(p);
            }
            return extent;
        };
        const Extent calf = where(tissue_calves), quad = where(tissue_quads), glute = where(tissue_glutes),
                     back = where(tissue_lower_back);
        CHECK(calf.high.z() < knee.z());
        CHECK(calf.low.z() > ankle.z() + 0.02);
        CHECK(calf.low.x() < knee.x() - 0.04);
        CHECK(calf.high.x() < knee.x() + 0.03);
        CHECK(quad.high.z() < hip.z());
        CHECK(quad.low.z() > knee.z());
        CHECK(quad.high.x() > hip.x() + 0.06);
        CHECK(quad.low.x() > hip.x() - 0.05);
        CHECK(glute.low.z() < hip.z() - 0.06);
        CHECK(glute.high.z() > hip.z() + 0.03);
        CHECK(glute.low.x() < hip.x() - 0.08);
        CHECK(glute.high.x() < hip.x() + 0.05);
        CHECK(back.low.z() > glute.high.z() - 0.06);
        CHECK(back.high.z() > lumbar.z() + 0.05);
        CHECK(back.high.z() < lumbar.z() + 0.20);
        CHECK(back.high.x() < lumbar.x());
    }
    // All else is grey.
    for (const Vertex& v : mesh.vertices)
        if (place_of(v).z() > k.position[k_thorax_link].z() + 0.25)
            REQUIRE((v.colour[0] == v.colour[1] && v.colour[1] == v.colour[2]));
}

TEST_CASE("Folded, no muscle's colour rubs off on what it is pressed against", "[render]") {
    const Recording& run = *able();
    const BodyModel& body = run.plan.model.body;
    const Pose& pose = run.frames[deepest_frame(run)].pose;
    const Skin::Muscles all = Skin(body).muscles(pose, k_skin_m, named_colours());
    const Kinematics k = forward_kinematics(body, pose);
    std::set<std::pair<int, int>> seen;
    for (const MuscleSpot& spot : all.spots) {
        seen.insert({spot.tissue, spot.side});
        const auto local = [&](int link, const Vector3& v) -> Vector3 {
            return k.rotation[static_cast<size_t>(link)].transpose() * v;
        };
        // The calf's skin faces back from the shank, that of the thigh against it the other way.
        if (spot.tissue == tissue_calves) CHECK(local(shank_link(spot.side), spot.normal).x() < 0.7);
        if (spot.tissue == tissue_quads) CHECK(local(thigh_link(spot.side), spot.normal).x() > -0.5);
        if (spot.tissue == tissue_lower_back) CHECK(local(k_thorax_link, spot.normal).x() < 0.3);
    }
    CHECK(seen.size() == k_tissue_count * k_side_count);
    CHECK(all.spots.size() < 8 * 60);
}

TEST_CASE("The muscle view is in the scene, and only where skin is seen", "[scene]") {
    const SceneBuilder builder(able());
    const size_t deep = deepest_frame(*able());
    SceneOptions options;
    options.cell_m = k_skin_coarse_m;
    CHECK_FALSE(builder.at(deep, options).muscles);
    options.muscles = true;
    Scene scene = builder.at(deep, options);
    REQUIRE(scene.muscles);
    CHECK(scene.muscles->rows.size() == k_tissue_count);
    CHECK(scene.muscles->rows[tissue_calves].stretch
          == Catch::Approx(able()->frames[deep].tissue.stretch[tissue_calves]));
    // Letters lie on the near side of the body, whichever that is.
    const Box box{0.0, 0.0, 800.0, 600.0};
    for (const View view : {View::side, View::front, View::orbit}) {
        const Camera camera = view_camera(view, 1.75, box.width / box.height);
        const auto tags = muscle_tags(*scene.muscles, camera);
        CHECK(tags.size() >= 2);
        for (const MuscleTag& tag : tags) {
            const auto spot = std::ranges::find(scene.muscles->spots, tag.place_m, &MuscleSpot::place_m);
            REQUIRE(spot != scene.muscles->spots.end());
            CHECK(spot->normal.dot(camera.eye_m() - tag.place_m) > 0.0);
            CHECK(spot->tissue == scene.muscles->rows[tag.row].tissue);
        }
    }
    NotingPainter painter;
    paint_overlay(painter, scene, view_camera(View::side, 1.75, box.width / box.height), box, 1.0);
    CHECK(std::ranges::any_of(painter.texts, [](const auto& t) { return t.text == "Calves"; }));
    CHECK(std::ranges::any_of(painter.texts, [](const auto& t) { return t.text.ends_with(" N m"); }));
    show_feet(scene);
    CHECK_FALSE(scene.muscles);
    options.skin = false;
    CHECK_FALSE(builder.at(deep, options).muscles);
}
