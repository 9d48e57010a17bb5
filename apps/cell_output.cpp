// Lines, folders, files.
#include "apps/cell_output.h"

#include <algorithm>
#include <cstdio>
#include <thread>

#include <unistd.h>

#include "apps/interruption.h"
#include "render/report/cairo_painter.h"
#include "render/scene/theme.h"
#include "sim/balance/explain.h"
#include "sim/base/input_error.h"
#include "sim/base/text.h"

namespace plumb {
namespace {

constexpr int k_most_threads = 256;
constexpr double k_line_each_s = 30.0, k_refresh_s = 0.2;

std::string time_left(double seconds) {
    if (seconds < 90.0) return fixed_text(seconds, 0) + " s";
    return seconds < 5400.0 ? fixed_text(seconds / 60.0, 0) + " min" : fixed_text(seconds / 3600.0, 1) + " h";
}

}  // namespace

void add_threads(CLI::App& word, int& threads) {
    word.add_option("--threads", threads, "How many (all cores)")->check([&threads](const std::string& text) {
        const std::optional<double> value = parse_number(text);
        if (!value || *value < 1.0 || *value > k_most_threads || *value != static_cast<int>(*value))
            throw InputError("--threads " + printable(text, 60) + ": allowed 1 to "
                             + std::to_string(k_most_threads));
        return std::string();
    });
}

int thread_count(int asked) {
    return asked > 0 ? asked : static_cast<int>(std::max(1u, std::thread::hardware_concurrency()));
}

CellProgress::CellProgress(std::string what, bool grows)
    : what_(std::move(what)),
      grows_(grows),
      in_terminal_(::isatty(STDERR_FILENO) != 0),
      next_line_s_(in_terminal_ ? 0.0 : k_line_each_s) {}

void CellProgress::tell(std::size_t done, std::size_t all) {
    if (!first_) first_ = done;
    const double passed_s = std::chrono::duration<double>(Clock::now() - start_).count();
    if ((grows_ || done < all) && passed_s < next_line_s_) return;
    next_line_s_ = passed_s + (in_terminal_ ? k_refresh_s : k_line_each_s);
    std::string text = std::to_string(done) + " of " + std::to_string(all) + " " + what_;
    if (grows_)
        text += ", more may follow";
    else if (const std::size_t own = done - *first_; own > 0 && done < all)
        text +=
            ", " + time_left(passed_s / static_cast<double>(own) * static_cast<double>(all - done)) + " left";
    if (in_terminal_)
        std::fprintf(stderr, "\r%-60s", text.c_str());
    else if (done > *first_)
        std::fprintf(stderr, "%s\n", text.c_str());
}

void CellProgress::end() const {
    if (in_terminal_) std::fprintf(stderr, "\r%-60s\r", "");
}

std::filesystem::path out_folder(const std::string& out) {
    const std::filesystem::path folder(out);
    std::error_code error;
    if (std::filesystem::exists(folder, error) && !std::filesystem::is_directory(folder, error))
        throw InputError("--out " + printable(out, 300) + ": is no folder");
    std::filesystem::create_directories(folder, error);
    if (error) throw InputError("--out " + printable(out, 300) + ": " + error.message());
    return folder;
}

CellStore open_store(const std::filesystem::path& file, const CellList& list, const std::string& out,
                     StoreUse use) {
    try {
        return CellStore(file, list, use);
    } catch (const InputError&) {
        throw;
    } catch (const std::runtime_error& error) {
        throw InputError("--out " + printable(out, 300) + ": " + error.what());
    }
}

void add_pictures(std::vector<WholeFile>& files, const std::string& base, FigureSize size,
                  const std::function<void(Painter&)>& paint) {
    const Theme& theme = light_theme();
    files.push_back({"--out", base + ".svg", svg_of(size.width_px, size.height_px, theme.page, paint)});
    files.push_back({"--out", base + ".png", png_of(size.width_px, size.height_px, theme.page, paint)});
}

void end_unfinished(const std::string& out) {
    std::fprintf(stderr, "stopped; what is finished is kept in %s, the same words go on from there\n",
                 printable(out, 300).c_str());
    end_if_stopped();
}

}  // namespace plumb
