// A linked pair of shaders and its uniforms; small helpers that own OpenGL names.
#pragma once

#include <array>
#include <string>
#include <vector>

#include <GL/glcorearb.h>

#include <Eigen/Core>

#include "render/scene/mesh.h"

namespace plumb {

/// Throws std::runtime_error with the compiler's first line when a shader fails.
class Program {
  public:
    Program(const std::string& vertex, const std::string& fragment);
    ~Program();
    Program(const Program&) = delete;
    Program& operator=(const Program&) = delete;

    void use() const { glUseProgram(id_); }
    void set(const char* name, const Eigen::Matrix4d& m) const;
    void set(const char* name, const Eigen::Vector3d& v) const;
    void set(const char* name, Rgba colour) const;
    void set(const char* name, double value) const;
    void set_int(const char* name, int value) const;

  private:
    [[nodiscard]] GLint at(const char* name) const { return glGetUniformLocation(id_, name); }
    GLuint id_ = 0;
};

/// Vertices and corners on the card; filled anew each frame.
class MeshBuffer {
  public:
    MeshBuffer();
    ~MeshBuffer();
    MeshBuffer(const MeshBuffer&) = delete;
    MeshBuffer& operator=(const MeshBuffer&) = delete;
    void fill(const Mesh& mesh);
    void draw() const;

  private:
    GLuint array_ = 0, vertices_ = 0, corners_ = 0;
    GLsizei count_ = 0;
};

/// Coloured triangles without light: patches and their edges.
struct FlatVertex {
    std::array<float, 3> place_m;
    std::array<float, 4> colour;
};
class FlatBuffer {
  public:
    FlatBuffer();
    ~FlatBuffer();
    FlatBuffer(const FlatBuffer&) = delete;
    FlatBuffer& operator=(const FlatBuffer&) = delete;
    void draw(const std::vector<FlatVertex>& triangles);

  private:
    GLuint array_ = 0, vertices_ = 0;
};

}  // namespace plumb
