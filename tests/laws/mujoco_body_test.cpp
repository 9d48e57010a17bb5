// The exported MuJoCo model against our own equations: MuJoCo reads the file, computes COM, mass matrix and inverse
// dynamics by itself, and its contacts do what the file means.
#include <algorithm>

#include "sim/base/units.h"
#include "sim/body/contact.h"
#include "sim/body/dynamics.h"
#include "sim/body/mjcf.h"
#include "tests/catch.h"
#include "tests/laws/random_model.h"
#include "twins/mujoco_model.h"

using namespace plumb;
using namespace plumb::test;

namespace {

struct Loaded {
    MujocoModel model;
    MujocoData data;
    MujocoCoordinates coordinates;
    explicit Loaded(const std::string& mjcf)
        : model(load_mujoco(mjcf)), data(mj_makeData(model.get())), coordinates(*model) {}
};

ExportDef export_of(const ScenarioDef& def) {
    return {.name = "test", .notes = {}, .wall_distance_m = def.wall.distance_m, .postures = {}};
}

using RowMatrix = Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;

std::string name_of_geom(const mjModel& model, int geom) { return mj_id2name(&model, mjOBJ_GEOM, geom); }

}  // namespace

TEST_CASE("MuJoCo finds the same centre of mass, mass matrix and inverse dynamics in 100 bodies", "[laws]") {
    std::mt19937_64 random(20);
    double com_error_m = 0.0, mass_error = 0.0, force_error = 0.0;
    for (int person = 0; person < 100; ++person) {
        const ScenarioDef def = draw_equipped_person(random);
        const BodyModel body = model_of(def);
        const Loaded mujoco(body_to_mjcf(body, export_of(def)));
        mjModel& model = *mujoco.model;
        mjData& data = *mujoco.data;
        const int count = 6 + body.dof_count;
        REQUIRE(model.nv == count);
        model.opt.disableflags |= mjDSBL_CONSTRAINT | mjDSBL_PASSIVE;
        CHECK(mj_getTotalmass(&model) == Catch::Approx(body.total_mass_kg).epsilon(1e-12));
        for (int posture = 0; posture < 3; ++posture) {
            const BodyState state = draw_motion(random, body);
            const Kinematics k = forward_kinematics(body, state.pose);
            mujoco.coordinates.put_state(state, data);
            mj_forward(&model, &data);
            const Vector3 com(data.sensordata[0], data.sensordata[1], data.sensordata[2]);
            com_error_m = std::max(com_error_m, (com - k.com_m).norm());

            const Eigen::MatrixXd map =
                mujoco.coordinates.velocity_map(state.pose.pelvis_rotation).topLeftCorner(count, count);
            RowMatrix full(count, count);
            mj_fullM(&model, full.data(), data.qM);
            const Eigen::MatrixXd mass = mass_matrix(body, k).topLeftCorner(count, count),
                                  theirs = map.transpose() * full * map;
            mass_error =
                std::max(mass_error, (theirs - mass).cwiseAbs().maxCoeff() / mass.cwiseAbs().maxCoeff());
            // Light joints too: every row against its own size.
            for (int row = 0; row < count; ++row)
                mass_error = std::max(mass_error, (theirs - mass).row(row).norm() / mass.row(row).norm());

            VelocityVector acceleration = VelocityVector::Zero();
            for (double& a : acceleration.head(count)) a = draw(random, -20.0, 20.0);
            Eigen::Map<Eigen::VectorXd>(data.qacc, count) = map * acceleration.head(count);
            mj_inverse(&model, &data);
            const Eigen::VectorXd expected =
                inverse_dynamics(body, k, state.velocity, acceleration, {}).head(count);
            const Eigen::VectorXd measured =
                map.transpose() * Eigen::Map<Eigen::VectorXd>(data.qfrc_inverse, count);
            force_error = std::max(force_error, (measured - expected).cwiseAbs().maxCoeff());
        }
    }
    WARN("COM " << com_error_m << " m, mass matrix " << mass_error << ", inverse dynamics " << force_error
                << " N m");
    // Two programs with the same doubles: rounding, and MuJoCo's principal axes of inertia (1e-12). A COM wrong by a
    // micrometre or a gram in the wrong segment fails.
    CHECK(com_error_m < 1e-9);
    CHECK(mass_error < 1e-6);
    // Absolute, on moments of up to some 1000 N m.
    CHECK(force_error < 1e-6);
}

TEST_CASE("The exported pairs have the friction and the flesh the stiffness they have in Bullet", "[laws]") {
    std::mt19937_64 random(21);
    for (int person = 0; person < 5; ++person) {
        ScenarioDef def = draw_equipped_person(random);
        def.wall.distance_m = 0.3;
        const BodyModel body = model_of(def);
        const Loaded mujoco(body_to_mjcf(body, export_of(def)));
        mjModel& model = *mujoco.model;
        mjData& data = *mujoco.data;
        // The whole body pushed through floor and wall, so that every sphere touches both.
        BodyState state;
        state.pose = zero_pose(body);
        state.pose.pelvis_m += Vector3(-3.0, 0.0, -3.0);
        mujoco.coordinates.put_state(state, data);
        mj_forward(&model, &data);
        REQUIRE(data.ncon == 2 * static_cast<int>(body.colliders.size()));
        for (int c = 0; c < data.ncon; ++c) {
            const mjContact& contact = data.contact[c];
            const std::string plane = name_of_geom(model, contact.geom1),
                              sphere = name_of_geom(model, contact.geom2);
            INFO(plane << " and " << sphere);
            const bool sole = sphere.find("_foot_contact_") != std::string::npos
                              || sphere.find("_toes_contact_") != std::string::npos;
            const double on_floor = sole ? k_foot_floor_friction : k_flesh_floor_friction;
            const double expected =
                plane == "floor" ? on_floor : on_floor * k_flesh_wall_friction / k_flesh_floor_friction;
            CHECK(contact.friction[0] == Catch::Approx(expected).epsilon(1e-12));
            CHECK(contact.friction[1] == contact.friction[0]);
            if (sole) continue;
            // The normal's row: force = -(K I r + B v + a) / R, see body_to_mjcf.
            const int row = contact.efc_address;
            const mjtNum* const kbip = data.efc_KBIP + 4 * row;
            const double r = data.efc_R[row];
            CHECK(kbip[0] * kbip[2] / r == Catch::Approx(k_flesh_stiffness_Npm).epsilon(1e-6));
            CHECK(
                kbip[1] / r
                == Catch::Approx(k_flesh_damping_Nspm + k_flesh_stiffness_Npm * k_mjcf_step_s).epsilon(1e-6));
        }
    }
}

TEST_CASE("The exported default stands clear of the floor and the keyframes have their soles on it",
          "[laws]") {
    std::mt19937_64 random(22);
    for (int person = 0; person < 10; ++person) {
        const ScenarioDef def = draw_equipped_person(random);
        const PlanModel plan = plan_model(def);
        const BodyModel& body = plan.body;
        Posture standing;
        standing.hip_height_m = plan.standing_height_m;
        standing.hip_x_m = 0.05;
        ExportDef file = export_of(def);
        file.wall_distance_m = std::nullopt;
        file.postures = {{"standing", pose_of(body, plan.arms, standing).pose}};
        const Loaded mujoco(body_to_mjcf(body, file));
        mjModel& model = *mujoco.model;
        mjData& data = *mujoco.data;
        mj_forward(&model, &data);
        for (int c = 0; c < data.ncon; ++c) CHECK(data.contact[c].dist > -1e-9);
        REQUIRE(model.nkey == 1);
        mj_resetDataKeyframe(&model, &data, 0);
        const BodyState back = mujoco.coordinates.state(data);
        CHECK((back.pose.joints - file.postures[0].pose.joints).norm() < 1e-15);
        CHECK((back.pose.pelvis_m - file.postures[0].pose.pelvis_m).norm() < 1e-15);
        CHECK((back.pose.pelvis_rotation - file.postures[0].pose.pelvis_rotation).norm() < 1e-14);
        mj_forward(&model, &data);
        // Frames of links as MuJoCo has them.
        const Kinematics k = forward_kinematics(body, file.postures[0].pose);
        for (const int link :
             {k_pelvis_link, k_thorax_link, foot_link(side_left), forearm_link(side_right)}) {
            const int id = mj_name2id(&model, mjOBJ_BODY, link_name(link).c_str());
            REQUIRE(id >= 0);
            CHECK((Eigen::Map<Vector3>(data.xpos + 3 * id) - k.position[static_cast<size_t>(link)]).norm()
                  < 1e-12);
        }
    }
}

TEST_CASE("MuJoCo opens every scenario the door lets in, without a warning", "[laws]") {
    std::mt19937_64 random(23);
    for (int i = 0; i < 100; ++i) {
        const ScenarioDef def = draw_scenario(random);
        INFO(canonical_text(def));
        const BodyModel body = model_of(def);
        ExportDef file = export_of(def);
        file.name = def.asks;  // quotes, an accent, a backslash
        file.postures = {{"zero", zero_pose(body)}};
        CHECK_NOTHROW(load_mujoco(body_to_mjcf(body, file)));
    }
}
