// Where one looks from, and where things then lie in the picture.
#pragma once

#include <optional>
#include <string_view>

#include <Eigen/Core>

#include "render/scene/painter.h"

namespace plumb {

enum class View { orbit, side, front, top };
/// "orbit", "side", "front", "top"; nothing for another word.
[[nodiscard]] std::optional<View> view_named(std::string_view name);

/// Looks at `target_m` from `distance_m`; yaw turns about Z (0: from in front of the person, 90: from the person's left),
/// pitch lifts the eye above the level. The narrow field of view keeps proportions true.
struct Camera {
    Eigen::Vector3d target_m{0.05, 0.0, 0.75};
    double distance_m = 5.0;
    double yaw_deg = -55.0;
    double pitch_deg = 12.0;
    double fov_deg = 24.0;  ///< of the picture's height

    bool operator==(const Camera&) const = default;
    [[nodiscard]] Eigen::Vector3d eye_m() const;
    [[nodiscard]] Eigen::Matrix4d view() const;                                   ///< world to eye, -Z ahead
    [[nodiscard]] Eigen::Matrix4d projection(double width, double height) const;  ///< OpenGL clip space
    /// Place [px] in a picture at `box`; nothing behind the eye.
    [[nodiscard]] std::optional<Point> project(const Eigen::Vector3d& place_m, const Box& box) const;
    /// Direction of the ray from the eye through a place in the picture, unit.
    [[nodiscard]] Eigen::Vector3d ray(const Point& at, const Box& box) const;
};

/// The camera of a view that shows a person of this height [m] whole, standing or lying, in a picture of this shape.
[[nodiscard]] Camera view_camera(View view, double stature_m, double width_over_height);

}  // namespace plumb
