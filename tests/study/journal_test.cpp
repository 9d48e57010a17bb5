// The journal: entries that outlive a kill, files that are none, nothing left of what was deleted.
#include "sim/study/journal.h"

#include <algorithm>
#include <cmath>
#include <random>

#include <sqlite3.h>
#include <sys/wait.h>
#include <unistd.h>

#include "sim/base/input_error.h"
#include "tests/base/comma_locale.h"
#include "tests/catch.h"
#include "tests/e2e/folder.h"
#include "tests/scenario/complaints.h"

using namespace plumb;
using namespace plumb::test;
using Catch::Matchers::ContainsSubstring;

namespace {

constexpr int k_first_day = 20'000;

JournalEntry entry_of(int day) {
    JournalEntry entry{.day = day_text(k_first_day + day), .setting = "7 kg at arm's length, \"heels\" down"};
    entry.counterweight_kg = 0.1 * day;
    entry.depth = day % 2 == 0 ? Depth{DepthWord::parallel} : Depth{0.55};
    entry.repetitions = 5 + day % 7;
    entry.hold_s = 20.5;
    if (day % 3 != 0) entry.felt_night = Felt::stiff_but_fine;
    if (day % 5 != 0) entry.felt_morning = Felt::fine;
    entry.note = "day " + std::to_string(day) + ", gr\u00fc\u00dfe";
    return entry;
}

std::vector<JournalEntry> entries_until(int count) {
    std::vector<JournalEntry> entries;
    for (int day = 0; day < count; ++day) entries.push_back(entry_of(day));
    return entries;
}

void run_sql(const std::filesystem::path& file, const std::string& text) {
    sqlite3* database = nullptr;
    REQUIRE(sqlite3_open(file.c_str(), &database) == SQLITE_OK);
    const int code = sqlite3_exec(database, text.c_str(), nullptr, nullptr, nullptr);
    CHECK(code == SQLITE_OK);
    sqlite3_close(database);
}

std::string refusal_of(const std::filesystem::path& file, JournalUse use = JournalUse::keep) {
    return complaint_of([&] { (void)Journal(file, use).list(); });
}

}  // namespace

TEST_CASE("days of the calendar and nothing else", "[journal]") {
    CHECK(day_number("1970-01-01") == 0);
    CHECK(day_number("2026-11-28") == 20'785);
    CHECK(day_number("2028-02-29"));
    for (const char* wrong :
         {"", "2026-02-29", "2026-13-01", "2026-00-10", "2026-11-31", "26-11-28", "2026-1-28", "2026/11/28",
          "2026-11-28 ", "1969-12-31", "2200-01-01", "-026-11-28", "+026-11-28", "2026-11--8", "tomorrow!!"})
        CHECK_FALSE(day_number(wrong));
    for (int day = 0; day < 84'000; day += 13) CHECK(day_number(day_text(day)) == day);
}

TEST_CASE("an entry is kept as it was written", "[journal]") {
    const Folder folder;
    const auto file = folder / "journal.sqlite";
    {
        Journal journal(file);
        CHECK(journal.list().empty());
        for (const int day : {3, 0, 2, 1}) journal.add(entry_of(day));
    }
    // Nobody else reads how somebody's knees felt.
    CHECK((std::filesystem::status(file).permissions() & std::filesystem::perms(077))
          == std::filesystem::perms::none);
    CHECK(Journal(file, JournalUse::read).list() == entries_until(4));
    Journal journal(file);
    JournalEntry changed = entry_of(2);
    changed.felt_night = Felt::sore;
    changed.note.clear();
    journal.update(changed);
    auto expected = entries_until(4);
    expected[2] = changed;
    CHECK(journal.list() == expected);
    CHECK_THAT(complaint_of([&] { journal.add(entry_of(1)); }), ContainsSubstring("has an entry"));
    CHECK_THAT(complaint_of([&] { journal.update(entry_of(9)); }), ContainsSubstring("has no entry"));
    CHECK(journal.list() == expected);
}

TEST_CASE("an entry with a problem is refused with its field", "[journal]") {
    const Folder folder;
    Journal journal(folder / "journal.sqlite");
    const auto refused = [&](const char* field, auto change) {
        JournalEntry entry = entry_of(0);
        change(entry);
        CHECK_THAT(complaint_of([&] { journal.add(entry); }), ContainsSubstring(field));
    };
    refused("date", [](auto& e) { e.day = "2026-02-30"; });
    refused("setting", [](auto& e) { e.setting = ""; });
    refused("setting", [](auto& e) { e.setting = std::string(201, 'x'); });
    refused("setting", [](auto& e) { e.setting = "a\nb"; });
    refused("note", [](auto& e) { e.note = "\x1b[2J"; });
    refused("note", [](auto& e) { e.note = "\xff\xfe"; });
    refused("note", [](auto& e) { e.note = "\u202e"; });
    refused("note", [](auto& e) { e.note = std::string("a\0b", 3); });
    refused("repetitions", [](auto& e) { e.repetitions = 0; });
    refused("repetitions", [](auto& e) { e.repetitions = 501; });
    refused("hold", [](auto& e) { e.hold_s = -1.0; });
    refused("hold", [](auto& e) { e.hold_s = std::nan(""); });
    refused("depth", [](auto& e) { e.depth = 1.5; });
    refused("depth", [](auto& e) { e.depth = std::nan(""); });
    refused("weight", [](auto& e) { e.counterweight_kg = 41.0; });
    refused("stance", [](auto& e) { e.stance_m = HUGE_VAL; });
    refused("wedge", [](auto& e) { e.wedge_m = -0.01; });
    CHECK(journal.list().empty());
}

TEST_CASE("a process killed while it writes leaves every finished entry and no half one", "[journal]") {
    const Folder folder;
    const auto file = folder / "journal.sqlite";
    std::mt19937 random(11);
    int kept = 0, killed_while_writing = 0;
    for (int round = 0; round < 48; ++round) {
        int ends[2];
        REQUIRE(::pipe(ends) == 0);
        const pid_t child = ::fork();
        REQUIRE(child >= 0);
        if (child == 0) {
            ::close(ends[0]);
            try {
                Journal journal(file);
                for (int day = kept; day < kept + 1000; ++day) {
                    journal.add(entry_of(day));
                    if (::write(ends[1], "+", 1) != 1) ::_exit(1);
                }
            } catch (...) {
            }
            ::_exit(1);
        }
        ::close(ends[1]);
        // After none to two entries and a moment more: disks sync in 1 to 50 ms.
        int told = 0;
        char mark = 0;
        for (const int wait = std::uniform_int_distribution(0, 2)(random); told < wait; ++told)
            REQUIRE(::read(ends[0], &mark, 1) == 1);
        ::usleep(std::uniform_int_distribution<useconds_t>(0, 1u << (round % 16))(random));
        ::kill(child, SIGKILL);
        int status = 0;
        REQUIRE(::waitpid(child, &status, 0) == child);
        REQUIRE(WIFSIGNALED(status));
        while (::read(ends[0], &mark, 1) == 1) ++told;
        ::close(ends[0]);
        killed_while_writing += std::filesystem::exists(folder / "journal.sqlite-journal") ? 1 : 0;
        // Reading in half of the rounds, writing in the others, is what meets the rest of the kill.
        std::error_code error;
        if (round % 2 == 0 && !std::filesystem::exists(file, error)) continue;
        const auto entries = Journal(file, round % 2 == 0 ? JournalUse::read : JournalUse::keep).list();
        const int count = static_cast<int>(entries.size());
        CAPTURE(round, kept, told, count);
        REQUIRE(count >= kept + told);
        REQUIRE(count <= kept + told + 1);  // written, but not yet told
        REQUIRE(entries == entries_until(count));
        kept = count;
    }
    CHECK(kept > 0);
    CHECK(killed_while_writing > 0);
    Journal journal(file);
    journal.add(entry_of(kept));
    CHECK(journal.list() == entries_until(kept + 1));
}

TEST_CASE("what was deleted is not in the file any more", "[journal]") {
    const Folder folder;
    const auto file = folder / "journal.sqlite";
    const std::string secret = "my left knee hurts";
    Journal journal(file);
    const auto empty = std::filesystem::file_size(file);
    for (int day = 0; day < 60; ++day) {
        JournalEntry entry = entry_of(day);
        entry.note = secret + std::string(150, '.');  // several pages of the file
        journal.add(entry);
    }
    JournalEntry changed = entry_of(59);
    changed.note = "another";
    journal.update(changed);
    CHECK(read_file(file).find(secret) != std::string::npos);
    journal.remove_all();
    CHECK(journal.list().empty());
    const std::string bytes = read_file(file);
    CHECK(bytes.find(secret) == std::string::npos);
    CHECK(bytes.find("arm's length") == std::string::npos);
    CHECK(bytes.size() == empty);
    CHECK(tree_of(folder.path()).size() == 1);
    journal.add(entry_of(0));
    CHECK(journal.list() == entries_until(1));
    delete_journal(file);
    CHECK(tree_of(folder.path()).empty());
    CHECK_THAT(complaint_of([&] { delete_journal(file); }), ContainsSubstring("there is no journal"));
    CHECK(tree_of(folder.path()).empty());
}

TEST_CASE("what is no journal is refused in one line and left as it was", "[journal]") {
    const Folder folder;
    const auto file = folder / "x.sqlite";
    const auto other = [&](const std::string& bytes) {
        write_file(file, bytes);
        for (const JournalUse use : {JournalUse::keep, JournalUse::read})
            CHECK_THAT(refusal_of(file, use), ContainsSubstring("x.sqlite: is"));
        CHECK_THAT(complaint_of([&] { delete_journal(file); }), ContainsSubstring("x.sqlite: is"));
        CHECK(read_file(file) == bytes);
    };
    other("this is no database, though it is called one");
    other(std::string(5000, '\0'));
    std::filesystem::remove(file);
    run_sql(file, "CREATE TABLE cell (a, b); INSERT INTO cell VALUES (1, 2)");
    other(read_file(file));

    const auto good = folder / "good.sqlite";
    {
        Journal journal(good);
        for (const JournalEntry& entry : entries_until(40)) journal.add(entry);
    }
    const auto changed = [&](const std::string& sql, const std::string& says) {
        std::filesystem::copy_file(good, file, std::filesystem::copy_options::overwrite_existing);
        run_sql(file, sql);
        CHECK_THAT(refusal_of(file), ContainsSubstring(says) && ContainsSubstring("x.sqlite: is"));
    };
    changed("PRAGMA user_version = 2", "format 2");
    changed("CREATE TABLE more (a)", "table");
    changed("CREATE TRIGGER t AFTER INSERT ON entry BEGIN DELETE FROM entry; END", "table");
    changed("DROP TABLE entry; CREATE VIEW entry AS SELECT 1", "table");
    changed("UPDATE entry SET day = 'some day' WHERE day = '" + entry_of(3).day + "'", "some day");
    changed("UPDATE entry SET note = char(27)", "note");
    changed("UPDATE entry SET note = hex(zeroblob(1000))", "note");
    changed("UPDATE entry SET note = hex(zeroblob(1000000)) WHERE day = '" + entry_of(3).day + "'",
            "damaged");
    changed("UPDATE entry SET felt_night = 'splendid'", "how it felt");
    changed("UPDATE entry SET felt_night = 3", "how it felt");
    changed("UPDATE entry SET repetitions = 1e300", "repetitions");
    changed("UPDATE entry SET repetitions = 'many'", "repetitions");
    changed("UPDATE entry SET hold_s = NULL", "hold");
    changed("UPDATE entry SET depth = zeroblob(4)", "depth");
    changed("UPDATE entry SET stance_m = 9e99", "stance");

    // Any byte of it another one: an answer or one line, never anything else.
    const std::string bytes = read_file(good);
    std::mt19937 random(5);
    std::uniform_int_distribution<std::size_t> place(0, bytes.size() - 1);
    for (int i = 0; i < 400; ++i) {
        std::string hostile = bytes;
        for (int k = 0; k < 1 + i % 8; ++k)
            hostile[place(random) % (i % 2 == 0 ? 200 : bytes.size())] ^=
                static_cast<char>(1 + random() % 255);
        if (i % 10 == 0) hostile.resize(place(random));
        write_file(file, hostile);
        try {
            (void)Journal(file, i % 3 == 0 ? JournalUse::read : JournalUse::keep).list();
        } catch (const std::runtime_error& error) {
            CHECK(std::string(error.what()).find('\n') == std::string::npos);
        }
    }
}

TEST_CASE("folders, pipes, odd names and missing places are refused", "[journal]") {
    const Folder folder;
    CHECK_THAT(refusal_of(folder.path()), ContainsSubstring("is a folder"));
    CHECK_THAT(refusal_of(folder / "no/such/journal"), ContainsSubstring("folder does not exist"));
    CHECK_THAT(refusal_of(folder / "none", JournalUse::read), ContainsSubstring("there is no journal"));
    REQUIRE(::mkfifo((folder / "pipe").c_str(), 0600) == 0);
    CHECK_THAT(refusal_of(folder / "pipe"), ContainsSubstring("no regular file"));
    CHECK(tree_of(folder.path()).size() == 1);
    // Names that SQLite would take for something else.
    for (const char* name : {":memory:", "file:x?mode=memory"}) {
        Journal(folder / name).add(entry_of(0));
        CHECK(Journal(folder / name).list() == entries_until(1));
    }
}

TEST_CASE("locked by another program: one line, and later it goes on", "[journal]") {
    const Folder folder;
    const auto file = folder / "journal.sqlite";
    Journal(file).add(entry_of(0));
    sqlite3* other = nullptr;
    REQUIRE(sqlite3_open(file.c_str(), &other) == SQLITE_OK);
    REQUIRE(sqlite3_exec(other, "BEGIN EXCLUSIVE", nullptr, nullptr, nullptr) == SQLITE_OK);
    CHECK_THROWS_WITH(Journal(file), ContainsSubstring("another program is writing"));
    sqlite3_exec(other, "COMMIT", nullptr, nullptr, nullptr);
    Journal journal(file);
    REQUIRE(sqlite3_exec(other, "BEGIN IMMEDIATE", nullptr, nullptr, nullptr) == SQLITE_OK);
    CHECK_THROWS_WITH(journal.add(entry_of(1)), ContainsSubstring("another program is writing"));
    sqlite3_exec(other, "COMMIT", nullptr, nullptr, nullptr);
    sqlite3_close(other);
    journal.add(entry_of(1));
    CHECK(journal.list() == entries_until(2));
}

TEST_CASE("the CSV holds every entry, with '.' whatever the locale", "[journal]") {
    const CommaLocale comma;
    JournalEntry entry{.day = "2026-11-28", .setting = "feet wide, \"heels\" down"};
    entry.repetitions = 5;
    entry.hold_s = 20.5;
    entry.felt_night = Felt::fine;
    entry.felt_morning = Felt::stiff_but_fine;
    entry.stance_m = 0.45;
    entry.depth = 0.5;
    CHECK(
        journal_csv({entry})
        == "date,setting,counterweight_kg,stance_m,wedge_m,depth,repetitions,hold_s,felt_night,felt_morning,"
           "note\n2026-11-28,\"feet wide, \"\"heels\"\" down\",,0.45,,0.5,5,20.5,fine,stiff,\n");
}
