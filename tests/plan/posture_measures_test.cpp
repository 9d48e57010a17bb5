// The planner's closed form of one side and its derivatives, against the whole body's kinematics and statics.
#include <algorithm>

#include "sim/plan/posture_measures.h"
#include "tests/catch.h"
#include "tests/plan/random_person.h"

using namespace plumb;
using namespace plumb::test;

namespace {

constexpr int k_variables = 4;

Posture moved(Posture posture, int variable, double step) {
    double* const members[k_variables] = {&posture.hip_x_m, &posture.pelvis_pitch_rad,
                                          &posture.lumbar_flexion_rad, &posture.knee_out_rad};
    *members[variable] += step;
    return posture;
}

/// Slacks, then effort.
using Values = std::array<double, k_constraint_count + 1>;
Values full_values(const PlanModel& model, const Posture& posture, const PostureDemand& demand) {
    const PostureMeasures<double> at = measures_of(model, view_posture(model, posture), side_left);
    const Slacks slacks = slacks_of(model, at, demand);
    Values values;
    std::copy(slacks.begin(), slacks.end(), values.begin());
    values.back() = effort_of(model, at, slacks, demand);
    return values;
}

/// Every kind of arms, weight, wedge and wall.
PlanModel draw_model(std::mt19937_64& random, int i) {
    ScenarioDef def = draw_person(random);
    constexpr std::array k_arms = {ArmsPose::hanging, ArmsPose::forward, ArmsPose::crossed,
                                   ArmsPose::overhead};
    def.arms.pose = k_arms[static_cast<size_t>(i % 4)];
    if (i % 3 == 0) def.wall.distance_m = 0.6;
    if (i % 5 == 0) def.heel_wedge.height_m = 0.03;
    constexpr std::array k_holds = {Hold::arms_forward, Hold::chest, Hold::back_high, Hold::back_low};
    if (i % 2 == 1) def.movement.heels = Heels::may_lift;
    if (i % 7 == 0) def.counterweight = {.mass_kg = 10.0, .hold = k_holds[static_cast<size_t>(i / 7 % 4)]};
    return plan_model(def);
}

}  // namespace

TEST_CASE("the closed form of one side agrees with the whole body, and its slopes with differences",
          "[plan]") {
    std::mt19937_64 random(20251201);
    constexpr double k_step = 1e-6;
    int slopes = 0, kinks = 0;
    for (int i = 0; i < 140; ++i) {
        const PlanModel model = draw_model(random, i);
        for (int k = 0; k < 10; ++k) {
            // At k = 0 the hip is out of the leg's reach.
            const double drop = k == 0 ? -0.08 : draw(random, 0.02, 1.0);
            Posture posture{draw(random, -0.15, 0.25), model.hip_height_m(drop), draw(random, -0.4, 1.4),
                            draw(random, -0.2, 0.8), draw(random, -0.9, 0.9)};
            PostureDemand demand;
            // Half of the bodies that have toes stand on them.
            if (model.body.has_toes() && k % 2 == 0) {
                posture.heel_lift_rad = draw(random, 0.0, 0.9);
                demand.forefoot_share = 1.0;
                demand.heel_lift_most_rad = 1.0;
                demand.knee_least_rad = draw(random, 0.0, 1.0);
            }
            const PostureMeasures<Dual> at = measure_with_slopes(model, posture);
            const auto slacks = slacks_of(model, at, demand);
            const Dual effort = effort_of(model, at, slacks, demand);
            const Values whole = full_values(model, posture, demand);
            const auto closed = [&](size_t j) -> const Dual& {
                return j < k_constraint_count ? slacks[j] : effort;
            };
            for (size_t j = 0; j < whole.size(); ++j) {
                INFO("person " << i << ", posture " << k << ", value " << j);
                CHECK(std::abs(closed(j).value - whole[j]) < 1e-9 * (1.0 + std::abs(whole[j])));
            }
            for (int v = 0; v < k_variables; ++v) {
                const Values before = full_values(model, moved(posture, v, -k_step), demand),
                             after = full_values(model, moved(posture, v, k_step), demand);
                for (size_t j = 0; j < whole.size(); ++j) {
                    const double ahead = (after[j] - whole[j]) / k_step,
                                 behind = (whole[j] - before[j]) / k_step;
                    ++slopes;
                    // Two differences that disagree: a kink lies between.
                    if (std::abs(ahead - behind) > 1e-2 * (1.0 + std::abs(ahead))) {
                        ++kinks;
                        continue;
                    }
                    INFO("person " << i << ", posture " << k << ", value " << j << ", variable " << v);
                    CHECK(std::abs(closed(j).by[v] - 0.5 * (ahead + behind))
                          < 1e-4 * (1.0 + std::abs(ahead)));
                }
            }
        }
    }
    CHECK(kinks < slopes / 1000);
}
