// The shipped study stance_counterweight on a finer grid.
#include "apps/bench_sweep.h"

#include <algorithm>
#include <chrono>

#include "sim/study/sweep.h"

namespace plumb {

SweepBench bench_refined_sweep() {
    LoadedStudy study;
    study.def.name = "bench";
    study.def.evaluate = Evaluate::dynamics;
    study.base.person.ankle_dorsiflexion_deg = 18.0;
    const auto axis = [](const char* field, int steps, double from, double to) {
        StudyAxis even{field, {}};
        for (int i = 0; i < steps; ++i) even.values.emplace_back(from + (to - from) * i / (steps - 1));
        return even;
    };
    study.def.axes = {axis("stance.width_m", 33, 0.26, 0.66), axis("counterweight.mass_kg", 31, 0.0, 12.0)};
    const CellList list = cells_of(study);
    CellStore store(":memory:", list);
    SweepBench bench;
    const SweepOptions options{.work = {.threads = bench.threads, .progress = {}, .stop = nullptr},
                               .refine = true};
    const auto start = std::chrono::steady_clock::now();
    run_sweep(study, store, options);
    bench.wall_s = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
    bench.cells = list.count;
    bench.evaluated =
        bench.cells - static_cast<std::size_t>(std::ranges::count_if(store.rows(), is_inferred));
    return bench;
}

}  // namespace plumb
