// Bodies whose sides differ: against the symmetric planner, against their mirror images, and by what a physio would expect.
#include <cmath>

#include "sim/base/units.h"
#include "tests/catch.h"
#include "tests/plan/random_person.h"

using namespace plumb;
using namespace plumb::test;

namespace {

/// Something of the person that is less on the left alone: the ankle, the knee, the strength, a leg's length, the hip, or a weight
/// in the right hand.
constexpr int k_kinds = 6;
void make_lopsided(ScenarioDef& def, int kind, SideDef PersonDef::*side) {
    SideDef& own = def.person.*side;
    switch (kind % k_kinds) {
    case 0: own.ankle_dorsiflexion_deg = 0.6 * def.person.ankle_dorsiflexion_deg; break;
    case 1: own.knee_flexion_deg = 100.0; break;
    case 2: own.strength_ratio = 0.6 * def.person.strength_ratio; break;
    case 3: own.shank_length_m = *def.person.shank_length_m - 0.015; break;
    case 4:
        own.hip_flexion_deg = 80.0;
        own.hip_external_rotation_deg = 20.0;
        break;
    default:
        def.counterweight = {.mass_kg = 4.0, .hand = side == &PersonDef::left ? Hand::right : Hand::left};
    }
}

Posture mirrored(Posture p) {
    p.knee_out_rad += p.knee_out_more_rad;
    p.knee_out_more_rad = -p.knee_out_more_rad;
    p.hip_y_m = -p.hip_y_m;
    p.pelvis_list_rad = -p.pelvis_list_rad;
    p.pelvis_turn_rad = -p.pelvis_turn_rad;
    return p;
}

}  // namespace

TEST_CASE("The planner of unequal sides finds for equal ones what the symmetric one finds", "[plan]") {
    std::mt19937_64 random(31);
    int equal = 0;
    for (int i = 0; i < 6; ++i) {
        const ScenarioDef def = draw_person(random);
        const PlanModel model = plan_model(def);
        PlanModel freed = model;
        freed.body.mirrored = false;
        Guide guide;
        for (const PlanKnot& knot : choose_path(model).knots) guide.push_back(knot.posture);
        const StaticLimit one = find_static_limit(model, {BaseKind::sole}, guide),
                          both = find_static_limit(freed, {BaseKind::sole}, guide);
        INFO("person " << i << ": " << one.limiting_factor << ", " << both.limiting_factor);
        // A turned pelvis may get deeper still (one of these does, by 0.028): symmetric people are planned symmetric.
        CHECK(both.hip_drop_fraction > one.hip_drop_fraction - 1e-3);
        CHECK(both.hip_drop_fraction < one.hip_drop_fraction + 0.05);
        equal += both.hip_drop_fraction < one.hip_drop_fraction + 1e-3 ? 1 : 0;
        CHECK(both.limiting_side.empty());
        // Least effort has one answer: the symmetric one.
        const double drop = 0.6 * one.hip_drop_fraction;
        const PostureDemand demand{.required_margin_m = 0.01};
        const Posture start = guide[guide.size() / 2];
        const Posture alike = least_effort_posture(model, drop, demand, start).posture,
                      free = least_effort_posture(freed, drop, demand, start).posture;
        CHECK((alike.members() - free.members()).cwiseAbs().maxCoeff() < 2e-3);
    }
    CHECK(equal >= 5);
}

TEST_CASE("What is the same on both sides is the person's own", "[plan]") {
    ScenarioDef plain, sided;
    plain.person.ankle_dorsiflexion_deg = 25.0;
    sided.person.left.ankle_dorsiflexion_deg = sided.person.right.ankle_dorsiflexion_deg = 25.0;
    const SquatPlan a = plan_of(plain, PlanDetail::motion), b = plan_of(sided, PlanDetail::motion);
    CHECK(b.model.body.mirrored);
    CHECK(a.target_drop == b.target_drop);
    CHECK(a.limit_sole.hip_drop_fraction == b.limit_sole.hip_drop_fraction);
    sided.person.right.ankle_dorsiflexion_deg = 25.5;
    CHECK_FALSE(plan_of(sided, PlanDetail::motion).model.body.mirrored);
}

namespace {

void check_mirrored_plans(int kinds) {
    std::mt19937_64 random(32);
    for (int kind = 0; kind < kinds; ++kind) {
        ScenarioDef left = draw_person(random), right = left;
        make_lopsided(left, kind, &PersonDef::left);
        make_lopsided(right, kind, &PersonDef::right);
        const SquatPlan a = plan_of(left, PlanDetail::motion), b = plan_of(right, PlanDetail::motion);
        INFO("kind " << kind << ": " << a.limit_sole.limiting_side << " " << a.limit_sole.limiting_factor);
        CHECK(a.limit_sole.hip_drop_fraction == Catch::Approx(b.limit_sole.hip_drop_fraction).margin(2e-3));
        CHECK(a.target_drop == Catch::Approx(b.target_drop).margin(5e-3));
        if (!a.limit_sole.limiting_side.empty())
            CHECK(b.limit_sole.limiting_side == (a.limit_sole.limiting_side == "left" ? "right" : "left"));
        // The postures are mirrored too; near the limit and past it several ways are as good, and rounding chooses.
        for (const double share : {0.3, 0.6}) {
            const double drop = share * a.limit_sole.hip_drop_fraction;
            const Posture p = mirrored(a.path.at(path_position(a, drop))),
                          q = b.path.at(path_position(b, drop));
            CHECK((p.members() - q.members()).cwiseAbs().maxCoeff() < 0.02);
        }
    }
}

}  // namespace

TEST_CASE("The mirror image of a person is planned as the mirror image", "[plan]") {
    check_mirrored_plans(3);
}
TEST_CASE("The mirror image of a person is planned as the mirror image, whatever differs", "[plan][long]") {
    check_mirrored_plans(k_kinds);
}

TEST_CASE("Every planted sole stays in its place, the thorax upright, the force under the centre of mass",
          "[plan]") {
    std::mt19937_64 random(33);
    for (int kind = 0; kind < k_kinds; ++kind) {
        ScenarioDef def = draw_person(random);
        make_lopsided(def, kind, kind % 2 == 0 ? &PersonDef::left : &PersonDef::right);
        const SquatPlan plan = plan_of(def, PlanDetail::motion);
        const BodyModel& body = plan.model.body;
        double aside = 0.0;
        for (const PlanKnot& knot : plan.knots) {
            const PostureView view = view_posture(plan.model, knot.posture);
            const Kinematics& k = view.kinematics;
            for (int side = 0; side < k_side_count; ++side) {
                const FootShape& foot = body.feet[static_cast<size_t>(side)];
                const auto link = static_cast<size_t>(foot_link(side));
                CHECK((k.position[link] - foot.standing_ankle_m).norm() < 1e-9);
                CHECK((k.rotation[link] - foot.standing_rotation).norm() < 1e-9);
            }
            CHECK(std::abs(k.rotation[k_thorax_link](1, 1) - 1.0) < 1e-12);
            const StandingStatics statics = standing_statics(body, k);
            double force_N = 0.0, moment_Nm = 0.0;
            for (const PointForce& f : statics.ground) {
                force_N += f.force_N.z();
                moment_Nm += f.force_N.z() * f.point_m.y();
            }
            CHECK(force_N == Catch::Approx(body.weight_N()));
            CHECK(moment_Nm / force_N == Catch::Approx(k.com_m.y()).margin(1e-9));
            CHECK(statics.moments.head<6>().norm() < 1e-6 * body.weight_N());
            aside = std::max({aside, std::abs(knot.posture.hip_y_m), std::abs(knot.posture.pelvis_list_rad),
                              std::abs(knot.posture.pelvis_turn_rad)});
        }
        INFO("kind " << kind);
        CHECK(aside > 1e-3);
    }
}

TEST_CASE("One stiff ankle lies between two supple and two stiff ones, and is named", "[plan]") {
    std::mt19937_64 random(34);
    int named = 0;
    for (int i = 0; i < 5; ++i) {
        ScenarioDef supple = draw_person(random);
        supple.person.ankle_dorsiflexion_deg = 36.0;
        supple.person.strength_ratio = 1.2;
        ScenarioDef stiff = supple, one = supple;
        stiff.person.ankle_dorsiflexion_deg = 14.0;
        one.person.right.ankle_dorsiflexion_deg = 14.0;
        const StaticLimit none = limit_of(supple), both = limit_of(stiff), right = limit_of(one);
        INFO("person " << i << ": " << none.hip_drop_fraction << " " << right.hip_drop_fraction << " "
                       << both.hip_drop_fraction << " " << right.limiting_side << " "
                       << right.limiting_factor);
        CHECK(right.hip_drop_fraction <= none.hip_drop_fraction + 0.005);
        CHECK(right.hip_drop_fraction >= both.hip_drop_fraction - 0.005);
        if (right.limiting_factor == "ankle") {
            ++named;
            CHECK(right.limiting_side == "right");
        }
    }
    CHECK(named >= 1);
}

TEST_CASE("The stronger leg and the far side of a weight in one hand: who carries what", "[plan]") {
    ScenarioDef weak;
    weak.person.right.strength_ratio = 0.5;
    const SquatPlan plan = plan_of(weak, PlanDetail::motion);
    const auto left_share = [](const SquatPlan& p, double drop) {
        return view_posture(p.model, p.path.at(path_position(p, drop))).left_share;
    };
    CHECK(left_share(plan, 0.5) > 0.51);
    // A weight of m in the left hand, at y from the middle, moves the centre of mass by m y / (M + m) before the hips answer.
    ScenarioDef loaded;
    loaded.counterweight = {.mass_kg = 6.0, .hand = Hand::left};
    const PlanModel model = plan_model(loaded);
    const Posture posture{0.05, model.hip_height_m(0.3), 0.4, 0.1, 0.0};
    const PostureView view = view_posture(model, posture);
    const double hand_y =
        view.kinematics.point(forearm_link(side_left), {0.0, 0.0, -model.body.person.lengths.forearm_m}).y();
    CHECK(view.kinematics.com_m.y() == Catch::Approx(6.0 * hand_y / 81.0).epsilon(1e-6));
    CHECK(left_share(plan_of(loaded, PlanDetail::motion), 0.3) < 0.5 + 0.5 * (6.0 * hand_y / 81.0) / 0.19);
}
