// A study: its maps, and what they say in words.
#include <algorithm>
#include <map>

#include "render/report/report_sections.h"
#include "render/report/study_maps.h"
#include "sim/base/text.h"
#include "sim/scenario/scenario_fields.h"

namespace plumb {
namespace {

constexpr std::size_t k_most_table_rows = 120;

bool is_good(const std::string& region) {
    return region == "completed" || region == "completed_marginal" || region == "comfortable"
           || region == "balanced";
}

/// Along one axis, everything else fixed: "from 6 kg", "26 to 41 cm", "nowhere".
std::string good_stretches(const ReportWriter& writer, const StudyAxis& axis, const std::vector<bool>& good) {
    const Texts& say = writer.say;
    const Field<ScenarioDef>& field = *find_field(axis.field);
    const auto shown = [&](std::size_t i) { return say.word(writer.numbers.text(field, axis.values[i])); };
    const bool numbers = std::ranges::all_of(
        axis.values, [](const FieldValue& value) { return std::holds_alternative<double>(value); });
    std::string text;
    for (std::size_t i = 0; i < good.size();) {
        if (!good[i]) {
            ++i;
            continue;
        }
        std::size_t end = i;
        while (numbers && end + 1 < good.size() && good[end + 1]) ++end;  // words have no between
        text += (text.empty() ? "" : ", ")
                + (i == end ? shown(i) : say("study.stretch", {{"from", shown(i)}, {"to", shown(end)}}));
        i = end + 1;
    }
    return text.empty() ? say("study.nowhere") : text;
}

/// For each value of the first two axes' first, where along the last the squat does.
Table reading_table(ReportWriter& writer, const ReportStudy& study, const std::vector<bool>& good) {
    const StudyDef& def = study.study.def;
    const Texts& say = writer.say;
    const StudyAxis& last = def.axes.back();
    const std::string last_name = say.field(last.field, find_field(last.field)->unit);
    Table table;
    for (std::size_t i = 0; i + 1 < def.axes.size(); ++i)
        table.head.push_back(say.field(def.axes[i].field, find_field(def.axes[i].field)->unit));
    table.head.push_back(say("study.does_at", {{"field", last_name}}));
    table.small = true;
    const std::size_t length = last.values.size();
    for (std::size_t start = 0; start < good.size(); start += length) {
        std::vector<std::string> row;
        const std::vector<std::size_t> places = def.places(start);
        for (std::size_t i = 0; i + 1 < def.axes.size(); ++i)
            row.push_back(
                say.word(writer.numbers.text(*find_field(def.axes[i].field), def.axes[i].values[places[i]])));
        const auto begin = good.begin() + static_cast<std::ptrdiff_t>(start);
        row.push_back(good_stretches(writer, last, {begin, begin + static_cast<std::ptrdiff_t>(length)}));
        table.rows.push_back(std::move(row));
    }
    return table;
}

}  // namespace

void add_study(ReportWriter& writer, const ReportStudy& study) {
    const Texts& say = writer.say;
    const StudyDef& def = study.study.def;
    writer.add(Heading{2, say("study.title", {{"name", def.name}})});
    writer.paragraph(def.asks);
    std::map<std::string, int> counts;
    std::vector<bool> good;
    for (const CellRow& row : study.rows) {
        const std::string region = region_of(row, def.evaluate);
        ++counts[region];
        good.push_back(is_good(region));
    }
    const auto total = static_cast<double>(study.rows.size());
    writer.paragraph(
        say(def.evaluate == Evaluate::statics ? "study.intro_static" : "study.intro",
            {{"cells", writer.numbers.say("study.cells", total, Quantity::count)},
             {"scenario", study.study.base.name},
             {"good", writer.numbers.say("study.able", static_cast<double>(std::ranges::count(good, true)),
                                         Quantity::count)}}));
    if (const auto inferred = std::ranges::count_if(study.rows, is_inferred); inferred > 0)
        writer.paragraph(
            say("study.inferred",
                {{"inferred", writer.numbers.text(static_cast<double>(inferred), Quantity::count)}}));
    Table outcomes;
    outcomes.head = {say("overview.outcome"), say("study.count"), say("study.share")};
    outcomes.shares = {0.6, 0.2, 0.2};
    outcomes.numeric = {false, true, true};
    for (const auto& [region, count] : counts)
        outcomes.rows.push_back(
            {say.find("regions." + region).value_or(printable(region, 60)),
             writer.numbers.say("study.count." + region, count, Quantity::count),
             writer.numbers.say("study.share." + region, count / total, Quantity::percent)});
    writer.add(std::move(outcomes));
    for (NamedMap& map : study_maps(study.study, study.rows)) {
        writer.data("map_" + file_word(map.name), map_csv(map.chart),
                    say("study.map_alt", {{"name", def.name}}));
        auto shown = std::make_shared<const MapChart>(std::move(map.chart));
        writer.figures({{"",
                         say("study.map_alt", {{"name", def.name}}),
                         1.45,
                         0.0,
                         [shown](Painter& painter, const Box& box, double text_px) {
                             draw_map(painter, *shown, box, light_theme(), text_px);
                         },
                         {}}});
    }
    writer.paragraph(say("study.reading"), ParagraphStyle::quiet);
    const std::size_t rows = study.rows.size() / def.axes.back().values.size();
    if (rows > k_most_table_rows)
        writer.paragraph(say("study.too_long", {{"rows", std::to_string(rows)}}));
    else
        writer.add(reading_table(writer, study, good));
}

}  // namespace plumb
