// Answers worked out in the background, kept by the hash of the inputs they belong to.
#pragma once

#include <atomic>
#include <functional>
#include <map>
#include <string>
#include <utility>

#include "render/lab/jobs.h"

namespace plumb {

/// A page for each hash; one is open. Pages stay: what was found for the same inputs before is there at once.
template <class Answer>
class AnswerBook {
  public:
    /// Writes what was found on the page it was asked for.
    using Entry = std::function<void(Answer&)>;
    /// Runs in another thread. What it returns after `stale` turned true is dropped.
    using Work = std::function<Entry(const std::atomic<bool>& stale)>;

    /// `wake` is called from another thread when something is ready; then call poll().
    explicit AnswerBook(std::function<void()> wake) : worker_(std::move(wake)) {}

    /// Turns to the page of these inputs (empty: to none). True when it was not open: then what was under way is dropped.
    bool open(const std::string& hash) {
        if (hash == hash_) return false;
        worker_.cancel();
        hash_ = hash;
        constexpr std::size_t k_most_pages = 256;
        if (pages_.size() > k_most_pages) pages_.clear();
        return true;
    }
    [[nodiscard]] bool is_open() const { return !hash_.empty(); }
    /// What is on the open page; nullptr while nothing is.
    [[nodiscard]] const Answer* page() const {
        const auto at = pages_.find(hash_);
        return at == pages_.end() ? nullptr : &at->second;
    }
    /// For the open page; drops what was under way.
    void ask(Work work) {
        worker_.ask([this, hash = hash_, work = std::move(work)](const std::atomic<bool>& stale) {
            Entry entry = work(stale);
            if (!stale && entry) found_.put({hash, std::move(entry)});
        });
    }
    void cancel() { worker_.cancel(); }
    [[nodiscard]] bool busy() const { return worker_.busy(); }
    /// Enters what was found. True when something was.
    bool poll() {
        auto found = found_.take();
        if (!found) return false;
        found->second(pages_[found->first]);
        return true;
    }

  private:
    std::string hash_;
    std::map<std::string, Answer> pages_;
    Mailbox<std::pair<std::string, Entry>> found_;
    Worker worker_;  ///< last: its thread uses the mailbox
};

}  // namespace plumb
