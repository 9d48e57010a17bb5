// Workers take the next cell, one thread keeps what they found.
#include "sim/study/sweep.h"

#include <condition_variable>
#include <deque>
#include <exception>
#include <mutex>
#include <thread>

#include "sim/base/text.h"
#include "sim/scenario/scenario_fields.h"

namespace plumb {
namespace {

/// Between workers and the one who keeps.
struct Finished {
    std::mutex mutex;
    std::condition_variable something;
    std::deque<std::pair<std::size_t, CellRow>> rows;
    int working = 0;
    std::exception_ptr failed;
};

std::string csv_cell(const FieldValue& value) {
    return std::holds_alternative<std::monostate>(value) ? "" : csv_word(value_text(value));
}

}  // namespace

bool run_sweep(const LoadedStudy& study, SweepStore& store, const SweepOptions& options) {
    const std::vector<bool> there = store.finished();
    std::vector<std::size_t> open;
    for (std::size_t cell = 0; cell < there.size(); ++cell)
        if (!there[cell]) open.push_back(cell);
    std::size_t done = there.size() - open.size();
    if (options.progress) options.progress(done, there.size());
    Finished finished;
    std::atomic<std::size_t> next = 0;
    std::atomic<bool> broken = false;
    const auto stopped = [&] { return broken || (options.stop != nullptr && options.stop->load()); };
    const auto work = [&] {
        std::exception_ptr failed;
        try {
            for (std::size_t i = next++; i < open.size() && !stopped(); i = next++) {
                CellRow row = evaluate_cell(study, open[i]);
                const std::lock_guard lock(finished.mutex);
                finished.rows.emplace_back(open[i], std::move(row));
                finished.something.notify_one();
            }
        } catch (...) {
            failed = std::current_exception();
            broken = true;
        }
        const std::lock_guard lock(finished.mutex);
        if (failed) finished.failed = failed;
        --finished.working;
        finished.something.notify_one();
    };
    finished.working = options.threads;
    std::vector<std::jthread> workers;
    for (int i = 0; i < options.threads; ++i) workers.emplace_back(work);
    try {
        for (std::unique_lock lock(finished.mutex);;) {
            finished.something.wait(lock, [&] { return !finished.rows.empty() || finished.working == 0; });
            if (finished.rows.empty()) break;
            const auto [cell, row] = std::move(finished.rows.front());
            finished.rows.pop_front();
            lock.unlock();
            store.add(cell, row);
            ++done;
            if (options.progress) options.progress(done, there.size());
            lock.lock();
        }
    } catch (...) {
        broken = true;  // the workers end with their cell
        throw;
    }
    workers.clear();
    if (finished.failed) std::rethrow_exception(finished.failed);
    return done == there.size();
}

std::string cells_csv(const LoadedStudy& study, const std::vector<CellRow>& rows) {
    std::string text = "cell";
    for (const StudyAxis& axis : study.def.axes) text += "," + axis.field;
    for (const CellColumn& column : cell_columns()) text += "," + std::string(column.name);
    text += "\n";
    for (std::size_t cell = 0; cell < rows.size(); ++cell) {
        text += std::to_string(cell);
        const std::vector<std::size_t> places = study.def.places(cell);
        for (std::size_t i = 0; i < places.size(); ++i) {
            const FieldValue& value = study.def.axes[i].values[places[i]];
            text += "," + (std::holds_alternative<std::monostate>(value) ? "none" : csv_cell(value));
        }
        for (const FieldValue& value : rows[cell]) text += "," + csv_cell(value);
        text += "\n";
    }
    return text;
}

}  // namespace plumb
