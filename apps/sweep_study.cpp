// Reads the study, opens or makes its database, lets the sweep run, writes table and maps.
#include "apps/sweep_study.h"

#include <algorithm>
#include <csignal>
#include <map>

#include "apps/cell_output.h"
#include "apps/command_words.h"
#include "apps/commands.h"
#include "apps/home.h"
#include "apps/interruption.h"
#include "apps/run_text.h"
#include "render/report/study_maps.h"
#include "sim/balance/explain.h"
#include "sim/base/input_error.h"
#include "sim/base/text.h"
#include "sim/base/whole_file.h"
#include "sim/scenario/scenario_toml.h"
#include "sim/study/sweep.h"

namespace plumb {
namespace {

constexpr const char* k_table = "cells.csv";

std::vector<WholeFile> pictures(const std::filesystem::path& folder, const LoadedStudy& study,
                                const std::vector<CellRow>& rows) {
    std::vector<WholeFile> files;
    const FigureSize size{1200, 800};
    for (const NamedMap& map : study_maps(study, rows))
        add_pictures(files, (folder / ("map_" + map.name)).string(), size, [&](Painter& painter) {
            draw_map(painter, map.chart, {0.0, 0.0, double(size.width_px), double(size.height_px)},
                     light_theme(), 18.0);
        });
    return files;
}

/// "30 completed, 20 fell_backward"
std::string counts_of(const std::vector<CellRow>& rows, std::string_view column) {
    std::map<std::string, int> counts;
    for (const CellRow& row : rows)
        if (const std::string* word = std::get_if<std::string>(&row[column_index(column)])) ++counts[*word];
    std::string text;
    for (const auto& [word, count] : counts)
        text += (text.empty() ? "" : ", ") + std::to_string(count) + " " + word;
    return text;
}

std::string report(const LoadedStudy& study, const std::vector<CellRow>& rows, const std::string& folder,
                   std::size_t map_count) {
    std::string text = printable(study.def.name, 100) + "\n" + wrapped(study.def.asks, 2) + "\n";
    std::string axes;
    for (const StudyAxis& axis : study.def.axes)
        axes += (axes.empty() ? "" : " x ") + axis.field + " (" + std::to_string(axis.values.size()) + ")";
    text += std::to_string(rows.size()) + " cells: " + axes + "\n";
    const std::string outcomes = counts_of(rows, "outcome"), verdicts = counts_of(rows, "static_verdict");
    if (!outcomes.empty()) text += wrapped("runs: " + outcomes, 2);
    if (!verdicts.empty()) text += wrapped("static: " + verdicts, 2);
    const auto refused = std::ranges::count_if(rows, [](const CellRow& row) {
        return std::holds_alternative<std::string>(row[column_index("refused")]);
    });
    const auto inferred = std::ranges::count_if(rows, is_inferred);
    if (inferred > 0)
        text += "  evaluated: " + std::to_string(std::ssize(rows) - inferred)
                + ", inferred from them: " + std::to_string(inferred) + "\n";
    if (refused > 0)
        text += "  refused: " + std::to_string(refused) + " (their values together are no scenario)\n";
    text += "\nWrote " + std::string(k_sweep_database) + ", " + k_table + " and " + std::to_string(map_count)
            + " map" + (map_count == 1 ? "" : "s") + " (.svg, .png) to " + printable(folder, 300) + "\n";
    return text + "\n" + wrapped(k_safety_note, 0);
}

}  // namespace

CLI::App* add_sweep_word(CLI::App& app, SweepRequest& request) {
    CLI::App* const sweep =
        app.add_subcommand("sweep", "Run a study: one scenario varied along one to three fields");
    sweep->add_option("STUDY", request.study, "A name from scenarios/studies, or a path to a .toml file")
        ->required();
    sweep
        ->add_option("--out", request.out, "Folder for database, table and maps; a sweep begun there goes on")
        ->required();
    add_threads(*sweep, request.threads);
    sweep
        ->add_flag(
            "--refine", request.refine,
            "Boundary first: run only a coarse lattice and the cells along the boundaries, infer the rest")
        ->disable_flag_override();
    sweep->callback([=, &request] { refuse_dash("--out", request.out); });
    return sweep;
}

void sweep_study(const SweepRequest& request) {
    const std::filesystem::path scenarios = scenarios_folder();
    const LoadedStudy study = load_study(find_study(request.study, scenarios), scenarios);
    const std::filesystem::path folder = out_folder(request.out);
    const CellList list = cells_of(study);
    CellStore store = open_store(folder / k_sweep_database, list, request.out);
    WholeFile table{"--out", (folder / k_table).string()};
    // With these two the folder says itself what was studied: a report reads it.
    const std::vector<WholeFile> sources = {
        {"--out", (folder / k_sweep_study).string(), study_to_toml(study.def, k_sweep_base)},
        {"--out", (folder / k_sweep_base).string(), scenario_to_toml(study.base)}};
    check_whole_file(table);
    for (const WholeFile& file : sources) check_whole_file(file);

    const std::atomic<bool>* const stopped = stop_on({SIGINT, SIGTERM});
    CellProgress progress("cells", request.refine);
    SweepOptions options;
    options.work.threads = thread_count(request.threads);
    options.work.progress = [&](std::size_t done, std::size_t all) { progress.tell(done, all); };
    options.work.stop = stopped;
    options.refine = request.refine;
    const bool complete = run_sweep(study, store, options);
    progress.end();
    if (!complete) return end_unfinished(request.out);
    const std::vector<CellRow> rows = store.rows();
    table.bytes = cells_csv(list, rows);
    std::vector<WholeFile> files = pictures(folder, study, rows);
    const std::size_t maps = files.size() / 2;
    files.push_back(std::move(table));
    files.insert(files.end(), sources.begin(), sources.end());
    write_whole_files(files);
    put(report(study, rows, request.out, maps));
}

}  // namespace plumb
