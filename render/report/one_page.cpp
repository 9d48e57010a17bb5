// Fewer and smaller blocks of the balance report.
#include "render/report/one_page.h"

#include <algorithm>

#include "render/report/report_sections.h"
#include "sim/base/check.h"

namespace plumb {
namespace {

constexpr std::size_t k_answers = 3, k_stills = 2;

}  // namespace

BalanceReport one_page_report(const ReportInput& input, const Texts& texts, ReadUnits units,
                              StillMaker stills) {
    PLUMB_CHECK(!input.runs.empty(), "a page of nothing");
    const ReportFacts& facts = input.runs.front();
    ReportWriter writer = begin_report(input, texts, units, std::move(stills));
    writer.document.title = texts("one_page.title");
    writer.begin_run(1, facts.name);
    const SceneBuilder builder(facts.recording);
    writer.add(Heading{1, writer.document.title});
    writer.paragraph(report_subtitle(input), ParagraphStyle::quiet);
    writer.paragraph(verdict_text(writer, facts), ParagraphStyle::lead);
    writer.paragraph(close_call_text(writer, facts));
    writer.paragraph(person_text(writer, facts), ParagraphStyle::quiet);
    if (facts.after.empty()) {
        StillDef wanted = report_still(View::side, 960, 400);
        writer.figures({writer.still(builder, deciding_frame(*facts.recording), wanted, "",
                                     texts("one_page.still_alt"))});
    } else {
        add_stills_after(writer, facts, builder, k_stills);
    }
    if (facts.adaptations) {
        writer.section("adapt.title");
        if (!facts.adaptations->needed) {
            writer.paragraph(texts("one_page.nothing_needed"));
        } else if (facts.adaptations->singles.empty()) {
            writer.paragraph(texts("adapt.no_single"));
        } else {
            Table table = answers_table(writer, facts.adaptations->singles, k_answers, false);
            table.small = true;
            writer.add(std::move(table));
        }
    }
    if (facts.ladder && facts.ladder->needed && !facts.ladder->rungs.empty()) {
        writer.section("ladder.title");
        Table table = ladder_table(writer, *facts.ladder);
        table.small = true;
        writer.add(std::move(table));
    }
    writer.numbers.begin("");
    NoteBox box{texts("safety.title"), {}};
    box.lines.push_back(texts("safety.not_medical") + " " + texts("safety.hip") + " "
                        + texts("safety.space"));
    box.lines.push_back(texts("safety.dose"));
    writer.add(std::move(box));
    return {std::move(writer.document), writer.numbers.noted(), writer.data_files()};
}

}  // namespace plumb
