// The figure of one body: its shapes scaled to the person, its clothes, and where its bones are in a pose.
#pragma once

#include <array>
#include <vector>

#include <Eigen/Core>

#include "render/scene/figure_table.h"
#include "sim/body/state.h"

namespace plumb::figure {

using Vector3f = Eigen::Vector3f;

/// What the surface is made of.
enum class Stuff : std::uint8_t { skin, shirt, shorts, sock, shoe, sole, hair };

/// Where one stuff ends and another begins on a bone: s = |p - place| - radius (sphere) or normal . (p - place).
/// s > 0 is `inside`, else `outside`; each lies its thickness over the bare shape.
struct Garment {
    bool sphere = false;
    Vector3f place = Vector3f::Zero(), normal = Vector3f::UnitY();
    float radius_m = 0.0f;
    Stuff inside = Stuff::skin, outside = Stuff::skin;
    float inside_m = 0.0f, outside_m = 0.0f;
    int frame = -1;  ///< bone whose frame the edge lies in; -1: the bone's own
};

struct BoneShape {
    std::vector<Shape> shapes;  ///< scaled, in the bone's frame
    int parent = -1;
    bool shown = true;
    float inner_m = 0.0f;                                ///< smooth union among the shapes
    float blend_m = 0.0f, full_m = 0.0f, gone_m = 0.0f;  ///< smooth union with the parent
    float floor_y_m = 0.0f;                              ///< shoes end at this y: the sole ...
    int other_floor = -1;  ///< ... and at that of this bone (foot and toes share both); -1: no shoe
    Garment garment;
};

/// A muscle's ellipsoid, scaled, in the frame of its bone.
struct Muscle {
    Tissue tissue{};
    int side = 0, bone = 0;
    Vector3f centre = Vector3f::Zero(), half_m = Vector3f::Ones();
};

struct Figure {
    std::array<BoneShape, k_bone_count> bones;
    std::vector<Muscle> muscles;
};

/// `flesh`: girth of limbs and breadth of the trunk against the table's man; lengths and trunk depths come from the person.
[[nodiscard]] Figure build_figure(const BodyModel& body, double flesh);

/// Height of the head bone's origin above the lumbar joint [m].
[[nodiscard]] double head_origin_m(const BodyLengths& size);

/// A bone's frame in the world; the right side's frames are mirrored, so that z is always to the outside.
struct Frame {
    Vector3f origin = Vector3f::Zero();
    Eigen::Matrix3f axes = Eigen::Matrix3f::Identity();  ///< columns x, y, z in the world
};
using Frames = std::array<Frame, k_bone_count>;
[[nodiscard]] Frames pose_figure(const BodyModel& body, const Pose& pose);

}  // namespace plumb::figure
