// The static limit's interval: seeded, around the limit, narrower for who was measured.
#include "sim/study/limit_intervals.h"

#include "sim/scenario/scenario_fields.h"
#include "tests/catch.h"

using namespace plumb;

namespace {

LimitIntervals intervals_of(const ScenarioDef& def) {
    const ScenarioDef resolved = resolve_scenario(def);
    return limit_intervals(resolved, plan_squat(build_person(resolved.person), resolved, PlanDetail::motion));
}

double width(const Interval& interval) { return interval.high - interval.low; }

}  // namespace

TEST_CASE("The interval lies around the limit and is the same every time", "[study]") {
    const ScenarioDef def{.person = {.ankle_dorsiflexion_deg = 22.0}};
    const LimitIntervals once = intervals_of(def), again = intervals_of(def);
    const ScenarioDef resolved = resolve_scenario(def);
    const SquatPlan plan = plan_squat(build_person(resolved.person), resolved, PlanDetail::motion);
    CHECK(once.samples >= 100);  // two static solves each
    CHECK(once.sole.low < plan.limit_sole.hip_drop_fraction);
    CHECK(once.sole.high > plan.limit_sole.hip_drop_fraction);
    CHECK(once.functional.low <= once.sole.low + 0.02);
    CHECK(once.sole.low == again.sole.low);
    CHECK(once.functional.high == again.functional.high);
    CHECK(once.decided_by == again.decided_by);
    ScenarioDef other = def;
    other.engine.seed = 2;
    CHECK(intervals_of(other).sole.low != once.sole.low);
}

TEST_CASE("Measured people are known better, and what nobody measured is named", "[study]") {
    const LimitIntervals plain = intervals_of({.person = {.ankle_dorsiflexion_deg = 22.0}});
    CHECK(plain.decided_by.find("belly") != std::string::npos);
    const LimitIntervals measured =
        intervals_of({.person = {.ankle_dorsiflexion_deg = 22.0, .trunk_thigh_closure_deg = 131.0}});
    CHECK(width(measured.sole) < 0.8 * width(plain.sole));
    CHECK(measured.decided_by.find("belly") == std::string::npos);
    // The same ankle by a couch value is known less well than by an inclinometer under load.
    const LimitIntervals couch =
        intervals_of({.person = {.ankle_dorsiflexion_nwb_deg = 3.0, .trunk_thigh_closure_deg = 131.0}});
    CHECK(width(couch.sole) > 1.2 * width(measured.sole));
}

TEST_CASE("The verdict that turns inside the interval is called so", "[study]") {
    CHECK(intervals_of({.person = {.ankle_dorsiflexion_deg = 19.0}}).cannot_tell);
    ScenarioDef sure{.person = {.ankle_dorsiflexion_deg = 40.0}};
    sure.movement.depth = 0.3;
    CHECK_FALSE(intervals_of(sure).cannot_tell);
}

TEST_CASE("The middle nine tenths by rank", "[study]") {
    std::vector<double> values;
    for (int i = 100; i >= 0; --i) values.push_back(i);
    CHECK(middle_nine_tenths(values).low == Catch::Approx(5.0));
    CHECK(middle_nine_tenths(values).high == Catch::Approx(95.0));
    CHECK(middle_nine_tenths({3.0}).low == 3.0);
}
