// A grid that falls into few regions: which cells must be looked at to know where the regions meet, and what the others then are.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace plumb {

/// Cells in the order of a study's: the last axis fastest.
struct RefineGrid {
    std::vector<std::size_t> sizes;  ///< values of each axis
    /// False for words and values in no order: nothing is inferred from one value to the next.
    std::vector<bool> ordered;

    [[nodiscard]] std::size_t cell_count() const;
};

/// What is known of each cell: the word for its region, or nothing.
using KnownCells = std::vector<std::optional<std::string>>;

/// On a lattice places along an ordered axis lie at most `stride` apart; both ends belong to it, and every value of an unordered axis. This:
/// the lattice's cells and, between two on one of its lines that differ with nothing known between them, the one in the middle: what
/// of them is not known yet, in order. None when every change along the lattice's lines is known to one cell.
[[nodiscard]] std::vector<std::size_t> cells_on_lattice_lines(const RefineGrid& grid, const KnownCells& known,
                                                              std::size_t stride);

/// The cells to look at next, in order; none when every boundary found is known to one cell. First those on the lattice's lines, then
/// around a boundary the other corners of every square with two kinds of corners, then the middles on every line. Only what is
/// known decides.
[[nodiscard]] std::vector<std::size_t> cells_to_look_at(const RefineGrid& grid, const KnownCells& known,
                                                        std::size_t stride);

/// Every second place of every ordered axis, both ends too: where a boundary is known to one cell on it, at most one cell of the whole grid lies
/// between two known ones.
struct CoarseGrid {
    RefineGrid grid;
    std::vector<std::size_t> cells;  ///< of the whole grid, one for each of this grid's
};
[[nodiscard]] CoarseGrid every_second_place(const RefineGrid& grid);

/// Cells next to a neighbour along an axis that is known to differ, in order.
[[nodiscard]] std::vector<std::size_t> boundary_cells(const RefineGrid& grid, const KnownCells& known);

/// Every cell's region: its own where known, else that of the nearest known cell by steps along the ordered axes; nothing where those lead
/// to none. Cells of the region `except` are left as they are and lend nothing.
[[nodiscard]] KnownCells filled_in(const RefineGrid& grid, const KnownCells& known,
                                   std::string_view except = {});

}  // namespace plumb
