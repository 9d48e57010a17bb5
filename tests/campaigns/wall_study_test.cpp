// What a wall does by distance, over people; and whether it catches whoever falls towards it. Run by hand.
// PLUMB_FIGURES=docs/figures also writes the shares that docs/figures/wall_study.gp draws.
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <random>
#include <string>

#include "sim/balance/assessment.h"
#include "sim/body/contact.h"
#include "sim/engine/simulate.h"
#include "tests/catch.h"
#include "tests/engine/consistency.h"
#include "tests/plan/random_person.h"

using namespace plumb;
using namespace plumb::test;

namespace {

ScenarioDef draw_stiff_person(std::mt19937_64& random) {
    ScenarioDef def = draw_person(random);
    def.person.ankle_dorsiflexion_deg = draw(random, 12.0, 30.0);
    return def;
}

/// World X of the rearmost buttock skin.
double buttock_back_m(const BodyModel& body, const Pose& pose) {
    const Kinematics k = forward_kinematics(body, pose);
    double back_m = 1e9;
    for (const Collider& c : body.colliders)
        if (c.kind == ColliderKind::buttock)
            back_m = std::min(back_m, k.point(c.link, c.centre_m).x() - c.radius_m);
    return back_m;
}

}  // namespace

TEST_CASE("Wall study: what a wall does by distance", "[long][engine]") {
    constexpr int k_people = 30;
    std::string csv = "distance_m,caught,leaning,blocked,fallen,other\n";
    for (int step = 1; step <= 16; ++step) {
        const double distance_m = 0.05 * step;
        int caught = 0, leaning = 0, blocked = 0, fallen = 0, other = 0;
        std::mt19937_64 random(41);  // the same people at every distance
        for (int i = 0; i < k_people; ++i) {
            ScenarioDef def = draw_stiff_person(random);
            def.wall.distance_m = distance_m;
            const Outcome outcome = assess_balance(*simulate(def)).outcome;
            ++(outcome == Outcome::caught_by_wall    ? caught
               : outcome == Outcome::leaning_on_wall ? leaning
               : outcome == Outcome::blocked_by_wall ? blocked
               : is_fall(outcome)                    ? fallen
                                                     : other);
        }
        char line[120];
        std::snprintf(line, sizeof line, "%.2f,%.3f,%.3f,%.3f,%.3f,%.3f\n", distance_m,
                      1.0 * caught / k_people, 1.0 * leaning / k_people, 1.0 * blocked / k_people,
                      1.0 * fallen / k_people, 1.0 * other / k_people);
        csv += line;
        std::printf("%s", line);
        std::fflush(stdout);
        CHECK(caught + leaning + blocked + fallen + other == k_people);
    }
    if (const char* folder = std::getenv("PLUMB_FIGURES"))
        std::ofstream(std::string(folder) + "/wall_study.csv") << csv;
}

TEST_CASE("A wall up to 10 cm behind the buttocks of who falls back catches", "[long][engine]") {
    std::mt19937_64 random(42);
    int catchable = 0, held = 0;
    while (catchable < 60) {
        ScenarioDef def = draw_stiff_person(random);
        const double room_m = draw(random, 0.0, 0.10);
        const auto free = simulate(def);
        const Assessment alone = assess_balance(*free);
        if (alone.outcome != Outcome::fell_backward || !alone.com_exit) continue;
        const BodyModel& body = free->plan.model.body;
        const auto exit = std::find_if(free->frames.begin(), free->frames.end(), [&](const Frame& f) {
            return f.time_s >= alone.com_exit->time_s - 1e-9;
        });
        const double distance_m = room_m - buttock_back_m(body, exit->pose);
        def.wall.distance_m = distance_m;
        if (find_scenario_problem(def)) continue;
        const auto run = simulate(def);
        const Assessment a = assess_balance(*run);
        // Catchable: balance is lost before the wall is touched. The nearer wall of the planner's eye may change the way down.
        if (a.wall && !a.com_exit && a.outcome == Outcome::blocked_by_wall) continue;
        ++catchable;
        const bool caught = a.outcome == Outcome::caught_by_wall || a.outcome == Outcome::leaning_on_wall;
        held += caught ? 1 : 0;
        if (!caught)
            std::printf("not held: wall at %.3f m, %.0f mm of room: %s\n", distance_m, 1e3 * room_m,
                        std::string(outcome_name(a.outcome)).c_str());
        // Held by pressure and friction, never by sticking: flesh slides where the wall asks for more than its cone.
        for (const Frame& f : run->frames)
            CHECK(f.wall_force_N.tail<2>().norm()
                  <= 1.001 * k_flesh_wall_friction * f.wall_force_N.x() + 1.0);
    }
    std::printf("%d of %d caught or leaning\n", held, catchable);
    CHECK(held >= 0.95 * catchable);
}
