// Saved recordings: what comes back is what was saved, bit for bit.
#include "sim/recording/recording_file.h"

#include <bit>
#include <cmath>
#include <limits>
#include <tuple>

#include "sim/balance/assessment.h"
#include "sim/recording/channels.h"
#include "sim/scenario/scenario_toml.h"
#include "tests/base/no_numbers.h"
#include "tests/catch.h"
#include "tests/recording/saved_tree.h"

using namespace plumb;
using namespace plumb::test;

namespace {

/// All members of a frame. Does not compile when Frame has another: name it here, and give it a column in
/// sim/recording/frame_columns.cpp.
auto members_of(auto& frame) {
    auto& [time_s, phase, pose, velocity, moment_Nm, com_m, com_velocity_mps, com_acceleration_z_mps2, xcom_m,
           cop_m, foot_force_N, wall_force_N, wall_peak_N, push_N, push_place_m, floor_other_N, com_margin,
           functional_margin, xcom_margin, support_region, support_margin, heel_height_m, foot_slip_m,
           hip_height_m, hip_drop, trunk_lean_rad, thigh_angle_rad, tissue, pelvic_retroversion_rad] = frame;
    auto& [tissue_stretch, tissue_Nm] = tissue;
    auto& [pelvis_m, pelvis_rotation, joints] = pose;
    return std::tie(time_s, phase, pelvis_m, pelvis_rotation, joints, velocity, moment_Nm, com_m,
                    com_velocity_mps, com_acceleration_z_mps2, xcom_m, cop_m, foot_force_N, wall_force_N,
                    wall_peak_N, push_N, push_place_m, floor_other_N, com_margin, functional_margin,
                    xcom_margin, support_region, support_margin, heel_height_m, foot_slip_m, hip_height_m,
                    hip_drop, trunk_lean_rad, thigh_angle_rad, tissue_stretch, tissue_Nm,
                    pelvic_retroversion_rad);
}

// Equal to the last bit; NaN equals NaN.
bool same(double a, double b) { return std::bit_cast<std::uint64_t>(a) == std::bit_cast<std::uint64_t>(b); }
bool same(Phase a, Phase b) { return a == b; }
bool same(const Margin& a, const Margin& b) { return same(a.margin_m, b.margin_m) && a.edge == b.edge; }
template <int rows, int columns>
bool same(const Eigen::Matrix<double, rows, columns>& a, const Eigen::Matrix<double, rows, columns>& b) {
    return std::equal(a.data(), a.data() + a.size(), b.data(), [](double x, double y) { return same(x, y); });
}
bool same(const std::optional<Eigen::Vector2d>& a, const std::optional<Eigen::Vector2d>& b) {
    return a.has_value() == b.has_value() && (!a || same(*a, *b));
}
bool same(const Polygon& a, const Polygon& b) {
    return std::ranges::equal(a, b, [](const auto& x, const auto& y) { return same(x, y); });
}
template <class Element, std::size_t count>
bool same(const std::array<Element, count>& a, const std::array<Element, count>& b) {
    return std::ranges::equal(a, b, [](const auto& x, const auto& y) { return same(x, y); });
}

/// Indices of the members in which two frames differ.
std::vector<std::size_t> differences(const Frame& a, const Frame& b) {
    std::vector<std::size_t> found;
    const auto look = [&]<std::size_t... i>(std::index_sequence<i...>, const auto& x, const auto& y) {
        ((same(std::get<i>(x), std::get<i>(y)) ? void() : found.push_back(i)), ...);
    };
    const auto all_a = members_of(a), all_b = members_of(b);
    look(std::make_index_sequence<std::tuple_size_v<decltype(all_a)>>{}, all_a, all_b);
    return found;
}

// Numbers of which no two are alike.
struct Filler {
    double last = 0.0;
    double next() { return last += 0.015625; }
    void fill(double& value) { value = next(); }
    void fill(Phase& phase) { phase = Phase::ascent; }
    void fill(Margin& margin) { margin = {-next(), Edge::right}; }
    void fill(std::optional<Eigen::Vector2d>& point) { point = Eigen::Vector2d(next(), next()); }
    void fill(Polygon& polygon) { polygon.assign(3, Eigen::Vector2d(next(), next())); }
    template <int rows, int columns>
    void fill(Eigen::Matrix<double, rows, columns>& matrix) {
        for (double& value : matrix.reshaped()) value = next();
    }
    template <class Element, std::size_t count>
    void fill(std::array<Element, count>& elements) {
        for (Element& element : elements) fill(element);
    }
};

/// A frame that went through all columns.
Frame through_columns(const Frame& frame) {
    Frame back;
    for (const FrameColumn& column : frame_columns()) {
        ColumnWriter out;
        column.write(frame, out);
        ColumnReader in(out.bytes());
        column.read(in, back);
        INFO(column.name);
        CHECK(in.problem().empty());
        CHECK(in.bytes_left() == 0);
    }
    return back;
}

void check_same_run(const Recording& read, const Recording& run) {
    CHECK(read.program == run.program);
    CHECK(read.scenario == run.scenario);
    CHECK(read.input_hash == run.input_hash);
    CHECK(same(read.engine.dt_s, run.engine.dt_s));
    CHECK(same(read.engine.dt_fine_s, run.engine.dt_fine_s));
    CHECK(read.engine.steps == run.engine.steps);
    CHECK(read.engine.state_hash == run.engine.state_hash);
    REQUIRE(read.frames.size() == run.frames.size());
    std::size_t unlike = 0;
    for (std::size_t i = 0; i < run.frames.size(); ++i)
        unlike += !differences(read.frames[i], run.frames[i]).empty();
    CHECK(unlike == 0);
    // What every reader of a recording makes of it.
    const Assessment of_read = assess_balance(read), of_run = assess_balance(run);
    CHECK(summary_json(read, of_read) == summary_json(run, of_run));
    CHECK(series_csv(read) == series_csv(run));
    CHECK(depth_curve_csv(read) == depth_curve_csv(run));
    CHECK(support_region_csv(read) == support_region_csv(run));
    CHECK(scenario_to_toml(read.scenario) == scenario_to_toml(run.scenario));
}

}  // namespace

TEST_CASE("Every member of a frame goes through the columns unchanged", "[recording][parse]") {
    Frame frame;
    Filler filler;
    std::apply([&](auto&... member) { (filler.fill(member), ...); }, members_of(frame));
    CHECK(differences(through_columns(frame), frame).empty());
    // The comparison sees each member.
    const Frame plain;
    const auto members = members_of(plain);
    CHECK(differences(plain, frame).size() == std::tuple_size_v<decltype(members)>);
    // What does not exist.
    frame.cop_m.reset();
    frame.com_margin = {-k_infinity, Edge::none};
    frame.functional_margin = {k_nan, Edge::heel};
    frame.thigh_angle_rad = -0.0;
    CHECK(differences(through_columns(frame), frame).empty());
}

TEST_CASE("A saved recording comes back bit for bit: a squat, a fall, a wall", "[recording]") {
    const std::vector<ScenarioDef> scenarios = {
        {.name = "squat \"1\" é", .asks = "Does it come back?", .expect = "completed"},
        {.name = "fall", .person = {.ankle_dorsiflexion_deg = 18.0}, .movement = {.descend_s = 1.5}},
        {.name = "wall",
         .person = {.sex = Sex::female, .ankle_dorsiflexion_deg = 18.0},
         .wall = {.distance_m = 0.4},
         .movement = {.descend_s = 2.0, .hold_s = 0.7, .ascend_s = 2.0}},
    };
    std::size_t without_cop = 0, without_base = 0, at_wall = 0;
    for (const ScenarioDef& scenario : scenarios) {
        INFO(scenario.name);
        const auto run = simulate(scenario);
        const std::string bytes = recording_to_bytes(*run);
        CHECK(looks_like_recording(bytes));
        const auto read = parse_recording(bytes, "memory");
        check_same_run(*read, *run);
        CHECK(recording_to_bytes(*read) == bytes);
        for (const Frame& frame : run->frames) {
            without_cop += !frame.cop_m.has_value();
            without_base += std::isinf(frame.com_margin.margin_m);
            at_wall += frame.wall_peak_N > 0.0;
        }
    }
    // The runs were worth the test.
    CHECK(without_cop > 3);
    CHECK(without_base > 0);
    CHECK(at_wall > 10);
}

TEST_CASE("A few frames of a recording are a recording", "[recording][parse]") {
    const Recording thin = thinned(short_run(), 50);
    REQUIRE(thin.frames.size() >= 4);
    const auto read = parse_recording(recording_to_bytes(thin), "memory");
    check_same_run(*read, thin);
    Recording lone = thin;
    lone.frames.resize(1);
    check_same_run(*parse_recording(recording_to_bytes(lone), "memory"), lone);
}

TEST_CASE("The order of the keys and shorter numbers do not matter", "[recording][parse]") {
    const Recording thin = thinned(short_run(), 50);
    const Tree tree = tree_of(recording_to_bytes(thin));
    // As other libraries may write it: keys by name.
    const nlohmann::json sorted = nlohmann::json::from_cbor(recording_to_bytes(thin));
    const std::vector<std::uint8_t> bytes = nlohmann::json::to_cbor(sorted);
    check_same_run(*parse_recording(std::string(bytes.begin(), bytes.end()), "memory"), thin);
}

TEST_CASE("A run that is too long for the reader is not written", "[recording]") {
    Recording endless = thinned(short_run(), 50);
    endless.frames.resize(k_most_frames + 1, endless.frames.back());
    CHECK_THROWS_AS(recording_to_bytes(endless), std::runtime_error);
}
