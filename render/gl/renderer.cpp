// Shadow pass, sky, floor, patches, solids, ghosts; then the resolve.
#include "render/gl/renderer.h"

#include <algorithm>
#include <cmath>
#include <stdexcept>
#include <string_view>

#include <Eigen/Geometry>

#include "embedded/shaders.h"
#include "render/gl/program.h"

namespace plumb {
namespace {

constexpr double k_floor_half_m = 8.0;
constexpr double k_lamp_reach_m = 1.9;  ///< half width of what the shadow map covers
constexpr float k_ghost_alpha = 0.38f;
constexpr int k_largest_px = 8192;

std::string with_light(const char* fragment) {
    return std::string("#version 330 core\n") + k_text_light_glsl + fragment;
}

/// Orthographic view from the lamp over the middle of the scene.
Eigen::Matrix4d lamp_matrix(const Eigen::Vector3d& lamp, const Eigen::Vector3d& middle) {
    const Eigen::Vector3d right = Eigen::Vector3d::UnitZ().cross(lamp).normalized(), up = lamp.cross(right);
    Eigen::Matrix4d m = Eigen::Matrix4d::Identity();
    m.block<1, 3>(0, 0) = right.transpose() / k_lamp_reach_m;
    m.block<1, 3>(1, 0) = up.transpose() / k_lamp_reach_m;
    m.block<1, 3>(2, 0) = -lamp.transpose() / 4.0;
    m.topRightCorner<3, 1>() = -m.topLeftCorner<3, 3>() * middle;
    return m;
}

/// Width of one pixel at a place [m].
double pixel_m(const Camera& camera, const Eigen::Vector3d& place, int height) {
    const double depth = -(camera.view() * place.homogeneous()).z();
    return 2.0 * std::max(depth, 0.1) * std::tan(0.5 * camera.fov_deg * 3.14159265358979 / 180.0)
           / std::max(height, 1);
}

class Flats {
  public:
    std::vector<FlatVertex> triangles;
    void triangle(const Eigen::Vector2d& a, const Eigen::Vector2d& b, const Eigen::Vector2d& c, double z,
                  Rgba hue) {
        for (const Eigen::Vector2d* p : {&a, &b, &c})
            triangles.push_back(
                {{static_cast<float>(p->x()), static_cast<float>(p->y()), static_cast<float>(z)},
                 {hue.r, hue.g, hue.b, hue.a}});
    }
    void stroke(const Eigen::Vector2d& a, const Eigen::Vector2d& b, double width, double z, Rgba hue) {
        const Eigen::Vector2d d = b - a;
        if (d.norm() < 1e-9) return;
        const Eigen::Vector2d side = 0.5 * width * Eigen::Vector2d(-d.y(), d.x()).normalized();
        triangle(a + side, a - side, b - side, z, hue);
        triangle(a + side, b - side, b + side, z, hue);
    }
};

void add_patch(Flats& flats, const FloorPatch& patch, const Camera& camera, int height, double z) {
    const auto& c = patch.corners_m;
    if (patch.fill.a > 0.0f)
        for (size_t i = 2; i < c.size(); ++i) flats.triangle(c[0], c[i - 1], c[i], z, patch.fill);
    double phase = 0.0;
    for (size_t i = 0; i < c.size(); ++i) {
        const Eigen::Vector2d a = c[i], b = c[(i + 1) % c.size()];
        const double px = pixel_m(camera, {a.x(), a.y(), 0.0}, height), width = patch.edge_px * px;
        if (patch.style == LineStyle::solid) {
            flats.stroke(a, b, width, z + 0.0005, patch.edge);
            continue;
        }
        const double on = (patch.style == LineStyle::dashed ? 9.0 : 3.0) * px,
                     cycle = on + (patch.style == LineStyle::dashed ? 6.0 : 4.0) * px,
                     length = (b - a).norm();
        if (length < 1e-9 || length / cycle > 4000.0) continue;
        for (double at = -phase; at < length; at += cycle) {
            const double from = std::clamp(at, 0.0, length), to = std::clamp(at + on, 0.0, length);
            if (to > from)
                flats.stroke(a + (b - a) * (from / length), a + (b - a) * (to / length), width, z + 0.0005,
                             patch.edge);
        }
        phase = std::fmod(phase + length, cycle);
    }
}

}  // namespace

struct Renderer::Impl {
    Program solid{k_text_solid_vert, with_light(k_text_solid_frag)};
    Program shade{k_text_shadow_vert, k_text_shadow_frag};
    Program sky{k_text_screen_vert, k_text_sky_frag};
    Program floor{k_text_floor_vert, with_light(k_text_floor_frag)};
    Program flat{k_text_flat_vert, k_text_flat_frag};
    std::vector<std::unique_ptr<MeshBuffer>> solids, ghosts;
    MeshBuffer floor_mesh;
    FlatBuffer flats;
    GLuint nothing = 0;  ///< a vertex array without arrays
    GLuint shadow_texture = 0, shadow_target = 0;
    GLuint target = 0, colour = 0, depth = 0;  ///< drawn into
    GLuint resolved = 0, resolved_colour = 0;
    int width = 0, height = 0, samples = 0, shadow_px = 0;
    Tier tier = Tier::full;

    Impl() {
        glGenVertexArrays(1, &nothing);
        glGenTextures(1, &shadow_texture);
        glGenFramebuffers(1, &shadow_target);
        glGenFramebuffers(1, &target);
        glGenFramebuffers(1, &resolved);
        glGenTextures(1, &resolved_colour);
        glGenRenderbuffers(1, &colour);
        glGenRenderbuffers(1, &depth);
        Mesh plane;
        constexpr auto h = static_cast<float>(k_floor_half_m);
        for (const auto& [x, y] : {std::pair{-h, -h}, {h, -h}, {h, h}, {-h, h}})
            plane.vertices.push_back({{x, y, 0.0f}});
        plane.corners = {0, 1, 2, 0, 2, 3};
        floor_mesh.fill(plane);
    }
    ~Impl() {
        glDeleteVertexArrays(1, &nothing);
        for (const GLuint t : {shadow_texture, resolved_colour}) glDeleteTextures(1, &t);
        for (const GLuint f : {shadow_target, target, resolved}) glDeleteFramebuffers(1, &f);
        for (const GLuint r : {colour, depth}) glDeleteRenderbuffers(1, &r);
    }
    Impl(const Impl&) = delete;
    Impl& operator=(const Impl&) = delete;

    void size_targets(int w, int h) {
        const int want_samples = tier == Tier::full ? 4 : 0, want_shadow = tier == Tier::full ? 2048 : 1024;
        if (shadow_px != want_shadow) {
            shadow_px = want_shadow;
            glBindTexture(GL_TEXTURE_2D, shadow_texture);
            glTexImage2D(GL_TEXTURE_2D, 0, GL_DEPTH_COMPONENT24, shadow_px, shadow_px, 0, GL_DEPTH_COMPONENT,
                         GL_UNSIGNED_INT, nullptr);
            glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_MIN_FILTER, GL_LINEAR);
            glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_MAG_FILTER, GL_LINEAR);
            glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_WRAP_S, GL_CLAMP_TO_EDGE);
            glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_WRAP_T, GL_CLAMP_TO_EDGE);
            glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_COMPARE_MODE, GL_COMPARE_REF_TO_TEXTURE);
            glBindFramebuffer(GL_FRAMEBUFFER, shadow_target);
            glFramebufferTexture2D(GL_FRAMEBUFFER, GL_DEPTH_ATTACHMENT, GL_TEXTURE_2D, shadow_texture, 0);
            glDrawBuffer(GL_NONE);
            glReadBuffer(GL_NONE);
        }
        if (w == width && h == height && samples == want_samples) return;
        width = w;
        height = h;
        samples = want_samples;
        const auto store = [&](GLuint buffer, GLenum format) {
            glBindRenderbuffer(GL_RENDERBUFFER, buffer);
            glRenderbufferStorageMultisample(GL_RENDERBUFFER, samples, format, width, height);
        };
        store(colour, GL_RGBA8);
        store(depth, GL_DEPTH_COMPONENT24);
        glBindFramebuffer(GL_FRAMEBUFFER, target);
        glFramebufferRenderbuffer(GL_FRAMEBUFFER, GL_COLOR_ATTACHMENT0, GL_RENDERBUFFER, colour);
        glFramebufferRenderbuffer(GL_FRAMEBUFFER, GL_DEPTH_ATTACHMENT, GL_RENDERBUFFER, depth);
        glBindTexture(GL_TEXTURE_2D, resolved_colour);
        glTexImage2D(GL_TEXTURE_2D, 0, GL_RGBA8, width, height, 0, GL_RGBA, GL_UNSIGNED_BYTE, nullptr);
        glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_MIN_FILTER, GL_LINEAR);
        glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_MAG_FILTER, GL_LINEAR);
        glBindFramebuffer(GL_FRAMEBUFFER, resolved);
        glFramebufferTexture2D(GL_FRAMEBUFFER, GL_COLOR_ATTACHMENT0, GL_TEXTURE_2D, resolved_colour, 0);
        if (glCheckFramebufferStatus(GL_FRAMEBUFFER) != GL_FRAMEBUFFER_COMPLETE)
            throw std::runtime_error("OpenGL: no framebuffer of " + std::to_string(width) + " x "
                                     + std::to_string(height) + " pixels");
    }

    static void upload(std::vector<std::unique_ptr<MeshBuffer>>& buffers, const std::vector<Mesh>& meshes) {
        while (buffers.size() < meshes.size()) buffers.push_back(std::make_unique<MeshBuffer>());
        buffers.resize(meshes.size());
        for (size_t i = 0; i < meshes.size(); ++i) buffers[i]->fill(meshes[i]);
    }

    void set_light(const Program& program, const Scene& scene, const Camera& camera,
                   const Eigen::Vector3d& lamp, const Eigen::Matrix4d& to_clip,
                   const Eigen::Matrix4d& to_light) const {
        program.use();
        program.set("to_clip", to_clip);
        program.set("to_light", to_light);
        program.set("lamp", lamp);
        program.set("eye", camera.eye_m());
        program.set("shadow_texel", 1.0 / shadow_px);
        program.set_int("soft", tier == Tier::full ? 2 : 0);
        program.set_int("shadow", 0);
        program.set("sky", scene.theme.sky_top);
        program.set("ground", scene.theme.floor);
    }
};

Renderer::Renderer() {
    GLint major = 0, minor = 0;
    glGetIntegerv(GL_MAJOR_VERSION, &major);
    glGetIntegerv(GL_MINOR_VERSION, &minor);
    if (major * 10 + minor < 33)
        throw std::runtime_error("OpenGL 3.3 is needed; this display has " + std::to_string(major) + "."
                                 + std::to_string(minor));
    impl_ = std::make_unique<Impl>();
    const auto* name = reinterpret_cast<const char*>(glGetString(GL_RENDERER));  // NOLINT: GLubyte is text
    const std::string_view renderer = name != nullptr ? name : "";
    for (const std::string_view slow : {"llvmpipe", "softpipe", "SwiftShader", "swiftshader"})
        if (renderer.find(slow) != std::string_view::npos) impl_->tier = Tier::low;
}
Renderer::~Renderer() = default;

Tier Renderer::tier() const { return impl_->tier; }
void Renderer::set_tier(Tier tier) { impl_->tier = tier; }
unsigned Renderer::texture() const { return impl_->resolved_colour; }

void Renderer::draw(const Scene& scene, const Camera& camera, int width, int height) {
    Impl& m = *impl_;
    width = std::clamp(width, 1, k_largest_px);
    height = std::clamp(height, 1, k_largest_px);
    m.size_targets(width, height);
    Impl::upload(m.solids, scene.solids);
    Impl::upload(m.ghosts, scene.ghosts);
    const Eigen::Vector3d lamp = Eigen::Vector3d(0.45, -0.55, 1.15).normalized();
    // The shadow map follows what stands there.
    Eigen::Vector3d middle(0.0, 0.0, 0.8);
    if (!scene.solids.empty() && !scene.solids.front().vertices.empty()) {
        Eigen::Vector2d sum = Eigen::Vector2d::Zero();
        for (const Vertex& v : scene.solids.front().vertices)
            sum += Eigen::Vector2d(v.place_m[0], v.place_m[1]);
        middle.head<2>() = sum / static_cast<double>(scene.solids.front().vertices.size());
    }
    const Eigen::Matrix4d to_light = lamp_matrix(lamp, middle);
    const Eigen::Matrix4d to_clip = camera.projection(width, height) * camera.view();

    glDisable(GL_BLEND);
    glDisable(GL_SCISSOR_TEST);
    glDisable(GL_CULL_FACE);
    glEnable(GL_DEPTH_TEST);
    glDepthMask(GL_TRUE);
    glDepthFunc(GL_LESS);
    glColorMask(GL_TRUE, GL_TRUE, GL_TRUE, GL_TRUE);
    glBindFramebuffer(GL_FRAMEBUFFER, m.shadow_target);
    glViewport(0, 0, m.shadow_px, m.shadow_px);
    glClear(GL_DEPTH_BUFFER_BIT);
    m.shade.use();
    m.shade.set("to_clip", to_light);
    for (const auto& buffer : m.solids) buffer->draw();

    glBindFramebuffer(GL_FRAMEBUFFER, m.target);
    glViewport(0, 0, width, height);
    glClear(GL_COLOR_BUFFER_BIT | GL_DEPTH_BUFFER_BIT);
    glActiveTexture(GL_TEXTURE0);
    glBindTexture(GL_TEXTURE_2D, m.shadow_texture);
    glDepthMask(GL_FALSE);
    m.sky.use();
    m.sky.set("top", scene.theme.sky_top);
    m.sky.set("bottom", scene.theme.sky_bottom);
    glBindVertexArray(m.nothing);
    glDrawArrays(GL_TRIANGLES, 0, 3);

    glEnable(GL_BLEND);
    glBlendFuncSeparate(GL_SRC_ALPHA, GL_ONE_MINUS_SRC_ALPHA, GL_ONE, GL_ONE_MINUS_SRC_ALPHA);
    if (camera.eye_m().z() > 0.0) {
        m.set_light(m.floor, scene, camera, lamp, to_clip, to_light);
        m.floor.set("colour", scene.theme.floor);
        m.floor.set("line_colour", scene.theme.floor_line);
        m.floor.set("contact", Eigen::Vector3d(0.11, 0.0, 0.42));
        m.floor_mesh.draw();
    }
    Flats flats;
    double z = 0.001;
    for (const FloorPatch& patch : scene.patches) add_patch(flats, patch, camera, height, z += 0.0004);
    m.flat.use();
    m.flat.set("to_clip", to_clip);
    m.flats.draw(flats.triangles);
    glDisable(GL_BLEND);
    glDepthMask(GL_TRUE);

    m.set_light(m.solid, scene, camera, lamp, to_clip, to_light);
    m.solid.set("alpha", 1.0);
    m.solid.set("wash_share", 0.0);
    for (const auto& buffer : m.solids) buffer->draw();

    if (!m.ghosts.empty()) {
        // Depth first, so that only what is in front shows through.
        glColorMask(GL_FALSE, GL_FALSE, GL_FALSE, GL_FALSE);
        for (const auto& buffer : m.ghosts) buffer->draw();
        glColorMask(GL_TRUE, GL_TRUE, GL_TRUE, GL_TRUE);
        glDepthFunc(GL_LEQUAL);
        glEnable(GL_BLEND);
        m.solid.set("alpha", k_ghost_alpha);
        m.solid.set("wash", scene.theme.xcom);
        m.solid.set("wash_share", 0.6);
        for (const auto& buffer : m.ghosts) buffer->draw();
        glDisable(GL_BLEND);
        glDepthFunc(GL_LESS);
    }
    glBindFramebuffer(GL_READ_FRAMEBUFFER, m.target);
    glBindFramebuffer(GL_DRAW_FRAMEBUFFER, m.resolved);
    glBlitFramebuffer(0, 0, width, height, 0, 0, width, height, GL_COLOR_BUFFER_BIT, GL_NEAREST);
    glBindFramebuffer(GL_FRAMEBUFFER, 0);
    glBindVertexArray(0);
    glDisable(GL_DEPTH_TEST);
}

Picture Renderer::read() const {
    const Impl& m = *impl_;
    Picture picture{m.width, m.height, {}};
    const size_t row = static_cast<size_t>(m.width) * 4;
    std::vector<std::uint8_t> upside_down(row * static_cast<size_t>(m.height));
    glBindFramebuffer(GL_READ_FRAMEBUFFER, m.resolved);
    glPixelStorei(GL_PACK_ALIGNMENT, 1);
    glReadPixels(0, 0, m.width, m.height, GL_RGBA, GL_UNSIGNED_BYTE, upside_down.data());
    glBindFramebuffer(GL_READ_FRAMEBUFFER, 0);
    picture.rgba.resize(upside_down.size());
    for (size_t y = 0; y < static_cast<size_t>(m.height); ++y)
        std::copy_n(upside_down.data() + y * row, row,
                    picture.rgba.data() + (static_cast<size_t>(m.height) - 1 - y) * row);
    for (size_t i = 3; i < picture.rgba.size(); i += 4) picture.rgba[i] = 255;
    return picture;
}

}  // namespace plumb
