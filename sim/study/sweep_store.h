// The database of a sweep: every finished cell is kept the moment it is finished (schema: docs/files.md).
#pragma once

#include <filesystem>
#include <memory>
#include <vector>

#include "sim/study/sweep_cell.h"

namespace plumb {

/// One SQLite file. Not for several threads. Every call throws std::runtime_error with one clear line when the file cannot be read
/// or written.
class SweepStore {
  public:
    /// Makes the file, or opens one of the same study made by the same program version. InputError for another study's, another
    /// version's and what is no such database.
    SweepStore(const std::filesystem::path& file, const LoadedStudy& study);
    ~SweepStore();
    SweepStore(const SweepStore&) = delete;
    SweepStore& operator=(const SweepStore&) = delete;
    SweepStore(SweepStore&&) noexcept;

    /// Which cells are there.
    [[nodiscard]] std::vector<bool> finished() const;
    /// Adds a cell for good: it outlives a killed program.
    void add(std::size_t cell, const CellRow& row);
    /// All rows in the order of cells. Every cell must be there.
    [[nodiscard]] std::vector<CellRow> rows() const;

  private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
    StudyDef axes_;
};

}  // namespace plumb
