// What a model file for another program holds besides the body itself, and how its parts are called there.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "sim/body/state.h"

namespace plumb {

struct NamedPose {
    std::string name;
    Pose pose;
};

struct ExportDef {
    std::string name;                ///< of the model, any text
    std::vector<std::string> notes;  ///< comments at the head of the file; "--" in them becomes "- -"
    std::optional<double> wall_distance_m;
    std::vector<NamedPose> postures;
};

/// "pelvis", "left_thigh" ...; inner links of a joint are called by their coordinate: "left_hip_flexion_link".
[[nodiscard]] std::string link_name(int link);

/// All angles 0, upright, facing +X over the planted feet, raised until no contact sphere reaches into the floor.
[[nodiscard]] Pose zero_pose(const BodyModel& body);

}  // namespace plumb
