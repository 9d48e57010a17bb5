// How fast a map fills: one study of a thousand dynamic cells, boundary first.
#pragma once

#include <cstddef>

namespace plumb {

struct SweepBench {
    std::size_t cells = 0, evaluated = 0;
    int threads = 2;
    double wall_s = 0.0;
};
/// Stance x counterweight of a stiff person, 33 x 31 cells, kept in memory. Takes half a minute.
[[nodiscard]] SweepBench bench_refined_sweep();

}  // namespace plumb
