// Sobol indices against functions whose indices are known in closed form.
#include <cmath>
#include <functional>
#include <random>

#include "sim/base/draws.h"
#include "sim/base/units.h"
#include "sim/study/sobol.h"
#include "tests/catch.h"

using namespace plumb;

namespace {

using Model = std::function<double(const std::vector<double>&)>;

std::vector<SobolSample> sampled(const Model& model, std::size_t inputs, int count, std::uint64_t seed) {
    std::mt19937_64 random(seed);
    std::vector<SobolSample> samples;
    for (int n = 0; n < count; ++n) {
        std::vector<double> a(inputs), b(inputs);
        for (double& x : a) x = draw_uniform(random);
        for (double& x : b) x = draw_uniform(random);
        SobolSample sample{model(a), model(b), {}, {}};
        for (std::size_t i = 0; i < inputs; ++i) {
            std::vector<double> ab = a;
            ab[i] = b[i];
            sample.ab.push_back(model(ab));
            for (std::size_t j = i + 1; j < inputs; ++j) {
                std::vector<double> both = ab;
                both[j] = b[j];
                sample.ab_pairs.push_back(model(both));
            }
        }
        samples.push_back(std::move(sample));
    }
    return samples;
}

}  // namespace

TEST_CASE("Sobol indices of the Ishigami function", "[study]") {
    // Ishigami & Homma 1990, a = 7, b = 0.1: S1 0.3139, S2 0.4424, S3 0, S13 0.2437; totals 0.5576, 0.4424, 0.2437.
    const Model ishigami = [](const std::vector<double>& u) {
        const auto x = [&](std::size_t i) { return k_pi * (2.0 * u[i] - 1.0); };
        return std::sin(x(0)) + 7.0 * std::pow(std::sin(x(1)), 2) + 0.1 * std::pow(x(2), 4) * std::sin(x(0));
    };
    const SobolIndices indices = sobol_indices(sampled(ishigami, 3, 20000, 5), 1);
    // The estimates' standard errors at 20,000 samples are about 0.01, of a pair 0.02.
    CHECK(indices.mean == Catch::Approx(3.5).margin(0.06));
    CHECK(indices.variance == Catch::Approx(13.845).epsilon(0.03));
    const double first[] = {0.3139, 0.4424, 0.0}, total[] = {0.5576, 0.4424, 0.2437};
    for (std::size_t i = 0; i < 3; ++i) {
        CHECK(indices.first[i].value == Catch::Approx(first[i]).margin(0.03));
        CHECK(indices.total[i].value == Catch::Approx(total[i]).margin(0.03));
        CHECK(indices.first[i].low <= indices.first[i].value);
        CHECK(indices.first[i].high >= indices.first[i].value);
    }
    REQUIRE(indices.pairs.size() == 3);
    // Only the first and the third act together; what does not is exactly 0 but for rounding.
    CHECK(indices.pairs[0].index.value == Catch::Approx(0.0).margin(1e-20));
    CHECK(indices.pairs[1].index.value == Catch::Approx(0.2437).margin(0.02));
    CHECK(indices.pairs[2].index.value == Catch::Approx(0.0).margin(1e-20));
}

TEST_CASE("The intervals of Sobol indices hold the truth nine times in ten", "[study]") {
    // x0 + 2 x1 + x0 x2 about their means: variances 2.25/12, 4/12, 0.25/12 and 1/144.
    const Model product = [](const std::vector<double>& u) { return u[0] + 2.0 * u[1] + u[0] * u[2]; };
    const double all = 2.25 / 12 + 4.0 / 12 + 0.25 / 12 + 1.0 / 144;
    const double first[] = {2.25 / 12 / all, 4.0 / 12 / all, 0.25 / 12 / all};
    int inside = 0, asked = 0;
    for (std::uint64_t seed = 0; seed < 40; ++seed) {
        const SobolIndices indices = sobol_indices(sampled(product, 3, 200, 100 + seed), seed);
        for (std::size_t i = 0; i < 3; ++i, ++asked)
            inside += indices.first[i].low <= first[i] && first[i] <= indices.first[i].high ? 1 : 0;
        inside +=
            indices.pairs[1].index.low <= 1.0 / 144 / all && 1.0 / 144 / all <= indices.pairs[1].index.high
                ? 1
                : 0;
        ++asked;
    }
    // 160 intervals of 90 %: a binomial's lower 1 in 10,000 is 0.80; resampling runs a little narrow at 200 samples.
    CHECK(inside >= 0.80 * asked);
}

TEST_CASE("A result that never varies has no indices", "[study]") {
    const SobolIndices none = sobol_indices(sampled([](const auto&) { return 2.0; }, 2, 50, 1), 1);
    CHECK(none.variance == Catch::Approx(0.0).margin(1e-20));
    CHECK(none.mean == Catch::Approx(2.0));
    for (const SobolIndex& index : none.total) CHECK(index.value == Catch::Approx(0.0).margin(1e-12));
}
