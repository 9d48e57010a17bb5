// Hostile recordings: each is answered with one line that names file and place, and nothing else happens.
#include <cmath>
#include <functional>
#include <limits>
#include <random>

#include "sim/balance/assessment.h"
#include "tests/base/no_numbers.h"
#include "tests/catch.h"
#include "tests/recording/saved_tree.h"
#include "tests/scenario/complaints.h"

using namespace plumb;
using namespace plumb::test;
using Catch::Matchers::ContainsSubstring;

namespace {

/// The bytes of a valid recording of a few frames.
const std::string& good_bytes() {
    static const std::string k_bytes = recording_to_bytes(thinned(short_run(), 50));
    return k_bytes;
}

/// The complaint about bytes, empty when they are valid; what is valid can be judged and written again.
std::string decode_complaint(const std::string& bytes) {
    const std::string complaint = complaint_of([&] {
        SavedRecording saved = decode_recording(bytes, "hostile.cbor");
        saved.recording.plan = short_run().plan;
        CHECK_FALSE(summary_json(saved.recording, assess_balance(saved.recording)).empty());
        CHECK_FALSE(recording_to_bytes(saved.recording).empty());
    });
    if (!complaint.empty()) CHECK_THAT(complaint, Catch::Matchers::StartsWith("hostile.cbor"));
    return complaint;
}

struct Row {
    std::function<void(Tree&)> edit;
    std::string culprit;  ///< a part of the answer; empty: it is valid
};

std::string edited(const std::function<void(Tree&)>& edit) {
    Tree tree = tree_of(good_bytes());
    edit(tree);
    return bytes_of(tree);
}

/// Sets one number of a column and makes the hash right again.
std::function<void(Tree&)> number(const std::string& column, std::size_t at, double value) {
    return [=](Tree& tree) {
        put_number(tree, column, at, value);
        rehash(tree);
    };
}

/// Each row is refused with its culprit named; one without a culprit is taken.
void check_rows(const std::vector<Row>& rows) {
    for (std::size_t i = 0; i < rows.size(); ++i) {
        INFO("row " << i);
        const std::string complaint = decode_complaint(edited(rows[i].edit));
        INFO(complaint);
        CHECK(complaint.empty() == rows[i].culprit.empty());
        CHECK_THAT(complaint, ContainsSubstring(rows[i].culprit));
    }
}

}  // namespace

TEST_CASE("A recording is refused for each wrong key, type, word and hash", "[recording][parse]") {
    const Tree good = tree_of(good_bytes());
    std::vector<Row> rows = {
        {[](Tree&) {}, ""},
        {[](Tree& t) { t = Tree::array(); }, "no recording"},
        {[](Tree& t) { t = 1; }, "no recording"},
        {[](Tree& t) { t["format"] = "plumbline-summary-1"; }, "no recording: allowed a file with format"},
        {[](Tree& t) { t["format"] = 1; }, "no recording"},
        {[](Tree& t) { t["version"] = 2; }, "version: allowed 3"},
        {[](Tree& t) { t["version"] = 0; }, "version: allowed 3"},
        {[](Tree& t) { t["version"] = "3"; }, "version: allowed 3"},
        {[](Tree& t) { t["version"] = nullptr; }, "version: allowed 3"},
        {[](Tree& t) { t["note"] = "mine"; }, "unknown key \"note\""},
        {[](Tree& t) { t["\x1b[2J"] = 1; }, "unknown key \"\\x1b[2J\""},
        {[](Tree& t) { t["frames"]["mass_kg"] = 1; }, "unknown key \"frames.mass_kg\""},
        {[](Tree& t) { t["engine"]["x"] = 1; }, "unknown key \"engine.x\""},
        {[](Tree& t) { t["plan"]["x"] = 1; }, "unknown key \"plan.x\""},
        {[](Tree& t) { t["program"] = "plumbline \x1b[2J"; }, "program = \"plumbline \\x1b[2J\""},
        {[](Tree& t) { t["program"] = "plumbline \xff"; }, "program"},
        {[](Tree& t) { t["program"] = "bullet 3"; }, "program = \"bullet 3\""},
        {[](Tree& t) { t["program"] = "plumbline " + std::string(100000, '1'); }, "program"},
        {[](Tree& t) { t["program"] = "plumbline 9.9.9"; }, ""},
        {[](Tree& t) { t["input_hash"] = std::string(64, '0'); }, "input_hash"},
        {[](Tree& t) { t["input_hash"] = std::string(63, '0'); }, "64 lower-case hex digits"},
        {[](Tree& t) { t["input_hash"] = std::string(64, 'A'); }, "64 lower-case hex digits"},
        {[](Tree& t) { t["frames_hash"] = std::string(64, '0'); }, "frames_hash: the frames have changed"},
        {[](Tree& t) { t["frames_hash"] = "x"; }, "frames_hash"},
        {[](Tree& t) { t["engine"]["state_hash"] = "x"; }, "engine.state_hash"},
        {[](Tree& t) { t["engine"]["dt_s"] = 0; }, "engine.dt_s"},
        {[](Tree& t) { t["engine"]["dt_s"] = k_nan; }, "engine.dt_s"},
        {[](Tree& t) { t["engine"]["dt_fine_s"] = 0.5; }, "engine.dt_fine_s"},
        {[](Tree& t) { t["engine"]["steps"] = -1; }, "engine.steps"},
        {[](Tree& t) { t["engine"]["steps"] = 1.5; }, "engine.steps"},
        {[](Tree& t) { t["engine"]["steps"] = std::numeric_limits<std::uint64_t>::max(); }, "engine.steps"},
        {[](Tree& t) { t["plan"]["target_drop"] = k_nan; }, "plan.target_drop"},
        {[](Tree& t) { t["plan"]["target_drop"] = k_infinity; }, "plan.target_drop"},
        {[](Tree& t) { t["phase_words"][0] = "sit"; }, "phase_words: allowed the list stand descent"},
        {[](Tree& t) { t["edge_words"] = Tree::array(); }, "edge_words: allowed the list none heel"},
        {[](Tree& t) { t["frame_count"] = 0; }, "frame_count: allowed a whole number from 1 to 60000"},
        {[](Tree& t) { t["frame_count"] = 60001; }, "frame_count"},
        {[](Tree& t) { t["frame_count"] = -1; }, "frame_count"},
        {[](Tree& t) { t["frame_count"] = 60000; }, "frames.time_s: "},
        {[](Tree& t) { t["frame_count"] = 1; }, "bytes more than the 1 frames need"},
        {[](Tree& t) { t["scenario"] = ""; }, "input_hash"},
        {[](Tree& t) { t["scenario"] = "[person"; }, "hostile.cbor, scenario:1: not TOML"},
        {[](Tree& t) { t["scenario"] = "\n[person]\nmass_kg = 900"; },
         "hostile.cbor, scenario:3: person.mass_kg"},
        {[](Tree& t) { t["scenario"] = std::string(2u << 20, '#'); }, "scenario: larger than the 1 MiB"},
        {[](Tree& t) { t["scenario"] = "\xff"; }, "not UTF-8"},
        {[](Tree& t) {
             // One digit of one field.
             std::string text = t["scenario"];
             text.replace(text.find("mass_kg = 75"), 12, "mass_kg = 76");
             t["scenario"] = text;
         },
         "input_hash"},
        {[](Tree& t) {
             auto& bytes = t["frames"]["com_m"].get_binary();
             bytes.pop_back();
         },
         "frames.com_m, frame "},
        {[](Tree& t) { t["frames"]["com_m"].get_binary().push_back(0); }, "frames.com_m: 1 bytes more"},
        {[](Tree& t) { t["frames"]["com_m"].get_binary().clear(); }, "frames.com_m: 0 bytes"},
        {[](Tree& t) { t["frames"]["com_m"].get_binary().set_subtype(7); }, "a tag"},
    };
    for (const auto& [key, value] : good.items()) {
        const std::string name = key;
        rows.push_back(
            {[=](Tree& t) { t.erase(name); }, name == "format" ? "no recording" : name + " is missing"});
        for (const Tree& wrong : {Tree(nullptr), Tree(true), Tree(-7), Tree::array({1}),
                                  Tree::object({{"a", 1}}), Tree::binary({1, 2}), Tree("word"), Tree(0.5)})
            rows.push_back({[=](Tree& t) { t[name] = wrong; }, name == "format" ? "no recording" : name});
    }
    for (const std::string map : {"engine", "plan", "frames"})
        for (const auto& [key, value] : good[map].items()) {
            const std::string name = key;
            rows.push_back({[=](Tree& t) { t[map].erase(name); }, map + "." + name + " is missing"});
            rows.push_back({[=](Tree& t) { t[map][name] = Tree::array(); }, map + "." + name});
        }
    check_rows(rows);
    CHECK(rows.size() > 200);
}

TEST_CASE("A recording is refused for numbers that cannot be, and for frames that contradict themselves",
          "[recording][parse]") {
    const std::vector<Row> rows = {
        {number("time_s", 0, 0.1), "frames.time_s, frame 0"},
        {number("time_s", 0, k_nan), "frames.time_s, frame 0: nan"},
        {number("time_s", 1, 0.0), "frames.time_s, frame 1"},
        {number("time_s", 2, 0.0), "frames.time_s, frame 2"},
        {number("time_s", 2, 1e300), "frames.time_s, frame 2: 1e+300: allowed -1e6 to 1e6"},
        {number("phase", 1, 5.0), "frames.phase, frame 1: 5: allowed a whole number from 0 to 4"},
        {number("phase", 1, 0.5), "frames.phase, frame 1"},
        {number("phase", 1, -1.0), "frames.phase, frame 1"},
        {number("phase", 1, k_nan), "frames.phase, frame 1"},
        {number("phase", 1, 4.0), ""},
        {number("pelvis_m", 3, 9.0), "frame 1 at "},
        {number("pelvis_rotation", 9, 1.1), "pelvis_rotation is no rotation"},
        {number("pelvis_rotation", 9, k_nan), "frames.pelvis_rotation, frame 1: nan"},
        {number("joints_rad", 27, k_infinity), "frames.joints_rad, frame 1: inf"},
        {number("joints_rad", 28, 0.77), "com_m contradicts the pose"},
        {number("velocity", 33, -k_infinity), "frames.velocity, frame 1: -inf"},
        {number("velocity", 36, 5.0), "com_velocity_mps contradicts"},
        {number("moment_Nm", 27, k_nan), "frames.moment_Nm, frame 1: nan"},
        {number("moment_Nm", 27, 12.0), ""},
        {number("com_m", 3, 0.2), "frame 1 at "},
        {number("com_acceleration_z_mps2", 3, 3.0), "xcom_m contradicts"},
        {number("xcom_m", 2, 0.5), "xcom_m contradicts"},
        {number("cop_m", 2, k_nan), "frames.cop_m, frame 1"},
        {number("cop_m", 2, k_infinity), "frames.cop_m, frame 1"},
        {number("cop_m", 2, 0.0123), ""},
        {number("foot_force_N", 6, 2e6), "frames.foot_force_N, frame 1"},
        {number("wall_peak_N", 1, -k_nan), "frames.wall_peak_N, frame 1"},
        {number("com_margin_m", 2, k_nan), "com_margin_m contradicts the pose"},
        {number("com_margin_m", 2, -k_infinity), "com_margin_m contradicts the pose"},
        {number("com_margin_m", 2, k_infinity), "frames.com_margin_m, frame 1: inf: allowed at most 1e6"},
        {number("com_margin_m", 2, 0.2), "com_margin_m contradicts the pose"},
        {number("com_margin_m", 3, 7.0), "frames.com_margin_m, frame 1: 7: allowed a whole number"},
        {number("functional_margin_m", 2, 0.2), "functional_margin_m contradicts the pose"},
        {number("xcom_margin_m", 2, 0.2), "xcom_margin_m contradicts the pose"},
        {number("hip_height_m", 1, 0.9), "hip_height_m contradicts the pose"},
        {number("trunk_lean_rad", 1, 1.0), "trunk_lean_rad contradicts the pose"},
        {number("thigh_angle_rad", 1, 1.0), "thigh_angle_rad contradicts the pose"},
    };
    check_rows(rows);
    // Without the hash made right again nothing passes, whatever it is.
    CHECK_THAT(decode_complaint(edited([](Tree& t) { put_number(t, "moment_Nm", 27, 12.0); })),
               ContainsSubstring("frames_hash"));
}

TEST_CASE("A recording whose plan is not the program's is refused as stale", "[recording][parse]") {
    const auto complaint = [](const std::function<void(Tree&)>& edit) {
        return complaint_of([&] { (void)parse_recording(edited(edit), "old.cbor"); });
    };
    CHECK(complaint([](Tree& t) {
              t["plan"]["target_drop"] = double(t["plan"]["target_drop"]) + 1e-5;
          }).empty());
    const std::string stale =
        complaint([](Tree& t) { t["plan"]["target_drop"] = double(t["plan"]["target_drop"]) + 0.01; });
    CHECK_THAT(stale, ContainsSubstring("old.cbor: plan.target_drop = ")
                          && ContainsSubstring("run the scenario again"));
    CHECK_THAT(complaint(number("hip_drop", 1, 0.5)), ContainsSubstring("frame 1, hip_drop = 0.5"));
}

TEST_CASE("Whatever is cut off a recording or changed in it, it is refused or whole", "[recording][parse]") {
    const std::string& good = good_bytes();
    for (std::size_t part = 0; part < 50; ++part) {
        INFO("part " << part);
        CHECK_FALSE(decode_complaint(good.substr(0, part * good.size() / 50)).empty());
    }
    CHECK_FALSE(decode_complaint(good.substr(0, good.size() - 1)).empty());
    CHECK_THAT(decode_complaint(good + '\0'), ContainsSubstring("something after the end"));
    std::mt19937_64 random(17);
    std::size_t refused = 0;
    // Half of the changes near the front, where the structure is.
    for (int i = 0; i < 500; ++i) {
        std::string bytes = good;
        for (std::size_t count = 1 + random() % 3; count > 0; --count)
            bytes[random() % (i % 2 == 0 ? bytes.size() : 200)] = static_cast<char>(random());
        refused += decode_complaint(bytes).empty() ? 0 : 1;
    }
    CHECK(refused > 400);
    for (int i = 0; i < 200; ++i) {
        std::string bytes = good;
        const std::size_t at = random() % bytes.size(), count = random() % 40;
        if (i % 2 == 0)
            bytes.erase(at, count);
        else
            bytes.insert(at, count, static_cast<char>(random()));
        if (bytes != good) CHECK_FALSE(decode_complaint(bytes).empty());
    }
}
