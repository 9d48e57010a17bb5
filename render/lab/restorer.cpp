// One after the other, in order.
#include "render/lab/restorer.h"

#include <exception>

#include "sim/recording/recording_file.h"
#include "sim/scenario/scenario_fields.h"

namespace plumb {
namespace {

std::optional<RestoredRun> make(const ScenarioDef& def, const std::atomic<bool>& stale) {
    if (find_scenario_problem(def)) return std::nullopt;
    std::atomic<double> unused;
    auto run = make_run(resolve_scenario(def), stale, unused);
    if (!run) return std::nullopt;
    return RestoredRun{def.name, std::move(*run), {}};
}

std::optional<RestoredRun> make(const std::filesystem::path& file, const std::atomic<bool>&) {
    const auto recording = load_recording(file);
    return RestoredRun{recording->scenario.name, assessed(recording), file};
}

}  // namespace

void Restorer::restore(const std::vector<ScenarioDef>& kept,
                       const std::vector<std::filesystem::path>& recordings) {
    waiting_.assign(kept.begin(), kept.end());
    waiting_.insert(waiting_.end(), recordings.begin(), recordings.end());
}

std::optional<RestoredRun> Restorer::poll() {
    // Asked before the mailbox is emptied: what is done by then lies in it.
    const bool rests = !worker_.busy();
    std::optional<RestoredRun> made = made_.take();
    if (made) came_ = true;
    if (rests && at_work_) {
        const auto* file = std::get_if<std::filesystem::path>(&*at_work_);
        if (file && !came_) unreadable_.push_back(*file);
        at_work_.reset();
    }
    if (rests && !waiting_.empty()) {
        at_work_ = waiting_.front();
        waiting_.erase(waiting_.begin());
        came_ = false;
        worker_.ask([this, source = *at_work_](const std::atomic<bool>& stale) {
            try {
                auto run = std::visit([&](const auto& from) { return make(from, stale); }, source);
                if (run && !stale) made_.put(std::move(*run));
            } catch (const std::exception&) {
                return;  // a file that was edited by hand: as if it were not there
            }
        });
    }
    return made;
}

std::vector<ScenarioDef> Restorer::still_to_come() const {
    std::vector<ScenarioDef> left;
    const auto add = [&left](const Source& source) {
        if (const auto* def = std::get_if<ScenarioDef>(&source)) left.push_back(*def);
    };
    if (at_work_) add(*at_work_);
    for (const Source& source : waiting_) add(source);
    return left;
}

}  // namespace plumb
