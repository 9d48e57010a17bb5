// Draws the people, evaluates them, says who is able and what decides it.
#include "apps/population_study.h"

#include <algorithm>
#include <cmath>
#include <csignal>

#include "apps/cell_output.h"
#include "apps/command_words.h"
#include "apps/commands.h"
#include "apps/home.h"
#include "apps/interruption.h"
#include "apps/run_text.h"
#include "render/report/population_charts.h"
#include "render/scene/theme.h"
#include "sim/balance/explain.h"
#include "sim/base/input_error.h"
#include "sim/base/text.h"

namespace plumb {
namespace {

constexpr int k_picture_width = 1300;
constexpr double k_text_px = 17.0;
constexpr std::size_t k_index_pairs_in_text = 6;
constexpr int k_helps_in_text = 3;

std::string share_words(const Share& share) {
    return percent_text(share.value) + " (" + percent_text(share.low) + " to " + percent_text(share.high)
           + ", " + std::to_string(share.able) + " of " + std::to_string(share.people) + ")";
}

std::string shares_csv(const PopulationAnswer& answer) {
    std::string text = "factor,unit,from,to,people,able,share,low_95,high_95\n";
    const auto line = [&](const std::string& factor, const std::string& unit, const std::string& low,
                          const std::string& high, const Share& share) {
        text += csv_word(factor) + "," + unit + "," + low + "," + high + "," + std::to_string(share.people)
                + "," + std::to_string(share.able) + "," + number_text(share.value) + ","
                + number_text(share.low) + "," + number_text(share.high) + "\n";
    };
    line("all", "", "", "", answer.all);
    for (const FactorShares& shares : answer.by_factor)
        for (const ShareBin& bin : shares.bins)
            line(shares.factor.name, shares.factor.unit, value_text(bin.range.low),
                 value_text(bin.range.high), bin.share);
    return text;
}

std::string pairs_csv(const PopulationAnswer& answer) {
    std::string text =
        "first,first_from,first_to,second,second_from,second_to,people,able,share,low_95,high_95\n";
    for (const PairShares& pair : answer.by_pair)
        for (const PairShares::Cell& cell : pair.cells)
            text += csv_word(answer.factors[pair.first].name) + "," + value_text(cell.first.low) + ","
                    + value_text(cell.first.high) + "," + csv_word(answer.factors[pair.second].name) + ","
                    + value_text(cell.second.low) + "," + value_text(cell.second.high) + ","
                    + std::to_string(cell.share.people) + "," + std::to_string(cell.share.able) + ","
                    + number_text(cell.share.value) + "," + number_text(cell.share.low) + ","
                    + number_text(cell.share.high) + "\n";
    return text;
}

std::string sobol_csv(const PopulationAnswer& answer) {
    std::string text = "order,first,second,index,low_90,high_90\n";
    const auto line = [&](const char* order, std::size_t i, const std::string& second,
                          const SobolIndex& index) {
        text += std::string(order) + "," + csv_word(answer.factors[i].name) + "," + csv_word(second) + ","
                + number_text(index.value) + "," + number_text(index.low) + "," + number_text(index.high)
                + "\n";
    };
    for (std::size_t i = 0; i < answer.factors.size(); ++i) line("first", i, "", answer.sobol->first[i]);
    for (std::size_t i = 0; i < answer.factors.size(); ++i) line("total", i, "", answer.sobol->total[i]);
    for (const SobolIndices::Pair& pair : answer.sobol->pairs)
        line("pair", pair.i, answer.factors[pair.j].name, pair.index);
    return text;
}

/// The least and the greatest fifth of what splits the people most.
std::string split_text(const PopulationAnswer& answer) {
    std::vector<const FactorShares*> order;
    for (const FactorShares& shares : answer.by_factor)
        if (shares.bins.size() >= 2) order.push_back(&shares);
    const auto gap = [](const FactorShares* shares) {
        return std::abs(shares->bins.back().share.value - shares->bins.front().share.value);
    };
    std::ranges::stable_sort(order, std::greater{}, gap);
    std::string text;
    for (const FactorShares* shares : order) {
        const ShareBin &low = shares->bins.front(), &high = shares->bins.back();
        text += wrapped("- " + factor_words(shares->factor) + ": " + share_words(low.share) + " at "
                            + range_words(low.range, shares->factor) + ", " + share_words(high.share) + " at "
                            + range_words(high.range, shares->factor),
                        2);
    }
    return text;
}

std::string index_words(const SobolIndex& index) {
    return fixed_text(index.value, 2) + " (" + fixed_text(index.low, 2) + " to " + fixed_text(index.high, 2)
           + ")";
}

std::string sobol_text(const PopulationAnswer& answer) {
    const SobolIndices& sobol = *answer.sobol;
    std::vector<std::size_t> order(answer.factors.size());
    for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
    std::ranges::stable_sort(order, std::greater{}, [&](std::size_t i) { return sobol.total[i].value; });
    std::string text;
    if (answer.samples_left_out > 0)
        text =
            "\n"
            + wrapped(
                "The indices rest on " + std::to_string(answer.samples) + " samples; "
                    + std::to_string(answer.samples_left_out)
                    + " more were left out, for somebody in them is nobody. Many left out make them wrong.",
                0);
    text += "\n"
            + wrapped("What decides how deep balanced postures go (share of the variance alone; with all it "
                      "acts together "
                      "with):",
                      0);
    for (const std::size_t i : order)
        text += wrapped("- " + factor_words(answer.factors[i]) + ": " + index_words(sobol.first[i]) + "; "
                            + index_words(sobol.total[i]),
                        2);
    text += "Two that do together what neither does alone, the largest:\n";
    std::vector<SobolIndices::Pair> pairs = pairs_by_size(sobol);
    if (pairs.size() > k_index_pairs_in_text) pairs.resize(k_index_pairs_in_text);
    for (const SobolIndices::Pair& pair : pairs)
        text += wrapped("- " + factor_words(answer.factors[pair.i]) + " and "
                            + factor_words(answer.factors[pair.j]) + ": " + index_words(pair.index),
                        2);
    return text;
}

/// What a drawn setting does for the lowest and the highest third by what it acts together with most: "does stance help only stiff
/// ankles?"
std::string help_text(const PopulationAnswer& answer) {
    std::string text;
    const auto is_setting = [&](std::size_t k) {
        const std::string& name = answer.factors[k].name;
        return name.find('.') != name.npos && !name.starts_with("person.");
    };
    for (std::size_t setting = 0; setting < answer.factors.size(); ++setting) {
        if (!is_setting(setting)) continue;
        int told = 0;
        for (const SobolIndices::Pair& together : pairs_by_size(*answer.sobol)) {
            if ((together.i != setting && together.j != setting) || told == k_helps_in_text) continue;
            const auto pair = std::ranges::find_if(answer.by_pair, [&](const PairShares& p) {
                return p.first == together.i && p.second == together.j;
            });
            if (pair == answer.by_pair.end() || pair->cells.size() != 9) continue;
            ++told;
            const bool setting_first = pair->first == setting;
            const std::size_t other = setting_first ? pair->second : pair->first;
            // Thirds by thirds, the second's fastest.
            const auto at = [&](std::size_t of_setting, std::size_t of_other) -> const PairShares::Cell& {
                return pair->cells[setting_first ? 3 * of_setting + of_other : 3 * of_other + of_setting];
            };
            const auto range = [&](const PairShares::Cell& cell, bool of_setting) {
                return range_words(of_setting == setting_first ? cell.first : cell.second,
                                   answer.factors[of_setting ? setting : other]);
            };
            std::string line = "- " + factor_words(answer.factors[setting]) + " from " + range(at(0, 0), true)
                               + " to " + range(at(2, 0), true) + ":";
            for (const std::size_t third : {0, 1, 2})
                line += std::string(third == 0 ? " " : "; ") + "from "
                        + percent_text(at(0, third).share.value) + " to "
                        + percent_text(at(2, third).share.value) + " able at "
                        + factor_words(answer.factors[other]) + " " + range(at(0, third), false);
            text += wrapped(line, 2);
        }
    }
    return text.empty() ? "" : "\nWhom the setting helps (lowest to highest third of each):\n" + text;
}

std::string report(const LoadedPopulation& population, const PopulationAnswer& answer,
                   const std::string& folder) {
    const PopulationDef& def = population.def;
    std::string text = printable(def.name, 100) + "\n" + wrapped(def.asks, 2) + "\n";
    text += wrapped(std::to_string(answer.all.people) + " people drawn at random in the setting of "
                        + def.scenario + ": " + share_words(answer.all)
                        + (def.evaluate == Evaluate::statics
                               ? " have a balanced way to the asked depth inside the usable part of the sole."
                               : " get down and up."),
                    0);
    if (answer.refused > 0)
        text +=
            wrapped(std::to_string(answer.refused)
                        + " more were drawn whose lengths or values together are nobody's and were left out.",
                    0);
    text +=
        "\nBy one thing at a time, the lowest and the highest fifth (95 % intervals):\n" + split_text(answer);
    if (answer.sobol) text += sobol_text(answer) + help_text(answer);
    text += "\nWrote databases, tables and figures to " + printable(folder, 300) + "\n";
    return text + "\n" + wrapped(k_safety_note, 0);
}

}  // namespace

CLI::App* add_population_word(CLI::App& app, PopulationRequest& request) {
    CLI::App* const population =
        app.add_subcommand("population", "Draw people at random: who is able, and what decides it");
    population
        ->add_option("STUDY", request.study, "A name from scenarios/populations, or a path to a .toml file")
        ->required();
    population
        ->add_option("--out", request.out,
                     "Folder for databases, tables and figures; a population begun there goes on")
        ->required();
    add_threads(*population, request.threads);
    population->callback([&request] { refuse_dash("--out", request.out); });
    return population;
}

void study_population(const PopulationRequest& request) {
    const std::filesystem::path scenarios = scenarios_folder();
    const LoadedPopulation population = load_population(find_population(request.study, scenarios), scenarios);
    const std::filesystem::path folder = out_folder(request.out);
    const CellList people = people_of(population), samples = sensitivity_of(population);
    CellStore people_store = open_store(folder / "population.sqlite", people, request.out);
    CellStore sample_store = open_store(folder / "sensitivity.sqlite", samples, request.out);
    std::vector<WholeFile> files = {{"--out", (folder / "people.csv").string()},
                                    {"--out", (folder / "shares.csv").string()},
                                    {"--out", (folder / "pairs.csv").string()}};
    if (samples.count > 0) files.push_back({"--out", (folder / "sobol.csv").string()});
    for (const WholeFile& file : files) check_whole_file(file);

    const std::atomic<bool>* const stopped = stop_on({SIGINT, SIGTERM});
    bool complete = true;
    for (const auto& [what, list, store] : {std::tuple{"people", &people, &people_store},
                                            std::tuple{"samples for the indices", &samples, &sample_store}}) {
        CellProgress progress(what, false);
        const WorkOptions options{
            .threads = thread_count(request.threads),
            .progress = [&](std::size_t done, std::size_t all) { progress.tell(done, all); },
            .stop = stopped};
        complete = complete && CellWork(*list, *store, options).evaluate_all();
        progress.end();
    }
    if (!complete) return end_unfinished(request.out);
    const std::vector<CellRow> rows = people_store.rows();
    const PopulationAnswer answer = population_answer(population, rows, sample_store.rows());
    files[0].bytes = cells_csv(people, rows);
    files[1].bytes = shares_csv(answer);
    files[2].bytes = pairs_csv(answer);
    if (answer.sobol)
        files.at(3).bytes = sobol_csv(answer);
    else if (files.size() > 3)
        files.pop_back();
    const auto add = [&](const char* name, const DotChart& chart) {
        const FigureSize size{k_picture_width,
                              static_cast<int>(std::ceil(dot_chart_height(chart, k_text_px)))};
        add_pictures(files, (folder / name).string(), size, [&](Painter& painter) {
            draw_dot_chart(painter, chart, {0.0, 0.0, double(size.width_px), double(size.height_px)},
                           light_theme(), k_text_px);
        });
    };
    add("shares", shares_chart(population, answer));
    if (answer.sobol) add("sobol", sobol_chart(population, answer));
    write_whole_files(files);
    put(report(population, answer, request.out));
}

}  // namespace plumb
