// Work in many independent pieces, on this thread and one beside it.
#pragma once

#include <atomic>
#include <functional>
#include <future>

namespace plumb {

/// Calls `work` once for each of 0 to count - 1, in no order, until `cancel` (polled before each; may be null). An exception of
/// either thread leaves when both have ended.
inline void on_two_threads(int count, const std::atomic<bool>* cancel, const std::function<void(int)>& work) {
    std::atomic<int> next = 0;
    const auto take = [&] {
        for (int i = next++; i < count && (cancel == nullptr || !cancel->load()); i = next++) work(i);
    };
    std::future<void> beside = std::async(std::launch::async, take);
    take();
    beside.get();
}

}  // namespace plumb
