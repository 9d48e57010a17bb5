// Lines are halved, squares completed, regions grown.
#include "sim/study/refine.h"

#include <algorithm>
#include <deque>
#include <set>

#include "sim/base/check.h"

namespace plumb {
namespace {

/// How far apart in a list two cells are that follow each other along an axis.
std::size_t step_of(const RefineGrid& grid, std::size_t axis) {
    std::size_t step = 1;
    for (std::size_t i = axis + 1; i < grid.sizes.size(); ++i) step *= grid.sizes[i];
    return step;
}
std::size_t place_on(const RefineGrid& grid, std::size_t cell, std::size_t axis) {
    return cell / step_of(grid, axis) % grid.sizes[axis];
}

/// Places of an axis that belong to the lattice: all of an unordered one.
std::vector<bool> lattice_places(std::size_t size, bool ordered, std::size_t stride) {
    std::vector<bool> on(size, !ordered);
    if (!ordered || size == 0) return on;
    const std::size_t pieces = std::max<std::size_t>(1, (size - 1 + stride - 1) / stride);
    for (std::size_t i = 0; i <= pieces; ++i) on[i * (size - 1) / pieces] = true;
    return on;
}

/// Cells on the lattice, or on its lines along an axis: all their other places belong to it.
std::vector<bool> on_lattice_lines(const RefineGrid& grid, std::optional<std::size_t> along,
                                   std::size_t stride) {
    std::vector<bool> on(grid.cell_count(), true);
    for (std::size_t axis = 0; axis < grid.sizes.size(); ++axis) {
        if (axis == along) continue;
        const std::vector<bool> places = lattice_places(grid.sizes[axis], grid.ordered[axis], stride);
        for (std::size_t cell = 0; cell < on.size(); ++cell)
            on[cell] = on[cell] && places[place_on(grid, cell, axis)];
    }
    return on;
}

/// The middle between two known cells that differ and have only unknown ones between them.
void halve_lines(const RefineGrid& grid, const KnownCells& known, std::size_t axis,
                 const std::vector<bool>& use, std::set<std::size_t>& wanted) {
    if (!grid.ordered[axis]) return;
    const std::size_t step = step_of(grid, axis), size = grid.sizes[axis];
    for (std::size_t start = 0; start < known.size(); ++start) {
        if (place_on(grid, start, axis) != 0 || !use[start]) continue;
        std::optional<std::size_t> last;
        for (std::size_t i = 0; i < size; ++i) {
            const std::size_t cell = start + i * step;
            if (!known[cell]) continue;
            if (last && i - *last > 1 && known[start + *last * step] != known[cell])
                wanted.insert(start + (*last + i) / 2 * step);
            last = i;
        }
    }
}

void complete_squares(const RefineGrid& grid, const KnownCells& known, std::set<std::size_t>& wanted) {
    for (std::size_t a = 0; a < grid.sizes.size(); ++a)
        for (std::size_t b = a + 1; b < grid.sizes.size(); ++b) {
            if (!grid.ordered[a] || !grid.ordered[b]) continue;
            const std::size_t step_a = step_of(grid, a), step_b = step_of(grid, b);
            for (std::size_t cell = 0; cell < known.size(); ++cell) {
                if (place_on(grid, cell, a) + 1 == grid.sizes[a]
                    || place_on(grid, cell, b) + 1 == grid.sizes[b])
                    continue;
                const std::size_t corners[] = {cell, cell + step_a, cell + step_b, cell + step_a + step_b};
                const std::string* first = nullptr;
                bool mixed = false;
                for (const std::size_t corner : corners) {
                    if (!known[corner]) continue;
                    if (first == nullptr) first = &*known[corner];
                    mixed = mixed || *known[corner] != *first;
                }
                if (!mixed) continue;
                for (const std::size_t corner : corners)
                    if (!known[corner]) wanted.insert(corner);
            }
        }
}

}  // namespace

std::size_t RefineGrid::cell_count() const {
    std::size_t count = 1;
    for (const std::size_t size : sizes) count *= size;
    return count;
}

std::vector<std::size_t> cells_on_lattice_lines(const RefineGrid& grid, const KnownCells& known,
                                                std::size_t stride) {
    PLUMB_CHECK(known.size() == grid.cell_count(), "one entry for every cell");
    std::set<std::size_t> wanted;
    const std::vector<bool> lattice = on_lattice_lines(grid, std::nullopt, stride);
    for (std::size_t cell = 0; cell < known.size(); ++cell)
        if (lattice[cell] && !known[cell]) wanted.insert(cell);
    if (wanted.empty())
        for (std::size_t axis = 0; axis < grid.sizes.size(); ++axis)
            halve_lines(grid, known, axis, on_lattice_lines(grid, axis, stride), wanted);
    return {wanted.begin(), wanted.end()};
}

std::vector<std::size_t> cells_to_look_at(const RefineGrid& grid, const KnownCells& known,
                                          std::size_t stride) {
    std::vector<std::size_t> on_lines = cells_on_lattice_lines(grid, known, stride);
    if (!on_lines.empty()) return on_lines;
    std::set<std::size_t> wanted;
    complete_squares(grid, known, wanted);
    if (wanted.empty())
        for (std::size_t axis = 0; axis < grid.sizes.size(); ++axis)
            halve_lines(grid, known, axis, std::vector<bool>(known.size(), true), wanted);
    return {wanted.begin(), wanted.end()};
}

CoarseGrid every_second_place(const RefineGrid& grid) {
    CoarseGrid coarse{{{}, grid.ordered}, {}};
    std::vector<std::vector<bool>> on;
    for (std::size_t axis = 0; axis < grid.sizes.size(); ++axis) {
        on.push_back(lattice_places(grid.sizes[axis], grid.ordered[axis], 2));
        coarse.grid.sizes.push_back(static_cast<std::size_t>(std::ranges::count(on.back(), true)));
    }
    for (std::size_t cell = 0; cell < grid.cell_count(); ++cell) {
        bool belongs = true;
        for (std::size_t axis = 0; axis < on.size() && belongs; ++axis)
            belongs = on[axis][place_on(grid, cell, axis)];
        if (belongs) coarse.cells.push_back(cell);
    }
    return coarse;
}

std::vector<std::size_t> boundary_cells(const RefineGrid& grid, const KnownCells& known) {
    std::set<std::size_t> cells;
    for (std::size_t axis = 0; axis < grid.sizes.size(); ++axis) {
        if (!grid.ordered[axis]) continue;
        const std::size_t step = step_of(grid, axis);
        for (std::size_t cell = 0; cell < known.size(); ++cell) {
            if (place_on(grid, cell, axis) + 1 == grid.sizes[axis]) continue;
            if (!known[cell] || !known[cell + step] || known[cell] == known[cell + step]) continue;
            cells.insert(cell);
            cells.insert(cell + step);
        }
    }
    return {cells.begin(), cells.end()};
}

KnownCells filled_in(const RefineGrid& grid, const KnownCells& known, std::string_view except) {
    KnownCells all = known;
    std::deque<std::size_t> front;
    for (std::size_t cell = 0; cell < all.size(); ++cell) {
        if (all[cell] && *all[cell] == except) all[cell].reset();
        if (all[cell]) front.push_back(cell);
    }
    while (!front.empty()) {
        const std::size_t cell = front.front();
        front.pop_front();
        for (std::size_t axis = 0; axis < grid.sizes.size(); ++axis) {
            if (!grid.ordered[axis]) continue;
            const std::size_t step = step_of(grid, axis), place = place_on(grid, cell, axis);
            const auto take = [&](std::size_t next) {
                if (all[next]) return;
                all[next] = all[cell];
                front.push_back(next);
            };
            if (place > 0) take(cell - step);
            if (place + 1 < grid.sizes[axis]) take(cell + step);
        }
    }
    for (std::size_t cell = 0; cell < all.size(); ++cell)
        if (known[cell]) all[cell] = known[cell];
    return all;
}

}  // namespace plumb
