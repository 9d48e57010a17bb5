// Compiling and linking shaders, with one clear line when a driver refuses.
#include "render/gl/program.h"

#include <array>
#include <stdexcept>
#include <string>

namespace plumb {
namespace {

std::string first_line(const char* log) {
    const std::string text(log);
    return text.substr(0, text.find('\n'));
}

/// Deleted with the scope: a linked program keeps what it needs.
struct Stage {
    GLuint name;
    Stage(GLenum kind, std::string_view shader, std::string_view extra) : name(glCreateShader(kind)) {
        std::string text = "#version 330 core\n";
        text.append(extra).append(shader_text(shader));
        const char* start = text.c_str();
        glShaderSource(name, 1, &start, nullptr);
        glCompileShader(name);
        GLint good = GL_FALSE;
        glGetShaderiv(name, GL_COMPILE_STATUS, &good);
        if (good == GL_TRUE) return;
        std::array<char, 1024> log{};
        glGetShaderInfoLog(name, static_cast<GLsizei>(log.size()), nullptr, log.data());
        glDeleteShader(name);
        throw std::runtime_error("OpenGL refuses the shader " + std::string(shader) + ": "
                                 + first_line(log.data()));
    }
    ~Stage() { glDeleteShader(name); }
    Stage(const Stage&) = delete;
    Stage& operator=(const Stage&) = delete;
};

}  // namespace

Program::Program(std::string_view vertex, std::string_view fragment, std::string_view extra) {
    const Stage first(GL_VERTEX_SHADER, vertex, {}), second(GL_FRAGMENT_SHADER, fragment, extra);
    name_ = glCreateProgram();
    glAttachShader(name_, first.name);
    glAttachShader(name_, second.name);
    glLinkProgram(name_);
    glDetachShader(name_, first.name);
    glDetachShader(name_, second.name);
    GLint good = GL_FALSE;
    glGetProgramiv(name_, GL_LINK_STATUS, &good);
    if (good == GL_TRUE) return;
    std::array<char, 1024> log{};
    glGetProgramInfoLog(name_, static_cast<GLsizei>(log.size()), nullptr, log.data());
    glDeleteProgram(name_);
    throw std::runtime_error("OpenGL cannot link " + std::string(vertex) + " with " + std::string(fragment)
                             + ": " + first_line(log.data()));
}

Program::~Program() { glDeleteProgram(name_); }

void Program::set(const char* uniform, const Eigen::Matrix4f& m) const {
    glUniformMatrix4fv(at(uniform), 1, GL_FALSE, m.data());
}
void Program::set(const char* uniform, const Eigen::Vector4f& v) const {
    glUniform4fv(at(uniform), 1, v.data());
}
void Program::set(const char* uniform, const Eigen::Vector3f& v) const {
    glUniform3fv(at(uniform), 1, v.data());
}
void Program::set(const char* uniform, const Eigen::Vector2f& v) const {
    glUniform2fv(at(uniform), 1, v.data());
}
void Program::set(const char* uniform, float v) const { glUniform1f(at(uniform), v); }
void Program::set(const char* uniform, int v) const { glUniform1i(at(uniform), v); }

}  // namespace plumb
