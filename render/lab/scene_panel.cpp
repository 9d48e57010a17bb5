// The picture: views, ghost or a second figure beside, orbiting, pulling at the body.
#include <algorithm>
#include <cmath>

#include <Eigen/Geometry>

#include "render/lab/imgui_painter.h"
#include "render/lab/lab_parts.h"
#include "render/lab/panels.h"
#include "render/lab/ui.h"

namespace plumb {
namespace {

constexpr double k_grab_px = 60.0;

/// What stands in one picture.
struct Shot {
    const SceneBuilder* builder = nullptr;
    const Recording* recording = nullptr;
    size_t frame = 0;
    std::string title;
};

Camera camera_of(const LabViews& views, View view, const Shot& shot, const Box& place) {
    const double stature = shot.recording->scenario.person.stature_m;
    Camera camera = view_camera(view, stature, place.width / std::max(place.height, 1.0));
    if (view == View::orbit) {
        camera.yaw_deg = views.orbit.yaw_deg;
        camera.pitch_deg = views.orbit.pitch_deg;
        camera.distance_m *= views.orbit.distance_m / Camera{}.distance_m;
    }
    if (views.follow && view != View::top) {
        const Frame& f = shot.recording->frames[shot.frame];
        camera.target_m.head<2>() = f.com_m.head<2>();
        camera.target_m.z() = 0.85 * f.com_m.z() + 0.1;
        camera.distance_m *= 0.75;
    }
    return camera;
}

/// A link's point nearest to a place in the picture, if it is near.
std::optional<LivePush::Grip> grip_at(const Shot& shot, const Camera& camera, const Box& place, Point at) {
    const BodyModel& body = shot.recording->plan.model.body;
    const Kinematics k = forward_kinematics(body, shot.recording->frames[shot.frame].pose);
    std::optional<LivePush::Grip> best;
    double best_px = k_grab_px;
    for (int link = 0; link < k_link_count; ++link) {
        const Segment& segment = body.links[static_cast<size_t>(link)].segment;
        if (segment.mass_kg < 0.5) continue;
        const auto p = camera.project(k.point(link, segment.com_m), place);
        if (!p) continue;
        const double away = std::hypot(p->x - at.x, p->y - at.y);
        if (away < best_px) {
            best_px = away;
            best = LivePush::Grip{link, segment.com_m, k.point(link, segment.com_m)};
        }
    }
    return best;
}

}  // namespace

SceneOptions Panels::scene_options(const Lab& lab) {
    const LabViews& v = lab.views_;
    SceneOptions o;
    o.skin = v.skin;
    o.cell_m = lab.renderer_->tier() == Tier::low ? k_skin_coarse_m : k_skin_m;
    o.weight = v.weight;
    o.bases = v.bases;
    o.com = v.com;
    o.xcom = v.xcom;
    o.cop = v.cop;
    o.trails = v.trails;
    o.forces = v.forces;
    o.callouts = v.words;
    o.dark = lab.settings_.dark;
    return o;
}

void Panels::scene(Lab& lab, const Box& place) {
    const Theme& t = theme(lab);
    ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, {0.0f, 0.0f});
    begin("Scene", place, t.sky_bottom, false);
    ImGui::PopStyleVar();
    ui::panel("Scene");
    LabViews& v = lab.views_;
    Session& session = lab.session_;
    Lab::Push& push = *lab.push_;

    // What is shown: a push under way, the plan of what is on the sliders, or the run at the playhead.
    Shot shot;
    if (push.live && push.live->recording()) {
        shot = {&push.live->builder(), push.live->recording(), push.live->recording()->frames.size() - 1, ""};
    } else if (const Preview* preview = session.preview()) {
        shot = {preview->builder.get(), preview->planned.get(), 0, "Planned posture; the run follows"};
    } else if (const LabRun* run = session.current()) {
        shot = {run->result.builder.get(), run->result.recording.get(), session.frame(), shown_name(*run)};
    }
    const LabRun* other = session.compared();
    const double bar = 2.6 * ImGui::GetFontSize();  // of the buttons along the top
    const Box whole{place.left, place.top + bar, place.width, std::max(20.0, place.height - bar)};

    const auto draw = [&](Renderer& renderer, const Shot& what, View view, const Box& box,
                          const LabRun* ghost) {
        if (!lab.draws_) return camera_of(v, view, what, box);
        Scene scene = what.builder->at(*what.recording, what.frame, scene_options(lab));
        if (ghost) {
            const Recording& r = *ghost->result.recording;
            const Frame& g = r.frames[frame_at(r, session.playhead.time_s)];
            scene.ghosts.push_back(ghost->result.builder->person(g.pose, scene_options(lab)));
        }
        if (view == View::top) show_feet(scene);
        const Camera camera = camera_of(v, view, what, box);
        renderer.draw(scene, camera, static_cast<int>(box.width), static_cast<int>(box.height));
        ImDrawList& list = *ImGui::GetWindowDrawList();
        list.AddImage(
            reinterpret_cast<ImTextureID>(static_cast<std::uintptr_t>(renderer.texture())),  // NOLINT
            {static_cast<float>(box.left), static_cast<float>(box.top)},
            {static_cast<float>(box.left + box.width), static_cast<float>(box.top + box.height)},
            {0.0f, 1.0f}, {1.0f, 0.0f});
        ImGuiPainter painter(list, lab.fonts_);
        const double scale = ImGui::GetFontSize() / k_text_px;
        paint_overlay(painter, scene, camera, box, scale);
        if (!what.title.empty())
            painter.text({box.left + 14.0 * scale, box.top + box.height - 12.0 * scale}, what.title,
                         t.quiet_text, {14.0 * scale, true, Align::start, Align::end});
        return camera;
    };

    Camera main_camera;
    View main_view = v.view == LabView::side || v.view == LabView::split ? View::side
                     : v.view == LabView::front                          ? View::front
                     : v.view == LabView::top                            ? View::top
                                                                         : View::orbit;
    Box main_box = whole;
    if (shot.builder) {
        const bool beside = other && v.compare == CompareLook::beside && !session.preview();
        if (v.view == LabView::split || beside) {
            Box second = whole;
            main_box.width = second.width = std::floor(0.5 * whole.width) - 1.0;
            // Of two runs the first, compared with, stands on the left, as in the words.
            (beside ? main_box : second).left += main_box.width + 2.0;
            if (!lab.second_renderer_) lab.second_renderer_ = std::make_unique<Renderer>();
            if (beside) {
                const Recording& r = *other->result.recording;
                draw(*lab.second_renderer_,
                     {other->result.builder.get(), &r, frame_at(r, session.playhead.time_s),
                      shown_name(*other)},
                     main_view, second, nullptr);
            } else {
                draw(*lab.second_renderer_, shot, View::top, second, nullptr);
            }
        }
        const bool ghost = other && v.compare == CompareLook::ghost && !session.preview();
        main_camera = draw(*lab.renderer_, shot, main_view, main_box, ghost ? other : nullptr);
    }

    // The mouse on the picture: orbit, zoom, pull.
    ImGui::SetCursorScreenPos(
        {static_cast<float>(place.left), static_cast<float>(place.top + bar + 0.4 * ImGui::GetFontSize())});
    ImGui::InvisibleButton(
        "##picture", {static_cast<float>(place.width),
                      static_cast<float>(std::max(20.0, place.height - bar - 0.4 * ImGui::GetFontSize()))});
    ui::note("Picture", shot.title);
    const ImGuiIO& io = ImGui::GetIO();
    const Point mouse{io.MousePos.x, io.MousePos.y};
    if (ImGui::IsItemActivated() && push.on && shot.recording && session.current()) {
        if (const auto grip = grip_at(shot, main_camera, main_box, mouse)) {
            push.grip = *grip;
            push.plane_m = grip->to_m;
            if (!push.live)
                push.live = std::make_unique<LivePush>(session.current()->result.builder,
                                                       session.playhead.time_s, session.waker());
        }
    }
    if (push.live) {
        if (ImGui::IsItemActive()) {
            const Vector3 ray = main_camera.ray(mouse, main_box), eye = main_camera.eye_m();
            const Vector3 facing = (eye - main_camera.target_m).normalized();
            // A window that lost the mouse says it is nowhere: the hand stays where it was.
            if (ImGui::IsMousePosValid() && std::abs(facing.dot(ray)) > 1e-3)
                push.grip.to_m = eye + facing.dot(push.plane_m - eye) / facing.dot(ray) * ray;
            push.live->hold(push.grip);
        } else {
            push.live->hold(std::nullopt);
        }
    } else if (ImGui::IsItemActive() && main_view == View::orbit) {
        v.orbit.yaw_deg -= 0.4 * io.MouseDelta.x;
        v.orbit.pitch_deg = std::clamp(v.orbit.pitch_deg + 0.3 * io.MouseDelta.y, -5.0, 89.0);
    }
    if (ImGui::IsItemHovered() && io.MouseWheel != 0.0f)
        v.orbit.distance_m = std::clamp(v.orbit.distance_m * std::pow(0.9, io.MouseWheel), 2.0, 12.0);

    // What is shown and how, along the top.
    ImGui::GetWindowDrawList()->AddRectFilled(
        {static_cast<float>(place.left), static_cast<float>(place.top)},
        {static_cast<float>(place.left + place.width), static_cast<float>(place.top + bar)},
        im_colour(t.page));
    ImGui::SetCursorScreenPos({static_cast<float>(place.left + 12.0), static_cast<float>(place.top + 6.0)});
    const std::pair<const char*, LabView> k_views[] = {{"Orbit", LabView::orbit},
                                                       {"Side", LabView::side},
                                                       {"Front", LabView::front},
                                                       {"Top", LabView::top},
                                                       {"Side + top", LabView::split}};
    if (place.width < 35.0 * ImGui::GetFontSize()) {  // no room for a row of choices
        std::vector<std::string> names;
        int chosen = 0;
        for (const auto& [label, which] : k_views) {
            if (v.view == which) chosen = static_cast<int>(names.size());
            names.emplace_back(label);
        }
        if (ui::combo("View", &chosen, names, 7.5f * ImGui::GetFontSize()))
            v.view = k_views[static_cast<size_t>(chosen)].second;
        ImGui::SameLine();
    } else {
        for (const auto& [label, which] : k_views) {
            if (ui::choice(label, v.view == which)) v.view = which;
            ImGui::SameLine();
        }
    }
    if (ui::button("Show...")) ImGui::OpenPopup("show");
    ImGui::SameLine();
    ui::toggle("Push", &push.on);
    ui::help("Drag the body with the mouse: the run goes on from here, pushed");
    if (ImGui::BeginPopup("show")) {
        ui::panel("Show");
        ui::toggle("Follow", &v.follow);
        ui::help("The camera goes along with the centre of mass");
        bool shapes = !v.skin;
        if (ui::toggle("Collision shapes", &shapes)) v.skin = !shapes;
        ui::toggle("Base of support", &v.bases);
        ui::toggle("Centre of mass", &v.com);
        ui::toggle("Extrapolated centre of mass (ignores angular momentum)", &v.xcom);
        ui::toggle("Centre of pressure", &v.cop);
        ui::toggle("Trails", &v.trails);
        ui::toggle("Forces", &v.forces);
        ui::toggle("Words", &v.words);
        ImGui::Separator();
        ui::quiet("A weight held is drawn as");
        for (const auto& [label, look] : {std::pair{"Kettlebell", WeightLook::kettlebell},
                                          {"Plate", WeightLook::plate},
                                          {"Dumbbells", WeightLook::dumbbell}})
            if (ui::choice(label, v.weight == look)) v.weight = look;
        ImGui::EndPopup();
        ui::panel("Scene");
    }
    if (session.simulating() && session.preview()) {
        ImGui::SetCursorScreenPos(
            {static_cast<float>(place.left + 12.0),
             static_cast<float>(place.top + place.height - 3.4 * ImGui::GetFontSize())});
        ImGui::ProgressBar(static_cast<float>(session.progress()), {14.0f * ImGui::GetFontSize(), 0.0f},
                           "Simulating");
        ui::note("Progress", "");
    }
    ImGui::End();
}

}  // namespace plumb
