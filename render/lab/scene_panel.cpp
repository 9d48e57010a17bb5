// The picture: views, ghost or a second figure beside, orbiting, pulling at the body.
#include <algorithm>
#include <cmath>

#include <Eigen/Geometry>

#include "render/lab/imgui_keys.h"
#include "render/lab/imgui_painter.h"
#include "render/lab/lab_parts.h"
#include "render/lab/panels.h"
#include "render/lab/ui.h"

namespace plumb {
namespace {

constexpr double k_grab_px = 60.0;

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
    SceneOptions o = lab.views_.look.options;
    o.cell_m = lab.drawer_->renderer().tier() == Tier::low ? k_skin_coarse_m : k_skin_m;
    o.dark = lab.settings_.dark;
    return o;
}

Shot Panels::shot_of(const RunResult& run, double time_s, const std::string& title) {
    return {run.builder, run.recording.get(), frame_at(*run.recording, time_s), title};
}

void Panels::draw_pieces(Lab& lab, const std::vector<ScenePiece>& pieces) {
    if (pieces.size() > 1 && !lab.second_drawer_) lab.second_drawer_ = std::make_unique<PieceDrawer>();
    for (size_t i = 0; i < pieces.size() && lab.draws_; ++i) {
        const ScenePiece& piece = pieces[i];
        PieceDrawer& drawer = i == 0 ? *lab.drawer_ : *lab.second_drawer_;
        const Scene& scene = drawer.draw(piece, scene_options(lab), static_cast<int>(piece.box.width),
                                         static_cast<int>(piece.box.height));
        show_texture(lab, drawer.renderer(), scene, piece.camera, piece.box);
        ImGuiPainter painter(*ImGui::GetWindowDrawList(), lab.fonts_);
        paint_title(painter, piece, theme(lab), ImGui::GetFontSize() / k_text_px);
    }
}

void Panels::show_texture(Lab& lab, Renderer& renderer, const Scene& scene, const Camera& camera,
                          const Box& box) {
    ImDrawList& list = *ImGui::GetWindowDrawList();
    list.AddImage(reinterpret_cast<ImTextureID>(  // NOLINT
                      static_cast<std::uintptr_t>(renderer.texture())),
                  {static_cast<float>(box.left), static_cast<float>(box.top)},
                  {static_cast<float>(box.left + box.width), static_cast<float>(box.top + box.height)},
                  {0.0f, 1.0f}, {1.0f, 0.0f});
    ImGuiPainter painter(list, lab.fonts_);
    paint_overlay(painter, scene, camera, box, ImGui::GetFontSize() / k_text_px);
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
    const double time_s = session.playhead.time_s;
    Shot shot;
    if (push.live && push.live->recording()) {
        shot = {push.live->builder(), push.live->recording(), push.live->recording()->frames.size() - 1, ""};
    } else if (const Preview* preview = session.preview()) {
        shot = {preview->builder, preview->planned.get(), 0, "Planned posture; the run follows"};
    } else if (const LabRun* run = session.current()) {
        shot = shot_of(run->result, time_s, shown_name(*run));
    }
    std::optional<Shot> other;
    if (const LabRun* run = session.compared(); run && !session.preview())
        other = shot_of(run->result, time_s, shown_name(*run));
    const double bar = 2.6 * ImGui::GetFontSize();  // of the buttons along the top
    const Box whole{place.left, place.top + bar, place.width, std::max(20.0, place.height - bar)};

    std::vector<ScenePiece> pieces;
    if (shot.builder) pieces = scene_pieces(v.look, shot, other, whole);
    draw_pieces(lab, pieces);
    const View main_view = pieces.empty() ? View::orbit : pieces.front().view;
    const Camera main_camera = pieces.empty() ? v.look.orbit : pieces.front().camera;
    const Box main_box = pieces.empty() ? whole : pieces.front().box;

    // The mouse on the picture: orbit, zoom, pull.
    ImGui::SetCursorScreenPos(
        {static_cast<float>(place.left), static_cast<float>(place.top + bar + 0.4 * ImGui::GetFontSize())});
    ImGui::InvisibleButton(
        "##picture", {static_cast<float>(place.width),
                      static_cast<float>(std::max(20.0, place.height - bar - 0.4 * ImGui::GetFontSize()))});
    ui::note("Picture", shot.title);
    if (v.look.options.muscles && shot.recording) {
        const BodyModel& body = shot.recording->plan.model.body;
        const auto loads = muscle_loads(body.person, shot.recording->frames[shot.frame].pose);
        ui::note("Muscles", legend_words(muscle_legend(loads, {}, body.mirrored)));
    }
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
        v.look.orbit.yaw_deg -= 0.4 * io.MouseDelta.x;
        v.look.orbit.pitch_deg = std::clamp(v.look.orbit.pitch_deg + 0.3 * io.MouseDelta.y, -5.0, 89.0);
    }
    if (ImGui::IsItemHovered() && io.MouseWheel != 0.0f)
        v.look.orbit.distance_m =
            std::clamp(v.look.orbit.distance_m * std::pow(0.9, io.MouseWheel), 2.0, 12.0);

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
            if (v.look.view == which) chosen = static_cast<int>(names.size());
            names.emplace_back(label);
        }
        if (ui::combo("View", &chosen, names, 7.5f * ImGui::GetFontSize()))
            v.look.view = k_views[static_cast<size_t>(chosen)].second;
        ImGui::SameLine();
    } else {
        for (const auto& [label, which] : k_views) {
            if (ui::choice(label, v.look.view == which)) v.look.view = which;
            ImGui::SameLine();
        }
    }
    if (ui::button("Show...")) ImGui::OpenPopup("show");
    ImGui::SameLine();
    ui::toggle("Push", &push.on);
    ui::help("Drag the body with the mouse: the run goes on from here, pushed");
    if (ImGui::BeginPopup("show")) {
        ui::panel("Show");
        if (key_pressed(ImGuiKey_Escape)) ImGui::CloseCurrentPopup();
        ui::toggle("Follow", &v.look.follow);
        ui::help("The camera goes along with the centre of mass");
        bool shapes = !v.look.options.skin;
        if (ui::toggle("Collision shapes", &shapes)) {
            v.look.options.skin = !shapes;
            v.look.options.muscles = false;
        }
        if (ui::toggle("Muscles by stretch", &v.look.options.muscles)) v.look.options.skin = true;
        ui::help("Calves, quads, glutes and lower back, the darker the farther they are stretched");
        ui::toggle("Base of support", &v.look.options.bases);
        ui::toggle("Centre of mass", &v.look.options.com);
        ui::toggle("Extrapolated centre of mass (ignores angular momentum)", &v.look.options.xcom);
        ui::toggle("Centre of pressure", &v.look.options.cop);
        ui::toggle("Trails", &v.look.options.trails);
        ui::toggle("Forces", &v.look.options.forces);
        ui::toggle("Labels", &v.look.options.callouts);
        ImGui::Separator();
        ui::quiet("A weight held is drawn as");
        for (const auto& [label, look] : {std::pair{"Kettlebell", WeightLook::kettlebell},
                                          {"Plate", WeightLook::plate},
                                          {"Dumbbells", WeightLook::dumbbell}})
            if (ui::choice(label, v.look.options.weight == look)) v.look.options.weight = look;
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
