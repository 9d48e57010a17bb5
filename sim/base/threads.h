// Work in many independent pieces, on this thread and others beside it.
#pragma once

#include <atomic>
#include <functional>
#include <future>
#include <system_error>
#include <vector>

namespace plumb {

/// Calls `work` once for each of 0 to count - 1, in no order, until `cancel` (polled before each; may be null). After an exception no
/// piece is begun; the first thread's leaves when all have ended. `threads` is at least one.
inline void on_threads(int threads, int count, const std::atomic<bool>* cancel,
                       const std::function<void(int)>& work) {
    std::atomic<int> next = 0;
    std::atomic<bool> broken = false;
    const auto take = [&] {
        try {
            for (int i = next++; i < count && !broken && (cancel == nullptr || !cancel->load()); i = next++)
                work(i);
        } catch (...) {
            broken = true;
            throw;
        }
    };
    std::vector<std::future<void>> beside;
    try {
        for (int i = 1; i < threads; ++i) beside.push_back(std::async(std::launch::async, take));
    } catch (const std::system_error&) {
        // No more threads on this system: those there are do the work.
    }
    take();
    for (std::future<void>& other : beside) other.get();
}

}  // namespace plumb
