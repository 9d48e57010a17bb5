// Fits the sun's orthographic view to what casts shadows.
#include "render/gl/light.h"

#include <algorithm>
#include <cmath>

#include <Eigen/Geometry>

#include "sim/base/units.h"

namespace plumb {

Eigen::Vector3d sun_direction() {
    constexpr double k_azimuth_rad = -35.0 * k_pi / 180.0, k_height_rad = 56.0 * k_pi / 180.0;
    return {std::cos(k_height_rad) * std::cos(k_azimuth_rad),
            std::cos(k_height_rad) * std::sin(k_azimuth_rad), std::sin(k_height_rad)};
}

SunBox sun_box(std::span<const Mesh* const> casters, int texels) {
    const Eigen::Vector3f sun = sun_direction().cast<float>();
    Eigen::Matrix3f axes;  // rows: across, up the map, towards the sun
    axes.row(0) = Eigen::Vector3f::UnitZ().cross(sun).normalized();
    axes.row(1) = sun.cross(axes.row(0).transpose());
    axes.row(2) = sun;

    Eigen::Vector3f low = Eigen::Vector3f::Constant(1e9f), high = -low;
    Eigen::Vector2f floor_low = low.head<2>(), floor_high = high.head<2>();
    for (const Mesh* mesh : casters)
        for (const Vertex& v : mesh->vertices) {
            const Eigen::Vector3f at(v.place_m[0], v.place_m[1], v.place_m[2]);
            const Eigen::Vector3f seen = axes * at;
            low = low.cwiseMin(seen);
            high = high.cwiseMax(seen);
            const Eigen::Vector2f fallen = at.head<2>() - sun.head<2>() * (at.z() / sun.z());
            floor_low = floor_low.cwiseMin(fallen);
            floor_high = floor_high.cwiseMax(fallen);
        }
    SunBox box;
    if (!(low.x() <= high.x())) return box;
    box.empty = false;

    // Size and place move in steps, so that shadow rims do not crawl as the body moves.
    const float side_m =
        0.25f * std::ceil((std::max(high.x() - low.x(), high.y() - low.y()) + 0.10f) / 0.25f);
    box.texel_m = side_m / static_cast<float>(texels);
    Eigen::Vector2f middle = 0.5f * (low.head<2>() + high.head<2>());
    middle = (middle / box.texel_m).array().round() * box.texel_m;
    // The floor below the casters is the farthest that can be shaded.
    const float deep = std::min(low.z(), 0.0f) - 1.5f * side_m, near = high.z() + 0.05f;

    Eigen::Matrix4f m = Eigen::Matrix4f::Identity();
    m.block<1, 3>(0, 0) = axes.row(0) * (2.0f / side_m);
    m.block<1, 3>(1, 0) = axes.row(1) * (2.0f / side_m);
    m.block<1, 3>(2, 0) = axes.row(2) * (-2.0f / (near - deep));
    m(0, 3) = -middle.x() * 2.0f / side_m;
    m(1, 3) = -middle.y() * 2.0f / side_m;
    m(2, 3) = (near + deep) / (near - deep);
    box.world_to_clip = m;
    Eigen::Matrix4f halve = Eigen::Matrix4f::Identity();
    halve.diagonal() << 0.5f, 0.5f, 0.5f, 1.0f;
    halve.topRightCorner<3, 1>().setConstant(0.5f);
    box.world_to_texture = halve * m;
    const Eigen::Vector2f rim = Eigen::Vector2f::Constant(0.05f);
    box.floor_low_m = (floor_low - rim).cast<double>();
    box.floor_high_m = (floor_high + rim).cast<double>();
    return box;
}

}  // namespace plumb
