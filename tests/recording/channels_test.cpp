// The channel table and series.csv: columns in their order, cells that read back, getters that say what a frame holds.
#include "sim/recording/channels.h"

#include <array>
#include <cmath>
#include <limits>
#include <map>
#include <set>
#include <sstream>

#include "sim/base/text.h"
#include "sim/base/units.h"
#include "sim/engine/simulate.h"
#include "tests/base/comma_locale.h"
#include "tests/catch.h"

using namespace plumb;
using namespace plumb::test;
using Catch::Approx;

namespace {

/// The columns every reader may count on, in this order (the phase has no unit).
const std::vector<std::string> k_required = {"time [s]",
                                             "phase",
                                             "com_x [m]",
                                             "com_y [m]",
                                             "com_z [m]",
                                             "xcom_x [m]",
                                             "xcom_y [m]",
                                             "cop_x [m]",
                                             "cop_y [m]",
                                             "com_margin [m]",
                                             "functional_margin [m]",
                                             "xcom_margin [m]",
                                             "total_vertical_force [N]",
                                             "hip_height [m]",
                                             "trunk_lean [deg]",
                                             "ankle_flexion_left [deg]",
                                             "ankle_flexion_right [deg]",
                                             "knee_flexion_left [deg]",
                                             "knee_flexion_right [deg]",
                                             "hip_flexion_left [deg]",
                                             "hip_flexion_right [deg]",
                                             "ankle_moment_left [N m]",
                                             "ankle_moment_right [N m]",
                                             "knee_moment_left [N m]",
                                             "knee_moment_right [N m]",
                                             "hip_moment_left [N m]",
                                             "hip_moment_right [N m]",
                                             "heel_height_left [m]",
                                             "heel_height_right [m]",
                                             "foot_force_left [N]",
                                             "foot_force_right [N]",
                                             "wall_force [N]"};

/// A frame in which no two numbers are alike.
Frame distinct_frame() {
    Frame f;
    f.time_s = 1.25;
    f.phase = Phase::ascent;
    for (int dof = 0; dof < k_dof_count; ++dof) {
        f.pose.joints[dof] = 0.01 * (dof + 1);
        f.moment_Nm[dof] = -100.0 - dof;
    }
    f.com_m = {0.101, 0.102, 0.903};
    f.com_velocity_mps = {0.21, 0.22, -0.23};
    f.xcom_m = {0.131, 0.132};
    f.cop_m = Eigen::Vector2d(0.141, 0.142);
    f.foot_force_N = {Vector3(1.0, 2.0, 351.0), Vector3(3.0, 4.0, 342.0)};
    f.wall_force_N = {55.0, 6.0, 7.5};
    f.floor_other_N = 12.0;
    f.push_N = {0.0, 3.0, 4.0};
    f.com_margin = {0.051, Edge::heel};
    f.functional_margin = {0.031, Edge::toe};
    f.xcom_margin = {-0.021, Edge::left};
    f.support_margin = {0.0711, Edge::heel};
    f.support_region = {{-0.3, -0.1}, {0.2, -0.2}, {0.25, 0.3}};
    f.heel_height_m = {0.0011, 0.0012};
    f.foot_slip_m = {0.0021, 0.0022};
    f.hip_height_m = 0.61;
    f.hip_drop = 0.37;
    f.trunk_lean_rad = 0.5;
    f.thigh_angle_rad = -0.25;
    f.tissue = {{0.81, 0.82, 0.83, 0.84}, {8.1, 8.2, 8.3, 8.4}};
    f.pelvic_retroversion_rad = 0.13;
    return f;
}

double joint_deg(Dof dof) { return 0.01 * (static_cast<int>(dof) + 1) * 180.0 / 3.14159265358979323846; }
/// Muscles that extend have positive moments in the file.
double moment_Nm(Dof dof) { return 100.0 + static_cast<int>(dof); }

std::vector<std::string> split(const std::string& text, char at) {
    std::vector<std::string> parts;
    std::size_t from = 0;
    for (std::size_t to = text.find(at); to != std::string::npos; to = text.find(at, from)) {
        parts.push_back(text.substr(from, to - from));
        from = to + 1;
    }
    parts.push_back(text.substr(from));
    return parts;
}

/// Rows of cells of series.csv, header first.
std::vector<std::vector<std::string>> table_of(const Recording& recording) {
    const std::string text = series_csv(recording);
    REQUIRE(text.back() == '\n');
    std::vector<std::vector<std::string>> rows;
    for (const std::string& line : split(text.substr(0, text.size() - 1), '\n'))
        rows.push_back(split(line, ','));
    return rows;
}

Recording with_frames(std::vector<Frame> frames) {
    Recording recording;
    recording.frames = std::move(frames);
    return recording;
}

}  // namespace

TEST_CASE("phases have the words of the file", "[recording]") {
    CHECK(phase_name(Phase::stand) == "stand");
    CHECK(phase_name(Phase::descent) == "descent");
    CHECK(phase_name(Phase::hold) == "hold");
    CHECK(phase_name(Phase::ascent) == "ascent");
    CHECK(phase_name(Phase::fallen) == "fallen");
}

TEST_CASE("every channel has a name of its own, a known unit and help", "[recording]") {
    const std::set<std::string> units = {"s", "m", "m/s", "deg", "N", "N m", "1"};
    std::set<std::string> names;
    for (const Channel& channel : channels()) {
        INFO(channel.name);
        CHECK(names.insert(channel.name).second);
        CHECK(units.count(channel.unit) == 1);
        CHECK(channel.help.size() >= 8);
        CHECK(channel.value != nullptr);
        CHECK(channel.name.find_first_not_of("abcdefghijklmnopqrstuvwxyz_") == std::string::npos);
    }
    CHECK(names.count("phase") == 0);
}

TEST_CASE("the header holds the required columns, then the others, each with its unit", "[recording]") {
    const std::vector<std::string> header = table_of(with_frames({Frame{}})).front();
    REQUIRE(header.size() == channels().size() + 1);
    REQUIRE(header.size() >= k_required.size());
    for (std::size_t i = 0; i < k_required.size(); ++i) CHECK(header[i] == k_required[i]);
    for (std::size_t i = 2; i < header.size(); ++i)
        CHECK(header[i] == channels()[i - 1].name + " [" + channels()[i - 1].unit + "]");
}

TEST_CASE("each channel shows its own quantity of the frame", "[recording]") {
    const std::map<std::string, double> expected = {
        {"time", 1.25},
        {"com_x", 0.101},
        {"com_y", 0.102},
        {"com_z", 0.903},
        {"xcom_x", 0.131},
        {"xcom_y", 0.132},
        {"cop_x", 0.141},
        {"cop_y", 0.142},
        {"com_margin", 0.051},
        {"functional_margin", 0.031},
        {"xcom_margin", -0.021},
        {"total_vertical_force", 351.0 + 342.0 + 12.0 + 7.5},
        {"hip_height", 0.61},
        {"trunk_lean", 0.5 * 180.0 / 3.14159265358979323846},
        {"ankle_flexion_left", joint_deg(dof_left_ankle_dorsiflexion)},
        {"ankle_flexion_right", joint_deg(dof_right_ankle_dorsiflexion)},
        {"knee_flexion_left", joint_deg(dof_left_knee_flexion)},
        {"knee_flexion_right", joint_deg(dof_right_knee_flexion)},
        {"hip_flexion_left", joint_deg(dof_left_hip_flexion)},
        {"hip_flexion_right", joint_deg(dof_right_hip_flexion)},
        {"ankle_moment_left", moment_Nm(dof_left_ankle_dorsiflexion)},
        {"ankle_moment_right", moment_Nm(dof_right_ankle_dorsiflexion)},
        {"knee_moment_left", moment_Nm(dof_left_knee_flexion)},
        {"knee_moment_right", moment_Nm(dof_right_knee_flexion)},
        {"hip_moment_left", moment_Nm(dof_left_hip_flexion)},
        {"hip_moment_right", moment_Nm(dof_right_hip_flexion)},
        {"heel_height_left", 0.0011},
        {"heel_height_right", 0.0012},
        {"foot_force_left", 351.0},
        {"foot_force_right", 342.0},
        {"wall_force", 55.0},
        {"floor_other_force", 12.0},
        {"push_force", 5.0},
        {"hip_drop_fraction", 0.37},
        {"thigh_angle", -0.25 * 180.0 / 3.14159265358979323846},
        {"lumbar_flexion", joint_deg(dof_lumbar_flexion)},
        {"lumbar_rotation", joint_deg(dof_lumbar_rotation)},
        {"lumbar_moment", moment_Nm(dof_lumbar_flexion)},
        {"hip_abduction_left", joint_deg(dof_left_hip_abduction)},
        {"hip_abduction_right", joint_deg(dof_right_hip_abduction)},
        {"shoulder_flexion_left", joint_deg(dof_left_shoulder_flexion)},
        {"shoulder_flexion_right", joint_deg(dof_right_shoulder_flexion)},
        {"com_velocity_x", 0.21},
        {"com_velocity_y", 0.22},
        {"com_velocity_z", -0.23},
        {"foot_slip_left", 0.0021},
        {"foot_slip_right", 0.0022},
        {"support_margin", 0.0711},
        {"load_left_share", 351.0 / 693.0},
        {"calf_stretch", 0.81},
        {"quad_stretch", 0.82},
        {"glute_stretch", 0.83},
        {"lower_back_stretch", 0.84},
        {"calf_passive_moment", 8.1},
        {"quad_passive_moment", 8.2},
        {"glute_passive_moment", 8.3},
        {"lower_back_passive_moment", 8.4},
        {"pelvic_retroversion", 0.13 * k_rad_to_deg},
        {"toe_extension_left", joint_deg(dof_left_toe_extension)},
        {"toe_extension_right", joint_deg(dof_right_toe_extension)},
    };
    const Frame frame = distinct_frame();
    CHECK(channels().size() == expected.size());
    for (const Channel& channel : channels()) {
        INFO(channel.name);
        REQUIRE(expected.count(channel.name) == 1);  // a new channel wants a line above
        CHECK(channel.value(frame) == Approx(expected.at(channel.name)).epsilon(1e-12));
    }
}

TEST_CASE("a cell has nine digits, a point, no minus zero, and is empty for what is no number",
          "[recording]") {
    const CommaLocale comma;
    CHECK(csv_number(0.0) == "0");
    CHECK(csv_number(-0.0) == "0");
    CHECK(csv_number(1.5) == "1.5");
    CHECK(csv_number(-735.49875) == "-735.49875");
    CHECK(csv_number(1234567.0) == "1234567");
    CHECK(csv_number(1.0 / 3.0) == "0.333333333");
    CHECK(csv_number(-2.0e-7) == "-2e-07");
    CHECK(csv_number(std::numeric_limits<double>::quiet_NaN()).empty());
    CHECK(csv_number(std::numeric_limits<double>::infinity()).empty());
    CHECK(csv_number(-std::numeric_limits<double>::infinity()).empty());
}

TEST_CASE("cells are empty where a quantity does not exist", "[recording]") {
    Frame off_the_ground = distinct_frame();
    off_the_ground.cop_m.reset();
    off_the_ground.com_margin = {-std::numeric_limits<double>::infinity(), Edge::none};
    off_the_ground.support_margin = Frame{}.support_margin;
    const auto table = table_of(with_frames({distinct_frame(), off_the_ground}));
    REQUIRE(table.size() == 3);
    for (std::size_t column = 0; column < table[0].size(); ++column) {
        const std::string& name = table[0][column];
        INFO(name);
        CHECK_FALSE(table[1][column].empty());
        const bool missing = name == "cop_x [m]" || name == "cop_y [m]" || name == "com_margin [m]"
                             || name == "support_margin [m]";
        CHECK(table[2][column].empty() == missing);
    }
}

TEST_CASE("support regions are listed corner by corner", "[recording]") {
    Frame other;
    other.time_s = 1.5;
    const CommaLocale comma;
    CHECK(support_region_csv(with_frames({other})) == "time [s],vertex [1],x [m],y [m]\n");
    CHECK(support_region_csv(with_frames({distinct_frame(), other}))
          == "time [s],vertex [1],x [m],y [m]\n"
             "1.25,0,-0.3,-0.1\n1.25,1,0.2,-0.2\n1.25,2,0.25,0.3\n");
}

TEST_CASE("the series is the same text in a locale with decimal commas", "[recording]") {
    const Recording recording = with_frames({Frame{}, distinct_frame()});
    const std::string text = series_csv(recording);
    const CommaLocale comma;
    CHECK(series_csv(recording) == text);
}

TEST_CASE("the series of a real squat reads back, 100 rows a second or more", "[recording]") {
    const auto recording = simulate({});
    const auto table = table_of(*recording);
    REQUIRE(table.size() == recording->frames.size() + 1);
    std::set<std::string> phases;
    std::size_t wrong_cells = 0, wrong_phases = 0;
    double last_s = -1.0, longest_s = 0.0;
    for (std::size_t i = 0; i < recording->frames.size(); ++i) {
        const Frame& frame = recording->frames[i];
        const std::vector<std::string>& row = table[i + 1];
        REQUIRE(row.size() == table[0].size());
        wrong_phases += row[1] != phase_name(frame.phase);
        if (phases.empty() || row[1] != table[i][1]) phases.insert(row[1]);
        for (std::size_t c = 0; c < channels().size(); ++c) {
            const double value = channels()[c].value(frame);
            const std::optional<double> cell = parse_number(row[c == 0 ? 0 : c + 1]);
            const bool same =
                cell ? std::abs(*cell - value) <= 1e-8 * std::abs(value) : !std::isfinite(value);
            wrong_cells += !same;
        }
        if (i > 0) longest_s = std::max(longest_s, frame.time_s - last_s);
        CHECK(frame.time_s > last_s);
        last_s = frame.time_s;
    }
    CHECK(wrong_cells == 0);
    CHECK(wrong_phases == 0);
    CHECK(phases == std::set<std::string>{"stand", "descent", "hold", "ascent"});
    CHECK(recording->frames.front().time_s == 0.0);
    CHECK(longest_s <= 0.01);
    CHECK(last_s == Approx(10.0).margin(0.02));
    // Whatever is in the file, the total force is that of floor and wall: weight on average over a whole squat.
    double sum_N = 0.0;
    for (std::size_t i = 1; i < recording->frames.size(); ++i) sum_N += *parse_number(table[i + 1][12]);
    CHECK(sum_N / static_cast<double>(recording->frames.size() - 1)
          == Approx(recording->plan.model.body.weight_N()).epsilon(0.001));
}
