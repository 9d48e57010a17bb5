// The database of a study or a population: every finished cell is kept the moment it is finished (schema: docs/files.md).
#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

#include "sim/study/cell.h"

namespace plumb {

enum class StoreUse { keep, read };

/// One SQLite file. Not for several threads. Every call throws std::runtime_error with one clear line when the file cannot be read
/// or written.
class CellStore {
  public:
    /// Makes the file, or opens one of the same list made by the same program version. InputError for another study's, another
    /// version's and what is no such database. The list outlives the store.
    /// `read`: the file is there and stays as it is; what is no complete database of the list is refused.
    CellStore(const std::filesystem::path& file, const CellList& list, StoreUse use = StoreUse::keep);
    ~CellStore();
    CellStore(const CellStore&) = delete;
    CellStore& operator=(const CellStore&) = delete;
    CellStore(CellStore&&) noexcept;

    /// The cells that were evaluated, each at its place; what was inferred counts as missing.
    [[nodiscard]] std::vector<std::optional<CellRow>> evaluated() const;
    /// Adds a cell for good, or replaces it: it outlives a killed program.
    void add(std::size_t cell, const CellRow& row);
    /// The same for many cells at once: all of them or none.
    void add_all(const std::vector<std::pair<std::size_t, CellRow>>& rows);
    [[nodiscard]] bool is_complete() const;
    /// All rows in the order of cells. Every cell must be there.
    [[nodiscard]] std::vector<CellRow> rows() const;

  private:
    [[nodiscard]] std::vector<std::optional<CellRow>> all() const;

    struct Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace plumb
