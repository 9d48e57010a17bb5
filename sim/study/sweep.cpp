// Lattice, guess, boundary; what remains is inferred.
#include "sim/study/sweep.h"

#include <algorithm>

#include "sim/base/threads.h"
#include "sim/scenario/scenario_fields.h"

namespace plumb {
namespace {

/// Places of the coarse grid apart on the lattice of runs, and on the finer one of static plans, each a twentieth of a run's cost.
constexpr std::size_t k_lattice_stride = 5, k_static_stride = 3;

/// Numbers that rise or fall all the way.
bool is_ordered(const std::vector<FieldValue>& values) {
    const auto all_numbers = std::ranges::all_of(
        values, [](const FieldValue& value) { return std::holds_alternative<double>(value); });
    return all_numbers
           && (std::ranges::is_sorted(values) || std::ranges::is_sorted(values.rbegin(), values.rend()));
}

class Refinement {
  public:
    Refinement(const LoadedStudy& study, const CellList& list, CellStore& store, const WorkOptions& options)
        : study_(study),
          evaluate_(study.def.evaluate),
          grid_(refine_grid(study.def)),
          coarse_(every_second_place(grid_)),
          list_(list),
          store_(store),
          options_(options),
          work_(list, store, options) {}

    bool run() {
        std::vector<std::size_t> refused;
        for (std::size_t cell = 0; cell < list_.count; ++cell)
            if (!work_.rows()[cell] && is_refused(cell)) refused.push_back(cell);
        if (!work_.evaluate(refused)) return false;
        if (evaluate_ != Evaluate::statics && !work_.evaluate(static_boundary())) return false;
        for (;;) {
            if (work_.stopped()) return false;
            const std::vector<std::size_t> cells =
                cells_to_look_at(coarse_.grid, of_coarse(regions()), k_lattice_stride);
            if (cells.empty()) break;
            if (!work_.evaluate(of_whole(cells))) return false;
        }
        // Where nothing but refused cells lie around, nothing can be inferred.
        KnownCells words = filled_in(grid_, regions(), k_refused_region);
        std::vector<std::size_t> alone;
        for (std::size_t cell = 0; cell < list_.count; ++cell)
            if (!words[cell]) alone.push_back(cell);
        if (!work_.evaluate(alone)) return false;
        std::vector<std::pair<std::size_t, CellRow>> inferred;
        for (std::size_t cell = 0; cell < list_.count; ++cell)
            if (!work_.rows()[cell])
                inferred.emplace_back(cell,
                                      inferred_row(cell_scenario(study_, cell), evaluate_, *words[cell]));
        store_.add_all(inferred);
        return true;
    }

  private:
    /// The door refuses it: its row costs nothing.
    [[nodiscard]] bool is_refused(std::size_t cell) const {
        return find_scenario_problem(cell_scenario(study_, cell)).has_value();
    }

    /// Of the whole grid's cells those of the coarse one, and back.
    [[nodiscard]] KnownCells of_coarse(const KnownCells& known) const {
        KnownCells some;
        for (const std::size_t cell : coarse_.cells) some.push_back(known[cell]);
        return some;
    }
    [[nodiscard]] std::vector<std::size_t> of_whole(const std::vector<std::size_t>& cells) const {
        std::vector<std::size_t> whole;
        for (const std::size_t cell : cells) whole.push_back(coarse_.cells[cell]);
        return whole;
    }

    [[nodiscard]] KnownCells regions() const {
        KnownCells known(list_.count);
        for (std::size_t cell = 0; cell < list_.count; ++cell)
            if (const auto& row = work_.rows()[cell]) known[cell] = region_of(*row, evaluate_);
        return known;
    }

    /// Cells on either side of where the static plan begins to be enough, on the lines of its lattice; some when stopped.
    [[nodiscard]] std::vector<std::size_t> static_boundary() const {
        KnownCells known = of_coarse(regions());
        for (auto& region : known)
            if (region != k_refused_region) region.reset();
        for (;;) {
            const std::vector<std::size_t> cells =
                cells_on_lattice_lines(coarse_.grid, known, k_static_stride);
            if (cells.empty() || work_.stopped()) return of_whole(boundary_cells(coarse_.grid, known));
            std::vector<char> able(cells.size(), 0);  // not bool: several threads write
            on_threads(options_.threads, static_cast<int>(cells.size()), options_.stop, [&](int i) {
                const auto at = static_cast<std::size_t>(i);
                able[at] = looks_able(cell_scenario(study_, coarse_.cells[cells[at]])) ? 1 : 0;
            });
            for (std::size_t i = 0; i < cells.size(); ++i) known[cells[i]] = able[i] != 0 ? "able" : "unable";
        }
    }

    const LoadedStudy& study_;
    const Evaluate evaluate_;
    const RefineGrid grid_;
    const CoarseGrid coarse_;
    const CellList& list_;
    CellStore& store_;
    const WorkOptions& options_;
    CellWork work_;
};

}  // namespace

RefineGrid refine_grid(const StudyDef& def) {
    RefineGrid grid;
    for (const StudyAxis& axis : def.axes) {
        grid.sizes.push_back(axis.values.size());
        grid.ordered.push_back(is_ordered(axis.values));
    }
    return grid;
}

bool run_sweep(const LoadedStudy& study, CellStore& store, const SweepOptions& options) {
    const CellList list = cells_of(study);
    if (options.refine) return Refinement(study, list, store, options.work).run();
    return CellWork(list, store, options.work).evaluate_all();
}

}  // namespace plumb
