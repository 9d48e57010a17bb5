// A person's own journal of squats, and the article's rule for the next dose: how it felt that night and next morning
// decides (docs/journal.md). Kept only by who asks for it; no clock: days come from the caller.
#pragma once

#include <array>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "sim/scenario/scenario_def.h"

namespace plumb {

/// In rising order: the worse of night and morning decides.
enum class Felt { fine, stiff_but_fine, sore, painful };
inline constexpr std::array<Felt, 4> k_felts = {Felt::fine, Felt::stiff_but_fine, Felt::sore, Felt::painful};
/// "fine", "stiff", "sore", "painful": as typed and kept.
[[nodiscard]] std::string_view felt_name(Felt felt);
/// "stiff but fine": as shown.
[[nodiscard]] std::string_view felt_words(Felt felt);
[[nodiscard]] std::optional<Felt> felt_from(std::string_view name);

inline constexpr std::size_t k_longest_journal_text = 200, k_most_journal_entries = 20000;
inline constexpr int k_most_repetitions = 500;
inline constexpr double k_most_hold_s = 3600.0;

/// What was done on one day. One entry a day: the rule asks for a night between two doses.
struct JournalEntry {
    std::string day;      ///< "2026-11-28"
    std::string setting;  ///< in the person's words: "7 kg at arm's length"
    // What was used, where it is to be drawn over time; 0: none of it, absent: not said.
    std::optional<double> counterweight_kg{}, stance_m{}, wedge_m{};
    Depth depth = DepthWord::full;  ///< reached; a number is a hip drop
    int repetitions = 1;
    double hold_s = 0.0;  ///< at the bottom, each time
    std::optional<Felt> felt_night{}, felt_morning{};
    std::string note{};
    bool operator==(const JournalEntry&) const = default;
};

/// Days since 1970-01-01 of a day from 1970 to 2199 written as "2026-11-28"; nothing for anything else ("2026-02-30").
[[nodiscard]] std::optional<int> day_number(std::string_view day);
[[nodiscard]] std::string day_text(int number);

/// "full", "0.52": as typed and kept.
[[nodiscard]] std::string depth_name(const Depth& depth);
[[nodiscard]] std::optional<Depth> depth_from(std::string_view name);

/// What is wrong with an entry, in one line that names the field and what is allowed; empty when it can be kept.
[[nodiscard]] std::string find_entry_problem(const JournalEntry& entry);

/// `keep` makes the file where there is none; `read` makes nothing and never changes an entry.
enum class JournalUse { keep, read };

/// One SQLite file that only its owner may read. Not for several threads. What is written is there after a kill and after a power
/// cut, whole or not at all. InputError for what is no journal, is damaged, of a newer format, read-only (for `keep`) or
/// not there (for `read`); std::runtime_error with one line when it is locked by another program or the disk is full.
class Journal {
  public:
    explicit Journal(const std::filesystem::path& file, JournalUse use = JournalUse::keep);
    ~Journal();
    Journal(const Journal&) = delete;
    Journal& operator=(const Journal&) = delete;
    Journal(Journal&&) noexcept;

    /// InputError for an entry with a problem and for a day that has one.
    void add(const JournalEntry& entry);
    /// Replaces the entry of that day. InputError for an entry with a problem and for a day that has none.
    void update(const JournalEntry& entry);
    /// By day, oldest first.
    [[nodiscard]] std::vector<JournalEntry> list() const;
    /// Deletes every entry for good: their bytes are overwritten and the file shrinks to an empty journal's.
    void remove_all();

  private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

/// Deletes every entry for good, then the file. InputError unless it is a journal.
void delete_journal(const std::filesystem::path& file);

/// One line an entry under a line of names; empty cells for what is not said.
[[nodiscard]] std::string journal_csv(const std::vector<JournalEntry>& entries);

/// What to do next: never more than one step beyond what was done last.
struct Dose {
    int repetitions = 1;
    double hold_s = 0.0;      ///< each time
    bool rest_first = false;  ///< a whole day without, after the one of the last dose's morning
    std::string from_day{};   ///< not before; always after the last entry's
    std::string why{};
    bool operator==(const Dose&) const = default;
};

/// The rule: fine twice, a little more (a repetition, or one in ten; or 5 s, whichever was not raised last); stiff but fine, the
/// same; sore, rest, then a fifth less; painful, rest, then half. Entries in any order; none, or the last not yet judged twice:
/// nothing.
[[nodiscard]] std::optional<Dose> next_dose(const std::vector<JournalEntry>& entries);
/// Why there is no next dose yet; empty when there is one.
[[nodiscard]] std::string why_no_dose(const std::vector<JournalEntry>& entries);

/// Goes with every suggestion, after the safety note.
inline constexpr const char* k_dose_note = "How it feels that night and next morning decides, not this "
                                           "suggestion: do less whenever you like, never more. Who has "
                                           "pain asks somebody who can examine them.";

}  // namespace plumb
