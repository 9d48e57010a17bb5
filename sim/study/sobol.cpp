// Sums over the samples, then the same sums over resamplings.
#include "sim/study/sobol.h"

#include <algorithm>
#include <random>

#include "sim/base/check.h"
#include "sim/base/draws.h"
#include "sim/study/limit_intervals.h"

namespace plumb {
namespace {

constexpr int k_resamplings = 500;

struct Estimates {
    double mean = 0.0, variance = 0.0;
    std::vector<double> first, total, pairs;
};

Estimates estimate(const std::vector<SobolSample>& samples, const std::vector<std::size_t>& chosen) {
    const std::size_t inputs = samples.front().ab.size();
    const auto n = static_cast<double>(chosen.size());
    Estimates e;
    e.first.assign(inputs, 0.0);
    e.total.assign(inputs, 0.0);
    e.pairs.assign(inputs * (inputs - 1) / 2, 0.0);
    for (const std::size_t c : chosen) e.mean += (samples[c].a + samples[c].b) / (2.0 * n);
    // About the mean: products of large numbers would drown their differences.
    for (const std::size_t c : chosen) {
        const SobolSample& s = samples[c];
        const double a = s.a - e.mean, b = s.b - e.mean;
        e.variance += (a * a + b * b) / (2.0 * n);
        std::size_t pair = 0;
        for (std::size_t i = 0; i < inputs; ++i) {
            e.first[i] += b * (s.ab[i] - s.a) / n;
            e.total[i] += (s.a - s.ab[i]) * (s.a - s.ab[i]) / (2.0 * n);
            for (std::size_t j = i + 1; j < inputs; ++j, ++pair) {
                const double together = s.a - s.ab[i] - s.ab[j] + s.ab_pairs[pair];
                e.pairs[pair] += together * together / (4.0 * n);
            }
        }
    }
    if (!(e.variance > 0.0)) return e;
    for (std::size_t i = 0; i < inputs; ++i) {
        e.first[i] /= e.variance;
        e.total[i] /= e.variance;
    }
    for (double& pair : e.pairs) pair /= e.variance;
    return e;
}

}  // namespace

SobolIndices sobol_indices(const std::vector<SobolSample>& samples, std::uint64_t seed) {
    PLUMB_CHECK(samples.size() >= 2 && !samples.front().ab.empty(), "samples of some inputs");
    const std::size_t inputs = samples.front().ab.size();
    std::vector<std::size_t> all(samples.size());
    for (std::size_t i = 0; i < all.size(); ++i) all[i] = i;
    const Estimates whole = estimate(samples, all);
    std::vector<Estimates> resampled;
    std::mt19937_64 random(seed);
    for (int i = 0; i < k_resamplings; ++i) {
        std::vector<std::size_t> chosen(samples.size());
        for (std::size_t& c : chosen)
            c = std::min(samples.size() - 1, static_cast<std::size_t>(draw_uniform(random)
                                                                      * static_cast<double>(samples.size())));
        resampled.push_back(estimate(samples, chosen));
    }
    const auto index = [&](double value, auto&& of) {
        std::vector<double> values;
        for (const Estimates& e : resampled) values.push_back(of(e));
        const Interval inner = middle_nine_tenths(values);
        return SobolIndex{value, inner.low, inner.high};
    };
    SobolIndices result;
    result.mean = whole.mean;
    result.variance = whole.variance;
    std::size_t pair = 0;
    for (std::size_t i = 0; i < inputs; ++i) {
        result.first.push_back(index(whole.first[i], [&](const Estimates& e) { return e.first[i]; }));
        result.total.push_back(index(whole.total[i], [&](const Estimates& e) { return e.total[i]; }));
        for (std::size_t j = i + 1; j < inputs; ++j, ++pair)
            result.pairs.push_back(
                {i, j, index(whole.pairs[pair], [&](const Estimates& e) { return e.pairs[pair]; })});
    }
    return result;
}

}  // namespace plumb
