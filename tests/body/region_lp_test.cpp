// The simplex method of the support region against GLPK over random programs of its kind.
#include "sim/body/region_lp.h"

#include <cmath>
#include <limits>

#include "sim/base/units.h"
#include "tests/body/glpk_oracle.h"
#include "tests/catch.h"
#include "tests/person/bodies.h"

using namespace plumb;
using namespace plumb::test;
using Catch::Approx;

namespace {

/// Cones over equations (some of right side 0), ranges around 0, and ranges that x = 0 breaks on either side.
RegionLp random_lp(std::mt19937_64& generator) {
    const int rows = 3 + static_cast<int>(uniform(generator, 0.0, 18.0)),
              cones = 2 + rows / 3 + static_cast<int>(uniform(generator, 0.0, 16.0)),
              columns = RegionLp::k_rays * cones;
    RegionLp lp;
    lp.lower = lp.upper = Eigen::VectorXd::Zero(rows);
    Eigen::MatrixXd whole(rows + 2, columns);
    for (int cone = 0; cone < cones; ++cone) {
        Eigen::MatrixXd parts(rows + 2, 3);  // along, a, b
        for (double& part : parts.reshaped()) part = uniform(generator, -0.6, 0.6);
        parts.row(0) << 1.0, 0.0, 0.0;  // bounded, as the weight bounds the contacts
        whole.col(4 * cone) = parts.col(0) + parts.col(1);
        whole.col(4 * cone + 1) = parts.col(0) + parts.col(2);
        whole.col(4 * cone + 2) = parts.col(0) - parts.col(1);
        whole.col(4 * cone + 3) = parts.col(0) - parts.col(2);
    }
    lp.conditions = whole.topRows(rows);
    lp.place = whole.bottomRows<2>();
    lp.lower[0] = lp.upper[0] = 1.0;
    for (int i = 1; i < rows; ++i) {
        const double kind = uniform(generator, 0.0, 1.0), room = uniform(generator, 0.01, 0.3);
        if (kind < 0.3) continue;
        const double from = kind < 0.8 ? -uniform(generator, 0.0, room) : uniform(generator, -0.2, 0.05);
        lp.lower[i] = from;
        lp.upper[i] = from + room;
    }
    return lp;
}

/// The same with every cone as a pyramid of many rays: 1 - cos(pi / 256) = 8e-5 of the half opening is missing.
struct Pyramids {
    Eigen::MatrixXd conditions, place;
};
Pyramids pyramids_of(const RegionLp& lp) {
    constexpr int k_many = 256;
    const auto cones = lp.conditions.cols() / RegionLp::k_rays;
    Pyramids many{Eigen::MatrixXd(lp.conditions.rows(), cones * k_many), Eigen::MatrixXd(2, cones * k_many)};
    const auto fill = [&](const auto& from, auto& to) {
        for (Eigen::Index cone = 0; cone < cones; ++cone)
            for (int i = 0; i < k_many; ++i) {
                const double angle = 2.0 * k_pi * i / k_many;
                const Eigen::VectorXd along = 0.5 * (from.col(4 * cone) + from.col(4 * cone + 2));
                to.col(cone * k_many + i) = along + std::cos(angle) * (from.col(4 * cone) - along)
                                            + std::sin(angle) * (from.col(4 * cone + 1) - along);
            }
    };
    fill(lp.conditions, many.conditions);
    fill(lp.place, many.place);
    return many;
}

}  // namespace

TEST_CASE("The region's simplex method finds what GLPK finds", "[body]") {
    std::mt19937_64 generator(11);
    int feasible = 0, trials = 0;
    for (int trial = 0; trial < 60; ++trial) {
        const RegionLp lp = random_lp(generator);
        const Pyramids many = pyramids_of(lp);
        RegionLpSolver solver(lp);
        INFO("trial " << trial);
        for (int turn = 0; turn < 4; ++turn) {
            const double angle = uniform(generator, -3.15, 3.15);
            const Eigen::Vector2d direction(std::cos(angle), std::sin(angle));
            const auto expected =
                glpk_best(many.conditions, lp.lower, lp.upper, many.place.transpose() * direction, 1e3);
            REQUIRE(solver.feasible() == expected.has_value());
            if (!expected) break;
            const auto place = solver.farthest(direction);
            REQUIRE(place.has_value());
            CHECK(direction.dot(*place) < *expected + 1e-3);
            CHECK(direction.dot(*place) > *expected - RegionLpSolver::k_ray_gain - 2e-5);
        }
        feasible += solver.feasible();
        ++trials;
    }
    CHECK(feasible > trials / 5);
    CHECK(feasible < trials);
}

TEST_CASE("A program without a solution, or with no numbers, is infeasible", "[body]") {
    RegionLp lp;
    lp.conditions = RegionLp::Rows::Ones(1, 4);
    lp.lower = lp.upper = Eigen::VectorXd::Constant(1, -1.0);
    lp.place = Eigen::Matrix<double, 2, 4>::Zero();
    CHECK_FALSE(RegionLpSolver(lp).feasible());
    lp.lower.setConstant(1.0);
    lp.upper.setConstant(1.0);
    CHECK(RegionLpSolver(lp).feasible());
    lp.conditions(0, 1) = std::numeric_limits<double>::quiet_NaN();
    CHECK_FALSE(RegionLpSolver(lp).feasible());
    lp.conditions.resize(1, 0);
    lp.place.resize(2, 0);
    CHECK_FALSE(RegionLpSolver(lp).feasible());
}

TEST_CASE("A cone reaches between its first rays", "[body]") {
    // Rays of height 1 and slope 1 whose sideways parts have to add up to (0.7, 0.7): only the one between does.
    RegionLp lp;
    lp.conditions.resize(3, 4);
    lp.conditions << 1, 0, -1, 0,  //
        0, 1, 0, -1,               //
        1, 1, 1, 1;
    lp.lower = lp.upper = Eigen::Vector3d(0.7, 0.7, 1.0);
    lp.place = lp.conditions.topRows<2>();
    RegionLpSolver solver(lp);
    REQUIRE(solver.feasible());
    const auto place = solver.farthest({1.0, 0.0});
    REQUIRE(place);
    CHECK((*place - Eigen::Vector2d(0.7, 0.7)).norm() < 1e-6);
    // The cone ends at sqrt(0.5) = 0.7071.
    lp.lower = lp.upper = Eigen::Vector3d(0.71, 0.71, 1.0);
    CHECK_FALSE(RegionLpSolver(lp).feasible());
    // Where nothing bounds the rays there is no farthest.
    lp.conditions = RegionLp::Rows::Zero(1, 4);
    lp.lower = Eigen::VectorXd::Constant(1, -1.0);
    lp.upper = Eigen::VectorXd::Constant(1, 1.0);
    RegionLpSolver endless(lp);
    REQUIRE(endless.feasible());
    CHECK_FALSE(endless.farthest({1.0, 0.0}).has_value());
}
