// The signed distance to the figure in one pose, eight points at a time.
#pragma once

#include <vector>

#include "render/scene/figure.h"

namespace plumb::figure {

inline constexpr int k_lanes = 8;
struct alignas(32) Lanes {
    float v[k_lanes];
};
struct Points {
    Lanes x, y, z;
};

/// What of the figure matters near some place.
struct Near {
    struct BonePart {
        int bone;
        std::vector<int> shapes;
    };
    std::vector<BonePart> parts;
    struct Pair {
        int child, parent;  ///< places in `parts`
    };
    std::vector<Pair> pairs;
    [[nodiscard]] bool empty() const { return parts.empty(); }
};

/// Distances of eight points to each bone of a Near, in its order.
using BoneDistances = std::array<Lanes, k_bone_count>;

class Field {
  public:
    /// Hems and the soles' edges are rounded as far as cells of `cell_m` need.
    Field(const Figure& figure, const Frames& frames, float cell_m);

    /// What can lie within `radius_m` of a place, blends included.
    void find_near(const Vector3f& place, float radius_m, Near& near) const;
    /// Distance [m] to the clothed surface, + outside; true near it and a close estimate elsewhere.
    void distance(const Near& near, const Points& points, Lanes& out, BoneDistances& bones) const;
    /// What a bone wears at a point.
    [[nodiscard]] Stuff stuff(int bone, const Vector3f& point) const;
    /// Smallest box around the figure.
    [[nodiscard]] Vector3f low() const { return low_; }
    [[nodiscard]] Vector3f high() const { return high_; }

  private:
    /// A shape ready to be measured, in its bone's frame.
    struct Ready {
        bool cone;
        Vector3f a, b;  ///< cone: start and axis; ellipsoid: centre and 1 / half axes
        float scale;    ///< cone: 1 / axis^2; ellipsoid: smallest half axis
        float r1, dr;   ///< cone: radius and its change; ellipsoid: largest half axis
    };
    struct Plane {
        Vector3f normal = Vector3f::Zero();
        float offset = 0.0f;
    };
    struct ReadyBone {
        bool shown = false;
        Frame frame;
        int first = 0, count = 0;
        Vector3f middle = Vector3f::Zero();  ///< sphere around the bone, world
        float around_m = 0.0f;
        float reach_m = 0.0f;  ///< how far its blends can matter
        bool clipped = false, dressed = false;
        std::array<Plane, 2> floors{};
        size_t floor_count = 0;
        Garment garment;  ///< place and normal in the world
    };
    [[nodiscard]] static float least_distance(const Ready& shape, const Vector3f& local);
    void cut_sole(const ReadyBone& bone, const Points& p, Lanes& d) const;
    void add_shapes(const BoneShape& bone);
    void bone_distance(const ReadyBone& bone, float inner_m, const std::vector<int>& shapes, const Points& p,
                       Lanes& out) const;

    const Figure& figure_;
    float hem_m_, sole_edge_m_;
    std::vector<Ready> shapes_;
    std::array<ReadyBone, k_bone_count> bones_;
    Vector3f low_, high_;
};

}  // namespace plumb::figure
