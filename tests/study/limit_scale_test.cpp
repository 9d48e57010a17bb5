// The card's scale: the plan's own limit and depths, narrower with what was measured, cancelled at once.
#include "sim/study/limit_scale.h"

#include "sim/scenario/scenario_fields.h"
#include "tests/catch.h"

using namespace plumb;
using Catch::Matchers::ContainsSubstring;

namespace {

double width(const LimitScale& scale) { return scale.intervals.sole.high - scale.intervals.sole.low; }

}  // namespace

TEST_CASE("The scale has the plan's limit and depths; what is measured narrows its band", "[study]") {
    // An ankle by inclinometer, the closure assumed.
    const double ankle_deg = build_person({.knee_to_wall_cm = 1.0}).def.ankle_dorsiflexion_deg;
    ScenarioDef def{.person = {.ankle_dorsiflexion_deg = ankle_deg}};
    const auto assumed = limit_scale(def);
    REQUIRE(assumed);
    const auto plan_to = [&](Depth depth) {
        ScenarioDef to = def;
        to.movement.depth = depth;
        const ScenarioDef resolved = resolve_scenario(to);
        return plan_squat(build_person(resolved.person), resolved, PlanDetail::motion);
    };
    const SquatPlan full = plan_to(DepthWord::full);
    CHECK(assumed->sole == full.limit_sole.hip_drop_fraction);
    CHECK(assumed->functional == full.limit_functional.hip_drop_fraction);
    CHECK(assumed->half == plan_to(DepthWord::half).asked_drop);
    CHECK(assumed->parallel == plan_to(DepthWord::parallel).asked_drop);
    CHECK(assumed->full == full.asked_drop);
    CHECK(assumed->intervals.sole.low < assumed->sole);
    CHECK(assumed->sole < assumed->intervals.sole.high);
    CHECK_THAT(limit_scale_sentence(*assumed),
               ContainsSubstring("cm below standing") && ContainsSubstring("belly and thigh"));
    // The closure measured, and found to be the usual one: narrower, and named no more.
    def.person.trunk_thigh_closure_deg = *resolve_scenario(def).person.trunk_thigh_closure_deg;
    const auto closure = limit_scale(def);
    REQUIRE(closure);
    CHECK(closure->sole == assumed->sole);
    CHECK(width(*closure) < 0.8 * width(*assumed));
    CHECK_THAT(limit_scale_sentence(*closure), !ContainsSubstring("belly and thigh"));
    // The same ankle by the tape is known a little better.
    def.person.ankle_dorsiflexion_deg = k_usual_dorsiflexion_deg;
    def.person.knee_to_wall_cm = 1.0;
    const auto tape = limit_scale(def);
    REQUIRE(tape);
    CHECK(tape->sole == Catch::Approx(closure->sole).margin(1e-6));
    CHECK(width(*tape) < width(*closure));
    const std::atomic<bool> cancel = true;
    CHECK_FALSE(limit_scale(def, &cancel));
}
