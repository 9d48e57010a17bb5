// Coulomb's law at every single contact of squats, falls and wall runs; sliding to rest; the edge of slipping.
#include "sim/balance/assessment.h"
#include "sim/engine/simulate.h"
#include "tests/catch.h"
#include "tests/laws/counting_world.h"
#include "tests/laws/locked_body.h"

using namespace plumb;
using namespace plumb::test;

namespace {

void check(const FrictionBook& book, const char* name) {
    INFO(name << ": " << book.count << " contacts");
    // The cone is cut with the normal impulse of the same sweep: only rounding of forces of some kN is left.
    CHECK(book.worst_excess_N < 1e-6);
    CHECK(book.worst_ratio < book.mu + 1e-9);
    CHECK(book.pull_N < 1e-9);
}

}  // namespace

TEST_CASE("No contact of any run holds more than its friction, and none pulls", "[laws]") {
    std::mt19937_64 random(81);
    Books books;
    int falls = 0, wall_runs = 0;
    for (int i = 0; i < 9; ++i) {
        ScenarioDef def = draw_person(random);
        def.engine.control = Control::ideal;
        def.movement = {.descend_s = draw(random, 0.8, 2.0), .hold_s = 0.5, .ascend_s = 1.0};
        def.person.ankle_dorsiflexion_deg = i % 3 == 0 ? 36.0 : 16.0;
        if (i % 3 == 2) def.wall.distance_m = draw(random, 0.3, 0.6);
        if (i % 2 == 1) def.counterweight.mass_kg = 3.0;
        def = resolve_scenario(def);
        const SquatPlan plan = plan_squat(build_person(def.person), def);
        const auto run = simulate_plan(def, plan, {}, counting(books));
        const Assessment a = assess_balance(*run);
        falls += a.outcome <= Outcome::fell_right ? 1 : 0;
        wall_runs += a.wall ? 1 : 0;
    }
    REQUIRE(falls >= 2);
    REQUIRE(wall_runs >= 2);
    REQUIRE(books.flesh_floor.count > 1000);
    REQUIRE(books.flesh_wall.count > 1000);
    check(books.soles, "soles");
    check(books.flesh_floor, "flesh on the floor");
    check(books.flesh_wall, "flesh on the wall");
    // The bound is met, not just kept: somewhere each slides.
    CHECK(books.soles.worst_ratio > k_foot_floor_friction - 1e-6);
    CHECK(books.flesh_floor.worst_ratio > k_flesh_floor_friction - 1e-6);
    CHECK(books.flesh_wall.worst_ratio > k_flesh_wall_friction - 1e-6);
}

TEST_CASE("A body pushed off sideways slides v^2 / (2 mu g) and stays there", "[laws]") {
    // A wide, low stance: stopping with 0.9 g does not tip it.
    std::mt19937_64 random(82);
    for (int trial = 0; trial < 6; ++trial) {
        ScenarioDef def = draw_person(random);
        def.engine.control = Control::ideal;
        def.stance = {.width_m = 1.0, .toe_out_deg = 20.0};
        const BodyModel body = without_ends(model_of(def));
        BodyState start;
        start.pose = planted(body, 0.45);
        REQUIRE(sole_lift_m(body, start.pose) < 1e-9);
        const BodyModel piece = frozen(body, start.pose);
        const double speed_mps = draw(random, 0.3, 1.2), side = trial % 2 == 0 ? 1.0 : -1.0;
        start.velocity[4] = side * speed_mps;
        for (const bool anchored : {true, false}) {
            BulletWorld world(piece, std::nullopt);
            world.set_state(start);
            if (!anchored) world.release_anchors();
            double farthest_m = 0.0;
            for (int i = 0; i < 240; ++i) {
                world.step(DofVector::Zero(), k_dt_s);
                farthest_m = std::max(farthest_m, side * world.state().pose.pelvis_m.y());
            }
            const double end_m = side * world.state().pose.pelvis_m.y();
            // Place after velocity: the first step already slows down, so v dt / 2 is missing. The rest of the last step and
            // what the sweeps leave of tilt: measured 0.1 mm.
            const double expected_m = 0.5 * speed_mps * speed_mps / (k_foot_floor_friction * k_gravity_mps2)
                                      - 0.5 * speed_mps * k_dt_s;
            INFO("trial " << trial << ", " << speed_mps << " m/s, anchors " << anchored << ": slid "
                          << farthest_m << " m, expected " << expected_m << ", rests at " << end_m);
            CHECK(std::abs(farthest_m - expected_m) < 0.25e-3);
            // An anchor dropped in the slide pulls back a little (measured 0.7 mm): so a fall releases them.
            CHECK(end_m > farthest_m - (anchored ? 1.5e-3 : 0.15e-3));
            CHECK(world.state().velocity.head<6>().norm() < 1e-6);
        }
    }
}

TEST_CASE("Legs that push apart hold until the push is mu times what presses, then slip", "[laws]") {
    // All joints locked but one hip, which is pushed outward harder and harder: a low stance, so that it slips before it tips.
    std::mt19937_64 random(83);
    for (int trial = 0; trial < 5; ++trial) {
        ScenarioDef def = draw_person(random);
        def.engine.control = Control::ideal;
        def.stance = {.width_m = draw(random, 0.3, 0.6), .toe_out_deg = draw(random, 0.0, 20.0)};
        const BodyModel body = without_ends(model_of(def));
        BodyState start;
        start.pose =
            with_com_over(body, planted(body, 0.6), {body.feet[side_left].standing_ankle_m.x() + 0.06, 0.0});
        REQUIRE(sole_lift_m(body, start.pose) < 1e-9);
        BulletWorld world(body, std::nullopt);
        world.set_state(start);
        auto most = locks_of(1e4);
        const Dof hip = trial % 2 == 0 ? dof_right_hip_abduction : dof_left_hip_abduction;
        most[static_cast<size_t>(hip)] = {};
        world.lock_joints(most, 200);
        const auto apart_m = [&] {
            const Kinematics k = forward_kinematics(body, world.state().pose);
            return (k.position[static_cast<size_t>(foot_link(side_left))]
                    - k.position[static_cast<size_t>(foot_link(side_right))])
                .norm();
        };
        const double start_m = apart_m();
        double held_ratio = 0.0, early_slip_m = 0.0, slip_m = 0.0;
        DofVector push_Nm = DofVector::Zero();
        for (int i = 0; i < 1500 && slip_m < 2e-3; ++i) {
            push_Nm[hip] = 0.25 * i;
            world.step(push_Nm, 0.5 * k_dt_s);
            slip_m = apart_m() - start_m;
            double ratio = 0.0;
            for (const Vector3& f : world.contacts().foot_N)
                if (f.z() > 0.1 * body.weight_N()) ratio = std::max(ratio, f.head<2>().norm() / f.z());
            if (slip_m < 0.5e-3) held_ratio = std::max(held_ratio, ratio);
            if (held_ratio < 0.95 * k_foot_floor_friction) early_slip_m = slip_m;
        }
        INFO("trial " << trial << ": held " << held_ratio << ", moved " << early_slip_m
                      << " m before 95 % of that, slipped " << slip_m << " m at " << push_Nm[hip] << " N m");
        CHECK(slip_m >= 2e-3);
        CHECK(early_slip_m < 0.2e-3);
        CHECK(held_ratio <= k_foot_floor_friction + 1e-9);
        CHECK(held_ratio > 0.97 * k_foot_floor_friction);  // measured 0.890-0.900
    }
}
