// One frame: the sun's shadow map, solids, floor, sky, outlines on the floor, walls looked through, ghosts.
#include "render/gl/renderer.h"

#include <algorithm>
#include <array>
#include <cmath>

#include <Eigen/Geometry>

#include "render/gl/contact.h"
#include "render/gl/floor.h"
#include "render/gl/gpu_mesh.h"
#include "render/gl/light.h"
#include "render/gl/patches.h"
#include "render/gl/programs.h"
#include "render/gl/target.h"

namespace plumb {
namespace {

constexpr int k_full_shadow_texels = 2048, k_low_shadow_texels = 1024, k_full_samples = 4;
constexpr float k_ghost_opacity = 0.38f, k_ghost_tint = 0.60f;
constexpr float k_panel_contact_share = 0.4f;
constexpr float k_shadow_strength = 0.23f, k_contact_strength = 0.85f;
/// How far a shadow's rim is blurred.
constexpr float k_soft_floor_m = 0.012f, k_soft_solid_m = 0.006f;
constexpr int k_shadow_unit = 0, k_contact_unit = 1;

}  // namespace

struct Renderer::Impl {
    Tier tier = tier_of_context();
    std::unique_ptr<Programs> programs = std::make_unique<Programs>(tier);
    Target target;
    ShadowMap shadow_map;
    std::vector<GpuMesh> solids, ghosts;
    FloorSheet floor;
    GlVertexArray patch_array, empty_array;
    GlBuffer patch_buffer;
    GLint largest_px = 1;

    // Of the frame being drawn.
    Eigen::Matrix4f world_to_clip;
    Eigen::Vector3f eye_m, sun = sun_direction().cast<float>();
    SunBox box;

    Impl() {
        glGetIntegerv(GL_MAX_RENDERBUFFER_SIZE, &largest_px);
        glBindVertexArray(patch_array.name());
        glBindBuffer(GL_ARRAY_BUFFER, patch_buffer.name());
        const auto attribute = [](GLuint index, GLint parts, size_t offset) {
            glEnableVertexAttribArray(index);
            glVertexAttribPointer(index, parts, GL_FLOAT, GL_FALSE, sizeof(PatchVertex),
                                  reinterpret_cast<void*>(offset));
        };
        attribute(0, 3, offsetof(PatchVertex, place_m));
        attribute(1, 4, offsetof(PatchVertex, rgba));
        attribute(2, 2, offsetof(PatchVertex, across_px));
        glBindVertexArray(0);
        target.resize(1, 1, 0);
    }

    void draw_shadow_map(const Scene& scene, const std::vector<SolidPlace>& places) {
        const int texels = tier == Tier::full ? k_full_shadow_texels : k_low_shadow_texels;
        shadow_map.resize(texels);
        std::vector<const Mesh*> casters;
        for (size_t i = 0; i < places.size(); ++i)
            if (!places[i].panel) casters.push_back(&scene.solids[i]);
        box = sun_box(casters, texels);
        shadow_map.bind();
        glClear(GL_DEPTH_BUFFER_BIT);
        programs->shadow.use();
        programs->shadow.set("world_to_clip", box.world_to_clip);
        for (size_t i = 0; i < places.size(); ++i)
            if (!places[i].panel) solids[i].draw();
    }

    void set_sun(const Program& program, float soft_m) const {
        program.set("world_to_clip", world_to_clip);
        program.set("world_to_shadow", box.world_to_texture);
        program.set("shadow_lift_m", 1.5f * box.texel_m + (tier == Tier::full ? 0.6f * soft_m : 0.0f));
        program.set("shadow_texel", 1.0f / static_cast<float>(shadow_map.texels()));
        program.set("soft_texels", soft_m / box.texel_m);
        program.set("shadow_map", k_shadow_unit);
        program.set("sun", sun);
    }

    void use_solid(float opacity, Rgba tint) const {
        const Program& program = programs->solid;
        program.use();
        set_sun(program, k_soft_solid_m);
        program.set("eye_m", eye_m);
        program.set("opacity", opacity);
        program.set("tint", Eigen::Vector4f(tint.r, tint.g, tint.b, tint.a));
    }

    void draw_floor(const Scene& scene, const Camera& camera, const std::vector<SolidPlace>& places) {
        // From below one looks through the floor.
        if (eye_m.z() <= 0.0f) return;
        std::vector<float> contact_shares;
        Eigen::Vector3f open_side = SolidPlace{}.open_side;
        for (const SolidPlace& place : places) {
            contact_shares.push_back(place.panel ? k_panel_contact_share : 1.0f);
            if (place.panel) open_side = place.open_side;
        }
        floor.update(camera, contact_shade(scene.solids, contact_shares), box, k_contact_unit);
        const auto use = [&](const Program& program) {
            program.use();
            set_sun(program, k_soft_floor_m);
            floor.set(program);
            program.set("open_side", open_side);
            program.set("shade_strength", Eigen::Vector2f(k_shadow_strength, k_contact_strength));
            program.set_rgb("floor_colour", scene.theme.floor);
            program.set_rgb("line_colour", scene.theme.floor_line);
            program.set_rgb("far_colour", scene.theme.sky_bottom);
        };
        glDisable(GL_CULL_FACE);
        use(programs->shaded_floor);
        floor.draw_shaded();
        use(programs->far_floor);
        floor.draw_far();
        glEnable(GL_CULL_FACE);
    }

    void draw_sky(const Scene& scene, const Camera& camera) const {
        // A picture's corner -> way of sight: undo the projection's scale, then the camera's turn.
        const Eigen::Matrix4d p = camera.projection(target.width(), target.height());
        Eigen::Matrix4d to_eye = Eigen::Matrix4d::Zero();
        to_eye(0, 0) = 1.0 / p(0, 0);
        to_eye(1, 1) = 1.0 / p(1, 1);
        to_eye(2, 3) = -1.0;
        Eigen::Matrix4d turn = Eigen::Matrix4d::Identity();
        turn.topLeftCorner<3, 3>() = camera.view().topLeftCorner<3, 3>().transpose();
        const Eigen::Matrix4f clip_to_way = (turn * to_eye).cast<float>();
        programs->sky.use();
        programs->sky.set("clip_to_way", clip_to_way);
        programs->sky.set_rgb("top_colour", scene.theme.sky_top);
        programs->sky.set_rgb("bottom_colour", scene.theme.sky_bottom);
        glBindVertexArray(empty_array.name());
        glDrawArrays(GL_TRIANGLES, 0, 3);
    }

    void draw_patches(const Scene& scene, const Camera& camera) {
        const auto triangles = patch_triangles(scene.patches, camera, target.width(), target.height());
        if (triangles.empty()) return;
        glBindVertexArray(patch_array.name());
        glBindBuffer(GL_ARRAY_BUFFER, patch_buffer.name());
        glBufferData(GL_ARRAY_BUFFER, static_cast<GLsizeiptr>(triangles.size() * sizeof(PatchVertex)),
                     triangles.data(), GL_STREAM_DRAW);
        programs->patch.use();
        programs->patch.set("world_to_clip", world_to_clip);
        glDisable(GL_CULL_FACE);
        glDrawArrays(GL_TRIANGLES, 0, static_cast<GLsizei>(triangles.size()));
        glEnable(GL_CULL_FACE);
    }

    /// Depth first, then colour where it is the nearest: so no inner surface shows.
    void draw_ghosts(const Scene& scene) const {
        if (scene.ghosts.empty()) return;
        Rgba tint = scene.theme.accent;
        tint.a = k_ghost_tint;
        use_solid(k_ghost_opacity, tint);
        // A little behind: where both runs are in one pose, the solid one is seen.
        glEnable(GL_POLYGON_OFFSET_FILL);
        glPolygonOffset(1.0f, 4.0f);
        glColorMask(GL_FALSE, GL_FALSE, GL_FALSE, GL_FALSE);
        glDepthMask(GL_TRUE);
        for (size_t i = 0; i < scene.ghosts.size(); ++i) ghosts[i].draw();
        glColorMask(GL_TRUE, GL_TRUE, GL_TRUE, GL_TRUE);
        glDepthMask(GL_FALSE);
        for (size_t i = 0; i < scene.ghosts.size(); ++i) ghosts[i].draw();
        glDisable(GL_POLYGON_OFFSET_FILL);
    }

    void draw(const Scene& scene, const Camera& camera, int width, int height) {
        const auto upload = [](std::vector<GpuMesh>& gpu, const std::vector<Mesh>& meshes) {
            while (gpu.size() < meshes.size()) gpu.emplace_back();
            for (size_t i = 0; i < meshes.size(); ++i) gpu[i].upload(meshes[i]);
        };
        upload(solids, scene.solids);
        upload(ghosts, scene.ghosts);
        target.resize(std::clamp(width, 1, largest_px), std::clamp(height, 1, largest_px),
                      tier == Tier::full ? k_full_samples : 0);
        const auto places = place_solids(scene.solids, camera.eye_m());
        world_to_clip = (camera.projection(target.width(), target.height()) * camera.view()).cast<float>();
        eye_m = camera.eye_m().cast<float>();

        // Everything this picture depends on; whoever drew before may have left anything.
        glDisable(GL_SCISSOR_TEST);
        glDisable(GL_STENCIL_TEST);
        glDisable(GL_BLEND);
        glEnable(GL_DEPTH_TEST);
        glEnable(GL_CULL_FACE);
        glCullFace(GL_BACK);
        glFrontFace(GL_CCW);
        glDepthFunc(GL_LEQUAL);
        glDepthMask(GL_TRUE);
        glColorMask(GL_TRUE, GL_TRUE, GL_TRUE, GL_TRUE);

        draw_shadow_map(scene, places);
        target.bind();
        glClearColor(0.0f, 0.0f, 0.0f, 1.0f);
        glClear(GL_COLOR_BUFFER_BIT | GL_DEPTH_BUFFER_BIT);
        glActiveTexture(GL_TEXTURE0 + k_shadow_unit);
        glBindTexture(GL_TEXTURE_2D, shadow_map.texture());

        const Rgba no_tint{0.0f, 0.0f, 0.0f, 0.0f};
        use_solid(1.0f, no_tint);
        for (size_t i = 0; i < places.size(); ++i)
            if (places[i].opacity >= 1.0f) solids[i].draw();
        draw_floor(scene, camera, places);
        draw_sky(scene, camera);

        // Colours are mixed, alpha stays 1: the picture is laid over others as it is.
        glEnable(GL_BLEND);
        glBlendFuncSeparate(GL_SRC_ALPHA, GL_ONE_MINUS_SRC_ALPHA, GL_ZERO, GL_ONE);
        glDepthMask(GL_FALSE);
        draw_patches(scene, camera);
        draw_ghosts(scene);
        for (size_t i = 0; i < places.size(); ++i)
            if (places[i].opacity < 1.0f) {
                use_solid(places[i].opacity, no_tint);
                solids[i].draw();
            }
        target.resolve();
    }
};

Renderer::Renderer() : impl_(std::make_unique<Impl>()) {}
Renderer::~Renderer() = default;

Tier Renderer::tier() const { return impl_->tier; }

void Renderer::set_tier(Tier tier) {
    if (tier == impl_->tier) return;
    impl_->programs = std::make_unique<Programs>(tier);
    impl_->tier = tier;
}

void Renderer::draw(const Scene& scene, const Camera& camera, int width, int height) {
    GLint frame = 0;
    std::array<GLint, 4> view{};
    glGetIntegerv(GL_DRAW_FRAMEBUFFER_BINDING, &frame);
    glGetIntegerv(GL_VIEWPORT, view.data());
    impl_->draw(scene, camera, width, height);
    // As a fresh context has it, for whoever draws next.
    glDisable(GL_BLEND);
    glDisable(GL_DEPTH_TEST);
    glDisable(GL_CULL_FACE);
    glDepthMask(GL_TRUE);
    glDepthFunc(GL_LESS);
    glUseProgram(0);
    glBindVertexArray(0);
    glBindBuffer(GL_ARRAY_BUFFER, 0);
    for (const int unit : {k_contact_unit, k_shadow_unit}) {
        glActiveTexture(GL_TEXTURE0 + static_cast<GLenum>(unit));
        glBindTexture(GL_TEXTURE_2D, 0);
    }
    glBindFramebuffer(GL_FRAMEBUFFER, static_cast<GLuint>(frame));
    glViewport(view[0], view[1], view[2], view[3]);
}

unsigned Renderer::texture() const { return impl_->target.texture(); }

Picture Renderer::read() const { return impl_->target.read(); }

}  // namespace plumb
