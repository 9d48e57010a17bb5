// Distance to rounded cones and ellipsoids, united smoothly; plain loops over eight lanes for the compiler to vectorise.
#include "render/scene/figure_field.h"

#include <algorithm>
#include <cmath>

namespace plumb::figure {
namespace {

/// Beyond this share of its width a smooth union changes less than a millimetre.
constexpr float k_blend_felt = 0.8f;
constexpr float k_far_m = 1e3f;
/// Clothes rise from the skin over at least this length.
constexpr float k_hem_m = 0.010f;
/// Least rounding of the sole's edge.
constexpr float k_sole_edge_m = 0.008f;
constexpr float k_thickest_cloth_m = 0.010f;

inline float smooth_min(float a, float b, float width, float quarter_over_width) {
    const float h = std::max(width - std::abs(a - b), 0.0f);
    return std::min(a, b) - h * h * quarter_over_width;
}

}  // namespace

Field::Field(const Figure& figure, const Frames& frames, float cell_m)
    : figure_(figure),
      hem_m_(std::max(k_hem_m, 1.4f * cell_m)),
      sole_edge_m_(std::max(k_sole_edge_m, 1.1f * cell_m)) {
    low_ = Vector3f::Constant(k_far_m);
    high_ = -low_;
    for (size_t i = 0; i < k_bone_count; ++i) {
        const BoneShape& bone = figure.bones[i];
        ReadyBone& ready = bones_[i];
        ready.shown = bone.shown && !bone.shapes.empty();
        ready.frame = frames[i];
        ready.first = static_cast<int>(shapes_.size());
        ready.count = static_cast<int>(bone.shapes.size());
        ready.reach_m = bone.blend_m;
        add_shapes(bone);
        Vector3f low = Vector3f::Constant(k_far_m), high = -low;
        for (const Shape& s : bone.shapes) {
            const Vector3f a(s.a.data()), b(s.b.data());
            const Vector3f half = s.cone ? Vector3f::Constant(std::max(s.r1, s.r2)) : b;
            low = low.cwiseMin(a - half);
            high = high.cwiseMax(a + half);
            if (s.cone) {
                low = low.cwiseMin(b - half);
                high = high.cwiseMax(b + half);
            }
        }
        ready.middle = frames[i].origin + frames[i].axes * (0.5f * (low + high));
        ready.around_m = 0.5f * (high - low).norm();
        const Vector3f reach = frames[i].axes.cwiseAbs() * (0.5f * (high - low));
        if (ready.shown) {
            low_ = low_.cwiseMin(ready.middle - reach);
            high_ = high_.cwiseMax(ready.middle + reach);
        }
        const auto plane_of = [&](size_t floor_bone) {
            const Frame& f = frames[floor_bone];
            const Vector3f down = f.axes.col(1);
            return Plane{down, -down.dot(f.origin) - figure.bones[floor_bone].floor_y_m};
        };
        ready.clipped = bone.other_floor >= 0;
        if (ready.clipped) {
            ready.floors = {plane_of(i), plane_of(static_cast<size_t>(bone.other_floor))};
            // Without a wedge they are one plane; cutting twice would round the sole away.
            ready.floor_count = ready.floors[0].normal.dot(ready.floors[1].normal) > 0.99999f ? 1 : 2;
        }
        ready.garment = bone.garment;
        const Frame& cloth_frame =
            frames[bone.garment.frame < 0 ? i : static_cast<size_t>(bone.garment.frame)];
        ready.garment.place = cloth_frame.origin + cloth_frame.axes * bone.garment.place;
        ready.garment.normal = cloth_frame.axes * bone.garment.normal;
        ready.dressed = bone.garment.inside_m > 0.0f || bone.garment.outside_m > 0.0f;
    }
    // A parent is felt as far as its widest child.
    for (size_t i = 0; i < k_bone_count; ++i)
        if (const int parent = figure.bones[i].parent; parent >= 0)
            bones_[static_cast<size_t>(parent)].reach_m =
                std::max(bones_[static_cast<size_t>(parent)].reach_m, figure.bones[i].blend_m);
}

void Field::add_shapes(const BoneShape& bone) {
    for (const Shape& s : bone.shapes) {
        const Vector3f a(s.a.data()), b(s.b.data());
        if (s.cone)
            shapes_.push_back({true, a, b - a, 1.0f / (b - a).squaredNorm(), s.r1, s.r2 - s.r1});
        else
            shapes_.push_back({false, a, b.cwiseInverse(), b.minCoeff(), b.maxCoeff(), 0.0f});
    }
}

float Field::least_distance(const Ready& s, const Vector3f& local) {
    const Vector3f q = local - s.a;
    if (s.cone) {
        const float t = std::clamp(q.dot(s.b) * s.scale, 0.0f, 1.0f);
        return (q - t * s.b).norm() - (s.r1 + t * s.dr);
    }
    // Both are lower bounds.
    return std::max((q.cwiseProduct(s.b).norm() - 1.0f) * s.scale, q.norm() - s.r1);
}

void Field::find_near(const Vector3f& place, float radius_m, Near& near) const {
    near.parts.clear();
    near.pairs.clear();
    std::array<int, k_bone_count> part_of;
    part_of.fill(-1);
    for (size_t i = 0; i < k_bone_count; ++i) {
        const ReadyBone& bone = bones_[i];
        const float blend = k_blend_felt * (figure_.bones[i].inner_m + bone.reach_m);
        const float reach = radius_m + std::max(blend, k_thickest_cloth_m);
        if (!bone.shown || (place - bone.middle).norm() > bone.around_m + reach) continue;
        const Vector3f local = bone.frame.axes.transpose() * (place - bone.frame.origin);
        Near::BonePart part{static_cast<int>(i), {}};
        for (int s = bone.first; s < bone.first + bone.count; ++s)
            if (least_distance(shapes_[static_cast<size_t>(s)], local) < reach) part.shapes.push_back(s);
        if (part.shapes.empty()) continue;
        part_of[i] = static_cast<int>(near.parts.size());
        near.parts.push_back(std::move(part));
    }
    for (size_t i = 0; i < k_bone_count; ++i) {
        const BoneShape& bone = figure_.bones[i];
        if (part_of[i] < 0 || bone.parent < 0 || part_of[static_cast<size_t>(bone.parent)] < 0) continue;
        if ((place - bones_[i].frame.origin).norm() > bone.gone_m + radius_m) continue;
        near.pairs.push_back({part_of[i], part_of[static_cast<size_t>(bone.parent)]});
    }
}

void Field::bone_distance(const ReadyBone& bone, float inner_m, const std::vector<int>& shapes,
                          const Points& p, Lanes& out) const {
    const Eigen::Matrix3f& r = bone.frame.axes;
    const Vector3f& o = bone.frame.origin;
    const float r00 = r(0, 0), r01 = r(0, 1), r02 = r(0, 2), r10 = r(1, 0), r11 = r(1, 1), r12 = r(1, 2),
                r20 = r(2, 0), r21 = r(2, 1), r22 = r(2, 2), ox = o.x(), oy = o.y(), oz = o.z();
    Points q;
#pragma omp simd
    for (int i = 0; i < k_lanes; ++i) {
        const float dx = p.x.v[i] - ox, dy = p.y.v[i] - oy, dz = p.z.v[i] - oz;
        q.x.v[i] = r00 * dx + r10 * dy + r20 * dz;
        q.y.v[i] = r01 * dx + r11 * dy + r21 * dz;
        q.z.v[i] = r02 * dx + r12 * dy + r22 * dz;
        out.v[i] = k_far_m;
    }
    const float quarter = 0.25f / inner_m;
    for (const int index : shapes) {
        const Ready& s = shapes_[static_cast<size_t>(index)];
        const float ax = s.a.x(), ay = s.a.y(), az = s.a.z(), bx = s.b.x(), by = s.b.y(), bz = s.b.z();
        const float scale = s.scale, r1 = s.r1, dr = s.dr;
        if (s.cone) {
#pragma omp simd
            for (int i = 0; i < k_lanes; ++i) {
                const float x = q.x.v[i] - ax, y = q.y.v[i] - ay, z = q.z.v[i] - az;
                const float t = std::min(std::max((x * bx + y * by + z * bz) * scale, 0.0f), 1.0f);
                const float ex = x - t * bx, ey = y - t * by, ez = z - t * bz;
                const float d = std::sqrt(ex * ex + ey * ey + ez * ez) - r1 - t * dr;
                out.v[i] = smooth_min(out.v[i], d, inner_m, quarter);
            }
        } else {
#pragma omp simd
            for (int i = 0; i < k_lanes; ++i) {
                // First-order distance (Taubin): exact on the surface; the small number keeps the centre finite.
                const float x = (q.x.v[i] - ax) * bx, y = (q.y.v[i] - ay) * by, z = (q.z.v[i] - az) * bz;
                const float gx = x * bx, gy = y * by, gz = z * bz;
                const float k0 = std::sqrt(x * x + y * y + z * z + 1e-6f);
                const float k1 = std::sqrt(gx * gx + gy * gy + gz * gz + 1e-3f);
                const float d = k0 * (k0 - 1.0f) / k1;
                out.v[i] = smooth_min(out.v[i], d, inner_m, quarter);
            }
        }
    }
    if (bone.dressed) {
        const Garment& g = bone.garment;
        const float gx = g.place.x(), gy = g.place.y(), gz = g.place.z(), nx = g.normal.x(),
                    ny = g.normal.y(), nz = g.normal.z(), radius = g.radius_m, from = g.outside_m,
                    rise = g.inside_m - g.outside_m, over = 1.0f / hem_m_;
        if (g.sphere) {
#pragma omp simd
            for (int i = 0; i < k_lanes; ++i) {
                const float x = p.x.v[i] - gx, y = p.y.v[i] - gy, z = p.z.v[i] - gz;
                const float s = std::sqrt(x * x + y * y + z * z) - radius;
                const float t = std::min(std::max(0.5f + s * over, 0.0f), 1.0f);
                out.v[i] -= from + rise * t * t * (3.0f - 2.0f * t);
            }
        } else {
#pragma omp simd
            for (int i = 0; i < k_lanes; ++i) {
                const float s = (p.x.v[i] - gx) * nx + (p.y.v[i] - gy) * ny + (p.z.v[i] - gz) * nz;
                const float t = std::min(std::max(0.5f + s * over, 0.0f), 1.0f);
                out.v[i] -= from + rise * t * t * (3.0f - 2.0f * t);
            }
        }
    }
    if (bone.clipped) cut_sole(bone, p, out);
}

/// Nothing of a shoe lies below its sole.
void Field::cut_sole(const ReadyBone& bone, const Points& p, Lanes& d) const {
    const float edge = sole_edge_m_, quarter = 0.25f / edge;
    for (size_t f = 0; f < bone.floor_count; ++f) {
        const Plane& floor = bone.floors[f];
        const float nx = floor.normal.x(), ny = floor.normal.y(), nz = floor.normal.z(), c = floor.offset;
#pragma omp simd
        for (int i = 0; i < k_lanes; ++i) {
            const float below = p.x.v[i] * nx + p.y.v[i] * ny + p.z.v[i] * nz + c;
            d.v[i] = -smooth_min(-d.v[i], -below, edge, quarter);
        }
    }
}

void Field::distance(const Near& near, const Points& p, Lanes& out, BoneDistances& bones) const {
#pragma omp simd
    for (int i = 0; i < k_lanes; ++i) out.v[i] = k_far_m;
    for (size_t b = 0; b < near.parts.size(); ++b) {
        const auto bone = static_cast<size_t>(near.parts[b].bone);
        Lanes& d = bones[b];
        bone_distance(bones_[bone], figure_.bones[bone].inner_m, near.parts[b].shapes, p, d);
#pragma omp simd
        for (int i = 0; i < k_lanes; ++i) out.v[i] = std::min(out.v[i], d.v[i]);
    }
    for (const Near::Pair& pair : near.pairs) {
        const auto child = static_cast<size_t>(near.parts[static_cast<size_t>(pair.child)].bone);
        const BoneShape& shape = figure_.bones[child];
        const Lanes& a = bones[static_cast<size_t>(pair.child)];
        const Lanes& b = bones[static_cast<size_t>(pair.parent)];
        const Vector3f& joint = bones_[child].frame.origin;
        const float jx = joint.x(), jy = joint.y(), jz = joint.z(), blend = shape.blend_m,
                    gone = shape.gone_m, over = 1.0f / (shape.gone_m - shape.full_m);
        Lanes both;
#pragma omp simd
        for (int i = 0; i < k_lanes; ++i) {
            const float x = p.x.v[i] - jx, y = p.y.v[i] - jy, z = p.z.v[i] - jz;
            const float away = std::sqrt(x * x + y * y + z * z);
            const float t = std::min(std::max((gone - away) * over, 0.0f), 1.0f);
            const float width = blend * t * t * (3.0f - 2.0f * t) + 1e-6f;
            both.v[i] = smooth_min(a.v[i], b.v[i], width, 0.25f / width);
        }
        // The union of two flat soles bulges: cut again.
        if (bones_[child].clipped) cut_sole(bones_[child], p, both);
#pragma omp simd
        for (int i = 0; i < k_lanes; ++i) out.v[i] = std::min(out.v[i], both.v[i]);
    }
}

Stuff Field::stuff(int bone, const Vector3f& point) const {
    const Garment& g = bones_[static_cast<size_t>(bone)].garment;
    const Vector3f from = point - g.place;
    const float s = g.sphere ? from.norm() - g.radius_m : from.dot(g.normal);
    return s > 0.0f ? g.inside : g.outside;
}

}  // namespace plumb::figure
