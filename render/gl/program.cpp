// Compiling, linking, uploading.
#include "render/gl/program.h"

#include <array>
#include <cstddef>
#include <stdexcept>

namespace plumb {
namespace {

GLuint compile(GLenum kind, const std::string& text) {
    const GLuint id = glCreateShader(kind);
    const char* source = text.c_str();
    glShaderSource(id, 1, &source, nullptr);
    glCompileShader(id);
    GLint good = 0;
    glGetShaderiv(id, GL_COMPILE_STATUS, &good);
    if (good == GL_TRUE) return id;
    std::array<char, 400> log{};
    glGetShaderInfoLog(id, static_cast<GLsizei>(log.size()), nullptr, log.data());
    glDeleteShader(id);
    const std::string words(log.data());
    throw std::runtime_error("OpenGL: a shader does not compile: " + words.substr(0, words.find('\n')));
}

}  // namespace

Program::Program(const std::string& vertex, const std::string& fragment) {
    const GLuint v = compile(GL_VERTEX_SHADER, vertex), f = compile(GL_FRAGMENT_SHADER, fragment);
    id_ = glCreateProgram();
    glAttachShader(id_, v);
    glAttachShader(id_, f);
    glLinkProgram(id_);
    glDeleteShader(v);
    glDeleteShader(f);
    GLint good = 0;
    glGetProgramiv(id_, GL_LINK_STATUS, &good);
    if (good != GL_TRUE) throw std::runtime_error("OpenGL: the shaders do not link");
}
Program::~Program() { glDeleteProgram(id_); }

void Program::set(const char* name, const Eigen::Matrix4d& m) const {
    const Eigen::Matrix4f f = m.cast<float>();
    glUniformMatrix4fv(at(name), 1, GL_FALSE, f.data());
}
void Program::set(const char* name, const Eigen::Vector3d& v) const {
    const Eigen::Vector3f f = v.cast<float>();
    glUniform3fv(at(name), 1, f.data());
}
void Program::set(const char* name, Rgba c) const { glUniform3f(at(name), c.r, c.g, c.b); }
void Program::set(const char* name, double value) const { glUniform1f(at(name), static_cast<float>(value)); }
void Program::set_int(const char* name, int value) const { glUniform1i(at(name), value); }

MeshBuffer::MeshBuffer() {
    glGenVertexArrays(1, &array_);
    glGenBuffers(1, &vertices_);
    glGenBuffers(1, &corners_);
    glBindVertexArray(array_);
    glBindBuffer(GL_ARRAY_BUFFER, vertices_);
    glBindBuffer(GL_ELEMENT_ARRAY_BUFFER, corners_);
    const auto attribute = [](GLuint index, GLint size, size_t offset) {
        glEnableVertexAttribArray(index);
        glVertexAttribPointer(index, size, GL_FLOAT, GL_FALSE, sizeof(Vertex),
                              reinterpret_cast<const void*>(offset));  // NOLINT: OpenGL's way of an offset
    };
    attribute(0, 3, offsetof(Vertex, place_m));
    attribute(1, 3, offsetof(Vertex, normal));
    attribute(2, 3, offsetof(Vertex, colour));
    attribute(3, 1, offsetof(Vertex, occlusion));
    glBindVertexArray(0);
}
MeshBuffer::~MeshBuffer() {
    glDeleteVertexArrays(1, &array_);
    glDeleteBuffers(1, &vertices_);
    glDeleteBuffers(1, &corners_);
}

void MeshBuffer::fill(const Mesh& mesh) {
    glBindVertexArray(array_);
    glBindBuffer(GL_ARRAY_BUFFER, vertices_);
    glBufferData(GL_ARRAY_BUFFER, static_cast<GLsizeiptr>(mesh.vertices.size() * sizeof(Vertex)),
                 mesh.vertices.data(), GL_STREAM_DRAW);
    glBufferData(GL_ELEMENT_ARRAY_BUFFER,
                 static_cast<GLsizeiptr>(mesh.corners.size() * sizeof(std::uint32_t)), mesh.corners.data(),
                 GL_STREAM_DRAW);
    count_ = static_cast<GLsizei>(mesh.corners.size());
}
void MeshBuffer::draw() const {
    glBindVertexArray(array_);
    glDrawElements(GL_TRIANGLES, count_, GL_UNSIGNED_INT, nullptr);
}

FlatBuffer::FlatBuffer() {
    glGenVertexArrays(1, &array_);
    glGenBuffers(1, &vertices_);
    glBindVertexArray(array_);
    glBindBuffer(GL_ARRAY_BUFFER, vertices_);
    glEnableVertexAttribArray(0);
    glVertexAttribPointer(0, 3, GL_FLOAT, GL_FALSE, sizeof(FlatVertex), nullptr);
    glEnableVertexAttribArray(1);
    glVertexAttribPointer(1, 4, GL_FLOAT, GL_FALSE, sizeof(FlatVertex),
                          reinterpret_cast<const void*>(offsetof(FlatVertex, colour)));  // NOLINT
    glBindVertexArray(0);
}
FlatBuffer::~FlatBuffer() {
    glDeleteVertexArrays(1, &array_);
    glDeleteBuffers(1, &vertices_);
}
void FlatBuffer::draw(const std::vector<FlatVertex>& triangles) {
    glBindVertexArray(array_);
    glBindBuffer(GL_ARRAY_BUFFER, vertices_);
    glBufferData(GL_ARRAY_BUFFER, static_cast<GLsizeiptr>(triangles.size() * sizeof(FlatVertex)),
                 triangles.data(), GL_STREAM_DRAW);
    glDrawArrays(GL_TRIANGLES, 0, static_cast<GLsizei>(triangles.size()));
}

}  // namespace plumb
