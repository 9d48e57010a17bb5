// Uploading and drawing meshes; which of them are walls.
#include "render/gl/gpu_mesh.h"

#include <algorithm>
#include <cstddef>

#include <Eigen/Geometry>

namespace plumb {
namespace {

constexpr size_t k_most_panel_corners = 64;
constexpr float k_least_panel_m = 1.5f;
constexpr float k_seen_through = 0.28f;
/// The eye's way behind the wall over which the wall turns clear.
constexpr float k_turning_m = 0.5f;

Eigen::AlignedBox3f bounds(const Mesh& mesh) {
    Eigen::AlignedBox3f box;
    for (const Vertex& v : mesh.vertices)
        box.extend(Eigen::Vector3f(v.place_m[0], v.place_m[1], v.place_m[2]));
    return box;
}

bool is_panel(const Mesh& mesh, const Eigen::AlignedBox3f& box) {
    if (mesh.vertices.empty() || mesh.vertices.size() > k_most_panel_corners) return false;
    const Eigen::Vector3f size = box.sizes();
    return size.z() > k_least_panel_m && std::max(size.x(), size.y()) > k_least_panel_m;
}

}  // namespace

GpuMesh::GpuMesh() {
    glBindVertexArray(array_.name());
    glBindBuffer(GL_ARRAY_BUFFER, vertices_.name());
    glBindBuffer(GL_ELEMENT_ARRAY_BUFFER, corners_.name());
    const auto attribute = [](GLuint index, GLint parts, size_t offset) {
        glEnableVertexAttribArray(index);
        glVertexAttribPointer(index, parts, GL_FLOAT, GL_FALSE, sizeof(Vertex),
                              reinterpret_cast<void*>(offset));
    };
    attribute(0, 3, offsetof(Vertex, place_m));
    attribute(1, 3, offsetof(Vertex, normal));
    attribute(2, 3, offsetof(Vertex, colour));
    attribute(3, 1, offsetof(Vertex, occlusion));
    glBindVertexArray(0);
}

void GpuMesh::upload(const Mesh& mesh) {
    // New storage each time: the driver need not wait for the last frame to be done with the old one.
    glBindVertexArray(array_.name());
    glBindBuffer(GL_ARRAY_BUFFER, vertices_.name());
    glBufferData(GL_ARRAY_BUFFER, static_cast<GLsizeiptr>(mesh.vertices.size() * sizeof(Vertex)),
                 mesh.vertices.data(), GL_STREAM_DRAW);
    glBufferData(GL_ELEMENT_ARRAY_BUFFER,
                 static_cast<GLsizeiptr>(mesh.corners.size() * sizeof(std::uint32_t)), mesh.corners.data(),
                 GL_STREAM_DRAW);
    glBindVertexArray(0);
    count_ = static_cast<GLsizei>(mesh.corners.size());
}

void GpuMesh::draw() const {
    if (count_ == 0) return;
    glBindVertexArray(array_.name());
    glDrawElements(GL_TRIANGLES, count_, GL_UNSIGNED_INT, nullptr);
}

std::vector<SolidPlace> place_solids(const std::vector<Mesh>& solids, const Eigen::Vector3d& eye_m) {
    std::vector<SolidPlace> places(solids.size());
    std::vector<Eigen::AlignedBox3f> boxes;
    Eigen::AlignedBox3f person;  // the first solid that is no wall
    for (size_t i = 0; i < solids.size(); ++i) {
        boxes.push_back(bounds(solids[i]));
        places[i].panel = is_panel(solids[i], boxes[i]);
        if (!places[i].panel && person.isEmpty()) person = boxes[i];
    }
    if (person.isEmpty()) return places;
    const Eigen::Vector3f eye = eye_m.cast<float>(), middle = person.center();
    for (size_t i = 0; i < solids.size(); ++i) {
        if (!places[i].panel) continue;
        // Behind: beyond the plate's face that the person does not stand at.
        const int thin = boxes[i].sizes().x() < boxes[i].sizes().y() ? 0 : 1;
        const float way = middle[thin] > boxes[i].center()[thin] ? 1.0f : -1.0f;
        const float half_m = 0.5f * boxes[i].sizes()[thin], at_m = boxes[i].center()[thin];
        const float behind_m = way * (at_m - eye[thin]) - half_m;
        places[i].open_side.setZero();
        places[i].open_side[thin] = way;
        places[i].open_side.z() = way * at_m;
        const float turned = std::clamp(behind_m / k_turning_m, 0.0f, 1.0f);
        places[i].opacity = 1.0f + turned * (k_seen_through - 1.0f);
    }
    return places;
}

}  // namespace plumb
