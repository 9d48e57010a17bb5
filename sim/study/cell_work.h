// Cells evaluated on several threads, each kept as soon as it is finished.
#pragma once

#include <atomic>
#include <functional>
#include <optional>
#include <vector>

#include "sim/study/cell_store.h"

namespace plumb {

struct WorkOptions {
    int threads = 1;
    /// After every cell, from one thread at a time. `all`: how many will be there in the end, as far as it is known by now.
    std::function<void(std::size_t done, std::size_t all)> progress{};
    const std::atomic<bool>* stop = nullptr;  ///< what is being run is finished and kept
};

/// What a cell says depends neither on the threads nor on the order.
class CellWork {
  public:
    /// Begins with what the store holds.
    CellWork(const CellList& list, CellStore& store, const WorkOptions& options);

    /// Evaluates those of the cells that are not there yet; false when stopped before the last.
    bool evaluate(const std::vector<std::size_t>& cells);
    /// The same for every cell.
    bool evaluate_all();
    /// What is there by now.
    [[nodiscard]] const std::vector<std::optional<CellRow>>& rows() const { return rows_; }
    [[nodiscard]] bool stopped() const { return options_.stop != nullptr && options_.stop->load(); }

  private:
    const CellList& list_;
    CellStore& store_;
    const WorkOptions& options_;
    std::vector<std::optional<CellRow>> rows_;
};

}  // namespace plumb
