// The support region against closed forms, against its laws (monotone, mirrored), and point by point against GLPK.
#include "sim/body/support_region.h"

#include <cmath>
#include <future>
#include <limits>

#include "sim/base/units.h"
#include "sim/body/contact.h"
#include "sim/body/dynamics.h"
#include "tests/body/glpk_oracle.h"
#include "tests/body/leaning_body.h"
#include "tests/body/rest_lp.h"
#include "tests/catch.h"

using namespace plumb;
using namespace plumb::test;
using Catch::Approx;

namespace {

void scale_strength(BodyModel& body, double factor) {
    for (JointStrength& s : body.person.strengths) s = {factor * s.positive_Nm, factor * s.negative_Nm};
}

LeaningBody strong(LeaningBody leaning) {
    scale_strength(leaning.body, 1e4);
    return leaning;
}

Polygon region_of(const LeaningBody& leaning) {
    return support_region(leaning.body, leaning.pose, contacts_of(leaning));
}

std::vector<RegionContact> soles_of(const LeaningBody& leaning) {
    return touching_contacts(leaning.body, forward_kinematics(leaning.body, leaning.pose), std::nullopt);
}

/// How far the farthest corner of one polygon is outside another [m].
double sticks_out_m(const Polygon& polygon, const Polygon& of) {
    double out_m = polygon.empty() ? -1.0 : -std::numeric_limits<double>::infinity();
    for (const Eigen::Vector2d& p : polygon) out_m = std::max(out_m, -signed_margin(of, p).margin_m);
    return out_m;
}

double area_m2(const Polygon& polygon) {
    double sum = 0.0;
    for (std::size_t i = 0; i < polygon.size(); ++i) {
        const Eigen::Vector2d &a = polygon[i], &b = polygon[(i + 1) % polygon.size()];
        sum += 0.5 * (a.x() * b.y() - a.y() * b.x());
    }
    return sum;
}

double farthest_m(const Polygon& polygon, const Eigen::Vector2d& direction) {
    double farthest = -std::numeric_limits<double>::infinity();
    for (const Eigen::Vector2d& p : polygon) farthest = std::max(farthest, direction.dot(p));
    return farthest;
}

/// Upright and symmetric: soles at Z = 0 and a wall contact at each buttock's side, at `height_m`.
struct Ladder {
    double height_m, wall_distance_m, floor_friction, wall_friction;
};
std::vector<RegionContact> ladder_contacts(const LeaningBody& standing, const Ladder& ladder) {
    std::vector<RegionContact> contacts = soles_of(standing);
    for (RegionContact& c : contacts) c.friction = ladder.floor_friction;
    for (const double y : {-0.1, 0.1})
        contacts.push_back({.link = k_pelvis_link,
                            .point_m = {-ladder.wall_distance_m, y, ladder.height_m},
                            .normal = Vector3::UnitX(),
                            .friction = ladder.wall_friction});
    return contacts;
}

bool can_rest(const LeaningBody& leaning, const std::vector<RegionContact>& contacts,
              const Eigen::Vector2d& com_m) {
    const RestLp lp = rest_lp(leaning, contacts, com_m, 64);
    return glpk_best(lp.conditions, lp.lower, lp.upper, Eigen::VectorXd::Zero(lp.conditions.cols()), 50.0)
        .has_value();
}

}  // namespace

TEST_CASE("Without a wall and with strength to spare the region is the base of support", "[body]") {
    std::mt19937_64 generator(21);
    for (int trial = 0; trial < 40; ++trial) {
        const LeaningBody leaning = strong(draw_leaning(generator));
        const Polygon region = support_region(leaning.body, leaning.pose, soles_of(leaning)),
                      base = support_base(leaning.body, forward_kinematics(leaning.body, leaning.pose)).sole;
        INFO("trial " << trial);
        CHECK(sticks_out_m(region, base) < 1e-6);
        CHECK(sticks_out_m(base, region) < k_region_error_m);
    }
}

TEST_CASE("On a wall the region reaches as far back as a ladder stands", "[body]") {
    // Feet at x, wall at -d, contact height h: floor N = W - T, wall pushes P <= mu N, T = s nu P with s in [-1, 1], and the
    // moment about Y gives x - com = P (h + s nu (d + x)) / W with P = mu W / (1 + s mu nu), best at s = 1 or -1.
    std::mt19937_64 generator(22);
    for (int trial = 0; trial < 40; ++trial) {
        LeaningBody standing =
            strong(draw_leaning(generator, {.hips_back_from_m = -0.05, .hips_back_to_m = 0.1}));
        const Ladder ladder{.height_m = uniform(generator, 0.3, 1.4),
                            .wall_distance_m = uniform(generator, 0.05, 0.8),
                            .floor_friction = uniform(generator, 0.2, 0.9),
                            .wall_friction = trial % 4 == 0 ? 0.0 : uniform(generator, 0.0, 0.8)};
        const Polygon region =
            support_region(standing.body, standing.pose, ladder_contacts(standing, ladder));
        const Polygon base =
            support_base(standing.body, forward_kinematics(standing.body, standing.pose)).sole;
        const double heel_m = -farthest_m(base, {-1.0, 0.0}), toe_m = farthest_m(base, {1.0, 0.0});
        const double mu = ladder.floor_friction, nu = ladder.wall_friction;
        const auto moved_m = [&](double edge_m, double s) {
            return mu * (ladder.height_m + s * nu * (ladder.wall_distance_m + edge_m)) / (1.0 + s * mu * nu);
        };
        const double back_m = heel_m - std::max(moved_m(heel_m, 1.0), moved_m(heel_m, -1.0)),
                     front_m = toe_m - std::min(0.0, std::min(moved_m(toe_m, 1.0), moved_m(toe_m, -1.0)));
        INFO("trial " << trial << " mu " << mu << " nu " << nu << " h " << ladder.height_m);
        CHECK(-farthest_m(region, {-1.0, 0.0}) == Approx(back_m).margin(1e-6));
        CHECK(farthest_m(region, {1.0, 0.0}) == Approx(front_m).margin(1e-6));
        // A wall only adds places.
        CHECK(sticks_out_m(base, region) < k_region_error_m);
    }
}

TEST_CASE("More strength and more friction never take a place away", "[body]") {
    std::mt19937_64 generator(23);
    int shrunk = 0, trials = 0;
    for (int trial = 0; trial < 60; ++trial) {
        LeaningBody leaning = draw_leaning(generator);
        std::vector<RegionContact> contacts = contacts_of(leaning);
        const Polygon region = support_region(leaning.body, leaning.pose, contacts);
        INFO("trial " << trial);
        Polygon last = region;
        for (const double factor : {0.8, 0.6, 0.3}) {
            LeaningBody weaker = leaning;
            scale_strength(weaker.body, factor);
            const Polygon smaller = support_region(weaker.body, weaker.pose, contacts);
            CHECK(sticks_out_m(smaller, last) < k_region_error_m);
            last = smaller;
        }
        ++trials;
        shrunk += area_m2(last) < 0.9 * area_m2(region);
        for (RegionContact& c : contacts) c.friction *= 0.5;
        CHECK(sticks_out_m(support_region(leaning.body, leaning.pose, contacts), region) < k_region_error_m);
        // Nobody stands without any strength, not even on a wall.
        scale_strength(leaning.body, 0.0);
        CHECK(region_of(leaning).empty());
    }
    CHECK(shrunk > trials / 2);
}

TEST_CASE("Grown for one place the region gives that place's margin", "[body]") {
    std::mt19937_64 generator(27);
    int coarser = 0;
    for (int trial = 0; trial < 60; ++trial) {
        const LeaningBody leaning = draw_leaning(generator);
        const std::vector<RegionContact> contacts = contacts_of(leaning);
        const Eigen::Vector2d place{uniform(generator, -0.5, 0.2), uniform(generator, -0.2, 0.2)};
        const Polygon fine = support_region(leaning.body, leaning.pose, contacts),
                      grown = support_region(leaning.body, leaning.pose, contacts, place);
        INFO("trial " << trial << " at " << place.transpose());
        REQUIRE(grown.empty() == fine.empty());
        if (fine.empty()) continue;
        const double margin_m = signed_margin(fine, place).margin_m;
        CHECK(std::abs(signed_margin(grown, place).margin_m - margin_m)
              < k_region_error_m + 0.03 * std::abs(margin_m));
        CHECK(sticks_out_m(grown, fine) < k_region_error_m);
        coarser += grown.size() < fine.size();
    }
    CHECK(coarser > 20);
}

TEST_CASE("The mirrored body has the mirrored region", "[body]") {
    std::mt19937_64 generator(24);
    for (int trial = 0; trial < 40; ++trial) {
        LeaningBody leaning = draw_leaning(generator);
        Polygon expected;
        for (const Eigen::Vector2d& p : region_of(leaning)) expected.emplace_back(p.x(), -p.y());
        expected = convex_hull(expected);
        leaning.pose = mirrored(leaning.pose);
        const Polygon region = region_of(leaning);
        INFO("trial " << trial);
        REQUIRE(region.empty() == expected.empty());
        CHECK(sticks_out_m(region, expected) < k_region_error_m);
        CHECK(sticks_out_m(expected, region) < k_region_error_m);
    }
}

namespace {

void check_forces_by_region(int trials) {
    std::mt19937_64 generator(25);
    int inside = 0, outside = 0, empty = 0;
    for (int trial = 0; trial < trials; ++trial) {
        const LeaningBody leaning = draw_leaning(generator);
        const std::vector<RegionContact> contacts = contacts_of(leaning);
        const Polygon region = support_region(leaning.body, leaning.pose, contacts);
        empty += region.empty();
        // A grid, then points 3 to 10 mm on either side of the edge.
        std::vector<Eigen::Vector2d> places;
        for (double x = -0.6; x < 0.5; x += 0.15)
            for (double y = -0.3; y < 0.35; y += 0.13) places.emplace_back(x, y);
        for (std::size_t i = 0; i < region.size(); i += 3) {
            const Eigen::Vector2d &a = region[i], &b = region[(i + 1) % region.size()];
            const Eigen::Vector2d out = Eigen::Vector2d(b.y() - a.y(), a.x() - b.x()).normalized();
            for (const double off_m : {-0.01, -0.003, 0.003})
                places.push_back(a + uniform(generator, 0.1, 0.9) * (b - a) + off_m * out);
        }
        for (const Eigen::Vector2d& place : places) {
            const double margin_m = signed_margin(region, place).margin_m;
            if (std::abs(margin_m) < 0.002) continue;
            INFO("trial " << trial << " at " << place.transpose() << " margin " << margin_m);
            CHECK(can_rest(leaning, contacts, place) == (margin_m > 0.0));
            ++(margin_m > 0.0 ? inside : outside);
        }
    }
    CHECK(inside > 12 * trials);
    CHECK(outside > 12 * trials);
    CHECK(empty < trials / 2);
}

}  // namespace

TEST_CASE("Inside the region forces can be found, outside none", "[body]") { check_forces_by_region(10); }

TEST_CASE("Inside the region forces can be found, outside none: 25 postures", "[long][body]") {
    check_forces_by_region(25);
}

TEST_CASE("Contacts are what touches, with the friction of their pair", "[body]") {
    LeaningBody leaning;
    leaning.body = model_of(PersonDef{});
    const PosedBody posed = pose_of(leaning.body, {}, {0.05, 0.8, 0.1, 0.0, 0.0});
    leaning.pose = posed.pose;
    const Kinematics k = forward_kinematics(leaning.body, leaning.pose);
    const double at_wall_m = -rearmost_m(leaning.body, k);
    const auto wall_contacts = [&](double distance_m) {
        std::vector<RegionContact> found;
        for (const RegionContact& c : touching_contacts(leaning.body, k, distance_m))
            if (c.normal.x() > 0.5) found.push_back(c);
        return found;
    };
    CHECK(soles_of(leaning).size() == 14);
    CHECK(wall_contacts(at_wall_m + 0.0025).empty());
    const auto near = wall_contacts(at_wall_m + 0.0015);
    REQUIRE(near.size() == 2);  // both buttocks
    CHECK(near[0].friction == k_flesh_wall_friction);
    CHECK(near[0].point_m.x() == Approx(-at_wall_m - 0.0015));
    CHECK(near[0].point_m.y() == Approx(-near[1].point_m.y()));
    CHECK(wall_contacts(at_wall_m - 0.02).size() >= 2);
    // A raised body touches nothing, a lowered one with its buttocks too.
    leaning.pose.pelvis_m.z() += 0.0025;
    CHECK(soles_of(leaning).empty());
    CHECK(region_of(leaning).empty());
    leaning.pose.pelvis_m.z() = 0.05;
    int flesh = 0;
    for (const RegionContact& c : soles_of(leaning)) flesh += c.friction == k_flesh_floor_friction;
    CHECK(flesh >= 2);
}

TEST_CASE("There is no region without a floor, and none in a pose that is no number", "[body]") {
    std::mt19937_64 generator(26);
    LeaningBody leaning = draw_leaning(generator);
    std::vector<RegionContact> wall_alone;
    for (const RegionContact& c : contacts_of(leaning))
        if (c.normal.x() > 0.5) wall_alone.push_back(c);
    REQUIRE_FALSE(wall_alone.empty());
    CHECK(support_region(leaning.body, leaning.pose, {}).empty());
    CHECK(support_region(leaning.body, leaning.pose, wall_alone).empty());
    const std::vector<RegionContact> contacts = contacts_of(leaning);
    leaning.pose.joints[dof_left_knee_flexion] = std::numeric_limits<double>::quiet_NaN();
    CHECK(support_region(leaning.body, leaning.pose, contacts).empty());
}

TEST_CASE("Regions are the same on two threads at once", "[body]") {
    std::mt19937_64 generator(27);
    std::vector<LeaningBody> bodies;
    for (int i = 0; i < 40; ++i) bodies.push_back(draw_leaning(generator));
    const auto all = [&bodies] {
        std::vector<Polygon> regions;
        for (const LeaningBody& leaning : bodies) regions.push_back(region_of(leaning));
        return regions;
    };
    const std::vector<Polygon> alone = all();
    auto beside = std::async(std::launch::async, all);
    CHECK(all() == alone);
    CHECK(beside.get() == alone);
}
