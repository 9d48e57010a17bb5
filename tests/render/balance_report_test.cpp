// The report as a document: every number is the summary's, every figure has words, nothing is left unsaid or untranslated.
#include <cmath>
#include <set>

#include <nlohmann/json.hpp>
#include <toml++/toml.h>

#include "render/report/balance_report.h"
#include "sim/engine/simulate.h"
#include "sim/scenario/scenario_toml.h"
#include "sim/study/cell.h"
#include "tests/catch.h"
#include "tests/e2e/folder.h"

using namespace plumb;
using namespace plumb::test;
using Catch::Matchers::ContainsSubstring;

namespace {

const std::filesystem::path k_root = PLUMBLINE_SOURCE_DIR;

const Texts& english() {
    static const Texts texts = Texts::read(k_root / "assets/texts", "en");
    return texts;
}

ReportFacts facts_of(ScenarioDef def, const GatherOptions& options = {.adapt = false, .ladder = false}) {
    return gather_facts(simulate(def), options);
}
/// The scenario of that name at a quicker pace, where that does not change how it ends.
ScenarioDef quick(const std::string& name) {
    ScenarioDef def = load_scenario(k_root / "scenarios" / (name + ".toml"));
    if (def.expect == "cannot_rise") return def;  // who is so weak falls when it goes fast
    def.movement.descend_s = 2.0;
    def.movement.ascend_s = 1.5;
    return def;
}
ReportFacts facts_of(const std::string& name, bool intervals = false) {
    return facts_of(quick(name), {.intervals = intervals, .adapt = false, .ladder = false});
}

BalanceReport report_of(std::vector<ReportFacts> runs, const Texts& texts = english(),
                        ReadUnits units = ReadUnits::metric) {
    ReportInput input;
    input.runs = std::move(runs);
    input.command = "./plumb report x -o y.pdf";
    return balance_report(input, texts, units, {});
}

/// A block's texts, but for commands.
std::vector<std::string> texts_of(const Block& block) {
    std::vector<std::string> texts;
    if (const auto* heading = std::get_if<Heading>(&block)) texts.push_back(heading->text);
    if (const auto* paragraph = std::get_if<Paragraph>(&block))
        if (paragraph->style != ParagraphStyle::code) texts.push_back(paragraph->text);
    if (const auto* list = std::get_if<BulletList>(&block)) texts = list->items;
    if (const auto* note = std::get_if<NoteBox>(&block)) {
        texts = note->lines;
        texts.push_back(note->title);
    }
    if (const auto* table = std::get_if<Table>(&block)) {
        texts = table->head;
        for (const auto& row : table->rows) texts.insert(texts.end(), row.begin(), row.end());
    }
    if (const auto* row = std::get_if<FigureRow>(&block))
        for (const Figure& figure : row->figures) {
            texts.push_back(figure.alt);
            if (!figure.caption.empty()) texts.push_back(figure.caption);
        }
    return texts;
}
std::vector<std::string> texts_of(const Document& document) {
    std::vector<std::string> texts;
    for (const Block& block : document.blocks)
        for (const std::string& text : texts_of(block)) texts.push_back(text);
    return texts;
}
std::string all_text(const Document& document) {
    std::string all;
    for (const std::string& text : texts_of(document)) all += text + "\n";
    return all;
}

/// The summary's number of that name ("joints.ankle.left.max_flexion_deg"), if it has one.
std::optional<double> summary_number(const nlohmann::json& summary, const std::string& name) {
    if (name.starts_with("inputs.")) {
        const auto& inputs = summary["inputs"];
        const auto found = inputs.find(name.substr(7));
        return found != inputs.end() && found->is_number() ? std::optional(found->get<double>())
                                                           : std::nullopt;
    }
    const nlohmann::json* at = &summary;
    for (std::size_t start = 0; start <= name.size();) {
        const std::size_t end = std::min(name.find('.', start), name.size());
        const std::string key = name.substr(start, end - start);
        if (at->is_array()) {
            const std::size_t index = std::stoul(key);
            if (index >= at->size()) return std::nullopt;
            at = &(*at)[index];
        } else {
            if (!at->is_object() || !at->contains(key)) return std::nullopt;
            at = &(*at)[key];
        }
        start = end + 1;
    }
    return at->is_number() ? std::optional(at->get<double>()) : std::nullopt;
}

/// Scenarios that end in different ways: a fall, a wall that catches ...
const std::vector<std::string> k_kinds = {"stiff_ankles", "stiff_ankles_wall_catches"};
/// ... one that completes, unequal sides, a weight turned side to side, a wall too near, raised heels, no strength to rise, a cautious person.
const std::vector<std::string> k_more_kinds = {
    "able",     "one_stiff_ankle", "chest_rotation",       "stiff_ankles_wall_near",
    "heels_up", "weak_legs",       "stiff_ankles_cautious"};

void check_numbers(const ReportFacts& facts, const BalanceReport& report) {
    const auto summary =
        nlohmann::json::parse(summary_json(*facts.recording, facts.assessment, facts.findings));
    int compared = 0;
    for (const ReportNumber& number : report.numbers) {
        INFO(number.name << " = " << number.value << ", said as " << number.shown);
        CHECK_FALSE(english().meaning(number.name).empty());
        CHECK_FALSE(number.unit.empty());
        if (const auto own = summary_number(summary, number.name)) {
            CHECK(number.value == *own);
            ++compared;
        } else {
            // What the summary does not hold is derived in the report.
            const std::set<std::string> derived = {"stance_share_of_shoulders", "wall_hold_share_of_weight",
                                                   "load_right_share"};
            CHECK((derived.contains(number.name) || number.name.starts_with("stretch.")
                   || number.name.ends_with(".range_deg")));
        }
    }
    CHECK(compared > 60);
    // What was said stands in the document.
    const std::string text = all_text(report.document);
    for (const ReportNumber& number : report.numbers)
        if (number.name.starts_with("warning.") || number.name.starts_with("wall.")
            || number.name == "margin.com_min_time_s")
            CHECK_THAT(text, ContainsSubstring(number.shown));
}

void check_words(const ReportFacts& facts, const BalanceReport& report) {
    const std::string text = all_text(report.document);
    CHECK_THAT(text, ContainsSubstring("not medical advice") && ContainsSubstring("total hip replacement")
                         && ContainsSubstring("open space behind") && ContainsSubstring("next morning")
                         && ContainsSubstring(facts.recording->input_hash)
                         && ContainsSubstring(facts.recording->engine.state_hash)
                         && ContainsSubstring("What the model leaves out"));
    CHECK(text.find('{') == std::string::npos);
    const bool walled = facts.recording->scenario.wall.distance_m.has_value();
    CHECK((text.find("The wall is never touched") != std::string::npos
           || text.find("It is first touched") != std::string::npos)
          == walled);
    CHECK((text.find("would try to step") != std::string::npos)
          == std::string(outcome_name(facts.assessment.outcome)).starts_with("fell"));

    int level = 1;
    bool first = true;
    for (const Block& block : report.document.blocks) {
        for (const std::string& one : texts_of(block)) CHECK_FALSE(one.empty());
        if (const auto* heading = std::get_if<Heading>(&block)) {
            CHECK(heading->level <= level + 1);
            CHECK((heading->level == 1) == first);
            level = heading->level;
            first = false;
        }
        if (const auto* table = std::get_if<Table>(&block))
            for (const auto& row : table->rows)
                CHECK(row.size() == (table->head.empty() ? table->rows.front().size() : table->head.size()));
    }
}

void check_kinds(const std::vector<std::string>& kinds) {
    for (const std::string& kind : kinds) {
        INFO(kind);
        const ReportFacts facts = facts_of(kind, kind == "stiff_ankles");
        CHECK(outcome_name(facts.assessment.outcome) == facts.recording->scenario.expect);
        const BalanceReport report = report_of({facts});
        check_numbers(facts, report);
        check_words(facts, report);
    }
}

}  // namespace

TEST_CASE("Every number in a report is the summary's, and it says what a reader must know", "[report]") {
    check_kinds(k_kinds);
}
TEST_CASE("The same for further ends of a run", "[report][long]") { check_kinds(k_more_kinds); }

TEST_CASE("In inches and pounds no centimetre and no kilogram is left", "[report]") {
    const BalanceReport report =
        report_of({facts_of("stiff_ankles_wall_catches"), facts_of("stiff_ankles_counterweight")}, english(),
                  ReadUnits::imperial);
    bool command = false;
    for (const std::string& text : texts_of(report.document)) {
        INFO(text);
        CHECK(text.find(" cm") == std::string::npos);
        CHECK(text.find(" mm") == std::string::npos);
        CHECK(text.find(" kg") == std::string::npos);
        CHECK(text.find(" N ") == std::string::npos);
        command = command || text.find(" in") != std::string::npos;
    }
    CHECK(command);
    for (const ReportNumber& number : report.numbers) {
        // The table beside it stays in SI.
        CHECK((number.unit != "in" && number.unit != "lb"));
        if (number.name == "inputs.counterweight.mass_kg" && number.value > 0.0)
            CHECK_THAT(number.shown, Catch::Matchers::EndsWith(" lb"));
    }
}

TEST_CASE("Every text of a report comes from the catalogue", "[report]") {
    // A language in which every text carries a mark: what lacks it was not taken from the file.
    const Folder folder;
    std::filesystem::copy_file(k_root / "assets/texts/en.toml", folder / "en.toml");
    const toml::table tree = toml::parse_file((folder / "en.toml").string());
    std::string marked;
    for (const auto& [group, table] : tree) {
        marked += "[" + std::string(group.str()) + "]\n";
        for (const auto& [key, text] : *table.as_table())
            marked += "\"" + std::string(key.str()) + "\" = '''\u00a7" + *text.value<std::string>() + "'''\n";
    }
    write_file(folder / "xx.toml", marked);
    const Texts texts = Texts::read(folder.path(), "xx");
    ReportFacts one = facts_of("able"), other = facts_of("stiff_ankles_wall_catches");
    const BalanceReport report = report_of({one, other}, texts);
    CHECK(report.document.language == "xx");
    for (const Block& block : report.document.blocks) {
        if (std::holds_alternative<Table>(block)) {
            for (const std::string& head : std::get<Table>(block).head)
                CHECK_THAT(head, ContainsSubstring("\u00a7"));
            continue;
        }
        for (const std::string& text : texts_of(block)) {
            INFO(text);
            const bool name =
                (text.find("stiff_ankle") != std::string::npos || text.ends_with("able")) && text.size() < 40;
            CHECK((name || text.find("\u00a7") != std::string::npos));
        }
    }
}

TEST_CASE("Two runs are compared, many are laid out in one table", "[report]") {
    const ReportFacts able = facts_of("able"), stiff = facts_of("stiff_ankles");
    const std::string two = all_text(report_of({able, stiff}).document);
    CHECK_THAT(two, ContainsSubstring("Comparison")
                        && ContainsSubstring("Ankle dorsiflexion\n38\u00b0\n18\u00b0")
                        && ContainsSubstring("Overview"));
    CHECK_THAT(all_text(report_of({able, able}).document), ContainsSubstring("the inputs are the same"));
    const BalanceReport three = report_of({able, stiff, able});
    const std::string text = all_text(three.document);
    CHECK_THAT(text, ContainsSubstring("Overview") && !ContainsSubstring("Comparison"));
    std::set<std::string> runs, files;
    for (const ReportNumber& number : three.numbers) runs.insert(number.run);
    for (const DataFile& file : three.data) CHECK(files.insert(file.name).second);
    CHECK(runs == std::set<std::string>{"1 able", "2 stiff_ankles", "3 able"});
}

TEST_CASE("What would help and the ladder are said as they were found", "[report]") {
    const ScenarioDef def = quick("stiff_ankles");
    ReportFacts facts = facts_of(def, {.intervals = false, .adapt = false, .ladder = false});
    // By hand: the searches have tests of their own.
    AdaptAnswer answer;
    answer.scenario = def;
    answer.scenario.counterweight.mass_kg = 7.0;
    answer.changes = changes_between(def, answer.scenario);
    answer.helps = {Help::counterweight};
    answer.planned_min_margin_m = 0.0271;
    answer.interval = HelpInterval{{0.4, 40.0}, true, true, 0};
    Adaptations found;
    found.margin_m = 0.027;
    found.singles = {answer};
    facts.adaptations = found;
    facts.after = {simulate(answer.scenario)};
    Ladder ladder;
    LadderRung rung;
    rung.scenario = answer.scenario;
    rung.changes = answer.changes;
    rung.wall_may_stay = true;
    LadderRung last;
    last.scenario = def;
    last.scenario.person.ankle_dorsiflexion_deg = 25.0;
    last.changes = changes_between(def, last.scenario);
    ladder.rungs = {rung, last};
    facts.ladder = ladder;
    const BalanceReport report = report_of({facts});
    const std::string text = all_text(report.document);
    CHECK_THAT(
        text,
        ContainsSubstring(
            "Weight held out in front\nWeight held 7 kg\n0.4 kg to more than 40 kg (it may do as it is)\n"
            "27 mm inside")
            && ContainsSubstring("no help\nAnkle dorsiflexion 25\u00b0")
            && ContainsSubstring("With the change (Weight held out in front)"));
    for (const auto& [name, value] : {std::pair{"adapt.singles.0.counterweight.mass_kg", 7.0},
                                      std::pair{"ladder.rungs.1.person.ankle_dorsiflexion_deg", 25.0}}) {
        const auto number = std::ranges::find(report.numbers, name, &ReportNumber::name);
        REQUIRE(number != report.numbers.end());
        CHECK(number->value == value);
    }
    found.needed = false;
    facts.adaptations = found;
    CHECK_THAT(all_text(report_of({facts}).document), ContainsSubstring("Nothing needs to change"));
}

TEST_CASE("A study's report counts its cells and says where the squat does", "[report]") {
    ReportStudy study;
    study.study.base = load_scenario(k_root / "scenarios/stiff_ankles.toml");
    study.study.def = {
        "weights",
        "How much?",
        "stiff_ankles",
        Evaluate::statics,
        std::nullopt,
        {{"person.ankle_dorsiflexion_deg", {18.0, 30.0}}, {"counterweight.mass_kg", {0.0, 8.0}}}};
    const CellList list = cells_of(study.study);
    std::string expected;
    for (std::size_t cell = 0; cell < list.count; ++cell) {
        study.rows.push_back(list.row(cell));
        const std::string region = region_of(study.rows.back(), Evaluate::statics);
        if (region != "short") expected += std::to_string(cell);
    }
    CHECK(expected == "123");  // the stiff person needs the weight
    ReportInput input;
    input.studies = {study};
    const BalanceReport report = balance_report(input, english(), ReadUnits::metric, {});
    const std::string text = all_text(report.document);
    CHECK_THAT(text, ContainsSubstring("4 settings of stiff_ankles") && ContainsSubstring("in 3 of them")
                         && ContainsSubstring("18\u00b0\n8 kg\n")
                         && ContainsSubstring("30\u00b0\n0 kg to 8 kg\n")
                         && ContainsSubstring(study_hash(study.study)));
}

TEST_CASE("The same input gives the same document and data", "[report]") {
    const ReportFacts facts = facts_of("able");
    const BalanceReport first = report_of({facts}), second = report_of({facts});
    CHECK(all_text(first.document) == all_text(second.document));
    CHECK(numbers_csv(first.numbers) == numbers_csv(second.numbers));
    CHECK(dictionary_csv(first, english()) == dictionary_csv(second, english()));
    REQUIRE(first.data.size() == second.data.size());
    for (std::size_t i = 0; i < first.data.size(); ++i) CHECK(first.data[i].bytes == second.data[i].bytes);
}
