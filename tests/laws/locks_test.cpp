// Joint locks: they hold up to their moment and no more; with one joint left free its limb is a pendulum of the known period.
#include <cmath>

#include "sim/body/dynamics.h"
#include "tests/catch.h"
#include "tests/laws/locked_body.h"

using namespace plumb;
using namespace plumb::test;

namespace {

/// Standing with the COM well inside the base.
Pose steady(const BodyModel& body) {
    const Pose pose = planted(body, 0.9);
    return with_com_over(body, pose, {body.feet[side_left].standing_ankle_m.x() + 0.06, 0.0});
}

double largest_turn_rad(const DofVector& from, const DofVector& to, int without) {
    DofVector turn = to - from;
    if (without >= 0) turn[without] = 0.0;
    return turn.cwiseAbs().maxCoeff();
}

}  // namespace

TEST_CASE("Locks of any strength hold a standing body still", "[laws]") {
    // The locks are solved by sweeps together with the contacts; before they settle the joints give a little, less with
    // finer steps (second order: g dt^2).
    std::mt19937_64 random(71);
    for (int person = 0; person < 3; ++person) {
        const BodyModel body = draw_body(random);
        BodyState start;
        start.pose = steady(body);
        double drift_rad[2];
        for (int fine = 0; fine < 2; ++fine) {
            BulletWorld world(body, std::nullopt);
            world.set_state(start);
            world.lock_joints(locks_of(1e4), 100);
            drift_rad[fine] = 0.0;
            const int steps = fine == 0 ? 240 : 480;
            for (int i = 0; i < steps; ++i) {
                world.step(DofVector::Zero(), 1.0 / steps);
                drift_rad[fine] = std::max(
                    drift_rad[fine], largest_turn_rad(start.pose.joints, world.state().pose.joints, -1));
            }
        }
        INFO("person " << person << ": " << drift_rad[0] << ", " << drift_rad[1]);
        CHECK(drift_rad[0] < 2e-3);
        CHECK(drift_rad[1] < 0.35 * drift_rad[0]);
    }
}

TEST_CASE("A lock holds what it is allowed and yields to more, each way its own", "[laws]") {
    // In the air without gravity's help: the body falls freely, so a joint feels the moment put on it alone.
    std::mt19937_64 random(72);
    for (int trial = 0; trial < 12; ++trial) {
        const BodyModel body = without_ends(draw_body(random));
        const Dof dof = std::array{dof_left_knee_flexion, dof_right_elbow_flexion, dof_left_hip_flexion,
                                   dof_lumbar_bend}[static_cast<size_t>(trial % 4)];
        BodyState start;
        start.pose.pelvis_m.z() = 20.0;
        start.pose.joints = draw_joints(random, body);
        start.pose.joints *= 0.1;  // without_ends stretched the ranges
        auto most = locks_of(1e4);
        const double positive_Nm = draw(random, 5.0, 50.0), negative_Nm = draw(random, 5.0, 50.0);
        most[static_cast<size_t>(dof)] = {positive_Nm, negative_Nm};
        for (const double share : {0.97, 1.03, -0.97, -1.03}) {
            BulletWorld world(body, std::nullopt);
            world.set_state(start);
            world.lock_joints(most, 100);
            // A push the negative way is held by the lock's positive moment.
            DofVector push_Nm = DofVector::Zero();
            push_Nm[dof] = share > 0.0 ? share * negative_Nm : share * positive_Nm;
            for (int i = 0; i < 48; ++i) world.step(push_Nm, 1.0 / 240.0);
            const double turn_rad = world.state().pose.joints[dof] - start.pose.joints[dof];
            INFO("trial " << trial << ", " << k_dof_names[static_cast<size_t>(dof)] << ", share " << share
                          << ": " << turn_rad);
            if (std::abs(share) < 1.0)
                CHECK(std::abs(turn_rad) < 2e-4);
            else
                CHECK(turn_rad * share > 2e-3);
            CHECK(largest_turn_rad(start.pose.joints, world.state().pose.joints, dof) < 1e-4);
        }
    }
}

namespace {

void check_swings(bool every_limb_of_both) {
    constexpr double k_fine_dt_s = 1.0 / 480.0;
    struct Swing {
        Dof dof;
        double amplitude_deg;
    };
    std::mt19937_64 random(73);
    for (int person = 0; person < 2; ++person) {
        ScenarioDef def = draw_person(random);
        def.counterweight.mass_kg = 2.0 * person;
        const BodyModel body = without_ends(model_of(def));
        int number = 0;
        for (const Swing swing :
             {Swing{dof_left_shoulder_flexion, 4.0}, Swing{dof_left_shoulder_flexion, 40.0},
              Swing{dof_right_elbow_flexion, 60.0}, Swing{dof_right_elbow_flexion, 120.0}}) {
            if (!every_limb_of_both && number++ % 2 != person) continue;
            const Dof dof = swing.dof;
            BodyState start;
            start.pose = steady(body);
            // Gravity's moment on the joint is -m g d sin(q - q0).
            const auto gravity_Nm = [&](double angle_rad) {
                Pose pose = start.pose;
                pose.joints[dof] = angle_rad;
                return -static_forces(body, forward_kinematics(body, pose), {})[6 + dof];
            };
            const double at_0 = gravity_Nm(0.0), at_90 = gravity_Nm(0.5 * k_pi);
            const double mgd_Nm = std::hypot(at_0, at_90), hanging_rad = std::atan2(at_0, -at_90);
            const double inertia_kgm2 =
                mass_matrix(body, forward_kinematics(body, start.pose))(6 + dof, 6 + dof);
            const double amplitude_rad = swing.amplitude_deg * k_deg_to_rad;
            const double expected_s =
                4.0 * std::sqrt(inertia_kgm2 / mgd_Nm) * std::comp_ellint_1(std::sin(0.5 * amplitude_rad));

            start.pose.joints[dof] = hanging_rad + amplitude_rad;
            BulletWorld world(body, std::nullopt);
            world.set_state(start);
            auto most = locks_of(1e4);
            most[static_cast<size_t>(dof)] = {};
            world.lock_joints(most, 100);
            std::vector<double> passes_s;  // downward through the lowest point
            double angle_rad = amplitude_rad;
            for (int i = 1; passes_s.size() < 3 && i < 10.0 / k_fine_dt_s; ++i) {
                world.step(DofVector::Zero(), k_fine_dt_s);
                const double next_rad = world.state().pose.joints[dof] - hanging_rad;
                if (angle_rad > 0.0 && next_rad <= 0.0)
                    passes_s.push_back(k_fine_dt_s * (i - 1 + angle_rad / (angle_rad - next_rad)));
                angle_rad = next_rad;
            }
            REQUIRE(passes_s.size() == 3);
            const double period_s = 0.5 * (passes_s[2] - passes_s[0]);
            INFO("person " << person << ", " << k_dof_names[static_cast<size_t>(dof)] << " "
                           << swing.amplitude_deg << " deg: " << period_s << " s, expected " << expected_s);
            // The step alone errs by (dt / T)^2. The rest is the stance: soft by what the sweeps leave, it sways with the arm and
            // takes a little of a wide swing's energy. Measured 3e-4; a swing of 120 deg is 37 % longer than a small one.
            CHECK(std::abs(period_s / expected_s - 1.0) < 6e-4);
        }
    }
}

}  // namespace

TEST_CASE("A limb that hangs free from a locked body swings with the period of a pendulum", "[laws]") {
    check_swings(false);
}

TEST_CASE("A limb that hangs free from a locked body swings with the period of a pendulum: every limb of two "
          "people",
          "[long][laws]") {
    check_swings(true);
}
