// Every cut edge gets a vertex for each of its two stuffs; triangles fall into two or three parts of one colour each.
#include "render/scene/seams.h"

#include <algorithm>
#include <cmath>

namespace plumb::figure {
namespace {

/// Cuts this near a corner would leave slivers.
constexpr float k_least_share = 0.06f;

Vertex between(const Vertex& a, const Vertex& b, float share) {
    Vertex v;
    float square = 0.0f;
    for (size_t i = 0; i < 3; ++i) {
        v.place_m[i] = a.place_m[i] + share * (b.place_m[i] - a.place_m[i]);
        v.normal[i] = a.normal[i] + share * (b.normal[i] - a.normal[i]);
        square += v.normal[i] * v.normal[i];
    }
    if (square < 1e-6f)
        v.normal = a.normal;
    else
        for (float& n : v.normal) n /= std::sqrt(square);
    v.occlusion = a.occlusion + share * (b.occlusion - a.occlusion);
    return v;
}

class Cutter {
  public:
    Cutter(Mesh& mesh, std::span<const Stuff> stuff) : mesh_(mesh), stuff_(stuff) {}

    [[nodiscard]] std::vector<Seam> seams() const {
        std::vector<Seam> seams;
        for (size_t i = 0; i < mesh_.corners.size(); ++i) {
            const std::uint32_t a = mesh_.corners[i], b = mesh_.corners[i % 3 == 2 ? i - 2 : i + 1];
            // The surface is closed: every edge is also walked the other way.
            if (a < b && stuff_[a] != stuff_[b]) seams.push_back({a, b});
        }
        std::sort(seams.begin(), seams.end(), before);
        const auto same = [](const Seam& a, const Seam& b) { return a.from == b.from && a.to == b.to; };
        seams.erase(std::unique(seams.begin(), seams.end(), same), seams.end());
        return seams;
    }

    void cut(const std::vector<Seam>& seams) {
        first_cut_ = static_cast<std::uint32_t>(mesh_.vertices.size());
        for (size_t i = 0; i < stuff_.size(); ++i) {
            mesh_.vertices[i].colour = colour_of(stuff_[i]);
            origins_.push_back(static_cast<std::uint32_t>(i));
        }
        for (const Seam& seam : seams) {
            Vertex v = between(mesh_.vertices[seam.from], mesh_.vertices[seam.to],
                               std::clamp(seam.share, k_least_share, 1.0f - k_least_share));
            for (const std::uint32_t end : {seam.from, seam.to}) {
                v.colour = colour_of(stuff_[end]);
                mesh_.vertices.push_back(v);
                origins_.push_back(end);
            }
        }
        std::vector<std::uint32_t> whole;
        whole.swap(mesh_.corners);
        mesh_.corners.reserve(whole.size() + 6 * seams.size());
        for (size_t i = 0; i < whole.size(); i += 3)
            cut_triangle({whole[i], whole[i + 1], whole[i + 2]}, seams);
    }

    [[nodiscard]] std::vector<std::uint32_t> take_origins() { return std::move(origins_); }

  private:
    using Corners = std::array<std::uint32_t, 3>;
    static bool before(const Seam& a, const Seam& b) {
        return a.from != b.from ? a.from < b.from : a.to < b.to;
    }
    /// The vertex on the seam between two corners that has the colour of `side`.
    [[nodiscard]] std::uint32_t on_seam(std::uint32_t side, std::uint32_t other,
                                        const std::vector<Seam>& seams) const {
        const Seam wanted{std::min(side, other), std::max(side, other)};
        const auto found = std::lower_bound(seams.begin(), seams.end(), wanted, before);
        return first_cut_ + 2 * static_cast<std::uint32_t>(found - seams.begin())
               + (side == wanted.from ? 0u : 1u);
    }
    void add(std::uint32_t a, std::uint32_t b, std::uint32_t c) {
        mesh_.corners.insert(mesh_.corners.end(), {a, b, c});
    }

    void cut_triangle(const Corners& t, const std::vector<Seam>& seams) {
        const auto same = [&](size_t i, size_t k) { return stuff_[t[i]] == stuff_[t[k]]; };
        if (same(0, 1) && same(1, 2)) return add(t[0], t[1], t[2]);
        if (!same(0, 1) && !same(1, 2) && !same(2, 0)) return cut_in_three(t, seams);
        // One corner differs from the two others.
        const size_t lone = same(1, 2) ? 0 : same(2, 0) ? 1 : 2;
        const std::uint32_t a = t[lone], b = t[(lone + 1) % 3], c = t[(lone + 2) % 3];
        add(a, on_seam(a, b, seams), on_seam(a, c, seams));
        add(on_seam(b, a, seams), b, c);
        add(on_seam(b, a, seams), c, on_seam(c, a, seams));
    }

    void cut_in_three(const Corners& t, const std::vector<Seam>& seams) {
        Vertex middle = between(mesh_.vertices[t[0]], mesh_.vertices[t[1]], 0.5f);
        middle = between(middle, mesh_.vertices[t[2]], 1.0f / 3.0f);
        for (size_t i = 0; i < 3; ++i) {
            const std::uint32_t a = t[i], next = t[(i + 1) % 3], last = t[(i + 2) % 3];
            middle.colour = colour_of(stuff_[a]);
            const auto centre = static_cast<std::uint32_t>(mesh_.vertices.size());
            mesh_.vertices.push_back(middle);
            origins_.push_back(a);
            add(a, on_seam(a, next, seams), centre);
            add(a, centre, on_seam(a, last, seams));
        }
    }

    Mesh& mesh_;
    std::span<const Stuff> stuff_;
    std::uint32_t first_cut_ = 0;
    std::vector<std::uint32_t> origins_;
};

}  // namespace

std::array<float, 3> colour_of(Stuff stuff) {
    switch (stuff) {
    case Stuff::skin: return {0.80f, 0.61f, 0.49f};
    case Stuff::shirt: return {0.20f, 0.50f, 0.60f};
    case Stuff::shorts: return {0.17f, 0.19f, 0.28f};
    case Stuff::sock: return {0.94f, 0.94f, 0.95f};
    case Stuff::shoe: return {0.92f, 0.44f, 0.30f};
    case Stuff::sole: return {0.93f, 0.93f, 0.91f};
    case Stuff::hair: return {0.21f, 0.16f, 0.13f};
    }
    return {};
}

std::vector<std::uint32_t> cut_seams(Mesh& mesh, std::span<const Stuff> stuff,
                                     const std::function<void(std::vector<Seam>&)>& find_shares) {
    Cutter cutter(mesh, stuff);
    std::vector<Seam> seams = cutter.seams();
    find_shares(seams);
    cutter.cut(seams);
    return cutter.take_origins();
}

}  // namespace plumb::figure
