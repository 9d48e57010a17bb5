// What every report ends with: safety, and how it was made.
#include <algorithm>

#include "render/report/report_sections.h"
#include "sim/balance/explain.h"
#include "sim/base/text.h"
#include "sim/scenario/scenario_fields.h"
#include "sim/study/limit_intervals.h"

namespace plumb {
namespace {

/// Every field with its value and whether somebody set it.
Table inputs_table(ReportWriter& writer, const ReportFacts& facts) {
    const Texts& say = writer.say;
    static const ScenarioDef k_standard;
    const ScenarioDef& scenario = facts.recording->scenario;
    const ScenarioDef given = without_derived(scenario);
    Table table;
    table.head = {say("inputs.field"), say("inputs.value"), say("inputs.from")};
    table.shares = {0.44, 0.3, 0.26};
    table.small = true;
    for (const Field<ScenarioDef>& field : scenario_fields()) {
        const bool usual = field.get(given) == field.get(k_standard);
        const FieldValue value = field.get(scenario);
        const bool absent = std::holds_alternative<std::monostate>(value);
        // What is absent and usual says nothing: a side's own value that nobody gave.
        if (absent && usual) continue;
        table.rows.push_back({say.field(field.name, field.unit), say.word(writer.numbers.say(field, value)),
                              say(usual ? "inputs.usual" : "inputs.given")});
    }
    return table;
}

void add_run_method(ReportWriter& writer, const ReportFacts& facts) {
    const Texts& say = writer.say;
    const Recording& recording = *facts.recording;
    const auto& intervals = facts.findings.intervals;
    const Measured measured = measured_in(recording.scenario);
    std::string decided;
    const auto usual = [&](int side) {
        return as_on_side(recording.scenario.person, side).ankle_dorsiflexion_deg == k_usual_dorsiflexion_deg;
    };
    if (usual(side_left) && usual(side_right))
        decided += say("method.usual_ankle") + " ";
    else if (usual(side_left) || usual(side_right))
        decided +=
            say("method.usual_ankle_side", {{"side", say(usual(side_left) ? "sides.left" : "sides.right")}})
            + " ";
    if (!measured.closure) decided += say("method.usual_closure") + " ";
    if (intervals && !intervals->decided_by.empty())
        decided += say("method.decided_by", {{"what", say.word(intervals->decided_by)}});
    writer.paragraph(decided);
    Table table;
    table.shares = {0.3, 0.7};
    table.small = true;
    table.rows = {{say("method.program"), recording.program},
                  {say("method.input_hash"), recording.input_hash},
                  {say("method.state_hash"), recording.engine.state_hash},
                  {say("method.seed"), std::to_string(recording.scenario.engine.seed)},
                  {say("method.step"),
                   say("method.step_text", {{"steps", std::to_string(recording.engine.steps)},
                                            {"step", fixed_text(1e3 * recording.engine.dt_s, 2)},
                                            {"fine", fixed_text(1e3 * recording.engine.dt_fine_s, 2)}})}};
    writer.add(std::move(table));
    writer.paragraph(say("inputs.title"));
    writer.add(inputs_table(writer, facts));
}

}  // namespace

void add_safety(ReportWriter& writer) {
    const Texts& say = writer.say;
    NoteBox box{say("safety.title"), {}};
    for (const char* key : {"not_medical", "hip", "space", "side", "dose"})
        box.lines.push_back(say(std::string("safety.") + key));
    writer.add(std::move(box));
}

void add_method(ReportWriter& writer, const ReportInput& input) {
    const Texts& say = writer.say;
    writer.add(PageBreak{});
    writer.add(Heading{2, say("method.title")});
    writer.paragraph(say("method.how"));
    BulletList limits;
    for (const char* key : {"rigid", "feet", "strength", "ranges", "typical", "pain"})
        limits.items.push_back(say(std::string("limits.") + key));
    writer.paragraph(say("limits.title"));
    writer.add(std::move(limits));
    writer.paragraph(say("method.command"));
    writer.paragraph(input.command_note);
    writer.paragraph(input.command, ParagraphStyle::code);
    for (std::size_t i = 0; i < input.runs.size(); ++i) {
        if (input.runs.size() > 1) writer.add(Heading{3, std::to_string(i + 1) + " " + input.runs[i].name});
        writer.begin_run(i + 1, input.runs[i].name);
        add_run_method(writer, input.runs[i]);
    }
    for (const ReportStudy& study : input.studies) {
        const LoadedStudy& s = study.study;
        writer.paragraph(say("method.study", {{"name", s.def.name},
                                              {"program", "plumbline " PLUMBLINE_VERSION},
                                              {"hash", study_hash(s)},
                                              {"seed", value_text(find_field("engine.seed")->get(s.base))}}));
    }
}

}  // namespace plumb
