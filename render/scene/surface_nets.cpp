// Blocks of 8^3 samples where the figure is near; in them only the 4^3 bricks through which the surface can pass are sampled.
#include "render/scene/surface_nets.h"

#include <array>
#include <cmath>
#include <memory>

namespace plumb::figure {
namespace {

constexpr int k_half = k_block / 2;
constexpr std::uint32_t k_none = 0xffffffffu;
constexpr float k_outside_m = 1.0f;
/// The estimate at a brick's middle may be off by this factor before the brick is skipped wrongly.
constexpr float k_estimate_safety = 1.3f;

using Index3 = std::array<int, 3>;

struct Block {
    Index3 at;
    std::array<float, k_block_samples> value;
    std::array<std::uint32_t, k_block_samples> vertex;
};

constexpr size_t sample_index(int x, int y, int z) {
    return static_cast<size_t>((z * k_block + y) * k_block + x);
}

class SparseGrid {
  public:
    SparseGrid(const Field& field, float cell_m) : field_(field), cell_m_(cell_m) {
        const float block_m = cell_m * k_block;
        for (size_t i = 0; i < 3; ++i) {
            const auto axis = static_cast<Eigen::Index>(i);
            // One block of margin on both sides: nothing is ever cut off at the edge.
            low_[i] = static_cast<int>(std::floor((field.low()[axis] - 0.03f) / block_m)) - 1;
            size_[i] = static_cast<int>(std::floor((field.high()[axis] + 0.03f) / block_m)) + 2 - low_[i];
        }
        lookup_.assign(static_cast<size_t>(size_[0]) * size_[1] * size_[2], -1);
        sample();
    }

    Net net();

  private:
    [[nodiscard]] size_t slot(const Index3& b) const {
        return (static_cast<size_t>(b[2]) * size_[1] + b[1]) * size_[0] + b[0];
    }
    [[nodiscard]] Block* block_at(const Index3& b) const {
        for (size_t i = 0; i < 3; ++i)
            if (b[i] < 0 || b[i] >= size_[i]) return nullptr;
        const int index = lookup_[slot(b)];
        return index < 0 ? nullptr : blocks_[static_cast<size_t>(index)].get();
    }
    [[nodiscard]] Vector3f place_of(const Block& block, float x, float y, float z) const {
        return cell_m_
               * Vector3f(static_cast<float>((low_[0] + block.at[0]) * k_block) + x,
                          static_cast<float>((low_[1] + block.at[1]) * k_block) + y,
                          static_cast<float>((low_[2] + block.at[2]) * k_block) + z);
    }
    void sample();
    bool sample_block(Block& block, const Near& near) const;
    void add_vertices(Block& block, Net& net) const;
    void add_quads(const Block& block, Net& net) const;

    const Field& field_;
    float cell_m_;
    Index3 low_{}, size_{};
    std::vector<int> lookup_;
    std::vector<std::unique_ptr<Block>> blocks_;
};

constexpr float k_middle = 0.5f * (k_block - 1);
float block_radius_m(float cell_m) { return cell_m * k_middle * 1.7321f; }

void SparseGrid::sample() {
    Near near;
    auto block = std::make_unique<Block>();
    for (int z = 0; z < size_[2]; ++z)
        for (int y = 0; y < size_[1]; ++y)
            for (int x = 0; x < size_[0]; ++x) {
                block->at = {x, y, z};
                // One cell more: the cells at the far faces reach into the next block.
                field_.find_near(place_of(*block, k_middle, k_middle, k_middle),
                                 block_radius_m(cell_m_) + 1.75f * cell_m_, near);
                if (near.empty()) continue;
                if (!sample_block(*block, near)) continue;
                lookup_[slot(block->at)] = static_cast<int>(blocks_.size());
                blocks_.push_back(std::move(block));
                block = std::make_unique<Block>();
            }
}

/// False when the whole block is far outside.
bool SparseGrid::sample_block(Block& block, const Near& near) const {
    Points p;
    Lanes d;
    BoneDistances bones;
    constexpr float brick_middle = 0.5f * (k_half - 1);
    for (int i = 0; i < k_lanes; ++i) {
        const Vector3f at = place_of(block, brick_middle + static_cast<float>((i & 1) * k_half),
                                     brick_middle + static_cast<float>(((i >> 1) & 1) * k_half),
                                     brick_middle + static_cast<float>((i >> 2) * k_half));
        p.x.v[i] = at.x();
        p.y.v[i] = at.y();
        p.z.v[i] = at.z();
    }
    field_.distance(near, p, d, bones);
    // Cells reach one sample beyond the brick.
    const float skip = k_estimate_safety * cell_m_ * 1.7321f * (brick_middle + 1.0f);
    bool any = false;
    for (int i = 0; i < k_lanes; ++i) any = any || d.v[i] < skip;
    if (!any) return false;
    for (int brick = 0; brick < k_lanes; ++brick) {
        const int x0 = (brick & 1) * k_half, y0 = ((brick >> 1) & 1) * k_half, z0 = (brick >> 2) * k_half;
        const bool far = std::abs(d.v[brick]) > skip;
        for (int z = z0; z < z0 + k_half; ++z)
            for (int y = y0; y < y0 + k_half; y += 2) {
                Lanes values;
                if (far) {
                    for (float& v : values.v) v = d.v[brick];
                } else {
                    for (int i = 0; i < k_lanes; ++i) {
                        const Vector3f at = place_of(block, static_cast<float>(x0 + (i & 3)),
                                                     static_cast<float>(y + (i >> 2)), static_cast<float>(z));
                        p.x.v[i] = at.x();
                        p.y.v[i] = at.y();
                        p.z.v[i] = at.z();
                    }
                    field_.distance(near, p, values, bones);
                }
                for (int i = 0; i < k_lanes; ++i)
                    block.value[sample_index(x0 + (i & 3), y + (i >> 2), z)] = values.v[i];
            }
    }
    return true;
}

/// One vertex in every cell whose corners differ in sign, at the mean of its edges' crossings.
void SparseGrid::add_vertices(Block& block, Net& net) const {
    constexpr int n = k_block + 1;
    std::array<float, n * n * n> value;
    value.fill(k_outside_m);
    for (int dz = 0; dz < 2; ++dz)
        for (int dy = 0; dy < 2; ++dy)
            for (int dx = 0; dx < 2; ++dx) {
                const Block* from = block_at({block.at[0] + dx, block.at[1] + dy, block.at[2] + dz});
                if (from == nullptr) continue;
                for (int z = 0; z < (dz ? 1 : k_block); ++z)
                    for (int y = 0; y < (dy ? 1 : k_block); ++y)
                        for (int x = 0; x < (dx ? 1 : k_block); ++x)
                            value[static_cast<size_t>(((z + dz * k_block) * n + y + dy * k_block) * n + x
                                                      + dx * k_block)] = from->value[sample_index(x, y, z)];
            }
    static constexpr std::array<std::array<int, 2>, 12> edges = {
        {{0, 1}, {2, 3}, {4, 5}, {6, 7}, {0, 2}, {1, 3}, {4, 6}, {5, 7}, {0, 4}, {1, 5}, {2, 6}, {3, 7}}};
    block.vertex.fill(k_none);
    const auto first = static_cast<std::uint32_t>(net.places.size());
    for (int z = 0; z < k_block; ++z)
        for (int y = 0; y < k_block; ++y)
            for (int x = 0; x < k_block; ++x) {
                std::array<float, 8> corner;
                int inside = 0;
                for (int i = 0; i < 8; ++i) {
                    corner[static_cast<size_t>(i)] = value[static_cast<size_t>(
                        ((z + (i >> 2)) * n + y + ((i >> 1) & 1)) * n + x + (i & 1))];
                    inside += corner[static_cast<size_t>(i)] < 0.0f ? 1 : 0;
                }
                if (inside == 0 || inside == 8) continue;
                Vector3f sum = Vector3f::Zero();
                float count = 0.0f;
                for (const auto& [a, b] : edges) {
                    const float va = corner[static_cast<size_t>(a)], vb = corner[static_cast<size_t>(b)];
                    if ((va < 0.0f) == (vb < 0.0f)) continue;
                    const float t = va / (va - vb);
                    const Vector3f pa(static_cast<float>(a & 1), static_cast<float>((a >> 1) & 1),
                                      static_cast<float>(a >> 2));
                    const Vector3f pb(static_cast<float>(b & 1), static_cast<float>((b >> 1) & 1),
                                      static_cast<float>(b >> 2));
                    sum += pa + t * (pb - pa);
                    count += 1.0f;
                }
                sum /= count;
                block.vertex[sample_index(x, y, z)] = static_cast<std::uint32_t>(net.places.size());
                net.places.push_back(place_of(block, static_cast<float>(x) + sum.x(),
                                              static_cast<float>(y) + sum.y(),
                                              static_cast<float>(z) + sum.z()));
            }
    const auto count = static_cast<std::uint32_t>(net.places.size()) - first;
    if (count > 0) net.groups.push_back({place_of(block, k_middle, k_middle, k_middle), first, count});
}

/// Around every crossed edge that starts at one of the block's samples lie four cells: a quad, facing outward.
void SparseGrid::add_quads(const Block& block, Net& net) const {
    std::array<const Block*, 27> around;
    for (int i = 0; i < 27; ++i)
        around[static_cast<size_t>(i)] =
            block_at({block.at[0] + i % 3 - 1, block.at[1] + i / 3 % 3 - 1, block.at[2] + i / 9 - 1});
    const auto find = [&](Index3 at) -> std::pair<const Block*, size_t> {
        int neighbour = 0, step = 1;
        for (int& c : at) {
            const int shift = c < 0 ? 0 : c < k_block ? 1 : 2;
            neighbour += step * shift;
            step *= 3;
            c -= (shift - 1) * k_block;
        }
        return {around[static_cast<size_t>(neighbour)], sample_index(at[0], at[1], at[2])};
    };
    const auto value_at = [&](const Index3& at) {
        const auto [from, index] = find(at);
        return from == nullptr ? k_outside_m : from->value[index];
    };
    const auto vertex_at = [&](const Index3& at) {
        const auto [from, index] = find(at);
        return from == nullptr ? k_none : from->vertex[index];
    };
    for (int z = 0; z < k_block; ++z)
        for (int y = 0; y < k_block; ++y)
            for (int x = 0; x < k_block; ++x) {
                const bool here = block.value[sample_index(x, y, z)] < 0.0f;
                for (size_t axis = 0; axis < 3; ++axis) {
                    const Index3 at{x, y, z};
                    Index3 next = at;
                    ++next[axis];
                    const float there = next[axis] < k_block
                                            ? block.value[sample_index(next[0], next[1], next[2])]
                                            : value_at(next);
                    if (here == (there < 0.0f)) continue;
                    const size_t u = (axis + 1) % 3, v = (axis + 2) % 3;
                    std::array<std::uint32_t, 4> quad;
                    for (size_t i = 0; i < 4; ++i) {
                        Index3 cell = at;
                        if (i == 0 || i == 3) --cell[u];
                        if (i < 2) --cell[v];
                        quad[i] = vertex_at(cell);
                    }
                    // Inside here: the outside lies ahead along the axis, and 0-1-2-3 turns counter-clockwise about it.
                    if (!here) std::swap(quad[1], quad[3]);
                    // The shorter diagonal gives the rounder crease.
                    const auto length = [&](size_t a, size_t b) {
                        return (net.places[quad[a]] - net.places[quad[b]]).squaredNorm();
                    };
                    const std::array<size_t, 6> order = length(0, 2) <= length(1, 3)
                                                            ? std::array<size_t, 6>{0, 1, 2, 0, 2, 3}
                                                            : std::array<size_t, 6>{0, 1, 3, 1, 2, 3};
                    for (const size_t i : order) net.corners.push_back(quad[i]);
                }
            }
}

Net SparseGrid::net() {
    Net net;
    net.block_radius_m = block_radius_m(cell_m_) + 1.75f * cell_m_;
    // A block without values of its own can still hold the cells between it and its neighbours: they are within one cell of
    // the surface, so sample() kept it.
    for (const auto& block : blocks_) add_vertices(*block, net);
    for (const auto& block : blocks_) add_quads(*block, net);
    return net;
}

}  // namespace

Net surface_net(const Field& field, float cell_m) { return SparseGrid(field, cell_m).net(); }

}  // namespace plumb::figure
