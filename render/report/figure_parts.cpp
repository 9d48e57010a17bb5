// Vertices that share triangles belong together; balls and bars are recognised by their shape.
#include "render/report/figure_parts.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include <Eigen/Eigenvalues>
#include <Eigen/Geometry>

#include "sim/base/units.h"

namespace plumb {
namespace {

constexpr int k_rim_points = 28;
constexpr double k_flesh = 2.5, k_bare_end = 1.5;  ///< a bar's end grows so often at most; where no ball is
constexpr double k_trunk = 3.6;                    ///< times a bar's radius: half of a trunk's depth
constexpr double k_in_ball = 0.85;                 ///< of a ball's radius: so thick a limb leaves it
constexpr double k_thin = 0.6;  ///< of the thickest bar: bones of the foot, points of the sole
constexpr double k_one_place_m = 0.005, k_support_m = 0.15;

Vector3 place(const Vertex& v) { return {double(v.place_m[0]), double(v.place_m[1]), double(v.place_m[2])}; }

/// Leaders of joined numbers.
class Unions {
  public:
    explicit Unions(std::size_t count) : leader_(count) {
        std::iota(leader_.begin(), leader_.end(), std::size_t{0});
    }
    std::size_t of(std::size_t i) {
        while (leader_[i] != i) i = leader_[i] = leader_[leader_[i]];
        return i;
    }
    void join(std::size_t a, std::size_t b) {
        a = of(a);
        b = of(b);
        leader_[std::max(a, b)] = std::min(a, b);
    }

  private:
    std::vector<std::size_t> leader_;
};

double off_segment(const Vector3& p, const Vector3& from, const Vector3& to) {
    const Vector3 way = to - from;
    const double length2 = way.squaredNorm(),
                 share = length2 > 0.0 ? std::clamp((p - from).dot(way) / length2, 0.0, 1.0) : 0.0;
    return (p - from - share * way).norm();
}

/// A ball (both ends in one place) or a bar with round ends; nothing for another shape.
struct Bar {
    Vector3 from, to;
    double radius_m = 0.0;
    Rgba fill;
    [[nodiscard]] bool ball() const { return (to - from).norm() < k_one_place_m; }
};
std::optional<Bar> bar_of(const FigurePart& part) {
    if (part.normal || part.corners.size() < 8) return std::nullopt;
    const Vector3 middle = part.middle();
    Eigen::Matrix3d spread = Eigen::Matrix3d::Zero();
    for (const Vector3& p : part.corners) spread += (p - middle) * (p - middle).transpose();
    const Eigen::SelfAdjointEigenSolver<Eigen::Matrix3d> axes(spread);
    const Vector3 axis = axes.eigenvectors().col(2);
    double half = 0.0, radius = 0.0;
    for (const Vector3& p : part.corners) {
        const double along = (p - middle).dot(axis);
        half = std::max(half, std::abs(along));
        radius = std::max(radius, (p - middle - along * axis).norm());
    }
    // A ball has no axis.
    const double rest = half > 1.05 * radius ? half - radius : 0.0;
    Bar bar{middle - rest * axis, middle + rest * axis, radius, part.fill};
    const bool round = std::ranges::all_of(part.corners, [&](const Vector3& p) {
        return std::abs(off_segment(p, bar.from, bar.to) - radius) < 0.06 * radius;
    });
    if (!round) return std::nullopt;
    return bar;
}

/// Where bars meet: three and more in the hips' middle and between the shoulders.
class Meetings {
  public:
    explicit Meetings(const std::vector<Bar>& bars) : bars_(bars) {}
    /// A bar of the trunk: from where three meet to another that goes on; a neck and limbs do not.
    [[nodiscard]] bool of_trunk(const Bar& bar) const {
        const std::size_t from = count(bar.from), to = count(bar.to);
        return std::max(from, to) >= 3 && std::min(from, to) >= 2;
    }
    /// An end from which no limb goes.
    [[nodiscard]] bool in_trunk(const Vector3& end) const {
        return count(end) >= 3
               || std::ranges::all_of(bars_, [&](const Bar& b) { return !at(b, end) || of_trunk(b); });
    }

  private:
    static bool at(const Bar& bar, const Vector3& end) {
        return (bar.from - end).norm() < k_one_place_m || (bar.to - end).norm() < k_one_place_m;
    }
    [[nodiscard]] std::size_t count(const Vector3& end) const {
        return static_cast<std::size_t>(
            std::ranges::count_if(bars_, [&](const Bar& b) { return at(b, end); }));
    }
    const std::vector<Bar>& bars_;
};

/// One part for each foot: bones that share an end, and the sole's points beside them.
std::vector<FigurePart> feet_of(const std::vector<Bar>& bones, const std::vector<Bar>& points) {
    Unions feet(bones.size());
    for (std::size_t i = 0; i < bones.size(); ++i)
        for (std::size_t k = 0; k < i; ++k)
            for (const Vector3& a : {bones[i].from, bones[i].to})
                for (const Vector3& b : {bones[k].from, bones[k].to})
                    if ((a - b).norm() < k_one_place_m) feet.join(i, k);
    std::vector<FigurePart> by_leader(bones.size());
    for (std::size_t i = 0; i < bones.size(); ++i) {
        FigurePart& foot = by_leader[feet.of(i)];
        foot.fill = bones[i].fill;
        for (const Vector3& end : {bones[i].from, bones[i].to})
            foot.balls.push_back({end, bones[i].radius_m});
    }
    std::vector<FigurePart> parts;
    for (const Bar& point : points) {
        std::size_t nearest = 0;
        double best = k_support_m;
        for (std::size_t i = 0; i < bones.size(); ++i)
            if (const double off = off_segment(point.from, bones[i].from, bones[i].to); off < best) {
                best = off;
                nearest = i;
            }
        if (best < k_support_m)
            by_leader[feet.of(nearest)].balls.push_back({point.from, point.radius_m});
        else
            parts.push_back({{{point.from, point.radius_m}}, {}, {}, point.fill});
    }
    for (FigurePart& foot : by_leader)
        if (!foot.balls.empty()) parts.push_back(std::move(foot));
    return parts;
}

}  // namespace

Vector3 FigurePart::middle() const {
    Vector3 sum = Vector3::Zero();
    for (const Vector3& p : corners) sum += p;
    for (const FigureBall& ball : balls) sum += ball.centre_m;
    return sum / std::max<double>(1.0, double(corners.size() + balls.size()));
}

std::vector<Vector3> FigurePart::places(const Vector3& eye_m) const {
    std::vector<Vector3> all = corners;
    for (const FigureBall& ball : balls) {
        // The rim that is seen, near enough.
        const Vector3 way = (eye_m - ball.centre_m).normalized(), u = way.unitOrthogonal(), v = way.cross(u);
        for (int i = 0; i < k_rim_points; ++i) {
            const double angle = 2.0 * k_pi * i / k_rim_points;
            all.push_back(ball.centre_m + ball.radius_m * (std::cos(angle) * u + std::sin(angle) * v));
        }
    }
    return all;
}

double FigurePart::width_m() const {
    double width = 0.0;
    for (const Vector3& p : corners) width = std::max(width, (p - corners.front()).norm());
    return width;
}

bool FigurePart::hides(const Vector3& place_m, const Vector3& eye_m) const {
    if (!normal || corners.size() < 3) return false;
    const Vector3 way = place_m - eye_m;
    const double share = normal->dot(corners.front() - eye_m) / normal->dot(way);
    if (!(share > 0.0 && share < 1.0)) return false;
    const Vector3 at = eye_m + share * way;
    for (std::size_t i = 0; i < corners.size(); ++i) {
        const Vector3 &a = corners[i], &b = corners[(i + 1) % corners.size()];
        if (normal->dot((b - a).cross(at - a)) < 0.0) return false;
    }
    return true;
}

std::vector<FigurePart> mesh_parts(const Mesh& mesh) {
    Unions unions(mesh.vertices.size());
    for (std::size_t i = 0; i + 2 < mesh.corners.size(); i += 3) {
        unions.join(mesh.corners[i], mesh.corners[i + 1]);
        unions.join(mesh.corners[i], mesh.corners[i + 2]);
    }
    std::vector<FigurePart> parts;
    std::vector<std::size_t> part_of(mesh.vertices.size(), mesh.vertices.size());
    for (std::size_t i = 0; i < mesh.vertices.size(); ++i) {
        const std::size_t leader = unions.of(i);
        const Vertex& v = mesh.vertices[i];
        const Vector3 normal(double(v.normal[0]), double(v.normal[1]), double(v.normal[2]));
        if (leader == i) {
            part_of[i] = parts.size();
            parts.push_back({{}, {}, normal, {v.colour[0], v.colour[1], v.colour[2], 1.0f}});
        }
        FigurePart& part = parts[part_of[leader]];
        part.corners.push_back(place(v));
        if (part.normal && (*part.normal - normal).norm() > 1e-3) part.normal.reset();
    }
    return parts;
}

std::vector<FigurePart> person_parts(const Mesh& mesh) {
    std::vector<FigurePart> parts;
    std::vector<Bar> bars, balls, bones, points;
    double thickest = 0.0;
    for (FigurePart& part : mesh_parts(mesh)) {
        const auto bar = bar_of(part);
        if (!bar) {
            parts.push_back(std::move(part));
            continue;
        }
        (bar->ball() ? balls : bars).push_back(*bar);
        if (!bar->ball()) thickest = std::max(thickest, bar->radius_m);
    }
    const auto take_thin = [&](std::vector<Bar>& from, std::vector<Bar>& to) {
        for (const Bar& bar : from)
            if (bar.radius_m < k_thin * thickest) to.push_back(bar);
        std::erase_if(from, [&](const Bar& bar) { return bar.radius_m < k_thin * thickest; });
    };
    take_thin(bars, bones);
    take_thin(balls, points);
    for (FigurePart& foot : feet_of(bones, points)) parts.push_back(std::move(foot));
    // One colour for the whole person: the shapes' own say what may touch what, which is no matter here.
    const Rgba flesh = bars.empty() ? Rgba{0.42f, 0.60f, 0.72f, 1.0f} : bars.front().fill;
    for (const Bar& ball : balls) parts.push_back({{{ball.from, ball.radius_m}}, {}, {}, flesh});
    const Meetings meetings(bars);
    for (const Bar& bar : bars) {
        const bool trunk = meetings.of_trunk(bar);
        FigurePart limb{{}, {}, {}, flesh};
        for (const Vector3& end : {bar.from, bar.to}) {
            const bool inner = trunk && meetings.in_trunk(end);
            double radius = (inner ? k_trunk : k_bare_end) * bar.radius_m;
            for (const Bar& ball : balls)
                if ((ball.from - end).norm() < ball.radius_m)
                    radius = std::max(radius, std::min(k_in_ball * ball.radius_m, k_flesh * bar.radius_m));
            limb.balls.push_back({end, radius});
        }
        parts.push_back(std::move(limb));
    }
    return parts;
}

}  // namespace plumb
