// Answers to panels.
#include "render/report/population_charts.h"

#include <algorithm>
#include <cstdio>

#include "sim/base/fields.h"
#include "sim/base/text.h"
#include "sim/study/compare.h"

namespace plumb {
namespace {

constexpr std::size_t k_pairs_shown = 12;

std::string able_words(Evaluate evaluate) {
    return evaluate == Evaluate::statics ? "share with a balanced way to the asked depth"
                                         : "share that gets down and up";
}

}  // namespace

std::string factor_words(const PopulationFactor& factor) {
    if (factor.name.find('.') != factor.name.npos) return field_words({factor.name, factor.unit, {}, {}});
    std::string words = factor.name;
    words.front() = static_cast<char>(std::toupper(static_cast<unsigned char>(words.front())));
    const bool of_stature = factor.unit.empty() && factor.name != "sex";
    return words + (of_stature ? ", of stature" : "");
}

DotChart shares_chart(const LoadedPopulation& population, const PopulationAnswer& answer) {
    DotChart chart;
    chart.title = population.def.asks.empty() ? population.def.name : population.def.asks;
    chart.subtitle = population.def.scenario + ": " + std::to_string(answer.all.able) + " of "
                     + std::to_string(answer.all.people)
                     + " people; fifths of them by one thing at a time, with 95 % intervals";
    for (const FactorShares& shares : answer.by_factor) {
        DotPanel panel{factor_words(shares.factor), able_words(population.def.evaluate), 0.0, 1.0, {}, {}};
        for (const ShareBin& bin : shares.bins)
            panel.rows.push_back(
                {range_words(bin.range, shares.factor),
                 {{bin.share.value, bin.share.low, bin.share.high}},
                 std::to_string(bin.share.able) + " of " + std::to_string(bin.share.people)});
        chart.panels.push_back(std::move(panel));
    }
    return chart;
}

std::string range_words(const ValueRange& range, const PopulationFactor& factor) {
    const auto words = [](const FieldValue& value) {
        const double* const number = std::get_if<double>(&value);
        if (number == nullptr) return value_text(value);
        char text[32] = "";
        std::snprintf(text, sizeof text, "%.3g", *number);
        return number_text(parse_number(text).value_or(*number));
    };
    if (range.low == range.high) return words(range.low);
    return words(range.low) + " to " + words(range.high) + (factor.unit.empty() ? "" : " " + factor.unit);
}

std::vector<SobolIndices::Pair> pairs_by_size(const SobolIndices& sobol) {
    std::vector<SobolIndices::Pair> pairs = sobol.pairs;
    std::ranges::stable_sort(pairs, std::greater{},
                             [](const SobolIndices::Pair& pair) { return pair.index.value; });
    return pairs;
}

DotChart sobol_chart(const LoadedPopulation& population, const PopulationAnswer& answer) {
    const SobolIndices& sobol = *answer.sobol;
    DotChart chart;
    chart.title = population.def.asks.empty() ? population.def.name : population.def.asks;
    chart.subtitle = population.def.scenario
                     + ": what the static limit's spread comes from (Sobol indices with 90 % intervals)";
    DotPanel each{
        "Each by itself", "share of the variance", 0.0, 1.0, {"alone", "with all it acts together with"}, {}};
    for (std::size_t i = 0; i < answer.factors.size(); ++i) {
        const auto mark = [](const SobolIndex& index) { return DotMark{index.value, index.low, index.high}; };
        each.rows.push_back(
            {factor_words(answer.factors[i]), {mark(sobol.first[i]), mark(sobol.total[i])}, ""});
    }
    DotPanel together{"Two acting together", "share of the variance", 0.0, 0.2, {}, {}};
    std::vector<SobolIndices::Pair> pairs = pairs_by_size(sobol);
    if (pairs.size() > k_pairs_shown) pairs.resize(k_pairs_shown);
    for (const SobolIndices::Pair& pair : pairs)
        together.rows.push_back(
            {factor_words(answer.factors[pair.i]) + " x " + factor_words(answer.factors[pair.j]),
             {{pair.index.value, pair.index.low, pair.index.high}},
             ""});
    chart.panels = {std::move(each), std::move(together)};
    return chart;
}

}  // namespace plumb
