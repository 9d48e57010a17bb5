// What tests ask of any mesh: closed, facing outward, its volume and extent.
#pragma once

#include <array>
#include <cmath>
#include <cstdint>
#include <limits>
#include <map>
#include <utility>
#include <vector>

#include <Eigen/Geometry>

#include "render/scene/mesh.h"

namespace plumb::test {

inline Eigen::Vector3d place_of(const Vertex& v) { return {v.place_m[0], v.place_m[1], v.place_m[2]}; }
inline Eigen::Vector3d normal_of(const Vertex& v) { return {v.normal[0], v.normal[1], v.normal[2]}; }

inline double volume_m3(const Mesh& mesh) {
    double six = 0.0;
    for (size_t i = 0; i + 2 < mesh.corners.size(); i += 3) {
        const auto at = [&](size_t k) { return place_of(mesh.vertices[mesh.corners[i + k]]); };
        six += at(0).dot(at(1).cross(at(2)));
    }
    return six / 6.0;
}

struct Extent {
    Eigen::Vector3d low = Eigen::Vector3d::Constant(std::numeric_limits<double>::infinity());
    Eigen::Vector3d high = -low;
};
inline Extent extent_of(const Mesh& mesh) {
    Extent extent;
    for (const Vertex& v : mesh.vertices) {
        extent.low = extent.low.cwiseMin(place_of(v));
        extent.high = extent.high.cwiseMax(place_of(v));
    }
    return extent;
}

/// How edges are shared, vertices at one place counting as one.
struct Edges {
    size_t count = 0;       ///< different edges
    size_t open = 0;        ///< walked a different number of times in the two directions: a hole
    size_t twice = 0;       ///< shared by exactly two triangles
    bool in_bounds = true;  ///< every corner names a vertex
};
inline Edges edges_of(const Mesh& mesh) {
    Edges edges;
    // Tenths of a millimetre tell vertices of neighbouring solids apart well enough.
    std::map<std::array<std::int64_t, 3>, size_t> number;
    std::vector<size_t> welded;
    for (const Vertex& v : mesh.vertices) {
        std::array<std::int64_t, 3> key{};
        for (size_t i = 0; i < 3; ++i) key[i] = std::llround(double{v.place_m[i]} * 1e6);
        welded.push_back(number.emplace(key, number.size()).first->second);
    }
    std::map<std::pair<size_t, size_t>, std::array<int, 2>> walked;
    for (size_t i = 0; i < mesh.corners.size(); ++i) {
        const size_t next = i % 3 == 2 ? i - 2 : i + 1;
        if (mesh.corners[i] >= welded.size() || mesh.corners[next] >= welded.size()) {
            edges.in_bounds = false;
            return edges;
        }
        const size_t a = welded[mesh.corners[i]], b = welded[mesh.corners[next]];
        if (a != b) ++walked[std::minmax(a, b)][a < b ? 0 : 1];
    }
    for (const auto& [edge, times] : walked) {
        ++edges.count;
        if (times[0] != times[1]) ++edges.open;
        if (times[0] == 1 && times[1] == 1) ++edges.twice;
    }
    return edges;
}

/// Share of the surface whose triangles face as their vertices' normals do.
inline double facing_share(const Mesh& mesh) {
    double all = 0.0, right = 0.0;
    for (size_t i = 0; i + 2 < mesh.corners.size(); i += 3) {
        const auto& a = mesh.vertices[mesh.corners[i]];
        const auto& b = mesh.vertices[mesh.corners[i + 1]];
        const auto& c = mesh.vertices[mesh.corners[i + 2]];
        const Eigen::Vector3d area = (place_of(b) - place_of(a)).cross(place_of(c) - place_of(a));
        all += area.norm();
        if (area.dot(normal_of(a) + normal_of(b) + normal_of(c)) > 0.0) right += area.norm();
    }
    return all > 0.0 ? right / all : 0.0;
}

}  // namespace plumb::test
