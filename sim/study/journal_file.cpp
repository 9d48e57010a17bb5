// The journal's SQLite file: one table, a line a day.
#include <cerrno>
#include <system_error>
#include <utility>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "sim/base/file_calls.h"
#include "sim/base/input_error.h"
#include "sim/base/text.h"
#include "sim/study/journal.h"
#include "sim/study/sqlite.h"

namespace plumb {
namespace {

constexpr std::size_t k_application_id = 0x504c4a6f;  ///< "PLJo", in the file's header
constexpr std::size_t k_format = 1;                   ///< in the header's user_version
/// Compared byte by byte: a file whose table, triggers or views are other ones is no journal.
constexpr const char* k_table =
    "CREATE TABLE entry (day TEXT PRIMARY KEY, setting TEXT, counterweight_kg REAL, stance_m REAL, wedge_m "
    "REAL, "
    "depth TEXT, repetitions REAL, hold_s REAL, felt_night TEXT, felt_morning TEXT, note TEXT) WITHOUT ROWID";
constexpr int k_columns = 11;

FieldValue value_of(const std::optional<double>& number) {
    return number ? FieldValue{*number} : FieldValue{std::monostate{}};
}
FieldValue value_of(const std::optional<Felt>& felt) {
    return felt ? FieldValue{std::string(felt_name(*felt))} : FieldValue{std::monostate{}};
}

std::string text_in(const FieldValue& value) {
    const std::string* const text = std::get_if<std::string>(&value);
    return text != nullptr ? *text : std::string();
}
std::optional<double> number_in(const FieldValue& value) {
    const double* const number = std::get_if<double>(&value);
    return number != nullptr ? std::optional(*number) : std::nullopt;
}

}  // namespace

struct Journal::Impl {
    Impl(const std::string& path, JournalUse journal_use)
        : use(journal_use),
          database(path, SQLITE_OPEN_READWRITE | (use == JournalUse::keep ? SQLITE_OPEN_CREATE : 0)) {
        // No table's own text may run anything, and what is deleted is overwritten.
        sqlite3_db_config(database.handle(), SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
        sqlite3_db_config(database.handle(), SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, nullptr);
        sqlite3_limit(database.handle(), SQLITE_LIMIT_LENGTH, 1'000'000);  // no cell of ours is near it
        database.run("PRAGMA secure_delete = ON; PRAGMA temp_store = MEMORY");
    }

    [[nodiscard]] std::string name() const { return printable(database.file(), 300); }

    [[nodiscard]] std::size_t pragma(const char* which) const {
        SqliteStatement ask(database, std::string("PRAGMA ") + which);
        ask.step();
        return ask.whole(0);
    }

    /// Empty and nobody else's: a file just made, or one whose making was cut off.
    [[nodiscard]] bool is_fresh() const {
        return database.is_empty() && pragma("application_id") == 0 && pragma("user_version") == 0;
    }

    /// In one transaction; if another program was faster the file is its.
    void make() const {
        database.run("BEGIN IMMEDIATE");
        try {
            if (is_fresh()) {
                database.run("PRAGMA application_id = " + std::to_string(k_application_id));
                database.run("PRAGMA user_version = " + std::to_string(k_format));
                database.run(k_table);
            }
            database.run("COMMIT");
        } catch (...) {
            database.roll_back();
            throw;
        }
    }

    void check() const {
        if (pragma("application_id") != k_application_id) throw InputError(name() + ": is no journal");
        if (const std::size_t format = pragma("user_version"); format != k_format)
            throw InputError(name() + ": is a journal of format " + std::to_string(format)
                             + ", made by another plumbline; this one keeps format "
                             + std::to_string(k_format));
        SqliteStatement all(database, "SELECT sql FROM sqlite_master");
        if (!all.step() || text_in(all.value(0)) != k_table || all.step())
            throw InputError(name() + ": is no journal (its table is another one)");
        if (use == JournalUse::keep && sqlite3_db_readonly(database.handle(), "main") == 1)
            throw InputError(name() + ": is read-only");
    }

    [[nodiscard]] bool has(const std::string& day) const {
        SqliteStatement find(database, "SELECT 1 FROM entry WHERE day = ?");
        find.bind(1, day);
        return find.step();
    }

    void put(const JournalEntry& entry) const {
        SqliteStatement insert(database,
                               "INSERT OR REPLACE INTO entry VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
        int place = 1;
        for (const FieldValue& value :
             {FieldValue{entry.day}, FieldValue{entry.setting}, value_of(entry.counterweight_kg),
              value_of(entry.stance_m), value_of(entry.wedge_m), FieldValue{depth_name(entry.depth)},
              FieldValue{static_cast<double>(entry.repetitions)}, FieldValue{entry.hold_s},
              value_of(entry.felt_night), value_of(entry.felt_morning), FieldValue{entry.note}})
            insert.bind(place++, value);
        insert.step();
    }

    /// A line of the table; InputError for one that this program would not have written.
    [[nodiscard]] JournalEntry entry_of(const SqliteStatement& row) const {
        std::array<FieldValue, k_columns> cells;
        for (int i = 0; i < k_columns; ++i) cells[static_cast<std::size_t>(i)] = row.value(i);
        JournalEntry entry;
        entry.day = text_in(cells[0]);
        entry.setting = text_in(cells[1]);
        entry.counterweight_kg = number_in(cells[2]);
        entry.stance_m = number_in(cells[3]);
        entry.wedge_m = number_in(cells[4]);
        const std::optional<Depth> depth = depth_from(text_in(cells[5]));
        const std::optional<double> repetitions = number_in(cells[6]), hold_s = number_in(cells[7]);
        entry.felt_night = felt_from(text_in(cells[8]));
        entry.felt_morning = felt_from(text_in(cells[9]));
        entry.note = text_in(cells[10]);
        std::string problem;
        if (!depth)
            problem = "depth " + in_quotes(text_in(cells[5])) + ": is none";
        else if (!repetitions || !(*repetitions >= 1.0 && *repetitions <= k_most_repetitions) || !hold_s)
            problem = "repetitions or hold: no number";
        else if (value_of(entry.felt_night) != cells[8] || value_of(entry.felt_morning) != cells[9])
            problem = "how it felt: no such word";
        if (problem.empty()) {
            entry.depth = *depth;
            entry.repetitions = static_cast<int>(*repetitions);
            entry.hold_s = *hold_s;
            problem = find_entry_problem(entry);
        }
        if (!problem.empty())
            throw InputError(name() + ": is damaged: entry " + in_quotes(entry.day) + ", " + problem);
        return entry;
    }

    /// What SQLite complains of, in this program's words.
    [[noreturn]] void explain(const SqliteError& error) const {
        switch (error.code) {
        case SQLITE_NOTADB: throw InputError(name() + ": is no journal");
        case SQLITE_TOOBIG:
        case SQLITE_CORRUPT: throw InputError(name() + ": is damaged");
        case SQLITE_READONLY: throw InputError(name() + ": is read-only, or its folder is");
        case SQLITE_CANTOPEN: throw InputError(name() + ": cannot be opened, or its folder is read-only");
        case SQLITE_BUSY:
        case SQLITE_LOCKED:
            throw std::runtime_error(name() + ": another program is writing to it; try again later");
        default: throw std::runtime_error(error.what());
        }
    }

    template <class Act>
    auto guarded(Act act) const {
        try {
            return act();
        } catch (const SqliteError& error) {
            explain(error);
        }
    }

    /// `act` as one transaction.
    template <class Act>
    void change(Act act) const {
        guarded([&] {
            database.run("BEGIN IMMEDIATE");
            try {
                act();
                database.run("COMMIT");
            } catch (...) {
                database.roll_back();
                throw;
            }
        });
    }

    JournalUse use;
    SqliteFile database;
};

namespace {

void check_entry(const JournalEntry& entry) {
    if (const std::string problem = find_entry_problem(entry); !problem.empty()) throw InputError(problem);
}

/// Refuses what is no file; makes a new one that nobody else may read.
std::string prepared(const std::filesystem::path& file, JournalUse use) {
    const std::string name = printable(file.string(), 300);
    const std::string path = plain_path(file).string();  // whole: ":memory:" is a name like any other
    struct stat status {};
    if (::stat(path.c_str(), &status) == 0) {
        if (S_ISDIR(status.st_mode)) throw InputError(name + ": is a folder, not a file");
        if (!S_ISREG(status.st_mode)) throw InputError(name + ": is no regular file");
    } else if (errno != ENOENT || use == JournalUse::read) {
        throw InputError(name + ": " + (errno == ENOENT ? "there is no journal" : error_text(errno)));
    } else {
        const int made = ::open(path.c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
        if (made >= 0)
            ::close(made);
        else if (errno != EEXIST)
            throw InputError(name + ": "
                             + (errno == ENOENT ? "its folder does not exist" : error_text(errno)));
    }
    return path;
}

}  // namespace

Journal::Journal(const std::filesystem::path& file, JournalUse use) {
    const std::string path = prepared(file, use);
    try {
        impl_ = std::make_unique<Impl>(path, use);
    } catch (const SqliteError& error) {
        if (error.code == SQLITE_CANTOPEN) throw InputError(printable(path, 300) + ": cannot be opened");
        throw;
    }
    impl_->guarded([&] {
        if (use == JournalUse::keep && impl_->is_fresh()) impl_->make();
        if (use == JournalUse::read && impl_->is_fresh()) return;  // its making was cut off: no entry yet
        impl_->check();
    });
}

Journal::~Journal() = default;
Journal::Journal(Journal&&) noexcept = default;

void Journal::add(const JournalEntry& entry) {
    check_entry(entry);
    impl_->change([&] {
        if (impl_->has(entry.day)) throw InputError("date " + entry.day + ": the journal has an entry of it");
        SqliteStatement count(impl_->database, "SELECT count(*) FROM entry");
        count.step();
        if (count.whole(0) >= k_most_journal_entries)
            throw InputError(impl_->name() + ": is full (" + std::to_string(k_most_journal_entries)
                             + " entries)");
        impl_->put(entry);
    });
}

void Journal::update(const JournalEntry& entry) {
    check_entry(entry);
    impl_->change([&] {
        if (!impl_->has(entry.day))
            throw InputError("date " + entry.day + ": the journal has no entry of it");
        impl_->put(entry);
    });
}

std::vector<JournalEntry> Journal::list() const {
    std::vector<JournalEntry> entries;
    impl_->guarded([&] {
        if (impl_->database.is_empty()) return;
        SqliteStatement each(impl_->database, "SELECT * FROM entry ORDER BY day");
        while (each.step()) {
            if (entries.size() >= k_most_journal_entries)
                throw InputError(impl_->name() + ": holds too many entries");
            entries.push_back(impl_->entry_of(each));
        }
    });
    return entries;
}

void Journal::remove_all() {
    impl_->change([&] { impl_->database.run("DELETE FROM entry"); });
    // A tool may have switched the file to a write-ahead log beside it: nothing may stay there.
    impl_->guarded([&] { impl_->database.run("PRAGMA journal_mode = DELETE; VACUUM"); });
}

void delete_journal(const std::filesystem::path& file) {
    (void)Journal(file, JournalUse::read);  // makes none
    Journal(file).remove_all();
    if (::unlink(file.c_str()) != 0)
        throw std::runtime_error(printable(file.string(), 300)
                                 + ": is emptied, but cannot be removed: " + error_text(errno));
}

}  // namespace plumb
