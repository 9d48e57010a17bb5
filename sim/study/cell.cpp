// From a scenario to a row.
#include "sim/study/cell.h"

#include <algorithm>
#include <cmath>

#include "sim/balance/assessment.h"
#include "sim/balance/events.h"
#include "sim/base/check.h"
#include "sim/base/text.h"
#include "sim/engine/simulate.h"
#include "sim/plan/static_limit.h"
#include "sim/scenario/scenario_fields.h"

namespace plumb {
namespace {

/// Sets columns by name; what is never set holds nothing.
class RowMaker {
  public:
    RowMaker() : row_(cell_columns().size()) {}
    void number(std::string_view name, double value) {
        if (std::isfinite(value)) row_[column_index(name)] = value + 0.0;
    }
    void word(std::string_view name, std::string_view value) {
        if (!value.empty()) row_[column_index(name)] = std::string(value);
    }
    [[nodiscard]] CellRow take() { return std::move(row_); }

  private:
    CellRow row_;
};

void add_plan(const SquatPlan& plan, bool with_limits, RowMaker& row) {
    row.number("planned_min_margin_m", plan.planned_min_margin_m);
    row.number("dynamic_allowance_m", plan.model.dynamic_allowance_m);
    if (plan.asked_reachable) row.number("asked_drop_fraction", plan.asked_drop);
    row.number("planned_drop_fraction", plan.target_drop);
    row.word("heels", plan.heels_rise ? "rise" : "down");
    if (!with_limits) return;
    row.number("static_limit_sole", plan.limit_sole.hip_drop_fraction);
    row.number("static_limit_functional", plan.limit_functional.hip_drop_fraction);
    row.word("static_limiting_factor", plan.limit_sole.limiting_factor);
    row.word("static_limiting_side", plan.limit_sole.limiting_side);
    const double enough = plan.heels_down_asked_drop - k_depth_tolerance;
    row.word("static_verdict", plan.limit_functional.hip_drop_fraction >= enough ? "comfortable"
                               : plan.limit_sole.hip_drop_fraction >= enough     ? "balanced"
                                                                                 : "short");
}

void add_run(const Assessment& a, RowMaker& row) {
    row.word("outcome", outcome_name(a.outcome));
    row.word("limiting_factor", a.limiting_factor);
    row.number("com_min_margin_m", a.com_min_m);
    row.number("functional_min_margin_m", a.functional_min_m);
    row.number("xcom_min_margin_m", a.xcom_min_m);
    row.number("depth_drop_fraction", a.depth.hip_drop_fraction);
    if (a.com_exit) {
        row.number("com_exit_drop_fraction", a.com_exit->hip_drop_fraction);
        row.number("com_exit_time_s", a.com_exit->time_s);
        row.word("com_exit_edge", edge_name(a.com_exit->edge));
    }
    row.number("heel_lift_max_m", a.heel_lift_max_m);
    row.number("load_left_share", a.load_left_share);
    if (a.wall) {
        row.number("wall_hold_N", a.wall->hold_force_N);
        row.number("wall_peak_N", a.wall->peak_force_N);
    }
}

std::string csv_cell(const FieldValue& value) {
    return std::holds_alternative<std::monostate>(value) ? "" : csv_word(value_text(value));
}

}  // namespace

CellList cells_of(const LoadedStudy& study) {
    const StudyDef& def = study.def;
    CellList list;
    list.format = "plumbline-sweep-2";
    list.name = def.name;
    list.hash = study_hash(study);
    list.meta = {{"asks", def.asks},
                 {"evaluate", std::string(k_evaluate_words[static_cast<std::size_t>(def.evaluate)])},
                 {"seed", value_text(find_field("engine.seed")->get(study.base))},
                 {"base", canonical_text(study.base)}};
    for (const StudyAxis& axis : def.axes)
        list.inputs.push_back({axis.field, find_field(axis.field)->unit, true, ""});
    list.columns = cell_columns();
    list.count = def.cell_count();
    list.row = [study](std::size_t cell) {
        return evaluate_scenario(cell_scenario(study, cell), study.def.evaluate);
    };
    list.values = [def](std::size_t cell) {
        const std::vector<std::size_t> places = def.places(cell);
        std::vector<FieldValue> values;
        for (std::size_t i = 0; i < places.size(); ++i) values.push_back(def.axes[i].values[places[i]]);
        return values;
    };
    return list;
}

const std::vector<CellColumn>& cell_columns() {
    static const std::vector<CellColumn> columns = {
        {"input_hash", "", false, "of the cell's resolved scenario, as in summary.json"},
        {"basis", "", false,
         "evaluated, or inferred from the cells around it: then only its outcome or static_verdict is filled "
         "in"},
        {"refused", "", false,
         "why these values together are no scenario; what a run or a plan says is then empty"},
        {"outcome", "", false, "of the run, as in summary.json"},
        {"limiting_factor", "", false, "what stood in the way of the run, as in summary.json"},
        {"com_min_margin_m", "m", true,
         "least margin of the COM to the base of support on the feet, - outside"},
        {"functional_min_margin_m", "m", true, "the same to the functional base"},
        {"xcom_min_margin_m", "m", true, "the same of the XCoM to the base of support"},
        {"depth_drop_fraction", "1", true, "deepest hip drop on the feet"},
        {"com_exit_drop_fraction", "1", true, "hip drop where the COM left the base; empty where it did not"},
        {"com_exit_time_s", "s", true, "when it did"},
        {"com_exit_edge", "", false, "heel, toe, left or right"},
        {"wall_hold_N", "N", true,
         "mean force of the wall at the end of the hold; empty for a wall never touched"},
        {"wall_peak_N", "N", true, "its largest force of one step"},
        {"heel_lift_max_m", "m", true, "highest a heel rose on the feet"},
        {"load_left_share", "1", true, "of the weight on both feet, the left one's"},
        {"static_verdict", "", false,
         "comfortable, balanced or short: the asked depth lies within the functional limit, within the "
         "sole's, beyond"},
        {"static_limit_sole", "1", true, "static limit, whole sole"},
        {"static_limit_functional", "1", true, "static limit, usable part of the sole"},
        {"static_limiting_factor", "", false, "what binds at the sole's limit"},
        {"static_limiting_side", "", false, "left or right where that side has less of it"},
        {"asked_drop_fraction", "1", true,
         "the asked depth for this body; empty where its way does not get there"},
        {"planned_drop_fraction", "1", true, "where the movement turns round"},
        {"planned_min_margin_m", "m", true, "least margin of the planned postures, - outside the feet"},
        {"dynamic_allowance_m", "m", true, "margin the motion takes"},
        {"heels", "", false, "down, or rise where the planned way is one on raised heels"},
    };
    return columns;
}

std::size_t column_index(std::string_view name) {
    const auto& columns = cell_columns();
    const auto found = std::ranges::find(columns, name, &CellColumn::name);
    PLUMB_CHECK(found != columns.end(), "a column of the list");
    return static_cast<std::size_t>(found - columns.begin());
}

bool is_inferred(const CellRow& row) {
    return row[column_index("basis")] == FieldValue{std::string(k_inferred_basis)};
}

std::string region_of(const CellRow& row, Evaluate evaluate) {
    const auto word = [&](std::string_view column) {
        const std::string* const text = std::get_if<std::string>(&row[column_index(column)]);
        return text != nullptr ? *text : std::string();
    };
    if (!word("refused").empty()) return std::string(k_refused_region);
    return word(evaluate == Evaluate::statics ? "static_verdict" : "outcome");
}

CellRow inferred_row(const ScenarioDef& def, Evaluate evaluate, const std::string& region) {
    if (find_scenario_problem(def)) return evaluate_scenario(def, evaluate);
    RowMaker row;
    row.word("basis", k_inferred_basis);
    row.word("input_hash", input_hash(resolve_scenario(def)));
    row.word(evaluate == Evaluate::statics ? "static_verdict" : "outcome", region);
    return row.take();
}

bool looks_able(const ScenarioDef& def) {
    const ScenarioDef resolved = resolve_scenario(def);
    const SquatPlan plan = plan_squat(build_person(resolved.person), resolved, PlanDetail::motion);
    const double enough = plan.heels_down_asked_drop - k_depth_tolerance;
    return plan.asked_reachable && !plan.stopped_by_wall && plan.keeps_allowance()
           && plan.target_drop >= plan.asked_drop - k_depth_tolerance
           && (plan.heels_rise || plan.limit_functional.hip_drop_fraction >= enough);
}

CellRow evaluate_scenario(const ScenarioDef& def, Evaluate evaluate) {
    RowMaker row;
    row.word("basis", "evaluated");
    if (const auto problem = find_scenario_problem(def)) {
        row.word("refused", problem->text);
        return row.take();
    }
    const ScenarioDef resolved = resolve_scenario(def);
    row.word("input_hash", input_hash(resolved));
    SquatPlan plan = plan_squat(build_person(resolved.person), resolved, PlanDetail::motion);
    add_plan(plan, evaluate != Evaluate::dynamics, row);
    if (evaluate != Evaluate::statics)
        add_run(assess_balance(*simulate_plan(resolved, std::move(plan))), row);
    return row.take();
}

std::string cells_csv(const CellList& list, const std::vector<CellRow>& rows) {
    std::string text = "cell";
    for (const CellColumn& input : list.inputs) text += "," + input.name;
    for (const CellColumn& column : list.columns) text += "," + column.name;
    text += "\n";
    for (std::size_t cell = 0; cell < rows.size(); ++cell) {
        text += std::to_string(cell);
        for (const FieldValue& value : list.values(cell))
            text += "," + (std::holds_alternative<std::monostate>(value) ? "none" : csv_cell(value));
        for (const FieldValue& value : rows[cell]) text += "," + csv_cell(value);
        text += "\n";
    }
    return text;
}

}  // namespace plumb
