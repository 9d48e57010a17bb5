// Runs the cells of a study that are not there yet, on several threads, and writes what they are.
#pragma once

#include <atomic>
#include <functional>
#include <string>

#include "sim/study/sweep_store.h"

namespace plumb {

struct SweepOptions {
    int threads = 1;
    std::function<void(std::size_t done, std::size_t all)> progress{};  ///< after every cell, from one thread
    const std::atomic<bool>* stop = nullptr;  ///< what is being run is finished and kept
};
/// True when every cell is there. What a cell says depends neither on the threads nor on the order.
bool run_sweep(const LoadedStudy& study, SweepStore& store, const SweepOptions& options);

/// cells.csv: axis values, then cell_columns(), a row a cell in the order of cells; equal studies give equal bytes.
[[nodiscard]] std::string cells_csv(const LoadedStudy& study, const std::vector<CellRow>& rows);

}  // namespace plumb
