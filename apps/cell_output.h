// What the words that work through a long list of cells have in common: folder, database, threads, progress.
#pragma once

#include <chrono>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>

#include <CLI/CLI.hpp>

#include "render/scene/painter.h"
#include "sim/base/whole_file.h"
#include "sim/study/cell_store.h"
#include "sim/study/cell_work.h"

namespace plumb {

/// --threads; asked for outside what is allowed, parsing throws InputError.
void add_threads(CLI::App& word, int& threads);
/// As many as asked for; all cores for 0.
[[nodiscard]] int thread_count(int asked);

/// "12 of 63 cells, 2 min left": over itself in a terminal, else a line each half minute.
class CellProgress {
  public:
    /// `what`: "cells". `grows`: how many there will be is not known before the end.
    CellProgress(std::string what, bool grows);
    void tell(std::size_t done, std::size_t all);
    void end() const;

  private:
    using Clock = std::chrono::steady_clock;
    const std::string what_;
    const bool grows_, in_terminal_;
    const Clock::time_point start_ = Clock::now();
    std::optional<std::size_t> first_;
    double next_line_s_;
};

/// --out as a folder, made where its parent is. Throws InputError.
[[nodiscard]] std::filesystem::path out_folder(const std::string& out);

/// In the folder of a sweep.
inline constexpr const char *k_sweep_database = "sweep.sqlite", *k_sweep_study = "study.toml",
                            *k_sweep_base = "base.toml";

/// A database in it. What cannot be read or written is the user's to mend: InputError.
[[nodiscard]] CellStore open_store(const std::filesystem::path& file, const CellList& list,
                                   const std::string& out, StoreUse use = StoreUse::keep);

/// One drawing as BASE.svg and BASE.png.
struct FigureSize {
    int width_px = 1200, height_px = 800;
};
void add_pictures(std::vector<WholeFile>& files, const std::string& base, FigureSize size,
                  const std::function<void(Painter&)>& paint);

/// After an interruption: says what is kept, and ends the program as Ctrl-C does.
void end_unfinished(const std::string& out);

}  // namespace plumb
