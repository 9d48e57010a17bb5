// The rule for the next dose: it never runs ahead of how the last one felt.
#include <algorithm>
#include <cmath>
#include <random>

#include "sim/study/journal.h"
#include "tests/catch.h"

using namespace plumb;
using Catch::Matchers::ContainsSubstring;

namespace {

JournalEntry judged(const std::string& day, int repetitions, double hold_s, Felt night, Felt morning) {
    JournalEntry entry{.day = day, .setting = "no help"};
    entry.repetitions = repetitions;
    entry.hold_s = hold_s;
    entry.felt_night = night;
    entry.felt_morning = morning;
    return entry;
}

}  // namespace

TEST_CASE("the next dose waits for the morning", "[journal]") {
    CHECK_FALSE(next_dose({}));
    CHECK_THAT(why_no_dose({}), ContainsSubstring("Nothing is written"));
    JournalEntry entry = judged("2026-11-28", 5, 20.0, Felt::fine, Felt::fine);
    CHECK(why_no_dose({entry}).empty());
    entry.felt_morning.reset();
    CHECK_FALSE(next_dose({entry}));
    CHECK_THAT(why_no_dose({entry}), ContainsSubstring("next morning") && ContainsSubstring("Wait"));
    entry.felt_night.reset();
    CHECK_FALSE(next_dose({judged("2026-11-27", 5, 20.0, Felt::fine, Felt::fine), entry}));
}

TEST_CASE("the next dose by how it felt", "[journal]") {
    const auto after = [](int repetitions, double hold_s, Felt night, Felt morning) {
        const auto dose = next_dose({judged("2026-02-28", repetitions, hold_s, night, morning)});
        REQUIRE(dose);
        return *dose;
    };
    using enum Felt;
    CHECK(after(5, 20, fine, fine).repetitions == 6);
    CHECK(after(5, 20, fine, fine).hold_s == 20.0);
    CHECK(after(30, 20, fine, fine).repetitions == 33);
    CHECK(after(5, 20, fine, fine).from_day == "2026-03-01");
    CHECK(after(5, 20, fine, stiff_but_fine).repetitions == 5);
    CHECK_FALSE(after(5, 20, stiff_but_fine, fine).rest_first);
    const Dose sore_dose = after(10, 20, sore, fine);
    CHECK(sore_dose.repetitions == 8);
    CHECK(sore_dose.rest_first);
    CHECK(sore_dose.from_day == "2026-03-02");
    CHECK(after(2, 20, fine, sore).repetitions == 1);
    CHECK(after(1, 20, fine, sore).hold_s == 16.0);
    CHECK_THAT(after(1, 0, fine, sore).why, ContainsSubstring("more help"));
    CHECK(after(10, 20, painful, fine).repetitions == 5);
    CHECK(after(5, 20, painful, fine).repetitions == 2);
    CHECK(after(6, 20, sore, fine).repetitions == 5);
    CHECK(after(1, 20, sore, painful).hold_s == 10.0);
    CHECK_THAT(after(10, 20, fine, painful).why, ContainsSubstring("examine"));
    // What was raised last is not raised again.
    const auto in_turns =
        next_dose({judged("2026-02-27", 5, 20, fine, fine), judged("2026-02-28", 6, 20, fine, fine)});
    CHECK(in_turns->repetitions == 6);
    CHECK(in_turns->hold_s == 25.0);
    CHECK(after(k_most_repetitions, k_most_hold_s, fine, fine).repetitions == k_most_repetitions);
}

TEST_CASE("whatever the history, the next dose is at most one step more and never raised after soreness",
          "[journal]") {
    std::mt19937 random(23);
    const auto pick = [&](int low, int high) { return std::uniform_int_distribution(low, high)(random); };
    const auto felt = [&]() -> std::optional<Felt> {
        const int which = pick(0, 5);
        return which > 3 ? (which == 4 ? std::optional(Felt::fine) : std::nullopt)
                         : std::optional(k_felts[static_cast<std::size_t>(which)]);
    };
    int raised = 0, lowered = 0, none = 0;
    for (int i = 0; i < 20'000; ++i) {
        std::vector<JournalEntry> history;
        for (int k = pick(0, 8), day = pick(10'000, 30'000); k > 0; --k, day += pick(1, 30)) {
            JournalEntry entry{.day = day_text(day), .setting = "as ever"};
            entry.repetitions = pick(0, 3) == 0 ? pick(1, k_most_repetitions) : pick(1, 12);
            entry.hold_s = pick(0, 3) == 0 ? pick(0, static_cast<int>(k_most_hold_s)) : 0.5 * pick(0, 120);
            entry.felt_night = felt();
            entry.felt_morning = felt();
            history.push_back(entry);
        }
        const auto dose = next_dose(history);
        CHECK(next_dose(history) == dose);
        CHECK(why_no_dose(history).empty() == dose.has_value());
        auto shuffled = history;
        std::ranges::shuffle(shuffled, random);
        CHECK(next_dose(shuffled) == dose);
        if (!dose) {
            ++none;
            CHECK((history.empty() || !history.back().felt_night || !history.back().felt_morning));
            continue;
        }
        const JournalEntry& last = history.back();
        CAPTURE(last.repetitions, last.hold_s, dose->repetitions, dose->hold_s, dose->why);
        const Felt worse = std::max(*last.felt_night, *last.felt_morning);
        const bool more_often = dose->repetitions > last.repetitions, longer = dose->hold_s > last.hold_s;
        REQUIRE(dose->repetitions - last.repetitions <= std::max(1.0, std::round(0.1 * last.repetitions)));
        REQUIRE(dose->hold_s - last.hold_s <= 5.0);
        REQUIRE_FALSE((more_often && longer));
        REQUIRE((worse == Felt::fine || (!more_often && !longer)));
        REQUIRE(dose->repetitions >= 1);
        REQUIRE(dose->hold_s >= 0.0);
        REQUIRE(dose->rest_first == (worse >= Felt::sore));
        REQUIRE(*day_number(dose->from_day) - *day_number(last.day) == (dose->rest_first ? 2 : 1));
        if (worse >= Felt::sore && last.repetitions > 1) REQUIRE(dose->repetitions < last.repetitions);
        if (worse == Felt::stiff_but_fine)
            REQUIRE((dose->repetitions == last.repetitions && dose->hold_s == last.hold_s));
        // What it suggests can be kept as the next entry.
        JournalEntry next = last;
        next.day = dose->from_day;
        next.repetitions = dose->repetitions;
        next.hold_s = dose->hold_s;
        REQUIRE(find_entry_problem(next).empty());
        raised += more_often || longer ? 1 : 0;
        lowered += dose->repetitions < last.repetitions ? 1 : 0;
    }
    CHECK(raised > 100);
    CHECK(lowered > 100);
    CHECK(none > 100);
}
