// Reads the study, opens or makes its database, lets the sweep run, writes table and maps.
#include "apps/sweep_study.h"

#include <atomic>
#include <chrono>
#include <csignal>
#include <cstdio>
#include <map>
#include <thread>

#include <unistd.h>

#include "apps/command_words.h"
#include "apps/commands.h"
#include "apps/home.h"
#include "apps/interruption.h"
#include "apps/run_text.h"
#include "render/report/cairo_painter.h"
#include "render/report/map_chart.h"
#include "sim/balance/explain.h"
#include "sim/base/input_error.h"
#include "sim/base/text.h"
#include "sim/base/whole_file.h"
#include "sim/study/sweep.h"

namespace plumb {
namespace {

constexpr int k_most_threads = 256;
constexpr int k_map_width = 1200, k_map_height = 800;
constexpr const char *k_database = "sweep.sqlite", *k_table = "cells.csv";

using Clock = std::chrono::steady_clock;

std::string time_left(double seconds) {
    if (seconds < 90.0) return fixed_text(seconds, 0) + " s";
    return seconds < 5400.0 ? fixed_text(seconds / 60.0, 0) + " min" : fixed_text(seconds / 3600.0, 1) + " h";
}

/// "12 of 63 cells, 2 min left": over itself in a terminal, else a line each half minute.
class Progress {
  public:
    void tell(std::size_t done, std::size_t all) {
        if (!first_) first_ = done;
        const double passed_s = std::chrono::duration<double>(Clock::now() - start_).count();
        if (done < all && passed_s < next_line_s_) return;
        next_line_s_ = passed_s + (in_terminal_ ? 0.2 : 30.0);
        std::string text = std::to_string(done) + " of " + std::to_string(all) + " cells";
        if (const std::size_t own = done - *first_; own > 0 && done < all)
            text += ", " + time_left(passed_s / static_cast<double>(own) * static_cast<double>(all - done))
                    + " left";
        if (in_terminal_)
            std::fprintf(stderr, "\r%-60s", text.c_str());
        else if (done > *first_)
            std::fprintf(stderr, "%s\n", text.c_str());
    }
    void end() const {
        if (in_terminal_) std::fprintf(stderr, "\r%-60s\r", "");
    }

  private:
    const bool in_terminal_ = ::isatty(STDERR_FILENO) != 0;
    const Clock::time_point start_ = Clock::now();
    std::optional<std::size_t> first_;
    double next_line_s_ = in_terminal_ ? 0.0 : 30.0;
};

/// The folder, made where its parent is.
std::filesystem::path out_folder(const std::string& out) {
    const std::filesystem::path folder(out);
    std::error_code error;
    if (std::filesystem::exists(folder, error) && !std::filesystem::is_directory(folder, error))
        throw InputError("--out " + printable(out, 300) + ": is no folder");
    std::filesystem::create_directories(folder, error);
    if (error) throw InputError("--out " + printable(out, 300) + ": " + error.message());
    return folder;
}

/// A folder that cannot be written is the user's to mend.
SweepStore open_store(const std::filesystem::path& file, const LoadedStudy& study, const std::string& out) {
    try {
        return SweepStore(file, study);
    } catch (const InputError&) {
        throw;
    } catch (const std::runtime_error& error) {
        throw InputError("--out " + printable(out, 300) + ": " + error.what());
    }
}

std::vector<WholeFile> pictures(const std::filesystem::path& folder, const LoadedStudy& study,
                                const std::vector<CellRow>& rows) {
    std::vector<WholeFile> files;
    const Theme& theme = light_theme();
    for (const NamedMap& map : study_maps(study, rows)) {
        const auto paint = [&](Painter& painter) {
            draw_map(painter, map.chart, {0.0, 0.0, k_map_width, k_map_height}, theme, 18.0);
        };
        const std::string base = (folder / ("map_" + map.name)).string();
        files.push_back({"--out", base + ".svg", svg_of(k_map_width, k_map_height, theme.page, paint)});
        files.push_back({"--out", base + ".png", png_of(k_map_width, k_map_height, theme.page, paint)});
    }
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
    std::string text = study.def.name + "\n" + wrapped(study.def.asks, 2) + "\n";
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
    if (refused > 0)
        text += "  refused: " + std::to_string(refused) + " (their values together are no scenario)\n";
    text += "\nWrote " + std::string(k_database) + ", " + k_table + " and " + std::to_string(map_count)
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
    CLI::Option* const threads = sweep->add_option("--threads", request.threads, "How many (all cores)");
    sweep->callback([=, &request] {
        refuse_dash("--out", request.out);
        if (threads->count() > 0 && (request.threads < 1 || request.threads > k_most_threads))
            throw InputError("--threads " + std::to_string(request.threads) + ": allowed 1 to "
                             + std::to_string(k_most_threads));
    });
    return sweep;
}

void sweep_study(const SweepRequest& request) {
    const std::filesystem::path scenarios = scenarios_folder();
    const LoadedStudy study = load_study(find_study(request.study, scenarios), scenarios);
    const std::filesystem::path folder = out_folder(request.out);
    SweepStore store = open_store(folder / k_database, study, request.out);
    WholeFile table{"--out", (folder / k_table).string()};
    check_whole_file(table);

    const std::atomic<bool>* const stopped = stop_on({SIGINT, SIGTERM});
    Progress progress;
    SweepOptions options;
    options.threads = request.threads > 0
                          ? request.threads
                          : static_cast<int>(std::max(1u, std::thread::hardware_concurrency()));
    options.progress = [&](std::size_t done, std::size_t all) { progress.tell(done, all); };
    options.stop = stopped;
    const bool complete = run_sweep(study, store, options);
    progress.end();
    if (!complete) {
        std::fprintf(stderr, "stopped; what is finished is kept in %s, the same words go on from there\n",
                     printable(request.out, 300).c_str());
        end_if_stopped();
        return;
    }
    const std::vector<CellRow> rows = store.rows();
    table.bytes = cells_csv(study, rows);
    std::vector<WholeFile> files = pictures(folder, study, rows);
    const std::size_t maps = files.size() / 2;
    files.push_back(std::move(table));
    write_whole_files(files);
    put(report(study, rows, request.out, maps));
}

}  // namespace plumb
