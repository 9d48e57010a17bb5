// MuJoCo reads from its own virtual folder; joints are found by their names.
#include "twins/mujoco_model.h"

#include <algorithm>
#include <stdexcept>

#include <Eigen/Geometry>

#include "sim/base/check.h"

namespace plumb {

MujocoModel load_mujoco(const std::string& mjcf) {
    constexpr const char* k_name = "plumbline.xml";
    const auto folder = std::make_unique<mjVFS>();  // far too large for the stack
    mj_defaultVFS(folder.get());
    if (mj_makeEmptyFileVFS(folder.get(), k_name, static_cast<int>(mjcf.size())) != 0)
        throw std::runtime_error("MuJoCo: no room for the model");
    std::ranges::copy(mjcf, static_cast<char*>(folder->filedata[mj_findFileVFS(folder.get(), k_name)]));
    std::array<char, 1000> said{};
    MujocoModel model(mj_loadXML(k_name, folder.get(), said.data(), static_cast<int>(said.size())));
    mj_deleteVFS(folder.get());
    if (!model || said[0] != '\0') throw std::runtime_error("MuJoCo: " + std::string(said.data()));
    return model;
}

MujocoCoordinates::MujocoCoordinates(const mjModel& model) {
    const auto find = [&](std::string_view name) {
        const int joint = mj_name2id(&model, mjOBJ_JOINT, std::string(name).c_str());
        PLUMB_CHECK(joint >= 0, "the MuJoCo model lacks a joint of ours");
        return joint;
    };
    const int base = find("pelvis");
    base_place_ = model.jnt_qposadr[base];
    base_velocity_ = model.jnt_dofadr[base];
    // Toes are there or not; the others always.
    const bool has_toes =
        mj_name2id(&model, mjOBJ_JOINT, std::string(k_dof_names[dof_left_toe_extension]).c_str()) >= 0;
    const size_t count = has_toes ? k_dof_count : k_toeless_dof_count;
    for (size_t dof = 0; dof < count; ++dof) {
        const int joint = find(k_dof_names[dof]);
        place_.push_back(model.jnt_qposadr[joint]);
        velocity_.push_back(model.jnt_dofadr[joint]);
    }
}

void MujocoCoordinates::put_state(const BodyState& state, mjData& data) const {
    Eigen::Map<Vector3>(data.qpos + base_place_) = state.pose.pelvis_m;
    const Eigen::Quaterniond q(state.pose.pelvis_rotation);
    Eigen::Map<Eigen::Vector4d>(data.qpos + base_place_ + 3) << q.w(), q.x(), q.y(), q.z();
    Eigen::Map<Vector3>(data.qvel + base_velocity_) = state.velocity.segment<3>(3);
    Eigen::Map<Vector3>(data.qvel + base_velocity_ + 3) =
        state.pose.pelvis_rotation.transpose() * state.velocity.head<3>();
    for (size_t dof = 0; dof < place_.size(); ++dof) {
        const auto row = static_cast<Eigen::Index>(dof);
        data.qpos[place_[dof]] = state.pose.joints[row];
        data.qvel[velocity_[dof]] = state.velocity[6 + row];
    }
}

BodyState MujocoCoordinates::state(const mjData& data) const {
    BodyState state;
    state.pose.pelvis_m = Eigen::Map<const Vector3>(data.qpos + base_place_);
    const mjtNum* const q = data.qpos + base_place_ + 3;
    state.pose.pelvis_rotation = Eigen::Quaterniond(q[0], q[1], q[2], q[3]).normalized().toRotationMatrix();
    state.velocity.segment<3>(3) = Eigen::Map<const Vector3>(data.qvel + base_velocity_);
    state.velocity.head<3>() =
        state.pose.pelvis_rotation * Eigen::Map<const Vector3>(data.qvel + base_velocity_ + 3);
    for (size_t dof = 0; dof < place_.size(); ++dof) {
        const auto row = static_cast<Eigen::Index>(dof);
        state.pose.joints[row] = data.qpos[place_[dof]];
        state.velocity[6 + row] = data.qvel[velocity_[dof]];
    }
    return state;
}

MassMatrix MujocoCoordinates::velocity_map(const Matrix3& pelvis_rotation) const {
    MassMatrix map = MassMatrix::Zero();
    map.block<3, 3>(base_velocity_, 3).setIdentity();
    map.block<3, 3>(base_velocity_ + 3, 0) = pelvis_rotation.transpose();
    for (int dof = 0; dof < dof_count(); ++dof) map(velocity_index(dof), 6 + dof) = 1.0;
    return map;
}

}  // namespace plumb
