// Lowest surfaces drawn onto a grid by their height, then blurred: narrow for what touches, wide for what hangs near.
#include "render/gl/contact.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace plumb {
namespace {

constexpr int k_n = ContactShade::k_cells;
constexpr double k_cell_m = ContactShade::k_cell_m;
/// Surfaces fade out of the narrow and of the wide shade at these heights.
constexpr float k_touch_m = 0.06f, k_near_m = 0.60f;
constexpr int k_touch_blur_cells = 2, k_near_blur_cells = 7;
constexpr float k_touch_share = 0.60f, k_near_share = 0.50f;

using Grid = std::vector<float>;
using Corner = std::array<float, 3>;

/// Two box blurs make a tent.
void blur(Grid& grid, int radius) {
    Grid line(k_n);
    const float share = 1.0f / static_cast<float>(2 * radius + 1);
    const auto along = [&](size_t start, size_t stride) {
        float sum = 0.0f;
        const auto at = [&](int i) {
            return i >= 0 && i < k_n ? grid[start + static_cast<size_t>(i) * stride] : 0.0f;
        };
        for (int i = 0; i < radius; ++i) sum += at(i);
        for (int i = 0; i < k_n; ++i) {
            sum += at(i + radius);
            line[static_cast<size_t>(i)] = sum * share;
            sum -= at(i - radius);
        }
        for (int i = 0; i < k_n; ++i)
            grid[start + static_cast<size_t>(i) * stride] = line[static_cast<size_t>(i)];
    };
    for (int pass = 0; pass < 2; ++pass)
        for (size_t i = 0; i < k_n; ++i) {
            along(i * k_n, 1);
            along(i, k_n);
        }
}

struct Heights {
    Eigen::Vector2d corner_m;
    Grid touch = Grid(size_t{k_n} * k_n, 0.0f), near = Grid(size_t{k_n} * k_n, 0.0f);

    float share = 1.0f;  ///< of the solid at hand

    void put(int column, int row, float height_m) {
        if (column < 0 || row < 0 || column >= k_n || row >= k_n) return;
        const size_t i = static_cast<size_t>(row) * k_n + static_cast<size_t>(column);
        touch[i] = std::max(touch[i], share * (1.0f - std::max(height_m, 0.0f) / k_touch_m));
        near[i] = std::max(near[i], share * (1.0f - std::max(height_m, 0.0f) / k_near_m));
    }

    /// Every cell whose middle the triangle covers, and the one below its own middle.
    void triangle(const Corner& a, const Corner& b, const Corner& c) {
        const auto column = [&](float x) { return static_cast<float>((x - corner_m.x()) / k_cell_m); };
        const auto row = [&](float y) { return static_cast<float>((y - corner_m.y()) / k_cell_m); };
        const float ax = column(a[0]), ay = row(a[1]), bx = column(b[0]), by = row(b[1]), cx = column(c[0]),
                    cy = row(c[1]);
        const float area = (bx - ax) * (cy - ay) - (by - ay) * (cx - ax);
        if (!(area < 0.0f)) return;  // faces up
        const auto cell = [](float v) {
            return static_cast<int>(std::floor(std::clamp(v, -2.0f, k_n + 2.0f)));
        };
        put(cell((ax + bx + cx) / 3.0f), cell((ay + by + cy) / 3.0f), (a[2] + b[2] + c[2]) / 3.0f);
        const int left = std::max(cell(std::min({ax, bx, cx})), 0),
                  right = std::min(cell(std::max({ax, bx, cx})), k_n - 1);
        const int low = std::max(cell(std::min({ay, by, cy})), 0),
                  high = std::min(cell(std::max({ay, by, cy})), k_n - 1);
        for (int y = low; y <= high; ++y)
            for (int x = left; x <= right; ++x) {
                const float px = static_cast<float>(x) + 0.5f, py = static_cast<float>(y) + 0.5f;
                const float u = ((bx - px) * (cy - py) - (by - py) * (cx - px)) / area;
                const float v = ((cx - px) * (ay - py) - (cy - py) * (ax - px)) / area;
                const float w = 1.0f - u - v;
                if (u >= 0.0f && v >= 0.0f && w >= 0.0f) put(x, y, u * a[2] + v * b[2] + w * c[2]);
            }
    }
};

}  // namespace

ContactShade contact_shade(std::span<const Mesh> solids, std::span<const float> shares) {
    // The square lies in the middle of what is near the floor, moved by whole cells so that the shade does not swim.
    Eigen::Vector2f low = Eigen::Vector2f::Constant(1e9f), high = -low;
    for (const Mesh& mesh : solids)
        for (const Vertex& v : mesh.vertices) {
            if (!(v.place_m[2] < k_near_m)) continue;
            const Eigen::Vector2f at(v.place_m[0], v.place_m[1]);
            low = low.cwiseMin(at);
            high = high.cwiseMax(at);
        }
    ContactShade result;
    result.shade.assign(size_t{k_n} * k_n, 0);
    if (!(low.x() <= high.x())) return result;
    const Eigen::Vector2d middle = (0.5f * (low + high)).cast<double>();
    result.corner_m = ((middle.array() / k_cell_m).round() - 0.5 * k_n).matrix() * k_cell_m;

    Heights heights{result.corner_m};
    for (size_t k = 0; k < solids.size(); ++k) {
        const Mesh& mesh = solids[k];
        heights.share = shares[k];
        for (size_t i = 0; i + 2 < mesh.corners.size(); i += 3) {
            const Corner& a = mesh.vertices[mesh.corners[i]].place_m;
            const Corner& b = mesh.vertices[mesh.corners[i + 1]].place_m;
            const Corner& c = mesh.vertices[mesh.corners[i + 2]].place_m;
            if (std::min({a[2], b[2], c[2]}) < k_near_m) heights.triangle(a, b, c);
        }
    }
    blur(heights.touch, k_touch_blur_cells);
    blur(heights.near, k_near_blur_cells);

    for (int y = 0; y < k_n; ++y)
        for (int x = 0; x < k_n; ++x) {
            const size_t i = static_cast<size_t>(y) * k_n + static_cast<size_t>(x);
            const int to_rim = std::min({x, y, k_n - 1 - x, k_n - 1 - y});
            const float kept = std::min(static_cast<float>(to_rim) / 12.0f, 1.0f);
            const float light =
                (1.0f - k_touch_share * heights.touch[i]) * (1.0f - k_near_share * heights.near[i]);
            result.shade[i] = static_cast<std::uint8_t>(std::lround(255.0f * kept * (1.0f - light)));
        }
    return result;
}

}  // namespace plumb
