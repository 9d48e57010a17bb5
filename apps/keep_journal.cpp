// What the journal's words do.
#include <algorithm>
#include <atomic>
#include <csignal>
#include <cstdlib>
#include <filesystem>

#include "apps/commands.h"
#include "apps/home.h"
#include "apps/interruption.h"
#include "apps/journal_words.h"
#include "apps/run_text.h"
#include "apps/search_words.h"
#include "render/report/cairo_painter.h"
#include "render/report/journal_chart.h"
#include "sim/balance/assessment.h"
#include "sim/base/input_error.h"
#include "sim/base/text.h"
#include "sim/base/whole_file.h"
#include "sim/person/person.h"
#include "sim/plan/choose_path.h"
#include "sim/plan/depth_drop.h"
#include "sim/plan/squat_plan.h"
#include "sim/scenario/scenario_fields.h"
#include "sim/study/journal.h"

namespace plumb {
namespace {

namespace fs = std::filesystem;

fs::path journal_file(const JournalRequest& request) {
    if (!request.file) {
        const fs::path usual = usual_journal_file();
        if (usual.empty())
            throw InputError("no place for a journal: neither XDG_DATA_HOME nor HOME is set; give --file");
        return usual;
    }
    if (request.file->empty() || request.file->ends_with("/"))
        throw InputError("--file " + in_quotes(*request.file) + ": a file's name is missing");
    return *request.file;
}

std::string shown(const fs::path& file) { return printable(file.string(), 300); }

/// Entries of a journal that is there.
std::vector<JournalEntry> entries_in(const fs::path& file) {
    std::error_code error;
    if (!fs::exists(fs::symlink_status(file, error)))
        throw InputError(shown(file) + ": there is no journal; 'plumbline journal add' begins one");
    return Journal(file, JournalUse::read).list();
}

double number_of(const char* option, const std::string& text) {
    const std::optional<double> number = parse_number(text);
    if (!number) throw InputError(option + (" " + in_quotes(text)) + ": is no number");
    return *number;
}

std::optional<double> maybe_number(const char* option, const std::optional<std::string>& text) {
    return text ? std::optional(number_of(option, *text)) : std::nullopt;
}

std::optional<Felt> maybe_felt(const char* option, const std::optional<std::string>& text) {
    if (!text) return std::nullopt;
    const std::optional<Felt> felt = felt_from(*text);
    if (!felt) throw InputError(option + (" " + in_quotes(*text)) + ": allowed fine, stiff, sore, painful");
    return felt;
}

JournalEntry typed_entry(const JournalRequest& request) {
    JournalEntry entry{.day = *request.date, .setting = *request.setting};
    const double repetitions = number_of("--repetitions", *request.repetitions);
    if (!(repetitions >= 1.0 && repetitions <= k_most_repetitions)
        || repetitions != static_cast<int>(repetitions))
        throw InputError("--repetitions " + in_quotes(*request.repetitions)
                         + ": allowed a whole number from 1 to " + std::to_string(k_most_repetitions));
    entry.repetitions = static_cast<int>(repetitions);
    entry.hold_s = number_of("--hold", *request.hold);
    const std::optional<Depth> depth = depth_from(*request.depth);
    if (!depth)
        throw InputError("--depth " + in_quotes(*request.depth)
                         + ": allowed half, parallel, full or a hip drop from 0 to 1");
    entry.depth = *depth;
    entry.counterweight_kg = maybe_number("--weight", request.weight);
    entry.stance_m = maybe_number("--stance", request.stance);
    entry.wedge_m = maybe_number("--wedge", request.wedge);
    entry.felt_night = maybe_felt("--night", request.night);
    entry.felt_morning = maybe_felt("--morning", request.morning);
    entry.note = request.note.value_or("");
    if (const std::string problem = find_entry_problem(entry); !problem.empty())
        throw InputError("--" + problem);
    return entry;
}

std::string amount_words(int repetitions, double hold_s) {
    return std::to_string(repetitions) + (repetitions == 1 ? " repetition" : " repetitions, each")
           + (hold_s > 0.0 ? " held " + number_text(hold_s) + " s" : " without holding");
}

std::string depth_words(const Depth& depth) {
    return (std::holds_alternative<double>(depth) ? "hip drop " : "") + depth_name(depth);
}

std::string felt_line(const JournalEntry& entry) {
    const auto words = [](const std::optional<Felt>& felt) {
        return felt ? std::string(felt_words(*felt)) : std::string("not written");
    };
    return "that night " + words(entry.felt_night) + ", next morning " + words(entry.felt_morning);
}

std::string entry_text(const JournalEntry& entry) {
    std::string text = entry.day + ": " + amount_words(entry.repetitions, entry.hold_s) + "; depth "
                       + depth_words(entry.depth) + "; " + entry.setting + "; " + felt_line(entry);
    if (!entry.note.empty()) text += "; " + entry.note;
    return text;
}

bool has_day(const std::vector<JournalEntry>& entries, const std::string& day) {
    return std::ranges::any_of(entries, [&](const JournalEntry& e) { return e.day == day; });
}

void add(const JournalRequest& request) {
    const JournalEntry entry = typed_entry(request);
    const fs::path file = journal_file(request);
    if (!request.file) {
        std::error_code error;
        fs::create_directories(file.parent_path().parent_path(), error);
        if (fs::create_directory(file.parent_path(), error))
            fs::permissions(file.parent_path(), fs::perms::owner_all, error);  // nobody else's business
    }
    Journal journal(file);
    if (!has_day(journal.list(), entry.day))
        journal.add(entry);
    else if (request.replace)
        journal.update(entry);
    else
        throw InputError("--date " + entry.day
                         + ": is written already; --replace puts this in its place, "
                           "'journal felt' says how it felt");
    put(wrapped("Written to " + shown(file) + ", " + entry_text(entry), 0));
}

void felt(const JournalRequest& request) {
    const std::optional<Felt> night = maybe_felt("--night", request.night),
                              morning = maybe_felt("--morning", request.morning);
    if (!day_number(*request.date))
        throw InputError("--date " + in_quotes(*request.date)
                         + ": allowed a day as 2026-11-28, from 1970 to 2199");
    if (!night && !morning) throw InputError("journal felt: --night or --morning is missing");
    const fs::path file = journal_file(request);
    const std::vector<JournalEntry> entries = entries_in(file);
    const auto found = std::ranges::find(entries, *request.date, &JournalEntry::day);
    if (found == entries.end())
        throw InputError("--date " + *request.date + ": nothing is written of that day");
    JournalEntry entry = *found;
    if (night) entry.felt_night = night;
    if (morning) entry.felt_morning = morning;
    Journal(file).update(entry);
    put(wrapped("Written, " + entry_text(entry), 0));
}

void list(const JournalRequest& request) {
    const std::vector<JournalEntry> entries = entries_in(journal_file(request));
    std::string text;
    for (const JournalEntry& entry : entries) text += wrapped(entry_text(entry), 0);
    put(entries.empty() ? "Nothing is written yet.\n" : text);
}

void suggest(const JournalRequest& request) {
    const std::vector<JournalEntry> entries = entries_in(journal_file(request));
    std::string text;
    if (!entries.empty()) text = wrapped("Last, " + entry_text(entries.back()), 0) + "\n";
    if (const std::optional<Dose> dose = next_dose(entries))
        text += wrapped("Next, not before " + dose->from_day + ": "
                            + amount_words(dose->repetitions, dose->hold_s) + ". " + dose->why,
                        0);
    else
        text += wrapped(why_no_dose(entries), 0);
    put(text + "\n" + wrapped(k_dose_note, 0) + wrapped(k_safety_note, 0));
}

/// The file to write, which must not be the journal itself.
WholeFile output_of(const JournalRequest& request, const fs::path& journal) {
    const WholeFile out{"FILE", *request.out};
    check_whole_file(out);
    if (is_same_file(out, {"--file", journal.string()}))
        throw InputError("FILE " + shown(*request.out) + ": is the journal itself");
    return out;
}

void write_csv(const JournalRequest& request) {
    if (fs::path(*request.out).extension() != ".csv")
        throw InputError("FILE " + in_quotes(*request.out) + ": an export ends in .csv");
    const fs::path file = journal_file(request);
    WholeFile out = output_of(request, file);
    const std::vector<JournalEntry> entries = entries_in(file);
    out.bytes = journal_csv(entries);
    write_whole_files({out});
    put("Wrote " + std::to_string(entries.size()) + (entries.size() == 1 ? " entry to " : " entries to ")
        + shown(*request.out) + "\n");
}

/// Where the words for depth lie on this body's way down; nothing where it does not get there.
std::optional<DepthDrops> drops_of(const ScenarioDef& scenario) {
    const ScenarioDef resolved = resolve_scenario(scenario);
    const SquatPlan plan = plan_squat(build_person(resolved.person), resolved, PlanDetail::motion);
    const std::vector<PlanKnot> way = choose_path(plan.model).knots;
    const DepthDrops drops{asked_drop(plan.model, DepthWord::half, way),
                           asked_drop(plan.model, DepthWord::parallel, way),
                           asked_drop(plan.model, DepthWord::full, way)};
    return drops.full <= way.back().drop ? std::optional(drops) : std::nullopt;
}

void draw(const JournalRequest& request) {
    const std::string end = fs::path(*request.out).extension().string();
    if (end != ".png" && end != ".svg")
        throw InputError("FILE " + in_quotes(*request.out) + ": a figure ends in .png or .svg");
    const fs::path file = journal_file(request);
    WholeFile out = output_of(request, file);
    const std::vector<JournalEntry> entries = entries_in(file);
    std::optional<ScenarioDef> scenario;
    if (request.ladder) scenario = read_scenario(*request.ladder, {});

    std::optional<Ladder> ladder;
    std::string remark;
    if (scenario) {
        const std::atomic<bool>* const stopped = stop_on({SIGINT});
        SearchProgress progress;
        ladder = find_ladder(
            *scenario, {}, [&](double share) { progress.tell(share); }, stopped);
        progress.end();
        end_if_stopped();
        if (ladder->rungs.empty())
            remark = ladder->needed ? "; the ladder has no rungs: " + ladder->missing
                                    : std::string("; no ladder is needed: the squat does without help");
    }
    std::optional<DepthDrops> drops;
    if (ladder && !ladder->rungs.empty()) drops = drops_of(ladder->rungs.back().scenario);
    if (!drops) drops = drops_of(ScenarioDef{});
    const JournalFigure figure =
        journal_figure(entries, drops.value_or(DepthDrops{}), ladder ? &*ladder : nullptr);
    constexpr int k_width = 1200, k_height = 800;
    const auto paint = [&](Painter& painter) {
        draw_journal_figure(painter, figure, {0.0, 0.0, k_width, k_height}, light_theme(), 16.0);
    };
    out.bytes = (end == ".png" ? png_of : svg_of)(k_width, k_height, light_theme().page, paint);
    write_whole_files({out});
    put("Wrote " + shown(*request.out) + remark + "\n");
}

void remove(const JournalRequest& request) {
    const fs::path file = journal_file(request);
    if (!request.yes) throw InputError("journal delete: give --yes to delete " + shown(file) + " for good");
    delete_journal(file);
    put("Deleted " + shown(file) + "\n");
}

}  // namespace

void keep_journal(const JournalRequest& request) {
    switch (request.act) {
    case JournalAct::add: return add(request);
    case JournalAct::felt: return felt(request);
    case JournalAct::list: return list(request);
    case JournalAct::next: return suggest(request);
    case JournalAct::export_csv: return write_csv(request);
    case JournalAct::figure: return draw(request);
    case JournalAct::remove: return remove(request);
    }
}

}  // namespace plumb
