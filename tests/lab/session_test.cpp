// The lab's session without a window: the latest edit wins, undo, runs, restoring.
#include "render/lab/session.h"

#include <chrono>
#include <functional>
#include <thread>

#include "sim/scenario/scenario_toml.h"
#include "tests/catch.h"

using namespace plumb;

namespace {

/// A short movement: its run takes a moment.
ScenarioDef quick(double weight_kg = 0.0) {
    ScenarioDef def;
    def.name = "quick";
    def.movement.depth = 0.2;
    def.movement.descend_s = def.movement.hold_s = def.movement.ascend_s = 0.3;
    def.counterweight.mass_kg = weight_kg;
    return def;
}

bool wait_until(Session& session, const std::function<bool()>& holds) {
    const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(60);
    while (!holds()) {
        if (std::chrono::steady_clock::now() > end) return false;
        session.poll();
        std::this_thread::sleep_for(std::chrono::milliseconds(1));
    }
    return true;
}

bool wait_for_run(Session& session) {
    // What is done may still lie there to be taken.
    return wait_until(session, [&] { return !session.working() && (session.poll(), !session.preview()); });
}

/// Stiff ankles, all the way down: falls backward.
ScenarioDef falling() {
    ScenarioDef def = quick();
    def.person.ankle_dorsiflexion_deg = 15.0;
    def.movement.depth = DepthWord::full;
    def.movement.descend_s = 2.0;
    def.movement.ascend_s = 1.5;  // nobody's muscles come up faster from there
    return def;
}

double weight_of(const LabRun& run) { return run.result.recording->scenario.counterweight.mass_kg; }

}  // namespace

TEST_CASE("lab session: a scenario is planned, then run, and plays", "[lab]") {
    std::atomic<int> woken = 0;
    Session session([&] { ++woken; });
    CHECK(session.current() == nullptr);
    CHECK(session.plan() == nullptr);
    CHECK(session.end_s() == 0.0);
    CHECK(session.frame() == 0);
    CHECK_FALSE(session.tick(1.0));
    session.load(quick());
    CHECK(session.working());
    CHECK_FALSE(session.can_undo());
    REQUIRE(wait_until(session, [&] { return session.preview() || session.current(); }));
    CHECK(session.plan() != nullptr);
    REQUIRE(wait_for_run(session));
    REQUIRE(session.current() != nullptr);
    CHECK(session.runs().size() == 1);
    CHECK(session.preview() == nullptr);
    CHECK(session.trouble().empty());
    CHECK(woken > 0);
    CHECK(session.playhead.playing);
    session.playhead.loop = false;
    CHECK(session.tick(1000.0));
    CHECK(session.playhead.time_s == session.end_s());
    CHECK_FALSE(session.playhead.playing);
    session.step_frames(100000);
    CHECK(session.playhead.time_s == session.end_s());
    session.step_frames(-100000);
    CHECK(session.playhead.time_s == 0.0);
}

TEST_CASE("lab session: of many edits the latest is run", "[lab]") {
    Session session({});
    session.load(quick());
    for (int i = 1; i <= 30; ++i) {
        session.edit(quick(0.1 * i), "drag");
        session.poll();
    }
    REQUIRE(wait_for_run(session));
    REQUIRE(session.current() != nullptr);
    CHECK(weight_of(*session.current()) == 0.1 * 30);
    CHECK(session.runs().size() <= 3);
}

TEST_CASE("lab session: one stroke is one step of undo, two strokes are two", "[lab]") {
    Session session({});
    session.load(quick());
    session.edit(quick(1.0), "weight");
    session.edit(quick(2.0), "weight");
    session.edit(quick(3.0), "weight");
    session.end_stroke();
    session.edit(quick(4.0), "weight");
    session.edit(quick(5.0));
    session.edit(quick(5.0));  // no change, no step
    const auto weight = [&] { return session.scenario().counterweight.mass_kg; };
    session.undo();
    CHECK(weight() == 4.0);
    session.undo();
    CHECK(weight() == 3.0);
    session.undo();
    CHECK(weight() == 0.0);
    CHECK_FALSE(session.can_undo());
    session.undo();
    CHECK(weight() == 0.0);
    session.redo();
    session.redo();
    CHECK(weight() == 4.0);
    session.edit(quick(9.0));
    CHECK_FALSE(session.can_redo());
    session.redo();
    CHECK(weight() == 9.0);
    for (int i = 0; i < 500; ++i) session.edit(quick(0.01 * i));
    int steps = 0;
    for (; session.can_undo(); session.undo()) ++steps;
    CHECK(steps == 200);
}

TEST_CASE("lab session: undo to what was run needs no second run", "[lab]") {
    Session session({});
    session.load(quick());
    REQUIRE(wait_for_run(session));
    session.edit(quick(2.0));
    REQUIRE(wait_for_run(session));
    session.undo();
    CHECK_FALSE(session.working());
    REQUIRE(session.current() != nullptr);
    CHECK(session.current()->number == 1);
    CHECK(session.runs().size() == 2);
}

TEST_CASE("lab session: what cannot be run is said, and leaves the runs alone", "[lab]") {
    Session session({});
    session.load(quick());
    REQUIRE(wait_for_run(session));
    ScenarioDef wrong = quick();
    wrong.person.mass_kg = 900.0;
    session.edit(wrong);
    CHECK_THAT(session.trouble(), Catch::Matchers::ContainsSubstring("mass_kg"));
    CHECK_FALSE(session.working());
    session.ask_help(Help::wall);  // nothing to help there
    session.poll();
    CHECK_FALSE(session.helps().searching());
    CHECK(session.runs().size() == 1);
    session.undo();
    CHECK(session.trouble().empty());
    CHECK(session.current() != nullptr);
}

TEST_CASE("lab session: a search is dropped by cancelling and by an edit", "[lab]") {
    Session session({});
    session.load(falling());
    REQUIRE(wait_for_run(session));
    // Unasked, after a run that is not completed.
    session.poll();
    CHECK(session.helps().searching());
    session.stop_helps();
    REQUIRE(wait_until(session, [&] { return !session.helps().searching(); }));
    CHECK(session.helps().answers().size() < k_helps.size());
    session.ask_help(Help::wider_stance);
    session.poll();
    CHECK(session.helps().searching());
    ScenarioDef other = falling();
    other.counterweight.mass_kg = 1.0;
    session.edit(other);
    CHECK(session.helps().answers().empty());
    CHECK_FALSE(session.helps().wanted());
    REQUIRE(wait_for_run(session));
    session.stop_helps();
    CHECK(session.scenario().counterweight.mass_kg == 1.0);
    CHECK_FALSE(session.scenario().stance.width_m.has_value());
}

TEST_CASE("lab session: a help keeps the name and the words of the scenario it is put on", "[lab]") {
    Session session({});
    session.load(falling());
    REQUIRE(wait_for_run(session));
    session.ask_help(Help::more_ankle);
    REQUIRE(wait_until(session, [&] { return session.applied_help() != nullptr; }));
    session.undo();
    CHECK(session.applied_help() == nullptr);
    ScenarioDef mine = falling();  // the same inputs in another file
    mine.name = "mine";
    mine.asks = "Mine?";
    session.load(mine);
    session.ask_help(Help::more_ankle);
    REQUIRE(wait_until(session, [&] { return session.applied_help() != nullptr; }));
    CHECK(session.scenario().name == "mine");
    CHECK(session.scenario().asks == "Mine?");
    CHECK(session.scenario().person.ankle_dorsiflexion_deg > falling().person.ankle_dorsiflexion_deg);
    CHECK(session.applied_help()->change.finding == Finding::found);
}

TEST_CASE("lab session: runs are selected, compared, named, kept and removed", "[lab]") {
    Session session({});
    session.load(quick());
    REQUIRE(wait_for_run(session));
    session.edit(quick(2.0));
    REQUIRE(wait_for_run(session));
    session.compare_with(1);
    REQUIRE(session.compared() != nullptr);
    CHECK(session.compared()->number == 1);
    session.compare_with(2);
    CHECK(session.compared() == nullptr);  // not with itself
    session.compare_with(77);
    CHECK(session.compared() == nullptr);
    session.compare_with(1);
    session.select(1);
    CHECK(session.scenario().counterweight.mass_kg == 0.0);
    CHECK(session.current()->number == 1);
    CHECK_FALSE(session.working());
    session.select(77);
    CHECK(session.current()->number == 1);
    session.rename(1, "");
    CHECK(session.runs().front().name == "quick");
    session.rename(1, std::string(5000, 'x') + "\n\x1b[31m");
    CHECK(session.runs().front().name.size() <= 80);
    CHECK(session.runs().front().kept);
    session.keep(1, false);
    CHECK_FALSE(session.runs().front().kept);
    session.rename(77, "none");
    session.keep(77, true);
    session.remove(77);
    CHECK(session.runs().size() == 2);
    session.remove(1);
    CHECK(session.current()->number == 2);
    CHECK(session.scenario().counterweight.mass_kg == 2.0);
    session.remove(2);
    CHECK(session.runs().empty());
    CHECK(session.current() == nullptr);
    CHECK(session.end_s() == 0.0);
    CHECK_FALSE(session.tick(0.1));
}

TEST_CASE("lab session: the list of runs has an end; what is kept stays", "[lab]") {
    Session session({});
    session.load(quick());
    REQUIRE(wait_for_run(session));
    const RunResult result = session.current()->result;
    session.keep(1, true);
    for (int i = 0; i < 100; ++i) session.add_run(result, "again", false);
    CHECK(session.runs().size() == 40);
    CHECK(session.runs().front().number == 1);
    CHECK(session.current()->number == 101);
}

TEST_CASE("lab session: a pushed run is not taken for its scenario's", "[lab]") {
    Session session({});
    session.load(quick());
    REQUIRE(wait_for_run(session));
    RunResult pushed = session.current()->result;
    Recording with_push = *pushed.recording;
    with_push.frames.back().push_N = Vector3(1.0, 0.0, 0.0);
    pushed.recording = std::make_shared<Recording>(std::move(with_push));
    session.add_run(pushed, "Pushed", false);
    CHECK(session.current()->pushed);
    // Opened while other things are on the sliders it stays in view, and its scenario is on them.
    session.edit(quick(3.0));
    REQUIRE(wait_for_run(session));
    session.add_run(pushed, "From a file", true);
    const int number = session.current()->number;
    CHECK_FALSE(session.working());
    CHECK(weight_of(*session.current()) == session.scenario().counterweight.mass_kg);
    for (int i = 0; i < 20; ++i) session.poll();
    CHECK(session.current()->number == number);
    session.undo();
    CHECK(session.scenario().counterweight.mass_kg == 3.0);
    session.select(number);
    for (int i = 0; i < 20; ++i) session.poll();
    CHECK(session.current()->number == number);
    CHECK_FALSE(session.working());
    session.remove(1);
    session.edit(quick(1.0));
    session.undo();
    CHECK(session.working());  // run anew
    REQUIRE(wait_for_run(session));
    CHECK_FALSE(session.current()->pushed);
}

TEST_CASE("lab session: kept runs of the last day come back and are not forgotten before", "[lab]") {
    Session session({});
    session.load(quick());
    std::vector<ScenarioDef> kept;
    for (int i = 1; i <= 6; ++i) {
        kept.push_back(quick(i));
        kept.back().name = "kept " + std::to_string(i);
    }
    ScenarioDef wrong = quick();
    wrong.person.mass_kg = 900.0;
    kept.insert(kept.begin() + 2, wrong);
    session.restore(kept);
    // At every moment each is either there or still to come.
    const auto known = [&] {
        size_t count = session.still_to_restore().size();
        for (const LabRun& run : session.runs()) count += run.kept ? 1 : 0;
        return count;
    };
    CHECK(known() == kept.size());
    bool none_lost = true;
    REQUIRE(wait_until(session, [&] {
        none_lost = none_lost && known() >= 6;
        return session.still_to_restore().empty() && !session.working();
    }));
    CHECK(none_lost);
    CHECK(known() == 6);
    int at = 0;
    for (const LabRun& run : session.runs())
        if (run.kept) CHECK(run.name == "kept " + std::to_string(++at));
    CHECK(session.scenario() == quick());
    CHECK(weight_of(*session.current()) == 0.0);
}

TEST_CASE("lab helps: found once for the same inputs, the wanted one first, dropped with another scenario",
          "[lab]") {
    const ScenarioDef falls = falling();
    HelpDesk desk({});
    const auto poll_until = [&](const std::function<bool()>& holds) {
        const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(120);
        std::optional<HelpAnswer> wanted;
        while (!holds()) {
            if (std::chrono::steady_clock::now() > end) FAIL("too late");
            if (auto answer = desk.poll()) wanted = answer;
            std::this_thread::sleep_for(std::chrono::milliseconds(1));
        }
        return wanted;
    };
    desk.take(falls, "falls");
    CHECK_FALSE(desk.poll());
    CHECK_FALSE(desk.searching());  // nobody asked
    desk.search_all();
    desk.want(Help::more_ankle);
    const auto wanted = poll_until([&] { return !desk.wanted(); });
    REQUIRE(wanted);
    CHECK(wanted->help == Help::more_ankle);
    CHECK(desk.answers().size() == 1);
    poll_until([&] { return !desk.searching(); });
    CHECK(desk.answers().size() == k_helps.size());
    for (const auto& [help, change] : desk.answers()) {
        CHECK(change.finding != Finding::cancelled);
        CHECK_FALSE(change.brief.empty());
    }

    desk.take(quick(), "quick");
    CHECK(desk.answers().empty());
    CHECK_FALSE(desk.searching());
    desk.want(Help::wall);
    CHECK_FALSE(desk.poll());
    CHECK(desk.searching());
    desk.stop();
    poll_until([&] { return !desk.searching(); });
    CHECK(desk.answers().empty());
    // Known from before: no search.
    desk.take(falls, "falls");
    CHECK(desk.answers().size() == k_helps.size());
    desk.want(Help::wall);
    const auto again = desk.poll();
    REQUIRE(again);
    CHECK(again->help == Help::wall);
    CHECK_FALSE(desk.searching());
    // What cannot be run is not helped.
    desk.take(falls, "");
    desk.want(Help::wall);
    CHECK_FALSE(desk.wanted());
}
