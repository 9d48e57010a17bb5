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

std::optional<RestoredRun> make(const std::filesystem::path& file) {
    const auto recording = load_recording(file);
    return RestoredRun{recording->scenario.name, assessed(recording), file};
}

}  // namespace

void Restorer::restore(const std::vector<ScenarioDef>& kept,
                       const std::vector<std::filesystem::path>& recordings) {
    for (const ScenarioDef& def : kept) waiting_.push_back({def, {}});
    for (const std::filesystem::path& file : recordings) waiting_.push_back({{}, file});
}

std::optional<RestoredRun> Restorer::poll() {
    // Asked before the mailbox is emptied: what is done by then lies in it.
    const bool rests = !worker_.busy();
    std::optional<RestoredRun> made = made_.take();
    if (made) came_ = true;
    if (rests && works_) {
        const std::filesystem::path& file = waiting_.front().recording;
        if (!file.empty() && !came_) unreadable_.push_back(file);
        waiting_.erase(waiting_.begin());
        works_ = false;
    }
    if (rests && !waiting_.empty()) {
        works_ = true;
        came_ = false;
        worker_.ask([this, source = waiting_.front()](const std::atomic<bool>& stale) {
            try {
                auto run = source.recording.empty() ? make(source.scenario, stale) : make(source.recording);
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
    for (const Source& source : waiting_)
        if (source.recording.empty()) left.push_back(source.scenario);
    return left;
}

}  // namespace plumb
