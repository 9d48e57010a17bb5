// From a frame to the list of things to draw.
#include "render/scene/scene.h"

#include <algorithm>
#include <cmath>

#include "render/scene/floor_lines.h"
#include "sim/balance/explain.h"

namespace plumb {
namespace {

/// One body weight of force is an arrow of this length.
constexpr double k_force_m_per_weight = 0.45;
constexpr double k_least_force_share = 0.02;  ///< of body weight: smaller forces draw no arrow
constexpr size_t k_trail_points = 240;

std::string millimetres(double metres) { return fixed_text(std::abs(metres) * 1000.0, 0) + " mm"; }

/// "behind the heels", "left of the feet".
const char* beyond(Edge edge) {
    switch (edge) {
    case Edge::heel: return "behind the heels";
    case Edge::toe: return "in front of the toes";
    case Edge::left: return "left of the feet";
    case Edge::right: return "right of the feet";
    case Edge::none: break;
    }
    return "off the feet";
}

/// The nearest place of a polygon's rim.
Eigen::Vector2d nearest_on_rim(const Polygon& polygon, const Eigen::Vector2d& p) {
    Eigen::Vector2d best = polygon.front();
    for (size_t i = 0; i < polygon.size(); ++i) {
        const Eigen::Vector2d q = nearest_on_segment(p, polygon[i], polygon[(i + 1) % polygon.size()]);
        if ((q - p).squaredNorm() < (best - p).squaredNorm()) best = q;
    }
    return best;
}

struct Moment {
    const Recording& recording;
    const Frame& frame;
    size_t index;
    Kinematics k;
    SupportBase base;
    const SceneOptions& options;
    const Theme& theme;
};

void add_patches(Scene& scene, const Moment& m) {
    const BodyModel& body = m.recording.plan.model.body;
    const bool out = m.frame.com_margin.margin_m < 0.0;
    const Theme& t = m.theme;
    const Rgba hue = out ? t.bad : t.good;
    if (m.base.sole.size() >= 3)
        scene.patches.push_back({m.base.sole, faded(out ? t.bad : t.base, out ? 0.16f : t.base.a), hue, 2.0f,
                                 out ? LineStyle::dashed : LineStyle::solid});
    if (m.base.functional.size() >= 3)
        scene.patches.push_back({m.base.functional,
                                 faded(t.functional_base, out ? 0.0f : t.functional_base.a), faded(hue, 0.7f),
                                 1.2f, LineStyle::dashed});
    if (m.frame.support_region.size() >= 3)
        scene.patches.push_back(
            {m.frame.support_region, t.support_region, faded(t.xcom, 0.9f), 1.5f, LineStyle::dotted});
    for (int side = 0; side < k_side_count; ++side) {
        FloorPatch foot{{}, {0, 0, 0, 0}, faded(t.text, 0.55f), 1.0f, LineStyle::solid};
        for (int i = 0; i < k_sole_point_count; ++i)
            foot.corners_m.push_back(sole_point(body, m.k, side, i).head<2>());
        scene.patches.push_back(std::move(foot));
    }
}

void add_trails(Scene& scene, const Moment& m) {
    const auto& frames = m.recording.frames;
    const size_t every = 1 + m.index / k_trail_points;
    SceneLine com{{}, faded(m.theme.com, 0.75f), 2.0f, LineStyle::solid, false};
    SceneLine xcom{{}, faded(m.theme.xcom, 0.65f), 1.5f, LineStyle::dashed, false};
    SceneLine cop{{}, faded(m.theme.cop, 0.65f), 1.5f, LineStyle::dotted, false};
    for (size_t i = 0; i <= m.index; i += every) {
        com.points_m.push_back(on_floor(frames[i].com_m.head<2>()));
        xcom.points_m.push_back(on_floor(frames[i].xcom_m));
        if (frames[i].cop_m) cop.points_m.push_back(on_floor(*frames[i].cop_m));
    }
    if (m.options.com) scene.lines.push_back(std::move(com));
    if (m.options.xcom) scene.lines.push_back(std::move(xcom));
    if (m.options.cop) scene.lines.push_back(std::move(cop));
}

void add_forces(Scene& scene, const Moment& m) {
    const BodyModel& body = m.recording.plan.model.body;
    const auto arrow = [&](const Vector3& from, const Vector3& force_N) {
        if (force_N.norm() < k_least_force_share * body.weight_N()) return;
        const Vector3 to = from + force_N * (k_force_m_per_weight / body.weight_N());
        scene.lines.push_back({{from, to}, m.theme.force, 4.0f, LineStyle::solid, true});
    };
    for (int side = 0; side < k_side_count; ++side) {
        // Each foot's force stands where the pressure of both lies along it, in the foot's own middle line.
        Vector3 middle = Vector3::Zero();
        for (int i = 0; i < k_sole_point_count; ++i)
            middle += sole_point(body, m.k, side, i) / k_sole_point_count;
        if (m.frame.cop_m) middle.x() = m.frame.cop_m->x();
        middle.z() = 0.0;
        arrow(middle, m.frame.foot_force_N[static_cast<size_t>(side)]);
    }
    // Somebody's push ends where it acts.
    if (const Vector3& push = m.frame.push_N; push.norm() > 1.0)
        scene.lines.push_back(
            {{m.frame.push_place_m - push * (k_force_m_per_weight / body.weight_N()), m.frame.push_place_m},
             m.theme.warn,
             5.0f,
             LineStyle::solid,
             true});
    if (on_wall(m.frame) && m.recording.scenario.wall.distance_m) {
        const Vector3 at(-*m.recording.scenario.wall.distance_m, 0.0, m.frame.hip_height_m);
        arrow(at, m.frame.wall_force_N);
    }
}

void add_points(Scene& scene, const Moment& m) {
    const Frame& f = m.frame;
    const bool out = f.com_margin.margin_m < 0.0;
    const Eigen::Vector2d com = f.com_m.head<2>();
    if (m.options.com) scene.marks.push_back({MarkKind::com_ball, f.com_m, 11.0f, m.theme.com});
    if (m.options.com && m.options.plumb) {
        scene.lines.push_back({{f.com_m, on_floor(com)}, m.theme.com, out ? 4.0f : 2.5f, LineStyle::dashed});
        scene.marks.push_back(
            {out ? MarkKind::cross : MarkKind::ring, on_floor(com), out ? 12.0f : 8.0f, m.theme.com});
        // How far out, as an arrow from the rim: shape and words, not colour alone.
        if (out && m.base.sole.size() >= 2)
            scene.lines.push_back({{on_floor(nearest_on_rim(m.base.sole, com)), on_floor(com)},
                                   m.theme.bad,
                                   3.5f,
                                   LineStyle::solid,
                                   true});
    }
    if (m.options.xcom) scene.marks.push_back({MarkKind::diamond, on_floor(f.xcom_m), 6.0f, m.theme.xcom});
    if (m.options.cop && f.cop_m)
        scene.marks.push_back({MarkKind::dot, on_floor(*f.cop_m), 5.0f, m.theme.cop});
}

void add_callouts(Scene& scene, const Moment& m) {
    const Frame& f = m.frame;
    const Vector3 below = on_floor(f.com_m.head<2>());
    if (!m.options.com) return;
    scene.callouts.push_back({f.com_m, "Centre of mass", m.theme.text, 90.0, 50.0});
    if (f.phase == Phase::fallen) {
        scene.callouts.push_back({below, "FALLEN", m.theme.bad, 90.0, -34.0});
    } else if (f.com_margin.margin_m < 0.0 && f.support_margin.margin_m >= 0.0) {
        // Out over the feet's edge, but feet and wall together can hold it there.
        scene.callouts.push_back(
            {below, "ON THE WALL: " + millimetres(f.com_margin.margin_m) + " " + beyond(f.com_margin.edge),
             m.theme.warn, 90.0, -34.0});
    } else if (f.com_margin.margin_m < 0.0) {
        const std::string how_far =
            std::isfinite(f.com_margin.margin_m) ? millimetres(f.com_margin.margin_m) + " " : "";
        scene.callouts.push_back(
            {below, "OUT OF BALANCE: " + how_far + beyond(f.com_margin.edge), m.theme.bad, 90.0, -34.0});
    } else {
        scene.callouts.push_back({below, "Over the feet, " + millimetres(f.com_margin.margin_m) + " inside",
                                  m.theme.good, 90.0, -34.0});
    }
    if (on_wall(f) && m.recording.scenario.wall.distance_m) {
        scene.callouts.push_back({{-*m.recording.scenario.wall.distance_m, 0.0, f.hip_height_m},
                                  "Wall carries " + fixed_text(f.wall_force_N.x(), 0) + " N",
                                  m.theme.text,
                                  -130.0,
                                  60.0});
    }
}

}  // namespace

SceneBuilder::SceneBuilder(std::shared_ptr<const Recording> recording)
    : recording_(std::move(recording)), skin_(recording_->plan.model.body) {}

Mesh SceneBuilder::person(const Pose& pose, const SceneOptions& options) const {
    const BodyModel& body = recording_->plan.model.body;
    return options.skin ? skin_.mesh(pose, options.cell_m) : collision_mesh(body, pose);
}

Scene SceneBuilder::at(size_t index, const SceneOptions& options) const {
    return at(*recording_, index, options);
}

Scene SceneBuilder::at(const Recording& recording, size_t index, const SceneOptions& options) const {
    const BodyModel& body = recording.plan.model.body;
    index = std::min(index, recording.frames.size() - 1);
    const Frame& frame = recording.frames[index];
    const Kinematics k = forward_kinematics(body, frame.pose);
    const Moment m{recording,
                   frame,
                   index,
                   k,
                   support_base(body, k),
                   options,
                   options.dark ? dark_theme() : light_theme()};
    Scene scene;
    scene.theme = m.theme;
    if (options.muscles && options.skin) {
        const PerMuscle<MuscleLoad> loads = muscle_loads(body.person, frame.pose);
        PerMuscle<Rgba> colours;
        for (size_t tissue = 0; tissue < colours.size(); ++tissue)
            for (size_t side = 0; side < k_side_count; ++side)
                colours[tissue][side] = stretch_colour(loads[tissue][side].stretch);
        Skin::Muscles painted = skin_.muscles(frame.pose, options.cell_m, colours);
        scene.solids.push_back(std::move(painted.mesh));
        scene.muscles = muscle_legend(loads, std::move(painted.spots), body.mirrored);
    } else {
        scene.solids.push_back(person(frame.pose, options));
    }
    const auto add_solid = [&](Mesh mesh) {
        if (!mesh.corners.empty()) scene.solids.push_back(std::move(mesh));
    };
    add_solid(weight_mesh(body, frame.pose, options.weight));
    add_solid(wedge_mesh(body, frame.pose, recording.scenario.heel_wedge.height_m));
    if (recording.scenario.wall.distance_m) add_solid(wall_mesh(*recording.scenario.wall.distance_m));
    if (options.bases) add_patches(scene, m);
    if (options.trails) add_trails(scene, m);
    if (options.forces) add_forces(scene, m);
    add_points(scene, m);
    if (options.callouts) add_callouts(scene, m);
    return scene;
}

void show_feet(Scene& scene) {
    if (scene.solids.empty()) return;
    scene.ghosts.push_back(std::move(scene.solids.front()));
    scene.solids.erase(scene.solids.begin());
    scene.muscles.reset();  // nothing of them is seen
}

size_t frame_at(const Recording& recording, double time_s) {
    const auto& frames = recording.frames;
    // Half a microsecond of mercy for times that were sums.
    const auto after = std::upper_bound(frames.begin(), frames.end(), time_s + 5e-7,
                                        [](double t, const Frame& f) { return t < f.time_s; });
    return after == frames.begin() ? 0 : static_cast<size_t>(after - frames.begin()) - 1;
}

}  // namespace plumb
