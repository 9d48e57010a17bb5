// A MuJoCo model from MJCF text in memory, and the way between our coordinates and MuJoCo's.
#pragma once

#include <array>
#include <memory>
#include <string>

#include <mujoco/mujoco.h>

#include "sim/body/state.h"

namespace plumb {

struct MujocoDeleter {
    void operator()(mjModel* model) const { mj_deleteModel(model); }
    void operator()(mjData* data) const { mj_deleteData(data); }
};
using MujocoModel = std::unique_ptr<mjModel, MujocoDeleter>;
using MujocoData = std::unique_ptr<mjData, MujocoDeleter>;

/// Throws std::runtime_error with MuJoCo's own words for any error or warning.
[[nodiscard]] MujocoModel load_mujoco(const std::string& mjcf);

/// Where the coordinates of an exported body are in a MuJoCo model. MuJoCo's free joint has the hip midpoint's velocity in
/// world axes first, then the pelvis' angular velocity in the pelvis' own axes.
class MujocoCoordinates {
  public:
    explicit MujocoCoordinates(const mjModel& model);

    void put_state(const BodyState& state, mjData& data) const;
    [[nodiscard]] BodyState state(const mjData& data) const;

    /// T with (MuJoCo's velocity) = T (ours); for accelerations too, and forces go back with its transpose. Toes that the model
    /// has not leave zero rows and columns at its end.
    [[nodiscard]] MassMatrix velocity_map(const Matrix3& pelvis_rotation) const;
    /// 25, or 27 with toes.
    [[nodiscard]] int dof_count() const { return static_cast<int>(place_.size()); }
    /// Place of a joint coordinate in qvel and in generalised forces.
    [[nodiscard]] int velocity_index(int dof) const { return velocity_[static_cast<size_t>(dof)]; }

  private:
    int base_place_ = 0, base_velocity_ = 0;
    std::vector<int> place_, velocity_;
};

}  // namespace plumb
