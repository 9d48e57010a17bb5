// What helps never makes the squat shallower: more dorsiflexion, a wedge, a weight the arms can hold, a wider stance.
#include <algorithm>
#include <array>

#include "tests/catch.h"
#include "tests/plan/random_person.h"

using namespace plumb;
using namespace plumb::test;

namespace {

constexpr int k_few = 12, k_many = 40;  ///< people in the ordinary run and in the long one
constexpr double k_tolerance = 0.01;

bool binds_arms_trunk_knee_or_toe(const StaticLimit& limit) {
    const auto is_one = [](const std::string& word) {
        return word == "strength_shoulder" || word == "strength_elbow" || word == "strength_trunk"
               || word == "strength_knee" || word == "strength_hip" || word == "balance_toe";
    };
    return is_one(limit.limiting_factor) || std::ranges::any_of(limit.binding, is_one, &BindingShare::word);
}

/// Static limits along a row of values; `change` puts a value into a person.
template <class Change, size_t n>
std::array<StaticLimit, n> limits_along(const ScenarioDef& def, const std::array<double, n>& values,
                                        Change change) {
    std::array<StaticLimit, n> limits;
    for (size_t i = 0; i < n; ++i) {
        ScenarioDef changed = def;
        change(changed, values[i]);
        limits[i] = limit_of(changed);
    }
    return limits;
}

}  // namespace

namespace {

void check_dorsiflexion(int people) {
    constexpr std::array<double, 5> k_degrees = {12.0, 19.0, 26.0, 33.0, 42.0};
    std::mt19937_64 random(101);
    double gained = 0.0;
    for (int person = 0; person < people; ++person) {
        const ScenarioDef def = draw_person(random);
        const auto limits = limits_along(
            def, k_degrees, [](ScenarioDef& d, double deg) { d.person.ankle_dorsiflexion_deg = deg; });
        for (size_t i = 1; i < limits.size(); ++i) {
            INFO("person " << person << " at " << k_degrees[i] << " deg");
            CHECK(limits[i].hip_drop_fraction >= limits[i - 1].hip_drop_fraction - k_tolerance);
        }
        gained += limits.back().hip_drop_fraction - limits.front().hip_drop_fraction;
    }
    // It does help: stiff (12 deg) to supple (42 deg) is worth more than a quarter of the leg for the average person.
    CHECK(gained / people > 0.25);
}

}  // namespace

TEST_CASE("More dorsiflexion never makes the static limit shallower", "[plan]") { check_dorsiflexion(k_few); }

TEST_CASE("More dorsiflexion never makes the static limit shallower: 40 people", "[long][plan]") {
    check_dorsiflexion(k_many);
}

namespace {

void check_wedge(int people) {
    constexpr std::array<double, 4> k_heights_m = {0.0, 0.015, 0.03, 0.05};
    std::mt19937_64 random(102);
    double gained = 0.0;
    for (int person = 0; person < people; ++person) {
        const ScenarioDef def = draw_person(random);
        const auto limits =
            limits_along(def, k_heights_m, [](ScenarioDef& d, double m) { d.heel_wedge.height_m = m; });
        for (size_t i = 1; i < limits.size(); ++i) {
            INFO("person " << person << " on " << k_heights_m[i] << " m");
            CHECK(limits[i].hip_drop_fraction >= limits[i - 1].hip_drop_fraction - k_tolerance);
        }
        gained += limits[1].hip_drop_fraction - limits[0].hip_drop_fraction;
    }
    CHECK(gained / people > 0.03);
}

}  // namespace

TEST_CASE("A higher wedge never makes the static limit shallower", "[plan]") { check_wedge(k_few); }

TEST_CASE("A higher wedge never makes the static limit shallower: 40 people", "[long][plan]") {
    check_wedge(k_many);
}

namespace {

void check_counterweight(int people) {
    constexpr std::array<double, 6> k_masses_kg = {0.0, 2.0, 5.0, 9.0, 14.0, 20.0};
    std::mt19937_64 random(103);
    double gained = 0.0;
    for (int person = 0; person < people; ++person) {
        ScenarioDef def = draw_person(random);
        def.arms.pose = ArmsPose::forward;  // the weight takes the place of the bare arms held out
        const auto limits =
            limits_along(def, k_masses_kg, [](ScenarioDef& d, double kg) { d.counterweight.mass_kg = kg; });
        for (size_t i = 1; i < limits.size(); ++i) {
            INFO("person " << person << " with " << k_masses_kg[i] << " kg, " << limits[i].limiting_factor);
            CHECK((limits[i].hip_drop_fraction >= limits[i - 1].hip_drop_fraction - k_tolerance
                   || binds_arms_trunk_knee_or_toe(limits[i])));
        }
        gained += limits[1].hip_drop_fraction - limits[0].hip_drop_fraction;
    }
    CHECK(gained / people > 0.01);
}

}  // namespace

TEST_CASE("More counterweight never makes the static limit shallower until a strength or the toes bind",
          "[plan]") {
    check_counterweight(k_few);
}

TEST_CASE(
    "More counterweight never makes the static limit shallower until a strength or the toes bind: 40 people",
    "[long][plan]") {
    check_counterweight(k_many);
}

namespace {

void check_stance(int people) {
    constexpr std::array<double, 4> k_breadths = {0.8, 1.0, 1.25, 1.5};
    std::mt19937_64 random(104);
    double gained = 0.0;
    int bound = 0;
    for (int person = 0; person < people; ++person) {
        ScenarioDef def = draw_person(random);
        def.person.ankle_dorsiflexion_deg = draw(random, 10.0, 22.0);  // stiff: mostly the ankle binds
        const double biacromial_m = 2.0 * build_person(def.person).lengths.shoulder_half_width_m;
        const auto best_at = [&](double breadths) {
            StaticLimit best;
            for (const double toe_out_deg : {0.0, 12.0, 24.0, 35.0}) {
                ScenarioDef changed = def;
                changed.stance = {.width_m = breadths * biacromial_m, .toe_out_deg = toe_out_deg};
                if (find_scenario_problem(changed)) continue;  // the feet would overlap
                const StaticLimit limit = limit_of(changed);
                if (limit.hip_drop_fraction > best.hip_drop_fraction) best = limit;
            }
            return best;
        };
        StaticLimit narrower = best_at(k_breadths[0]);
        for (size_t i = 1; i < k_breadths.size(); ++i) {
            const StaticLimit wider = best_at(k_breadths[i]);
            const bool by_ankle =
                narrower.limiting_factor == "ankle" || narrower.limiting_factor == "balance_heel";
            INFO("person " << person << " at " << k_breadths[i] << " breadths");
            if (by_ankle) {
                CHECK(wider.hip_drop_fraction >= narrower.hip_drop_fraction - k_tolerance);
                gained += wider.hip_drop_fraction - narrower.hip_drop_fraction;
                ++bound;
            }
            narrower = wider;
        }
    }
    REQUIRE(bound > people / 2);
    CHECK(gained / bound > 0.01);
}

}  // namespace

TEST_CASE("A wider stance with free toe-out never makes the limit shallower for a person bound by the ankle",
          "[plan]") {
    check_stance(k_few / 2);
}

TEST_CASE("A wider stance with free toe-out never makes the limit shallower for a person bound by the ankle: "
          "20 people",
          "[long][plan]") {
    check_stance(k_many / 2);
}

TEST_CASE("A kilogram at arm's length is worth about a degree of dorsiflexion", "[plan]") {
    // biomechanics: about 1 deg of dorsiflexion per kg (a derivation; factor two allowed either way).
    std::mt19937_64 random(105);
    double ratio_sum = 0.0;
    int counted = 0;
    for (int person = 0; person < 20; ++person) {
        ScenarioDef def = draw_person(random);
        def.arms.pose = ArmsPose::forward;
        def.person.ankle_dorsiflexion_deg = draw(random, 14.0, 22.0);
        ScenarioDef loaded = def, supple = def;
        loaded.counterweight.mass_kg = 4.0;
        supple.person.ankle_dorsiflexion_deg += 4.0;
        const double base = limit_of(def).hip_drop_fraction;
        const StaticLimit with_weight = limit_of(loaded), with_ankle = limit_of(supple);
        if (with_weight.limiting_factor.starts_with("strength_")
            || with_ankle.hip_drop_fraction < base + 0.02)
            continue;
        ratio_sum += (with_weight.hip_drop_fraction - base) / (with_ankle.hip_drop_fraction - base);
        ++counted;
    }
    REQUIRE(counted >= 8);
    const double degrees_per_kg = ratio_sum / counted;
    CHECK(degrees_per_kg > 0.5);
    CHECK(degrees_per_kg < 2.0);
}
