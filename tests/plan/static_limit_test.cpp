// The static limit against a search that knows nothing of gradients, and its names against what relaxing does.
#include <algorithm>
#include <vector>

#include "tests/catch.h"
#include "tests/plan/random_person.h"

using namespace plumb;
using namespace plumb::test;

namespace {

/// Worst slack of a posture under a demand [SD].
double worst_slack(const PlanModel& model, const Posture& posture, const PostureDemand& demand) {
    const Slacks slacks = posture_slacks(model, view_posture(model, posture), demand);
    return *std::min_element(slacks.begin(), slacks.end());
}

/// Best posture at a depth by pattern search from many starts: no gradient, no warm start.
double searched_slack(const PlanModel& model, double drop, const PostureDemand& demand) {
    const double ankle_x = model.body.feet[side_left].standing_ankle_m.x();
    double best = -1e9;
    // A coarse grid first; the worst slack is uneven, so the finest points of many cells are refined.
    struct Candidate {
        Posture posture;
        double value;
    };
    std::vector<Candidate> candidates;
    for (double hip = -0.32; hip <= 0.081; hip += 0.04)
        for (double pitch = -0.35; pitch <= 1.051; pitch += 0.14)
            for (double lumbar = -0.1; lumbar <= model.body.person.ranges[dof_lumbar_flexion].max_rad;
                 lumbar += 0.15)
                for (double out = -0.2; out <= 0.61; out += 0.2) {
                    const Posture posture{ankle_x + hip, model.hip_height_m(drop), pitch, lumbar, out};
                    candidates.push_back({posture, worst_slack(model, posture, demand)});
                }
    std::partial_sort(candidates.begin(), candidates.begin() + 24, candidates.end(),
                      [](const Candidate& a, const Candidate& b) { return a.value > b.value; });
    candidates.resize(24);
    for (Candidate& c : candidates) {
        double step = 0.08;
        while (step > 0.002 && c.value < 0.0) {
            Candidate better = c;
            // Single moves and all pairs: the feasible valley is narrow and runs across the axes.
            double Posture::*const members[4] = {&Posture::hip_x_m, &Posture::pelvis_pitch_rad,
                                                 &Posture::lumbar_flexion_rad, &Posture::knee_out_rad};
            const auto scale = [](int member) { return member == 0 ? 0.3 : 1.0; };
            for (int a = 0; a < 4; ++a)
                for (int b = a; b < 4; ++b)
                    for (const double sa : {-1.0, 1.0})
                        for (const double sb : {-1.0, 1.0}) {
                            Posture moved = c.posture;
                            moved.*members[a] += sa * step * scale(a);
                            if (b != a) moved.*members[b] += sb * step * scale(b);
                            const double value = worst_slack(model, moved, demand);
                            if (value > better.value) better = {moved, value};
                        }
            if (better.value > c.value + 1e-6)
                c = better;
            else
                step *= 0.5;
        }
        best = std::max(best, c.value);
        if (best >= 0.0) break;
    }
    return best;
}

}  // namespace

TEST_CASE("The static limit is the one an exhaustive search over postures finds", "[plan]") {
    std::mt19937_64 random(201);
    for (int person = 0; person < 10; ++person) {
        const ScenarioDef def = draw_person(random);
        const PlanModel model = plan_model(def);
        const StaticLimit limit = limit_of(def);
        const PostureDemand demand{};
        INFO("person " << person << ": limit " << limit.hip_drop_fraction << " by " << limit.limiting_factor);
        REQUIRE(limit.feasible_standing);
        // Feasible where it says so, and, searched, 0.02 above; nothing feasible 0.02 below.
        CHECK(worst_slack(model, limit.posture, demand) >= -2.0 * k_slack_tolerance_sd);
        CHECK(searched_slack(model, limit.hip_drop_fraction - 0.02, demand) >= -0.02);
        CHECK(searched_slack(model, limit.hip_drop_fraction + 0.02, demand) < 0.0);
    }
}

TEST_CASE("Relaxing the named factor lowers the hips", "[plan]") {
    std::mt19937_64 random(202);
    int named = 0;
    for (int person = 0; person < 20; ++person) {
        const ScenarioDef def = draw_person(random);
        const StaticLimit limit = limit_of(def);
        ScenarioDef relaxed = def;
        PersonDef& p = relaxed.person;
        if (limit.limiting_factor == "ankle")
            p.ankle_dorsiflexion_deg += 4.0;
        else if (limit.limiting_factor == "knee")
            p.knee_flexion_deg += 4.0;
        else if (limit.limiting_factor == "trunk_thigh")
            *p.trunk_thigh_closure_deg += 6.0;
        else if (limit.limiting_factor == "hip")
            p.hip_flexion_deg += 8.0, p.hip_external_rotation_deg += 8.0;
        else
            continue;
        ++named;
        INFO("person " << person << " by " << limit.limiting_factor);
        CHECK(limit_of(relaxed).hip_drop_fraction > limit.hip_drop_fraction + 0.002);
    }
    REQUIRE(named >= 12);
}

TEST_CASE("Stiff ankles are named for every stiff person, and what is named helps most", "[plan]") {
    // A standard deviation more of the ankle against one more of hip, closure or external rotation.
    const auto stiff = [](Sex sex, double age, double stature_m, double mass_kg, double dorsiflexion_deg) {
        ScenarioDef def;
        def.person.sex = sex;
        def.person.age_years = age;
        def.person.stature_m = stature_m;
        def.person.mass_kg = mass_kg;
        def.person.ankle_dorsiflexion_deg = dorsiflexion_deg;
        return def;
    };
    for (const ScenarioDef& def : {stiff(Sex::male, 30, 1.75, 75, 18), stiff(Sex::male, 65, 1.75, 75, 18),
                                   stiff(Sex::female, 30, 1.62, 62, 10), stiff(Sex::female, 30, 1.62, 62, 15),
                                   stiff(Sex::female, 60, 1.65, 70, 18)}) {
        const StaticLimit limit = limit_of(def);
        INFO(def.person.stature_m << " m, " << def.person.age_years << " years");
        CHECK(limit.limiting_factor == "ankle");
        ScenarioDef ankle = def, hip = def, closure = def, rotation = def;
        ankle.person.ankle_dorsiflexion_deg += 6.5;
        hip.person.hip_flexion_deg += 13.0;
        closure.person.trunk_thigh_closure_deg = 138.0;
        rotation.person.hip_external_rotation_deg += 8.0;
        const double best = limit_of(ankle).hip_drop_fraction;
        for (const ScenarioDef& other : {hip, closure, rotation})
            CHECK(best > limit_of(other).hip_drop_fraction);
        // The announced gain is what the changed person gets.
        REQUIRE_FALSE(limit.binding.empty());
        CHECK(limit.binding.front().depth_gain == Catch::Approx(best - limit.hip_drop_fraction).margin(0.02));
    }
}

TEST_CASE("The functional base is never deeper than the sole, and the functional limit keeps inside it",
          "[plan]") {
    std::mt19937_64 random(203);
    for (int person = 0; person < 20; ++person) {
        const ScenarioDef def = draw_person(random);
        const PlanModel model = plan_model(def);
        const StaticLimit functional = limit_of(def, BaseKind::functional);
        CHECK(functional.hip_drop_fraction <= limit_of(def).hip_drop_fraction + 1e-3);
        CHECK(balance_margin_m(model, view_posture(model, functional.posture), BaseKind::functional) > -1e-4);
    }
}

TEST_CASE("A body that cannot even stand so says so", "[plan]") {
    ScenarioDef def;
    def.person.strength_ratio = 0.1;
    def.counterweight.mass_kg = 40.0;
    def.counterweight.hold = Hold::chest;
    const StaticLimit limit = limit_of(def);
    CHECK_FALSE(limit.feasible_standing);
    CHECK(limit.hip_drop_fraction == 0.0);
    CHECK(limit.limiting_factor.starts_with("strength_"));
}
