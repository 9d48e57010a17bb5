// Two runs side by side: what differs between them, and what that changed.
#include <cmath>
#include <limits>

#include "render/report/report_sections.h"
#include "sim/balance/events.h"
#include "sim/scenario/scenario_fields.h"

namespace plumb {
namespace {

/// A quantity of both runs under the names of summary.json.
struct ComparedRow {
    const char* key;   ///< of its title: "overview.deepest"
    const char* name;  ///< "margin.com_min_m"
    double first, second;
    Quantity quantity;
    bool is_drop = false;  ///< said as hips below standing
};

Table fields_table(ReportWriter& writer, const std::vector<FieldDifference>& differences) {
    const Texts& say = writer.say;
    Table table;
    table.head = {say("compare.field"), say("compare.first"), say("compare.second")};
    table.shares = {0.4, 0.3, 0.3};
    for (const FieldDifference& d : differences) {
        const Field<ScenarioDef>& field = *find_field(d.field);
        table.rows.push_back({say.field(d.field, d.unit), say.word(writer.numbers.text(field, d.first)),
                              say.word(writer.numbers.text(field, d.second))});
    }
    return table;
}

}  // namespace

void add_comparison(ReportWriter& writer, const ReportFacts& first, const ReportFacts& second) {
    const Texts& say = writer.say;
    const ScenarioDifferences inputs =
        compare_scenarios(first.recording->scenario, second.recording->scenario);
    writer.add(Heading{2, say("compare.title")});
    writer.paragraph(say("compare.intro", {{"first", first.name}, {"second", second.name}}));
    if (inputs.is_same())
        writer.paragraph(say("compare.same"));
    else
        writer.add(fields_table(writer, inputs.changed));
    if (!inputs.followed.empty()) {
        writer.paragraph(say("compare.followed"));
        writer.add(fields_table(writer, inputs.followed));
    }
    const Assessment &a = first.assessment, &b = second.assessment;
    const auto limit = [](const ReportFacts& facts) {
        return facts.recording->plan.limit_sole.hip_drop_fraction;
    };
    // How far a falling body gets outside is no margin of its squat.
    const auto fell = [](const ReportFacts& facts) { return find_events(*facts.recording).fell; };
    const auto of_run = [&](const ReportFacts& facts, double value) {
        return fell(facts) ? std::numeric_limits<double>::quiet_NaN() : value;
    };
    Table table;
    table.caption = say("compare.results");
    table.head = {say("compare.what"), say("compare.first"), say("compare.second")};
    table.shares = {0.4, 0.3, 0.3};
    table.rows.push_back(
        {say("overview.outcome"), outcome_phrase(writer, a.outcome), outcome_phrase(writer, b.outcome)});
    for (const ComparedRow& row : std::initializer_list<ComparedRow>{
             {"overview.deepest", "depth.hip_drop_fraction", a.depth.hip_drop_fraction,
              b.depth.hip_drop_fraction, Quantity::drop, true},
             {"overview.limit", "static_limit.sole.hip_drop_fraction", limit(first), limit(second),
              Quantity::drop, true},
             {"overview.margin", "planned_min_margin_m", first.recording->plan.planned_min_margin_m,
              second.recording->plan.planned_min_margin_m, Quantity::small_length},
             {"compare.functional", "margin.functional_min_m", of_run(first, a.functional_min_m),
              of_run(second, b.functional_min_m), Quantity::small_length},
             {"compare.left", "ground.load_left_share", a.load_left_share, b.load_left_share,
              Quantity::percent}}) {
        std::vector<std::string> cells = {say(row.key)};
        for (const bool is_first : {true, false}) {
            const ReportFacts& facts = is_first ? first : second;
            const double value = is_first ? row.first : row.second;
            writer.begin_run(is_first ? 1 : 2, facts.name);
            cells.push_back(row.is_drop ? depth_phrase(writer, row.name, value, *facts.recording)
                                        : writer.numbers.say(row.name, value, row.quantity));
        }
        table.rows.push_back(std::move(cells));
    }
    writer.add(std::move(table));
    const Channel& margin = *find_channel("com_margin");
    const std::vector<ChartRun> runs = {{"1 " + first.name, first.recording},
                                        {"2 " + second.name, second.recording}};
    writer.begin_run(0, "both");
    Chart chart = channel_over_time(runs, margin, writer.numbers.units());
    if (fell(first) || fell(second)) stop_at_fall(chart, read_unit(margin, writer.numbers.units()).factor);
    writer.figures({writer.chart(std::move(chart), "margin_over_time", 2.6, "", say("compare.alt"))});
    std::vector<Figure> stills;
    for (const ReportFacts* facts : {&first, &second}) {
        const Events events = find_events(*facts->recording);
        stills.push_back(writer.still(
            SceneBuilder(facts->recording), events.exit_frame.value_or(events.deepest_frame),
            report_still(View::side, 432, 360), facts->name,
            say("result.still_alt", {{"outcome", outcome_phrase(writer, facts->assessment.outcome)}})));
    }
    writer.figures(std::move(stills), 2);
}

}  // namespace plumb
