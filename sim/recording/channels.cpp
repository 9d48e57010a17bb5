// The channel table, series.csv and support_region.csv.
#include "sim/recording/channels.h"

#include <array>
#include <charconv>
#include <cmath>
#include <limits>

#include "sim/base/check.h"
#include "sim/base/units.h"

namespace plumb {
namespace {

double degrees(const Frame& f, Dof dof) { return f.pose.joints[dof] * k_rad_to_deg; }
double extending_Nm(const Frame& f, Dof dof) { return -f.moment_Nm[dof]; }
constexpr double k_nothing = std::numeric_limits<double>::quiet_NaN();
double cop(const Frame& f, int axis) { return f.cop_m ? (*f.cop_m)[axis] : k_nothing; }
/// Of what the feet carry, the left one's part; less than this is carrying nothing.
double left_share(const Frame& f) {
    constexpr double k_least_load_N = 1.0;
    const double left_N = f.foot_force_N[side_left].z(), both_N = left_N + f.foot_force_N[side_right].z();
    return both_N > k_least_load_N ? left_N / both_N : k_nothing;
}

std::vector<Channel> build_table() {
    const std::string m = "m", deg = "deg", N = "N", Nm = "N m", mps = "m/s";
    const std::string com = "centre of mass of body and counterweight, ";
    const std::string moment = "moment the muscles make, passive tissue not included; positive ";
    const std::string stretch = "share of the person's range that is used, 1 at its end: ";
    const std::string passive = "moment of tissue at rest; positive ";
    const std::string inside =
        ", signed distance to the nearest edge, + inside; empty while the base has no area";
    return {
        {"time", "s", "since the start", [](const Frame& f) { return f.time_s; }},
        {"com_x", m, com + "forward", [](const Frame& f) { return f.com_m.x(); }},
        {"com_y", m, com + "to the person's left", [](const Frame& f) { return f.com_m.y(); }},
        {"com_z", m, com + "above the floor", [](const Frame& f) { return f.com_m.z(); }},
        {"xcom_x", m, "extrapolated centre of mass COM + v / w, forward; ignores angular momentum",
         [](const Frame& f) { return f.xcom_m.x(); }},
        {"xcom_y", m, "extrapolated centre of mass, to the person's left",
         [](const Frame& f) { return f.xcom_m.y(); }},
        {"cop_x", m, "centre of pressure under both feet, forward; empty while they carry nothing",
         [](const Frame& f) { return cop(f, 0); }},
        {"cop_y", m, "centre of pressure under both feet, to the person's left",
         [](const Frame& f) { return cop(f, 1); }},
        {"com_margin", m, "COM to the base of support (hull of the touching soles)" + inside,
         [](const Frame& f) { return f.com_margin.margin_m; }},
        {"functional_margin", m, "COM to the part of the base people can use" + inside,
         [](const Frame& f) { return f.functional_margin.margin_m; }},
        {"xcom_margin", m, "extrapolated COM to the base of support" + inside,
         [](const Frame& f) { return f.xcom_margin.margin_m; }},
        {"total_vertical_force", N, "from floor and wall on the whole body, mean since the previous row",
         [](const Frame& f) {
             return f.foot_force_N[side_left].z() + f.foot_force_N[side_right].z() + f.floor_other_N
                    + f.wall_force_N.z();
         }},
        {"hip_height", m, "midpoint of the hip joint centres above the floor",
         [](const Frame& f) { return f.hip_height_m; }},
        {"trunk_lean", deg, "hip to shoulder midpoint against the vertical, + forward",
         [](const Frame& f) { return f.trunk_lean_rad * k_rad_to_deg; }},
        {"ankle_flexion_left", deg, "dorsiflexion",
         [](const Frame& f) { return degrees(f, dof_left_ankle_dorsiflexion); }},
        {"ankle_flexion_right", deg, "dorsiflexion",
         [](const Frame& f) { return degrees(f, dof_right_ankle_dorsiflexion); }},
        {"knee_flexion_left", deg, "0 = straight",
         [](const Frame& f) { return degrees(f, dof_left_knee_flexion); }},
        {"knee_flexion_right", deg, "0 = straight",
         [](const Frame& f) { return degrees(f, dof_right_knee_flexion); }},
        {"hip_flexion_left", deg, "femur on pelvis",
         [](const Frame& f) { return degrees(f, dof_left_hip_flexion); }},
        {"hip_flexion_right", deg, "femur on pelvis",
         [](const Frame& f) { return degrees(f, dof_right_hip_flexion); }},
        {"ankle_moment_left", Nm, moment + "in plantarflexion",
         [](const Frame& f) { return extending_Nm(f, dof_left_ankle_dorsiflexion); }},
        {"ankle_moment_right", Nm, moment + "in plantarflexion",
         [](const Frame& f) { return extending_Nm(f, dof_right_ankle_dorsiflexion); }},
        {"knee_moment_left", Nm, moment + "in extension",
         [](const Frame& f) { return extending_Nm(f, dof_left_knee_flexion); }},
        {"knee_moment_right", Nm, moment + "in extension",
         [](const Frame& f) { return extending_Nm(f, dof_right_knee_flexion); }},
        {"hip_moment_left", Nm, moment + "in extension",
         [](const Frame& f) { return extending_Nm(f, dof_left_hip_flexion); }},
        {"hip_moment_right", Nm, moment + "in extension",
         [](const Frame& f) { return extending_Nm(f, dof_right_hip_flexion); }},
        {"heel_height_left", m, "lowest point of the heel above the floor",
         [](const Frame& f) { return f.heel_height_m[side_left]; }},
        {"heel_height_right", m, "lowest point of the heel above the floor",
         [](const Frame& f) { return f.heel_height_m[side_right]; }},
        {"foot_force_left", N, "vertical, mean since the previous row",
         [](const Frame& f) { return f.foot_force_N[side_left].z(); }},
        {"foot_force_right", N, "vertical, mean since the previous row",
         [](const Frame& f) { return f.foot_force_N[side_right].z(); }},
        {"wall_force", N, "of the wall on the body, normal to it, mean since the previous row",
         [](const Frame& f) { return f.wall_force_N.x(); }},
        // Beyond the columns every reader may count on.
        {"floor_other_force", N, "vertical, on body parts other than the feet, mean since the previous row",
         [](const Frame& f) { return f.floor_other_N; }},
        {"push_force", N, "size of a push from outside, mean since the previous row",
         [](const Frame& f) { return f.push_N.norm(); }},
        {"hip_drop_fraction", "1", "(hip height standing - now) / (thigh + shank length)",
         [](const Frame& f) { return f.hip_drop; }},
        {"thigh_angle", deg, "mean of both, 0 = level, + hip above knee",
         [](const Frame& f) { return f.thigh_angle_rad * k_rad_to_deg; }},
        {"lumbar_flexion", deg, "0 = standing",
         [](const Frame& f) { return degrees(f, dof_lumbar_flexion); }},
        {"lumbar_rotation", deg, "+ to the person's left",
         [](const Frame& f) { return degrees(f, dof_lumbar_rotation); }},
        {"lumbar_moment", Nm, moment + "in extension",
         [](const Frame& f) { return extending_Nm(f, dof_lumbar_flexion); }},
        {"hip_abduction_left", deg, "thigh outward",
         [](const Frame& f) { return degrees(f, dof_left_hip_abduction); }},
        {"hip_abduction_right", deg, "thigh outward",
         [](const Frame& f) { return degrees(f, dof_right_hip_abduction); }},
        {"shoulder_flexion_left", deg, "0 = hanging",
         [](const Frame& f) { return degrees(f, dof_left_shoulder_flexion); }},
        {"shoulder_flexion_right", deg, "0 = hanging",
         [](const Frame& f) { return degrees(f, dof_right_shoulder_flexion); }},
        {"com_velocity_x", mps, com + "forward", [](const Frame& f) { return f.com_velocity_mps.x(); }},
        {"com_velocity_y", mps, com + "to the person's left",
         [](const Frame& f) { return f.com_velocity_mps.y(); }},
        {"com_velocity_z", mps, com + "upward", [](const Frame& f) { return f.com_velocity_mps.z(); }},
        {"foot_slip_left", m, "travel of the foot on the floor since the start",
         [](const Frame& f) { return f.foot_slip_m[side_left]; }},
        {"foot_slip_right", m, "travel of the foot on the floor since the start",
         [](const Frame& f) { return f.foot_slip_m[side_right]; }},
        {"support_margin", m,
         "COM to the region in which feet, wall and strength can hold it at rest, signed distance to the "
         "nearest "
         "edge, + inside; empty without wall contact, and where nothing could hold this posture",
         [](const Frame& f) { return f.support_margin.margin_m; }},
        {"load_left_share", "1",
         "of both feet's vertical force, the left one's; empty while they carry nothing", left_share},
        {"calf_stretch", "1", stretch + "dorsiflexion of its range, mean of both ankles",
         [](const Frame& f) { return f.tissue.stretch[tissue_calves]; }},
        {"quad_stretch", "1", stretch + "knee flexion of its range, mean of both knees",
         [](const Frame& f) { return f.tissue.stretch[tissue_quads]; }},
        {"glute_stretch", "1", stretch + "hip flexion of its range, mean of both hips",
         [](const Frame& f) { return f.tissue.stretch[tissue_glutes]; }},
        {"lower_back_stretch", "1", stretch + "lumbar flexion of its range",
         [](const Frame& f) { return f.tissue.stretch[tissue_lower_back]; }},
        {"calf_passive_moment", Nm, passive + "in plantarflexion, mean of both ankles",
         [](const Frame& f) { return f.tissue.moment_Nm[tissue_calves]; }},
        {"quad_passive_moment", Nm, passive + "in extension, mean of both knees; thigh on calf is in it",
         [](const Frame& f) { return f.tissue.moment_Nm[tissue_quads]; }},
        {"glute_passive_moment", Nm, passive + "in extension, mean of both hips; hamstrings are in it",
         [](const Frame& f) { return f.tissue.moment_Nm[tissue_glutes]; }},
        {"lower_back_passive_moment", Nm, passive + "in extension of the lumbar joint",
         [](const Frame& f) { return f.tissue.moment_Nm[tissue_lower_back]; }},
        {"pelvic_retroversion", deg, "pelvis turned back from its most forward tilt so far (butt wink)",
         [](const Frame& f) { return f.pelvic_retroversion_rad * k_rad_to_deg; }},
        {"toe_extension_left", deg, "toes bent up, as under a raised heel; 0 in a body whose heels stay down",
         [](const Frame& f) { return degrees(f, dof_left_toe_extension); }},
        {"toe_extension_right", deg,
         "toes bent up, as under a raised heel; 0 in a body whose heels stay down",
         [](const Frame& f) { return degrees(f, dof_right_toe_extension); }},
    };
}

}  // namespace

const std::vector<Channel>& channels() {
    static const std::vector<Channel> k_table = build_table();
    return k_table;
}

std::string csv_number(double value) {
    if (!std::isfinite(value)) return {};
    std::array<char, 32> buffer{};
    const auto result = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value + 0.0,
                                      std::chars_format::general, 9);
    PLUMB_CHECK(result.ec == std::errc{}, "a number did not fit its cell");
    return {buffer.data(), result.ptr};
}

std::string support_region_csv(const Recording& recording) {
    std::string text = "time [s],vertex [1],x [m],y [m]\n";
    for (const Frame& frame : recording.frames)
        for (std::size_t i = 0; i < frame.support_region.size(); ++i) {
            const Eigen::Vector2d& corner = frame.support_region[i];
            text += csv_number(frame.time_s) + "," + std::to_string(i) + "," + csv_number(corner.x()) + ","
                    + csv_number(corner.y()) + "\n";
        }
    return text;
}

std::string series_csv(const Recording& recording) {
    // The phase stands second, after the time.
    std::string text;
    for (const Channel& channel : channels()) {
        const bool first = text.empty();
        text.append(first ? "" : ",").append(channel.name).append(" [").append(channel.unit).append("]");
        if (first) text += ",phase";
    }
    text += '\n';
    for (const Frame& frame : recording.frames) {
        bool first = true;
        for (const Channel& channel : channels()) {
            text.append(first ? "" : ",").append(csv_number(channel.value(frame)));
            if (first) text.append(",").append(phase_name(frame.phase));
            first = false;
        }
        text += '\n';
    }
    return text;
}

}  // namespace plumb
