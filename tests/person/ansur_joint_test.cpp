// Bodies drawn jointly have the survey's means, spreads and correlations.
#include <algorithm>
#include <cmath>

#include "sim/base/draws.h"
#include "sim/person/ansur_joint.h"
#include "sim/person/anthropometry.h"
#include "tests/catch.h"

using namespace plumb;

namespace {

constexpr int k_people = 20000;

double correlation(const std::vector<double>& a, const std::vector<double>& b) {
    double ma = 0.0, mb = 0.0, ab = 0.0, aa = 0.0, bb = 0.0;
    for (std::size_t i = 0; i < a.size(); ++i) ma += a[i], mb += b[i];
    ma /= static_cast<double>(a.size());
    mb /= static_cast<double>(b.size());
    for (std::size_t i = 0; i < a.size(); ++i) {
        ab += (a[i] - ma) * (b[i] - mb);
        aa += (a[i] - ma) * (a[i] - ma);
        bb += (b[i] - mb) * (b[i] - mb);
    }
    return ab / std::sqrt(aa * bb);
}

}  // namespace

TEST_CASE("Bodies drawn jointly have ANSUR II's means, spreads and correlations", "[person]") {
    for (const Sex sex : {Sex::male, Sex::female}) {
        std::mt19937_64 random(7);
        std::array<std::vector<double>, k_body_factor_count> measures;
        std::vector<double> trunk, thigh;
        for (int n = 0; n < k_people; ++n) {
            PersonDef person;
            person.sex = sex;
            BodyFactors normal{};
            for (double& z : normal) z = draw_normal(random);
            take_body(person, normal);
            const BodyFactors measured = body_measures(person);
            for (std::size_t i = 0; i < measured.size(); ++i) measures[i].push_back(measured[i]);
            if (n % 20 != 0) continue;
            try {
                trunk.push_back(body_lengths(person).trunk_m / person.stature_m);
                thigh.push_back(measured[2]);
            } catch (const std::exception&) {
                // Lengths that are nobody's: rare.
            }
        }
        const BodySpread& spread = body_spread(sex);
        const double root = std::sqrt(double(k_people));
        for (std::size_t i = 0; i < k_body_factor_count; ++i) {
            INFO(k_body_factor_words.at(i));
            double mean = 0.0, square = 0.0;
            for (const double x : measures[i]) mean += x / k_people;
            for (const double x : measures[i]) square += (x - mean) * (x - mean) / k_people;
            // Four standard errors of 20,000.
            CHECK(std::abs(mean - spread.mean[i]) < 4.0 * spread.sd[i] / root);
            CHECK(std::abs(std::sqrt(square) / spread.sd[i] - 1.0) < 4.0 / std::sqrt(2.0 * k_people));
            for (std::size_t j = 0; j < i; ++j)
                CHECK(std::abs(correlation(measures[i], measures[j]) - spread.correlation[i][j])
                      < 4.0 / root);
        }
        CHECK(std::ssize(trunk) > k_people / 20 * 99 / 100);
        // The trunk closes the stature: its spread and its correlation with the thigh follow and were not put in. Published (acromion to
        // trochanterion): SD 0.0155 and -0.75 of men, 0.0142 and -0.62 of women; neck, head and ankle vary there too and loosen both.
        double mean = 0.0, square = 0.0;
        const auto n = static_cast<double>(trunk.size());
        for (const double x : trunk) mean += x / n;
        for (const double x : trunk) square += (x - mean) * (x - mean) / n;
        CHECK(std::sqrt(square) == Catch::Approx(sex == Sex::male ? 0.0155 : 0.0142).epsilon(0.1));
        CHECK(correlation(trunk, thigh) == Catch::Approx(sex == Sex::male ? -0.75 : -0.62).margin(0.15));
    }
}

TEST_CASE("The joint distribution is the published one", "[person]") {
    // From the survey's data by hand (tables of fractions of stature): mean, SD and some correlations of each sex.
    const BodySpread &men = body_spread(Sex::male), &women = body_spread(Sex::female);
    CHECK(men.mean[0] == 1.7562);
    CHECK(men.sd[1] == 14.221);
    CHECK(men.sd[2] == 0.012171);
    CHECK(men.correlation[0][1] == 0.469);
    CHECK(men.correlation[1][2] == -0.029);
    CHECK(men.correlation[2][3] == 0.131);
    CHECK(men.correlation[4][3] == 0.196);
    CHECK(women.mean[3] == 0.2475);
    CHECK(women.sd[0] == 0.0642);
    CHECK(women.sd[4] == 0.0052988);
    CHECK(women.correlation[0][1] == 0.533);
    CHECK(women.correlation[0][4] == -0.085);
    CHECK(women.correlation[2][3] == -0.042);
    CHECK(women.correlation[1][3] == 0.165);
    for (const BodySpread* spread : {&men, &women})
        for (std::size_t i = 0; i < k_body_factor_count; ++i)
            for (std::size_t j = 0; j < k_body_factor_count; ++j)
                CHECK(spread->correlation[i][j] == spread->correlation[j][i]);
    // The arm: forearm .480, upper arm .314 with the shank, SDs .00614 and .00605, .358 with each other.
    CHECK(men.correlation[5][3] == Catch::Approx(0.482).margin(0.001));
}

TEST_CASE("Nobody drawn at the mean differs from the mean person of the sex", "[person]") {
    for (const Sex sex : {Sex::male, Sex::female}) {
        PersonDef person, usual;
        person.sex = usual.sex = sex;
        take_body(person, {});
        usual.stature_m = person.stature_m;
        usual.mass_kg = person.mass_kg;
        const BodyLengths drawn = body_lengths(person), mean = body_lengths(usual);
        CHECK(drawn.thigh_m == Catch::Approx(mean.thigh_m));
        CHECK(drawn.shank_m == Catch::Approx(mean.shank_m));
        CHECK(drawn.trunk_m == Catch::Approx(mean.trunk_m));
        CHECK(drawn.foot_length_m == Catch::Approx(mean.foot_length_m));
        CHECK(drawn.forearm_m == Catch::Approx(mean.forearm_m));
    }
}
