// The next cell goes to whoever is free; the database is written by one at a time.
#include "sim/study/cell_work.h"

#include <algorithm>
#include <mutex>
#include <numeric>

#include "sim/base/threads.h"

namespace plumb {

CellWork::CellWork(const CellList& list, CellStore& store, const WorkOptions& options)
    : list_(list), store_(store), options_(options), rows_(store.evaluated()) {}

bool CellWork::evaluate(const std::vector<std::size_t>& cells) {
    std::vector<std::size_t> open;
    for (const std::size_t cell : cells)
        if (!rows_[cell]) open.push_back(cell);
    auto done = static_cast<std::size_t>(
        std::ranges::count_if(rows_, [](const auto& row) { return row.has_value(); }));
    const std::size_t all = done + open.size();
    const auto tell = [&] {
        if (options_.progress) options_.progress(done, all);
    };
    tell();
    std::mutex keeping;
    on_threads(options_.threads, static_cast<int>(open.size()), options_.stop, [&](int i) {
        const std::size_t cell = open[static_cast<std::size_t>(i)];
        CellRow row = list_.row(cell);
        const std::lock_guard lock(keeping);
        store_.add(cell, row);
        rows_[cell] = std::move(row);
        ++done;
        tell();
    });
    return done == all;
}

bool CellWork::evaluate_all() {
    std::vector<std::size_t> all(rows_.size());
    std::iota(all.begin(), all.end(), std::size_t{0});
    return evaluate(all);
}

}  // namespace plumb
