// The article's rule, dose by tolerance: how it felt that night and next morning decides.
#include <algorithm>
#include <cmath>

#include "sim/base/text.h"
#include "sim/study/journal.h"

namespace plumb {
namespace {

constexpr double k_hold_step_s = 5.0, k_repetition_share = 0.1;  ///< one step up
constexpr double k_after_soreness = 0.8, k_after_pain = 0.5;     ///< of the last dose

/// The last entry and the one before it, by day; of two with the same day the later in the list.
struct LastTwo {
    const JournalEntry* last = nullptr;
    const JournalEntry* before = nullptr;
};

LastTwo last_two(const std::vector<JournalEntry>& entries) {
    LastTwo two;
    for (const JournalEntry& entry : entries) {
        if (two.last == nullptr || entry.day >= two.last->day) {
            two.before = two.last;
            two.last = &entry;
        } else if (two.before == nullptr || entry.day >= two.before->day) {
            two.before = &entry;
        }
    }
    return two;
}

std::string counted(int repetitions) {
    return std::to_string(repetitions) + (repetitions == 1 ? " repetition" : " repetitions");
}

/// Repetitions or hold, in turns: never both.
void raise(Dose& dose, const JournalEntry& last, const JournalEntry* before) {
    const int more = std::max(1, static_cast<int>(std::floor(k_repetition_share * last.repetitions)));
    const bool room_to_repeat = last.repetitions + more <= k_most_repetitions,
               room_to_hold = last.hold_s + k_hold_step_s <= k_most_hold_s;
    const bool repeated_more = before != nullptr && last.repetitions > before->repetitions;
    const std::string begin = "It felt fine that night and next morning: ";
    if (room_to_hold && (repeated_more || !room_to_repeat)) {
        dose.hold_s = last.hold_s + k_hold_step_s;
        dose.why = begin + "a little longer, " + number_text(k_hold_step_s) + " s, with as many repetitions.";
    } else if (room_to_repeat) {
        dose.repetitions = last.repetitions + more;
        dose.why = begin + "a little more, " + counted(more) + ", held no longer.";
    } else {
        dose.why = begin + "the same again; this is as much as the journal counts.";
    }
}

/// About a share of what was done: fewer repetitions; of a single one a shorter hold.
void lower(Dose& dose, const JournalEntry& last, double share, double rounding) {
    if (last.repetitions > 1)
        dose.repetitions = std::clamp(static_cast<int>(std::floor(share * last.repetitions + rounding)), 1,
                                      last.repetitions - 1);
    else
        dose.hold_s = std::floor(share * last.hold_s);
}

std::string no_less(const Dose& dose, const JournalEntry& last) {
    return dose.repetitions == last.repetitions && dose.hold_s >= last.hold_s
               ? " One repetition is the least there is: less deep, or with more help."
               : "";
}

}  // namespace

std::string why_no_dose(const std::vector<JournalEntry>& entries) {
    const JournalEntry* const last = last_two(entries).last;
    if (last == nullptr) return "Nothing is written yet: the first dose is yours to choose, and small.";
    if (last->felt_night && last->felt_morning) return {};
    const char* const missing = last->felt_night     ? "next morning"
                                : last->felt_morning ? "that night"
                                                     : "that night and next morning";
    return "Wait for the morning: how " + printable(last->day, 20) + " felt " + missing
           + " is not written yet, and that decides.";
}

std::optional<Dose> next_dose(const std::vector<JournalEntry>& entries) {
    const auto [last, before] = last_two(entries);
    if (last == nullptr || !last->felt_night || !last->felt_morning) return std::nullopt;
    const std::optional<int> day = day_number(last->day);
    if (!day) return std::nullopt;
    Dose dose{.repetitions = last->repetitions, .hold_s = last->hold_s};
    switch (std::max(*last->felt_night, *last->felt_morning)) {
    case Felt::fine: raise(dose, *last, before); break;
    case Felt::stiff_but_fine: dose.why = "Stiff but fine: the same again, no more."; break;
    case Felt::sore:
        dose.rest_first = true;
        lower(dose, *last, k_after_soreness, 0.5);
        dose.why = "Sore: rest a day, then do less." + no_less(dose, *last);
        break;
    case Felt::painful:
        dose.rest_first = true;
        lower(dose, *last, k_after_pain, 0.0);
        dose.why =
            "Painful: rest, and not again before it is gone; then half. Ask somebody who can examine you."
            + no_less(dose, *last);
        break;
    }
    dose.from_day = day_text(*day + (dose.rest_first ? 2 : 1));
    return dose;
}

}  // namespace plumb
