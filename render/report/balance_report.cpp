// The order of everything.
#include "render/report/balance_report.h"

#include <set>

#include "render/report/report_sections.h"
#include "sim/base/check.h"
#include "sim/base/text.h"

namespace plumb {
namespace {

void add_run(ReportWriter& writer, const ReportFacts& facts, const ReportInput& input) {
    const SceneBuilder builder(facts.recording);
    add_result(writer, facts, builder);
    add_movement(writer, facts, builder, input.moments);
    add_balance(writer, facts);
    add_body(writer, facts, builder);
    add_diagnosis(writer, facts);
    add_adaptations(writer, facts, builder);
    add_ladder(writer, facts);
}

}  // namespace

std::string report_subtitle(const ReportInput& input) {
    std::string text;
    const auto add = [&](const std::string& part) {
        if (!part.empty()) text += (text.empty() ? "" : "  \u00b7  ") + part;
    };
    add(input.client);
    if (input.runs.size() + input.studies.size() == 1)
        add(input.runs.empty() ? input.studies.front().study.def.name : input.runs.front().name);
    add(input.date);
    return text;
}

ReportWriter begin_report(const ReportInput& input, const Texts& texts, ReadUnits units, StillMaker stills) {
    ReportWriter writer(texts, units, std::move(stills));
    Document& document = writer.document;
    document.title = texts("report.title");
    document.subject = texts("report.subject");
    document.language = texts.language();
    document.program = "plumbline " PLUMBLINE_VERSION;
    document.date = input.date;
    document.foot = texts("report.foot");
    document.page_of = texts("report.page_of", {{"page", "{page}"}, {"pages", "{pages}"}});
    document.moments_label = texts("moments.slider");
    return writer;
}

BalanceReport balance_report(const ReportInput& input, const Texts& texts, ReadUnits units,
                             StillMaker stills) {
    PLUMB_CHECK(!input.runs.empty() || !input.studies.empty(), "a report of nothing");
    ReportWriter writer = begin_report(input, texts, units, std::move(stills));
    writer.add(Heading{1, writer.document.title});
    writer.paragraph(report_subtitle(input), ParagraphStyle::quiet);
    const bool alone = input.runs.size() == 1 && input.studies.empty();
    if (input.runs.size() > 1) add_overview(writer, input.runs);
    if (input.runs.size() == 2) add_comparison(writer, input.runs[0], input.runs[1]);
    writer.set_level(alone ? 2 : 3);
    for (std::size_t i = 0; i < input.runs.size(); ++i) {
        writer.begin_run(i + 1, input.runs[i].name);
        if (!alone) {
            writer.add(PageBreak{});
            writer.add(Heading{2, std::to_string(i + 1) + " " + input.runs[i].name});
        }
        add_run(writer, input.runs[i], input);
    }
    for (std::size_t i = 0; i < input.studies.size(); ++i) {
        if (i > 0 || !input.runs.empty()) writer.add(PageBreak{});
        writer.begin_run(input.runs.size() + i + 1, input.studies[i].study.def.name);
        add_study(writer, input.studies[i]);
    }
    writer.numbers.begin("");
    add_safety(writer);
    add_method(writer, input);
    return {std::move(writer.document), writer.numbers.noted(), writer.data_files()};
}

std::string dictionary_csv(const BalanceReport& report, const Texts& texts) {
    std::string text = "name,unit,meaning\n";
    std::set<std::string> told;
    for (const ReportNumber& number : report.numbers)
        if (told.insert(number.name).second)
            text += csv_word(number.name) + "," + csv_word(number.unit) + ","
                    + csv_word(texts.meaning(number.name)) + "\n";
    for (const DataFile& file : report.data)
        text += csv_word(file.name) + ",," + csv_word(file.meaning) + "\n";
    return text;
}

}  // namespace plumb
