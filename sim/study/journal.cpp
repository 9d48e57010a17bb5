// Entries: their words, what is allowed, CSV.
#include "sim/study/journal.h"

#include <algorithm>
#include <charconv>
#include <chrono>
#include <cmath>
#include <cstdio>

#include "sim/base/check.h"
#include "sim/base/text.h"

namespace plumb {
namespace {

constexpr std::array<std::pair<DepthWord, const char*>, 3> k_depth_words = {
    {{DepthWord::half, "half"}, {DepthWord::parallel, "parallel"}, {DepthWord::full, "full"}}};

/// Exactly `digits` decimal digits.
std::optional<int> whole_number(std::string_view text) {
    int value = 0;
    if (!std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; })) return std::nullopt;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
    return value;
}

std::string text_problem(const char* name, const std::string& text) {
    if (text.size() > k_longest_journal_text)
        return std::string(name) + " " + in_quotes(text) + ": allowed up to "
               + std::to_string(k_longest_journal_text) + " bytes";
    if (printable(text) != text)
        return std::string(name) + " " + in_quotes(text) + ": holds what is no printable UTF-8 text";
    return {};
}

std::string range_problem(const char* name, const std::optional<double>& value, double most,
                          const char* unit) {
    if (!value || (*value >= 0.0 && *value <= most)) return {};
    return std::string(name) + " " + number_text(*value) + ": allowed 0 to " + number_text(most) + " " + unit;
}

std::string cell(const std::optional<double>& value) { return value ? number_text(*value) : ""; }
std::string cell(const std::optional<Felt>& felt) { return felt ? std::string(felt_name(*felt)) : ""; }

}  // namespace

std::string_view felt_name(Felt felt) {
    return std::array{"fine", "stiff", "sore", "painful"}[static_cast<std::size_t>(felt)];
}
std::string_view felt_words(Felt felt) {
    return felt == Felt::stiff_but_fine ? "stiff but fine" : felt_name(felt);
}
std::optional<Felt> felt_from(std::string_view name) {
    for (const Felt felt : k_felts)
        if (felt_name(felt) == name) return felt;
    return std::nullopt;
}

std::optional<int> day_number(std::string_view day) {
    if (day.size() != 10 || day[4] != '-' || day[7] != '-') return std::nullopt;
    const auto y = whole_number(day.substr(0, 4)), m = whole_number(day.substr(5, 2)),
               d = whole_number(day.substr(8, 2));
    if (!y || !m || !d || *y < 1970 || *y > 2199) return std::nullopt;
    const std::chrono::year_month_day date{std::chrono::year(*y),
                                           std::chrono::month(static_cast<unsigned>(*m)),
                                           std::chrono::day(static_cast<unsigned>(*d))};
    if (!date.ok()) return std::nullopt;
    return static_cast<int>(std::chrono::sys_days(date).time_since_epoch().count());
}

std::string day_text(int number) {
    const std::chrono::year_month_day date{std::chrono::sys_days(std::chrono::days(number))};
    char text[40];
    std::snprintf(text, sizeof text, "%04d-%02u-%02u", static_cast<int>(date.year()),
                  static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()));
    return text;
}

std::string depth_name(const Depth& depth) {
    if (const double* drop = std::get_if<double>(&depth)) return number_text(*drop);
    for (const auto& [word, name] : k_depth_words)
        if (std::get<DepthWord>(depth) == word) return name;
    PLUMB_CHECK(false, "every depth word has a name");
    return {};
}

std::optional<Depth> depth_from(std::string_view name) {
    for (const auto& [word, known] : k_depth_words)
        if (name == known) return word;
    const std::optional<double> drop = parse_number(name);
    if (!drop || !(*drop >= 0.0 && *drop <= 1.0)) return std::nullopt;
    return *drop;
}

std::string find_entry_problem(const JournalEntry& entry) {
    if (!day_number(entry.day))
        return "date " + in_quotes(entry.day) + ": allowed a day as 2026-11-28, from 1970 to 2199";
    if (entry.setting.empty()) return "setting: words are missing";
    const double* const drop = std::get_if<double>(&entry.depth);
    if (drop != nullptr && !(*drop >= 0.0 && *drop <= 1.0))
        return "depth " + number_text(*drop) + ": allowed half, parallel, full or a hip drop from 0 to 1";
    if (entry.repetitions < 1 || entry.repetitions > k_most_repetitions)
        return "repetitions " + std::to_string(entry.repetitions) + ": allowed 1 to "
               + std::to_string(k_most_repetitions);
    for (const std::string& problem :
         {text_problem("setting", entry.setting), text_problem("note", entry.note),
          range_problem("hold", entry.hold_s, k_most_hold_s, "s"),
          range_problem("weight", entry.counterweight_kg, 40.0, "kg"),
          range_problem("stance", entry.stance_m, 1.0, "m"), range_problem("wedge", entry.wedge_m, 0.1, "m")})
        if (!problem.empty()) return problem;
    return {};
}

std::string journal_csv(const std::vector<JournalEntry>& entries) {
    std::string text = "date,setting,counterweight_kg,stance_m,wedge_m,depth,repetitions,hold_s,felt_night,"
                       "felt_morning,note\n";
    for (const JournalEntry& e : entries)
        text += e.day + "," + csv_word(e.setting) + "," + cell(e.counterweight_kg) + "," + cell(e.stance_m)
                + "," + cell(e.wedge_m) + "," + depth_name(e.depth) + "," + std::to_string(e.repetitions)
                + "," + number_text(e.hold_s) + "," + cell(e.felt_night) + "," + cell(e.felt_morning) + ","
                + csv_word(e.note) + "\n";
    return text;
}

}  // namespace plumb
