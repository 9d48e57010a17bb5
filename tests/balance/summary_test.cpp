// summary.json and depth_curve.csv: exactly the documented keys, finite numbers, null where there is nothing.
#include <limits>
#include <set>
#include <sstream>

#include <nlohmann/json.hpp>

#include "sim/base/text.h"
#include "sim/recording/channels.h"
#include "sim/scenario/scenario_fields.h"
#include "tests/balance/synthetic.h"
#include "tests/base/comma_locale.h"
#include "tests/catch.h"

using namespace plumb;
using namespace plumb::test;
using Catch::Approx;
using Json = nlohmann::json;
using Keys = std::set<std::string>;

namespace {

Keys keys_of(const Json& object) {
    Keys keys;
    for (const auto& item : object.items()) keys.insert(item.key());
    return keys;
}

/// Every value below is a number; nlohmann would have written NaN and infinities as null.
void check_numbers(const Json& object, const Keys& keys) {
    INFO(object.dump());
    CHECK(keys_of(object) == keys);
    for (const auto& item : object.items()) {
        INFO(item.key());
        CHECK(item.value().is_number());
    }
}

void check_joint(const Json& joint) {
    check_numbers(joint, {"max_flexion_deg", "peak_moment_Nm", "peak_strength_fraction"});
}

void check_limit(const Json& limit) {
    CHECK(keys_of(limit)
          == Keys{"hip_drop_fraction", "limiting_factor", "limiting_side", "binding", "feasible_standing",
                  "interval"});
    CHECK(limit["hip_drop_fraction"].is_number());
    CHECK(limit["limiting_factor"].is_string());
    CHECK(limit["feasible_standing"].is_boolean());
    REQUIRE(limit["binding"].is_array());
    for (const Json& share : limit["binding"]) {
        CHECK(keys_of(share) == Keys{"factor", "depth_gain"});
        CHECK(share["factor"].is_string());
        CHECK(share["depth_gain"].is_number());
    }
}

bool is_hash(const std::string& text) {
    return text.size() == 64 && text.find_first_not_of("0123456789abcdef") == std::string::npos;
}

void check_inputs(const Json& inputs, const ScenarioDef& scenario) {
    CHECK(inputs.size() == scenario_fields().size());
    for (const Field<ScenarioDef>& field : scenario_fields()) {
        INFO(field.name);
        REQUIRE(inputs.contains(field.name));
        const Json& value = inputs[field.name];
        const FieldValue is = field.get(scenario);
        if (std::holds_alternative<std::monostate>(is))
            CHECK(value.is_null());
        else if (const double* number = std::get_if<double>(&is))
            CHECK(value.get<double>() == *number);
        else
            CHECK(value.get<std::string>() == std::get<std::string>(is));
    }
}

/// Parses a summary and checks every key and type in it, and its text against the recording behind it.
Json checked_summary(const Recording& run) {
    const Assessment a = assess_balance(run);
    const std::string text = summary_json(run, a);
    const Json j = Json::parse(text);
    CHECK(text.back() == '\n');
    CHECK(keys_of(j)
          == Keys{"schema", "program", "input_hash", "scenario", "inputs", "outcome", "limiting_factor",
                  "explanation", "depth", "static_limit", "com_exit", "margin", "ground", "wall", "warning",
                  "joints", "wall_com_exit", "dt_s", "dt_fine_s", "steps", "state_hash",
                  // Beyond the first list of keys:
                  "asked", "zero_margin_hip_drop_fraction", "dynamic_allowance_m", "planned_min_margin_m",
                  "arm_reach_share", "neutral_spine_cost", "diagnosis", "heels_rise"});
    for (const char* key : {"schema", "program", "scenario", "outcome", "limiting_factor", "explanation"}) {
        INFO(key);
        CHECK(j[key].is_string());
    }
    CHECK(j["program"] == run.program);
    CHECK(j["scenario"] == run.scenario.name);
    CHECK(j["input_hash"] == run.input_hash);
    CHECK(is_hash(j["input_hash"]));
    CHECK(is_hash(j["state_hash"]));
    check_inputs(j["inputs"], run.scenario);
    CHECK(j["outcome"] == outcome_name(a.outcome));
    CHECK(j["explanation"] == a.explanation);
    check_numbers(j["depth"], {"hip_drop_fraction", "hip_height_m", "thigh_angle_deg", "knee_flexion_deg"});
    CHECK(j["depth"]["hip_drop_fraction"] == a.depth.hip_drop_fraction);
    CHECK(keys_of(j["static_limit"]) == Keys{"sole", "functional", "cannot_tell", "decided_by"});
    check_limit(j["static_limit"]["sole"]);
    check_limit(j["static_limit"]["functional"]);
    CHECK(keys_of(j["margin"])
          == Keys{"com_min_m", "com_min_time_s", "functional_min_m", "xcom_min_m", "support_min_m"});
    for (const char* key : {"com_min_m", "com_min_time_s", "functional_min_m", "xcom_min_m"})
        CHECK(j["margin"][key].is_number());
    CHECK(j["margin"]["support_min_m"].is_number() == std::isfinite(a.support_min_m));
    check_numbers(j["ground"], {"max_force_error_fraction", "max_foot_force_bw", "load_left_share",
                                "heel_lift_max_m", "foot_slip_max_m"});
    CHECK(keys_of(j["joints"]) == Keys{"ankle", "knee", "hip", "toes", "lumbar", "shoulder"});
    for (const char* joint : {"ankle", "knee", "hip"}) {
        CHECK(keys_of(j["joints"][joint]) == Keys{"left", "right"});
        check_joint(j["joints"][joint]["left"]);
        check_joint(j["joints"][joint]["right"]);
    }
    if (run.plan.model.body.has_toes()) check_joint(j["joints"]["toes"]["right"]);
    CHECK(j["joints"]["toes"].is_null() == !run.plan.model.body.has_toes());
    CHECK(j["heels_rise"] == run.plan.heels_rise);
    check_joint(j["joints"]["lumbar"]);
    check_joint(j["joints"]["shoulder"]);
    CHECK(keys_of(j["asked"]) == Keys{"hip_drop_fraction", "reachable"});
    for (const char* key :
         {"dynamic_allowance_m", "planned_min_margin_m", "arm_reach_share", "dt_s", "dt_fine_s"}) {
        INFO(key);
        CHECK(j[key].is_number());
    }
    CHECK(j["steps"].is_number_integer());
    CHECK(j["steps"] > 0);

    CHECK(j["com_exit"].is_null() == !a.com_exit.has_value());
    if (a.com_exit) {
        CHECK(keys_of(j["com_exit"]) == Keys{"time_s", "phase", "edge", "hip_drop_fraction"});
        CHECK(j["com_exit"]["time_s"] == a.com_exit->time_s);
        CHECK(j["com_exit"]["phase"] == phase_name(a.com_exit->phase));
        CHECK(j["com_exit"]["edge"] == edge_name(a.com_exit->edge));
        CHECK(j["com_exit"]["hip_drop_fraction"] == a.com_exit->hip_drop_fraction);
    }
    CHECK(j["wall_com_exit"].is_null() == !a.wall_com_exit.has_value());
    if (a.wall_com_exit) {
        CHECK(keys_of(j["wall_com_exit"]) == Keys{"time_s", "phase", "hip_drop_fraction"});
        CHECK(j["wall_com_exit"]["time_s"] == a.wall_com_exit->time_s);
        CHECK(j["wall_com_exit"]["phase"] == phase_name(a.wall_com_exit->phase));
        CHECK(j["wall_com_exit"]["hip_drop_fraction"] == a.wall_com_exit->hip_drop_fraction);
    }
    CHECK(j["warning"].is_null() == !a.warning.has_value());
    if (a.warning) {
        CHECK(keys_of(j["warning"]) == Keys{"time_s", "lead_s"});
        CHECK(j["warning"]["time_s"] == a.warning->time_s);
        CHECK(j["warning"]["lead_s"].is_null() == !a.warning->lead_s.has_value());
    }
    CHECK(j["wall"].is_null() == !a.wall.has_value());
    if (a.wall) {
        CHECK(keys_of(j["wall"]) == Keys{"contact_time_s", "hold_force_N", "peak_force_N", "rose"});
        CHECK(j["wall"]["contact_time_s"] == a.wall->contact_time_s);
        CHECK(j["wall"]["hold_force_N"] == a.wall->hold_force_N);
        CHECK(j["wall"]["peak_force_N"] == a.wall->peak_force_N);
        CHECK(j["wall"]["rose"] == a.wall->rose);
    }
    return j;
}

std::vector<std::string> lines_of(const std::string& text) {
    std::vector<std::string> lines;
    std::istringstream stream(text);
    for (std::string line; std::getline(stream, line);) lines.push_back(line);
    return lines;
}

/// depth_curve.csv says what the plan found, row by row.
void check_depth_curve(const Recording& run) {
    const std::vector<std::string> lines = lines_of(depth_curve_csv(run));
    const std::vector<DepthCurveRow>& rows = run.plan.depth_curve;
    REQUIRE(lines.size() == rows.size() + 1);
    REQUIRE(rows.size() >= 10);
    CHECK(lines[0]
          == "hip_drop_fraction [1],best_sole_margin [m],best_functional_margin [m],"
             "within_strength [1]");
    for (std::size_t i = 0; i < rows.size(); ++i) {
        INFO(lines[i + 1]);
        std::vector<double> cells;
        std::istringstream line(lines[i + 1]);
        for (std::string cell; std::getline(line, cell, ',');) {
            REQUIRE(parse_number(cell).has_value());
            cells.push_back(*parse_number(cell));
        }
        REQUIRE(cells.size() == 4);
        CHECK(cells[0] == Approx(rows[i].drop).margin(1e-9));
        CHECK(cells[1] == Approx(rows[i].best_sole_margin_m).margin(1e-9));
        CHECK(cells[2] == Approx(rows[i].best_functional_margin_m).margin(1e-9));
        CHECK(cells[3] == (rows[i].within_strength ? 1.0 : 0.0));
        CHECK((i == 0 || rows[i].drop > rows[i - 1].drop));
        // The functional base is a part of the sole's.
        CHECK(rows[i].best_functional_margin_m < rows[i].best_sole_margin_m);
    }
}

}  // namespace

TEST_CASE("summary of real runs: a completed squat, a fall, a catch by the wall", "[balance]") {
    const Json squat = checked_summary(default_run());
    check_depth_curve(default_run());
    CHECK(squat["input_hash"] == input_hash({}));
    CHECK(squat["schema"] == "plumbline-summary-1");
    CHECK(squat["outcome"] == "completed");
    CHECK(squat["limiting_factor"] == "");
    CHECK(squat["com_exit"].is_null());
    CHECK(squat["wall"].is_null());
    CHECK(squat["wall_com_exit"].is_null());
    CHECK(squat["margin"]["support_min_m"].is_null());
    CHECK(squat["inputs"]["wall.distance_m"].is_null());
    CHECK(squat["dt_fine_s"] < squat["dt_s"]);
    CHECK(prose_fault(squat["explanation"].get<std::string>()).empty());

    ScenarioDef stiff;
    stiff.name = "stiff";
    stiff.person.ankle_dorsiflexion_deg = 20.0;
    const auto fallen_run = simulate(stiff);
    const Json fall = checked_summary(*fallen_run);
    check_depth_curve(*fallen_run);
    CHECK(fall["outcome"] == "fell_backward");
    CHECK(fall["com_exit"]["edge"] == "heel");
    CHECK(fall["com_exit"]["phase"] == "descent");
    CHECK(fall["margin"]["com_min_m"] < 0.0);
    CHECK(fall["wall"].is_null());
    CHECK(prose_fault(fall["explanation"].get<std::string>()).empty());

    ScenarioDef riser = stiff;
    riser.movement.heels = Heels::may_lift;
    const auto raised_run = simulate(riser);
    const Json raised = checked_summary(*raised_run);
    CHECK(raised["outcome"] == "heels_lifted");
    CHECK(raised["heels_rise"] == true);
    CHECK(raised["limiting_factor"] == "ankle");
    CHECK(raised["ground"]["heel_lift_max_m"] > 0.02);
    CHECK(raised["joints"]["toes"]["left"]["max_flexion_deg"] > 5.0);
    CHECK(raised["joints"]["toes"]["left"]["peak_moment_Nm"] > 1.0);
    CHECK(raised["explanation"].get<std::string>().find("with the heels down") != std::string::npos);
    CHECK(prose_fault(raised["explanation"].get<std::string>()).empty());

    stiff.wall.distance_m = 0.4;
    const auto caught_run = simulate(stiff);
    const Json caught = checked_summary(*caught_run);
    CHECK(caught["outcome"] == "caught_by_wall");
    CHECK(caught["com_exit"]["edge"] == "heel");
    REQUIRE(caught["wall"].is_object());
    CHECK(caught["wall"]["contact_time_s"] > caught["com_exit"]["time_s"]);
    CHECK(caught["wall"]["hold_force_N"] >= 0.02 * own_weight_N(*caught_run));
    CHECK(caught["wall"]["peak_force_N"] >= caught["wall"]["hold_force_N"]);
    // Who rests on the wall is inside what holds them, and has a region at every frame with wall contact.
    CHECK(caught["margin"]["support_min_m"] > 0.0);
    CHECK(caught["wall_com_exit"].is_null());
    for (const Frame& frame : caught_run->frames) {
        CHECK(on_wall(frame) == (frame.support_region.size() >= 3));
        CHECK(on_wall(frame) == !std::isnan(frame.support_margin.margin_m));
    }
    CHECK(prose_fault(caught["explanation"].get<std::string>()).empty());
}

TEST_CASE("summary of staged runs", "[balance]") {
    SECTION("have the same keys") {
        const auto check_staged = [](auto stage) {
            Recording run = default_run();
            stage(run);
            checked_summary(run);
        };
        check_staged([](Recording& r) { stage_fall(r, {.edge = Edge::left}); });
        check_staged([](Recording& r) { slide_foot(r, 5.0, 0.021); });
        check_staged([](Recording& r) { stage_catch(r); });
        check_staged([](Recording& r) { stage_lean(r); });
        check_staged([](Recording& r) { stage_block(r); });
        check_staged([](Recording& r) { lift_heels(r, {}, 0.03); });
        check_staged([](Recording& r) { stay_down(r); });
        check_staged([](Recording& r) { miss_depth(r, 0.3); });
        check_staged([](Recording& r) { put_outside_functional(r, {2.0, 8.0}); });
    }
    SECTION("what is not a number is null, and nothing else changes") {
        Recording run = default_run();
        edit_frames(run, {}, [](Frame& f) {
            f.com_margin.margin_m = -std::numeric_limits<double>::infinity();
            f.xcom_margin.margin_m = std::numeric_limits<double>::quiet_NaN();
        });
        const Json j = Json::parse(summary_json(run, assess_balance(run)));
        CHECK(j["margin"]["com_min_m"].is_null());
        CHECK(j["margin"]["xcom_min_m"].is_null());
        CHECK(j["margin"]["functional_min_m"].is_number());
        // A depth word beyond the last posture has no drop; a number always has.
        run = default_run();
        CHECK(Json::parse(summary_json(run, assess_balance(run)))["asked"]["hip_drop_fraction"]
              == run.plan.asked_drop);
        run.plan.asked_reachable = false;
        CHECK(Json::parse(summary_json(run, assess_balance(run)))["asked"]["hip_drop_fraction"].is_null());
        run.scenario.movement.depth = 0.95;
        run.plan.asked_drop = 0.95;
        CHECK(Json::parse(summary_json(run, assess_balance(run)))["asked"]["hip_drop_fraction"] == 0.95);
    }
    SECTION("are the same text in a locale with decimal commas") {
        Recording run = default_run();
        run.scenario.name = "quote \" and byte \xff";
        const Assessment a = assess_balance(run);
        const std::string summary = summary_json(run, a), curve = depth_curve_csv(run);
        CHECK(Json::accept(summary));
        const CommaLocale comma;
        CHECK(summary_json(run, a) == summary);
        CHECK(depth_curve_csv(run) == curve);
        CHECK(assess_balance(run).explanation == a.explanation);
    }
}
