// Perspective and where things lie in the picture.
#include "render/scene/camera.h"

#include <algorithm>
#include <cmath>

#include <Eigen/Geometry>

#include "sim/base/units.h"

namespace plumb {
namespace {

constexpr double k_near_m = 0.1, k_far_m = 60.0;

Eigen::Vector3d towards_eye(const Camera& c) {
    const double yaw = c.yaw_deg * k_pi / 180.0, pitch = c.pitch_deg * k_pi / 180.0;
    return {std::cos(pitch) * std::cos(yaw), std::cos(pitch) * std::sin(yaw), std::sin(pitch)};
}

}  // namespace

std::optional<View> view_named(std::string_view name) {
    if (name == "orbit") return View::orbit;
    if (name == "side") return View::side;
    if (name == "front") return View::front;
    if (name == "top") return View::top;
    return std::nullopt;
}

Eigen::Vector3d Camera::eye_m() const { return target_m + distance_m * towards_eye(*this); }

Eigen::Matrix4d Camera::view() const {
    const Eigen::Vector3d back = towards_eye(*this);
    const double yaw = yaw_deg * k_pi / 180.0;
    // Level also when looking straight down.
    const Eigen::Vector3d right(-std::sin(yaw), std::cos(yaw), 0.0);
    const Eigen::Vector3d up = back.cross(right);
    Eigen::Matrix4d m = Eigen::Matrix4d::Identity();
    m.block<1, 3>(0, 0) = right.transpose();
    m.block<1, 3>(1, 0) = up.transpose();
    m.block<1, 3>(2, 0) = back.transpose();
    m.topRightCorner<3, 1>() = -m.topLeftCorner<3, 3>() * eye_m();
    return m;
}

Eigen::Matrix4d Camera::projection(double width, double height) const {
    const double f = 1.0 / std::tan(0.5 * fov_deg * k_pi / 180.0);
    Eigen::Matrix4d m = Eigen::Matrix4d::Zero();
    m(0, 0) = f * height / std::max(width, 1.0);
    m(1, 1) = f;
    m(2, 2) = (k_far_m + k_near_m) / (k_near_m - k_far_m);
    m(2, 3) = 2.0 * k_far_m * k_near_m / (k_near_m - k_far_m);
    m(3, 2) = -1.0;
    return m;
}

std::optional<Point> Camera::project(const Eigen::Vector3d& place_m, const Box& box) const {
    const Eigen::Vector4d clip = projection(box.width, box.height) * (view() * place_m.homogeneous()).eval();
    if (!(clip.w() > k_near_m)) return std::nullopt;
    return Point{box.left + box.width * 0.5 * (1.0 + clip.x() / clip.w()),
                 box.top + box.height * 0.5 * (1.0 - clip.y() / clip.w())};
}

Eigen::Vector3d Camera::ray(const Point& at, const Box& box) const {
    const double x = 2.0 * (at.x - box.left) / box.width - 1.0;
    const double y = 1.0 - 2.0 * (at.y - box.top) / box.height;
    const Eigen::Matrix4d p = projection(box.width, box.height);
    const Eigen::Vector3d in_eye(x / p(0, 0), y / p(1, 1), -1.0);
    return (view().topLeftCorner<3, 3>().transpose() * in_eye).normalized();
}

Camera view_camera(View view, double stature_m, double width_over_height) {
    Camera camera;
    camera.target_m = {0.0, 0.0, 0.47 * stature_m};
    // The person fills the height; a narrow picture must also hold arms and a fall's length.
    const double half_height_m = 0.555 * stature_m;
    const double half_width_m = (view == View::front ? 0.45 : 0.62) * stature_m;
    const double half = std::max(half_height_m, half_width_m / std::max(width_over_height, 0.1));
    camera.distance_m = half / std::tan(0.5 * camera.fov_deg * k_pi / 180.0);
    switch (view) {
    case View::orbit: break;
    case View::side:
        camera.yaw_deg = -90.0;
        camera.pitch_deg = 2.0;
        break;
    case View::front:
        camera.yaw_deg = 0.0;
        camera.pitch_deg = 4.0;
        break;
    case View::top:
        camera.target_m = {0.1, 0.0, 0.0};
        camera.distance_m *= 0.62;
        camera.yaw_deg = -90.0;
        camera.pitch_deg = 90.0;
        break;
    }
    return camera;
}

}  // namespace plumb
