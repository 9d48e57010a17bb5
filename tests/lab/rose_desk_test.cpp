// The push rose in the background: only when asked, kept for the same inputs, stopped without a trace.
#include "render/lab/rose_desk.h"

#include <chrono>
#include <thread>

#include "sim/scenario/scenario_fields.h"
#include "tests/catch.h"

using namespace plumb;

namespace {

/// Few directions and next to no push: two runs a moment.
constexpr RoseOptions k_few{.directions = 2, .most_Ns = 2.0, .tolerance_Ns = 2.0};

RunResult run_of(double weight_kg) {
    ScenarioDef def;
    def.movement.depth = 0.2;
    def.movement.descend_s = def.movement.hold_s = def.movement.ascend_s = 0.5;
    def.counterweight.mass_kg = weight_kg;
    std::atomic<bool> stale = false;
    std::atomic<double> progress = 0.0;
    return *make_run(resolve_scenario(def), stale, progress);
}

void poll_until(RoseDesk& desk, const std::function<bool()>& holds) {
    const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(60);
    while (!holds()) {
        if (std::chrono::steady_clock::now() > end) FAIL("too late");
        desk.poll();
        std::this_thread::sleep_for(std::chrono::milliseconds(1));
    }
}

}  // namespace

TEST_CASE("lab rose: made when asked, both moments, known again for the same inputs", "[lab]") {
    const RunResult one = run_of(0.0), other = run_of(4.0);
    std::atomic<int> woken = 0;
    RoseDesk desk([&] { ++woken; }, k_few);
    desk.search();  // of nothing
    CHECK_FALSE(desk.searching());
    desk.look_at(&one);
    CHECK_FALSE(desk.poll());
    CHECK_FALSE(desk.searching());  // nobody asked
    CHECK(desk.roses().empty());
    desk.search();
    CHECK(desk.searching());
    double progress = desk.progress();
    poll_until(desk, [&] {
        CHECK(desk.progress() >= progress);
        progress = desk.progress();
        return !desk.searching();
    });
    REQUIRE(desk.complete());
    CHECK(desk.progress() == 1.0);
    CHECK(woken >= 4);  // after each petal too
    for (const auto& [moment, rose] : desk.roses()) {
        CHECK(rose.moment == moment);
        CHECK(rose.problem.empty());
        CHECK(rose.petals.size() == 2);
    }
    // Another run's rose is its own; what was under way for it is dropped on the way back.
    desk.look_at(&other);
    CHECK(desk.roses().empty());
    desk.search();
    desk.poll();
    CHECK(desk.searching());
    desk.look_at(&one);
    CHECK(desk.complete());
    CHECK(desk.roses().at(RoseMoment::standing).petals.size() == 2);
    desk.look_at(&other);
    CHECK_FALSE(desk.complete());
    CHECK(desk.roses().empty());
    // Stopped, nothing more comes.
    desk.search();
    desk.poll();
    desk.stop();
    poll_until(desk, [&] { return !desk.searching(); });
    CHECK_FALSE(desk.poll());
    CHECK(desk.roses().empty());
    desk.look_at(nullptr);
    CHECK(desk.roses().empty());
}
