// Tight or weak, what would help, and the way there.
#include <algorithm>
#include <cmath>

#include "render/report/report_sections.h"
#include "sim/balance/events.h"
#include "sim/scenario/scenario_fields.h"

namespace plumb {
namespace {

constexpr std::size_t k_pairs_told = 5;

std::string field_value(const ReportWriter& writer, std::string_view field, double value) {
    if (field == "person.strength_ratio") return writer.numbers.text(value, Quantity::percent);
    return writer.numbers.text(*find_field(field), value);
}

std::string noted_value(ReportWriter& writer, const std::string& name, std::string_view field, double value) {
    std::string shown = field_value(writer, field, value);
    writer.numbers.note(name, value, find_field(field)->unit, shown);
    return shown;
}

/// "calves", "all muscles", "all muscles on the left".
std::string tissue_phrase(const Texts& say, const std::string& tissue) {
    if (const auto known = say.find("tissues." + tissue)) return *known;
    if (const auto joint = say.find("joints." + tissue)) return *joint;
    std::string plain = tissue;
    std::ranges::replace(plain, '_', ' ');
    return say.word(plain);
}

std::string fix_phrase(ReportWriter& writer, const DiagnosisFix& fix, std::size_t index) {
    const Texts& say = writer.say;
    const bool angle = fix.unit == "deg";
    const Quantity quantity = angle ? Quantity::angle : Quantity::percent;
    const std::string name = "diagnosis.fixes." + std::to_string(index) + ".";
    return say(angle ? "diagnosis.fix_range" : "diagnosis.fix_strength",
               {{"what", tissue_phrase(say, fix.tissue)},
                {"field", say.field(fix.field, fix.unit)},
                {"need", writer.numbers.say(name + "need", fix.need, quantity)},
                {"have", writer.numbers.say(name + "have", fix.have, quantity)}});
}

std::string help_phrase(const Texts& say, Help help) { return say("help." + std::string(help_name(help))); }

/// "Counterweight mass 7 kg, Toe out 35°"
std::string changes_phrase(const ReportWriter& writer, const std::vector<FieldDifference>& changes) {
    std::string text;
    for (const FieldDifference& change : changes)
        text += (text.empty() ? "" : ", ") + change_phrase(writer, change);
    return text;
}

std::string answer_title(const Texts& say, const AdaptAnswer& answer) {
    if (answer.helps.empty()) return say("help.arms_in_front");
    std::string text = help_phrase(say, answer.helps.front());
    if (answer.helps.size() > 1)
        text = say("help.two", {{"first", text}, {"second", help_phrase(say, answer.helps[1])}});
    return text;
}

std::string interval_phrase(ReportWriter& writer, const AdaptAnswer& answer, const std::string& name) {
    if (!answer.interval || answer.helps.empty()) return "\u2013";
    const HelpInterval& interval = *answer.interval;
    const HelpRange range = help_range(answer.helps.front());
    const Field<ScenarioDef>& field = *find_field(range.field);
    const bool open = interval.open_above && interval.value.high >= range.cap;
    const auto noted = [&](const char* end, double value) {
        // Under the field's own unit: the table beside the report gives it exactly.
        const std::string shown = writer.numbers.text(field, value);
        writer.numbers.note(name + end, value, field.unit, shown);
        return shown;
    };
    std::string text = writer.say(
        open ? "adapt.between_open" : "adapt.between",
        {{"low", noted(".low", interval.value.low)}, {"high", noted(".high", interval.value.high)}});
    if (interval.cannot_tell) text += " " + writer.say("adapt.may_do");
    return text;
}

/// "A wall up to 74 cm behind the heels ..."
void add_catching_wall(ReportWriter& writer, const LeastChange& wall) {
    if (!wall.to) return;
    const auto length = [&](const char* name, double value_m) {
        return writer.numbers.say(std::string("adapt.wall.") + name, value_m, Quantity::length);
    };
    writer.paragraph(writer.say(wall.outcome == Outcome::caught_by_wall ? "adapt.wall" : "adapt.wall_held",
                                {{"distance", length("distance_m", *wall.to)},
                                 {"from", length("tested_from_m", wall.tested_from)},
                                 {"to", length("tested_to_m", wall.tested_to)},
                                 {"outcome", outcome_phrase(writer, wall.outcome)}}));
}

/// Changes of the setting, and those of the body.
struct SplitChanges {
    std::vector<FieldDifference> setting, body;
};
SplitChanges split(const std::vector<FieldDifference>& changes) {
    SplitChanges parts;
    for (const FieldDifference& change : changes)
        (change.field.starts_with("person.") ? parts.body : parts.setting).push_back(change);
    return parts;
}

}  // namespace

void add_stills_after(ReportWriter& writer, const ReportFacts& facts, const SceneBuilder& builder,
                      std::size_t most) {
    if (facts.after.empty()) return;
    const Texts& say = writer.say;
    const Recording& before = *facts.recording;
    const Events events = find_events(before);
    const StillDef wanted = report_still(View::side, 432, 360);
    std::vector<Figure> figures;
    const std::string now = outcome_phrase(writer, facts.assessment.outcome);
    figures.push_back(writer.still(builder, events.exit_frame.value_or(events.deepest_frame), wanted,
                                   say("adapt.before_caption"), say("adapt.before_alt", {{"outcome", now}})));
    for (std::size_t i = 0; i < std::min(most, facts.after.size()); ++i) {
        const AdaptAnswer& answer = facts.adaptations->singles[i];
        const SceneBuilder with(facts.after[i]);
        const std::string title = answer_title(say, answer);
        figures.push_back(
            writer.still(with, find_events(*facts.after[i]).deepest_frame, wanted,
                         say("adapt.after_caption", {{"change", title}}),
                         say("adapt.after_alt",
                             {{"change", title}, {"outcome", outcome_phrase(writer, answer.outcome)}})));
    }
    const int columns = static_cast<int>(figures.size());
    writer.figures(std::move(figures), columns);
}

Table answers_table(ReportWriter& writer, const std::vector<AdaptAnswer>& answers, std::size_t most,
                    bool pairs) {
    const Texts& say = writer.say;
    Table table;
    table.head = {say("adapt.change"), say("adapt.exactly")};
    table.shares = {0.28, 0.72};
    if (!pairs) {
        table.head.push_back(say("adapt.interval"));
        table.shares = {0.22, 0.32, 0.28};
    }
    table.head.push_back(say("adapt.margin"));
    table.shares.push_back(0.18);
    for (std::size_t i = 0; i < std::min(most, answers.size()); ++i) {
        const AdaptAnswer& answer = answers[i];
        const std::string name = std::string(pairs ? "adapt.pairs." : "adapt.singles.") + std::to_string(i);
        for (const FieldDifference& change : answer.changes)
            if (const double* const value = std::get_if<double>(&change.second))
                writer.numbers.note(name + "." + change.field, *value, change.unit,
                                    writer.numbers.text(*find_field(change.field), change.second));
        std::vector<std::string> row = {answer_title(say, answer), changes_phrase(writer, answer.changes)};
        if (!pairs) row.push_back(interval_phrase(writer, answer, name));
        row.push_back(margin_phrase(writer, name + ".planned_min_margin_m", answer.planned_min_margin_m));
        table.rows.push_back(std::move(row));
    }
    return table;
}

Table ladder_table(ReportWriter& writer, const Ladder& ladder) {
    const Texts& say = writer.say;
    Table table;
    table.head = {say("ladder.step"), say("ladder.help"), say("ladder.ability"), say("ladder.margin"),
                  say("ladder.wall")};
    table.shares = {0.08, 0.3, 0.28, 0.18, 0.16};
    for (std::size_t i = 0; i < ladder.rungs.size(); ++i) {
        const LadderRung& rung = ladder.rungs[i];
        const SplitChanges changes = split(rung.changes);
        const std::string help =
            changes.setting.empty() ? say("ladder.no_help") : changes_phrase(writer, changes.setting);
        if (!rung.holds) {
            table.rows.push_back({std::to_string(i + 1), help, say("ladder.pass_over"), "\u2013", "\u2013"});
            continue;
        }
        table.rows.push_back(
            {std::to_string(i + 1), help,
             changes.body.empty() ? say("ladder.as_today") : changes_phrase(writer, changes.body),
             margin_phrase(writer, "ladder.rungs." + std::to_string(i) + ".planned_min_margin_m",
                           rung.planned_min_margin_m),
             !rung.wall_may_stay ? "\u2013"
                                 : say(*rung.wall_may_stay ? "ladder.wall_stays" : "ladder.wall_goes")});
        for (const FieldDifference& change : rung.changes)
            if (const double* const value = std::get_if<double>(&change.second))
                writer.numbers.note("ladder.rungs." + std::to_string(i) + "." + change.field, *value,
                                    change.unit,
                                    writer.numbers.text(*find_field(change.field), change.second));
    }
    return table;
}

void add_diagnosis(ReportWriter& writer, const ReportFacts& facts) {
    const auto& diagnosis = facts.findings.diagnosis;
    if (!diagnosis
        || (diagnosis->kind == "none" && !diagnosis->without_wall && !diagnosis->without_push
            && !diagnosis->heels_down))
        return;
    const Texts& say = writer.say;
    writer.section("diagnosis.title");
    std::string without;
    for (const auto& [is, key] : {std::pair{diagnosis->without_wall, "diagnosis.without_wall"},
                                  std::pair{diagnosis->without_push, "diagnosis.without_push"},
                                  std::pair{diagnosis->heels_down, "diagnosis.heels_down"}})
        if (is) without += say(key) + " ";
    writer.paragraph(without + say("diagnosis." + diagnosis->kind));
    if (diagnosis->kind == "none") return;
    BulletList fixes;
    for (std::size_t i = 0; i < diagnosis->fixes.size(); ++i)
        fixes.items.push_back(fix_phrase(writer, diagnosis->fixes[i], i));
    if (!fixes.items.empty()) writer.add(std::move(fixes));
    if (diagnosis->need && !diagnosis->fixes.empty()) {
        const Quantity quantity =
            diagnosis->fixes.front().unit == "deg" ? Quantity::angle : Quantity::percent;
        writer.paragraph(
            say("diagnosis.need",
                {{"low", writer.numbers.say("diagnosis.need_interval.low", diagnosis->need->low, quantity)},
                 {"high",
                  writer.numbers.say("diagnosis.need_interval.high", diagnosis->need->high, quantity)}}),
            ParagraphStyle::quiet);
    }
    writer.paragraph(say("diagnosis.reading"), ParagraphStyle::quiet);
}

void add_adaptations(ReportWriter& writer, const ReportFacts& facts, const SceneBuilder& builder) {
    if (!facts.adaptations) return;
    const Adaptations& found = *facts.adaptations;
    const Texts& say = writer.say;
    writer.section("adapt.title");
    const std::string margin = writer.numbers.say("adapt.margin_m", found.margin_m, Quantity::small_length);
    if (!found.needed) return writer.paragraph(say("adapt.not_needed", {{"margin", margin}}));
    writer.paragraph(say("adapt.intro", {{"margin", margin}}));
    if (found.singles.empty())
        writer.paragraph(say("adapt.no_single"));
    else
        writer.add(answers_table(writer, found.singles, found.singles.size(), false));
    add_stills_after(writer, facts, builder, k_after_count);
    if (!found.pairs.empty()) {
        writer.paragraph(say("adapt.pairs"));
        writer.add(answers_table(writer, found.pairs, k_pairs_told, true));
    }
    if (found.wall) add_catching_wall(writer, *found.wall);
    BulletList without;
    for (const LeastChange& change : found.without)
        without.items.push_back(
            say("adapt.not_enough",
                {{"help", help_phrase(say, change.help)},
                 {"value", noted_value(writer, "adapt.not_enough." + std::string(help_name(change.help)),
                                       help_range(change.help).field, change.tested_to)},
                 {"outcome", outcome_phrase(writer, change.outcome)}}));
    if (!without.items.empty()) {
        writer.paragraph(say("adapt.without"));
        writer.add(std::move(without));
    }
    if (!found.complete) writer.paragraph(say("adapt.stopped"));
    writer.paragraph(say("adapt.reading"), ParagraphStyle::quiet);
}

void add_ladder(ReportWriter& writer, const ReportFacts& facts) {
    if (!facts.ladder) return;
    const Ladder& ladder = *facts.ladder;
    const Texts& say = writer.say;
    writer.section("ladder.title");
    if (!ladder.needed) return writer.paragraph(say("ladder.not_needed"));
    writer.paragraph(say("ladder.intro", {{"outcome", outcome_phrase(writer, ladder.outcome)},
                                          {"margin", margin_phrase(writer, "ladder.planned_min_margin_m",
                                                                   ladder.planned_min_margin_m)}}));
    std::string aside;
    for (const FieldDifference& change : ladder.laid_aside)
        aside += (aside.empty() ? "" : ", ") + say.field(change.field, change.unit);
    if (!aside.empty()) writer.paragraph(say("ladder.aside", {{"what", aside}}));
    if (ladder.wall) add_catching_wall(writer, *ladder.wall);
    if (ladder.rungs.empty()) {
        writer.paragraph(say("ladder.none"));
    } else {
        writer.add(ladder_table(writer, ladder));
        writer.paragraph(say("ladder.reading"));
    }
    if (!ladder.missing.empty()) writer.paragraph(say("ladder.ends_early"));
    if (!ladder.complete) writer.paragraph(say("adapt.stopped"));
}

}  // namespace plumb
