// Finishes the net: vertices drawn onto the surface, normals, light from above and colours; and finds the person's girth.
#include "render/scene/skin.h"

#include <algorithm>
#include <cmath>

#include <Eigen/Geometry>

#include "render/scene/figure_field.h"
#include "render/scene/muscle_paint.h"
#include "render/scene/seams.h"
#include "render/scene/surface_nets.h"
#include "sim/base/check.h"

namespace plumb {
namespace {

using namespace figure;

/// How far around a point other parts of the body take its light, and how much of it at most.
struct Shade {
    float reach_m, strength;
};
constexpr std::array<Shade, 2> k_shades = {{{0.040f, 0.38f}, {0.095f, 0.55f}}};

void set_point(Points& points, int lane, const Vector3f& p) {
    points.x.v[lane] = p.x();
    points.y.v[lane] = p.y();
    points.z.v[lane] = p.z();
}

/// Value and gradient of eight points from the corners of a small tetrahedron.
struct Slope {
    std::array<Vector3f, k_lanes> gradient;
    std::array<float, k_lanes> value;
};
Slope slope_at(const Field& field, const Near& near, const std::array<Vector3f, k_lanes>& at, float step,
               BoneDistances& bones) {
    static const std::array<Vector3f, 4> corners = {Vector3f(1, -1, -1), Vector3f(-1, -1, 1),
                                                    Vector3f(-1, 1, -1), Vector3f(1, 1, 1)};
    Slope slope;
    slope.gradient.fill(Vector3f::Zero());
    slope.value.fill(0.0f);
    for (const Vector3f& corner : corners) {
        Points points;
        Lanes d;
        for (int i = 0; i < k_lanes; ++i) set_point(points, i, at[static_cast<size_t>(i)] + step * corner);
        field.distance(near, points, d, bones);
        for (size_t i = 0; i < k_lanes; ++i) {
            slope.gradient[i] += d.v[i] * corner;
            slope.value[i] += 0.25f * d.v[i];
        }
    }
    for (Vector3f& g : slope.gradient) g /= 4.0f * step;
    return slope;
}

class Finisher {
  public:
    Finisher(const Field& field, float cell_m) : field_(field), cell_m_(cell_m) {}

    Mesh finish(const Net& net) {
        Mesh mesh;
        mesh.vertices.resize(net.places.size());
        mesh.corners = net.corners;
        stuff_.resize(net.places.size());
        bone_.resize(net.places.size());
        for (const Net::Group& group : net.groups) {
            field_.find_near(group.middle, net.block_radius_m, near_);
            field_.find_near(group.middle, net.block_radius_m + k_shades.back().reach_m, shade_near_);
            for (std::uint32_t i = 0; i < group.count; i += k_lanes)
                finish_eight(net, group.first + i, std::min<std::uint32_t>(k_lanes, group.count - i), mesh);
        }
        const auto origins =
            cut_seams(mesh, stuff_, [&](std::vector<Seam>& seams) { find_shares(net, mesh, seams); });
        std::vector<int> bones(origins.size());
        for (size_t i = 0; i < bones.size(); ++i) bones[i] = bone_[origins[i]];
        bone_.swap(bones);
        return mesh;
    }
    /// Of each vertex of the finished mesh the bone whose skin it is.
    [[nodiscard]] const std::vector<int>& bones() const { return bone_; }

  private:
    void finish_eight(const Net& net, std::uint32_t first, std::uint32_t count, Mesh& mesh) {
        std::array<Vector3f, k_lanes> at;
        for (std::uint32_t i = 0; i < k_lanes; ++i) at[i] = net.places[first + std::min(i, count - 1)];
        BoneDistances bones;
        const float step = 0.1f * cell_m_;
        // A vertex stays near its cell, else triangles could turn over.
        const Slope rough = slope_at(field_, near_, at, step, bones);
        for (size_t i = 0; i < k_lanes; ++i) {
            const float square = std::max(rough.gradient[i].squaredNorm(), 0.25f);
            const float move = std::clamp(-rough.value[i] / square, -0.5f * cell_m_, 0.5f * cell_m_);
            at[i] += move * rough.gradient[i];
        }
        const Slope fine = slope_at(field_, near_, at, step, bones);
        std::array<Vector3f, k_lanes> normal;
        for (size_t i = 0; i < k_lanes; ++i) {
            const float length = fine.gradient[i].norm();
            normal[i] = length > 1e-3f ? Vector3f(fine.gradient[i] / length) : Vector3f(0, 0, 1);
        }
        const auto light = light_from_above(at, normal);
        for (std::uint32_t i = 0; i < count; ++i) {
            Vertex& v = mesh.vertices[first + i];
            v.place_m = {at[i].x(), at[i].y(), at[i].z()};
            v.normal = {normal[i].x(), normal[i].y(), normal[i].z()};
            v.occlusion = light[i];
            bone_[first + i] = nearest_bone(bones, i);
            stuff_[first + i] = field_.stuff(bone_[first + i], at[i]);
        }
    }

    /// How much nearer the body is, on the way up and out, than it would be over a flat surface.
    std::array<float, k_lanes> light_from_above(const std::array<Vector3f, k_lanes>& at,
                                                const std::array<Vector3f, k_lanes>& normal) {
        std::array<float, k_lanes> light;
        light.fill(1.0f);
        BoneDistances bones;
        for (const auto& [reach, strength] : k_shades) {
            Points points;
            Lanes d;
            std::array<float, k_lanes> flat;
            for (size_t i = 0; i < k_lanes; ++i) {
                const Vector3f way = (normal[i] + Vector3f(0.0f, 0.0f, 0.45f)).normalized();
                flat[i] = std::max(reach * way.dot(normal[i]), 0.3f * reach);
                set_point(points, static_cast<int>(i), at[i] + reach * way);
            }
            field_.distance(shade_near_, points, d, bones);
            for (size_t i = 0; i < k_lanes; ++i)
                light[i] *= 1.0f - strength * std::clamp((flat[i] - d.v[i]) / flat[i], 0.0f, 1.0f);
        }
        return light;
    }

    /// The bone nearest to the surface there: it says what is worn.
    [[nodiscard]] int nearest_bone(const BoneDistances& bones, size_t lane) const {
        size_t nearest = 0;
        for (size_t b = 1; b < near_.parts.size(); ++b)
            if (bones[b].v[lane] < bones[nearest].v[lane]) nearest = b;
        return near_.parts.empty() ? pelvis : near_.parts[nearest].bone;
    }

    /// Halves each seam's edge again and again, eight seams of a block at a time.
    void find_shares(const Net& net, const Mesh& mesh, std::vector<Seam>& seams) {
        size_t group = 0;
        for (size_t i = 0; i < seams.size();) {
            while (seams[i].from >= net.groups[group].first + net.groups[group].count) ++group;
            field_.find_near(net.groups[group].middle, net.block_radius_m + cell_m_, near_);
            const std::uint32_t end = net.groups[group].first + net.groups[group].count;
            while (i < seams.size() && seams[i].from < end) {
                size_t count = 0;
                while (count < k_lanes && i + count < seams.size() && seams[i + count].from < end) ++count;
                halve(std::span(seams).subspan(i, count), mesh);
                i += count;
            }
        }
    }

    void halve(std::span<Seam> seams, const Mesh& mesh) const {
        std::array<float, k_lanes> low{}, high;
        high.fill(1.0f);
        for (int round = 0; round < 5; ++round) {
            std::array<Vector3f, k_lanes> at;
            Points points;
            for (size_t i = 0; i < k_lanes; ++i) {
                const Seam& seam = seams[std::min(i, seams.size() - 1)];
                const Vector3f a(mesh.vertices[seam.from].place_m.data()),
                    b(mesh.vertices[seam.to].place_m.data());
                at[i] = a + 0.5f * (low[i] + high[i]) * (b - a);
                set_point(points, static_cast<int>(i), at[i]);
            }
            Lanes d;
            BoneDistances bones;
            field_.distance(near_, points, d, bones);
            for (size_t i = 0; i < seams.size(); ++i)
                (field_.stuff(nearest_bone(bones, i), at[i]) == stuff_[seams[i].from] ? low : high)[i] =
                    0.5f * (low[i] + high[i]);
        }
        for (size_t i = 0; i < seams.size(); ++i) seams[i].share = 0.5f * (low[i] + high[i]);
    }

    const Field& field_;
    float cell_m_;
    Near near_, shade_near_;
    std::vector<Stuff> stuff_;
    std::vector<int> bone_;
};

double net_volume_m3(const Net& net) {
    double six = 0.0;
    for (size_t i = 0; i < net.corners.size(); i += 3) {
        const Vector3 a = net.places[net.corners[i]].cast<double>(),
                      b = net.places[net.corners[i + 1]].cast<double>(),
                      c = net.places[net.corners[i + 2]].cast<double>();
        six += a.dot(b.cross(c));
    }
    return six / 6.0;
}

/// Mass over the volume of the clothed figure: about 1010-1060 for the body with air in its lungs, less for clothes and shoes.
constexpr double k_density_kgpm3 = 1000.0;
/// Share of the volume that a net this coarse, not yet drawn onto the surface, holds (measured).
constexpr double k_weighed_share = 0.94;
constexpr float k_weighing_cell_m = 0.030f;
constexpr double k_least_flesh = 0.45, k_most_flesh = 3.0;

/// The flesh at which the figure, standing with arms out, has the volume of the person's mass.
double find_flesh(const BodyModel& body) {
    Pose pose;
    for (int side = 0; side < k_side_count; ++side) {
        pose.joints[on_side(dof_left_shoulder_abduction, side)] = 0.6;
        pose.joints[on_side(dof_left_hip_abduction, side)] = 0.15;
    }
    const Frames frames = pose_figure(body, pose);
    const double wanted_m3 = k_weighed_share * body.person.def.mass_kg / k_density_kgpm3;
    const auto volume = [&](double flesh) {
        const Figure figure = build_figure(body, flesh);
        return net_volume_m3(surface_net(Field(figure, frames, k_weighing_cell_m), k_weighing_cell_m));
    };
    double flesh = std::sqrt((body.person.def.mass_kg / 75.0) / (body.person.lengths.stature_m / 1.75));
    // Volume grows a little slower than flesh squared, since trunk depth, hands, feet and head stay.
    for (int i = 0; i < 4; ++i)
        flesh = std::clamp(flesh * std::pow(wanted_m3 / volume(flesh), 0.65), k_least_flesh, k_most_flesh);
    return flesh;
}

struct Finished {
    Mesh mesh;
    std::vector<int> bones;
};
Finished finished(const Figure& figure, const Frames& frames, double cell_m) {
    PLUMB_CHECK(cell_m >= 0.004 && cell_m <= 0.04, "cells of 4 to 40 mm");
    const auto cell = static_cast<float>(cell_m);
    const Field field(figure, frames, cell);
    Finisher finisher(field, cell);
    Mesh mesh = finisher.finish(surface_net(field, cell));
    return {std::move(mesh), finisher.bones()};
}

}  // namespace

struct Skin::Impl {
    BodyModel body;
    Figure shape;
};

Skin::Skin(const BodyModel& body)
    : impl_(std::make_unique<Impl>(Impl{body, build_figure(body, find_flesh(body))})) {}
Skin::~Skin() = default;
Skin::Skin(Skin&&) noexcept = default;
Skin& Skin::operator=(Skin&&) noexcept = default;

Mesh Skin::mesh(const Pose& pose, double cell_m) const {
    return finished(impl_->shape, pose_figure(impl_->body, pose), cell_m).mesh;
}

Skin::Muscles Skin::muscles(const Pose& pose, double cell_m, const PerMuscle<Rgba>& colours) const {
    const Frames frames = pose_figure(impl_->body, pose);
    Finished skin = finished(impl_->shape, frames, cell_m);
    Muscles painted;
    painted.spots = paint_muscles(skin.mesh, skin.bones, {impl_->shape.muscles, frames}, colours);
    painted.mesh = std::move(skin.mesh);
    return painted;
}

}  // namespace plumb
