// Rods along the segments; radii of a man of 75 kg and 1.75 m, grown with girth (choice).
#include "sim/plan/side_exit_flesh.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace plumb {
namespace {

enum Part : int { upper_arm, forearm, thigh, shank, foot, part_kinds };
constexpr std::array<const char*, part_kinds> k_words = {"upper arm", "forearm", "thigh", "shank", "foot"};
constexpr std::array<double, part_kinds> k_radii_m = {0.045, 0.035, 0.065, 0.05, 0.03};
constexpr int k_trunk = 2 * part_kinds, k_parts = k_trunk + 1;
constexpr double k_trunk_radius_m = 0.11;
/// The upper part of a thigh is one with the pelvis.
constexpr double k_thigh_from = 0.35;

constexpr int left(Part part) { return part; }
constexpr int right(Part part) { return part_kinds + part; }

struct Rod {
    Vector3 from, to;
    double radius_m = 0.0;
};

double distance_m(const Rod& a, const Rod& b) {
    // Nearest points of two segments: on both lines first, then each end where it is passed.
    const Vector3 u = a.to - a.from, v = b.to - b.from, w = a.from - b.from;
    const double uu = u.squaredNorm(), vv = v.squaredNorm(), uv = u.dot(v), uw = u.dot(w), vw = v.dot(w);
    const double det = uu * vv - uv * uv;
    double s = det > 1e-9 * uu * vv ? std::clamp((uv * vw - vv * uw) / det, 0.0, 1.0) : 0.5;
    const double t = std::clamp((vw + s * uv) / vv, 0.0, 1.0);
    s = std::clamp((t * uv - uw) / uu, 0.0, 1.0);
    return (w + s * u - t * v).norm();
}

struct Pair {
    int first, second;
};
/// Not forearm with forearm: crossed arms lie on one another.
std::vector<Pair> make_pairs() {
    std::vector<Pair> pairs;
    const auto add = [&](int a, int b) { pairs.push_back(Pair{a, b}); };
    for (const auto arm_of : {left, right}) {
        for (const auto leg_of : {left, right}) {
            for (const Part arm : {upper_arm, forearm})
                for (const Part leg : {thigh, shank}) add(arm_of(arm), leg_of(leg));
            add(arm_of(forearm), leg_of(foot));
        }
        add(arm_of(forearm), k_trunk);
    }
    for (const Part a : {thigh, shank, foot})
        for (const Part b : {thigh, shank, foot}) add(left(a), right(b));
    return pairs;
}

}  // namespace

std::vector<FleshPair> flesh_pairs(const BodyModel& body, const Kinematics& k) {
    const Person& person = body.person;
    const BodyLengths& size = person.lengths;
    const double girth = std::sqrt(person.def.mass_kg / size.stature_m / (75.0 / 1.75));
    std::array<Rod, k_parts> rods;
    for (int side = 0; side < k_side_count; ++side) {
        const auto joint = [&](int link) { return k.position[static_cast<size_t>(link)]; };
        const Vector3 elbow = joint(forearm_link(side)), hip = joint(thigh_link(side)),
                      knee = joint(shank_link(side)), ankle = joint(foot_link(side));
        const auto& outline = body.feet[static_cast<size_t>(side)].outline_m;
        const auto at = [&](Part part) -> Rod& {
            return rods[static_cast<size_t>(side == side_left ? left(part) : right(part))];
        };
        at(upper_arm) = {joint(forearm_link(side) - 1), elbow};
        at(forearm) = {elbow, k.point(forearm_link(side), {0.0, 0.0, -size.forearm_m})};
        at(thigh) = {hip + k_thigh_from * (knee - hip), knee};
        at(shank) = {knee, ankle};
        at(foot) = {k.point(foot_link(side), outline[0] + Vector3(0.03, 0.0, 0.03)),
                    k.point(foot_link(side), 0.5 * (outline[3] + outline[4]) + Vector3(-0.03, 0.0, 0.03))};
        for (int part = 0; part < part_kinds; ++part)
            at(static_cast<Part>(part)).radius_m =
                k_radii_m[static_cast<size_t>(part)] * (part == foot ? 1.0 : girth);
    }
    rods[k_trunk] = {k.point(k_thorax_link, {0.0, 0.0, 0.15 * size.lumbar_to_shoulder_m}),
                     k.point(k_thorax_link, {0.0, 0.0, 0.75 * size.lumbar_to_shoulder_m}),
                     k_trunk_radius_m * girth};
    std::vector<FleshPair> found;
    for (const Pair& pair : make_pairs()) {
        const Rod &a = rods[static_cast<size_t>(pair.first)], &b = rods[static_cast<size_t>(pair.second)];
        found.push_back({a.radius_m + b.radius_m - distance_m(a, b), pair.first, pair.second});
    }
    return found;
}

std::string flesh_name(int part) {
    if (part == k_trunk) return "trunk";
    return std::string(part < part_kinds ? "left " : "right ")
           + k_words[static_cast<size_t>(part % part_kinds)];
}

}  // namespace plumb
