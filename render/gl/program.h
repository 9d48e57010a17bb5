// Owners of OpenGL objects and a shader program with its uniforms by name.
#pragma once

#include <string_view>
#include <utility>

#include <Eigen/Core>
#include <GL/glcorearb.h>

#include "render/scene/mesh.h"

namespace plumb {

/// The text of assets/shaders/NAME.glsl, embedded by cmake/embed.cmake.
[[nodiscard]] std::string_view shader_text(std::string_view name);

/// Owns one OpenGL name; `Kind` says how it is made and given back.
template <class Kind>
class GlObject {
  public:
    GlObject() : name_(Kind::make()) {}
    ~GlObject() {
        if (name_ != 0) Kind::free(name_);
    }
    GlObject(GlObject&& other) noexcept : name_(std::exchange(other.name_, 0u)) {}
    GlObject& operator=(GlObject&& other) noexcept {
        std::swap(name_, other.name_);
        return *this;
    }
    GlObject(const GlObject&) = delete;
    GlObject& operator=(const GlObject&) = delete;
    [[nodiscard]] GLuint name() const { return name_; }

  private:
    GLuint name_;
};

/// make() and free() from OpenGL's pair of functions for arrays of names.
#define PLUMB_GL_KIND(Kind, Many)                                   \
    struct Kind {                                                   \
        static GLuint make() {                                      \
            GLuint name = 0;                                        \
            glGen##Many(1, &name);                                  \
            return name;                                            \
        }                                                           \
        static void free(GLuint name) { glDelete##Many(1, &name); } \
    };
PLUMB_GL_KIND(BufferKind, Buffers)
PLUMB_GL_KIND(VertexArrayKind, VertexArrays)
PLUMB_GL_KIND(TextureKind, Textures)
PLUMB_GL_KIND(FramebufferKind, Framebuffers)
PLUMB_GL_KIND(RenderbufferKind, Renderbuffers)
#undef PLUMB_GL_KIND
using GlBuffer = GlObject<BufferKind>;
using GlVertexArray = GlObject<VertexArrayKind>;
using GlTexture = GlObject<TextureKind>;
using GlFramebuffer = GlObject<FramebufferKind>;
using GlRenderbuffer = GlObject<RenderbufferKind>;

/// Shaders from their embedded names; `extra` is put in front of the fragment shader. Throws std::runtime_error with one
/// line that names the shader and the driver's first complaint.
class Program {
  public:
    Program(std::string_view vertex, std::string_view fragment, std::string_view extra = {});
    ~Program();
    Program(const Program&) = delete;
    Program& operator=(const Program&) = delete;

    void use() const { glUseProgram(name_); }
    // Of the program in use; a uniform the shader does not have is passed over.
    void set(const char* uniform, const Eigen::Matrix4f& m) const;
    void set(const char* uniform, const Eigen::Vector4f& v) const;
    void set(const char* uniform, const Eigen::Vector3f& v) const;
    void set(const char* uniform, const Eigen::Vector2f& v) const;
    void set(const char* uniform, float v) const;
    void set(const char* uniform, int v) const;
    void set_rgb(const char* uniform, Rgba c) const { set(uniform, Eigen::Vector3f(c.r, c.g, c.b)); }

  private:
    [[nodiscard]] GLint at(const char* uniform) const { return glGetUniformLocation(name_, uniform); }
    GLuint name_ = 0;
};

}  // namespace plumb
